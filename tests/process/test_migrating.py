"""Files of every earlier version open: a copy is laid beside first, and whatever ends the process, nothing is between."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.movement import Plan
from bot.server.office import plan_hash
from storage.migrating import copies, statements
from storage.opening import connect
from tests.conftest import running
from tests.old_files import NEWEST, old_file, shipped_plans
from tests.process.test_bad_input import digest, one_sentence, thidua
from tests.processes import KILLED, forks, run
from tests.server import ROOT

pytestmark = pytest.mark.slow

KEPT = (
    "person",
    "unit",
    "draft",
    "answer",
    "initiative",
    "author",
    "result",
    "figure",
    "narrative",
    "unit_plan",
    "plan",
)
"""What stood there before, row by row."""
OPEN = "from pathlib import Path; from storage.opening import connect; connect(Path({path!r})).close()"
FULL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most}))
from bot.server import cli, commandline
from storage import migrating
known = migrating.migrations()
steps = {{**known, max(known) + 1: "CREATE TABLE much AS SELECT randomblob({last}) AS x"}}
migrating.migrations = lambda: steps
sys.exit(cli.main(commandline, {argv!r}[1:]))
"""


def table(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(path)) as file:
        return {name: file.execute(f"SELECT COUNT(*) FROM {name}").fetchone()[0] for name in KEPT}


def shape(path: Path) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(path)) as file:
        return file.execute("SELECT type, name, tbl_name FROM sqlite_schema ORDER BY 1, 2").fetchall()


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return int(file.execute("PRAGMA user_version").fetchone()[0])


@pytest.mark.parametrize("old", range(1, NEWEST))
def test_a_file_of_every_schema_is_brought_up_to_date_and_kept_beside(tmp_path: Path, old: int) -> None:
    path = old_file(tmp_path / "office.db", old)
    before = table(path)
    connect(path).close()
    assert version(path) == NEWEST
    connect(tmp_path / "new.db").close()
    assert shape(path) == shape(tmp_path / "new.db")
    assert table(path) == before
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("PRAGMA foreign_key_check").fetchall() == []
    (beside,) = copies(path)
    assert beside.name == f"office.db.schema-{old}"
    assert beside.stat().st_mode & 0o777 == 0o600
    assert (version(beside), table(beside)) == (old, before)
    connect(path).close()
    assert copies(path) == [beside], "nothing was left to do"


async def test_the_first_office_goes_on_where_it_stood(tmp_path: Path) -> None:
    """Its open sheets are answered on, its report is read, its sum is said."""
    path = old_file(tmp_path / "office.db", 1)
    async with running(path, "2027-10-19T08:30") as office:
        assert "Dán mã QR" in await office.says("officer", "việc", "1", "xem phiếu")
        sheet = await office.says("head", "/baocao 2027", "xem phiếu")
        assert "31,5 ram" in sheet
        assert "2026" in await office.says("office", "/xembaocao 2026 QLXD")
        assert "14" in await office.says("office", "/tonghop 2026")
        assert await office.value("SELECT COUNT(*) FROM inbox WHERE state = 'parked'") == 0


@pytest.mark.parametrize("name", shipped_plans())
async def test_an_office_on_every_plan_that_was_shipped_goes_on(tmp_path: Path, name: str) -> None:
    text = shipped_plans()[name]
    assert Plan.kept(text).first_year == 2026
    path = old_file(tmp_path / "office.db", NEWEST)
    with closing(sqlite3.connect(path)) as file, file:
        now = "2027-01-01T00:00:00.000000Z"
        file.execute("INSERT OR IGNORE INTO plan VALUES (?, ?, ?)", (plan_hash(text), text, now))
        file.execute("INSERT OR REPLACE INTO setting VALUES ('plan', ?)", (plan_hash(text),))
    async with running(path, "2027-10-19T08:30") as office:
        assert "09/11/2027" in await office.says("head", "việc")
        await office.says("officer", "/dangky sk", "Rút ngắn thời gian trả kết quả hồ sơ", "1")
        assert "Phần 1/3" in await office.says("head", "/baocao 2027", "quay lại", "quay lại", "quay lại")
        assert "14" in await office.says("office", "/tonghop 2026")
        assert await office.value("SELECT COUNT(*) FROM inbox WHERE state = 'parked'") == 0


