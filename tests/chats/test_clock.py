"""A clock that stands far from when the process last ran: nothing is lost by it, and people say whether it is right."""

import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.server.clock import at_office
from storage.values import stored
from tests.conftest import Office, running
from tests.process.test_bad_input import thidua

pytestmark = pytest.mark.slow

LAST = "2027-10-18T08:30"
"""When the process is known to have run."""


@pytest.fixture
def real(demo_file: Path) -> Path:
    """The demo's people as an office's own file, which last ran on that morning."""
    with sqlite3.connect(demo_file) as file:
        file.execute("DELETE FROM setting WHERE name IN ('clock', 'demo', 'demo_time')")
        file.execute("INSERT INTO setting VALUES ('beat', ?)", (stored(at_office(LAST)),))
        file.execute(
            "INSERT INTO outbox (kind, person, news, about, due, at) SELECT 'hand', id, 'standin', '{}', ?, ? FROM person LIMIT 1",
            (stored(at_office(LAST)),) * 2,
        )
    file.close()
    return demo_file


async def unasked(office: Office) -> list[tuple[str, str]]:
    return [
        (news, role)
        for news, role in await office.rows(
            """SELECT news, role FROM outbox JOIN person ON person.id = outbox.person
                WHERE outbox.kind <> 'answer' AND outbox.state NOT IN ('waiting', 'cancelled', 'failed')"""
        )
    ]


async def beaten(office: Office) -> None:
    await office.app.heartbeat.beat()
    await office.app.drain()


@pytest.mark.parametrize("now", ["2027-11-09T08:30", "2028-02-01T09:00", "2027-10-17T10:00", "2020-01-01T00:10"])
async def test_nothing_happens_of_itself_but_one_question(real: Path, now: str) -> None:
    async with running(real, now) as office:
        years = await office.rows("SELECT year FROM year")
        for _ in range(3):
            await beaten(office)
        said = await unasked(office)
        assert {news for news, _role in said} == {"clock_doubt"}
        assert {role for _news, role in said} <= {"office", "chief", "admin"}
        assert len(said) == len(set(await office.rows("SELECT person FROM outbox WHERE news = 'clock_doubt'")))
        assert await office.rows("SELECT year FROM year") == years
        assert await office.value("SELECT value FROM setting WHERE name = 'beat'") == stored(at_office(LAST))
        assert "Mời đồng chí" in await office.says("officer", "menu"), "whoever writes is answered"
        shown = await office.says("office", "/dongho")
        assert f"{at_office(now):%d/%m/%Y}" in shown
        assert "đúng không?" in shown
        assert "<Đúng>" in shown


async def test_after_it_is_confirmed_what_was_missed_is_said(real: Path) -> None:
    async with running(real, "2027-11-09T08:30") as office:
        await beaten(office)
        assert "nhắc bù" in await office.says("office", "/dongho", ":tap Đúng")
        await beaten(office)
        said = await unasked(office)
        assert any(news == "daily" for news, _role in said), said
        assert await office.value("SELECT COUNT(*) FROM audit WHERE what = 'clock_confirmed'") == 1
        assert "đúng không?" not in await office.says("office", "/dongho")


async def test_a_clock_that_is_set_right_is_seen(real: Path) -> None:
    async with running(real, "2028-02-01T09:00") as office:
        await beaten(office)
        assert office.app.doubt.open
        office.app.clock._standing = at_office("2027-10-18T10:00")
        await beaten(office)
        assert not office.app.doubt.open
        assert await office.value("SELECT MAX(year) FROM year") == 2027


async def test_a_few_days_without_a_process_are_nothing_to_ask_about(real: Path) -> None:
    async with running(real, "2027-10-25T08:00") as office:
        await beaten(office)
        assert await office.value("SELECT COUNT(*) FROM outbox WHERE news = 'clock_doubt'") == 0
        assert "Hôm nay là 25/10/2027" in await office.says("office", "/dongho")


async def test_only_the_office_and_the_administrator_say_so(real: Path) -> None:
    async with running(real, "2028-02-01T09:00") as office:
        await beaten(office)
        await office.says("officer", "/dongho dung")
        await office.says("head", "/dongho dung")
        await beaten(office)
        assert office.app.doubt.open


async def test_not_right_changes_nothing(real: Path) -> None:
    async with running(real, "2028-02-01T09:00") as office:
        await beaten(office)
        assert "người quản trị" in await office.says("office", "/dongho", ":tap Chưa đúng")
        await beaten(office)
        assert office.app.doubt.open


def test_at_the_command_line(real: Path) -> None:
    db = ("--db", str(real))
    asked = thidua("clock", *db)
    assert asked.returncode == 1
    assert "thidua clock confirm" in asked.stdout
    assert "18/10/2027" in asked.stdout
    assert thidua("clock", "confirm", *db).returncode == 0
    assert "Bây giờ là" in thidua("clock", *db).stdout


# Emptying what is old -------------------------------------------------------------------------


def old_messages(path: Path, first: datetime, days: int) -> None:
    """A message a day, each with its answer."""
    with sqlite3.connect(path) as file:
        chat = file.execute("SELECT MIN(id) FROM chat").fetchone()[0]
        file.executemany(
            "INSERT INTO inbox (chat, message, body, at, state) VALUES (?, ?, '{}', ?, 'done')",
            [(chat, f"m{n}", stored(first + timedelta(days=n))) for n in range(days)],
        )
    file.close()


async def left(office: Office) -> object:
    return await office.value("SELECT COUNT(*) FROM inbox WHERE message LIKE 'm%' AND body IS NOT NULL")


async def test_in_the_first_hour_nothing_is_emptied(demo_file: Path) -> None:
    old_messages(demo_file, at_office("2027-01-01T12:00"), 100)
    async with running(demo_file, "2027-10-18T08:30") as office:
        await beaten(office)
        await office.app.move(at_office("2027-10-18T09:29"))
        assert await left(office) == 100


async def test_a_day_empties_no_more_than_a_month(demo_file: Path) -> None:
    first = at_office("2027-01-01T12:00")
    old_messages(demo_file, first, 100)
    async with running(demo_file, "2027-10-18T08:30") as office:
        await beaten(office)
        for day in (18, 19, 20, 21):
            before = await left(office)
            await office.app.move(at_office(f"2027-10-{day}T17:00"))
            now = await left(office)
            assert isinstance(before, int)
            assert isinstance(now, int)
            assert before - 31 <= now
    async with running(demo_file, "2027-10-21T18:00") as office:
        before = await left(office)
        await beaten(office)
        await office.app.move(at_office("2027-10-21T23:00"))
        assert await left(office) == before, "a start anew makes no second day of it"
        await office.app.move(at_office("2027-10-26T23:00"))
        assert await left(office) == 0
