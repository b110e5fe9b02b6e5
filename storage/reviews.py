"""Reviews of several years that units send: one a unit and review that counts, every version kept; and which reviews are closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.db import Query, Tx
from storage.unit_history import name_in


@dataclass(frozen=True, slots=True)
class SentReview:
    """A version of a unit's review; `first` is when its first one was sent, `late` its calendar days after the last day."""

    id: int
    unit: str
    unit_name: str
    year: int
    duty: str
    code: str
    version: int
    answers: dict[str, Any]
    basis: dict[str, Any]
    """By year, the version of the yearly report whose figures stood in it; None where none had been sent."""
    late: int
    by: int | None
    at: datetime
    first: datetime
    received: datetime | None


@dataclass(frozen=True, slots=True)
class ReviewClosing:
    """That the office takes no more of a review."""

    duty: str
    year: int
    by: int
    at: datetime


_REVIEW = f"""
    SELECT review.id, review.unit, {name_in("review.year")}, review.year, review.duty, review.code, review.version,
           review.answers, review.basis, review.late, review.by, review.at, review.first, review.received
      FROM unit_review AS review JOIN unit ON unit.code = review.unit
"""
_COUNTED = "review.state = 'counted'"
BY_CODE = Query(f"{_REVIEW} WHERE {_COUNTED} AND review.code = :code", SentReview)
"""The version that counts; so are all others but the list of versions."""
VERSIONS = Query(f"{_REVIEW} WHERE review.code = :code ORDER BY review.version", SentReview)
OF_YEAR = Query(f"{_REVIEW} WHERE {_COUNTED} AND review.year = :year ORDER BY unit.place", SentReview)
OF_PERSON = Query(f"{_REVIEW} WHERE {_COUNTED} AND review.by = :person ORDER BY review.year", SentReview)
CLOSING = Query("SELECT duty, year, by, at FROM review_closing WHERE duty = :duty AND year = :year", ReviewClosing)


def send(
    tx: Tx,
    *,
    unit: str,
    year: int,
    duty: str,
    code: str,
    answers: Mapping[str, Any],
    basis: Mapping[str, Any],
    late: int,
    by: int,
    now: datetime,
    plan_hash: str,
) -> int:
    """Store a version that counts from now on; return its number. What is in time goes by the first one."""
    before = tx.one(BY_CODE, code=code)
    tx.run("UPDATE unit_review SET state = 'past' WHERE code = :code AND state = 'counted'", code=code)
    version = 1 if before is None else before.version + 1
    tx.run(
        """
        INSERT INTO unit_review (unit, year, duty, code, version, answers, basis, late, by, at, first, plan_hash)
        VALUES (:unit, :year, :duty, :code, :version, :answers, :basis, :late, :by, :now, :first, :plan_hash)
        """,
        unit=unit,
        year=year,
        duty=duty,
        code=code,
        version=version,
        answers=dict(answers),
        basis=dict(basis),
        late=late if before is None else before.late,
        by=by,
        now=now,
        first=now if before is None else before.first,
        plan_hash=plan_hash,
    )
    return version


def receive(tx: Tx, *, code: str, now: datetime) -> None:
    """Mark the version that counts as received: from now on it is locked for whoever sent it."""
    tx.run("UPDATE unit_review SET received = :now WHERE code = :code AND state = 'counted'", code=code, now=now)


def give_back(tx: Tx, *, code: str) -> bool:
    """Mark it as not received any more; return whether it was."""
    found = tx.run(
        "UPDATE unit_review SET received = NULL WHERE code = :code AND state = 'counted' AND received IS NOT NULL",
        code=code,
    )
    return found == 1


def close(tx: Tx, *, duty: str, year: int, by: int, now: datetime) -> None:
    """Store that the office takes no more of a review."""
    tx.run(
        "INSERT INTO review_closing (duty, year, by, at) VALUES (:duty, :year, :by, :now)",
        duty=duty,
        year=year,
        by=by,
        now=now,
    )


def open_again(tx: Tx, *, duty: str, year: int) -> None:
    """Delete that it was closed."""
    tx.run("DELETE FROM review_closing WHERE duty = :duty AND year = :year", duty=duty, year=year)
