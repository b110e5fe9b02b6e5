"""`thidua template`: templates of papers in Word, edited by whoever owns their look: checked, tried on real records, then taken."""

import argparse
import asyncio
import io
from collections.abc import Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.conversation import Office
from bot.documents.papers import word_package
from bot.documents.papers.template_check import TemplateCheck, checked, tried
from bot.language import Count, Part, Text, Time, Words, _
from bot.office.papers import templates
from bot.office.papers.template_trials import TRIALS
from bot.server.app import App
from bot.server.beside_server import beside
from bot.server.cli import Failure, database, write_new
from bot.server.clock import OFFICE, Clock
from bot.server.control_socket import address_of, ask
from bot.server.plan_commands import user
from bot.server.settings import Settings
from bot.server.worker import Worker
from storage import audit, deadlines, paper_templates
from storage.db import Database, Snapshot
from storage.lock import FileLock
from storage.paper_templates import TakenTemplate

Options = argparse.Namespace
TRIED = "-thu-tren-so-lieu.docx"
"""How the name of a paper ends that a template was tried with."""

UNTRIED = _("✅ Its fields are right. No record is there yet to try it on.")
NO_TRIAL = _(
    "✅ Its fields are right. Papers of this kind are not made on trial: once it is taken, ask for one in the chat and look at it. Where the template fails, the paper is made with the one that comes with the program."
)


async def template(options: Options, settings: Settings, words: Words) -> int:
    """List templates, write one out, say what is wrong with one that comes back, or take it."""
    db = database(options, settings, "thidua.db")
    async with beside(db) as (snapshot, office, at):
        words = Words(words.language, terms=office.plan.terms)
        if options.what == "list":
            lines = await _listed(snapshot)
            print(_lines(lines, words), end="")
            return 0
        if options.name not in templates.names():
            raise Failure(_("Give the name of a template: {names}.", names=", ".join(templates.names())))
        if options.what == "export":
            return await _export(snapshot, options, words)
        if options.what == "use" and options.shipped:
            wrong, mark = False, "-"
        else:
            wrong, mark = await _look(snapshot, office, at, options, words)
    if wrong or options.what == "check":
        return int(wrong)
    if not options.apply:
        print(words.say(_("Nothing was changed. Add --apply to make papers with it.")))
        return 0
    output, code = await _take(db, options, mark, words)
    print(output, end="")
    return code


async def _listed(snapshot: Snapshot) -> list[Part]:
    """Name every template with what is in force, and those of before with how much they have made."""
    kept = await snapshot.all(paper_templates.ALL)
    made = {each.mark: each.n for each in await snapshot.all(paper_templates.MADE_WITH)}
    lines: list[Part] = []
    for name in templates.names():
        of, mark = [each for each in kept if each.name == name], templates.mark_of(templates.shipped(name))
        for n, each in enumerate(reversed(of)):
            lines.append(_said(each, made.get(each.mark, 0), now=n == 0))
        about: dict[str, Any] = {"name": name, "mark": mark, "n": Count(made.get(mark, 0))}
        if of and of[-1].own:
            lines.append(_("{name}  {mark}  comes with the program; versions made with it: {n}", **about))
        elif not of:
            lines.append(_("{name}  {mark}  comes with the program, in force; versions made with it: {n}", **about))
    return lines


def _said(each: TakenTemplate, n: int, *, now: bool) -> Text:
    about: dict[str, Any] = {
        "name": each.name,
        "mark": each.mark,
        "at": Time(each.at.astimezone(OFFICE)),
        "by": each.by,
        "n": Count(n),
    }
    if now and each.own:
        return _(
            "{name}  {mark}  the office's own, in force since {at}, taken by {by}; versions made with it: {n}", **about
        )
    if now:
        return _(
            "{name}  {mark}  comes with the program, in force again since {at}, by {by}; versions made with it: {n}",
            **about,
        )
    return _("{name}  {mark}  taken at {at} by {by}; versions made with it: {n}", **about)


async def _export(snapshot: Snapshot, options: Options, words: Words) -> int:
    """Write a template to edit it: the one in force, the shipped one, or one of before by its mark."""
    if options.shipped:
        data = templates.shipped(options.name)
    elif options.mark:
        found = await snapshot.one(paper_templates.MARKED, name=options.name, mark=options.mark)
        if found is None:
            raise Failure(_("No template {name} with the mark {mark} is kept.", name=options.name, mark=options.mark))
        data = found
    else:
        data = await templates.in_force(snapshot, options.name)
    path = options.file or Path(f"{options.name}.docx")
    write_new(path, data)
    print(
        words.say(
            _(
                "Written: {path}. Edit it in Word, then: thidua template check {name} {path}",
                path=str(path),
                name=options.name,
            )
        )
    )
    return 0


# Look, then take ------------------------------------------------------------------------------


