"""Notes of the year: their writer's own until they stand in the report of the unit."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from storage.db import Query, Tx


class NoteState(StrEnum):
    """Whose a note is."""

    OWN = "own"
    """Its writer's alone."""
    TAKEN = "taken"
    """The unit's: whoever drafts its report reads it."""


@dataclass(frozen=True, slots=True)
class YearNote:
    """One note: what somebody has brought about on a day."""

    id: int
    person: int
    writer: str
    """Position and name of who wrote it."""
    unit: str
    unit_name: str
    day: date
    area: str
    text: str
    state: NoteState
    version: int
    message: int | None
    newest: int | None
    at: datetime
    taken: datetime | None

    @property
    def code(self) -> str:
        """What it is called, and its files are sent for: «GN-12»."""
        return f"GN-{self.id}"


_NOTE = """
    SELECT note.id, note.person, trim(person.position || ' ' || person.name), note.unit, unit.name, day, area, text,
           state, version, message, newest, at, taken
      FROM note JOIN person ON person.id = note.person JOIN unit ON unit.code = note.unit
"""
BY_ID = Query(f"{_NOTE} WHERE note.id = :id", YearNote)
OF_PERSON = Query(
    f"{_NOTE} WHERE note.person IN (SELECT value FROM json_each(:posts)) ORDER BY day DESC, note.id DESC", YearNote
)
TAKEN = Query(
    f"{_NOTE} WHERE note.unit = :unit AND state = 'taken' AND day BETWEEN :first AND :last ORDER BY day, note.id",
    YearNote,
)
"""What a unit has for its report."""
OF_MESSAGE = Query(f"{_NOTE} WHERE message = :message", YearNote)
ENDING_AT = Query(f"{_NOTE} WHERE newest = :message", YearNote)
"""The note into which the newest files have come with this message."""


def add(
    tx: Tx,
    *,
    person: int,
    unit: str,
    day: date,
    area: str,
    text: str,
    message: int | None,
    newest: int | None,
    now: datetime,
) -> int:
    """Add a note; return its number."""
    id: int = tx.value(
        """
        INSERT INTO note (person, unit, day, area, text, message, newest, at)
        VALUES (:person, :unit, :day, :area, :text, :message, :newest, :now) RETURNING id
        """,
        person=person,
        unit=unit,
        day=day,
        area=area,
        text=text,
        message=message,
        newest=newest,
        now=now,
    )
    return id


def change(tx: Tx, *, id: int, day: date, area: str, text: str) -> bool:
    """Set what a note says while it is its writer's own; return whether it was."""
    return (
        tx.run(
            """
            UPDATE note SET day = :day, area = :area, text = :text, version = version + 1
             WHERE id = :id AND state = 'own'
            """,
            id=id,
            day=day,
            area=area,
            text=text,
        )
        == 1
    )


def grow(tx: Tx, *, id: int, newest: int) -> None:
    """Set the message with which the newest files have come into a note."""
    tx.run("UPDATE note SET newest = :newest WHERE id = :id", id=id, newest=newest)


def take(tx: Tx, *, id: int, now: datetime) -> None:
    """Mark a note as the unit's, for its report."""
    tx.run("UPDATE note SET state = 'taken', taken = :now, version = version + 1 WHERE id = :id", id=id, now=now)


def give_back(tx: Tx, *, id: int) -> None:
    """Mark a note as its writer's own again."""
    tx.run("UPDATE note SET state = 'own', taken = NULL, version = version + 1 WHERE id = :id", id=id)


_FILES = "SELECT id FROM file WHERE record = 'GN-' || :id"


def drop(tx: Tx, *, id: int) -> None:
    """Delete a note with its files."""
    tx.run(f"DELETE FROM file WHERE id IN ({_FILES})", id=id)
    tx.run("DELETE FROM content WHERE sha256 NOT IN (SELECT sha256 FROM file)")
    tx.run("DELETE FROM note WHERE id = :id", id=id)


def offer(tx: Tx, *, file: int, now: datetime) -> None:
    """Hold a file that was sent unasked until the next day: one tap makes a note of it."""
    tx.run("UPDATE file SET offered = :now WHERE id = :id AND record = ''", id=file, now=now)


OFFERED = Query("SELECT id FROM file WHERE id = :id AND record = '' AND offered IS NOT NULL", int)
"""A file that may still become a note."""
