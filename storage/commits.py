"""Commit the works that wait together: a SAVEPOINT each, one COMMIT for the batch. Runs on the writer's thread."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from storage.opening import ROOM, Trouble, Unusable, unusable
from storage.transaction import Tx, Work

log = logging.getLogger(__name__)
T = TypeVar("T")
PROCESS_ENDS = (KeyboardInterrupt, SystemExit)
PASSING = frozenset(
    {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM}
)
"""What SQLite says of its surroundings, not of what it was asked: https://sqlite.org/rescode.html."""


class Failed(RuntimeError):
    """A work raised what no future carries (`StopIteration`, a cancellation): its cause is what it raised."""


def passing(error: BaseException) -> bool:
    """Whether a write may succeed later as it is: another program holds the file, the disk is full."""
    if isinstance(error, Unusable):
        return error.trouble is Trouble.LOCKED
    return isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) & 0xFF in PASSING


def no_room(error: BaseException | None) -> bool:
    """Whether a write failed because the disk is full."""
    return isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) & 0xFF in ROOM


@dataclass(slots=True)
class Pending:
    """A work that waits for its COMMIT, and the future of whoever awaits it."""

    future: asyncio.Future[Any]
    work: Work[Any]


Done = tuple[Pending, Any, Exception | None, Sequence[Callable[[], None]]]
"""A work with its result, or its exception, and what to call after the COMMIT."""


class Guard:
    """The writing connection, with transaction control denied while somebody's work runs.

    The authorizer is asked when a statement is compiled, and the driver keeps compiled statements:
    so the writer's own BEGIN, SAVEPOINT and COMMIT carry a mark that no work writes.
    """

    DENIED = frozenset(
        {
            sqlite3.SQLITE_TRANSACTION,
            sqlite3.SQLITE_SAVEPOINT,
            sqlite3.SQLITE_ATTACH,
            sqlite3.SQLITE_DETACH,
            sqlite3.SQLITE_PRAGMA,
        }
    )

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection, self.path = connection, path
        self.working = False
        connection.set_authorizer(self._allow)

    def _allow(self, action: int, *_: Any) -> int:
        return sqlite3.SQLITE_DENY if self.working and action in self.DENIED else sqlite3.SQLITE_OK

    def control(self, statement: str) -> None:
        """Run one of the writer's own statements."""
        self.connection.execute(f"{statement} /* writer */")

    def run(self, work: Work[T]) -> tuple[T, Tx]:
        """Run a work, which may not control its transaction."""
        tx = Tx(self.connection)
        self.working = True
        try:
            return work(tx), tx
        finally:
            self.working = False


def _carried(error: BaseException) -> Exception:
    """Return an exception as a future carries it: `StopIteration` would be refused, a cancellation misread."""
    if isinstance(error, Exception) and not isinstance(error, StopIteration | StopAsyncIteration):
        return error
    failed = Failed(f"{type(error).__name__}: {error}")
    failed.__cause__ = error
    return failed


def commit_together(guard: Guard, batch: Sequence[Pending]) -> list[Done]:
    """Commit the batch as one; when that fails (disk full, busy, no memory), commit each alone."""
    try:
        return _attempt(guard, batch)
    except Exception as error:
        if guard.connection.in_transaction:  # it could not even be rolled back: nothing can be written any more
            raise
        if len(batch) == 1:
            if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
                return [(batch[0], None, unusable(guard.path, error), ())]
            return [(batch[0], None, _carried(error), ())]
        return [done for waiting in batch for done in commit_together(guard, [waiting])]


def _attempt(guard: Guard, batch: Sequence[Pending]) -> list[Done]:
    done: list[Done] = []
    try:
        guard.control("BEGIN IMMEDIATE")
        for waiting in batch:
            guard.control("SAVEPOINT work")
            try:
                result, tx = guard.run(waiting.work)
            except BaseException as error:
                if isinstance(error, PROCESS_ENDS):
                    raise
                failed = _carried(error)
                if not guard.connection.in_transaction:  # SQLite rolled the whole batch back
                    raise failed from error.__cause__
                guard.control("ROLLBACK TO work")
                done.append((waiting, None, failed, ()))
            else:
                done.append((waiting, result, None, tx.after))
            guard.control("RELEASE work")
        guard.control("COMMIT")
    except BaseException:
        if guard.connection.in_transaction:
            guard.control("ROLLBACK")
        raise
    return done


def report(done: Sequence[Done]) -> None:
    """Set the result of each work for whoever awaits it, in the event loop, and call what follows the COMMIT."""
    for waiting, result, error, after in done:
        if not waiting.future.done():  # else whoever awaited it has gone
            if error is None:
                waiting.future.set_result(result)
            else:
                waiting.future.set_exception(error)
        for call in after:
            try:
                call()
            except Exception:  # those behind it wait for their own commit
                log.exception("what was to follow a commit has failed")
