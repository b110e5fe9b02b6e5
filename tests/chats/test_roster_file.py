"""A roster that comes again: line by line, nobody gone for being absent, no role and no unit by the way."""

import sqlite3
from pathlib import Path

import pytest

from bot.language.i18n import Text, Words
from bot.office.roster.roster_changes import in_words
from bot.office.roster.roster_choice import read_lines
from tests.conftest import Office
from tests.process.test_bad_input import thidua
from tests.transcribing import FOLDER, LOOKS, Conversation, transcribe

pytestmark = pytest.mark.slow

HEADER = "Họ và tên;Chức vụ;Đối tượng;Đơn vị;Vai trò;Điện thoại\n"
NEW = "Hứa Thị Mới Toanh;Chuyên viên;công chức;QLXD;chuyên viên;0912345601\n"
OF_UNIT = """
    SELECT person.name || ';' || position || ';;' || unit || ';;' || COALESCE(phone, '')
      FROM person WHERE unit = 'QLXD' AND active ORDER BY id
"""


async def roster(
    office: Office, folder: Path, *more: str, without: str = "", changed: tuple[str, str] = ("", "")
) -> Path:
    """The people of one unit as a file: with lines added, somebody left out, something changed."""
    lines = [str(line) for (line,) in await office.rows(OF_UNIT) if not without or without not in str(line)]
    path = folder / "danh-sach.csv"
    path.write_text(HEADER + "".join(f"{line.replace(*changed)}\n" for line in lines) + "".join(more), encoding="utf-8")
    return path


# Which lines ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("1, 3-5", {1, 3, 4, 5}),
        ("1 và 3 – 4", {1, 3, 4}),
        ("tất cả", set(range(1, 10))),
        ("tat ca tru 3, 5", {1, 2, 4, 6, 7, 8, 9}),
        ("1-4 trừ 2", {1, 3, 4}),
        ("", {1, 2, 3}),
        ("mục thường", {1, 2, 3}),
        ("không", set()),
    ],
)
def test_lines_as_people_write_them(said: str, meant: set[int]) -> None:
    assert read_lines(said, 9, 3) == meant


@pytest.mark.parametrize(
    "said", ["0", "10", "4-2", "một", "1-", "1,2,x", "tất cả trừ 12", "9" * 100_000, "1," * 50_000]
)
def test_what_is_no_line_is_said_with_an_example_or_the_numbers(said: str) -> None:
    found = read_lines(said, 9, 3)
    if said.startswith("1,1,"):
        assert found == {1}
    else:
        assert isinstance(found, Text)
        assert "dòng" in Words("vi").say(found)


def test_numbers_are_said_as_people_write_them() -> None:
    assert Words("vi").say(in_words([1, 2, 3, 5, 7, 8])) == "1-3, 5, 7-8"


# In the chat ------------------------------------------------------------------------------------------


async def test_lines_are_shown_chosen_and_written(office: Office, tmp_path: Path) -> None:
    other = NEW.replace("Mới Toanh", "Không Ghi").replace("601", "602")
    path = await roster(office, tmp_path, NEW, other)
    shown = await office.says("office", "/nhansutep", f":file {path}", "xong", ":tap Chọn dòng để ghi", "7")
    assert "1. + Hứa Thị Mới Toanh" in shown and "2. + Hứa Thị Không Ghi" in shown
    assert "Không có dòng 7" in shown
    assert await office.value("SELECT COUNT(*) FROM person WHERE name = 'Hứa Thị Mới Toanh'") == 0, "nothing yet"
    assert "Đã ghi các dòng 1" in await office.says("office", "tất cả trừ 2", "gửi")
    assert await office.value("SELECT COUNT(*) FROM person WHERE name = 'Hứa Thị Mới Toanh'") == 1
    assert await office.value("SELECT COUNT(*) FROM person WHERE name = 'Hứa Thị Không Ghi'") == 0
    again = await office.says("office", "/nhansutep", f":file {path}", "xong")
    assert "1. + Hứa Thị Không Ghi" in again and "Mới Toanh" not in again


async def test_whoever_is_absent_stays_and_leaves_by_personnel_alone(office: Office, tmp_path: Path) -> None:
    path = await roster(office, tmp_path, without="Nông Văn Mẫu")
    tapped = ":tap Nông Văn Mẫu nghỉ, chuyển đi"
    shown = await office.says("office", "/nhansutep", f":file {path}", "xong", tapped)
    assert "− Nông Văn Mẫu, QLXD: không có trong tệp, nghỉ" in shown
    assert "<Nông Văn Mẫu nghỉ, chuyển đi>" in shown
    assert await office.value("SELECT active FROM person WHERE name = 'Nông Văn Mẫu'") == 1
    assert "Trên màn hình không có nút" not in shown


