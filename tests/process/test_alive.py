"""Loops that die or fall silent are begun anew; at last the process gives up, and a monitor sees it."""

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from time import monotonic

import aiohttp
import pytest

from bot.server.heartbeat import EVERY
from bot.server.loops import SILENCE, loops_of
from bot.server.supervisor import DEATHS, Alive, GaveUp, Loop
from storage.db import Tx
from storage.outbox import OutboxRow
from tests.fakes.telegram import HANG, STUCK, TOKEN, FakeTelegram
from tests.fakes.zalo import FakeZalo
from tests.messenger import Desk, Messenger, at_the_desk
from tests.processes import free_port, spawn
from tests.server import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.server.supervisor.LONGEST", 0.01)


async def for_a_while(alive: Alive, seconds: float) -> None:
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(alive.run(), seconds)


def dying(times: int, how: Callable[[], BaseException]) -> tuple[list[float], Callable[[], Awaitable[None]]]:
    began: list[float] = []

    async def run() -> None:
        began.append(monotonic())
        if len(began) <= times:
            raise how()
        await asyncio.Event().wait()

    return began, run


@pytest.mark.parametrize("how", [lambda: ValueError("x"), asyncio.CancelledError], ids=["error", "cancelled"])
async def test_a_loop_that_dies_is_begun_anew(how: Callable[[], BaseException]) -> None:
    began, run = dying(2, how)
    other, goes_on = dying(0, how)
    alive = Alive([Loop("one", run), Loop("other", goes_on)], every=0.01)
    await for_a_while(alive, 0.3)
    assert len(began) == 3
    assert len(other) == 1, "the others are left alone"
    assert alive.restarts == {"one": 2}


async def test_a_loop_that_ends_has_died_too() -> None:
    n = 0

    async def run() -> None:
        nonlocal n
        n += 1

    with pytest.raises(GaveUp, match="one died"):
        await asyncio.wait_for(Alive([Loop("one", run)], every=0.01).run(), 5)
    assert n == DEATHS


async def test_a_silent_loop_is_mended_for_ever() -> None:
    began, run = dying(0, ValueError)
    mended = []

    async def mend() -> None:
        mended.append(1)

    alive = Alive([Loop("one", run, silence=0.02, mend=mend)], every=0.01)
    await for_a_while(alive, 1.0)
    assert len(began) > DEATHS + 1, "a messenger may be away for days: that never ends the process"
    assert len(mended) >= len(began) - 1


class Bot:
    """The bot as a process, with its page."""

    def __init__(self, db: Path, **settings: str) -> None:
        self.http = f"127.0.0.1:{free_port()}"
        self._env = {**os.environ, "THIDUA_DB": str(db), "THIDUA_HTTP": self.http, **settings}

    async def __aenter__(self) -> "Bot":
        self.process = await spawn(
            sys.executable,
            "-m",
            "bot",
            "run",
            "--now",
            "2027-10-18T08:30",
            cwd=ROOT,
            env=self._env,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        return self

    async def __aexit__(self, *why: object) -> None:
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
            await self.process.communicate()

    async def get(self, path: str) -> tuple[int, str]:
        """What it answers, once it does."""
        async with aiohttp.ClientSession() as session:
            for _ in range(400):
                try:
                    async with session.get(f"http://{self.http}{path}") as answer:
                        return answer.status, await answer.text()
                except aiohttp.ClientConnectorError:
                    await asyncio.sleep(0.05)
        raise AssertionError("it does not answer")

    async def until(self, path: str, text: str) -> str:
        """Ask until it says this."""
        for _ in range(200):
            _status, said = await self.get(path)
            if text in said:
                return said
            await asyncio.sleep(0.05)
        raise AssertionError(said)


async def test_a_monitor_sees_how_it_is(demo_file: Path) -> None:
    telegram, zalo = FakeTelegram(), FakeZalo()
    await telegram.start()
    await zalo.start()
    settings = {
        "THIDUA_TELEGRAM_TOKEN": TOKEN,
        "THIDUA_TELEGRAM_API": telegram.address,
        "THIDUA_ZALO_TOKEN": "4455667788:abc-xyz",
        "THIDUA_ZALO_API": zalo.address,
    }
    async with Bot(demo_file, **settings) as bot:
        await bot.until("/health", '"ready": true')
        zalo.types("77", "xin chào")
        telegram.types(78, "xin chào")
        figures = await bot.until("/metrics", 'thidua_messages_total{channel="zalo:4455667788"} 1.0')
        assert 'thidua_messages_total{channel="telegram"} 1.0' in figures
        figures = await bot.until("/metrics", 'thidua_sends_total{channel="telegram",outcome="sent"} 1.0')
        assert "thidua_quiet_seconds" in figures
        assert 'thidua_rows{what="inbox_parked"} 0.0' in figures
        assert "xin" not in figures
    await telegram.stop()
    await zalo.stop()


async def health(desk: Desk) -> tuple[bool, bool]:
    """Whether the process is well, and whether it hears its messengers."""
    ok, said = await desk.app.vitals.health()
    return ok, said["ready"]


async def test_ready_is_taken_back_when_a_messenger_falls_silent(demo_file: Path) -> None:
    messenger = Messenger()
    async with at_the_desk(demo_file, messenger) as desk:
        desk.app.alive.loops += loops_of(desk.app)
        watching = asyncio.create_task(desk.app.alive.run())
        await asyncio.sleep(0.2)
        for good, ready in (
            (None, False),
            (monotonic(), True),
            (monotonic() - SILENCE - 1, False),
            (monotonic(), True),
        ):
            messenger.good = good
            assert await health(desk) == (True, ready)
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)


