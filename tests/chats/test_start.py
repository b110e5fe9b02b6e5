"""The door: codes, the data notice, agreement and its withdrawal, strangers, and the roster."""

import io
import sqlite3
from pathlib import Path

import pytest

from bot.documents.roster import read
from bot.documents.roster_template import template
from bot.movement import Plan
from tests.conftest import PLAN_TEXT, Office, OpenOffice
from tests.process.test_bad_input import thidua

pytestmark = pytest.mark.slow

STRANGER = "stranger:người mới"


async def invited(office: Office, *lines: str) -> str:
    """A code from the office, as its last line before the buttons."""
    said = await office.says("office", *(lines or ("/moinguoi Hứa Văn Ghi Chú",)))
    return next(line for line in said.splitlines() if len(line) == 10 and line.isalnum() and line.isupper())


async def test_a_code_opens_the_chat_after_agreement(office: Office) -> None:
    code = await invited(office)
    said = await office.says(STRANGER, f"/batdau {code}", ":tap Tôi đã đọc và đồng ý", "việc")
    assert "<Tôi đã đọc và đồng ý>" in said
    assert "<Tôi không đồng ý>" in said
    assert "bí mật nhà nước" in said
    assert "Việc của đồng chí Chú" in said
    rows = await office.rows("SELECT version, answer FROM consent")
    assert rows == [("2026-11", "agreed")]


async def test_a_code_is_good_once(office: Office) -> None:
    code = await invited(office)
    await office.says(STRANGER, f"bắt đầu {code.lower()}", "tôi đã đọc và đồng ý")
    said = await office.says("stranger:người khác", f"/batdau {code}")
    assert "Mã này chưa dùng được" in said


async def test_a_code_expires(open_office: OpenOffice) -> None:
    office = await open_office()
    code = await invited(office)
    said = await office.says(STRANGER, ":wait 8d", f"/batdau {code}")
    assert "<Tôi đã đọc và đồng ý>" not in said


async def test_declining_keeps_nothing_but_the_answer(office: Office) -> None:
    code = await invited(office)
    said = await office.says(STRANGER, f"/batdau {code}", "tôi không đồng ý", "việc")
    assert "Việc của" not in said
    assert await office.rows("SELECT answer FROM consent") == [("declined",)]
    assert "đồng ý" in await office.says(STRANGER, f"/batdau {code}"), "the code stays good"


async def test_five_wrong_codes_an_hour(open_office: OpenOffice) -> None:
    office = await open_office()
    code = await invited(office)
    said = await office.says(STRANGER, *[f"/batdau ABCDEFG{n}" for n in range(2, 9)])
    assert said.count("nhiều lần") >= 1, said
    assert "<Tôi đã đọc và đồng ý>" not in await office.says(STRANGER, f"/batdau {code}")
    assert "<Tôi đã đọc và đồng ý>" in await office.says(STRANGER, ":wait 61m", f"/batdau {code}")


async def test_a_stranger_has_one_help_message_a_day_and_nothing_else(open_office: OpenOffice) -> None:
    office = await open_office()
    said = await office.says(STRANGER, "xin chào", "/viec", "/tonghop 2026", "/menu", "1")
    assert said.count("---\n") == 1
    assert (await office.says(STRANGER, ":wait 1d", "alo")).count("---\n") == 1


async def test_codes_are_kept_hashed(office: Office) -> None:
    code = await invited(office)
    with open(office.app.db.path, "rb") as file:  # noqa: ASYNC230  # a test looks at the bytes
        assert code.encode() not in file.read()
    kept = str(await office.value("SELECT hash FROM invite ORDER BY at DESC LIMIT 1"))
    assert len(kept) == 64


async def test_a_new_person_by_the_form(office: Office) -> None:
    code = await invited(
        office, "/moinguoi", "Hứa Thị Mới Toanh", "Phòng Quản lý xây dựng", "Chuyên viên", "công chức", "1", "gửi"
    )
    said = await office.says(STRANGER, f"/batdau {code}", "đồng ý")
    assert "Phòng Quản lý xây dựng" in said


