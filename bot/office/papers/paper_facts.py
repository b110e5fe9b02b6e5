"""What a paper tells of a year, read from one snapshot: the figures are the summary's own."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.conversation import Office
from bot.language import Part
from bot.movement import Baseline, Figure, Plan, Target, counted_on
from bot.office.report import figure_sources, kept_numbers, period, reported, summaries
from bot.office.report.figure_sources import FigureSource
from bot.office.report.period import SeveralYears
from bot.office.report.summaries import Summary
from storage import (
    awards,
    baselines,
    initiatives,
    item_answers,
    item_authors,
    office_papers,
    recognitions,
    results,
    unit_plans,
)
from storage.awards import Award
from storage.db import Snapshot
from storage.initiatives import Initiative
from storage.item_authors import Author
from storage.office_papers import SettledGap
from storage.people import Unit
from storage.recognitions import Recognition
from storage.results import Narrative, ReportedFigure, SentReport
from storage.unit_plans import UnitPlan
from storage.values import loads


@dataclass(frozen=True)
class PaperYear:
    """One year as papers tell of it."""

    plan: Plan
    summary: Summary
    told: Mapping[str, Sequence[Narrative]]
    """What the units say, by section or area, in the order of the units."""
    items: Sequence[Initiative]
    """Registered for the year and gone on with."""
    outcomes: Mapping[int, str]
    """By item, what it has brought about."""
    decided: Sequence[tuple[Recognition, Initiative]]
    """What decisions of the year recognise, by their day."""
    authors: Mapping[int, Sequence[Author]]
    figures: Sequence[Figure]
    reports: Mapping[str, SentReport]
    """By unit, the version of its report that the figures are of."""
    awards: Sequence[Award]
    settled: Mapping[str, SettledGap]
    """By its key, what the office does not wait for any more."""
    sources: Mapping[tuple[str, str], FigureSource]
    """By target and unit, where a figure comes from."""
    given: Mapping[tuple[str, str], ReportedFigure]
    """By target and unit, the figures of the reports that count, as they were sent."""
    against: Mapping[tuple[str, str], tuple[int, Baseline]]
    """By target and unit, of which year the amount is that a target is measured against, and the amount."""
    plans: Mapping[str, UnitPlan]
    """By unit, its plan of the year."""
    unit_alone: str = ""
    """The unit that all of it is about, where it is not about the whole office: sums say nothing of it."""

    @property
    def year(self) -> int:
        """Return which year."""
        return self.summary.year

    def unit(self, code: str) -> Part:
        """Return what a unit was called."""
        return self.summary.standing.names.get(code, code)


@dataclass(frozen=True)
class TargetRow:
    """One target, with a value for each column."""

    target: Target
    values: Sequence[Part]
    verdict: Part

    @property
    def n(self) -> str:
        """Return the number it is shown by."""
        return self.target.area or self.target.code


@dataclass(frozen=True)
class PaperPeriod:
    """The years that a paper is about, the oldest first; most are about one."""

    years: Sequence[PaperYear]
    before: Summary | None
    """The year before a single one, where the movement had begun."""
    several: SeveralYears | None
    """Of more than one year: targets over the years, and the units' reviews."""

    unit: Unit | None = None
    """Whose report it is, where it is not the office's."""
    told: Sequence[TargetRow] | None = None
    """What a unit says of the targets, as the chat shows it; None where its figures say it."""

    @property
    def newest(self) -> PaperYear:
        """Return the last year."""
        return self.years[-1]

    @property
    def plan(self) -> Plan:
        """Return the plan."""
        return self.newest.plan

    @property
    def first(self) -> int:
        """Return the oldest year."""
        return self.years[0].year

    @property
    def last(self) -> int:
        """Return the newest year."""
        return self.newest.year

    @property
    def now(self) -> datetime:
        """Return of which moment all of it is."""
        return self.newest.summary.now


