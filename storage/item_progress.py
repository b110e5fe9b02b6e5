"""How far tasks and models are: what was said of them, the newest counts. Functions over Tx run on the writer's thread."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from storage.db import Query, Tx
from storage.item_answers import NEWEST as NEWEST_ANSWER


class ProgressState(StrEnum):
    """How far something is."""

    DOING = "doing"
    DONE = "done"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class ItemProgress:
    """What somebody has said of how far an item is."""

    id: int
    item: int
    state: ProgressState
    reason: str
    """Why it is late."""
    day: date | None
    """Done: since when; else when it is to be done."""
    by: int | None
    at: datetime


_SAID = "SELECT id, item, state, reason, day, by, at FROM item_progress"
OF_ITEM = Query(f"{_SAID} WHERE item = :id ORDER BY id", ItemProgress)
NEWEST = Query(f"{_SAID} WHERE item = :id ORDER BY id DESC LIMIT 1", ItemProgress)
NEWEST_OF_YEAR = Query(
    f"""
    {_SAID} WHERE id IN (SELECT MAX(each.id) FROM item_progress AS each
                           JOIN initiative ON initiative.id = each.item
                          WHERE initiative.year = :year GROUP BY each.item)
    """,
    ItemProgress,
)
DAYS_OF_YEAR = Query(
    f"""
    {_SAID} WHERE id IN (SELECT MAX(each.id) FROM item_progress AS each
                           JOIN initiative ON initiative.id = each.item
                          WHERE initiative.year = :year AND each.day IS NOT NULL AND each.state <> 'done'
                          GROUP BY each.item)
    """,
    ItemProgress,
)
"""What was said last of when each is to be done."""


@dataclass(frozen=True, slots=True)
class RegisteredDay:
    """The day that a sheet names, as JSON."""

    item: int
    value: str


REGISTERED = Query(
    f"""
    SELECT item, value FROM item_answer JOIN initiative ON initiative.id = item
     WHERE initiative.year = :year AND initiative.kind = :kind AND item_answer.field = :field
       AND item_answer.{NEWEST_ANSWER}
    """,
    RegisteredDay,
)


def add(tx: Tx, *, item: int, state: ProgressState, reason: str, day: date | None, by: int, now: datetime) -> None:
    """Add how far an item is."""
    tx.run(
        """
        INSERT INTO item_progress (item, state, reason, day, by, at)
        VALUES (:item, :state, :reason, :day, :by, :now)
        """,
        item=item,
        state=state,
        reason=reason,
        day=day,
        by=by,
        now=now,
    )
