"""Amounts that the office gives of itself as one: a year's paper, of ten months and of the whole year."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from storage.db import Query, Tx


@dataclass(frozen=True, slots=True)
class OfficeFigure:
    """What the whole office used in a year, in the plan's unit of measure."""

    target: str
    year: int
    ten_months: Decimal | None
    whole_year: Decimal | None
    by: int | None
    at: datetime


ALL = Query(
    "SELECT target, year, ten_months, whole_year, by, at FROM office_figure WHERE target = :target ORDER BY year",
    OfficeFigure,
)


def put(
    tx: Tx, *, target: str, year: int, ten_months: Decimal | None, whole_year: Decimal | None, by: int, now: datetime
) -> None:
    """Store a year's amount; entered again, it is replaced."""
    tx.run(
        """
        INSERT INTO office_figure (target, year, ten_months, whole_year, by, at)
        VALUES (:target, :year, :ten_months, :whole_year, :by, :now)
            ON CONFLICT DO UPDATE SET ten_months = :ten_months, whole_year = :whole_year, by = :by, at = :now
        """,
        target=target,
        year=year,
        ten_months=ten_months,
        whole_year=whole_year,
        by=by,
        now=now,
    )
