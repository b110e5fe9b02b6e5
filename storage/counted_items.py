"""Registered items as targets count them: their state, where decisions have recognised them, whose they are."""

from dataclasses import dataclass

from storage.db import Query
from storage.people import OWES


@dataclass(frozen=True, slots=True)
class CountedItem:
    """An item that a target of a year may count."""

    id: int
    unit: str
    kind: str
    of_year: bool
    """Whether it is of that year: what is of another one has a decision of that year."""
    state: str


@dataclass(frozen=True, slots=True)
class PartIn:
    """Somebody who has a part in an item, by their first post."""

    item: int
    person: int


@dataclass(frozen=True, slots=True)
class OnRoster:
    """An official of a unit, by their first post."""

    unit: str
    person: int


_OF_YEAR = """
    (initiative.year = :year OR initiative.id IN
        (SELECT initiative FROM recognition WHERE day BETWEEN :first AND :last))
"""
_ITEM = f"SELECT id, unit, kind, year = :year, state FROM initiative WHERE {_OF_YEAR}"
OF_YEAR = Query(_ITEM, CountedItem)
OF_UNIT = Query(f"{_ITEM} AND unit = :unit", CountedItem)
PARTS = Query(
    f"""
    SELECT initiative.id, COALESCE(person.human, person.id)
      FROM initiative JOIN author ON author.initiative = initiative.id JOIN person ON person.id = author.person
     WHERE {_OF_YEAR}
     UNION
    SELECT initiative.id, COALESCE(person.human, person.id)
      FROM initiative JOIN person ON person.id = initiative.charge
     WHERE {_OF_YEAR}
    """,
    PartIn,
)
"""The authors of items, and whoever is in charge of one."""
OFFICIALS = Query(
    f"""
    SELECT person.unit, COALESCE(person.human, person.id)
      FROM person JOIN unit ON unit.code = person.unit
     WHERE person.active AND person.kind IN ('cong_chuc', 'vien_chuc') AND unit.active AND {OWES}
    """,
    OnRoster,
)
