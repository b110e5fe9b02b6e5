"""What becomes of a message: whatever a messenger answers, nothing is lost and nothing comes twice."""

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web

from bot.channels import limits
from bot.channels.messages import Attachment, Outcome, Parcel, Reached, Result
from bot.channels.rate_limit import Pace
from bot.channels.telegram.channel import Telegram
from bot.channels.zalo.channel import Zalo
from bot.delivery.circuit_breaker import ILL, REST, CircuitBreaker
from bot.delivery.lines import ANSWERS, UNASKED
from bot.delivery.signed_urls import FileLink
from storage import inbox
from tests.fakes.telegram import TOKEN
from tests.messenger import Messenger, at_the_desk

LATER, UNSURE, FULL = (Result(outcome) for outcome in (Outcome.LATER, Outcome.UNSURE, Outcome.FULL))
LEFT = "SELECT COUNT(*) FROM outbox WHERE state IN ('waiting', 'sending')"
STATES = "SELECT GROUP_CONCAT(state) FROM outbox WHERE news = 'announcement'"


class Now:
    at = 100.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tried again is so without a pause."""
    monkeypatch.setattr("bot.delivery.retry_policy.LONGEST", 0.01)
    monkeypatch.setattr("bot.delivery.circuit_breaker.LONG_REST", 0.01)


async def test_what_went_out_in_one_message_is_sent_or_said_again_together(demo_file: Path) -> None:
    messenger = Messenger()
    async with at_the_desk(demo_file, messenger) as desk:
        head = await desk.seat("head", messenger)
        await desk.hands([head], "Họp lúc 14 giờ.", "Họp ở phòng 302.")
        messenger.results = [LATER]
        await desk.app.drain()
        assert await desk.value(STATES) == "waiting,waiting"
        await desk.app.move(desk.app.now() + timedelta(minutes=1))
        assert messenger.told(head).count("14 giờ") == 1
        assert messenger.told(head).count("302") == 1
        assert await desk.value(STATES) == "sent,sent"


@pytest.mark.slow
async def test_when_one_message_of_several_is_unsure_every_sender_is_told(demo_file: Path) -> None:
    messenger = Messenger()
    async with at_the_desk(demo_file, messenger) as desk:
        head, office, officer = [await desk.seat(who, messenger) for who in ("head", "office", "officer")]
        await desk.hands([head], "Họp lúc 14 giờ.", by="office")
        await desk.hands([head], "Họp ở phòng 302.", by="officer")
        messenger.results = [UNSURE]
        await desk.app.drain()
        assert await desk.value(STATES) == "unsure,unsure"
        await desk.app.move(desk.app.now() + timedelta(minutes=1))
        for sender in (office, officer):
            assert "Chưa chắc đã đến (01)" in messenger.told(sender)


@pytest.mark.parametrize("outcome", [Outcome.LATER, Outcome.SLOWER, Outcome.FULL], ids=str)
async def test_a_part_that_stands_there_is_followed_by_the_rest_only(
    demo_file: Path, at_once: None, outcome: Outcome
) -> None:
    messenger = Messenger(longest=40)
    async with at_the_desk(demo_file, messenger) as desk:
        head = await desk.seat("head", messenger)
        await desk.hands([head], "Họp lúc 14 giờ tại phòng 302, đề nghị mang theo số liệu của tháng.")
        met = iter([None, Result(outcome, wait=0.01), Result(outcome, wait=0.01)])

        async def answer(address: str, text: str) -> Result | None:
            return next(met, None)

        messenger.answer = answer
        await desk.app.drain()
        parts = [text for _address, text in messenger.shown]
        assert len(parts) == len(set(parts)) > 1
        assert "".join(parts).count("14 giờ") == 1
        assert await desk.value(STATES) == "sent"


async def test_a_part_and_then_doubt_is_unsure_and_not_repeated(demo_file: Path) -> None:
    messenger = Messenger(longest=40)
    async with at_the_desk(demo_file, messenger) as desk:
        head = await desk.seat("head", messenger)
        await desk.hands([head], "Họp lúc 14 giờ tại phòng 302, đề nghị mang theo số liệu của tháng.")
        met = iter([None, UNSURE])

        async def answer(address: str, text: str) -> Result | None:
            return next(met, None)

        messenger.answer = answer
        await desk.app.drain()
        await desk.app.move(desk.app.now() + timedelta(hours=1))
        assert [text for _address, text in messenger.shown if "Họp" in text or "Thông báo" in text] == [
            messenger.shown[0][1]
        ]
        assert await desk.value(STATES) == "unsure"


@pytest.mark.slow
async def test_a_messenger_that_hangs_rests_and_the_others_are_reached_elsewhere(demo_file: Path) -> None:
    """Three hundred into a line that swallows everything: no more are lost in doubt than were on their way."""
    swallows, well = Messenger("telegram"), Messenger("zalo:1")

    async def hang(address: str, text: str) -> Result | None:
        await asyncio.sleep(0.05)
        return UNSURE

    swallows.answer = hang
    async with at_the_desk(demo_file, swallows, well) as desk:
        everybody = await desk.crowd(300, swallows, well)
        await desk.hands(everybody, "Họp lúc 14 giờ.")
        await desk.app.drain()
        assert await desk.value(f"{LEFT} AND news = 'announcement'") == 0
        doubted = await desk.value("SELECT COUNT(*) FROM outbox WHERE state = 'unsure'")
        assert ILL <= doubted < UNASKED + ILL
        assert len(well.shown) == 300 - doubted
        assert not {address for address, _text in well.shown} & set(swallows.sends), "nobody twice"


async def test_after_a_rest_one_goes_first_and_an_ill_messenger_rests_longer() -> None:
    now = Now()
    breaker = CircuitBreaker(now)
    for _ in range(UNASKED):
        breaker.record(Outcome.UNSURE)
    assert breaker.rest() == REST
    for rest in (120.0, 240.0, 480.0, 960.0, 1800.0, 1800.0):
        now.at += breaker.rest()
        assert breaker.rest() == 0
        breaker.begin()
        assert breaker.rest() > 0, "one goes alone"
        now.at += 25
        breaker.record(Outcome.UNSURE)
        assert breaker.rest() == rest
    breaker.record(Outcome.SENT)  # an answer to somebody
    assert breaker.rest() == 0


async def test_a_proxy_that_refuses_the_way_has_let_nothing_out() -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    proxy = await asyncio.start_server(refuse, "127.0.0.1", 0)
    port = proxy.sockets[0].getsockname()[1]
    channel = Telegram(TOKEN, "https://127.0.0.1:1", proxy=f"http://127.0.0.1:{port}", pace=None)
    result = await channel.send("1", {"text": "x"}, [])
    assert result.outcome is Outcome.LATER
    await channel.close()
    proxy.close()
    await proxy.wait_closed()


@pytest.mark.parametrize(
    ("status", "said"), [(504, ""), (504, "<html>"), (200, ""), (200, "<html>log in</html>"), (200, "[]")]
)
@pytest.mark.parametrize("messenger", ["telegram", "zalo"])
@pytest.mark.parametrize("file", [False, True], ids=["text", "file"])
async def test_an_answer_that_says_nothing_leaves_it_open(messenger: str, file: bool, status: int, said: str) -> None:
    async def answer(request: web.Request) -> web.Response:
        asked.append(request.path.rpartition("/")[2])
        return web.Response(status=status, text=said)

    asked: list[str] = []
    app = web.Application()
    app.router.add_route("*", "/{way:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    there = f"http://127.0.0.1:{runner.addresses[0][1]}"
    channel: Telegram | Zalo = (
        Telegram(TOKEN, there, pace=None) if messenger == "telegram" else Zalo("1:x", there, pace=None)
    )
    picture = (
        [
            Attachment(
                "a.png", "image/png", b"x", FileLink("http://example.vn/a.png", datetime(2027, 10, 25, tzinfo=UTC))
            )
        ]
        if file
        else []
    )
    result = await channel.send("1", {"text": "x", "files": [1] * file}, picture, skip=int(file))
    assert result.outcome is Outcome.UNSURE
    assert asked[-1] == ("sendPhoto" if file else "sendMessage")
    await channel.close()
    await runner.cleanup()


@pytest.mark.slow
async def test_what_a_crash_left_behind_is_said_before_what_is_answered_now(demo_file: Path) -> None:
    silent, messenger = Messenger(), Messenger()
    hold = asyncio.Event()

    async def wait(address: str, text: str) -> Result | None:
        await hold.wait()
        return None

    silent.answer = wait
    async with at_the_desk(demo_file, silent) as desk:
        officer = await desk.seat("officer", silent)
        await desk.hears(silent, officer, "/dangky sk")
        await desk.app.dispatcher.idle()
        await desk.app.db.write(
            lambda tx: inbox.keep(
                tx,
                chat=tx.value("SELECT id FROM chat WHERE channel = 'telegram'"),
                message="late",
                edit=0,
                body={"text": "Kho bản vẽ hoàn công dùng chung"},
                now=desk.app.now(),
            )
        )
    async with at_the_desk(demo_file, messenger) as desk:
        await desk.app.drain()
        assert [text[text.index("Câu") :][:7] for _address, text in messenger.shown] == ["Câu 1/3", "Câu 2/3"]


@pytest.mark.slow
async def test_an_answer_for_a_messenger_that_is_not_there_any_more_goes_nowhere(demo_file: Path) -> None:
    silent = Messenger()
    silent.answer = lambda address, text: asyncio.sleep(100)
    async with at_the_desk(demo_file, silent) as desk:
        await desk.hears(silent, await desk.seat("officer", silent), "/viec")
        await desk.app.dispatcher.idle()
    async with at_the_desk(demo_file) as desk:
        await desk.app.drain()
        assert await desk.value("SELECT why FROM outbox WHERE kind = 'answer'") == "no channel"


class Held:
    """Another program that holds the file."""

    def __init__(self, path: Path) -> None:
        self._file = sqlite3.connect(path, isolation_level=None)

    def begin(self) -> None:
        self._file.execute("BEGIN IMMEDIATE")

    def end(self) -> None:
        self._file.execute("ROLLBACK")
        self._file.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is held is found to be so at once."""
    monkeypatch.setattr("storage.reader.PRAGMAS", ("foreign_keys=ON", "busy_timeout=20", "trusted_schema=OFF"))
    monkeypatch.setattr(
        "storage.opening.WRITER_PRAGMAS",
        ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=20", "trusted_schema=OFF"),
    )
    monkeypatch.setattr("storage.db.HELD", 0.02)


