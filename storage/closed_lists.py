"""The units' registration lists: closed by the head, or «năm nay không đăng ký» with a reason."""

from dataclasses import dataclass
from datetime import datetime

from storage.db import Query, Tx


@dataclass(frozen=True, slots=True)
class ClosedList:
    """A unit's registration duty, fulfilled; a reason when nothing is registered this year."""

    unit: str
    year: int
    reason: str
    by: int | None
    at: datetime


OF_UNIT = Query("SELECT unit, year, reason, by, at FROM closed_list WHERE unit = :unit AND year = :year", ClosedList)
OF_YEAR = Query("SELECT unit, year, reason, by, at FROM closed_list WHERE year = :year", ClosedList)


def close(tx: Tx, *, unit: str, year: int, reason: str, by: int | None, now: datetime) -> None:
    """Close the list; closing it again keeps the first time and takes the new reason."""
    tx.run(
        """
        INSERT INTO closed_list (unit, year, reason, by, at)
        VALUES (:unit, :year, :reason, :by, :now)
            ON CONFLICT DO UPDATE SET reason = :reason, by = :by
        """,
        unit=unit,
        year=year,
        reason=reason,
        by=by,
        now=now,
    )
