"""A table as a value: what it is called, its columns, and the function that gives its rows. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Generic, TypeVar

from bot.documents.workbook import CellKind, FilledSheet, SheetColumn
from bot.language import Part, Text, Time, Words, _
from bot.office.tables.yearly_facts import TableFacts

R = TypeVar("R")
PLAIN = (str, int, Decimal, date)
"""What a cell takes as it is."""


@dataclass(frozen=True)
class TableColumn(Generic[R]):
    """A column: its name, how a row gives its value, what the value is."""

    name: Text
    of: Callable[[R], Any]
    kind: CellKind = CellKind.TEXT
    width: int = 16
    adds: bool = False
    whose: bool = False
    """Whether it names who has done something: only units are named to the leaders."""


@dataclass(frozen=True)
class YearTable(Generic[R]):
    """A table: a new one is its columns and its rows."""

    name: Text
    title: Text
    columns: Sequence[TableColumn[R]] | Callable[[TableFacts], Sequence[TableColumn[R]]]
    rows: Callable[[TableFacts], Iterable[R]]
    of_units: bool = True
    """Whether one unit has a part of it."""
    stay: int = field(default=2)

    def filled(self, facts: TableFacts, words: Words) -> FilledSheet:
        """Return the sheet with everything that stands in it."""
        columns = self.columns(facts) if callable(self.columns) else self.columns
        shown = [column for column in columns if facts.scope.names or not column.whose]
        rows = [[_value(column.of(row), words) for column in shown] for row in self.rows(facts)]
        say = words.say
        return FilledSheet(
            say(self.name),
            say(self.title),
            say(_about(facts)),
            [SheetColumn(say(each.name), each.kind, each.width, each.adds) for each in shown],
            rows,
            say(_("Together")),
            say(_("Nothing is recorded.")),
            self.stay,
        )


def _value(value: Any, words: Words) -> Any:
    """Return a value as a cell takes it: sentences as text, all else as it is."""
    return value if value is None or isinstance(value, PLAIN) else words.say(value)


def _about(facts: TableFacts) -> Part:
    """Say whose records these are, of which years, and when they were read."""
    first, last = facts.years[0].year, facts.years[-1].year
    whose: Part = facts.plan.office.name
    if facts.scope.unit is not None:
        whose = facts.years[-1].summary.standing.names.get(facts.scope.unit, facts.scope.unit)
    about = {"whose": whose, "first": first, "at": Time(facts.now)}
    if first == last:
        return _("{whose} · year {first} · {at}", **about)
    return _("{whose} · years {first} to {last} · {at}", last=last, **about)
