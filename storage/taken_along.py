"""The copy that leaves with an office: whole but for what opens doors, and what its tables are."""

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from storage import announcements, backup, difficulties
from storage.backup import STAMP, Copy
from storage.db import Query
from storage.files import File
from storage.initiatives import READY, listed
from storage.migrating import migrations

DOORS = ("session", "invite")
"""Tables of which no row is taken along: browsers that are signed in, codes that let somebody in."""
KEYS = ("link_key",)
"""Settings that are not: what links to files are signed with."""
_LEAVES = re.compile(r"^CREATE TABLE (\w+) \(\s*(?:-- (.*))?$")
_COLUMN = re.compile(r"^    ([a-z]\w*)\s.*?--\s+(.+)$")
_ADDED = re.compile(r"^ALTER TABLE (\w+) ADD COLUMN (\w+)\b[^;]*;\s*(?:-- (.*))?$")
_RENAMED = re.compile(r"^ALTER TABLE (\w+) RENAME TO (\w+);")

SENT = Query(
    f"""
    SELECT file.id, chat, name, file.kind, size, sha256, record, file.at, person, replaced
      FROM file LEFT JOIN initiative ON initiative.code = file.record
     WHERE record <> '' AND replaced IS NULL AND record NOT LIKE 'GN-%'
       AND (initiative.state IS NULL OR initiative.state IN ({listed(READY)}))
       AND NOT EXISTS (SELECT 1 FROM difficulty WHERE difficulty.code = file.record AND NOT {difficulties.REACHED})
       AND NOT EXISTS (SELECT 1 FROM announcement
                        WHERE '{announcements.PREFIX}-' || announcement.id = file.record AND of_union IS NOT NULL)
     ORDER BY record, file.id
    """,
    File,
)
"""What was sent for a record and stands in it. Notes are their writers' own, and sheets that nobody has confirmed their authors'.

So is what has not reached the office: a difficulty that its head keeps, what a union has said to its members."""


BYTES = Query("SELECT bytes FROM content WHERE sha256 = :sha256", bytes)


@dataclass(frozen=True, slots=True)
class ColumnShape:
    """A column: what is kept in it, what it points to, and what the schema says of it."""

    name: str
    type: str
    needed: bool
    points_to: str
    note: str


@dataclass(frozen=True, slots=True)
class TableShape:
    """A table of the file, with how many rows it has."""

    name: str
    rows: int
    columns: tuple[ColumnShape, ...]


def take(db: Path, folder: Path, now: datetime) -> Copy:
    """Copy the file into a folder, without what opens doors; raise NotCopied or Unusable."""
    made = backup.make(db, folder, now)
    with closing(sqlite3.connect(made.path, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("BEGIN")
        held = connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN (SELECT value FROM json_each(?))",
            (json.dumps(DOORS),),
        ).fetchall()
        for name, _sql in held:  # the journal of erasures tells of the office's own file
            connection.execute(f'DROP TRIGGER "{name}"')
        for table in DOORS:
            connection.execute(f"DELETE FROM {table}")
        for _name, sql in held:
            connection.execute(sql)
        connection.execute("UPDATE outbox SET secret = NULL WHERE secret IS NOT NULL")
        for key in KEYS:
            connection.execute("DELETE FROM setting WHERE name = ?", (key,))
        rows = backup.counted(connection)
        stamp = json.dumps({"at": made.made, "rows": rows})
        connection.execute("UPDATE setting SET value = ? WHERE name = ?", (stamp, STAMP))
        connection.execute("COMMIT")
    return Copy(made.path, made.made, rows)


def shapes(copy: Path) -> list[TableShape]:
    """Return every table of a copy: its columns, what they point to, what the schema says of them."""
    with closing(sqlite3.connect(f"{copy.as_uri()}?mode=ro", uri=True)) as connection:
        counted = backup.counted(connection)
        return [TableShape(name, rows, tuple(_columns(connection, name))) for name, rows in counted.items()]


def _columns(connection: sqlite3.Connection, table: str) -> list[ColumnShape]:
    points = {row[3]: f"{row[2]}.{row[4]}" for row in connection.execute(f'PRAGMA foreign_key_list("{table}")')}
    said = notes().get(table, {})
    return [
        ColumnShape(name, type, bool(needed or key), points.get(name, ""), said.get(name, ""))
        for _n, name, type, needed, _default, key in connection.execute(f'PRAGMA table_info("{table}")')
    ]


@cache
def notes() -> Mapping[str, Mapping[str, str]]:
    """Return what the steps of the schema say beside the columns, by table and column."""
    found = defaultdict[str, dict[str, str]](dict)
    table = ""
    for _number, step in sorted(migrations().items()):
        for line in step.splitlines():
            if begins := _LEAVES.match(line):
                table = begins[1]
            elif line.startswith(")"):
                table = ""
            elif table and (column := _COLUMN.match(line)):
                found[table][column[1]] = column[2]
            elif added := _ADDED.match(line):
                if added[3]:
                    found[added[1]][added[2]] = added[3]
            elif renamed := _RENAMED.match(line):
                found[renamed[2]] = {**found[renamed[2]], **found.pop(renamed[1], {})}
    return dict(found)
