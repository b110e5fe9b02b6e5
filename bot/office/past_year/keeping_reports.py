"""Reports, plans, lists and amounts of a past year, compared with what is kept and stored. Inside the transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.documents.past_year_sheets import narratives
from bot.language import Joined, _
from bot.movement import Duty
from bot.office.duties.submissions import days_late
from bot.office.past_year.year_given import GivenBaseline, GivenFigure, GivenList, GivenPaper, GivenPlan, GivenReport
from bot.office.past_year.year_ledger import Kept, TakenRecord, YearLedger
from bot.office.report import kept_numbers
from storage import (
    audit,
    baselines,
    closed_lists,
    deadlines,
    office_figures,
    paper_sources,
    receiving,
    results,
    unit_plans,
)
from storage.baselines import UnitBaseline
from storage.office_figures import OfficeFigure
from storage.results import ReportedFigure

_UNSAID = ("", "")
"""A narrative part that nobody has written, with its mark."""


def last_day(ledger: YearLedger, duty: Duty | None) -> date | None:
    """Return the last day of a duty in the year: as the office has set it, else the plan's."""
    if duty is None:
        return None
    entered = ledger.tx.one(deadlines.DEADLINE, duty=duty.code, year=ledger.known.year)
    return entered.day if entered is not None else duty.last_day(ledger.known.year)


# Reports --------------------------------------------------------------------------------------


def keep_report(ledger: YearLedger, given: GivenReport) -> None:
    """Compare a unit's report, and store it as received; what the workbook says nothing of stays as it was taken over."""
    tx, known = ledger.tx, ledger.known
    code, of = f"BC-{known.year}-{given.unit}", {"unit": given.unit, "year": known.year}
    before, waiting = tx.one(results.OF_UNIT, **of), tx.one(results.WAITING, **of)
    was, told = _kept(ledger, given.unit)
    new = _Merged(_figures(ledger, given, was), _parts(ledger, given, told), *_paper(ledger, given, code))
    same = {code: was.get(code) for code in new.figures} == new.figures and all(
        told.get(code, _UNSAID) == part for code, part in new.parts.items()
    )
    kept = Kept.NEW if before is None else Kept.CHANGED
    if before is not None and (before.by is not None or waiting is not None or not ledger.own(code)):
        if same and waiting is None:
            ledger.count(TakenRecord.REPORT, Kept.SAME)
        else:
            ledger.left(
                given.place, TakenRecord.REPORT, code, _("The report of {unit}", unit=known.name_of(given.unit))
            )
        return
    if before is not None and same and (new.number, new.day) == ledger.paper_of(code):
        kept = Kept.SAME
    _warn_lacking(ledger, given, new.figures)
    ledger.count(TakenRecord.FIGURE, kept, sum(each.numerator is not None or each.na for each in new.figures.values()))
    if ledger.count(TakenRecord.REPORT, kept):
        _store_report(ledger, given.unit, code, kept, new)


@dataclass(frozen=True, slots=True)
class _Merged:
    """A report as it will stand."""

    figures: Mapping[str, GivenFigure]
    parts: Mapping[str, tuple[str, str]]
    number: str
    day: date


def _kept(ledger: YearLedger, unit: str) -> tuple[dict[str, GivenFigure], dict[str, tuple[str, str]]]:
    """Return the figures and the narrative parts of a unit's report that counts."""
    of = {"unit": unit, "year": ledger.known.year}
    was = {each.target: _as_given(each) for each in ledger.tx.all(results.FIGURES, **of)}
    return was, {each.section: (each.text, each.mark) for each in ledger.tx.all(results.NARRATIVES, **of)}


def _paper(ledger: YearLedger, given: GivenReport, code: str) -> tuple[str, date]:
    """Return number and day of the paper; of one without a day that it was in time."""
    in_time = ledger.in_time(last_day(ledger, ledger.known.plan.reports))
    number, day = ledger.paper_of(code) if given.number is None else (given.number, given.day)
    return number, day or in_time


