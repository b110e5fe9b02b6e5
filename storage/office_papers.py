"""Papers of the office: drafts with what stood in them, the office's own versions, what was signed; gaps it waits for no more."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from storage.db import Query, Tx

RECORD = "TH"
"""What the codes begin with under which files of these papers are kept: «TH-2027», «TH-2026-2030»."""


class PaperStage(StrEnum):
    """How far a paper is."""

    DRAFT = "draft"
    """Made by the assistant."""
    EDITED = "edited"
    """The office's own version of it: nothing overwrites that."""
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class OfficePaper:
    """One version of a paper about some years, as it was made or handed in."""

    id: int
    first: int
    last: int
    stage: PaperStage
    n: int
    """Which one of its stage."""
    contents: dict[str, Any]
    """What stood where when it was made: key to place and text."""
    gaps: int
    """What was still waited for."""
    number: str
    day: date | None
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class SettledGap:
    """Something missing that the office does not wait for any more."""

    gap: str
    year: int
    reason: str
    by: int
    at: datetime


_PAPER = "SELECT id, first, last, stage, n, contents, gaps, number, day, by, at FROM office_paper"
NEWEST = Query(f"{_PAPER} WHERE first = :first AND last = :last ORDER BY id DESC LIMIT 1", OfficePaper)
NEWEST_AT = Query(
    f"{_PAPER} WHERE first = :first AND last = :last AND stage = :stage ORDER BY id DESC LIMIT 1", OfficePaper
)
DRAFT_OF = Query(f"{_PAPER} WHERE first = :first AND last = :last AND stage = 'draft' AND n = :n", OfficePaper)
SETTLED = Query("SELECT gap, year, reason, by, at FROM settled_gap WHERE year = :year ORDER BY at", SettledGap)

SETTLED_GAP = Query("SELECT gap, year, reason, by, at FROM settled_gap WHERE gap = :gap", SettledGap)


def add(
    tx: Tx,
    *,
    first: int,
    last: int,
    stage: PaperStage,
    contents: dict[str, Any],
    gaps: int,
    by: int | None,
    now: datetime,
    number: str = "",
    day: date | None = None,
    template: str = "",
) -> int:
    """Store one more version of a paper; return which one of its stage it is."""
    n: int = tx.value(
        """
        INSERT INTO office_paper (first, last, stage, n, contents, gaps, number, day, template, by, at)
        SELECT :first, :last, :stage, 1 + COUNT(*), :contents, :gaps, :number, :day, :template, :by, :now
          FROM office_paper WHERE first = :first AND last = :last AND stage = :stage
        RETURNING n
        """,
        first=first,
        last=last,
        stage=stage,
        contents=contents,
        gaps=gaps,
        number=number,
        day=day,
        template=template,
        by=by,
        now=now,
    )
    return n


def settle(tx: Tx, *, gap: str, year: int, reason: str, by: int, now: datetime) -> None:
    """Store that the office does not wait for something any more, and why."""
    tx.run(
        """
        INSERT INTO settled_gap (gap, year, reason, by, at) VALUES (:gap, :year, :reason, :by, :now)
            ON CONFLICT (gap) DO UPDATE SET reason = :reason, by = :by, at = :now
        """,
        gap=gap,
        year=year,
        reason=reason,
        by=by,
        now=now,
    )


def wait_again(tx: Tx, *, gap: str) -> bool:
    """Delete that something is not waited for; return whether it was there."""
    return tx.run("DELETE FROM settled_gap WHERE gap = :gap", gap=gap) == 1
