"""Every table of the workbook, in its order. Runs in the worker process; pure."""

from collections.abc import Sequence
from typing import Any

from bot.documents.workbook import FilledSheet, workbook
from bot.language import Words
from bot.office.tables import change_tables, duty_tables, item_tables, other_tables, target_tables
from bot.office.tables.tabling import YearTable
from bot.office.tables.yearly_facts import TableFacts

TABLES: Sequence[YearTable[Any]] = (
    target_tables.STANDING,
    target_tables.BY_UNIT,
    item_tables.BY_AREA,
    item_tables.REGISTERED,
    item_tables.RECOGNISED,
    duty_tables.DUTIES,
    other_tables.DIFFICULTIES,
    other_tables.AWARDS,
    other_tables.REQUESTS,
    other_tables.CLASSES,
    other_tables.INSPECTIONS,
    other_tables.ACCOUNTS,
    change_tables.NOTES,
    target_tables.SOURCES,
)


def filled(facts: TableFacts) -> list[FilledSheet]:
    """Return every sheet; of one unit those that it has a part of. The workbook is Vietnamese, whoever reads it."""
    words = Words("vi", terms=facts.plan.terms)
    return [table.filled(facts, words) for table in TABLES if table.of_units or facts.scope.unit is None]


def made(facts: TableFacts) -> tuple[bytes, list[tuple[str, int]]]:
    """Make the workbook; return it with the names of its sheets and how many rows each has."""
    sheets = filled(facts)
    return workbook(sheets), [(each.name, len(each.rows)) for each in sheets]
