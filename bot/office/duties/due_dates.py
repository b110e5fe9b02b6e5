"""The last days of duties and the years that are open: looked up, set, opened. Inside the transaction."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property

from bot.conversation import Visit
from bot.dialogue import Answers, Facts
from bot.language import Part, _
from bot.movement import Duty, Plan, owing
from bot.office import unit_names
from bot.office.duties.duty_kinds import of_year, what
from storage import deadlines, people, rungs
from storage.deadlines import Deadline
from storage.people import Unit


def openable(visit: Visit) -> list[int]:
    """Return the years before the first opened one, and this year where it waits for somebody to say so."""
    opened = [each.year for each in visit.tx.all(deadlines.YEARS)]
    this, plan = visit.now.year, visit.plan
    before = list(range(plan.first_year, min(opened, default=this)))
    waits = bool(opened) and max(opened) < this <= plan.last_year
    return [*before, this] if waits else before


def open_year(visit: Visit, year: int) -> bool:
    """Open a year; return whether it is over, so that nobody is reminded of it."""
    over = year < visit.now.year
    deadlines.open_year(visit.tx, year=year, quiet=over, now=visit.said)
    visit.note("year_opened", str(year))
    return over


def line(plan: Plan, owed: Duty, year: int, entered: Deadline | None) -> Part:
    """Say the last day of a duty in a year, and what sets it."""
    named = of_year(owed)
    if entered is not None:
        return _(
            "The {what} of {year}: by the end of {day}, by {basis}",
            what=named,
            year=year,
            day=entered.day,
            basis=entered.basis,
        )
    if (day := owed.last_day(year)) is None:
        return _("The {what} of {year}: no date given yet", what=named, year=year)
    if owed.basis == "office":
        return _(
            "The {what} of {year}: by the end of {day}, by the rule of {desk}",
            what=named,
            year=year,
            day=day,
            desk=plan.office.desk,
        )
    return _(
        "The {what} of {year}: by the end of {day}, by {clause} of the plan",
        what=named,
        year=year,
        day=day,
        clause=owed.clause,
    )


def _read(subject: str) -> tuple[str, int]:
    duty, _colon, year = subject.partition(":")
    return duty, int(year)


def _day_now(visit: Visit, duty: str, year: int) -> date | None:
    """Return the last day as it stands."""
    entered = visit.tx.one(deadlines.DEADLINE, duty=duty, year=year)
    return entered.day if entered is not None else _day_of_plan(visit, duty, year)


def _day_of_plan(visit: Visit, duty: str, year: int) -> date | None:
    known = visit.plan.known_duty(duty)
    return None if known is None else known.last_day(year)


def counted_on(visit: Visit, duty: Duty, year: int) -> date:
    """Return the day of a year on which a unit has to be there to owe a duty."""
    return _day_now(visit, duty.code, year) or duty.locking(year)


def units_owing(visit: Visit, duty: Duty, year: int) -> list[Unit]:
    """Return the units there are now that owe a duty of a year."""
    units = {u.code: u for u in visit.tx.all(people.UNITS) if u.kind not in visit.plan.unions}
    kinds, spans = {u.code: u.kind for u in units.values()}, {u.code: unit_names.span(u) for u in units.values()}
    return [units[code] for code in owing(visit.plan, duty, year, counted_on(visit, duty, year), kinds, spans)]


class DateFacts(Facts):
    """The duty, its year, and between which days it is open."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._visit = visit
        self.duty, self.year = _read(subject)
        self.what = what(visit.plan, self.duty)
        self._owed = owed = visit.plan.known_duty(self.duty)
        self.opens = owed.opening(self.year) if owed else date(self.year, 1, 1)
        self.locks = owed.locking(self.year) if owed else date(self.year, 12, 31)
        # A plan may have dropped it while the sheet was open: that is no reason to answer nothing.

    @cached_property
    def silent(self) -> Sequence[str]:
        """The units that have not sent."""
        tx, owed = self._visit.tx, self._owed
        if owed is None:
            return []
        done = {filed.unit for filed in tx.all(deadlines.FILED_OF_DUTY, duty=owed.filed_as, year=self.year)}
        if owed.by == "unit":
            return [u.name for u in units_owing(self._visit, owed, self.year) if u.code not in done]
        units = [u for u in tx.all(people.UNITS) if u.kind not in self._visit.plan.unions]
        return [u.name for u in units if u.code not in done]

    @cached_property
    def was(self) -> date | None:
        """The last day as it stands."""
        return _day_now(self._visit, self.duty, self.year)


def set_date(visit: Visit, subject: str, answers: Answers) -> tuple[str, int, date]:
    """Store a last day with its basis; return the duty, its year and the day."""
    duty, year = _read(subject)
    day = date.fromisoformat(answers["day"])
    if day != _day_now(visit, duty, year):
        rungs.unsay_day(visit.tx, duty=duty, year=year, day=day)
    deadlines.set_last_day(
        visit.tx,
        duty=duty,
        year=year,
        day=day,
        basis=answers["basis"],
        by=visit.me.id,
        now=visit.said,
        was=_day_of_plan(visit, duty, year),
    )
    visit.note("date_set", f"{duty}:{year}", day=day.isoformat(), basis=answers["basis"])
    return duty, year, day
