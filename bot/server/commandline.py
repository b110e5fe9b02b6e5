"""What each command of the command line does."""

import argparse
import io
import sys
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from bot.channels import Channel, Closes, Examines, spoken
from bot.delivery import everybodys
from bot.language import Text, Time, Words, _, clean_line, fold, person_names
from bot.movement import Plan
from bot.office import clock_doubt
from bot.server import roster_commands
from bot.server.addresses import HERE, Address, read_address
from bot.server.app import App, Setup
from bot.server.backup_commands import backup, places_of, restore
from bot.server.cli import Failure, database, folder_for, plan_text, read_plan_text, time_given
from bot.server.clock import Clock
from bot.server.control_socket import address_of, ask
from bot.server.demo import office as demo_office
from bot.server.demo.office import PERSONAE
from bot.server.founding import init, may_step
from bot.server.office import make_calendar, make_office
from bot.server.options import parser
from bot.server.plan_commands import fits, in_server, noted, plan, plan_of
from bot.server.settings import Settings
from bot.server.terminal import Talk, chat_of, typed
from handlers import FEATURES
from storage import audit, people
from storage import calendar as calendar_table
from storage.db import Database, Reader, Tx
from storage.lock import FileLock, Taken
from storage.opening import Trouble, Unusable
from storage.people import Person

__all__ = [
    "backup",
    "check",
    "clock",
    "demo",
    "doctor",
    "import_",
    "init",
    "invite",
    "person",
    "plan",
    "rehearse",
    "restore",
    "run",
    "summary",
    "talk",
]

Options = argparse.Namespace


# The demo and the server ----------------------------------------------------------------------


async def demo(options: Options, settings: Settings, words: Words) -> int:
    """The invented office in a browser; its clock stands where the last visit left it."""
    db = database(options, settings, "demo.db")
    if not db.exists():
        folder_for(db)
        await demo_office.make(db, plan_text(settings))
    elif not await demo_office.is_demo(db):
        raise Failure(
            _(
                "{path} is not a demo's database: the demo asks nobody for a code. Give another name with --db.",
                path=str(db),
            )
        )
    if options.prepare:
        print(words.say(_("The demo's database is ready: {path}", path=str(db))))
        return 0
    clock = Clock.running_from(await demo_office.time_of(db))
    from bot.server.serve import serve

    text = (await plan_of(db)).text
    return await serve(App(Setup(db, text, clock)), Address(HERE, options.port), words, perform, demo=True)


async def run(options: Options, settings: Settings, words: Words) -> int:
    """The assistant on the real database; the web chat where THIDUA_HTTP is set."""
    db = database(options, settings, "thidua.db")
    at = options.now or settings.now
    clock = await _clock(db, at)
    address = read_address(settings.http or "127.0.0.1:8080")
    if isinstance(address, Text):
        raise Failure(_("THIDUA_HTTP=«{given}»: {why}.", given=settings.http, why=address))
    if settings.telegram_pace == "none" and settings.telegram_api == Settings.model_fields["telegram_api"].default:
        raise Failure(_("THIDUA_TELEGRAM_PACE=none needs a Bot API server of one's own (THIDUA_TELEGRAM_API)."))
    from bot.server.serve import serve

    kept = await plan_of(db)
    return await serve(
        App(Setup(db, kept.text, clock, lambda: messengers(settings), settings.public_url, places_of(db, settings))),
        address,
        words,
        perform,
        movable=bool(at),
        notes=noted(kept, settings.plan, words),
    )


def messengers(settings: Settings) -> list[Channel]:
    """The messengers that are set up; each is imported only then."""
    found: list[Channel] = []
    if settings.telegram_token:
        from bot.channels.telegram.channel import ALLOWED, Telegram

        pace = None if settings.telegram_pace == "none" else ALLOWED
        token, api, proxy = settings.telegram_token, settings.telegram_api, settings.telegram_proxy
        found.append(Telegram(token, api, proxy, settings.telegram_webhook, everybodys(FEATURES), pace))
    for token in filter(None, (part.strip() for part in settings.zalo_token.split(","))):
        from bot.channels.zalo.channel import Zalo

        id = token.partition(":")[0]
        # Zalo keeps the secret with the address: a new token has a new one, so it is set again.
        mark = sha256(token.encode()).hexdigest()[:8]
        webhook = f"{settings.zalo_webhook.rstrip('/')}/{id}-{mark}" if settings.zalo_webhook else ""
        found.append(Zalo(token, settings.zalo_api, webhook, settings.zalo_quota))
    return found


