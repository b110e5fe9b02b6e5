"""Difficulties, awards, requests, classes, inspections and the unions' accounts as tables. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.documents.workbook import CellKind
from bot.language import First, Joined, Part, _
from bot.office.awards import award_texts
from bot.office.duties import unions
from bot.office.report import raised_words
from bot.office.tables.item_tables import area_said
from bot.office.tables.tabling import TableColumn, YearTable
from bot.office.tables.yearly_facts import TableFacts, YearRecords
from storage.awards import Award
from storage.inspections import Inspection
from storage.people import Unit
from storage.request_answers import AskedReceiver
from storage.requests import OfficeRequest
from storage.training import TrainingClass
from storage.unions import Account

Of = tuple[TableFacts, YearRecords]
"""Whose records, of which year."""


def _years(facts: TableFacts) -> Iterator[Of]:
    return ((facts, of) for of in facts.years)


# Difficulties -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DifficultyRow:
    """A difficulty that was raised, or that a report names."""

    year: int
    code: str
    unit: Part
    area: str
    text: str
    day: date | None
    came: Part


def difficulties(facts: TableFacts) -> Iterator[DifficultyRow]:
    """Yield what was raised with what came of it, then what reports name."""
    for of in facts.years:
        summary, zone = of.summary, facts.now.tzinfo
        names = summary.standing.names
        for each in of.other.raised:
            unit, area = names.get(each.unit, each.unit_name), area_said(facts.plan, each.area)
            came = raised_words.came_of(each, summary.answers.get(each.id), zone)
            yield DifficultyRow(of.year, each.code, unit, area, each.text, each.at.astimezone(zone).date(), came)
        reports = {each.unit: each for each in of.other.versions if each.state == "counted"}
        for told in summary.difficulties:
            if facts.scope.unit in (None, told.unit):
                report, unit = reports.get(told.unit), names.get(told.unit, told.unit)
                code, day = ("", None) if report is None else (report.code, report.sent.astimezone(zone).date())
                yield DifficultyRow(of.year, code, unit, "", told.text, day, _("named in the report"))


DIFFICULTIES: YearTable[DifficultyRow] = YearTable(
    _("Difficulties"),
    _("Difficulties and proposals, with what came of them"),
    (
        TableColumn(_("Year"), lambda row: row.year, CellKind.TEXT, 7),
        TableColumn(_("Code"), lambda row: row.code, width=15),
        TableColumn(_("Which unit"), lambda row: row.unit, width=30),
        TableColumn(_("Area"), lambda row: row.area, width=22),
        TableColumn(_("What it says"), lambda row: row.text, width=60),
        TableColumn(_("Raised on"), lambda row: row.day, CellKind.DAY, 12),
        TableColumn(_("What came of it"), lambda row: First(row.came), width=50),
    ),
    difficulties,
)

# Awards -------------------------------------------------------------------------------------------


def awards(facts: TableFacts) -> Iterator[Award]:
    """Yield the proposals of the years, with what came of each."""
    for of in facts.years:
        yield from of.other.awards


AWARDS: YearTable[Award] = YearTable(
    _("Awards"),
    _("Proposals for awards, with what came of them"),
    (
        TableColumn(_("Year"), lambda row: row.year, CellKind.TEXT, 7),
        TableColumn(_("Code"), lambda row: row.code, width=15),
        TableColumn(_("Who is proposed"), lambda row: row.name, width=30),
        TableColumn(_("Which unit"), lambda row: row.unit_name, width=30),
        TableColumn(_("Occasion"), lambda row: row.kind_name, width=20),
        TableColumn(_("Form of the award"), lambda row: row.form_name, width=30),
        TableColumn(_("How far"), lambda row: First(award_texts.STATES[row.state]), width=22),
        TableColumn(_("Minutes"), lambda row: row.minutes, width=14),
        TableColumn(_("Number of the decision"), lambda row: row.decision or row.letter, width=18),
        TableColumn(_("Day of the decision"), award_texts.day_of, CellKind.DAY, 12),
        TableColumn(_("Merits"), lambda row: row.merit, width=40),
    ),
    awards,
    stay=3,
)

# Requests -----------------------------------------------------------------------------------------


def requests(facts: TableFacts) -> Iterator[tuple[TableFacts, OfficeRequest, AskedReceiver]]:
    """Yield everybody to whom each request of the years went."""
    for of in facts.years:
        yield from ((facts, of.other.requests[each.request], each) for each in of.other.asked)


def _receiver(row: tuple[TableFacts, OfficeRequest, AskedReceiver]) -> Part:
    facts, _request, to = row
    return to.name if to.unit is not None or facts.scope.names else _("a person")


REQUESTS: YearTable[tuple[TableFacts, OfficeRequest, AskedReceiver]] = YearTable(
    _("Requests beside the plan"),
    _("What was asked beside the plan, and who has answered"),
    (
        TableColumn(_("Code"), lambda row: row[1].code, width=15),
        TableColumn(_("What is asked"), lambda row: row[1].title, width=44),
        TableColumn(_("Asked on"), lambda row: row[1].at.date(), CellKind.DAY, 12),
        TableColumn(_("Last day allowed"), lambda row: row[1].due, CellKind.DAY, 12),
        TableColumn(_("Who is asked"), _receiver, width=34),
        TableColumn(_("Answered on"), lambda row: row[2].at.date() if row[2].at else None, CellKind.DAY, 12),
        TableColumn(_("Version"), lambda row: row[2].version, CellKind.WHOLE, 8),
        TableColumn(_("Days late"), lambda row: row[2].late or None, CellKind.WHOLE, 10),
    ),
    requests,
    stay=1,
)

# Classes ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ClassRow:
    """How many of a unit stand in the list of a class."""

    of: TrainingClass
    topic: str
    unit: Part
    people: int


def classes(facts: TableFacts) -> Iterator[ClassRow]:
    """Yield each class of the years with the units that attend; one without people, or cancelled, once."""
    topics = {each.code: each.name for each in facts.plan.topics}
    for of in facts.years:
        names = of.summary.standing.names
        for each in of.other.classes.values():
            topic = topics.get(each.topic, each.topic)
            rows = [row for row in of.other.attended if row.code == each.code]
            yield from (ClassRow(each, topic, names.get(row.unit, row.unit), row.people) for row in rows)
            if not rows and facts.scope.unit in (None, each.unit):
                yield ClassRow(each, topic, "", 0)


CLASSES: YearTable[ClassRow] = YearTable(
    _("Classes"),
    _("Classes and how many of each unit attend"),
    (
        TableColumn(_("Code"), lambda row: row.of.code, width=15),
        TableColumn(_("Name of the class"), lambda row: row.of.name, width=44),
        TableColumn(_("Topic"), lambda row: row.topic, width=24),
        TableColumn(_("First day"), lambda row: row.of.first, CellKind.DAY, 12),
        TableColumn(_("Last day of it"), lambda row: row.of.last, CellKind.DAY, 12),
        TableColumn(_("Held by"), lambda row: row.of.organiser or row.of.unit_name, width=26),
        TableColumn(_("Which unit"), lambda row: row.unit, width=34),
        TableColumn(_("People who attend"), lambda row: row.people, CellKind.WHOLE, 9, adds=True),
        TableColumn(_("How far"), lambda row: _("cancelled, this class") if row.of.cancelled else "", width=12),
    ),
    classes,
)

# Inspections, unions ------------------------------------------------------------------------------


def inspections(facts: TableFacts) -> Iterator[tuple[TableFacts, Inspection]]:
    """Yield the inspections of the years."""
    for of in facts.years:
        yield from ((facts, each) for each in of.summary.inspected if facts.scope.unit in (None, each.unit))


INSPECTIONS: YearTable[tuple[TableFacts, Inspection]] = YearTable(
    _("Inspections"),
    _("Inspections, and how far what was found is put right"),
    (
        TableColumn(_("Code"), lambda row: row[1].code, width=15),
        TableColumn(_("Which unit"), lambda row: row[1].unit_name, width=34),
        TableColumn(_("Inspected on"), lambda row: row[1].day, CellKind.DAY, 12),
        TableColumn(_("Minutes"), lambda row: row[1].number, width=14),
        TableColumn(_("What was found"), lambda row: row[1].found, width=50),
        TableColumn(_("To be put right until"), lambda row: row[1].due, CellKind.DAY, 14),
        TableColumn(_("How far"), lambda row: First(_put_right(*row)), width=26),
    ),
    inspections,
)


def _put_right(facts: TableFacts, each: Inspection) -> Part:
    if each.due is None:
        return _("nothing had to be put right")
    return raised_words.how_far(each, facts.now.tzinfo)


def accounts(facts: TableFacts) -> Iterator[tuple[TableFacts, int, Unit, Account | None]]:
    """Yield what each union tells of the years, or that it has not yet."""
    for _facts, of in _years(facts):
        for union, account in of.summary.unions:
            if facts.scope.unit in (None, union.code):
                yield facts, of.year, union, account


ACCOUNTS: YearTable[tuple[TableFacts, int, Unit, Account | None]] = YearTable(
    _("Accounts of unions"),
    _("What the unions tell of the year"),
    (
        TableColumn(_("Year"), lambda row: row[1], CellKind.TEXT, 7),
        TableColumn(_("Union"), lambda row: row[2].name, width=34),
        TableColumn(_("Sent on"), lambda row: None if row[3] is None else row[3].at.date(), CellKind.DAY, 12),
        TableColumn(_("What it says"), lambda row: _told(row[0], row[3]), width=100),
    ),
    accounts,
)


def _told(facts: TableFacts, account: Account | None) -> Part | Joined:
    return _("not sent (invited)") if account is None else Joined(unions.said(facts.plan, account), "\n")
