"""Steps a second through the whole core, beside SQLite's bare commit on the same disk."""

import asyncio
import sqlite3
import statistics
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from bench.people import BEGINS, FORM, PLAN_TEXT, copied, lines, seated
from bot.server.app import App, Setup
from bot.server.clock import Clock
from storage.chats import Chat
from storage.opening import WRITER_PRAGMAS


@dataclass(frozen=True)
class Pace:
    """How fast something went: so many a second, and how long one took (ms)."""

    a_second: float
    p50: float
    p99: float

    @classmethod
    def of(cls, took: list[float], whole: float) -> "Pace":
        """From the seconds each took, and the seconds all took."""
        cuts = statistics.quantiles(took, n=100)
        return cls(len(took) / whole, cuts[49] * 1000, cuts[98] * 1000)


def commits(folder: Path, n: int) -> Pace:
    """SQLite alone: one row, one COMMIT that is on the disk, n times."""
    connection = sqlite3.connect(folder / "bare.db", isolation_level=None)
    for pragma in WRITER_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE IF NOT EXISTS row (text TEXT)")
    took = []
    begun = perf_counter()
    for _ in range(n):
        at = perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO row VALUES (?)", ("x" * 200,))
        connection.execute("COMMIT")
        took.append(perf_counter() - at)
    whole = perf_counter() - begun
    connection.close()
    return Pace.of(took, whole)


async def steps(made: Path, people: int, each: int) -> Pace:
    """Steps of a form: from the message given to the core until its reply is committed."""
    path = copied(made, f"core-{people}.db")
    chats = await seated(path, people)
    app = App(Setup(path, PLAN_TEXT, Clock(standing=BEGINS)))
    await app.start()
    took: list[float] = []

    async def person(number: int, chat: Chat) -> None:
        for n, text in enumerate(lines(number, each)):
            at = perf_counter()
            await app.receive(chat, f"{n}", {"text": text})
            await app.dispatcher.answered(chat.id)
            took.append(perf_counter() - at)

    begun = perf_counter()
    await asyncio.gather(*(person(n, chat) for n, (chat, _token) in enumerate(chats)))
    whole = perf_counter() - begun
    await app.stop()
    check(path, people, each)
    path.unlink()
    return Pace.of(took, whole)


def check(path: Path, people: int, each: int) -> None:
    """Every message was answered, and the forms were really filed."""
    file = sqlite3.connect(path)
    answered, parked, filed = (
        file.execute(sql).fetchone()[0]
        for sql in (
            "SELECT COUNT(*) FROM outbox WHERE kind = 'answer'",
            "SELECT COUNT(*) FROM inbox WHERE state <> 'done'",
            "SELECT COUNT(*) FROM initiative WHERE code LIKE 'NV-2027-%'",
        )
    )
    file.close()
    expected, forms = people * each, people * (each // len(FORM))
    assert (answered, parked) == (expected, 0), (answered, parked, expected)
    assert filed >= forms, f"{filed} forms of {forms} were filed"
