"""Copies of an office that is being used, the way back, and what was erased staying erased."""

import asyncio
import os
import signal
import sqlite3
import stat
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.office.nightly_copy import CopyPlaces
from bot.server.app import App, Setup
from bot.server.clock import Clock, at_office
from storage import backup
from storage.erasures import journal_of, read
from tests.conftest import PLAN_TEXT, Office, running
from tests.process.test_bad_input import digest, one_sentence, thidua
from tests.server import Server

pytestmark = pytest.mark.slow

NOW = at_office("2027-11-02T02:30")


def value(path: Path, sql: str) -> Any:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as file:
        return file.execute(sql).fetchone()[0]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# While messages go on -------------------------------------------------------------------------


async def test_a_copy_and_the_way_back_while_people_write(demo_file: Path, tmp_path: Path) -> None:
    server = Server(demo_file)
    await server.start()
    await server.ready()
    officer = value(demo_file, "SELECT id FROM person WHERE name = 'Nông Văn Mẫu'")
    who = f"person:{officer}"
    confirmed: list[str] = []
    stop = asyncio.Event()

    async def write(session: aiohttp.ClientSession) -> None:
        while not stop.is_set():
            id = f"00000000-0000-0000-0000-{len(confirmed):012}"
            async with session.post(f"{server.address}/say", json={"as": who, "id": id, "text": "việc"}) as answer:
                assert answer.status == 200
                confirmed.append(id)
            await asyncio.sleep(0.01)

    folder = tmp_path / "copies"
    async with aiohttp.ClientSession() as session:
        writing = asyncio.create_task(write(session))
        found = []
        for _ in range(3):
            before = len(confirmed)
            done = await asyncio.to_thread(thidua, "backup", str(folder), "--db", str(demo_file))
            assert done.returncode == 0, done.stderr
            found.append((before, len(confirmed)))
            await asyncio.sleep(1)  # copies are named by their second
        refused = await asyncio.to_thread(thidua, "restore", str(next(folder.iterdir())), "--db", str(demo_file))
        one_sentence(refused, "tiến trình")
        stop.set()
        await writing
    await server.kill(signal.SIGTERM)
    assert found[-1][1] > found[0][0], "people did write meanwhile"
    copies = sorted(folder.iterdir())
    assert len(copies) == 3
    for copy, (before, after) in zip(copies, found, strict=True):
        assert mode(copy) == 0o600
        assert backup.inspect(copy).made
        held = value(copy, "SELECT COUNT(*) FROM inbox WHERE message LIKE '00000000-%'")
        assert before <= held <= after + 1
    rows = value(demo_file, "SELECT COUNT(*) FROM inbox")
    back = thidua("restore", str(copies[0]), "--db", str(demo_file))
    assert back.returncode == 0, back.stderr
    assert "Tệp cũ được giữ tại" in back.stdout
    assert value(demo_file, "SELECT COUNT(*) FROM inbox") < rows
    aside = min(demo_file.parent.glob("demo.db.before-*"), key=lambda path: len(path.name))
    assert value(aside, "SELECT COUNT(*) FROM inbox") == rows
    again = Server(demo_file)
    await again.start()
    await again.ready()
    await again.kill(signal.SIGTERM)


# What a restore refuses -----------------------------------------------------------------------


@pytest.fixture
def copy(demo_file: Path, tmp_path: Path) -> Path:
    return backup.make(demo_file, tmp_path / "copies", NOW).path


def test_a_damaged_copy_changes_nothing(demo_file: Path, copy: Path) -> None:
    data = bytearray(copy.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 20000] = os.urandom(20000)
    copy.write_bytes(data)
    before = digest(demo_file)
    one_sentence(thidua("restore", str(copy), "--db", str(demo_file)), str(copy))
    assert digest(demo_file) == before


def test_a_copy_that_lacks_rows_changes_nothing(demo_file: Path, copy: Path) -> None:
    with closing(sqlite3.connect(copy, isolation_level=None)) as file:
        file.execute("DELETE FROM figure")
    before = digest(demo_file)
    one_sentence(thidua("restore", str(copy), "--db", str(demo_file)), str(copy))
    assert digest(demo_file) == before


