"""No token, phone number or word of a person reaches a log, however much is logged."""

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import logs
from tests.fakes import zalo
from tests.fakes.telegram import TOKEN, FakeTelegram
from tests.fakes.zalo import FakeZalo
from tests.phones import listening, on_telegram, on_zalo


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Everything that is logged at DEBUG."""
    out = io.StringIO()
    monkeypatch.setattr("sys.stderr", out)
    before = logging.getLogger().handlers[:]
    logs.begin(logging.DEBUG)
    yield out
    logging.basicConfig(level=logging.WARNING, handlers=before, force=True)


@pytest.mark.parametrize("messenger", ["telegram", "zalo"])
async def test_a_debug_run_names_no_token_and_no_words(
    demo_file: Path, heard: io.StringIO, messenger: str
) -> None:
    server = FakeTelegram() if messenger == "telegram" else FakeZalo()
    token = TOKEN if messenger == "telegram" else zalo.TOKEN
    await server.start()
    channel = on_telegram(server) if isinstance(server, FakeTelegram) else on_zalo(server)
    server.faults.append(("getUpdates", 404, {"description": "Not Found"}))
    server.faults.append(("sendMessage", 400, {"description": "Bad Request: chat not found"}))
    async with listening(demo_file, server, channel) as phones:
        await phones.says("officer", "/viec")
        await phones.app.db.write(lambda tx: tx.run("UPDATE chat SET reachable = 1"))
        await phones.says("officer", "/dangky sk", "Một tên rất riêng tư 0912345678")
        logging.getLogger("bot").info("asked %s/bot%s/getMe for 0912345678", server.address, token)
        try:
            raise RuntimeError(f"no answer from {server.address}/bot{token}/getMe")
        except RuntimeError:
            logging.getLogger("bot").exception("failed")
    await server.stop()
    text = heard.getvalue()
    assert "no answer from" in text, "the log itself works"
    assert token not in text
    assert "0912345678" not in text
    assert "riêng tư" not in text
