"""The one SQLite file: a writer thread that commits in groups (`storage.writer`), and readers beside it (`storage.reader`).

A transaction is a plain synchronous function `work(tx)`, run on the writer thread. All that wait are
committed together: a SAVEPOINT each, one COMMIT for the batch, `synchronous=FULL`; whoever waits is
told only after the COMMIT. SQLite before 3.51.3 may corrupt a WAL that two connections write
(sqlite.org/wal.html#walresetbug), so exactly one connection writes and every other is `mode=ro`.
"""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from storage.commits import Failed, passing
from storage.opening import Unusable
from storage.reader import Reader, Snapshot
from storage.transaction import Query, Tx, Work
from storage.writer import Closed, Writer

__all__ = ["Closed", "Database", "Failed", "Query", "Reader", "Snapshot", "Tx", "Work", "passing"]

log = logging.getLogger(__name__)
T = TypeVar("T")
HELD = 1.0
"""Seconds before a write that met a locked database is tried again; each time more, up to LONGEST times as many."""
LONGEST = 10


class Database:
    """The file, open for writing: `await db.write(work)`; reads by `db.reader()`. Used in the event loop."""

    def __init__(self, path: Path, *, must_exist: bool = False, second: Path | None = None) -> None:
        self.path = path
        self._writer = Writer(path, must_exist=must_exist, second=second)
        self._reader: Reader | None = None
        self._spare: Reader | None = None
        self._spare_of: tuple[int, int] | None = None
        """Which file on the disk it reads: one that was put in its place is another."""
        self._opening = asyncio.Lock()

    @property
    def broken(self) -> "asyncio.Future[None]":
        """Done with an exception when the writer thread died: the process must not go on."""
        return self._writer.broken

    @property
    def full(self) -> bool:
        """Whether the newest commit has found no room on the disk."""
        return self._writer.full

    async def open(self) -> None:
        """Open or make the file and bring it to the newest schema; raise Unusable."""
        await self._writer.open()

    async def close(self) -> None:
        """Finish what waits, then close; a later write raises Closed. A work that never ends is left to itself."""
        was, self._writer.closed = self._writer.closed, True
        async with self._opening:
            readers, self._reader, self._spare = (self._reader, self._spare), None, None
        for reader in filter(None, readers):  # though the writer has died: their threads would keep the process alive
            await reader.close()
        if not was:
            await self._writer.close()

    def write(self, work: Work[T]) -> "asyncio.Future[T]":
        """Return what `work(tx)` returns, once it is committed; raise its exception if it raised.

        It stands in line from this call on, awaited or not.
        """
        return self._writer.write(work)

    async def write_with_retry(self, work: Work[T]) -> T:
        """Write; retry while the database is locked: for what nobody would ask for again."""
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

    async def reader(self) -> Reader:
        """Return the connection for reading, opened on first use."""
        async with self._opening:
            if self._reader is None:
                if self._writer.closed:
                    raise Closed("the database is closed")
                self._reader = await Reader.open(self.path)
            return self._reader

    def _file(self) -> tuple[int, int] | None:
        """Return which file on the disk has the name now; None where none has."""
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Snapshot]:
        """Open a read transaction on a connection of its own: however long it is open, no other read waits for it.

        One that is done lends its connection to the next: opening it costs as much as twenty reads.
        """
        if self._writer.closed:
            raise Closed("the database is closed")
        reader, self._spare = self._spare, None
        if reader is not None and self._spare_of != self._file():
            await reader.close()
            reader = None
        if reader is None:
            reader = await Reader.open(self.path)
        of = self._file()
        whole = False
        try:
            async with reader.snapshot() as snapshot:
                yield snapshot
            whole = True
        finally:
            if whole and self._spare is None and not self._writer.closed:
                self._spare, self._spare_of = reader, of
            else:
                await reader.close()
