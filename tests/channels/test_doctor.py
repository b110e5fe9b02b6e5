"""«thidua doctor»: what is well and what is not, and never a word that anybody wrote."""

import os
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.channels.messages import Event
from bot.channels.protocol import Calls, Channel, Closes, Finding
from bot.channels.telegram.channel import Telegram
from bot.channels.zalo.channel import Zalo
from bot.language.i18n import Words
from bot.server.doctor import examine, keys
from bot.server.run_commands import messengers
from bot.server.settings import PLAN, Settings
from tests.fakes import telegram, zalo
from tests.fakes.telegram import FakeTelegram
from tests.fakes.zalo import FakeZalo
from tests.phones import on_telegram, on_zalo
from tests.processes import free_port
from tests.server import ROOT


@pytest.fixture
async def servers() -> AsyncIterator[tuple[FakeTelegram, FakeZalo]]:
    both = FakeTelegram(), FakeZalo()
    for each in both:
        await each.start()
    yield both
    for each in both:
        await each.stop()


async def found(db: Path, *channels: Channel, now: datetime | None = None, time_from: str = "") -> str:
    marks = {True: "+", None: "?", False: "-"}
    lines = []
    async for each in examine(db, PLAN, channels, now or datetime.now(UTC), time_from or "http://127.0.0.1:9/"):
        assert isinstance(each, Finding)
        lines.append(f"{marks[each.well]} {Words('vi').say(each.what)}")
    for channel in channels:
        if isinstance(channel, Closes):
            await channel.close()
    return "\n".join(lines)


async def test_everything_is_well(demo_file: Path, servers: tuple[FakeTelegram, FakeZalo]) -> None:
    said = await found(demo_file, on_telegram(servers[0]), on_zalo(servers[1]), time_from=servers[0].address)
    assert "+ Telegram: @thidua_bot" in said
    assert "+ Telegram: hỏi tin định kỳ" in said
    assert "+ Zalo: bot.Thidua (bot 4455667788)" in said
    assert "+ Zalo 4455667788: hỏi tin định kỳ" in said
    assert "+ Đồng hồ: lệch 0 giây" in said or "+ Đồng hồ: lệch 1 giây" in said
    assert "- " not in said


async def test_what_is_not_well_is_named(tmp_path: Path, servers: tuple[FakeTelegram, FakeZalo]) -> None:
    servers[0].webhook = "https://example.vn/other"
    wrong = Zalo("1:x", servers[1].address)
    late = datetime.now(UTC) - timedelta(minutes=5, seconds=10)
    said = await found(tmp_path / "none.db", on_telegram(servers[0]), wrong, now=late, time_from=servers[0].address)
    assert "- Cơ sở dữ liệu: chưa có" in said
    assert "? Telegram: webhook hiện là «https://example.vn/other»" in said
    assert "- Zalo không nhận mã của bot 1: 401" in said
    assert "- Đồng hồ: lệch 3" in said
    away = await found(tmp_path / "none.db", Telegram("1:x", f"http://127.0.0.1:{free_port()}"))
    assert "- Không kết nối được Telegram" in away
    unknown = await found(tmp_path / "none.db", Telegram("1:x", servers[0].address))
    assert "- Telegram không nhận mã bot" in unknown


async def test_a_bot_that_is_full_is_named(
    demo_file: Path, servers: tuple[FakeTelegram, FakeZalo], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = await found(demo_file, on_zalo(servers[1]), time_from=servers[0].address)
    assert "+ zalo:4455667788: 0/50 người" in said
    monkeypatch.setattr("bot.channels.zalo.channel.PEOPLE", 0)
    said = await found(demo_file, on_zalo(servers[1]), time_from=servers[0].address)
    assert "? zalo:4455667788: 0/0 người" in said
    assert "- Mọi bot Zalo đã đủ người" in said


def test_keys_and_kinds_but_no_contents() -> None:
    update = {"message": {"text": "bí mật", "chat": {"id": 5}, "photo": [{"file_id": "x"}]}, "update_id": 1}
    assert list(keys(update)) == [
        "message.text: str",
        "message.chat.id: int",
        "message.photo[].file_id: str",
        "update_id: int",
    ]


@pytest.mark.slow
async def test_from_the_command_line(demo_file: Path, servers: tuple[FakeTelegram, FakeZalo]) -> None:
    import asyncio

    servers[0].types(5, "tin có nội dung")
    servers[1].types("5", "tin có nội dung")
    env = {
        **os.environ,
        "THIDUA_DB": str(demo_file),
        "THIDUA_TELEGRAM_TOKEN": telegram.TOKEN,
        "THIDUA_TELEGRAM_API": servers[0].address,
        "THIDUA_ZALO_TOKEN": zalo.TOKEN,
        "THIDUA_ZALO_API": servers[1].address,
    }
    ran = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "bot", "doctor", "--updates"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "message.text: str" in ran.stdout
    assert "message.chat.chat_type: str" in ran.stdout
    assert "tin có" not in ran.stdout
    assert servers[0].updates, "Telegram's are not confirmed: the server will see them too"


@pytest.mark.slow
async def test_updates_are_not_looked_at_while_a_server_takes_them(
    demo_file: Path, servers: tuple[FakeTelegram, FakeZalo]
) -> None:
    import asyncio

    from storage.lock import FileLock

    env = {
        **os.environ,
        "THIDUA_DB": str(demo_file),
        "THIDUA_ZALO_TOKEN": zalo.TOKEN,
        "THIDUA_ZALO_API": servers[1].address,
    }
    servers[1].types("5", "tin")

    async def doctor(*more: str) -> subprocess.CompletedProcess[str]:
        return await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-m", "bot", "doctor", *more],
            cwd=ROOT,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )

    lock = FileLock(demo_file)
    lock.take()
    ran = await doctor("--updates")
    assert ran.returncode != 0
    assert "dừng máy chủ trước" in ran.stdout + ran.stderr
    assert servers[1].updates, "the message is still there for the server"
    assert "getUpdates" not in servers[1].calls
    assert "dừng máy chủ" not in (await doctor()).stderr
    lock.release()
    assert "message.text: str" in (await doctor("--updates")).stdout


def test_a_new_token_has_a_new_address_at_zalo() -> None:
    """Zalo keeps the secret with the address of a webhook; one that is the same is not set again."""
    first, other, again = (
        messengers(Settings(zalo_token=token, zalo_webhook="https://example.vn/zalo"))[0]
        for token in ("1:abcd", "1:efgh", "1:abcd")
    )
    paths = [
        hook[0]
        for each in (first, other, again)
        if isinstance(each, Calls) and (hook := each.hook(unheard)) is not None
    ]
    assert paths[0] == paths[2] != paths[1]
    assert paths[0].startswith("/zalo/1-")
    assert "abcd" not in paths[0]


async def unheard(event: Event) -> bool:
    raise AssertionError(f"nobody has written: {event}")
