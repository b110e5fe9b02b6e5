"""The server as a process is attacked from outside and inside at once: it lives, refuses, stays small, serves others."""

import asyncio
import signal
from pathlib import Path

import aiohttp
import pytest

from bench.attack import bomb, people_work, under_attack

pytestmark = pytest.mark.slow


async def test_an_attack_stops_nobody(made_demo: Path, tmp_path: Path) -> None:
    made = tmp_path / "made.db"
    made.write_bytes(made_demo.read_bytes())
    async with under_attack(made, 2) as (server, attack):
        largest = 0.0
        bomb()
        async with attack.going_on(pause=0.1):
            work = asyncio.create_task(people_work(server.address, attack.insiders[:2], 8))
            while not work.done():
                await asyncio.wait([work], timeout=0.5)
                largest = max(largest, server.memory())
            took = work.result()
        assert len(took) == 16, "the others were answered, every one"
        assert sorted(took)[len(took) // 2] < 20, "and soon, however busy this machine is"
        assert largest < 200, f"{largest:.0f} MB"
        heard = attack.heard
        assert not [what for what in heard if what.endswith((" 500", " 502"))], heard
        assert heard["anonymous upload 401"] + heard["anonymous upload cut off"]
        assert not heard["anonymous upload 200"]
        assert heard["guessed code 403"] + heard["guessed code 429"]
        assert not heard["guessed code 200"]
        assert heard["long text 200"], "it is refused in the chat, in a sentence"
        assert not heard["larger text 200"]
        assert heard["job 200"]
        async with aiohttp.ClientSession() as session, session.get(server.address + "/health") as health:
            told = await health.json()
        assert told["hanging"] == []
        assert told["waiting"]["jobs_waiting"] <= 4
        server._process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(server._process.wait(), 45) == 0, "it ends when it is told to"
