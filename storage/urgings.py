"""«Đôn đốc»: messages urged by hand on a day on which the receivers have heard already: they wait for consent."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.db import Query, Tx


class UrgingState(StrEnum):
    """How its consent stands."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Urging:
    """One message by somebody of the office that needs the consent of its head."""

    id: int
    duty: str
    year: int
    text: str
    people: list[int]
    """Whom it is asked for: they had heard already."""
    state: UrgingState
    by: int
    at: datetime


BY_ID = Query("SELECT id, duty, year, text, people, state, by, at FROM urging WHERE id = :id", Urging)


def ask(tx: Tx, *, duty: str, year: int, text: str, people: list[int], by: int, now: datetime) -> int:
    """Store what waits for consent; return its id."""
    id: int = tx.value(
        """
        INSERT INTO urging (duty, year, text, people, state, by, at)
        VALUES (:duty, :year, :text, :people, 'asked', :by, :now)
        RETURNING id
        """,
        duty=duty,
        year=year,
        text=text,
        people=people,
        by=by,
        now=now,
    )
    return id


def decide(tx: Tx, *, id: int, state: UrgingState, by: int) -> bool:
    """Set agreed or declined, once; return whether it was still to be decided."""
    return (
        tx.run(
            "UPDATE urging SET state = :state, decided = :by WHERE id = :id AND state = 'asked'",
            id=id,
            state=state,
            by=by,
        )
        == 1
    )


def take_back(tx: Tx, *, by: int, person: int | None = None, duty: str = "", year: int = 0) -> int:
    """Cancel what somebody urges (of one duty) as a message of its own; return how many there were."""
    return tx.run(
        """
        UPDATE outbox SET state = 'cancelled', why = 'taken back'
         WHERE by = :by AND kind = 'hand' AND news = 'urged' AND state = 'waiting'
           AND (:person IS NULL OR (person = :person AND json_extract(about, '$.duty') = :duty
                AND json_extract(about, '$.year') = :year))
        """,
        by=by,
        person=person,
        duty=duty,
        year=year,
    )
