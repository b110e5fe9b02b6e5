"""«Năm mới»: what the year's turn leaves to be settled, each with its door, told once in January."""

import sqlite3
from pathlib import Path

import pytest

from tests.conftest import Office, OpenOffice
from tests.transcribing import FOLDER, transcribe

LIST = "Việc đầu năm 2028 cần giải quyết"


def unsettle(path: Path) -> None:
    """A unit without a head, a delegate who left, a correction under way."""
    with sqlite3.connect(path) as file:
        file.execute("UPDATE person SET active = 0 WHERE name = 'Lâm Thị Mục Lục'")
        file.execute(
            "INSERT INTO delegate SELECT 'QLXD', 'results', 2028, id, id, '2027-10-01T02:00:00.000000Z' FROM person WHERE name = 'Lâm Thị Mục Lục'"
        )


@pytest.mark.slow
async def test_the_list_names_everything_with_its_door(open_office: OpenOffice, demo_file: Path) -> None:
    unsettle(demo_file)
    office = await open_office("2028-01-04T09:00")
    await office.says("office", ":clock 2028-01-04T09:05")
    said = await office.says("office", "năm mới")
    assert LIST in said
    assert "Chưa có thời hạn" in said
    assert "kế hoạch năm 2028" in said
    assert "chưa có người đứng đầu (01): Phòng Kinh tế và Vật liệu xây dựng" in said
    assert "Trung tâm Quy hoạch xây dựng" in said, "its head has no chat"
    assert "Lịch nghỉ năm 2028 chưa được xác nhận." in said
    assert "Chưa gửi báo cáo năm 2027 (11)" in said
    assert "Chưa nhập mốc so sánh giấy sử dụng" in said
    assert "Lâm Thị Mục Lục được giao soạn cho Phòng Quản lý xây dựng" in said
    assert "Hiện có 01 người quản trị" in said
    for door in ("Thời hạn kế hoạch năm 2028", "Lịch nghỉ năm 2028", "Mời người", "Mốc so sánh giấy sử dụng"):
        assert door in said
    assert "Việc này do Văn phòng Sở thực hiện" in await office.says("head", "/nammoi")


async def test_the_supplement_of_the_year_just_begun_is_not_asked_for(open_office: OpenOffice) -> None:
    """It opens in the January after, and waits until the office asks for it."""
    office = await open_office("2028-01-04T09:00")
    await office.says("office", ":clock 2028-01-04T09:05")
    dates = (await office.says("office", "/nammoi")).split(LIST)[-1]
    assert "kế hoạch năm 2028" in dates
    assert "bổ sung số liệu" not in dates


async def test_what_is_settled_is_not_named(open_office: OpenOffice) -> None:
    office = await open_office("2028-01-04T09:00")
    await office.says("office", ":clock 2028-01-04T09:05")
    before = await office.says("office", "/nammoi")
    assert "kế hoạch năm 2028" in before.split(LIST)[-1]
    await office.says("office", "/thoihan plan 2028", "31/01/2028", "công văn 12/SXD-VP", "gửi")
    assert "kế hoạch năm 2028" not in (await office.says("office", "/nammoi")).split(LIST)[-1]


@pytest.mark.slow
async def test_the_office_hears_once_in_the_days_message(open_office: OpenOffice) -> None:
    office: Office = await open_office("2027-12-31T09:00")
    assert LIST not in await office.says("office", "việc")
    heard = ""
    for day in ("2028-01-04T07:50", "2028-01-04T08:05", "2028-01-05T08:05", "2028-01-10T08:05"):
        heard += await office.says("office", f":clock {day}")
    assert heard.count(LIST) == 1
    keys = await office.rows("SELECT COUNT(*) FROM rung WHERE key = 'new_year:2028'")
    assert keys[0][0] >= 1
    days = await office.rows(
        "SELECT day, COUNT(*) FROM outbox WHERE kind = 'daily' AND person = (SELECT id FROM person WHERE name = 'Lương Thị Nháp') GROUP BY day"
    )
    assert all(n == 1 for _day, n in days)


@pytest.mark.parametrize("look", ["keyboard", "plain"])
async def test_the_list_as_the_office_sees_it(open_office: OpenOffice, look: str, record: bool) -> None:
    chat = [("office", [":clock 2028-01-04T09:35", "nam moi"])]
    golden = FOLDER / "new-year" / f"list.{look}.txt"
    await transcribe(await open_office("2027-12-31T16:00"), chat, look, golden, record)