async def test_a_heartbeat_that_always_raises_is_not_alive(demo_file: Path) -> None:
    def broken() -> datetime:
        raise RuntimeError("a bug")

    async with at_the_desk(demo_file) as desk:
        loops = {loop.name: loop for loop in loops_of(desk.app)}
        desk.app.alive.loops += loops.values()
        for loop in loops.values():
            loop.task = asyncio.create_task(asyncio.Event().wait())  # type: ignore[arg-type]  # it goes on
        assert await health(desk) == (True, True)
        desk.app.heartbeat._now = broken
        with pytest.raises(RuntimeError):
            await desk.app.heartbeat.beat()
        loops["heartbeat"].born = loops["heartbeat"].began = monotonic() - 4 * EVERY - 1
        assert loops["heartbeat"].silent
        assert await health(desk) == (False, True)
        loops["heartbeat"].began = monotonic()
        assert await health(desk) == (False, True), "beginning anew is no sign of life"
        for loop in loops.values():
            assert loop.task is not None
            loop.task.cancel()


async def test_the_sender_gives_a_sign_of_life_when_nothing_is_due(
    demo_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.sender.EVERY", 0.05)
    async with at_the_desk(demo_file) as desk:
        sending = asyncio.create_task(desk.app.sender.run())
        await asyncio.sleep(0.3)
        assert monotonic() - (desk.app.sender.looked or 0) < 0.2
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)


async def test_a_sender_that_is_ended_while_it_claims_loses_no_answer(demo_file: Path) -> None:
    messenger = Messenger()
    async with at_the_desk(demo_file, messenger) as desk:
        officer = await desk.seat("officer", messenger)
        await desk.hears(messenger, officer, "/viec")
        await desk.app.drain()
        await desk.app.db.write(lambda tx: tx.run("UPDATE outbox SET state = 'waiting' WHERE kind = 'answer'"))
        begun, go_on = threading.Event(), threading.Event()

        def claim(tx: Tx, *, due: list[OutboxRow]) -> None:
            begun.set()
            go_on.wait(5)
            claims(tx, due)

        claims, desk.app.sender._resume = desk.app.sender._resume, claim  # type: ignore[method-assign,assignment]  # slower
        sending = asyncio.create_task(desk.app.sender.drain())
        await asyncio.to_thread(begun.wait, 5)
        sending.cancel()
        go_on.set()
        await asyncio.gather(sending, return_exceptions=True)
        await desk.app.db.write(lambda tx: None)
        await desk.app.drain()
        assert len(messenger.shown) == 2


async def test_one_messenger_that_is_away_does_not_touch_the_other(demo_file: Path) -> None:
    zalo = FakeZalo()
    await zalo.start()
    settings = {
        "THIDUA_TELEGRAM_TOKEN": TOKEN,
        "THIDUA_TELEGRAM_API": f"http://127.0.0.1:{free_port()}",
        "THIDUA_ZALO_TOKEN": "4455667788:abc-xyz",
        "THIDUA_ZALO_API": zalo.address,
    }
    async with Bot(demo_file, **settings) as bot:
        zalo.types("77", "xin chào")
        await bot.until("/metrics", 'thidua_sends_total{channel="zalo:4455667788",outcome="sent"} 1.0')
        status, said = await bot.get("/health")
        assert status == 200
        assert '"ready": false' in said, "Telegram has not been heard"
    await zalo.stop()


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    "fault",
    [(404, {"description": "Not Found"}), (401, {"description": "Unauthorized"}), (HANG, {}), (STUCK, {})],
    ids=str,
)
async def test_after_a_fault_of_the_poll_it_answers_again_within_a_minute(demo_file: Path, fault: object) -> None:
    server = FakeTelegram()
    await server.start()
    async with Bot(demo_file, THIDUA_TELEGRAM_TOKEN=TOKEN, THIDUA_TELEGRAM_API=server.address) as bot:
        await bot.until("/health", '"ready": true')
        server.faults.append(("getUpdates", *fault))  # type: ignore[misc]  # a status and an answer
        began = monotonic()
        server.types(78, "xin chào")
        await asyncio.sleep(0.1)
        server.types(79, "xin chào")
        for _ in range(1200):
            await asyncio.sleep(0.05)
            if server.shown.get("78") and server.shown.get("79"):
                break
        assert server.shown.get("78")
        assert server.shown.get("79")
        assert monotonic() - began < 60
    await server.stop()
