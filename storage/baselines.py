"""Paper baselines: what a unit used in the year its saving is measured against, in ram of A4."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from storage.db import Query, Tx


@dataclass(frozen=True, slots=True)
class UnitPaper:
    """A unit's paper of one year: the ten months to 31/10, and the whole year."""

    unit: str
    year: int
    ten_months: Decimal | None
    whole_year: Decimal | None
    by: int | None
    at: datetime


_BASELINE = "SELECT unit, year, ten_months, whole_year, by, at FROM baseline"
OF_UNIT = Query(f"{_BASELINE} WHERE unit = :unit AND year = :year", UnitPaper)
OF_YEAR = Query(f"{_BASELINE} WHERE year = :year", UnitPaper)
# The saving until 2030 is measured against the first year that was entered, not against last year.
FOR_REPORT = Query(f"{_BASELINE} WHERE unit = :unit AND year < :year ORDER BY year LIMIT 1", UnitPaper)
FOR_REPORTS = Query(
    f"""{_BASELINE} WHERE (unit, year) IN
        (SELECT unit, MIN(year) FROM baseline WHERE year < :year GROUP BY unit)""",
    UnitPaper,
)

WITHOUT = Query(
    """
    SELECT name FROM unit
     WHERE active AND kind <> 'doan_the' AND NOT EXISTS (SELECT 1 FROM baseline WHERE baseline.unit = unit.code)
     ORDER BY place
    """,
    str,
)


def put(
    tx: Tx, *, unit: str, year: int, ten_months: Decimal | None, whole_year: Decimal | None, by: int, now: datetime
) -> None:
    """Store a baseline; entered again, it is replaced."""
    tx.run(
        """
        INSERT INTO baseline (unit, year, ten_months, whole_year, by, at)
        VALUES (:unit, :year, :ten_months, :whole_year, :by, :now)
            ON CONFLICT DO UPDATE SET ten_months = :ten_months, whole_year = :whole_year,
               by = :by, at = :now
        """,
        unit=unit,
        year=year,
        ten_months=ten_months,
        whole_year=whole_year,
        by=by,
        now=now,
    )
