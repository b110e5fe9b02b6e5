"""kill -9 while a plan is taken leaves the old one in force or the new one, never half of it."""

import asyncio
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage import plans
from tests.conftest import PLAN_TEXT
from tests.old_files import put_in_force
from tests.process.test_bad_input import thidua
from tests.process.test_plan_in_force import started, written
from tests.process.test_plan_taken import LATER, audit
from tests.processes import KILLED, forks
from tests.server import ROOT

pytestmark = pytest.mark.slow

IMPORTS = "from bot.server import cli, commandline, plan_commands, plan_trial"
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


def in_force(path: Path) -> str:
    """The text of the plan that the file names, read from the file itself."""
    with closing(sqlite3.connect(path)) as file:
        (text,) = file.execute(plans.NOW.sql).fetchone()[1:2]
    return str(text)


def test_killed_between_any_two_steps_the_old_or_the_new_plan_is_in_force(demo_file: Path, tmp_path: Path) -> None:
    argv = ["plan", "take", str(written(tmp_path, LATER)), "--db", str(demo_file), "--apply"]
    states, at = list[str](), 1
    with forks(IMPORTS, cwd=ROOT) as ended:
        while True:
            how = ended(KILLED.format(at=at, of="mode=rw", then=WITHOUT_PLAY + TAKES.format(argv=argv)))
            states.append(in_force(demo_file))
            assert states[-1] in (PLAN_TEXT, LATER)
            assert len(audit(demo_file)) == (states[-1] == LATER), "the plan and its line in the audit are one"
            if how == 0:
                break
            assert how == -9
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
