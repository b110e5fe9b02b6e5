"""The one SQLite file: a writer thread that commits in groups, and readers beside it.

A transaction is a plain synchronous function `work(tx)`, run on the writer thread. All that wait are
committed together: a SAVEPOINT each, one COMMIT for the batch, `synchronous=FULL`; whoever waits is
told only after the COMMIT. SQLite before 3.51.3 may corrupt a WAL that two connections write
(sqlite.org/wal.html#walresetbug), so exactly one connection writes and every other is `mode=ro`.
"""

import asyncio
import logging
import queue
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import aiosqlite

from storage.erasures import Journal
from storage.opening import PRAGMAS, Trouble, Unusable, check_readable, connect, read_only, unusable
from storage.values import row_reader

log = logging.getLogger(__name__)
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Work = Callable[["Tx"], T]

BATCH = 64
PASSING = frozenset(
    {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM}
)
"""What SQLite says of its surroundings, not of what it was asked: https://sqlite.org/rescode.html."""
ROOM = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR})
"""What it says when nothing more can be put on the disk."""
CLOSING = 10.0
"""Seconds that what is being written has when the database closes."""
HELD = 1.0
"""Seconds before a write that met it is tried again; each time more, up to LONGEST times as many."""
LONGEST = 10


def passing(error: BaseException) -> bool:
    """Whether a write may succeed later as it is: another program holds the file, the disk is full."""
    if isinstance(error, Unusable):
        return error.trouble is Trouble.LOCKED
    return isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) & 0xFF in PASSING


def no_room(error: BaseException | None) -> bool:
    """Whether a write failed because nothing more can be put on the disk."""
    return isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) & 0xFF in ROOM


class Closed(RuntimeError):
    """A write came after the database was closed: stop whoever writes before closing it."""


class Failed(RuntimeError):
    """A work raised what no future carries (`StopIteration`, a cancellation): its cause is what it raised."""


@dataclass(frozen=True)
class Query(Generic[T_co]):
    """A read as a value: its SQL and the dataclass (or plain type) that a row becomes."""

    sql: str
    row: type[T_co]


def _row(query: Query[Any]) -> Any:
    return query.row


class Tx:
    """One transaction as its work sees it: values in, values out, never the connection."""

    __slots__ = ("_connection", "after")

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.after: list[Callable[[], None]] = []
        """Called on the event loop after the COMMIT (to wake a sender, say); never if it fails."""

    def run(self, sql: str, **params: Any) -> int:
        """Run a statement; how many rows it changed."""
        return self._connection.execute(sql, params).rowcount

    def value(self, sql: str, **params: Any) -> Any:
        """The first column of the first row, or None."""
        row = self._connection.execute(sql, params).fetchone()
        return None if row is None else row[0]

    def one(self, query: Query[T], **params: Any) -> T | None:
        """The first row of a query, or None."""
        row = self._connection.execute(query.sql, params).fetchone()
        return None if row is None else row_reader(_row(query))(row)

    def all(self, query: Query[T], **params: Any) -> list[T]:
        """Every row of a query, in its order."""
        read = row_reader(_row(query))
        return [read(row) for row in self._connection.execute(query.sql, params)]


@dataclass(slots=True)
class _Waiting:
    future: asyncio.Future[Any]
    work: Work[Any]


