"""Paper: the units in which it is given, and what happens to every other one."""

import pytest

from bot.plan import BadPlan, Plan
from tests.conftest import PLAN_TEXT, Office

AT_PAPER = ("/baocao", "đúng số liệu", "5/5", "12/12")
"""The head's report, up to its question about paper."""
STORED = "SELECT value FROM answer WHERE field = '5' ORDER BY draft DESC LIMIT 1"


@pytest.mark.parametrize(
    ("said", "ram"),
    [("30,5", "30.5"), ("31 ram giấy A4", "31"), ("15.250 tờ", "30.5"), ("dạ 30 ram ạ", "30")],
)
async def test_paper_is_taken_in_ram_and_in_sheets(office: Office, said: str, ram: str) -> None:
    answer = await office.says("head", *AT_PAPER, said)
    assert f"Đã ghi chỉ tiêu 5: {ram.replace('.', ',')} ram" in answer
    assert f'"n":"{ram}"' in str(await office.value(STORED))


@pytest.mark.parametrize(
    "said",
    [
        "30 thùng",
        "32 kg",
        "40 tập",
        "30,5 ram/tháng",
        "30 ram rưỡi",
        "83,3%",
        "1.234,5 kg",
        "30 ram cho cả phòng",
    ],
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


def test_a_plan_names_its_units_with_their_factors() -> None:
    with pytest.raises(BadPlan, match="1 problems"):
        Plan.parse(PLAN_TEXT.replace('"tờ" = "1/500"', '"tờ" = "nửa ram"'))
    plan = Plan.parse(PLAN_TEXT.replace('"tờ" = "1/500"', '"tờ" = "1/500", "thùng" = "5"'))
    assert plan.target("5").measured_in.names == ["ram", "tờ", "thùng"]
