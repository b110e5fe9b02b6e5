"""Telegram against a server that behaves like it: the golden chats, nothing lost, faults, limits."""

import asyncio
import json
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, web

from bot.channels.messages import Attachment, Event
from bot.channels.telegram import channel, draw
from bot.channels.telegram.channel import Telegram
from bot.channels.telegram.listener import HEADER
from bot.delivery.command_menus import everybodys
from handlers import FEATURES
from storage import people
from storage.db import Closed
from tests.fakes.telegram import HANG, STUCK, TOKEN, FakeTelegram
from tests.phones import Phones, listening, on_telegram, until
from tests.processes import free_port
from tests.sheets import TASK

pytestmark = pytest.mark.slow


async def test_a_kill_between_commit_and_answer_loses_nothing(demo_file: Path, server: FakeTelegram) -> None:
    async with listening(demo_file, server, on_telegram(server)) as phones:
        await phones.says("officer", "/dangky sk")
    copy = shutil.copy(demo_file, demo_file.with_name("again.db"))
    chat = 1030
    server.types(chat, "Kho bản vẽ hoàn công dùng chung cho cả Sở")
    server.types(chat, "3")
    async with listening(Path(copy), server, on_telegram(server)) as phones:
        await phones.settled()
        assert "Câu 3/3" in server.shown[str(await phones.chat("officer"))][-1].text


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


async def test_two_edits_in_one_second_both_count(phones: Phones, server: FakeTelegram) -> None:
    chat = await phones.chat("officer")
    await phones.says("officer", "/dangky sk")
    message = server.types(chat, "Kho bản vẽ hoàn công dùng chung")
    await phones.settled()
    for text in ("Kho bản vẽ hoàn công số hóa", "Kho bản vẽ hoàn công số hóa toàn Sở"):
        server.edits(chat, message, text)
    twice = dict(server.updates[-1])
    await phones.settled()
    said = "".join(phones.new(chat))
    assert "Nay: Kho bản vẽ hoàn công số hóa\n" in said
    assert "Nay: Kho bản vẽ hoàn công số hóa toàn Sở" in said
    server.updates.append(twice)
    server._new.set()
    await phones.settled()
    assert not phones.new(chat), "the same change comes twice"
    kept = "SELECT json_extract(body, '$.update') FROM inbox ORDER BY id DESC LIMIT 1"
    assert await phones.app.db.write(lambda tx: tx.value(kept)) == twice["update_id"]


async def test_an_update_that_cannot_be_read_holds_up_nobody(phones: Phones, server: FakeTelegram) -> None:
    server.push_raw({"message": {"message_id": "x"}})
    server.push_raw({"poll": {"id": "1"}})
    server.push_raw({"channel_post": {"message_id": 5, "chat": {"id": -5, "type": "channel"}, "text": "x"}})
    assert "Việc của đồng chí Mẫu" in await phones.says("officer", "/viec")


async def test_a_file_is_kept_whole(phones: Phones, server: FakeTelegram, tmp_path: Path) -> None:
    await phones.says("officer", "/dangky sk", "Kho bản vẽ hoàn công dùng chung", "3", "sửa tóm tắt")
    server.attaches(await phones.chat("officer"), "bản vẽ.pdf", b"%PDF nguyen ban")
    await phones.settled()
    assert "Đã nhận 01 tệp" in await phones.says("officer", ":wait 1m")


@pytest.mark.parametrize(
    ("status", "answer", "state", "there"),
    [
        (403, {"description": "Forbidden: bot was blocked by the user"}, "failed", False),
        (400, {"description": "Bad Request: chat not found"}, "failed", False),
        (400, {"description": "Bad Request: PEER_ID_INVALID"}, "failed", False),
        (400, {"description": "Bad Request: message is too long"}, "failed", True),
        (429, {"description": "Too Many Requests", "parameters": {"retry_after": 1}}, "sent", True),
        (502, {"description": "Bad Gateway"}, "sent", True),
        (502, {"text": "<html>Bad Gateway</html>"}, "sent", True),
        (404, {"description": "Not Found"}, "sent", True),
        (STUCK, {}, "sent", True),
    ],
)
async def test_what_telegram_says_of_a_send(
    phones: Phones,
    server: FakeTelegram,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
    answer: dict[str, Any],
    state: str,
    there: bool,
) -> None:
    monkeypatch.setattr(channel, "PATIENCE", 0.5)
    server.faults.append(("sendMessage", status, answer))
    await phones.says("officer", "/viec")
    row = await phones.app.db.write(lambda tx: tx.value("SELECT state FROM outbox WHERE kind = 'answer'"))
    assert row == state
    reachable = await phones.app.db.write(lambda tx: tx.value("SELECT reachable FROM chat WHERE channel = 'telegram'"))
    assert bool(reachable) == there


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