class Database:
    """The file, open for writing: `await db.write(work)`; reads by `db.reader()`."""

    def __init__(self, path: Path, *, must_exist: bool = False, second: Path | None = None) -> None:
        self.path, self._must_exist = path, must_exist
        self._journal = Journal(path, second)
        self._queue: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._closed = True
        self._reader: Reader | None = None
        self._opening = asyncio.Lock()
        self.broken: asyncio.Future[None]
        """Done with an exception when the writer thread died: the process must not go on."""
        self.full = False
        """Whether the newest commit has found no room on the disk."""

    async def open(self) -> None:
        """Open or make the file and bring it to the newest schema; raises Unusable."""
        self._loop = asyncio.get_running_loop()
        self.broken = self._loop.create_future()
        self._ended = asyncio.Event()
        ready: asyncio.Future[None] = self._loop.create_future()
        self._thread = threading.Thread(target=self._serve, args=(ready,), name="writer", daemon=True)
        self._thread.start()
        await ready
        self._closed = False

    async def close(self) -> None:
        """Finish what waits, then close; a later write raises Closed. A work that never ends is left to itself."""
        was, self._closed = self._closed, True
        async with self._opening:
            reader, self._reader = self._reader, None
        if reader is not None:  # though the writer has died: its thread would keep the process alive
            await reader.close()
        if was:
            return
        self._queue.put(None)
        try:
            async with asyncio.timeout(CLOSING):
                await self._ended.wait()
        except TimeoutError:  # to wait for its thread would hold the process for ever
            log.critical("a write has not ended for %.0f s: it is given up", CLOSING)

    def write(self, work: Work[T]) -> "asyncio.Future[T]":
        """What `work(tx)` returns, once it is committed; its exception if it raised.

        It stands in line from this call on, awaited or not.
        """
        if self._closed:
            raise Closed("the database is closed")
        future: asyncio.Future[T] = self._loop.create_future()
        self._queue.put(_Waiting(future, work))
        return future

    async def write_with_retry(self, work: Work[T]) -> T:
        """Write; retry while the database is locked. For what nobody would ask for again."""
        tries = 0
        while True:
            try:
                return await self.write(work)
            except (Unusable, sqlite3.Error) as error:
                if not passing(error):
                    raise
                log.warning("a write waits: %s", error)
            tries = min(tries + 1, LONGEST)
            await asyncio.sleep(HELD * tries)

    async def reader(self) -> "Reader":
        """The connection for reading, opened on first use."""
        async with self._opening:
            if self._reader is None:
                if self._closed:
                    raise Closed("the database is closed")
                self._reader = await Reader.open(self.path)
            return self._reader

    @asynccontextmanager
    async def snapshot(self) -> "AsyncIterator[Snapshot]":
        """One read transaction on a connection of its own: however long it is open, no other read waits for it."""
        if self._closed:
            raise Closed("the database is closed")
        reader = await Reader.open(self.path)
        try:
            async with reader.snapshot() as snapshot:
                yield snapshot
        finally:
            await reader.close()

    def _serve(self, ready: "asyncio.Future[None]") -> None:
        try:
            connection = connect(self.path, must_exist=self._must_exist)
            self._journal.open(connection)
        except BaseException as error:
            self._loop.call_soon_threadsafe(ready.set_exception, error)
            return
        self._loop.call_soon_threadsafe(ready.set_result, None)
        guard = _Guard(connection, self.path)
        with closing(connection):
            while (batch := self._collect()) is not None:
                try:
                    done = _commit_together(guard, batch)
                    self._journal.put_down(connection)
                except BaseException as error:
                    self._loop.call_soon_threadsafe(self._break, batch, error)
                    return
                self._loop.call_soon_threadsafe(self._done, done)
        with suppress(RuntimeError):  # the loop may have ended meanwhile
            self._loop.call_soon_threadsafe(self._ended.set)

    def _done(self, done: "Sequence[_Done]") -> None:
        if done:
            self.full = all(no_room(error) for _waiting, _result, error, _after in done)
        _deliver(done)

    def _break(self, batch: Sequence[_Waiting], error: BaseException) -> None:
        self._closed = True
        while not self._queue.empty():
            if (waiting := self._queue.get_nowait()) is not None:
                batch = [*batch, waiting]
        for waiting in batch:
            if not waiting.future.done():
                waiting.future.set_exception(Closed(f"the writer died: {error!r}"))
        self.broken.set_exception(error if isinstance(error, Exception) else Closed(repr(error)))

    def _collect(self) -> list[_Waiting] | None:
        """All that wait now, at least one; None when the database is to close."""
        first = self._queue.get()
        if first is None:
            return None
        batch = [first]
        while len(batch) < BATCH:
            try:
                more = self._queue.get_nowait()
            except queue.Empty:
                break
            if more is None:
                self._queue.put(None)
                break
            batch.append(more)
        return [waiting for waiting in batch if not waiting.future.cancelled()]


