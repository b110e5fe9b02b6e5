"""Targets as tables: how each stands, what each unit gives, where every figure comes from. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from bot.documents.workbook import CellKind
from bot.language import First, Part, Text, _
from bot.movement import Measure, Progress, Target, reduction, share
from bot.office.onbehalf.sources import said, short
from bot.office.report import figure_source_words, target_words
from bot.office.report.figure_sources import FigureOrigin, FigureSource
from bot.office.tables.tabling import TableColumn, YearTable
from bot.office.tables.yearly_facts import TableFacts

PERCENTAGES = (Measure.SHARE, Measure.REDUCTION, Measure.UNITS_WITH_PLAN, Measure.PEOPLE)
"""What is reached in percent."""


@dataclass(frozen=True, slots=True)
class TargetOfYear:
    """How a target stands in a year."""

    year: int
    each: Progress

    @property
    def target(self) -> Target:
        """Return which target it is."""
        return self.each.target

    @property
    def in_percent(self) -> bool:
        """Whether its goal is one of percent."""
        return self.target.measure in PERCENTAGES


def _code(target: Target) -> str:
    return target.area or target.code


def standing(facts: TableFacts) -> Iterator[TargetOfYear]:
    """Yield every target of every year."""
    for of in facts.years:
        yield from (TargetOfYear(of.year, each) for each in of.summary.progress)


STANDING: YearTable[TargetOfYear] = YearTable(
    _("Targets"),
    _("How each target stands"),
    (
        TableColumn(_("Year"), lambda row: row.year, CellKind.TEXT, 7),
        TableColumn(_("Target"), lambda row: _code(row.target), width=10),
        TableColumn(_("What it is"), lambda row: row.target.short, width=40),
        TableColumn(_("Reached, or used"), lambda row: _part(row.each), CellKind.NUMBER, 14),
        TableColumn(_("Of, or against"), lambda row: _whole(row.each), CellKind.NUMBER, 14),
        TableColumn(_("In percent"), lambda row: row.each.percent, CellKind.PERCENT, 12),
        TableColumn(
            _("Goal in percent"), lambda row: row.target.goal if row.in_percent else None, CellKind.PERCENT, 12
        ),
        TableColumn(_("Goal"), lambda row: None if row.in_percent else row.target.goal, CellKind.NUMBER, 10),
        TableColumn(_("Standing"), lambda row: target_words.VERDICTS[row.each.verdict], width=18),
        TableColumn(_("Units with figures"), lambda row: row.each.reported, CellKind.WHOLE, 12),
        TableColumn(_("Units concerned"), lambda row: row.each.expected, CellKind.WHOLE, 12),
        TableColumn(_("In words"), lambda row: target_words.value(row.each), width=44),
    ),
    standing,
    of_units=False,
    stay=3,
)


def _part(each: Progress) -> Decimal | None:
    """Return what was reached or used; nothing while nothing is in the sum."""
    if each.target.measure in PERCENTAGES:
        return None if each.percent is None else each.numerator
    return each.numerator if each.reported else None


def _whole(each: Progress) -> Decimal | None:
    """Return what it is a part of, or measured against; a count or a sum has its goal beside it."""
    return None if each.percent is None else each.denominator


def sources(facts: TableFacts) -> Iterator[tuple[TableFacts, FigureSource]]:
    """Yield where every figure of every year comes from."""
    for of in facts.years:
        yield from ((facts, each) for each in of.sources)


def units(facts: TableFacts) -> Iterator[tuple[TableFacts, FigureSource]]:
    """Yield what each unit gives to each target; sheets stand in tables of their own."""
    return (row for row in sources(facts) if row[1].origin is not FigureOrigin.SHEET)


def _percent(source: FigureSource) -> Decimal | None:
    n, goal = source.numerator, source.target.goal
    if n is None or source.otherwise:
        return None
    if source.before is not None:
        return reduction(source.before, n, goal)
    return None if source.denominator is None else share(n, source.denominator, goal)


STATES: Mapping[bool, Text] = {True: _("yes"), False: _("no")}
_WHICH: tuple[TableColumn[tuple[TableFacts, FigureSource]], ...] = (
    TableColumn(_("Year"), lambda row: row[1].year, CellKind.TEXT, 7),
    TableColumn(_("Target"), lambda row: _code(row[1].target), width=10),
    TableColumn(_("What it is"), lambda row: row[1].target.short, width=24),
    TableColumn(_("Code of the unit"), lambda row: row[1].unit, width=10),
    TableColumn(_("Which unit"), lambda row: row[1].unit_name, width=28),
)
BY_UNIT: YearTable[tuple[TableFacts, FigureSource]] = YearTable(
    _("Targets by unit"),
    _("What each unit gives to each target"),
    (
        *_WHICH,
        TableColumn(_("Reached, or used"), lambda row: row[1].numerator, CellKind.NUMBER, 12),
        TableColumn(_("Of, or against"), lambda row: _against(row[1]), CellKind.NUMBER, 12),
        TableColumn(_("In percent"), lambda row: _percent(row[1]), CellKind.PERCENT, 12),
        TableColumn(_("Measured in"), lambda row: row[1].target.unit, width=10),
        TableColumn(_("Counted"), lambda row: STATES[row[1].counted], width=9),
        TableColumn(_("In words"), lambda row: First(figure_source_words.answer(row[1])), width=36),
        TableColumn(_("Comment of the unit"), lambda row: _note(row[1]), width=30),
    ),
    units,
    stay=3,
)


def _against(source: FigureSource) -> Decimal | None:
    return source.denominator if source.before is None else source.before


def _note(source: FigureSource) -> Part | First:
    why = figure_source_words.why_not(source)
    return source.note if why is None else First(why)


ORIGINS: Mapping[FigureOrigin, Text] = {
    FigureOrigin.REPORT: _("the unit's report"),
    FigureOrigin.LIST: _("the list of each person"),
    FigureOrigin.PLAN: _("the unit's plan"),
    FigureOrigin.SHEET: _("a registered sheet"),
    FigureOrigin.OFFICE: _("entered by the office"),
    FigureOrigin.NOTHING: _("no figures yet"),
}


def _who(row: tuple[TableFacts, FigureSource]) -> str:
    person = row[0].people.get(row[1].by) if row[1].by is not None else None
    return "" if person is None else person.name


def _paper(row: tuple[TableFacts, FigureSource]) -> Part:
    if row[1].paper is None:
        return ""
    return said(row[1].paper) if row[0].scope.names else short(row[1].paper)


SOURCES: YearTable[tuple[TableFacts, FigureSource]] = YearTable(
    _("Sources"),
    _("Where each figure comes from"),
    (
        *_WHICH,
        TableColumn(_("Answer"), lambda row: First(figure_source_words.answer(row[1])), width=36),
        TableColumn(_("Comes from"), lambda row: ORIGINS[row[1].origin], width=20),
        TableColumn(_("Code of the record"), lambda row: row[1].record, width=16),
        TableColumn(_("Version"), lambda row: row[1].version, CellKind.WHOLE, 8),
        TableColumn(_("Sent by"), _who, width=24, whose=True),
        TableColumn(_("Sent at"), lambda row: row[1].at, CellKind.TIME, 17),
        TableColumn(_("Received at"), lambda row: row[1].received, CellKind.TIME, 17),
        TableColumn(_("Until, or of the day"), lambda row: row[1].until, CellKind.DAY, 12),
        TableColumn(_("Filed by the office"), _paper, width=30),
        TableColumn(_("Files"), lambda row: "\n".join(each.name for each in row[1].evidence), width=30),
        TableColumn(_("SHA-256 of the files"), lambda row: "\n".join(e.sha256 for e in row[1].evidence), width=34),
    ),
    sources,
    stay=3,
)
