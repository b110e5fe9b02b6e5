"""How a registered item is asked for: its first application, the request for its recognition, what is to be added to it.

Functions over Tx run on the writer's thread.
"""

from dataclasses import dataclass
from datetime import date, datetime

from storage.db import Query, Tx


@dataclass(frozen=True, slots=True)
class FirstApplication:
    """When and where an item was applied first, were it on trial."""

    item: int
    day: date
    place: str
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class RecognitionRequest:
    """That the authors of an item ask for its recognition."""

    item: int
    by: int | None
    at: datetime
    complete: datetime | None
    """Since when the office has found it complete."""


@dataclass(frozen=True, slots=True)
class AskedSupplement:
    """What the office asks to be added, and until when."""

    id: int
    item: int
    what: str
    due: date
    by: int | None
    at: datetime
    answered: datetime | None


APPLIED = Query("SELECT item, day, place, by, at FROM first_application WHERE item = :id", FirstApplication)
REQUEST = Query("SELECT item, by, at, complete FROM recognition_request WHERE item = :id", RecognitionRequest)
_SUPPLEMENT = "SELECT id, item, what, due, by, at, answered FROM asked_supplement"
SUPPLEMENT = Query(f"{_SUPPLEMENT} WHERE item = :id AND answered IS NULL", AskedSupplement)
SUPPLEMENTS = Query(f"{_SUPPLEMENT} WHERE item = :id ORDER BY id", AskedSupplement)
ALL_OPEN = Query(f"{_SUPPLEMENT} WHERE answered IS NULL ORDER BY due, id", AskedSupplement)
ALL_REQUESTS = Query(
    """
    SELECT item, request.by, request.at, complete FROM recognition_request AS request
      JOIN initiative ON initiative.id = request.item
     WHERE initiative.state IN ('requested', 'incomplete', 'complete') ORDER BY request.at
    """,
    RecognitionRequest,
)
"""What is asked for and not decided, the oldest first."""
APPLIED_SINCE = Query(
    """
    SELECT item, day, place, first_application.by, first_application.at FROM first_application
      JOIN initiative ON initiative.id = first_application.item
     WHERE first_application.day >= :since AND initiative.state IN ('confirmed', 'received', 'declined')
     ORDER BY first_application.day
    """,
    FirstApplication,
)
"""Of what is not asked for, where it was applied first on a day or after it."""


def apply(tx: Tx, *, item: int, day: date, place: str, by: int, now: datetime) -> None:
    """Store when and where an item was applied first."""
    tx.run(
        """
        INSERT INTO first_application (item, day, place, by, at) VALUES (:item, :day, :place, :by, :now)
            ON CONFLICT (item) DO UPDATE SET day = :day, place = :place, by = :by, at = :now
        """,
        item=item,
        day=day,
        place=place,
        by=by,
        now=now,
    )


def request(tx: Tx, *, item: int, by: int, now: datetime) -> None:
    """Store that recognition is asked for; a request of before is replaced."""
    tx.run(
        """
        INSERT INTO recognition_request (item, by, at) VALUES (:item, :by, :now)
            ON CONFLICT (item) DO UPDATE SET by = :by, at = :now, complete = NULL
        """,
        item=item,
        by=by,
        now=now,
    )


def complete(tx: Tx, *, item: int, now: datetime) -> None:
    """Set since when a request is complete; the first time counts."""
    tx.run("UPDATE recognition_request SET complete = :now WHERE item = :item AND complete IS NULL", item=item, now=now)


def take_back(tx: Tx, *, item: int) -> None:
    """Delete a request that its authors do not want any more."""
    tx.run("DELETE FROM recognition_request WHERE item = :item", item=item)


def ask_supplement(tx: Tx, *, item: int, what: str, due: date, by: int, now: datetime) -> int:
    """Add what the office asks to be added, until when; return its number. What was asked before is left."""
    answer(tx, item=item, now=now)
    id: int = tx.value(
        """
        INSERT INTO asked_supplement (item, what, due, by, at) VALUES (:item, :what, :due, :by, :now) RETURNING id
        """,
        item=item,
        what=what,
        due=due,
        by=by,
        now=now,
    )
    return id


def answer(tx: Tx, *, item: int, now: datetime) -> None:
    """Set what was asked to be added as answered: it was sent again, or is gone on with no more."""
    tx.run("UPDATE asked_supplement SET answered = :now WHERE item = :item AND answered IS NULL", item=item, now=now)
