"""The journal of what was erased: numbers of rows, no contents, beside the database and in the folder of copies.

A trigger notes every erasure in the table `erasure`, in the very transaction. The writer puts it down here before
anybody is told of the commit, and empties the table. A copy that is restored knows how far the journal was when it
was made: what came after is erased in it once more.
"""

import logging
import os
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger(__name__)
SUFFIX = ".erased"

_SAME = "id = :row AND :born IN ('', at)"
"""A number means another row where a file went on from an older copy; when a row was made tells them apart."""
AGAIN = {
    ("inbox", "deleted"): (
        f"UPDATE answer SET message = NULL WHERE message IN (SELECT id FROM inbox WHERE {_SAME})",
        f"DELETE FROM inbox WHERE {_SAME}",
    ),
    ("inbox", "emptied"): (f"UPDATE inbox SET body = NULL, state = 'done' WHERE {_SAME}",),
    ("outbox", "emptied"): (
        f"UPDATE outbox SET body = NULL, about = '{{}}', state = CASE state WHEN 'waiting' THEN 'cancelled' ELSE state END WHERE {_SAME}",
    ),
    ("draft", "deleted"): (f"DELETE FROM draft WHERE {_SAME}",),
    ("draft", "dropped"): (
        f"DELETE FROM answer WHERE draft IN (SELECT id FROM draft WHERE {_SAME})",
        f"UPDATE chat SET focus = NULL WHERE focus IN (SELECT id FROM draft WHERE {_SAME})",
        f"UPDATE chat SET last = '' WHERE person = (SELECT person FROM draft WHERE {_SAME})",
        f"UPDATE draft SET state = 'dropped', notes = '{{}}', asking = '' WHERE {_SAME}",
    ),
    ("file", "deleted"): (
        f"UPDATE unit_plan SET file = NULL WHERE file IN (SELECT id FROM file WHERE {_SAME})",
        f"UPDATE paper_source SET file = NULL WHERE file IN (SELECT id FROM file WHERE {_SAME})",
        f"DELETE FROM file WHERE {_SAME}",
        "DELETE FROM content WHERE sha256 NOT IN (SELECT sha256 FROM file)",
    ),
    ("job", "deleted"): (f"DELETE FROM job WHERE {_SAME}",),
    ("chat", "unlinked"): (
        "UPDATE chat SET person = NULL, focus = NULL, menu = '[]', pending = '', last = '' WHERE id = :row",
        "DELETE FROM session WHERE chat = :row",
    ),
    ("chat", "forgotten"): (
        """UPDATE chat SET address = 'forgotten:' || id, person = NULL, focus = NULL, menu = '[]', pending = '', last = '',
                           reachable = 0, helped = NULL WHERE id = :row""",
        "DELETE FROM session WHERE chat = :row",
    ),
    ("person", "unphoned"): ("UPDATE person SET phone = NULL WHERE id = :row",),
    ("consent", "withdrawn"): (
        """INSERT INTO consent (person, chat, version, answer, at)
           SELECT person, chat, version, 'withdrawn', :at FROM consent
            WHERE id = (SELECT MAX(id) FROM consent WHERE person = :row) AND answer = 'agreed'""",
        "DELETE FROM answer WHERE by = :row AND draft IN (SELECT id FROM draft WHERE person = :row AND state IN ('open', 'archived'))",
        """UPDATE OR IGNORE draft SET asking = '', notes = '{}', person = (
                  SELECT by FROM answer WHERE draft = draft.id AND by <> :row GROUP BY by ORDER BY COUNT(*) DESC, by LIMIT 1)
            WHERE person = :row AND state IN ('open', 'archived')
              AND EXISTS (SELECT 1 FROM answer WHERE draft = draft.id AND by <> :row)""",
    ),
    ("author_detail", "deleted"): ("DELETE FROM author_detail WHERE person = :row AND :born IN ('', at)",),
    ("unheard", "deleted"): (f"DELETE FROM unheard WHERE {_SAME}",),
    ("session", "deleted"): ("DELETE FROM session WHERE hash = :row",),
    ("invite", "used"): ("UPDATE invite SET used = :at WHERE hash = :row AND used IS NULL",),
    ("invite", "deleted"): ("DELETE FROM invite WHERE hash = :row",),
}
"""How each kind is done once more."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """One line of the journal; `n` only grows."""

    of: str
    """Whose row: the identity of the file, which its copies share."""
    n: int
    at: str
    what: str
    how: str
    row: str
    """Its key, and behind an @ when it was made, where the table says that."""

    def line(self) -> str:
        """Return it as it stands in the file."""
        return f"{self.of}\t{self.n}\t{self.at}\t{self.what}\t{self.how}\t{self.row}\n"


def journal_of(db: Path, folder: Path | None = None) -> Path:
    """Return the journal beside a database, or the second one in a folder."""
    return (folder or db.parent) / (db.name + SUFFIX)


def read(path: Path) -> list[Erasure]:
    """Return the lines of a journal but one that broke off half-way."""
    if not path.exists():
        return []
    found = []
    for line in path.read_text(encoding="ascii", errors="replace").splitlines(keepends=True):
        parts = line.rstrip("\n").split("\t")
        if line.endswith("\n") and len(parts) == 6 and parts[1].isdigit():
            found.append(Erasure(parts[0], int(parts[1]), *parts[2:]))
    return found


class Journal:
    """The open journals; used on the writer's thread, outside of transactions."""

    def __init__(self, db: Path, second: Path | None = None) -> None:
        self.first = journal_of(db)
        self.second = None if second is None else journal_of(db, second)
        self._level = False
        """Whether the second one is known to have every line of the first."""

    def open(self, connection: sqlite3.Connection) -> None:
        """Erase once more in a file that somebody has put back by hand what was erased since."""
        if changed := erase_again(connection, [*read(self.first), *(read(self.second) if self.second else ())]):
            log.warning("%s rows were erased once more: the file is older than its journal of erasures", changed)
        self.record(connection)
        self._follow()

    def record(self, connection: sqlite3.Connection) -> None:
        """Move the table's lines to the journal; what cannot be written stays in the table until it can."""
        rows = connection.execute(
            """SELECT (SELECT mark FROM identity), id, at, what, how, row
                 FROM erasure ORDER BY id"""
        ).fetchall()
        if not rows:
            return
        lines = [Erasure(*row) for row in rows]
        try:
            _append(self.first, lines)
        except OSError as error:
            log.error("what was erased cannot be put down in %s: %s", self.first, error.strerror)
            return
        connection.execute("DELETE FROM erasure WHERE id <= ?", (rows[-1][1],))
        self._follow(lines)

    def _follow(self, newest: Sequence[Erasure] = ()) -> None:
        """Append to the second journal what it lacks of the first; a folder that is away gets it later."""
        if self.second is None:
            return
        level, self._level = self._level, False
        try:
            if level and self.second.exists():
                _append(self.second, newest)
            else:
                self.second.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                known = {(each.of, each.n) for each in read(self.second)}
                if new := [each for each in read(self.first) if (each.of, each.n) not in known]:
                    _append(self.second, new)
            self._level = True
        except OSError as error:
            log.error("what was erased cannot be put down in %s: %s", self.second, error.strerror)


