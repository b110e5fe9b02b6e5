"""What of a year's records was changed: versions, openings once more, dates, awards put right, units. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bot.documents.workbook import CellKind
from bot.language import First, Part, Text, _
from bot.office.duties.duty_kinds import of_year
from bot.office.tables.tabling import TableColumn, YearTable
from bot.office.tables.yearly_facts import TableFacts, YearRecords
from storage.reopenings import ReopeningState


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One thing that was changed."""

    at: datetime | date
    record: str
    unit: Part
    what: Part
    by: str = ""
    reason: str = ""

    @property
    def day(self) -> date:
        """Return the day of the change."""
        return self.at.date() if isinstance(self.at, datetime) else self.at


KINDS: Mapping[str, Text] = {
    "": _("sent again, version {n}"),
    "correction": _("corrected, version {n}"),
    "supplement": _("supplemented to the end of the year, version {n}"),
}
REOPENED: Mapping[ReopeningState, Text] = {
    ReopeningState.OPEN: _("opened once more"),
    ReopeningState.SENT: _("a correction was sent"),
    ReopeningState.DECLINED: _("opening once more was declined"),
    ReopeningState.WITHDRAWN: _("the wish to correct was withdrawn"),
    ReopeningState.KEPT: _("opened once more, left as it was"),
    ReopeningState.CLOSED: _("opened once more, closed early"),
    ReopeningState.PASSED: _("opened once more, nothing was sent"),
    ReopeningState.RECEIVED: _("opened once more, the correction was received"),
}


def rows(facts: TableFacts) -> Iterator[ChangeRow]:
    """Yield every change of the years, in the order of the days."""
    for of in facts.years:
        yield from sorted((row for kind in CHANGES for row in kind(facts, of)), key=lambda row: row.day)


def _name(facts: TableFacts, person: int | None) -> str:
    found = facts.people.get(person) if person is not None else None
    return "" if found is None else found.name


def _reports(facts: TableFacts, of: YearRecords) -> Iterator[ChangeRow]:
    for each in of.other.versions:
        if each.version > 1:
            what = Text(KINDS.get(each.kind, KINDS[""]).message, {"n": each.version})
            unit = of.summary.standing.names.get(each.unit, each.unit_name)
            yield ChangeRow(each.sent, each.code, unit, what, _name(facts, each.by))


def _records(facts: TableFacts, of: YearRecords) -> Iterator[ChangeRow]:
    names, items = of.summary.standing.names, {each.code: each.unit for each in of.items.values()}
    for each in of.other.past:
        unit = items.get(each.record) or each.record.split("-", 2)[2]
        if each.record in items or unit in names:
            waits = (
                _("a correction waits to be received") if each.state == "waiting" else _("an earlier version is kept")
            )
            yield ChangeRow(each.at, each.record, names.get(unit, unit), waits, _name(facts, each.by))


def _reopenings(facts: TableFacts, of: YearRecords) -> Iterator[ChangeRow]:
    for each in of.other.reopened:
        at = each.ended or each.at or each.asked
        if at is not None:
            by = _name(facts, each.by if each.by is not None else each.ended_by)
            unit = of.summary.standing.names.get(each.unit, each.unit_name)
            yield ChangeRow(at, each.record, unit, REOPENED[each.state], by, each.reason or each.why)


def _dates(facts: TableFacts, of: YearRecords) -> Iterator[ChangeRow]:
    for each in of.other.moved:
        duty = next((duty for duty in facts.plan.all_duties if duty.code == each.duty), None)
        called = each.duty if duty is None else First(of_year(duty))
        about: dict[str, Any] = {"duty": called, "year": each.year, "day": each.day}
        what = (
            _("{duty} {year}: last day {day}", **about)
            if each.was is None
            else _("{duty} {year}: last day {day}, before it was {was}", was=each.was, **about)
        )
        yield ChangeRow(each.at, "", facts.plan.office.desk, what, _name(facts, each.by), each.basis)


def _awards(facts: TableFacts, of: YearRecords) -> Iterator[ChangeRow]:
    for each in of.other.put_right:
        unit = of.summary.standing.names.get(each.by_unit, each.by_unit)
        what = (
            _("the decision about an award was put right")
            if each.reason  # whoever changes a proposal that waits gives none
            else _("a proposal for an award was changed by whoever proposes it, before it was decided")
        )
        yield ChangeRow(each.at, each.code, unit, what, _name(facts, each.by), each.reason)


def _units(facts: TableFacts, of: YearRecords) -> Iterator[ChangeRow]:
    for unit in of.other.units:
        if unit.since is not None and unit.since.year == of.year:
            yield ChangeRow(unit.since, unit.code, unit.name, _("the unit is there from this day on"))
        if unit.ended is not None and unit.ended.year == of.year:
            yield ChangeRow(unit.ended - timedelta(days=1), unit.code, unit.name, _("the last day of the unit"))
    for former in of.other.renamed:
        what = _("before it was called «{name}»", name=former.name)
        yield ChangeRow(former.until, former.unit, former.after, what)


CHANGES: Sequence[Callable[[TableFacts, YearRecords], Iterator[ChangeRow]]] = (
    _reports,
    _records,
    _reopenings,
    _dates,
    _awards,
    _units,
)
NOTES: YearTable[ChangeRow] = YearTable(
    _("Changes"),
    _("What was changed, opened once more or put right"),
    (
        TableColumn(_("Day of the change"), lambda row: row.day, CellKind.DAY, 12),
        TableColumn(_("Code of the record"), lambda row: row.record, width=16),
        TableColumn(_("Which unit"), lambda row: row.unit, width=34),
        TableColumn(_("What was changed"), lambda row: First(row.what), width=50),
        TableColumn(_("By whom"), lambda row: row.by, width=24, whose=True),
        TableColumn(_("Reason, basis"), lambda row: row.reason, width=40),
    ),
    rows,
    stay=1,
)
