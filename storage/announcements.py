"""Announcements: by whom, to whom, when; who has said that they have it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from storage.db import Query, Tx

PREFIX = "TB"
"""What the codes of announcements begin with; no kind of item may be called so."""


def record_of(id: int) -> str:
    """Return what the files of an announcement were sent for: «TB-12»."""
    return f"{PREFIX}-{id}"


class AnnouncementState(StrEnum):
    """How an announcement stands."""

    SET = "set"
    """Set down for a time to come."""
    SENT = "sent"
    RECALLED = "recalled"


@dataclass(frozen=True, slots=True)
class Announcement:
    """One announcement."""

    id: int
    by: int
    of_union: str | None
    units: dict[str, Any]
    roles: list[Any]
    text: str
    state: AnnouncementState
    due: datetime
    at: datetime
    ended: datetime | None
    ended_by: int | None
    reminded: datetime | None
    reminded_by: int | None

    @property
    def record(self) -> str:
        """What its files were sent for."""
        return record_of(self.id)


@dataclass(frozen=True, slots=True)
class AnnouncementReceiver:
    """Somebody whom an announcement has gone to."""

    person: int
    name: str
    position: str
    unit_name: str
    active: bool
    seen: datetime | None
    state: str
    """Of the message to them: sent, waiting, failed."""

    @property
    def reached(self) -> bool:
        """Whether its message has gone out, as far as anybody knows."""
        return self.seen is not None or self.state in ("sent", "ready", "sending", "unsure")

    @property
    def waits(self) -> bool:
        """Whether its message is still to be sent."""
        return self.seen is None and self.state == "waiting"

    @property
    def silent(self) -> bool:
        """Whether they were reached and have not said that they have it."""
        return self.seen is None and self.active and self.reached


@dataclass(frozen=True, slots=True)
class SilentReceiver:
    """Somebody who has not said that they have an announcement, with when it went."""

    announcement: int
    person: int
    sent: datetime


_COLUMNS = "id, by, of_union, units, roles, text, state, due, at, ended, ended_by, reminded, reminded_by"
_ANNOUNCEMENT = f"SELECT {_COLUMNS} FROM announcement"
BY_ID = Query(f"{_ANNOUNCEMENT} WHERE id = :id", Announcement)
DUE = Query(f"{_ANNOUNCEMENT} WHERE state = 'set' AND due <= :now ORDER BY due, id", Announcement)
NEXT_DUE = Query("SELECT MIN(due) FROM announcement WHERE state = 'set'", str)
OF_DESK = Query(f"{_ANNOUNCEMENT} WHERE of_union IS NULL ORDER BY id DESC LIMIT 10", Announcement)
OF_UNION = Query(f"{_ANNOUNCEMENT} WHERE of_union = :unit ORDER BY id DESC LIMIT 10", Announcement)
KEY = "announcement:"
"""What keys of its rows of the outbox, and of its reminder, begin with."""
_MINE = "IN (SELECT value FROM json_each(:posts))"
TO_PERSON = Query(
    f"""
    {_ANNOUNCEMENT} WHERE state = 'sent'
       AND id IN (SELECT announcement FROM announcement_receiver WHERE person {_MINE}) ORDER BY id DESC LIMIT 10
    """,
    Announcement,
)
"""The newest that have gone to somebody, in whichever post."""
UNSEEN_BY_PERSON = Query(
    f"""
    {_ANNOUNCEMENT} WHERE state = 'sent' AND due >= :since AND id IN (
            SELECT announcement FROM announcement_receiver
              JOIN outbox ON outbox.key = 'announcement:' || announcement || ':' || announcement_receiver.person
             WHERE announcement_receiver.person {_MINE} AND seen IS NULL
               AND outbox.state IN ('sent', 'ready', 'sending', 'unsure')) ORDER BY id
    """,
    Announcement,
)
"""Those that somebody has been sent since a day and has not answered."""
RECEIVED_BY = Query(
    f"SELECT person FROM announcement_receiver WHERE announcement = :id AND person {_MINE} ORDER BY person", int
)
"""Which of somebody's posts it has gone to."""
RECEIVERS = Query(
    """
    SELECT person.id, person.name, person.position, unit.name, person.active, seen, COALESCE(outbox.state, 'sent')
      FROM announcement_receiver AS receiver JOIN person ON person.id = receiver.person
           JOIN unit ON unit.code = person.unit
           LEFT JOIN outbox ON outbox.key = 'announcement:' || receiver.announcement || ':' || receiver.person
     WHERE receiver.announcement = :id ORDER BY unit.place, person.id
    """,
    AnnouncementReceiver,
)
SILENT = Query(
    """
    SELECT announcement.id, receiver.person, announcement.due
      FROM announcement JOIN announcement_receiver AS receiver ON receiver.announcement = announcement.id
           JOIN person ON person.id = receiver.person AND person.active
           JOIN outbox ON outbox.key = 'announcement:' || announcement.id || ':' || receiver.person
     WHERE announcement.state = 'sent' AND announcement.due >= :since AND reminded IS NULL AND seen IS NULL
       AND outbox.state IN ('sent', 'ready', 'unsure') ORDER BY announcement.id, receiver.person
    """,
    SilentReceiver,
)
"""Whoever was reached since a day, is silent, and whom nobody has reminded by hand."""