async def test_a_held_file_delays_everything_and_loses_and_doubles_nothing(demo_file: Path, impatient: None) -> None:
    messenger, held = Messenger(), Held(demo_file)
    async with at_the_desk(demo_file, messenger) as desk:
        officer, head = await desk.seat("officer", messenger), await desk.seat("head", messenger)
        await desk.hands([head], "Họp lúc 14 giờ.")

        async def hold(address: str, text: str) -> Result | None:
            if not messenger.shown:
                held.begin()  # the first has arrived, and cannot be written down
                asyncio.get_running_loop().call_later(0.5, held.end)
            return None

        messenger.answer = hold
        hearing = asyncio.create_task(desk.hears(messenger, officer, "/viec", "/menu", "/viec"))
        await asyncio.sleep(0.2)
        await asyncio.wait_for(asyncio.gather(hearing, desk.app.drain()), 5)
        await desk.app.drain()
        assert messenger.told(head).count("14 giờ") == 1
        assert len([1 for address, _text in messenger.shown if address == officer]) == 3
        assert await desk.value(LEFT) == 0
        assert desk.app.sender.queues.lines["telegram"].unasked._value == UNASKED, "no place has leaked"


async def test_a_held_file_while_it_is_decided_leaks_no_place_and_no_row(demo_file: Path, impatient: None) -> None:
    messenger, held = Messenger(), Held(demo_file)
    async with at_the_desk(demo_file, messenger) as desk:
        head = await desk.seat("head", messenger)
        await desk.hands([head], "Họp lúc 14 giờ.")
        held.begin()
        asyncio.get_running_loop().call_later(0.3, held.end)
        await asyncio.wait_for(desk.app.drain(), 5)
        assert messenger.told(head).count("14 giờ") == 1
        assert desk.app.sender.queues.lines["telegram"].unasked._value == UNASKED