async def test_whoever_blocks_the_bot_is_unreachable_until_they_let_it_in(phones: Phones, server: FakeTelegram) -> None:
    head = await phones.chat("head")
    server.blocks(head)
    await phones.settled()
    assert await phones.says("head", ":wait 5m") == "> :wait 5m\n"
    server.blocks(head, blocked=False)
    await phones.settled()
    assert "Nhắc gửi báo cáo năm 2027" in await phones.says("head", ":clock 2027-10-29T08:05")


async def test_the_menu_is_set_in_both_languages(demo_file: Path, server: FakeTelegram) -> None:
    bot = Telegram(TOKEN, server.address, menus=everybodys(FEATURES))
    listening = asyncio.create_task(bot.listen(_nothing))
    for _ in range(100):
        await asyncio.sleep(0.02)
        if len(server.menus) == 2:
            break
    listening.cancel()
    with suppress(asyncio.CancelledError):
        await listening
    await bot.close()
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
    code = next(line for line in said.splitlines() if len(line) == 10 and line.isalnum() and line.isupper())
    second = 99_000
    for text in (f"bắt đầu {code}", "tôi đã đọc và đồng ý", "việc", "1", "3"):
        server.types(second, text)
        await phones.settled()
    assert "Câu 3/3" in server.shown[str(second)][-1].text


async def test_in_a_group_counts_only_and_nobody_is_named(phones: Phones, server: FakeTelegram) -> None:
    officer = await phones.chat("officer")
    for text in ("chào cả nhà", "/tonghop 2027", "/viec", "/tonghop@thidua_bot 2026"):
        server.types(-500, text, kind="supergroup", by=officer)
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


async def test_in_a_group_whoever_is_not_of_the_office_meets_silence(phones: Phones, server: FakeTelegram) -> None:
    for text in ("/tonghop 2027", "/viec", "/tonghop TỐI MẬT", "/start"):
        server.types(-500, text, kind="supergroup", by=88)
        await phones.settled()
    assert "-500" not in server.shown
    officer = await phones.chat("officer")
    await phones.app.db.write(lambda tx: tx.run("UPDATE person SET active = 0 WHERE id = :id", id=officer - 1000))
    server.types(-500, "/tonghop 2027", kind="supergroup", by=officer)
    await phones.settled()
    assert "-500" not in server.shown, "somebody who has left"


# Ways in ------------------------------------------------------------------------------------------


async def test_an_invitation_opens_telegram_by_a_link_and_a_picture(phones: Phones, server: FakeTelegram) -> None:
    for _ in range(50):
        await asyncio.sleep(0.02)
        if phones.app.office.invite_links("X"):
            break
    said = await phones.says("office", "/moinguoi Nông Văn Mẫu")
    code = next(line for line in said.splitlines() if re.fullmatch(r"[A-Z2-9]{10}", line))
    assert f"Telegram: https://t.me/thidua_bot?start={code}" in said
    assert "file: QR-Telegram.png" in said
    server.types(88, f"/start {code}")
    await phones.settled()
    assert "Tôi đã đọc và đồng ý" in [name for name, _ in server.shown["88"][-1].inline]


async def test_somebody_known_may_use_a_code(phones: Phones, server: FakeTelegram) -> None:
    said = await phones.says("office", "/moinguoi Nông Văn Mẫu")
    code = next(line for line in said.splitlines() if re.fullmatch(r"[A-Z2-9]{10}", line))
    own = await phones.says("officer", f"/start {code}")
    assert "đã mở cho đồng chí Mẫu" in own
    asked = await phones.says("head", f"/start {code}")
    assert "đang của Trưởng phòng Hoàng Văn Thử" in asked
    assert "xử lý họ tên" in asked
    head = await phones.chat("head")
    for label in ("Tôi đã đọc và đồng ý", "Việc của tôi"):
        server.taps(head, label)
        await phones.settled()
    assert "Việc của đồng chí Mẫu" in server.shown[str(head)][-1].text


