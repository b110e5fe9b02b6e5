"""What the tables of a year are made of: its summary and its records, all from one state of the file."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.conversation import Office
from bot.movement import Obligation, Plan
from bot.office.report import figure_sources, reported, summaries
from bot.office.report.figure_sources import FigureSource
from bot.office.report.summaries import Summary
from bot.office.tables import other_records
from bot.office.tables.other_records import OtherRecords
from bot.office.tables.scope import Scope
from storage import item_authors, people, recognitions
from storage.db import Snapshot
from storage.initiatives import READY, Initiative
from storage.item_authors import Author
from storage.people import Person
from storage.recognitions import Recognition


@dataclass(frozen=True)
class YearRecords:
    """A year's records, as far as somebody gets them."""

    summary: Summary
    owed: Sequence[Obligation]
    items: Mapping[int, Initiative]
    """Every sheet of the year that may be listed, and what decisions of the year have recognised."""
    authors: Mapping[int, Sequence[Author]]
    decided: Sequence[Recognition]
    sources: Sequence[FigureSource]
    other: OtherRecords

    @property
    def year(self) -> int:
        """Which year it is."""
        return self.summary.year


@dataclass(frozen=True)
class TableFacts:
    """Some years for somebody, the oldest first."""

    plan: Plan
    scope: Scope
    now: datetime
    years: Sequence[YearRecords]
    people: Mapping[int, Person]
    """Everybody, those who have left too."""


async def read(
    snapshot: Snapshot,
    office: Office,
    years: Sequence[int],
    scope: Scope,
    now: datetime,
    done: Callable[[], None] = lambda: None,
) -> TableFacts:
    """Read the records of these years, of a unit or of all; `done` hears of each year."""
    found = []
    for year in sorted(years):
        found.append(await _year(snapshot, office, year, scope, now))
        done()
    everybody = {each.id: each for each in await snapshot.all(people.EVER)}
    return TableFacts(office.plan, scope, now, found, everybody)


async def _year(snapshot: Snapshot, office: Office, year: int, scope: Scope, now: datetime) -> YearRecords:
    summary, span = await summaries.read(snapshot, office, year, now), reported.span(year)
    of = scope.unit
    seen = await snapshot.all(item_authors.ITEMS_OF_YEAR, **span)
    items = {each.id: each for each in seen if (each.state in READY if of is None else each.unit == of)}
    authors = defaultdict[int, list[Author]](list)
    for author in await snapshot.all(item_authors.OF_YEAR, **span):
        authors[author.initiative].append(author)
    decided = await snapshot.all(recognitions.BETWEEN, first=span["first"], last=span["last"])
    return YearRecords(
        summary,
        [each for each in summary.standing.owed if each.year == year and of in (None, each.unit)],
        items,
        dict(authors),
        [each for each in decided if each.initiative in items],
        await figure_sources.read(snapshot, office, summary, of),
        await other_records.read(snapshot, summary, of),
    )
