"""Requests of people about their own data: a correction or an erasure, and how the office has answered.

Law 91/2025/QH15, articles 13 and 14; the days of Decree 356/2025/NĐ-CP stand in the plan.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from storage.db import Query, Tx


class DataWish(StrEnum):
    """What somebody asks for."""

    CORRECT = "correct"
    ERASE = "erase"


class RequestState(StrEnum):
    """How a request stands."""

    OPEN = "open"
    SEEN = "seen"
    """The office has said that it has it."""
    DONE = "done"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class DataRequest:
    """One request: of whom, about what, until when."""

    id: int
    person: int
    what: DataWish
    part: str
    text: str
    state: RequestState
    reply_by: date
    done_by: date
    extended: str
    reason: str
    by: int | None
    decided: datetime | None
    at: datetime

    @property
    def waits(self) -> bool:
        """Whether the office still owes something."""
        return self.state in (RequestState.OPEN, RequestState.SEEN)

    @property
    def due(self) -> date:
        """The last day of what the office owes next: a word, then the deed."""
        return self.reply_by if self.state is RequestState.OPEN else self.done_by


_REQUEST = """
    SELECT id, person, what, part, text, state, reply_by, done_by, extended, reason, by, decided, at FROM data_request
"""
BY_ID = Query(f"{_REQUEST} WHERE id = :id", DataRequest)
WAITING = Query(f"{_REQUEST} WHERE state IN ('open', 'seen') ORDER BY done_by, id", DataRequest)
OF_PERSON = Query(
    f"{_REQUEST} WHERE person IN (SELECT value FROM json_each(:posts)) ORDER BY id DESC LIMIT 50", DataRequest
)


def ask(
    tx: Tx, *, person: int, what: DataWish, part: str, text: str, reply_by: date, done_by: date, now: datetime
) -> int:
    """Store a request; return its number."""
    id: int = tx.value(
        """
        INSERT INTO data_request (person, what, part, text, reply_by, done_by, at)
        VALUES (:person, :what, :part, :text, :reply_by, :done_by, :now) RETURNING id
        """,
        person=person,
        what=what,
        part=part,
        text=text,
        reply_by=reply_by,
        done_by=done_by,
        now=now,
    )
    return id


def see(tx: Tx, *, id: int) -> bool:
    """Note that the office has it; return whether nobody had said so before."""
    return tx.run("UPDATE data_request SET state = 'seen' WHERE id = :id AND state = 'open'", id=id) == 1


def extend(tx: Tx, *, id: int, done_by: date, reason: str) -> bool:
    """Set a later last day, once; return whether it was still possible."""
    return (
        tx.run(
            """
            UPDATE data_request SET state = 'seen', done_by = :done_by, extended = :reason
             WHERE id = :id AND state IN ('open', 'seen') AND extended = ''
            """,
            id=id,
            done_by=done_by,
            reason=reason,
        )
        == 1
    )


def decide(tx: Tx, *, id: int, state: RequestState, reason: str, by: int | None, now: datetime) -> bool:
    """Close a request; return whether it was still open."""
    return (
        tx.run(
            """
            UPDATE data_request SET state = :state, reason = :reason, by = :by, decided = :now
             WHERE id = :id AND state IN ('open', 'seen')
            """,
            id=id,
            state=state,
            reason=reason,
            by=by,
            now=now,
        )
        == 1
    )


def forget(tx: Tx, *, person: int, now: datetime) -> int:
    """Close what somebody has asked for who withdraws agreement, and empty their words; return how many were open."""
    closed = tx.run(
        """
        UPDATE data_request SET state = 'withdrawn', decided = :now
         WHERE person = :person AND state IN ('open', 'seen')
        """,
        person=person,
        now=now,
    )
    tx.run("UPDATE data_request SET text = '' WHERE person = :person AND text <> ''", person=person)
    return closed
