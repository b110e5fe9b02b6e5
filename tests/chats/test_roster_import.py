"""What an import does to people: it adds, brings up to date, asks; it never takes one for another, nor a role."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.documents.roster import read
from bot.documents.tables import put_right
from bot.language.i18n import Words
from bot.movement import Plan
from bot.office.roster import roster_changes, roster_import
from bot.office.roster.roster_changes import Roster, RosterChanges
from storage.people import Person, Unit
from tests.conftest import PLAN_TEXT, Office
from tests.process.test_bad_input import thidua

pytestmark = pytest.mark.slow

PLAN = Plan.parse(PLAN_TEXT)
UNITS = [
    Unit("QLXD", "Phòng Quản lý xây dựng", "phong", 1, False, True),
    Unit("TTr", "Thanh tra Sở", "phong", 2, False, True),
]
HUNG = Person(
    1,
    "Nguyễn Văn Hùng",
    "Chuyên viên",
    "cong_chuc",
    "QLXD",
    "Phòng Quản lý xây dựng",
    "officer",
    "+84912000011",
    "vi",
    "comrade",
    None,
    True,
    None,
    None,
    None,
    None,
    None,
    None,
)


def imported(*rows: str, known: Sequence[Person] = (HUNG,)) -> RosterChanges:
    """What these lines would change: name;position;unit;role;phone;number;born."""
    text = "Họ và tên;Chức vụ;Đơn vị;Vai trò;Điện thoại;Mã số;Năm sinh\n" + "\n".join(rows)
    sheet = read("x.csv", text.encode())
    found = roster_import.changes(Roster(UNITS, known), sheet, PLAN)
    return replace(found, problems=[*sheet.problems, *found.problems])


def said(found: RosterChanges) -> str:
    """All that is said of it."""
    lines = (*put_right(found.problems), *roster_changes.describe(PLAN, found))
    return "\n".join(Words("vi").say(line) for line in lines)


@pytest.mark.parametrize("other", ["Nguyễn Văn Hưng", "Nguyễn Vân Hùng", "Nguyễn Văn Hừng"])
def test_a_name_with_other_marks_is_another_person(other: str) -> None:
    found = imported(f"{other};Trưởng phòng;QLXD;trưởng phòng;0912000012")
    assert not found.problems
    assert not found.changed_people
    assert [row.name for row in found.new_people] == [other]
    assert "được thêm bên cạnh Nguyễn Văn Hùng, QLXD: hai người khác nhau" in said(found)


def test_a_name_with_a_wrong_mark_and_the_same_telephone_is_named_with_the_command_that_mends_it() -> None:
    found = imported("Nguyễn Văn Hưng;Chuyên viên;QLXD;chuyên viên;0912000011")
    assert not found.new_people
    assert not found.changed_people
    assert "1. ? Nguyễn Văn Hùng, QLXD: tên là Nguyễn Văn Hưng, cùng số điện thoại hoặc mã số" in said(found)


@pytest.mark.parametrize(
    "row",
    [
        "NGUYỄN VĂN HÙNG;Chuyên viên chính;QLXD;;",
        "Nguyễn Văn Hùng;Chuyên viên chính;qlxd;;0912 000 011",
        "Nguyễn Văn Hùng;Chuyên viên chính;Phòng Quản lý xây dựng;;+84912000011",
        "Nguyễn Văn Hu\u0300ng;Chuyên viên chính;PHÒNG QUẢN LÝ XÂY DỰNG;;",
    ],
)
def test_the_same_person_is_brought_up_to_date(row: str) -> None:
    found = imported(row)
    assert not found.problems, said(found)
    assert not found.new_people
    assert "~ Nguyễn Văn Hùng, QLXD: chức vụ Chuyên viên → Chuyên viên chính" in said(found)


def test_a_new_telephone_is_said_as_one() -> None:
    found = imported("Nguyễn Văn Hùng;Chuyên viên;QLXD;;0912000099")
    assert "~ Nguyễn Văn Hùng, QLXD: điện thoại 0912000011 → 0912000099" in said(found)


def test_another_telephone_and_another_position_are_asked_about() -> None:
    found = imported("Nguyễn Văn Hùng;Trưởng phòng;QLXD;trưởng phòng;0912000012")
    assert "Dòng 2: Có phải Nguyễn Văn Hùng (Phòng Quản lý xây dựng, Chuyên viên)?" in said(found)
    assert not found.new_people
    assert not found.changed_people


def test_two_of_one_name_in_one_unit_are_two_where_telephones_numbers_or_births_differ() -> None:
    for one, other in (("0912000011;;", "0912000012;;"), (";17;", ";18;"), (";;1980", ";;1985")):
        found = imported(
            f"Nguyễn Văn Hùng;Chuyên viên;QLXD;;{one}", f"Nguyễn Văn Hùng;Phó Trưởng phòng;QLXD;;{other}", known=()
        )
        assert not found.problems, said(found)
        assert len(found.new_people) == 2
    beside = imported("Nguyễn Văn Hùng;Chuyên viên;QLXD;;0912000011", "Nguyễn Văn Hùng;Văn thư;QLXD;;0912000012")
    assert [row.position for row in beside.new_people] == ["Văn thư"]


def test_two_lines_of_one_name_that_nothing_tells_apart_are_asked_about() -> None:
    found = imported("Lê Thị Thử;Chuyên viên;QLXD;;", "Lê Thị Thử;Văn thư;QLXD;;0912000013")
    assert "Dòng 3: Lê Thị Thử đã có ở dòng 2" in said(found)
    twice = imported("Lê Thị Thử;Chuyên viên;QLXD;;", "LÊ THỊ THỬ;Chuyên viên;qlxd;;")
    assert "Dòng 3: Dòng này lặp lại dòng 2" in said(twice)


def test_a_number_of_the_offices_own_decides_before_everything_else() -> None:
    known = replace(HUNG, number="CB-17", born=1980)
    found = imported("Nguyễn Văn Hùng;Trưởng phòng;QLXD;;0912000099;cb-17;", known=[known])
    assert [person.id for person, _row in found.changed_people] == [1]
    other = imported("Nguyễn Văn Hùng;Chuyên viên;QLXD;;0912000011;CB-18;", known=[known])
    assert len(other.new_people) == 1


@pytest.mark.parametrize("role", ["trưởng phòng", "quản trị", "văn phòng", "lãnh đạo sở"])
def test_nobodys_role_is_changed_unless_that_line_is_chosen(role: str) -> None:
    found = imported(f"Nguyễn Văn Hùng;Chuyên viên;QLXD;{role};0912000011")
    assert not found.problems
    assert not found.changed_people
    assert "Chỉ thực hiện khi dòng đó được chọn:\n1. ? Nguyễn Văn Hùng, QLXD: theo tệp thì chuyên viên thành" in said(
        found
    )


def test_nobodys_unit_is_changed_and_nobody_becomes_two() -> None:
    found = imported("Nguyễn Văn Hùng;Chuyên viên;TTr;;0912000011")
    assert not found.new_people
    assert not found.changed_people
    assert "1. ? Nguyễn Văn Hùng: theo tệp thì chuyển từ QLXD sang TTr" in said(found)
    unknown = imported("Nguyễn Văn Hùng;Chuyên viên;TTr;;")
    assert "Dòng 2: Có phải Nguyễn Văn Hùng (Phòng Quản lý xây dựng, Chuyên viên)?" in said(unknown)
    both = imported("Nguyễn Văn Hùng;Chuyên viên;QLXD;;", "Nguyễn Văn Hùng;Chuyên viên;TTr;;")
    assert [row.unit for row in both.new_people] == ["TTr"], "both lines stand there: a namesake"


def test_who_has_left_is_not_brought_back_by_an_old_list() -> None:
    found = imported("Nguyễn Văn Hùng;Chuyên viên;QLXD;;0912000011", known=[replace(HUNG, active=False)])
    assert not found.new_people
    assert "1. ? Nguyễn Văn Hùng, QLXD: đã nghỉ, nay trở lại" in said(found)


def test_one_telephone_of_two_people_and_two_heads_are_said() -> None:
    found = imported(
        "Lê Thị Thử;Trưởng phòng;QLXD;trưởng phòng;0912000011", "Vi Văn Tạm;Trưởng phòng;QLXD;trưởng phòng;"
    )
    assert "0912000011 là số điện thoại của Nguyễn Văn Hùng, Lê Thị Thử" in said(found)
    assert "Đơn vị QLXD có nhiều người đứng đầu: Lê Thị Thử, Vi Văn Tạm" in said(found)


def test_a_unit_is_one_however_its_code_is_written() -> None:
    def units(*rows: str) -> RosterChanges:
        sheet = read("x.csv", ("Mã;Tên;Loại\n" + "\n".join(rows)).encode())
        return roster_import.changes(Roster(UNITS, []), sheet, PLAN)

    strange = units("MOI;Tổ công tác;tổ liên ngành", "MOI2;Trạm Hai;", "MOI3;Trung tâm Ba;TRUNG TAM")
    assert [row.code for row in strange.new_units if row.kind] == ["MOI3"]
    assert [Words("vi").say(each.what) for each in strange.problems] == [
        "«tổ liên ngành» không phải loại đơn vị: phòng, đơn vị, đoàn thể.",
        "«» không phải loại đơn vị: phòng, đơn vị, đoàn thể.",
    ]
    assert not units("qlxd;Phòng Quản lý xây dựng;phòng").new_units
    assert not units("qlxd;Phòng quản lý xây dựng;phòng").new_units
    again = units("XD;Phòng Quản lý xây dựng;phòng")
    assert "Đã có đơn vị Phòng Quản lý xây dựng với mã QLXD" in said(again)
    near = imported("Lê Thị Thử;Chuyên viên;Quản lý xây dựng;;")
    assert "Có phải QLXD (Phòng Quản lý xây dựng)?" in said(near)


# On the file, here and beside a server ------------------------------------------------------------


def test_hung_and_hung_are_two_people_and_keep_their_posts(demo_file: Path) -> None:
    rosters, db = Path(__file__).parents[1] / "rosters", ("--db", str(demo_file))
    for file in ("40a-hung.xlsx", "40b-hung.xlsx"):
        done = thidua("import", str(rosters / file), "--apply", *db)
        assert done.returncode == 0, done.stdout + done.stderr
    with sqlite3.connect(demo_file) as kept:
        found = kept.execute("SELECT name, role, phone FROM person WHERE name LIKE 'Nguyễn Văn H%ng'").fetchall()
    kept.close()
    assert found == [("Nguyễn Văn Hùng", "officer", "+84912000011"), ("Nguyễn Văn Hưng", "head", "+84912000012")]


def test_nothing_read_is_never_written(demo_file: Path) -> None:
    done = thidua("import", str(Path(__file__).parents[1] / "rosters/30-empty.xlsx"), "--apply", "--db", str(demo_file))
    assert done.returncode == 1
    assert "Đã ghi" not in done.stdout
    assert "Excel Workbook (.xlsx)" in done.stdout


# Invitations --------------------------------------------------------------------------------------


async def _called(office: Office, id: int, name: str) -> None:
    from bot.language.text import fold

    await office.app.db.write(
        lambda tx: tx.run(
            "UPDATE person SET name = :name, name_fold = :fold, unit = 'QLXD', role = 'officer' WHERE id = :id",
            id=id,
            name=name,
            fold=fold(name),
        )
    )


async def test_an_invitation_opens_nobody_of_a_like_name_and_changes_nobody(office: Office) -> None:
    await _called(office, 32, "Nguyễn Văn Hùng")
    shown = await office.says("office", "/moinguoi Nguyễn Văn Hưng")
    assert "Có phải một trong các đồng chí sau?" in shown
    assert "Nguyễn Văn Hùng (" in shown
    await office.says("office", "người khác", "Phòng Quản lý xây dựng", "Phó Trưởng phòng", "công chức", "4", "gửi")
    assert await office.rows("SELECT role FROM person WHERE name = 'Nguyễn Văn Hưng'") == [("deputy",)]
    assert await office.rows("SELECT role FROM person WHERE id = 32") == [("officer",)]


async def test_who_is_meant_gets_a_code_and_nothing_else_is_asked(office: Office) -> None:
    await _called(office, 32, "Nguyễn Văn Hùng")
    shown = await office.says("office", "/moinguoi nguyen van hung", "1", "gửi")
    assert "Đã tạo mã mời cho Nguyễn Văn Hùng" in shown
    assert await office.rows("SELECT role, position FROM person WHERE id = 32 AND role = 'officer'")
    assert "Đã tạo mã mời cho Nguyễn Văn Hùng" in await office.says("office", "/moinguoi NGUYỄN VĂN HÙNG")


async def test_a_namesake_in_the_unit_is_entered_with_what_tells_them_apart(office: Office) -> None:
    await _called(office, 32, "Nguyễn Văn Hùng")
    await office.says(
        "office",
        "/moinguoi",
        "Nguyễn Văn Hùng",
        "người khác",
        "Phòng Quản lý xây dựng",
        "1985",
        "Văn thư",
        "công chức",
        "1",
        "gửi",
    )
    assert await office.rows("SELECT id = 32, born FROM person WHERE name = 'Nguyễn Văn Hùng'") == [
        (1, None),
        (0, 1985),
    ]


def test_an_invitation_on_the_server_changes_no_role_and_asks_about_namesakes(demo_file: Path) -> None:
    db = ("--db", str(demo_file))
    head = thidua("invite", "--name", "Nông Văn Mẫu", "--unit", "qlxd", "--role", "trưởng phòng", *db)
    assert head.returncode == 0, head.stderr
    assert 'thidua person "Nông Văn Mẫu" --role "thủ trưởng đơn vị"' in head.stdout
    assert len(head.stdout.strip().splitlines()[-1]) == 10
    asked = thidua("invite", "--name", "nong van mau", "--unit", "QLXD", "--role", "head", *db)
    assert asked.returncode == 1
    assert "Có phải Nông Văn Mẫu" in asked.stderr
    elsewhere = thidua("invite", "--name", "Nông Văn Mẫu", "--unit", "TTr", "--role", "head", *db)
    assert elsewhere.returncode == 1
    with sqlite3.connect(demo_file) as file:
        assert file.execute("SELECT role, unit FROM person WHERE name = 'Nông Văn Mẫu'").fetchall() == [
            ("officer", "QLXD")
        ]
    file.close()


def test_the_telephone_of_who_has_withdrawn_does_not_come_back() -> None:
    withdrawn = replace(HUNG, phone=None)
    text = "Họ và tên;Chức vụ;Đơn vị;Vai trò;Điện thoại\nNguyễn Văn Hùng;Phó phòng;QLXD;;0912000011"
    found = roster_import.changes(Roster(UNITS, [withdrawn], frozenset([1])), read("x.csv", text.encode()), PLAN)
    [(person, line)] = found.changed_people
    assert (person.id, line.position, line.phone) == (1, "Phó phòng", None)
    assert "không ghi số điện thoại" in said(found)
