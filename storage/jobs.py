"""Jobs: long work that runs outside a turn, and how each stands. Functions over Tx run on the writer's thread."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from storage.db import Query, Tx


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


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


JOB = "SELECT id, work, about, chat, person, tries FROM job"
_OPEN = "state IN ('waiting', 'running') AND cancelled IS NULL"
WAITING = Query(f"{JOB} WHERE state = 'waiting' ORDER BY id", Job)
WAITING_OF_CHAT = Query(f"{JOB} WHERE state = 'waiting' AND chat = :chat ORDER BY id", Job)

OPEN_OF_CHAT = Query(f"{JOB} WHERE {_OPEN} AND chat = :chat ORDER BY id", Job)
"""What waits or is being made, and is still wanted."""
UNWANTED = Query("SELECT id FROM job WHERE id = :id AND cancelled IS NOT NULL", int)
SHOWN = Query("SELECT shown FROM job WHERE id = :id AND shown IS NOT NULL", int)
"""The row of the outbox that says that it is under way."""


def add(tx: Tx, *, work: str, about: dict[str, Any], chat: int, person: int | None, now: datetime) -> None:
    """Store a piece of work for a chat."""
    tx.run(
        "INSERT INTO job (work, about, chat, person, at) VALUES (:work, :about, :chat, :person, :now)",
        work=work,
        about=about,
        chat=chat,
        person=person,
        now=now,
    )


def start(tx: Tx, id: int) -> bool:
    """Mark a job as running, and count the try; False for one that nobody wants any more."""
    return (
        tx.run(
            "UPDATE job SET state = :running, tries = tries + 1 WHERE id = :id AND cancelled IS NULL",
            id=id,
            running=JobState.RUNNING,
        )
        == 1
    )


def show(tx: Tx, *, id: int, row: int) -> None:
    """Store which row of the outbox says that a job is under way."""
    tx.run("UPDATE job SET shown = :row WHERE id = :id", id=id, row=row)


def cancel(tx: Tx, *, id: int, now: datetime) -> None:
    """Mark a job that has not ended as one that nobody wants any more; one that waits has ended with it."""
    tx.run(
        f"""
        UPDATE job SET cancelled = :now, state = CASE state WHEN 'waiting' THEN 'failed' ELSE state END
         WHERE id = :id AND {_OPEN}
        """,
        id=id,
        now=now,
    )


def end(tx: Tx, id: int, *, state: JobState) -> None:
    """Mark a job as done, failed, or waiting to be tried once more."""
    tx.run("UPDATE job SET state = :state WHERE id = :id", id=id, state=state)


def restart(tx: Tx) -> None:
    """Set what was running when the process died to waiting; what nobody wants any more has ended."""
    tx.run(
        "UPDATE job SET state = CASE WHEN cancelled IS NULL THEN 'waiting' ELSE 'failed' END WHERE state = 'running'"
    )
