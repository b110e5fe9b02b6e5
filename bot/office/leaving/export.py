"""Everything that an office takes along, file by file: tables, papers, what was sent, and the page that leads to them.

Reads the copy that goes along, so that all of it is of one state; the page is made last, of what was written.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.conversation import Make, Office
from bot.documents.workbook import FilledSheet, workbook
from bot.language import Words
from bot.office import opened_years
from bot.office.leaving.file_names import FileNames, plain
from bot.office.papers import drafting, office_report, paper_facts, templates
from bot.office.papers.paper_facts import PaperPeriod
from bot.office.tables import all_tables, yearly_facts
from bot.office.tables.scope import Scope
from storage import deadlines, taken_along
from storage.db import Snapshot
from storage.files import File
from storage.taken_along import TableShape

TABLES, PAPERS, FILES, DATABASE, PLAN, PAGE = (
    "bang-excel",
    "van-ban-word",
    "tep-da-gui",
    "co-so-du-lieu",
    "ke-hoach.toml",
    "index.html",
)


@dataclass(frozen=True, slots=True)
class TakenPaper:
    """A paper that was written: of which years, of whom, where it lies."""

    years: str
    whose: str
    path: str


@dataclass
class ExportedOffice:
    """What an export consists of, as it was written."""

    office: Office
    now: datetime
    copy: str
    shapes: Sequence[TableShape]
    make: Make
    workbooks: dict[int, str] = field(default_factory=dict)
    sheets: Sequence[FilledSheet] = ()
    """Of the newest year: all years have the same."""
    papers: list[TakenPaper] = field(default_factory=list)
    files: list[tuple[File, str]] = field(default_factory=list)

    @property
    def words(self) -> Words:
        """Return the language of it: Vietnamese, with the office's own terms."""
        return Words("vi", terms=self.office.plan.terms)


async def files(snapshot: Snapshot, taken: ExportedOffice) -> AsyncIterator[tuple[str, bytes]]:
    """Yield path and bytes of everything but the database and the page, and note in `taken` what it is."""
    plan, names = taken.office.plan, FileNames()
    opened = [each.year for each in await snapshot.all(deadlines.YEARS)]
    years = [year for year in opened if opened_years.can_show(plan, year, taken.now.date())]
    for year in years:
        facts = await yearly_facts.read(snapshot, taken.office, [year], Scope(), taken.now)
        taken.sheets = all_tables.filled(facts)
        path = taken.workbooks[year] = names.given(f"{TABLES}/Bang-so-lieu-{year}.xlsx")
        yield path, workbook(taken.sheets)
        async for each in _papers(snapshot, taken, names, [year]):
            yield each
    if len(years) > 1:
        async for each in _papers(snapshot, taken, names, years):
            yield each
    for file in await snapshot.all(taken_along.SENT):
        data = await snapshot.one(taken_along.BYTES, sha256=file.sha256)
        if data is not None:
            path = names.given(f"{FILES}/{plain(file.record)}/{plain(file.name)}")
            taken.files.append((file, path))
            yield path, data


async def _papers(
    snapshot: Snapshot, taken: ExportedOffice, names: FileNames, years: Sequence[int]
) -> AsyncIterator[tuple[str, bytes]]:
    """Yield the office's report; of a single year that of each unit which has sent one, too."""
    whole, of = await paper_facts.read(snapshot, taken.office, years, taken.now), drafting.span(years)
    folder, office = f"{PAPERS}/{of}", taken.office.plan.office.name
    whose = {name: await templates.own(snapshot, name) for name in (office_report.TEMPLATE, office_report.OF_UNIT)}
    yield await _paper(whose, taken, whole, of, names.given(f"{folder}/Bao-cao-tong-hop-{of}.docx"), office)
    for unit in whole.newest.summary.standing.units if len(years) == 1 else ():
        if unit.code in whole.newest.reports:
            path = names.given(f"{folder}/Bao-cao-{plain(unit.code)}-{of}.docx")
            yield await _paper(whose, taken, paper_facts.of_unit(whole, unit.code), of, path, unit.name)


async def _paper(
    of: Mapping[str, bytes | None], taken: ExportedOffice, period: PaperPeriod, years: str, path: str, whose: str
) -> tuple[str, bytes]:
    name = office_report.TEMPLATE if period.unit is None else office_report.OF_UNIT
    taken.papers.append(TakenPaper(years, whose, path))
    values = office_report.values(office_report.of(period), taken.words)
    return path, (await templates.filled_in(taken.make, name, of[name], values)).data
