"""Templates of papers that the office has taken; every one is kept, the newest of a name is in force."""

from dataclasses import dataclass
from datetime import datetime

from storage.db import Query, Tx


@dataclass(frozen=True, slots=True)
class TakenTemplate:
    """A template, or that the one which comes with the program is in force again."""

    id: int
    name: str
    mark: str
    own: bool
    """Whether it is the office's; else it is the one that comes with the program."""
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MadeWith:
    """How many versions of papers a template has made."""

    mark: str
    n: int


ALL = Query("SELECT id, name, mark, bytes IS NOT NULL, by, at FROM paper_template ORDER BY id", TakenTemplate)
NOW = Query(
    """
    SELECT bytes FROM (SELECT bytes FROM paper_template WHERE name = :name ORDER BY id DESC LIMIT 1)
     WHERE bytes IS NOT NULL
    """,
    bytes,
)
"""The bytes of the office's own; nothing where the one that comes with the program is in force."""
MARKED = Query("SELECT bytes FROM paper_template WHERE name = :name AND mark = :mark AND bytes IS NOT NULL", bytes)
MADE_WITH = Query("SELECT template, COUNT(*) FROM office_paper WHERE template <> '' GROUP BY template", MadeWith)


def take(tx: Tx, *, name: str, mark: str, data: bytes | None, by: str, now: datetime) -> None:
    """Store which template of a paper is in force from now on."""
    tx.run(
        "INSERT INTO paper_template (name, mark, bytes, by, at) VALUES (:name, :mark, :data, :by, :now)",
        name=name,
        mark=mark,
        data=data,
        by=by,
        now=now,
    )
