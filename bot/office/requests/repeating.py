"""When a request comes again: by months on from its first days. Pure."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date

from bot.movement import Calendar

MONTHS: Mapping[str, int] = {"month": 1, "quarter": 3, "half": 6}


def months_on(day: date, every: str, turn: int) -> date:
    """Return the same day of the month so many turns on; the last one of a month that is shorter."""
    months = day.month - 1 + MONTHS[every] * turn
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def opening_on(first: date, every: str, turn: int, calendar: Calendar) -> date:
    """Return the working day on which a turn is opened."""
    return calendar.next_workday(months_on(first, every, turn))
