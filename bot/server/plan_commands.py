"""`thidua plan`: the plan that a database runs on is shown, and another one is taken after it was seen what changes."""

import argparse
import io
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import handlers
from bot.conversation import gather
from bot.language import Count, Part, Words, _
from bot.movement import BadPlan, Plan, broken_codes, changes
from bot.office.plan_check import problems_of
from bot.server.app import App
from bot.server.cli import Failure, database, read_plan_text
from bot.server.clock import Clock
from bot.server.control_socket import address_of, ask
from bot.server.office import plan_hash
from bot.server.plan_trial import Tried, trial
from bot.server.settings import Settings
from storage import audit, deadlines, people, plans
from storage.db import Database, Reader, Snapshot, Tx
from storage.lock import FileLock


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
    """Show the plan in force, or what another one would change; take it with --apply."""
    path = database(options, settings, "thidua.db")
    if options.what == "show":
        kept = await plan_of(path)
        print(kept.text, end="")
        return 0
    if options.file is None:
        raise Failure(_("Give the plan file to take: thidua plan take FILE."))
    await plan_of(path)
    if options.apply and (tried := await _played(options.file)).found:
        print(_lines(tried.lines, words), end="")
        return 1
    lock = FileLock(path)
    if lock.held():
        argv = ["plan", "take", str(options.file.absolute()), *(["--apply"] if options.apply else [])]
        output, code = await ask(address_of(path), argv, words.language)
    else:
        output, code = await _alone(path, lock, options, words)
    print(output, end="")
    return code


async def _played(file: Path) -> Tried:
    """Play a year with a plan that is about to be taken; nothing of one with mistakes, which `take` says."""
    text = read_plan_text(file)
    try:
        Plan.parse(text)
    except BadPlan:
        return Tried(0, 0, ())
    return await trial(text)


async def _alone(path: Path, lock: FileLock, options: argparse.Namespace, words: Words) -> tuple[str, int]:
    lock.take()
    db = Database(path, must_exist=True)
    try:
        await db.open()
        try:
            return await take(db, options, words, Clock().now(), lambda text: None)
        finally:
            await db.close()
    finally:
        lock.release()


async def in_server(app: App, options: argparse.Namespace, words: Words, out: io.StringIO) -> int:
    """Run `take` in the process that holds the file: the plan is in force from the next turn on."""
    said, code = await take(app.db, options, words, app.now(), app.set_plan)
    out.write(said)
    return code


async def take(
    db: Database, options: argparse.Namespace, words: Words, now: datetime, set_plan: Callable[[str], None]
) -> tuple[str, int]:
    """Show what the file would change, and whether it can be; with --apply it is in force from then on."""
    text = read_plan_text(options.file)
    try:
        new = Plan.parse(text, gather(handlers.FEATURES).commands)
    except BadPlan as bad:
        return _lines(problems_of(bad), words), 1
    async with db.snapshot() as snapshot:
        kept = await snapshot.one(plans.NOW)
        if kept is None:
            raise RuntimeError("a database without a plan is not opened here")
        if kept.hash == plan_hash(text):
            return _lines([_("This is the plan in force already; there is nothing to take.")], words), 0
        wrong = await breaks(snapshot, new)
        lines = await _compared(snapshot, kept.text, new, now)
    if wrong:
        return _lines([*lines, _("It cannot be taken, records would lose their meaning:"), *wrong], words), 1
    if not options.apply:
        return _lines([*lines, _("Nothing was changed. Add --apply to run on it.")], words), 0

    def work(tx: Tx) -> None:
        plans.take(tx, hash=plan_hash(text), text=text, now=now)
        audit.note(tx, now=now, person=None, what="plan_taken", about=plan_hash(text), before=kept.hash)

    await db.write(work)
    set_plan(text)
    return _lines([*lines, _("✅ The office runs on this plan from now on.")], words), 0


async def fits(path: Path, new: Plan, words: Words) -> int:
    """Say whether the records of a database fit a plan; 1 when they do not."""
    async with Reader.opened(path) as reader, reader.snapshot() as snapshot:
        wrong = await breaks(snapshot, new)
    head = (
        _("Records of {path} would lose their meaning:", path=str(path))
        if wrong
        else _("The records of {path} fit it.", path=str(path))
    )
    print(_lines([head, *wrong], words), end="", file=sys.stderr if wrong else sys.stdout)
    return 1 if wrong else 0


async def breaks(snapshot: Snapshot, new: Plan) -> list[Part]:
    """Return what stands in the records of a database and has no place in a plan."""
    used = await snapshot.all(plans.USED)
    units = await snapshot.all(people.UNITS)
    found = broken_codes(new, [(each.what, each.code, each.n) for each in used], [unit.code for unit in units])
    return [_("- {what}", what=each) for each in found]


async def _compared(snapshot: Snapshot, before: str, new: Plan, now: datetime) -> list[Part]:
    try:
        old = Plan.kept(before)
    except BadPlan:
        return [_("The plan in force cannot be read by this version, so that the two cannot be compared.")]
    opened = {each.year for each in await snapshot.all(deadlines.YEARS)}
    years = sorted(year for year in opened | {now.year, now.year + 1} if new.first_year <= year <= new.last_year)
    lines = changes(old, new, years)
    left = [each for each in await snapshot.all(plans.ANSWERED) if _vanishes(each, old, new)]
    head = (
        [_("What this plan would change ({n}):", n=Count(len(lines)))]
        if lines
        else [_("Only the wording of the file differs.")]
    )
    return [*head, *lines, *_vanishing(left)]


def _vanishes(answered: plans.Answered, old: Plan, new: Plan) -> bool:
    conversation = gather(handlers.FEATURES).forms.get(answered.form)
    if conversation is None:
        return False
    had, has = ({field.code for field in conversation.form(plan).fields} for plan in (old, new))
    return answered.field in had - has


def _vanishing(left: list[plans.Answered]) -> Iterator[Part]:
    for each in left:
        yield _(
            "⚠️ {n} sheets being written ({form}) have answered «{field}», which is asked no more: the answer is left out.",
            n=Count(each.n),
            form=each.form,
            field=each.field,
        )


def _lines(lines: list[Part], words: Words) -> str:
    return "".join(words.say(line) + "\n" for line in lines)
