"""An office's file is made on purpose, once, and whole; it is its owner's alone, and its clock is the machine's."""

import asyncio
import os
import shutil
import signal
import sqlite3
import stat
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.server.addresses import Address, read_address, read_port
from bot.server.control_socket import Control, address_of, ask
from storage.opening import Trouble, Unusable, connect
from tests.conftest import OpenOffice
from tests.process.test_bad_input import digest, one_sentence, thidua
from tests.processes import free_port, spawn
from tests.server import ROOT

pytestmark = pytest.mark.slow

NAME = ("--name", "Hà Văn Quản Trị")


def made(tmp_path: Path, *more: str) -> Path:
    """A new office's file, of this machine's time."""
    path = tmp_path / "office.db"
    done = thidua("init", *NAME, "--year", "2030", "--db", str(path), *more)
    assert done.returncode == 0, done.stderr
    return path


# Who makes files ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    [
        ("run",),
        ("talk", "--as", "x"),
        ("invite", "--name", "Tô Văn Tạm", "--unit", "VP", "--role", "head"),
        ("import", "roster.csv"),
        ("import-year", "2026", "roster.csv"),
        ("summary", "2027"),
        ("rehearse", "2027"),
    ],
    ids=lambda command: command[0],
)
def test_a_mistyped_name_makes_nothing(tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "roster.csv").write_text("code;name;kind\n", encoding="utf-8")
    command = tuple(str(tmp_path / word) if word.endswith(".csv") else word for word in command)
    path = tmp_path / "datta" / "thidua.db"
    one_sentence(thidua(*command, "--db", str(path)), str(path), "Chưa có")
    assert not path.parent.exists()
    beside = tmp_path / "thidua.dbb"
    one_sentence(thidua(*command, "--db", str(beside)), str(beside))
    assert sorted(each.name for each in tmp_path.iterdir()) == ["roster.csv"]


def test_an_empty_file_is_no_office(tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    path.touch()
    one_sentence(thidua("run", "--db", str(path)), str(path))
    assert path.stat().st_size == 0


def test_init_says_where_and_what_comes_next(tmp_path: Path) -> None:
    path = tmp_path / "new" / "office.db"
    done = thidua("init", *NAME, "--year", "2030", "--db", str(path))
    assert done.returncode == 0, done.stderr
    assert str(path) in done.stdout
    assert "2030" in done.stdout
    assert "Chưa giao thời hạn: kế hoạch năm" in done.stdout
    assert "thidua import" in done.stdout
    assert "thidua run" in done.stdout
    for past in ("2025", "2026", "2029"):
        assert f"thidua import-year {past} --template nam-{past}.xlsx" in done.stdout
    assert "import-year 2030" not in done.stdout
    assert len(done.stdout.strip().splitlines()[-1]) == 10
    assert sorted(each.name for each in path.parent.iterdir()) == ["office.db"]


def test_an_office_that_has_just_begun_has_its_summary(tmp_path: Path) -> None:
    done = thidua("summary", "2030", "--db", str(made(tmp_path)))
    assert done.returncode == 0, done.stderr
    assert "2030" in done.stdout


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--year", "2030"), "--name"),
        (NAME, "--year"),
        ((*NAME, "--year", "2050"), "2030"),
        ((*NAME, "--year", "2026"), "09/11/2026"),
    ],
    ids=["nobody", "no year", "a year outside", "a year that has passed"],
)
def test_init_makes_all_or_nothing(tmp_path: Path, given: tuple[str, ...], said: str) -> None:
    path = tmp_path / "new" / "office.db"
    one_sentence(thidua("init", *given, "--db", str(path), THIDUA_NOW="2027-01-06T09:00"), said)
    assert list(tmp_path.iterdir()) == []


class Terminal:
    """The other end of a process's terminal: what it shows is read as it comes, what is typed goes in."""

    def __init__(self, end: int) -> None:
        self._end, self._shown, self._more = end, b"", asyncio.Event()
        os.set_blocking(end, False)
        asyncio.get_running_loop().add_reader(end, self._read)

    def _read(self) -> None:
        try:
            self._shown += os.read(self._end, 1000)
        except OSError:  # the process has ended
            asyncio.get_running_loop().remove_reader(self._end)
        self._more.set()

    async def shows(self, text: str) -> str:
        """Wait until this stands there; return what was shown up to it and its line, and go on after it."""
        async with asyncio.timeout(60):
            while text.encode() not in self._shown:
                self._more.clear()
                await self._more.wait()
        before, found, self._shown = self._shown.partition(text.encode())
        return (before + found).decode()

    def types(self, line: str) -> None:
        os.write(self._end, f"{line}\n".encode())

    def close(self) -> None:
        asyncio.get_running_loop().remove_reader(self._end)
        os.close(self._end)


