"""The answers to a request as a workbook: one sheet with a row a receiver, one with the sources. Pure; texts stay texts."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from bot.documents.reminder_table import FORMULA

WIDE = 36
AT = "dd/mm/yyyy hh:mm"


def workbook(contents: Mapping[str, Any]) -> bytes:
    """Make the XLSX of plain values: columns, rows, sources."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    answers, sources = (name[:31] for name in contents["sheets"])
    _fill(book.create_sheet(answers), contents["columns"], contents["rows"])
    if contents["sources"]:
        _fill(book.create_sheet(sources), contents["source_columns"], contents["sources"])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _fill(sheet: Any, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for n in range(1, len(columns) + 1):
        sheet.column_dimensions[get_column_letter(n)].width = (
            6 if n == 1 and len(columns) > 3 else WIDE / (1 + (2 < n < 6))
        )
    sheet.freeze_panes = "C2" if len(columns) > 3 else "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    header = [_cell(sheet, each) for each in columns]
    for cell in header:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="D3E8E2")
        cell.alignment = Alignment(vertical="center", wrap_text=True)
    sheet.append(header)
    for row in rows:
        sheet.append([_cell(sheet, each) for each in row])


def _cell(sheet: Any, value: Any) -> Any:
    """Return a value as a cell; what looks like a formula is a text, and stays one when it is edited."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment

    text = isinstance(value, str)
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value) if text else value)
    cell.alignment = Alignment(vertical="top", wrap_text=text)
    if text:
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(FORMULA)
    elif isinstance(value, datetime):
        cell.number_format = AT
    elif isinstance(value, Decimal):
        cell.number_format = "#,##0.###" if value % 1 else "#,##0"
    return cell
