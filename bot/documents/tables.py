"""Tables as an office keeps them, read into lines by the names of their columns, wherever these stand. Pure."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from bot.language import Count, Joined, Text, _, clean_line, fold, looks_legacy


@dataclass(frozen=True, slots=True)
class TableProblem:
    """What is wrong in a line, and what would be right; line 0 is the file or the sheet as a whole."""

    line: int
    what: Text
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its filled lines with their numbers as its program shows them."""

    name: str
    lines: Sequence[tuple[int, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Tables:
    """What a file holds: its tables, what keeps it from being read, and what is worth knowing of it."""

    tables: Sequence[Table] = ()
    problems: Sequence[TableProblem] = ()
    notes: Sequence[Text] = field(default=())


EXAMPLE = "(ví dụ)"
"""Marks the example lines of the template; they are passed over."""
FORMULA, ERROR = "\ue001", "\ue002"
"""What stands for a cell that shows nothing to us: a formula without a stored result, an error (with its name)."""
NUMBER = "\ue003"
"""Stands before a number of a workbook's own where that is asked for: 12.345 in it is no «12.345» that was typed."""
LONGEST_TEXT = 5_000_000
MOST_LINES = 20_000
MOST_PROBLEMS = 50
HEADER_WITHIN = 40
"""How far down the names of the columns are looked for."""
_OLD_BOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NO_TABLE = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"{\\rtf")


def read_tables(name: str, data: bytes, numbers: bool = False) -> Tables:
    """Read the tables of a file; its first bytes tell its kind, its name does not matter. `numbers` are marked or not."""
    if data.startswith(b"PK"):
        from bot.documents.workbook_reader import read_workbook

        return read_workbook(data, numbers)
    if data.startswith(_OLD_BOOK):
        return _refused(
            _(
                "The workbook is locked by a password. Please take the password off (File, Info, Protect), save it, and import it again."
            )
            if "EncryptedPackage".encode("utf-16-le") in data
            else _("This is a workbook of the old kind (.xls). Please open it and save it as «Excel Workbook (.xlsx)».")
        )
    if data.startswith(_NO_TABLE):
        return _refused(_("This file is no table. Please give an Excel workbook (.xlsx) or CSV UTF-8."))
    if re.match(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!doctype|html|table|meta)", data[:200], re.IGNORECASE):
        return _refused(
            _(
                "This is a web page or XML that only bears the name of a table. Please open it in Excel and save it as «Excel Workbook (.xlsx)»."
            )
        )
    return _csv(data)


def _refused(why: Text) -> Tables:
    return Tables(problems=[TableProblem(0, why)])


def columns_of(cells: Sequence[str], names: Mapping[str, str]) -> list[str]:
    """Return what each column is, by its name; empty for an unknown one, and for a second one of a kind."""
    found: list[str] = []
    for cell in cells:
        column = names.get(_plain(cell), "")
        found.append("" if column in found else column)
    return found


def _plain(cell: str) -> str:
    return re.sub(r"\([^)]*\)|[*:.]", "", fold(clean_line(cell[:200]))).strip()


def find_header(
    table: Table, names: Mapping[str, str], needed: Sequence[frozenset[str]]
) -> tuple[int, list[str]] | None:
    """Find the header: its place among the lines, and the columns; its names may stand in one line or in two."""
    for place, (_line, cells) in islice(enumerate(table.lines), HEADER_WITHIN):
        columns = columns_of(cells, names)
        if not any(columns):
            continue
        below = table.lines[place + 1][1] if place + 1 < len(table.lines) else ()
        width = max(len(cells), len(below))
        both = columns_of(
            [
                upper if _plain(upper) in names else lower
                for upper, lower in zip(_padded(cells, width), _padded(below, width), strict=True)
            ],
            names,
        )
        enough = [any(each <= set(known) for each in needed) for known in (columns, both)]
        # A second line belongs to the names where it only names: «Thông tin» above, «Chức vụ», «Điện thoại» below.
        named = all(_plain(cell) in names or cell in cells for cell in below if cell.strip())
        if enough[1] and named and len(set(both)) > len(set(columns)):
            return place + 1, both
        if enough[0]:
            return place, columns
        if enough[1]:
            return place + 1, both
    return None


def _padded(cells: Sequence[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]


def rows(
    table: Table, place: int, columns: Sequence[str], names: Mapping[str, str]
) -> Iterator[tuple[int, Mapping[str, str], str]]:
    """Yield every filled line below the header: its number, its cells by column, and what stands alone in it.

    Examples, repeated headers and lines that only number the columns are passed over.
    """
    for line, cells in table.lines[place + 1 :]:
        row = {column: clean_line(cell) for column, cell in zip(columns, cells, strict=False) if column}
        filled = [clean_line(cell) for cell in cells if clean_line(cell)]
        again = sum(
            bool(column) and names.get(_plain(cell)) == column for column, cell in zip(columns, cells, strict=False)
        )
        if not filled or again > 1 or any(EXAMPLE in value for value in filled):
            continue
        if len(filled) > 2 and all(re.fullmatch(r"\(?\d{1,2}\)?", value) for value in filled):
            continue
        words = [value for value in filled if not re.fullmatch(r"[\dIVXivx]{1,5}[.)]?|[A-Z][.)]?", value)]
        yield line, row, words[0] if len(words) == 1 else ""


def unseen(row: Mapping[str, str]) -> Text | None:
    """Return why a line cannot be read, where something in it is known to its program alone."""
    for value in row.values():
        if value.startswith(FORMULA):
            return _("a formula has no stored result; please open the file in Excel, save it, and import it again.")
        if value.startswith(ERROR):
            return _("a cell shows the error {error}; please write its value.", error=value[1:20])
    return None


def put_right(problems: Sequence[TableProblem]) -> list[Text]:
    """Return the problems in words, sheet and line by line, and that nothing is written until then."""
    if not problems:
        return []
    said = [where(problem) for problem in problems[:MOST_PROBLEMS]]
    if len(problems) > MOST_PROBLEMS:
        said.append(_("… and {n} more.", n=Count(len(problems) - MOST_PROBLEMS)))
    return [*said, _("{n} lines have to be put right first; nothing is written until then.", n=Count(len(problems)))]


def place_of(sheet: str, line: int) -> Text:
    """Return the place of a line, in words."""
    if sheet:
        return _("sheet «{sheet}», line {line}", sheet=sheet, line=line)
    return _("line {line}", line=line)


def where(problem: TableProblem) -> Text:
    """Return a problem with its place, in words."""
    if problem.line and problem.sheet:
        return _("Sheet «{sheet}», line {line}: {what}", sheet=problem.sheet, line=problem.line, what=problem.what)
    if problem.line:
        return _("Line {line}: {what}", line=problem.line, what=problem.what)
    if problem.sheet:
        return _("Sheet «{sheet}»: {what}", sheet=problem.sheet, what=problem.what)
    return problem.what


def _csv(data: bytes) -> Tables:
    if len(data) > LONGEST_TEXT:
        return _refused(_("The file is too long: up to 5 MB of text are read."))
    text, notes = _text(data), list[Text]()
    if text is None and (text := _old_windows(data)) is not None:
        notes.append(_("⚠️ The file was read as Windows-1258; please look at the marks of the names."))
    if text is None:
        return _refused(_("The file is not UTF-8 text. Please save it as «CSV UTF-8»."))
    if not text.strip("\ufeff \t\r\n;,"):
        return _refused(
            _("The file is empty. Please save the list as «Excel Workbook (.xlsx)» or CSV UTF-8 and import it again.")
        )
    if looks_legacy(text[:2000]):
        return _refused(_("The file uses an old encoding (TCVN3 or VNI). Please convert it to Unicode."))
    given = re.match(r"sep=(.)\r?\n", text)
    first = "\n".join(text.splitlines()[:HEADER_WITHIN])
    mark = given[1] if given else max("\t;,", key=first.count)
    lines = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=mark), 1):
            if number > MOST_LINES:
                return _refused(too_many())
            if any(cell.strip() for cell in cells) and not (given and number == 1):
                lines.append((number, cells))
    except csv.Error:
        return _refused(_("The file is damaged: its lines cannot be told apart. Please save it again as «CSV UTF-8»."))
    return Tables([Table("", lines)], notes=notes)


def too_many() -> Text:
    """Say that a table is longer than any office's."""
    return _("The table is too long: up to {most} lines are read.", most=MOST_LINES)


def _text(data: bytes) -> str | None:
    encoding = "utf-8-sig"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif data[1:40:2].count(0) > 8:  # Latin letters in two bytes each, without a mark that says so
        encoding = "utf-16-le"
    elif data[0:40:2].count(0) > 8:
        encoding = "utf-16-be"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\x00" in text else text


def _old_windows(data: bytes) -> str | None:
    """Decode Windows-1258; return None where the result is no Vietnamese."""
    try:
        text = unicodedata.normalize("NFC", data.decode("cp1258"))
    except UnicodeDecodeError:
        return None
    marked = len(re.findall("[\u1ea0-\u1ef9]", text))
    return text if marked > len(text) // 60 and "\x00" not in text else None


def numbers_of(lines: Sequence[int]) -> Joined:
    """Return the first ten of some numbers of lines."""
    return Joined([str(line) for line in lines[:10]] + (["…"] if len(lines) > 10 else []))
