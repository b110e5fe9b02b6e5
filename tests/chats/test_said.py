"""A message counts from when it was written, however long nobody was there to read it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from time import time

import pytest

from bot.server.clock import Clock, at_office
from storage import inbox
from storage.db import Tx
from tests.conftest import OpenOffice, running
from tests.fakes.telegram import FakeTelegram
from tests.fakes.zalo import FakeZalo
from tests.phones import Fake, Phones, listening, on_telegram, on_zalo, until
from tests.sheets import CANDID

CLOSED = "SELECT at FROM closed_list WHERE unit = 'QLN' AND year = 2027"
EVENING, MORNING = "2027-11-09T16:00", "2027-11-10T08:20"


def when(text: str) -> int:
    return int(at_office(text).timestamp())


@asynccontextmanager
async def back(path: Path, server: Fake, now: str) -> AsyncIterator[Phones]:
    """The bot is there again."""
    channel = on_zalo(server) if isinstance(server, FakeZalo) else on_telegram(server)
    async with listening(path, server, channel, now) as phones:
        yield phones
    if isinstance(server, FakeZalo):  # a poll that is still held there would take what comes next
        await until(lambda: not server.polls)


@pytest.fixture(params=["telegram", "zalo"])
async def either(request: pytest.FixtureRequest) -> AsyncIterator[Fake]:
    """One messenger, then the other."""
    server: Fake = FakeTelegram() if request.param == "telegram" else FakeZalo()
    await server.start()
    yield server
    await server.stop()


async def value(phones: Phones, sql: str) -> object:
    return await phones.app.db.write(lambda tx: tx.value(sql))


@pytest.mark.slow
async def test_a_report_sent_on_the_last_day_while_nobody_was_there_is_in_time(demo_file: Path, either: Fake) -> None:
    either.date = when("2027-11-09T15:40")
    async with back(demo_file, either, "2027-11-09T15:40") as phones:
        chat = await phones.chat("head")
        assert "Người xem được: Văn phòng Sở" in await phones.says("head", *CANDID)
    either.date = when(EVENING)
    either.types(chat, "gửi")
    async with back(demo_file, either, MORNING) as phones:
        await phones.settled()
        told = "".join(phones.new(chat))
        assert "đã gửi báo cáo năm 2027 lúc 16:00 ngày 09/11/2027" in told.lower().replace("✅ ", ""), told
        assert "trong ngày cuối của thời hạn" in told
        assert await value(phones, "SELECT late FROM result WHERE year = 2027 AND unit = 'QLXD'") == 0
        assert await value(phones, "SELECT at FROM result WHERE year = 2027 AND unit = 'QLXD'") == (
            "2027-11-09T09:00:00.000000Z"
        )


@pytest.mark.slow
async def test_tomorrow_is_the_day_after_it_was_written(demo_file: Path, either: Fake) -> None:
    either.date = when("2027-11-02T22:10")
    async with back(demo_file, either, "2027-11-02T22:00") as phones:
        chat = await phones.chat("head")
    either.types(chat, "/hen mai")
    async with back(demo_file, either, "2027-11-03T07:45") as phones:
        await phones.settled()
        assert "thứ Tư, 03/11/2027" in "".join(phones.new(chat))


async def test_what_waits_here_over_a_stop_counts_from_when_it_was_written(
    open_office: OpenOffice, demo_file: Path
) -> None:
    """Kept on the page's own file, not answered before the power went."""
    office = await open_office("2027-11-02T22:10")

    def keep(tx: Tx) -> None:
        head = tx.value("SELECT id FROM person WHERE name = 'Hoàng Văn Thử'")
        chat = tx.value("SELECT id FROM chat WHERE person = :head", head=head)
        inbox.keep(tx, chat=chat, message="m1", edit=0, body={"text": "/hen mai"}, now=office.app.now())

    await office.app.db.write(keep)
    await office.app.stop()
    async with running(demo_file, "2027-11-03T07:45") as later:
        await later.app.drain()
        assert await later.value("SELECT day FROM promise") == "2027-11-03"


