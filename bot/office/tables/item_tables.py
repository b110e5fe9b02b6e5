"""What was registered and recognised, as tables. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.documents.workbook import CellKind
from bot.language import Part, _
from bot.movement import Plan
from bot.office.duties import item_texts
from bot.office.report.given_lines import numbered
from bot.office.tables.tabling import TableColumn, YearTable
from bot.office.tables.yearly_facts import TableFacts, YearRecords
from storage.initiatives import UNCONFIRMED, UNDECIDED, Initiative, ItemState
from storage.item_authors import Author
from storage.recognitions import Recognition


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A registered item, with what a decision says where there is one."""

    plan: Plan
    year: int
    item: Initiative
    authors: Sequence[Author]
    charge: str
    by: Recognition | None = None

    @property
    def kind(self) -> str:
        """Return what its kind is called; one that the plan has no more by its code."""
        return next((each.short for each in self.plan.kinds if each.code == self.item.kind), self.item.kind)

    @property
    def area(self) -> str:
        """Return its area as the plan has it."""
        return area_said(self.plan, self.item.area)

    @property
    def whose(self) -> Part:
        """Return its authors with their shares, whoever is in charge, or that it is the unit's."""
        if self.item.collective:
            return _("the whole unit, as authors")
        if self.authors:
            return "; ".join(f"{each.name} ({number_said(each)})" for each in self.authors)
        return self.charge

    @property
    def level(self) -> str:
        """Return at which level it is recognised."""
        if self.by is None:
            return ""
        return next((each.name for each in self.plan.levels if each.code == self.by.level), self.by.level)

    @property
    def decision(self) -> str:
        """Return the number of the decision."""
        return "" if self.by is None else numbered(self.by.decision)

    @property
    def day(self) -> date | None:
        """Return the day of the decision."""
        return None if self.by is None else self.by.day


def number_said(author: Author) -> str:
    """Return a share as it is written: 60%."""
    return f"{author.share.normalize():f}".replace(".", ",") + "%"


def area_said(plan: Plan, code: str) -> str:
    """Return an area by its code and short name."""
    return next((f"{each.code} {each.short}" for each in plan.areas if each.code == code), code)


def _row(facts: TableFacts, of: YearRecords, item: Initiative, by: Recognition | None) -> ItemRow:
    charge = facts.people.get(item.charge) if item.charge is not None else None
    return ItemRow(facts.plan, of.year, item, of.authors.get(item.id, ()), "" if charge is None else charge.name, by)


def registered(facts: TableFacts) -> Iterator[ItemRow]:
    """Yield every sheet of the years, with its newest recognition."""
    for of in facts.years:
        newest = {each.initiative: each for each in of.decided}
        for item in of.items.values():
            if item.year == of.year:
                yield _row(facts, of, item, newest.get(item.id))


def recognised(facts: TableFacts) -> Iterator[ItemRow]:
    """Yield what decisions of the years have recognised."""
    for of in facts.years:
        for by in of.decided:
            yield _row(facts, of, of.items[by.initiative], by)


_WHAT: Sequence[TableColumn[ItemRow]] = (
    TableColumn(_("Code"), lambda row: row.item.code, width=14),
    TableColumn(_("Title"), lambda row: row.item.title, width=48),
    TableColumn(_("Kind of sheet"), lambda row: row.kind, width=14),
    TableColumn(_("Area"), lambda row: row.area, width=24),
    TableColumn(_("Which unit"), lambda row: row.item.unit_name, width=28),
    TableColumn(_("Authors, or in charge"), lambda row: row.whose, width=30),
)
REGISTERED: YearTable[ItemRow] = YearTable(
    _("Registered"),
    _("What was registered, with how far it is"),
    (
        TableColumn(_("Year"), lambda row: row.year, CellKind.TEXT, 7),
        *_WHAT,
        TableColumn(_("Registered on"), lambda row: row.item.at.date(), CellKind.DAY, 12),
        TableColumn(_("How far"), lambda row: item_texts.STATES[row.item.state], width=20),
        TableColumn(_("Level"), lambda row: row.level, width=12),
        TableColumn(_("Number of the decision"), lambda row: row.decision, width=16),
        TableColumn(_("Day of the decision"), lambda row: row.day, CellKind.DAY, 12),
    ),
    registered,
    stay=3,
)
RECOGNISED: YearTable[ItemRow] = YearTable(
    _("Recognised"),
    _("What decisions of the year have recognised"),
    (
        TableColumn(_("Year"), lambda row: row.year, CellKind.TEXT, 7),
        *_WHAT,
        TableColumn(_("Level"), lambda row: row.level, width=12),
        TableColumn(_("Number of the decision"), lambda row: row.decision, width=18),
        TableColumn(_("Day of the decision"), lambda row: row.day, CellKind.DAY, 12),
    ),
    recognised,
    stay=3,
)


@dataclass(frozen=True, slots=True)
class AreaRow:
    """How many items of an area stand where."""

    year: int
    area: str
    states: Counter[ItemState]

    def of(self, *states: ItemState) -> int:
        """Return how many stand in these."""
        return sum(self.states[each] for each in states)


def by_area(facts: TableFacts) -> Iterator[AreaRow]:
    """Yield each area of each year; what was withdrawn or cancelled counts nowhere."""
    for of in facts.years:
        for area in facts.plan.areas:
            found = Counter[ItemState]()
            for row in of.summary.tally:
                if row.stands and row.area == area.code and facts.scope.unit in (None, row.unit):
                    found[row.state] += row.n
            yield AreaRow(of.year, area_said(facts.plan, area.code), found)


BY_AREA: YearTable[AreaRow] = YearTable(
    _("By area and state"),
    _("How much was registered in each area, and how far it is"),
    (
        TableColumn(_("Year"), lambda row: row.year, CellKind.TEXT, 7),
        TableColumn(_("Area"), lambda row: row.area, width=44),
        TableColumn(_("Registered"), lambda row: sum(row.states.values()), CellKind.WHOLE, 12, adds=True),
        TableColumn(_("Not confirmed yet"), lambda row: row.of(*UNCONFIRMED), CellKind.WHOLE, 14, adds=True),
        TableColumn(_("Confirmed"), lambda row: row.of(ItemState.CONFIRMED), CellKind.WHOLE, 14, adds=True),
        TableColumn(_("Being decided"), lambda row: row.of(*UNDECIDED), CellKind.WHOLE, 14, adds=True),
        TableColumn(_("Recognised"), lambda row: row.of(ItemState.RECOGNISED), CellKind.WHOLE, 14, adds=True),
        TableColumn(_("Declined by a decision"), lambda row: row.of(ItemState.DECLINED), CellKind.WHOLE, 14, adds=True),
    ),
    by_area,
)
