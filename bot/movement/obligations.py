"""Who owes what: computed from the plan, the units and what has been filed. Pure.

A *period* is a duty in one year, or one sheet's own time: when it opens, its last day, when it locks. An
*obligation* is a period with whoever owes it. Every duty is one piece of the plan, every way of doing one a
declaration in `bot.office.duties.duty_kinds`; here they are all alike.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from bot.language import Joined, Part, Text, _
from bot.movement.calendar import Calendar
from bot.movement.plan import Duty, Plan
from bot.movement.spans import ALWAYS, NO_SPANS, Spans

Key = tuple[str, str, int]
"""(duty, unit, year)."""
NO_KINDS: Mapping[str, str] = MappingProxyType({})
"""Of units whose kinds nobody has looked up: none of them owes what only some kinds owe."""


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
class Year:
    """A year that was opened; quiet: for filing, without pings."""

    year: int
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """Something that waits for somebody beyond what is owed each year: a sheet to be confirmed."""

    duty: str
    subject: str
    """Its code: SK-2027-012."""
    unit: str
    year: int
    since: date
    involved: tuple[int, ...] = ()
    """People who have written it, and so cannot do it."""


@dataclass(frozen=True, slots=True)
class Period:
    """The time of a duty."""

    duty: Duty
    year: int
    opens: date
    due: date | None
    """The last day allowed; None while nobody has named one."""
    last_workday: date | None
    """The last working day on which it can be done in time."""
    locks: date
    quiet: bool = False
    entered: date | None = None
    """The day on which the office has entered its last day."""

    @property
    def counted_on(self) -> date:
        """The day on which a unit has to be there to owe it: its last one."""
        return self.due or self.locks

    def state(self, done: date | None, today: date) -> State:
        """Return its state for somebody who has done it on a day, or has not."""
        if done is not None:
            return State.FULFILLED
        if today > self.locks:
            return State.LOCKED
        if self.due is None:
            return State.UNSET
        if today > self.due and self.duty.by != "union":  # whoever is invited is never overdue
            return State.OVERDUE
        return State.OPEN if today >= self.opens else State.AHEAD


@dataclass(frozen=True, slots=True)
class Obligation:
    """What one unit owes for one duty in one period."""

    period: Period
    unit: str
    state: State
    fulfilled: date | None = None
    subject: str = ""
    involved: tuple[int, ...] = ()

    @property
    def duty(self) -> Duty:
        """Which duty it is."""
        return self.period.duty

    @property
    def year(self) -> int:
        """The year it is owed for."""
        return self.period.year

    @property
    def opens(self) -> date:
        """The first day on which it can be done."""
        return self.period.opens

    @property
    def due(self) -> date | None:
        """The last day allowed."""
        return self.period.due

    @property
    def last_workday(self) -> date | None:
        """The last working day on which it can be done in time."""
        return self.period.last_workday

    @property
    def locks(self) -> date:
        """The last day on which it can be done at all."""
        return self.period.locks

    @property
    def quiet(self) -> bool:
        """A year opened for filing, without pings."""
        return self.period.quiet

    @property
    def key(self) -> Key:
        """What it is, for lookups; sheets of one unit and year share it."""
        return self.duty.code, self.unit, self.year

    @property
    def owed(self) -> bool:
        """Whether it still has to be done and can be."""
        return self.state in (State.UNSET, State.AHEAD, State.OPEN, State.OVERDUE)

    @property
    def waits(self) -> bool:
        """Whether it is open and in time, or a sheet: what a list of the week names."""
        return self.speaks and (self.state is State.OPEN or bool(self.subject))

    @property
    def speaks(self) -> bool:
        """Whether its ladder may speak of it."""
        return not self.quiet and self.state in (State.OPEN, State.OVERDUE)

    def days_left(self, today: date) -> int:
        """Count the calendar days to the last day; below zero when it has passed."""
        return 0 if self.due is None else (self.due - today).days

    def days_late(self) -> int:
        """Count the calendar days after the last day on which it was fulfilled; 0 when in time."""
        if self.due is None or self.fulfilled is None:
            return 0
        return max(0, (self.fulfilled - self.due).days)


def periods(
    plan: Plan,
    years: Iterable[Year],
    deadlines: Mapping[tuple[str, int], date],
    calendar: Calendar,
    duties: Collection[str] | None = None,
) -> list[Period]:
    """Return the periods of all yearly duties, by year. `deadlines` are dates the office has entered: they go first."""
    found = []
    for year in years:
        for duty in plan.all_duties:
            if not duty.owed_in(year.year) or (duties is not None and duty.code not in duties):
                continue
            due = deadlines.get((duty.code, year.year)) or duty.last_day(year.year)
            if due is None and duty.way.on_call:
                continue
            last = calendar.previous_workday(due) if due is not None else None
            opens, locks = duty.opening(year.year), duty.locking(year.year)
            found.append(Period(duty, year.year, opens, due, last, locks, year.quiet))
    return found


def sheet_period(plan: Plan, case: Case, calendar: Calendar) -> Period:
    """Return the time of one sheet: so many working days after it was sent."""
    duty = plan.duty(case.duty)
    due = calendar.shift(case.since, duty.workdays)
    return Period(duty, case.year, case.since, due, due, max(duty.locking(case.year), due))


def owed_by(
    plan: Plan, duty: Duty, units: Sequence[str], unions: Collection[str], kinds: Mapping[str, str] = NO_KINDS
) -> Sequence[str]:
    """Return which of these units, some of them unions, owe a yearly duty or are invited to it."""
    if duty.by == "office":
        return [unit for unit in units if unit == plan.office.desk_unit]
    found = [unit for unit in units if (unit in unions) == (duty.by == "union")]
    return [unit for unit in found if duty.owed_by(kinds.get(unit, ""))] if duty.of else found


def counted_on(plan: Plan, duty: Duty, year: int, deadlines: Mapping[tuple[str, int], date]) -> date:
    """Return the day of a year on which a unit has to be there to owe a duty."""
    return deadlines.get((duty.code, year)) or duty.last_day(year) or duty.locking(year)


def owing(
    plan: Plan, duty: Duty, year: int, day: date, kinds: Mapping[str, str], spans: Spans, filed: Collection[Key] = ()
) -> list[str]:
    """Return the units, by their kinds, that owe a duty of a year: those there on its day, and those that have done it."""
    found = owed_by(plan, duty, list(kinds), (), kinds)
    return [unit for unit in found if spans.get(unit, ALWAYS).has(day) or (duty.code, unit, year) in filed]


def obligations(
    plan: Plan,
    units: Sequence[str],
    of: Iterable[Period],
    filed: Mapping[Key, datetime],
    today: date,
    calendar: Calendar,
    cases: Iterable[Case] = (),
    unions: Collection[str] = (),
    kinds: Mapping[str, str] = NO_KINDS,
    spans: Spans = NO_SPANS,
) -> Iterator[Obligation]:
    """Return every obligation of these units, by period and unit; then the sheets that wait.

    `filed` says when a unit fulfilled a duty, `unions` which of the units are unions, `kinds` of which kind each is,
    `spans` when each was there: who was not on the last day, and has not done it, does not owe it.
    """
    for period in of:
        for unit in owed_by(plan, period.duty, units, unions, kinds):
            at = filed.get((period.duty.code, unit, period.year))
            if at is None and not spans.get(unit, ALWAYS).has(period.counted_on):
                continue
            done = None if at is None else at.date()
            yield Obligation(period, unit, period.state(done, today), done)
    for case in cases:
        period = sheet_period(plan, case, calendar)
        yield Obligation(period, case.unit, period.state(None, today), None, case.subject, case.involved)


def first_year(plan: Plan, today: date) -> int:
    """Return the first year whose results are still due: what `init` opens."""
    for year in range(plan.first_year, plan.last_year + 1):
        due = plan.reports.last_day(year)
        if due is None or due >= today:
            return year
    return plan.last_year


def passed(plan: Plan, year: int, today: date) -> list[Part]:
    """Return the dates of a year that have passed, each with its duty: opening it would find everybody late."""
    return [
        _("{duty} {day}", duty=duty.name, day=day)
        for duty in plan.all_duties
        if duty.owed_in(year) and duty.by != "union" and (day := duty.last_day(year)) is not None and day < today
    ]


def late(year: int, dates: Sequence[Part]) -> Text:
    """Warn before a year is opened of its dates that have passed."""
    return _("Dates of {year} that have passed: {dates}.", year=year, dates=Joined(dates))
