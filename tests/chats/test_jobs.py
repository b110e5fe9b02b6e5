"""Long work holds up nobody; when it fails it is over in any case, and the person is told."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.conversation.jobs import JobContext, JobResult
from bot.dialogue.turn import Say
from bot.language.i18n import Text
from bot.office.reminding import rehearsal
from storage import chat_texts
from tests.conftest import Office

pytestmark = pytest.mark.slow

SORRY = "Trợ lý chưa làm xong"
UNSAYABLE = Text("A sentence that stands in no catalogue", {})


async def sick(context: JobContext, about: Mapping[str, Any]) -> JobResult:
    return JobResult(Say([UNSAYABLE]))


async def test_a_fault_while_a_jobs_answer_is_drawn_ends_the_job_and_is_told(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = office.app.office.features.jobs
    monkeypatch.setitem(jobs, "summary", replace(jobs["summary"], do=sick))
    told = await office.says("office", "/tonghop 2027")
    assert SORRY in told, told
    assert await office.rows("SELECT DISTINCT state FROM job") == [("failed",)]
    assert await office.value("SELECT COUNT(*) FROM outbox WHERE news = 'work_failed'"), "the administrator knows"
    monkeypatch.undo()
    assert SORRY not in await office.says("office", "/tonghop 2027"), "the next one is done"


async def test_where_nothing_can_be_said_the_job_is_over_all_the_same(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = office.app.office.features.jobs
    monkeypatch.setitem(jobs, "summary", replace(jobs["summary"], do=sick))
    monkeypatch.setattr("bot.server.jobs.FAILED", UNSAYABLE)
    await office.says("office", "/tonghop 2027")
    assert await office.rows("SELECT DISTINCT state FROM job") == [("failed",)]


async def test_while_a_year_is_played_in_the_worker_the_others_read_and_are_answered(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, go_on = list[Callable[..., Any]](), asyncio.Event()
    begun = asyncio.Event()

    async def slowly(function: Callable[..., Any], *args: Any) -> Any:
        asked.append(function)
        begun.set()
        await go_on.wait()
        return function(*args)

    monkeypatch.setattr(office.app.jobs.worker, "make", slowly)
    async with asyncio.timeout(60):
        other = await office.chat("officer")
        long = asyncio.create_task(office.says("office", "/chaythu 2027"))
        await begun.wait()
        assert asked == [rehearsal.rows], "nothing of it is worked out where everybody is answered"
        await office.app.receive(other._chat, "meanwhile", {"text": "/viec"})
        await office.app.dispatcher.answered(other._chat.id)
        reader = await office.app.db.reader()
        assert await reader.all(chat_texts.IN_CHAT, chat=other._chat.id, after=0, most=9), "the page shows it"
        assert not long.done()
        go_on.set()
        assert "2027" in await long


async def test_a_year_played_in_another_process_is_the_same(office: Office) -> None:
    now, movement = office.app.now(), office.app.office
    async with office.app.db.snapshot() as snapshot:
        stage = await rehearsal.read(snapshot, movement, now=now)
    end = now + timedelta(days=10)
    there = await office.app.jobs.worker.make(rehearsal.rows, stage, now, end, "vi")
    assert there
    assert there == rehearsal.rows(stage, now, end, "vi")
