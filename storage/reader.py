"""Readers: `mode=ro` connections beside the writer, each with a thread of its own; awaited in the event loop."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite

from storage.opening import PRAGMAS, check_readable, read_only, unusable
from storage.transaction import Query

T = TypeVar("T")


class Snapshot:
    """Reads that all see one state of the file."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def all(self, query: Query[T], **params: Any) -> list[T]:
        """Return every row of a query, in its order."""
        read = query.read
        rows = await self._connection.execute_fetchall(query.sql, params)
        return [read(tuple(row)) for row in rows]

    async def one(self, query: Query[T], **params: Any) -> T | None:
        """Return the first row of a query, or None."""
        rows = await self.all(query, **params)
        return rows[0] if rows else None


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
