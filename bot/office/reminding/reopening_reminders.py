"""When a unit is reminded of what was opened once more for it: the day's message and the rehearsal ask the same. Pure."""

from collections.abc import Sequence
from datetime import datetime

from bot.movement import Calendar, Plan, away, senders
from storage.people import Person
from storage.reopenings import Reopening, ReopeningState


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