async def test_a_few_lines_of_a_unit_make_nobody_gone(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "moi.csv"
    path.write_text(HEADER + NEW, encoding="utf-8")
    assert "không có trong tệp, nghỉ" not in await office.says("office", "/nhansutep", f":file {path}", "xong")


async def test_what_has_changed_since_is_shown_anew_and_nothing_is_written(office: Office, tmp_path: Path) -> None:
    path = await roster(office, tmp_path, NEW)
    await office.says("office", "/nhansutep", f":file {path}", "xong", ":tap Chọn dòng để ghi", "tất cả")
    await office.app.db.write(
        lambda tx: tx.run("UPDATE person SET position = 'Phó Trưởng phòng' WHERE name = 'Nông Văn Mẫu'")
    )
    said = await office.says("office", "gửi")
    assert "đã thay đổi sau đó nên chưa ghi gì" in said
    assert await office.value("SELECT COUNT(*) FROM person WHERE name = 'Hứa Thị Mới Toanh'") == 0


async def test_whoever_is_of_the_office_no_more_writes_nothing(office: Office, tmp_path: Path) -> None:
    path = await roster(office, tmp_path, NEW)
    await office.says("office", "/nhansutep", f":file {path}", "xong", ":tap Chọn dòng để ghi", "tất cả")
    await office.app.db.write(lambda tx: tx.run("UPDATE person SET role = 'officer' WHERE name = 'Lương Thị Nháp'"))
    await office.says("office", "gửi")
    assert await office.value("SELECT COUNT(*) FROM person WHERE name = 'Hứa Thị Mới Toanh'") == 0
    assert "/nhansutep" not in await office.says("officer", "/nhansutep")


async def test_a_file_that_is_no_list_says_so(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "anh.xlsx"
    path.write_bytes(b"\x89PNG khong phai bang")
    said = await office.says("office", "/nhansutep", f":file {path}", "xong")
    assert "Danh sách làm thay đổi" in said and "Chọn dòng" not in said


# On the server ----------------------------------------------------------------------------------------


def test_on_the_server_lines_are_chosen_by_number_and_what_hangs_on_a_post_is_shown(
    demo_file: Path, tmp_path: Path
) -> None:
    with sqlite3.connect(demo_file) as file:
        rows = [row[0] for row in file.execute(OF_UNIT)]
    file.close()
    path = tmp_path / "danh-sach.csv"
    kept = "".join(f"{row}\n" for row in rows if "Nông Văn Mẫu" not in row)
    path.write_text(HEADER + kept + NEW, encoding="utf-8")
    db = ("--db", str(demo_file))
    shown = thidua("import", str(path), *db)
    assert "1. + Hứa Thị Mới Toanh" in shown.stdout
    assert "2. − Nông Văn Mẫu, QLXD: không có trong tệp, nghỉ" in shown.stdout
    assert "từ nay Trợ lý coi như người lạ" in shown.stdout
    assert thidua("import", str(path), "--apply", *db).returncode == 0
    assert _active(demo_file) == (1, 1), "nobody leaves without a yes"
    assert thidua("import", str(path), "--apply", "--lines", "9", *db).returncode == 1
    assert thidua("import", str(path), "--apply", "--lines", "1", *db).returncode == 0
    assert _active(demo_file) == (1, 0)
    assert "không có trong tệp" not in thidua("import", str(path), *db).stdout, "the same file changes nothing"


def _active(path: Path) -> tuple[int, int]:
    """Whether somebody new is there, and whether somebody absent is still active."""
    with sqlite3.connect(path) as file:
        new = file.execute("SELECT COUNT(*) FROM person WHERE name = 'Hứa Thị Mới Toanh'").fetchone()[0]
        old = file.execute("SELECT active FROM person WHERE name = 'Nông Văn Mẫu'").fetchone()[0]
    file.close()
    return new, old


# As it was agreed -------------------------------------------------------------------------------------


@pytest.mark.parametrize("look", LOOKS)
async def test_the_conversation_is_as_it_was_agreed(office: Office, look: str, record: bool) -> None:
    other = NEW.replace("Mới Toanh", "Không Ghi").replace("601", "602")
    office.folder.mkdir(exist_ok=True)
    path = await roster(office, office.folder, NEW, other, without="Nông Văn Mẫu", changed=("Chuyên viên;", "Văn thư;"))
    lines = ["nhan su tep", "đây", f":file {path}", "xong", ":tap Chọn dòng để ghi", "12", "tat ca tru 2", "gui"]
    agreed: Conversation = [("office", [*lines, "nhân sự tệp", f":file {path}", "xong"])]
    await transcribe(office, agreed, look, FOLDER / f"a_list_that_comes_again.{look}.txt", record)
