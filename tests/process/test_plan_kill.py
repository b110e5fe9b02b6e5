"""kill -9 while a plan is taken leaves the old one in force or the new one, never half of it."""

import asyncio
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import PLAN_TEXT
from tests.old_files import put_in_force
from tests.process.test_bad_input import thidua
from tests.process.test_plan_in_force import in_force, started, written
from tests.process.test_plan_taken import LATER, audit
from tests.processes import KILLED, run
from tests.server import ROOT

pytestmark = pytest.mark.slow

TAKES = "from bot.server import cli, commandline\nsys.exit(cli.main(commandline, {argv!r}))"
WITHOUT_PLAY = """
from bot.server import plan_commands, plan_trial
async def tried(text):
    return plan_trial.Tried(2026, 1, ())
async def compared(*of):
    return []
plan_commands.trial, plan_commands.reminder_changes.compared = tried, compared
"""
"""What only looks takes seconds, and is left out where a command is begun many times."""


def test_killed_between_any_two_steps_the_old_or_the_new_plan_is_in_force(demo_file: Path, tmp_path: Path) -> None:
    argv = ["plan", "take", str(written(tmp_path, LATER)), "--db", str(demo_file), "--apply"]
    states, at = list[str](), 1
    while True:
        code = KILLED.format(at=at, of="mode=rw", then=WITHOUT_PLAY + TAKES.format(argv=argv))
        done = run([sys.executable, "-c", code], cwd=ROOT, timeout=120)
        states.append(in_force(demo_file))
        assert states[-1] in (PLAN_TEXT, LATER)
        assert len(audit(demo_file)) == (states[-1] == LATER), "the plan and its line in the audit are one"
        if done.returncode == 0:
            break
        assert done.returncode == -9, done.stderr
        at += 1
    assert at > 12
    assert states[-1] == LATER
    assert states == sorted(states, key=[PLAN_TEXT, LATER].index)


async def test_a_server_that_is_killed_while_it_takes_a_plan(demo_file: Path, tmp_path: Path) -> None:
    other = str(written(tmp_path, LATER))
    for wait in (0.0, 0.02, 0.05):
        process, _said = await started(demo_file, 2)
        taking = asyncio.create_task(
            asyncio.to_thread(thidua, "plan", "take", other, "--db", str(demo_file), "--apply")
        )
        while not audit(demo_file) and not taking.done():  # noqa: ASYNC110  # another process writes it, and wakes nobody
            await asyncio.sleep(0.01)
        await asyncio.sleep(wait)
        process.send_signal(signal.SIGKILL)
        await process.communicate()
        await taking
        assert in_force(demo_file) in (PLAN_TEXT, LATER)
        assert len(audit(demo_file)) == (in_force(demo_file) == LATER)
        put_in_force(demo_file, PLAN_TEXT)
        with closing(sqlite3.connect(demo_file)) as file, file:
            file.execute("DELETE FROM audit WHERE what = 'plan_taken'")
