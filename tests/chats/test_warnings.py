"""Below a warning («có vẻ giống …») a yes, a no, a command and a steering word are what they say; a new answer is one."""

import pytest

from tests.conftest import Office

KNOWN = "Rút gọn quy trình nội bộ thẩm định báo cáo nghiên cứu khả thi từ 7 bước xuống 5 bước"
"""Registered already, in this very unit."""
TITLES = "SELECT value FROM answer WHERE field = 'title'"


async def warned(office: Office) -> None:
    assert "giống" in (heard := await office.says("officer", "/dangky sk", KNOWN)), heard
    assert await office.rows(TITLES) == [], "nothing is recorded before the yes"


@pytest.mark.parametrize(
    "yes", ["vâng", "có ạ", "vẫn đăng ký", "đăng ký", "đúng rồi", "ok", "cứ đăng ký nhé", "Vẫn đăng ký"]
)
async def test_a_yes_keeps_the_answer(office: Office, yes: str) -> None:
    await warned(office)
    assert "Câu 2/3" in await office.says("officer", yes)
    assert KNOWN in str(await office.value(TITLES))


@pytest.mark.parametrize("no", ["không", "ko", "thôi", "để tôi sửa", "sửa lại", "trùng rồi", "quay lại"])
async def test_a_no_asks_again_and_records_nothing(office: Office, no: str) -> None:
    await warned(office)
    heard = await office.says("officer", no)
    assert "Câu 1/3" in heard, heard
    assert await office.rows(TITLES) == []


@pytest.mark.parametrize(("said", "shown"), [("việc", "Việc của đồng chí"), ("/lichnhac", ""), ("trợ giúp", "việc")])
async def test_a_command_is_a_command(office: Office, said: str, shown: str) -> None:
    await warned(office)
    assert shown in await office.says("officer", said)
    assert await office.rows(TITLES) == []


async def test_another_title_is_the_new_answer_even_where_it_begins_with_a_menu_word(office: Office) -> None:
    await warned(office)
    heard = await office.says("officer", "Báo cáo khối lượng công trình bằng ảnh chụp hiện trường")
    assert "Câu 2/3" in heard, heard
    assert "ảnh chụp" in str(await office.value(TITLES))


async def test_what_is_no_answer_leaves_the_warning_open(office: Office) -> None:
    await warned(office)
    heard = await office.says("officer", "ngắn")
    assert "Nội dung còn ngắn" in heard
    assert "giống" in heard
    assert "Câu 2/3" in await office.says("officer", "vâng")
    assert KNOWN in str(await office.value(TITLES))


async def test_leaving_and_coming_back_asks_it_once_more(office: Office) -> None:
    await warned(office)
    await office.says("officer", "thoát")
    heard = await office.says("officer", "/dangky sk")
    assert "Câu 1/3" in heard
    assert await office.rows(TITLES) == []
