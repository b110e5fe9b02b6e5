"""A plan that asks otherwise than before: who has answered is said before it is taken, and sees what was answered."""

import re

import pytest

from bot.conversation import gather
from bot.language import Words
from bot.movement import BadPlan, Plan
from bot.office.taking.questions import GivenAnswers, changed
from handlers import FEATURES
from storage.plans import Answered, Recorded
from tests.chats.test_kinds import begun, run_on, with_question
from tests.conftest import PLAN_TEXT, Office
from tests.measures import MEASURES, target_of
from tests.unit.test_plan_file import problems

COST = "02 triệu đồng, tự túc"


@pytest.mark.slow
async def test_a_sent_answer_that_is_asked_no_more_is_shown_to_whoever_gave_it_alone(office: Office) -> None:
    await run_on(office, with_question('type = "line"', "required = true"))
    await office.says("officer", *begun(COST, "chưa xác định", "gửi"))
    assert COST not in await office.says("officer", "/dulieucuatoi"), "it is asked for, so it stands on the sheet"
    await run_on(office, PLAN_TEXT)
    mine = await office.says("officer", "/dulieucuatoi")
    assert "Câu trả lời vẫn giữ, kế hoạch hiện nay không hỏi nữa (01)" in mine
    assert re.search(rf"- Kinh phí \(.*SK-2027-\d+.*\): {COST}", mine), mine
    assert COST not in await office.says("head", "/dulieucuatoi")
    await run_on(office, with_question('type = "line"', "required = true"))
    assert COST not in await office.says("officer", "/dulieucuatoi"), "it is asked for again"


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (('type = "line"',), ('type = "money"',)),
        (('type = "number"', 'unit = "giờ"', 'example = "3"'), ('type = "number"', 'unit = "ngày"', 'example = "3"')),
    ],
)
def test_who_has_answered_a_question_of_another_type_is_counted_before(
    was: tuple[str, ...], now: tuple[str, ...]
) -> None:
    old, new = Plan.parse(with_question(*was, "required = false")), Plan.parse(with_question(*now, "required = false"))
    given = GivenAnswers(
        [Answered("register_sk", "2027", "cost", 2), Answered("register_mh", "2027", "cost", 9)],
        [Recorded("register_sk", "cost", 2026, 3), Recorded("register_sk", "cost", 2027, 4)],
        [],
        [],
    )
    forms = gather(FEATURES, old).forms
    said = [Words("vi").say(line) for line in changed(old, new, forms, given, 2027)]
    assert len(said) == 1
    assert "«Kinh phí»" in said[0]
    assert "02 phiếu đang soạn và 07 phiếu đã gửi đã trả lời theo cách cũ" in said[0]
    nobody = [Words("vi").say(line) for line in changed(old, new, forms, GivenAnswers([], [], [], []), 2027)]
    assert [line.endswith("chưa ai trả lời câu này") for line in nobody] == [True]
    assert list(changed(old, old, forms, given, 2027)) == []


def test_people_are_not_counted_by_sheets_that_name_nobody() -> None:
    text = re.sub(r'\[\[kinds\.fields\]\]\ncode = "charge".*?\n\n', "", PLAN_TEXT, flags=re.DOTALL)
    text = re.sub(r"(?m)^from_plan = true.*\n", "", text.replace('authors = "charge"', 'authors = "unit"'))
    assert problems_of(text) == [], "a kind of the whole unit is right by itself"
    people = target_of("11", MEASURES)
    assert problems_of(with_target(text, people)) == []
    of_unit = people.replace('kinds = ["sk"]', 'kinds = ["sk", "nv"]')
    assert problems_of(with_target(text, of_unit)) == ["[[targets]] «11» counted kinds 2"]
    assert problems_of(with_target(PLAN_TEXT, of_unit)) == [], "somebody is in charge of it"


def with_target(text: str, target: str) -> str:
    """The plan with one more target."""
    return text.replace("[[figures]]", f"{target}\n[[figures]]", 1)


def problems_of(text: str) -> list[str]:
    """Where a plan is wrong."""
    try:
        Plan.parse(text)
    except BadPlan:
        return [each.where for each in problems(text)]
    return []
