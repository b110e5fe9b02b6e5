"""A random walker finds no dead end, no English, no lost answer, nobody acting on what is no longer theirs.

`THIDUA_WALK=10000 ./run test tests/chats/test_walker.py` walks farther; a seed that has failed is named in the failure.
"""

from pathlib import Path
from typing import Any

import pytest

from bot.conversation import Serves
from bot.language.i18n import Words
from bot.server.caught_errors import caught
from bot.server.clock import at_office
from storage import drafts
from tests.conftest import FAR, PLAN_TEXT, SCHOOL
from tests.walker.walker import Fault, Walker

pytestmark = pytest.mark.slow

PLANS = {
    "langson": (PLAN_TEXT, "2027-01-04T08:30"),
    "school": (SCHOOL.plan.read_text(encoding="utf-8"), "2027-01-04T08:30"),
}
STEPS = FAR or 1000


async def walked(path: Path, plan: str, seed: int, steps: int, found: list[str] | None = None) -> Walker:
    text, begins = PLANS[plan]
    walker = Walker(path, text, seed, at_office(begins), found=found)
    with caught() as walker.raised:
        await walker.run(steps)
    return walker


@pytest.mark.timeout(900 + STEPS)
@pytest.mark.parametrize(("plan", "seed"), [("langson", 1), ("school", 2)])
async def test_nothing_is_found(tmp_path: Path, plan: str, seed: int) -> None:
    walker = await walked(tmp_path / "walk.db", plan, seed, STEPS)
    sent = [what for what in walker.done if what.startswith("filed ")]
    print(plan, seed, sorted(walker.done.items()))
    assert len(sent) > 5, "hardly anything was sent"
    assert sum(walker.tally.taken.values()) > STEPS / 20, "hardly anything was answered"


# It finds what is wrong ---------------------------------------------------------------------------


@pytest.mark.timeout(600)
async def test_it_finds_that_anybody_may_do_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Serves, "holds", lambda serves, visit, about=None: visit.person is not None)
    with pytest.raises(Fault, match="authority"):
        await walked(tmp_path / "walk.db", "langson", 3, 3000)


@pytest.mark.timeout(600)
async def test_it_finds_an_answer_that_is_dropped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put = drafts.put

    def dropping(tx: Any, *, draft: int, field: str, **more: Any) -> None:
        if field not in ("summary", "day"):
            put(tx, draft=draft, field=field, **more)

    monkeypatch.setattr(drafts, "put", dropping)
    with pytest.raises(Fault, match="lost"):
        await walked(tmp_path / "walk.db", "langson", 3, 3000)


@pytest.mark.timeout(600)
async def test_it_finds_a_sentence_in_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = Words.sentence
    untranslated = "Please give the title of the {kind}, {you_name}."
    monkeypatch.setattr(
        Words, "sentence", lambda words, message: message if message == untranslated else said(words, message)
    )
    with pytest.raises(Fault, match="language"):
        await walked(tmp_path / "walk.db", "langson", 3, 3000)
