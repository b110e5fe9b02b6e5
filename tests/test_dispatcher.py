"""The dispatcher: kept and answered in one commit, in order, whatever raises and whoever goes away meanwhile."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.conversation import answer
from storage.chats import Chat
from storage.db import Tx
from storage.files import Content
from tests.conftest import Office

HEARD = "SELECT json_extract(body, '$.text') FROM inbox WHERE chat = {chat} ORDER BY id"
ANSWERS = (
    "SELECT json_extract(body, '$.text') FROM outbox WHERE chat = {chat} AND kind = 'answer' ORDER BY seq"
)


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


async def test_what_comes_at_once_is_answered_in_its_order(office: Office, chat: Chat) -> None:
    before = len(await said(office, chat, ANSWERS))
    await write(office, chat, "/dangky sk", "Kho bản vẽ hoàn công dùng chung", "3", "bỏ qua", "/viec")
    assert (await said(office, chat, HEARD))[-5:] == ["/dangky sk", "Kho bản vẽ hoàn công dùng chung", "3", "bỏ qua", "/viec"]  # fmt: skip
    answers = (await said(office, chat, ANSWERS))[before:]
    assert len(answers) == 5
    assert [f"Câu {n}/6" in text for n, text in enumerate(answers[:4], 1)] == [True] * 4, answers


async def test_what_raises_once_is_answered_and_what_came_after_it_stays_behind(
    office: Office, chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = ["a bug that passes"]

    def sometimes(*given: object) -> object:
        if left:
            raise RuntimeError(left.pop())
        return answer(*given)  # type: ignore[arg-type]  # handed on as given

    monkeypatch.setattr("bot.dispatcher.answer", sometimes)
    assert await write(office, chat, "/dangky sk", "Kho bản vẽ hoàn công dùng chung") == [None, None]
    first, second = (await said(office, chat, ANSWERS))[-2:]
    assert "Câu 1/6" in first
    assert "Câu 2/6" in second


async def test_a_message_is_answered_though_its_channel_was_ended_meanwhile(
    office: Office, chat: Chat
) -> None:
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

    monkeypatch.setattr("bot.dispatcher.answer", half)
    await write(office, chat, "/viec")
    assert await office.rows("SELECT * FROM setting WHERE name = 'half'") == []
    assert await office.value(f"SELECT state FROM inbox WHERE chat = {chat.id} ORDER BY id DESC") == "parked"


async def test_what_takes_longer_to_be_kept_is_not_overtaken(office: Office, chat: Chat) -> None:
    """Something with a file is kept by itself; what is typed right after it stays behind it."""
    before = len(await said(office, chat, ANSWERS))
    await office.says("officer", "/dangky sk")
    slow = office.app.receive(
        chat, "m0", {"text": "Kho bản vẽ"}, contents=[Content("a.txt", "text/plain", b"a")]
    )
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