# A chat in the terminal -----------------------------------------------------------------------


async def talk(options: Options, settings: Settings, words: Words) -> int:
    """A chat in the terminal; between two lines the time stands still."""
    db: Path = options.db
    if not db.exists():
        raise Failure(
            _("There is no database {path}. Make one with «thidua demo --prepare» or «thidua init».", path=str(db))
        )
    at: datetime = (await _clock(db, options.now)).now() if options.now else await demo_office.time_of(db)
    Plan.parse(plan_text(settings))  # a setting that cannot be is said, though the database has its own plan
    app = App(Setup(db, (await plan_of(db)).text, Clock(standing=at)))
    await app.start()
    try:
        who: str = options.who
        person = None if who.startswith("stranger:") else await _find(app.db, who)
        address = f"person:{person.id}" if person else who
        id = person.id if person else None
        chat = await app.db.write(lambda tx: chat_of(tx, address=address, look=options.look, person=id))
        folder = db.with_name(db.name + ".files")
        await Talk(app, chat, sys.stdout, words, folder).run(_lines())
        if await demo_office.is_demo(db):
            await demo_office.keep_time(app.db, app.now())
    finally:
        await app.stop()
    return 0


async def _lines() -> AsyncIterator[str]:
    while line := await typed():
        yield line


async def _find(db: Database, who: str) -> Person:
    """The person of a name, or one of the demo's three."""
    reader = await db.reader()
    name = PERSONAE.get(who, who)
    everybody = await reader.all(people.EVERYBODY)
    meant = person_names.meant(name, ((person.name, person) for person in everybody))
    found = meant.sure or [person for person in meant.near if fold(person.name) == fold(clean_line(name))]
    if not found:
        raise Failure(_("There is nobody called «{name}» in the roster.", name=name))
    if len(found) > 1:
        units = ", ".join(person.unit for person in found)
        raise Failure(_("Several people are called «{name}» (units {units}).", name=name, units=units))
    return found[0]


# Onboarding -----------------------------------------------------------------------------------


async def _clock(db: Path, at: str) -> Clock:
    """The office's clock, or one that starts at a given time, on a file made for that."""
    if not at:
        return Clock()
    if not db.exists():
        raise Unusable(Trouble.MISSING, db)
    if not await may_step(db):
        raise Failure(
            _(
                "{path} is an office's own file: its clock is this machine's, and neither --now nor THIDUA_NOW moves it. Rehearse with «thidua rehearse», or on a demo's file.",
                path=str(db),
            )
        )
    return Clock.running_from(time_given(at))


async def invite(options: Options, settings: Settings, words: Words) -> int:
    """A one-time code for somebody, alone on the last line."""
    return await _by_whoever_holds_it(options, settings, words)


async def person(options: Options, settings: Settings, words: Words) -> int:
    """Show what a change of somebody's post would do; do it with --apply."""
    return await _by_whoever_holds_it(options, settings, words)


async def import_(options: Options, settings: Settings, words: Words) -> int:
    """Show what units, people or days off of a file would change; write it with --apply."""
    if options.template is not None:
        from bot.documents.roster_template import template

        try:
            with options.template.open("xb") as file:
                file.write(template())
        except FileExistsError:
            raise Failure(
                _("{path} is there already; give another name or move it away.", path=str(options.template))
            ) from None
        except OSError as error:
            why = error.strerror or ""
            raise Failure(_("{path} cannot be written: {why}.", path=str(options.template), why=why)) from None
        print(words.say(_("A blank roster was written: {path}", path=str(options.template))))
        return 0
    if options.file is None:
        raise Failure(_("Give the file to import, or --template FILE.xlsx."))
    if not options.file.is_file():
        raise Failure(_("There is no file {path}.", path=str(options.file)))
    return await _by_whoever_holds_it(options, settings, words)