async def test_ones_own_number_is_a_second_way_in(phones: Phones, server: FakeTelegram) -> None:
    await phones.app.db.write(lambda tx: tx.run("UPDATE person SET phone = '0912 345 678' WHERE name = 'Nông Văn Mẫu'"))
    server.types(88, "xin chào")
    await phones.settled()
    assert server.shown["88"][-1].keyboard == ["Gửi số điện thoại của tôi"]
    server.shares(88, "+84912345678", of=99)
    server.shares(88, "+84900000000")
    await phones.settled()
    assert len(server.shown["88"]) == 1, "somebody else's card, and a number that nobody has: silence"
    server.shares(88, "84912345678")
    await phones.settled()
    assert "xử lý họ tên" in server.shown["88"][-1].text
    server.taps(88, "Tôi đã đọc và đồng ý")
    await phones.settled()
    assert "Nông Văn Mẫu" in server.shown["88"][-1].text


async def test_every_chat_has_the_menu_of_its_person(phones: Phones, server: FakeTelegram) -> None:
    head, officer, office = [await phones.chat(who) for who in ("head", "officer", "office")]
    await phones.app.menus.look()
    assert "Xác nhận phiếu" in server.menus[f"{head}:"]
    assert "Xác nhận phiếu" not in server.menus[f"{officer}:"]
    assert "Tổng hợp năm" in server.menus[f"{office}:"]
    assert "My tasks" in server.menus[f"{officer}:en"]
    calls = len(server.calls)
    await phones.app.menus.look()
    assert len(server.calls) == calls, "nothing has changed"
    await phones.app.db.write(lambda tx: tx.run("UPDATE person SET role = 'office' WHERE id = :id", id=officer - 1000))
    await phones.says("head", "/rutdongy co")
    await phones.app.menus.look()
    assert "Tổng hợp năm" in server.menus[f"{officer}:"]
    assert f"{head}:" not in server.menus, "nobody's chat has everybody's menu"


# What comes in ------------------------------------------------------------------------------------


async def test_an_album_is_one_answer(phones: Phones, server: FakeTelegram) -> None:
    await phones.says("officer", "/dangky sk", "Kho bản vẽ hoàn công dùng chung", "3", "sửa tóm tắt")
    server.sends_album(await phones.chat("officer"), 5)
    await phones.settled()
    said = await phones.says("officer", ":wait 1m")
    assert said.count("---") == 1
    assert "Đã nhận 05 tệp" in said
    sizes = await phones.app.db.write(
        lambda tx: tx.value("SELECT GROUP_CONCAT(DISTINCT size) FROM file WHERE chat > 0 AND kind = 'image/jpeg'")
    )
    assert sizes == "1280", "the largest of each"


async def test_a_file_that_is_too_large_is_said_at_once(phones: Phones, server: FakeTelegram) -> None:
    chat = await phones.chat("officer")
    await phones.says("officer", "/dangky sk", "Kho bản vẽ hoàn công dùng chung", "3", "sửa tóm tắt")
    document = {"file_id": "big", "file_name": "a.pdf", "file_size": 30_000_000}
    server.push_raw({"message": {"message_id": 777, "chat": {"id": chat, "type": "private"}, "document": document}})
    await phones.settled()
    assert "lớn hơn 20 MB" in await phones.says("officer")
    server.push_raw(
        {"message": {"message_id": 778, "chat": {"id": chat, "type": "private"}, "voice": {"file_id": "v"}}}
    )
    await phones.settled()
    assert "gửi lại bằng chữ" in await phones.says("officer")


