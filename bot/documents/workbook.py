"""A workbook out of plain tables: every sheet with filters, a head that stays, totals, and a page that prints. Pure; runs in the worker process.

What people have written stays a text, whatever it begins with; numbers and days are real ones, in the formats that
Excel shows by the reader's own settings.
"""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import count
from typing import TYPE_CHECKING, Any

from storage.values import ZONE as OFFICE

if TYPE_CHECKING:
    from openpyxl.cell import Cell

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a formula begins with, in Excel or in a program that has read the file."""
LONGEST = 32_767
"""Letters of a cell, https://support.microsoft.com/en-us/office/excel-specifications-and-limits."""
A4, HEAD, LINE, HIGHEST = 9, 3, 15.0, 409.0
"""The paper; the row of the columns' names; the height of a line, and of the highest row, in points."""
READABLE = 240
"""Letters side by side on a page that can still be read."""
_UNWRITTEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NO_NAME = re.compile(r"[\[\]:*?/\\]")


class CellKind(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    PERCENT = "percent"
    """Given in percent: 97.5 is shown as 97,5%."""
    DAY = "day"
    TIME = "time"


FORMATS = {
    CellKind.WHOLE: "#,##0",
    CellKind.NUMBER: "#,##0.0##",
    CellKind.PERCENT: "0.0%",
    CellKind.DAY: "dd/mm/yyyy",
    CellKind.TIME: "dd/mm/yyyy hh:mm",
}


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: its name, what its cells are, how wide it is in letters, whether it is added up."""

    name: str
    kind: CellKind = CellKind.TEXT
    width: int = 16
    adds: bool = False


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """A sheet with everything that stands in it."""

    name: str
    title: str
    about: str
    """The line below the title: of whom, until when, from what."""
    columns: Sequence[SheetColumn]
    rows: Sequence[Sequence[Any]]
    total: str = ""
    """How the last row is called, where a column is added up."""
    empty: str = ""
    """What stands there when there is no row."""
    stay: int = 1
    """How many columns stay in sight."""


def workbook(sheets: Iterable[FilledSheet]) -> bytes:
    """Make the XLSX."""
    from openpyxl import Workbook

    book, names = Workbook(write_only=True), set[str]()
    for sheet in sheets:
        _fill(book.create_sheet(_named(sheet.name, names)), sheet)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def written(text: str) -> str:
    """Return a text as a cell has it: what XML forbids is struck, what Excel would read as an escape is escaped."""
    return _ESCAPE.sub("_x005F_", _UNWRITTEN.sub("", text))[:LONGEST]


def _named(name: str, names: set[str]) -> str:
    """Return a name that Excel takes and no other sheet has."""
    plain = _NO_NAME.sub(" ", written(name)).strip("' ")[:31] or "1"
    tries = (plain if n == 1 else f"{plain[:27]} ({n})" for n in count(1))
    found = next(each for each in tries if each.casefold() not in names)
    names.add(found.casefold())
    return found


def _fill(sheet: Any, of: FilledSheet) -> None:
    from openpyxl.utils import get_column_letter

    for n, column in enumerate(of.columns, 1):
        sheet.column_dimensions[get_column_letter(n)].width = column.width
    _set_page(sheet, of)
    row = _Rows(sheet, of.columns)
    row.say(of.title, bold=True, size=14)
    row.say(of.about)
    row.head([column.name for column in of.columns])
    for values in of.rows:
        row.write(values)
    last = HEAD + len(of.rows)
    sheet.auto_filter.ref = f"A{HEAD}:{get_column_letter(len(of.columns))}{max(last, HEAD)}"
    if not of.rows:
        row.say(of.empty)
    elif of.total and any(column.adds for column in of.columns):
        row.write(_totals(of), bold=True)


def _set_page(sheet: Any, of: FilledSheet) -> None:
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = f"{get_column_letter(min(of.stay, len(of.columns)) + 1)}{HEAD + 1}"
    sheet.print_title_rows = f"{HEAD}:{HEAD}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    width = sum(column.width for column in of.columns)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = -(-width // READABLE), 0
    if width > READABLE:
        sheet.print_title_cols = f"A:{get_column_letter(of.stay)}"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    for side in ("left", "right", "top", "bottom"):
        setattr(sheet.page_margins, side, 0.59 if side != "bottom" else 0.79)  # inches: 15 and 20 mm
    sheet.page_margins.footer = 0.39
    sheet.oddFooter.center.text = "&P/&N"
    sheet.oddFooter.left.text = "&A"


def _totals(of: FilledSheet) -> list[Any]:
    found: list[Any] = []
    for n, column in enumerate(of.columns):
        numbers = [row[n] for row in of.rows if isinstance(row[n], int | Decimal)]
        found.append(sum(numbers) if column.adds else None)
    first = next(n for n, column in enumerate(of.columns) if not column.adds)
    found[first] = of.total
    return found


class _Rows:
    """The cells of a row, made once and used for every row: styles cost more than values."""

    def __init__(self, sheet: Any, columns: Sequence[SheetColumn]) -> None:
        self._sheet, self._columns, self._n = sheet, columns, 0
        self._made = {bold: [_cells(sheet, each.kind, bold) for each in columns] for bold in (False, True)}

    def write(self, values: Sequence[Any], bold: bool = False) -> None:
        """Write one row as high as its longest text needs."""
        row, lines = [], 1
        for value, column, made in zip(values, self._columns, self._made[bold], strict=True):
            if isinstance(value, str) and value:
                text = written(value)
                cell = made.guarded if text.startswith(FORMULA) else made.words
                cell.value, cell.data_type = text, "s"
                lines = max(lines, _lines(text, column.width))
            else:
                whole = column.kind is CellKind.NUMBER and isinstance(value, int | Decimal) and not value % 1
                cell = made.whole if whole else made.plain
                cell.value = _shown(value or None if isinstance(value, str) else value, column.kind)
            row.append(cell)
        self._put(row, lines)

    def say(self, text: str, bold: bool = False, size: int = 11) -> None:
        """Write a line that runs over the columns."""
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Font

        cell = WriteOnlyCell(self._sheet, written(text))
        cell.font, cell.data_type = Font(bold=bold, size=size), "s"
        self._put([cell], 1, LINE * size / 11)

    def head(self, names: Sequence[str]) -> None:
        """Write the names of the columns."""
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Font, PatternFill

        row = []
        for name in names:
            cell = WriteOnlyCell(self._sheet, written(name))
            cell.font, cell.data_type, cell.fill = Font(bold=True), "s", PatternFill("solid", fgColor="D3E8E2")
            cell.alignment, cell.border = Alignment(vertical="center", horizontal="center", wrap_text=True), _border()
            row.append(cell)
        widths = [column.width for column in self._columns]
        self._put(row, max(_lines(name, width * 0.85) for name, width in zip(names, widths, strict=True)))

    def _put(self, row: Sequence[Any], lines: int, line: float = LINE) -> None:
        self._n += 1
        self._sheet.row_dimensions[self._n].height = min(lines * line + 3, HIGHEST)
        self._sheet.append(row)


def _lines(text: str, width: float) -> int:
    """Return how many lines a text takes in a column, a word too many rather than one too few."""
    return sum(max(1, -(-round(len(line) * 1.08) // max(int(width), 1))) for line in text.split("\n"))


def _shown(value: Any, kind: CellKind) -> Any:
    """Return a value as Excel keeps it: a part of a hundred for percent, moments in the office's own time."""
    if isinstance(value, datetime):
        return value.astimezone(OFFICE).replace(tzinfo=None)
    if kind is CellKind.PERCENT and value is not None and not isinstance(value, date):
        return Decimal(value) / 100
    return value


def _border() -> Any:
    from openpyxl.styles import Border, Side

    line = Side("thin", color="B8B0A0")
    return Border(left=line, right=line, top=line, bottom=line)


@dataclass(frozen=True, slots=True)
class _RowCells:
    """What a column may have in a row; each has a style of its own, which the book keeps once."""

    plain: "Cell"
    whole: "Cell"
    """A number without a fraction."""
    words: "Cell"
    guarded: "Cell"
    """A text that looks like a formula."""


def _cells(sheet: Any, kind: CellKind, bold: bool) -> _RowCells:
    from openpyxl.styles import Alignment

    made = _RowCells(
        _cell(sheet, kind, bold),
        _cell(sheet, CellKind.WHOLE, bold),
        _cell(sheet, CellKind.TEXT, bold),
        _cell(sheet, CellKind.TEXT, bold),
    )
    if kind is CellKind.TEXT:
        made.plain.alignment = Alignment(vertical="top", horizontal="center")  # a year is no amount
    made.guarded.quotePrefix = True
    return made


def _cell(sheet: Any, kind: CellKind, bold: bool) -> "Cell":
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    cell: Cell = WriteOnlyCell(sheet)
    cell.alignment = Alignment(vertical="top", wrap_text=kind is CellKind.TEXT)
    cell.font, cell.border = Font(bold=bold), _border()
    if kind is not CellKind.TEXT:
        cell.number_format = FORMATS[kind]
    return cell