async def read(
    snapshot: Snapshot,
    office: Office,
    years: Sequence[int],
    now: datetime,
    unit: str = "",
    done: Callable[[], None] = lambda: None,
) -> PaperPeriod:
    """Read everything that a paper about these years tells; of one unit alone where one is named. `done` hears of each year."""
    several = await period.read(snapshot, office, years, now) if len(years) > 1 else None
    found = several.years if several else [await summaries.read(snapshot, office, years[0], now)]
    before = None
    if several is None and years[0] > office.plan.first_year:
        before = await summaries.read(snapshot, office, years[0] - 1, now)
    whole = []
    for each in found:
        whole.append(await _year(snapshot, office, each))
        done()
    if not unit:
        return PaperPeriod(whole, before, several)
    return of_unit(PaperPeriod(whole, before, several), unit)


def of_unit(period: PaperPeriod, unit: str) -> PaperPeriod:
    """Return what of it is one unit's."""
    of = next(each for each in period.newest.summary.standing.units if each.code == unit)
    return PaperPeriod([_only(each, unit) for each in period.years], None, period.several, of)


async def _year(snapshot: Snapshot, office: Office, summary: Summary) -> PaperYear:
    year, plan = summary.year, office.plan
    span: dict[str, Any] = reported.span(year)
    days = {"first": span["first"], "last": span["last"]}
    told, authors = defaultdict[str, list[Narrative]](list), defaultdict[int, list[Author]](list)
    for each in await snapshot.all(results.NARRATIVES_OF_YEAR, year=year):
        told[each.section].append(each)
    for author in await snapshot.all(item_authors.OF_YEAR, **span):
        authors[author.initiative].append(author)
    fields = sorted({field.code for kind in plan.kinds for field in kind.fields if field.when == "result"})
    outcomes = {
        row.item: said
        for row in await snapshot.all(item_answers.OF_YEAR, year=year, fields=fields)
        if isinstance(said := loads(row.value), str)
    }
    items = await snapshot.all(initiatives.OF_YEAR, year=year)
    of, decided = {item.id: item for item in items}, list[tuple[Recognition, Initiative]]()
    for by in await snapshot.all(recognitions.BETWEEN, **days):
        item = of.get(by.initiative) or await snapshot.one(initiatives.BY_ID, id=by.initiative)
        assert item is not None
        decided.append((by, item))
    day = counted_on(plan, plan.reports, year, summary.standing.deadlines)
    return PaperYear(
        plan,
        summary,
        told,
        [item for item in items if item.state not in initiatives.LEFT],
        outcomes,
        decided,
        authors,
        await reported.figures_of(snapshot, plan, year),
        {each.unit: each for each in await snapshot.all(results.OF_YEAR, year=year)},
        await snapshot.all(awards.OF_YEAR, year=year),
        {each.gap: each for each in await snapshot.all(office_papers.SETTLED, year=year)},
        {(each.target.code, each.unit): each for each in await figure_sources.read(snapshot, office, summary)},
        {(each.target, each.unit): each for each in await snapshot.all(results.FIGURES_OF_YEAR, year=year)},
        kept_numbers.baselines(plan, await snapshot.all(baselines.BEFORE, year=year, day=day)),
        {each.unit: each for each in await snapshot.all(unit_plans.OF_YEAR, year=year)},
    )


def _only(year: PaperYear, unit: str) -> PaperYear:
    """Return what of a year is one unit's; what is summed up over all is left out."""
    return replace(
        year,
        unit_alone=unit,
        told={section: [each for each in those if each.unit == unit] for section, those in year.told.items()},
        items=[item for item in year.items if item.unit == unit],
        decided=[(by, item) for by, item in year.decided if item.unit == unit],
        figures=[figure for figure in year.figures if figure.unit == unit],
        awards=[award for award in year.awards if award.unit == unit],
        summary=replace(
            year.summary,
            results=[each for each in year.summary.results if each.unit == unit],
            difficulties=[each for each in year.summary.difficulties if each.unit == unit],
            progress=[],
            awards=[],
            praised=[each for each in year.summary.praised if each.unit == unit],
            raised=[each for each in year.summary.raised if each.unit == unit],
            inspected=[each for each in year.summary.inspected if each.unit == unit],
            tally=[each for each in year.summary.tally if each.unit == unit],
            unions=[],
        ),
    )
