"""What tests start ends with them: after the test, and when all of them are ended at once."""

import asyncio
import os
import subprocess
import sys
import time

import pytest

from tests import processes
from tests.server import ROOT

pytestmark = pytest.mark.slow

PARENT = "import subprocess, sys, time; print(subprocess.Popen(['sleep', '600']).pid, flush=True); time.sleep(600)"


def alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def gone(pid: int) -> bool:
    for _ in range(100):
        if not alive(pid):
            return True
        time.sleep(0.05)
    return False


async def test_a_process_and_what_it_started_end_with_the_test() -> None:
    process = await processes.spawn(sys.executable, "-c", PARENT, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    child = int(await process.stdout.readline())
    assert alive(child)
    processes.end_all()
    await process.wait()
    assert await asyncio.to_thread(gone, child)


def test_a_process_ends_when_the_tests_are_killed() -> None:
    code = (
        "import asyncio, os, sys\nfrom tests import processes\n"
        "async def main():\n"
        "    process = await processes.spawn('sleep', '600')\n"
        "    print(process.pid, flush=True)\n"
        "    os.kill(os.getpid(), 9)\n"
        "asyncio.run(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=os.environ, text=True, capture_output=True, check=False, timeout=60
    )
    assert gone(int(done.stdout))
