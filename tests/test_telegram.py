"""Telegram against a server that behaves like it: the golden chats, nothing lost, faults, limits."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from bot.channel import Event
from bot.channels.telegram import draw
from bot.channels.telegram.channel import Telegram
from bot.commandline import menus
from tests.fakes.telegram import HANG, TOKEN, FakeTelegram
from tests.phones import Phones, listening, on_telegram


@pytest.fixture
async def server() -> AsyncIterator[FakeTelegram]:
    server = FakeTelegram()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def phones(demo_file: Path, server: FakeTelegram) -> AsyncIterator[Phones]:
    async with listening(demo_file, server, on_telegram(server)) as phones:
        yield phones


async def test_a_kill_between_commit_and_answer_loses_nothing(demo_file: Path, server: FakeTelegram) -> None:
    async with listening(demo_file, server, on_telegram(server)) as phones:
        await phones.says("officer", "/dangky sk")
    copy = shutil.copy(demo_file, demo_file.with_name("again.db"))
    chat = 1030
    server.types(chat, "Kho bản vẽ hoàn công dùng chung cho cả Sở")
    server.types(chat, "3")
    async with listening(Path(copy), server, on_telegram(server)) as phones:
        await phones.settled()
        assert "Câu 3/6" in server.shown[str(await phones.chat("officer"))][-1].text


async def test_an_update_that_comes_twice_is_answered_once(phones: Phones, server: FakeTelegram) -> None:
    chat = await phones.chat("officer")
    server.types(chat, "/viec")
    update = dict(server.updates[-1])
    await phones.settled()
    server.push_raw({**update, "update_id": update["update_id"] + 50})
    await phones.settled()
    assert len(server.shown[str(chat)]) == 1


async def test_an_edit_changes_the_answer(phones: Phones) -> None:
    said = await phones.says(
        "officer", "/dangky sk", "Kho bản vẽ hoàn công dùng chung", ":edit Kho bản vẽ hoàn công số hóa"
    )
    assert "Nay: Kho bản vẽ hoàn công số hóa" in said


async def test_an_update_that_cannot_be_read_holds_up_nobody(phones: Phones, server: FakeTelegram) -> None:
    server.push_raw({"message": {"message_id": "x"}})
    server.push_raw({"poll": {"id": "1"}})
    server.push_raw({"channel_post": {"message_id": 5, "chat": {"id": -5, "type": "channel"}, "text": "x"}})
    assert "Việc của đồng chí Mẫu" in await phones.says("officer", "/viec")


async def test_a_file_is_kept_whole(phones: Phones, server: FakeTelegram, tmp_path: Path) -> None:
    await phones.says("officer", "/dangky sk", "Kho bản vẽ hoàn công dùng chung", "3")
    server.attaches(await phones.chat("officer"), "bản vẽ.pdf", b"%PDF nguyen ban")
    await phones.settled()
    assert "Đã nhận 01 tệp" in await phones.says("officer", ":wait 1m")


@pytest.mark.parametrize(
    ("status", "answer", "state"),
    [
        (403, {"description": "Forbidden: bot was blocked by the user"}, "failed"),
        (400, {"description": "Bad Request: chat not found"}, "failed"),
        (429, {"description": "Too Many Requests", "parameters": {"retry_after": 1}}, "sent"),
        (502, {"description": "Bad Gateway"}, "sent"),
    ],
)
async def test_what_telegram_says_of_a_send(
    phones: Phones, server: FakeTelegram, status: int, answer: dict[str, Any], state: str
) -> None:
    server.faults.append(("sendMessage", status, answer))
    await phones.says("officer", "/viec")
    row = await phones.app.db.write(lambda tx: tx.value("SELECT state FROM outbox WHERE kind = 'answer'"))
    assert row == state
    reachable = await phones.app.db.write(
        lambda tx: tx.value("SELECT reachable FROM chat WHERE channel = 'telegram'")
    )
    assert bool(reachable) == (state == "sent")


@pytest.mark.parametrize("status", [404, 502, 409, 429])
async def test_a_poll_that_fails_is_polled_again(phones: Phones, server: FakeTelegram, status: int) -> None:
    answer: dict[str, Any] = {"description": "no"}
    if status == 429:
        answer["parameters"] = {"retry_after": 1}
    server.faults.append(("getUpdates", status, answer))
    server.types(await phones.chat("officer"), "/viec")
    for _ in range(60):
        await asyncio.sleep(0.1)
        if not server.updates:
            break
    await phones.settled()
    assert "Việc của đồng chí Mẫu" in "".join(phones.new(await phones.chat("officer")))


async def test_a_reminder_arrives_and_its_buttons_work(phones: Phones) -> None:
    said = await phones.says("head", ":wait 5m", ":tap Vì sao tôi nhận tin này")
    assert "Mở kỳ gửi báo cáo năm 2027" in said
    assert "Vì sao đồng chí Thử nhận tin này" in said


@pytest.mark.parametrize("length", [10, 4096, 4097, 20_000])
def test_long_texts_are_cut_between_lines_and_whole(length: int) -> None:
    text = "\n".join("Dòng chữ có dấu tiếng Việt 🙂" for _ in range(length // 28 + 1))[:length]
    parts = draw.parts(text)
    assert all(len(part.encode("utf-16-le")) // 2 <= 4096 for part in parts)
    assert "".join(parts).replace("\n", "") == text.replace("\n", "")


async def test_whoever_blocks_the_bot_is_unreachable_until_they_let_it_in(
    phones: Phones, server: FakeTelegram
) -> None:
    head = await phones.chat("head")
    server.blocks(head)
    await phones.settled()
    assert await phones.says("head", ":wait 5m") == "> :wait 5m\n"
    server.blocks(head, blocked=False)
    await phones.settled()
    assert "Nhắc gửi báo cáo năm 2027" in await phones.says("head", ":clock 2027-10-29T08:05")


async def test_the_menu_is_set_in_both_languages(demo_file: Path, server: FakeTelegram) -> None:
    channel = Telegram(TOKEN, server.address, menus=menus())
    listening = asyncio.create_task(channel.listen(_nothing))
    for _ in range(100):
        await asyncio.sleep(0.02)
        if len(server.menus) == 2:
            break
    listening.cancel()
    with suppress(asyncio.CancelledError):
        await listening
    await channel.close()
    assert "Việc của tôi" in server.menus[""]
    assert "My tasks" in server.menus["en"]


async def _nothing(incoming: Event) -> bool:
    raise AssertionError(incoming)


@pytest.mark.parametrize("delivered", [True, False])
async def test_an_answer_that_may_not_have_arrived_is_said_again(
    phones: Phones, server: FakeTelegram, delivered: bool
) -> None:
    server.faults.append(("sendMessage", HANG, {"delivered": delivered}))
    said = await phones.says("officer", "/viec")
    assert said.count("Việc của đồng chí Mẫu") == 1 + delivered, "an answer twice is better than none"


@pytest.mark.parametrize("delivered", [True, False])
async def test_a_reminder_that_may_have_arrived_is_not_repeated(
    phones: Phones, server: FakeTelegram, delivered: bool
) -> None:
    head = await phones.chat("head")
    server.faults.append(("sendMessage", HANG, {"delivered": delivered}))
    said = await phones.says("head", ":wait 5m", ":wait 1h")
    assert said.count("Mở kỳ gửi báo cáo") == int(delivered)
    state = await phones.app.db.write(
        lambda tx: tx.value(
            "SELECT outbox.state FROM outbox JOIN chat ON chat.id = outbox.chat WHERE chat.address = :a AND outbox.kind = 'daily'",
            a=str(head),
        )
    )
    assert state == "unsure"


async def test_a_second_chat_of_the_same_person_goes_on_with_the_same_sheet(
    phones: Phones, server: FakeTelegram
) -> None:
    said = await phones.says("officer", "/dangky sk", "Kho bản vẽ hoàn công dùng chung", "/batdau ma")
    code = next(line for line in said.splitlines() if len(line) == 8 and line.isalnum() and line.isupper())
    second = 99_000
    for text in (f"bắt đầu {code}", "tôi đã đọc và đồng ý", "việc", "1", "3"):
        server.types(second, text)
        await phones.settled()
    assert "Câu 3/6" in server.shown[str(second)][-1].text


async def test_in_a_group_counts_only_and_nobody_is_named(phones: Phones, server: FakeTelegram) -> None:
    for text in ("chào cả nhà", "/tonghop 2027", "/viec", "/tonghop@thidua_bot 2026"):
        server.types(-500, text, kind="supergroup")
        await phones.settled()
    first, second, third = (each.text for each in server.shown["-500"])
    assert "03/14 đơn vị đã gửi báo cáo" in first
    assert "1. Đơn vị có kế hoạch: 13/14" in first
    assert "trò chuyện riêng" in second
    assert "14/14" in third
    people = str(await phones.app.db.write(lambda tx: tx.value("SELECT GROUP_CONCAT(name, '|') FROM person")))
    units = str(await phones.app.db.write(lambda tx: tx.value("SELECT GROUP_CONCAT(name, '|') FROM unit")))
    for name in f"{people}|{units}".split("|"):
        assert name not in first + second + third, name
    kept = "SELECT COUNT(*) FROM inbox WHERE body LIKE '%cả nhà%'"
    assert await phones.app.db.write(lambda tx: tx.value(kept)) == 0
