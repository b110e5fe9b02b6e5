"""What the office has found in the units; what is to be put right is a task of the unit."""

from dataclasses import dataclass
from datetime import date, datetime

from storage.db import Query, Tx

PREFIX, BEFORE = "GS", "KT"
"""What the code of an inspection begins with, and what it began with before awards had those letters alone."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """One inspection of a unit, with how far what it has found is put right."""

    id: int
    code: str
    year: int
    unit: str
    unit_name: str
    day: date
    number: str
    found: str
    by: int
    at: datetime
    withdrawn: datetime | None
    due: date | None
    """The last day to put right what was found; None where there was nothing."""
    state: str | None
    """How far that is, as a state of a task."""
    done: datetime | None
    """When the unit has said that it is put right."""


_INSPECTION = """
    SELECT inspection.id, inspection.code, year, inspection.unit, unit.name, inspection.day, number, found, inspection.by,
           inspection.at, withdrawn, task.day, task.state, task.done
      FROM inspection JOIN unit ON unit.code = inspection.unit
      LEFT JOIN unit_task AS task ON task.source = inspection.code
"""
BY_CODE = Query(f"{_INSPECTION} WHERE inspection.code = :code", Inspection)
CODES = Query("SELECT code FROM inspection ORDER BY id", str)
NEWEST = Query(
    f"{_INSPECTION} WHERE withdrawn IS NULL ORDER BY inspection.day DESC, inspection.id DESC LIMIT 40", Inspection
)
NEWEST_OF_UNIT = Query(
    f"""
    {_INSPECTION} WHERE inspection.unit = :unit AND withdrawn IS NULL
     ORDER BY inspection.day DESC, inspection.id DESC LIMIT 40
    """,
    Inspection,
)
OF_UNIT = Query(
    f"""
    {_INSPECTION} WHERE inspection.unit = :unit AND year = :year AND withdrawn IS NULL
     ORDER BY inspection.day, inspection.id
    """,
    Inspection,
)
"""A year's inspections of a unit."""
GOES_ALONG = Query(
    f"""
    {_INSPECTION} WHERE inspection.unit = :unit AND withdrawn IS NULL AND (task.state IN ('open', 'done') OR year >= :year)
     ORDER BY inspection.id
    """,
    Inspection,
)
"""What goes along with a unit that becomes another one."""
OF_YEAR = Query(
    f"{_INSPECTION} WHERE year = :year AND withdrawn IS NULL ORDER BY unit.place, inspection.day, inspection.id",
    Inspection,
)


def add(tx: Tx, *, code: str, unit: str, day: date, number: str, found: str, by: int, now: datetime) -> int:
    """Store an inspection; return its id."""
    id: int = tx.value(
        """
        INSERT INTO inspection (code, year, unit, day, number, found, by, at)
        VALUES (:code, :year, :unit, :day, :number, :found, :by, :now) RETURNING id
        """,
        code=code,
        year=day.year,
        unit=unit,
        day=day,
        number=number,
        found=found,
        by=by,
        now=now,
    )
    return id


def withdraw(tx: Tx, *, id: int, by: int, now: datetime) -> bool:
    """Mark an inspection as recorded by mistake; False when that was done already."""
    return (
        tx.run(
            "UPDATE inspection SET withdrawn = :now, withdrawn_by = :by WHERE id = :id AND withdrawn IS NULL",
            id=id,
            by=by,
            now=now,
        )
        == 1
    )


def set_unit(tx: Tx, *, id: int, unit: str) -> None:
    """Set of which unit an inspection is; its code stays."""
    tx.run("UPDATE inspection SET unit = :unit WHERE id = :id", id=id, unit=unit)
