"""Where each figure of a year comes from: unit, record, version, answer, who and when, what it is measured against, files.

One function, `read`: the chat, the workbook and the annex of the report show the same.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from bot.conversation import Office
from bot.language import Part
from bot.movement import (
    OFFICE,
    Figure,
    Measure,
    Plan,
    Reported,
    Target,
    counted_on,
    counts,
    counts_class,
    measured_against,
    told_by,
)
from bot.office.report import kept_numbers, reported
from bot.office.report.summaries import Summary
from storage import baselines, files, item_authors, office_figures, recognitions, results, training, unit_plans
from storage.db import Snapshot
from storage.files import File
from storage.initiatives import Initiative
from storage.office_figures import OfficeFigure
from storage.paper_sources import PaperSource
from storage.recognitions import Recognition
from storage.results import ReportedFigure, SentReport
from storage.training import LearntInUnit
from storage.unit_plans import UnitPlan


class FigureOrigin(StrEnum):
    """What a figure comes from."""

    REPORT = "report"
    """The unit's yearly report."""
    LIST = "list"
    """The lists of people: classes, tests."""
    PLAN = "plan"
    """The unit's plan of the year."""
    SHEET = "sheet"
    """A registered sheet that the target counts."""
    OFFICE = "office"
    """What the office has entered as one."""
    NOTHING = "nothing"
    """Nothing was sent yet."""


@dataclass(frozen=True, slots=True)
class FigureSource:
    """What one unit, or one sheet, gives to a target, and where that comes from."""

    year: int
    target: Target
    unit: str
    """Its code; empty for the whole office."""
    unit_name: Part
    origin: FigureOrigin
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    before: Decimal | None = None
    """What a reduction is measured against."""
    before_year: int | None = None
    na: bool = False
    estimate: bool = False
    counted: bool = True
    """Whether it is in the target's sum."""
    otherwise: bool = False
    """Whether it was given when the target was measured in another way, and so is in no sum."""
    record: str = ""
    """The code of the report, the plan or the sheet."""
    named: str = ""
    """What it is called: the title of a sheet, the number of a plan, the classes of a list."""
    version: int | None = None
    by: int | None = None
    """Who has sent it, by their number in the roster."""
    at: datetime | None = None
    received: datetime | None = None
    until: date | None = None
    """The day to which the figure goes; of a plan the day of issue, of a sheet that of the decision."""
    note: str = ""
    paper: PaperSource | None = None
    """Where it comes from that the unit has not sent itself."""
    evidence: tuple[File, ...] = ()


@dataclass(frozen=True)
class _KeptFigures:
    """What is looked at for the sources of a year."""

    plan: Plan
    summary: Summary
    known: Reported
    reports: Mapping[str, SentReport]
    figures: Mapping[tuple[str, str], ReportedFigure]
    lists: Sequence[LearntInUnit]
    against: Mapping[tuple[str, str], int]
    """Of which year a unit's amount is that a target is measured against."""
    plans: Mapping[str, UnitPlan]
    items: Mapping[int, Initiative]
    decided: Mapping[int, Recognition]
    as_one: Mapping[str, OfficeFigure]


async def read(
    snapshot: Snapshot, office: Office, summary: Summary, unit: str | None = None, target: str | None = None
) -> list[FigureSource]:
    """Read where every figure of a year comes from, target by target; of one unit, of one target alone where asked."""
    kept = await _kept(snapshot, office, summary)
    found = [
        source
        for each in office.plan.asked_about
        if target in (None, each.code)
        for source in _OF[each.measure](kept, each)
        if unit in (None, source.unit)
    ]
    records = sorted({each.record for each in found if each.record})
    sent = defaultdict[str, list[File]](list)
    for file in await snapshot.all(files.OF_RECORDS, records=records):
        sent[file.record].append(file)
    papers = summary.sources
    return [replace(e, evidence=tuple(sent.get(e.record, ())), paper=papers.get(e.record)) for e in found]


async def _kept(snapshot: Snapshot, office: Office, summary: Summary) -> _KeptFigures:
    year, plan, span = summary.year, office.plan, reported.span(summary.year)
    known = summary.known
    day = counted_on(plan, plan.reports, year, summary.standing.deadlines)
    before = kept_numbers.baselines(plan, await snapshot.all(baselines.BEFORE, year=year, day=day))
    as_one: dict[str, OfficeFigure] = {}
    for target in (each for each in plan.targets if each.of_office):
        for row in await snapshot.all(office_figures.ALL, target=target.code):
            if row.year == year:
                as_one[target.code] = row
    return _KeptFigures(
        plan,
        summary,
        known,
        {each.unit: each for each in await snapshot.all(results.OF_YEAR, year=year)},
        {(each.unit, each.target): each for each in await snapshot.all(results.FIGURES_OF_YEAR, year=year)},
        await snapshot.all(training.BY_UNIT) if known.listed else [],
        {key: of_year for key, (of_year, _amount) in before.items()},
        {each.unit: each for each in await snapshot.all(unit_plans.OF_YEAR, year=year)},
        {each.id: each for each in await snapshot.all(item_authors.ITEMS_OF_YEAR, **span)},
        {
            each.initiative: each
            for each in await snapshot.all(recognitions.BETWEEN, first=span["first"], last=span["last"])
        },
        as_one,
    )


