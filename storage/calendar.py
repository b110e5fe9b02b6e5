"""The office's own days: off, or worked to make up for one, over the library's holidays."""

from dataclasses import dataclass
from datetime import date

from storage.db import Query, Tx


@dataclass(frozen=True, slots=True)
class Day:
    """One day the office has set."""

    day: date
    off: bool
    note: str
    source: str


ALL = Query("SELECT day, off, note, source FROM holiday ORDER BY day", Day)


def put(tx: Tx, *, day: date, off: bool, note: str, source: str) -> None:
    """Set a day."""
    tx.run(
        """
        INSERT INTO holiday VALUES (:day, :off, :note, :source)
            ON CONFLICT (day) DO UPDATE SET off = :off, note = :note, source = :source
        """,
        day=day, off=off, note=note, source=source,
    )  # fmt: skip
