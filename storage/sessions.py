"""Sessions of the web chat: a device that a one-time code has opened; its token is kept hashed."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from storage.db import Query, Tx


@dataclass(frozen=True, slots=True)
class Session:
    """A device and its chat."""

    chat: int
    expires: datetime


OPEN = Query("SELECT chat, expires FROM session WHERE hash = :hash AND expires > :now", Session)


def hashed(token: str) -> str:
    """How a token is kept: it has 256 random bits, so a plain hash is enough."""
    return sha256(token.encode()).hexdigest()


def open_session(tx: Tx, *, token: str, chat: int, now: datetime, expires: datetime) -> None:
    """Open a device."""
    tx.run(
        "INSERT INTO session VALUES (:hash, :chat, :now, :expires)",
        hash=hashed(token), chat=chat, now=now, expires=expires,
    )  # fmt: skip
