"""Tables as an office keeps them, CSV or XLSX, read into rows by the names in their first line."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.i18n import Count, Text, _
from bot.text import clean_line, fold, looks_legacy


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a line, and what would be right."""

    line: int
    what: Text


Table = list[list[str]]
EXAMPLE = "(ví dụ)"
"""Marks the example lines of the template; they are passed over."""


def read_tables(name: str, data: bytes) -> tuple[list[Table], list[Problem]]:
    """The tables of a file, every sheet one, and why it cannot be read."""
    return _xlsx(data) if name.lower().endswith(".xlsx") else _csv(data)


def header(table: Table, columns: Mapping[str, Sequence[str]]) -> list[str]:
    """What each column of a table is, by its aliases; empty for one that nobody knows."""
    names = {alias: column for column, aliases in columns.items() for alias in aliases}
    return [names.get(fold(clean_line(cell)), "") for cell in table[0]]


def rows(table: Table, columns: Sequence[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Every filled line with its number, by column; examples are passed over."""
    for line, cells in enumerate(table[1:], 2):
        row = {column: clean_line(cell) for column, cell in zip(columns, cells, strict=False) if column}
        if any(row.values()) and not any(EXAMPLE in value for value in row.values()):
            yield line, row


def put_right(problems: Sequence[Problem]) -> list[Text]:
    """The problems in words, line by line, and that nothing is written until then."""
    if not problems:
        return []
    return [
        *(_("Line {line}: {what}", line=problem.line, what=problem.what) for problem in problems),
        _("{n} lines have to be put right first; nothing is written until then.", n=Count(len(problems))),
    ]


def _csv(data: bytes) -> tuple[list[Table], list[Problem]]:
    text = _text(data)
    if text is None:
        return [], [Problem(1, _("The file is not UTF-8 text. Please save it as «CSV UTF-8»."))]
    if looks_legacy(text[:2000]):
        return [], [
            Problem(1, _("The file uses an old encoding (TCVN3 or VNI). Please convert it to Unicode."))
        ]
    first = text.partition("\n")[0]
    mark = ";" if first.count(";") >= first.count(",") else ","
    return [list(csv.reader(io.StringIO(text), delimiter=mark))], []


def _text(data: bytes) -> str | None:
    for start, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        if data.startswith(start):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                return None
    return None


def _xlsx(data: bytes) -> tuple[list[Table], list[Problem]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (BadZipFile, KeyError, ValueError, OSError):
        return [], [Problem(1, _("This is not an Excel file (.xlsx)."))]
    tables = [
        [[_cell(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
        for sheet in book.worksheets
    ]
    book.close()
    return [table for table in tables if table], []


def _cell(cell: object) -> str:
    """A cell as text; Excel turns what looks like a date into a moment at midnight."""
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y}"
    return "" if cell is None else str(cell)