async def test_a_file_that_is_too_large_is_said_beside_what_its_caption_answers(
    phones: Phones, server: FakeTelegram
) -> None:
    chat = await phones.chat("officer")
    await phones.says("officer", "/dangky sk")
    document = {"file_id": "big", "file_name": "a.pdf", "file_size": 30_000_000}
    message = {"message_id": 777, "chat": {"id": chat, "type": "private"}, "document": document}
    server.push_raw({"message": {**message, "caption": "Kho bản vẽ hoàn công dùng chung"}})
    await phones.settled()
    said = await phones.says("officer")
    assert "lớn hơn 20 MB" in said
    assert "Câu 2/3" in said, "the caption has answered the question"


async def test_a_live_location_is_answered_once(phones: Phones, server: FakeTelegram) -> None:
    chat = await phones.chat("officer")
    message = {
        "message_id": 777,
        "chat": {"id": chat, "type": "private"},
        "location": {"latitude": 21.8, "longitude": 106.7},
    }
    server.push_raw({"message": message})
    for n in range(3):
        server.push_raw({"edited_message": {**message, "edit_date": 1_790_000_000 + n}})
    await phones.settled()
    assert (await phones.says("officer")).count("gửi lại bằng chữ") == 1


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("sticker", "đã thấy nhãn dán của đồng chí Mẫu"),
        ("dice", "đã thấy nhãn dán"),
        ("voice", "chưa nghe được tin thoại"),
        ("video_note", "chưa xem được phim"),
        ("venue", "không dùng đến vị trí"),
        ("contact", "không ghi số điện thoại gửi từ danh bạ"),
        ("story", "chỉ đọc được chữ, ảnh và tài liệu"),
    ],
)
async def test_what_is_not_words_gets_a_kind_sentence_that_leads_on(
    phones: Phones, server: FakeTelegram, kind: str, told: str
) -> None:
    chat = await phones.chat("officer")
    sent = {"message": {"message_id": 777, "chat": {"id": chat, "type": "private"}, kind: {}}}
    server.push_raw(sent)
    await phones.settled()
    said = await phones.says("officer")
    assert told in said
    assert "gõ «việc» để xem việc cần làm" in said
    assert "chưa hiểu" not in said
    await phones.says("officer", "/dangky sk", "Kho bản vẽ hoàn công dùng chung", "3")
    answers = "SELECT json_group_array(field || value) FROM answer"
    before = await phones.app.db.write(lambda tx: tx.value(answers))
    sent["message"]["message_id"] = 778
    server.push_raw(sent)
    await phones.settled()
    said = await phones.says("officer")
    assert told in said
    assert "Câu 3/3" in said, "the open question stands again"
    assert await phones.app.db.write(lambda tx: tx.value(answers)) == before


async def test_the_own_number_of_somebody_known_is_answered_kindly(phones: Phones, server: FakeTelegram) -> None:
    chat = await phones.chat("officer")
    card = {"user_id": chat, "phone_number": "84900000000"}
    private = {"id": chat, "type": "private"}
    server.push_raw({"message": {"message_id": 777, "chat": private, "from": {"id": chat}, "contact": card}})
    await phones.settled()
    assert "không ghi số điện thoại gửi từ danh bạ" in await phones.says("officer")


async def test_ids_that_begin_anew_are_seen(phones: Phones, server: FakeTelegram) -> None:
    await phones.says("officer", "/viec")
    await asyncio.sleep(2.3)  # a quiet week
    server.jumps()
    assert "Trang đầu" in await phones.says("officer", "/menu", "/viec")


async def test_two_pollers_end_each_other_and_the_bot_goes_on(phones: Phones, server: FakeTelegram) -> None:
    from aiohttp import ClientSession

    async with (
        ClientSession() as session,
        session.post(f"{server.address}/bot{TOKEN}/getUpdates", json={"timeout": 0}) as answer,
    ):
        assert answer.status == 200
    await asyncio.sleep(0.8)
    assert "Việc của đồng chí Mẫu" in await phones.says("officer", "/viec")


async def test_what_cannot_be_read_is_kept_as_it_came(phones: Phones, server: FakeTelegram) -> None:
    server.push_raw({"message": {"message_id": "x", "text": "?"}})
    await phones.settled()
    kept = await phones.app.db.write(
        lambda tx: tx.value("SELECT json_extract(body, '$.message.text') FROM inbox WHERE state = 'parked'")
    )
    assert kept == "?"


