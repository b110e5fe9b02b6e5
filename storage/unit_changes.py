"""Changes of the units: what was shown, done and undone, and every statement of which one consists."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from storage.db import Query, Tx
from storage.initiatives import LEFT, listed


class ChangeState(StrEnum):
    """How far a change of the units is."""

    SHOWN = "shown"
    """Its consequences were shown; nothing has changed."""
    DONE = "done"
    UNDONE = "undone"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class UnitChange:
    """One change of the units."""

    id: int
    kind: str
    day: date
    """The first day on which it holds."""
    wanted: dict[str, Any]
    state: ChangeState
    undo: dict[str, Any]
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class HeldDraft:
    """A sheet that is being written or was put away, of a unit."""

    id: int
    person: int
    form: str
    subject: str
    unit: str
    state: str
    answers: int


@dataclass(frozen=True, slots=True)
class UnitItem:
    """A registered item of a unit, as it is moved: no contents."""

    id: int
    code: str
    unit: str
    by: int
    state: str
    version: int


@dataclass(frozen=True, slots=True)
class FiledSince:
    """Something that came in of a unit."""

    what: str
    unit: str
    at: datetime


_CHANGE = "SELECT id, kind, day, wanted, state, undo, by, at FROM unit_change"
BY_ID = Query(f"{_CHANGE} WHERE id = :id", UnitChange)
NEWEST = Query(f"{_CHANGE} WHERE state IN ('done', 'undone') ORDER BY at DESC, id DESC LIMIT 8", UnitChange)
DONE_AFTER = Query(f"{_CHANGE} WHERE state = 'done' AND id <> :id AND at >= :at ORDER BY id", UnitChange)
AHEAD = Query(f"{_CHANGE} WHERE state = 'shown' AND day > substr(at, 1, 10) ORDER BY day, id", UnitChange)
"""What was entered before its day, and waits for somebody to do it."""
DRAFTS = Query(
    """
    SELECT id, person, form, subject, unit, state,
           (SELECT COUNT(DISTINCT field) FROM answer WHERE answer.draft = draft.id)
      FROM draft WHERE unit = :unit AND person IS NOT NULL AND state IN ('open', 'archived') ORDER BY id
    """,
    HeldDraft,
)
ITEMS = Query(
    f"""
    SELECT id, code, unit, by, state, version FROM initiative
     WHERE unit = :unit AND year >= :year AND state NOT IN ({listed(LEFT)}) ORDER BY id
    """,
    UnitItem,
)
FORMER_NAME = Query("SELECT MAX(until) FROM unit_name WHERE unit = :unit", date)
CAME_IN = Query(
    """
    SELECT what, unit, at FROM (
        SELECT 'plan' AS what, unit, at FROM unit_plan
         UNION ALL SELECT 'list', unit, at FROM closed_list
         UNION ALL SELECT 'results', unit, at FROM report_version
         UNION ALL SELECT 'narrative', unit, at FROM union_account
         UNION ALL SELECT 'paper', unit, at FROM fulfilment
         UNION ALL SELECT 'review', unit, at FROM unit_review
         UNION ALL SELECT 'difficulty', unit, at FROM difficulty
         UNION ALL SELECT 'inspection', unit, at FROM inspection
         UNION ALL SELECT 'task', unit, at FROM unit_task
         UNION ALL SELECT 'item', unit, changed FROM initiative)
     WHERE unit = :unit AND at >= :since ORDER BY at DESC
    """,
    FiledSince,
)
"""What came in of a unit from a moment on, the newest first."""


def show(tx: Tx, *, kind: str, day: date, wanted: Mapping[str, Any], by: int, now: datetime) -> int:
    """Add a change that was shown and not done; return its id."""
    id: int = tx.value(
        """
        INSERT INTO unit_change (kind, day, wanted, by, at) VALUES (:kind, :day, :wanted, :by, :now) RETURNING id
        """,
        kind=kind,
        day=day,
        wanted=dict(wanted),
        by=by,
        now=now,
    )
    return id


def set_state(
    tx: Tx, *, id: int, state: ChangeState, by: int, now: datetime, undo: Mapping[str, Any] | None = None
) -> None:
    """Set how far a change is, and what would take it back."""
    tx.run(
        "UPDATE unit_change SET state = :state, by = :by, at = :now WHERE id = :id", id=id, state=state, by=by, now=now
    )
    if undo is not None:
        tx.run("UPDATE unit_change SET undo = :undo WHERE id = :id", id=id, undo=dict(undo))


# The units --------------------------------------------------------------------------------------


def add(tx: Tx, *, code: str, name: str, kind: str, seal: bool, since: date, after: str | None) -> None:
    """Add a unit that is there from a day on, in the list behind another one or at its end."""
    place = tx.value("SELECT place FROM unit WHERE code = :code", code=after) if after is not None else None
    if place is None:
        place = tx.value("SELECT COALESCE(MAX(place), 0) FROM unit")
    tx.run("UPDATE unit SET place = place + 1 WHERE place > :place", place=place)
    tx.run(
        """
        INSERT INTO unit (code, name, kind, seal, since, place) VALUES (:code, :name, :kind, :seal, :since, :place + 1)
        """,
        code=code,
        name=name,
        kind=kind,
        seal=seal,
        since=since,
        place=place,
    )


def remove(tx: Tx, *, code: str) -> None:
    """Delete a unit that was added by mistake and holds nothing."""
    tx.run("DELETE FROM unit WHERE code = :code", code=code)


def rename(tx: Tx, *, code: str, name: str, until: date) -> None:
    """Set another name of a unit; the one before was its name until a day."""
    tx.run(
        "INSERT INTO unit_name (unit, until, name) SELECT code, :until, name FROM unit WHERE code = :code",
        code=code,
        until=until,
    )
    tx.run("UPDATE unit SET name = :name WHERE code = :code", code=code, name=name)


def name_again(tx: Tx, *, code: str, until: date) -> None:
    """Set the name again that a unit bore until a day."""
    tx.run(
        "UPDATE unit SET name = (SELECT name FROM unit_name WHERE unit = :code AND until = :until) WHERE code = :code",
        code=code,
        until=until,
    )
    tx.run("DELETE FROM unit_name WHERE unit = :code AND until = :until", code=code, until=until)


def end(tx: Tx, *, code: str, day: date | None) -> None:
    """Set from which day on a unit is no more; None where it goes on."""
    tx.run("UPDATE unit SET ended = :day, active = :day IS NULL WHERE code = :code", code=code, day=day)


def succeed(tx: Tx, *, change: int, unit: str, successor: str) -> None:
    """Store that one unit goes on with what another did."""
    tx.run(
        "INSERT INTO succession (change, unit, successor) VALUES (:change, :unit, :successor)",
        change=change,
        unit=unit,
        successor=successor,
    )


def forget_succession(tx: Tx, *, change: int) -> None:
    """Delete what a change has said of successors."""
    tx.run("DELETE FROM succession WHERE change = :change", change=change)


# What moves with people ---------------------------------------------------------------------------


def move_draft(tx: Tx, *, id: int, unit: str, state: str) -> None:
    """Set of which unit a sheet is that is being written, and its state."""
    tx.run("UPDATE OR IGNORE draft SET unit = :unit, state = :state WHERE id = :id", id=id, unit=unit, state=state)


def move_item(tx: Tx, *, id: int, unit: str) -> None:
    """Set for which unit an item counts; its code stays."""
    tx.run("UPDATE initiative SET unit = :unit WHERE id = :id", id=id, unit=unit)


def put_person(
    tx: Tx, *, id: int, unit: str, role: str, active: bool, stands_in: int | None, away_to: int | None
) -> None:
    """Set where somebody works and what they are, with whoever acts for them."""
    tx.run(
        """
        UPDATE person SET unit = :unit, role = :role, active = :active, stands_in = :stands_in, away_to = :away_to
         WHERE id = :id
        """,
        id=id,
        unit=unit,
        role=role,
        active=active,
        stands_in=stands_in,
        away_to=away_to,
    )


def end_delegation(tx: Tx, *, unit: str, duty: str, year: int) -> None:
    """Delete who drafts a duty of a unit."""
    tx.run("DELETE FROM delegate WHERE unit = :unit AND duty = :duty AND year = :year", unit=unit, duty=duty, year=year)


def end_promise(tx: Tx, *, unit: str, duty: str, year: int) -> None:
    """Delete the day by which a unit has promised a duty."""
    tx.run("DELETE FROM promise WHERE unit = :unit AND duty = :duty AND year = :year", unit=unit, duty=duty, year=year)
