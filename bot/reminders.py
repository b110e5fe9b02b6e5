"""Which pings are due, and every time of day at which the machine may act. Pure.

A ping is a rung of a duty's ladder. After a time in which nothing ran, only the nearest missed rung is
said: never a burst, never a dead «còn N ngày».
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from bot.obligations import Key, Obligation, State
from bot.plan import Plan
from bot.workdays import Calendar, days


@dataclass(frozen=True, slots=True)
class RungAt:
    """A rung of the ladder and the day it falls on; a rung on a day off moves to the next working day."""

    code: str
    day: date
    at: time


@dataclass(frozen=True, slots=True)
class Reminder:
    """One ping that is called for; its key is said once to a person, for ever."""

    key: str
    obligation: Obligation
    rung: RungAt


def rungs(obligation: Obligation, plan: Plan, calendar: Calendar) -> list[RungAt]:
    """The rungs of an obligation, on different mornings, in order; none without a date."""
    if obligation.due is None or obligation.last_workday is None:
        return []
    return rungs_between(
        plan, obligation.duty.ladder, calendar, obligation.opens, obligation.last_workday, obligation.locks
    )


def rungs_between(
    plan: Plan, ladder_code: str, calendar: Calendar, opens: date, last: date, locks: date
) -> list[RungAt]:
    """The rungs of a ladder for a period that opens, has a last working day, and locks."""
    ladder = next(each for each in plan.ladders if each.code == ladder_code)
    found: dict[date, RungAt] = {}
    for rung in ladder.rungs:
        day = calendar.next_workday(opens) if rung.opens else calendar.shift(last, rung.workdays)
        if rung.opens and day > last:
            continue
        if day < opens or day > locks:
            continue
        found.setdefault(day, RungAt(rung.code, day, ladder.at))
    return [found[day] for day in sorted(found)]


def due(
    now: datetime,
    owed: Iterable[Obligation],
    sent: Collection[str],
    promised: Mapping[Key, date],
    plan: Plan,
    calendar: Calendar,
) -> list[Reminder]:
    """The pings that now calls for: at most one an obligation, the latest rung whose time has come.

    A rung that was said, or that a later one has overtaken, is never said again. A promise silences
    until the end of its day. `sent` holds keys of reminders.
    """
    found = []
    ladders: dict[tuple[str, int, date], list[RungAt]] = {}
    for obligation in owed:
        if obligation.quiet or obligation.state not in (State.OPEN, State.OVERDUE):
            continue
        if (day := promised.get(obligation.key)) is not None and now.date() <= day:
            continue
        assert obligation.due is not None
        period = (obligation.duty.code, obligation.year, obligation.due)
        if period not in ladders:
            ladders[period] = rungs(obligation, plan, calendar)
        come = [rung for rung in ladders[period] if (rung.day, rung.at) <= (now.date(), now.time())]
        if not come:
            continue
        rung = come[-1]
        key = f"{obligation.duty.code}:{obligation.year}:{obligation.unit}:{obligation.due}:{rung.code}"
        if key not in sent and not _stale(rung, ladders[period], now, calendar):
            found.append(Reminder(key, obligation, rung))
    return found


def _stale(rung: RungAt, ladder: list[RungAt], now: datetime, calendar: Calendar) -> bool:
    """Whether the last rung was missed so long ago that silence is better: the office has the list."""
    return rung is ladder[-1] and calendar.between(rung.day, now.date()) > 5


Kind = Literal["ping", "list", "digest", "opening"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of day at which the machine may act."""

    at: datetime
    kind: Kind


def moments(plan: Plan, calendar: Calendar, start: datetime, end: datetime) -> Iterator[Moment]:
    """Every such time after `start` up to and with `end`, in order."""
    speaking = plan.speaking
    for day in days(start.date(), end.date()):
        if not calendar.works(day):
            continue
        today: dict[time, Kind] = {opening: "opening" for opening, _closing in speaking.windows}
        today[speaking.list_at] = "list"
        today[speaking.digest_at] = "digest"
        today.update({ladder.at: "ping" for ladder in plan.ladders})
        for at in sorted(today):
            moment = datetime.combine(day, at, start.tzinfo)
            if start < moment <= end:
                yield Moment(moment, today[at])


@dataclass(frozen=True, slots=True)
class Digest:
    """What the office is told by itself; its key is said once to a person."""

    key: str
    year: int


def digests(
    now: datetime, periods: Mapping[int, tuple[date, date]], open_years: Collection[int],
    plan: Plan, calendar: Calendar,
) -> list[Digest]:  # fmt: skip
    """The digest that now calls for, at most one a year: Mondays, daily in the last week, then the list.

    `periods` gives for each year the opening and the last working day of its results; `open_years`
    are those in which somebody still owes.
    """
    today = now.date()
    if not calendar.works(today):
        return []
    found = []
    for year, (opens, last) in periods.items():
        if year not in open_years or today < date(year, 1, 1):
            continue
        after = calendar.between(last, today) if today > last else 0
        weekly = today == _first_workday(today, plan.speaking.digest_weekday, calendar) and today.year == year
        closing = opens <= today <= last and (last - today).days < plan.speaking.last_days
        listed = 0 < after <= 3
        at = plan.speaking.list_at if listed else plan.speaking.digest_at
        if (weekly or closing or listed) and now.time() >= at:
            found.append(Digest(f"digest:{year}:{today}", year))
    return found


def _first_workday(today: date, weekday: int, calendar: Calendar) -> date:
    """This week's digest day, or the first working day after it in the week."""
    monday = today - timedelta(days=today.weekday())
    return calendar.next_workday(monday + timedelta(days=weekday))
