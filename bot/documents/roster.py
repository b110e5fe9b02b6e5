"""Rosters: units and people as an office keeps them, CSV or XLSX, read into rows with their problems."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.i18n import Text, _
from bot.text import clean_line, fold, looks_legacy


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
    phone: str | None


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a line, and what would be right."""

    line: int
    what: Text


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything a file says."""

    units: Sequence[UnitRow]
    people: Sequence[PersonRow]
    problems: Sequence[Problem]


COLUMNS: Mapping[str, tuple[str, ...]] = {
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
EXAMPLE = "(ví dụ)"
"""Marks the example lines of the template; they are passed over."""


def read(name: str, data: bytes) -> Sheet:
    """The rows of a file and what is wrong with them."""
    if name.lower().endswith(".xlsx"):
        tables, problems = _tables(data)
    else:
        tables, problems = _csv(data)
    units: list[UnitRow] = []
    people: list[PersonRow] = []
    for table in tables:
        _table(table, units, people, problems)
    problems += _twice(units, people)
    return Sheet(units, people, sorted(problems, key=lambda problem: problem.line))


Table = list[list[str]]


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


def _tables(data: bytes) -> tuple[list[Table], list[Problem]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (BadZipFile, KeyError, ValueError, OSError):
        return [], [Problem(1, _("This is not an Excel file (.xlsx)."))]
    tables = [
        [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
        for sheet in book.worksheets
    ]
    book.close()
    return [table for table in tables if table], []


def _table(table: Table, units: list[UnitRow], people: list[PersonRow], problems: list[Problem]) -> None:
    names = {alias: column for column, aliases in COLUMNS.items() for alias in aliases}
    header = [names.get(fold(clean_line(cell)), "") for cell in table[0]]
    if {"code", "name", "kind"} <= set(header):
        one = _unit
    elif {"name", "unit"} <= set(header):
        one = _person
    else:
        problems.append(
            Problem(
                1,
                _(
                    "The first line names no known columns. Units: code;name;kind. People: name;position;kind;unit;role;phone."
                ),
            )
        )
        return
    for line, cells in enumerate(table[1:], 2):
        row = {column: clean_line(cell) for column, cell in zip(header, cells, strict=False) if column}
        if not any(row.values()) or any(EXAMPLE in value for value in row.values()):
            continue
        found = one(line, row)
        if isinstance(found, Problem):
            problems.append(found)
        elif isinstance(found, UnitRow):
            units.append(found)
        else:
            people.append(found)


def _unit(line: int, row: Mapping[str, str]) -> UnitRow | PersonRow | Problem:
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


def _person(line: int, row: Mapping[str, str]) -> UnitRow | PersonRow | Problem:
    kind = PERSON_KINDS.get(fold(row.get("kind", "") or "cong chuc"))
    role = ROLES.get(fold(row.get("role", "")))
    phone = re.sub(r"[\s.()-]", "", row.get("phone", "")) or None
    if phone is not None:
        phone = re.sub(r"^\+?84", "0", phone)
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
    if phone is not None and not re.fullmatch(r"0\d{8,10}", phone):
        return Problem(line, _("«{phone}» is not a phone number: 0 and 8 to 10 digits.", phone=row["phone"]))
    return PersonRow(line, row["name"], row.get("position", ""), kind, row["unit"], role, phone)


def _twice(units: Sequence[UnitRow], people: Sequence[PersonRow]) -> Iterator[Problem]:
    seen: dict[tuple[str, ...], int] = {}
    keys: list[tuple[tuple[str, ...], int]] = [((unit.code,), unit.line) for unit in units]
    keys += [((fold(person.name), person.unit), person.line) for person in people]
    for key, line in keys:
        if key in seen:
            yield Problem(line, _("This line repeats line {line}.", line=seen[key]))
        seen.setdefault(key, line)


def template() -> bytes:
    """A blank roster to fill in: two sheets, with lists to choose from and a marked example line."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheets = (
        ("Đơn vị", ("code", "name", "kind"), ("Mã", "Tên", "Loại"), (14, 48, 14),
         ("QLXD", f"Phòng Quản lý xây dựng {EXAMPLE}", "phong"), {3: "phong,don_vi,doan_the"}),
        ("Nhân sự", ("name", "position", "kind", "unit", "role", "phone"),
         ("Họ và tên", "Chức vụ", "Đối tượng", "Đơn vị", "Vai trò", "Điện thoại"), (30, 24, 18, 12, 14, 16),
         (f"Nông Văn Mẫu {EXAMPLE}", "Chuyên viên", "công chức", "QLXD", "officer", ""),
         {3: "công chức,viên chức,người lao động", 5: "officer,drafter,head,deputy,office,chief,union,leader,admin"}),
    )  # fmt: skip
    for number, (title, _codes, header, widths, example, lists) in enumerate(sheets):
        sheet = book.active if number == 0 else book.create_sheet()
        assert sheet is not None
        sheet.title = title
        for column, (text, width) in enumerate(zip(header, widths, strict=True), 1):
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
