"""Play time through without sending: every message to come, with hour, receiver and text. Reads one snapshot.

The same rules as the heartbeat's are asked at the same moments about the people and units as they are now,
as if nobody did anything until then: that is the most that will be said.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Generic

from bot.channels import spoken
from bot.conversation import Office, words_of
from bot.dialogue import Say
from bot.language import Joined, Part, Time, Words, _
from bot.movement import (
    Calendar,
    Call,
    Circle,
    Desk,
    Digest,
    Ladders,
    May,
    Occasion,
    P,
    Period,
    Plan,
    ToSay,
    Year,
    may,
    moments,
    occasions,
)
from bot.office.calendar_listing import asked
from bot.office.reminding import (
    daily_extras,
    dated_notes,
    item_notes,
    occasion_texts,
    rehearsal_notes,
    reminder_texts,
    reopening_reminders,
    sparing,
    unit_context,
)
from bot.office.reminding.listener import KnownOfDuty, Listener
from bot.office.requests import asked_reminders, asked_words
from bot.office.requests.asked_reminders import AskedOpen
from storage import calendar, chats, deadlines, digests, outbox, people, reopenings, settings
from storage.db import Snapshot
from storage.people import Person
from storage.reopenings import Reopening

ANY_DAY = date.min
"""What failed to arrive today says nothing of the days to come."""


@dataclass(frozen=True)
class RehearsalStage(Generic[P]):
    """Everything a rehearsal needs, as it is now."""

    plan: Plan
    calendar: Calendar
    periods: Sequence[Period]
    circles: Sequence[Circle[P]]
    desk: Desk[P]
    owing: Collection[tuple[str, int]]
    """The (duty, year) in which somebody still owes."""
    said: frozenset[tuple[str, int]] = frozenset()
    heard: frozenset[int] = frozenset()
    """Whoever the machine has spoken to on the first day already."""
    bases: Mapping[tuple[str, int], str] = field(default_factory=dict)
    """By duty and year, the document that set its date."""
    began: datetime | None = None
    """When the process ran for the first time."""
    confirmed: frozenset[int] = frozenset()
    """Years whose days off somebody of the office has found right."""
    channels: Mapping[int, str] = field(default_factory=dict)
    """Of everybody who has a chat, the channel of the one that is spoken in."""
    opened: Mapping[int, date] = field(default_factory=dict)
    """The day on which a year was opened, where it is known."""
    humans: Mapping[int, int] = field(default_factory=dict)
    """By post the first post of its human, where it is another one."""
    reported: frozenset[int] = frozenset()
    """Years of which the office has been told already how things stand."""
    reopened: Sequence[Reopening] = ()
    """What was opened once more and is not sent."""
    dated: Sequence[dated_notes.DatedNote] = ()
    """What waits for somebody until a day."""
    asked: Sequence[AskedOpen] = ()
    """What the office asks beside the plan, with whoever has not answered."""
    alone: Mapping[int, int] = field(default_factory=dict)
    """By human, how many messages of nothing that the plan orders they have not answered."""


@dataclass(frozen=True, slots=True)
class Ping:
    """One message to come."""

    at: datetime
    to_say: ToSay


def rehearse(stage: RehearsalStage[Any], start: datetime, end: datetime) -> Iterator[Ping]:
    """Play every message from `start` up to and with `end`, in order; at most one a person and day. Pure."""
    ladders, said = Ladders(stage.plan, stage.calendar, stage.began), set(stage.said)
    sheets = any(circle.cases for circle in stage.circles)
    today, heard, reported, reported_today = start.date(), set(stage.heard), stage.reported, set[int]()
    told_of = occasions.candidates(today, stage.periods, stage.owing, ladders)
    spoken_to, spares = dict[int, datetime](), sparing.Sparing(stage.plan, stage.desk, stage.alone)
    """When humans were spoken to today: for all posts at once."""
    begins = [start] if stage.plan.hours.open(start, stage.calendar) else []
    for at in (*begins, *(each.at for each in moments(stage.plan, stage.calendar, start, end))):
        if at.date() != today:
            today, heard, reported = at.date(), set(), reported | reported_today
            spoken_to.clear()
            told_of = occasions.candidates(today, stage.periods, stage.owing, ladders)
        live = unit_context.live(stage.periods, ladders, at)
        office = rehearsal_notes.notes(stage, ladders, at, said)
        if not (live or told_of or sheets or office):
            continue
        calls = Call(at, stage.desk, told_of, office, said, ladders, stage.humans)
        for to_say in (*calls.of(stage.circles, live, said), *calls.rest()):
            human = stage.humans.get(to_say.person, to_say.person)
            free = to_say.person not in heard and not spares.holds(to_say, human)
            if free and spoken_to.setdefault(human, at) == at:
                heard.add(to_say.person)
                spares.count(to_say, human)
                said.update((key, to_say.person) for key in to_say.keys)
                if (sure := _sure(stage, at.date(), to_say, reported)) is not None:
                    reported_today |= {each.year for each in sure.digests if each.duty == stage.plan.reports.code}
                    yield Ping(at, sure)


def _sure(stage: RehearsalStage[Any], today: date, to_say: ToSay, reported: Collection[int]) -> ToSay | None:
    """Return what of a message will come for certain, if nobody does anything: before the reports open Monday's counts
    come once, when there is something to count, and then only when something has changed.
    """
    lists = [
        each for each in to_say.digests if each.occasion is not Occasion.WEEKLY or _counts(stage, today, each, reported)
    ]
    if not (lists or to_say.reminders or to_say.notes):
        return None
    return replace(to_say, digests=lists)


def _counts(stage: RehearsalStage[Any], today: date, weekly: Digest, reported: Collection[int]) -> bool:
    """Whether Monday's counts say something."""
    of = [each for each in stage.periods if each.year == weekly.year and each.opens <= today <= each.locks]
    if any(each.duty.code == weekly.duty for each in of):
        return True
    return weekly.year not in reported and any(
        each.due is not None and each.duty.by == "unit" and (each.duty.code, each.year) in stage.owing for each in of
    )


