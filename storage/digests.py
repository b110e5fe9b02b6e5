"""What the office's digests of a year said: kept, so that the next one says what has changed."""

from dataclasses import dataclass
from datetime import date

from storage.db import Query, Tx


@dataclass(frozen=True, slots=True)
class Then:
    """How things stood when a digest was said."""

    year: int
    day: date
    sent: list[str]
    """Codes of the units that had sent their report."""
    items: int
    recognised: int


BEFORE = Query(
    "SELECT year, day, sent, items, recognised FROM digest WHERE year = :year AND day < :day ORDER BY day DESC LIMIT 1",
    Then,
)
YEARS = Query("SELECT DISTINCT year FROM digest", int)


def keep(tx: Tx, then: Then) -> None:
    """Store how things stand; the first digest of a day counts."""
    tx.run(
        """
        INSERT INTO digest (year, day, sent, items, recognised)
        VALUES (:year, :day, :sent, :items, :recognised) ON CONFLICT DO NOTHING
        """,
        year=then.year,
        day=then.day,
        sent=then.sent,
        items=then.items,
        recognised=then.recognised,
    )
