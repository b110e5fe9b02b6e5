"""What an office calls each role: read from its plan, in its words, and never in another's."""

import io
import re

import openpyxl
import pytest

from bot.documents.roster import read
from bot.documents.roster_template import template
from bot.language import Words
from bot.movement import Plan, Role
from bot.office.roster import roster_changes, roster_import
from bot.office.roster.roster_changes import Roster
from bot.server.settings import PLAN
from storage.people import Unit
from tests.conftest import PLAN_TEXT
from tests.unit.test_plan_file import problems

SCHOOL_TEXT = (PLAN.parent / "truong-hoc-2026.toml").read_text(encoding="utf-8")
LANG_SON, SCHOOL = Plan.parse(PLAN_TEXT), Plan.parse(SCHOOL_TEXT)


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("Chuyên viên chính", Role.OFFICER),
        ("trưởng phòng", Role.HEAD),
        ("Truong phong Quan ly nha", Role.HEAD),
        ("Chi cục trưởng", Role.HEAD),
        ("phó trưởng phòng", Role.DEPUTY),
        ("Phó Chi cục trưởng", Role.DEPUTY),
        ("Phó Giám đốc Sở", Role.LEADER),
        ("giám đốc sở", Role.LEADER),
        ("Giám đốc Trung tâm Mẫu", Role.HEAD),
        ("chánh văn phòng", Role.CHIEF),
        ("Phó Chánh Văn phòng", Role.DEPUTY),
        ("văn phòng", Role.OFFICE),
        ("quản trị hệ thống", Role.ADMIN),
        ("đầu mối", Role.DRAFTER),
        ("drafter", Role.DRAFTER),
        ("tổ chức đoàn thể", Role.UNION),
        ("hiệu trưởng", None),
        ("sếp", None),
        ("phó", None),
        ("", None),
    ],
)
def test_the_words_of_an_office_mean_its_roles(said: str, role: Role | None) -> None:
    assert LANG_SON.role_meant(said) is role


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("Hiệu trưởng", Role.LEADER),
        ("pho hieu truong", Role.LEADER),
        ("giáo viên", Role.OFFICER),
        ("Tổ trưởng", Role.HEAD),
        ("Tổ trưởng tổ Toán", Role.HEAD),
        ("tổ trưởng tổ văn phòng", Role.CHIEF),
        ("Tổ phó", Role.DEPUTY),
        ("Chủ tịch Công đoàn", Role.UNION),
        ("Bí thư", Role.UNION),
        ("chuyên viên", None),
        ("trưởng phòng", None),
    ],
)
def test_a_school_has_its_own_words(said: str, role: Role | None) -> None:
    assert SCHOOL.role_meant(said) is role


def test_a_title_that_the_plan_gives_to_a_kind_of_unit_says_the_role() -> None:
    """What heads and deputies of a kind are called needs no word of the role as well."""
    changed = re.sub(r'deputy = "Tổ phó"', 'deputy = "Trợ lý tổ"', SCHOOL_TEXT)
    assert Plan.parse(changed).role_meant("trợ lý tổ") is Role.DEPUTY
    assert SCHOOL.role_meant("trợ lý tổ") is None


def test_every_role_is_known_by_its_own_name_and_its_code() -> None:
    for plan in (LANG_SON, SCHOOL):
        for role in Role:
            assert plan.role_meant(plan.roles.word(role).upper()) is role
            assert plan.role_meant(role.value) is role


def test_what_was_taken_before_goes_on_with_the_words_of_then() -> None:
    without = re.sub(r"\n\[roles\.\w+\].*?(?=\n\n)", "", PLAN_TEXT, flags=re.DOTALL)
    assert "[roles" not in without
    was = Plan.kept(without).roles
    for role in Role:
        said, now = was.of(role), LANG_SON.roles.of(role)
        assert (said.name, said.words, said.offered) == (now.name, now.words, now.offered)
    school = re.sub(r"\n\[roles\.\w+\].*?(?=\n\n)", "", SCHOOL_TEXT, flags=re.DOTALL)
    kept = Plan.kept(school).roles
    assert (kept.chief.offered, kept.leader.offered) == ("Tổ trưởng tổ Văn phòng", "Ban Giám hiệu (xem)")
    assert (kept.head.offered, kept.deputy.offered) == ("tổ trưởng chuyên môn", "cấp phó của tổ trưởng chuyên môn")
    assert any(each.where == "[roles]" or each.where == "roles" for each in problems(without)), "a new file says them"


@pytest.mark.parametrize(
    ("old", "new", "where", "what"),
    [
        ('words = ["thư ký", ', 'words = ["Tổ Trưởng", ', "[roles] head name", "từ này đã chỉ vai trò «thư ký tổ»"),
        ('name = "tổ phó"', 'name = "giao vien"', "[roles] deputy name", "từ này đã chỉ vai trò «giáo viên»"),
        ('name = "tổ phó"', 'name = "Leader"', "[roles] deputy name", "từ này đã chỉ vai trò"),
        ('"tổ phó …"]', '"tổ trưởng…"]', "[roles] deputy words 2", "từ này đã chỉ vai trò «tổ trưởng»"),
        ("[roles.drafter]", "[roles.drafters]", "[roles] drafters", "có phải «drafter» không?"),
        ('name = "thư ký tổ"\n', "", "[roles] drafter name", ""),
        ("[roles.admin]", "[roles.boss]", "[roles] boss", ""),
    ],
)
def test_roles_that_cannot_be_told_apart_are_refused(old: str, new: str, where: str, what: str) -> None:
    assert old in SCHOOL_TEXT
    found = problems(SCHOOL_TEXT.replace(old, new, 1))
    assert any(each.where == where and what in Words("vi").say(each.what) for each in found), found


def test_a_roster_is_read_in_the_words_of_the_plan_and_answered_in_them() -> None:
    units = [Unit("TOAN", "Tổ Toán", "to", 1, False, True)]
    rows = "Họ và tên;Chức vụ;Đơn vị;Vai trò\n"

    def said(*lines: str) -> str:
        sheet = read("x.csv", (rows + "\n".join(lines)).encode())
        assert not sheet.problems
        found = roster_import.changes(Roster(units, []), sheet, SCHOOL)
        shown = [*(each.what for each in found.problems), *roster_changes.describe(SCHOOL, found)]
        return "\n".join(map(Words("vi", terms=SCHOOL.terms).say, shown))

    assert "+ Nông Văn Mẫu, Tổ trưởng, TOAN (tổ trưởng)" in said("Nông Văn Mẫu;Tổ trưởng;TOAN;Tổ trưởng")
    assert "(giáo viên)" in said("Nông Văn Mẫu;Giáo viên;TOAN;")
    wrong = said("Nông Văn Mẫu;Trưởng phòng;TOAN;trưởng phòng")
    assert "«trưởng phòng» không phải vai trò. Các vai trò: giáo viên, thư ký tổ, tổ trưởng" in wrong
    assert "+ Nông Văn Mẫu" not in wrong


def test_the_blank_roster_offers_the_words_of_the_plan() -> None:
    people = openpyxl.load_workbook(io.BytesIO(template(SCHOOL)))["Nhân sự"]
    assert [cell.value for cell in people[2]][1:5] == ["Giáo viên", "công chức", "MAU1", "giáo viên"]
    offered = next(v.formula1 for v in people.data_validations.dataValidation if "hiệu trưởng" in v.formula1)
    assert set(offered.strip('"').split(",")) == set(SCHOOL.roles.names)