class _Guard:
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
        self.connection.execute(f"{statement} /* writer */")

    def run(self, work: Work[T]) -> tuple[T, Tx]:
        tx = Tx(self.connection)
        self.working = True
        try:
            return work(tx), tx
        finally:
            self.working = False


PROCESS_ENDS = (KeyboardInterrupt, SystemExit)


def _carried(error: BaseException) -> Exception:
    """An exception as a future carries it: `StopIteration` would be refused, a cancellation misread."""
    if isinstance(error, Exception) and not isinstance(error, StopIteration | StopAsyncIteration):
        return error
    failed = Failed(f"{type(error).__name__}: {error}")
    failed.__cause__ = error
    return failed


_Done = tuple[_Waiting, Any, Exception | None, Sequence[Callable[[], None]]]


def _commit_together(guard: _Guard, batch: Sequence[_Waiting]) -> list[_Done]:
    """Commit the batch as one; when that fails (disk full, busy, no memory), each alone."""
    try:
        return _attempt(guard, batch)
    except Exception as error:
        if guard.connection.in_transaction:  # not even given up: nothing can be written any more
            raise
        if len(batch) == 1:
            if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
                return [(batch[0], None, unusable(guard.path, error), ())]
            return [(batch[0], None, _carried(error), ())]
        return [done for waiting in batch for done in _commit_together(guard, [waiting])]


def _attempt(guard: _Guard, batch: Sequence[_Waiting]) -> list[_Done]:
    done: list[_Done] = []
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
                if not guard.connection.in_transaction:  # SQLite gave the whole batch up
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


def _deliver(done: Sequence[_Done]) -> None:
    for waiting, result, error, after in done:
        if not waiting.future.done():  # else whoever asked has gone
            if error is None:
                waiting.future.set_result(result)
            else:
                waiting.future.set_exception(error)
        for call in after:
            try:
                call()
            except Exception:  # those behind it wait for their own commit
                log.exception("what was to follow a commit has failed")


class Snapshot:
    """Reads that all see one state of the file."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def all(self, query: Query[T], **params: Any) -> list[T]:
        """Every row of a query, in its order."""
        read = row_reader(_row(query))
        rows = await self._connection.execute_fetchall(query.sql, params)
        return [read(tuple(row)) for row in rows]

    async def one(self, query: Query[T], **params: Any) -> T | None:
        """The first row of a query, or None."""
        rows = await self.all(query, **params)
        return rows[0] if rows else None


class Reader:
    """A `mode=ro` connection beside the writer: summaries, boards, documents, exports."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self._turn = asyncio.Lock()

    @classmethod
    async def open(cls, path: Path) -> "Reader":
        """Open the file for reading; raises Unusable when it is missing or damaged."""
        check_readable(path)  # aiosqlite's thread outlives a connection that fails, and then complains
        connection = await aiosqlite.connect(read_only(path), uri=True, isolation_level=None)
        try:
            for pragma in PRAGMAS:
                await connection.execute(f"PRAGMA {pragma}")
        except sqlite3.Error as error:
            await connection.close()
            raise unusable(path, error) from error
        except BaseException:  # whoever opens it is stopped: its thread would keep the process alive
            connection.stop()
            raise
        return cls(connection)

    async def close(self) -> None:
        """Close the connection."""
        await self._connection.close()

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Snapshot]:
        """One read transaction, so that all figures of a document agree."""
        async with self._turn:
            await self._connection.execute("BEGIN")
            try:
                yield Snapshot(self._connection)
            finally:
                await self._connection.execute("COMMIT")

    async def all(self, query: Query[T], **params: Any) -> list[T]:
        """Every row of a query, in its order; one statement is a snapshot by itself."""
        async with self._turn:
            return await Snapshot(self._connection).all(query, **params)

    async def one(self, query: Query[T], **params: Any) -> T | None:
        """The first row of a query, or None."""
        rows = await self.all(query, **params)
        return rows[0] if rows else None
