"""Pages and sections of the report as a plan has them: one page, none drafted, none with a role, one dropped."""

import re
from collections.abc import Mapping
from datetime import datetime

import pytest

from bot.dialogue import Scene
from bot.language import Words
from bot.movement import Plan
from bot.office.report import pages
from bot.office.report.facts import Last, ReportFacts
from bot.office.report.section_drafts import draft_of
from storage.report_shares import ReportShare
from storage.results import Narrative
from tests.conftest import PLAN_TEXT, Office
from tests.unit.test_plan_file import changed, only

KEYS = re.compile(r"(?m)^(?:draft|role) = .*\n")


def one_page(text: str) -> str:
    """The plan with all its sections on the page of the areas."""
    text = text.replace('page = "assessment"', 'page = "steering"')
    return re.sub(r'\[\[pages\]\]\ncode = "assessment"\nname = .*\n\n', "", text)


def without(text: str, code: str) -> str:
    """The plan without a section."""
    return re.sub(rf'\[\[sections\]\]\ncode = "{code}"\n(?:[^\n\[]+\n)+\n', "", text)


def test_parts_follow_their_pages() -> None:
    plan = Plan.parse(PLAN_TEXT)
    codes = [part.code for _page, part in plan.narrative]
    assert codes[:4] == ["chi_dao", "tuyen_truyen", "kiem_tra", "II.1"]
    assert codes[9:] == ["uu_diem", "han_che", "nguyen_nhan", "phuong_huong", "vuong_mac", "kien_nghi"]
    first = Plan.parse(PLAN_TEXT.replace('areas = "last"', 'areas = "first"'))
    assert [part.code for _page, part in first.narrative][:7] == [*(area.code for area in plan.areas), "chi_dao"]
    assert list(pages.form_of(plan).pages) == ["targets", "results", "assessment"], "drafts of before stand there"
    assert list(pages.form_of(Plan.parse(one_page(PLAN_TEXT))).pages) == ["targets", "results"]


@pytest.mark.parametrize(
    ("was", "now", "line", "words"),
    [
        ('page = "assessment"', 'page = "asessment"', "page", "«assessment» không?"),
        ('areas = "last"', 'areas = "both"', "areas", '"first", "last"'),
        ('code = "assessment"\nname', 'code = "targets"\nname', "code", "«targets»"),
        ('draft = "below"', 'draft = "belo"', "draft", "«below» không?"),
        ('role = "proposal"', 'role = "propossal"', "role", "«proposal» không?"),
        ('Đánh giá, kiến nghị"\n', 'Đánh giá, kiến nghị"\nareas = "first"\n', "areas", "«steering»"),
    ],
)
def test_what_no_report_can_ask_is_refused(was: str, now: str, line: str, words: str) -> None:
    text = changed(was, now)
    if line == "code":
        text = text.replace('page = "assessment"', 'page = "targets"')
    only(text, line, words)


def test_areas_have_a_page_and_every_page_asks_something() -> None:
    only(re.sub(r'(?m)^areas = "last".*\n', "", PLAN_TEXT), "[[pages]]", "chưa được hỏi")
    only(PLAN_TEXT.replace('page = "assessment"', 'page = "steering"'), "code", "không hỏi gì")


def test_what_is_drafted_hangs_on_no_code() -> None:
    """Under other codes the same is drafted; without `draft` nothing is."""
    plan = Plan.parse(PLAN_TEXT)
    other = Plan.parse(PLAN_TEXT.replace('"uu_diem"', '"diem_manh"'))
    drafted = [section.code for section in plan.sections if draft_of(section)]
    assert drafted[:3] == ["chi_dao", "tuyen_truyen", "kiem_tra"]
    assert drafted[3:] == ["uu_diem", "han_che", "nguyen_nhan", "phuong_huong", "vuong_mac"]
    assert draft_of(next(each for each in other.sections if each.code == "diem_manh")) is not None
    assert not any(map(draft_of, Plan.parse(KEYS.sub("", PLAN_TEXT)).sections))


