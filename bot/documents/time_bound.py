"""A bound on the time that work may take. Sets a limit of the whole process, which ends when it is met: for the worker process only."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager, suppress

SECONDS = 20
"""Of the processor."""


@contextmanager
def within_time(seconds: int = SECONDS) -> Iterator[None]:
    """End the process when what is done meanwhile takes longer; whoever waits for it sees that it has ended."""
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + 1 + seconds
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (limit, hard))
    try:
        yield
    finally:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