def _store_report(ledger: YearLedger, unit: str, code: str, kept: Kept, new: _Merged) -> None:
    tx, known = ledger.tx, ledger.known
    id = results.send(
        tx,
        unit=unit,
        year=known.year,
        code=code,
        late=days_late(last_day(ledger, known.plan.reports), new.day),
        by=None,
        now=ledger.now,
        plan_hash=ledger.plan_hash,
        given=new.day,
    )
    for target, figure in new.figures.items():
        results.put_figure(
            tx,
            result=id,
            target=target,
            numerator=figure.numerator,
            denominator=figure.denominator,
            na=figure.na,
            estimate=figure.estimate,
            note=figure.note,
            source="typed",
            kept_as=known.plan.target(target).kept_as,
        )
    before = _kept(ledger, unit)[1]
    for section, (text, mark) in new.parts.items():
        if (text, mark) != _UNSAID or section in before:
            results.put_narrative(tx, result=id, section=section, text=text, mark=mark, source="typed")
    receiving.receive(tx, code=code, what="results", now=ledger.now)
    ledger.mark(code, unit, new.number, new.day, kept)


def _figures(ledger: YearLedger, given: GivenReport, was: Mapping[str, GivenFigure]) -> dict[str, GivenFigure]:
    """Return a figure of every target that units are asked for; those that nobody gives are to come.

    Of a year before the movement only what is given: it is compared with, and nothing of it is to come.
    """
    asked = [target.code for target in ledger.known.plan.asked_about if target.of_units]
    found = {code: given.figures.get(code, was.get(code, GivenFigure())) for code in asked}
    if ledger.known.year >= ledger.known.plan.first_year:
        return found
    return {code: figure for code, figure in found.items() if figure != GivenFigure() or code in was}


