"""Playing time through without sending: every message to come, with hour, receiver and text. Pure.

The same rules as the heartbeat's are asked at the same moments about the people and units as they are now,
as if nobody did anything until then: that is the most that will be said.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic

from bot import pings
from bot.dialogue.turn import Say
from bot.i18n import Joined, Part, Time, Words, _
from bot.obligations import Period
from bot.people import P
from bot.pings import Listener
from bot.plan import Plan
from bot.reminders import Call, Circle, Desk, Ladders, ToSay, digests, moments
from bot.workdays import Calendar


@dataclass(frozen=True)
class Stage(Generic[P]):
    """Everything a rehearsal needs, as it is now."""

    plan: Plan
    calendar: Calendar
    periods: Sequence[Period]
    circles: Sequence[Circle[P]]
    desk: Desk[P]
    people: Mapping[int, P]
    said: set[tuple[str, int]] = field(default_factory=set)
    channels: Mapping[int, str] = field(default_factory=dict)
    """Where each person is spoken to; whoever has no chat is missing."""


@dataclass(frozen=True, slots=True)
class Ping:
    """One message to come."""

    at: datetime
    to_say: ToSay
    person: int


def rehearse(stage: Stage[Any], start: datetime, end: datetime) -> Iterator[Ping]:
    """Every message after `start` up to and with `end`, in order; at most one a person and day."""
    ladders, said = Ladders(stage.plan, stage.calendar), set(stage.said)
    everything = {(each.duty.code, each.year) for each in stage.periods}
    heard: dict[date, set[int]] = {}
    for moment in moments(stage.plan, stage.calendar, start, end):
        at, today = moment.at, moment.at.date()
        if today not in heard:
            heard = {today: set()}
            todays = digests(today, stage.periods, everything, ladders)
        live = [each for each in stage.periods if not each.quiet and ladders.now(each, at) is not None]
        if not (live or todays or any(circle.cases for circle in stage.circles)):
            continue
        calls = Call(at, stage.desk, todays, {}, said, ladders)
        for to_say in (*calls.of(stage.circles, live, said), *calls.rest()):
            if to_say.person in heard[today]:
                continue
            heard[today].add(to_say.person)
            said.update((key, to_say.person) for key in to_say.keys)
            yield Ping(at, to_say, to_say.person)


# In words -------------------------------------------------------------------------------------


def text(stage: Stage[Any], ping: Ping, words: Words, unit_name: str, arranges: bool) -> str:
    """What will be said, as far as it is known now."""
    return "\n".join(words.say(line) for line in _say(stage, ping, unit_name, arranges).lines)


def _say(stage: Stage[Any], ping: Ping, unit_name: str, arranges: bool) -> Say:
    says: list[Say] = []
    if ping.to_say.reminders:
        listener = Listener(ping.at.date(), stage.calendar, stage.plan, unit_name, arranges)
        owed = [(each.obligation, each.rung.code) for each in ping.to_say.reminders]
        says.append(pings.said(listener, owed))
    for digest in ping.to_say.digests:
        head = pings.digest_head(digest.duty, digest.year, digest.occasion, Time(ping.at))
        says.append(Say([head, _("(the list as it is at that minute)")]))
    lines: list[Part] = [line for say in says for line in ("", *say.lines)][1:]
    return Say(lines)


def rung(ping: Ping) -> Part:
    """Which rungs call for it: «mốc còn 03 ngày làm việc; tin tình hình»."""
    named: list[Part] = [pings.rung_name(each.rung.code) for each in ping.to_say.reminders]
    named += [pings.occasion_name(each.occasion) for each in ping.to_say.digests]
    return _("{rungs}", rungs=Joined(list(dict.fromkeys(named)), "; "))
