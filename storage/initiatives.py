"""Initiatives, models and key tasks: what has been registered, by whom, and how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from storage.db import Query, Tx


@dataclass(frozen=True, slots=True)
class Initiative:
    """One registered item."""

    id: int
    code: str
    kind: str
    year: int
    unit: str
    unit_name: str
    title: str
    title_fold: str
    area: str
    summary: str
    result: str
    starts: str
    collective: bool
    charge: int | None
    due: date | None
    state: str
    reason: str
    version: int
    by: int
    at: datetime
    changed: datetime


@dataclass(frozen=True, slots=True)
class Titled:
    """An item as a new title is compared with it: nothing more is shown of other units."""

    id: int
    title: str
    title_fold: str
    unit_name: str
    year: int


@dataclass(frozen=True, slots=True)
class Author:
    """An author with their share in percent."""

    initiative: int
    person: int
    name: str
    unit: str
    unit_name: str
    share: Decimal


@dataclass(frozen=True, slots=True)
class Recognition:
    """A decision that recognises an item: its number as Văn thư wrote it, its day and level."""

    initiative: int
    level: str
    decision: str
    day: date


@dataclass(frozen=True, slots=True)
class Tally:
    """How many items of an area, a unit and a state there are."""

    area: str
    unit: str
    kind: str
    state: str
    n: int


@dataclass(frozen=True, slots=True)
class Waiting:
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


_ITEM = """
    SELECT initiative.id, initiative.code, initiative.kind, initiative.year, initiative.unit,
           unit.name, initiative.title, initiative.title_fold, initiative.area, initiative.summary,
           initiative.result, initiative.starts, initiative.collective, initiative.charge,
           initiative.due, initiative.state, initiative.reason, initiative.version, initiative.by,
           initiative.at, initiative.changed
      FROM initiative JOIN unit ON unit.code = initiative.unit
"""
_AUTHOR = """
    SELECT author.initiative, author.person, person.name, person.unit, unit.name, author.share
      FROM author JOIN person ON person.id = author.person JOIN unit ON unit.code = person.unit
"""
BY_CODE = Query(f"{_ITEM} WHERE initiative.code = :code", Initiative)
OF_UNIT = Query(f"{_ITEM} WHERE initiative.unit = :unit AND initiative.year = :year ORDER BY initiative.id", Initiative)
OF_YEAR = Query(f"{_ITEM} WHERE initiative.year = :year ORDER BY initiative.id", Initiative)
IN_STATE = Query(
    f"{_ITEM} WHERE initiative.year >= :since AND initiative.state = :state ORDER BY initiative.id", Initiative
)
OF_UNIT_IN_STATE = Query(
    f"""{_ITEM} WHERE initiative.unit = :unit AND initiative.year >= :since AND initiative.state = :state
     ORDER BY initiative.id
    """,
    Initiative,
)
OF_PERSON = Query(
    f"""{_ITEM} WHERE initiative.year >= :since AND (initiative.by = :person
        OR initiative.charge = :person
        OR initiative.id IN (SELECT initiative FROM author WHERE person = :person))
     ORDER BY initiative.year DESC, initiative.id DESC""",
    Initiative,
)
_WAITING = """
    SELECT code, unit, year, title, by, charge, changed,
           COALESCE((SELECT GROUP_CONCAT(person) FROM author WHERE author.initiative = initiative.id), '')
      FROM initiative WHERE state = 'sent'
