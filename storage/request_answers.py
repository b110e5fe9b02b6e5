"""Whom requests of the office were sent to, and every answer that came, each version whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.db import Query, Tx
from storage.requests import OfficeRequest


@dataclass(frozen=True, slots=True)
class RequestReceiver:
    """Whom a request was sent to: a unit, or somebody."""

    request: int
    receiver: str
    unit: str | None
    person: int | None
    name: str
    """Of the unit or the person."""
    active: bool
    """Whether the unit, or the person, is still there."""


@dataclass(frozen=True, slots=True)
class RequestAnswer:
    """One version of an answer; `late` its calendar days after the last day."""

    request: int
    receiver: str
    version: int
    asks: int
    answers: dict[str, Any]
    sources: dict[str, Any]
    late: int
    by: int
    at: datetime


@dataclass(frozen=True, slots=True)
class AskedReceiver:
    """Whom a request went to, and when they have answered."""

    request: int
    receiver: str
    unit: str | None
    name: str
    version: int | None
    at: datetime | None
    late: int | None


@dataclass(frozen=True, slots=True)
class AnswerTally:
    """Of a request, how many got it and how many have answered what it asks now."""

    request: int
    receivers: int
    answered: int


_RECEIVER = """
    SELECT request_receiver.request, request_receiver.receiver, request_receiver.unit, request_receiver.person,
           COALESCE(person.name, unit.name), COALESCE(person.active, unit.active)
      FROM request_receiver LEFT JOIN unit ON unit.code = request_receiver.unit
           LEFT JOIN person ON person.id = request_receiver.person
"""
_ANSWER = "SELECT request, receiver, version, asks, answers, sources, late, by, at FROM request_answer AS answer"
_LAST = """
    version = (SELECT MAX(version) FROM request_answer AS other
                WHERE other.request = answer.request AND other.receiver = answer.receiver)
"""
RECEIVERS = Query(
    f"{_RECEIVER} WHERE request_receiver.request = :request ORDER BY unit.place, person.name, request_receiver.receiver",
    RequestReceiver,
)
RECEIVER = Query(
    f"{_RECEIVER} WHERE request_receiver.request = :request AND request_receiver.receiver = :receiver", RequestReceiver
)
ANSWERS = Query(f"{_ANSWER} WHERE request = :request AND {_LAST} ORDER BY at, receiver", RequestAnswer)
"""The answers that count."""
ANSWER = Query(
    f"{_ANSWER} WHERE request = :request AND receiver = :receiver ORDER BY version DESC LIMIT 1", RequestAnswer
)
OF_YEAR = Query(
    f"""
    SELECT receiver.request, receiver.receiver, receiver.unit, COALESCE(person.name, unit.name),
           answer.version, answer.at, answer.late
      FROM request_receiver AS receiver JOIN request ON request.id = receiver.request
           LEFT JOIN unit ON unit.code = receiver.unit LEFT JOIN person ON person.id = receiver.person
           LEFT JOIN request_answer AS answer ON answer.request = receiver.request
                AND answer.receiver = receiver.receiver AND answer.asks = request.asks AND {_LAST}
     WHERE request.code GLOB 'YC-' || :year || '-*'
     ORDER BY receiver.request, unit.place, person.name, receiver.receiver
    """,
    AskedReceiver,
)
"""Everybody to whom a request of a year went, with whether they have answered what it asks now."""
TALLIES = Query(
    f"""
    SELECT request_receiver.request, COUNT(*), COUNT(answer.version)
      FROM request_receiver JOIN request ON request.id = request_receiver.request
           LEFT JOIN request_answer AS answer ON answer.request = request.id
                 AND answer.receiver = request_receiver.receiver AND answer.asks = request.asks AND {_LAST}
     GROUP BY request_receiver.request
    """,
    AnswerTally,
)


def put_receivers(tx: Tx, *, request: int, units: Sequence[str] = (), persons: Sequence[int] = ()) -> None:
    """Store whom a request goes to."""
    of = [(code, code, None) for code in units] + [(f"@{id}", None, id) for id in persons]
    for receiver, unit, person in of:
        tx.run(
            """
            INSERT INTO request_receiver (request, receiver, unit, person)
            VALUES (:request, :receiver, :unit, :person)
            """,
            request=request,
            receiver=receiver,
            unit=unit,
            person=person,
        )


def answer(
    tx: Tx,
    *,
    request: OfficeRequest,
    receiver: str,
    answers: Mapping[str, Any],
    sources: Mapping[str, Any],
    late: int,
    by: int,
    now: datetime,
) -> int:
    """Store an answer; return its version. It counts from now on, those before it are kept."""
    version: int = tx.value(
        """
        INSERT INTO request_answer (request, receiver, version, asks, answers, sources, late, by, at)
        SELECT :request, :receiver, 1 + COALESCE(MAX(version), 0), :asks, :answers, :sources, :late, :by, :now
          FROM request_answer WHERE request = :request AND receiver = :receiver
        RETURNING version
        """,
        request=request.id,
        receiver=receiver,
        asks=request.asks,
        answers=dict(answers),
        sources=dict(sources),
        late=late,
        by=by,
        now=now,
    )
    return version