async def test_withdrawing_agreement_ends_every_chat(office: Office) -> None:
    said = await office.says("officer", "/dulieucuatoi", "/rutdongy", ":tap Rút lại", "việc")
    assert "Dữ liệu của đồng chí Mẫu" in said
    assert "Việc của đồng chí Mẫu" not in said
    linked = "SELECT COUNT(*) FROM chat JOIN person ON person.id = chat.person WHERE person.name = 'Nông Văn Mẫu'"
    assert await office.value(linked) == 0
    assert await office.rows("SELECT answer FROM consent") == [("withdrawn",)]


# The roster -----------------------------------------------------------------------------------

UNITS = "code;name;kind\nQLXD;Phòng Quản lý xây dựng;phong\nMOI;Trung tâm Mới;don_vi\n"
PEOPLE = (
    "name;position;kind;unit;role;phone\nTô Văn Tạm;Giám đốc;viên chức;MOI;head;0912345678\n"
    "Nông Văn Mẫu;Chuyên viên chính;công chức;QLXD;officer;\n"
)


@pytest.mark.parametrize("mark", [";", ","])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_import_shows_first_and_writes_with_apply(demo_file: Path, tmp_path: Path, mark: str, bom: str) -> None:
    units, people = tmp_path / "units.csv", tmp_path / "people.csv"
    units.write_text(bom + UNITS.replace(";", mark), encoding="utf-8")
    people.write_text(bom + PEOPLE.replace(";", mark), encoding="utf-8")
    db = ("--db", str(demo_file))
    before = demo_file.read_bytes()
    shown = thidua("import", str(units), *db)
    assert shown.returncode == 0, shown.stderr
    assert "+ đơn vị MOI Trung tâm Mới" in shown.stdout
    assert demo_file.read_bytes() == before
    assert thidua("import", str(units), "--apply", *db).returncode == 0
    done = thidua("import", str(people), "--apply", *db)
    assert done.returncode == 0, done.stdout
    assert "Tô Văn Tạm" in done.stdout
    again = thidua("import", str(people), *db)
    assert "Người mới: 00" in again.stdout or "người mới: 00" in again.stdout, again.stdout


