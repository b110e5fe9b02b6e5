"""How long reminding takes: a rehearsal of five years for an office, and one tick over a very large one.

The tick is the heartbeat's own: it reads the file some units at a time. Its memory is what is allocated at
most while it runs and gives out nothing, beside the same for a tenth of the office.
"""

import asyncio
import sqlite3
import tracemalloc
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.people import PLAN_TEXT
from bot.movement.obligations import Year
from bot.movement.plan import Plan
from bot.office.reminding import rehearsal
from bot.server.clock import OFFICE, at_office
from bot.server.heartbeat import tick
from bot.server.office import make_office
from storage.db import Database, Reader
from storage.values import stored

BEGINS = at_office("2027-11-09T08:00")
"""The last day: everybody who has not sent is to be reminded."""
ROLES = ("head", "deputy", "drafter")


async def office(path: Path, units: int, people: int) -> None:
    """An office of so many units and people, none of whom has sent anything."""
    database = Database(path)
    await database.open()
    await database.close()
    each = people // units
    with sqlite3.connect(path) as file:
        file.executemany(
            "INSERT INTO unit (code, name, kind, place) VALUES (?, ?, 'phong', ?)",
            [(f"U{n:05}", f"Phòng {n}", n) for n in range(units)],
        )
        file.executemany(
            "INSERT INTO person (name, name_fold, position, unit, role) VALUES (?, ?, '', ?, ?)",
            [
                (f"Người {n} {k}", f"nguoi {n} {k}", f"U{n:05}", ROLES[k] if k < len(ROLES) else "officer")
                for n in range(units)
                for k in range(each)
            ],
        )
        file.execute(
            "INSERT INTO person (name, name_fold, position, unit, role) VALUES ('Văn phòng', 'van phong', '', 'U00000', 'office')"
        )
        file.execute("INSERT INTO chat (channel, address, person, look) SELECT 'local', id, id, 'web' FROM person")
        for year in range(2026, 2028):
            file.execute("INSERT INTO year VALUES (?, 0, ?)", (year, stored(BEGINS)))
            for duty, day in (("plan", date(year, 1, 31)), ("registration", date(year, 3, 31))):
                file.execute(
                    "INSERT INTO deadline (duty, year, day, basis, by, at) VALUES (?, ?, ?, 'x', NULL, ?)",
                    (duty, year, day.isoformat(), stored(BEGINS)),
                )
    file.close()


async def five_years(path: Path) -> tuple[float, int]:
    """Seconds to play 2026-2030 with every text, and how many messages that are."""
    movement = make_office(Plan.parse(PLAN_TEXT), PLAN_TEXT)
    start = datetime.combine(date(2025, 12, 31), time(23, 59), OFFICE)
    end = datetime.combine(date(2030, 12, 31), time(23, 59), OFFICE)
    reader = await Reader.open(path)
    try:
        async with reader.snapshot() as snapshot:
            begun = perf_counter()
            stage = await rehearsal.read(snapshot, movement, years=[Year(year) for year in range(2026, 2031)])
            rows = rehearsal.rows(stage, start, end, "vi")
            return perf_counter() - begun, len(rows)
    finally:
        await reader.close()


async def one_tick(path: Path, now: datetime) -> tuple[float, int, float]:
    """Seconds of one tick, how many people it speaks to, and MB allocated at most beyond its output."""
    movement = make_office(Plan.parse(PLAN_TEXT), PLAN_TEXT)

    async def run(seen: Callable[[Sequence[object]], None]) -> float:
        reader = await Reader.open(path)
        try:
            async with reader.snapshot() as snapshot:
                begun = perf_counter()
                async for to_say in tick(snapshot, movement, now):
                    seen(to_say)
                return perf_counter() - begun
        finally:
            await reader.close()

    counts: list[int] = []
    took = await run(lambda those: counts.append(len(those)))
    tracemalloc.start()
    await run(lambda those: None)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return took, sum(counts), most / 1_000_000


async def report(folder: Path, rounds: int) -> None:
    """Medians of so many rounds, printed as BENCHMARKS.md holds them."""
    offices = {
        "14 units, 300 people": (14, 300),
        "1,000 units, 10,000 people": (1_000, 10_000),
        "10,000 units, 100,000 people": (10_000, 100_000),
    }
    files = {}
    for n, (name, (units, people)) in enumerate(offices.items()):
        files[name] = folder / f"office{n}.db"
        await office(files[name], units, people)
    played = [await five_years(files["14 units, 300 people"]) for _ in range(rounds)]
    print("\n| Reminding | seconds | messages | MB at most |\n|---|--:|--:|--:|")
    print(
        f"| five years rehearsed, 14 units and 300 people, every text made | {median(t for t, _n in played):.2f} | {played[0][1]:,} | |"
    )
    quiet = BEGINS - timedelta(days=75)
    for name, when, now in [
        (name, when, now)
        for name in list(offices)[1:]
        for when, now in (("everybody owes", BEGINS), ("nothing is due", quiet))
    ]:
        ticks = [await one_tick(files[name], now) for _ in range(rounds)]
        took, most = median(each[0] for each in ticks), median(each[2] for each in ticks)
        print(f"| one tick, {name}, {when} | {took:.2f} | {ticks[0][1]:,} | {most:.1f} |")


def main(folder: Path, rounds: int) -> None:
    """`./run bench`."""
    asyncio.run(report(folder, rounds))
