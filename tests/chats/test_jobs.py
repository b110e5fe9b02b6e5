"""Long work holds up nobody; when it fails it is over in any case, and the person is told."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.conversation.jobs import JobContext, JobResult, JobSteps
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


async def tells(office: Office, who: str, said: str) -> str:
    """What somebody is told at once, while work goes on."""
    talk = await office.chat(who)
    await office.app.receive(
        talk._chat, f"{who} {said} {await office.value('SELECT COUNT(*) FROM inbox')}", {"text": said}
    )
    await office.app.dispatcher.answered(talk._chat.id)
    newest = f"SELECT json_extract(body, '$.text') FROM outbox WHERE chat = {talk._chat.id} ORDER BY id DESC LIMIT 1"
    return str(await office.value(newest))


async def held(office: Office, monkeypatch: pytest.MonkeyPatch, said: str) -> tuple[asyncio.Task[str], asyncio.Event]:
    """Begin work that takes as long as the test wants, and is said to be under way."""
    go_on = asyncio.Event()

    async def slowly(function: Callable[..., Any], *args: Any) -> Any:
        await go_on.wait()
        return function(*args)

    monkeypatch.setattr("bot.server.jobs.LONG", 0.01)
    monkeypatch.setattr(office.app.jobs.worker, "make", slowly)
    working = asyncio.create_task(office.says("office", said))
    for _n in range(2000):
        if await office.value("SELECT shown FROM job WHERE state = 'running'"):
            break
        await asyncio.sleep(0.01)
    return working, go_on


async def texts(office: Office) -> list[str]:
    return [str(row[0]) for row in await office.rows("SELECT json_extract(body, '$.text') FROM outbox ORDER BY id")]


async def test_long_work_says_that_it_is_under_way_and_changes_that_in_its_place(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with asyncio.timeout(60):
        working, go_on = await held(office, monkeypatch, "/xuat 2027")
        assert (await texts(office))[-1].startswith("⏳ Đang lập bảng Excel…")
        await tells(office, "office", "xuất excel 2027")
        go_on.set()
        await working
    said = await texts(office)
    assert sum(each.startswith("Bảng Excel năm 2027") for each in said) == 1, "the second order waits with the first"
    assert await office.value("SELECT COUNT(*) FROM job") == 1
    shown = await office.value("SELECT shown FROM job")
    changed = await office.value(f"SELECT json_extract(body, '$.text') FROM outbox WHERE edits = {shown}")
    assert str(changed).startswith("✅ Đã lập bảng Excel"), changed


async def stepped(
    office: Office, monkeypatch: pytest.MonkeyPatch, apart: float, look: str = "web"
) -> tuple[asyncio.Task[None], JobSteps, asyncio.Event]:
    """Begin work of seven steps that the test takes one by one."""
    steps, go_on, begun = list[JobSteps](), asyncio.Event(), asyncio.Event()

    async def stepping(context: JobContext, about: Mapping[str, Any]) -> JobResult:
        steps.append(context.steps)
        context.steps.plan(7)
        begun.set()
        await go_on.wait()
        return JobResult(Say([Text("Nothing to report.", {})]))

    jobs = office.app.office.features.jobs
    monkeypatch.setattr("bot.server.jobs.LONG", 0.01)
    monkeypatch.setattr("bot.server.jobs.APART", apart)
    monkeypatch.setitem(jobs, "workbook", replace(jobs["workbook"], do=stepping))
    talk = await office.chat("office", look)
    working = asyncio.create_task(talk.says("/xuat 2027"))
    await begun.wait()
    await until(office, "SELECT shown FROM job WHERE state = 'running'")
    return working, steps[0], go_on


async def until(office: Office, sql: str) -> None:
    for _n in range(2000):
        if await office.value(sql):
            return
        await asyncio.sleep(0.01)
    raise AssertionError(sql)


async def test_long_work_says_how_far_it_is_in_its_place(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    async with asyncio.timeout(60):
        working, steps, go_on = await stepped(office, monkeypatch, 0.01)
        for n in range(1, 4):
            steps.done()
            await until(office, f"SELECT 1 FROM outbox WHERE edits AND body LIKE '%Đang lập bảng Excel… {n}/7%'")
        shown = await office.value("SELECT shown FROM job")
        assert not await office.value(f"SELECT COUNT(*) FROM outbox WHERE edits <> {shown}"), (
            "one message, in its place"
        )
        buttons = str(await office.value("SELECT body FROM outbox WHERE edits ORDER BY id DESC LIMIT 1"))
        assert "/dunglap" in buttons, "it can be stopped all the while"
        go_on.set()
        await working
    last = await office.value("SELECT json_extract(body, '$.text') FROM outbox WHERE edits ORDER BY id DESC LIMIT 1")
    assert str(last).startswith("✅ Đã lập bảng Excel"), last


async def test_many_steps_at_once_are_one_change(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    async with asyncio.timeout(60):
        working, steps, go_on = await stepped(office, monkeypatch, 1.0)
        for _n in range(9):
            steps.done()
            await asyncio.sleep(0.02)
        await until(office, "SELECT 1 FROM outbox WHERE edits AND body LIKE '%Đang lập bảng Excel… 7/7%'")
        assert await office.value("SELECT COUNT(*) FROM outbox WHERE edits") == 1, "not one a step"
        go_on.set()
        await working


async def test_where_nothing_changes_in_its_place_one_notice_is_said(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with asyncio.timeout(60):
        working, steps, go_on = await stepped(office, monkeypatch, 0.01, "plain")
        for _n in range(5):
            steps.done()
            await asyncio.sleep(0.05)
        go_on.set()
        await working
    assert sum(each.startswith("⏳ Đang lập bảng Excel…") for each in await texts(office)) == 1
    assert not await office.value("SELECT COUNT(*) FROM outbox WHERE edits")


async def test_what_was_stopped_is_not_said_to_go_on(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    async with asyncio.timeout(60):
        working, steps, _go_on = await stepped(office, monkeypatch, 0.01)
        steps.done()
        assert "Đã dừng lập bảng Excel" in await tells(office, "office", "dừng lập")
        steps.done()
        await working
    last = await office.value("SELECT json_extract(body, '$.text') FROM outbox WHERE edits ORDER BY id DESC LIMIT 1")
    assert str(last).startswith("Đã dừng lập bảng Excel"), last


async def test_long_work_is_stopped_by_whoever_asked_and_nothing_comes(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with asyncio.timeout(60):
        working, go_on = await held(office, monkeypatch, "/xuat 2027")
        id = await office.value("SELECT id FROM job")
        assert "không còn gì đang lập" in await tells(office, "head", f"/dunglap {id}"), "it is not theirs"
        assert "Đã dừng lập bảng Excel" in await tells(office, "office", "dừng lập")
        await working
        assert "không còn gì đang lập" in await office.says("office", f"/dunglap {id}"), "a second tap finds nothing"
        go_on.set()
    assert await office.rows("SELECT state FROM job") == [("failed",)]
    assert not [each for each in await texts(office) if each.startswith("Bảng Excel")]
    assert await office.value("SELECT COUNT(*) FROM audit WHERE what = 'job_stopped'") == 1
    assert not await office.value("SELECT COUNT(*) FROM outbox WHERE news = 'work_failed'"), "it is no fault"
    monkeypatch.undo()
    assert "Bảng Excel năm 2027" in await office.says("office", "/xuat 2027"), "the next one is made"


async def test_work_that_nobody_wants_any_more_is_not_begun_again_after_a_restart(office: Office) -> None:
    await office.chat("office")
    row = "INSERT INTO job (work, about, chat, at, state, cancelled) SELECT 'summary', '{}', MIN(id), '2027-10-18T01', 'running', :at FROM chat"
    await office.app.db.write(lambda tx: [tx.run(row, at=at) for at in (None, "2027-10-18T01:00:01.000000Z")])
    await office.app.jobs.start()
    assert await office.rows("SELECT state, cancelled IS NULL FROM job ORDER BY id") == [("waiting", 1), ("failed", 0)]


async def test_a_year_played_in_another_process_is_the_same(office: Office) -> None:
    now, movement = office.app.now(), office.app.office
    async with office.app.db.snapshot() as snapshot:
        stage = await rehearsal.read(snapshot, movement, now=now)
    end = now + timedelta(days=10)
    there = await office.app.jobs.worker.make(rehearsal.rows, stage, now, end, "vi")
    assert there
    assert there == rehearsal.rows(stage, now, end, "vi")
