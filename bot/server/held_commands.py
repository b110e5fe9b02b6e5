"""Commands that need the database to themselves: done here, or in the server that holds the file, which prints the same."""

import argparse
import io
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bot.language import Time, Words, _
from bot.movement import Plan
from bot.office import clock_doubt
from bot.server import past_year_commands, roster_commands
from bot.server.app import App, Setup
from bot.server.cli import Failure, database, read_plan_text, write_new
from bot.server.control_socket import address_of, ask
from bot.server.file_clock import clock_of
from bot.server.options import parser
from bot.server.plan_commands import in_server, plan, plan_of
from bot.server.settings import Settings
from bot.server.template_commands import in_server as template_in_server
from bot.server.template_commands import template
from storage import audit
from storage.db import Tx
from storage.lock import Taken

Options = argparse.Namespace


async def invite(options: Options, settings: Settings, words: Words) -> int:
    """Make a one-time code for somebody; print it alone on the last line."""
    return await _by_holder(options, settings, words)


async def person(options: Options, settings: Settings, words: Words) -> int:
    """Show what a change of somebody's post would do; do it with --apply."""
    return await _by_holder(options, settings, words)


async def import_(options: Options, settings: Settings, words: Words) -> int:
    """Show what units, people or days off of a file would change; write it with --apply."""
    if options.template is not None:
        _write_template(options.template, await _own_plan(options, settings), words)
        return 0
    if options.file is None:
        raise Failure(_("Give the file to import, or --template FILE.xlsx."))
    if not options.file.is_file():
        raise Failure(_("There is no file {path}.", path=str(options.file)))
    return await _by_holder(options, settings, words)


async def _own_plan(options: Options, settings: Settings) -> Plan:
    """Return the plan of the office's file; of the plan file before there is one."""
    path = database(options, settings, "thidua.db")
    return Plan.kept((await plan_of(path)).text if path.exists() else read_plan_text(settings.plan))


def _write_template(path: Path, plan: Plan, words: Words) -> None:
    from bot.documents.roster_template import template

    write_new(path, template(plan))
    print(words.say(_("A blank roster was written: {path}", path=str(path))))


async def import_year(options: Options, settings: Settings, words: Words) -> int:
    """Show what a past year's workbook gives, or write its template; take it over with --apply."""
    if options.template is not None:
        path = database(options, settings, "thidua.db")
        plan, now = Plan.kept((await plan_of(path)).text), (await clock_of(path, settings.now)).now()
        write_new(options.template, await past_year_commands.blank_workbook(path, plan, options.year, now))
        written = _("The workbook of {year} was written: {path}", year=str(options.year), path=str(options.template))
        print(words.say(written))
        return 0
    if options.file is None:
        raise Failure(_("Give the workbook of the year, or --template FILE.xlsx."))
    if not options.file.is_file():
        raise Failure(_("There is no file {path}.", path=str(options.file)))
    return await _by_holder(options, settings, words)


async def clock(options: Options, settings: Settings, words: Words) -> int:
    """Print what day it is here, and whether that is believed; «confirm» says that it is right."""
    return await _by_holder(options, settings, words)


async def _by_holder(options: Options, settings: Settings, words: Words) -> int:
    """Run the command here, or hand it over to the server that holds the file."""
    db = database(options, settings, "thidua.db")
    app = App(Setup(db, (await plan_of(db)).text, await clock_of(db, settings.now)))
    try:
        await app.start()
    except Taken:
        argv = [
            str(Path(word).absolute()) if Path(word) == getattr(options, "file", None) else word
            for word in sys.argv[1:]
        ]
        output, code = await ask(address_of(db), argv, words.language)
        print(output, end="")
        return code
    try:
        output, code = await _do(app, options, words)
    finally:
        await app.stop()
    print(output, end="")
    return code


async def perform(app: App, argv: Sequence[str], language: str) -> tuple[str, int]:
    """Run a command line that another process has handed over; return what it prints and its exit code."""
    from bot.server import commandline  # the table of all commands, which names these too

    words = Words(language)
    options = parser(words, commandline).parse_args(list(argv))
    try:
        return await _do(app, options, words)
    except Failure as failure:
        return words.say(failure.why) + "\n", 1


async def _do(app: App, options: Options, words: Words) -> tuple[str, int]:
    does = {
        invite: roster_commands.invite,
        import_: roster_commands.import_,
        import_year: past_year_commands.import_year,
        person: roster_commands.person,
        plan: in_server,
        template: template_in_server,
        clock: _time_here,
    }[options.perform]
    out = io.StringIO()
    code = await does(app, options, Words(words.language, terms=app.plan.terms), out)
    return out.getvalue(), code


async def _time_here(app: App, options: Options, words: Words, out: io.StringIO) -> int:
    now = app.now()

    def work(tx: Tx) -> datetime | None:
        if options.what == "confirm":
            clock_doubt.confirm(tx, now)
            audit.note(tx, now=now, person=None, what="clock_confirmed", day=now.date().isoformat())
        return clock_doubt.last_known(tx, now)

    last = await app.db.write(work)
    await app.doubt.look()
    said = clock_doubt.named(last, now) if last is not None else _("It is {now} here.", now=Time(now))
    print(words.say(said), file=out)
    return 0 if last is None else 1
