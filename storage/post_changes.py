"""Changes of somebody's post: shown, asked of a second person, done; a row each. Functions over Tx run on the writer's thread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from storage.db import Query, Tx


class PostState(StrEnum):
    """Where a change of somebody's post stands."""

    SHOWN = "shown"
    """Somebody has looked at what it would do."""
    ASKED = "asked"
    """A second person has to agree."""
    DONE = "done"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    OVER = "over"
    """Its days have passed, or what it was about has changed since."""


@dataclass(frozen=True, slots=True)
class PostChange:
    """One change of one post."""

    id: int
    post: int
    wanted: dict[str, Any]
    stamp: int
    state: PostState
    by: int | None
    """Who proposes it; nobody at the server."""
    at: datetime
    until: date | None
    decided: int | None
    closed: datetime | None
    reason: str
    handed: list[Any]
    """What came to whom: lists of person, kind, what."""


_CHANGE = "SELECT id, post, wanted, stamp, state, by, at, until, decided, closed, reason, handed FROM post_change"
BY_ID = Query(f"{_CHANGE} WHERE id = :id", PostChange)
ASKED = Query(f"{_CHANGE} WHERE state = 'asked' ORDER BY id", PostChange)
ASKED_OF_POST = Query(f"{_CHANGE} WHERE state = 'asked' AND post = :post", PostChange)


def show(
    tx: Tx, *, post: int, wanted: Mapping[str, Any], stamp: int, by: int | None, now: datetime, done: bool = False
) -> int:
    """Store a change as it was shown, or as it was done at the server; return its number."""
    id: int = tx.value(
        """
        INSERT INTO post_change (post, wanted, stamp, state, by, at, closed)
        VALUES (:post, :wanted, :stamp, :state, :by, :now, :closed)
        RETURNING id
        """,
        post=post,
        wanted=dict(wanted),
        stamp=stamp,
        state=PostState.DONE if done else PostState.SHOWN,
        by=by,
        now=now,
        closed=now if done else None,
    )
    return id


def ask(tx: Tx, *, id: int, until: date) -> None:
    """Set that a second person is asked, until a day."""
    tx.run("UPDATE post_change SET state = 'asked', until = :until WHERE id = :id", id=id, until=until)


def close(tx: Tx, *, id: int, state: PostState, by: int | None, now: datetime, reason: str = "") -> None:
    """Set how a change has ended, by whom and when."""
    tx.run(
        """
        UPDATE post_change SET state = :state, decided = :by, closed = :now, reason = :reason WHERE id = :id
        """,
        id=id,
        state=state,
        by=by,
        now=now,
        reason=reason,
    )


def hand(tx: Tx, *, id: int, handed: Sequence[Sequence[Any]]) -> None:
    """Store what came to whom by a change."""
    tx.run("UPDATE post_change SET handed = :handed WHERE id = :id", id=id, handed=list(handed))
