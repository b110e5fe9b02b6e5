"""Bringing a file to the newest schema: a copy of it is laid beside first, then all steps are one transaction.

Whatever ends the process meanwhile, the file is on the old schema or on the newest one, never between them. Two
processes that begin at once wait for each other: whoever comes second finds nothing left to do.
"""

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from storage.durable_files import same, settle

log = logging.getLogger(__name__)
SCHEMA = Path(__file__).parent / "schema"


def migrations() -> dict[int, str]:
    """Return the schema's numbered steps: {1: "CREATE TABLE …", …}."""
    files = sorted(SCHEMA.glob("[0-9]*.sql"))
    steps = {int(file.name.partition("_")[0]): file.read_text(encoding="utf-8") for file in files}
    if len(steps) < len(files):
        raise ValueError(f"{SCHEMA}: two steps have one number: {', '.join(file.name for file in files)}")
    return steps


def version_of(connection: sqlite3.Connection) -> int:
    """Return the schema that a file is on; 0 for an empty one."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def migrate(connection: sqlite3.Connection, path: Path, uri: str, *, aside: bool) -> None:
    """Bring the file to the newest schema; `uri` reads it, `aside` asks for a copy beside it before."""
    steps = migrations()
    newest = max(steps)
    if version_of(connection) >= newest:
        return
    connection.execute("BEGIN IMMEDIATE")
    made: Path | None = None
    try:
        version = version_of(connection)  # another process may have been faster
        if aside and 0 < version < newest:
            made = _copied(path, uri, version)
        for number in range(version + 1, newest + 1):
            for statement in statements(steps[number]):
                connection.execute(statement)
        if version < newest:
            connection.execute(f"PRAGMA user_version={newest}")
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error, OSError):
            if connection.in_transaction:  # a full disk has rolled it back by itself
                connection.execute("ROLLBACK")
            if made is not None and version_of(connection) == version:
                made.unlink()  # the file is what it was
        raise
    if made is not None:
        log.warning("%s: schema %d became %d; as it was: %s", path, version, newest, made)


def statements(script: str) -> Iterator[str]:
    """Yield the statements of a script: run one by one they stay in the open transaction."""
    statement = ""
    for piece in script.split(";"):
        statement += piece + ";"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def copies(path: Path) -> list[Path]:
    """Return the copies of a file that were laid beside it before its schema was changed."""
    found = path.parent.glob(f"{path.name}.schema-*")
    return sorted(each for each in found if each.suffix != ".part")


def _copied(path: Path, uri: str, version: int) -> Path:
    """Copy the file as it is; one that lies there already and says something else stays."""
    part = path.with_name(f"{path.name}.schema-{version}.part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with (
            closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as source,
            closing(sqlite3.connect(part, isolation_level=None)) as target,
        ):
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
            whole = target.execute("PRAGMA quick_check(1)").fetchone()[0]
            if whole != "ok":
                raise sqlite3.DatabaseError(whole)
        return _named(part, path, version)
    finally:
        for each in (part, part.with_name(part.name + "-journal")):
            with suppress(OSError):
                each.unlink(missing_ok=True)


def _named(part: Path, path: Path, version: int) -> Path:
    n, name = 1, path.with_name(f"{path.name}.schema-{version}")
    while name.exists():
        if same(name, part):  # from a try that was interrupted
            return name
        n += 1
        name = path.with_name(f"{path.name}.schema-{version}.{n}")
    settle(part, name)
    return name
