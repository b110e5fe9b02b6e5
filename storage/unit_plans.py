"""The units' yearly plans (target III.1): issued when, signed by whom, the file where there is one."""

from dataclasses import dataclass
from datetime import date, datetime

from storage.db import Query, Tx


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """A unit's plan of a year; `day` is the date of issue, `at` when the office was first told: by that it was in time."""

    unit: str
    year: int
    code: str
    day: date
    signer: str
    number: str
    file: int | None
    received: datetime | None
    by: int | None
    at: datetime
    changed: datetime
    """When the version was sent that counts."""


_PLAN = "SELECT unit, year, code, day, signer, number, file, received, by, at, COALESCE(changed, at) FROM unit_plan"
OF_UNIT = Query(f"{_PLAN} WHERE unit = :unit AND year = :year", UnitPlan)
OF_YEAR = Query(f"{_PLAN} WHERE year = :year", UnitPlan)
BY_CODE = Query(f"{_PLAN} WHERE code = :code", UnitPlan)


def put(
    tx: Tx,
    *,
    unit: str,
    year: int,
    code: str,
    day: date,
    signer: str,
    number: str,
    file: int | None,
    by: int | None,
    now: datetime,
) -> None:
    """Store a plan; sent again, it replaces the one before and keeps the time of the first."""
    tx.run(
        """
        INSERT INTO unit_plan (unit, year, code, day, signer, number, file, by, at, changed)
        VALUES (:unit, :year, :code, :day, :signer, :number, :file, :by, :now, :now)
            ON CONFLICT (unit, year) DO UPDATE
               SET day = :day, signer = :signer, number = :number, file = :file, by = :by, changed = :now
        """,
        unit=unit,
        year=year,
        code=code,
        day=day,
        signer=signer,
        number=number,
        file=file,
        by=by,
        now=now,
    )
