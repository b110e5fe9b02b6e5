"""Versions of unit plans, registered sheets and closed lists beside the one that counts: of the past, or waiting to be received."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.db import Query, Tx


@dataclass(frozen=True, slots=True)
class RecordVersion:
    """One version, whole: its answers by the questions of its form."""

    record: str
    version: int
    what: str
    state: str
    answers: dict[str, Any]
    by: int | None
    at: datetime


_VERSION = "SELECT record, version, what, state, answers, by, at FROM record_version"
OF_RECORD = Query(f"{_VERSION} WHERE record = :record ORDER BY version", RecordVersion)
WAITING = Query(f"{_VERSION} WHERE record = :record AND state = 'waiting'", RecordVersion)
"""The version that counts as soon as it is received."""
OF_YEAR = Query(f"{_VERSION} WHERE record GLOB :of_year ORDER BY at, record", RecordVersion)
"""Every version beside the one that counts, of the records of a year: «*-2027-*»."""
LAST = Query(f"{_VERSION} WHERE record = :record AND state = 'past' ORDER BY version DESC LIMIT 1", RecordVersion)
"""The version that counted last before the one that counts."""


def keep(
    tx: Tx, *, record: str, what: str, answers: Mapping[str, Any], by: int | None, at: datetime, waits: bool = False
) -> int:
    """Store a version that counts no more, or one that waits in the place of another that did; return its number."""
    if waits:
        drop_waiting(tx, record=record)
    version: int = tx.value(
        """
        INSERT INTO record_version (record, version, what, state, answers, by, at)
        SELECT :record, 1 + COALESCE(MAX(version), 0), :what, :state, :answers, :by, :at
          FROM record_version WHERE record = :record
        RETURNING version
        """,
        record=record,
        what=what,
        state="waiting" if waits else "past",
        answers=dict(answers),
        by=by,
        at=at,
    )
    return version


def drop_waiting(tx: Tx, *, record: str) -> None:
    """Mark the version that waits as one of the past: it was never received."""
    tx.run("UPDATE record_version SET state = 'past' WHERE record = :record AND state = 'waiting'", record=record)


def take(tx: Tx, *, record: str) -> None:
    """Delete the version that waited: from now on it stands where what counts does."""
    tx.run("DELETE FROM record_version WHERE record = :record AND state = 'waiting'", record=record)
