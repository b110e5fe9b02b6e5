"""The golden chats through each messenger, against a server that behaves like it: they come out the same."""

import asyncio
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from bot.server import loops
from bot.server.app import App, Setup
from bot.server.clock import Clock, at_office
from bot.server.demo.office import BEGINS
from bot.server.supervisor import Alive
from tests.chats.test_transcripts import CONVERSATIONS
from tests.conftest import PLAN_TEXT
from tests.fakes.telegram import STUCK, FakeTelegram
from tests.fakes.zalo import FakeZalo
from tests.phones import as_a_chat, as_it_is_printed, listening, on_telegram, on_zalo, until
from tests.transcribing import CODE, FOLDER, hidden

pytestmark = pytest.mark.slow


EDITED = {
    name
    for name, chat in CONVERSATIONS.items()
    if any(line.startswith(":edit ") for _who, lines in chat for line in lines)
}
"""Zalo tells of no edits."""


@pytest.mark.parametrize(
    ("messenger", "name"),
    [(one, name) for one in ("telegram", "zalo") for name in CONVERSATIONS if one == "telegram" or name not in EDITED],
)
async def test_the_golden_chats_come_out_the_same(messenger: str, name: str, demo_file: Path) -> None:
    server = FakeTelegram() if messenger == "telegram" else FakeZalo()
    await server.start()
    channel = on_telegram(server) if isinstance(server, FakeTelegram) else on_zalo(server)
    shown = ""
    try:
        async with listening(demo_file, server, channel) as phones:
            for who, _lines in CONVERSATIONS[name]:
                await phones.chat(who)
            for who, lines in CONVERSATIONS[name]:
                shown += f"=== {who}\n"
                code = CODE.search(shown)
                shown += await phones.says(who, *(line.replace("CODE", code[1] if code else "") for line in lines))
    finally:
        await server.stop()
    look = {"telegram": "keyboard", "zalo": "plain"}[messenger]
    golden = (FOLDER / f"{name}.{look}.txt").read_text(encoding="utf-8")
    assert as_a_chat(hidden(shown)) == as_it_is_printed(golden, pictures=messenger == "telegram")


@pytest.mark.parametrize("messenger", ["telegram", "zalo"])
async def test_a_channel_that_is_stuck_is_begun_anew(
    messenger: str, demo_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The client would give up its poll after 35 seconds by itself; the watch does not wait for that."""
    monkeypatch.setattr(loops, "SILENCE", 3.0)  # idle polls of the fakes come back within two
    server = FakeTelegram() if messenger == "telegram" else FakeZalo()
    await server.start()
    channel = on_telegram(server) if isinstance(server, FakeTelegram) else on_zalo(server)
    ended: list[float] = []

    async def hang_up(of: Any = channel.hang_up) -> None:
        ended.append(monotonic())
        await of()

    monkeypatch.setattr(channel, "hang_up", hang_up)
    app = App(Setup(demo_file, PLAN_TEXT, Clock(standing=at_office(BEGINS)), lambda: [channel]))
    await app.start()
    alive = Alive([loop for loop in loops.loops_of(app) if loop.name == channel.name], every=0.05)
    watching = asyncio.create_task(alive.run())
    try:
        await until(lambda: channel.good)
        calls = server.calls.count("getUpdates")
        server.faults.append(("getUpdates", STUCK, {}))
        await until(lambda: not server.faults, 5)
        began = monotonic()
        server.types(78, "xin chào")
        await until(lambda: not server.updates, 10)
        assert 1 < ended[0] - began < 6, "by the watch, after the silence"
        assert len(ended) == alive.restarts[channel.name] == 1
        assert server.calls.count("getUpdates") > calls + 1
        await app.drain()
        assert server.shown["78"], "and it answers"
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        await app.stop()
        await server.stop()


@pytest.mark.parametrize(
    "shown",
    [
        "một\n---\nhai\n---\n",
        "một\nhai\n---\nfile: b.png\n---\n",
        "một\nhai\n---\n",
        "một\nhai\nfile: a.png\n---\n---\n",
        "một\n\nhai\n---\nfile: a.png\n---\n",
    ],
)
def test_a_reply_that_is_split_or_without_its_picture_is_not_the_same(shown: str) -> None:
    golden = "một\nhai\nfile: a.png files/1-a.png\n---\n"
    assert as_a_chat("một\nhai\n---\nfile: a.png\n---\n") == as_it_is_printed(golden, pictures=True)
    assert as_a_chat(shown) != as_it_is_printed(golden, pictures=True)
