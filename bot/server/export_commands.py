"""`thidua export`: a folder with all records of an office, readable without this program; whole, or not there."""

import argparse
import asyncio
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import count
from pathlib import Path

from bot.language import Count, Part, Words, _
from bot.movement import Plan
from bot.office.leaving import export as leaving
from bot.office.leaving import export_index
from bot.office.leaving.export import ExportedOffice
from bot.server.backup_commands import not_copied
from bot.server.cli import Failure, database
from bot.server.demo import office as demo_office
from bot.server.office import make_office
from bot.server.plan_commands import plan_of
from bot.server.settings import Settings
from bot.server.worker import Worker
from storage import calendar as calendar_table
from storage import taken_along
from storage.backup import NotCopied
from storage.db import Reader
from storage.opening import Trouble, Unusable, check_newest

PART = ".thidua-export-"
"""How a folder begins that is not whole yet, with the number of its process behind it."""


async def export(options: argparse.Namespace, settings: Settings, words: Words) -> int:
    """Write everything into a folder that is new or empty."""
    db, out = database(options, settings, "thidua.db"), Path(os.path.abspath(options.out))
    if not db.exists():
        raise Unusable(Trouble.MISSING, db)
    check_newest(db)
    _refuse_full(out)
    at = await demo_office.time_of(db)
    try:
        with _new_folder(out) as part:
            taken = await _write(db, part, at)
    except NotCopied as error:
        raise not_copied(error) from None
    except OSError as error:
        raise Failure(_("{path} cannot be written: {why}.", path=str(out), why=error.strerror or str(error))) from None
    for line in _said(taken, out):
        print(words.say(line))
    return 0


def _refuse_full(out: Path) -> None:
    try:
        there = out.is_symlink() or out.exists()
        empty = not there or (out.is_dir() and not out.is_symlink() and not any(out.iterdir()))
    except OSError as error:
        raise Failure(_("{path} cannot be written: {why}.", path=str(out), why=error.strerror or str(error))) from None
    if not empty:
        raise Failure(_("{path} is there already and not empty. Give a folder that is new or empty.", path=str(out)))


@contextmanager
def _new_folder(out: Path) -> Iterator[Path]:
    """Yield a folder beside; it gets its name when all is written, and is gone when it is not."""
    out.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for old in out.parent.glob(f"{PART}*"):
        if old.name.removeprefix(PART).isdecimal() and not _written(old):
            shutil.rmtree(old, ignore_errors=True)
    part = _made_beside(out.parent)
    lock = os.open(part, os.O_RDONLY)
    try:
        with suppress(OSError):  # no locks there: then what was interrupted stays, and holds up nobody
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield part
        _refuse_full(out)
        part.rename(out)
    finally:
        os.close(lock)
        with suppress(OSError):
            shutil.rmtree(part)


def _made_beside(folder: Path) -> Path:
    """Make a folder with a name of its own: in another container that shares it a process may have our number."""
    for n in count(os.getpid()):
        with suppress(FileExistsError):
            (part := folder / f"{PART}{n}").mkdir(mode=0o700)
            return part
    raise AssertionError


def _written(part: Path) -> bool:
    """Whether somebody writes there still: the lock goes with its process, however that ended, and is no number to be given again."""
    try:
        file = os.open(part, os.O_RDONLY)
    except OSError:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(file)
    return False


async def _write(db: Path, part: Path, at: datetime) -> ExportedOffice:
    copy = (await asyncio.to_thread(taken_along.take, db, part / leaving.DATABASE, at)).path
    text = (await plan_of(copy)).text
    (part / leaving.PLAN).write_text(text, encoding="utf-8")
    worker = Worker()
    try:
        return await _filled(copy, part, at, text, worker)
    finally:
        worker.close()


async def _filled(copy: Path, part: Path, at: datetime, text: str, worker: Worker) -> ExportedOffice:
    """Write everything beside the copy, out of it."""
    async with Reader.opened(copy) as reader, reader.snapshot() as snapshot:
        office = make_office(Plan.kept(text), text, await snapshot.all(calendar_table.ALL))
        shapes = await asyncio.to_thread(taken_along.shapes, copy)
        taken = ExportedOffice(office, at, f"{leaving.DATABASE}/{copy.name}", shapes, worker.make)
        async for path, data in leaving.files(snapshot, taken):
            file = part / path
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            await asyncio.to_thread(file.write_bytes, data)
    (part / leaving.PAGE).write_text(export_index.html(taken), encoding="utf-8")
    return taken


def _said(taken: ExportedOffice, out: Path) -> Iterator[Part]:
    yield _("✅ Everything was written into {path}; begin with {page}.", path=str(out), page=str(out / leaving.PAGE))
    about = {"books": Count(len(taken.workbooks)), "papers": Count(len(taken.papers)), "files": Count(len(taken.files))}
    yield _("Excel tables: {books}; reports in Word: {papers}; files that were sent: {files}.", **about)
    yield _(
        "It holds personal data; the database in it holds messages too. Who may have it stands at the end of the page."
    )
