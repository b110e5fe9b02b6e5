"""`thidua backup` and `thidua restore`: a verified copy beside whoever is writing, and the way back."""

import argparse
import asyncio
from datetime import time
from pathlib import Path

from bot.language import Count, Joined, Part, Words, _
from bot.office.nightly_copy import CopyPlaces, copy
from bot.server.cli import Failure, database, folder_for
from bot.server.clock import Clock
from bot.server.settings import Settings
from storage import backup as copies
from storage.backup import Copy, NotCopied
from storage.backup import CopyFailure as Why
from storage.lock import FileLock, Taken


def places_of(db: Path, settings: Settings) -> CopyPlaces:
    """Return where the copies of a database go, as it is set."""
    at = None if settings.backup_at == "none" else time.fromisoformat(settings.backup_at)
    return CopyPlaces.of(db, settings.backup, at)


async def backup(options: argparse.Namespace, settings: Settings, words: Words) -> int:
    """Make a copy now, in the usual folders or in a given one."""
    db, now = database(options, settings, "thidua.db"), Clock().now()
    try:
        if options.folder is not None:
            made = await asyncio.to_thread(copies.make, db, options.folder, now)
        else:
            made = await asyncio.to_thread(copy, db, places_of(db, settings), now)
    except NotCopied as error:
        raise not_copied(error) from None
    print(
        words.say(
            _(
                "✅ A verified copy: {path} ({size} kB, {what}).",
                path=str(made.path),
                size=made.size // 1024,
                what=Joined(_holds(made)),
            )
        )
    )
    return 0


async def restore(options: argparse.Namespace, settings: Settings, words: Words) -> int:
    """Replace the database by a copy, and keep it aside."""
    db: Path = database(options, settings, "thidua.db")
    found = await asyncio.to_thread(copies.inspect, options.file)
    if db.exists() and options.file.samefile(db):
        raise Failure(_("{path} is the database itself; give a copy of it.", path=str(options.file)))
    folder_for(db)
    lock = FileLock(db)
    if lock.held():
        raise Taken(db, int(str(lock.holder().get("pid", 0))))
    done = await asyncio.to_thread(copies.restore, found, db, settings.backup, Clock().now())
    lines: list[Part] = [
        _(
            "✅ {path} is the copy {copy} now ({what}).",
            path=str(db),
            copy=str(options.file),
            what=Joined(_holds(found)),
        )
    ]
    if found.made:
        lines.append(_("It was made at {at}; what came after is not in it.", at=found.made.replace("T", " ")))
    else:
        lines.append(_("⚠️ It was not made by «thidua backup»: compare these counts with what you expect."))
    if done.erased:
        lines.append(_("{n} rows that had been erased meanwhile were erased in it too.", n=Count(done.erased)))
    if done.aside is not None:
        lines.append(_("The file that was here before is kept: {path}", path=str(done.aside)))
    lines.append(_("Next: thidua doctor, then thidua run."))
    for line in lines:
        print(words.say(line))
    return 0


def _holds(found: Copy) -> list[Part]:
    rows = found.rows
    return [
        _("people: {n}", n=rows.get("person", 0)),
        _("sheets: {n}", n=rows.get("initiative", 0)),
        _("reports: {n}", n=rows.get("report_version", 0)),
        _("messages: {n}", n=rows.get("inbox", 0)),
    ]


def not_copied(error: NotCopied) -> Failure:
    """Return what is said where no copy was made."""
    where = str(error.where)
    if error.why is Why.DAMAGED:
        return Failure(
            _(
                "{path} is not whole: no copy was made. Restore an earlier one. ({detail})",
                path=where,
                detail=error.detail,
            )
        )
    return Failure(
        _("{path} cannot be written, or is full: no copy was made. ({detail})", path=where, detail=error.detail)
    )
