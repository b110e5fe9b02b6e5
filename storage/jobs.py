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
WAITING = Query(f"{JOB} WHERE state = 'waiting' ORDER BY id", Job)
WAITING_OF_CHAT = Query(f"{JOB} WHERE state = 'waiting' AND chat = :chat ORDER BY id", Job)


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


def start(tx: Tx, id: int) -> None:
    """Mark a job as running, and count the try."""
    tx.run("UPDATE job SET state = :running, tries = tries + 1 WHERE id = :id", id=id, running=JobState.RUNNING)


def end(tx: Tx, id: int, *, state: JobState) -> None:
    """Mark a job as done, failed, or waiting to be tried once more."""
    tx.run("UPDATE job SET state = :state WHERE id = :id", id=id, state=state)


def restart(tx: Tx) -> None:
    """Set what was running when the process died to waiting."""
    tx.run("UPDATE job SET state = 'waiting' WHERE state = 'running'")
