"""What goes wrong at the command line is one clear sentence, an exit code, and nothing lost."""

import hashlib
import os
import re
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PLAN_TEXT
from tests.processes import free_port, run
from tests.server import ROOT, Server

pytestmark = pytest.mark.slow


def thidua(*args: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the command line."""
    return run([sys.executable, "-m", "bot", *args], cwd=ROOT, env={**os.environ, **settings}, timeout=60, input="")


def one_sentence(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """One line on standard error that says what happened; no traceback."""
    assert done.returncode not in (0, None), done.stdout
    assert "Traceback" not in done.stderr, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    for word in words:
        assert word in done.stderr, done.stderr


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_an_unknown_setting() -> None:
    one_sentence(thidua("check", "x", THIDUA_PORT="1"), "THIDUA_PORT", "THIDUA_HTTP")


def test_no_pace_at_telegrams_own_server(demo_file: Path) -> None:
    said = thidua("run", THIDUA_DB=str(demo_file), THIDUA_TELEGRAM_TOKEN="1:x", THIDUA_TELEGRAM_PACE="none")
    one_sentence(said, "THIDUA_TELEGRAM_API")


def test_a_setting_that_cannot_be() -> None:
    one_sentence(thidua("check", "x", THIDUA_LANG="fr"), "THIDUA_LANG", "fr")
    one_sentence(thidua("check", "x", THIDUA_TELEGRAM_PROXY="socks5://localhost:1"), "THIDUA_TELEGRAM_PROXY", "socks5")


@pytest.mark.parametrize(
    ("broken", "where"),
    [
        (PLAN_TEXT.replace("first_year = 2026", "first_year = 2031"), ""),
        (PLAN_TEXT.replace('before = "11-10"', 'before = "31-10"'), "duties"),
        (PLAN_TEXT.replace('measure = "share"', 'measure = "shares"', 1), "targets"),
        (PLAN_TEXT.replace("goal = 100", 'goal = "trăm"', 1), "targets"),
        (PLAN_TEXT.replace('opens = "10-15"', 'opens = "11-15"', 1), "opens"),
        (PLAN_TEXT.replace("digest_weekday = 0", "digest_weekday = 7"), "digest_weekday"),
        (re.sub(r'desk_unit = ".*"', 'desk_unit = " "', PLAN_TEXT), "desk_unit"),
        (PLAN_TEXT[:400], ""),
        (PLAN_TEXT + "\n[[\n", ""),
        ("", ""),
    ],
    ids=["years", "date", "measure", "goal", "opening", "weekday", "desk", "half", "toml", "empty"],
)
def test_a_broken_plan_file(tmp_path: Path, demo_file: Path, broken: str, where: str) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(broken, encoding="utf-8")
    said = thidua("check", str(path))
    assert said.returncode == 1
    assert where in said.stderr
    assert "Traceback" not in said.stderr
    before = digest(demo_file)
    one_sentence(thidua("talk", "--db", str(demo_file), "--as", "head", THIDUA_PLAN=str(path)))
    assert digest(demo_file) == before


def test_a_right_plan_file_prints_the_year(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(PLAN_TEXT, encoding="utf-8")
    said = thidua("check", str(path), THIDUA_NOW="2027-01-05T08:00")
    assert said.returncode == 0, said.stderr
    assert "09/11/2027" in said.stdout
    assert said.stdout.count("08:00") == 10


def test_a_plan_file_that_is_not_there() -> None:
    one_sentence(thidua("check", "/nowhere/plan.toml"), "/nowhere/plan.toml")


def test_a_damaged_database(demo_file: Path) -> None:
    data = bytearray(demo_file.read_bytes())
    data[0:4096] = os.urandom(4096)
    demo_file.write_bytes(data)
    before = digest(demo_file)
    one_sentence(thidua("talk", "--db", str(demo_file), "--as", "head"), str(demo_file))
    assert digest(demo_file) == before


def test_a_database_of_a_newer_version(demo_file: Path) -> None:
    with sqlite3.connect(demo_file) as file:
        file.execute("PRAGMA user_version = 999")
    file.close()
    before = digest(demo_file)
    one_sentence(thidua("talk", "--db", str(demo_file), "--as", "head"), str(demo_file), "mới hơn")
    assert digest(demo_file) == before


def test_a_locked_database(demo_file: Path) -> None:
    with sqlite3.connect(demo_file) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        said = thidua("run", THIDUA_DB=str(demo_file), THIDUA_HTTP=f"127.0.0.1:{free_port()}")
    holder.close()
    one_sentence(said, str(demo_file))


def test_a_missing_database() -> None:
    one_sentence(thidua("talk", "--db", "/nowhere/t.db", "--as", "head"), "/nowhere/t.db")


def test_a_database_in_a_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    one_sentence(thidua("init", "--name", "Hứa Văn Nháp", "--year", "2030", "--db", str(tmp_path / "file" / "t.db")))


def test_a_port_that_is_taken(demo_file: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        one_sentence(thidua("demo", "--db", str(demo_file), "--port", port), port)


async def test_a_second_process_on_the_same_file(demo_file: Path) -> None:
    server = Server(demo_file)
    await server.start()
    await server.ready()
    try:
        said = thidua("talk", "--db", str(demo_file), "--as", "head")
        one_sentence(said, str(demo_file))
        invited = thidua(
            "invite", "--db", str(demo_file), "--name", "Hứa Văn Nháp", "--unit", "QLXD", "--role", "officer"
        )
        assert invited.returncode == 0, invited.stderr
        assert len(invited.stdout.strip().splitlines()[-1]) == 10
    finally:
        await server.kill()


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("talk", "--as", "head"), "--db"),
        (("fly",), "fly"),
        (("demo", "--port", "x"), "--port"),
        (("summary", "hai"), "year"),
        ((), ""),
    ],
)
def test_a_command_line_that_cannot_be(args: tuple[str, ...], words: str) -> None:
    said = thidua(*args)
    assert said.returncode == 2
    assert words in said.stderr
    assert "error" not in said.stderr
    assert "usage" not in said.stderr


def test_somebody_nobody_knows(demo_file: Path) -> None:
    one_sentence(thidua("talk", "--db", str(demo_file), "--as", "Trần Không Ai"), "Trần Không Ai")


def test_the_command_line_speaks_both_languages() -> None:
    vietnamese, english = thidua("--help"), thidua("--help", THIDUA_LANG="en")
    assert "usage" in english.stdout
    assert "usage" not in vietnamese.stdout
    assert "the invented office" in english.stdout
    assert "the " not in vietnamese.stdout
