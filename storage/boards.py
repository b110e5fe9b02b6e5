"""Boards: messages that stand in a chat and are kept true, one a chat. Runs on the writer's thread."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from storage.db import Query, Tx
from storage.values import dumps


@dataclass(frozen=True, slots=True)
class Board:
    """A board where it stands: the row of the outbox that brought it, whose duties it shows, since when."""

    chat: int
    outbox: int
    unit: str
    hash: str
    at: datetime
    changed: datetime | None
    """When it was, or will be, last changed."""


OF_UNIT = Query("SELECT chat, outbox, unit, hash, at, changed FROM board WHERE unit = :unit ORDER BY chat", Board)
ANY_OF_UNIT = Query("SELECT chat FROM board WHERE unit = :unit LIMIT 1", int)
UNITS = Query("SELECT DISTINCT unit FROM board ORDER BY unit", str)


def hashed(body: Mapping[str, Any]) -> str:
    """Return what a drawn message is compared by."""
    return sha256(dumps(body).encode()).hexdigest()[:32]


def stands(tx: Tx, *, chat: int, outbox: int, unit: str, body: Mapping[str, Any], now: datetime) -> None:
    """Store a board that was brought into a chat; end the one before it there."""
    tx.run(
        """
        INSERT INTO board (chat, outbox, unit, hash, at) VALUES (:chat, :outbox, :unit, :hash, :now)
            ON CONFLICT (chat) DO UPDATE
           SET outbox = :outbox, unit = :unit, hash = :hash, at = :now, changed = NULL
        """,
        chat=chat,
        outbox=outbox,
        unit=unit,
        hash=hashed(body),
        now=now,
    )


def changes(tx: Tx, *, chat: int, body: Mapping[str, Any], at: datetime | None) -> None:
    """Store what it shows from then on."""
    tx.run("UPDATE board SET hash = :hash, changed = :at WHERE chat = :chat", chat=chat, hash=hashed(body), at=at)


def end(tx: Tx, *, chat: int) -> None:
    """Delete the board of a chat: its message stays as it is."""
    tx.run("DELETE FROM board WHERE chat = :chat", chat=chat)


def lost(tx: Tx, *, outbox: int) -> None:
    """End the board that this row brought: its message cannot be changed any more."""
    tx.run("DELETE FROM board WHERE outbox = :outbox", outbox=outbox)
