"""What unions write of a year: one short account a union and year."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.db import Query, Tx
from storage.unit_history import name_in


@dataclass(frozen=True, slots=True)
class Account:
    """What a union wrote of a year, by section; `at` is when it was first sent."""

    unit: str
    unit_name: str
    year: int
    version: int
    answers: dict[str, Any]
    by: int | None
    at: datetime


_ACCOUNT = f"""
    SELECT account.unit, {name_in("account.year")}, account.year, account.version, account.answers, account.by, account.at
      FROM union_account AS account JOIN unit ON unit.code = account.unit
"""
OF_UNIT = Query(f"{_ACCOUNT} WHERE account.unit = :unit AND account.year = :year", Account)
OF_YEAR = Query(f"{_ACCOUNT} WHERE account.year = :year ORDER BY unit.place", Account)
OF_PERSON = Query(f"{_ACCOUNT} WHERE account.by = :person ORDER BY account.year", Account)
CODES = Query("SELECT code FROM unit WHERE kind IN (SELECT value FROM json_each(:unions))", str)
"""The units that are unions."""


def put(tx: Tx, *, unit: str, year: int, answers: Mapping[str, Any], by: int | None, now: datetime) -> None:
    """Store what a union wrote; sent again, its version goes up and the time of the first stays."""
    tx.run(
        """
        INSERT INTO union_account (unit, year, answers, by, at) VALUES (:unit, :year, :answers, :by, :now)
            ON CONFLICT DO UPDATE SET version = version + 1, answers = :answers, by = :by
        """,
        unit=unit,
        year=year,
        answers=dict(answers),
        by=by,
        now=now,
    )
