"""`thidua plan`: the plan that a database runs on is shown, and another one is taken after it was seen what changes."""

import argparse
import getpass
import io
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import handlers
from bot.conversation import gather
from bot.language import Joined, Part, Time, Words, _
from bot.movement import BadPlan, Plan
from bot.office.plan_check import problems_of
from bot.office.report import older_numbers
from bot.office.status_board import refresh
from bot.office.taking import reminder_changes
from bot.office.taking.preview import preview, still_unfit, unfit
from bot.server.app import App
from bot.server.cli import Failure, database, read_plan_text
from bot.server.clock import OFFICE, Clock
from bot.server.control_socket import address_of, ask
from bot.server.demo import office as demo_office
from bot.server.office import make_office, plan_hash
from bot.server.plan_trial import trial
from bot.server.settings import Settings
from storage import audit, plans
from storage import calendar as calendar_table
from storage.db import Database, Reader, Tx
from storage.lock import FileLock
from storage.opening import check_newest


async def plan_of(path: Path) -> plans.KeptPlan:
    """Return the plan that a database runs on."""
    async with Reader.opened(path) as reader:
        kept = await reader.one(plans.NOW)
    if kept is None:
        raise Failure(_("{path} has no plan yet: make an office's file with «thidua init».", path=str(path)))
    return kept


def noted(kept: plans.KeptPlan, file: Path, words: Words) -> list[str]:
    """Return what is said at the start of the plan in force, and of a file beside it that says something else."""
    plan = Plan.kept(kept.text)
    lines: list[Part] = [_("Plan: «{plan}», kept in the database (mark {mark}).", plan=plan.name, mark=kept.hash)]
    try:
        text = read_plan_text(file)
        if plan_hash(text) != kept.hash:
            Plan.parse(text)
            lines.append(
                _(
                    "⚠️ The plan file {path} says something else and is not used. See what it would change: thidua plan take {path}",
                    path=str(file),
                )
            )
    except BadPlan:
        lines.append(
            _("⚠️ The plan file {path} has mistakes and is not used. See them: thidua check {path}", path=str(file))
        )
    except Failure as failure:
        lines.append(failure.why)
    return [words.say(line) for line in lines]


async def plan(options: argparse.Namespace, settings: Settings, words: Words) -> int:
    """Show a plan that is kept, list all of them, or say what another one would change; take it with --apply."""
    path = database(options, settings, "thidua.db")
    if options.what == "take":
        return await _take(path, options, words)
    kept = await plan_of(path)
    async with Reader.opened(path) as reader:
        if options.what == "list":
            lines = [_kept(each, kept.hash) for each in await reader.all(plans.KEPT)]
            print(_lines(lines, words), end="")
            return 0
        if options.file is not None:
            mark = str(options.file)
            found = await reader.one(plans.MARKED, mark=mark)
            if found is None:
                raise Failure(_("No plan with the mark {mark} is kept here. See all: thidua plan list", mark=mark))
            kept = found
    print(kept.text, end="")
    return 0


def _kept(each: plans.KeptPlan, in_force: str) -> Part:
    since = Time(each.since.astimezone(OFFICE))
    if each.hash == in_force:
        return _("{mark}  since {at}, in force", mark=each.hash, at=since)
    return _("{mark}  since {at}", mark=each.hash, at=since)


async def _take(path: Path, options: argparse.Namespace, words: Words) -> int:
    """Say what the file would change, and whether it can be taken; with --apply have it taken by whoever holds the file."""
    if options.file is None:
        raise Failure(_("Give the plan file to take: thidua plan take FILE."))
    kept, text = await plan_of(path), read_plan_text(options.file)
    try:
        new = Plan.parse(text, gather(handlers.FEATURES).commands)
    except BadPlan as bad:
        print(_lines(problems_of(bad), words), end="")
        return 1
    if kept.hash == plan_hash(text):
        print(words.say(_("This is the plan in force already; there is nothing to take.")))
        return 0
    words = Words(words.language, terms=new.terms)
    said, wrong = await _previewed(path, kept, new, text)
    print(_lines(said, words), end="", flush=True)
    if not wrong and options.apply and (tried := await trial(text)).found:
        wrong = tried.lines
        print(_lines(wrong, words), end="")
    if wrong or not options.apply:
        print(words.say(REFUSED if wrong else _("Nothing was changed. Add --apply to run on it.")))
        return 1 if wrong else 0
    lock, by = FileLock(path), options.by or user()
    seen = options.seen or f"{kept.hash}:{plan_hash(text)}"
    if lock.held():
        argv = ["plan", "take", str(options.file.absolute()), "--apply", "--seen", seen, "--by", by]
        output, code = await ask(address_of(path), argv, words.language)
    else:
        output, code = await _alone(path, lock, options.file, seen, by, words)
    print(output, end="")
    return code