async def test_a_group_that_moves_is_followed(phones: Phones, server: FakeTelegram) -> None:
    officer = await phones.chat("officer")
    server.types(-500, "/tonghop 2027", kind="group", by=officer)
    await phones.settled()
    server.becomes_supergroup(-500, -1009)
    await phones.settled()
    server.types(-1009, "/tonghop 2027", kind="supergroup", by=officer)
    await phones.settled()
    assert len(server.shown["-1009"]) == 1
    places = await phones.app.db.write(
        lambda tx: tx.value("SELECT GROUP_CONCAT(address) FROM chat WHERE address LIKE '-%'")
    )
    assert places == "-1009"


async def test_an_answer_follows_a_chat_that_moved_meanwhile(phones: Phones, server: FakeTelegram) -> None:
    server.moved["-500"] = -1009
    server.types(-500, "/tonghop 2027", kind="group", by=await phones.chat("officer"))
    await phones.settled()
    assert len(server.shown["-1009"]) == 1
    places = "SELECT GROUP_CONCAT(address) FROM chat WHERE address LIKE '-%'"
    assert await phones.app.db.write(lambda tx: tx.value(places)) == "-1009", "the chat goes on there"
    asked = server.calls.count("sendMessage")
    server.types(-1009, "/tonghop 2026", kind="supergroup", by=await phones.chat("officer"))
    await phones.settled()
    assert len(server.shown["-1009"]) == 2
    assert server.calls.count("sendMessage") == asked + 1, "nobody asks at the old address again"


async def test_a_proxy_carries_everything(demo_file: Path, server: FakeTelegram) -> None:
    carried: list[str] = []

    async def carry(request: web.Request) -> web.Response:
        carried.append(request.path.rsplit("/", 1)[1])
        data, kind = await request.read(), {"Content-Type": request.headers.get("Content-Type", "")}
        async with (
            ClientSession() as session,
            session.request(request.method, server.address + request.path, data=data, headers=kind) as answer,
        ):
            return web.Response(body=await answer.read(), status=answer.status)

    app, port = web.Application(), free_port()
    app.router.add_route("*", "/{all:.*}", carry)
    proxy = web.AppRunner(app, shutdown_timeout=0.1)
    await proxy.setup()
    await web.TCPSite(proxy, "127.0.0.1", port).start()
    bot = Telegram(TOKEN, "http://telegram.invalid", proxy=f"http://127.0.0.1:{port}", pace=None)
    async with listening(demo_file, server, bot) as phones:
        assert "Việc của" in await phones.says("officer", "/viec")
    assert {"getUpdates", "sendMessage"} <= set(carried), "nothing went another way: the name leads nowhere"
    await proxy.cleanup()


@pytest.mark.parametrize(
    "odd",
    [
        "[]",
        "null",
        '{"ok": true}',
        '{"ok": true, "result": null}',
        '{"ok": true, "result": [null]}',
        '{"ok": false, "parameters": null}',
        "<html>",
    ],
)
async def test_an_answer_to_a_poll_that_makes_no_sense_is_no_poll(
    demo_file: Path, server: FakeTelegram, odd: str
) -> None:
    server.faults.append(("getUpdates", 200, {"text": odd}))
    bot = Telegram(TOKEN, server.address, pace=None)
    async with listening(demo_file, server, bot) as phones:
        assert "Việc của" in await phones.says("officer", "/viec")


