"""Where a record comes from that nobody sent in the chat: a paper, a call, the files of a year before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from storage.db import Query, Tx


class Origin(StrEnum):
    """Who brought it here, and when."""

    PAPER = "paper"
    """The office, for a unit that has answered on paper or by telephone."""
    TAKEN_OVER = "taken_over"
    """The office, when it began: of a year that was over."""


class PaperWay(StrEnum):
    """How it reached the office."""

    DOCUMENT = "document"
    PHONE = "phone"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class PaperSource:
    """Where a record comes from; `day` is that of the paper or the call, `at` when it was filed, `by` by whom."""

    record: str
    version: int
    unit: str
    year: int
    origin: Origin
    way: PaperWay
    number: str
    day: date | None
    giver: str
    file: int | None
    answers: dict[str, Any]
    by: int | None
    at: datetime
    replaced: datetime | None
    """Since when something else counts: what the unit has sent itself, or a newer paper."""


def list_record(unit: str, year: int) -> str:
    """Return what a unit's closed list of a year is called here: lists have no code of their own."""
    return f"DS-{year}-{unit}"


def account_record(unit: str, year: int) -> str:
    """Return what a union's account of a year is called here: accounts have no code of their own."""
    return f"TT-{year}-{unit}"


_COLUMNS = "record, version, unit, year, origin, way, number, day, giver, file, answers, by, at, replaced"
_SOURCE = f"SELECT {_COLUMNS} FROM paper_source"
COUNTS = Query(f"{_SOURCE} WHERE record = :record AND replaced IS NULL", PaperSource)
"""Where what counts of a record comes from; nothing where its unit has sent it in the chat."""
OF_RECORD = Query(f"{_SOURCE} WHERE record = :record ORDER BY version", PaperSource)
COUNTS_OF_YEAR = Query(f"{_SOURCE} WHERE year = :year AND replaced IS NULL ORDER BY unit, record", PaperSource)
COUNTS_OF_UNIT = Query(f"{_SOURCE} WHERE unit = :unit AND replaced IS NULL ORDER BY year, record", PaperSource)


def put(
    tx: Tx,
    *,
    record: str,
    unit: str,
    year: int,
    origin: Origin,
    way: PaperWay,
    by: int | None,
    now: datetime,
    number: str = "",
    day: date | None = None,
    giver: str = "",
    file: int | None = None,
    answers: Mapping[str, Any] | None = None,
) -> None:
    """Store where a record just filed comes from; what it came from before stays, and counts no more."""
    replace(tx, record=record, now=now)
    tx.run(
        """
        INSERT INTO paper_source (record, version, unit, year, origin, way, number, day, giver, file, answers, by, at)
        SELECT :record, 1 + COUNT(*), :unit, :year, :origin, :way, :number, :day, :giver, :file, :answers, :by, :now
          FROM paper_source WHERE record = :record
        """,
        record=record,
        unit=unit,
        year=year,
        origin=origin,
        way=way,
        number=number,
        day=day,
        giver=giver,
        file=file,
        answers=dict(answers or {}),
        by=by,
        now=now,
    )


def replace(tx: Tx, *, record: str, now: datetime) -> bool:
    """Mark that something else counts of a record; return whether it had come from paper."""
    return (
        tx.run(
            "UPDATE paper_source SET replaced = :now WHERE record = :record AND replaced IS NULL",
            record=record,
            now=now,
        )
        > 0
    )


def give_back(tx: Tx, *, record: str, since: datetime) -> None:
    """Mark that the newest source of a record counts again which something has replaced at a moment or later."""
    tx.run(
        """
        UPDATE paper_source SET replaced = NULL
         WHERE record = :record AND replaced >= :since
           AND version = (SELECT MAX(version) FROM paper_source WHERE record = :record)
        """,
        record=record,
        since=since,
    )
