"""Values in the file: times as UTC ISO text, days as plain dates, decimals and JSON as text."""

import json
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def stored(at: datetime) -> str:
    """An aware moment as it is kept: 2027-11-04T01:00:00.000000Z, always as wide."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def read_stored(text: str) -> datetime:
    """A kept moment, in the office's time zone."""
    return datetime.fromisoformat(text).astimezone(ZONE)


def loads(text: str) -> Any:
    """The value of a kept JSON text."""
    return json.loads(text)


def dumps(value: Any) -> str:
    """JSON as it is kept: compact, with Vietnamese letters as they are."""
    return _encode(value)


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


_WRITE: Mapping[type, Callable[[Any], Any]] = {
    datetime: stored,
    date: date.isoformat,
    Decimal: str,
    bool: int,
    dict: dumps,
    list: dumps,
    tuple: dumps,
}
_READ: Mapping[Any, Callable[[Any], Any]] = {
    datetime: read_stored,
    date: date.fromisoformat,
    Decimal: Decimal,
    bool: bool,
    dict: json.loads,
    list: json.loads,
    tuple: lambda text: tuple(json.loads(text)),
}


def written(params: dict[str, Any]) -> dict[str, Any]:
    """The parameters of a statement as SQLite takes them."""
    for name, value in params.items():
        write = _WRITE.get(type(value))
        if write is not None:
            params[name] = write(value)
    return params


@cache
def row_reader(row: Hashable) -> Callable[[tuple[Any, ...]], Any]:
    """How a row of the file becomes a value of this dataclass, by its annotations.

    A plain type (int, str) reads the one column of a one-column query.
    """
    if not (isinstance(row, type) and is_dataclass(row)):
        read = _reader(row)
        return (lambda values: values[0]) if read is None else (lambda values: read(values[0]))
    make_row: Any = row
    hints = get_type_hints(row)
    readers = [
        (index, read)
        for index, field in enumerate(fields(row))
        if (read := _reader(hints[field.name])) is not None
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
        return hint
    return _READ.get(hint)
