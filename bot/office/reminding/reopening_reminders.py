"""When a unit is reminded of what was opened once more for it: the day's message and the rehearsal ask the same. Pure."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from bot.movement import Calendar, Circle, Plan, ToSay, away, senders
from bot.office.reminding.merged_notes import merged
from storage.outbox import NoticeCode
from storage.people import Person
from storage.reopenings import Reopening, ReopeningState

REOPENED = NoticeCode("reopened_until")
"""The part of the day's message."""


def key_of(each: Reopening, plan: Plan, calendar: Calendar, now: datetime) -> str:
    """Return the key of the newest reminder that has come, some working days before the last one or on it; "" for none."""
    today = now.date()
    if each.state != ReopeningState.OPEN or each.day is None or each.at is None or each.day < today:
        return ""
    last, since = calendar.previous_workday(each.day), each.at.astimezone(now.tzinfo).date()
    come = [n for n in plan.corrections.remind if since < calendar.shift(last, n) <= today]
    return f"reopened:{each.id}:{each.day}:{max(come)}" if come else ""


def hears(unit: Sequence[Person], now: datetime) -> list[int]:
    """Return whom of a unit it is said to: whoever sends for it and is not away."""
    return [person.id for person in senders(unit, now.date()) if not away(person, now.date())]


def to_say(
    live: Sequence[Reopening],
    circles: Sequence[Circle[Any]],
    plan: Plan,
    calendar: Calendar,
    now: datetime,
    said: Collection[tuple[str, int]],
) -> Collection[ToSay]:
    """Return what a rehearsal says of them now, to each person."""
    found = list[tuple[int, NoticeCode, Reopening, str]]()
    of_unit = {circle.unit: circle for circle in circles}
    for each in live:
        key = key_of(each, plan, calendar, now)
        circle = of_unit.get(each.unit) if key else None
        for person in hears(circle.people, now) if circle is not None else ():
            if (key, person) not in said and circle is not None and person not in circle.unreached:
                found.append((person, REOPENED, each, key))
    return merged(found)
