"""Suggestions to award somebody, which the head of the unit alone reads. Functions over Tx run on the writer's thread."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.db import Query, Tx


class SuggestionState(StrEnum):
    """What the head has made of it."""

    WAITING = "waiting"
    TAKEN = "taken"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class AwardSuggestion:
    """Who suggests whom, and why."""

    id: int
    unit: str
    what: str
    """«person», «unit» or «group»."""
    person: int | None
    name: str
    merit: str
    by: int
    at: datetime
    state: SuggestionState
    answer: str
    answered_by: int | None
    answered: datetime | None
    award: int | None


_SUGGESTION = """
    SELECT id, unit, what, person, name, merit, by, at, state, answer, answered_by, answered, award
      FROM award_suggestion
"""
BY_ID = Query(f"{_SUGGESTION} WHERE id = :id", AwardSuggestion)
WAITING_OF_UNIT = Query(f"{_SUGGESTION} WHERE unit = :unit AND state = 'waiting' ORDER BY id", AwardSuggestion)
OF_PERSON = Query(f"{_SUGGESTION} WHERE by = :person ORDER BY id DESC LIMIT 10", AwardSuggestion)
"""Those that somebody has made."""


def add(tx: Tx, *, unit: str, what: str, person: int | None, name: str, merit: str, by: int, now: datetime) -> int:
    """Store a suggestion; return its number."""
    id: int = tx.value(
        """
        INSERT INTO award_suggestion (unit, what, person, name, merit, by, at)
        VALUES (:unit, :what, :person, :name, :merit, :by, :now) RETURNING id
        """,
        unit=unit,
        what=what,
        person=person,
        name=name,
        merit=merit,
        by=by,
        now=now,
    )
    return id


def answer(
    tx: Tx, *, id: int, state: SuggestionState, by: int, now: datetime, said: str = "", award: int | None = None
) -> bool:
    """Store what became of a suggestion; return whether it still waited."""
    return (
        tx.run(
            """
            UPDATE award_suggestion
               SET state = :state, answer = :said, answered_by = :by, answered = :now, award = :award
             WHERE id = :id AND state = 'waiting'
            """,
            id=id,
            state=state,
            said=said,
            by=by,
            now=now,
            award=award,
        )
        == 1
    )
