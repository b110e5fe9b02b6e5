"""Every table of the workbook, in its order. Runs in the worker process; pure."""

from collections.abc import Sequence
from typing import Any

from bot.documents.workbook import FilledSheet, workbook
from bot.language import Words
from bot.office.tables import duty_tables, item_tables
from bot.office.tables.tabling import YearTable
from bot.office.tables.yearly_facts import TableFacts

TABLES: Sequence[YearTable[Any]] = (
    item_tables.BY_AREA,
    item_tables.REGISTERED,
    item_tables.RECOGNISED,
    duty_tables.DUTIES,
)


def filled(facts: TableFacts) -> list[FilledSheet]:
    """Return every sheet; of one unit those that it has a part of. The workbook is Vietnamese, whoever reads it."""
    words = Words("vi", terms=facts.plan.terms)
    return [table.filled(facts, words) for table in TABLES if table.of_units or facts.scope.unit is None]


def made(facts: TableFacts) -> tuple[bytes, list[tuple[str, int]]]:
    """Make the workbook; return it with the names of its sheets and how many rows each has."""
    sheets = filled(facts)
    return workbook(sheets), [(each.name, len(each.rows)) for each in sheets]
