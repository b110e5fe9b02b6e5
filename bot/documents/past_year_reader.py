"""A past year's workbook read into lines whose cells know their place: «Đăng ký!C14». Runs in the worker process; pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.documents.memory_bound import within_memory
from bot.documents.past_year_sheets import GUIDE, YearSheet
from bot.documents.tables import ERROR, EXAMPLE, FORMULA, HEADER_WITHIN, NUMBER, Table, read_tables, where
from bot.language import Joined, Text, _, clean, clean_line, fold

PREFILLED = frozenset({"unit", "unit_name", "target", "year", "measure", "paper"})
"""What the blank workbook has in its lines already: a line with nothing else says nothing."""


@dataclass(frozen=True, slots=True)
class YearDoubt:
    """What is doubtful in a cell, with its place; what blocks has to be put right before anything is written."""

    place: str
    what: Text
    blocks: bool = True


@dataclass(frozen=True, slots=True)
class YearCell:
    """A filled cell: its text, its place, and whether it holds a number of the workbook's own."""

    text: str
    place: str
    number: bool = False


@dataclass(frozen=True, slots=True)
class YearLine:
    """A filled line of a sheet: its cells by column."""

    place: str
    cells: Mapping[str, YearCell]

    def at(self, key: str) -> str:
        """Return the place of a cell, of the line where it is empty."""
        return self.cells[key].place if key in self.cells else self.place

    def text(self, key: str) -> str:
        """Return a cell as a line of text; empty where there is none."""
        return clean_line(self.cells[key].text) if key in self.cells else ""


@dataclass(frozen=True, slots=True)
class PastYearFile:
    """Everything a workbook says."""

    year: int | None = None
    targets: Mapping[str, tuple[str, str]] | None = None
    """How the targets of its plan are measured, where its guide says so."""
    lines: Mapping[str, Sequence[YearLine]] = field(default_factory=dict)
    columns: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Which columns each sheet has."""
    doubts: Sequence[YearDoubt] = ()
    notes: Sequence[Text] = ()


def read_past_year(name: str, data: bytes, sheets: Sequence[YearSheet]) -> PastYearFile:
    """Read a workbook that has these sheets; raise MemoryError where it would take too much."""
    return within_memory(_read, name, data, sheets)


def _read(name: str, data: bytes, sheets: Sequence[YearSheet]) -> PastYearFile:
    given = read_tables(name, data, numbers=True)
    if given.problems:
        return PastYearFile(doubts=[YearDoubt(each.sheet, where(each)) for each in given.problems])
    by_title = {fold(sheet.title): sheet for sheet in sheets}
    doubts, notes = list[YearDoubt](), list(given.notes)
    lines, columns = dict[str, Sequence[YearLine]](), dict[str, frozenset[str]]()
    year, targets = None, None
    for table in given.tables:
        title = fold(clean_line(table.name))
        if title == fold(GUIDE):
            year, targets = _guide(table)
        elif (sheet := by_title.get(title)) is None:
            notes.append(_("Sheet «{sheet}» is none of the template's and was passed over.", sheet=table.name))
        elif (header := _header(table, sheet)) is None:
            doubts.append(YearDoubt(table.name, _no_columns(sheet)))
        else:
            place, keys = header
            doubts += _unknown(table, place, keys)
            lines[sheet.key] = list(_lines(table, sheet, place, keys, doubts))
            columns[sheet.key] = frozenset(filter(None, keys))
    if not columns and not doubts:
        titles = Joined([f"«{sheet.title}»" for sheet in sheets])
        what = _("The workbook has none of the template's sheets: {sheets}.", sheets=titles)
        doubts.append(YearDoubt("", what))
    return PastYearFile(year, targets, lines, columns, doubts, notes)


def _guide(table: Table) -> tuple[int | None, dict[str, tuple[str, str]] | None]:
    """Return the year and the targets that the guide names."""
    year: int | None = None
    targets: dict[str, tuple[str, str]] | None = None
    for _line, cells in table.lines:
        said = [clean_line(cell.removeprefix(NUMBER)) for cell in cells]
        first = fold(said[0]) if said else ""
        if first == "nam" and len(said) > 1 and re.fullmatch(r"[0-9]{4}", said[1]):
            year = int(said[1])
        elif first == "ma":
            targets = {}
        elif targets is not None and first and len(said) > 2:
            targets[said[0]] = (said[2], said[3] if len(said) > 3 else "")
    return year, targets


def _name(said: str) -> str:
    return fold(clean_line(said[:300]).partition(" (")[0]).strip(" *:.")


def _header(table: Table, sheet: YearSheet) -> tuple[int, list[str]] | None:
    """Find the line that names the columns: its place among the lines, and what each column is."""
    names: dict[str, str] = {}
    for column in sheet.columns:
        for each in (column.title, *column.also):
            names.setdefault(_name(each), column.key)
    for place, (_line, cells) in enumerate(table.lines[:HEADER_WITHIN]):
        keys: list[str] = []
        for cell in cells:
            key = names.get(_name(cell), "")
            keys.append("" if key in keys else key)
        if sheet.needed <= set(keys):
            return place, keys
    return None


def _no_columns(sheet: YearSheet) -> Text:
    named = [column.title.partition(" (")[0] for column in sheet.columns if column.key in sheet.needed]
    return _(
        "The names of the columns were not found: {columns}. Please take the template's first line.",
        columns=Joined([f"«{each}»" for each in named]),
    )


def _unknown(table: Table, place: int, keys: Sequence[str]) -> Iterator[YearDoubt]:
    """Warn of columns that the template does not have and that are filled in."""
    line, cells = table.lines[place]
    filled = {
        number
        for _line, row in table.lines[place + 1 :]
        if not any(EXAMPLE in cell for cell in row)
        for number, cell in enumerate(row)
        if cell.strip()
    }
    for number, cell in enumerate(cells):
        if cell.strip() and not keys[number] and number in filled:
            what = _("The column «{column}» is not in the template and was passed over.", column=clean_line(cell)[:60])
            yield YearDoubt(_place(table, line, number), what, blocks=False)


def _place(table: Table, line: int, number: int) -> str:
    letters, left = "", number + 1
    while left:
        left, rest = divmod(left - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{table.name}!{letters}{line}"


def _lines(
    table: Table, sheet: YearSheet, place: int, keys: Sequence[str], doubts: list[YearDoubt]
) -> Iterator[YearLine]:
    for line, row in table.lines[place + 1 :]:
        if any(EXAMPLE in cell for cell in row):
            continue
        cells = dict[str, YearCell]()
        for number, (cell, key) in enumerate(zip(row, keys, strict=False)):
            if not key or not cell.strip():
                continue
            at = _place(table, line, number)
            if (why := _unseen(cell)) is not None:
                doubts.append(YearDoubt(at, why))
                continue
            text = clean(cell.removeprefix(NUMBER))
            if text:
                cells[key] = YearCell(text, at, cell.startswith(NUMBER))
        if set(cells) - PREFILLED or (cells and sheet.key == "items"):
            yield YearLine(_place(table, line, 0), cells)


def _unseen(cell: str) -> Text | None:
    if cell.startswith(FORMULA):
        return _("The formula has no stored result. Please open the file in Excel, save it, and give it again.")
    if cell.startswith(ERROR):
        return _("The cell shows the error {error}. Please write its value.", error=cell[1:20])
    return None
