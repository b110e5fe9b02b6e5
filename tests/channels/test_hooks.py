"""Where messengers call: addresses that can be served, secrets of any bytes, polls that are not held open."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.channels.messages import Event
from bot.channels.telegram.channel import Telegram
from bot.channels.telegram.listener import HEADER
from bot.channels.web import server as web_server
from bot.channels.zalo import channel as zalo
from bot.channels.zalo.listener import HEADER as ZALO_HEADER
from bot.language.i18n import Text
from bot.server.addresses import TAKEN, read_webhook
from tests.fakes.telegram import TOKEN, FakeTelegram
from tests.phones import listening


async def nobody(event: Event) -> bool:
    raise AssertionError("nothing was to be taken")


@pytest.mark.parametrize("secret", ["é", "\udcff", "", "x" * 300, "🙂"])
async def test_a_secret_of_odd_bytes_is_a_wrong_one(secret: str) -> None:
    telegram = Telegram(TOKEN, webhook="https://x.example.vn/telegram")
    hook = telegram.hook(nobody)
    assert hook is not None
    assert await hook[1]({HEADER: secret}, b'{"update_id": 1}') == 403
    other = zalo.Zalo("1:a", webhook="https://x.example.vn/zalo").hook(nobody)
    assert other is not None
    assert await other[1]({ZALO_HEADER: secret}, b'{"message": {}}') == 403
    await telegram.close()


@pytest.mark.parametrize(
    "text",
    [
        "x.example.vn/telegram",
        "https://x.example.vn",
        "https://x.example.vn/",
        "https://x.example.vn/login",
        "https://x.example.vn/file/3",
        "https://x.example.vn/th%C3%B4ng",
        "https://x.example.vn/thông",
        "ftp://x.vn/a",
        "https://x.example.vn/a?b=c",
        "https://x.example.vn//a",
        "https://x.example.vn/../a",
        "https:///a",
        "a b",
    ],
)
def test_an_address_that_would_never_answer_is_refused(text: str) -> None:
    assert isinstance(read_webhook(text), Text)


@pytest.mark.parametrize(
    "text", ["https://x.example.vn/telegram", "https://x.example.vn:8443/a/b-c_1", "http://127.0.0.1:80/t"]
)
def test_an_address_that_is_served_is_taken(text: str) -> None:
    assert read_webhook(text) == text


def test_no_address_is_one_of_the_pages_own() -> None:
    source = Path(web_server.__file__).read_text(encoding="utf-8")
    own = {
        line.split('"/')[1].split("/")[0].split('"')[0]
        for line in source.splitlines()
        if ' web.get("/' in line or ' web.post("/' in line
    }
    assert own - {""} <= TAKEN


@pytest.mark.slow
async def test_a_server_that_holds_no_poll_open_is_not_asked_in_a_tight_circle(
    demo_file: Path, server: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def at_once(given: dict[str, Any]) -> Any:
        return []

    async with listening(demo_file, server, Telegram(TOKEN, server.address, pace=None)):
        monkeypatch.setattr(server, "_getUpdates", at_once)
        server._new.set()
        await asyncio.sleep(0.5)
        before = server.calls.count("getUpdates")
        await asyncio.sleep(1.5)
        assert server.calls.count("getUpdates") - before < 5
