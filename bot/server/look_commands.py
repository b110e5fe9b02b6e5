"""Commands that only look: `check`, `doctor`, `summary`, `rehearse`, `unheard`; each reads beside the server that runs."""

import argparse
import sys
from datetime import UTC

import handlers
from bot.channels import Closes, Examines, spoken
from bot.conversation import gather
from bot.language import Joined, Words, _
from bot.movement import Plan
from bot.server.beside_server import beside
from bot.server.cli import Failure, database, read_plan_text, time_given
from bot.server.clock import Clock
from bot.server.office import make_calendar
from bot.server.plan_commands import fits
from bot.server.run_commands import messengers
from bot.server.settings import Settings
from storage import unheard as unheard_table
from storage.lock import FileLock

Options = argparse.Namespace


async def check(options: Options, settings: Settings, words: Words) -> int:
    """Print what is wrong in a plan file; or the coming year's calendar, after a year was played with it."""
    from bot.office.plan_check import check as look
    from bot.server.plan_trial import trial

    text = read_plan_text(options.file)
    now = time_given(settings.now) if settings.now else Clock().now()
    report = look(text, make_calendar(), now.date(), gather(handlers.FEATURES).commands)
    tried = None if report.problems else await trial(text)
    wrong = tried is None or bool(tried.found)
    said = report.lines if tried is None else tried.lines if wrong else [*report.lines, *tried.lines]
    for line in said:
        print(words.say(line), file=sys.stderr if wrong else sys.stdout)
    if wrong:
        return 1
    return 0 if options.db is None else await fits(options.db, Plan.parse(text), words)


async def doctor(options: Options, settings: Settings, words: Words) -> int:
    """Print what is well and what is not; return 1 when something is not."""
    from bot.server.doctor import examine, keys

    db = database(options, settings, "thidua.db")
    if options.updates and FileLock(db).held():
        raise Failure(
            _(
                "A server is running on {path}: it takes the messages. Stop it first, then look at updates.",
                path=str(db),
            )
        )
    channels, ill = messengers(settings), False
    marks = {True: "✅", None: "⚠️", False: "❌"}
    try:
        telegram = settings.telegram_token and not settings.zalo_token
        time_from = settings.telegram_api if telegram else settings.zalo_api
        async for found in examine(db, settings.plan, channels, Clock().now().astimezone(UTC), time_from):
            print(marks[found.well], words.say(found.what), flush=True)
            ill = ill or found.well is False
        for channel in [each for each in channels if options.updates and isinstance(each, Examines)]:
            print(words.say(_("Send the bot a message now: {channel}", channel=spoken(channel.name))), flush=True)
            for update in await channel.peek():
                print(*keys(update), sep="\n")
    finally:
        for connected in [each for each in channels if isinstance(each, Closes)]:
            await connected.close()
    return 1 if ill else 0


async def summary(options: Options, settings: Settings, words: Words) -> int:
    """Print the office's summary of a year, read beside the server that runs; or write its report in Word."""
    from bot.office.report import summaries, summary_picture, summary_words

    if options.out is not None:
        return await _papers(options, settings, words)
    async with beside(database(options, settings, "thidua.db")) as (snapshot, office, at):
        found = await summaries.read(snapshot, office, options.year, at)
    words = Words(words.language, terms=office.plan.terms)
    for line in summary_words.lines(found, office):
        print(words.say(line))
    if options.picture is not None:
        from bot.documents.chart import draw

        options.picture.write_bytes(draw(summary_picture.bars(found, words)))
    return 0


async def _papers(options: Options, settings: Settings, words: Words) -> int:
    """Write the report of a year, or of several, into a folder: the office's, or that of one unit."""
    from bot.office.papers import drafting, office_report, paper_facts, paper_kinds, templates
    from bot.server.worker import Worker
    from storage.unit_history import EVER_UNITS

    last = options.to or options.year
    async with beside(database(options, settings, "thidua.db")) as (snapshot, office, at):
        plan = office.plan
        if not plan.first_year <= options.year <= last <= plan.last_year:
            raise Failure(_("The movement runs from {first} to {last}.", first=plan.first_year, last=plan.last_year))
        units = {each.code.casefold(): each.code for each in await snapshot.all(EVER_UNITS)}
        unit = units.get((options.unit or "").casefold(), "")
        if options.unit and not unit:
            raise Failure(
                _(
                    "There is no unit {code}; there are {codes}.",
                    code=options.unit,
                    codes=Joined(sorted(units.values())),
                )
            )
        years = range(options.year, last + 1)
        found = await paper_facts.read(snapshot, office, years, at, unit)
        name = office_report.OF_UNIT if unit else office_report.TEMPLATE
        own = await templates.own(snapshot, name)
    report, said = office_report.of(found), paper_kinds.words_of(Words(words.language, terms=office.plan.terms))
    worker = Worker()
    try:
        made = await templates.filled_in(worker.make, name, own, office_report.values(report, said))
    finally:
        worker.close()
    options.out.mkdir(parents=True, exist_ok=True)
    name = f"Bao-cao-{unit or 'tong-hop'}-{drafting.span(years)}.docx"
    (options.out / name).write_bytes(made.data)
    print(options.out / name)
    return 0


async def rehearse(options: Options, settings: Settings, words: Words) -> int:
    """Print every message of a year, played beside the server that runs; send nothing."""
    from bot.documents.reminder_table import csv_rows
    from bot.office.reminding import rehearsal, rehearsed_year

    async with beside(database(options, settings, "thidua.db")) as (snapshot, office, at):
        plan = office.plan
        if not plan.first_year <= options.year <= plan.last_year:
            raise Failure(_("The movement runs from {first} to {last}.", first=plan.first_year, last=plan.last_year))
        stage = await rehearsed_year.stage_of(snapshot, office, at, options.year)
        without = await rehearsed_year.without_chat(snapshot, plan)
    rows = rehearsal.rows(*stage, words.language)
    if options.csv is not None:
        with options.csv.open("w", encoding="utf-8", newline="") as file:
            file.writelines(csv_rows(rows))
    else:
        for row in rows:
            print(f"{row.at:%d/%m/%Y %H:%M}  {row.person} ({row.unit})  [{row.channel}] {row.head}")
    for line in rehearsed_year.totals(rows, options.year, without):
        print(words.say(line))
    return 0


async def unheard(options: Options, settings: Settings, words: Words) -> int:
    """Print what nobody understood, most often first, with the commands that were offered for it."""
    async with beside(database(options, settings, "thidua.db")) as (snapshot, office, _at):
        found = await snapshot.all(unheard_table.COUNTED)
    for each in found:
        print(f"{each.n}\t{each.words}\t{each.offered or ''}".rstrip())
    if not found:
        kept = office.plan.keeping.unheard
        print(words.say(_("Nothing that was not understood is kept; what is, is kept for {days} days.", days=kept)))
    return 0
