"""Baselines: what a unit used in the year that a target's reduction is measured against."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from storage.db import Query, Tx
from storage.values import columns


@dataclass(frozen=True, slots=True)
class UnitBaseline:
    """A unit's amount of one year: until the cut-off, and of the whole year; what the numbers mean."""

    target: str
    unit: str
    since: str
    """From which day on the unit is what this was entered for; empty: from the start."""
    year: int
    ten_months: Decimal | None
    whole_year: Decimal | None
    kept_as: str
    until: str
    """The cut-off when it was entered: 10-31."""
    by: int | None
    at: datetime


_BASELINE = """
    SELECT target, unit, since, year, ten_months, whole_year, kept_as, until, by, at FROM baseline AS mine
     WHERE since = (SELECT MAX(since) FROM baseline AS newest
                     WHERE newest.target = mine.target AND newest.unit = mine.unit AND newest.since <= :day)
"""
"""Of the unit as it was on a day: what it was before it took in another one measures nothing any more."""
# A saving until 2030 is measured against the first year that was entered, not against last year.
OF_UNIT = Query(f"{_BASELINE} AND target = :target AND unit = :unit AND year < :year ORDER BY year", UnitBaseline)
BEFORE = Query(f"{_BASELINE} AND year < :year ORDER BY target, unit, year", UnitBaseline)
"""Every amount of the years before one, the first year first."""
EVER_OF_UNIT = Query(f"{_BASELINE} AND unit = :unit ORDER BY target, year", UnitBaseline)
"""Of one unit, of whatever year."""


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
    by: int | None,
    now: datetime,
) -> None:
    """Store a baseline of the unit as it is now; entered again, it is replaced."""
    tx.run(
        """
        INSERT INTO baseline (target, unit, since, year, ten_months, whole_year, kept_as, until, by, at)
        SELECT :target, :unit, COALESCE(MAX(since), ''), :year, :ten_months, :whole_year, :kept_as, :until, :by, :now
          FROM baseline WHERE target = :target AND unit = :unit
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


def begin_anew(tx: Tx, row: UnitBaseline) -> None:
    """Store what a unit is measured against from a day on; without amounts, that the office has to enter it."""
    tx.run(
        """
        INSERT INTO baseline (target, unit, since, year, ten_months, whole_year, kept_as, until, by, at)
        VALUES (:target, :unit, :since, :year, :ten_months, :whole_year, :kept_as, :until, :by, :at)
        """,
        **columns(row),
    )


def forget_since(tx: Tx, *, unit: str, since: date) -> None:
    """Delete what a unit is measured against from a day on: it is as it was before."""
    tx.run("DELETE FROM baseline WHERE unit = :unit AND since = :since", unit=unit, since=since)
