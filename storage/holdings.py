"""What hangs on somebody's post: looked up when they leave it, and given to others. Functions over Tx run on the writer's thread."""

from dataclasses import dataclass

from storage import item_answers
from storage.db import Query, Tx
from storage.deadlines import Promise
from storage.drafts import Head
from storage.initiatives import LEFT, ItemState, listed
from storage.item_answers import NEWEST
from storage.people import Person, of_whom


@dataclass(frozen=True, slots=True)
class HeldItem:
    """A registered item that somebody is in charge of, or has to complete."""

    id: int
    code: str
    returned: bool


@dataclass(frozen=True, slots=True)
class NamedInItem:
    """A registered item of which an answer names somebody."""

    id: int
    code: str
    field: str


_HELD = "SELECT id, code, state = 'returned' FROM initiative WHERE unit = :unit"
IN_CHARGE = Query(
    f"{_HELD} AND charge = :person AND year >= :since AND state NOT IN ({listed(LEFT | {ItemState.RECOGNISED})}) ORDER BY id",
    HeldItem,
)
NAMED = Query(
    f"""
    SELECT initiative.id, code, named.field
      FROM (SELECT item, field FROM item_answer WHERE person = :person AND {NEWEST}) AS named
           JOIN initiative ON initiative.id = named.item
     WHERE unit = :unit AND year >= :since AND state NOT IN ({listed(LEFT | {ItemState.RECOGNISED})}) ORDER BY initiative.id, named.field
    """,
    NamedInItem,
)
UNCONFIRMED = Query(f"{_HELD} AND by = :person AND state IN ('sent', 'returned') ORDER BY id", HeldItem)
"""Written by somebody and not confirmed yet."""
AUTHORED = Query(
    f"""
    SELECT COUNT(*) FROM author JOIN initiative ON initiative.id = author.initiative
     WHERE author.person = :person AND initiative.year >= :since AND initiative.state NOT IN ({listed(LEFT)})
    """,
    int,
)
PROMISED = Query(
    "SELECT unit, duty, year, day FROM promise WHERE unit = :unit AND by = :person ORDER BY year, duty", Promise
)
HELPED = Query(
    """
    SELECT id, person, form, subject, asking, notes, state, touched, unit, plan_hash FROM draft
     WHERE state = 'open' AND unit = :unit AND person <> :person
       AND EXISTS (SELECT 1 FROM answer WHERE answer.draft = draft.id AND answer.by = :person AND source = 'typed')
     ORDER BY id
    """,
    Head,
)
"""Sheets of others in which somebody has answered questions."""
REPLACING = Query(of_whom("(person.stands_in = :id OR person.away_to = :id) AND person.active"), Person)
"""For whom somebody acts, always or while they are away."""


def set_charge(tx: Tx, *, id: int, person: int) -> None:
    """Set who is in charge of an item; its version goes up, for what was shown of it is not so any more."""
    tx.run("UPDATE initiative SET charge = :person, version = version + 1 WHERE id = :id", id=id, person=person)


def set_named(tx: Tx, *, id: int, field: str, person: int) -> None:
    """Set whom an answer of an item names, from its next version on; the answer of before is kept."""
    version: int = tx.value("UPDATE initiative SET version = version + 1 WHERE id = :id RETURNING version", id=id)
    item_answers.put(tx, id=id, version=version, field=field, value=person, person=person)


def set_writer(tx: Tx, *, id: int, person: int) -> None:
    """Set who may change an item that has not been confirmed; its authors stay."""
    tx.run("UPDATE initiative SET by = :person, version = version + 1 WHERE id = :id", id=id, person=person)


def end_own_stand_in(tx: Tx, *, person: int) -> None:
    """Delete whoever acts for somebody."""
    tx.run("UPDATE person SET stands_in = NULL, away_to = NULL WHERE id = :person", person=person)
