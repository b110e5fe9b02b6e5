"""What others feel while somebody attacks: `./run bench --attack`.

`thidua run` is a process of its own. Some people fill in forms over HTTP, first in quiet, then while strangers
upload, guess codes and hold connections open, and colleagues send long texts, junk and floods of work. The
attackers are a process of their own that gets what time the others leave: theirs would be another machine.
"""

import asyncio
import io
import json
import os
import statistics
import sys
import zipfile
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from statistics import median
from time import perf_counter

import aiohttp

from bench.http import Process, answer, answers
from bench.people import BEGINS, ROOT, copied, lines, seated
from bot.movement.roles import Role
from storage import chats, people, sessions
from storage.db import Database, Tx

QUIET_PEOPLE, STEPS, PAUSE = 4, 24, 0.1
OFFICE = "token-office"


@dataclass
class Attack:
    """One server under attack, and what it has answered to whom."""

    address: str
    insiders: Sequence[tuple[str, str]]
    """The address of a chat and the token of its device."""
    office: tuple[str, str]
    heard: Counter[str] = field(default_factory=Counter)

    async def anonymous_upload(self, session: aiohttp.ClientSession) -> None:
        """Many large files of nobody: what is sent before the answer is all that ever arrives."""

        async def body() -> AsyncIterator[bytes]:
            yield b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.pdf"\r\n\r\n'
            for _ in range(900):
                yield b"x" * 65536

        headers = {"Content-Type": "multipart/form-data; boundary=x"}
        try:
            async with session.post(self.address + "/say", data=body(), headers=headers) as reply:
                self.heard[f"anonymous upload {reply.status}"] += 1
        except (aiohttp.ClientError, ConnectionError):
            self.heard["anonymous upload cut off"] += 1

    async def guess(self, session: aiohttp.ClientSession) -> None:
        """One code after the other."""
        async with session.post(self.address + "/login", json={"code": "ABCD2345"}) as reply:
            self.heard[f"guessed code {reply.status}"] += 1

    async def half_open(self, session: aiohttp.ClientSession) -> None:
        """Requests that never become whole."""
        host, port = self.address.removeprefix("http://").split(":")
        held = []
        try:
            with suppress(OSError):
                for _ in range(150):
                    _reader, writer = await asyncio.open_connection(host, int(port))
                    held.append(writer)
                    writer.write(b"POST /say HTTP/1.1\r\nHost: x\r\nX: ")
            self.heard["half-open connections"] += len(held)
            await asyncio.sleep(2)
        finally:
            for writer in held:
                writer.transport.abort()

    async def long_text(self, session: aiohttp.ClientSession) -> None:
        """A colleague's text of a book's length."""
        await self._says(session, self.insiders[-1], "long text", "Báo cáo dài " * 4_000)

    async def larger_text(self, session: aiohttp.ClientSession) -> None:
        """One that no request may have."""
        await self._says(session, self.insiders[-1], "larger text", "x" * 5_000_000)

    async def junk(self, session: aiohttp.ClientSession) -> None:
        """What a parser might look at for long."""
        await self._says(session, self.insiders[-2], "junk", "/nghiphep " + "-" * 7_900)

    async def jobs(self, session: aiohttp.ClientSession) -> None:
        """Long work, asked for again and again."""
        await self._says(session, self.insiders[-3], "job", "/lichnhac")

    async def hostile_table(self, session: aiohttp.ClientSession) -> None:
        """A workbook that is small packed and large unpacked, where the office may send one."""
        await self._says(session, self.office, "table asked", "/lich tep")
        await self._says(session, self.office, "hostile table", "", ("lich.xlsx", bomb()))

    async def _says(
        self,
        session: aiohttp.ClientSession,
        who: tuple[str, str],
        what: str,
        text: str,
        file: tuple[str, bytes] | None = None,
    ) -> None:
        chat, token = who
        fields = {"as": chat, "id": f"{what}-{self.heard.total()}-{perf_counter()}", "text": text}
        data: aiohttp.FormData | str = json.dumps(fields)
        headers = {"Cookie": f"thidua={token}"}
        if file is not None:
            data = aiohttp.FormData(fields)
            data.add_field("files", file[1], filename=file[0])
        else:
            headers["Content-Type"] = "application/json"
        with suppress(aiohttp.ClientError, ConnectionError):
            async with session.post(self.address + "/say", data=data, headers=headers) as reply:
                self.heard[f"{what} {reply.status}"] += 1

    @property
    def ways(self) -> Sequence[Callable[[aiohttp.ClientSession], Awaitable[None]]]:
        """Every way of attacking."""
        return (
            self.anonymous_upload,
            self.guess,
            self.half_open,
            self.long_text,
            self.larger_text,
            self.junk,
            self.jobs,
            self.hostile_table,
        )

    @asynccontextmanager
    async def going_on(self, pause: float = 0.02) -> AsyncIterator[None]:
        """All of them at once, again and again."""

        async def again(way: Callable[[aiohttp.ClientSession], Awaitable[None]]) -> None:
            async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
                while True:
                    with suppress(aiohttp.ClientError, OSError):
                        await way(session)
                    await asyncio.sleep(pause)

        tasks = [asyncio.create_task(again(way)) for way in self.ways]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