@pytest.mark.parametrize("date", [0, when("2027-11-02T23:00"), when("1999-01-01T00:00"), 10**17], ids=str)
async def test_a_time_that_cannot_be_is_not_believed(demo_file: Path, server: FakeTelegram, date: int) -> None:
    async with back(demo_file, server, "2027-11-02T16:00") as phones:
        server.date = date
        await phones.says("head", "/hen mai")
        assert await value(phones, "SELECT day FROM promise") == "2027-11-03"
        assert await value(phones, "SELECT MAX(COALESCE(said, at)) FROM inbox") == "2027-11-02T09:00:00.000000Z"


async def test_nothing_was_written_before_what_the_chat_said_last(demo_file: Path, server: FakeTelegram) -> None:
    async with back(demo_file, server, "2027-11-02T16:00") as phones:
        server.date = when("2027-11-02T15:00")
        await phones.says("head", "việc")
        server.date = when("2027-10-31T15:00")
        await phones.says("head", "/hen mai")
        assert await value(phones, "SELECT day FROM promise") == "2027-11-03"


async def runs(phones: Phones) -> None:
    """The process notes that it runs."""
    await phones.app.move(phones.app.now())


async def test_a_tap_while_nobody_was_there_is_in_time(demo_file: Path, server: FakeTelegram) -> None:
    """Telegram does not say when a button was tapped: a stop of ours makes nobody late, and that is said."""
    head = "Triệu Văn Phỏng"
    server.date = when("2027-03-31T15:30")
    async with back(demo_file, server, "2027-03-31T15:30") as phones:
        chat = await phones.chat(head)
        assert "<Chốt và gửi>" in await phones.says(head, "/xacnhan chot")
        await phones.app.move(at_office("2027-03-31T15:45"))
    server.taps(chat, "Chốt và gửi")
    server.date = when("2027-04-01T08:10")
    server.types(chat, "việc")
    async with back(demo_file, server, "2027-04-01T08:20") as phones:
        await phones.settled()
        told = "".join(phones.new(chat))
        assert "giờ sớm nhất có thể, 15:45 ngày 31/03/2027" in told, told
        assert await value(phones, CLOSED) == "2027-03-31T08:45:00.000000Z"
        assert await value(phones, "SELECT COUNT(*) FROM audit WHERE detail LIKE '%earliest%'") == 1


async def test_a_tap_that_is_heard_at_once_is_of_now(demo_file: Path, server: FakeTelegram) -> None:
    server.date = when("2027-03-30T15:30")
    async with back(demo_file, server, "2027-03-30T15:30") as phones:
        await runs(phones)
        chat = await phones.chat("Triệu Văn Phỏng")
        await phones.says("Triệu Văn Phỏng", "/xacnhan chot")
        await phones.app.move(at_office("2027-04-01T08:20"))
        server.taps(chat, "Chốt và gửi")
        await phones.settled()
        assert "sớm nhất" not in "".join(phones.new(chat))
        assert await value(phones, CLOSED) == "2027-04-01T01:20:00.000000Z"


async def test_a_tap_is_no_older_than_what_was_tapped(demo_file: Path, server: FakeTelegram) -> None:
    async with back(demo_file, server, "2027-11-02T22:00") as phones:
        await runs(phones)
        chat = await phones.chat("head")
    query = {
        "id": "77",
        "data": "/hen mai",
        "from": {"id": chat, "is_bot": False, "first_name": "x"},
        "message": {"message_id": 1, "date": when("2027-11-03T07:10"), "chat": {"id": chat, "type": "private"}},
    }
    server.push_raw({"callback_query": query})
    async with back(demo_file, server, "2027-11-03T07:45") as phones:
        await phones.settled()
        assert await value(phones, "SELECT day FROM promise") == "2027-11-04"


async def test_a_message_is_as_old_as_its_messenger_says_under_a_shifted_clock() -> None:
    """A rehearsal's clock runs a year ahead; the messenger's does not."""
    clock = Clock.running_from(at_office("2028-01-05T08:00"))
    real = time()
    told = clock.told(real - 3600)
    assert told is not None
    assert timedelta(minutes=59) < clock.now() - told < timedelta(minutes=61)
