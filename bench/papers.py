"""What the office's report in Word costs, and what others feel of it: `./run bench --papers`."""

import asyncio
import io
import resource
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from bench.core import steps
from bench.people import BEGINS, PLAN_TEXT, copied
from bench.tables import YEAR, filled
from bot.documents.papers.filling import filled as filled_in
from bot.language import Words
from bot.movement.plan import Plan
from bot.office.papers import office_report, paper_facts, templates
from bot.server.office import make_office
from bot.server.worker import Worker
from storage.db import Database

TIMES = 5
SIZES = ((14, 200), (200, 4_000))
"""Units, and initiatives of one year."""
PEOPLE, EACH = 8, 64
"""Who writes meanwhile, and how many messages each."""


def ours(template: bytes, values: Mapping[str, Any]) -> tuple[float, int, int]:
    """Seconds of the processor, kilobytes of memory at most and bytes of the paper, in the worker process."""
    began = process_time()
    made = filled_in(template, values)
    return process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, len(made)


def library_alone(template: bytes, values: Mapping[str, Any]) -> float:
    """Seconds of the processor for the same template and values by the library, with nothing of ours around it."""
    from docxtpl import DocxTemplate

    began = process_time()
    paper = DocxTemplate(io.BytesIO(template))
    paper.render(dict(values), autoescape=True)
    paper.save(io.BytesIO())
    return process_time() - began


async def laid_down(database: Database, plan: Plan) -> Mapping[str, Any]:
    """The values of the report, read and laid down as a job does."""
    office, words = make_office(plan, PLAN_TEXT), Words("vi", terms=plan.terms)
    async with database.snapshot() as snapshot:
        period = await paper_facts.read(snapshot, office, [YEAR], BEGINS)
    return office_report.values(office_report.of(period), words, "", "")


async def size(made: Path, units: int, items: int) -> None:
    """Print a row for an office of this size."""
    path, plan = copied(made, f"papers-{units}.db"), Plan.parse(PLAN_TEXT)
    worker, other = Worker(), Worker()  # two, so that the memory is of ours alone
    database, template = Database(path), templates.shipped(office_report.TEMPLATE)
    await database.open()
    await database.write(lambda tx: filled(tx, units, items))
    try:
        reading, making, alone, most, size = [], [], [], 0, 0
        for _n in range(TIMES):
            began = perf_counter()
            values = await laid_down(database, plan)
            reading.append(perf_counter() - began)
            took, kilobytes, size = await worker.make(ours, template, values)
            making.append(took)
            most = max(most, kilobytes)
            alone.append(await other.make(library_alone, template, values))
        ratio = median(mine / theirs for mine, theirs in zip(making, alone, strict=True))
        print(
            f"| {units} units, {items:,} initiatives | {median(reading):.2f} | {median(making):.2f} | {ratio:.2f} "
            f"| {most / 1024:.0f} | {size / 1024:.0f} |"
        )
    finally:
        worker.close()
        other.close()
        await database.close()
        path.unlink()


async def meanwhile(made: Path) -> None:
    """Print how long answers take while reports of the larger office are made one after the other, and while none is."""
    plan, worker = Plan.parse(PLAN_TEXT), Worker()
    path = copied(made, "papers-meanwhile.db")
    database, template = Database(path), templates.shipped(office_report.TEMPLATE)
    await database.open()
    await database.write(lambda tx: filled(tx, *SIZES[0]))

    async def reports() -> None:
        while True:
            await worker.make(ours, template, await laid_down(database, plan))

    try:
        pairs = []
        for _n in range(TIMES):
            quiet = await steps(made, PEOPLE, EACH)
            work = asyncio.create_task(reports())
            busy = await steps(made, PEOPLE, EACH)
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)
            pairs.append((quiet, busy))
        for name in ("p50", "p99"):
            ratio = median(getattr(busy, name) / getattr(quiet, name) for quiet, busy in pairs)
            print(f"answers meanwhile, {name}: {ratio:.2f} of quiet")
    finally:
        worker.close()
        await database.close()


async def report(made: Path) -> None:
    """Print the table, and what others feel."""
    print(
        "| The report in Word | reading, s | making, s of the processor | of docxtpl alone | worker at most, MB | KB |"
    )
    print("|---|--:|--:|--:|--:|--:|")
    for units, items in SIZES:
        await size(made, units, items)
    print()
    await meanwhile(made)
