"""The menu by what somebody is doing, and «Tôi còn nợ gì?» when much waits: short, in order, nothing overdue left out."""

import re

from tests.conftest import Office, OpenOffice
from tests.sheets import sheet

ALWAYS = ("Việc của tôi", "Đơn vị tôi", "Trợ giúp")
OFFICE, OFFICER, HEAD = "Lương Thị Nháp", "Nông Văn Mẫu", "Hoàng Văn Thử"


def numbers(said: str) -> list[int]:
    return [int(n) for n in re.findall(r"^(\d+)\. ", said, re.M)]


async def test_a_long_menu_has_headings_and_each_opens(office: Office) -> None:
    assert "Nhập quyết định" not in await office.says(OFFICE, "menu")
    under = await office.says(OFFICE, "xác nhận, tiếp nhận, công nhận")
    assert "Nhập quyết định công nhận sáng kiến" in under
    assert "Nhập thay đơn vị" in under, "what a short menu leaves out stands under its heading"
    assert "Văn bản của tập thể" not in under
    assert "Tiếp nhận" in await office.says(OFFICE, "tiep nhan")


async def test_every_heading_opens_what_stands_under_it_and_no_other_number_opens_anything(office: Office) -> None:
    for who in (OFFICE, HEAD):
        menu = await office.says(who, "/menu")
        headings = re.findall(r"^<(.+)>$", menu, re.M)
        opened = [await office.says(who, "/menu", heading) for heading in headings if heading not in ALWAYS]
        assert len(set(opened)) == len(opened) > 4
        assert not [each for each in opened if menu.splitlines()[1] in each.replace(menu, "")]
        assert await office.says(who, "/menu 99") == await office.says(who, "/menu 0") == menu


async def test_a_short_menu_has_none(office: Office) -> None:
    menu = await office.says(OFFICER, "menu")
    assert "Đăng ký" in menu
    assert "Đăng ký, báo cáo" not in menu
    assert await office.says(OFFICER, "/menu 1") == menu


async def test_twelve_lines_are_shown_and_the_rest_is_one_tap_away(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-06-01T09:00")
    for n in range(16):
        await office.says(OFFICER, *sheet(f"Bản đồ số lần thứ {n} cho {'abcdefghijklmnop'[n] * 7} huyện"))
        code = await office.value("SELECT MAX(code) FROM initiative WHERE kind = 'sk' AND state = 'sent'")
        await office.says(HEAD, f"/xacnhan {code} tralai", "1", "gửi")
    short = await office.says(OFFICER, "việc")
    assert numbers(short)[:12] == [*range(1, 13)]
    assert "(16)" in short
    whole = await office.says(OFFICER, "xem đủ (16)")
    assert set(numbers(whole)) == {*range(1, 17)}


async def test_whatever_is_overdue_is_among_the_twelve(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-22T09:00")
    for n in range(14):
        await office.says(HEAD, *sheet(f"Kho mẫu số {n} cho {'abcdefghijklmnop'[n] * 7} xã"))
        code = await office.value("SELECT MAX(code) FROM initiative WHERE kind = 'sk' AND unit = 'QLXD'")
        await office.says(OFFICE, f"/xacnhan {code} tralai", "1", "gửi")
    said = await office.says(HEAD, "việc")
    overdue = [line for line in said.splitlines() if re.match(r"\d+\. .*quá hạn", line)]
    assert overdue
    assert overdue[0].startswith("1. "), "what is owed comes first, of it the overdue"
    assert max(numbers(said)) <= 12
