"""Processes that tests start: whatever happens to a test or to the tests as a whole, they end too."""

import asyncio
import contextlib
import ctypes
import os
import signal
import socket
import subprocess
from collections.abc import Sequence
from typing import Any

_started: set[int] = set()
PR_SET_PDEATHSIG = 1
KILLED = """
import os, sqlite3, sys
n, real = 0, sqlite3.connect
def counted(statement):
    global n
    n += 1
    if n == {at}:
        os.kill(os.getpid(), 9)
def connect(*args, **how):
    connection = real(*args, **how)
    if {of!r} in str(args[0]):
        connection.set_trace_callback(counted)
    return connection
sqlite3.connect = connect
{then}
"""
"""A process that is killed as its SQL statement of that number begins, of connections that have this in their name."""


def _with_us() -> None:
    """In the child: Linux ends it as soon as the process that started it is gone (prctl(2))."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


async def spawn(*argv: str, **how: Any) -> asyncio.subprocess.Process:
    """A process in a session of its own, that what it starts can be ended with it."""
    process = await asyncio.create_subprocess_exec(*argv, start_new_session=True, preexec_fn=_with_us, **how)
    _started.add(process.pid)
    return process


def run(argv: Sequence[str], **how: Any) -> subprocess.CompletedProcess[str]:
    """A process until its end, or until its time is over."""
    return subprocess.run(argv, preexec_fn=_with_us, text=True, capture_output=True, check=False, **how)


def end_all() -> None:
    """End every process that is left, and all that it has started."""
    for pid in _started:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
    _started.clear()


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
