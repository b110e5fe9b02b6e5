"""The dispatcher: kept and answered in one commit, in order, whatever raises and whoever goes away meanwhile."""

import asyncio
from collections import namedtuple
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.conversation.router import answer
from bot.server.demo.office import BEGINS
from storage.chats import Chat
from storage.db import Tx
from storage.files import Content
from storage.inbox import Message
from tests.conftest import Office, running

DiskUsage = namedtuple("DiskUsage", "total used free")
HEARD = "SELECT json_extract(body, '$.text') FROM inbox WHERE chat = {chat} ORDER BY id"
ANSWERS = "SELECT json_extract(body, '$.text') FROM outbox WHERE chat = {chat} AND kind = 'answer' ORDER BY seq"


@pytest.fixture
async def chat(office: Office) -> Chat:
    """An officer's chat that has been written in before."""
    await office.says("officer", "/menu")
    return (await office.chat("officer"))._chat


async def write(office: Office, chat: Chat, *texts: str) -> list[object]:
    """These messages come one upon the other, before any is answered."""
    came = [office.app.receive(chat, f"m{n}", {"text": text}) for n, text in enumerate(texts)]
    done = await asyncio.gather(*came, return_exceptions=True)
    await office.app.dispatcher.idle()
    return list(done)


async def said(office: Office, chat: Chat, sql: str) -> Sequence[str]:
    return [str(row[0]) for row in await office.rows(sql.format(chat=chat.id))]


async def test_a_message_is_kept_and_answered_by_one_commit(office: Office, chat: Chat) -> None:
    statements: list[str] = []
    await office.app.db.write(lambda tx: tx._connection.set_trace_callback(statements.append))
    await office.app.receive(chat, "one", {"text": "/viec"})
    await office.app.dispatcher.idle()
    await office.app.db.write(lambda tx: tx._connection.set_trace_callback(None))
    assert sum(each.startswith("COMMIT") for each in statements) <= 2  # the first ends the work that listens
    assert "Việc của đồng chí Mẫu" in (await said(office, chat, ANSWERS))[-1]


async def test_an_answer_of_a_form_takes_few_statements(office: Office, chat: Chat) -> None:
    """A fence: each is 10 to 80 µs of the one thread that all turns share. A row is not read twice in a turn."""
    await write(office, chat, "/dangky sk", "Kho bản vẽ hoàn công dùng chung")
    statements: list[str] = []
    await office.app.db.write(lambda tx: tx._connection.set_trace_callback(statements.append))
    await office.app.receive(chat, "area", {"text": "3"})
    await office.app.dispatcher.idle()
    await office.app.db.write(lambda tx: tx._connection.set_trace_callback(None))
    begun = next(n for n, each in enumerate(statements) if each.startswith("SAVEPOINT"))
    turn = statements[
        begun + 1 : next(n for n, each in enumerate(statements) if n > begun and each.startswith("RELEASE"))
    ]
    assert "Câu 3/3" in (await said(office, chat, ANSWERS))[-1]
    assert len(turn) <= 15, "\n".join(turn)
    reads = [each for each in turn if each.lstrip().startswith("SELECT")]
    assert len(set(reads)) == len(reads), "\n".join(reads)


async def test_what_comes_at_once_is_answered_in_its_order(office: Office, chat: Chat) -> None:
    before = len(await said(office, chat, ANSWERS))
    await write(office, chat, "/dangky sk", "Kho bản vẽ hoàn công dùng chung", "3", "/viec")
    assert (await said(office, chat, HEARD))[-4:] == ["/dangky sk", "Kho bản vẽ hoàn công dùng chung", "3", "/viec"]
    answers = (await said(office, chat, ANSWERS))[before:]
    assert len(answers) == 4
    assert [f"Câu {n}/3" in text for n, text in enumerate(answers[:3], 1)] == [True] * 3, answers