async def test_what_cannot_be_kept_is_parked_and_holds_up_nobody(
    demo_file: Path, server: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = Telegram(TOKEN, server.address, pace=None)
    async with listening(demo_file, server, bot) as phones:
        receive = phones.app.dispatcher.receive

        async def broken(**came: Any) -> bool:
            if came["body"]["text"] == "lạ":
                raise TypeError("a bug")
            return await receive(**came)

        monkeypatch.setattr(phones.app.dispatcher, "receive", broken)
        server.types(await phones.chat("officer"), "lạ")
        assert "Việc của" in await phones.says("officer", "/viec")
        parked = "SELECT COUNT(*) FROM inbox WHERE state = 'parked'"
        assert await phones.app.db.write(lambda tx: tx.value(parked)) == 1


async def test_half_an_emoji_in_what_cannot_be_read_holds_up_nobody(phones: Phones, server: FakeTelegram) -> None:
    server.push_raw({"message": {"text": "lạ \ud83d"}})
    assert "Việc của" in await phones.says("officer", "/viec")
    parked = "SELECT json_extract(body, '$.message.text') FROM inbox WHERE state = 'parked'"
    assert await phones.app.db.write(lambda tx: tx.value(parked)) == "lạ ?"


async def test_a_group_that_has_become_a_supergroup_numbers_its_messages_anew(
    demo_file: Path, server: FakeTelegram
) -> None:
    bot = Telegram(TOKEN, server.address, pace=None)
    async with listening(demo_file, server, bot) as phones:
        chat = await phones.chat("office")
        asked = {"from": {"id": chat, "is_bot": False, "first_name": "x"}, "text": "/tonghop", "message_id": 7}
        group, more = {"id": -5, "type": "group"}, {"id": -1005, "type": "supergroup"}
        server.push_raw({"message": {**asked, "chat": group, "date": 1_790_000_000}})
        server.push_raw(
            {"message": {"message_id": 8, "date": 1_790_000_001, "chat": group, "migrate_to_chat_id": -1005}}
        )
        server.push_raw({"message": {**asked, "chat": more, "date": 1_790_000_002}})
        for _ in range(200):
            await asyncio.sleep(0.02)
            if server.shown.get("-1005"):
                break
        await phones.app.drain()
        assert [len(server.shown.get(place, ())) for place in ("-5", "-1005")] == [1, 1]


@asynccontextmanager
async def called(demo_file: Path, server: FakeTelegram) -> AsyncIterator[Phones]:
    """A bot that Telegram calls."""
    from bot.channels.web.server import Server
    from bot.language.i18n import Words
    from bot.server.web_chat import WebChat

    port = free_port()
    bot = Telegram(TOKEN, server.address, webhook=f"http://127.0.0.1:{port}/hook/telegram", pace=None)
    async with listening(demo_file, server, bot) as phones:
        site = Server(WebChat(phones.app, False, False), Words("vi"), frozenset())
        await site.start("127.0.0.1", port)
        await until(lambda: bot.good is not None)
        assert server.webhook, "it counts as heard once it is set"
        yield phones
        await site.stop()


async def test_the_webhook_takes_only_its_secret_and_says_200_after_the_commit(
    demo_file: Path, server: FakeTelegram
) -> None:
    async with called(demo_file, server) as phones:
        chat = await phones.chat("officer")
        server.types(chat, "/dangky sk")
        server.types(chat, "Kho bản vẽ hoàn công dùng chung")
        server.updates.append(server.updates[0])
        assert await server.deliver(secret="wrong") == [403]
        server.updates.rotate(1)  # what was refused comes again, after the others: back to its place
        assert await server.deliver() == [200, 200, 200]
        await phones.app.drain()
        shown = [each.text for each in server.shown[str(chat)]]
        assert len(shown) == 2, "delivered twice, answered once"
        assert "Câu 2/3" in shown[-1]
        assert await server.deliver(data=b"[]") == [400]
        assert await server.deliver(data=b'{"update_id": 5, "message": {"message_id": "?"}}') == [200], "parked"


async def test_what_the_webhook_did_not_take_comes_again_after_the_others(
    demo_file: Path, server: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with called(demo_file, server) as phones:
        receive, ends = phones.app.dispatcher.receive, [Closed("the process ends")]

        async def broken(**came: Any) -> bool:
            if ends:
                raise ends.pop()
            return await receive(**came)

        monkeypatch.setattr(phones.app.dispatcher, "receive", broken)
        officer, head = await phones.chat("officer"), await phones.chat("head")
        server.types(officer, "/viec")
        server.types(head, "/viec")
        assert await server.deliver() == [500, 200, 200]
        await phones.app.drain()
        assert [len(server.shown[str(chat)]) for chat in (officer, head)] == [1, 1]


# What goes out ------------------------------------------------------------------------------------


async def test_no_limit_of_telegrams_is_met(demo_file: Path, server: FakeTelegram) -> None:
    server.limits = True
    bot = Telegram(TOKEN, server.address)
    async with listening(demo_file, server, bot) as phones:
        await phones.says("officer", "/viec", "/menu", "/viec", "/menu", "/viec")
        assert server.refused == 0
        shown = len(server.shown[str(await phones.chat("officer"))])
        assert shown == 5


async def named(phones: Phones, n: int) -> list[str]:
    """So many people of the office."""
    everybody = await phones.app.db.write(lambda tx: tx.all(people.EVERYBODY))
    return [each.name for each in everybody][:n]


async def test_people_who_all_write_at_once_meet_no_limit(demo_file: Path, server: FakeTelegram) -> None:
    """Answers obey the pace too: who has to be told to wait by Telegram waits longer."""
    server.limits = True
    async with listening(demo_file, server, Telegram(TOKEN, server.address)) as phones:
        chats = [await phones.chat(who) for who in await named(phones, 20)]
        for _ in range(5):
            for chat in chats:
                server.types(chat, "/viec")
        await phones.settled()
        assert server.refused == 0
        assert [len(server.shown[str(chat)]) for chat in chats] == [5] * 20


async def test_two_chats_that_are_too_fast_hold_up_nobody_else(demo_file: Path, server: FakeTelegram) -> None:
    """A long pause for one of them and a short one for the other are about these two."""
    slow = [{"description": "Too Many Requests", "parameters": {"retry_after": wait}} for wait in (60, 2)]
    async with listening(demo_file, server, Telegram(TOKEN, server.address)) as phones:
        one, other, third = [await phones.chat(who) for who in ("officer", "head", "office")]
        for chat, said in zip((one, other), slow, strict=True):
            server.faults.append(("sendMessage", 429, said))
            server.types(chat, "/viec")
            await until(lambda: not server.faults)
        server.types(third, "/viec")
        await until(lambda: server.shown.get(str(third)), 1.5)
        await until(lambda: server.shown.get(str(other)), 3)
        assert not server.shown.get(str(one))


async def test_one_chat_that_is_too_fast_holds_up_nobody_else(demo_file: Path, server: FakeTelegram) -> None:
    bot = Telegram(TOKEN, server.address)
    slow = {"description": "Too Many Requests", "parameters": {"retry_after": 30}}
    async with listening(demo_file, server, bot) as phones:
        officer, head = await phones.chat("officer"), await phones.chat("head")
        server.faults.append(("sendMessage", 429, slow))
        server.types(officer, "/viec")
        await asyncio.sleep(0.3)
        server.types(head, "/viec")
        await asyncio.sleep(0.5)
        assert server.shown.get(str(head))
        assert not server.shown.get(str(officer))


async def test_an_old_button_knows_the_version_it_was_drawn_for(phones: Phones) -> None:
    await phones.says("officer", *TASK)
    await phones.says("head", "/xacnhan NV-2027-003")
    await phones.says("officer", "/cuatoi sua NV-2027-003", "1", "Số hóa xong 500 hồ sơ hoàn công của phòng", "gửi")
    said = await phones.says("head", ":tap Xác nhận")
    assert "đã thay đổi sau tin trước" in said
    assert "500 hồ sơ" in said
    assert "Đã xác nhận phiếu" in await phones.says("head", ":tap Xác nhận")


PDF = Attachment("Báo cáo năm 2027 – QLXD.pdf", "application/pdf", b"%PDF" * 500)
PICTURE = Attachment("Tiến độ.png", "image/png", b"\x89PNG" * 500)


@pytest.mark.parametrize(("method", "file"), [("sendDocument", PDF), ("sendPhoto", PICTURE)])
async def test_files_go_out_whole_and_by_their_names(server: FakeTelegram, method: str, file: Attachment) -> None:
    bot = on_telegram(server)
    text = await bot.send("5", {"text": "Gửi đồng chí"}, [file])
    assert (text.outcome.value, text.parts, text.more) == ("sent", 1, True)
    sent = await bot.send("5", {"text": "Gửi đồng chí"}, [file], skip=1)
    assert (sent.outcome.value, sent.parts, sent.more) == ("sent", 2, False)
    assert server.calls == ["sendMessage", method]
    assert [each.file for each in server.shown["5"]] == ["", file.name]
    assert server.uploads == {file.name: file.bytes}
    await bot.close()


@pytest.mark.parametrize(("method", "file"), [("sendDocument", PDF), ("sendPhoto", PICTURE)])
@pytest.mark.parametrize(
    ("status", "answer", "outcome"),
    [
        (429, {"description": "Too Many Requests", "parameters": {"retry_after": 3}}, "slower"),
        (403, {"description": "Forbidden: bot was blocked by the user"}, "gone"),
        (400, {"description": "Bad Request: IMAGE_PROCESS_FAILED"}, "refused"),
        (404, {"description": "Not Found"}, "later"),
        (502, {"description": "Bad Gateway"}, "later"),
        (HANG, {"delivered": False}, "unsure"),
    ],
)
async def test_what_telegram_says_of_a_file(
    server: FakeTelegram, method: str, file: Attachment, status: int, answer: dict[str, Any], outcome: str
) -> None:
    bot = on_telegram(server)
    server.faults.append((method, status, answer))
    assert (await bot.send("5", {"text": "Gửi đồng chí"}, [file])).outcome.value == "sent"
    first = await bot.send("5", {"text": "Gửi đồng chí"}, [file], skip=1)
    assert (first.outcome.value, first.parts) == (outcome, 1), "the text has gone out"
    again = await bot.send("5", {"text": "Gửi đồng chí"}, [file], skip=1)
    assert again.outcome.value == "sent"
    assert [each.file for each in server.shown["5"]] == ["", file.name], "the text only once"
    await bot.close()


async def test_a_wrong_request_is_noticed() -> None:
    from telegram.error import BadRequest

    server = FakeTelegram()
    await server.start()
    bot = on_telegram(server)
    for asked in (
        {"chat_id": 5},
        {"chat_id": 5, "text": 7},
        {"chat_id": 5, "text": "ă" * 4097},
        {"chat_id": 5, "text": "x", "parse_mode": "HTML"},
        {"chat_id": 5, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "ă" * 33}]]}},
        {"chat_id": 5, "text": "x", "reply_markup": {"remove_keyboard": True, "inline_keyboard": [[]]}},
        {"chat_id": 5, "text": "x", "reply_markup": {"keyboard": [[{"text": ""}]]}},
    ):
        with pytest.raises(BadRequest):
            await bot._ask("sendMessage", asked)
    assert len(server.wrong) >= 7
    server.wrong.clear()
    with pytest.raises(BadRequest):
        await bot._bot.send_document(5, b"x", caption="x" * 1025)
    assert server.wrong == ["sendDocument: caption is 1025, not None to 1024"]
    await bot.close()
    with pytest.raises(AssertionError):
        await server.stop()


