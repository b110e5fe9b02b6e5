"""The office's own days: off, or worked to make up for one, over the library's holidays."""

from dataclasses import dataclass
from datetime import date, datetime

from storage import settings
from storage.db import Query, Tx
from storage.values import dumps, loads, read_stored, stored


@dataclass(frozen=True, slots=True)
class SetDay:
    """One day the office has set."""

    day: date
    off: bool
    note: str
    source: str


ALL = Query("SELECT day, off, note, source FROM holiday ORDER BY day", SetDay)


def put(tx: Tx, *, day: date, off: bool, note: str, source: str) -> None:
    """Store a day of the office's own; a day that is there is replaced."""
    tx.run(
        """
        INSERT INTO holiday (day, off, note, source)
        VALUES (:day, :off, :note, :source)
            ON CONFLICT (day) DO UPDATE SET off = :off, note = :note, source = :source
        """,
        day=day,
        off=off,
        note=note,
        source=source,
    )


def drop(tx: Tx, day: date) -> None:
    """Delete a day of the office's own: what the library says holds again."""
    tx.run("DELETE FROM holiday WHERE day = :day", day=day)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Who has said, and when, that the list of a year is right."""

    by: int
    at: datetime


def confirmation(year: int) -> str:
    """Return the setting in which it is kept that a year's list was found right."""
    return f"calendar_confirmed:{year}"


def confirm(tx: Tx, *, year: int, by: int, now: datetime) -> None:
    """Store that somebody found the list of a year right."""
    settings.put(tx, confirmation(year), dumps({"by": by, "at": stored(now)}))


def confirmed(tx: Tx, year: int) -> Confirmed | None:
    """Whether a year's list was found right."""
    kept = settings.get(tx, confirmation(year))
    if not kept:
        return None
    value = loads(kept)
    return Confirmed(value["by"], read_stored(value["at"]))