@asynccontextmanager
async def at_a_terminal(path: Path) -> AsyncIterator[tuple[asyncio.subprocess.Process, Terminal]]:
    """`thidua init` with somebody before it."""
    ours, theirs = os.openpty()
    process = await spawn(
        *(sys.executable, "-m", "bot", "init", "--db", str(path)),
        cwd=ROOT,
        env={**os.environ, "THIDUA_NOW": "2027-01-06T09:00"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    terminal = Terminal(ours)
    try:
        yield process, terminal
    finally:
        terminal.close()


async def test_what_is_not_said_is_asked_until_it_can_be(tmp_path: Path) -> None:
    async with at_a_terminal(tmp_path / "office.db") as (process, terminal):
        for asked, answer in (
            ("Họ và tên", "Hà Văn Quản Trị"),
            ("Mở năm nào", "2050"),
            ("đến năm 2030", ""),
            ("Mở năm nào", "năm 2026"),
            ("Vẫn mở", "có"),
        ):
            await terminal.shows(asked)
            if answer:
                terminal.types(answer)
        assert "Đã mở năm 2026" in await terminal.shows("Mã dùng một lần")
        assert await process.wait() == 0


async def test_who_thinks_better_of_it_while_asked_makes_nothing(tmp_path: Path) -> None:
    async with at_a_terminal(tmp_path / "office.db") as (process, terminal):
        await terminal.shows("Họ và tên")
        process.send_signal(signal.SIGINT)
        assert await process.wait() == 130
    assert list(tmp_path.iterdir()) == []


def test_a_year_that_has_passed_is_opened_when_somebody_says_so(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    done = thidua("init", *NAME, "--year", "2026", "--yes", "--db", str(path), THIDUA_NOW="2027-01-06T09:00")
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(path) as file:
        assert file.execute("SELECT year FROM year").fetchall() == [(2026,)]
    file.close()


async def test_in_the_chat_too_a_year_that_has_passed_is_asked_about(open_office: OpenOffice) -> None:
    office = await open_office("2028-01-10T09:00")
    with sqlite3.connect(office.app.db.path) as file:
        file.execute("DELETE FROM year WHERE year = 2026")
    file.close()
    said = await office.says("office", "/thoihan mo 2026")
    assert "09/11/2026" in said
    assert "<Mở năm 2026>" in said
    assert await office.value("SELECT COUNT(*) FROM year WHERE year = 2026") == 0
    await office.says("office", "/thoihan mo 2026", ":tap Mở năm 2026")
    assert await office.value("SELECT COUNT(*) FROM year WHERE year = 2026") == 1


# Whose files they are -------------------------------------------------------------------------


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


async def test_only_the_owner_reads_what_lies_there(tmp_path: Path) -> None:
    path = made(tmp_path)
    path.chmod(0o644)  # as an earlier version left it
    mask = os.umask(0)
    try:
        process = await spawn(
            sys.executable,
            "-m",
            "bot",
            "run",
            "--db",
            str(path),
            cwd=ROOT,
            env={**os.environ, "THIDUA_HTTP": f"127.0.0.1:{free_port()}"},
            stdout=asyncio.subprocess.PIPE,
        )
    finally:
        os.umask(mask)
    assert process.stdout is not None
    assert b"http://" in await asyncio.wait_for(process.stdout.readline(), 20)
    files = {each.name: mode(each) for each in tmp_path.rglob("*") if not each.is_dir()}
    assert {"office.db", "office.db-wal", "office.db-shm", "office.db.lock", "control"} <= set(files)
    assert set(files.values()) == {0o600}
    assert mode(Path(address_of(path)).parent) == 0o700
    process.send_signal(signal.SIGTERM)
    await process.communicate()


async def test_the_control_socket_lies_beside_however_long_the_path(tmp_path: Path) -> None:
    folder = tmp_path / ("thu-muc-" * 10) / ("dai-" * 10)
    folder.mkdir(parents=True)

    async def perform(argv: object, language: str) -> tuple[str, int]:
        return f"{argv} {language}", 3

    control = Control(address_of(folder / "t.db"), perform)
    await control.start()
    assert Path(address_of(folder / "t.db")).is_socket()
    assert await ask(address_of(folder / "t.db"), ["a"], "vi") == ("['a'] vi", 3)
    await control.stop()


# Whose clock ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    [
        ("run", "--now", "2031-02-01T08:00"),
        ("run",),
        ("invite", "--name", "Tô Văn Tạm", "--unit", "VP", "--role", "head"),
    ],
    ids=["option", "setting", "another command"],
)
def test_nobody_moves_the_clock_of_an_offices_own_file(tmp_path: Path, command: tuple[str, ...]) -> None:
    path = made(tmp_path)
    before = digest(path)
    now = {} if "--now" in command else {"THIDUA_NOW": "2031-02-01T08:00"}
    one_sentence(thidua(*command, "--db", str(path), **now), "đồng hồ")
    assert digest(path) == before


def test_the_demo_does_not_open_an_offices_own_file(tmp_path: Path) -> None:
    path = made(tmp_path)
    before = digest(path)
    one_sentence(thidua("demo", "--db", str(path), "--port", "0"), str(path), "minh họa")
    assert digest(path) == before


async def test_over_the_net_nobody_moves_it_either(tmp_path: Path) -> None:
    path, http = made(tmp_path), f"127.0.0.1:{free_port()}"
    process = await spawn(
        sys.executable,
        "-m",
        "bot",
        "run",
        "--db",
        str(path),
        cwd=ROOT,
        env={**os.environ, "THIDUA_HTTP": http},
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    await asyncio.wait_for(process.stdout.readline(), 20)
    to = {"to": "2031-02-01T08:00"}
    async with aiohttp.ClientSession() as session, session.post(f"http://{http}/clock", json=to) as answer:
        assert answer.status == 404
    process.send_signal(signal.SIGTERM)
    await process.communicate()


# Where it is served ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("127.0.0.1:8080", Address("127.0.0.1", 8080)),
        (" 18150 ", Address("127.0.0.1", 18150)),
        ("0.0.0.0:80", Address("0.0.0.0", 80)),
        ("[::1]:8080", Address("::1", 8080)),
        ("thidua.sxd.local:443", Address("thidua.sxd.local", 443)),
    ],
)
def test_an_address_that_is_one(given: str, found: Address) -> None:
    assert read_address(given) == found