def test_import_names_the_line_that_is_wrong(demo_file: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "people.csv"
    wrong.write_text(
        "name;position;kind;unit;role\nTô Văn Tạm;Giám đốc;thợ;QLXD;head\nTô Văn Hai;CV;công chức;KHONG;officer\n",
        encoding="utf-8",
    )
    said = thidua("import", str(wrong), "--apply", "--db", str(demo_file))
    assert said.returncode == 1
    assert "Dòng 2" in said.stdout
    assert "Dòng 3" in said.stdout


def test_an_import_takes_nobodys_role_least_of_all_the_last_administrators(demo_file: Path, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    row = "La Văn Thử Nghiệm;Chuyên viên;công chức;VP"
    people.write_text(f"name;position;kind;unit;role\n{row};officer\n", encoding="utf-8")
    said = thidua("import", str(people), "--apply", "--db", str(demo_file))
    assert said.returncode == 0, said.stdout
    assert "1. ? La Văn Thử Nghiệm, VP: theo tệp thì quản trị thành chuyên viên" in said.stdout
    last = thidua("import", str(people), "--apply", "--lines", "1", "--db", str(demo_file))
    assert last.returncode == 1
    assert "Dòng 1: La Văn Thử Nghiệm là quản trị viên cuối cùng" in last.stdout
    with sqlite3.connect(demo_file) as file:
        assert file.execute("SELECT role FROM person WHERE name = 'La Văn Thử Nghiệm'").fetchall() == [("admin",)]
    file.close()


def test_the_template_never_overwrites_a_file(tmp_path: Path) -> None:
    kept = tmp_path / "danh-ba.xlsx"
    kept.write_bytes(b"mine")
    said = thidua("import", "--template", str(kept))
    assert said.returncode == 1
    assert said.stderr.startswith("Đã có")
    assert kept.read_bytes() == b"mine"


def test_the_template_reads_back_as_empty(tmp_path: Path) -> None:
    said = thidua("import", "--template", str(tmp_path / "roster.xlsx"))
    assert said.returncode == 0
    sheet = read("roster.xlsx", (tmp_path / "roster.xlsx").read_bytes())
    assert (sheet.units, sheet.people, sheet.days, sheet.problems) == ([], [], [], [])


def test_a_filled_template_is_read() -> None:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(template(Plan.parse(PLAN_TEXT))))
    for sheet in book.worksheets[:2]:
        header = [str(cell.value) for cell in sheet[1]]
        if "Họ và tên" in header:
            row = dict(zip(header, ["Tô Văn Tạm", "Giám đốc", "viên chức", "MOI", "head", "0912345678"], strict=False))
            sheet.append([row.get(name, "") for name in header])
        else:
            sheet.append(["MOI", "Trung tâm Mới", "don_vi", "Giám đốc"])
    out = io.BytesIO()
    book.save(out)
    found = read("roster.xlsx", out.getvalue())
    assert [(unit.code, unit.head_title) for unit in found.units] == [("MOI", "Giám đốc")]
    assert [person.name for person in found.people] == ["Tô Văn Tạm"]
    assert found.people[0].phone == "+84912345678"


# A new office ----------------------------------------------------------------------------------


def test_an_office_from_nothing_to_a_registration(tmp_path: Path) -> None:
    db = ("--db", str(tmp_path / "new.db"))
    made = thidua("init", "--name", "Hà Văn Quản Trị", "--year", "2027", *db, THIDUA_NOW="2027-01-06T09:00")
    assert made.returncode == 0, made.stderr
    assert len(made.stdout.strip().splitlines()[-1]) == 10
    assert thidua("init", "--name", "Người Thứ Hai", "--year", "2027", *db).returncode == 1
    units, people = tmp_path / "u.csv", tmp_path / "p.csv"
    units.write_text(UNITS, encoding="utf-8")
    people.write_text(PEOPLE, encoding="utf-8")
    for path in (units, people):
        assert thidua("import", str(path), "--apply", *db).returncode == 0
    invite = thidua(
        "invite", "--name", "Tô Văn Tạm", "--unit", "MOI", "--role", "head", *db, THIDUA_NOW="2027-01-06T09:00"
    )
    code = invite.stdout.strip().splitlines()[-1]
    assert len(code) == 10
    said = talked(
        db[1], "stranger:zalo", f"bắt đầu {code}", "đồng ý", "/dangky sk", "Đặt lịch kiểm định cầu bằng phiếu điện tử"
    )
    assert "Câu 2/3" in said, said


def talked(db: str, who: str, *lines: str) -> str:
    """A chat in the terminal."""
    import subprocess
    import sys

    from tests.server import ROOT

    done = subprocess.run(
        [sys.executable, "-m", "bot", "talk", "--db", db, "--as", who, "--now", "2027-01-06T09:30"],
        input="\n".join(lines),
        cwd=ROOT,
        text=True,
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(("year", "quiet"), [("2026", 1), ("2027", 0)])
def test_an_earlier_year_is_opened_without_pings(tmp_path: Path, year: str, quiet: int) -> None:
    path = tmp_path / "new.db"
    done = thidua(
        "init", "--name", "Hà Văn Quản Trị", "--year", year, "--yes", "--db", str(path), THIDUA_NOW="2026-11-23T09:00"
    )
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(path) as file:
        assert file.execute("SELECT year, quiet FROM year").fetchall() == [(int(year), quiet)]
    file.close()


async def test_a_secret_from_a_stranger_is_not_kept_and_says_nothing_more(office: Office) -> None:
    said = await office.says(STRANGER, "Công văn MẬT số 12", "Công văn MẬT số 13")
    assert said.count("---\n") == 1, "one help message a day, and nothing else"
    assert await office.value("SELECT COUNT(*) FROM inbox WHERE body LIKE '%MẬT%'") == 0