@pytest.mark.parametrize("text", [one_page(PLAN_TEXT), KEYS.sub("", PLAN_TEXT)], ids=["one page", "nothing drafted"])
async def test_a_report_goes_through_pages_of_any_kind(office: Office, text: str) -> None:
    office.app.set_plan(text)
    said = await office.says("head", "/baocao 2027")
    of = 2 if text == one_page(PLAN_TEXT) else 3
    assert f"Phần 1/{of}: Chỉ tiêu" in said
    for who in ("office", "head"):
        for command in ("/tonghop 2026", "/xembaocao 2026 QLXD", "việc"):
            assert "gặp sự cố" not in await office.says(who, command)


async def test_the_summary_lists_what_sections_with_a_role_say(office: Office) -> None:
    with_roles = await office.says("office", "/tonghop 2026")
    assert "Đề nghị bố trí kinh phí" in with_roles
    office.app.set_plan(PLAN_TEXT.replace('role = "proposal"\n', ""))
    assert (
        "Đề nghị bố trí kinh phí"
        not in (await office.says("office", "việc", "/tonghop 2026")).rpartition("Tổng hợp năm")[2]
    )
    office.app.set_plan(KEYS.sub("", PLAN_TEXT))
    without_roles = (await office.says("office", "việc", "/tonghop 2026")).rpartition("Tổng hợp năm")[2]
    assert "Khó khăn" not in without_roles
    assert "14/14" in without_roles


async def test_a_dropped_section_and_page_stop_no_sheet(office: Office) -> None:
    """A sheet that stands on the page which is no more goes on; what was sent is shown without what is gone."""
    await office.says("head", "/baocao 2027", "Đúng số liệu")
    await office.app.db.write(
        lambda tx: tx.run("UPDATE draft SET asking = 'page:assessment' WHERE form = 'report' AND state = 'open'")
    )
    office.app.set_plan(one_page(without(PLAN_TEXT, "tuyen_truyen")))
    for line in ("việc", "/baocao 2027", "Để nguyên", "xem phiếu"):
        assert "gặp sự cố" not in await office.says("head", line)
    assert await office.value("SELECT COUNT(*) FROM inbox WHERE state = 'parked'") == 0
    said = await office.says("office", "/xembaocao 2026 QLXD")
    assert "tuyên truyền" not in said.lower()
    assert await office.value("SELECT COUNT(*) FROM narrative WHERE section = 'tuyen_truyen'"), "it is kept"


class ToldBefore(ReportFacts):
    """A year before in which one part was told, and nobody was given a part of this one."""

    year = 2027
    shares: Mapping[str, ReportShare] = {}

    def __init__(self, told: Mapping[str, Narrative]) -> None:
        self.last = Last({}, told)


def test_a_question_of_its_own_is_asked() -> None:
    plan = Plan.parse(PLAN_TEXT.replace('role = "difficulty"', 'role = "difficulty"\nquestion = "Vướng ở đâu?"'))
    field = pages.form_of(plan)["vuong_mac"]
    assert callable(field.ask)
    words = Words("vi")
    told = Narrative("QLXD", "vuong_mac", "Chưa có máy quét", "", "")

    def asked(facts: ReportFacts) -> list[str]:
        assert callable(field.ask)
        return [words.say(each) for each in field.ask({}, Scene(None, datetime(2027, 10, 18), plan, words, facts))]

    assert asked(ToldBefore({})) == ["Vướng ở đâu?"]
    assert asked(ToldBefore({"vuong_mac": told})) == ["Vướng ở đâu?", "Báo cáo năm 2026 ghi: Chưa có máy quét"]


def test_older_plans_are_drafted_as_before_and_younger_ones_as_they_say() -> None:
    older = re.sub(r"\[\[pages\]\]\n(?:[^\n\[]+\n)+\n", "", KEYS.sub("", PLAN_TEXT))
    older = re.sub(r"\[difficulty_days\].*\n(?:[a-z]+ = .*\n)+", "", older)
    before_notes = Plan.parse(re.sub(r'(?m)^draft = "notes".*\n', "", PLAN_TEXT))
    assert before_notes != Plan.parse(PLAN_TEXT), "a section is drafted from notes only where the plan says so"
    assert Plan.kept(older).sections == before_notes.sections
    assert Plan.kept(older).pages == Plan.parse(PLAN_TEXT).pages
    assert not any(section.draft or section.role for section in Plan.kept(KEYS.sub("", PLAN_TEXT)).sections)
