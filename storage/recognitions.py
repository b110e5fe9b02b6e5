"""Decisions that recognise registered items. Functions over Tx run on the writer's thread."""

from dataclasses import dataclass
from datetime import date, datetime

from storage.db import Query, Tx


@dataclass(frozen=True, slots=True)
class Recognition:
    """A decision that recognises an item: its number as Văn thư wrote it, its day and level."""

    initiative: int
    level: str
    decision: str
    day: date


OF_ITEM = Query(
    "SELECT initiative, level, decision, day FROM recognition WHERE initiative = :id ORDER BY day", Recognition
)
TAKEN_OVER = Query(
    "SELECT initiative, level, decision, day FROM recognition WHERE initiative = :id AND by IS NULL ORDER BY day",
    Recognition,
)
"""Of an item, what nobody has recorded in the chat: it was taken over from paper."""
BETWEEN = Query(
    """
    SELECT initiative, level, decision, day FROM recognition
     WHERE day BETWEEN :first AND :last ORDER BY day
    """,
    Recognition,
)


def take_back(tx: Tx, *, id: int, level: str) -> None:
    """Delete a recognition that was recorded wrongly."""
    tx.run("DELETE FROM recognition WHERE initiative = :id AND level = :level", id=id, level=level)


def put(tx: Tx, *, id: int, level: str, decision: str, day: date, by: int | None, now: datetime) -> None:
    """Store a recognition; one of the same level replaces it."""
    tx.run(
        """
        INSERT INTO recognition (initiative, level, decision, day, by, at)
        VALUES (:id, :level, :decision, :day, :by, :now)
            ON CONFLICT (initiative, level) DO UPDATE SET decision = :decision, day = :day, by = :by
        """,
        id=id,
        level=level,
        decision=decision,
        day=day,
        by=by,
        now=now,
    )
