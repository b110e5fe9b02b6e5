"""`thidua init`: a new office's file, with its plan, its first year and its first administrator."""

import argparse
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from bot.documents.past_year_sheets import measured_before
from bot.language import Count, Part, Text, Words, _, clean_line, read_years
from bot.movement import Plan, Role, late, passed
from bot.office import clock_doubt
from bot.office.duties.duty_kinds import undated
from bot.office.roster import onboarding
from bot.server.cli import Failure, database, folder_for, read_plan_text, time_given
from bot.server.clock import Clock
from bot.server.office import plan_hash
from bot.server.settings import Settings
from bot.server.terminal import typed
from storage import people, plans
from storage import settings as kept
from storage.db import Database, Reader, Tx
from storage.lock import FileLock
from storage.opening import COMPANIONS


async def init(options: argparse.Namespace, settings: Settings, words: Words) -> int:
    """Make the file with the office's first administrator and its first year, or nothing at all."""
    path = database(options, settings, "thidua.db")
    text = read_plan_text(options.plan or settings.plan)
    plan = Plan.parse(text)
    now = time_given(settings.now) if settings.now else Clock().now()
    if path.exists():
        await _without_administrator(path)
        if (own := await _own_plan(path)) is not None:
            text, plan = own, Plan.kept(own)
    if not sys.stdin.isatty() and not (options.name and options.year):
        raise _nobody_answers(options, plan, now.date())
    name = clean_line(options.name or "") or await _name(words)
    year = options.year or await _year(plan, now.date(), words)
    if not plan.first_year <= year <= plan.last_year:
        raise Failure(_outside(plan))
    gone = passed(plan, year, now.date())
    if gone and not options.yes:
        await _consent(year, gone, words)
    code = await _made(path, plan, text, name=name, year=year, now=now, stepping=bool(settings.now))
    if code is None:
        raise _has_one()
    _tell(path, plan, year, words, stepping=bool(settings.now))
    print(code)
    return 0


# What it asks ---------------------------------------------------------------------------------


def _nobody_answers(options: argparse.Namespace, plan: Plan, today: date) -> Failure:
    """Return what has to stand in the command where no question can be asked."""
    missing = [] if options.name else ['--name "Họ và tên"']
    missing += [] if options.year else [f"--year {onboarding.first_year(plan, today)}"]
    return Failure(_("Nobody answers questions here. Please add: {options}.", options=" ".join(missing)))


async def _asked(question: str) -> str:
    """Return what is typed at a terminal; nothing where none is there, or where it was closed."""
    if not sys.stdin.isatty():
        return ""
    print(question, end="", flush=True)
    line = await typed()
    if not line:
        print()
        raise Failure(_("Nothing was made."))
    return line.strip()


async def _name(words: Words) -> str:
    while not (name := clean_line(await _asked(words.say(_("Full name of the administrator: "))))):
        pass
    return name


def _outside(plan: Plan) -> Text:
    return _("The movement runs from {first} to {last}.", first=plan.first_year, last=plan.last_year)


async def _year(plan: Plan, today: date, words: Words) -> int:
    """Return a year of the movement, asked until it is one."""
    question = _(
        "Which year shall be opened ({first} - {last})? The first whose report is still due is {sample}: ",
        first=plan.first_year,
        last=plan.last_year,
        sample=onboarding.first_year(plan, today),
    )
    while True:
        years = read_years(await _asked(words.say(question)), today).years
        if len(years) == 1 and plan.first_year <= years[0] <= plan.last_year:
            return years[0]
        print(words.say(_outside(plan)))


async def _consent(year: int, gone: list[Part], words: Words) -> None:
    """Ask before a year is opened whose dates have passed."""
    what = late(year, gone)
    said = await _asked(words.say(what) + " " + words.say(_("Open it all the same (yes/no)? ")))
    if said.casefold() not in words.say(_("yes|y")).split("|"):
        raise Failure(_("{what} Nothing was made. To open it all the same, add --yes.", what=what))


# The file -------------------------------------------------------------------------------------


def _has_one() -> Failure:
    return Failure(_("This database has an administrator already. Invite others with «thidua invite»."))


async def _without_administrator(path: Path) -> None:
    async with Reader.opened(path) as reader:
        if await reader.all(people.OF_ROLE, role=Role.ADMIN):
            raise _has_one()


async def _own_plan(path: Path) -> str | None:
    async with Reader.opened(path) as reader:
        found = await reader.one(plans.NOW)
    return None if found is None else found.text


async def _made(
    path: Path, plan: Plan, text: str, *, name: str, year: int, now: datetime, stepping: bool
) -> str | None:
    """Return the administrator's code; the file appears under its name only when it is whole."""

    def work(tx: Tx) -> str | None:
        plans.take(tx, hash=plan_hash(text), text=text, now=now)
        clock_doubt.confirm(tx, now)
        if stepping:
            kept.allow_stepping(tx)
        return onboarding.init(tx, plan=plan, name=name, year=year, now=now)

    if path.exists():
        return await _written(path, work)
    folder_for(path)
    part = path.with_name(path.name + ".part")
    _clear(part)
    try:
        code = await _written(part, work)
        part.replace(path)
    finally:
        _clear(part)
    return code


def _clear(part: Path) -> None:
    for companion in COMPANIONS:
        part.with_name(part.name + companion).unlink(missing_ok=True)


async def _written(path: Path, work: Callable[[Tx], str | None]) -> str | None:
    lock, db = FileLock(path), Database(path)
    lock.take()
    try:
        await db.open()
        try:
            return await db.write(work)
        finally:
            await db.close()
    finally:
        lock.release()


def _past(plan: Plan, year: int) -> list[Part]:
    """Offer to take over the years that are over, and the one before the movement where amounts are measured against it."""
    lines: list[Part] = [
        _(
            "What {past} brought on paper is taken over with: thidua import-year {past} --template year-{past}.xlsx",
            past=str(each),
        )
        for each in range(plan.first_year, year)
    ]
    if any(target.reduces for target in measured_before(plan)):
        before = str(plan.first_year - 1)
        lines.append(
            _(
                "What later years are measured against is taken over with: thidua import-year {past} --template year-{past}.xlsx",
                past=before,
            )
        )
    return lines


def _tell(path: Path, plan: Plan, year: int, words: Words, *, stepping: bool) -> None:
    lines: list[Part] = [
        _(
            "The database is {path}, its plan «{plan}», and the year {year} is open.",
            path=str(path),
            plan=plan.name,
            year=year,
        )
    ]
    if stepping:
        lines.append(_("It was made under THIDUA_NOW: it is for trying things out, and its clock may be moved."))
    if without := undated(plan, year):
        lines += [*without, _("The office gives them in the chat, with /thoihan.")]
    lines += [
        _("Next: «thidua import --template roster.xlsx» for the roster, then «thidua run»."),
        *_past(plan, year),
        _(
            "The administrator opens the web chat with this code. It is good once, for {days} days:",
            days=Count(plan.keeping.invitations),
        ),
    ]
    for line in lines:
        print(words.say(line))
