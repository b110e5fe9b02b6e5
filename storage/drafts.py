"""Drafts: answer sheets being filled in; every answer is kept as it is given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from storage import forgetting
from storage.db import Query, Tx
from storage.values import stored


class DraftState(StrEnum):
    """Where a draft stands."""

    OPEN = "open"
    FILED = "filed"
    DROPPED = "dropped"
    ARCHIVED = "archived"
    """Archived: its writer may not go on with it, or has not touched it for long."""


@dataclass(frozen=True, slots=True)
class Head:
    """A draft without its answers."""

    id: int
    person: int | None
    form: str
    subject: str
    asking: str
    notes: dict[str, Any]
    state: DraftState
    touched: datetime
    unit: str
    """The unit it was begun for: who has left it does not go on with it."""
    plan_hash: str
    """The plan under which it was begun."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an answer: its field, place, JSON value, source and message."""

    field: str
    part: int
    value: str
    source: str
    message: int | None


@dataclass(frozen=True, slots=True)
class Given:
    """Which answer of an open draft a message gave."""

    draft: int
    field: str
    part: int
    state: DraftState


@dataclass(frozen=True, slots=True)
class DraftWriter:
    """Somebody who has typed answers of a draft."""

    person: int
    answers: int


_HEAD = "SELECT id, person, form, subject, asking, notes, state, touched, unit, plan_hash FROM draft"
BY_ID = Query(f"{_HEAD} WHERE id = :id", Head)
OPEN = Query(f"{_HEAD} WHERE person = :person AND form = :form AND subject = :subject AND state = 'open'", Head)
OPEN_OF_PERSON = Query(f"{_HEAD} WHERE person = :person AND state = 'open' ORDER BY touched DESC", Head)
_BEGUN = "EXISTS (SELECT 1 FROM answer WHERE answer.draft = draft.id)"
# A form that was only looked at is nobody's task.
BEGUN_OF_PERSON = Query(f"{_HEAD} WHERE person = :person AND state = 'open' AND {_BEGUN} ORDER BY touched DESC", Head)
OPEN_OF_FORM = Query(f"{_HEAD} WHERE form = :form AND state = 'open' ORDER BY id", Head)
OPEN_OF_SUBJECT = Query(f"{_HEAD} WHERE form = :form AND subject = :subject AND state = 'open'", Head)
ARCHIVED = Query(
    f"{_HEAD} WHERE person = :person AND unit = :unit AND state = 'archived' ORDER BY touched DESC LIMIT 8", Head
)
_NUDGED = """
    SELECT 1 FROM rung WHERE rung.key = 'draft:' || draft.id || ':' || draft.touched AND rung.person = draft.person
"""
IDLE = Query(
    f"""{_HEAD} WHERE state = 'open' AND person IS NOT NULL AND touched < :before AND {_BEGUN}
        AND NOT EXISTS ({_NUDGED})
        AND NOT EXISTS (SELECT 1 FROM person WHERE person.id = draft.person AND :today BETWEEN away_from AND away_until)
      ORDER BY id""",
    Head,
)
"""Sheets that were begun, left, and not spoken of since."""
OVER = Query(
    f"""{_HEAD} WHERE state = 'open' AND person IS NOT NULL AND {_BEGUN}
        AND subject GLOB '[0-9][0-9][0-9][0-9]' AND subject < :year
        AND NOT EXISTS (
            SELECT 1 FROM rung WHERE rung.key = 'draft:' || draft.id || ':over' AND rung.person = draft.person)
        AND NOT EXISTS (SELECT 1 FROM person WHERE person.id = draft.person AND :today BETWEEN away_from AND away_until)
      ORDER BY id""",
    Head,
)
"""Sheets of a year that is over, which were begun, and whose writers have not been told."""
PARTS = Query("SELECT field, part, value, source, message FROM answer WHERE draft = :draft ORDER BY field, part", Part)
WRITERS = Query(
    """
    SELECT by, COUNT(DISTINCT field) FROM answer
     WHERE draft = :draft AND source = 'typed' AND by IS NOT NULL GROUP BY by ORDER BY 2 DESC, by
    """,
    DraftWriter,
)
"""Who has typed answers of a draft, and how many each."""
ANSWERED = Query("SELECT DISTINCT field FROM answer WHERE draft = :draft", str)
GIVEN_BY = Query(
    """
    SELECT answer.draft, answer.field, answer.part, draft.state
      FROM answer JOIN draft ON draft.id = answer.draft
     WHERE answer.message = :message AND draft.state IN ('open', 'filed')
     ORDER BY draft.state = 'filed', answer.draft DESC LIMIT 1
    """,
    Given,
)


