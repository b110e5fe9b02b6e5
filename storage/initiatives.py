"""Initiatives, models and key tasks: what is registered, and how far it is. Functions over Tx run on the writer's thread."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.db import Query, Tx
from storage.item_answers import NEWEST
from storage.unit_history import name_in
from storage.values import columns


class ItemState(StrEnum):
    """Where an item stands between its writer, the head of the unit and the office."""

    SENT = "sent"
    RETURNED = "returned"
    CONFIRMED = "confirmed"
    RECEIVED = "received"
    REQUESTED = "requested"
    """Its authors ask for its recognition."""
    INCOMPLETE = "incomplete"
    """The office asks for something to be added to the request."""
    COMPLETE = "complete"
    """The office has found the request complete: it is being decided."""
    RECOGNISED = "recognised"
    DECLINED = "declined"
    """A decision does not recognise it, for a reason."""
    WITHDRAWN = "withdrawn"
    """Whoever wrote it does not want it any more."""
    CANCELLED = "cancelled"
    """Its unit does not go on with it, after it was confirmed."""
    REJECTED = "rejected"
    """The office does not take it in."""


EDITABLE = frozenset({ItemState.SENT, ItemState.RETURNED, ItemState.CONFIRMED})
"""While the office has not received it, whoever wrote it may change it."""
UNCONFIRMED = frozenset({ItemState.SENT, ItemState.RETURNED})
UNDECIDED = frozenset({ItemState.RECEIVED, ItemState.REQUESTED, ItemState.INCOMPLETE, ItemState.COMPLETE})
"""The office has received it, and no decision is there yet."""
AT_OFFICE = UNDECIDED | {ItemState.RECOGNISED, ItemState.DECLINED}
"""The office has received it: a decision may recognise it."""
READY = AT_OFFICE | {ItemState.CONFIRMED}
"""From the confirmation on it counts for the unit, and the office sees it."""
LEFT = frozenset({ItemState.WITHDRAWN, ItemState.CANCELLED, ItemState.REJECTED})
"""It is not gone on with: it counts nowhere, and what was written stays readable."""


def listed(states: frozenset[ItemState]) -> str:
    """Return states as a list of SQL."""
    return ", ".join(f"'{state}'" for state in sorted(states))


@dataclass(frozen=True, slots=True)
class ItemContent:
    """What every item says, whatever its kind; all else is in `item_answers`."""

    title: str
    title_fold: str
    area: str
    collective: bool
    """Whether it is the whole unit's."""
    charge: int | None
    """Who is in charge, where its kind has somebody in charge instead of authors."""


@dataclass(frozen=True, slots=True)
class Initiative(ItemContent):
    """One registered item."""

    id: int
    code: str
    kind: str
    year: int
    unit: str
    unit_name: str
    state: ItemState
    reason: str
    version: int
    by: int
    at: datetime
    changed: datetime
    plan_hash: str
    """The plan under which it was sent."""


@dataclass(frozen=True, slots=True)
class Titled:
    """An item as a new title is compared with it: nothing more is shown of other units."""

    id: int
    code: str
    state: ItemState
    title: str
    title_fold: str
    kind: str
    unit_name: str
    year: int


@dataclass(frozen=True, slots=True)
class SearchedItem:
    """An item as it is looked for."""

    id: int
    title_fold: str
    kind: str
    year: int
    unit: str
    area: str


@dataclass(frozen=True, slots=True)
class ItemTally:
    """How many items of an area, a unit and a state there are."""

    area: str
    unit: str
    kind: str
    state: ItemState
    n: int

    @property
    def stands(self) -> bool:
        """Whether they are gone on with."""
        return self.state not in LEFT

    @property
    def unconfirmed(self) -> bool:
        """Whether they wait for the head of the unit, or for their writer."""
        return self.state in UNCONFIRMED

    @property
    def recognised(self) -> bool:
        """Whether a decision has recognised them."""
        return self.state is ItemState.RECOGNISED


@dataclass(frozen=True, slots=True)
class WaitingSheet:
    """A sheet that waits to be confirmed, with whoever wrote it: they do not confirm it."""

    code: str
    unit: str
    year: int
    title: str
    by: int
    charge: int | None
    at: datetime
    authors: str
    """Their ids, separated by commas."""

    @property
    def involved(self) -> tuple[int, ...]:
        """The writer, the authors and the officer in charge."""
        authors = [int(id) for id in self.authors.split(",") if id]
        return tuple(dict.fromkeys([self.by, *authors, *([self.charge] if self.charge else [])]))