# The office as it is --------------------------------------------------------------------------


@dataclass(frozen=True)
class RehearsalRow:
    """One message of a rehearsal as it stands in a table."""

    at: datetime
    person: str
    unit: str
    channel: str
    rung: str
    text: str
    to: Person
    reached: bool
    """Whether they have a chat at all."""

    @property
    def head(self) -> str:
        """Return its first line."""
        return self.text.partition("\n")[0]


async def read(
    snapshot: Snapshot, office: Office, now: datetime | None = None, years: Sequence[Year] | None = None
) -> RehearsalStage[Person]:
    """Read the stage of the opened years and of what was said until now; or of these years from their first day."""
    of = await unit_context.opened(snapshot, office, years)
    bases = {(row.duty, row.year): row.basis for row in await snapshot.all(deadlines.DEADLINES)}
    found, desk = list[Circle[Person]](), await unit_context.desk(snapshot, ANY_DAY)
    channels = {row.person: row.channel for row in await snapshot.all(chats.FIRST_PLACES)}
    if now is None:  # nobody has filed or promised anything yet
        async for batch in unit_context.batches(snapshot, office.plan, ANY_DAY):
            found += [replace(each, filed={}, promised={}, cases=()) for each in batch.circles]
        everything = {(each.duty.code, each.year) for each in of}
        stage = RehearsalStage(
            office.plan, office.calendar, of, found, desk, everything, bases=bases, channels=channels
        )
        return replace(stage, asked=await asked_reminders.read(snapshot, ANY_DAY))
    ladders, today = await unit_context.ladders(snapshot, office, now), now.date()
    owing = await unit_context.waiting_units(snapshot, office.plan, of)
    told_of = occasions.candidates(today, of, owing, ladders)
    notable = (f"calendar:{now.year + 1}", daily_extras.weekly_key("undated", today))
    asked_ones = await asked_reminders.read(snapshot, ANY_DAY)
    calls = {call.key for each in asked_ones for call in asked_reminders.calls(each, desk, ladders, now)}
    again = await snapshot.all(reopenings.ALL_LIVE)
    come = [reopening_reminders.key_of(each, office.plan, office.calendar, now) for each in again]
    dated = [*await dated_notes.read(snapshot, office, now), *await item_notes.read(snapshot, office, now)]
    come += [key for each in dated for key in each.days.values()]
    said = await daily_extras.said(
        snapshot, [*notable, *filter(None, come), *calls, *occasions.keys(today, told_of, ladders)]
    )
    async for batch in unit_context.batches(snapshot, office.plan, ANY_DAY):
        found += batch.circles
        said |= await unit_context.said(snapshot, batch, unit_context.live(of, ladders, now), ladders, now)
    confirmed = await snapshot.one(settings.NAMED, name=calendar.confirmation(now.year + 1)) is not None
    return RehearsalStage(
        office.plan,
        office.calendar,
        of,
        found,
        desk,
        owing,
        frozenset(said),
        frozenset(await snapshot.all(outbox.SPOKEN_TO, day=today)),
        bases,
        ladders.began,
        frozenset({now.year + 1} if confirmed else ()),
        channels,
        {row.year: row.at.astimezone(now.tzinfo).date() for row in await snapshot.all(deadlines.YEARS)},
        {post.id: post.human for post in await snapshot.all(people.MORE_POSTS)},
        frozenset(await snapshot.all(digests.YEARS)),
        again,
        dated,
        asked_ones,
        await sparing.told(snapshot, office.plan, today),
    )


