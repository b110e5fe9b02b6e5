"""A past year is taken over whole or not at all; beside a server that holds the file too."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.documents.past_year_sheets import KnownUnit
from storage import people
from storage.db import Reader
from tests.past_years import BEGINS, KNOWN, PLAN, YEAR, founded_late, item, workbook
from tests.process.test_bad_input import thidua
from tests.processes import KILLED, forks
from tests.server import ROOT, Server

pytestmark = pytest.mark.slow

IMPORTS = "from bot.server import cli, commandline, past_year_commands"
TAKES = "from bot.server import cli, commandline\nsys.exit(cli.main(commandline, {argv!r}))"
STEP = 40
"""So many statements apart it is killed: a year has some hundreds."""


def kept(path: Path) -> tuple[int, ...]:
    """How many records of a year there are: reports, items, plans, recognitions, opened years, sources."""
    counted = ("result", "initiative", "unit_plan", "recognition", "year WHERE quiet", "paper_source", "baseline")
    with closing(sqlite3.connect(path)) as file:
        return tuple(file.execute(f"SELECT COUNT(*) FROM {each}").fetchone()[0] for each in counted)


async def test_killed_anywhere_all_of_it_is_there_or_nothing(tmp_path: Path) -> None:
    path, given = tmp_path / "office.db", tmp_path / "2026.xlsx"
    await founded_late(path)
    given.write_bytes(workbook(PLAN, 2026, KNOWN, YEAR))
    argv = ["import-year", "2026", str(given), "--db", str(path), "--apply"]
    nothing, whole, at, killed = (0,) * 7, (4, 4, 3, 3, 1, 13, 4), 60, 0
    with forks(IMPORTS, cwd=ROOT, env={**os.environ, "THIDUA_NOW": BEGINS}) as ended:
        while True:
            how = ended(KILLED.format(at=at, of="mode=rw", then=TAKES.format(argv=argv)))
            assert kept(path) in (nothing, whole)
            if how == 0:
                break
            assert how == -9
            at, killed = at + STEP, killed + 1
    assert killed > 4
    assert kept(path) == whole


async def test_beside_the_running_server(demo_file: Path, demo_server: Server, tmp_path: Path) -> None:
    blank, given = tmp_path / "blank.xlsx", tmp_path / "2026.xlsx"
    done = thidua("import-year", "2026", "--template", str(blank), "--db", str(demo_file))
    assert done.returncode == 0, done.stderr
    assert blank.stat().st_size > 5_000
    again = thidua("import-year", "2026", "--template", str(blank), "--db", str(demo_file))
    assert again.returncode == 1
    assert "Đã có" in again.stdout + again.stderr
    async with Reader.opened(demo_file) as reader:
        units = await reader.all(people.UNITS)
        somebody = next(each for each in await reader.all(people.EVERYBODY) if each.role == "officer")
    known = [KnownUnit(unit.code, unit.name) for unit in units]
    lines = {
        "items": (item(somebody.unit, "Một việc chỉ có trên giấy của năm trước", somebody.name, state="đã đăng ký"),)
    }
    given.write_bytes(workbook(PLAN, 2026, known, lines))
    before = kept(demo_file)
    shown = thidua("import-year", "2026", str(given), "--db", str(demo_file))
    assert "Mới: 01 nội dung đăng ký." in shown.stdout, shown.stdout + shown.stderr
    assert kept(demo_file) == before
    done = thidua("import-year", "2026", str(given), "--db", str(demo_file), "--apply")
    assert "✅ Đã ghi nhận theo hồ sơ giấy." in done.stdout, done.stdout + done.stderr
    assert kept(demo_file)[1] == before[1] + 1