def nudge_key(head: Head) -> str:
    """Return the key by which somebody is reminded once of a sheet as they left it."""
    return f"draft:{head.id}:{stored(head.touched)}"


def over_key(head: Head) -> str:
    """Return the key by which somebody is told once that the year of a sheet is over."""
    return f"draft:{head.id}:over"


def fields(tx: Tx, draft: int) -> frozenset[str]:
    """Return which questions of a draft are answered."""
    return frozenset(tx.all(ANSWERED, draft=draft))


def start(tx: Tx, *, person: int, unit: str, form: str, subject: str, plan_hash: str, now: datetime) -> int:
    """Begin a draft; return its id."""
    id: int = tx.value(
        """
        INSERT INTO draft (person, unit, form, subject, plan_hash, at, touched)
        VALUES (:person, :unit, :form, :subject, :plan_hash, :now, :now)
        RETURNING id
        """,
        person=person,
        unit=unit,
        form=form,
        subject=subject,
        plan_hash=plan_hash,
        now=now,
    )
    return id


def save(tx: Tx, *, id: int, asking: str, notes: Mapping[str, Any], state: DraftState, now: datetime) -> None:
    """Store where the draft stands."""
    tx.run(
        """
        UPDATE draft SET asking = :asking, notes = :notes, touched = :now, state = COALESCE(:ended, state)
         WHERE id = :id
        """,
        id=id,
        asking=asking,
        notes=dict(notes),
        now=now,
        ended=None if state is DraftState.OPEN else state,
    )
    if state is DraftState.DROPPED:
        forgetting.dropped(tx, id)


def put(
    tx: Tx, *, draft: int, field: str, parts: Sequence[tuple[str, str, int | None]], first: bool, by: int | None
) -> None:
    """Store the answer of a field as (JSON value, source, message) parts, given by somebody; without parts delete it.

    `first` says that there was none before.
    """
    if not first:
        tx.run("DELETE FROM answer WHERE draft = :draft AND field = :field", draft=draft, field=field)
    for place, (value, source, message) in enumerate(parts):
        tx.run(
            """
            INSERT INTO answer (draft, field, part, value, source, message, by)
            VALUES (:draft, :field, :place, :value, :source, :message, :by)
            """,
            draft=draft,
            field=field,
            place=place,
            value=value,
            source=source,
            message=message,
            by=by,
        )


def count(tx: Tx, draft: int) -> int:
    """Return how many fields are answered."""
    n: int = tx.value("SELECT COUNT(DISTINCT field) FROM answer WHERE draft = :draft", draft=draft)
    return n


def archive(tx: Tx, *, before: datetime) -> None:
    """Archive what nobody has touched since then."""
    tx.run("UPDATE draft SET state = 'archived' WHERE state = 'open' AND touched < :day", day=before)


def put_away(tx: Tx, *, id: int) -> None:
    """Archive a sheet that its writer may not go on with."""
    tx.run("UPDATE draft SET state = 'archived' WHERE id = :id", id=id)


def restore(tx: Tx, *, id: int, now: datetime) -> bool:
    """Open an archived sheet again; False when another one of its kind is open."""
    return bool(
        tx.run(
            """
            UPDATE OR IGNORE draft SET state = 'open', touched = :now
             WHERE id = :id AND state = 'archived'
            """,
            id=id,
            now=now,
        )
    )


def reopen(tx: Tx, *, id: int) -> None:
    """Open a sheet again that was sent and not taken: nothing has come of it."""
    tx.run("UPDATE draft SET state = 'open' WHERE id = :id AND state = 'filed'", id=id)


def hand_over(tx: Tx, *, id: int, person: int, now: datetime) -> None:
    """Make the draft somebody else's and open it: the head goes on with what a colleague has begun."""
    tx.run(
        "UPDATE draft SET person = :person, state = 'open', touched = :now WHERE id = :id",
        id=id,
        person=person,
        now=now,
    )
