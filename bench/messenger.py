"""The whole bot on a Bot API server, beside bare bots of the same kind: speed, latency, start, memory."""

import asyncio
import os
import re
import sqlite3
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

import aiohttp

from bench.botapi import TOKEN
from bench.four import SAYS
from bench.http import children, free_port
from bench.people import BEGINS, PLAN_TEXT, ROOT, copied, lines, made_by, of_tree
from bot.movement.plan import Plan
from bot.office.announcements.announcing import announce
from storage.db import Database

PEERS = ROOT / "bench" / "peers"
CHATS = 20
WARM, GENTLE, SLOW = 10, 4, 5
"""Messages a person: before anything is measured, one a second, and with 60 ms to every send."""
PTB, AIOGRAM = "python-telegram-bot, ConversationHandler", "aiogram, FSM in memory"
BEFORE = "the commit before"
SERVER_CPU, BOT_CPU = {0}, {1}


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot to be measured: its command line, what it needs in its environment, what people say to it."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    says: Mapping[str, Sequence[str]]
    tree: Path = ROOT
    """The checkout that it runs in."""


def pinned(cpus: set[int]) -> Any:
    """Keeps a process on its CPU, where there are two: the server must not slow the bot it serves."""
    return (lambda: os.sched_setaffinity(0, cpus)) if (os.cpu_count() or 1) > 1 else None


@asynccontextmanager
async def server() -> AsyncIterator[str]:
    """The Bot API in a process of its own."""
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.botapi", str(port), cwd=ROOT, preexec_fn=pinned(SERVER_CPU)
    )
    address = f"http://127.0.0.1:{port}"
    try:
        await until(address, "/seen")
        yield address
    finally:
        process.kill()
        await process.wait()


async def until(address: str, path: str) -> float:
    """Wait until it answers; when it did."""
    async with aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(address + path) as reply:
                    if reply.status == 200:
                        return perf_counter()
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.005)


async def ask(address: str, path: str, **asked: Any) -> Any:
    async with (
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=600)) as session,
        session.request("POST" if asked else "GET", address + path, json=asked or None) as reply,
    ):
        return await reply.json()


