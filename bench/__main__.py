"""Run every measurement and print the table that BENCHMARKS.md holds."""

import argparse
import asyncio
import os
import platform
import sqlite3
import statistics
import sys
import tempfile
from pathlib import Path

from bench import attack, delivery, papers, parsers, people_words, recognition, reminders, rush, search, tables
from bench.core import Pace, commits, steps
from bench.http import over_http, start_up
from bench.messenger import report
from bench.people import ROOT, made, made_by

ROUNDS = 5


async def measure(folder: Path, each: int, before: Path | None) -> None:
    """Interleaved rounds, so that a noisy machine is noisy for all alike; medians are printed."""
    path = await made(folder)
    trees = {"": (ROOT, path)}
    if before is not None:
        trees[", the commit before"] = before, made_by(before, folder / "before")
    for tree, file in trees.values():
        await start_up(file, tree)  # the bytecode is warm from here on
    rows: dict[str, list[Pace]] = {}
    memory = dict[str, list[float]]()
    starts = dict[str, list[float]]()
    for _ in range(ROUNDS):
        rows.setdefault("SQLite alone, one row a commit", []).append(commits(folder, each * 16))
        rows.setdefault("the core, 1 person", []).append(await steps(path, 1, each * 4))
        rows.setdefault("the core, 32 people", []).append(await steps(path, 32, each))
        for which, (tree, file) in trees.items():
            pace, resident = await over_http(file, 32, each, tree)
            rows.setdefault(f"over HTTP, 32 people in another process{which}", []).append(pace)
            memory.setdefault(which, []).append(resident)
            starts.setdefault(which, []).append(await start_up(file, tree))
    bare = statistics.median(pace.a_second for pace in rows["SQLite alone, one row a commit"])
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} CPUs\n")
    print("| What | a second | of bare commits | p50 ms | p99 ms |\n|---|--:|--:|--:|--:|")
    for name, paces in rows.items():
        a_second, p50, p99 = (
            statistics.median(getattr(pace, part) for pace in paces) for part in ("a_second", "p50", "p99")
        )
        print(f"| {name} | {a_second:,.0f} | {a_second / bare:.2f} | {p50:.2f} | {p99:.2f} |")
    for which in trees:
        print(f"\nResident memory after the run over HTTP{which}: {statistics.median(memory[which]):.0f} MB")
        print(f"From process start to the first answered request{which}: {statistics.median(starts[which]):.2f} s")


async def beside_peers(folder: Path, python: str, each: int, rounds: int, before: Path | None) -> None:
    """The whole bot on a Bot API server beside bare bots, and beside an earlier commit."""
    await report(await made(folder), python, each, rounds, before)


async def waiting(folder: Path, rounds: int) -> None:
    """What a message costs while many wait."""
    await delivery.report(await made(folder), rounds)


async def rushed(folder: Path, rounds: int) -> None:
    """How long an answer takes when all write at once."""
    await rush.report(await made(folder), rounds)


async def attacked(folder: Path, rounds: int) -> None:
    """The people of an office while it is attacked."""
    await attack.measure(await made(folder), rounds)


async def searched(folder: Path) -> None:
    """What a search costs over many registered items."""
    await search.report(await made(folder))


async def tabled(folder: Path) -> None:
    """What the workbook and the pictures of a large office cost."""
    await tables.report(await made(folder))


async def on_paper(folder: Path) -> None:
    """What the office's report in Word costs, and what others feel of it."""
    await papers.report(await made(folder))


async def worded(folder: Path) -> None:
    """What people read and type until a sheet or a report is sent."""
    await people_words.report(await made(folder))
    recognition.report()


def main() -> None:
    """`./run bench`, or quicker with `--each 40`."""
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--each", type=int, default=160, help="steps a person in a round")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="rounds beside other bots")
    parser.add_argument("--peers", help="the Python of the environment in which other bots are installed")
    parser.add_argument("--before", type=Path, help="a checkout of an earlier commit, as one more bot in every round")
    parser.add_argument("--attack", action="store_true", help="only what others feel during an attack")
    parser.add_argument("--parsers", action="store_true", help="only how parsers grow with junk")
    parser.add_argument("--reminders", action="store_true", help="only reminding: a rehearsal and a tick")
    parser.add_argument("--rush", action="store_true", help="only three hundred people at once")
    parser.add_argument("--delivery", action="store_true", help="only the outbox while many wait in it")
    parser.add_argument("--search", action="store_true", help="only searching what is registered")
    parser.add_argument("--words", action="store_true", help="only what people read and type until something is sent")
    parser.add_argument("--tables", action="store_true", help="only the workbook and the pictures of a large office")
    parser.add_argument("--papers", action="store_true", help="only the office's report in Word")
    given = parser.parse_args()
    before = given.before.resolve() if given.before else None
    only = (
        given.tables
        or given.papers
        or given.words
        or given.search
        or given.attack
        or given.parsers
        or given.reminders
        or given.rush
        or given.delivery
    )
    if only and given.peers:
        return  # `./run bench` calls once without other bots and once with them
    if given.parsers:
        sys.exit(parsers.main())
    # On the disk of the project: a temporary folder may be in memory.
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        if given.attack:
            asyncio.run(attacked(Path(folder), given.rounds))
        elif given.rush:
            asyncio.run(rushed(Path(folder), given.rounds))
        elif given.delivery:
            asyncio.run(waiting(Path(folder), given.rounds))
        elif given.words:
            asyncio.run(worded(Path(folder)))
        elif given.tables:
            asyncio.run(tabled(Path(folder)))
        elif given.papers:
            asyncio.run(on_paper(Path(folder)))
        elif given.search:
            asyncio.run(searched(Path(folder)))
        elif given.reminders:
            reminders.main(Path(folder), given.rounds)
        elif given.peers:
            asyncio.run(beside_peers(Path(folder), given.peers, given.each, given.rounds, before))
        else:
            asyncio.run(measure(Path(folder), given.each, before))
            reminders.main(Path(folder), given.rounds)
            asyncio.run(waiting(Path(folder), given.rounds))


if __name__ == "__main__":
    main()
