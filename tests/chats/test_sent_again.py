"""What was sent and opened again is not sent again in silence; what a command is given, it can bear."""

from pathlib import Path

import pytest

from tests.conftest import Office, OpenOffice
from tests.sheets import REPORT, sheet

pytestmark = pytest.mark.slow


async def test_a_report_opened_again_says_that_it_is_not_sent_again(office: Office) -> None:
    sent = await office.says("head", *REPORT)
    assert "✅ Đã gửi báo cáo năm 2027" in sent
    opened = await office.says("head", "/baocao sua 2027")
    assert "Chưa gửi lại" in opened
    changed = await office.says("head", "sửa 5 35 ram")
    assert "Chưa gửi lại" in changed
    assert "Xem lại trước khi gửi" in changed
    left = await office.says("head", "thoát")
    assert "Chưa gửi lại" in left
    assert (
        await office.value(
            "SELECT numerator FROM figure WHERE target = '5' AND result = (SELECT MAX(result) FROM figure)"
        )
        == "30.5"
    )
    again = await office.says("head", "soạn tiếp", "gửi")
    assert "sửa báo cáo năm 2027" in again or "thay đổi" in again
    assert (
        await office.value(
            "SELECT numerator FROM figure WHERE target = '5' AND result = (SELECT MAX(result) FROM figure)"
        )
        == "35"
    )


async def test_sending_from_a_page_that_is_not_confirmed_says_what_is_missing(office: Office) -> None:
    said = await office.says("head", "/baocao 2027", "gửi")
    assert "Chưa gửi: còn phần dưới đây cần xác nhận hoặc trả lời." in said.split("---\n")[-2]


async def test_a_sheet_opened_again_says_so_too(office: Office) -> None:
    await office.says("officer", *sheet("Tra cứu hồ sơ cấp phép bằng mã QR"))
    assert "Chưa gửi lại" in await office.says("officer", "/cuatoi sua SK-2027-017")


async def test_a_sheet_of_the_old_year_says_that_the_year_is_over(open_office: OpenOffice) -> None:
    office = await open_office("2027-12-31T15:00")
    await office.says("officer", "/dangky sk", "Tra cứu hồ sơ cấp phép bằng mã QR", "3", "1")
    said = await office.says("officer", ":clock 2028-01-03T09:00", "xem phiếu", "tiếp tục")
    assert "Năm 2027 đã hết" in said


async def test_a_past_last_day_shows_who_would_hear_what(office: Office) -> None:
    said = await office.says("office", "/thoihan plan 2027", "13/10/2027")
    assert "Ngày 13/10/2027 đã qua 05 ngày. Lãnh đạo 01 đơn vị chưa gửi sẽ nhận tin quá hạn 05 ngày: " in said
    assert await office.value("SELECT COUNT(*) FROM deadline WHERE day = '2027-10-13'") == 0


LONG = "9" * 20
LONGER = "9" * 5000


COMMANDS = [
    "/viec tiep",
    "/viec cu",
    "/cuatoi v",
    "/cuatoi sk",
    "/dondoc dongy",
    "/dondoc",
    "/lich",
    "/lich xacnhan",
    "/lich bo",
    "/lich ghi",
    "/tonghop",
    "/chuagui",
    "/thoihan mo",
    "/thoihan plan",
    "/viechan hen confirmation",
    "/viechan giao results",
    "/viechan visao results 2027",
    "/xacnhan",
    "/tiepnhan",
    "/tiepnhan v",
    "/congnhan",
    "/baocao",
    "/kehoach",
    "/baocaotinh",
    "/xembaocao",
    "/chaythu",
    "/hen",
    "/nghiphep",
    "/mocgiay",
    "sửa",
    "",
]


@pytest.mark.parametrize("number", [LONG, LONGER, "٣"])
async def test_no_number_is_too_big_for_a_command(office: Office, number: str) -> None:
    joined = [f"{each}{number}" if each.endswith(" v") else f"{each} {number}".strip() for each in COMMANDS]
    for who in ("office", "head"):
        said = await office.says(who, *joined)
        assert "chưa trả lời được" not in said
    assert await office.value("SELECT COUNT(*) FROM inbox WHERE state NOT IN ('done', 'new')") == 0


async def test_a_promise_for_a_sheet_that_does_not_wait(office: Office) -> None:
    said = await office.says(
        "head", "/viechan hen confirmation 2027 SK-2027-002", "/viechan hen confirmation 2027 KHONG"
    )
    assert "chưa trả lời được" not in said


async def test_an_empty_file_is_refused_at_the_door(office: Office, tmp_path: Path) -> None:
    empty = tmp_path / "minh chung.pdf"
    empty.write_bytes(b"")
    said = await office.says("officer", "/dangky sk", "Tra cứu hồ sơ cấp phép bằng mã QR", "3", f":file {empty}")
    assert "không có nội dung (0 byte)" in said
    assert "Đã nhận" not in said
    assert await office.value("SELECT COUNT(*) FROM file") == 0
