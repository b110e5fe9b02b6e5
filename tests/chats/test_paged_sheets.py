"""A long sheet comes page by page, on every look; what is sent from any page is the whole sheet.

`./run test tests/chats/test_paged_sheets.py --record` writes the chats anew; read the difference before committing.
"""

from datetime import datetime

import pytest

from bot.dialogue import paging
from bot.dialogue.turn import Draft, Scene
from bot.language import Words
from tests.conftest import Office, OpenOffice
from tests.sheets import CANDID_REPORT
from tests.transcribing import FOLDER, LOOKS, Conversation, transcribe

LONG = " ".join(f"Bước {n}: dán mã QR tại nơi tiếp nhận hồ sơ và gửi kèm phiếu hẹn." for n in range(1, 21))
REGISTERED = ("/dangky sk", "Tra cứu thành phần hồ sơ cấp phép bằng mã QR", "3", "mình tôi", f"sửa tóm tắt {LONG}")
CONVERSATIONS: dict[str, Conversation] = {
    "a_report_is_leafed_through": [
        ("head", [*CANDID_REPORT[:-1], "xem toàn văn", "tiếp", "trang 4", "tiếp", "trước", "15", "quay lại", "gửi"])
    ],
    "a_long_sheet_is_sent_from_its_first_page": [
        ("officer", [*REGISTERED, "trang sau", "tiếp", "xem phiếu", "tiếp tục", "gửi"])
    ],
}


@pytest.mark.parametrize("name", CONVERSATIONS)
@pytest.mark.parametrize("look", LOOKS)
async def test_the_conversation_is_as_it_was_agreed(
    open_office: OpenOffice, name: str, look: str, record: bool
) -> None:
    await transcribe(await open_office(), CONVERSATIONS[name], look, FOLDER / "paged" / f"{name}.{look}.txt", record)


@pytest.mark.parametrize("look", ["keyboard", "plain"])
async def test_every_line_of_the_sheet_stands_on_one_page(office: Office, look: str) -> None:
    await office.says("head", *CANDID_REPORT[:-1], look=look)
    first = await office.says("head", "xem toàn văn", look=look)
    pages = int(first.split("Trang 1/")[1].split("\n")[0])
    shown = [first] + [await office.says("head", "tiếp", look=look) for _page in range(1, pages)]
    assert all(f"Trang {n}/{pages}" in page for n, page in enumerate(shown, 1))
    lines = [line.partition(". ")[0] for page in shown for line in page.split("\n") if ": " in line]
    assert [int(line) for line in lines if line.isdecimal()] == list(range(1, 23))


async def test_whoever_changes_an_answer_on_a_later_page_is_not_lost(office: Office) -> None:
    await office.says("officer", *REGISTERED)
    said = await office.says("officer", "tiếp", "sửa 1 Tra cứu hồ sơ cấp phép bằng mã QR ở một cửa", "gửi")
    assert "✏️ Đã sửa câu 1" in said
    assert "✅ Đã gửi phiếu" in said
    assert "một cửa" in str(await office.value("SELECT title FROM initiative WHERE code = 'SK-2027-017'"))
    assert "Bước 20" in await office.says("officer", "/cuatoi SK-2027-017")


@pytest.mark.parametrize("text", [LONG, "x" * 100_000, "dài " * 20_000, "dòng\n" * 900, "", "ngắn"])
def test_no_page_is_longer_than_one_look_and_nothing_is_lost(text: str) -> None:
    scene = Scene(None, datetime(2027, 10, 18), None, Words("vi"))
    pages = paging.pages_of(["1. Tên: ngắn", f"2. Tóm tắt: {text}", "3. Tác giả: một mình tôi"], scene)
    said = [str(line) for page in pages for line in page]
    assert "".join("".join(said).split()) == "".join(f"1. Tên: ngắn2. Tóm tắt: {text}3. Tác giả: một mình tôi".split())
    assert all(sum(map(paging.height, map(str, page))) <= paging.WHOLE for page in pages)
    assert len(pages) == 1 or all(page for page in pages)


def test_a_page_that_is_no_more_is_the_last_one() -> None:
    assert paging.page_at(Draft("x", notes={"page": 9}), 3) == 3
    assert paging.page_at(Draft("x", notes={"page": "mot"}), 3) == 1
