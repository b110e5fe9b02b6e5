"""Who belongs to which union, since when, by whose hand."""

from dataclasses import dataclass
from datetime import datetime

from storage import people
from storage.db import Query, Tx
from storage.people import Person

OF_UNIT = Query(
    people.of_whom(
        "person.active AND person.id IN (SELECT person FROM union_member WHERE unit = :unit AND ended IS NULL)"
    ),
    Person,
)
"""Its members who still work in the office."""


@dataclass(frozen=True, slots=True)
class UnionCount:
    """How many members a union has."""

    unit: str
    members: int


COUNTS = Query(
    """
    SELECT union_member.unit, COUNT(*) FROM union_member JOIN person ON person.id = union_member.person
     WHERE ended IS NULL AND person.active GROUP BY union_member.unit
    """,
    UnionCount,
)
BELONGS = Query(
    """
    SELECT 1 FROM union_member
     WHERE unit = :unit AND ended IS NULL AND person IN (SELECT value FROM json_each(:posts)) LIMIT 1
    """,
    int,
)
"""Whether somebody belongs to it, in any of their posts."""


def add(tx: Tx, *, unit: str, person: int, by: int, now: datetime) -> bool:
    """Add a member; return whether they were none."""
    return (
        tx.run(
            """
            INSERT INTO union_member (unit, person, by, at) VALUES (:unit, :person, :by, :now) ON CONFLICT DO NOTHING
            """,
            unit=unit,
            person=person,
            by=by,
            now=now,
        )
        == 1
    )


def end(tx: Tx, *, unit: str, person: int, by: int, now: datetime) -> bool:
    """End a membership; return whether there was one."""
    return (
        tx.run(
            """
            UPDATE union_member SET ended = :now, ended_by = :by
             WHERE unit = :unit AND person = :person AND ended IS NULL
            """,
            unit=unit,
            person=person,
            by=by,
            now=now,
        )
        == 1
    )
