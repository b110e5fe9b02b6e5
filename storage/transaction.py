"""One transaction as its work sees it: queries as values, rows in and out. Runs on the writer's thread."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from storage.values import row_reader

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Work = Callable[["Tx"], T]


@dataclass(frozen=True)
class Query(Generic[T_co]):
    """A read as a value: its SQL and the dataclass (or plain type) that a row becomes."""

    sql: str
    row: type[T_co]

    @cached_property
    def read(self) -> Callable[[tuple[Any, ...]], T_co]:
        """What makes a row from its columns."""
        row: Any = self.row
        read: Callable[[tuple[Any, ...]], T_co] = row_reader(row)
        return read


class Tx:
    """One transaction as its work sees it: values in, values out, never the connection."""

    __slots__ = ("_connection", "after")

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.after: list[Callable[[], None]] = []
        """Called on the event loop after the COMMIT (to wake a sender, say); never if it fails."""

    def run(self, sql: str, **params: Any) -> int:
        """Run a statement; return how many rows it changed."""
        return self._connection.execute(sql, params).rowcount

    def value(self, sql: str, **params: Any) -> Any:
        """Return the first column of the first row, or None."""
        row = self._connection.execute(sql, params).fetchone()
        return None if row is None else row[0]

    def one(self, query: Query[T], **params: Any) -> T | None:
        """Return the first row of a query, or None."""
        row = self._connection.execute(query.sql, params).fetchone()
        return None if row is None else query.read(row)

    def all(self, query: Query[T], **params: Any) -> list[T]:
        """Return every row of a query, in its order."""
        read = query.read
        return [read(row) for row in self._connection.execute(query.sql, params)]