def _parts(ledger: YearLedger, given: GivenReport, told: Mapping[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    if ledger.known.year < ledger.known.plan.first_year:
        return {}
    codes = [part.code for part in narratives(ledger.known.plan)]
    return {code: given.narratives.get(code, told.get(code, _UNSAID)) for code in codes}


def _as_given(kept: ReportedFigure) -> GivenFigure:
    return GivenFigure(kept.numerator, kept.denominator, kept.na, kept.estimate, kept.note)


def _warn_lacking(ledger: YearLedger, given: GivenReport, figures: Mapping[str, GivenFigure]) -> None:
    lacking = [code for code, figure in figures.items() if figure.numerator is None and not figure.na]
    if lacking and ledger.known.year >= ledger.known.plan.first_year:
        unit = ledger.known.name_of(given.unit)
        ledger.sieve.warn(
            given.place, _("{unit} has no figures yet for targets: {codes}.", unit=unit, codes=Joined(lacking))
        )


# Plans and lists ------------------------------------------------------------------------------


def keep_plan(ledger: YearLedger, given: GivenPlan) -> None:
    """Compare a unit's yearly plan, and store it as received."""
    tx, known = ledger.tx, ledger.known
    code = f"KH-{known.year}-{given.unit}"
    before = tx.one(unit_plans.OF_UNIT, unit=given.unit, year=known.year)
    same = before is not None and (before.day, before.signer, before.number) == (given.day, given.signer, given.number)
    if before is not None and not same and not ledger.own(code):
        ledger.left(given.place, TakenRecord.PLAN, code, _("The plan of {unit}", unit=known.name_of(given.unit)))
        return
    kept = Kept.SAME if same else Kept.NEW if before is None else Kept.CHANGED
    if not ledger.count(TakenRecord.PLAN, kept):
        return
    unit_plans.put(
        tx,
        unit=given.unit,
        year=known.year,
        code=code,
        day=given.day,
        signer=given.signer,
        number=given.number,
        file=before.file if before is not None else None,
        by=None,
        now=ledger.now,
    )
    receiving.receive(tx, code=code, what="plan", now=ledger.now)
    ledger.mark(code, given.unit, given.number, given.day, kept)


def keep_list(ledger: YearLedger, given: GivenList) -> None:
    """Compare a unit's closed list, and store it."""
    tx, known = ledger.tx, ledger.known
    code = paper_sources.list_record(given.unit, known.year)
    before = tx.one(closed_lists.OF_UNIT, unit=given.unit, year=known.year)
    same = before is not None and before.reason == given.reason
    if before is not None and not ledger.own(code):
        if same:
            ledger.count(TakenRecord.LIST, Kept.SAME)
        else:
            ledger.left(given.place, TakenRecord.LIST, code, _("The list of {unit}", unit=known.name_of(given.unit)))
        return
    kept = Kept.NEW if before is None else Kept.CHANGED
    day = given.day or ledger.in_time(last_day(ledger, known.plan.done_by("list")))
    if same and ledger.paper_of(code)[1] == day:
        kept = Kept.SAME
    if ledger.count(TakenRecord.LIST, kept):
        closed_lists.close(tx, unit=given.unit, year=known.year, reason=given.reason, by=None, now=ledger.now)
        ledger.mark(code, given.unit, "", day, kept)


def keep_paper(ledger: YearLedger, given: GivenPaper) -> None:
    """Compare a paper that was sent, and store its day and number unless somebody has recorded others in the chat."""
    tx, year = ledger.tx, ledger.known.year
    before = tx.one(deadlines.PAPER, duty=given.duty, unit=given.unit, year=year)
    same = before is not None and (before.day, before.number) == (given.day, given.number)
    if before is not None and not same and before.by is not None:
        named = f"{given.duty}, {ledger.known.name_of(given.unit)}"
        ledger.left(given.place, TakenRecord.PAPER, named, _("The paper that was sent"))
    elif ledger.count(TakenRecord.PAPER, Kept.SAME if same else Kept.NEW if before is None else Kept.CHANGED):
        deadlines.fulfil(
            tx, duty=given.duty, unit=given.unit, year=year, day=given.day, number=given.number, by=None, now=ledger.now
        )
        audit.note(tx, now=ledger.now, person=None, what="paper_taken_over", about=f"{given.duty}:{given.unit}")


# What was before ------------------------------------------------------------------------------


def keep_baseline(ledger: YearLedger, given: GivenBaseline) -> None:
    """Compare an amount of a year, and store it unless somebody of the office has entered another one in the chat."""
    target = ledger.known.plan.target(given.target)
    before, until = _entered(ledger, given), kept_numbers.cutoff(ledger.known.plan)
    value = given.ten_months, given.whole_year, target.kept_as, until
    same = before is not None and (before.ten_months, before.whole_year, before.kept_as, before.until) == value
    if before is not None and not same and before.by is not None:
        whose = ledger.known.name_of(given.unit) if given.unit else ledger.known.plan.office.name
        named = f"{target.code}, {whose}, {given.year}"
        ledger.left(given.place, TakenRecord.BASELINE, named, _("The amount that is compared with"))
        return
    if not ledger.count(TakenRecord.BASELINE, Kept.SAME if same else Kept.NEW if before is None else Kept.CHANGED):
        return
    audit.note(ledger.tx, now=ledger.now, person=None, what="baseline_taken_over", about=f"{target.code}:{given.unit}")
    if target.of_office:
        office_figures.put(
            ledger.tx,
            target=target.code,
            year=given.year,
            ten_months=given.ten_months,
            whole_year=given.whole_year,
            kept_as=target.kept_as,
            until=until,
            by=None,
            now=ledger.now,
        )
    else:
        baselines.put(
            ledger.tx,
            target=target.code,
            unit=given.unit,
            year=given.year,
            ten_months=given.ten_months,
            whole_year=given.whole_year,
            kept_as=target.kept_as,
            until=until,
            by=None,
            now=ledger.now,
        )


def _entered(ledger: YearLedger, given: GivenBaseline) -> UnitBaseline | OfficeFigure | None:
    """Return what is kept of the same year."""
    if not given.unit:
        kept = ledger.tx.all(office_figures.ALL, target=given.target)
        return next((each for each in kept if each.year == given.year), None)
    before = ledger.tx.all(
        baselines.OF_UNIT, target=given.target, unit=given.unit, year=given.year + 1, day=ledger.now.date()
    )
    return next((each for each in before if each.year == given.year), None)