async def test_the_webhook_says_200_only_when_the_file_has_it(server: FakeTelegram) -> None:
    bot = Telegram(TOKEN, server.address, webhook="https://thidua.example.vn/hook", pace=None)
    committed, asked = asyncio.Event(), list[Event]()

    async def receive(event: Event) -> bool:
        asked.append(event)
        await committed.wait()
        return True

    hook = bot.hook(receive)
    assert hook is not None
    said = {"message_id": 1, "chat": {"id": 5, "type": "private"}, "text": "/viec"}
    body = json.dumps({"update_id": 9, "message": said}).encode()
    answering = asyncio.ensure_future(hook[1]({HEADER: bot._listener._webhook.secret}, body))
    await until(lambda: asked)
    await asyncio.sleep(0.1)
    assert not answering.done(), "nothing is promised yet"
    committed.set()
    assert await answering == 200
    assert await hook[1]({HEADER: "wrong"}, body) == 403
    assert len(asked) == 1
    await bot.close()


async def test_the_webhook_does_not_say_200_when_the_commit_fails(server: FakeTelegram) -> None:
    bot = Telegram(TOKEN, server.address, webhook="https://thidua.example.vn/hook", pace=None)

    async def receive(event: Event) -> bool:
        raise OSError("disk full")

    hook = bot.hook(receive)
    assert hook is not None
    said = {"message_id": 1, "chat": {"id": 5, "type": "private"}, "text": "/viec"}
    with pytest.raises(OSError, match="disk full"):
        await hook[1]({HEADER: bot._listener._webhook.secret}, json.dumps({"update_id": 9, "message": said}).encode())
    await bot.close()
