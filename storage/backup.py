"""Copies of the file, made beside whoever is writing: whole, verified, dated, and only so many of them.

A copy is one state of the file (SQLite's own backup inside one read transaction), read through afterwards and
counted row by row against that state. It appears under its name only then. It says itself when it was made and how
many rows each table had, so that `restore` can count once more.
"""

import json
import os
import re
import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from storage.durable_files import same, settle
from storage.erasures import erase_again, journal_of, read
from storage.lock import FileLock
from storage.migrating import migrations
from storage.opening import Trouble, Unusable, connect, read_only, unusable

COPIES_OF_DAYS = 14
COPIES_OF_MONTHS = 12
"""Of so many days and so many months a copy is kept."""
STAMP = "copy_of"
"""The setting of a copy that says when it was made, and how many rows each table had."""
_DATED = re.compile(r"-(\d{4})-(\d{2})-(\d{2})T(\d{6})\.db$")


class CopyFailure(StrEnum):
    """Why there is no copy."""

    DAMAGED = "damaged"
    """The file itself is damaged, or the copy is not what the file was."""
    UNWRITABLE = "unwritable"
    """The folder cannot be written, or is full."""


class NotCopied(Exception):
    """There is no copy; `why` says what for, `where` which place."""

    def __init__(self, why: CopyFailure, where: Path, detail: str = "") -> None:
        super().__init__(f"{where}: {why}: {detail}")
        self.why, self.where, self.detail = why, where, detail


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that was made, or is looked at."""

    path: Path
    made: str
    """When, by the office's clock; empty for one that was not made here."""
    rows: dict[str, int]

    @property
    def size(self) -> int:
        """Its bytes."""
        return self.path.stat().st_size


def make(db: Path, folder: Path, now: datetime) -> Copy:
    """Copy the file into a folder, verify the copy, and name it; raise NotCopied or Unusable."""
    if not db.exists():
        raise Unusable(Trouble.MISSING, db)
    path = folder / f"{db.stem}-{now:%Y-%m-%dT%H%M%S}.db"
    part = path.with_name(path.name + ".part")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        rows = _copied(db, part, now)
        settle(part, path)
    except OSError as error:
        raise NotCopied(CopyFailure.UNWRITABLE, folder, error.strerror or str(error)) from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return Copy(path, now.isoformat(timespec="seconds"), rows)


def copy_again(copy: Copy, folder: Path) -> Path:
    """Copy it into a second folder and compare byte by byte; raise NotCopied."""
    path = folder / copy.path.name
    part = path.with_name(path.name + ".part")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (
            os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file,
            copy.path.open("rb") as original,
        ):
            shutil.copyfileobj(original, file)
        if not same(part, copy.path):
            raise NotCopied(CopyFailure.DAMAGED, folder, "it reads back as something else")
        settle(part, path)
    except OSError as error:
        raise NotCopied(CopyFailure.UNWRITABLE, folder, error.strerror or str(error)) from None
    return path


def rotate(folder: Path, stem: str) -> list[Path]:
    """Delete all copies but the newest of each of the last days and months, and those of the last day."""
    found = sorted((day.groups(), path) for path in folder.glob(f"{stem}-*.db") if (day := _DATED.search(path.name)))
    newest: dict[tuple[str, ...], Path] = {groups[:3]: path for groups, path in found}
    of_month: dict[tuple[str, ...], Path] = {groups[:2]: path for groups, path in found}
    days = sorted(newest)
    keep = {newest[day] for day in days[-COPIES_OF_DAYS:]} | {
        of_month[month] for month in sorted(of_month)[-COPIES_OF_MONTHS:]
    }
    gone = [path for groups, path in found if path not in keep and groups[:3] != days[-1]]
    for path in gone:
        path.unlink()
    return gone


