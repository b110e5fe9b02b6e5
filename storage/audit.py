"""Who did what and when: one table that is only added to; no message text."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.db import Query, Tx


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act: who, what, about which record."""

    at: datetime
    person: int | None
    what: str
    about: str
    detail: dict[str, Any]


ABOUT = Query("SELECT at, person, what, about, detail FROM audit WHERE about = :about ORDER BY id", AuditEntry)


def note(tx: Tx, *, now: datetime, person: int | None, what: str, about: str = "", **detail: Any) -> None:
    """Add an act to the audit."""
    tx.run(
        "INSERT INTO audit (at, person, what, about, detail) VALUES (:now, :person, :what, :about, :detail)",
        now=now,
        person=person,
        what=what,
        about=about,
        detail=detail,
    )
