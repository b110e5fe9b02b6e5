"""A plan is played before it is said to be right: what raises, and what no answer satisfies, is found and said."""

from dataclasses import replace
from typing import Any

import pytest

from bot.language.i18n import Untranslated, Words
from bot.movement.plan import Plan
from bot.office.reminding import reminder_texts
from bot.server.plan_trial import trial
from handlers import register
from tests.conftest import PLAN_TEXT

WORDS = Words("vi")
pytestmark = pytest.mark.slow


async def said(text: str = PLAN_TEXT) -> list[str]:
    return [WORDS.say(line) for line in (await trial(text)).lines]


async def test_the_shipped_plan_can_be_lived_through(caplog: pytest.LogCaptureFixture) -> None:
    tried = await trial(PLAN_TEXT)
    assert not tried.found, [WORDS.say(each) for each in tried.found]
    asked = sum(len(getattr(Plan.parse(PLAN_TEXT), part)) for part in ("areas", "targets", "sections", "kinds"))
    assert tried.questions > 2 * asked


async def test_a_reminder_without_words_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def wordless(*_: Any) -> None:
        raise Untranslated("no entry")

    monkeypatch.setattr(reminder_texts, "said", wordless)
    head, *found = await said()
    assert head == "Chạy thử năm 2026, Trợ lý không làm được với kế hoạch này:"
    assert found
    assert all(line.startswith("- «các tin nhắc ngày ") and "Untranslated" in line for line in found)


async def test_a_question_that_no_answer_satisfies_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    never = replace(register.TITLE, refuse=lambda *_: "Chưa được.")
    monkeypatch.setattr(register, "FIELDS", {"sk": (never,), "mh": (never,), "nv": (never,)})
    register.form_of.cache_clear()
    try:
        found = await said()
    finally:
        register.form_of.cache_clear()
    assert any("không câu trả lời nào dùng được" in line and "Đề nghị đồng chí Viên" in line for line in found)
