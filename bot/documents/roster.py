"""What an office brings in by a file: units, people, days off; read into rows with their problems."""

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.documents import calendar_sheet
from bot.documents.calendar_sheet import DayRow, read_day_row
from bot.documents.limits import within_memory
from bot.documents.tables import (
    EXAMPLE,
    Problem,
    Table,
    find_header,
    numbers_of,
    place_of,
    read_tables,
    rows,
    unseen,
    where,
)
from bot.language import Joined, Phone, Text, _, exact, fold, name_of, read_phone, signs
from bot.movement import KIND_WORDS, ROLE_CHOICES, read_role, role_names


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit of the file."""

    line: int
    code: str
    name: str
    kind: str
    sheet: str = ""
    head_title: str = ""
    """What its head is called; empty where the file does not say."""

    def wrong(self, what: Text) -> Problem:
        """Something is wrong with this line."""
        return Problem(self.line, what, self.sheet)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person of the file; what it does not say is None."""

    line: int
    name: str
    position: str
    kind: str | None
    unit: str
    role: str | None
    phone: Phone | None
    number: str | None = None
    born: int | None = None
    sheet: str = ""
    note: Text | None = None
    """What was left out of the name."""

    @property
    def where(self) -> Text:
        """The place of the line."""
        return place_of(self.sheet, self.line)

    def wrong(self, what: Text) -> Problem:
        """Something is wrong with this line."""
        return Problem(self.line, what, self.sheet)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything a file says."""

    units: Sequence[UnitRow]
    people: Sequence[PersonRow]
    days: Sequence[DayRow]
    problems: Sequence[Problem]
    notes: Sequence[Text] = field(default=())
    """What was passed over, and what was read although it is hidden."""


Row = UnitRow | PersonRow | DayRow
UNIT_KINDS: Mapping[str, str] = {
    "phong": "phong",
    "phong ban": "phong",
    "van phong": "phong",
    "thanh tra": "phong",
    "ban": "phong",
    "don_vi": "don_vi",
    "don vi": "don_vi",
    "don vi truc thuoc": "don_vi",
    "don vi su nghiep": "don_vi",
    "trung tam": "don_vi",
    "chi cuc": "don_vi",
    "doan_the": "doan_the",
    "doan the": "doan_the",
    "to chuc doan the": "doan_the",
}
LONGEST_NAME, LONGEST_FIELD = 80, 120


@dataclass(frozen=True)
class Kind:
    """A kind of table: how it is told by its columns, and how its lines are read."""

    columns: Mapping[str, Sequence[str]]
    needed: Sequence[frozenset[str]]
    read: Callable[[int, Mapping[str, str]], Row | Problem]

    @property
    def names(self) -> dict[str, str]:
        """Each name of a column and the column it means."""
        return {alias: column for column, aliases in self.columns.items() for alias in aliases}


def read(name: str, data: bytes) -> Sheet:
    """The rows of a file and what is wrong with them."""
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
            problems.append(each) if isinstance(each, Problem) else found.append(each)
    read_any = len(unknown) < len(given.tables)
    for table in unknown:
        if read_any:
            notes.append(_("Sheet «{sheet}» has none of the known columns and was passed over.", sheet=table.name))
        else:
            problems.append(Problem(0, _no_columns(), table.name))
    units = [row for row in found if isinstance(row, UnitRow)]
    people = [row for row in found if isinstance(row, PersonRow)]
    dated = [row for row in found if isinstance(row, DayRow)]
    if read_any and not found and not problems and not _is_template(given.tables):
        problems.append(Problem(0, _("There is no line below the names of the columns: nothing to read.")))
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


def _kind_of(table: Table) -> tuple[Kind, int, list[str]] | None:
    """What a sheet lists, and where its columns stand."""
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


def _rows(table: Table, kind: Kind, place: int, columns: Sequence[str], notes: list[Text]) -> Iterator[Row | Problem]:
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
        each = Problem(line, why) if why is not None else kind.read(line, {**row, "sheet": table.name})
        yield replace(each, sheet=table.name)
    if passed:
        notes.append(_passed(table.name, passed))


def _passed(sheet: str, lines: Sequence[int]) -> Text:
    what = _("these are no lines of the list and were passed over: {lines}", lines=numbers_of(lines))
    return where(Problem(0, what, sheet))


FEW = 2
"""So many filled cells, and no name, below the last name: a sum or a signature; somebody without a name has more."""
_SUM = re.compile(r"tong (?:cong|so)\b|cong ?:")
_FOOT = re.compile(
    r"(?:tong|cong\b|nguoi lap|ghi chu|noi nhan|thu truong|xac nhan|nguoi ky|ky ten|luu\b|ngay \d|.*, ngay [\d. ]+ thang)"
)
"""What stands below a list or between its parts: sums, signatures, places and dates."""


def _unit(line: int, row: Mapping[str, str]) -> Row | Problem:
    kind = UNIT_KINDS.get(fold(row.get("kind", "")))
    code = signs(row.get("code", ""))
    if not code or not row.get("name"):
        return Problem(line, _("A unit needs a code and a name."))
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,16}", code):
        return Problem(line, _("«{code}» is not a code: letters without marks and digits, up to 16.", code=code[:40]))
    if kind is None:
        return Problem(
            line, _("«{kind}» is not a kind of unit: phòng, đơn vị, đoàn thể.", kind=row.get("kind", "")[:40])
        )
    return UnitRow(line, code, row["name"][:LONGEST_FIELD], kind, head_title=row.get("head_title", "")[:LONGEST_FIELD])


def _person(line: int, row: Mapping[str, str]) -> Row | Problem:
    kind = KIND_WORDS.get(fold(row["kind"])) if row.get("kind") else None
    role = read_role(row["role"]) if row.get("role") else None
    phone = read_phone(row["phone"]) if row.get("phone") else None
    born = _year(row["born"]) if row.get("born") else None
    name, left_out = _bare(row.get("name", ""))
    if len(name.split()) < 2 or len(name) > LONGEST_NAME:
        return Problem(line, _("«{name}» is not a full name.", name=name[:LONGEST_NAME]))
    if re.search(r"\d", name):
        return Problem(
            line,
            _(
                "«{name}» has a figure in the name. People of one name are told apart in a column «Mã số» or «Năm sinh».",
                name=name,
            ),
        )
    if not row.get("unit"):
        return Problem(line, _("{name} has no unit.", name=name))
    if row.get("kind") and kind is None:
        return Problem(line, _("«{kind}» is not a kind: công chức, viên chức, người lao động.", kind=row["kind"][:40]))
    if row.get("role") and role is None:
        return Problem(line, _("«{role}» is not a role. Roles: {roles}.", role=row["role"][:40], roles=role_names()))
    if isinstance(phone, Text):
        return Problem(line, phone)
    if row.get("born") and born is None:
        return Problem(line, _("«{year}» is not a year of birth.", year=row["born"][:40]))
    note = None
    if left_out:
        note = _(
            "{where}: {what} was left out of the name {name}.",
            where=place_of(row.get("sheet", ""), line),
            what=Joined([f"«{each}»" for each in left_out]),
            name=name,
        )
    number = signs(row.get("number", ""))[:40] or None
    return PersonRow(
        line,
        name,
        row.get("position", "")[:LONGEST_FIELD],
        kind,
        row["unit"][:LONGEST_FIELD],
        role,
        phone,
        number,
        born,
        note=note,
    )


_TITLES = re.compile(
    r"(?:(?:đồng chí|đ/c|đc|ông|bà|anh|chị|gs|pgs|tskh|ts|ths|th\.s|ks|kts|cn|bs|ls|bscki|cvc|cvcc)[.:]*[ ,/-]+"
    r"|(?:gs|pgs|tskh|ts|ths|ks|kts|cn|bs|ls)\.)+",
    re.IGNORECASE,
)


def _bare(said: str) -> tuple[str, list[str]]:
    """A name without titles before it and remarks behind it, and these."""
    name, left_out = name_of(said[:200]), []
    if (remark := re.search(r"\s*[(\[]([^)\]]*)[)\]]\s*$", name)) is not None:
        left_out.append(remark[1])
        name = name[: remark.start()]
    title = _TITLES.match(name)
    if title is not None:
        rest = name[title.end() :].split()
        # «Ông», «Bà», «Anh» are surnames too.
        if (len(rest) > 2 and rest[0].lower() not in ("văn", "thị")) or (len(rest) > 1 and "." in title[0]):
            left_out.insert(0, title[0].strip())
            name = name[title.end() :]
    return name.strip(" ,;.-"), [each for each in left_out if each]


def _year(said: str) -> int | None:
    found = re.search(r"(?<!\d)(19[3-9]\d|20[01]\d)(?!\d)", said[:40])
    return int(found[1]) if found else None


UNITS = Kind(
    {
        "code": ("code", "ma", "ma don vi", "ky hieu"),
        "name": ("name", "ten", "ten don vi", "don vi", "ten phong"),
        "kind": ("kind", "loai", "loai don vi", "loai hinh"),
        "head_title": (
            "head_title",
            "chuc danh thu truong",
            "chuc danh thu truong don vi",
            "chuc danh nguoi dung dau",
            "nguoi dung dau",
        ),
    },
    [frozenset({"code", "name", "kind"})],
    _unit,
)
PEOPLE = Kind(
    {
        "name": ("name", "ten", "ho va ten", "ho ten", "ho ten can bo", "ho va ten can bo", "ho va ten cong chuc"),
        "position": (
            "position",
            "chuc vu",
            "chuc danh",
            "chuc vu/chuc danh",
            "chuc vu, chuc danh",
            "chuc danh/chuc vu",
        ),
        "kind": ("kind", "doi tuong", "loai", "loai can bo", "doi tuong cc/vc/nld"),
        "unit": (
            "unit",
            "don vi",
            "don vi cong tac",
            "ma don vi",
            "phong",
            "phong ban",
            "phong/don vi",
            "phong, don vi",
            "phong ban/don vi",
            "noi cong tac",
            "ten don vi",
            "bo phan",
        ),
        "role": ("role", "vai tro", "vai tro trong phong trao"),
        "phone": (
            "phone",
            "dien thoai",
            "so dien thoai",
            "so dt",
            "sdt",
            "dt",
            "dtdd",
            "so dtdd",
            "di dong",
            "so di dong",
            "dien thoai di dong",
            "dien thoai lien he",
        ),
        "number": (
            "number",
            "ma so",
            "ma nhan vien",
            "ma nv",
            "ma can bo",
            "ma so can bo",
            "so hieu",
            "so hieu cong chuc",
            "ma cong chuc",
        ),
        "born": ("born", "nam sinh", "ngay sinh", "ngay thang nam sinh", "ngay, thang, nam sinh", "sinh nam"),
    },
    [frozenset({"name", "unit"}), *(frozenset({"name", "position", each}) for each in ("role", "phone", "kind"))],
    _person,
)
DAYS = Kind(calendar_sheet.COLUMNS, [frozenset({"day", "kind"})], read_day_row)
KINDS: Sequence[Kind] = (UNITS, PEOPLE, DAYS)


def _twice(units: Sequence[UnitRow]) -> Iterator[Problem]:
    seen: dict[str, UnitRow] = {}
    for unit in units:
        before = seen.setdefault(exact(unit.code), unit)
        if before is not unit:
            yield unit.wrong(_("This line repeats line {line}.", line=before.line))


def template() -> bytes:
    """A blank roster to fill in: three sheets, with lists to choose from and a marked example line."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheets = (
        (
            "Đơn vị",
            ("Mã", "Tên", "Loại", "Chức danh người đứng đầu"),
            (14, 48, 14, 28),
            ("QLXD", f"Phòng Quản lý xây dựng {EXAMPLE}", "phòng", "Trưởng phòng"),
            {3: "phòng,đơn vị,đoàn thể"},
        ),
        (
            "Nhân sự",
            ("Họ và tên", "Chức vụ", "Đối tượng", "Đơn vị", "Vai trò", "Điện thoại", "Mã số", "Năm sinh"),
            (30, 24, 18, 12, 20, 16, 12, 12),
            (f"Nông Văn Mẫu {EXAMPLE}", "Chuyên viên", "công chức", "QLXD", "chuyên viên", "", "", ""),
            {3: "công chức,viên chức,người lao động", 5: ",".join(ROLE_CHOICES)},
        ),
        (
            "Ngày nghỉ",
            ("Ngày", "Loại", "Ghi chú", "Nguồn"),
            (26, 12, 40, 40),
            ("04/02/2027 đến 10/02/2027", "nghỉ", f"Tết Nguyên đán {EXAMPLE}", "Công văn số 12/SXD-VP ngày 05/01/2027"),
            {2: "nghỉ,làm bù"},
        ),
    )
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
