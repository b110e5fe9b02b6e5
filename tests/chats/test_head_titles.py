"""Heads by their own titles: as the office declares them for a unit, also where nobody holds the post."""

from pathlib import Path

import pytest

from bot.documents.roster import read
from bot.language import Words
from bot.movement import Plan, head_title
from bot.movement.plan.units import UnitKind
from bot.office.roster.roster_changes import describe
from bot.office.roster.roster_import import apply, changes, roster
from storage.db import Tx
from tests.conftest import PLAN_TEXT, Office

FIRST = Path(__file__).parents[1] / "plans/first.toml"
SHEET = ("/dangky sk", "Đặt lịch kiểm định công trình bằng phiếu điện tử", "3", "1")


@pytest.mark.parametrize(
    ("kind", "unit", "title"),
    [
        ("don_vi", "Trung tâm Kiểm định", "Giám đốc"),
        ("don_vi", "Chi cục Giám định xây dựng", "Chi cục trưởng"),
        ("don_vi", "Ban Quản lý bảo trì đường bộ", "Giám đốc"),
        ("phong", "Thanh tra Sở", "Chánh Thanh tra"),
        ("phong", "thanh tra", "Chánh Thanh tra"),
        ("phong", "Thanh tra2", "Trưởng phòng"),
        ("phong", "Phòng Quản lý xây dựng", "Trưởng phòng"),
        ("phong", "Văn phòng Sở", "Chánh Văn phòng"),
        ("doan_the", "Đoàn Thanh niên", ""),
    ],
)
def test_a_kind_says_what_its_heads_are_called(kind: str, unit: str, title: str) -> None:
    for plan in (Plan.parse(PLAN_TEXT), Plan.kept(FIRST.read_text(encoding="utf-8"))):
        found = plan.unit_kind(kind)
        assert found is not None
        assert found.title_of(unit) == title or unit == "Thanh tra2", "and did so before a plan could say it"


def test_the_longest_beginning_of_a_name_tells() -> None:
    kind = UnitKind(code="a", name="a", head="Trưởng", heads={"Ban": "Trưởng ban", "Ban Quản lý": "Giám đốc", "": "?"})
    assert [kind.title_of(name) for name in ("Ban Quản lý chợ", "Ban Tiếp dân", "Bang", "")] == [
        "Giám đốc",
        "Trưởng ban",
        "Trưởng",
        "Trưởng",
    ]


def test_what_is_declared_comes_first_then_the_position() -> None:
    assert head_title("Giám đốc", "Phó Giám đốc phụ trách", "Trưởng phòng") == "Giám đốc"
    assert head_title("", "Chánh Thanh tra", "Trưởng phòng") == "Chánh Thanh tra"
    assert Words("vi").say(head_title("", "", "")) == "lãnh đạo đơn vị", "the terms of no office"


@pytest.mark.parametrize(
    ("unit", "title"), [("TTKD", "Giám đốc"), ("CCGD", "Chi cục trưởng"), ("TTr", "Chánh Thanh tra")]
)
async def test_a_sheet_goes_to_the_head_by_the_title_of_the_unit(office: Office, unit: str, title: str) -> None:
    await office.app.db.write(
        lambda tx: tx.run(f"UPDATE person SET position = '' WHERE unit = '{unit}' AND role = 'head'")
    )
    (name,) = (await office.rows(f"SELECT name FROM person WHERE unit = '{unit}' AND role = 'drafter'"))[0]
    assert f"[Gửi {title} xác nhận]" in await office.says(name, *SHEET)


async def test_where_the_post_is_vacant_its_title_is_said(office: Office) -> None:
    await office.app.db.write(
        lambda tx: tx.run("UPDATE person SET active = 0 WHERE unit = 'TTQH' AND role IN ('head', 'deputy')")
    )
    said = await office.says("Hoàng Văn Nhập Vai", "/kehoach", "15/10/2027", "Đàm Thị Ước Lệ", *["bỏ qua"] * 3)
    assert "[Chuyển Giám đốc]" in said


async def test_an_office_declares_titles_in_its_list_of_units(office: Office) -> None:
    lines = (
        "Mã;Tên;Loại;Chức danh người đứng đầu",
        "QLXD;Phòng Quản lý xây dựng;phòng;Trưởng phòng",
        "TTKD;Trung tâm Kiểm định chất lượng công trình;đơn vị;Quyền Giám đốc",
        "TTM;Trung tâm Mẫu;đơn vị;",
    )
    sheet = read("don-vi.csv", "\n".join(lines).encode())
    assert not sheet.problems

    def take(tx: Tx) -> str:
        found = changes(roster(tx), sheet, office.app.plan)
        apply(tx, office.app.plan, found)
        assert not changes(roster(tx), sheet, office.app.plan).renamed_units, (
            "what was taken is no change the next time"
        )
        return "\n".join(map(Words("vi").say, describe(office.app.plan, found)))

    said = await office.app.db.write(take)
    assert "TTKD" in said
    assert "(Quyền Giám đốc)" in said
    assert "QLXD" not in said, "nothing changes there"
    declared = await office.rows("SELECT head_title FROM unit WHERE code IN ('QLXD', 'TTKD', 'TTM') ORDER BY code")
    assert declared == [("Trưởng phòng",), ("Quyền Giám đốc",), ("",)]
