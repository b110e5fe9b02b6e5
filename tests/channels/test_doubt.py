"""What may not have arrived, what has arrived in part, and who is reached again."""

import asyncio
from pathlib import Path

import pytest

from bot.channels.messages import Outcome, OutOfReach, Reached, Result
from bot.channels.telegram import channel
from bot.channels.telegram.channel import Telegram
from storage.db import Tx
from tests.fakes.telegram import HANG, TOKEN, FakeTelegram
from tests.fakes.zalo import FakeZalo
from tests.messenger import Messenger, at_the_desk
from tests.phones import Phones, listening, on_telegram, on_zalo

BELOW = "Trả lời ở tin dưới đây."


async def test_whoever_is_told_of_a_doubt_may_have_it_sent_again(demo_file: Path) -> None:
    messenger = Messenger()
    async with at_the_desk(demo_file, messenger) as desk:
        office = await desk.seat("office", messenger)
        people = await desk.crowd(3, messenger)
        messenger.results = [Result(Outcome.UNSURE)] * 2
        await desk.hands(people, "Họp lúc 14 giờ.")
        await desk.app.drain()
        await desk.app.drain()
        assert "Chưa chắc đã đến (02)" in messenger.told(office)
        number = await desk.value("SELECT MIN(id) FROM outbox WHERE state = 'unsure'")
        await desk.hears(messenger, people[2], f"/guilai {number}", message="other")
        await desk.app.drain()
        assert await desk.value("SELECT COUNT(*) FROM outbox WHERE state = 'unsure'") == 2, "not theirs to send"
        for n in range(2):
            await desk.hears(messenger, office, f"/guilai {number}", message=f"again{n}")
            await desk.app.drain()
        assert [messenger.told(each).count("14 giờ") for each in people] == [1, 1, 1]
        assert "gửi lại cho 02 người" in messenger.told(office)
        assert "không còn trường hợp nào" in messenger.told(office), "a second tap sends nothing"