# Ends and beginnings --------------------------------------------------------------------------


def test_killed_between_any_two_steps_it_begins_again(tmp_path: Path) -> None:
    path = old_file(tmp_path / "office.db", 1)
    before, at, seen = table(path), 1, set[int]()
    with forks("from storage.opening import connect", cwd=ROOT) as ended:
        while True:
            how = ended(KILLED.format(at=at, of="", then=OPEN.format(path=str(path))))
            seen.add(version(path))
            assert table(path) == before
            assert version(path) in (1, NEWEST), "never between"
            if version(path) == NEWEST:
                break
            assert how == -9
            at += 7
    assert at > 100, "it was killed at many places"
    assert seen == {1, NEWEST}
    assert [each.name for each in copies(path)] == ["office.db.schema-1"]
    assert (version(copies(path)[0]), table(copies(path)[0])) == (1, before)
    assert [each.name for each in tmp_path.iterdir() if each.suffix == ".part"] == []


def test_a_copy_of_other_contents_stays(tmp_path: Path) -> None:
    """An older file was put in the place of one that had been brought up to date: both copies are there."""
    for n in (1, 2):
        path = old_file(tmp_path / "office.db", 9)
        with closing(sqlite3.connect(path)) as file, file:
            file.execute("INSERT INTO setting VALUES ('n', ?)", (str(n),))
        connect(path).close()
        path.unlink()
    assert [each.name for each in copies(path)] == ["office.db.schema-9", "office.db.schema-9.2"]


def test_two_processes_at_once(tmp_path: Path) -> None:
    path = old_file(tmp_path / "office.db", 1)
    code = f"import subprocess, sys\nwait = [subprocess.Popen([sys.executable, '-c', {OPEN.format(path=str(path))!r}]) for _ in range(4)]\nsys.exit(sum(each.wait() for each in wait))"
    done = run([sys.executable, "-c", code], cwd=ROOT, timeout=60)
    assert done.returncode == 0, done.stderr
    assert version(path) == NEWEST
    assert len(copies(path)) == 1


@pytest.mark.parametrize("room", [0.5, 1], ids=["for half a copy", "for a copy and no steps"])
def test_a_full_disk_changes_nothing(tmp_path: Path, room: float) -> None:
    """A limit on the size of files stands for the disk, a last step that writes more than fits for a large file."""
    path = old_file(tmp_path / "office.db", 1)
    before, most = digest(path), int(path.stat().st_size * room)
    code = FULL.format(most=most, last=2 * most, argv=["thidua", "talk", "--as", "head", "--db", str(path)])
    done = run([sys.executable, "-c", code], cwd=ROOT, timeout=60, input="")
    one_sentence(done, str(path), "không còn đủ chỗ", "Chưa có gì thay đổi")
    assert digest(path) == before
    assert copies(path) == []


def test_what_is_only_read_is_not_changed_but_said(tmp_path: Path) -> None:
    path = old_file(tmp_path / "office.db", 9)
    before = digest(path)
    one_sentence(thidua("summary", "2026", "--db", str(path)), "phiên bản trước")
    assert thidua("plan", "show", "--db", str(path)).returncode == 0
    assert "Traceback" not in thidua("doctor", "--db", str(path)).stderr
    assert digest(path) == before
    connect(path).close()
    assert str(copies(path)[0]) in thidua("doctor", "--db", str(path)).stdout


def test_the_copy_can_be_put_back(tmp_path: Path) -> None:
    path = old_file(tmp_path / "office.db", 5)
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE person SET role = 'admin' WHERE id = 1")
    connect(path).close()
    done = thidua("restore", str(copies(path)[0]), "--db", str(path))
    assert done.returncode == 0, done.stdout + done.stderr
    assert version(path) == NEWEST


def test_a_script_is_cut_into_its_statements() -> None:
    script = "-- one; and two\nCREATE TABLE a (b TEXT); -- c\nCREATE TRIGGER t AFTER DELETE ON a BEGIN DELETE FROM a; SELECT ';'; END;\n"
    first, second, rest = statements(script)
    assert first.endswith("(b TEXT);")
    assert second.endswith("END;")
    assert not rest.strip(" ;\n")
