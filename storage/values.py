"""Values in the file: times as UTC ISO text, days as plain dates, decimals and JSON as text."""

import sqlite3
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

from pydantic_core import from_json, to_json

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@lru_cache(256)  # one turn keeps one moment many times
def stored(at: datetime) -> str:
    """Return an aware moment as it is kept: 2027-11-04T01:00:00.000000Z, always as wide."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def read_stored(text: str) -> datetime:
    """Return a kept moment, in the office's time zone."""
    return datetime.fromisoformat(text).astimezone(ZONE)


def loads(text: str) -> Any:
    """Return the value of a kept JSON text."""
    return from_json(text)


def dumps(value: Any) -> str:
    """Return JSON as it is kept: compact, with Vietnamese letters as they are."""
    return to_json(value).decode()


# What a statement's parameters become in the file; all others SQLite takes as they are.
_WRITE: Mapping[type, Callable[[Any], str]] = {
    datetime: stored,
    date: date.isoformat,
    Decimal: str,
    dict: dumps,
    list: dumps,
    tuple: dumps,
}
for _kind, _write in _WRITE.items():
    sqlite3.register_adapter(_kind, _write)

_READ: Mapping[Any, Callable[[Any], Any]] = {
    datetime: read_stored,
    date: date.fromisoformat,
    Decimal: Decimal,
    bool: bool,
    dict: loads,
    list: loads,
    tuple: lambda text: tuple(loads(text)),
}


def columns(row: Any) -> dict[str, Any]:
    """Return the fields of a dataclass as a statement names them."""
    return {field.name: getattr(row, field.name) for field in fields(row)}


@cache
def row_reader(row: Hashable) -> Callable[[tuple[Any, ...]], Any]:
    """Return how a row of the file becomes a value of this dataclass, by its annotations.

    A plain type (int, str) reads the one column of a one-column query.
    """
    if not (isinstance(row, type) and is_dataclass(row)):
        read_one = _reader(row)

        def one(values: tuple[Any, ...]) -> Any:
            return values[0] if read_one is None or values[0] is None else read_one(values[0])

        return one
    make_row: Any = row
    hints = get_type_hints(row)
    readers = [
        (index, read) for index, field in enumerate(fields(row)) if (read := _reader(hints[field.name])) is not None
    ]
    if not readers:
        return lambda values: make_row(*values)

    def make(values: tuple[Any, ...]) -> Any:
        changed = list(values)
        for index, read in readers:
            if changed[index] is not None:
                changed[index] = read(changed[index])
        return make_row(*changed)

    return make


def _reader(hint: Any) -> Callable[[Any], Any] | None:
    if get_origin(hint) in (Union, UnionType):
        hint = next(arg for arg in get_args(hint) if arg is not NoneType)
    hint = get_origin(hint) or hint
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {member.value: member for member in hint}.__getitem__  # to call the class is slower
    return _READ.get(hint)
