"""Opening the file: who may make it, who may read it, and every way in which it cannot be used."""

import os
import sqlite3
from contextlib import closing, suppress
from enum import StrEnum
from pathlib import Path
from urllib.parse import quote

from storage.migrating import migrate, migrations, version_of

PRAGMAS = ("foreign_keys=ON", "busy_timeout=5000", "trusted_schema=OFF")
# What is deleted is overwritten, in the write-ahead log too once it begins anew: a file that is not kept is gone.
WRITER_PRAGMAS: tuple[str, ...] = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "secure_delete=ON",
    "journal_size_limit=0",
    *PRAGMAS,
)
WAL = "-wal"
ROOM = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR})
"""What SQLite says when nothing more can be put on the disk."""
COMPANIONS = ("", WAL, "-shm", ".lock", ".erased")
"""What lies beside a database and holds what it holds."""


class Trouble(StrEnum):
    """Why a file cannot be used."""

    LOCKED = "locked"
    DAMAGED = "damaged"
    NEWER = "newer"
    OLDER = "older"
    """It is to be read only, and stands on a schema of before."""
    MISSING = "missing"
    UNWRITABLE = "unwritable"
    FULL = "full"
    """There is no room on the disk for the copy beside it, or for the steps to the newest schema."""
    STRANGE_LOG = "strange log"
    """The write-ahead log beside it belongs to another file."""


class Unusable(Exception):
    """The database file cannot be used; `trouble` says why, `path` which, `detail` what SQLite said."""

    def __init__(self, trouble: Trouble, path: Path, detail: str = "") -> None:
        detail = " ".join(detail.split())  # SQLite says some things on several lines
        super().__init__(f"{path}: {trouble}: {detail}")
        self.trouble, self.path, self.detail = trouble, path, detail


def read_only(path: Path) -> str:
    """Return the URI that opens a file for reading only."""
    return _uri(path, "mode=ro")


def connect(path: Path, *, must_exist: bool = False, aside: bool = True) -> sqlite3.Connection:
    """Return the writing connection, on the newest schema; raise Unusable with the file untouched.

    `aside` lays a copy beside a file whose schema is changed.
    """
    if must_exist and not path.exists():
        raise Unusable(Trouble.MISSING, path)
    if path.exists():
        _check_log(path)
    else:
        _make(path)
    keep_private(path)
    try:
        connection = sqlite3.connect(_uri(path, "mode=rw"), uri=True, isolation_level=None, cached_statements=512)
        try:
            connection.execute("PRAGMA busy_timeout=5000")
            _look_at_schema(connection, path, must_exist)
            _to_newest(connection, path, aside)
            for pragma in WRITER_PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
            connection.execute(
                "BEGIN IMMEDIATE"
            )  # a file that is only to be read says so now, not at the first message
            connection.execute("ROLLBACK")
        except BaseException:
            connection.close()
            raise
    except sqlite3.Error as error:
        raise unusable(path, error) from error
    keep_private(path)
    return connection


def check_readable(path: Path) -> None:
    """Raise Unusable unless the file can be read and is an office's."""
    if not path.exists():
        raise Unusable(Trouble.MISSING, path)
    try:
        with closing(sqlite3.connect(read_only(path), uri=True)) as connection:
            ours = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'plan'").fetchone()
    except sqlite3.Error as error:
        raise unusable(path, error) from error
    if ours is None:
        raise Unusable(Trouble.DAMAGED, path, "it holds no tables of an office")


def check_newest(path: Path) -> None:
    """Raise Unusable where a file that is only read stands on an earlier schema than this program reads."""
    with closing(sqlite3.connect(read_only(path), uri=True)) as connection:
        version, newest = version_of(connection), max(migrations())
    if version != newest:
        trouble = Trouble.OLDER if version < newest else Trouble.NEWER
        raise Unusable(trouble, path, f"schema {version}, this program knows {newest}")


def keep_private(path: Path) -> None:
    """Set the file and what lies beside it to be read by its owner alone, where that is ours to set."""
    for companion in COMPANIONS:
        file = path.with_name(path.name + companion)
        with suppress(OSError):
            mode = file.stat().st_mode & 0o777
            if mode & 0o077:
                file.chmod(mode & ~0o077)


def unusable(path: Path, error: sqlite3.Error) -> Unusable:
    """Return what an error of SQLite means for whoever wants to use the file."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return Unusable(Trouble.LOCKED, path, text)
    if "unable to open" in text:
        trouble = Trouble.UNWRITABLE if path.exists() else Trouble.MISSING
        return Unusable(trouble, path, text)
    if "readonly" in text or "permission" in text:
        return Unusable(Trouble.UNWRITABLE, path, text)
    if _log(path) and _whole(_uri(path, "immutable=1")) == "ok":
        return Unusable(Trouble.STRANGE_LOG, path, text)
    return Unusable(Trouble.DAMAGED, path, text)


def _uri(path: Path, how: str) -> str:
    return f"file:{quote(str(path.absolute()))}?{how}"


def _make(path: Path) -> None:
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise Unusable(Trouble.UNWRITABLE, path, str(error)) from None


def _log(path: Path) -> bool:
    """Whether a write-ahead log with something in it lies beside the file."""
    log = path.with_name(path.name + WAL)
    return log.exists() and log.stat().st_size > 0


def _check_log(path: Path) -> None:
    """Check the log after an end without closing: that of another file would be written into this one."""
    if not _log(path):
        return
    said = _whole(read_only(path))
    if said not in ("ok", ""):
        whole = _whole(_uri(path, "immutable=1")) == "ok"
        raise Unusable(Trouble.STRANGE_LOG if whole else Trouble.DAMAGED, path, said)


def _whole(uri: str) -> str:
    """Return «ok», or what is wrong with a file; nothing when it cannot be looked at now."""
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            return str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.OperationalError as error:
        return "" if "locked" in str(error) or "unable to open" in str(error) else str(error)
    except sqlite3.Error as error:
        return str(error)


def _look_at_schema(connection: sqlite3.Connection, path: Path, must_exist: bool) -> None:
    version, newest = version_of(connection), max(migrations())
    if version > newest:
        raise Unusable(Trouble.NEWER, path, f"schema {version}, this program knows {newest}")
    if version == 0 and connection.execute("SELECT 1 FROM sqlite_schema").fetchone():
        raise Unusable(Trouble.DAMAGED, path, "another program's database")
    if version == 0 and must_exist:
        raise Unusable(Trouble.DAMAGED, path, "an empty file")


def _to_newest(connection: sqlite3.Connection, path: Path, aside: bool) -> None:
    try:
        migrate(connection, path, read_only(path), aside=aside)
    except OSError as error:
        raise Unusable(Trouble.UNWRITABLE, path, str(error)) from None
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in ROOM:
            raise Unusable(Trouble.FULL, path, str(error)) from None
        raise
