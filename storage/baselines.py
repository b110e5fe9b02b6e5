"""Baselines: what a unit used in the year that a target's reduction is measured against."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from storage.db import Query, Tx


@dataclass(frozen=True, slots=True)
class UnitBaseline:
    """A unit's amount of one year: until the cut-off, and of the whole year; what the numbers mean."""

    target: str
    unit: str
    year: int
    ten_months: Decimal | None
    whole_year: Decimal | None
    kept_as: str
    until: str
    """The cut-off when it was entered: 10-31."""
    by: int | None
    at: datetime


_BASELINE = "SELECT target, unit, year, ten_months, whole_year, kept_as, until, by, at FROM baseline"
# A saving until 2030 is measured against the first year that was entered, not against last year.
OF_UNIT = Query(f"{_BASELINE} WHERE target = :target AND unit = :unit AND year < :year ORDER BY year", UnitBaseline)
BEFORE = Query(f"{_BASELINE} WHERE year < :year ORDER BY target, unit, year", UnitBaseline)
"""Every amount of the years before one, the first year first."""


def put(
    tx: Tx,
    *,
    target: str,
    unit: str,
    year: int,
    ten_months: Decimal | None,
    whole_year: Decimal | None,
    kept_as: str,
    until: str,
    by: int,
    now: datetime,
) -> None:
    """Store a baseline; entered again, it is replaced."""
    tx.run(
        """
        INSERT INTO baseline (target, unit, year, ten_months, whole_year, kept_as, until, by, at)
        VALUES (:target, :unit, :year, :ten_months, :whole_year, :kept_as, :until, :by, :now)
            ON CONFLICT DO UPDATE SET ten_months = :ten_months, whole_year = :whole_year,
               kept_as = :kept_as, until = :until, by = :by, at = :now
        """,
        target=target,
        unit=unit,
        year=year,
        ten_months=ten_months,
        whole_year=whole_year,
        kept_as=kept_as,
        until=until,
        by=by,
        now=now,
    )
