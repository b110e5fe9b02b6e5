"""Authors of registered items, with their shares in percent. Functions over Tx run on the writer's thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from storage.db import Query, Tx
from storage.initiatives import ITEM, Initiative


@dataclass(frozen=True, slots=True)
class Author:
    """An author with their share in percent."""

    initiative: int
    person: int
    name: str
    unit: str
    unit_name: str
    share: Decimal


_AUTHOR = """
    SELECT author.initiative, author.person, person.name, person.unit, unit.name, author.share
      FROM author JOIN person ON person.id = author.person JOIN unit ON unit.code = person.unit
"""
OF_ITEM = Query(f"{_AUTHOR} WHERE author.initiative = :id ORDER BY author.place", Author)
_OF_YEAR = """
    initiative.year = :year
    OR initiative.id IN (SELECT initiative FROM recognition WHERE day BETWEEN :first AND :last)
"""
ITEMS_OF_YEAR = Query(f"{ITEM} WHERE {_OF_YEAR} ORDER BY initiative.id", Initiative)
"""Every item of a year, or recognised in it."""
OF_YEAR = Query(
    f"""
    {_AUTHOR} JOIN initiative ON initiative.id = author.initiative
     WHERE {_OF_YEAR}
     ORDER BY author.initiative, author.place
    """,
    Author,
)
"""The authors of these."""

OF_YEAR = Query(
    f"""
    {_AUTHOR} JOIN initiative ON initiative.id = author.initiative
     WHERE initiative.year = :year OR initiative.id IN
           (SELECT initiative FROM recognition WHERE day BETWEEN :first AND :last)
     ORDER BY author.initiative, author.place
    """,
    Author,
)
"""Of what was registered for a year, or recognised in it."""


def put(tx: Tx, *, id: int, shares: Sequence[tuple[int, Any]]) -> None:
    """Replace the authors of an item: each with their share, in order."""
    tx.run("DELETE FROM author WHERE initiative = :id", id=id)
    for place, (person, share) in enumerate(shares):
        tx.run(
            "INSERT INTO author (initiative, person, share, place) VALUES (:id, :person, :share, :place)",
            id=id,
            person=person,
            share=str(share),
            place=place,
        )
