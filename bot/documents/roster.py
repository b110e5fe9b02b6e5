"""What an office brings in by a file: units, people, days off; read into rows with their problems."""

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.documents import calendar_sheet
from bot.documents.calendar_sheet import DayRow, read_day_row
from bot.documents.tables import EXAMPLE, Problem, Table, header, read_tables, rows
from bot.i18n import Text, _
from bot.phone import Phone
from bot.phone import read as read_phone
from bot.text import fold


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit of the file."""

    line: int
    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person of the file."""

    line: int
    name: str
    position: str
    kind: str
    unit: str
    role: str
    phone: Phone | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything a file says."""

    units: Sequence[UnitRow]
    people: Sequence[PersonRow]
    days: Sequence[DayRow]
    problems: Sequence[Problem]


Row = UnitRow | PersonRow | DayRow
COLUMNS: Mapping[str, tuple[str, ...]] = {
    **calendar_sheet.COLUMNS,
    "code": ("code", "ma", "ma don vi"),
    "name": ("name", "ten", "ho va ten", "ho ten", "ten don vi"),
    "kind": ("kind", "loai", "doi tuong"),
    "position": ("position", "chuc vu", "chuc danh"),
    "unit": ("unit", "don vi"),
    "role": ("role", "vai tro"),
    "phone": ("phone", "dien thoai", "so dien thoai"),
}
UNIT_KINDS: Mapping[str, str] = {
    "phong": "phong", "don_vi": "don_vi", "don vi": "don_vi", "doan_the": "doan_the", "doan the": "doan_the",
}  # fmt: skip
PERSON_KINDS: Mapping[str, str] = {
    "cong chuc": "cong_chuc", "cong_chuc": "cong_chuc", "cc": "cong_chuc",
    "vien chuc": "vien_chuc", "vien_chuc": "vien_chuc", "vc": "vien_chuc",
    "nguoi lao dong": "nguoi_lao_dong", "nguoi_lao_dong": "nguoi_lao_dong", "nld": "nguoi_lao_dong",
}  # fmt: skip
ROLES: Mapping[str, str] = {
    **{role: role for role in ("officer", "drafter", "head", "deputy", "office", "chief", "union", "leader", "admin")},
    "": "officer", "chuyen vien": "officer", "vien chuc": "officer", "nhan vien": "officer",
    "dau moi": "drafter", "truong phong": "head", "thu truong": "head", "thu truong don vi": "head",
    "giam doc": "head", "chi cuc truong": "head", "pho truong phong": "deputy", "cap pho": "deputy",
    "van phong": "office", "chanh van phong": "chief", "doan the": "union", "lanh dao so": "leader",
    "lanh dao": "leader", "quan tri": "admin",
}  # fmt: skip


def read(name: str, data: bytes) -> Sheet:
    """The rows of a file and what is wrong with them."""
    tables, problems = read_tables(name, data)
    found = [each for table in tables for each in _table(table)]
    units = [row for row in found if isinstance(row, UnitRow)]
    people = [row for row in found if isinstance(row, PersonRow)]
    dated = [row for row in found if isinstance(row, DayRow)]
    problems += [row for row in found if isinstance(row, Problem)]
    problems += [*_twice(units, people), *calendar_sheet.repeated(dated)]
    return Sheet(units, people, dated, sorted(problems, key=lambda problem: problem.line))


def _table(table: Table) -> Iterator[Row | Problem]:
    columns = header(table, COLUMNS)
    one = next((read_row for needed, read_row in SHEETS if needed <= set(columns)), None)
    if one is None:
        yield Problem(
            1,
            _(
                "The first line names no known columns. Units: code;name;kind. People: name;position;kind;unit;role;phone. Days off: day;kind;note;source."
            ),
        )
        return
    for line, row in rows(table, columns):
        yield one(line, row)


def _unit(line: int, row: Mapping[str, str]) -> Row | Problem:
    kind = UNIT_KINDS.get(fold(row.get("kind", "")))
    if not row.get("code") or not row.get("name"):
        return Problem(line, _("A unit needs a code and a name."))
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,16}", row["code"]):
        return Problem(
            line, _("«{code}» is not a code: letters without marks and digits, up to 16.", code=row["code"])
        )
    if kind is None:
        return Problem(
            line, _("«{kind}» is not a kind of unit: phong, don_vi, doan_the.", kind=row.get("kind", ""))
        )
    return UnitRow(line, row["code"], row["name"], kind)


def _person(line: int, row: Mapping[str, str]) -> Row | Problem:
    kind = PERSON_KINDS.get(fold(row.get("kind", "") or "cong chuc"))
    role = ROLES.get(fold(row.get("role", "")))
    phone = read_phone(row["phone"]) if row.get("phone") else None
    if len(row.get("name", "").split()) < 2:
        return Problem(line, _("«{name}» is not a full name.", name=row.get("name", "")))
    if not row.get("unit"):
        return Problem(line, _("{name} has no unit.", name=row["name"]))
    if kind is None:
        return Problem(
            line, _("«{kind}» is not a kind: công chức, viên chức, người lao động.", kind=row["kind"])
        )
    if role is None:
        return Problem(
            line,
            _(
                "«{role}» is not a role: officer, drafter, head, deputy, office, chief, union, leader, admin.",
                role=row["role"],
            ),
        )
    if isinstance(phone, Text):
        return Problem(line, phone)
    return PersonRow(line, row["name"], row.get("position", ""), kind, row["unit"], role, phone)


SHEETS: Sequence[tuple[set[str], Callable[[int, Mapping[str, str]], Row | Problem]]] = (
    ({"code", "name", "kind"}, _unit),
    ({"name", "unit"}, _person),
    ({"day", "kind"}, read_day_row),
)
"""How a table is told by its columns, and how its lines are read."""


def _twice(units: Sequence[UnitRow], people: Sequence[PersonRow]) -> Iterator[Problem]:
    seen: dict[tuple[str, ...], int] = {}
    keys: list[tuple[tuple[str, ...], int]] = [((unit.code,), unit.line) for unit in units]
    keys += [((fold(person.name), person.unit), person.line) for person in people]
    for key, line in keys:
        if key in seen:
            yield Problem(line, _("This line repeats line {line}.", line=seen[key]))
        seen.setdefault(key, line)


def template() -> bytes:
    """A blank roster to fill in: three sheets, with lists to choose from and a marked example line."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheets = (
        ("Đơn vị", ("Mã", "Tên", "Loại"), (14, 48, 14),
         ("QLXD", f"Phòng Quản lý xây dựng {EXAMPLE}", "phong"), {3: "phong,don_vi,doan_the"}),
        ("Nhân sự", ("Họ và tên", "Chức vụ", "Đối tượng", "Đơn vị", "Vai trò", "Điện thoại"), (30, 24, 18, 12, 14, 16),
         (f"Nông Văn Mẫu {EXAMPLE}", "Chuyên viên", "công chức", "QLXD", "officer", ""),
         {3: "công chức,viên chức,người lao động", 5: "officer,drafter,head,deputy,office,chief,union,leader,admin"}),
        ("Ngày nghỉ", ("Ngày", "Loại", "Ghi chú", "Nguồn"), (26, 12, 40, 40),
         ("04/02/2027 đến 10/02/2027", "nghỉ", f"Tết Nguyên Đán {EXAMPLE}", "Công văn số 12/SXD-VP ngày 05/01/2027"),
         {2: "nghỉ,làm bù"}),
    )  # fmt: skip
    for number, (title, names, widths, example, lists) in enumerate(sheets):
        sheet = book.active if number == 0 else book.create_sheet()
        assert sheet is not None
        sheet.title = title
        for column, (text, width) in enumerate(zip(names, widths, strict=True), 1):
            sheet.cell(1, column, text).font = Font(bold=True)
            sheet.cell(2, column, example[column - 1]).data_type = "s"
            sheet.column_dimensions[chr(64 + column)].width = width
            for line in range(3, 400):
                sheet.cell(line, column).number_format = "@"
        for column, offered in lists.items():
            choice = DataValidation(type="list", formula1=f'"{offered}"', allow_blank=True)
            sheet.add_data_validation(choice)
            choice.add(f"{chr(64 + column)}3:{chr(64 + column)}400")
        sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
