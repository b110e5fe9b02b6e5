"""What the tables and pictures of a large office cost: `./run bench --tables`. 200 units, 4,000 initiatives of one year."""

import json
import resource
from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter, process_time
from typing import Any

from bench.people import BEGINS, PLAN_TEXT, copied
from bot.documents import area_bars, duty_grid, year_columns
from bot.language import Words
from bot.language.text import fold
from bot.movement.plan import Plan
from bot.office.report import period, summaries
from bot.office.tables import all_tables, duty_picture, item_picture, scope, trend_picture, yearly_facts
from bot.office.tables.yearly_facts import TableFacts
from bot.server.office import make_office
from bot.server.worker import Worker
from storage.db import Database, Tx

UNITS, ITEMS, YEAR = 200, 4_000, 2027
TIMES = 5
AT = "2027-10-15T02:00:00.000000Z"


def filled(tx: Tx, units: int = UNITS, items: int = ITEMS) -> None:
    """Add units, up to so many, with their reports, and sheets, a third of them recognised."""
    random, by = Random(1), tx.value("SELECT MIN(id) FROM person")
    have: int = tx.value("SELECT COUNT(*) FROM unit WHERE kind <> 'doan_the'")
    codes = [f"PB{n:03}" for n in range(units - have)]
    for n, code in enumerate(codes):
        tx.run(
            "INSERT INTO unit (code, name, kind, place, seal, active) VALUES (:code, :name, 'phong', :place, 0, 1)",
            code=code,
            name=f"Phòng Quản lý chuyên ngành và dịch vụ công số {n + 1}",
            place=100 + n,
        )
        _report(tx, code, by, random)
    there: list[str] = codes or json.loads(tx.value("SELECT json_group_array(code) FROM unit WHERE kind <> 'doan_the'"))
    for n in range(items):
        _item(tx, n, random.choice(there), by, random)


def _report(tx: Tx, code: str, by: int, random: Random) -> None:
    id: int = tx.value(
        """
        INSERT INTO report_version (unit, year, code, version, kind, state, late, by, at, first, given, plan_hash)
        VALUES (:unit, :year, :code, 1, '', 'counted', 0, :by, :at, :at, '2027-10-15', '') RETURNING id
        """,
        unit=code,
        year=YEAR,
        code=f"BC-{YEAR}-{code}",
        by=by,
        at=AT,
    )
    for target in ("2", "3", "6", "II.3.1"):
        of = random.randint(5, 60)
        figure = {"result": id, "target": target, "n": str(of - random.randint(0, 3)), "d": str(of)}
        tx.run(
            """
            INSERT INTO figure (result, target, numerator, denominator, na, estimate, note, source, kept_as)
            VALUES (:result, :target, :n, :d, 0, 0, '', 'typed', 'share')
            """,
            **figure,
        )


def _item(tx: Tx, n: int, unit: str, by: int, random: Random) -> None:
    title = f"Số hóa và dùng chung hồ sơ chuyên ngành số {n} cho các phòng chuyên môn và người dân"
    id: int = tx.value(
        """
        INSERT INTO initiative (code, kind, year, unit, title, title_fold, area, state, by, at, changed, plan_hash)
        VALUES (:code, 'sk', :year, :unit, :title, :fold, :area, :state, :by, :at, :at, 'x') RETURNING id
        """,
        code=f"SK-{YEAR}-9{n:04}",
        year=YEAR,
        unit=unit,
        title=title,
        fold=fold(title),
        area=f"II.{random.randint(1, 6)}",
        state="recognised" if n % 3 == 0 else "received",
        by=by,
        at=AT,
    )
    tx.run("INSERT INTO author (initiative, person, share, place) VALUES (:id, :by, '100', 0)", id=id, by=by)
    if n % 3 == 0:
        tx.run(
            """
            INSERT INTO recognition (initiative, level, decision, day, by, at)
            VALUES (:id, 'co_so', '45/QĐ-SXD', '2027-09-20', :by, :at)
            """,
            id=id,
            by=by,
            at=AT,
        )


def book(facts: TableFacts) -> tuple[float, int, int]:
    """Seconds of the processor, kilobytes of memory at most and bytes of a workbook, in the worker process."""
    began = process_time()
    made, _sheets = all_tables.made(facts)
    return process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, len(made)


def drawn(draw: Callable[[Any], bytes], contents: Any) -> float:
    """Seconds of the processor for a picture, its contents being there."""
    began = process_time()
    draw(contents)
    return process_time() - began


async def report(made: Path) -> None:
    """Print both tables."""
    path, plan = copied(made, "tables.db"), Plan.parse(PLAN_TEXT)
    office, database, worker = make_office(plan, PLAN_TEXT), Database(path), Worker()
    await database.open()
    await database.write(filled)
    try:
        seconds, most, size, reading = [], 0, 0, []
        for _n in range(TIMES):
            began = perf_counter()
            async with database.snapshot() as snapshot:
                facts = await yearly_facts.read(snapshot, office, [YEAR], scope.Scope(), BEGINS)
            reading.append(perf_counter() - began)
            took, kilobytes, size = await worker.make(book, facts)
            seconds.append(took)
            most = max(most, kilobytes)
        print(f"| Workbook of {UNITS} units and {ITEMS:,} initiatives | |\n|---|--:|")
        print(f"| reading, s | {median(reading):.2f} |\n| making, s | {median(seconds):.2f} |")
        print(f"| memory of the worker at most, MB | {most / 1024:.0f} |\n| size, KB | {size / 1024:.0f} |\n")
        async with database.snapshot() as snapshot:
            summary = await summaries.read(snapshot, office, YEAR, BEGINS)
            several = await period.read(snapshot, office, [YEAR - 1, YEAR], BEGINS)
        words = Words("vi", terms=plan.terms)
        pictures: list[tuple[str, Callable[[Any], bytes], Any]] = [
            ("units and duties", duty_grid.draw, duty_picture.grid(summary, plan.office.name, words)),
            ("initiatives by area and state", area_bars.draw, item_picture.bars(summary, plan, words)),
            ("the years", year_columns.draw, trend_picture.columns(several, plan.office.name, words)),
        ]
        print("| Picture, s in the worker | |\n|---|--:|")
        for name, draw, contents in pictures:
            times = [await worker.make(drawn, draw, contents) for _n in range(TIMES)]
            print(f"| {name} | {median(times):.2f} |")
    finally:
        worker.close()
        await database.close()
