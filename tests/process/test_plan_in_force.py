"""A database runs on the plan that it keeps: another file is named, compared, and taken only when somebody says so."""

import asyncio
import os
import re
import signal
import sqlite3
import sys
from pathlib import Path

import pytest

from bot.language.i18n import Words
from bot.movement.plan import Plan
from bot.movement.plan_changes import broken_codes, changes, dropped_codes
from bot.server.office import plan_hash
from storage.migrating import SCHEMA
from tests.conftest import PLAN_TEXT, running
from tests.process.test_bad_input import digest, thidua
from tests.processes import free_port, spawn
from tests.server import ROOT

pytestmark = pytest.mark.slow

OWN = PLAN_TEXT.replace('before = "11-10"', 'before = "11-20"').replace(
    'short = "Sở Xây dựng"', 'short = "Bệnh viện Thử"', 1
)
WORDS = Words("vi")


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "plan.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """An office's file with a plan of its own."""
    path = tmp_path / "office.db"
    done = thidua(
        "init", "--name", "Hà Văn Quản Trị", "--year", "2030", "--plan", str(written(tmp_path, OWN)), "--db", str(path)
    )
    assert done.returncode == 0, done.stderr
    return path


def in_force(path: Path) -> str:
    return thidua("plan", "show", "--db", str(path)).stdout


async def started(path: Path, lines: int = 3, **settings: str) -> tuple[asyncio.subprocess.Process, str]:
    """The server, and what it says at its start."""
    process = await spawn(
        sys.executable,
        "-m",
        "bot",
        "run",
        "--db",
        str(path),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "THIDUA_HTTP": f"127.0.0.1:{free_port()}", **settings},
    )
    assert process.stdout is not None
    said = ""
    for _line in range(lines):  # where it is, which plan, which file says something else
        said += (await asyncio.wait_for(process.stdout.readline(), 20)).decode()
    return process, said


async def test_a_forgotten_setting_changes_nothing(own: Path) -> None:
    process, said = await started(own)
    assert "(mã " in said
    assert "plan take" in said, "the file that comes with the program says something else"
    process.send_signal(signal.SIGTERM)
    await process.communicate()
    assert in_force(own) == OWN


async def test_a_broken_file_stops_no_office(own: Path, tmp_path: Path) -> None:
    process, said = await started(own, THIDUA_PLAN=str(written(tmp_path, PLAN_TEXT[:400])))
    assert "thidua check" in said
    process.send_signal(signal.SIGTERM)
    await process.communicate()
    assert in_force(own) == OWN


async def test_the_chat_goes_by_the_kept_plan(demo_file: Path) -> None:
    """The same office under another file: its dates stay."""
    with sqlite3.connect(demo_file) as file:
        file.execute("INSERT INTO plan VALUES (?, ?, '2026-01-01T00:00:00.000000Z')", (plan_hash(OWN), OWN))
        file.execute("UPDATE setting SET value = ? WHERE name = 'plan'", (plan_hash(OWN),))
    file.close()
    async with running(demo_file, "2027-10-18T08:30") as office:
        assert "19/11/2027" in await office.says("head", "việc")


def test_what_another_plan_changes_is_shown_before_it_is_taken(own: Path, tmp_path: Path) -> None:
    other = written(
        tmp_path,
        OWN.replace('before = "11-20"', 'before = "11-25"')
        .replace("goal = 100", "goal = 90", 1)
        .replace("{ workdays = -7", "{ workdays = -8", 1),
    )
    before = digest(own)
    shown = thidua("plan", "take", str(other), "--db", str(own))
    assert shown.returncode == 0, shown.stderr
    assert "đến hết 24/11/2027, trước đây 19/11/2027" in shown.stdout
    assert "goal: 90, trước đây 100" in shown.stdout
    assert "--apply" in shown.stdout
    assert digest(own) == before
    taken = thidua("plan", "take", str(other), "--db", str(own), "--apply")
    assert taken.returncode == 0, taken.stderr
    assert in_force(own) == other.read_text(encoding="utf-8")
    with sqlite3.connect(own) as file:
        assert file.execute("SELECT COUNT(*) FROM audit WHERE what = 'plan_taken'").fetchone() == (1,)
    file.close()
    again = thidua("plan", "take", str(other), "--db", str(own), "--apply")
    assert "không có gì để thay" in again.stdout


