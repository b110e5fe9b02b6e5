"""What one message costs while so many wait: the outbox emptied into a messenger that takes all at once."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from bench.people import BEGINS, PLAN_TEXT, copied
from bot.channels.messages import Attachment, Outcome, Receive, Result
from bot.channels.rate_limit import Pace
from bot.office.announcements.announcing import announce
from bot.server.app import App, Setup
from bot.server.clock import Clock
from storage.db import Tx

WAITING = (500, 5_000, 50_000)


class Taking:
    """A messenger that takes everything."""

    name, look = "telegram", "keyboard"
    pace: Pace | None = None
    quota: int | None = None
    good: float | None = 0.0

    def __init__(self) -> None:
        self.taken = 0

    async def listen(self, receive: Receive) -> None:
        await asyncio.Event().wait()

    async def send(self, address: str, body: Mapping[str, Any], files: Sequence[Attachment], skip: int = 0) -> Result:
        self.taken += 1
        return Result(Outcome.SENT, parts=1)


async def emptied(made: Path, n: int) -> float:
    """Milliseconds of a processor for each message while n of them go out, one a person."""
    path, messenger = copied(made, f"delivery{n}.db"), Taking()
    app = App(Setup(path, PLAN_TEXT, Clock(standing=BEGINS), lambda: [messenger]))
    await app.start()

    def work(tx: Tx) -> None:
        ids = []
        for number in range(n):
            id = tx.value(
                "INSERT INTO person (name, name_fold, unit, role) VALUES (:name, :name, 'QLXD', 'officer') RETURNING id",
                name=f"nguoi nhan {number}",
            )
            tx.run(
                "INSERT INTO chat (channel, address, person, look) VALUES ('telegram', :id, :id, 'keyboard')",
                id=str(id),
            )
            ids.append(id)
        announce(tx, key="bench", by=1, to=ids, about={"by": 1, "text": "Họp lúc 14 giờ."}, now=BEGINS)

    await app.db.write(work)
    began = process_time()
    await app.drain()
    took = process_time() - began
    await app.stop()
    path.unlink()
    assert messenger.taken == n, f"{messenger.taken} of {n} went out"
    return took / n * 1000


async def report(made: Path, rounds: int) -> None:
    """Interleaved rounds; medians, printed as BENCHMARKS.md holds them."""
    await emptied(made, WAITING[0])  # the bytecode is warm from here on
    runs: dict[int, list[float]] = {}
    for _ in range(rounds):
        for n in WAITING:
            runs.setdefault(n, []).append(await emptied(made, n))
    first = median(runs[WAITING[0]])
    print("\n| Waiting | CPU ms a message | of the first |\n|--:|--:|--:|")
    for n, took in runs.items():
        print(f"| {n:,} | {median(took):.2f} | {median(took) / first:.2f} |")