async def test_what_raises_once_is_answered_and_what_came_after_it_stays_behind(
    office: Office, chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = ["a bug that passes"]

    def sometimes(*given: object) -> object:
        if left:
            raise RuntimeError(left.pop())
        return answer(*given)  # type: ignore[arg-type]  # handed on as given

    monkeypatch.setattr("bot.delivery.turn.answer", sometimes)
    assert await write(office, chat, "/dangky sk", "Kho bản vẽ hoàn công dùng chung") == [None, None]
    first, second = (await said(office, chat, ANSWERS))[-2:]
    assert "Câu 1/3" in first
    assert "Câu 2/3" in second


async def test_a_message_is_answered_though_its_channel_was_ended_meanwhile(office: Office, chat: Chat) -> None:
    channel = asyncio.create_task(office.app.receive(chat, "one", {"text": "/viec"}))
    await asyncio.sleep(0)  # it has begun, and nothing is committed yet
    channel.cancel()
    await asyncio.wait([channel])
    assert channel.cancelled()
    await office.app.dispatcher.idle()
    assert "Việc của đồng chí Mẫu" in (await said(office, chat, ANSWERS))[-1]


async def test_the_same_message_twice_is_answered_once(office: Office, chat: Chat) -> None:
    before = len(await said(office, chat, ANSWERS))
    for _again in range(2):
        await office.app.receive(chat, "one", {"text": "/viec"})
        await office.app.dispatcher.idle()
    assert len(await said(office, chat, ANSWERS)) == before + 1


async def test_a_turn_that_raises_leaves_nothing_of_itself(
    office: Office, chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(visit: object, *_: object) -> None:
        tx: Tx = visit.tx  # type: ignore[attr-defined]  # a Visit
        tx.run("INSERT INTO setting VALUES ('half', '1')")
        raise RuntimeError("half done")

    monkeypatch.setattr("bot.delivery.turn.answer", half)
    await write(office, chat, "/viec")
    assert await office.rows("SELECT * FROM setting WHERE name = 'half'") == []
    assert await office.value(f"SELECT state FROM inbox WHERE chat = {chat.id} ORDER BY id DESC") == "parked"


async def test_what_takes_longer_to_be_kept_is_not_overtaken(office: Office, chat: Chat) -> None:
    """Something with a file is kept by itself; what is typed right after it stays behind it."""
    before = len(await said(office, chat, ANSWERS))
    await office.says("officer", "/dangky sk")
    slow = office.app.receive(chat, "m0", {"text": "Kho bản vẽ"}, contents=[Content("a.txt", "text/plain", b"a")])
    await asyncio.gather(slow, office.app.receive(chat, "m1", {"text": "/viec"}))
    await office.app.dispatcher.idle()
    assert (await said(office, chat, HEARD))[-2:] == ["Kho bản vẽ", "/viec"]
    assert "Việc của đồng chí Mẫu" in (await said(office, chat, ANSWERS))[-1]
    assert len(await said(office, chat, ANSWERS)) == before + 3


async def test_half_an_emoji_holds_up_nobody(office: Office, chat: Chat) -> None:
    done = await write(office, chat, "một câu \ud83d lạ", "/viec")
    assert done == [None, None]
    assert (await said(office, chat, HEARD))[-2:] == ["một câu ? lạ", "/viec"]
    assert "Việc của đồng chí Mẫu" in (await said(office, chat, ANSWERS))[-1]


@pytest.mark.parametrize("error", [StopIteration, RecursionError, MemoryError, asyncio.CancelledError])
async def test_whatever_a_turn_raises_puts_its_message_aside_and_the_chat_goes_on(
    office: Office, chat: Chat, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    def sometimes(visit: object, message: Message) -> object:
        if message.body["text"] == "sụp":
            raise error
        return answer(visit, message)  # type: ignore[arg-type]  # handed on as given

    monkeypatch.setattr("bot.delivery.turn.answer", sometimes)
    done = await asyncio.wait_for(write(office, chat, "sụp", "/viec"), 20)
    assert done == [None, None]
    states = await office.rows(
        f"SELECT json_extract(body, '$.text'), state FROM inbox WHERE chat = {chat.id} ORDER BY id DESC LIMIT 2"
    )
    assert dict(states) == {"/viec": "done", "sụp": "parked"}
    aside, answered = (await said(office, chat, ANSWERS))[-2:]
    assert "chưa trả lời được" in aside
    assert "Việc của đồng chí Mẫu" in answered
    assert (await office.app.vitals.health())[1]["hanging"] == []


async def test_files_that_cannot_be_had_for_a_bug_do_not_stop_their_chat(
    office: Office, chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(message: Message) -> Message:
        raise RuntimeError("a bug")

    monkeypatch.setattr(office.app.dispatcher, "_whole", broken)
    bodies: list[dict[str, Any]] = [{"text": "", "wanted": [["1", "a.pdf", ""]]}, {"text": "/viec"}]
    came = (office.app.receive(chat, f"m{n}", body) for n, body in enumerate(bodies))
    await asyncio.gather(*came)
    await asyncio.wait_for(office.app.dispatcher.idle(), 10)
    assert "Việc của đồng chí Mẫu" in (await said(office, chat, ANSWERS))[-1]


async def test_a_chat_that_hangs_is_named_and_the_process_ends_all_the_same(
    demo_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.dispatcher.HANGS", 0.1)
    monkeypatch.setattr("bot.delivery.dispatcher.CLOSING", 0.2)
    monkeypatch.setattr("storage.writer.CLOSING", 0.2)
    never = asyncio.get_running_loop().create_future()
    async with running(demo_file, BEGINS) as office:
        await office.says("officer", "/menu")
        chat = (await office.chat("officer"))._chat
        assert (await office.app.vitals.health())[1]["hanging"] == []
        monkeypatch.setattr(office.app.db, "write", lambda work: never)
        waiting = asyncio.create_task(office.app.receive(chat, "one", {"text": "/viec"}))
        await asyncio.sleep(0.3)
        ok, told = await office.app.vitals.health()
        assert not ok
        assert told["hanging"] == [chat.id]
        await asyncio.wait_for(office.app.stop(), 10)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)


async def test_a_monitor_is_told_that_the_disk_is_full(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not (await office.app.vitals.health())[1]["disk"]["full"]
    office.app.db._writer.full = True
    ok, told = await office.app.vitals.health()
    assert (ok, told["disk"]["full"]) == (False, True)
    office.app.db._writer.full = False
    monkeypatch.setattr("bot.server.monitoring.disk_usage", lambda path: DiskUsage(10**9, 10**9, 4096))
    ok, told = await office.app.vitals.health()
    assert (ok, told["disk"]["full"]) == (False, True)
