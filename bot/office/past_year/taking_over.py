"""Take a past year over from its workbook: read it, compare it with what is kept, write all of it or nothing. Inside the transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.conversation import Office
from bot.documents.past_year_reader import PastYearFile, YearDoubt
from bot.documents.past_year_sheets import KnownUnit, figures
from bot.language import Joined, Text, _
from bot.movement import Plan, counted_on, counts, owing
from bot.office import unit_names
from bot.office.past_year.given_lists import given_year
from bot.office.past_year.keeping_accounts import keep_account
from bot.office.past_year.keeping_items import counted_sheets, keep_items
from bot.office.past_year.keeping_reports import keep_baseline, keep_list, keep_paper, keep_plan, keep_report
from bot.office.past_year.year_cells import PastYearKnown, YearSieve
from bot.office.past_year.year_given import GivenYear
from bot.office.past_year.year_ledger import YearLedger
from storage import audit, baselines, deadlines, people, unit_history
from storage.db import Tx
from storage.deadlines import Deadline
from storage.people import Unit


@dataclass(frozen=True)
class TakenYear:
    """What a workbook gives and what came of it."""

    given: GivenYear
    ledger: YearLedger
    doubts: Sequence[YearDoubt]
    opened: bool
    """Whether the year was open before."""

    @property
    def blocked(self) -> bool:
        """Whether something has to be put right first."""
        return any(doubt.blocks for doubt in self.doubts)

    @property
    def given_anything(self) -> bool:
        """Whether the workbook has any line filled in."""
        return bool(self.ledger.counts)


def outside(plan: Plan, year: int, now: datetime) -> Text | None:
    """Say why nothing of a year can be taken over; None where it can."""
    before = plan.first_year - 1
    if not before <= year <= plan.last_year:
        return _(
            "The movement runs from {first} to {last}. Of the time before it the year {before} is taken, to be compared with; nothing of {year}.",
            first=plan.first_year,
            last=plan.last_year,
            before=before,
            year=str(year),
        )
    if year > now.year:
        return _("The year {year} has not begun yet; units send it in the chat.", year=str(year))
    return None


def owing_units(plan: Plan, year: int, units: Sequence[Unit], entered: Sequence[Deadline]) -> list[KnownUnit]:
    """Return which of the units of a year owe its report: those that were there on its last day."""
    owed = {unit.code: unit for unit in units if unit.kind not in plan.unions}
    kinds, spans = {unit.code: unit.kind for unit in units}, {unit.code: unit_names.span(unit) for unit in units}
    day = counted_on(plan, plan.reports, year, {(each.duty, each.year): each.day for each in entered})
    owe = owing(plan, plan.reports, year, day, {code: kinds[code] for code in owed}, spans)
    return [KnownUnit(code, owed[code].name) for code in owed if code in owe]


def prefilled(plan: Plan, year: int, units: Sequence[Unit], entered: Sequence[Deadline]) -> list[KnownUnit]:
    """Return the units that stand in the blank workbook: those that owe the report, and the unions that are invited."""
    invited = [KnownUnit(unit.code, unit.name, union=True) for unit in units if unit.kind in plan.unions]
    return [*owing_units(plan, year, units, entered), *invited]


def take_over(tx: Tx, office: Office, year: int, file: PastYearFile, now: datetime, apply: bool) -> TakenYear:
    """Compare a workbook with what is kept; with `apply` write it, unless something has to be put right first."""
    plan, units = office.plan, tx.all(unit_history.UNITS_IN_YEAR, year=year)
    owe = owing_units(plan, year, units, tx.all(deadlines.DEADLINES))
    known = PastYearKnown(plan, year, now.date(), units, frozenset(unit.code for unit in owe), tx.all(people.EVER))
    sieve = YearSieve(known, list(file.doubts))
    given = given_year(file, sieve)
    ledger = YearLedger(tx, known, sieve, office.plan_hash, now)
    _keep(ledger, given)
    _doubts(ledger, file, given)
    opened = any(each.year == year for each in tx.all(deadlines.YEARS))
    taken = TakenYear(given, ledger, list(sieve.doubts), opened)
    if apply and not taken.blocked and ledger.written:
        if not opened and year >= plan.first_year:
            deadlines.open_year(tx, year=year, quiet=True, now=now)
            audit.note(tx, now=now, person=None, what="year_opened", about=str(year))
        _keep(YearLedger(tx, known, YearSieve(known), office.plan_hash, now, writes=True), given)
        audit.note(tx, now=now, person=None, what="year_taken_over", about=str(year), records=ledger.written)
    return taken


def _keep(ledger: YearLedger, given: GivenYear) -> None:
    for baseline in given.baselines:
        keep_baseline(ledger, baseline)
    for report in given.reports:
        keep_report(ledger, report)
    for plan in given.plans:
        keep_plan(ledger, plan)
    for paper in given.papers:
        keep_paper(ledger, paper)
    keep_items(ledger, given.items)
    for each in given.lists:
        keep_list(ledger, each)
    for account in given.accounts:
        keep_account(ledger, account)


# What contradicts itself, what is still to come -------------------------------------------------


def _doubts(ledger: YearLedger, file: PastYearFile, given: GivenYear) -> None:
    _counted(ledger, given)
    if "results" in file.columns:
        _without_report(ledger, given)
    _without_baseline(ledger, given)


def _counted(ledger: YearLedger, given: GivenYear) -> None:
    """Warn where a unit's own number of sheets is not what its target counts."""
    sheets = counted_sheets(ledger, given.items) if given.counted else []
    plan = ledger.known.plan
    for (code, unit), (said, place) in given.counted.items():
        target = plan.target(code)
        n = sum(counts(plan, target, sheet) for sheet in sheets if sheet.unit == unit)
        if n != said:
            what = _(
                "{unit} reports {said} for target {code}, but {n} are counted by what is registered and recognised. The target goes by the {n}.",
                unit=ledger.known.name_of(unit),
                said=said,
                code=code,
                n=n,
            )
            ledger.sieve.warn(place, what)


def _without_report(ledger: YearLedger, given: GivenYear) -> None:
    told = {report.unit for report in given.reports}
    missing = [unit.name for unit in ledger.known.units if unit.code in ledger.known.owing and unit.code not in told]
    if told and missing:
        ledger.sieve.warn("", _("Units without figures in the file: {units}.", units=Joined(missing, "; ")))


def _without_baseline(ledger: YearLedger, given: GivenYear) -> None:
    """Warn of amounts that nothing is known of to be measured against."""
    known = {(each.target, each.unit) for each in given.baselines if each.year < ledger.known.year}
    known |= {
        (each.target, each.unit)
        for each in ledger.tx.all(baselines.BEFORE, year=ledger.known.year, day=ledger.now.date())
    }
    for target in figures(ledger.known.plan, ledger.known.year):
        without = [
            ledger.known.name_of(report.unit)
            for report in given.reports
            if target.reduces
            and target.code in report.figures
            and report.figures[target.code].numerator is not None
            and (target.code, report.unit) not in known
        ]
        if without:
            what = _(
                "Target {code} has no amount of before to be measured against yet: {units}.",
                code=target.code,
                units=Joined(without, "; "),
            )
            ledger.sieve.warn("", what)
