"""What was changed in proposals of awards: by whoever proposes, before it is decided; by the office, of what was recorded."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.awards import AwardContent
from storage.db import Query, Tx
from storage.values import columns, dumps


@dataclass(frozen=True, slots=True)
class AwardPutRight:
    """That a decision about an award was put right, and why."""

    code: str
    by_unit: str
    reason: str
    by: int
    at: datetime


CHANGES_OF_YEAR = Query(
    """
    SELECT award.code, award.by_unit, award_change.reason, award_change.by, award_change.at
      FROM award_change JOIN award ON award.id = award_change.award WHERE award.year = :year ORDER BY award_change.id
    """,
    AwardPutRight,
)


def revise(tx: Tx, content: AwardContent, *, id: int, version: int, links: Collection[str]) -> bool:
    """Store a proposal as it is changed; False where it was decided, withdrawn or changed meanwhile."""
    done = tx.run(
        """
        UPDATE award SET kind = :kind, kind_name = :kind_name, form = :form, form_name = :form_name, above = :above,
               unit = :unit, what = :what, person = :person, name = :name, reason = :reason, merit = :merit,
               meeting = :meeting, answer_by = :answer_by, version = version + 1
         WHERE id = :id AND state = 'proposed' AND version = :version
        """,
        id=id,
        version=version,
        **columns(content),
    )
    if done:
        tx.run("DELETE FROM award_link WHERE award = :award", award=id)
        for record in dict.fromkeys(links):
            tx.run("INSERT INTO award_link (award, record) VALUES (:award, :record)", award=id, record=record)
    return done == 1


def note_change(tx: Tx, *, award: int, was: Any, reason: str, by: int, now: datetime) -> None:
    """Add what stood in a proposal before it was put right."""
    tx.run(
        "INSERT INTO award_change (award, was, reason, by, at) VALUES (:award, :was, :reason, :by, :now)",
        award=award,
        was=dumps(was),
        reason=reason,
        by=by,
        now=now,
    )
