"""What `import-year` does on the file: here, or in the server that holds it; its template."""

import argparse
import io
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from bot.documents.past_year_reader import PastYearFile, read_past_year
from bot.documents.past_year_sheets import sheets
from bot.language import Words, _
from bot.office.past_year import taken_words, taking_over
from bot.office.past_year.taking_over import TakenYear
from bot.server.app import App
from bot.server.cli import Failure, write_new
from bot.server.roster_commands import contents
from storage.db import Tx

Options = argparse.Namespace


async def import_year(app: App, options: Options, words: Words, out: io.StringIO) -> int:
    """Show what a past year's workbook gives; written with --apply, if nothing in it has to be put right."""
    year, now = options.year, app.now()
    if (why := taking_over.outside(app.plan, year, now)) is not None:
        raise Failure(why)
    if options.template is not None:
        return await _template(app, options, words, out)
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


async def _template(app: App, options: Options, words: Words, out: io.StringIO) -> int:
    """Write the blank workbook of a year with the units that owe it."""
    from bot.documents.past_year_template import past_year_template

    path: Path = options.template
    units = await app.db.write(lambda tx: taking_over.owing_units(tx, app.plan, options.year))
    write_new(path, past_year_template(app.plan, options.year, units))
    print(words.say(_("The workbook of {year} was written: {path}", year=str(options.year), path=str(path))), file=out)
    return 0