@pytest.mark.slow
async def test_an_answer_to_what_nobody_asked_for_is_waited_for_longer(
    phones: Phones, server: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In doubt it would not be repeated; the answer comes late, and it has arrived."""
    monkeypatch.setattr(channel, "PATIENCE", 0.3)
    await phones.chat("head")
    server.tells_late = 0.5
    await phones.says("head", ":clock 2027-11-02T08:01")
    states = await phones.app.db.write(
        lambda tx: tx.value("SELECT GROUP_CONCAT(DISTINCT state) FROM outbox WHERE kind = 'daily'")
    )
    assert "unsure" not in str(states)


async def test_a_stop_between_two_parts_says_only_the_rest(demo_file: Path) -> None:
    messenger, more = Messenger(longest=15), asyncio.Event()

    async def answer(address: str, text: str) -> Result | None:
        if len(messenger.shown) == 2:
            more.set()
            await asyncio.sleep(0.2)  # the third part is on its way when the process is stopped
        return None

    messenger.answer = answer
    async with at_the_desk(demo_file, messenger) as desk:
        officer = await desk.seat("officer", messenger)
        await desk.hears(messenger, officer, "/viec")
        await more.wait()
    assert len(messenger.shown) == 3, "what was on its way has been waited for"
    messenger.answer = None
    async with at_the_desk(demo_file, messenger) as desk:
        await desk.app.drain()
    parts = [text for _address, text in messenger.shown]
    assert len(parts) > 3
    assert len(parts) == len(set(parts)), "a part was said twice"


async def test_what_was_missed_comes_when_the_bot_is_let_in_again(demo_file: Path) -> None:
    messenger = Messenger()
    async with at_the_desk(demo_file, messenger) as desk:
        head = await desk.seat("head", messenger)
        receive = desk.app.intake.of(messenger)
        await receive(Reached(head, reachable=False))
        await desk.hands([head], "Họp lúc 14 giờ.")
        await desk.app.drain()
        assert "14 giờ" not in messenger.told(head)
        await receive(Reached(head, reachable=True))
        await desk.app.drain()
        assert messenger.told(head).count("14 giờ") == 1


async def test_what_was_missed_comes_when_somebody_writes_again(demo_file: Path) -> None:
    """Where a messenger does not tell who has come back."""
    messenger = Messenger("zalo:1")
    async with at_the_desk(demo_file, messenger) as desk:
        head = await desk.seat("head", messenger)
        messenger.results = [Result(Outcome.GONE)]
        await desk.hands([head], "Họp lúc 14 giờ.")
        await desk.app.drain()
        await desk.hears(messenger, head, "/viec")
        await desk.app.drain()
        assert messenger.told(head).count("14 giờ") == 1


async def test_the_office_is_told_when_a_month_runs_low(demo_file: Path) -> None:
    """At once, whoever's answers have used it up."""
    server = FakeZalo()
    await server.start()
    async with listening(demo_file, server, on_zalo(server, quota=10)) as phones:
        running = asyncio.create_task(phones.app.sender.run())
        for n in range(8):
            await phones.says("officer", "/viec" if n % 2 else "/menu")
        await asyncio.sleep(0.3)
        told = await phones.app.db.write(
            lambda tx: tx.value("SELECT COUNT(*) FROM outbox WHERE news = 'quota' AND state <> 'waiting'")
        )
        running.cancel()
        assert told
    await server.stop()


async def test_the_same_message_thrice_is_answered_once(demo_file: Path) -> None:
    server = FakeZalo()
    await server.start()
    async with listening(demo_file, server, on_zalo(server)) as phones:
        chat = await phones.chat("officer")
        server.types(chat, "/viec")
        server.updates.extend([server.updates[-1]] * 2)
        await phones.settled()
        await phones.settled()
        assert len(server.shown[str(chat)]) == 1
        assert await phones.app.db.write(lambda tx: tx.value("SELECT COUNT(*) FROM inbox")) == 1
    await server.stop()


async def test_a_message_that_took_the_keyboard_away_is_deleted_after_a_stop(
    demo_file: Path, server: FakeTelegram
) -> None:
    """It says nothing, and it is gone before anybody has read it: at the latest when the bot is back."""
    async with listening(demo_file, server, on_telegram(server)) as phones:
        chat = await phones.chat("officer")
        await phones.says("officer", "/dangky sk")
        server.faults.append(("deleteMessage", 500, {}))
        await phones.says("officer", "/thoat")

        def back(tx: Tx) -> None:  # as a kill after the first part would leave it
            row = tx.value("SELECT MAX(id) FROM outbox WHERE kind = 'answer'")
            message = server.shown[str(chat)][-2].message
            tx.run(
                "UPDATE outbox SET state = 'sending', about = :about WHERE id = :row",
                row=row,
                about={"parts": 1, "aside": str(message)},
            )

        assert BELOW in [each.text for each in server.shown[str(chat)]]
        await phones.app.db.write(back)
    async with listening(demo_file, server, on_telegram(server)) as phones:
        await phones.settled()
    assert BELOW not in [each.text for each in server.shown[str(chat)]]


@pytest.mark.slow
async def test_a_message_that_took_the_keyboard_away_and_stayed_says_what_is_true(
    demo_file: Path, server: FakeTelegram
) -> None:
    """Nobody knows its number when the line broke before Telegram told it: the answer stands below it."""
    async with listening(demo_file, server, on_telegram(server)) as phones:
        chat = await phones.chat("officer")
        await phones.says("officer", "/dangky sk")
        server.faults.append(("sendMessage", HANG, {"delivered": True}))
        await phones.says("officer", "/thoat")
    *_before, stayed, last = [each.text for each in server.shown[str(chat)]]
    assert stayed == BELOW
    assert "được lưu" in last


async def test_a_file_of_a_bot_api_server_of_ones_own_is_read_from_its_place(
    tmp_path: Path, server: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "file_0.pdf"
    place.write_bytes(b"%PDF" * 10)

    async def get_file(given: object) -> object:
        return {"file_id": "f", "file_unique_id": "u", "file_size": 40, "file_path": str(place)}

    monkeypatch.setattr(server, "_getFile", get_file)
    bot = Telegram(TOKEN, server.address, pace=None)
    assert await bot.fetch("f") == b"%PDF" * 10
    place.unlink()
    with pytest.raises(OutOfReach):
        await bot.fetch("f")
    await bot.close()
