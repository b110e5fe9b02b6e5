"""A bound on the memory that reading a file may take. Sets a limit of the whole process: for the worker process only."""

import re
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

R = TypeVar("R")
MORE = 320 * 1024 * 1024
"""Bytes that one reading may take beside what the process has."""


def within_memory(function: Callable[..., R], *args: Any) -> R:
    """Return function(*args); raise MemoryError where it would take too much."""
    with _limited():
        return function(*args)


@contextmanager
def _limited() -> Iterator[None]:
    taken = _taken()
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if taken is None:
        yield
        return
    limit = taken + MORE
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    if soft != resource.RLIM_INFINITY:
        limit = min(limit, soft)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    try:
        yield
    finally:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _taken() -> int | None:
    """Return the address space of this process; None where the system does not say."""
    try:
        found = re.search(r"VmSize:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii", "replace"))
    except OSError:
        return None
    return int(found[1]) * 1024 if found else None
