"""A plan is played before it is said to be right: what raises, and what no answer satisfies, is found and said."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.dialogue.form import Field
from bot.language.i18n import Untranslated, Words
from bot.movement.plan import ItemKind, Plan
from bot.office.duties.item_fields import fields_of
from bot.office.reminding import reminder_texts
from bot.server.plan_trial import trial
from bot.server.settings import PLAN
from handlers import register
from tests.conftest import PLAN_TEXT
from tests.trials import collected

WORDS = Words("vi")
pytestmark = pytest.mark.slow


async def said(text: str = PLAN_TEXT) -> list[str]:
    return [WORDS.say(line) for line in (await trial(text)).lines]


@pytest.mark.parametrize("path", sorted(PLAN.parent.glob("*.toml")), ids=lambda path: path.stem)
async def test_a_shipped_plan_can_be_lived_through(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tried = await trial(text)
    assert not tried.found, [WORDS.say(each) for each in tried.found]
    asked = sum(len(getattr(Plan.parse(text), part)) for part in ("areas", "targets", "sections", "kinds"))
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
    def never(kind: ItemKind) -> tuple[Field, ...]:
        return (replace(fields_of(kind)[0], refuse=lambda *_: "Chưa được."),)

    monkeypatch.setattr(register, "fields_of", never)
    found = await said()
    assert any("không câu trả lời nào dùng được" in line and "Mời đồng chí Viên" in line for line in found)


OTHER = {
    "Sở Xây dựng tỉnh Lạng Sơn": "Trường Trung học cơ sở Thử Nghiệm",
    "Sở Xây dựng": "Trường Thử Nghiệm",
    "Văn phòng Sở": "Ban Thi đua",
    "Chánh Văn phòng": "Trưởng Ban Thi đua",
    "Lãnh đạo Sở": "Ban Giám hiệu",
    "UBND tỉnh": "Phòng Giáo dục",
    "thủ trưởng đơn vị": "tổ trưởng",
    "thủ trưởng": "tổ trưởng",
    '"SXD"': '"TN"',
    "Trưởng phòng": "Tổ trưởng",
    "chuyên viên": "giáo viên",
    "Đề nghị Sở tổ chức": "Đề nghị trường tổ chức",
}
"""What another office calls its own."""


async def test_another_office_reads_its_own_names_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    text = PLAN_TEXT
    for was, now in OTHER.items():
        assert was in text
        text = text.replace(was, now)
    texts = collected(monkeypatch)
    assert not (await trial(text)).found
    assert len(texts) > 200
    strange = re.compile("Sở|SXD|UBND|Chánh|thủ trưởng|Lạng Sơn")
    assert not [each for each in texts if strange.search(each)]
    for name in ("Ban Thi đua", "Ban Giám hiệu", "Phòng Giáo dục", "tổ trưởng"):
        assert any(name in each for each in texts), name
