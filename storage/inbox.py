"""The inbox: every message is committed here before its channel is told, and answered once. Runs on the writer's thread."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from storage import chats
from storage.db import Query, Tx
from storage.values import read_stored


class MessageState(StrEnum):
    """Where a message stands on its way in."""

    NEW = "new"
    DONE = "done"
    """Answered, in the transaction that set this."""
    PARKED = "parked"
    """It cannot be answered: kept for whoever looks into it."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message, or one change of a message, as its channel gave it."""

    id: int
    chat: int
    message: str
    edit: int
    body: dict[str, Any]
    at: datetime
    """When it was committed here."""
    said: datetime
    """When it was written: what a person says of a day, and whether it is in time, goes by this."""
    came: float = 0.0
    """When this process was given it (monotonic seconds); 0 for one that an earlier process took."""


@dataclass(frozen=True, slots=True)
class _NewRow:
    id: int
    said: datetime


@dataclass(frozen=True, slots=True)
class KeptMessage:
    """A message that is new here, and its chat as it is now."""

    id: int
    said: datetime
    chat: chats.Chat


_MESSAGE = "SELECT id, chat, message, edit, body, at, COALESCE(said, at) FROM inbox"
NEW = Query(f"{_MESSAGE} WHERE state = 'new' ORDER BY id", Message)
ORIGINAL = Query(f"{_MESSAGE} WHERE chat = :chat AND message = :message AND edit = 0", Message)
SAID_IN = Query(f"{_MESSAGE} WHERE chat = :chat AND id = :id", Message)
"""A message of this very chat."""
BEFORE = Query(f"{_MESSAGE} WHERE chat = :chat AND message = :message AND id < :id ORDER BY id DESC LIMIT 1", Message)
"""A message as it stood before this change of it."""
JUST_BEFORE = Query(f"{_MESSAGE} WHERE chat = :chat AND edit = 0 AND id < :id ORDER BY id DESC LIMIT 1", Message)
"""What was said in a chat right before a message."""


_KEEP = Query(
    """
    INSERT INTO inbox (chat, message, edit, body, at, state, said, seq)
    VALUES (:chat, :message, :edit, :body, :now, :state,
            CASE WHEN :said < :now THEN MIN(:now, MAX(:said, COALESCE(
                (SELECT MAX(COALESCE(said, at)) FROM
                    (SELECT said, at FROM inbox WHERE chat = :chat ORDER BY seq DESC LIMIT 1)), ''))) END,
            CASE :edit WHEN 0 THEN (SELECT seq + 1 FROM chat WHERE id = :chat) END)
        ON CONFLICT DO NOTHING
    RETURNING id, COALESCE(said, at)
    """,
    _NewRow,
)


def keep(
    tx: Tx,
    *,
    chat: int,
    message: str,
    edit: int,
    body: dict[str, Any],
    now: datetime,
    state: MessageState = MessageState.NEW,
    said: datetime | None = None,
) -> KeptMessage | None:
    """Store a message; None when it is here already. It is `done` when this very transaction answers it.

    It was written when its messenger says, but never ahead of now, nor before what this chat said last.
    """
    found = tx.one(_KEEP, chat=chat, message=message, edit=edit, body=body, now=now, state=state, said=said)
    if found is None:
        return None
    return KeptMessage(found.id, found.said, chats.note_written(tx, chat, places=0 if edit else 1))


def mark_done(tx: Tx, id: int) -> None:
    """Mark a message as answered by this very transaction."""
    tx.run("UPDATE inbox SET state = 'done' WHERE id = :id", id=id)


def fill(tx: Tx, *, id: int, body: dict[str, Any]) -> None:
    """Replace what a message says: its files are there now, or a code is taken out of it."""
    tx.run("UPDATE inbox SET body = :body WHERE id = :id", id=id, body=body)


def blank(tx: Tx, id: int) -> None:
    """Erase what a message said at once; its row stays, so that it is not taken twice."""
    tx.run("UPDATE inbox SET body = NULL WHERE id = :id", id=id)


def park(tx: Tx, id: int) -> None:
    """Park a message that cannot be answered, so that it holds up nobody."""
    tx.run("UPDATE inbox SET state = 'parked' WHERE id = :id", id=id)


def edits(tx: Tx, *, chat: int, message: str) -> int:
    """Return how often this message was changed."""
    count: int = tx.value(
        "SELECT COALESCE(MAX(edit), 0) FROM inbox WHERE chat = :chat AND message = :message", chat=chat, message=message
    )
    return count


def forget(tx: Tx, *, bodies_before: datetime, keys_before: datetime) -> None:
    """Erase the texts of old messages and delete the rows of very old ones; parked ones stay."""
    tx.run("UPDATE inbox SET body = NULL WHERE state = 'done' AND at < :day", day=bodies_before)
    tx.run(
        """
        DELETE FROM inbox WHERE state = 'done' AND at < :day
           AND NOT EXISTS (SELECT 1 FROM answer WHERE answer.message = inbox.id)
        """,
        day=keys_before,
    )


def oldest(tx: Tx) -> datetime | None:
    """Return when the oldest message was committed whose text is still here."""
    at = tx.value("SELECT MIN(at) FROM inbox WHERE body IS NOT NULL")
    return None if at is None else read_stored(at)
