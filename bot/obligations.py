"""Who owes what: computed from the plan, the units and what has been filed. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.plan import Duty, Plan
from bot.workdays import Calendar

Key = tuple[str, str, int]
"""(duty, unit, year)."""


class State(StrEnum):
    """Where an obligation stands."""

    UNSET = "unset"
    """The plan names no date and the office has entered none: it is shown and pings nobody."""
    AHEAD = "ahead"
    OPEN = "open"
    FULFILLED = "fulfilled"
    OVERDUE = "overdue"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Obligation:
    """What one unit owes for one duty in one year."""

    duty: Duty
    unit: str
    year: int
    opens: date
    due: date | None
    """The last day allowed."""
    last_workday: date | None
    """The last working day on which it can be done in time."""
    locks: date
    state: State
    fulfilled: date | None = None
    quiet: bool = False
    """A year opened for filing, without pings."""

    @property
    def key(self) -> Key:
        """What it is, for lookups."""
        return self.duty.code, self.unit, self.year

    @property
    def owed(self) -> bool:
        """Whether it still has to be done and can be."""
        return self.state in (State.UNSET, State.AHEAD, State.OPEN, State.OVERDUE)

    def days_left(self, today: date) -> int:
        """Calendar days to the last day; below zero when it has passed."""
        return 0 if self.due is None else (self.due - today).days

    def days_late(self) -> int:
        """Calendar days after the last day on which it was fulfilled; 0 when in time."""
        if self.due is None or self.fulfilled is None:
            return 0
        return max(0, (self.fulfilled - self.due).days)


@dataclass(frozen=True, slots=True)
class Year:
    """A year that was opened."""

    year: int
    quiet: bool = False


def obligations(
    plan: Plan,
    units: Iterable[str],
    years: Iterable[Year],
    deadlines: Mapping[tuple[str, int], date],
    filed: Mapping[Key, datetime],
    today: date,
    calendar: Calendar,
    duties: Collection[str] | None = None,
) -> list[Obligation]:
    """Every obligation of these units in the opened years, by year, duty and unit.

    `deadlines` are the dates the office has entered, by (duty, year); `filed` says when a unit
    fulfilled a duty.
    """
    found = []
    units = list(units)
    for year in years:
        for duty in plan.duties:
            if duties is not None and duty.code not in duties:
                continue
            due = duty.last_day(year.year) or deadlines.get((duty.code, year.year))
            last = calendar.previous_workday(due) if due is not None else None
            opens, locks = date(year.year, *duty.opens), date(year.year, *duty.locks)
            for unit in units:
                at = filed.get((duty.code, unit, year.year))
                done = None if at is None else at.date()
                state = _state(done, due, opens, locks, today)
                found.append(
                    Obligation(duty, unit, year.year, opens, due, last, locks, state, done, year.quiet)
                )
    return found


def _state(done: date | None, due: date | None, opens: date, locks: date, today: date) -> State:
    if done is not None:
        return State.FULFILLED
    if today > locks:
        return State.LOCKED
    if due is None:
        return State.UNSET
    if today > due:
        return State.OVERDUE
    return State.OPEN if today >= opens else State.AHEAD


def first_year(plan: Plan, today: date) -> int:
    """The first year whose results are still due: what `init` opens."""
    for year in range(plan.first_year, plan.last_year + 1):
        due = plan.duty("results").last_day(year)
        if due is None or due >= today:
            return year
    return plan.last_year