def row_key(id: int, person: int) -> str:
    """Return the key of the row that says an announcement to somebody."""
    return f"{KEY}{id}:{person}"


def set_down(
    tx: Tx,
    *,
    by: int,
    of_union: str | None,
    units: Mapping[str, Any],
    roles: Sequence[str],
    text: str,
    due: datetime,
    now: datetime,
) -> int:
    """Add an announcement that is to go at a time; return its number."""
    id: int = tx.value(
        """
        INSERT INTO announcement (by, of_union, units, roles, text, due, at)
        VALUES (:by, :of_union, :units, :roles, :text, :due, :now) RETURNING id
        """,
        by=by,
        of_union=of_union,
        units=dict(units),
        roles=list(roles),
        text=text,
        due=due,
        now=now,
    )
    return id


def send(tx: Tx, *, id: int, to: Iterable[int], now: datetime) -> bool:
    """Mark it as sent to these people; False when it was sent or recalled before."""
    if not tx.run(
        "UPDATE announcement SET state = 'sent', due = :now WHERE id = :id AND state = 'set'", id=id, now=now
    ):
        return False
    for person in to:
        tx.run(
            "INSERT INTO announcement_receiver (announcement, person) VALUES (:id, :person) ON CONFLICT DO NOTHING",
            id=id,
            person=person,
        )
    return True


def recall(tx: Tx, *, id: int, by: int, now: datetime) -> bool:
    """Take back what has not gone yet; return whether nobody was faster."""
    return (
        tx.run(
            "UPDATE announcement SET state = 'recalled', ended = :now, ended_by = :by WHERE id = :id AND state = 'set'",
            id=id,
            by=by,
            now=now,
        )
        == 1
    )


def stop(tx: Tx, *, id: int, by: int, now: datetime) -> int:
    """Cancel the messages of it that still wait; return how many."""
    n = tx.run(
        """
        UPDATE outbox SET state = 'cancelled', why = 'recalled'
         WHERE key BETWEEN :first AND :last AND state = 'waiting'
        """,
        first=f"{KEY}{id}:",
        last=f"{KEY}{id};",
    )
    if n:
        tx.run("UPDATE announcement SET ended = :now, ended_by = :by WHERE id = :id", id=id, by=by, now=now)
    return n


def remind(tx: Tx, *, id: int, by: int, now: datetime) -> bool:
    """Store that its one reminder has gone by hand; return whether none had."""
    return (
        tx.run(
            "UPDATE announcement SET reminded = :now, reminded_by = :by WHERE id = :id AND reminded IS NULL",
            id=id,
            by=by,
            now=now,
        )
        == 1
    )


def see(tx: Tx, *, id: int, person: int, now: datetime) -> bool:
    """Store that somebody has it; return whether they had not said so before."""
    return (
        tx.run(
            """
            UPDATE announcement_receiver SET seen = :now
             WHERE announcement = :id AND person = :person AND seen IS NULL
            """,
            id=id,
            person=person,
            now=now,
        )
        == 1
    )
