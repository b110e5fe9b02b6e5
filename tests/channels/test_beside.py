"""What a messenger tells beside the words: a hidden link, a reply, a reaction, another file."""

from typing import Any

from tests.fakes.telegram import FakeTelegram
from tests.phones import Phones


async def writes(phones: Phones, server: FakeTelegram, text: str, **more: Any) -> tuple[dict[str, Any], str]:
    """The officer writes this; the message, and what the phone shows."""
    chat = await phones.chat("officer")
    await phones.says("officer")
    server._message += 1
    message = {**server._said(chat, server._message, text, "private"), **more}
    server.push_raw({"message": message})
    await phones.settled()
    return message, await phones.says("officer")


async def test_a_link_behind_words_is_kept(phones: Phones, server: FakeTelegram) -> None:
    await phones.says("officer", "/dangky sk", "Kho bản vẽ hoàn công dùng chung", "3", "sửa tóm tắt")
    link = {"type": "text_link", "offset": 7, "length": 3, "url": "https://vi-du.vn/ban-ve"}
    await writes(phones, server, "🙂 Xem đây để biết cách làm", entities=[{**link, "offset": 7, "length": 3}])
    assert "đây (https://vi-du.vn/ban-ve) để" in await phones.says("officer", "xem phiếu")


async def test_a_reply_to_an_older_message_is_said_to_be_read_without_it(phones: Phones, server: FakeTelegram) -> None:
    await phones.says("officer", "việc", "/cuatoi")
    older, newest = [each.message for each in server.shown[str(await phones.chat("officer"))]][-2:]
    _message, said = await writes(phones, server, "việc", reply_to_message={"message_id": older})
    assert "không đọc tin nhắn được trả lời" in said
    assert "Việc của đồng chí" in said, "what was written is answered"
    newest = server.shown[str(await phones.chat("officer"))][-1].message
    _message, said = await writes(phones, server, "việc", reply_to_message={"message_id": newest})
    assert "không đọc tin nhắn được trả lời" not in said


async def test_a_reaction_to_a_captioned_file_is_nothing_and_another_file_is_said_to_be_left(
    phones: Phones, server: FakeTelegram
) -> None:
    await phones.says("officer", "/dangky sk", "Kho bản vẽ hoàn công dùng chung", "3", "sửa tóm tắt")
    chat = await phones.chat("officer")
    server.attaches(chat, "cach-lam.pdf", b"%PDF", "Cách làm ở trang hai")
    sent = server.updates[-1]["message"]
    await phones.settled()
    await phones.says("officer", ":wait 1m")
    server.push_raw({"edited_message": {**sent, "edit_date": sent["date"] + 5}})
    await phones.settled()
    assert await phones.says("officer") == "", "nothing has changed"
    other = {**sent["document"], "file_unique_id": "another"}
    server.push_raw({"edited_message": {**sent, "document": other, "edit_date": sent["date"] + 9}})
    await phones.settled()
    assert "Tệp gửi lần đầu vẫn được giữ" in await phones.says("officer")
