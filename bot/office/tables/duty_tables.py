"""Units and their duties with dates, as a table. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bot.documents.workbook import CellKind
from bot.language import First, Part, Text, _
from bot.movement import Obligation, State
from bot.office.duties.duty_kinds import of_year
from bot.office.onbehalf.sources import said, short
from bot.office.onbehalf.standing import record_of
from bot.office.tables.tabling import TableColumn, YearTable
from bot.office.tables.yearly_facts import TableFacts

OWING: Mapping[State, Text] = {
    State.UNSET: _("no date given yet"),
    State.AHEAD: _("not open yet"),
    State.OPEN: _("not sent yet"),
    State.OVERDUE: _("overdue"),
    State.LOCKED: _("locked, not sent"),
}


@dataclass(frozen=True, slots=True)
class DutyRow:
    """What a unit owes, and how it stands on a day."""

    owed: Obligation
    unit: Part
    source: Part | None
    today: date

    @property
    def standing(self) -> Part:
        """Say whether it was sent, in time or late, or is still owed."""
        if self.owed.state is State.FULFILLED:
            return _("sent after the deadline") if self.owed.days_late() else _("sent in time")
        return OWING[self.owed.state]

    @property
    def late(self) -> int | None:
        """Count the days after the last one: until it was sent, or until today."""
        if self.owed.state is State.FULFILLED:
            return self.owed.days_late() or None
        if self.owed.state in (State.OVERDUE, State.LOCKED) and self.owed.due is not None:
            return -self.owed.days_left(min(self.today, self.owed.locks))
        return None


def rows(facts: TableFacts) -> Iterator[DutyRow]:
    """Yield every duty of every unit, unit by unit."""
    for of in facts.years:
        names, order = of.summary.standing.names, {code: n for n, code in enumerate(of.summary.standing.names)}
        for owed in sorted(of.owed, key=lambda each: order.get(each.unit, len(order))):
            source = of.summary.sources.get(record_of(owed))
            said_of = None if source is None else (said(source) if facts.scope.names else short(source))
            yield DutyRow(owed, names.get(owed.unit, owed.unit), said_of, facts.now.date())


DUTIES: YearTable[DutyRow] = YearTable(
    _("Duties"),
    _("What each unit owes, with its dates"),
    (
        TableColumn(_("Year"), lambda row: row.owed.year, CellKind.TEXT, 7),
        TableColumn(_("Which unit"), lambda row: row.unit, width=36),
        TableColumn(_("Duty"), lambda row: First(of_year(row.owed.duty)), width=34),
        TableColumn(_("Open from"), lambda row: row.owed.opens, CellKind.DAY, 12),
        TableColumn(_("Last day allowed"), lambda row: row.owed.due, CellKind.DAY, 12),
        TableColumn(_("Sent on"), lambda row: row.owed.fulfilled, CellKind.DAY, 12),
        TableColumn(_("How far"), lambda row: First(row.standing), width=20),
        TableColumn(_("Days late"), lambda row: row.late, CellKind.WHOLE, 10),
        TableColumn(_("Where it comes from"), lambda row: row.source or "", width=34),
    ),
    rows,
)