async def test_a_plan_taken_beside_the_server_is_in_force_at_once(own: Path, tmp_path: Path) -> None:
    process, _said = await started(own)
    other = written(tmp_path, OWN.replace('before = "11-20"', 'before = "11-25"'))
    done = await asyncio.to_thread(thidua, "plan", "take", str(other), "--db", str(own), "--apply")
    assert done.returncode == 0, done.stderr
    assert "Từ lúc này" in done.stdout
    process.send_signal(signal.SIGTERM)
    await process.communicate()
    assert in_force(own) == other.read_text(encoding="utf-8")


def test_a_plan_in_which_records_lose_their_meaning_is_refused(demo_file: Path, tmp_path: Path) -> None:
    shorter = written(tmp_path, PLAN_TEXT.replace("first_year = 2026", "first_year = 2027"))
    before = digest(demo_file)
    done = thidua("plan", "take", str(shorter), "--apply", "--db", str(demo_file))
    assert done.returncode == 1
    assert "năm 2026" in done.stdout
    assert digest(demo_file) == before
    checked = thidua("check", str(shorter), "--db", str(demo_file))
    assert checked.returncode == 1
    assert "năm 2026" in checked.stderr


def test_every_kind_of_code_in_use_is_looked_at() -> None:
    plan = Plan.parse(PLAN_TEXT)
    used = [(what, "gone", 3) for what in ("kind", "area", "level", "target", "section", "duty")]
    said = [WORDS.say(line) for line in broken_codes(plan, [*used, ("year", "2031", 1)], ["KHAC"])]
    assert len(said) == 5
    told = [WORDS.say(line) for line in dropped_codes(plan, used)]
    assert len(told) == 3
    assert all("trong 03 bản ghi" in line for line in told)
    assert broken_codes(plan, [("area", plan.areas[0].code, 2)], [plan.office.desk_unit]) == []


def test_differences_are_named_where_they_are() -> None:
    old = Plan.parse(PLAN_TEXT)
    new = old.model_copy(
        update={
            "kinds": old.kinds[:-1],
            "notice": "2027-01",
            "clauses": {**old.clauses, "VI.5": "Mỗi đơn vị cử một đầu mối."},
            "speaking": old.speaking.model_copy(update={"last_days": 9}),
        }
    )
    said = [WORDS.say(line) for line in changes(old, new, [2027])]
    assert any("loại đăng ký" in line and "bỏ" in line for line in said), said
    assert any("last_days: 9, trước đây 7" in line for line in said), said
    assert any("đồng ý lại" in line for line in said), said
    assert [line for line in said if "Mỗi đơn vị cử một đầu mối" in line] == [line for line in said if "VI." in line]
    assert changes(old, old, [2027]) == []


def test_an_answer_that_is_asked_no_more_is_named(demo_file: Path, tmp_path: Path) -> None:
    with sqlite3.connect(demo_file) as file:
        person = file.execute("SELECT id FROM person WHERE name = 'Hoàng Văn Thử'").fetchone()[0]
        now = "2027-10-18T00:00:00.000000Z"
        draft = file.execute(
            "INSERT INTO draft (person, form, subject, plan_hash, at, touched) VALUES (?, 'report', 'QLXD:2027', '', ?, ?) RETURNING id",
            (person, now, now),
        ).fetchone()[0]
        file.execute("INSERT INTO answer (draft, field, value) VALUES (?, 'II.3.1', '1')", (draft,))
        file.execute("DELETE FROM figure WHERE target = 'II.3.1'")
    file.close()
    fewer = written(tmp_path, re.sub(r"\[\[figures\]\]\n.*?(?=\n\[)", "", PLAN_TEXT, flags=re.DOTALL))
    shown = thidua("plan", "take", str(fewer), "--db", str(demo_file))
    assert shown.returncode == 0, shown.stderr
    assert "số liệu của lĩnh vực II.3.1: bỏ" in shown.stdout
    assert "«Hồ sơ công việc xử lý trên môi trường mạng» (Báo cáo năm 2027): 01 phiếu đang soạn" in shown.stdout


def test_a_file_of_before_goes_on_under_the_plan_of_its_newest_record(demo_file: Path) -> None:
    """Somebody once forgot the setting: two plans are kept, and only one was filed under."""
    step = next(SCHEMA.glob("*_plan_in_use.sql")).read_text(encoding="utf-8")
    with sqlite3.connect(demo_file) as file:
        file.execute("DELETE FROM setting WHERE name = 'plan'")
        file.execute("INSERT INTO plan VALUES (?, ?, '2020-01-01T00:00:00.000000Z')", (plan_hash(OWN), OWN))
        file.executescript(step)
    file.close()
    assert in_force(demo_file) == PLAN_TEXT
