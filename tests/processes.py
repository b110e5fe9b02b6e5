"""Processes that tests start: whatever happens to a test or to the tests as a whole, they end too."""

import asyncio
import contextlib
import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
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

FORKING = """
import json, os, sys
{imports}
answers = os.fdopen(os.dup(1), "w")
for line in sys.stdin:
    child = os.fork()
    if not child:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        code = 1
        try:
            exec(json.loads(line), {{"__name__": "__main__"}})
            code = 0
        except SystemExit as ends:
            code = int(ends.code or 0)
        except BaseException:
            import traceback
            traceback.print_exc()
        os._exit(code)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), file=answers, flush=True)
"""
"""A process that runs what it is told, a line of JSON each, in a fork of itself, and says how that ended."""


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


@contextlib.contextmanager
def forks(imports: str, **how: Any) -> Iterator[Callable[[str], int]]:
    """Give what runs code in a process that has imported this much already, and returns how it ended: a start takes seconds."""
    argv = [sys.executable, "-c", FORKING.format(imports=imports)]
    with subprocess.Popen(
        argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, preexec_fn=_with_us, **how
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        told, answers = process.stdin, process.stdout

        def ended(code: str) -> int:
            told.write(json.dumps(code) + "\n")
            told.flush()
            return int(answers.readline())

        try:
            yield ended
        finally:
            told.close()


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