REFUSED = _("It is not taken; nothing was changed.")
CHANGED = _("The file or the plan in force has changed since it was looked at. Nothing was changed; look again.")


async def _previewed(path: Path, kept: plans.KeptPlan, new: Plan, text: str) -> tuple[list[Part], Sequence[Part]]:
    """Say what would change, and what stands against it."""
    check_newest(path)
    now = await demo_office.time_of(path)
    async with Reader.opened(path) as reader, reader.snapshot() as snapshot:
        own = await snapshot.all(calendar_table.ALL)
        after = make_office(new, text, own)
        try:
            before = make_office(Plan.kept(kept.text), kept.text, own)
        except BadPlan:
            wrong = await unfit(snapshot, None, new)
            said: list[Part] = [
                _("The plan in force cannot be read by this version, so that the two cannot be compared.")
            ]
        else:
            wrong = await unfit(snapshot, before.plan, new)
            said = await preview(snapshot, before, after, now)
            if not wrong:  # a plan that has no place for the records is not played with them
                said += await reminder_changes.compared(snapshot, before, after, now)
    head = [_("It cannot be taken, records would lose their meaning:")] if wrong else []
    return [*said, *head, *wrong], wrong


def user() -> str:
    """Return whom the machine knows as the one at its terminal: the audit names them."""
    try:
        return os.environ.get("SUDO_USER") or getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


async def _alone(path: Path, lock: FileLock, file: Path, seen: str, by: str, words: Words) -> tuple[str, int]:
    lock.take()
    db = Database(path, must_exist=True)
    try:
        await db.open()
        try:
            text = read_plan_text(file)
            said = await taken(db, text, seen, by, Clock().now())
            return _lines(said, words), 0
        finally:
            await db.close()
    finally:
        lock.release()


async def in_server(app: App, options: argparse.Namespace, words: Words, out: io.StringIO) -> int:
    """Take a plan in the process that holds the file: it is in force from the next turn on, and boards change with it."""
    text = read_plan_text(options.file)
    said = await taken(app.db, text, options.seen, options.by, app.now())
    app.set_plan(text)
    app.woken()
    await refresh(app.db, app.office, app.now(), app.sender.wake)
    out.write(_lines(said, words))
    return 0


async def taken(db: Database, text: str, seen: str, by: str, now: datetime) -> list[Part]:
    """Take a plan in one transaction, if it is what was looked at and the records still fit; raise Failure."""
    hash = plan_hash(text)
    try:
        new = Plan.parse(text)
    except BadPlan as bad:  # what was looked at was right
        raise Failure(CHANGED) from bad

    def work(tx: Tx) -> str | Sequence[Part]:
        kept = tx.one(plans.NOW)
        if kept is None or seen != f"{kept.hash}:{hash}":
            return ""
        try:
            before = Plan.kept(kept.text)
        except BadPlan:
            before = None
        if wrong := still_unfit(tx, before, new):
            return wrong
        if before is not None:
            older_numbers.name(tx, before)
        plans.take(tx, hash=hash, text=text, now=now)
        audit.note(tx, now=now, person=None, what="plan_taken", about=hash, before=kept.hash, by=by)
        return kept.hash

    before = await db.write(work)
    if not before:
        raise Failure(CHANGED)
    if not isinstance(before, str):
        lines: list[Part] = [_("It cannot be taken, records would lose their meaning:"), *before, REFUSED]
        raise Failure(_("{lines}", lines=Joined(lines, "\n")))
    return [
        _("✅ The office runs on this plan from now on (mark {mark}).", mark=hash),
        _("The plan of before is kept in the database (mark {mark}): thidua plan show {mark}", mark=before),
        _("Who took it, when, and both marks stand in the audit."),
    ]


async def fits(path: Path, new: Plan, words: Words) -> int:
    """Say whether the records of a database fit a plan; 1 when they do not."""
    check_newest(path)
    kept = await plan_of(path)
    async with Reader.opened(path) as reader, reader.snapshot() as snapshot:
        wrong = await unfit(snapshot, Plan.kept(kept.text), new)
    head = (
        _("Records of {path} would lose their meaning:", path=str(path))
        if wrong
        else _("The records of {path} fit it.", path=str(path))
    )
    print(_lines([head, *wrong], words), end="", file=sys.stderr if wrong else sys.stdout)
    return 1 if wrong else 0


def _lines(lines: Sequence[Part], words: Words) -> str:
    return "".join(words.say(line) + "\n" for line in lines)