@pytest.mark.parametrize("kind", ["missing", "text", "another", "empty", "itself"])
def test_what_is_no_copy_changes_nothing(demo_file: Path, tmp_path: Path, kind: str) -> None:
    wrong = demo_file if kind == "itself" else tmp_path / "x.db"
    if kind == "text":
        wrong.write_text("không phải bản sao" * 500, encoding="utf-8")
    elif kind == "empty":
        wrong.touch()
    elif kind == "another":
        with closing(sqlite3.connect(wrong)) as other:
            other.execute("CREATE TABLE theirs (x)")
            other.commit()
    before = digest(demo_file)
    one_sentence(thidua("restore", str(wrong), "--db", str(demo_file)), str(wrong))
    assert digest(demo_file) == before
    assert not list(tmp_path.glob("*.before-*"))


def test_a_log_that_lay_beside_the_old_file_goes_aside_with_it(demo_file: Path, copy: Path) -> None:
    writing = sqlite3.connect(demo_file)
    writing.execute("PRAGMA journal_mode=WAL")
    writing.execute("UPDATE person SET position = 'đổi'")
    writing.commit()
    log = Path(f"{demo_file}-wal").read_bytes()
    writing.close()
    Path(f"{demo_file}-wal").write_bytes(log)
    done = thidua("restore", str(copy), "--db", str(demo_file))
    assert done.returncode == 0, done.stderr
    assert value(demo_file, "SELECT COUNT(*) FROM person WHERE position = 'đổi'") == 0
    assert list(demo_file.parent.glob("demo.db.before-*-wal"))