@pytest.mark.parametrize(
    "given",
    [
        "http://127.0.0.1:8080",
        "127.0.0.1:80000",
        "127.0.0.1:0",
        "127.0.0.1:",
        ":8080",
        "::1:8080",
        "[::1]",
        "[::1]8080",
        "999.1.1.1:80",
        "127.0.0.1:８０８０",
        "127.0.0.1:+80",
        "127.0.0.1:8080/",
        "a b:80",
        "127.1:80",
        "x:80x",
        "0",
        "80000",
        "127.0.0.1:8080 8081",
        "127.0.0.1:080808",
        "9" * 5000,
    ],
)
def test_an_address_that_is_none(tmp_path: Path, given: str) -> None:
    assert not isinstance(read_address(given), Address)


def test_an_address_that_is_none_is_named(demo_file: Path) -> None:
    one_sentence(
        thidua("run", "--db", str(demo_file), THIDUA_HTTP="http://localhost:80"), "THIDUA_HTTP", "http://localhost:80"
    )
    one_sentence(thidua("run", "--db", str(demo_file), THIDUA_HTTP="127.0.0.1:80000"), "80000", "65535")
    said = thidua("demo", "--db", str(demo_file), "--port", "80000")
    assert said.returncode == 2
    assert "65535" in said.stderr
    assert read_port("0", any_free=True) == 0


async def test_any_free_port_is_named(demo_file: Path) -> None:
    process = await spawn(
        sys.executable,
        "-m",
        "bot",
        "demo",
        "--db",
        str(demo_file),
        "--port",
        "0",
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), 20)).decode()
    address = next(word for word in line.split() if word.startswith("http://"))
    assert not address.endswith(":0")
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        assert answer.status == 200
    process.send_signal(signal.SIGTERM)
    await process.communicate()


# What cannot be opened ------------------------------------------------------------------------


def test_a_forgotten_log_of_another_file_is_named_and_goes_nowhere(tmp_path: Path, demo_file: Path) -> None:
    path = made(tmp_path)
    log = Path(f"{path}-wal")
    with sqlite3.connect(demo_file) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("CREATE TABLE more (x)")
        other.executemany("INSERT INTO more VALUES (?)", [("y" * 500,) for _ in range(3000)])
        other.commit()
        log.write_bytes(Path(f"{demo_file}-wal").read_bytes())
    other.close()
    before = digest(path)
    said = thidua("run", "--db", str(path))
    one_sentence(said, str(log), "còn nguyên")
    assert digest(path) == before
    log.unlink()
    connect(path).close()


def test_a_file_that_is_only_to_be_read_says_so_at_once(tmp_path: Path) -> None:
    path = made(tmp_path)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        kept = Path(shutil.copy(path, Path(folder) / "office.db"))
        kept.chmod(0o444)
        before = os.geteuid()
        if before == 0:
            os.seteuid(65534)  # whoever may do everything would write it all the same
        try:
            with pytest.raises(Unusable) as why:
                connect(kept)
        finally:
            os.seteuid(before)
    assert why.value.trouble is Trouble.UNWRITABLE


async def test_a_year_that_was_missed_is_asked_about_not_opened(open_office: OpenOffice) -> None:
    """Nothing ran from before New Year until after the report was due: nobody is to read that they are late by weeks."""
    office = await open_office("2028-11-20T08:30")
    for _ in range(2):
        await office.app.heartbeat.beat()
    await office.app.drain()
    assert await office.value("SELECT MAX(year) FROM year") == 2027
    shown = str(await office.rows("SELECT body FROM outbox WHERE news = 'year_waits' AND body IS NOT NULL"))
    assert "09/11/2028" in shown
    assert "Mở năm 2028" in shown
    await office.says("office", "/thoihan mo 2028", ":tap Mở năm 2028")
    assert await office.rows("SELECT year, quiet FROM year WHERE year = 2028") == [(2028, 0)]