async def test_a_message_that_can_not_even_be_put_aside_holds_up_nobody(
    demo_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    messenger = Messenger()
    async with at_the_desk(demo_file, messenger) as desk:
        officer = await desk.seat("officer", messenger)
        monkeypatch.setattr("bot.conversation.router.calling", broken)
        monkeypatch.setattr("storage.inbox.park", broken)
        await desk.hears(messenger, officer, "một câu không có nghĩa", "/viec")
        await desk.app.drain()
        assert "Việc của đồng chí Mẫu" in messenger.told(officer)


async def test_what_has_arrived_is_written_down_though_the_process_is_being_stopped(
    demo_file: Path, impatient: None
) -> None:
    messenger, again, held = Messenger(), Messenger(), Held(demo_file)
    arrived = asyncio.Event()
    async with at_the_desk(demo_file, messenger) as desk:
        officer = await desk.seat("officer", messenger)

        async def hold(address: str, text: str) -> Result | None:
            held.begin()
            arrived.set()
            asyncio.get_running_loop().call_later(0.1, held.end)
            return None

        messenger.answer = hold
        await desk.hears(messenger, officer, "/viec")
        await desk.app.dispatcher.idle()
        await arrived.wait()
    async with at_the_desk(demo_file, again) as desk:
        await desk.app.drain()
        assert not again.shown, "said twice"


async def test_whoever_writes_is_there_again(demo_file: Path) -> None:
    messenger = Messenger()
    async with at_the_desk(demo_file, messenger) as desk:
        head = await desk.seat("head", messenger)
        messenger.results = [Result(Outcome.GONE, why="chat not found")]
        await desk.hears(messenger, head, "/viec")
        await desk.app.drain()
        assert await desk.value("SELECT reachable FROM chat WHERE channel = 'telegram'") == 0
        await desk.hears(messenger, head, "/viec", message="again")
        await desk.hands([head], "Họp lúc 14 giờ.")
        await desk.app.move(desk.app.now() + timedelta(minutes=1))
        assert "14 giờ" in messenger.told(head)


PACE = Pace(overall=100, chat=20, burst=3)


async def test_every_part_has_its_place_in_the_pace(demo_file: Path) -> None:
    messenger = Messenger(pace=PACE, longest=12)
    async with at_the_desk(demo_file, messenger) as desk:
        await desk.hears(messenger, await desk.seat("officer", messenger), "/viec")
        await desk.app.drain()
        parts = len(messenger.shown)
        assert parts > 5
        assert messenger.at[-1] - messenger.at[0] > (parts - 3 - 0.5) / PACE.chat


async def test_answers_overtake_what_nobody_asked_for(demo_file: Path) -> None:
    messenger = Messenger(pace=PACE)
    async with at_the_desk(demo_file, messenger) as desk:
        officer = await desk.seat("officer", messenger)
        await desk.hands(await desk.crowd(60, messenger), "Họp lúc 14 giờ.")
        sending = asyncio.create_task(desk.app.drain())
        await asyncio.sleep(0.1)
        await desk.hears(messenger, officer, "/viec")
        await sending
        place = [address for address, _text in messenger.shown].index(officer)
        assert 0 < place < 30


async def test_in_one_chat_an_answer_goes_before_what_nobody_asked_for(demo_file: Path) -> None:
    messenger, hold = Messenger(), asyncio.Event()

    async def wait(address: str, text: str) -> Result | None:
        await hold.wait()
        return None

    messenger.answer = wait
    async with at_the_desk(demo_file, messenger) as desk:
        queues = desk.app.sender.queues
        for row, unasked in ((-1, True), (-2, True), (-3, False), (-4, False)):
            queues.put(Parcel(row, -1, "telegram", "1", {"text": str(row)}, unasked))
            await asyncio.sleep(0)
        hold.set()
        await queues.idle()
        assert [text for _address, text in messenger.shown] == ["-1", "-3", "-4", "-2"]


async def test_the_office_is_told_who_has_blocked_a_messenger_and_what_way_is_left(demo_file: Path) -> None:
    telegram, zalo = Messenger("telegram"), Messenger("zalo:1")
    async with at_the_desk(demo_file, telegram, zalo) as desk:
        office, head = await desk.seat("office", telegram), await desk.seat("head", telegram, zalo)

        async def later(minutes: int) -> str:
            before = len(telegram.told(office))
            await desk.app.move(desk.app.now() + timedelta(minutes=minutes))
            return telegram.told(office)[before:]

        hear_telegram, hear_zalo = (desk.app.intake.of(each) for each in (telegram, zalo))
        for _ in range(2):
            await hear_telegram(Reached(head, False))
        said = await later(1)
        assert said.count("không còn nhận tin trên Telegram") == 1
        assert "Hoàng Văn Thử" in said
        assert "vẫn đến qua: Zalo" in said
        await hear_telegram(Reached(head, True))
        await hear_telegram(Reached(head, False))
        assert "Telegram" not in await later(20), "once a day"
        await hear_zalo(Reached(head, False))
        assert "hiện không liên lạc được trên ứng dụng nào" in await later(20)


async def test_whoever_still_has_the_web_page_is_told_of_too(demo_file: Path) -> None:
    telegram = Messenger("telegram")
    async with at_the_desk(demo_file, telegram) as desk:
        office, head = await desk.seat("office", telegram), await desk.seat("head", telegram)
        await desk.app.db.write(
            lambda tx: tx.run(
                "UPDATE chat SET person = :id WHERE address = :a", id=int(head) - 1000, a=f"person:{int(head) - 1000}"
            )
        )
        telegram.results = [Result(Outcome.GONE, why="Forbidden: bot was blocked by the user")]
        await desk.hears(telegram, head, "/viec")
        await desk.app.drain()
        await desk.app.move(desk.app.now() + timedelta(minutes=1))
        assert "vẫn đến qua: trang web" in telegram.told(office)


async def test_what_nobody_asked_for_follows_a_chat_that_has_moved(demo_file: Path) -> None:
    messenger = Messenger()
    async with at_the_desk(demo_file, messenger) as desk:
        head = await desk.seat("head", messenger)
        messenger.results = [Result(Outcome.MOVED, address="-1009")]
        await desk.hands([head], "Họp lúc 14 giờ.")
        await desk.app.drain()
        assert messenger.told("-1009").count("14 giờ") == 1
        assert await desk.value("SELECT address FROM chat WHERE channel = 'telegram'") == "-1009"


@pytest.mark.slow
async def test_a_full_messenger_is_not_asked_again_and_answers_come_in_order_when_it_takes_them(
    demo_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.circuit_breaker.LONG_REST", 0.3)
    messenger = Messenger()
    async with at_the_desk(demo_file, messenger) as desk:
        officer, head = await desk.seat("officer", messenger), await desk.seat("head", messenger)
        messenger.results = [FULL]
        for chat, text, id in (
            (officer, "/dangky sk", "a"),
            (officer, "Kho bản vẽ dùng chung", "b"),
            (head, "/viec", "c"),
        ):
            await desk.hears(messenger, chat, text, message=id)
            await desk.app.drain()
        assert len(messenger.sends) == 1
        assert await desk.value("SELECT COUNT(*) FROM outbox WHERE kind = 'answer' AND state = 'waiting'") == 3
        await asyncio.sleep(0.35)
        await desk.hears(messenger, officer, "3", message="d")
        await desk.app.drain()
        assert len(messenger.sends) == 1, "the newest stays behind those that lie aside"
        await desk.app.move(desk.app.now() + timedelta(seconds=1))
        said = [text[text.index("Câu") :][:7] for address, text in messenger.shown if address == officer]
        assert said == ["Câu 1/3", "Câu 2/3", "Câu 3/3"]
        assert "Việc của đồng chí Thử" in messenger.told(head)
        assert messenger.sends.count(officer) == 4
        await desk.hears(messenger, officer, "/viec", message="e")
        await desk.app.drain()
        assert "Việc của đồng chí Mẫu" in messenger.told(officer), "nothing lies aside any more"


async def test_what_lies_aside_goes_on_at_its_part_in_the_next_process(demo_file: Path) -> None:
    messenger, again = Messenger(longest=40), Messenger(longest=40)
    async with at_the_desk(demo_file, messenger) as desk:
        officer = await desk.seat("officer", messenger)
        met = iter([None, FULL])

        async def answer(address: str, text: str) -> Result | None:
            return next(met, None)

        messenger.answer = answer
        await desk.hears(messenger, officer, "/viec")
        await desk.app.drain()
    async with at_the_desk(demo_file, again) as desk:
        await desk.hears(again, officer, "/menu", message="b")
        await desk.app.drain()
        assert not again.shown, "the newer one stays behind"
        await desk.app.move(desk.app.now() + timedelta(minutes=31))
        whole = "".join(text for _address, text in (*messenger.shown, *again.shown))
        assert whole.count("Việc của đồng chí Mẫu") == 1
        assert whole.index("Việc của đồng chí Mẫu") < whole.index("Phong trào")
        assert await desk.value(LEFT) == 0


async def test_answers_have_more_places_than_what_nobody_asked_for(demo_file: Path) -> None:
    """Two queues of places; neither waits for the other, nor for a connection."""
    assert ANSWERS + UNASKED < limits.CONNECTIONS
    messenger, out, most = Messenger(), 0, 0

    async def slow(address: str, text: str) -> Result | None:
        nonlocal out, most
        out, most = out + 1, max(most, out + 1)
        await asyncio.sleep(0.2)
        out -= 1
        return None

    async with at_the_desk(demo_file, messenger) as desk:
        everybody = await desk.crowd(60, messenger)
        messenger.answer = slow
        await desk.hands(everybody[:30], "Họp lúc 14 giờ.")
        await asyncio.gather(desk.app.drain(), *(desk.hears(messenger, each, "/viec") for each in everybody[30:]))
        assert UNASKED + 30 >= most > UNASKED + 10
