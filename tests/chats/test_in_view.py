"""What is in view is what «trả lại», «xác nhận», «tiếp nhận», «công nhận» mean: named, and asked before it is done.

`./run test tests/chats/test_in_view.py --record` writes the chats anew; read the difference before committing.
"""

import pytest

from tests.conftest import Office, OpenOffice
from tests.sheets import CANDID_REPORT, sheet
from tests.transcribing import FOLDER, LOOKS, Conversation, transcribe

TITLE = "Tra cứu hồ sơ cấp phép bằng mã QR"
STATE = "SELECT state FROM initiative WHERE code = 'SK-2027-017'"
CONVERSATIONS: dict[str, Conversation] = {
    "the_sheet_in_view": [
        ("officer", [*sheet(TITLE)]),
        ("head", ["SK-2027-017", "không xác nhận", "thoát", "SK-2027-017", "trả lại", "thoát", "SK-2027-017", "duyệt"]),
        ("head", ["/xacnhan SK-2027-017 gui"]),
        ("office", ["SK-2027-017", "tiếp nhận", ":tap Tiếp nhận SK-2027-017", "SK-2027-017", "công nhận", "thoát"]),
        ("officer", ["SK-2027-017", "rút phiếu"]),
    ],
    "the_report_in_view": [
        ("head", [*CANDID_REPORT]),
        ("office", ["BC-2027-QLXD", "tiếp nhận", ":tap Tiếp nhận BC-2027-QLXD"]),
    ],
}


@pytest.mark.parametrize("name", CONVERSATIONS)
@pytest.mark.parametrize("look", LOOKS)
async def test_the_conversation_is_as_it_was_agreed(
    open_office: OpenOffice, name: str, look: str, record: bool
) -> None:
    await transcribe(await open_office(), CONVERSATIONS[name], look, FOLDER / "in-view" / f"{name}.{look}.txt", record)


@pytest.mark.parametrize("said", ["trả lại", "tra lai", "không xác nhận", "Chưa duyệt."])
async def test_a_head_returns_the_sheet_that_is_open_and_is_asked_why(office: Office, said: str) -> None:
    await office.says("officer", *sheet(TITLE))
    heard = await office.says("head", "/xacnhan SK-2027-017", said)
    assert "Cần bổ sung điều gì?" in heard.split("---\n")[-2]
    assert await office.value(STATE) == "sent", "nothing is done before the reason"


async def test_nothing_is_received_or_confirmed_by_a_word_alone(office: Office) -> None:
    await office.says("officer", *sheet(TITLE))
    await office.says("head", "/tim phieu SK-2027-017", "duyệt phiếu này")
    assert await office.value(STATE) == "sent"
    await office.says("head", "/xacnhan SK-2027-017 gui")
    assert "Tiếp nhận hồ sơ này?" in await office.says("office", "SK-2027-017", "tiếp nhận")
    assert await office.value(STATE) == "confirmed"


async def test_with_no_record_or_several_in_view_it_is_the_list(office: Office) -> None:
    await office.says("officer", *sheet(TITLE))
    await office.says("officer", *sheet("Vá ổ gà mùa mưa bằng bê tông nguội"))
    assert "Phiếu chờ đồng chí" in await office.says("head", "menu", "trả lại")
    assert "Phiếu chờ đồng chí" in (await office.says("head", "xác nhận", "trả lại")).split("---\n")[-2]


async def test_whoever_may_not_is_not_asked(office: Office) -> None:
    await office.says("officer", *sheet(TITLE))
    heard = await office.says("officer", "SK-2027-017", "trả lại")
    assert "Cần bổ sung điều gì?" not in heard
    assert await office.value(STATE) == "sent"


async def test_what_has_changed_since_it_was_shown_is_said(office: Office) -> None:
    await office.says("officer", *sheet(TITLE))
    await office.says("head", "/xacnhan SK-2027-017")
    await office.says("officer", "/cuatoi rut SK-2027-017 co")
    assert "đã rút" in (await office.says("head", "trả lại")).split("---\n")[-2].lower()


@pytest.mark.parametrize("said", ["ủy quyền", "uy quyen", "ủy quyền xử lý thay"])
async def test_a_word_for_standing_in_opens_it(office: Office, said: str) -> None:
    heard = await office.says("head", said)
    assert "không thay văn bản ủy quyền ký" in heard or "xử lý thay" in heard
    assert "chưa hiểu" not in heard
