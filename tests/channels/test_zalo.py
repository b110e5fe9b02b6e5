"""Zalo as its users have found it: every odd behaviour of the platform, and what people see of it."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any
from unicodedata import normalize

import pytest

from bot.channels.zalo import client, draw, updates
from bot.delivery.circuit_breaker import LONG_REST
from bot.delivery.month_quota import LOW
from bot.delivery.signed_urls import LinkState
from tests.fakes.telegram import HANG, FakeTelegram
from tests.fakes.zalo import FakeZalo, Ways
from tests.phones import Phones, listening, on_telegram, on_zalo, until

pytestmark = pytest.mark.slow


@pytest.fixture
async def server() -> AsyncIterator[FakeZalo]:
    server = FakeZalo()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def phones(demo_file: Path, server: FakeZalo) -> AsyncIterator[Phones]:
    async with listening(demo_file, server, on_zalo(server)) as phones:
        yield phones


# What comes in ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ways",
    [
        Ways(),
        Ways(idle_status=408, poll=0.05),
        Ways(as_list=True),
        Ways(event_name=False),
        Ways(seconds=True),
        Ways(photo_key="photo"),
        Ways(code_of_success=False),
        Ways(error_status=400),
        Ways(slow=0.3),
    ],
    ids=lambda ways: ",".join(f"{k}={v}" for k, v in vars(ways).items() if v != getattr(Ways(), k)) or "usual",
)
async def test_however_the_platform_words_it(demo_file: Path, ways: Ways) -> None:
    server = FakeZalo(ways)
    await server.start()
    async with listening(demo_file, server, on_zalo(server)) as phones:
        await asyncio.sleep(0.2)  # some idle polls
        assert "Việc của đồng chí Mẫu" in await phones.says("officer", "viec cua toi")
        await phones.says("officer", "/dangky sk", "Kho bản vẽ hoàn công dùng chung", "3", "sửa tóm tắt")
        server.attaches(await phones.chat("officer"), "a.jpg", b"\xff\xd8 anh")
        await phones.settled()
        assert "Đã nhận 01 tệp" in await phones.says("officer", ":wait 1m")
        assert await phones.app.db.write(lambda tx: tx.value("SELECT bytes FROM content LIMIT 1")) == b"\xff\xd8 anh"
    await server.stop()


async def test_an_album_is_one_answer(phones: Phones, server: FakeZalo) -> None:
    await phones.says("officer", "/dangky sk", "Kho bản vẽ hoàn công dùng chung", "3", "sửa tóm tắt")
    for n in range(5):
        server.attaches(await phones.chat("officer"), f"{n}.jpg", bytes([n]))
    await phones.settled()
    said = await phones.says("officer", ":wait 1m")
    assert said.count("---") == 1
    assert "Đã nhận 05 tệp" in said


async def test_the_end_of_an_album_does_not_come_after_the_next_question(phones: Phones, server: FakeZalo) -> None:
    await phones.says("officer", "/dangky sk", "Kho bản vẽ hoàn công dùng chung", "3", "sửa tóm tắt")
    server.attaches(await phones.chat("officer"), "1.jpg", b"1")
    await phones.settled()
    said = await phones.says("officer", "xong", ":wait 1m")
    assert said.count("---") == 1
    assert "Câu 3/3" in said


async def test_a_platform_that_repeats_itself_is_answered_once(demo_file: Path) -> None:
    server = FakeZalo(Ways(replay=True))
    await server.start()
    async with listening(demo_file, server, on_zalo(server)) as phones:
        chat = await phones.chat("officer")
        server.types(chat, "/viec")
        await asyncio.sleep(1.5)
        await phones.app.drain()
        assert len(server.shown[str(chat)]) == 1
        assert server.calls.count("getUpdates") < 8, "not in a tight circle"
        server.updates.clear()
    await server.stop()


@pytest.mark.parametrize(
    "hollow", ['{"ok":true}', '{"ok":true,"result":{}}', '{"ok":true,"result":null}', '{"ok":true,"result":[]}']
)
async def test_polls_that_are_not_held_open_do_not_turn_in_a_tight_circle(demo_file: Path, hollow: str) -> None:
    server = FakeZalo(Ways(hollow=hollow))
    await server.start()
    async with listening(demo_file, server, on_zalo(server)) as phones:
        await asyncio.sleep(1.0)
        assert server.calls.count("getUpdates") < 6
        server.types(await phones.chat("officer"), "/viec")
        await until(lambda: not server.updates)
        await phones.settled()
        assert "Việc của đồng chí Mẫu" in "".join(phones.new(await phones.chat("officer")))
    await server.stop()


async def test_a_poll_is_always_open(demo_file: Path) -> None:
    """What is sent while nobody polls is lost: so the next poll is open before the last message is committed."""
    server = FakeZalo(Ways(lose_unpolled=True))
    await server.start()
    async with listening(demo_file, server, on_zalo(server)) as phones:
        chat, done = await phones.chat("officer"), Event()
        await until(lambda: server.polls)
        held = asyncio.ensure_future(phones.app.db.write(lambda tx: done.wait(10)))
        for n in range(8):
            server.types(chat, f"tin {n}")
            await until(lambda: server.polls and not server.updates)
        done.set()
        await held
        await phones.settled()
        kept = await phones.app.db.write(lambda tx: tx.value("SELECT COUNT(*) FROM inbox WHERE body LIKE '%tin %'"))
        assert kept == 8
    await server.stop()


@pytest.mark.parametrize(
    "update",
    [
        {"event_name": "message.text.received", "message": {"message_id": "x"}},
        {"event_name": "user.follow", "user": "x"},
        {"event_name": "webhook.test", "message": {"date": 1787124248, "message_id": "webhook-test", "text": "x"}},
    ],
)
async def test_what_nobody_knows_holds_up_nobody(phones: Phones, server: FakeZalo, update: dict[str, Any]) -> None:
    server.push_raw(update)
    assert "Việc của đồng chí Mẫu" in await phones.says("officer", "/viec")
    parked = "SELECT COUNT(*) FROM inbox WHERE state = 'parked'"
    assert await phones.app.db.write(lambda tx: tx.value(parked)) == (update["event_name"] != "webhook.test")


@pytest.mark.parametrize(
    ("event", "contents", "told"),
    [
        ("sticker", {"sticker": "0e078a2fb66a5f34067b", "url": "https://example.vn/s.png"}, "đã thấy nhãn dán"),
        ("voice", {"voice_url": "https://example.vn/a.aac"}, "chưa nghe được tin thoại. Mời đồng chí gửi lại bằng chữ"),
        ("unsupported", {}, "Đề nghị gửi lại bằng chữ"),
    ],
)
async def test_what_is_not_words_gets_a_kind_sentence_that_leads_on(
    phones: Phones, server: FakeZalo, event: str, contents: dict[str, Any], told: str
) -> None:
    chat = await phones.chat("officer")
    server.push(event, chat, contents)
    await until(lambda: not server.updates)
    await phones.settled()
    said = "".join(phones.new(chat))
    assert told in said
    assert "gõ «việc» để xem việc cần làm" in said


async def test_what_the_platform_hides_is_asked_for_as_text(phones: Phones, server: FakeZalo) -> None:
    await phones.says("officer", "/dangky sk")
    server.push("unsupported", await phones.chat("officer"), {})
    await phones.settled()
    said = await phones.says("officer")
    assert "gửi lại bằng chữ" in said
    assert "Câu 1/3" in said, "the open question stands"


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        (502, {"text": "<html>Bad Gateway</html>"}),
        (504, {"text": ""}),
        (401, {"description": "Unauthorized"}),
        (400, {"description": "Bad request"}),
        (403, {"description": "Internal server error"}),
        (429, {"description": "Quota exceeded"}),
        (HANG, {}),
    ],
)
async def test_a_poll_that_fails_is_polled_again(
    phones: Phones, server: FakeZalo, code: int, answer: dict[str, Any]
) -> None:
    chat = await phones.chat("officer")
    server.faults.append(("getUpdates", code, answer))
    server.types(chat, "/menu")  # wakes the poll that is open
    await phones.settled()
    await asyncio.sleep(1.3)
    server.types(chat, "/viec")
    for _ in range(60):
        await asyncio.sleep(0.1)
        await phones.settled()
        if "Việc của đồng chí Mẫu" in "".join(phones.new(chat)):
            return
    raise AssertionError("no answer")


async def test_a_webhook_that_somebody_set_is_told_and_left(
    demo_file: Path, server: FakeZalo, caplog: pytest.LogCaptureFixture
) -> None:
    server.webhook = "https://example.vn/hook"
    async with listening(demo_file, server, on_zalo(server)):
        await asyncio.sleep(0.3)
    assert "a webhook is set" in caplog.text
    assert server.webhook, "never removed behind somebody's back"


# What goes out ------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("length", [10, 1890, 1900, 4000, 20_000])
def test_long_texts_are_cut_counted_and_whole(length: int, form: Any) -> None:
    text = normalize(form, "\n".join("Dòng chữ có dấu tiếng Việt 🙂" for _ in range(length // 28 + 1)))
    parts = draw.parts(text)
    assert all(0 < draw.units(part) <= draw.LONGEST for part in parts)
    whole = [re.sub(r"^\(\d+/\d+\) ", "", part) for part in parts]
    assert "".join("".join(whole).split()) == "".join(normalize("NFC", text).split())


def test_a_word_without_end_is_cut_too() -> None:
    assert all(draw.units(part) <= draw.LONGEST for part in draw.parts("x" * 5000))


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (200, b'{"ok":true,"result":{},"error_code":0}', 0),
        (200, b'{"ok":false,"error_code":429,"description":"Quota exceeded"}', 429),
        (200, b'{"ok":false,"error_code":"400"}', 400),
        (200, b'{"ok":false,"errorCode":426}', 426),
        (401, b"<html>", 401),
        (200, b"", 504),
        (200, b"[]", 504),
        (408, b'{"ok":false,"error_code":408}', 408),
    ],
)
def test_the_body_says_it_before_the_status(status: int, body: bytes, code: int) -> None:
    assert client.read(status, body).code == code


@pytest.mark.parametrize(
    ("code", "answer", "shown", "state"),
    [
        (502, {}, 1, "sent"),
        (403, {"description": "Internal server error"}, 1, "sent"),
        (400, {"description": "Bad request"}, 0, "failed"),
        (HANG, {"delivered": False}, 1, "sent"),
        (HANG, {"delivered": True}, 2, "sent"),
        (200, {"text": "<html>"}, 1, "sent"),
    ],
)
async def test_what_zalo_says_of_an_answer(
    phones: Phones, server: FakeZalo, code: int, answer: dict[str, Any], shown: int, state: str
) -> None:
    server.faults.append(("sendMessage", code, answer))
    said = await phones.says("officer", "/viec")
    assert said.count("Việc của đồng chí Mẫu") == shown
    assert await phones.app.db.write(lambda tx: tx.value("SELECT state FROM outbox WHERE kind = 'answer'")) == state


async def test_the_second_part_failing_does_not_repeat_the_first(demo_file: Path, server: FakeZalo) -> None:
    channel = on_zalo(server)
    server.known.add("1")
    body = {"text": "Dòng chữ\n" * 400}
    server.faults.append(("sendMessage", 502, {}))
    first = await channel.send("1", body, [])
    assert (first.outcome.value, first.parts) == ("later", 0)
    server.types("1", "x")
    sent = await channel.send("1", body, [], skip=1)
    assert sent.parts == len(draw.parts(str(body["text"])))
    assert [each.text[:5] for each in server.shown["1"]] == ["(2/2)"]
    await channel.close()


async def test_pictures_go_by_a_signed_link_where_there_is_a_public_address(demo_file: Path, server: FakeZalo) -> None:
    from bot.channels.web.server import Server
    from bot.language.i18n import Words
    from bot.server.web_chat import WebChat
    from tests.processes import free_port

    port = free_port()
    async with listening(demo_file, server, on_zalo(server), public=f"http://127.0.0.1:{port}/") as phones:
        site = Server(WebChat(phones.app, False, False), Words("vi"), frozenset())
        await site.start("127.0.0.1", port)
        said = await phones.says("office", "tổng hợp 2026")
        assert "Tổng hợp năm 2026" in said
        ((url, data),) = server.fetched.items()
        assert data.startswith(b"\x89PNG")
        id, chat, until, signature, name = url.split("/shared/")[1].split("/")
        assert name == "Chi-tieu-2026.png"
        state = phones.app.links.state
        assert state(int(id), int(until), signature, int(chat)) is LinkState.GOOD
        for other in (
            state(int(id) + 1, int(until), signature, int(chat)),
            state(int(id), int(until) + 1, signature, int(chat)),
            state(int(id), int(until), signature, int(chat) + 1),
            state(int(id), int(until), signature),
        ):
            assert other is LinkState.NOT_OURS
        await phones.says("office", ":wait 8d")
        assert state(int(id), int(until), signature, int(chat)) is LinkState.OVER, "it has expired"
        await site.stop()


async def test_without_a_public_address_the_figures_stand_in_the_text(phones: Phones, server: FakeZalo) -> None:
    said = await phones.says("office", "tổng hợp 2026", "xem đủ")
    assert "1. Đơn vị có kế hoạch: 14/14, 100%" in said
    assert "sendPhoto" not in server.calls


# The month's quota --------------------------------------------------------------------------------


async def test_answers_come_first_when_the_month_runs_low(demo_file: Path, server: FakeZalo) -> None:
    async with listening(demo_file, server, on_zalo(server, quota=100)) as phones:
        for who in ("office", "head", "officer"):
            await phones.chat(who)

        async def used(n: int) -> None:
            await phones.app.db.write(
                lambda tx: (
                    tx.run("UPDATE quota SET used = :n", n=n)
                    or tx.run("INSERT INTO quota (channel, month, used) VALUES ('zalo:4455667788', '2027-10', :n)", n=n)
                )
            )

        await used(LOW - 1)
        assert "Việc của" in await phones.says("officer", "/viec")
        told = await phones.says("Lương Thị Nháp", ":wait 1m")
        assert f"Zalo: đã dùng {LOW}/100 tin của tháng này" in told, "a piece of news was still let through"
        assert "tháng này" not in await phones.says("Lương Thị Nháp", "/viec", ":wait 20m"), "told once a month"
        assert "Mở kỳ gửi báo cáo" in await phones.says("head"), "a reminder was let through"
        await used(99)
        assert await phones.says("head", ":clock 2027-10-29T08:05") == "> :clock 2027-10-29T08:05\n", (
            "pings have stopped"
        )
        await used(150)
        assert "Việc của đồng chí Mẫu" in await phones.says("officer", "/viec"), "answers never stop by our own count"


async def test_a_new_month_begins_in_vietnamese_time(demo_file: Path, server: FakeZalo) -> None:
    async with listening(demo_file, server, on_zalo(server, quota=100)) as phones:
        await phones.says("officer", ":clock 2027-11-01T06:00", "/viec")
        months = await phones.app.db.write(lambda tx: tx.value("SELECT GROUP_CONCAT(month) FROM quota"))
        assert months == "2027-11", "it is still October in UTC"


async def test_a_full_channel_rests_and_the_answer_comes_later(phones: Phones, server: FakeZalo) -> None:
    server.faults.append(("sendMessage", 429, {"description": "Quota exceeded"}))
    assert await phones.says("officer", "/viec") == "> /viec\n"
    breaker = phones.app.sender.queues.lines["zalo:4455667788"].breaker
    assert breaker.rest() > 1000
    assert await phones.says("head", ":wait 5m") == "> :wait 5m\n", "nothing unasked goes out while it rests"
    breaker._clock = lambda: monotonic() + LONG_REST
    assert "Việc của đồng chí Mẫu" in await phones.says("officer", ":wait 31m")


# The webhook --------------------------------------------------------------------------------------


@pytest.mark.parametrize("wrapped", [True, False])
async def test_the_webhook_takes_both_wrappers_and_only_with_its_secret(demo_file: Path, wrapped: bool) -> None:
    from bot.channels.web.server import Server
    from bot.channels.zalo.channel import Zalo
    from bot.language.i18n import Words
    from bot.server.web_chat import WebChat
    from tests.fakes.zalo import TOKEN
    from tests.processes import free_port

    server, port = FakeZalo(Ways(wrapped=wrapped, twice=True, probes=True)), free_port()
    await server.start()
    channel = Zalo(TOKEN, server.address, f"http://127.0.0.1:{port}/zalo/1", pace=None)
    async with listening(demo_file, server, channel) as phones:
        site = Server(WebChat(phones.app, False, False), Words("vi"), frozenset())
        await site.start("127.0.0.1", port)
        for _ in range(50):
            await asyncio.sleep(0.02)
            if channel.good is not None:
                break
        assert server.webhook, "it counts as heard once it is set"
        chat = await phones.chat("officer")
        server.types(chat, "/viec")
        assert await server.deliver() == [200, 200]
        await phones.app.drain()
        assert len(server.shown[str(chat)]) == 1, "delivered twice, answered once"
        server.types(chat, "/menu")
        assert await server.deliver(secret="wrong") == [403, 403]
        assert await server.deliver(data=b"") == [200], "the probe without a body"
        assert await server.deliver(secret="", data=b'{"event_name":"webhook.test","message":{}}') == [200]
        assert await server.deliver(data=b"{") == [400]
        tested = await channel._client.call("testWebhook")
        assert tested.result["outcome"] == "webhook.ok", "Zalo calls it without its secret to see whether it is there"
        calls = server.calls.count("setWebhook")
        await channel._listener.set_webhook()
        assert server.calls.count("setWebhook") == calls == 1, "so many calls a day are allowed"
        await site.stop()
    await server.stop()


def test_a_group_message_says_who_says_it() -> None:
    message = {"chat": {"id": "g", "chat_type": "GROUP"}, "message_id": "1", "from": {"id": "x"}}
    heard = updates.read({"message": {**message, "text": "@Bot Thi đua /tonghop 2027"}})
    assert heard is not None
    assert (heard.text, heard.group, heard.by) == ("/tonghop 2027", True, "x")


# One person in two messengers ---------------------------------------------------------------------


async def test_begin_on_zalo_and_finish_on_telegram(phones: Phones, server: FakeZalo) -> None:
    said = await phones.says("officer", "/dangky sk", "Kho bản vẽ hoàn công dùng chung", "/batdau ma", "/viec tiep 1")
    code = next(line for line in said.splitlines() if re.fullmatch(r"[A-Z2-9]{10}", line))
    async with Beside(phones) as other:
        for text in (f"bắt đầu {code}", "tôi đã đọc và đồng ý", "việc", "1"):
            other.server.types(77, text)
            await other.settled()
        assert "Câu 2/3" in other.server.shown["77"][-1].text
        here = await phones.says("officer", "3")
        assert "đang được viết tiếp trên Telegram" in here
        assert "Tiếp tục ở đây" in here
        other.server.types(77, "3")
        await other.settled()
        assert "Câu 3/3" in other.server.shown["77"][-1].text
        assert "Câu 3/3" in await phones.says("officer", "việc", "1"), "and back again"


async def test_reminders_go_where_they_are_wanted_and_fall_over(phones: Phones, server: FakeZalo) -> None:
    async with Beside(phones) as other:
        head = await phones.chat("head")
        there = await other.chat("head")
        assert "nhắc việc của đồng chí Thử gửi về đây" in await phones.says("head", "/batdau day")
        await other.says("head", "/viec")
        await phones.says("head", ":wait 5m")
        assert "Nhắc" in server.shown[str(head)][-1].text or "Mở kỳ" in server.shown[str(head)][-1].text
        before = len(other.server.shown[str(there)])
        server.faults.append(("sendMessage", 400, {"description": "Bad request: chat_id is invalid"}))
        await phones.says("head", ":clock 2027-10-29T08:05")
        assert len(other.server.shown[str(there)]) == before + 1, "Zalo did not take it, Telegram did"
        assert "Nhắc gửi báo cáo năm 2027" in other.server.shown[str(there)][-1].text


async def test_whoever_is_reached_nowhere_is_told_to_the_office(phones: Phones, server: FakeZalo) -> None:
    await phones.chat("head")
    await phones.chat("office")
    server.faults.append(("sendMessage", 400, {"description": "Bad request: chat_id is invalid"}))
    await phones.app.db.write(
        lambda tx: tx.run("UPDATE chat SET person = NULL WHERE channel = 'local' AND person <> 1")
    )
    await phones.says("head", ":wait 5m")
    assert "Hoàng Văn Thử" in await phones.says("office", ":wait 20m")


class Beside:
    """Telegram beside what is open already, in the same application."""

    def __init__(self, phones: Phones) -> None:
        self._phones = phones

    async def __aenter__(self) -> Phones:
        self._server = FakeTelegram()
        await self._server.start()
        channel = on_telegram(self._server)
        app = self._phones.app
        app.add(channel)
        self._ear = asyncio.create_task(app.listen(channel))
        return Phones(app, self._server, channel)

    async def __aexit__(self, *why: object) -> None:
        self._ear.cancel()
        await asyncio.gather(self._ear, return_exceptions=True)
        await self._server.stop()


async def test_several_bots_share_the_load(phones: Phones, server: FakeZalo) -> None:
    from bot.channels.zalo.channel import Zalo

    phones.app.add(Zalo("99887766:abc-xyz", server.address, pace=None))
    await phones.chat("head")
    said = await phones.says("office", "/moinguoi Nông Văn Mẫu")
    assert "https://bot.zaloplatforms.com/bots/99887766 " in said, "the one with the fewest people"
    assert "bots/4455667788" not in said


async def test_a_bot_that_is_full_is_no_door_while_another_has_room(
    phones: Phones, server: FakeZalo, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.channels.zalo import channel
    from bot.channels.zalo.channel import Zalo

    monkeypatch.setattr(channel, "PEOPLE", 1)
    other = Zalo("99887766:abc-xyz", server.address, pace=None)
    phones.app.add(other)
    for who in ("head", "office"):
        await phones.chat(who)
    said = await phones.says("office", "/moinguoi Nông Văn Mẫu")
    assert "bots/99887766" in said
    assert "đã đủ người" not in said
    monkeypatch.setattr(channel, "PEOPLE", 0)
    said = await phones.says("office", "/moinguoi Nông Văn Mẫu")
    assert "bots/" not in said
    assert "Zalo: mọi bot đã đủ người" in said


# What the platform may do otherwise ---------------------------------------------------------------


@asynccontextmanager
async def platform(**ways: Any) -> AsyncIterator[FakeZalo]:
    server = FakeZalo(Ways(**ways))
    await server.start()
    yield server
    await server.stop()


@pytest.mark.parametrize("error_status", [200, 400])
async def test_a_month_that_is_used_up_is_known_by_the_body(error_status: int) -> None:
    async with platform(quota=1, error_status=error_status) as server:
        bot = on_zalo(server)
        server.known |= {"1"}
        assert (await bot.send("1", {"text": "một"}, [])).outcome.value == "sent"
        full = await bot.send("1", {"text": "hai"}, [])
        assert (full.outcome.value, full.parts) == ("full", 0)
        await bot.close()


async def test_one_person_too_many_is_refused_and_told_to_the_office(demo_file: Path) -> None:
    async with platform(users=1) as server, listening(demo_file, server, on_zalo(server)) as phones:
        assert "Việc của" in await phones.says("office", "/viec")
        await phones.chat("head")
        await phones.app.db.write(lambda tx: tx.run("UPDATE chat SET person = NULL WHERE channel = 'local'"))
        assert await phones.says("head", ":wait 5m") == "> :wait 5m\n"
        assert "Hoàng Văn Thử" in await phones.says("office", ":wait 20m")


@pytest.mark.parametrize("way", ["html", "json", "ok"])
async def test_a_token_that_is_not_known_is_told_however_it_is_said(way: str) -> None:
    from bot.channels.zalo.channel import Zalo
    from bot.language.i18n import Words

    async with platform(unknown_token=way) as server:
        bot = Zalo("1:x", server.address, pace=None)
        found = [Words("vi").say(each.what) async for each in bot.examine() if each.well is False]
        assert len(found) == 1
        assert "không nhận mã của bot 1: 401" in found[0]
        await bot.close()


HOOK = "https://thidua.example.vn/zalo/1"


async def test_a_webhook_that_cannot_be_called_is_kept_and_told(caplog: pytest.LogCaptureFixture) -> None:
    from bot.channels.zalo.channel import Zalo
    from tests.fakes.zalo import TOKEN

    async with platform(verified="webhook.err.tls") as server:
        bot = Zalo(TOKEN, server.address, HOOK, pace=None)
        await bot._listener.set_webhook()
        assert server.webhook == HOOK
        assert "could not call it (webhook.err.tls)" in caplog.text
        await bot.close()


@pytest.mark.parametrize("ways", [{"hooks_a_day": 0}, {"loopback": False}])
async def test_a_webhook_that_is_not_taken_is_not_insisted_on(
    caplog: pytest.LogCaptureFixture, ways: dict[str, Any]
) -> None:
    from bot.channels.zalo.channel import Zalo
    from tests.fakes.zalo import TOKEN

    async with platform(**ways) as server:
        address = HOOK if "hooks_a_day" in ways else "http://127.0.0.1:9/zalo/1"
        bot = Zalo(TOKEN, server.address, address, pace=None)
        setting = asyncio.create_task(bot._listener.set_webhook())
        await until(lambda: "is not set" in caplog.text)
        await asyncio.sleep(2.5)
        assert server.calls.count("setWebhook") <= (1 if "hooks_a_day" in ways else 2)
        assert ("426" in caplog.text) == ("hooks_a_day" in ways)
        setting.cancel()
        await asyncio.gather(setting, return_exceptions=True)
        await bot.close()


@pytest.mark.parametrize("none", [400, 0])
async def test_the_methods_that_nothing_here_uses_yet(none: int) -> None:
    """So that whoever uses them meets what the platform does."""
    from tests.fakes.zalo import TOKEN

    async with platform(no_hook_to_delete=none, hooks_a_day=1) as server:
        line = client.Client(TOKEN, server.address)
        server.push("text", "g", {"text": "x"}, "GROUP")
        server.known.add("1")
        voice = "https://example.vn/a.aac"
        assert (await line.call("deleteWebhook")).code == none
        assert (await line.call("testWebhook")).code == 0
        assert (await line.call("testWebhook")).code == 426
        assert (await line.call("sendSticker", chat_id="1", sticker="0e078a2fb66a5f34067b")).code == 0
        assert (await line.call("sendVoice", chat_id="1", voice_url=voice)).code == 0
        assert (await line.call("sendVoice", chat_id="1", voice_url="https://example.vn/a.mp3")).code == 400
        assert (await line.call("sendVoice", chat_id="g", voice_url=voice)).code == 0
        assert "g" not in server.shown, "taken, and never delivered"
        assert (await line.call("sendPhoto", chat_id="1", photo="data:image/png;base64,x")).why.startswith(
            "The photo must start"
        )
        typing = await line.call("sendChatAction", chat_id="1", action="typing")
        assert (typing.code, typing.result) == (0, None)
        assert not server.wrong
        for method, given in (
            ("sendDocument", {"chat_id": "1"}),
            ("getUpdates", {"offset": 5}),
            ("sendMessage", {"chat_id": "1", "text": ""}),
            ("sendMessage", {"chat_id": 1, "text": "x"}),
            ("sendMessage", {"chat_id": "1", "text": "ă" * 2001}),
            ("setWebhook", {"url": HOOK, "secret_token": "short"}),
        ):
            assert (await line.call(method, **given)).code in (400, 404)
        assert len(server.wrong) == 6
        server.wrong.clear()
        await line.close()
