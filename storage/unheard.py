"""What nobody understood, for the office to add to its phrases. Functions over Tx run on the writer's thread."""

from dataclasses import dataclass
from datetime import datetime

from storage.db import Query, Tx


@dataclass(frozen=True, slots=True)
class UnheardCount:
    """How often the same words came, with the commands that were offered for them."""

    n: int
    words: str
    offered: str | None


COUNTED = Query(
    """
    SELECT COUNT(*) AS n, words, (
               SELECT offered FROM unheard AS newer WHERE newer.words = unheard.words AND offered IS NOT NULL
                ORDER BY id DESC LIMIT 1) AS offered
      FROM unheard GROUP BY words ORDER BY n DESC, words
    """,
    UnheardCount,
)
"""Most often first."""


def add(tx: Tx, *, person: int, words: str, offered: str | None, now: datetime) -> None:
    """Add what was not understood."""
    tx.run(
        "INSERT INTO unheard (person, words, offered, at) VALUES (:person, :words, :offered, :now)",
        person=person,
        words=words,
        offered=offered,
        now=now,
    )


def forget(tx: Tx, *, before: datetime) -> int:
    """Delete what is older; return how many rows that were."""
    return tx.run("DELETE FROM unheard WHERE at < :before", before=before)
