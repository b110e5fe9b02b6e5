"""Parts of a unit's yearly report that its head has given to colleagues."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from storage.db import Query, Tx


class ShareState(StrEnum):
    """Where a part stands: the first two are under way, the others have ended."""

    GIVEN = "given"
    DONE = "done"
    """It was written, and has flowed into the sheet or waits for the head to choose."""
    BACK = "back"
    """The head has taken it back."""
    OVER = "over"
    """The report was sent without it."""


@dataclass(frozen=True, slots=True)
class ReportShare:
    """One part and who writes it."""

    id: int
    unit: str
    year: int
    part: str
    person: int
    who: str
    """Position and name of whoever writes it."""
    by: int
    state: ShareState
    value: dict[str, Any]
    at: datetime
    ended: datetime | None


_SHARE = """
    SELECT report_share.id, report_share.unit, report_share.year, part, report_share.person,
           trim(person.position || ' ' || person.name), report_share.by, report_share.state, value, report_share.at, ended
      FROM report_share JOIN person ON person.id = report_share.person
"""
_HERE = """(person.active AND person.unit = report_share.unit
            AND person.role IN ('officer', 'drafter', 'deputy', 'office'))"""
_LIVE = f"""(report_share.state = 'done' OR (report_share.state = 'given' AND {_HERE}))
       AND NOT EXISTS (SELECT 1 FROM result WHERE result.unit = report_share.unit AND result.year = report_share.year)"""
BY_ID = Query(f"{_SHARE} WHERE report_share.id = :id", ReportShare)
LIVE = Query(
    f"{_SHARE} WHERE report_share.unit = :unit AND report_share.year = :year AND {_LIVE} ORDER BY report_share.id",
    ReportShare,
)
"""What counts: whoever has left the unit, or writes there no more, has no part of its report."""
OF_PERSON = Query(
    f"{_SHARE} WHERE report_share.person = :person AND report_share.state = 'given' AND {_LIVE} ORDER BY report_share.id",
    ReportShare,
)
"""What somebody is to write."""


def give(tx: Tx, *, unit: str, year: int, part: str, person: int, by: int, now: datetime) -> None:
    """Store who writes a part; a new name replaces the old one."""
    tx.run(
        """
        INSERT INTO report_share (unit, year, part, person, by, at)
        VALUES (:unit, :year, :part, :person, :by, :now)
            ON CONFLICT (unit, year, part) WHERE state IN ('given', 'done') DO UPDATE
               SET person = :person, by = :by, at = :now, state = 'given', value = '{}', ended = NULL
        """,
        unit=unit,
        year=year,
        part=part,
        person=person,
        by=by,
        now=now,
    )


def finish(tx: Tx, *, id: int, value: Mapping[str, Any], now: datetime) -> None:
    """Mark a part as written, with what was written."""
    tx.run(
        "UPDATE report_share SET state = 'done', value = :value, ended = :now WHERE id = :id AND state = 'given'",
        id=id,
        value=dict(value),
        now=now,
    )


def end(tx: Tx, *, id: int, state: ShareState, now: datetime) -> None:
    """Mark a part as taken back, or as over."""
    tx.run("UPDATE report_share SET state = :state, ended = :now WHERE id = :id", id=id, state=state, now=now)
