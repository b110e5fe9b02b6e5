"""Errors that are logged while something is tried are caught: they are what was looked for."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def caught() -> Iterator[list[logging.LogRecord]]:
    """Catch whatever is logged as an error meanwhile, instead of where it goes otherwise."""
    root, kept = logging.getLogger(), _Kept(logging.ERROR)
    before, root.handlers = root.handlers, [kept]
    try:
        yield kept.records
    finally:
        root.handlers = before


class _Kept(logging.Handler):
    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)