async def _look(snapshot: Snapshot, office: Office, at: datetime, options: Options, words: Words) -> tuple[bool, str]:
    """Say what is wrong, and write a paper made with it beside it; return whether it is refused, and its mark."""
    data, worker = _read(options.file), Worker()
    values = await _values(snapshot, office, at, options)
    try:
        found = await _made(worker, checked, data, templates.shipped(options.name), values)
        found = found if isinstance(found, TemplateCheck) else TemplateCheck([found])
        for problem in found.problems:
            print(words.say(_("❌ {what}", what=problem)))
        for warning in found.warnings:
            print(words.say(_("⚠️ {what}", what=warning)))
        if not found.problems and values is not None:
            paper = await _made(worker, tried, found.data, values)
            if isinstance(paper, bytes):
                path = _beside(options.file)
                write_new(path, paper)
                print(words.say(_("✅ Tried on the records as they are: open {path} and look at it.", path=str(path))))
            else:
                found.problems.append(paper)
                print(words.say(_("❌ {what}", what=paper)))
    finally:
        worker.close()
    if found.problems:
        print(words.say(_("It cannot be used; the template of before stays in force.")))
        return True, ""
    if values is None:
        print(words.say(UNTRIED if options.name in TRIALS else NO_TRIAL))
    return False, templates.mark_of(found.data)


async def _values(snapshot: Snapshot, office: Office, at: datetime, options: Options) -> Mapping[str, Any] | None:
    """Return what it is tried on: a paper of the year that is said, else of the newest that is open."""
    trial = TRIALS.get(options.name)
    opened = [each.year for each in await snapshot.all(deadlines.YEARS)]
    if options.year is not None and options.year not in opened:
        raise Failure(_("Year {year} is not opened.", year=options.year))
    if trial is None or not opened:
        return None
    return await trial(snapshot, office, options.year or max(opened), at)


async def _made(worker: Worker, function: Any, *args: Any) -> Any:
    """Return what the worker process gives; a sentence where it has ended over it."""
    try:
        return await worker.make(function, *args)
    except BrokenProcessPool:
        return _("It takes too long, or too much memory.")


def _read(path: Path | None) -> bytes:
    if path is None:
        raise Failure(_("Give the Word file of the template."))
    try:
        if path.stat().st_size > word_package.BIGGEST:
            raise Failure(_("The file has {n} MB; a template has 10 MB at most.", n=path.stat().st_size // 1_000_000))
        return path.read_bytes()
    except OSError as error:
        raise Failure(_("{path} cannot be read: {why}.", path=str(path), why=error.strerror or "")) from None


def _beside(path: Path) -> Path:
    """Return a name beside a file that no other has."""
    tries = (path.with_name(f"{path.stem}{f'-{n}' if n > 1 else ''}{TRIED}") for n in range(1, 1000))
    return next(each for each in tries if not each.exists())


async def _take(path: Path, options: Options, mark: str, words: Words) -> tuple[str, int]:
    """Have it taken by whoever holds the file; return what is said, and the exit code."""
    lock, by = FileLock(path), options.by or user()
    if lock.held():
        file = ["--shipped"] if options.shipped else [str(options.file.absolute())]
        argv = ["template", "use", options.name, *file, "--apply", "--seen", mark, "--by", by]
        return await ask(address_of(path), argv, words.language)
    lock.take()
    db = Database(path, must_exist=True)
    try:
        await db.open()
        try:
            return _lines(await taken(db, options, options.seen or mark, by, Clock().now()), words), 0
        finally:
            await db.close()
    finally:
        lock.release()


async def in_server(app: App, options: Options, words: Words, out: io.StringIO) -> int:
    """Take a template in the process that holds the file: papers are made with it from now on."""
    out.write(_lines(await taken(app.db, options, options.seen, options.by, app.now()), words))
    return 0


async def taken(db: Database, options: Options, seen: str, by: str, now: datetime) -> list[Part]:
    """Take a template in one transaction, if it is what was looked at; raise Failure."""
    name, data = options.name, None
    if options.shipped:
        mark = templates.mark_of(templates.shipped(name))
    else:
        data = await asyncio.to_thread(_safe, options.file)
        mark = "" if data is None else templates.mark_of(data)
        if not mark or mark != seen:
            raise Failure(_("The file has changed since it was looked at. Nothing was changed; look again."))

    def work(tx: Any) -> None:
        paper_templates.take(tx, name=name, mark=mark, data=data, by=by, now=now)
        audit.note(tx, now=now, person=None, what="template_taken", about=name, mark=mark, by=by)

    await db.write(work)
    return [
        _("✅ Papers «{name}» are made with this template from now on (mark {mark}).", name=name, mark=mark),
        _("It is kept in the database; those of before stay there too: thidua template list."),
    ]


def _safe(path: Path) -> bytes | None:
    """Return the file as it is used; None for what is no Word file any more since it was looked at."""
    data = _read(path)
    return None if word_package.wrong_with(data) is not None else word_package.repaired(data)


def _lines(lines: Sequence[Part], words: Words) -> str:
    return "".join(words.say(line) + "\n" for line in lines)
