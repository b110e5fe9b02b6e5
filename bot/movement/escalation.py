"""Where a duty's ladder stands: its rungs as days, the one that speaks now, and every time of day there is. Pure.

After a time in which nothing ran (or somebody was away, or had no chat) everybody's own latest missed rung is
said: never a burst, never a dead «còn N ngày».
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from bot.movement.calendar import Calendar, days
from bot.movement.obligations import Key, Period
from bot.movement.plan import Plan, Rung, To

RECENT = 5
"""So many working days before the first start a rung is still taken up."""
LEADERS_AFTER = timedelta(minutes=30)
"""So long after the office the leaders hear a digest: whoever answers for it has read it first."""


@dataclass(frozen=True, slots=True)
class RungAt:
    """A rung of the ladder and the day it falls on; a rung on a day off moves to the next working day."""

    rung: Rung
    day: date
    at: time

    @property
    def code(self) -> str:
        """Its name in keys."""
        return self.rung.code

    @property
    def moment(self) -> tuple[date, time]:
        """When it is said."""
        return self.day, self.at


def key_of(period: Period, rung: RungAt, unit: str = "", subject: str = "") -> str:
    """Return the key by which a rung is said once; prefix order makes the units of one rung a range scan."""
    return f"{period.duty.code}:{period.year}:{rung.code}:{period.due}:{unit}:{subject}"


def promise_key(key: Key, day: date, unit: str | None = None) -> str:
    """Return the key by which a promised day that is over is said once, whatever the date becomes meanwhile."""
    duty, mine, year = key
    return f"promised:{duty}:{year}:{day}:{mine if unit is None else unit}"


def rungs(period: Period, plan: Plan, calendar: Calendar) -> list[RungAt]:
    """Return the rungs of a period, on different mornings, in order; none without a date."""
    if period.due is None or period.last_workday is None:
        return []
    ladder = plan.ladder(period.duty)
    found: dict[date, RungAt] = {}
    for rung in ladder.rungs:
        day = calendar.next_workday(period.opens) if rung.opens else calendar.shift(period.last_workday, rung.workdays)
        if rung.opens and (day > period.last_workday or period.duty.way.told):
            continue
        if period.opens <= day <= period.locks:
            found.setdefault(day, RungAt(rung, day, ladder.at if rung.here else plan.speaking.digest_at))
    return [found[day] for day in sorted(found)]


class Ladders:
    """The rungs of every period, each worked out once.

    `began` is when the process ran for the first time: what lies well before that was not missed.
    """

    def __init__(self, plan: Plan, calendar: Calendar, began: datetime | None = None) -> None:
        self.plan, self.calendar, self.began = plan, calendar, began
        self._since = date.min if began is None else calendar.shift(began.date(), -RECENT)
        self._rungs: dict[Period, list[RungAt]] = {}

    def of(self, period: Period) -> list[RungAt]:
        """Return the rungs of a period."""
        if period not in self._rungs:
            self._rungs[period] = rungs(period, self.plan, self.calendar)
        return self._rungs[period]

    def come(self, period: Period, now: datetime) -> list[RungAt]:
        """Return the rungs whose time has come, however long ago; none once the period is locked."""
        if now.date() > period.locks or now.date() < period.opens:
            return []
        moment = now.date(), now.time()
        return [rung for rung in self.of(period) if rung.moment <= moment and self.missed(period, rung)]

    def missed(self, period: Period, rung: RungAt) -> bool:
        """Whether a rung is owed, were it not said: it does not lie before all that ran here."""
        return max(rung.day, period.entered or rung.day) >= self._since

    def latest(self, period: Period, names: frozenset[To], now: datetime) -> RungAt | None:
        """Return the latest rung that has come for somebody whom rungs call by these names."""
        come = [rung for rung in self.come(period, now) if not names.isdisjoint(rung.rung.to)]
        return come[-1] if come else None


# Times ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of day at which the machine may act."""

    at: datetime
    kind: Literal["ping", "list", "digest", "opening"]


def moments(plan: Plan, calendar: Calendar, start: datetime, end: datetime) -> Iterator[Moment]:
    """Yield every such time after `start` up to and with `end`, in order."""
    speaking = plan.speaking
    times: dict[time, Literal["ping", "list", "digest", "opening"]] = {
        opening: "opening" for opening, _closing in speaking.windows
    }
    times |= {speaking.list_at: "list", speaking.last_list_at: "list", speaking.digest_at: "digest"}
    for at in (speaking.digest_at, speaking.list_at, *(first for first, _last in speaking.windows)):
        times[(datetime.combine(start.date(), at) + LEADERS_AFTER).time()] = "digest"
    times |= {ladder.at: "ping" for ladder in plan.ladders}
    for day in days(start.date(), end.date()):
        if calendar.works(day):
            for at in sorted(times):
                moment = datetime.combine(day, at, start.tzinfo)
                if start < moment <= end and plan.hours.open(moment, calendar):
                    yield Moment(moment, times[at])


DECEMBER = 12


def year_to_confirm(today: date, plan: Plan, calendar: Calendar) -> int | None:
    """Return the year whose days off the office is shown: the next one, from the first working day of December on."""
    if today < calendar.next_workday(date(today.year, DECEMBER, 1)):
        return None
    return today.year + 1 if plan.first_year <= today.year + 1 <= plan.last_year else None
