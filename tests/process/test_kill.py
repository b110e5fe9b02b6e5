"""kill -9 costs nobody an answer: the server as a process, driven over its own socket, killed time and again.

`THIDUA_WALK=10000 ./run test tests/process` kills it 50 times.
"""

import asyncio
import random
import signal
import sqlite3
from pathlib import Path
from typing import Any
from uuid import UUID

import aiohttp
import pytest

from tests.conftest import FAR
from tests.server import Server

pytestmark = pytest.mark.slow

KILLS, MESSAGES = (50, 300) if FAR else (20, 120)
FORM = 5
"""Messages a registration takes."""
SYLLABLES = [
    "bao",
    "cap",
    "dem",
    "gan",
    "hoa",
    "kenh",
    "lua",
    "mong",
    "nhip",
    "phao",
    "quen",
    "rung",
    "sao",
    "tho",
    "vun",
    "xuoi",
    "yen",
    "dong",
    "bien",
    "cat",
]


class Heard:
    """How many messages the server has confirmed."""

    count = 0


def forms(dice: random.Random, messages: int) -> list[str]:
    """Whole registrations, one after the other, each of five messages."""
    said: list[str] = []
    while len(said) < messages:
        title = " ".join(dice.choices(SYLLABLES, k=9)) + f" số {dice.randrange(10**6)}"
        said += ["/dangky sk", title, "3", "một mình tôi", "gửi"]
    return said[: messages // FORM * FORM]


async def say_all(
    session: aiohttp.ClientSession, server: Server, who: str, said: list[str], dice: random.Random, heard: "Heard"
) -> None:
    """Say each line under its id until the server has confirmed it; a line may be delivered twice."""
    for text in said:
        id = str(UUID(int=dice.getrandbits(128)))
        confirmed = False
        while not confirmed or dice.random() < 0.05:
            try:
                async with session.post(f"{server.address}/say", json={"as": who, "id": id, "text": text}) as reply:
                    if reply.status == 200 and not confirmed:
                        confirmed = True
                        heard.count += 1
            except (aiohttp.ClientError, TimeoutError):
                await asyncio.sleep(0.03)


@pytest.mark.timeout(420)
async def test_no_answer_is_lost_and_none_has_two_effects(demo_file: Path) -> None:
    dice = random.Random(20270303)
    server = Server(demo_file)
    with sqlite3.connect(demo_file) as file:
        before = file.execute("SELECT COUNT(*) FROM initiative").fetchone()[0]
        chats = dict(
            file.execute(
                """SELECT person.name, chat.address FROM chat JOIN person ON person.id = chat.person
                WHERE person.name IN ('Nông Văn Mẫu', 'Hoàng Văn Thử', 'Lương Thị Nháp')"""
            ).fetchall()
        )
    said = {address: forms(dice, MESSAGES // 3 + 4) for address in chats.values()}
    total = sum(map(len, said.values()))
    heard = Heard()
    await server.start()
    timeout = aiohttp.ClientTimeout(total=5)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        talking = [
            asyncio.create_task(say_all(session, server, who, lines, random.Random(who), heard))
            for who, lines in said.items()
        ]
        step = total // KILLS - 1
        for kill in range(1, KILLS + 1):
            while heard.count < kill * step:  # noqa: ASYNC110  # those who talk count, and wake nobody
                await asyncio.sleep(0.002)
            await asyncio.sleep(dice.random() * 0.02)
            await server.kill()
            await server.start()
        await asyncio.gather(*talking)
        await _until_answered(demo_file)
    await server.kill(signal.SIGTERM)
    with sqlite3.connect(demo_file) as file:

        def count(sql: str) -> Any:
            return file.execute(sql).fetchone()[0]

        assert count("SELECT COUNT(*) FROM inbox WHERE message <> 'login'") == total
        assert count("SELECT COUNT(*) FROM inbox WHERE state <> 'done'") == 0
        assert count("SELECT COUNT(*) FROM outbox WHERE kind = 'answer'") == total
        assert count("SELECT COUNT(*) FROM initiative") - before == total // FORM
        assert count("SELECT COUNT(DISTINCT code) FROM initiative") == count("SELECT COUNT(*) FROM initiative")
        assert count("PRAGMA integrity_check") == "ok"


async def _until_answered(path: Path) -> None:
    for _ in range(200):
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as file:
            if not file.execute("SELECT COUNT(*) FROM inbox WHERE state = 'new'").fetchone()[0]:
                return
        await asyncio.sleep(0.1)