async def clock(options: Options, settings: Settings, words: Words) -> int:
    """What day it is here, and whether that is believed; with «confirm» somebody says that it is right."""
    return await _by_whoever_holds_it(options, settings, words)


async def _by_whoever_holds_it(options: Options, settings: Settings, words: Words) -> int:
    """Do it here, or let the server do it that holds the file."""
    db = database(options, settings, "thidua.db")
    app = App(Setup(db, (await plan_of(db)).text, await _clock(db, settings.now)))
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
    """A command line that another process handed over: what it printed, and its exit code."""
    words = Words(language)
    options = parser(words, sys.modules[__name__]).parse_args(list(argv))
    try:
        return await _do(app, options, words)
    except Failure as failure:
        return words.say(failure.why) + "\n", 1


async def _do(app: App, options: Options, words: Words) -> tuple[str, int]:
    does = {
        invite: roster_commands.invite,
        import_: roster_commands.import_,
        person: roster_commands.person,
        plan: in_server,
        clock: _time_here,
    }[options.perform]
    out = io.StringIO()
    code = await does(app, options, words, out)
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


# Plan and summary -----------------------------------------------------------------------------


async def check(options: Options, settings: Settings, words: Words) -> int:
    """What is wrong in a plan file; or the coming year's calendar."""
    from bot.office.plan_check import check as look

    text = read_plan_text(options.file)
    now = time_given(settings.now) if settings.now else Clock().now()
    report = look(text, make_calendar(), now.date())
    for line in report.lines:
        print(words.say(line), file=sys.stderr if report.problems else sys.stdout)
    if report.problems:
        return 1
    return 0 if options.db is None else await fits(options.db, Plan.parse(text), words)


async def doctor(options: Options, settings: Settings, words: Words) -> int:
    """What is well and what is not; 1 when something is not."""
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
    """The office's summary of a year, read beside whoever is writing."""
    from bot.office.report import summaries, summary_picture, summary_words

    db = database(options, settings, "thidua.db")
    if not db.exists():
        raise Unusable(Trouble.MISSING, db)
    at, text = await demo_office.time_of(db), (await plan_of(db)).text
    reader = await Reader.open(db)
    try:
        async with reader.snapshot() as snapshot:
            own = await snapshot.all(calendar_table.ALL)
            office = make_office(Plan.parse(text), text, own)
            found = await summaries.read(snapshot, office, options.year, at)
    finally:
        await reader.close()
    for line in summary_words.lines(found, office):
        print(words.say(line))
    if options.picture is not None:
        from bot.documents.chart import draw

        options.picture.write_bytes(draw(summary_picture.bars(found, words)))
    return 0


async def rehearse(options: Options, settings: Settings, words: Words) -> int:
    """Every message of a year, played beside whoever is writing; nothing is sent."""
    from bot.documents.reminder_table import csv_rows
    from bot.office.reminding import rehearsal
    from handlers import rehearse as played

    db = database(options, settings, "thidua.db")
    if not db.exists():
        raise Unusable(Trouble.MISSING, db)
    text = (await plan_of(db)).text
    plan = Plan.parse(text)
    if not plan.first_year <= options.year <= plan.last_year:
        raise Failure(_("The movement runs from {first} to {last}.", first=plan.first_year, last=plan.last_year))
    reader = await Reader.open(db)
    try:
        async with reader.snapshot() as snapshot:
            office = make_office(plan, text, await snapshot.all(calendar_table.ALL))
            at = await demo_office.time_of(db)
            stage = await played.stage_of(snapshot, office, at, options.year)
            without = await played.without_chat(snapshot)
    finally:
        await reader.close()
    rows = rehearsal.rows(*stage, words.language)
    if options.csv is not None:
        with options.csv.open("w", encoding="utf-8", newline="") as file:
            file.writelines(csv_rows(rows))
    else:
        for row in rows:
            print(f"{row.at:%d/%m/%Y %H:%M}  {row.person} ({row.unit})  [{row.channel}] {row.head}")
    for line in played.totals(rows, options.year, without):
        print(words.say(line))
    return 0
