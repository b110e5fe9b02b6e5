"""What is held by posts of those who have left: who acts, drafts, is in charge, is named. Reads."""

from dataclasses import dataclass

from storage.db import Query
from storage.initiatives import LEFT, ItemState, listed
from storage.item_answers import NEWEST


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """Something of a unit that lies with somebody who has left."""

    what: str
    """acting, drafting, charge or named."""
    unit_name: str
    person: str
    about: str
    """Whom they act for, or the code of an item."""
    field: str = ""
    """Which of its answers names them."""


ALL = Query(
    f"""
    SELECT 'acting', unit.name, gone.name, other.name, ''
      FROM person AS other JOIN person AS gone ON gone.id IN (other.stands_in, other.away_to) AND NOT gone.active
           JOIN unit ON unit.code = other.unit
     WHERE other.active
     UNION
    SELECT 'drafting', unit.name, gone.name, '', ''
      FROM delegate JOIN person AS gone ON gone.id = delegate.person AND NOT gone.active
           JOIN unit ON unit.code = delegate.unit AND unit.active
     WHERE delegate.year >= :year
     UNION
    SELECT 'charge', unit.name, gone.name, initiative.code, ''
      FROM initiative JOIN person AS gone ON gone.id = initiative.charge AND NOT gone.active
           JOIN unit ON unit.code = initiative.unit
     WHERE initiative.year >= :year AND initiative.state NOT IN ({listed(LEFT | {ItemState.RECOGNISED})})
     UNION
    SELECT 'named', unit.name, gone.name, initiative.code, named.field
      FROM (SELECT item, field, person FROM item_answer WHERE person IS NOT NULL AND {NEWEST}) AS named
           JOIN person AS gone ON gone.id = named.person AND NOT gone.active
           JOIN initiative ON initiative.id = named.item JOIN unit ON unit.code = initiative.unit
     WHERE initiative.year >= :year AND initiative.state NOT IN ({listed(LEFT | {ItemState.RECOGNISED})})
     ORDER BY 2, 1, 3
    """,
    LeftBehind,
)
"""From a year on."""
