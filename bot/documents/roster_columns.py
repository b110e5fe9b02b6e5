"""Which columns a roster's tables have, by every name that offices give them. A table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.documents import calendar_sheet
from bot.documents.calendar_sheet import DayRow, read_day_row
from bot.documents.roster_rows import PersonRow, UnitRow, read_person, read_unit
from bot.documents.tables import TableProblem

Row = UnitRow | PersonRow | DayRow


@dataclass(frozen=True)
class TableKind:
    """A kind of table: how it is told by its columns, and how its lines are read."""

    columns: Mapping[str, Sequence[str]]
    needed: Sequence[frozenset[str]]
    read: Callable[[int, Mapping[str, str]], Row | TableProblem]

    @property
    def names(self) -> dict[str, str]:
        """Map each name of a column to the column it means."""
        return {alias: column for column, aliases in self.columns.items() for alias in aliases}


UNITS = TableKind(
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
    read_unit,
)
PEOPLE = TableKind(
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
    read_person,
)
DAYS = TableKind(calendar_sheet.COLUMNS, [frozenset({"day", "kind"})], read_day_row)
KINDS: Sequence[TableKind] = (UNITS, PEOPLE, DAYS)
