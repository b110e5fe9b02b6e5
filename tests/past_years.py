"""Offices that begin late, and the workbooks in which they write a past year down."""

import io
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from openpyxl import load_workbook

from bot.documents.past_year_sheets import KnownUnit, sheets
from bot.documents.past_year_template import past_year_template
from bot.language import fold
from bot.movement import Plan
from bot.office import clock_doubt
from bot.office.roster import onboarding
from bot.server.clock import at_office
from bot.server.held_commands import perform
from bot.server.office import plan_hash
from storage import people, plans, settings
from storage.db import Database, Tx
from tests.conftest import PLAN_TEXT, Office, running

Person = tuple[str, str, str, str]
"""Name, position, unit, role."""
Cells = Mapping[str, object]
"""The cells of a line, by column."""


async def founded(
    path: Path, plan_text: str, at: str, year: int, units: Sequence[tuple[str, str, str]], everybody: Sequence[Person]
) -> None:
    """Make the file of an office that has just begun: units (code, name, kind), people."""
    plan, now, db = Plan.parse(plan_text), at_office(at), Database(path)

    def work(tx: Tx) -> None:
        plans.take(tx, hash=plan_hash(plan_text), text=plan_text, now=now)
        clock_doubt.confirm(tx, now)
        settings.allow_stepping(tx)
        onboarding.init(tx, plan=plan, name="Hà Văn Quản Trị", year=year, now=now)
        for code, name, kind in units:
            people.add_unit(tx, code=code, name=name, kind=kind)
        for name, position, unit, role in everybody:
            people.add_person(
                tx, name=name, name_fold=fold(name), position=position, kind="cong_chuc", unit=unit, role=role
            )

    await db.open()
    await db.write(work)
    await db.close()


@asynccontextmanager
async def begun(path: Path, plan_text: str, at: str) -> AsyncIterator[Office]:
    """The same office, running."""
    async with running(path, at, plan_text) as office:
        yield office


def workbook(plan: Plan, year: int, units: Sequence[KnownUnit], lines: Mapping[str, Sequence[Cells]]) -> bytes:
    """The template with these lines filled in, by sheet; a line of a unit fills the unit's own."""
    book = load_workbook(io.BytesIO(past_year_template(plan, year, units)))
    for sheet in sheets(plan, year):
        columns = {column.key: number for number, column in enumerate(sheet.columns, 1)}
        place = {
            str(row[columns["unit"] - 1].value): number
            for number, row in enumerate(book[sheet.title].iter_rows(min_row=3), 3)
        }
        free = 3 if not place else max(place.values()) + 1
        if sheet.key == "baselines":
            place, free = {}, 3
            for row in book[sheet.title].iter_rows(min_row=3):
                for cell in row:
                    cell.value = None
        for line in lines.get(sheet.key, ()):
            at = place.get(str(line.get("unit"))) if sheet.by_unit else None
            if at is None:
                at, free = free, free + 1
            for key, value in line.items():
                book[sheet.title].cell(at, columns[key]).value = value  # type: ignore[assignment]  # what people write into cells
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


async def taken(office: Office, year: int, data: bytes, *more: str) -> tuple[str, int]:
    """What `import-year` says of a workbook, and its exit code."""
    path = office.folder.parent / "year.xlsx"
    path.write_bytes(data)
    return await perform(office.app, ["import-year", str(year), str(path), *more], "vi")


# An office of the first plan that begins in November 2026 ------------------------------------------

