"""Readers: `mode=ro` connections beside the writer, each with a thread of its own; awaited in the event loop."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite

from storage.opening import PRAGMAS, check_readable, read_only, unusable
from storage.transaction import Query

T = TypeVar("T")


Fetch = Callable[[str, Mapping[str, Any]], Awaitable[Iterable[Any]]]
"""Returns every row of a statement."""


class Snapshot:
    """Reads that all see one state of the file."""

    def __init__(self, connection: aiosqlite.Connection, fetch: Fetch | None = None) -> None:
        self._connection = connection
        self._fetch: Fetch = fetch or connection.execute_fetchall
        self._on_thread = fetch is not None

    async def all(self, query: Query[T], **params: Any) -> list[T]:
        """Return every row of a query, in its order."""
        read = query.read
        return [read(tuple(row)) for row in await self._fetch(query.sql, params)]

    async def together(self, reads: "Callable[[Snapshot], Coroutine[Any, Any, T]]") -> T:
        """Return what many reads come to, run one after the other on the connection's own thread.

        The way there and back costs more than a small read. They may await nothing but this snapshot's reads.
        """
        if self._on_thread:
            return await reads(self)
        near = Snapshot(self._connection, self._here)
        # aiosqlite has no public way to run something of ours on the connection's thread; this one bears no types.
        return await self._connection._execute(lambda: _run(reads(near)))  # type: ignore[no-any-return,no-untyped-call]

    async def each(self, reads: "Callable[[Snapshot], AsyncIterator[T]]") -> AsyncIterator[T]:
        """Yield what many reads yield; each step of them is made together."""
        steps = None

        async def step(near: Snapshot) -> tuple[T, ...]:
            nonlocal steps
            steps = steps or reads(near)
            async for found in steps:
                return (found,)
            return ()

        while found := await self.together(step):
            yield found[0]

    async def _here(self, sql: str, params: Mapping[str, Any]) -> Iterable[Any]:
        return self._connection._conn.execute(sql, params).fetchall()

    async def one(self, query: Query[T], **params: Any) -> T | None:
        """Return the first row of a query, or None."""
        rows = await self.all(query, **params)
        return rows[0] if rows else None


def _run(reads: Coroutine[Any, Any, T]) -> T:
    """Run to its end what never waits."""
    try:
        reads.send(None)
    except StopIteration as end:
        value: T = end.value
        return value
    reads.close()
    raise RuntimeError("reads that are made together await something else than a read")


class Reader:
    """A `mode=ro` connection beside the writer: summaries, boards, documents, exports."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self._turn = asyncio.Lock()

    @classmethod
    async def open(cls, path: Path) -> "Reader":
        """Open the file for reading; raise Unusable when it is missing or damaged."""
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

    @classmethod
    @asynccontextmanager
    async def opened(cls, path: Path) -> AsyncIterator["Reader"]:
        """Open the file for reading while a block runs; raise Unusable when it is missing or damaged."""
        reader = await cls.open(path)
        try:
            yield reader
        finally:
            await reader.close()

    async def close(self) -> None:
        """Close the connection."""
        await self._connection.close()

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Snapshot]:
        """Open one read transaction, so that all figures of a document agree."""
        async with self._turn:
            await self._connection.execute("BEGIN")
            try:
                yield Snapshot(self._connection)
            finally:
                await self._connection.execute("COMMIT")

    async def all(self, query: Query[T], **params: Any) -> list[T]:
        """Return every row of a query, in its order; one statement is a snapshot by itself."""
        async with self._turn:
            return await Snapshot(self._connection).all(query, **params)

    async def one(self, query: Query[T], **params: Any) -> T | None:
        """Return the first row of a query, or None."""
        rows = await self.all(query, **params)
        return rows[0] if rows else None
