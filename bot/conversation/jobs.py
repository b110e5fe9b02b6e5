"""What a job may look at and what it gives back. Runs in the event loop, over a snapshot: it changes nothing itself.

A job is long work outside the turns, answered through the outbox like everything else; `bot.server.jobs` runs them.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeVar

from bot.conversation.context import Office, Visit
from bot.dialogue import Say
from bot.language import Words
from storage import people
from storage.db import Snapshot

R = TypeVar("R")


class Make(Protocol):
    """Runs a function in the worker process."""

    def __call__(self, function: Callable[..., R], *args: Any) -> Awaitable[R]:
        """Return what function(*args) returns there: bytes, rows."""


@dataclass
class JobSteps:
    """How far long work is, as it says itself: so many steps done, of so many."""

    changed: Callable[[], None] = lambda: None
    """Called at each step, in the event loop."""
    n: int = 0
    all: int = 0
    """How many there are; none as long as nobody has said so."""

    def plan(self, all: int) -> None:
        """Set how many steps the work has."""
        self.n, self.all = 0, all
        self.changed()

    def done(self) -> None:
        """Count a step that is done; never more than there are."""
        self.n = min(self.n + 1, self.all)
        self.changed()


@dataclass(frozen=True)
class JobContext:
    """What a job may use: one state of the database, so that all its figures agree; the office, the time, the worker."""

    snapshot: Snapshot
    office: Office
    now: datetime
    chat: int
    person: people.Person | None
    words: Words
    make: Make
    steps: JobSteps = field(default_factory=JobSteps)
    given: Any = None
    """What its kind has read of one record for whoever asked; None where they may not read it now."""


@dataclass(frozen=True)
class JobResult:
    """The answer of a job: a message, and files that go with it."""

    say: Say
    files: Sequence[tuple[str, str, bytes]] = ()
    """(name, content type, bytes)"""
    write: Callable[[Visit], None] | None = None
    """What it changes, in the transaction that stores its answer: both happen, or neither."""
    read_as: str = ""
    """The role and unit that one record was read as; nothing where none was."""
