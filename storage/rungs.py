"""Which pings were said to whom: for ever, so none is said twice."""

from dataclasses import dataclass
from datetime import datetime

from storage.db import Query, Tx


@dataclass(frozen=True, slots=True)
class Said:
    """A ping that was said to a person."""

    key: str
    person: int


BETWEEN = Query("SELECT key, person FROM rung WHERE key BETWEEN :first AND :last", Said)
ALL = Query("SELECT key, person FROM rung", Said)


def said(tx: Tx, *, key: str, person: int, outbox: int, now: datetime) -> None:
    """This ping is in this outbox row."""
    tx.run(
        "INSERT INTO rung VALUES (:key, :person, :outbox, :now) ON CONFLICT DO NOTHING",
        key=key,
        person=person,
        outbox=outbox,
        now=now,
    )


def known(tx: Tx, *, key: str, person: int) -> bool:
    """Whether this was said, or is in a row that waits to be."""
    return tx.value("SELECT 1 FROM rung WHERE key = :key AND person = :person", key=key, person=person) is not None


def unsay(tx: Tx, *, outbox: int) -> None:
    """The row was never said (its day went by while nothing ran): its pings may be called for again."""
    tx.run("DELETE FROM rung WHERE outbox = :outbox", outbox=outbox)
