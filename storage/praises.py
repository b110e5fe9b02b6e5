"""What was praised or spread by the office's hand: text, whom it reaches. Functions over Tx run on the writer's thread."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.db import Query, Tx


class Reach(StrEnum):
    """Whom it reaches."""

    OWN = "own"
    """Whoever it is about: the person, the authors, the people of the unit."""
    UNIT = "unit"
    """Everybody of their unit."""
    ALL = "all"
    """Everybody of the office."""


@dataclass(frozen=True, slots=True)
class Praise:
    """One of them."""

    id: int
    about: str
    text: str
    reach: Reach
    by: int
    at: datetime


_PRAISE = "SELECT id, about, text, reach, by, at FROM praise"
BY_ID = Query(f"{_PRAISE} WHERE id = :id", Praise)
ABOUT = Query(f"{_PRAISE} WHERE about = :about ORDER BY id", Praise)


def add(tx: Tx, *, about: str, text: str, reach: Reach, by: int, now: datetime) -> int:
    """Store a praise; return its id."""
    id: int = tx.value(
        "INSERT INTO praise (about, text, reach, by, at) VALUES (:about, :text, :reach, :by, :now) RETURNING id",
        about=about,
        text=text,
        reach=reach,
        by=by,
        now=now,
    )
    return id
