"""The golden chats through each messenger, against a server that behaves like it: they come out the same."""

from pathlib import Path

import pytest

from tests.fakes.telegram import FakeTelegram
from tests.fakes.zalo import FakeZalo
from tests.phones import listening, on_telegram, on_zalo, plain
from tests.test_transcripts import CODE, CONVERSATIONS, HERE, hidden


@pytest.mark.parametrize("name", CONVERSATIONS)
@pytest.mark.parametrize("messenger", ["telegram", "zalo"])
async def test_the_golden_chats_come_out_the_same(name: str, messenger: str, demo_file: Path) -> None:
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
                shown += await phones.says(
                    who, *(line.replace("CODE", code[1] if code else "") for line in lines)
                )
    finally:
        await server.stop()
    look = {"telegram": "keyboard", "zalo": "plain"}[messenger]
    golden = (HERE / f"{name}.{look}.txt").read_text(encoding="utf-8")
    assert plain(hidden(shown)) == plain(golden)
