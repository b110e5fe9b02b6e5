"""Invitations: one-time codes, kept hashed, good once and for a while."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from storage.db import Query, Tx

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without look-alikes: no 0 O, 1 I L."""
LENGTH = 10
OLD = 8
"""The length of codes that an earlier version made: they are good until they expire."""
TRIES = 5
"""Wrong codes an hour a chat may give."""


@dataclass(frozen=True, slots=True)
class Invite:
    """An invitation that is good now."""

    hash: str
    person: int
    expires: datetime


GOOD = Query(
    """
    SELECT hash, person, expires FROM invite
     WHERE hash = :hash AND used IS NULL AND expires > :now
       AND EXISTS (SELECT 1 FROM person WHERE person.id = invite.person AND person.active)
    """,
    Invite,
)
WRONG = Query("SELECT COUNT(*) FROM wrong_code WHERE at > :since", int)
"""Wrong codes over all."""
WRONG_FROM = Query("SELECT COUNT(*) FROM wrong_code WHERE at > :since AND address = :address", int)
OF_PERSON = Query("SELECT hash, person, expires FROM invite WHERE person = :person ORDER BY at", Invite)


def plain(code: str) -> str:
    """Return a code as people type it: any case, with blanks or dashes."""
    return "".join(letter for letter in code.upper() if letter.isalnum())


def looks_like_code(text: str) -> bool:
    """Whether a text can be a code at all."""
    code = plain(text)
    return len(code) in (OLD, LENGTH) and set(code) <= set(ALPHABET)


def hashed(code: str) -> str:
    """Return how a code is kept. It has 49 random bits, lives for days and may be tried a few times an hour."""
    return sha256(f"thidua:{plain(code)}".encode()).hexdigest()


def create(tx: Tx, *, person: int, by: int | None, now: datetime, expires: datetime) -> str:
    """Make a new code for a person; the ones before it are no longer good."""
    tx.run("DELETE FROM invite WHERE person = :person AND used IS NULL", person=person)
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    tx.run(
        "INSERT INTO invite (hash, person, by, at, expires) VALUES (:hash, :person, :by, :now, :expires)",
        hash=hashed(code),
        person=person,
        by=by,
        now=now,
        expires=expires,
    )
    return code


def good(tx: Tx, *, code: str, now: datetime) -> bool:
    """Whether a code would open something now; it is not used by asking."""
    return looks_like_code(code) and tx.one(GOOD, hash=hashed(code), now=now) is not None


def withdraw(tx: Tx, *, person: int) -> None:
    """Delete the codes of this person that were not used."""
    tx.run("DELETE FROM invite WHERE person = :person AND used IS NULL", person=person)


def use(tx: Tx, *, hash: str, now: datetime) -> None:
    """Mark the code as used."""
    tx.run("UPDATE invite SET used = :now WHERE hash = :hash", hash=hash, now=now)


def missed(tx: Tx, *, now: datetime, chat: int | None = None, address: str = "") -> None:
    """Count a wrong code given in this chat, or on the login page from this address; the code is not kept."""
    tx.run(
        "INSERT INTO wrong_code (chat, address, at) VALUES (:chat, :address, :now)", chat=chat, address=address, now=now
    )


def forget(tx: Tx, *, before: datetime) -> None:
    """Delete wrong codes that do not count any more."""
    tx.run("DELETE FROM wrong_code WHERE at < :before", before=before)


def misses(tx: Tx, *, chat: int, since: datetime) -> int:
    """Return how many wrong codes this chat gave since then."""
    n: int = tx.value("SELECT COUNT(*) FROM wrong_code WHERE chat = :chat AND at > :since", chat=chat, since=since)
    return n