def rows(stage: RehearsalStage[Person], start: datetime, end: datetime, language: str) -> list[RehearsalRow]:
    """Return every message with its receiver and its words, as far as they are known now.

    A year takes seconds: where others wait meanwhile, the worker process plays it.
    """
    words = Words(language, terms=stage.plan.terms)
    people = {p.id: p for circle in stage.circles for p in circle.people}
    people |= {p.id: p for each in stage.dated for p in each.people}
    people |= {p.id: p for p in (*stage.desk.people, *stage.desk.leaders)}
    people |= {p.id: p for each in stage.asked for p in (*each.persons, *(p for c in each.circles for p in c.people))}
    found = []
    for ping in rehearse(stage, start, end):
        to = people[ping.to_say.person]
        channel = stage.channels.get(to.id)
        where = words.say(spoken(channel)) if channel else words.say(_("no chat"))
        text, rung = _text(stage, ping, to), words.say(_rung(ping))
        found.append(RehearsalRow(ping.at, to.name, to.unit_name, where, rung, text, to, channel is not None))
    return found


def _text(stage: RehearsalStage[Person], ping: Ping, to: Person) -> str:
    """Say what will be said to somebody, in their language."""
    words, says = words_of(to, stage.plan), list[Say]()
    if ping.to_say.reminders:
        arranges = may(to.role, May.DELEGATE)
        known: dict[tuple[str, int, str], KnownOfDuty] = {
            (o.duty.code, o.year, o.subject): KnownOfDuty(
                basis=stage.bases.get((o.duty.code, o.year)), promised=each.promised
            )
            for each in ping.to_say.reminders
            if not (o := each.obligation).subject
        }
        listener = Listener(ping.at.date(), stage.calendar, stage.plan, to.unit_name, arranges, known)
        owed = [(each.obligation, each.rung.code) for each in ping.to_say.reminders]
        says.append(reminder_texts.said(listener, owed))
    for digest in ping.to_say.digests:
        head = occasion_texts.digest_head(
            digest.duty == stage.plan.reports.code, digest.year, digest.occasion, Time(ping.at)
        )
        says.append(Say([head, _("(the list as it is at that minute)")]))
    if "week" in ping.to_say.notes:
        says.append(Say([_("What waits in the unit in this week")]))
    if "undated" in ping.to_say.notes:
        says.append(Say([_("The dates that nobody has given")]))
    for each in ping.to_say.notes.get(daily_extras.REOPENED, ()):
        may_be = _("{code}, opened once more, may be corrected until the end of {day}", code=each.record, day=each.day)
        says.append(Say([may_be]))
    says += [Say([text]) for name, text in dated_notes.TEXTS.items() if name in ping.to_say.notes]
    for request, _code in ping.to_say.notes.get(daily_extras.ASKED, ()):
        says.append(Say([asked_words.dated(request, ping.at.date())]))
    says += [Say([asked(year, stage.plan.office.desk)]) for year in ping.to_say.notes.get("calendar", ())]
    return "\n\n".join("\n".join(words.say(line) for line in say.lines) for say in says)


def _rung(ping: Ping) -> Part:
    """Name the rungs and digests that call for it: «còn 03 ngày làm việc; tin tình hình đầu tuần»."""
    named: list[Part] = [occasion_texts.rung_name(each.rung.code) for each in ping.to_say.reminders]
    named += [occasion_texts.occasion_name(each.occasion) for each in ping.to_say.digests]
    named += [_("the list of the week")] if "week" in ping.to_say.notes else []
    named += [_("dates not given")] if "undated" in ping.to_say.notes else []
    named += [occasion_texts.rung_name(code) for _request, code in ping.to_say.notes.get(daily_extras.ASKED, ())]
    named += [_("what was opened once more")] if daily_extras.REOPENED in ping.to_say.notes else []
    named += [text for name, text in dated_notes.TEXTS.items() if name in ping.to_say.notes]
    named += [_("the next year's days off")] if "calendar" in ping.to_say.notes else []
    return _("{rungs}", rungs=Joined(list(dict.fromkeys(named)), "; "))
