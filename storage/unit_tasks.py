"""What units were given to do until a day: done by a word of the unit, closed or given back by the office."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from storage.db import Query, Tx


class UnitTaskState(StrEnum):
    """How far a task is."""

    OPEN = "open"
    DONE = "done"
    """The unit says that it is done."""
    CLOSED = "closed"
    """The office has looked at it."""
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class UnitTask:
    """One task: of which unit, out of what, until when."""

    id: int
    source: str
    unit: str
    unit_name: str
    text: str
    day: date
    state: UnitTaskState
    by: int
    at: datetime
    said: str
    done_by: int | None
    done: datetime | None
    closed_by: int | None
    closed: datetime | None
    why: str
    step: int


_TASK = """
    SELECT unit_task.id, source, unit_task.unit, unit.name, text, day, state, by, at, said, done_by, done,
           closed_by, closed, why, step
      FROM unit_task JOIN unit ON unit.code = unit_task.unit
"""
BY_ID = Query(f"{_TASK} WHERE unit_task.id = :id", UnitTask)
OF_SOURCE = Query(f"{_TASK} WHERE source = :source ORDER BY unit_task.id", UnitTask)
OPEN_OF_UNIT = Query(f"{_TASK} WHERE unit_task.unit = :unit AND state = 'open' ORDER BY day, unit_task.id", UnitTask)
LIVE_OF_UNIT = Query(
    f"{_TASK} WHERE unit_task.unit = :unit AND state IN ('open', 'done') ORDER BY day, unit_task.id", UnitTask
)
OPEN = Query(f"{_TASK} WHERE state = 'open' ORDER BY day, unit_task.id", UnitTask)
DONE = Query(f"{_TASK} WHERE state = 'done' ORDER BY unit_task.done, unit_task.id", UnitTask)


def add(tx: Tx, *, source: str, unit: str, text: str, day: date, by: int, now: datetime) -> int:
    """Add a task of a unit; return its id."""
    id: int = tx.value(
        """
        INSERT INTO unit_task (source, unit, text, day, by, at) VALUES (:source, :unit, :text, :day, :by, :now)
        RETURNING id
        """,
        source=source,
        unit=unit,
        text=text,
        day=day,
        by=by,
        now=now,
    )
    return id


def do(tx: Tx, task: UnitTask, *, said: str, by: int, now: datetime) -> bool:
    """Mark a task as done, in the unit's words; False when something has happened to it since."""
    return (
        tx.run(
            """
            UPDATE unit_task SET state = 'done', said = :said, done_by = :by, done = :now, step = step + 1
             WHERE id = :id AND step = :step AND state = 'open'
            """,
            id=task.id,
            step=task.step,
            said=said,
            by=by,
            now=now,
        )
        == 1
    )


def close(tx: Tx, task: UnitTask, *, by: int, now: datetime) -> bool:
    """Mark that the office has looked at what was done; False when something has happened since."""
    return (
        tx.run(
            """
            UPDATE unit_task SET state = 'closed', closed_by = :by, closed = :now, step = step + 1
             WHERE id = :id AND step = :step AND state = 'done'
            """,
            id=task.id,
            step=task.step,
            by=by,
            now=now,
        )
        == 1
    )


def give_back(tx: Tx, task: UnitTask, *, day: date, why: str) -> bool:
    """Open a task again until a day, with the reason; False when something has happened since."""
    return (
        tx.run(
            """
            UPDATE unit_task SET state = 'open', day = :day, why = :why, step = step + 1
             WHERE id = :id AND step = :step AND state IN ('open', 'done')
            """,
            id=task.id,
            step=task.step,
            day=day,
            why=why,
        )
        == 1
    )


def withdraw(tx: Tx, task: UnitTask, *, why: str, by: int, now: datetime) -> bool:
    """End a task that nobody has to do any more; False when something has happened since."""
    return (
        tx.run(
            """
            UPDATE unit_task SET state = 'withdrawn', why = :why, closed_by = :by, closed = :now, step = step + 1
             WHERE id = :id AND step = :step AND state IN ('open', 'done')
            """,
            id=task.id,
            step=task.step,
            why=why,
            by=by,
            now=now,
        )
        == 1
    )


def set_unit(tx: Tx, *, id: int, unit: str) -> None:
    """Set of which unit a task is."""
    tx.run("UPDATE unit_task SET unit = :unit WHERE id = :id", id=id, unit=unit)
