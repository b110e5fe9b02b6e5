"""A rehearsal as a table: every ping of a year, for Excel with its totals, or for other programs as CSV. Pure.

Rows are written as they come and never gathered, so that a year of a large office costs no memory. A text
that Excel would take for a formula stays a text.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from storage.values import ZONE as OFFICE

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell

FIELDS = ("at", "person", "unit", "channel", "rung", "text")
WIDTHS: Mapping[str, Sequence[int]] = {"pings": (12, 8, 26, 34, 12, 16, 70), "people": (26, 44, 12), "days": (14, 12)}
"""The sheets, and how wide their columns are, in letters."""
A4 = 9
DAY, HOUR = "dd/mm/yyyy", "hh:mm"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a formula begins with, in Excel or in a program that has read the file."""
NUMBER = re.compile(r"[+-]?\d+")


class PingRow(Protocol):
    """One message of a rehearsal: when, to whom, where, by which rung, and its words."""

    @property
    def at(self) -> datetime:
        """When it goes out; aware."""

    @property
    def person(self) -> str:
        """Who gets it."""

    @property
    def unit(self) -> str:
        """Their unit."""

    @property
    def channel(self) -> str:
        """The messenger."""

    @property
    def rung(self) -> str:
        """What calls for it."""

    @property
    def text(self) -> str:
        """Its words."""


def csv_rows(pings: Iterable[PingRow]) -> Iterator[str]:
    """Yield the lines of a CSV file with its header; write them with `newline=""` as UTF-8.

    The first begins with the mark by which Excel knows UTF-8.
    """
    line = io.StringIO()
    writer = csv.writer(line)
    line.write("\ufeff")
    writer.writerow(FIELDS)
    yield line.getvalue()
    for ping in pings:
        line.seek(0)
        line.truncate()
        at = ping.at.astimezone(OFFICE).isoformat(timespec="seconds")
        writer.writerow([at, *(_harmless(getattr(ping, field)) for field in FIELDS[1:])])
        yield line.getvalue()


def _harmless(text: str) -> str:
    """Add an apostrophe before what looks like a formula: a CSV has no type for texts."""
    return f"'{text}" if text.startswith(FORMULA) and not NUMBER.fullmatch(text) else text


def workbook(pings: Iterable[PingRow], labels: Mapping[str, Any]) -> bytes:
    """Make the XLSX: every ping, the totals of each person, the totals of each day.

    `labels` holds for each sheet ("pings", "people", "days") its name and the labels of its columns:
    {"pings": {"name": "Tin nhắc", "columns": ["Ngày", "Giờ", …]}, …}
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheets = {code: _sheet(book, code, labels[code]) for code in WIDTHS}
    people: Counter[tuple[str, str]] = Counter()
    days: Counter[datetime] = Counter()
    row = _Row(sheets["pings"], (DAY, HOUR, "", "", "", "", ""))
    for ping in pings:
        at = ping.at.astimezone(OFFICE).replace(tzinfo=None)
        day = at.replace(hour=0, minute=0, second=0, microsecond=0)
        row.write(day, at.time(), ping.person, ping.unit, ping.channel, ping.rung, ping.text)
        people[ping.person, ping.unit] += 1
        days[day] += 1
    row = _Row(sheets["people"], ("", "", "0"))
    for (person, unit), n in sorted(people.items(), key=lambda each: (-each[1], each[0])):
        row.write(person, unit, n)
    row = _Row(sheets["days"], (DAY, "0"))
    for day, n in sorted(days.items()):
        row.write(day, n)
    for code, lines in (("pings", days.total()), ("people", len(people)), ("days", len(days))):
        last = chr(ord("A") + len(WIDTHS[code]) - 1)
        sheets[code].auto_filter.ref = f"A1:{last}{lines + 1}"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _sheet(book: "Workbook", code: str, labels: Mapping[str, Any]) -> Any:
    """Add a sheet whose header stays in sight and stands on every printed page."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(labels["name"])
    for n, width in enumerate(WIDTHS[code], 1):
        sheet.column_dimensions[get_column_letter(n)].width = width
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    header = []
    for label in labels["columns"]:
        cell = WriteOnlyCell(sheet, label)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="D3E8E2")
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        header.append(cell)
    sheet.append(header)
    return sheet


class _Row:
    """The cells of a row, made once and used for every row: styles cost more than values."""

    def __init__(self, sheet: Any, formats: Sequence[str]) -> None:
        self._sheet = sheet
        self._plain = [_styled(sheet, look) for look in formats]
        self._guarded = [_styled(sheet, look) for look in formats]
        for cell in self._guarded:
            cell.quotePrefix = True

    def write(self, *values: Any) -> None:
        """Write one row; what looks like a formula is a text, and stays one when it is edited."""
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

        row = []
        for value, plain, guarded in zip(values, self._plain, self._guarded, strict=True):
            cell = plain
            if isinstance(value, str):
                value = ILLEGAL_CHARACTERS_RE.sub("", value)
                cell = guarded if value.startswith(FORMULA) else plain
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
            row.append(cell)
        self._sheet.append(row)


def _styled(sheet: Any, look: str) -> "Cell":
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    cell: Cell = WriteOnlyCell(sheet)
    cell.alignment = Alignment(vertical="top", wrap_text=not look)
    if look:
        cell.number_format = look
    return cell
