"""Jobs: long work left to run outside a turn, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.db import Query, Tx


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work for a chat."""

    id: int
    work: str
    about: dict[str, Any]
    chat: int
    person: int | None
    """Who asked; nobody in a group."""
    tries: int


WAITING = Query("SELECT id, work, about, chat, person, tries FROM job WHERE state = 'waiting' ORDER BY id", Job)

WAITING_OF_CHAT = Query(
    "SELECT id, work, about, chat, person, tries FROM job WHERE state = 'waiting' AND chat = :chat ORDER BY id", Job
)


def add(tx: Tx, *, work: str, about: dict[str, Any], chat: int, person: int | None, now: datetime) -> None:
    """Leave a piece of work for a chat."""
    tx.run(
        "INSERT INTO job (work, about, chat, person, at) VALUES (:work, :about, :chat, :person, :now)",
        work=work,
        about=about,
        chat=chat,
        person=person,
        now=now,
    )


def start(tx: Tx, id: int) -> None:
    """It is being done."""
    tx.run("UPDATE job SET state = 'running', tries = tries + 1 WHERE id = :id", id=id)


def end(tx: Tx, id: int, *, state: str) -> None:
    """It is done, failed, or waits to be tried once more."""
    tx.run("UPDATE job SET state = :state WHERE id = :id", id=id, state=state)


def restart(tx: Tx) -> None:
    """What was being done when the process died is done again."""
    tx.run("UPDATE job SET state = 'waiting' WHERE state = 'running'")
