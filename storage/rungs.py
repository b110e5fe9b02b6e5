"""Which pings were said to whom: for ever, so none is said twice."""

from dataclasses import dataclass
from datetime import date, datetime

from storage.db import Query, Tx


@dataclass(frozen=True, slots=True)
class SaidRung:
    """A ping that was said to a person."""

    key: str
    person: int


BETWEEN = Query("SELECT key, person FROM rung WHERE key BETWEEN :first AND :last", SaidRung)
OF_KEYS = Query("SELECT key, person FROM rung WHERE key IN (SELECT value FROM json_each(:keys))", SaidRung)
OF_RANGES = Query(
    """
    SELECT DISTINCT rung.key, person FROM json_each(:ranges) AS span
     CROSS JOIN rung ON rung.key BETWEEN span.value ->> 0 AND span.value ->> 1
    """,
    SaidRung,
)
"""Of many (first, last)."""
ALL = Query("SELECT key, person FROM rung", SaidRung)


def said(tx: Tx, *, key: str, person: int, outbox: int, now: datetime) -> None:
    """Store that this ping is in this outbox row."""
    tx.run(
        "INSERT INTO rung (key, person, outbox, at) VALUES (:key, :person, :outbox, :now) ON CONFLICT DO NOTHING",
        key=key,
        person=person,
        outbox=outbox,
        now=now,
    )


def known(tx: Tx, *, key: str, person: int) -> bool:
    """Whether this was said, or is in a row that waits to be."""
    return tx.value("SELECT 1 FROM rung WHERE key = :key AND person = :person", key=key, person=person) is not None


def unsay(tx: Tx, *, outbox: int) -> None:
    """Delete what was never said (its day went by while nothing ran): its pings may be called for again."""
    tx.run("DELETE FROM rung WHERE outbox = :outbox", outbox=outbox)


def unsay_day(tx: Tx, *, duty: str, year: int, day: date) -> None:
    """Delete the rungs of a last day that holds again, for whoever was told another one since."""
    tx.run(
        """
        DELETE FROM rung WHERE key BETWEEN :first AND :last AND key LIKE :day AND EXISTS (
            SELECT 1 FROM rung AS later WHERE later.key BETWEEN :first AND :last AND later.key NOT LIKE :day
               AND later.person = rung.person AND later.at >= rung.at)
        """,
        first=f"{duty}:{year}:",
        last=f"{duty}:{year};",
        day=f"{duty}:{year}:%:{day}:%",
    )


def told_day(tx: Tx, *, person: int, duty: str, year: int, but: date) -> date | None:
    """Return the last day of a duty that somebody was last told, but for the one that now holds."""
    found: str | None = tx.value(
        """
        SELECT key FROM rung WHERE key BETWEEN :first AND :last AND person = :person AND key NOT LIKE :but
         ORDER BY at DESC LIMIT 1
        """,
        first=f"{duty}:{year}:",
        last=f"{duty}:{year};",
        person=person,
        but=f"{duty}:{year}:%:{but}:%",
    )
    return date.fromisoformat(found.split(":")[3]) if found else None