ITEM = f"""
    SELECT initiative.title, initiative.title_fold, initiative.area, initiative.collective, initiative.charge,
           initiative.id, initiative.code, initiative.kind, initiative.year, initiative.unit, {name_in("initiative.year")},
           initiative.state, initiative.reason, initiative.version, initiative.by, initiative.at, initiative.changed,
           initiative.plan_hash
      FROM initiative JOIN unit ON unit.code = initiative.unit
"""
BY_CODE = Query(f"{ITEM} WHERE initiative.code = :code", Initiative)
OF_UNIT = Query(f"{ITEM} WHERE initiative.unit = :unit AND initiative.year = :year ORDER BY initiative.id", Initiative)
OF_YEAR = Query(f"{ITEM} WHERE initiative.year = :year ORDER BY initiative.id", Initiative)
IN_STATE = Query(
    f"{ITEM} WHERE initiative.year >= :since AND initiative.state = :state ORDER BY initiative.id", Initiative
)
OF_UNIT_IN_STATE = Query(
    f"""{ITEM} WHERE initiative.unit = :unit AND initiative.year >= :since AND initiative.state = :state
     ORDER BY initiative.id
    """,
    Initiative,
)
OF_PERSON = Query(
    f"""{ITEM} WHERE initiative.year >= :since AND (initiative.by = :person
        OR initiative.charge = :person
        OR initiative.id IN (SELECT initiative FROM author WHERE person = :person)
        OR initiative.id IN (SELECT item FROM item_answer WHERE person = :person AND {NEWEST}))
     ORDER BY initiative.year DESC, initiative.id DESC""",
    Initiative,
)
_WAITING = """
    SELECT code, unit, year, title, by, charge, changed,
           COALESCE((SELECT GROUP_CONCAT(person) FROM author WHERE author.initiative = initiative.id), '')
      FROM initiative WHERE state = 'sent'
"""
WAITING_OF_UNIT = Query(f"{_WAITING} AND unit = :unit ORDER BY id", WaitingSheet)
WAITING_BETWEEN = Query(f"{_WAITING} AND unit BETWEEN :first AND :last ORDER BY unit, id", WaitingSheet)
COMPARED = Query(
    f"""
    SELECT initiative.id, initiative.code, initiative.state, initiative.title, initiative.title_fold, initiative.kind,
           {name_in("initiative.year")}, initiative.year
      FROM initiative JOIN unit ON unit.code = initiative.unit
     WHERE initiative.state NOT IN ({listed(LEFT)}) AND (initiative.unit = :unit
        OR initiative.state IN ({listed(READY)}))
     ORDER BY initiative.id DESC LIMIT 2000
    """,
    Titled,
)
SEARCHED = Query(
    f"""
    SELECT id, title_fold, kind, year, unit, area FROM initiative
     WHERE state IN ({listed(READY)}) ORDER BY year DESC, id DESC
    """,
    SearchedItem,
)
"""Everything that everybody of the office may find, the newest first."""
BY_ID = Query(f"{ITEM} WHERE initiative.id = :id", Initiative)
TALLY = Query(
    """
    SELECT area, unit, kind, state, COUNT(*) FROM initiative WHERE year = :year
     GROUP BY area, unit, kind, state
    """,
    ItemTally,
)


def next_code(tx: Tx, *, prefix: str, year: int) -> str:
    """Return the next code of a kind and year, SK-2027-012; never the same twice."""
    last: int = tx.value(
        """
        INSERT INTO number (kind, year, last) VALUES (:prefix, :year, 1)
            ON CONFLICT (kind, year) DO UPDATE SET last = last + 1
        RETURNING last
        """,
        prefix=prefix,
        year=year,
    )
    return f"{prefix}-{year}-{last:03}"


def add(
    tx: Tx, content: ItemContent, *, code: str, kind: str, year: int, unit: str, by: int, now: datetime, plan_hash: str
) -> int:
    """Store a new item as sent; return its id."""
    id: int = tx.value(
        """
        INSERT INTO initiative (code, kind, year, unit, title, title_fold, area, collective, charge,
                                state, by, at, changed, plan_hash)
        VALUES (:code, :kind, :year, :unit, :title, :title_fold, :area, :collective, :charge,
                :state, :by, :now, :now, :plan_hash)
        RETURNING id
        """,
        code=code,
        kind=kind,
        year=year,
        unit=unit,
        state=ItemState.SENT,
        by=by,
        now=now,
        plan_hash=plan_hash,
        **columns(content),
    )
    return id


def change(
    tx: Tx, content: ItemContent, *, id: int, now: datetime, plan_hash: str, state: ItemState = ItemState.SENT
) -> int:
    """Store an item that was sent again; its version goes up and is returned."""
    version: int = tx.value(
        """
        UPDATE initiative SET title = :title, title_fold = :title_fold, area = :area, collective = :collective,
               charge = :charge, state = :state, reason = '', changed = :now, plan_hash = :plan_hash,
               version = version + 1
         WHERE id = :id RETURNING version
        """,
        id=id,
        state=state,
        now=now,
        plan_hash=plan_hash,
        **columns(content),
    )
    return version


def move(tx: Tx, *, id: int, state: ItemState, now: datetime, reason: str = "") -> None:
    """Set the state of an item, with the reason where it has one."""
    tx.run(
        """
        UPDATE initiative SET state = :state, reason = :reason, changed = :now, version = version + 1
         WHERE id = :id
        """,
        id=id,
        state=state,
        reason=reason,
        now=now,
    )


def hand_over(tx: Tx, *, id: int, by: int) -> None:
    """Set who has written an item: whoever has put right what the office had filed."""
    tx.run("UPDATE initiative SET by = :by WHERE id = :id", id=id, by=by)