@cache
def bomb(size: int = 60_000_000) -> bytes:
    """A workbook whose one sheet is so many bytes unpacked, and a thousandth of it packed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(size // 1_000_000):
                sheet.write(b"<row><c><v>1</v></c></row>" * 38_000)
    return packed.getvalue()


async def at_the_office(path: Path) -> tuple[str, str]:
    """A device of somebody of the office."""
    database = Database(path)
    await database.open()

    def work(tx: Tx) -> str:
        person = tx.all(people.OF_ROLE, role=Role.OFFICE)[0]
        chat = chats.at(tx, channel="local", address="web:office", look="web")
        chats.link(tx, chat=chat.id, person=person.id)
        sessions.open_session(tx, token=OFFICE, chat=chat.id, now=BEGINS, expires=BEGINS.replace(year=2030))
        return chat.address

    address = await database.write(work)
    await database.close()
    return address, OFFICE


@asynccontextmanager
async def under_attack(made: Path, people: int, name: str = "attack.db") -> AsyncIterator[tuple[Process, Attack]]:
    """A server with people on it, and the attack that may begin."""
    path = copied(made, name)
    devices = [(chat.address, token) for chat, token in await seated(path, people + 3)]
    office = await at_the_office(path)
    async with Process(path) as server:
        await answers(server.address)
        yield server, Attack(server.address, devices, office)


async def people_work(address: str, devices: Sequence[tuple[str, str]], steps: int) -> list[float]:
    """Seconds that each step of their forms took, from saying it until the answer is on the page."""
    took: list[float] = []

    async def person(number: int, chat: str, token: str) -> None:
        timeout = aiohttp.ClientTimeout(total=None)
        async with (
            aiohttp.ClientSession(cookies={"thidua": token}, timeout=timeout) as session,
            session.get(f"{address}/events?{chat}=0") as events,
        ):
            assert events.status == 200, await events.text()
            for n, text in enumerate(lines(number, steps)):
                at = perf_counter()
                body = {"as": chat, "id": f"{at}-{n}", "text": text}
                async with session.post(f"{address}/say", json=body) as reply:
                    assert reply.status == 200, await reply.text()
                await answer(events)
                took.append(perf_counter() - at)
                await asyncio.sleep(PAUSE)

    await asyncio.gather(*(person(n, *device) for n, device in enumerate(devices)))
    return took


@asynccontextmanager
async def from_outside(attack: Attack) -> AsyncIterator[None]:
    """The attack goes on in another process; what it has heard is counted here at its end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.attack", cwd=ROOT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps([attack.address, attack.insiders, attack.office]).encode() + b"\n")
    await process.stdout.readline()
    try:
        yield
    finally:
        process.stdin.close()
        heard, _errors = await process.communicate()
        attack.heard.update(json.loads(heard))


async def attack_until_told() -> None:
    """In that process: attack until the other end closes, then say what was heard."""
    os.nice(19)
    attack = Attack(*json.loads(sys.stdin.readline()))
    bomb()
    async with attack.going_on():
        await asyncio.sleep(1)
        print(flush=True)
        await asyncio.to_thread(sys.stdin.read)
    print(json.dumps(attack.heard))


@dataclass(frozen=True)
class Felt:
    """What people felt in one round, and what it cost: milliseconds, processors, MB."""

    p50: float
    p95: float
    late: float
    """By how much the people's own process came too late to whatever it waited for, at p95."""
    server: float
    worker: float
    memory: float


async def felt(server: Process, devices: Sequence[tuple[str, str]]) -> Felt:
    """People work; how it went."""
    late: list[float] = []

    async def watch(every: float = 0.01) -> None:
        while True:
            at = perf_counter()
            await asyncio.sleep(every)
            late.append(perf_counter() - at - every)

    watching, at, before = asyncio.create_task(watch()), perf_counter(), server.used()
    took = await people_work(server.address, devices, STEPS)
    wall, after = perf_counter() - at, server.used()
    watching.cancel()
    cuts = [1000 * cut for cut in statistics.quantiles(took, n=100)]
    own, others = ((b - a) / wall for a, b in zip(before, after, strict=True))
    return Felt(cuts[49], cuts[94], 1000 * statistics.quantiles(late, n=100)[94], own, others, server.memory())


async def measure(made: Path, rounds: int) -> None:
    """Print the table: medians of rounds, in each of them quiet and attack one after the other.

    Between them the same attack goes against another server on this machine: that is what the machine takes.
    """
    rows: dict[str, list[Felt]] = {name: [] for name in ("in quiet", "another server attacked", "under attack")}
    heard = Counter[str]()
    for _ in range(rounds):
        async with under_attack(made, 3 * QUIET_PEOPLE) as (server, attack):
            first, second, third = (attack.insiders[n * QUIET_PEOPLE :][:QUIET_PEOPLE] for n in range(3))
            rows["in quiet"].append(await felt(server, first))
            async with under_attack(made, 0, "other.db") as (_other, elsewhere), from_outside(elsewhere):
                rows["another server attacked"].append(await felt(server, second))
            async with from_outside(attack):
                rows["under attack"].append(await felt(server, third))
        heard += attack.heard
    print("| | p50 ms | p95 ms | their own process late, ms | processors: server | its worker | memory MB |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for name, all_of_it in rows.items():
        p50, p95, late, own, worker, memory = (
            median(getattr(each, part) for each in all_of_it)
            for part in ("p50", "p95", "late", "server", "worker", "memory")
        )
        print(f"| {name} | {p50:.0f} | {p95:.0f} | {late:.0f} | {own:.2f} | {worker:.2f} | {memory:.0f} |")
    print("\nAnswered meanwhile: " + ", ".join(f"{what} × {n}" for what, n in sorted(heard.items())))


if __name__ == "__main__":
    asyncio.run(attack_until_told())
