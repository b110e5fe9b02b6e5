"""The writer thread: the one connection that writes, and the queue of works before it.

`Writer` is called in the event loop; `_serve` and what it calls run on the thread until the writer is closed or
dies. Whoever awaits a work is told only after its COMMIT.
"""

import asyncio
import logging
import queue
import threading
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TypeVar

from storage.commits import Done, Guard, Pending, commit_together, no_room, report
from storage.erasures import Journal
from storage.opening import connect
from storage.transaction import Work

log = logging.getLogger(__name__)
T = TypeVar("T")
BATCH = 64
CLOSING = 10.0
"""Seconds that what is being written has when the database closes."""


class Closed(RuntimeError):
    """A write came after the database was closed: stop whoever writes before closing it."""


class Writer:
    """The thread, its queue, and what became of it."""

    def __init__(self, path: Path, *, must_exist: bool, second: Path | None) -> None:
        self._path, self._must_exist = path, must_exist
        self._journal = Journal(path, second)
        self._queue: queue.SimpleQueue[Pending | None] = queue.SimpleQueue()
        self.closed = True
        self.broken: asyncio.Future[None]
        """Done with an exception when the thread died: the process must not go on."""
        self.full = False
        """Whether the newest commit has found no room on the disk."""

    async def open(self) -> None:
        """Start the thread; open or make the file and bring it to the newest schema; raise Unusable."""
        self._loop = asyncio.get_running_loop()
        self.broken = self._loop.create_future()
        self._ended = asyncio.Event()
        ready: asyncio.Future[None] = self._loop.create_future()
        self._thread = threading.Thread(target=self._serve, args=(ready,), name="writer", daemon=True)
        self._thread.start()
        await ready
        self.closed = False

    async def close(self) -> None:
        """Finish what waits, then end; a work that never ends is left to itself."""
        self.closed = True
        self._queue.put(None)
        try:
            async with asyncio.timeout(CLOSING):
                await self._ended.wait()
        except TimeoutError:  # to wait for its thread would hold the process for ever
            log.critical("a write has not ended for %.0f s: it is given up", CLOSING)

    def write(self, work: Work[T]) -> "asyncio.Future[T]":
        """Queue a work; return the future of its result."""
        if self.closed:
            raise Closed("the database is closed")
        future: asyncio.Future[T] = self._loop.create_future()
        self._queue.put(Pending(future, work))
        return future

    def _serve(self, ready: "asyncio.Future[None]") -> None:
        try:
            connection = connect(self._path, must_exist=self._must_exist)
            self._journal.open(connection)
        except BaseException as error:
            self._loop.call_soon_threadsafe(ready.set_exception, error)
            return
        self._loop.call_soon_threadsafe(ready.set_result, None)
        guard = Guard(connection, self._path)
        with closing(connection):
            while (batch := self._collect()) is not None:
                try:
                    done = commit_together(guard, batch)
                    self._journal.record(connection)
                except BaseException as error:
                    self._loop.call_soon_threadsafe(self._break, batch, error)
                    return
                self._loop.call_soon_threadsafe(self._done, done)
        with suppress(RuntimeError):  # the loop may have ended meanwhile
            self._loop.call_soon_threadsafe(self._ended.set)

    def _done(self, done: Sequence[Done]) -> None:
        if done:
            self.full = all(no_room(error) for _waiting, _result, error, _after in done)
        report(done)

    def _break(self, batch: Sequence[Pending], error: BaseException) -> None:
        self.closed = True
        while not self._queue.empty():
            if (waiting := self._queue.get_nowait()) is not None:
                batch = [*batch, waiting]
        for waiting in batch:
            if not waiting.future.done():
                waiting.future.set_exception(Closed(f"the writer died: {error!r}"))
        self.broken.set_exception(error if isinstance(error, Exception) else Closed(repr(error)))

    def _collect(self) -> list[Pending] | None:
        """Wait for works; return all that wait now, at least one; None when the database is to close."""
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