BEGINS = "2026-11-28T09:00"
PLAN = Plan.parse(PLAN_TEXT)
UNITS = (
    ("QLXD", "Phòng Quản lý xây dựng", "phong"),
    ("TTr", "Thanh tra Sở", "phong"),
    ("KTHT", "Phòng Kết cấu hạ tầng", "phong"),
)
PEOPLE = (
    ("Vi Thị Văn", "Chánh Văn phòng", "VP", "chief"),
    ("Hứa Thị Thử", "Chuyên viên", "VP", "office"),
    ("Nông Văn Mẫu", "Trưởng phòng", "QLXD", "head"),
    ("Lý Thị Ví Dụ", "Chuyên viên", "QLXD", "officer"),
    ("Tô Văn Tạm", "Chánh Thanh tra", "TTr", "head"),
    ("Lương Văn Thí", "Chuyên viên", "TTr", "officer"),
    ("Chu Thị Nháp", "Trưởng phòng", "KTHT", "head"),
    ("Hoàng Thị Trùng", "Chuyên viên", "KTHT", "officer"),
    ("Hoàng Thị Trùng", "Chuyên viên", "TTr", "officer"),
)
KNOWN = [KnownUnit("VP", "Văn phòng Sở"), *(KnownUnit(code, name) for code, name, _kind in UNITS)]


def figures(unit: str, *shares: tuple[object, object] | None, paper: object, **more: object) -> Cells:
    """A line of results: the shares of targets 2, 3, 6 and the files; reams."""
    line: dict[str, object] = {"unit": unit, "5|n": paper, **more}
    for code, share in zip(("2", "3", "6", "II.3.1"), shares, strict=True):
        if share is None:
            line[f"{code}|na"] = "x"
        else:
            line[f"{code}|n"], line[f"{code}|d"] = share
    return line


def item(unit: str, title: str, authors: str, **more: object) -> Cells:
    """A line of a registered initiative."""
    return {"kind": "sáng kiến", "title": title, "area": "II.3", "unit": unit, "authors": authors, **more}


YEAR: Mapping[str, Sequence[Cells]] = {
    "results": (
        figures("VP", (8, 8), None, (8, 8), (50, 50), paper=45),
        figures("QLXD", (17, 18), (40, 42), (18, 18), (400, 410), paper="30,5"),
        figures("TTr", (9, 9), None, (9, 9), (100, 100), paper="20 ram", number="15/BC-TTr", day="05/11/2026"),
        figures("KTHT", (5, 6), (12, 12), (6, 6), ("1.234", "1.300"), paper="12.000 tờ"),
    ),
    "report": (
        {"unit": "QLXD", "II.3": "Số hóa 400 hồ sơ", "II.6": "không thuộc chức năng", "vuong_mac": "Đường truyền yếu"},
    ),
    "baselines": tuple(
        {"target": "5", "unit": unit, "year": 2025, "ten_months": n, "whole_year": n * 1.2}
        for unit, n in (("VP", 60), ("QLXD", 40), ("TTr", 20), ("KTHT", 30))
    ),
    "items": (
        item(
            "QLXD",
            "Rút gọn quy trình thẩm định",
            "Nông Văn Mẫu 70; Lý Thị Ví Dụ 30",
            level="cơ sở",
            decision="45/QĐ-SXD",
            decided="20/10/2026",
        ),
        item(
            "QLXD",
            "Dán mã QR tại nơi tiếp nhận hồ sơ",
            "Lý Thị Ví Dụ",
            level="cơ sở",
            decision="45/QĐ-SXD",
            decided="20/10/2026",
        ),
        item(
            "TTr",
            "Sổ theo dõi kiến nghị sau thanh tra",
            "Lương Văn Thí",
            level="tỉnh",
            decision="1204/QĐ-UBND",
            decided="05/11/2026",
        ),
        item("KTHT", "Bản đồ số các tuyến đường tỉnh", "Chu Thị Nháp"),
    ),
    "plans": tuple(
        {"unit": unit, "number": f"0{n}/KH-{unit}", "day": f"1{n}/01/2026", "signer": who}
        for n, (unit, who) in enumerate((("VP", "Vi Thị Văn"), ("QLXD", "Nông Văn Mẫu"), ("TTr", "Tô Văn Tạm")))
    ),
    "lists": ({"unit": "QLXD", "state": "đã chốt", "day": "15/03/2026"}, {"unit": "VP", "state": "không đăng ký"}),
}


async def founded_late(path: Path) -> None:
    """Make the file of that office, which has opened 2027."""
    await founded(path, PLAN_TEXT, BEGINS, 2027, UNITS, PEOPLE)
