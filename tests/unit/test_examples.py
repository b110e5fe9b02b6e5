"""Every question that is answered in words shows an example: in every form, in every shipped plan, in every kind of sheet."""

import pytest

import handlers
from bot.conversation import gather
from bot.dialogue.reading import told_in_words
from bot.movement import Plan
from tests.conftest import PLAN_TEXT, SCHOOL

PLANS = {
    "langson-sxd-2026-2030": Plan.parse(PLAN_TEXT),
    "truong-hoc-2026": Plan.parse(SCHOOL.plan.read_text(encoding="utf-8")),
}


@pytest.mark.parametrize("name", PLANS)
def test_every_question_that_is_told_in_words_has_an_example(name: str) -> None:
    plan = PLANS[name]
    forms = {code: form for code, each in gather(handlers.FEATURES, plan).forms.items() if (form := each.of(plan))}
    asked = [(code, field) for code, form in forms.items() for field in form.fields if told_in_words(field)]
    assert {"report", "return", "urge"} <= {code for code, _field in asked}
    assert len(asked) > 40
    assert [f"{code}.{field.code}" for code, field in asked if not field.example] == []


@pytest.mark.parametrize("name", PLANS)
def test_every_area_section_and_question_of_the_plan_has_one(name: str) -> None:
    plan = PLANS[name]
    parts = [
        *plan.areas,
        *(part for _page, part in plan.narrative),
        *(each for kind in plan.kinds for each in kind.asked),
    ]
    silent = [
        part.code for part in parts if not part.example and getattr(part, "type", "paragraph") in ("line", "paragraph")
    ]
    assert silent == []
