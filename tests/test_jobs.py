"""Long work that fails: over in any case, and the person is told."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.dialogue.turn import Say
from bot.i18n import Text
from bot.jobs import Desk, Made
from tests.conftest import Office

SORRY = "Trợ lý chưa làm xong"
UNSAYABLE = Text("A sentence that stands in no catalogue", {})


async def sick(desk: Desk, about: Mapping[str, Any]) -> Made:
    return Made(Say([UNSAYABLE]))


async def test_a_fault_while_a_jobs_answer_is_drawn_ends_the_job_and_is_told(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    works = office.app.jobs._works
    monkeypatch.setattr(office.app.jobs, "_works", {**works, "summary": replace(works["summary"], do=sick)})
    told = await office.says("office", "/tonghop 2027")
    assert SORRY in told, told
    assert await office.rows("SELECT DISTINCT state FROM job") == [("failed",)]
    assert await office.value("SELECT COUNT(*) FROM outbox WHERE news = 'work_failed'"), (
        "the administrator knows"
    )
    monkeypatch.setattr(office.app.jobs, "_works", works)
    assert SORRY not in await office.says("office", "/tonghop 2027"), "the next one is done"


async def test_where_nothing_can_be_said_the_job_is_over_all_the_same(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    works = office.app.jobs._works
    monkeypatch.setattr(office.app.jobs, "_works", {**works, "summary": replace(works["summary"], do=sick)})
    monkeypatch.setattr("bot.jobs.FAILED", UNSAYABLE)
    await office.says("office", "/tonghop 2027")
    assert await office.rows("SELECT DISTINCT state FROM job") == [("failed",)]
