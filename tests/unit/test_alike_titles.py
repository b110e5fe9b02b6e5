"""Titles that are one to people: short forms are opened by the plan's table before they are compared."""

import pytest

from bot.language import fold
from bot.movement import Plan, opened
from bot.office.duties.alike_titles import most_alike
from tests.conftest import PLAN_TEXT

TABLE = Plan.parse(PLAN_TEXT).abbreviations
PAIRS = (
    ("Số hóa hồ sơ cấp phép của TP.HCM", "Số hóa hồ sơ cấp phép của Thành phố Hồ Chí Minh"),
    ("Ứng dụng cntt trong giải quyết tthc", "Ứng dụng công nghệ thông tin trong giải quyết thủ tục hành chính"),
    ("Đẩy mạnh CĐS tại UBND các xã", "Đẩy mạnh chuyển đổi số tại Ủy ban nhân dân các xã"),
    ("Kết nối csdl với TP. HCM", "kết nối cơ sở dữ liệu với thành phố hồ chí minh"),
    ("Rút ngắn thời gian cấp GPXD", "Rút ngắn thời gian cấp giấy phép xây dựng"),
)


@pytest.mark.parametrize(("short", "long"), PAIRS)
def test_what_is_written_short_is_the_same_title(short: str, long: str) -> None:
    assert most_alike(short, ["Quản lý cây xanh đô thị", long], TABLE) == 1
    assert most_alike(long, ["Quản lý cây xanh đô thị", short], TABLE) == 1
    assert most_alike(fold(short), [long], TABLE) == 0


def test_other_titles_stay_others() -> None:
    assert most_alike("Số hóa hồ sơ cấp phép của TP.HCM", ["Số hóa bản đồ quy hoạch của thành phố"], TABLE) is None


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("tp.hcm", "thanh pho ho chi minh"),
        ("tp hcm", "thanh pho ho chi minh"),
        ("(ubnd tp.hcm),", "(uy ban nhan dan thanh pho ho chi minh),"),
        ("cds/cntt", "chuyen doi so cong nghe thong tin"),
        ("sk-2027-001", "sk-2027-001"),
        ("qd 12/qd-sxd", "quyet dinh 12/qd-sxd"),
        ("bo tri", "bo tri"),
        ("", ""),
    ],
)
def test_only_whole_words_are_opened(said: str, found: str) -> None:
    assert opened(said, TABLE) == found


def test_a_plan_without_a_table_has_what_every_office_writes_short() -> None:
    start = PLAN_TEXT.index("[abbreviations]")
    plain = PLAN_TEXT[:start] + PLAN_TEXT[PLAN_TEXT.index("[clauses]") :]
    for plan in (Plan.parse(plain), Plan.kept(plain)):
        assert opened("cntt cua tp.hcm", plan.abbreviations) == "cong nghe thong tin cua thanh pho ho chi minh"
        assert "gpxd" not in plan.abbreviations


def test_what_is_remembered_of_one_table_is_not_said_of_another() -> None:
    table = {"cntt": "cong nghe thong tin"}
    assert opened("phong cntt", table) == "phong cong nghe thong tin"
    assert opened("phong cntt", {"cntt": "chu nhiem thanh tra"}) == "phong chu nhiem thanh tra"
    table["phong"] = "ban"
    assert opened("phong cntt", table) == "ban cong nghe thong tin"
    assert opened("phong cntt", {}) == "phong cntt"
