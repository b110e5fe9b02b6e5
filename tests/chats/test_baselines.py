"""Amounts: the units in which they are given, what they are measured against, and what happens to every other unit."""

import re
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.movement.plan import BadPlan, Plan
from bot.server.office import plan_hash
from tests.chats.test_figures import line_of
from tests.conftest import PLAN_TEXT, Office, running

AT_PAPER = ("/baocao", "đúng số liệu", "5/5", "12/12")
"""The head's report, up to its question about paper."""
STORED = "SELECT value FROM answer WHERE field = '5' ORDER BY draft DESC LIMIT 1"


@pytest.mark.parametrize(
    ("said", "ram"),
    [("30,5", "30.5"), ("31 ram giấy A4", "31"), ("15.250 tờ", "30.5"), ("dạ 30 ram ạ", "30"), ("30 ram rưỡi", "30.5")],
)
async def test_paper_is_taken_in_ram_and_in_sheets(office: Office, said: str, ram: str) -> None:
    answer = await office.says("head", *AT_PAPER, said)
    assert f"Đã ghi chỉ tiêu 5: {ram.replace('.', ',')} ram" in answer
    assert f'"n":"{ram}"' in str(await office.value(STORED))


@pytest.mark.parametrize(
    "said", ["30 thùng", "32 kg", "40 tập", "30,5 ram/tháng", "83,3%", "1.234,5 kg", "30 ram cho cả phòng"]
)
async def test_any_other_unit_is_asked_back_and_never_kept(office: Office, said: str) -> None:
    answer = await office.says("head", *AT_PAPER, said)
    assert f"Trợ lý chưa hiểu «{said}»: số lượng ghi theo ram, tờ." in answer
    assert await office.value(STORED) is None


async def test_an_estimate_of_the_whole_year_has_units_too(office: Office) -> None:
    answer = await office.says("head", *AT_PAPER, "ước cả năm 38 thùng", "ước cả năm 19.000 tờ")
    assert "Trợ lý chưa hiểu «ước cả năm 38 thùng»" in answer
    assert "38 ram (ước cả năm)" in answer


async def test_a_baseline_has_the_units_of_the_plan(office: Office) -> None:
    asked = await office.says("office", "/mocgiay TTr", "2026", "35 thùng", "17.500 tờ", "bỏ qua")
    assert "Trợ lý chưa hiểu «35 thùng»" in asked
    assert "35 ram" in asked.split("Trợ lý chưa hiểu «35 thùng»")[1]


@pytest.mark.parametrize("said", ["17 thùng / 18 thùng", "17 triệu trên 18 triệu", "17 tháng / 18"])
async def test_a_share_of_people_is_of_people(office: Office, said: str) -> None:
    answer = await office.says("head", "/baocao", "sửa 2", said)
    assert "Trợ lý chưa hiểu «" in answer
    assert "Đã ghi chỉ tiêu 2" not in answer


@pytest.mark.parametrize(
    "said", ["4 người / 5 người", "4 trên tổng số 5 CCVC", "4/5 đồng chí ạ", "4/5 công chức, viên chức"]
)
async def test_a_share_of_people_is_read_in_everyday_words(office: Office, said: str) -> None:
    assert "Trợ lý chưa" not in await office.says("head", "/baocao", "sửa 2", said)


def test_a_plan_names_its_units_with_their_factors() -> None:
    with pytest.raises(BadPlan, match="1 problems"):
        Plan.parse(PLAN_TEXT.replace('"tờ" = "1/500"', '"tờ" = "nửa ram"'))
    plan = Plan.parse(PLAN_TEXT.replace('"tờ" = "1/500"', '"tờ" = "1/500", "thùng" = "5"'))
    assert plan.target("5").measured_in.names == ["ram", "tờ", "thùng"]


# One buyer for the whole office ---------------------------------------------------------------

OF_OFFICE = re.sub(
    r'\[\[radar\]\]\ntarget = "5"\non = "[0-9-]+"\n', "", PLAN_TEXT.replace('asked_of = "units"', 'asked_of = "office"')
)


@pytest.fixture
async def one_buyer(demo_file: Path) -> AsyncIterator[Office]:
    """The demo's office under a plan that asks the office alone for paper."""
    with sqlite3.connect(demo_file) as file:
        file.execute("INSERT INTO plan VALUES (?, ?, '2027-01-01T00:00:00.000000Z')", (plan_hash(OF_OFFICE), OF_OFFICE))
        file.execute("UPDATE setting SET value = ? WHERE name = 'plan'", (plan_hash(OF_OFFICE),))
    async with running(demo_file, "2027-10-18T08:15") as office:
        yield office


async def test_where_the_office_buys_for_all_no_unit_is_asked_for_paper(one_buyer: Office) -> None:
    page = await one_buyer.says("head", "/baocao")
    assert "Giấy sử dụng" not in page
    asked = await one_buyer.says("head", "đúng số liệu", "5/5", "12/12")
    assert "Chỉ tiêu 6" in asked
    assert "ram" not in asked


@pytest.mark.slow
async def test_the_offices_own_figure_is_the_sum_and_says_so(one_buyer: Office) -> None:
    listed = await one_buyer.says("office", "/mocgiay")
    assert "Giấy sử dụng: số liệu của toàn cơ quan; các đơn vị không phải báo cáo chỉ tiêu này" in listed
    assert "Phòng" not in listed
    assert "Nhập số liệu của toàn cơ quan: giấy sử dụng" in await one_buyer.says("office", "việc")
    await one_buyer.says("office", "/mocgiay 2025", "400 ram", "480 ram", "gửi")
    kept = await one_buyer.says("office", "/mocgiay 2027", "40 thùng", "175.000 tờ", "bỏ qua", "gửi")
    assert "Trợ lý chưa hiểu «40 thùng»" in kept
    assert "✅ Đã ghi số liệu của toàn cơ quan năm 2027: Giấy sử dụng" in kept
    line = line_of(await one_buyer.says("office", "tổng hợp 2027"), "5. Giấy sử dụng")
    assert "giảm 12,5%" in line
    assert "(số liệu chung của cơ quan)" in line
    assert "đơn vị" not in line


def test_the_office_alone_is_asked_for_amounts_only() -> None:
    with pytest.raises(BadPlan):
        Plan.parse(PLAN_TEXT.replace('unit = "thủ tục"', 'unit = "thủ tục"\nasked_of = "office"'))