"""
WAITING_OF_UNIT = Query(f"{_WAITING} AND unit = :unit ORDER BY id", Waiting)
WAITING_BETWEEN = Query(f"{_WAITING} AND unit BETWEEN :first AND :last ORDER BY unit, id", Waiting)
COMPARED = Query(
    """
    SELECT initiative.id, initiative.title, initiative.title_fold, unit.name, initiative.year
      FROM initiative JOIN unit ON unit.code = initiative.unit
     WHERE initiative.state <> 'withdrawn' AND (initiative.unit = :unit
        OR initiative.state IN ('confirmed', 'received', 'recognised'))
     ORDER BY initiative.id DESC LIMIT 2000
    """,
    Titled,
)
AUTHORS = Query(f"{_AUTHOR} WHERE author.initiative = :id ORDER BY author.place", Author)
AUTHORS_OF_YEAR = Query(
    f"""{_AUTHOR} WHERE author.initiative IN (SELECT id FROM initiative WHERE year = :year)
     ORDER BY author.initiative, author.place""",
    Author,
)
RECOGNITIONS = Query(
    "SELECT initiative, level, decision, day FROM recognition WHERE initiative = :id ORDER BY day", Recognition
)
RECOGNISED_IN = Query(
    """
    SELECT initiative, level, decision, day FROM recognition
     WHERE day BETWEEN :first AND :last ORDER BY day
    """,
    Recognition,
)
TALLY = Query(
    """
    SELECT area, unit, kind, state, COUNT(*) FROM initiative WHERE year = :year
     GROUP BY area, unit, kind, state
    """,
    Tally,
)


def next_code(tx: Tx, *, prefix: str, year: int) -> str:
    """The next code of a kind and year, SK-2027-012; given once, never again."""
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
    tx: Tx,
    *,
    code: str,
    kind: str,
    year: int,
    unit: str,
    title: str,
    title_fold: str,
    area: str,
    summary: str,
    result: str,
    starts: str,
    collective: bool,
    charge: int | None,
    due: date | None,
    state: str,
    by: int,
    now: datetime,
    plan_hash: str,
) -> int:
    """Keep a new item; its id."""
    id: int = tx.value(
        """
        INSERT INTO initiative (code, kind, year, unit, title, title_fold, area, summary, result,
                                starts, collective, charge, due, state, by, at, changed, plan_hash)
        VALUES (:code, :kind, :year, :unit, :title, :title_fold, :area, :summary, :result,
                :starts, :collective, :charge, :due, :state, :by, :now, :now, :plan_hash)
        RETURNING id
        """,
        code=code,
        kind=kind,
        year=year,
        unit=unit,
        title=title,
        title_fold=title_fold,
        area=area,
        summary=summary,
        result=result,
        starts=starts,
        collective=collective,
        charge=charge,
        due=due,
        state=state,
        by=by,
        now=now,
        plan_hash=plan_hash,
    )
    return id


def change(
    tx: Tx,
    *,
    id: int,
    title: str,
    title_fold: str,
    area: str,
    summary: str,
    result: str,
    starts: str,
    collective: bool,
    charge: int | None,
    due: date | None,
    state: str,
    now: datetime,
) -> None:
    """The item as it was sent again; its version goes up."""
    tx.run(
        """
        UPDATE initiative SET title = :title, title_fold = :title_fold, area = :area,
               summary = :summary, result = :result, starts = :starts, collective = :collective,
               charge = :charge, due = :due, state = :state, reason = '', changed = :now,
               version = version + 1
         WHERE id = :id
        """,
        id=id,
        title=title,
        title_fold=title_fold,
        area=area,
        summary=summary,
        result=result,
        starts=starts,
        collective=collective,
        charge=charge,
        due=due,
        state=state,
        now=now,
    )


def set_authors(tx: Tx, *, id: int, shares: Sequence[tuple[int, Any]]) -> None:
    """The authors of an item with their shares, in order."""
    tx.run("DELETE FROM author WHERE initiative = :id", id=id)
    for place, (person, share) in enumerate(shares):
        tx.run(
            "INSERT INTO author (initiative, person, share, place) VALUES (:id, :person, :share, :place)",
            id=id,
            person=person,
            share=str(share),
            place=place,
        )


def move(tx: Tx, *, id: int, state: str, now: datetime, reason: str = "") -> None:
    """The item's new state, with the reason where it was returned."""
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


def unrecognise(tx: Tx, *, id: int, level: str) -> None:
    """Take back a recognition that was recorded wrongly."""
    tx.run("DELETE FROM recognition WHERE initiative = :id AND level = :level", id=id, level=level)


def recognise(tx: Tx, *, id: int, level: str, decision: str, day: date, by: int, now: datetime) -> None:
    """Record a recognition; the same level again corrects it."""
    tx.run(
        """
        INSERT INTO recognition (initiative, level, decision, day, by, at)
        VALUES (:id, :level, :decision, :day, :by, :now)
            ON CONFLICT (initiative, level) DO UPDATE SET decision = :decision, day = :day, by = :by
        """,
        id=id,
        level=level,
        decision=decision,
        day=day,
        by=by,
        now=now,
    )
