"""Amounts that the office gives of itself as one: of a year until the cut-off, and of the whole year."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from storage.db import Query, Tx


@dataclass(frozen=True, slots=True)
class OfficeFigure:
    """What the whole office used or did in a year; what the numbers mean."""

    target: str
    year: int
    ten_months: Decimal | None
    whole_year: Decimal | None
    kept_as: str
    until: str
    """The cut-off when it was entered: 10-31."""
    by: int | None
    at: datetime


ALL = Query(
    """
    SELECT target, year, ten_months, whole_year, kept_as, until, by, at FROM office_figure
     WHERE target = :target ORDER BY year
    """,
    OfficeFigure,
)


def put(
    tx: Tx,
    *,
    target: str,
    year: int,
    ten_months: Decimal | None,
    whole_year: Decimal | None,
    kept_as: str,
    until: str,
    by: int | None,
    now: datetime,
) -> None:
    """Store a year's amount; entered again, it is replaced."""
    tx.run(
        """
        INSERT INTO office_figure (target, year, ten_months, whole_year, kept_as, until, by, at)
        VALUES (:target, :year, :ten_months, :whole_year, :kept_as, :until, :by, :now)
            ON CONFLICT DO UPDATE SET ten_months = :ten_months, whole_year = :whole_year,
               kept_as = :kept_as, until = :until, by = :by, at = :now
        """,
        target=target,
        year=year,
        ten_months=ten_months,
        whole_year=whole_year,
        kept_as=kept_as,
        until=until,
        by=by,
        now=now,
    )