def test_where_nothing_can_be_written_one_sentence_says_so(demo_file: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    one_sentence(thidua("backup", str(tmp_path / "file" / "x"), "--db", str(demo_file)), "bản sao")
    one_sentence(thidua("backup", "--db", str(tmp_path / "none.db")), "none.db")


# At night -------------------------------------------------------------------------------------


class Night:
    """The demo's office with a nightly copy."""

    def __init__(self, path: Path, places: CopyPlaces, at: str) -> None:
        self.app = App(Setup(path, PLAN_TEXT, Clock(standing=at_office(at)), places=places))

    async def __aenter__(self) -> App:
        await self.app.start()
        return self.app

    async def __aexit__(self, *why: object) -> None:
        await self.app.stop()


async def test_every_night_once_in_both_places(demo_file: Path, tmp_path: Path) -> None:
    places = CopyPlaces.of(demo_file, tmp_path / "second", datetime(2027, 1, 1, 2, 30).time())
    async with Night(demo_file, places, "2027-10-18T01:00") as app:
        await app.nightly.look()
        assert not places.folder.exists(), "its hour has not come"
        app.clock.move_to(at_office("2027-10-18T02:31"))
        for _ in range(3):
            await app.nightly.look()
        app.clock.move_to(at_office("2027-10-19T09:00"))
        await app.nightly.look()
    first, second = (
        [path.name for path in sorted(folder.glob("*.db"))] for folder in (places.folder, tmp_path / "second")
    )
    assert first == ["demo-2027-10-18T023100.db", "demo-2027-10-19T090000.db"]
    assert second == first
    assert {mode(path) for path in (tmp_path / "second").iterdir()} == {0o600}
    assert mode(tmp_path / "second") == 0o700


def dated(folder: Path, days: range) -> None:
    for day in days:
        at = datetime(2026, 1, 1, 2, 30) + timedelta(days=day)
        (folder / f"t-{at:%Y-%m-%dT%H%M%S}.db").touch()


def test_fourteen_days_and_twelve_months_stay(tmp_path: Path) -> None:
    dated(tmp_path, range(500))
    (tmp_path / "t-2027-05-15T120000.db").touch()
    (tmp_path / "another-2026-01-01T023000.db").touch()
    (tmp_path / "t-notes.db").touch()
    backup.rotate(tmp_path, "t")
    left = sorted(path.name for path in tmp_path.glob("t-2*"))
    days = {name[2:12] for name in left}
    assert len([day for day in days if day > "2027-05-01"]) == 14
    assert sorted({day[:7] for day in days}) == [
        *(f"2026-{month:02}" for month in range(6, 13)),
        *(f"2027-{month:02}" for month in range(1, 6)),
    ]
    assert "2026-06-30" in days
    assert [name for name in left if "2027-05-15" in name] == ["t-2027-05-15T023000.db", "t-2027-05-15T120000.db"]
    assert (tmp_path / "another-2026-01-01T023000.db").exists()
    assert (tmp_path / "t-notes.db").exists()


async def test_whoever_looks_after_it_reads_that_it_failed(demo_file: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    places = CopyPlaces.of(demo_file, tmp_path / "file" / "second", datetime(2027, 1, 1, 2, 30).time())
    async with Night(demo_file, places, "2027-10-18T08:31") as app:
        for _ in range(3):
            await app.nightly.look()
        await app.drain()
        office = Office(app, tmp_path)
        said = await office.rows(
            "SELECT role FROM outbox JOIN person ON person.id = person WHERE news = 'backup_failed'"
        )
        assert {role for (role,) in said} == {"office", "chief", "admin"}
        shown = str(await office.rows("SELECT body FROM outbox WHERE news = 'backup_failed' AND body IS NOT NULL"))
        assert "Chưa sao lưu được dữ liệu đêm qua" in shown
        (tmp_path / "file").unlink()
        app.clock.move_to(at_office("2027-10-18T09:40"))
        await app.nightly.look()
        assert list((tmp_path / "file" / "second").glob("*.db"))


# What was erased ------------------------------------------------------------------------------


SHEET = "SELECT COUNT(*) FROM answer WHERE value LIKE '%Sổ tay số hóa%'"
NEWS = "SELECT COUNT(*) FROM outbox WHERE about LIKE '%lý do riêng%'"
TITLE = "SELECT COUNT(*) FROM chat WHERE last LIKE '%Sổ tay số hóa%'"
LINKED = "SELECT COUNT(*) FROM chat JOIN person ON person.id = chat.person WHERE person.name = 'Nông Văn Mẫu'"
WROTE = "SELECT COUNT(*) FROM inbox WHERE body LIKE '%Sổ tay số hóa%'"


async def with_a_sheet(path: Path) -> None:
    async with running(path, "2027-10-18T08:30") as office:
        await office.says("head", "/dangky sk", "Sổ tay số hóa hồ sơ kho", "thoát")


@pytest.mark.parametrize("way", ["command", "by hand", "another machine"])
async def test_no_copy_brings_the_erased_back(demo_file: Path, tmp_path: Path, way: str) -> None:
    await with_a_sheet(demo_file)
    second = tmp_path / "second"
    with closing(sqlite3.connect(demo_file, isolation_level=None)) as file:
        news = file.execute(
            """INSERT INTO outbox (kind, person, news, about, due, at)
               SELECT 'hand', MIN(id), 'reminded', '{"why": "một lý do riêng"}', '2099', '2027' FROM person RETURNING id"""
        ).fetchone()[0]
    copy = backup.make(demo_file, second, NOW).path
    assert value(copy, SHEET) == 1
    async with Night(demo_file, CopyPlaces.of(demo_file, second), "2027-10-18T08:30"):
        pass
    with closing(sqlite3.connect(demo_file, isolation_level=None)) as file:
        draft = file.execute("SELECT draft FROM answer WHERE value LIKE '%Sổ tay số hóa%'").fetchone()[0]
        person = file.execute("SELECT id FROM person WHERE name = 'Nông Văn Mẫu'").fetchone()[0]
        chat = file.execute("SELECT id FROM chat WHERE person = ?", (person,)).fetchone()[0]

    def work(tx: Any) -> None:
        tx.run("UPDATE draft SET state = 'dropped' WHERE id = :draft", draft=draft)
        tx.run("DELETE FROM answer WHERE draft = :draft", draft=draft)
        tx.run("UPDATE inbox SET body = NULL WHERE body LIKE '%Sổ tay số hóa%'")
        tx.run("UPDATE chat SET person = NULL WHERE person = :person", person=person)
        tx.run("UPDATE chat SET address = 'forgotten:' || id WHERE id = :chat", chat=chat)
        tx.run("UPDATE outbox SET about = '{}', state = 'cancelled' WHERE id = :row", row=news)

    async with Night(demo_file, CopyPlaces.of(demo_file, second), "2027-10-18T08:40") as app:
        await app.db.write(work)
        told = [each.what for each in read(journal_of(demo_file))]
        assert {"draft", "inbox", "chat"} <= set(told), "it is on the disk as soon as it is done"
    assert read(journal_of(demo_file, second)) == read(journal_of(demo_file))
    journal = journal_of(demo_file).read_text()
    assert "Sổ tay" not in journal
    assert mode(journal_of(demo_file)) == 0o600
    if way == "another machine":
        journal_of(demo_file).unlink()
    if way == "by hand":
        demo_file.write_bytes(copy.read_bytes())
        async with running(demo_file, "2027-10-18T09:00"):
            pass
    else:
        done = thidua("restore", str(copy), "--db", str(demo_file), THIDUA_BACKUP=str(second))
        assert done.returncode == 0, done.stderr
        assert "Đã xóa lại" in done.stdout
    assert [value(demo_file, sql) for sql in (SHEET, LINKED, WROTE, NEWS, TITLE)] == [0] * 5
    assert value(demo_file, "SELECT COUNT(*) FROM chat WHERE address LIKE 'forgotten:%'") == 1
    assert value(demo_file, "PRAGMA integrity_check") == "ok"
    assert value(demo_file, "SELECT COUNT(*) FROM pragma_foreign_key_check") == 0


async def test_a_session_that_was_ended_and_a_code_that_was_used_stay_so(demo_file: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(demo_file, isolation_level=None)) as file:
        chat, person = file.execute("SELECT id, person FROM chat WHERE person IS NOT NULL LIMIT 1").fetchone()
        file.execute("INSERT INTO session (hash, chat, at, expires) VALUES ('h', ?, '', '2030')", (chat,))
        file.execute("INSERT INTO invite (hash, person, at, expires) VALUES ('c', ?, '', '2030')", (person,))
    copy = backup.make(demo_file, tmp_path / "copies", NOW).path
    async with running(demo_file, "2027-10-18T08:30") as office:
        await office.app.db.write(lambda tx: tx.run("DELETE FROM session WHERE hash = 'h'"))
        await office.app.db.write(lambda tx: tx.run("UPDATE invite SET used = 'x' WHERE hash = 'c'"))
    assert thidua("restore", str(copy), "--db", str(demo_file)).returncode == 0
    assert value(demo_file, "SELECT COUNT(*) FROM session") == 0
    assert value(demo_file, "SELECT COUNT(*) FROM invite WHERE hash = 'c' AND used IS NULL") == 0


async def test_a_new_file_does_not_inherit_the_journal_of_an_old_one(demo_file: Path, tmp_path: Path) -> None:
    await with_a_sheet(demo_file)
    journal_of(demo_file).write_text("0000\t999\t2027-01-01T00:00:00Z\tdraft\tdeleted\t1\nnot a line\n")
    drafts = value(demo_file, "SELECT COUNT(*) FROM draft")
    async with running(demo_file, "2027-10-18T09:00"):
        pass
    assert value(demo_file, "SELECT COUNT(*) FROM draft") == drafts


async def test_a_second_folder_that_was_away_is_brought_up(demo_file: Path, tmp_path: Path) -> None:
    second = tmp_path / "second"
    erase = "UPDATE inbox SET body = NULL WHERE id = (SELECT MIN(id) FROM inbox WHERE body IS NOT NULL)"
    async with Night(demo_file, CopyPlaces.of(demo_file, second), "2027-10-18T08:30") as app:
        office = Office(app, tmp_path)
        await office.says("officer", "việc", "menu", "việc", "menu")
        await app.db.write(lambda tx: tx.run(erase))
        second.rename(tmp_path / "gone")
        second.write_text("")  # a place where nothing can be put
        await app.db.write(lambda tx: tx.run(erase))
        second.unlink()
        (tmp_path / "gone").rename(second)
        for _ in range(2):
            await app.db.write(lambda tx: tx.run(erase))
    lines = read(journal_of(demo_file))
    assert len([each for each in lines if each.what == "inbox"]) == 4
    assert read(journal_of(demo_file, second)) == lines


async def test_what_people_had_forgotten_stays_forgotten(demo_file: Path, tmp_path: Path) -> None:
    """Somebody drops a sheet, another withdraws agreement, and last night's copy is restored."""
    async with running(demo_file, "2027-10-18T08:30") as office:
        await office.says("head", "/dangky sk", "Sổ tay số hóa hồ sơ kho", "thoát")
        await office.says("officer", "/dangky sk", "Bảng theo dõi mực nước hồ Nà Cáy", "thoát")
    copy = backup.make(demo_file, tmp_path / "copies", NOW).path
    async with running(demo_file, "2027-10-18T09:00") as office:
        await office.says("head", "/dangky sk", "tiếp tục", "hủy", ":tap Xóa phiếu")
        await office.says("officer", "/rutdongy", ":tap Rút lại")
        await office.app.move(at_office("2027-10-20T12:00"))
    texts = (
        "SELECT value FROM answer",
        "SELECT body FROM inbox",
        "SELECT body FROM outbox",
        "SELECT notes FROM draft",
        "SELECT last FROM chat",
    )

    def left(path: Path, words: str) -> list[str]:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as file:
            return [sql for sql in texts for (text,) in file.execute(sql) if text and words in text]

    assert left(copy, "số hóa hồ sơ kho")
    assert left(copy, "mực nước")
    assert thidua("restore", str(copy), "--db", str(demo_file)).returncode == 0
    assert left(demo_file, "mực nước") == []
    assert left(demo_file, "số hóa hồ sơ kho") == []
    assert value(demo_file, LINKED) == 0


# A file that went on from an older copy ---------------------------------------------------------


async def test_what_was_erased_in_one_line_of_time_hits_nothing_of_another(demo_file: Path, tmp_path: Path) -> None:
    """The wrong copy is restored, people write for a while, and the file that was kept aside is put back."""
    async with running(demo_file, "2027-10-18T08:30") as office:
        await office.says("officer", "/viec")
        wrong = backup.make(demo_file, tmp_path / "copies", NOW)
        await office.says(
            "officer", "/dangky sk", "Kho bản vẽ hoàn công dùng chung", "3", "sửa tóm tắt", "Quét rồi xếp theo số nhà"
        )
    aside = backup.restore(backup.inspect(wrong.path), demo_file, None, NOW).aside
    async with running(demo_file, "2027-10-18T10:30") as office:
        await office.says("officer", "/viec", "/dangky mh", "Mô hình của hai giờ ấy", "hủy", "xóa phiếu")
        await office.app.move(office.app.now() + timedelta(days=1))
    assert aside is not None
    backup.restore(backup.inspect(aside), demo_file, None, NOW + timedelta(hours=1))
    async with running(demo_file, "2027-10-18T14:30") as office:
        assert await office.value("SELECT COUNT(*) FROM draft WHERE state = 'open'") == 1
        assert "Kho bản vẽ" in str(await office.rows("SELECT body FROM inbox"))
        assert "Xem lại trước khi gửi" in await office.says("officer", "một mình tôi")


async def test_a_colleagues_part_of_a_sheet_stays_where_a_copy_from_before_is_restored(
    demo_file: Path, tmp_path: Path
) -> None:
    async with running(demo_file, "2027-10-18T08:30") as office:
        await office.says("head", "/baocao 2027", "đúng số liệu", "5/5", "12/12")
        await office.says("Nông Thị Phác Thảo", "/baocao 2027", "30,5")
        copy = backup.make(demo_file, tmp_path / "copies", NOW)
        await office.says("Nông Thị Phác Thảo", "/rutdongy co")
        now = await office.rows("SELECT draft, field, by FROM answer ORDER BY field")
    backup.restore(backup.inspect(copy.path), demo_file, None, NOW)
    async with running(demo_file, "2027-10-18T08:40") as office:
        assert await office.rows("SELECT draft, field, by FROM answer ORDER BY field") == now
