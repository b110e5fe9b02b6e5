"""Words beside a file: counted as what they are, and changed without touching the file."""

from typing import Any

from tests.fakes.telegram import FakeTelegram
from tests.phones import Phones

SHEET = ("/dangky sk", "Kho bản vẽ hoàn công dùng chung", "3", "sửa tóm tắt")


async def received(phones: Phones) -> str:
    await phones.settled()
    return await phones.says("officer", ":wait 1m")


async def test_a_document_with_a_caption_is_one_file(phones: Phones, server: FakeTelegram) -> None:
    await phones.says("officer", *SHEET)
    server.attaches(await phones.chat("officer"), "cach-lam.pdf", b"%PDF", "Cách làm ở trang hai")
    assert "Đã nhận 01 tệp" in await received(phones)
    assert "01 tệp: Cách làm ở trang hai" in await phones.says("officer", "xem phiếu")


async def test_an_album_with_a_caption_is_as_many_files_as_pictures(phones: Phones, server: FakeTelegram) -> None:
    await phones.says("officer", *SHEET)
    server.sends_album(await phones.chat("officer"), 3, "Ảnh chụp tại phòng")
    assert "Đã nhận 03 tệp" in await received(phones)


async def test_another_caption_changes_the_words_and_keeps_the_file(phones: Phones, server: FakeTelegram) -> None:
    await phones.says("officer", *SHEET)
    chat = await phones.chat("officer")
    server.attaches(chat, "cach-lam.pdf", b"%PDF", "Cách làm ở trang hai")
    sent = server.updates[-1]["message"]
    await received(phones)

    def changes(**more: Any) -> None:
        message = {name: value for name, value in sent.items() if name != "caption"}
        server.push_raw({"edited_message": {**message, **more, "edit_date": sent["date"] + 9}})

    changes(caption="Cách làm ở trang ba")
    await received(phones)
    assert "01 tệp: Cách làm ở trang ba" in await phones.says("officer", "xem phiếu")
    changes()
    await received(phones)
    sheet = await phones.says("officer", "xem phiếu")
    assert "01 tệp" in sheet
    assert "trang ba" not in sheet, "the words were taken away"
