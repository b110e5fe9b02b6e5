"""What a start imports: libraries for documents, pictures and holidays wait until they are used."""

import asyncio
import signal
import subprocess
import sys

import pytest

from tests.processes import spawn
from tests.server import ROOT

pytestmark = pytest.mark.slow

LATER = {"dotenv", "telegram", "httpx", "openpyxl", "resvg_py", "holidays", "lxml", "docx", "apscheduler.triggers.cron"}
STARTS = ("aiohttp", "aiosqlite", "babel", "pydantic", "rapidfuzz")


DAYS = "import datetime, bot.server.office as o; o.make_calendar().works(datetime.date(2027, 4, 30))"


def loaded(first: str = "") -> set[str]:
    code = f"{first}\nimport sys, bot.server.commandline, bot.server.serve; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_a_start_imports_no_library_of_documents() -> None:
    modules = loaded()
    assert not LATER & modules
    assert not any(name.split(".")[0] in LATER for name in modules)


def test_the_days_of_these_years_need_no_library() -> None:
    assert "holidays" not in loaded(DAYS)


def test_what_a_start_imports_is_listed() -> None:
    ours = {"bot", "handlers", "storage"}
    requirements = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert set(STARTS) <= loaded()
    assert ours <= loaded()
    for name in ("aiohttp", "aiosqlite", "babel", "pydantic", "rapidfuzz"):
        assert f'"{name}' in requirements


async def test_ctrl_c_while_it_begins_is_quiet() -> None:
    """Nothing is open yet: no page of Python's own words for whoever thought better of it."""
    process = await spawn(
        sys.executable, "-X", "importtime", "-m", "bot", "run", cwd=ROOT, stderr=asyncio.subprocess.PIPE
    )
    assert process.stderr is not None
    while b"bot.movement" not in await process.stderr.readline():
        pass
    process.send_signal(signal.SIGINT)
    told = await process.stderr.read()
    assert await process.wait() == 130
    assert b"Traceback" not in told
