"""Consents: who agreed to which version of the data notice, when, where; and who withdrew."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.db import Query, Tx


class ConsentAnswer(StrEnum):
    """What somebody answered to the data notice."""

    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Consent:
    """One answer to the notice."""

    person: int
    chat: int
    version: str
    answer: ConsentAnswer
    at: datetime


OF_PERSON = Query("SELECT person, chat, version, answer, at FROM consent WHERE person = :person ORDER BY id", Consent)


WITHDRAWN = Query(
    """
    SELECT person FROM consent AS said WHERE answer = 'withdrawn'
       AND NOT EXISTS (SELECT 1 FROM consent AS later WHERE later.person = said.person AND later.id > said.id)
    """,
    int,
)
"""Whoever has withdrawn agreement, and has not agreed again."""


def note(tx: Tx, *, person: int, chat: int, version: str, answer: ConsentAnswer, now: datetime) -> None:
    """Store an answer to the data notice."""
    tx.run(
        "INSERT INTO consent (person, chat, version, answer, at) VALUES (:person, :chat, :version, :answer, :now)",
        person=person,
        chat=chat,
        version=version,
        answer=answer,
        now=now,
    )
