"""Another plan is taken in mid-year: all that would change is said before, and no answer is lost."""

import re
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.server.office import plan_hash
from tests.conftest import PLAN_TEXT, Office, running
from tests.old_files import put_in_force, without
from tests.process.test_bad_input import digest, thidua
from tests.process.test_plan_in_force import in_force, started, written
from tests.processes import run
from tests.server import ROOT

pytestmark = pytest.mark.slow

FEWER = without(without(PLAN_TEXT, "figures", "II.3.1"), "sections", "uu_diem")
"""Without the figure of II.3 and without «Ưu điểm»."""
LATER = PLAN_TEXT.replace('before = "11-10"', 'before = "11-20"', 1)


def audit(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as file:
        return file.execute("SELECT about, detail FROM audit WHERE what = 'plan_taken' ORDER BY id").fetchall()


# What is said before --------------------------------------------------------------------------


def test_reminders_are_counted_day_by_day(demo_file: Path, tmp_path: Path) -> None:
    said = thidua("plan", "take", str(written(tmp_path, LATER)), "--db", str(demo_file)).stdout
    assert "đến hết 19/11/2027, trước đây 09/11/2027" in said
    days = {line.split()[0]: line for line in said.splitlines() if re.match(r"  \d\d/\d\d/\d{4} ", line)}
    assert "bớt 22 tin (báo cáo kết quả 2027, ngày cuối)" in days["09/11/2027"]
    assert "thêm 22 tin (báo cáo kết quả 2027, ngày cuối)" in days["19/11/2027"]
    assert "thêm 28 tin (báo cáo kết quả 2028, ngày cuối)" in said
    gone, come = (sum(map(int, re.findall(rf"{what} (\d+) tin", said))) for what in ("bớt", "thêm"))
    heads = re.findall(r"Tin nhắc năm \d{4}: bớt (\d+), thêm (\d+)", said)
    assert (gone, come) == tuple(sum(int(head[n]) for head in heads) for n in (0, 1))


def test_a_plan_of_other_words_changes_no_reminder(demo_file: Path, tmp_path: Path) -> None:
    before = digest(demo_file)
    other = written(tmp_path, PLAN_TEXT.replace('short = "Sở Xây dựng"', 'short = "Bệnh viện Thử"', 1))
    said = thidua("plan", "take", str(other), "--db", str(demo_file)).stdout
    assert said.count("như trước (") == 2
    assert "cơ quan, short: «Bệnh viện Thử», trước đây «Sở Xây dựng»" in said
    assert digest(demo_file) == before


def test_questions_that_go_are_named_with_their_answers(demo_file: Path, tmp_path: Path) -> None:
    said = thidua("plan", "take", str(written(tmp_path, FEWER)), "--db", str(demo_file)).stdout
    assert "Bỏ câu hỏi «Ưu điểm» (Báo cáo năm 2027): 00 phiếu đang soạn và 17 bản ghi đã gửi có câu trả lời" in said
    assert "phần của báo cáo uu_diem có trong 17 bản ghi" in said


def test_questions_that_come_are_named(demo_file: Path, tmp_path: Path) -> None:
    put_in_force(demo_file, FEWER)
    said = thidua("plan", "take", str(written(tmp_path, PLAN_TEXT)), "--db", str(demo_file)).stdout
    assert "Thêm câu hỏi «Ưu điểm» (Báo cáo năm 2027)" in said


def test_another_goal_names_the_figures_it_concerns(demo_file: Path, tmp_path: Path) -> None:
    other = PLAN_TEXT
    start = other.index('code = "2"')
    other = other[:start] + other[start:].replace("goal = 100", "goal = 95", 1)
    done = thidua("plan", "take", str(written(tmp_path, other)), "--db", str(demo_file))
    assert done.returncode == 0, done.stderr
    assert re.search(r"Chỉ tiêu 2 «.*» đổi goal: liên quan \d+ số liệu đã báo cáo \(năm 2026: 14", done.stdout), (
        done.stdout
    )


def test_a_figure_is_never_read_as_another_one(demo_file: Path, tmp_path: Path) -> None:
    """The target of paper in another unit: what was given in ram would be read in it."""
    other = written(tmp_path, PLAN_TEXT.replace('unit = "ram"', 'unit = "hộp"', 1))
    before = digest(demo_file)
    done = thidua("plan", "take", str(other), "--db", str(demo_file), "--apply")
    assert done.returncode == 1
    assert "chỉ tiêu 5 đổi unit" in done.stdout
    assert "đặt mã khác" in done.stdout
    assert digest(demo_file) == before


def test_the_plan_of_another_office_is_refused_whole(demo_file: Path) -> None:
    """Kinds, areas and levels of the records have no place in it: each is named, nothing raises, nothing changes."""
    before = digest(demo_file)
    other = str(ROOT / "bot/plans/truong-hoc-2026.toml")
    for settings in ({}, {"THIDUA_LANG": "en"}):
        done = thidua("plan", "take", other, "--db", str(demo_file), "--apply", **settings)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert done.stdout.count("II.") > 5
    assert "It is not taken; nothing was changed." in done.stdout
    assert digest(demo_file) == before


def test_a_new_duty_is_named_with_its_days(demo_file: Path, tmp_path: Path) -> None:
    duty = '[[duties]]\ncode = "chuyen_de"\nname = "báo cáo chuyên đề"\nhow = "paper"\nby = "office"\nbasis = "office"\nuntil = "12-15"\nladder = "office"\n\n'
    more = PLAN_TEXT.replace("[[ladders]]", duty + "[[ladders]]", 1)
    said = thidua("plan", "take", str(written(tmp_path, more)), "--db", str(demo_file)).stdout
    assert "báo cáo chuyên đề năm 2027: nội dung mới, đến hết 15/12/2027" in said
    assert "thêm 02 tin (báo cáo chuyên đề 2027, ngày cuối)" in said
    put_in_force(demo_file, more)
    said = thidua("plan", "take", str(written(tmp_path, PLAN_TEXT)), "--db", str(demo_file)).stdout
    assert "báo cáo chuyên đề năm 2027: không phải gửi nữa (trước đây đến hết 15/12/2027)" in said
    assert "bớt 02 tin (báo cáo chuyên đề 2027, ngày cuối)" in said


# No answer is lost ----------------------------------------------------------------------------


async def _given(office: Office) -> str:
    """Answer the report up to the figure that goes, and leave it at that question."""
    await office.says("head", "/baocao 2027", "Đúng số liệu", "sửa Hồ sơ công việc xử lý trên môi trường mạng")
    await office.says("head", "38/40", "sửa Hồ sơ công việc xử lý trên môi trường mạng")
    asking = await office.value("SELECT asking FROM draft WHERE form = 'report' AND state = 'open'")
    assert asking == "II.3.1"
    return str(await office.value("SELECT value FROM answer WHERE field = 'II.3.1'"))


async def test_answers_stay_and_are_there_again(demo_file: Path) -> None:
    async with running(demo_file, "2027-10-18T08:30") as office:
        value = await _given(office)
    put_in_force(demo_file, FEWER)
    async with running(demo_file, "2027-10-18T09:30") as office:
        asked = await office.says("head", "40/40")
        assert "không hỏi câu đang mở ở đây nữa" in asked, "what was typed is no answer to the next question"
        assert "II.3.1" not in str(await office.value("SELECT asking FROM draft WHERE form = 'report'"))
        assert "38/40" not in await office.says("head", "xem phiếu")
        mine = await office.says("head", "/dulieucuatoi")
        assert "kế hoạch hiện nay không hỏi nữa" in mine
        assert "Hồ sơ công việc xử lý trên môi trường mạng (Báo cáo năm 2027): 38/40" in mine
        assert await office.value("SELECT value FROM answer WHERE field = 'II.3.1'") == value
        assert await office.value("SELECT COUNT(*) FROM inbox WHERE state = 'parked'") == 0
    put_in_force(demo_file, PLAN_TEXT)
    async with running(demo_file, "2027-10-18T10:30") as office:
        assert "38/40" in await office.says("head", "/baocao 2027", "xem phiếu")
        assert "không hỏi nữa" not in await office.says("head", "/dulieucuatoi")


async def test_a_report_that_is_sent_again_keeps_what_is_asked_no_more(demo_file: Path) -> None:
    dropped = "SELECT text FROM narrative JOIN result ON result.id = narrative.result WHERE section = 'uu_diem' AND year = 2027"
    with closing(sqlite3.connect(demo_file)) as file, file:
        file.execute("UPDATE report_version SET received = NULL WHERE year = 2027")
        unit, who, said = file.execute(
            "SELECT result.unit, name, text FROM result JOIN narrative ON narrative.result = result.id"
            " JOIN person ON person.id = result.by WHERE year = 2027 AND section = 'uu_diem' ORDER BY result.id LIMIT 1"
        ).fetchone()
        before = file.execute(f"{dropped} AND unit = '{unit}'").fetchall()
    put_in_force(demo_file, FEWER)
    async with running(demo_file, "2027-10-18T09:30") as office:
        await office.says(who, "/baocao sua 2027", "gửi")
        assert await office.value(f"SELECT version FROM result WHERE year = 2027 AND unit = '{unit}'") == 2
        assert await office.rows(f"{dropped} AND unit = '{unit}'") == before
        assert said in await office.says(who, "/dulieucuatoi")
        assert said not in await office.says("office", f"/xembaocao 2027 {unit}")
    put_in_force(demo_file, PLAN_TEXT)
    async with running(demo_file, "2027-10-18T10:30") as office:
        assert said in await office.says("office", f"/xembaocao 2027 {unit}")


async def test_an_answer_of_another_kind_is_asked_again(demo_file: Path) -> None:
    """A target whose measure has changed: what a sheet holds of it is set aside until it is answered anew."""
    async with running(demo_file, "2027-10-18T08:30") as office:
        await _given(office)
        await office.app.db.write(
            lambda tx: tx.run("UPDATE answer SET value = '{\"other\": 1}' WHERE field = 'II.3.1'")
        )
    put_in_force(demo_file, LATER)
    async with running(demo_file, "2027-10-18T09:30") as office:
        assert "chưa trả lời" in await office.says("head", "/baocao 2027", "xem phiếu")
        assert await office.value("SELECT value FROM answer WHERE field = 'II.3.1'") == '{"other": 1}'
        await office.says("head", "sửa Hồ sơ công việc xử lý trên môi trường mạng", "39/40")
        assert '"n":39' in str(await office.value("SELECT value FROM answer WHERE field = 'II.3.1'"))
        assert await office.value("SELECT COUNT(*) FROM inbox WHERE state = 'parked'") == 0


# Taken, once and whole ------------------------------------------------------------------------


def test_taken_twice_it_does_nothing_and_the_old_one_is_kept(demo_file: Path, tmp_path: Path) -> None:
    other = written(tmp_path, LATER)
    done = thidua("plan", "take", str(other), "--db", str(demo_file), "--apply", USER="vanthu", LOGNAME="vanthu")
    assert done.returncode == 0, done.stdout
    assert f"thidua plan show {plan_hash(PLAN_TEXT)}" in done.stdout
    ((about, detail),) = audit(demo_file)
    assert about == plan_hash(LATER)
    assert f'"before":"{plan_hash(PLAN_TEXT)}"' in detail
    assert '"by":"vanthu"' in detail
    before = digest(demo_file)
    again = thidua("plan", "take", str(other), "--db", str(demo_file), "--apply")
    assert (again.returncode, "không có gì để thay" in again.stdout) == (0, True)
    assert digest(demo_file) == before
    assert in_force(demo_file) == LATER
    assert thidua("plan", "show", plan_hash(PLAN_TEXT)[:6], "--db", str(demo_file)).stdout == PLAN_TEXT
    listed = thidua("plan", "list", "--db", str(demo_file)).stdout.splitlines()
    assert len(listed) == 2
    assert [line for line in listed if "đang dùng" in line] == [line for line in listed if plan_hash(LATER) in line]
    back = thidua("plan", "take", str(written(tmp_path, PLAN_TEXT)), "--db", str(demo_file), "--apply")
    assert back.returncode == 0, back.stdout
    assert in_force(demo_file) == PLAN_TEXT


def test_a_plan_that_cannot_be_lived_through_is_refused(demo_file: Path, tmp_path: Path) -> None:
    """Its trial fails: here because the form of the report raises."""
    code = (
        "import sys\nfrom bot.server import cli, commandline, plan_commands\n"
        "async def found(text):\n    from bot.server.plan_trial import Tried\n    return Tried(2026, 0, ['hỏng'])\n"
        f"plan_commands.trial = found\nsys.exit(cli.main(commandline, {['plan', 'take', str(written(tmp_path, LATER)), '--db', str(demo_file), '--apply']!r}))"
    )
    before = digest(demo_file)
    done = run([sys.executable, "-c", code], cwd=ROOT, timeout=120)
    assert done.returncode == 1
    assert "hỏng" in done.stdout
    assert "chưa được nhận" in done.stdout
    assert digest(demo_file) == before


async def test_a_file_that_changes_under_the_command_is_not_taken(demo_file: Path, tmp_path: Path) -> None:
    """The server takes what was looked at, and nothing else."""
    from bot.server.control_socket import address_of, ask

    process, _said = await started(demo_file, 2)
    other = written(tmp_path, LATER)
    seen = f"{plan_hash(PLAN_TEXT)}:{plan_hash(LATER)}"
    argv = ["plan", "take", str(other), "--apply", "--seen", seen, "--by", "thu"]
    for changed in (FEWER, LATER.replace("[office]", "[ofice]", 1), "không phải tệp kế hoạch"):
        other.write_text(changed, encoding="utf-8")
        said, code = await ask(address_of(demo_file), argv, "vi")
        assert code == 1
        assert "đã đổi sau lúc xem" in said
    other.write_text(LATER, encoding="utf-8")
    said, code = await ask(address_of(demo_file), argv, "vi")
    assert code == 0, said
    process.send_signal(signal.SIGTERM)
    await process.communicate()
    assert in_force(demo_file) == LATER
