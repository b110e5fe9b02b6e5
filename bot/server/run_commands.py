"""Commands that run the assistant: `demo`, `run`, and `talk`, a chat in the terminal."""

import argparse
import sys
from collections.abc import AsyncIterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from bot.channels import Channel
from bot.delivery import everybodys
from bot.language import Text, Words, _, clean_line, fold, person_names
from bot.movement import Plan
from bot.server.addresses import HERE, Address, read_address
from bot.server.app import App, Setup
from bot.server.backup_commands import places_of
from bot.server.cli import Failure, database, folder_for, plan_text, read_plan_text
from bot.server.clock import Clock
from bot.server.demo import office as demo_office
from bot.server.demo.tables import InventedOffice, names, office_of
from bot.server.file_clock import clock_of
from bot.server.held_commands import perform
from bot.server.plan_commands import noted, plan_of
from bot.server.settings import Settings
from bot.server.terminal import Talk, chat_of, typed
from handlers import FEATURES
from storage import people
from storage.db import Database, Reader
from storage.people import Person

Options = argparse.Namespace


async def demo(options: Options, settings: Settings, words: Words) -> int:
    """Serve the invented office in a browser; its clock starts where the last visit left it."""
    file, told = _invented(options, settings)
    db = database(options, settings, "demo.db" if told is demo_office.FIRST else f"demo-{told.name}.db")
    if not db.exists():
        folder_for(db)
        await demo_office.make(db, read_plan_text(file), told)
    async with Reader.opened(db) as reader:
        found = await demo_office.told_in(reader)
    if found is None:
        raise Failure(
            _(
                "{path} is not a demo's database: the demo asks nobody for a code. Give another name with --db.",
                path=str(db),
            )
        )
    if options.plan and found != told:
        raise Failure(
            _("{path} has the invented office «{name}». Give another name with --db.", path=str(db), name=found.name)
        )
    if options.prepare:
        print(words.say(_("The demo's database is ready: {path}", path=str(db))))
        return 0
    from bot.server.serve import serve

    clock = Clock.running_from(await demo_office.time_of(db))
    text = (await plan_of(db)).text
    return await serve(App(Setup(db, text, clock)), Address(HERE, options.port), words, perform, demo=True)


def _invented(options: Options, settings: Settings) -> tuple[Path, InventedOffice]:
    """Return the plan file that a demo is made with, and whose people play it."""
    if not options.plan:
        return settings.plan, office_of(settings.plan.stem)
    if options.plan not in names():
        raise Failure(
            _("There is no invented office «{name}». There are: {names}.", name=options.plan, names=", ".join(names()))
        )
    told = office_of(options.plan)
    return told.plan, told


async def run(options: Options, settings: Settings, words: Words) -> int:
    """Serve the office on its own database, with the messengers that are set up."""
    db = database(options, settings, "thidua.db")
    at = options.now or settings.now
    clock = await clock_of(db, at)
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
    """Make the messengers that are set up; each is imported only then."""
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


async def talk(options: Options, settings: Settings, words: Words) -> int:
    """Open a chat in the terminal; between two lines the time stands still."""
    db: Path = options.db
    if not db.exists():
        raise Failure(
            _("There is no database {path}. Make one with «thidua demo --prepare» or «thidua init».", path=str(db))
        )
    at: datetime = (await clock_of(db, options.now)).now() if options.now else await demo_office.time_of(db)
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
    """Find the person of a name, or one of the demo's three."""
    reader = await db.reader()
    told = await demo_office.told_in(reader)
    name = told.personae.get(who, who) if told is not None else who
    everybody = await reader.all(people.EVERYBODY)
    meant = person_names.meant(name, ((person.name, person) for person in everybody))
    found = meant.sure or [person for person in meant.near if fold(person.name) == fold(clean_line(name))]
    if not found:
        raise Failure(_("There is nobody called «{name}» in the roster.", name=name))
    if len(found) > 1:
        units = ", ".join(person.unit for person in found)
        raise Failure(_("Several people are called «{name}» (units {units}).", name=name, units=units))
    return found[0]
