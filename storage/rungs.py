"""Which pings were said to whom: for ever, so none is said twice."""

from datetime import datetime

from storage.db import Tx


def said(tx: Tx, *, key: str, person: int, outbox: int, now: datetime) -> None:
    """This ping is in this outbox row."""
    tx.run(
        "INSERT INTO rung VALUES (:key, :person, :outbox, :now) ON CONFLICT DO NOTHING",
        key=key, person=person, outbox=outbox, now=now,
    )  # fmt: skip


def unsay(tx: Tx, *, outbox: int) -> None:
    """The row was never said (its day went by while nothing ran): its pings may be called for again."""
    tx.run("DELETE FROM rung WHERE outbox = :outbox", outbox=outbox)
