"""What the sheets of items answer beside title, area and authors: by the plan's questions, every version kept."""

from dataclasses import dataclass
from typing import Any

from storage.db import Query, Tx
from storage.values import dumps, loads


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """An answer that stands: its question's code and its JSON value."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class AnswerOfItem:
    """An answer that stands, of one of many items, as JSON."""

    item: int
    value: str


NEWEST = "version = (SELECT MAX(version) FROM item_answer AS each WHERE each.item = item_answer.item AND each.field = item_answer.field)"
"""Of several versions of an answer, the one that stands."""
OF_ITEM = Query(f"SELECT field, value FROM item_answer WHERE item = :id AND {NEWEST}", ItemAnswer)
OF_YEAR = Query(
    f"""
    SELECT item_answer.item, item_answer.value FROM item_answer JOIN initiative ON initiative.id = item_answer.item
      JOIN json_each(:fields) AS asked ON asked.value = item_answer.field
     WHERE initiative.year = :year AND item_answer.value <> 'null' AND item_answer.{NEWEST}
    """,
    AnswerOfItem,
)
"""What the items of a year answer to some questions."""
NAMED = Query(f"SELECT person FROM item_answer WHERE item = :id AND person IS NOT NULL AND {NEWEST}", int)
"""Whom the answers of an item name."""


def of(tx: Tx, id: int) -> dict[str, Any]:
    """Return what an item answers, by field; what was left empty is not there."""
    return {each.field: loads(each.value) for each in tx.all(OF_ITEM, id=id) if each.value != "null"}


def put(tx: Tx, *, id: int, version: int, field: str, value: Any, person: int | None) -> None:
    """Store an answer as it is from this version of the item on, with the person it names."""
    tx.run(
        """
        INSERT INTO item_answer (item, field, version, value, person) VALUES (:id, :field, :version, :value, :person)
            ON CONFLICT (item, field, version) DO UPDATE SET value = :value, person = :person
        """,
        id=id,
        field=field,
        version=version,
        value=dumps(value),
        person=person,
    )
