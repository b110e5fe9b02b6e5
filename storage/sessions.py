"""Sessions of the web chat: a device that a one-time code has opened; its token is kept hashed."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from storage.db import Query, Tx


@dataclass(frozen=True, slots=True)
class Session:
    """A device, its chat and how that is addressed."""

    chat: int
    address: str
    expires: datetime


OPEN = Query(
    """
    SELECT session.chat, chat.address, session.expires
      FROM session JOIN chat ON chat.id = session.chat LEFT JOIN person ON person.id = chat.person
     WHERE hash = :hash AND session.expires > :now AND (chat.person IS NULL OR person.active)
    """,
    Session,
)
"""A session that is good now: one that was ended, or whose person is inactive, is dead at its next request."""


def hashed(token: str) -> str:
    """Return how a token is kept: it has 256 random bits, so a plain hash is enough."""
    return sha256(token.encode()).hexdigest()


def open_session(tx: Tx, *, token: str, chat: int, now: datetime, expires: datetime) -> None:
    """Open a device."""
    tx.run(
        "INSERT INTO session (hash, chat, at, expires) VALUES (:hash, :chat, :now, :expires)",
        hash=hashed(token),
        chat=chat,
        now=now,
        expires=expires,
    )
