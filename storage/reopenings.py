"""What is opened once more after it was received or locked: asked for, open until a day, ended somehow."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from storage import paper_sources
from storage.db import Query, Tx


class ReopeningState(StrEnum):
    """Where it stands: the first three are under way, the others have ended."""

    ASKED = "asked"
    """The unit asks for it, the office has not answered."""
    OPEN = "open"
    SENT = "sent"
    """A correction was sent and waits to be received."""
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    """Whoever asked does not ask any more."""
    KEPT = "kept"
    """The unit has said that what it sent stays as it is."""
    CLOSED = "closed"
    """The office has closed it early."""
    PASSED = "passed"
    """Its last day is over and nothing was sent."""
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class Reopening:
    """One record opened once more, or asked to be."""

    id: int
    record: str
    what: str
    unit: str
    unit_name: str
    year: int
    state: ReopeningState
    why: str
    asked_by: int | None
    asked: datetime | None
    reason: str
    by: int | None
    at: datetime | None
    day: date | None
    ended: datetime | None
    ended_by: int | None
    said: str


_REOPENING = """
    SELECT reopening.id, record, what, reopening.unit, unit.name, year, state, why, asked_by, asked, reason, by, at,
           day, reopening.ended, ended_by, said
      FROM reopening JOIN unit ON unit.code = reopening.unit
"""
_LIVE = "state IN ('asked', 'open', 'sent')"
BY_ID = Query(f"{_REOPENING} WHERE reopening.id = :id", Reopening)
LIVE = Query(f"{_REOPENING} WHERE record = :record AND {_LIVE}", Reopening)
"""The one that is under way for a record."""
LIVE_OF_UNIT = Query(f"{_REOPENING} WHERE reopening.unit = :unit AND {_LIVE} ORDER BY reopening.id", Reopening)
LIVE_OF_YEAR = Query(f"{_REOPENING} WHERE year = :year AND {_LIVE} ORDER BY unit.place, reopening.id", Reopening)
OF_YEAR = Query(f"{_REOPENING} WHERE year = :year AND state <> 'asked' ORDER BY unit.place, reopening.id", Reopening)
"""What was opened once more of a year, or refused."""
ALL_LIVE = Query(f"{_REOPENING} WHERE {_LIVE} ORDER BY reopening.id", Reopening)
OVER = Query(f"{_REOPENING} WHERE state = 'open' AND day < :today ORDER BY reopening.id", Reopening)
"""Those whose last day has passed with nothing sent."""


def ask(tx: Tx, *, record: str, what: str, unit: str, year: int, why: str, by: int, now: datetime) -> int:
    """Add a unit's wish to correct a record; return its id."""
    id: int = tx.value(
        """
        INSERT INTO reopening (record, what, unit, year, state, why, asked_by, asked)
        VALUES (:record, :what, :unit, :year, 'asked', :why, :by, :now) RETURNING id
        """,
        record=record,
        what=what,
        unit=unit,
        year=year,
        why=why,
        by=by,
        now=now,
    )
    return id


def open_again(
    tx: Tx, *, record: str, what: str, unit: str, year: int, day: date, reason: str, by: int, now: datetime
) -> int:
    """Open a record once more until the end of a day, by itself or as it was asked for; return the id."""
    id: int = tx.value(
        """
        INSERT INTO reopening (record, what, unit, year, state, reason, by, at, day)
        VALUES (:record, :what, :unit, :year, 'open', :reason, :by, :now, :day)
            ON CONFLICT (record) WHERE state IN ('asked', 'open', 'sent') DO UPDATE
               SET state = 'open', reason = :reason, by = :by, at = :now, day = :day
        RETURNING id
        """,
        record=record,
        what=what,
        unit=unit,
        year=year,
        reason=reason,
        by=by,
        now=now,
        day=day,
    )
    return id


def sent(tx: Tx, *, id: int) -> None:
    """Mark that a correction was sent: it waits to be received."""
    tx.run("UPDATE reopening SET state = 'sent' WHERE id = :id AND state = 'open'", id=id)


def end(tx: Tx, *, id: int, state: ReopeningState, by: int | None, now: datetime, said: str = "") -> None:
    """Mark how it has ended."""
    tx.run(
        "UPDATE reopening SET state = :state, ended = :now, ended_by = :by, said = :said WHERE id = :id",
        id=id,
        state=state,
        by=by,
        now=now,
        said=said,
    )


def receive(tx: Tx, *, record: str, by: int, now: datetime) -> None:
    """Mark a correction as received: it counts in the place of what the office had filed from paper, if it had."""
    paper_sources.replace(tx, record=record, now=now)
    tx.run(
        """
        UPDATE reopening SET state = 'received', ended = :now, ended_by = :by
         WHERE record = :record AND state IN ('open', 'sent')
        """,
        record=record,
        by=by,
        now=now,
    )


def give_back(tx: Tx, *, record: str, since: datetime) -> None:
    """Mark a correction as waiting again that was received at a moment or later."""
    paper_sources.give_back(tx, record=record, since=since)
    tx.run(
        """
        UPDATE reopening SET state = 'sent', ended = NULL, ended_by = NULL
         WHERE record = :record AND state = 'received' AND ended >= :since
           AND NOT EXISTS (SELECT 1 FROM reopening AS other
                            WHERE other.record = :record AND other.state IN ('asked', 'open', 'sent'))
        """,
        record=record,
        since=since,
    )
