"""A roster file read into rows with their problems: units, people, days off. Runs in the worker process; pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.documents import calendar_sheet
from bot.documents.calendar_sheet import DayRow
from bot.documents.memory_bound import within_memory
from bot.documents.roster_columns import KINDS, PEOPLE, Row, TableKind
from bot.documents.roster_rows import PersonRow, UnitRow
from bot.documents.tables import EXAMPLE, Table, TableProblem, find_header, numbers_of, read_tables, rows, unseen, where
from bot.language import Text, _, exact, fold

FEW = 2
"""So many filled cells, and no name, below the last name: a sum or a signature; somebody without a name has more."""
_SUM = re.compile(r"tong (?:cong|so)\b|cong ?:")
_FOOT = re.compile(
    r"(?:tong|cong\b|nguoi lap|ghi chu|noi nhan|thu truong|xac nhan|nguoi ky|ky ten|luu\b|ngay \d|.*, ngay [\d. ]+ thang)"
)
"""What stands below a list or between its parts: sums, signatures, places and dates."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything a file says."""

    units: Sequence[UnitRow]
    people: Sequence[PersonRow]
    days: Sequence[DayRow]
    problems: Sequence[TableProblem]
    notes: Sequence[Text] = field(default=())
    """What was passed over, and what was read although it is hidden."""


def read(name: str, data: bytes) -> Sheet:
    """Read the rows of a file and what is wrong with them; raise MemoryError where it would take too much."""
    return within_memory(_read, name, data)


def _read(name: str, data: bytes) -> Sheet:
    given = read_tables(name, data)
    problems, notes, found = list(given.problems), list(given.notes), list[Row]()
    unknown = list[Table]()
    for table in given.tables:
        kind = _kind_of(table)
        if kind is None:
            unknown.append(table)
            continue
        for each in _rows(table, *kind, notes):
            problems.append(each) if isinstance(each, TableProblem) else found.append(each)
    read_any = len(unknown) < len(given.tables)
    for table in unknown:
        if read_any:
            notes.append(_("Sheet «{sheet}» has none of the known columns and was passed over.", sheet=table.name))
        else:
            problems.append(TableProblem(0, _no_columns(), table.name))
    units = [row for row in found if isinstance(row, UnitRow)]
    people = [row for row in found if isinstance(row, PersonRow)]
    dated = [row for row in found if isinstance(row, DayRow)]
    if read_any and not found and not problems and not _is_template(given.tables):
        problems.append(TableProblem(0, _("There is no line below the names of the columns: nothing to read.")))
    notes += [row.note for row in people if row.note is not None]
    problems += [*_twice(units), *calendar_sheet.repeated(dated)]
    order = {table.name: place for place, table in enumerate(given.tables)}
    return Sheet(units, people, dated, sorted(problems, key=lambda p: (order.get(p.sheet, -1), p.line)), notes)


def _is_template(tables: Sequence[Table]) -> bool:
    return any(EXAMPLE in cell for table in tables for _line, cells in table.lines[:5] for cell in cells)


def _no_columns() -> Text:
    return _(
        "No names of columns were found. Units: Mã; Tên; Loại. People: Họ và tên; Chức vụ; Đối tượng; Đơn vị; Vai trò; Điện thoại (Mã số, Năm sinh if wanted). Days off: Ngày; Loại; Ghi chú; Nguồn."
    )


def _kind_of(table: Table) -> tuple[TableKind, int, list[str]] | None:
    """Tell what a sheet lists, and where its columns stand."""
    found = [
        (place, order, kind, columns)
        for order, kind in enumerate(KINDS)
        if (header := find_header(table, kind.names, kind.needed)) is not None
        for place, columns in [header]
    ]
    if not found:
        return None
    place, _order, kind, columns = min(found, key=lambda each: each[:2])
    return kind, place, columns


def _rows(
    table: Table, kind: TableKind, place: int, columns: Sequence[str], notes: list[Text]
) -> Iterator[Row | TableProblem]:
    section, passed = "", list[int]()
    found = list(rows(table, place, columns, kind.names))
    few = {line for line, row, _alone in found if sum(map(bool, row.values())) <= FEW}
    sums = {
        line for line, row, _alone in found if line in few and _SUM.match(fold(next(filter(None, row.values()), "")))
    }
    last = max((line for line, row, _alone in found if row.get("name") and line not in sums), default=0)
    for line, row, alone in found:
        below = kind is PEOPLE and line > last and line in few
        if below or line in sums or (alone and _FOOT.match(fold(alone))):
            passed.append(line)
            continue
        if alone and kind is PEOPLE and not row.get("unit") and fold(alone) != fold(row.get("unit", "")):
            section = re.sub(r"^(?:[IVX]+|[A-Z]|\d+)[.)]\s*", "", alone)
            continue
        if kind is PEOPLE and section and not row.get("unit"):
            row = {**row, "unit": section}
        why = unseen(row)
        each = TableProblem(line, why) if why is not None else kind.read(line, {**row, "sheet": table.name})
        yield replace(each, sheet=table.name)
    if passed:
        notes.append(_passed(table.name, passed))


def _passed(sheet: str, lines: Sequence[int]) -> Text:
    what = _("these are no lines of the list and were passed over: {lines}", lines=numbers_of(lines))
    return where(TableProblem(0, what, sheet))


def _twice(units: Sequence[UnitRow]) -> Iterator[TableProblem]:
    seen: dict[str, UnitRow] = {}
    for unit in units:
        before = seen.setdefault(exact(unit.code), unit)
        if before is not unit:
            yield unit.wrong(_("This line repeats line {line}.", line=before.line))