def _asked(kept: _KeptFigures, target: Target) -> Iterator[FigureSource]:
    """Yield each unit's figure of a target that is asked for, or that there is none yet."""
    listed = {each.unit: each for each in kept.known.listed if each.target == target.code}
    given = {each.unit: each for each in kept.known.figures if each.target == target.code}
    told, names = told_by(given, listed), kept.summary.standing.names
    for unit in [OFFICE] if target.of_office else kept.known.units:
        base = FigureSource(kept.summary.year, target, unit, names.get(unit, unit), FigureOrigin.NOTHING, counted=False)
        figure = told.get(unit) or given.get(unit)
        if figure is None:
            yield base
        elif figure.from_list and unit not in given:
            yield _of_list(kept, base, figure)
        else:
            yield _of_report(kept, base, figure)


def _of_report(kept: _KeptFigures, base: FigureSource, figure: Figure) -> FigureSource:
    against = measured_against(figure, kept.known.baselines) if base.target.reduces else None
    known = figure.numerator is not None and not figure.otherwise
    found = replace(
        base,
        origin=FigureOrigin.REPORT,
        numerator=figure.numerator,
        denominator=figure.denominator,
        before=against,
        before_year=kept.against.get((base.target.code, base.unit)) if against is not None else None,
        na=figure.not_applicable,
        estimate=figure.estimate,
        counted=known and (against is not None or not base.target.reduces),
        otherwise=figure.otherwise,
    )
    if base.target.of_office:
        row = kept.as_one[base.target.code]
        return replace(found, origin=FigureOrigin.OFFICE, by=row.by, at=row.at)
    report, sent = kept.reports[base.unit], kept.figures[base.unit, base.target.code]
    found = replace(
        found,
        record=report.code,
        version=report.version,
        by=report.by,
        at=report.sent,
        received=report.received,
        until=report.until or kept.plan.figures_day(base.year, report.given),
        note=sent.note,
    )
    if figure.from_list:
        return replace(found, origin=FigureOrigin.LIST, named=_lists(kept, base.target, base.unit))
    return found


def _of_list(kept: _KeptFigures, base: FigureSource, figure: Figure) -> FigureSource:
    return replace(
        base,
        origin=FigureOrigin.LIST,
        numerator=figure.numerator,
        denominator=figure.denominator,
        counted=True,
        named=_lists(kept, base.target, base.unit),
        until=kept.plan.figures_day(base.year, kept.summary.now.date()),
    )


def _lists(kept: _KeptFigures, target: Target, unit: str) -> str:
    """Name the classes or tests behind a unit's figure, each with how many of it."""
    day = kept.plan.figures_day(kept.summary.year, kept.summary.now.date())
    rows = [each for each in kept.lists if each.unit == unit and counts_class(target, each, day)]
    return "; ".join(f"{each.code or each.name} ({each.people})" for each in rows)


def _planned(kept: _KeptFigures, target: Target) -> Iterator[FigureSource]:
    """Yield the plan of each unit that owes one."""
    names, known = kept.summary.standing.names, kept.known
    for unit in known.units if known.planning is None else known.planning:
        base = FigureSource(kept.summary.year, target, unit, names.get(unit, unit), FigureOrigin.NOTHING, counted=False)
        plan = kept.plans.get(unit)
        if plan is None or unit not in known.with_plan:
            yield base
            continue
        yield replace(
            base,
            origin=FigureOrigin.PLAN,
            numerator=Decimal(1),
            counted=True,
            record=plan.code,
            named=plan.number,
            by=plan.by,
            at=plan.changed,
            received=plan.received,
            until=plan.day,
        )


def _sheets(kept: _KeptFigures, target: Target) -> Iterator[FigureSource]:
    """Yield each registered sheet that a target counts; of people how many of them have a part in it."""
    names = kept.summary.standing.names
    for sheet in kept.known.sheets:
        item = kept.items.get(sheet.item)
        if item is None or not counts(kept.plan, target, sheet):
            continue
        by = kept.decided.get(item.id)
        people = target.measure is Measure.PEOPLE
        yield FigureSource(
            kept.summary.year,
            target,
            item.unit,
            names.get(item.unit, item.unit_name),
            FigureOrigin.SHEET,
            numerator=Decimal(len(sheet.people) if people else 1),
            record=item.code,
            named=item.title,
            version=item.version,
            by=item.by,
            at=item.changed,
            until=None if by is None else by.day,
            note="" if by is None else by.decision,
        )


_OF: Mapping[Measure, Callable[[_KeptFigures, Target], Iterator[FigureSource]]] = {
    Measure.UNITS_WITH_PLAN: _planned,
    Measure.SHARE: _asked,
    Measure.SUM: _asked,
    Measure.REDUCTION: _asked,
    Measure.COUNT: _sheets,
    Measure.PEOPLE: _sheets,
}