@asynccontextmanager
async def running(bot: Bot, api: str) -> AsyncIterator["asyncio.subprocess.Process"]:
    """The bot as a process, from its first poll on."""
    await ask(api, "/forget", limited="LIMITED" in bot.env)
    process = await asyncio.create_subprocess_exec(
        *bot.argv,
        cwd=bot.tree,
        env={**of_tree(bot.tree), **bot.env},
        preexec_fn=pinned(BOT_CPU),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        while (await ask(api, "/seen"))["first_poll"] is None:  # noqa: ASYNC110  # another process is asked
            await asyncio.sleep(0.005)
        yield process
    finally:
        process.kill()
        await process.wait()


def memory(pid: int) -> float:
    """Resident megabytes of a process and its children."""
    total = 0
    for each in (pid, *children(pid)):
        found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{each}/status").read_text())
        total += int(found[1]) if found else 0
    return total / 1024


# The bots -------------------------------------------------------------------------------------


def seat(db: Path, n: int) -> list[int]:
    """A chat on Telegram for each of n people who register."""
    with sqlite3.connect(db) as file:
        found = [
            row[0]
            for row in file.execute(
                "SELECT id FROM person WHERE role IN ('officer', 'drafter', 'head', 'deputy') ORDER BY id LIMIT ?", (n,)
            )
        ]
        for id in found:
            file.execute("UPDATE chat SET person = NULL WHERE person = ?", (id,))
            file.execute(
                "INSERT INTO chat (channel, address, person, look) VALUES ('telegram', ?, ?, 'keyboard')",
                (str(id + 1000), id),
            )
    file.close()
    assert len(found) == n, f"the demo has only {len(found)} such people"
    return [id + 1000 for id in found]


def ours(made: Path, api: str, each: int, module: str = "bot", tree: Path = ROOT, **more: str) -> Bot:
    """The whole product, durable, on a fresh copy of the demo's office.

    As it is (`bot`) people register sheets, with all that hangs on one; with `bench.four` they walk the peers' form.
    """
    db = copied(made, f"{module}.db")
    for rest in ("-wal", "-shm", ".lock"):
        db.with_name(db.name + rest).unlink(missing_ok=True)
    chats = seat(db, CHATS)
    port = free_port()
    env = {
        "THIDUA_DB": str(db),
        "THIDUA_HTTP": f"127.0.0.1:{port}",
        "THIDUA_TELEGRAM_TOKEN": TOKEN,
        "THIDUA_TELEGRAM_API": api,
        "THIDUA_TELEGRAM_PACE": "none",
        **more,
    }
    env = {name: value for name, value in env.items() if value}
    argv = [sys.executable, "-m", module, "run", "--now", "2027-10-18T08:30"]
    name = "this bot" if tree == ROOT else BEFORE
    if module == "bot":
        says = {str(chat): lines(n, each) for n, chat in enumerate(chats)}
        return Bot(f"{name}, registering a sheet", argv, env, says, tree)
    return Bot(name, argv, env, {str(chat): four(each) for chat in chats}, tree)


def four(each: int) -> Sequence[str]:
    """What one person says to a form of four questions, over and over."""
    return [SAYS[n % len(SAYS)] for n in range(each)]


def peers(folder: Path, python: str, api: str, each: int) -> list[Bot]:
    """Bare bots with four questions, in an environment of their own."""
    says = {str(1000 + n): four(each) for n in range(CHATS)}

    def peer(name: str, script: str, **env: str) -> Bot:
        return Bot(name, [python, str(PEERS / script), TOKEN, api], env, says)

    pickle = folder / "state.pickle"
    pickle.unlink(missing_ok=True)
    return [
        peer(PTB, "ptb_conversation.py"),
        peer("the same with PicklePersistence", "ptb_conversation.py", PICKLE=str(pickle)),
        peer(AIOGRAM, "aiogram_fsm.py"),
        peer("aiohttp alone, one fixed reply", "raw_loop.py"),
    ]


# What is measured -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Run:
    """One bot in one round."""

    a_second: float
    gentle_ms: float
    a_second_60: float
    ready: float
    memory: float


async def measure(bot: Bot, api: str) -> Run:
    """Twenty people as fast as they can, then gently, then with 60 ms to every send."""
    began = perf_counter()
    async with running(bot, api) as process:
        ready = (await ask(api, "/seen"))["first_poll"] - began
        cut = len(next(iter(bot.says.values()))) - SLOW - GENTLE

        def some(first: int, last: int) -> dict[str, Sequence[str]]:
            return {chat: said[first:last] for chat, said in bot.says.items()}

        await ask(api, "/play", chats=some(0, WARM))
        fast = await ask(api, "/play", chats=some(WARM, cut))
        gentle = await ask(api, "/play", chats=some(cut, cut + GENTLE), gap=1.0)
        slow = await ask(api, "/play", chats=some(cut + GENTLE, cut + GENTLE + SLOW), delay=0.06)
        used = memory(process.pid)
    return Run(
        len(fast["took"]) / fast["seconds"],
        median(gentle["took"]) * 1000,
        len(slow["took"]) / slow["seconds"],
        ready,
        used,
    )


async def web_ready(bot: Bot) -> float:
    """Seconds from the start of the process until /health answers."""
    began = perf_counter()
    process = await asyncio.create_subprocess_exec(
        *bot.argv,
        cwd=ROOT,
        env={**os.environ, **bot.env},
        preexec_fn=pinned(BOT_CPU),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        return await until("http://" + bot.env["THIDUA_HTTP"], "/health") - began
    finally:
        process.kill()
        await process.wait()


@dataclass(frozen=True, slots=True)
class Broadcast:
    """An announcement to many while one person goes on writing."""

    p95: float
    of_least: float
    refused: int


async def broadcast(made: Path, api: str, receivers: int = 300) -> Broadcast:
    """At the pace that Telegram allows; how long an answer takes meanwhile."""
    bot = ours(made, api, 8, THIDUA_TELEGRAM_PACE="", LIMITED="1")
    db = Path(bot.env["THIDUA_DB"])
    with sqlite3.connect(db) as file:
        ids = []
        for n in range(receivers):
            name = f"Người Nhận {n}"
            at = file.execute(
                "INSERT INTO person (name, name_fold, unit, role) VALUES (?, ?, 'QLXD', 'officer')",
                (name, name.lower()),
            )
            ids.append(int(at.lastrowid or 0))
            file.execute(
                "INSERT INTO chat (channel, address, person, look) VALUES ('telegram', ?, ?, 'keyboard')",
                (str(ids[-1] + 1000), ids[-1]),
            )
    file.close()
    database = Database(db)
    await database.open()
    await database.write(
        lambda tx: announce(tx, key="bench", by=1, to=ids, about={"by": 1, "text": "Họp lúc 14 giờ."}, now=BEGINS)
    )
    await database.close()
    bot = Bot(bot.name, bot.argv, {k: v for k, v in bot.env.items() if k != "LIMITED"}, bot.says)
    await ask(api, "/forget", limited=True)
    process = await asyncio.create_subprocess_exec(
        *bot.argv,
        cwd=ROOT,
        env={**os.environ, **bot.env},
        preexec_fn=pinned(BOT_CPU),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        wanted = {id + 1000 for id in ids}
        while not await _reached(api, wanted):  # noqa: ASYNC110  # another process is asked
            await asyncio.sleep(0.05)
        # Two of the twenty, now and then, as long as it lasts.
        typing = {chat: ["/viec"] * 9 for chat in list(bot.says)[:2]}
        meanwhile = await ask(api, "/play", chats=typing, gap=1.1)
        while len(await _reached(api, wanted)) < receivers:  # noqa: ASYNC110  # another process is asked
            await asyncio.sleep(0.05)
        seen = await ask(api, "/seen")
    finally:
        process.kill()
        await process.wait()
    times = sorted(when for when, chat in seen["sent"] if chat in wanted)
    least = (receivers - 1) / 29
    return Broadcast(quantiles(meanwhile["took"], n=20)[18], (times[-1] - times[0]) / least, seen["refused"])


async def _reached(api: str, wanted: set[int]) -> list[int]:
    return [chat for _when, chat in (await ask(api, "/seen"))["sent"] if chat in wanted]


def ratio(part: str, of: Sequence[Run], to: Sequence[Run]) -> float:
    """The median of the ratios within a round: there the machine is as noisy for one as for the other."""
    return float(median(getattr(a, part) / getattr(b, part) for a, b in zip(of, to, strict=True)))


async def report(made: Path, python: str, each: int, rounds: int, before: Path | None = None) -> None:
    """Interleaved rounds; medians and ratios, printed as BENCHMARKS.md holds them. `before` is another checkout."""
    Plan.parse(PLAN_TEXT)
    runs: dict[str, list[Run]] = {}
    health, casts = [], []
    trees = {ROOT: made}
    if before is not None:
        trees[before] = made_by(before, made.parent / "before")
    async with server() as api:
        for n in range(rounds + 1):
            for bot in [
                *(ours(file, api, each, "bench.four", tree) for tree, file in trees.items()),
                *peers(made.parent, python, api, each),
                *(ours(file, api, each, "bot", tree) for tree, file in trees.items()),
            ]:
                run = await measure(bot, api)
                if n:  # the first round warms every bytecode
                    runs.setdefault(bot.name, []).append(run)
            health.append(await web_ready(ours(made, api, 8)))
        casts = [await broadcast(made, api) for _ in range(rounds)]

    mine, ptb, aiogram = (runs[name] for name in ("this bot", PTB, AIOGRAM))
    print(
        "\n| Bot | messages a second | of ConversationHandler | reply, p50 ms | with 60 ms a send | of ConversationHandler | ready s | MB |"
    )
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    for name, these in runs.items():
        fast, gentle, slow, ready, used = (
            median(getattr(run, part) for run in these)
            for part in ("a_second", "gentle_ms", "a_second_60", "ready", "memory")
        )
        print(
            f"| {name} | {fast:,.0f} | {ratio('a_second', these, ptb):.2f} | {gentle:.1f} | {slow:,.0f} "
            f"| {ratio('a_second_60', these, ptb):.1f} | {ready:.2f} | {used:.0f} |"
        )
    print(
        f"\nThis bot of aiogram: {ratio('a_second', mine, aiogram):.2f} in messages a second; "
        f"its median reply of ConversationHandler's: {ratio('gentle_ms', mine, ptb):.2f}."
    )
    for name in runs if before is not None else ():
        if name.startswith("this bot"):
            earlier = runs[name.replace("this bot", BEFORE)]
            print(
                f"\n{name}, of {BEFORE}: {ratio('a_second', runs[name], earlier):.2f} in messages a second, "
                f"{ratio('a_second_60', runs[name], earlier):.2f} with 60 ms a send, "
                f"{ratio('memory', runs[name], earlier):.2f} in memory."
            )
    print(f"\nFrom process start to the first /health with Telegram set up: {median(health[1:]):.2f} s.")
    print(
        f"While an announcement to 300 goes out: an answer within {median(c.p95 for c in casts) * 1000:.0f} ms (p95); "
        f"the whole takes {median(c.of_least for c in casts):.3f} of the least that 29 a second allow; "
        f"{sum(c.refused for c in casts)} times 429."
    )
