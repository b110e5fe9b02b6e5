"""Plans composed by rule run through a whole year of the real core: nothing raises, every question has an answer.

And nothing is said in the words of another office, nor in English.
"""

import re

import pytest

from bot.conversation import gather
from bot.language.i18n import Words
from bot.movement.plan import Plan
from bot.server.plan_trial import trial
from handlers import FEATURES
from tests.composed_plans import composed
from tests.trials import collected

WORDS = Words("vi")
COMMANDS = gather(FEATURES).commands
STRANGE = re.compile(
    r"\b(Sở|SXD|UBND|Chánh|[Cc]ông chức|[Gg]iấy|ram|[Cc]huyên viên|[Ss]áng kiến|[Mm]ô hình|[Nn]hiệm vụ trọng tâm"
    r"|[Tt]ổ trưởng|[Gg]iáo viên|Hiệu trưởng|[Tt]hủ trưởng|[Tt]uyên truyền|the|and|of|with|your|this|please)\b"
)
"""What only the shipped plans' offices say, and English."""


@pytest.mark.parametrize("seed", range(40))
def test_a_composed_plan_is_right(seed: int) -> None:
    Plan.parse(composed(seed), COMMANDS)


def test_they_differ() -> None:
    plans = [Plan.parse(composed(seed)) for seed in range(40)]
    assert len({len(plan.areas) for plan in plans}) > 4
    assert len({len(plan.kinds) for plan in plans}) > 3
    assert len({field.type for plan in plans for kind in plan.kinds for field in kind.fields}) == 10
    assert len({target.measure for plan in plans for target in plan.targets}) == 6
    assert {duty.every for plan in plans for duty in plan.duties} == {"year", "half", "quarter"}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
async def test_a_composed_plan_is_lived_through(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    text, texts = composed(seed), collected(monkeypatch)
    tried = await trial(text)
    assert not tried.found, [WORDS.say(each) for each in tried.found]
    assert len(texts) > 150
    strange = {found[0] for each in texts if (found := STRANGE.search(each))}
    assert not strange, [each for each in texts if STRANGE.search(each)][:3]
    plan = Plan.parse(text)
    everything = "\n".join(texts)
    asked = [
        field.question for kind in plan.kinds for field in kind.fields if field.required
    ]  # the rest is added later
    asked += [(target.numerator or target.question).removeprefix("số ") for target in plan.targets if target.asked]
    asked += [section.name for section in plan.sections]
    asked += [duty.name for duty in plan.duties]
    assert not [each for each in asked if each not in everything]