def erase_again(connection: sqlite3.Connection, lines: Iterable[Erasure]) -> int:
    """Erase once more in a copy what was erased after it was made; return how many rows that were."""
    of, known = connection.execute(
        """SELECT (SELECT mark FROM identity),
                  (SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = 'erasure')"""
    ).fetchone()
    later = sorted({each.n: each for each in lines if each.of == of and each.n > known}.items())
    if not later:
        return 0
    connection.execute("BEGIN IMMEDIATE")
    changed = 0
    for _n, each in later:
        row, _at, born = each.row.partition("@")
        counts = [
            connection.execute(sql, {"row": row, "born": born, "at": each.at}).rowcount
            for sql in AGAIN.get((each.what, each.how), ())
        ]
        changed += any(count > 0 for count in counts)
    connection.execute("DELETE FROM erasure")  # they stand in the journal
    connection.execute("DELETE FROM sqlite_sequence WHERE name = 'erasure'")
    connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('erasure', ?)", (later[-1][0],))
    connection.execute("COMMIT")
    return changed


def _append(path: Path, lines: Sequence[Erasure]) -> None:
    """Append lines so that they outlast a power cut; a line that broke off stays on a line of its own."""
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "ab") as file:
        size = os.fstat(file.fileno()).st_size
        broken = size > 0 and os.pread(file.fileno(), 1, size - 1) != b"\n"
        file.write((("\n" if broken else "") + "".join(each.line() for each in lines)).encode("ascii"))
        file.flush()
        os.fsync(file.fileno())
