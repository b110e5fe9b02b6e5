"""No token, phone number or word of a person reaches a log, however much is logged."""

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from bot.server import logs
from tests.conftest import Office
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
async def test_a_debug_run_names_no_token_and_no_words(demo_file: Path, heard: io.StringIO, messenger: str) -> None:
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
            raise OSError(f"no answer from {server.address}/bot{token}/getMe")
        except OSError:
            logging.getLogger("bot").exception("failed")
    await server.stop()
    text = heard.getvalue()
    assert "no answer from" in text, "the log itself works"
    assert token not in text
    assert "0912345678" not in text
    assert "riêng tư" not in text


class Sheet(BaseModel):
    """What cannot be made of words."""

    count: int


@pytest.mark.parametrize("words", ["Một tên rất riêng tư", "0912 345 678", "+84.912-345-678"])
async def test_a_handler_that_raises_with_a_persons_words_says_where_and_not_what(
    office: Office, heard: io.StringIO, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    def broken(_visit: object, text: str) -> None:
        try:
            Sheet(count=text)  # that is the bug
        except ValueError as error:
            raise RuntimeError(f"cannot read {text}") from error

    monkeypatch.setattr("bot.conversation.router.calling", broken)
    assert "chưa trả lời được tin này" in await office.says("officer", words)
    text = heard.getvalue()
    assert "ValidationError" in text
    assert "RuntimeError" in text
    assert "in broken" in text, "the place is there"
    assert words not in text


@pytest.mark.parametrize("number", ["0912345678", "0912 345 678", "0912.345.678", "+84 912 345 678", "84912345678"])
def test_a_phone_number_is_hidden_however_it_is_written(number: str) -> None:
    assert logs.discreet(f"call {number}, please") == "call …, please"
    assert logs.discreet("row 1234567890123 of 2027-10-18 08:30:00") == "row 1234567890123 of 2027-10-18 08:30:00"
