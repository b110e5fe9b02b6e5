"""What `import-year` does on the file: here, or in the server that holds it; its template."""

import argparse
import io
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime
from pathlib import Path

from bot.documents.past_year_reader import PastYearFile, read_past_year
from bot.documents.past_year_sheets import sheets
from bot.language import Words, _
from bot.movement import Plan
from bot.office.past_year import taken_words, taking_over
from bot.office.past_year.taking_over import TakenYear
from bot.server.app import App
from bot.server.cli import Failure
from bot.server.roster_commands import contents
from storage import deadlines, unit_history
from storage.db import Reader, Tx

Options = argparse.Namespace


async def import_year(app: App, options: Options, words: Words, out: io.StringIO) -> int:
    """Show what a past year's workbook gives; written with --apply, if nothing in it has to be put right."""
    year, now = options.year, app.now()
    if (why := taking_over.outside(app.plan, year, now)) is not None:
        raise Failure(why)
    file = await _read(app, options)

    def work(tx: Tx) -> TakenYear:
        return taking_over.take_over(tx, app.office, year, file, now, options.apply)

    taken = await app.db.write(work)
    for line in taken_words.lines(taken, file.notes, options.apply):
        print(words.say(line), file=out)
    return 1 if taken.blocked else 0


async def _read(app: App, options: Options) -> PastYearFile:
    """Return the workbook, read in the worker process under its limits."""
    data = contents(options.file)
    try:
        return await app.jobs.worker.make(read_past_year, options.file.name, data, sheets(app.plan, options.year))
    except (BrokenProcessPool, MemoryError):
        raise Failure(
            _(
                "{path} took more memory than a workbook may. Please keep only the filled-in sheets in it and save it again.",
                path=str(options.file),
            )
        ) from None


async def blank_workbook(path: Path, plan: Plan, year: int, now: datetime) -> bytes:
    """Make the blank workbook of a year, with the units of an office's file that owe it; read beside its server."""
    from bot.documents.past_year_template import past_year_template

    if (why := taking_over.outside(plan, year, now)) is not None:
        raise Failure(why)
    async with Reader.opened(path) as reader:
        units = await reader.all(unit_history.UNITS_IN_YEAR, year=year)
        entered = await reader.all(deadlines.DEADLINES)
    return past_year_template(plan, year, taking_over.prefilled(plan, year, units, entered))
