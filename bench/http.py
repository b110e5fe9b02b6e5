"""The same over HTTP: the server a process of its own, 32 people in another."""

import asyncio
import json
import os
import re
import socket
import sys
from pathlib import Path
from time import perf_counter

import aiohttp

from bench.core import Pace, check
from bench.people import ROOT, copied, lines, of_tree, seated_by


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


class Process:
    """`thidua run` of a checkout on a port of its own."""

    def __init__(self, db: Path, tree: Path = ROOT) -> None:
        self._tree = tree
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._db = db

    async def __aenter__(self) -> "Process":
        settings = {"THIDUA_DB": str(self._db), "THIDUA_HTTP": f"127.0.0.1:{self.port}", "THIDUA_BACKUP_AT": "none"}
        settings["PYTHONDONTWRITEBYTECODE"] = ""  # an office keeps it: only a first start compiles
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "run",
            "--now",
            "2027-10-18T08:30",
            cwd=self._tree,
            env={**of_tree(self._tree), **settings},
            stdout=asyncio.subprocess.DEVNULL,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._process.returncode is None:
            self._process.terminate()
        try:
            await asyncio.wait_for(self._process.wait(), 60)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()

    def memory(self) -> float:
        """Resident memory in MB, its worker's included."""
        total = 0
        for pid in (self._process.pid, *children(self._process.pid)):
            status = Path(f"/proc/{pid}/status").read_text()
            found = re.search(r"VmRSS:\s+(\d+) kB", status)
            total += int(found[1]) if found else 0
        return total / 1024

    def used(self) -> tuple[float, float]:
        """Seconds of processor time that the server and its worker have used."""
        server, *others = (_used(pid) for pid in (self._process.pid, *children(self._process.pid)))
        return server, sum(others)


def _used(pid: int) -> float:
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def children(pid: int) -> list[int]:
    """The processes a process has started."""
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in text.split()]


async def answers(address: str) -> None:
    """Wait until the server answers its first request."""
    async with aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(f"{address}/") as reply:
                    if reply.status == 200:
                        return
            except aiohttp.ClientError:
                await asyncio.sleep(0.005)


async def start_up(made: Path, tree: Path = ROOT) -> float:
    """Seconds from the start of the process to its first answered request."""
    path = copied(made, "start.db")
    begun = perf_counter()
    async with Process(path, tree) as server:
        await answers(server.address)
        took = perf_counter() - begun
    path.unlink()
    return took


async def over_http(made: Path, people: int, each: int, tree: Path = ROOT) -> tuple[Pace, float]:
    """Steps by POST, each until its reply has come by SSE; and the server's memory after them."""
    path = copied(made, "http.db")
    chats = seated_by(tree, path, people)
    took: list[float] = []
    async with Process(path, tree) as server:
        await answers(server.address)

        async def person(number: int, address: str, token: str) -> None:
            jar = {"thidua": token}
            timeout = aiohttp.ClientTimeout(total=None)
            async with (
                aiohttp.ClientSession(cookies=jar, timeout=timeout) as session,
                session.get(f"{server.address}/events?{address}=0") as events,
            ):
                assert events.status == 200, await events.text()
                said = lines(number, each)
                for n, text in enumerate(said):
                    at = perf_counter()
                    body = {"as": address, "id": str(n), "text": text}
                    async with session.post(f"{server.address}/say", json=body) as reply:
                        assert reply.status == 200, await reply.text()
                    await answer(events)
                    took.append(perf_counter() - at)

        begun = perf_counter()
        await asyncio.gather(*(person(n, address, token) for n, (address, token) in enumerate(chats)))
        whole = perf_counter() - begun
        memory = server.memory()
    check(path, people, each)
    path.unlink()
    return Pace.of(took, whole), memory


async def answer(events: aiohttp.ClientResponse) -> None:
    """Read on until the bot has answered: a reply with choices, or with no news in it."""
    async for raw in events.content:
        if raw.startswith(b"data: "):
            body = json.loads(raw[6:])
            if body.get("from") == "bot" and not body.get("unasked"):
                return