def inspect(path: Path) -> Copy:
    """Read a copy through and return what it holds; raise Unusable when it is none, or not whole."""
    if not path.is_file():
        raise Unusable(Trouble.MISSING, path)
    try:
        with closing(sqlite3.connect(_copy_uri(path), uri=True)) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version > max(migrations()):
                raise Unusable(Trouble.NEWER, path, f"schema {version}")
            whole = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if whole != "ok":
                raise Unusable(Trouble.DAMAGED, path, str(whole))
            if version == 0 or not connection.execute("SELECT 1 FROM person WHERE role = 'admin'").fetchone():
                raise Unusable(Trouble.DAMAGED, path, "no office stands in it")
            rows = counted(connection)
            stamp = connection.execute("SELECT value FROM setting WHERE name = ?", (STAMP,)).fetchone()
    except sqlite3.Error as error:
        raise unusable(path, error) from error
    if stamp is None:
        return Copy(path, "", rows)
    said = json.loads(stamp[0])
    if {**said["rows"], "setting": 0} != {**rows, "setting": 0}:
        raise Unusable(Trouble.DAMAGED, path, "it has other rows than when it was made")
    return Copy(path, said["at"], rows)


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore has done."""

    aside: Path | None
    """Where the file lies that was there before."""
    erased: int
    """How many rows were erased once more."""


def restore(copy: Copy, db: Path, second: Path | None, now: datetime) -> Restored:
    """Replace the file by a copy, and keep it aside; raise Taken while somebody uses it."""
    lock = FileLock(db)
    lock.take()
    part = db.with_name(db.name + ".part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with (
            closing(sqlite3.connect(_copy_uri(copy.path), uri=True)) as source,
            closing(sqlite3.connect(part)) as target,
        ):
            source.backup(target)
        connection = connect(part, aside=False)  # the copy stays where it is
        with closing(connection):
            connection.execute("DELETE FROM setting WHERE name = ?", (STAMP,))
            journals = [journal_of(db), *([] if second is None else [journal_of(db, second)])]
            erased = erase_again(connection, [line for journal in journals for line in read(journal)])
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        aside = _aside(db, now)
        settle(part, db)
        part.with_name(part.name + ".lock").unlink(missing_ok=True)
    except sqlite3.Error as error:
        raise unusable(copy.path, error) from error
    except OSError as error:
        raise Unusable(Trouble.UNWRITABLE, db, str(error)) from None
    finally:
        for companion in ("", "-wal", "-shm"):
            part.with_name(part.name + companion).unlink(missing_ok=True)
        lock.release()
    return Restored(aside, erased)


# How it is done -------------------------------------------------------------------------------


def _copied(db: Path, part: Path, now: datetime) -> dict[str, int]:
    try:
        with closing(sqlite3.connect(read_only(db), uri=True, isolation_level=None)) as source:
            source.execute("PRAGMA busy_timeout=5000")
            source.execute("BEGIN")  # what is counted and what is copied are one state
            rows = counted(source)
            with closing(sqlite3.connect(part, isolation_level=None)) as target:
                source.backup(target, pages=-1)
                target.execute("PRAGMA journal_mode=DELETE")
                whole = target.execute("PRAGMA quick_check(1)").fetchone()[0]
                if whole != "ok" or counted(target) != rows:
                    raise NotCopied(CopyFailure.DAMAGED, db, str(whole))
                stamp = json.dumps({"at": now.isoformat(timespec="seconds"), "rows": rows})
                target.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (STAMP, stamp))
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise NotCopied(CopyFailure.UNWRITABLE, part.parent, str(error)) from None
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise NotCopied(CopyFailure.DAMAGED, db, str(error)) from None
        raise unusable(db, error) from error
    return rows


def counted(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many rows each table has, by its name."""
    tables = [
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
    ]
    return {name: connection.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in sorted(tables)}


def _copy_uri(path: Path) -> str:
    """Return how a copy is read as it lies there; a log beside it belongs to it, and is read too."""
    log = path.with_name(path.name + "-wal")
    return read_only(path) if log.exists() else read_only(path).replace("mode=ro", "immutable=1")


def _aside(db: Path, now: datetime) -> Path | None:
    if not db.exists():
        return None
    aside = db.with_name(f"{db.name}.before-{now:%Y-%m-%dT%H%M%S}")
    for companion in ("", "-wal", "-shm"):
        file = db.with_name(db.name + companion)
        if file.exists():
            file.rename(aside.with_name(aside.name + companion))
            aside.with_name(aside.name + companion).chmod(0o600)
    return aside
