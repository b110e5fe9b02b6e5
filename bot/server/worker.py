"""The worker process: makes pictures and documents, which would hold the interpreter of the server for their whole run.

Started for the first of them, ended when idle. Its parent awaits it in the event loop; both talk in plain values.
"""

import asyncio
import os
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any, TypeVar

R = TypeVar("R")
IDLE = 300.0
"""Seconds after which the worker process is ended."""


@dataclass
class Worker:
    """The worker process, started on first use."""

    _pool: ProcessPoolExecutor | None = field(default=None)
    _end: asyncio.TimerHandle | None = field(default=None)

    async def make(self, function: Callable[..., R], *args: Any) -> R:
        """Return the result of function(*args) in the worker process."""
        loop = asyncio.get_running_loop()
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_end_with_parent)
        if self._end is not None:
            self._end.cancel()
        try:
            return await loop.run_in_executor(self._pool, function, *args)
        except BrokenProcessPool:
            self.close()
            raise
        finally:
            self._end = loop.call_later(IDLE, self.close)

    def close(self) -> None:
        """End the worker process."""
        if self._end is not None:
            self._end.cancel()
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None


def _end_with_parent() -> None:
    """End this worker process when the server is killed, since nobody else would."""
    os.nice(10)  # whoever waits for an answer comes before whoever waits for a document
    parent = parent_process()
    if parent is None:
        sys.exit("the worker has no parent process")

    def wait() -> None:
        parent.join()
        os._exit(0)

    Thread(target=wait, daemon=True).start()
