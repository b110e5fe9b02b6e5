"""What `import`, `invite` and `person` do on the file: here, or in the server that holds it."""

import argparse
import io
from collections.abc import Sequence
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

from bot.documents.roster import Sheet, read
from bot.documents.tables import TableProblem, put_right
from bot.language import Count, Part, Text, Words, _, clean_line, read_phone
from bot.office import calendar_changes
from bot.office.roster import onboarding, personnel, personnel_steps, roster_changes, roster_choice, roster_import
from bot.server.app import App
from bot.server.cli import Failure
from storage import audit, deadlines
from storage.db import Tx

Options = argparse.Namespace
BIGGEST = 20_000_000
"""Bytes of a file to import."""


async def invite(app: App, options: Options, words: Words, out: io.StringIO) -> int:
    """Print a one-time code for somebody, alone on the last line."""
    now, plan = app.now(), app.plan
    phone = read_phone(options.phone) if options.phone else None
    if isinstance(phone, Text):
        raise Failure(phone)

    def work(tx: Tx) -> onboarding.Invited:
        made = onboarding.invite(
            tx,
            plan=plan,
            name=clean_line(options.name),
            unit=options.unit,
            role=options.role,
            position=options.position,
            phone=phone,
            namesake=options.new,
            now=now,
        )
        if made.why is None:
            audit.note(tx, now=now, person=None, what="invited", about=made.name)
        return made

    made = await app.db.write(work)
    if made.why is not None:
        raise Failure(made.why)
    said: list[Part] = [
        *made.notes,
        _(
            "Invitation for {name}, {unit}. The code is good once, for {days} days:",
            name=made.name,
            unit=made.unit,
            days=Count(plan.keeping.invitations),
        ),
        made.code,
    ]
    _print(said, words, out)
    return 0


def _print(lines: Sequence[Part], words: Words, out: io.StringIO) -> None:
    for line in lines:
        print(words.say(line), file=out)


async def person(app: App, options: Options, words: Words, out: io.StringIO) -> int:
    """Show what a change of somebody's post would do; done with --apply."""
    wanted = personnel_steps.WantedChange(
        options.who,
        options.of,
        options.role,
        options.unit,
        options.name,
        options.phone,
        options.add_post,
        options.end,
        options.back,
        options.position,
        everywhere=options.everywhere,
        to=options.to,
        heads=options.to_heads,
        sheets=options.sheets,
        old=options.old_head,
    )
    words = Words(words.language, terms=app.plan.terms)

    def work(tx: Tx) -> personnel.Change:
        change = personnel.plan_change(tx, app.plan, wanted, personnel.Wish(app.office, app.now()))
        if change.why is None and options.apply:
            personnel.make_change(tx, change, app.office, app.now())
        return change

    change = await app.db.write(work)
    if change.why is not None:
        raise Failure(change.why)
    _print(change.lines, words, out)
    _print([_done() if options.apply else _not_done()], words, out)
    if options.apply:
        app.woken()
    return 0


def _done() -> Text:
    return _("✅ Written.")


def _not_done() -> Text:
    return _("Nothing was written. Add --apply to write it.")


async def import_(app: App, options: Options, words: Words, out: io.StringIO) -> int:
    """Show what a file would change; written with --apply, if nothing in it is wrong."""
    sheet = await _read(app, options)
    found: dict[str, Any] = {}

    def work(tx: Tx) -> None:
        """Compare, and write in the same transaction, so that what was compared is still so."""
        roster = roster_import.changes(roster_import.roster(tx), sheet, app.plan)
        days = calendar_changes.from_rows(app.plan, app.office.calendar, sheet.days)
        wish = personnel.Wish(app.office, app.now())
        chosen = roster_choice.read_lines(options.lines or "", roster.count, roster.usual)
        why = [chosen] if isinstance(chosen, Text) else [*roster_choice.refused(tx, app.plan, roster, chosen, wish)]
        problems = [*sheet.problems, *roster.problems, *days.problems, *(TableProblem(0, each) for each in why)]
        held = roster_choice.held(tx, app.plan, roster, wish)
        found.update(roster=roster, days=days, problems=problems, held=held)
        if options.apply and not problems and not isinstance(chosen, Text):
            roster_choice.write(tx, app.plan, roster, chosen, wish)
            calendar_changes.write(tx, days.put, by=None, now=app.now())
            audit.note(
                tx,
                now=app.now(),
                person=None,
                what="imported",
                new=len(roster.new_people),
                changed=len(roster.changed_people),
                lines=len(chosen),
            )

    await app.db.write(work)
    roster, days = found["roster"], found["days"]
    problems: list[TableProblem] = found["problems"]
    lines: list[Part] = [*put_right(problems), *sheet.notes]
    if sheet.units or sheet.people:
        lines += roster_changes.describe(app.plan, roster, found["held"])
    if sheet.days:
        entered = await (await app.db.reader()).all(deadlines.DEADLINES)
        lines += calendar_changes.describe(app.office.calendar, days, calendar_changes.dues(app.plan, entered))
    if not problems:
        lines.append(_end(sheet, options.apply))
    _print(lines, words, out)
    if options.apply and not problems:
        await app.reload()
        app.woken()
    return 1 if problems else 0


def _end(sheet: Sheet, apply: bool) -> Text:
    if not (sheet.units or sheet.people or sheet.days):
        return _("The file has no lines filled in; nothing was written.")
    return _done() if apply else _not_done()


async def _read(app: App, options: Options) -> Sheet:
    """Return the file, read in the worker process under its limits."""
    data = contents(options.file)
    try:
        return await app.jobs.worker.make(read, options.file.name, data)
    except (BrokenProcessPool, MemoryError):
        raise Failure(
            _(
                "{path} took more memory than a list may. Please keep only the lists in it and save it again.",
                path=str(options.file),
            )
        ) from None


def contents(path: Path) -> bytes:
    """Return a file to import, unless it is too big; raises Failure."""
    try:
        if path.stat().st_size > BIGGEST:
            raise Failure(_("The file is too big: up to {most} MB are read.", most=BIGGEST // 1_000_000))
        return path.read_bytes()
    except OSError as error:
        raise Failure(_("{path} cannot be read: {why}.", path=str(path), why=error.strerror or "")) from None
