"""The head's board: it changes in its place, it never rings, and it harms nobody."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.db import Tx
from tests.channels.test_web import Web, persona, served
from tests.conftest import Office, OpenOffice
from tests.fakes.telegram import FakeTelegram, Shown
from tests.fakes.zalo import FakeZalo
from tests.phones import Phones, listening, on_telegram, on_zalo
from tests.sheets import CANDID_REPORT, sheet

pytestmark = pytest.mark.slow

DEPUTY = "Nông Thị Phác Thảo"
BEGUN = ("/baocao 2027", "đúng số liệu", "thoát")


async def shown(phones: Phones, who: str = "head") -> list[Shown]:
    """What a phone on Telegram shows."""
    assert isinstance(phones.server, FakeTelegram)
    return phones.server.shown[str(await phones.chat(who))]


def edits(phones: Phones) -> int:
    """How often a message was changed."""
    assert isinstance(phones.server, FakeTelegram)
    return phones.server.calls.count("editMessageText")


async def test_the_board_changes_in_place_when_a_colleague_drafts_and_when_it_is_sent(phones: Phones) -> None:
    await phones.says("head", "/donvi")
    (board,) = await shown(phones)
    assert "Chưa mở báo cáo năm 2027" in board.text
    await phones.says(DEPUTY, *BEGUN)
    assert "Chưa mở" not in board.text
    await phones.says("head", ":wait 1m")
    rung = len(await shown(phones))
    assert "Đang soạn báo cáo năm 2027: đã có 02 mục" in board.text
    assert [label for label, _says in board.inline] == ["Mở báo cáo năm", "Trang đầu"]
    await phones.says("head", *CANDID_REPORT)
    await phones.says("head", ":wait 1m")
    assert "Đã gửi báo cáo năm 2027: ngày 18/10/2027" in board.text
    assert [label for label, _says in board.inline] == ["Trang đầu"]
    boards = [each for each in (await shown(phones))[rung:] if "việc gửi Văn phòng Sở" in each.text]
    assert boards == [], "a second message"


async def test_what_happens_within_ten_seconds_is_one_change(phones: Phones) -> None:
    await phones.says("head", "/donvi")
    await phones.says(
        DEPUTY, "/baocao 2027", "đúng số liệu", "5/5", "12/12", "30,5", "5/5", "390/400", "đồng ý dự thảo", "thoát"
    )
    (board,) = await shown(phones)
    assert edits(phones) == 1
    assert "đã có 02 mục" in board.text
    await phones.app.move(phones.app.now().replace(second=10))
    assert edits(phones) == 2
    assert "đã có 02 mục" not in board.text


async def test_nothing_is_changed_while_it_says_the_same(phones: Phones) -> None:
    await phones.says("head", "/donvi")
    await phones.says(DEPUTY, "việc", "/donvi")
    await phones.says("head", ":wait 2h", ":wait 1d")
    assert edits(phones) == 0
    assert "Quá hạn" not in (await shown(phones))[0].text


async def test_the_day_after_the_last_one_the_board_says_so(phones: Phones) -> None:
    await phones.says("head", ":clock 2027-11-09T16:00", "/donvi", ":clock 2027-11-10T07:00")
    board = next(each for each in await shown(phones) if "việc gửi Văn phòng Sở" in each.text)
    assert "Quá hạn gửi báo cáo năm 2027: thời hạn đến hết ngày 09/11/2027" in board.text


async def test_a_newer_board_ends_the_older_one_and_a_week_ends_both(phones: Phones) -> None:
    await phones.says("head", "/donvi", "/donvi")
    await phones.says(DEPUTY, *BEGUN)
    older, newer = await shown(phones)
    assert "Chưa mở" in older.text
    assert "Đang soạn" in newer.text
    await phones.says("head", ":wait 8d")
    await phones.says("head", *CANDID_REPORT)
    assert "Đang soạn" in newer.text


async def test_sheets_are_counted_and_nobody_is_named(phones: Phones) -> None:
    await phones.says("head", "/donvi")
    await phones.says("officer", *sheet("Kho bản vẽ hoàn công dùng chung"))
    board = (await shown(phones))[0]
    assert "Phiếu chờ xác nhận: 01" in board.text
    assert ("Xác nhận phiếu", "/xacnhan") in board.inline
    assert "Mẫu" not in board.text
    await phones.says("head", ":wait 1m", "/xacnhan SK-2027-017 gui", ":wait 1m")
    assert "Phiếu chờ" not in board.text


@pytest.mark.parametrize(
    "why",
    [
        "Bad Request: message to edit not found",
        "Bad Request: message can't be edited",
        "Bad Request: MESSAGE_ID_INVALID",
    ],
)
async def test_a_board_that_is_gone_is_let_go(phones: Phones, server: FakeTelegram, why: str) -> None:
    await phones.says("head", "/donvi")
    server.faults.append(("editMessageText", 400, {"description": why}))
    await phones.says(DEPUTY, *BEGUN)
    await phones.says(DEPUTY, "/baocao 2027", "30,5", "thoát", ":wait 1m")
    assert edits(phones) == 1
    said = await phones.says("head", "/donvi")
    assert said.count("việc gửi Văn phòng Sở") == 1, "the one that was asked for anew"
    assert "⚠️" not in said


async def test_a_board_that_says_so_already_counts_as_changed(phones: Phones, server: FakeTelegram) -> None:
    await phones.says("head", "/donvi")
    server.faults.append(("editMessageText", 0, {"delivered": True}))  # it arrives, and the line breaks
    await phones.says(DEPUTY, *BEGUN)
    for _ in range(60):
        if edits(phones) > 1:
            break
        await asyncio.sleep(0.1)
    await phones.settled()
    states = await phones.app.db.write(
        lambda tx: tx.value("SELECT group_concat(state) FROM outbox WHERE edits IS NOT NULL")
    )
    assert states == "sent"


async def test_somebody_who_blocks_the_bot_is_not_written_to(phones: Phones, server: FakeTelegram) -> None:
    await phones.says("head", "/donvi")
    server.faults.append(("editMessageText", 403, {"description": "Forbidden: bot was blocked by the user"}))
    assert "Phần 1/3" in await phones.says(DEPUTY, *BEGUN)
    reachable = await phones.app.db.write(
        lambda tx: tx.value("SELECT MIN(reachable) FROM chat WHERE channel = 'telegram'")
    )
    assert reachable == 0
    assert edits(phones) == 1


async def test_a_process_that_dies_before_the_change_ends_with_the_right_board(
    demo_file: Path, server: FakeTelegram
) -> None:
    copy = demo_file.with_name("again.db")

    def as_it_is(_tx: Tx) -> None:
        for suffix in ("", "-wal"):
            shutil.copy(f"{demo_file}{suffix}", f"{copy}{suffix}")

    async with listening(demo_file, server, on_telegram(server)) as phones:
        await phones.says("head", "/donvi")
        (board,) = await shown(phones)
        server.slow = 60.0  # the change is on its way when the process dies
        for line in BEGUN[:2]:
            server.types(await phones.chat(DEPUTY), line)
        for _ in range(200):
            if edits(phones):
                break
            await asyncio.sleep(0.02)
        await phones.app.db.write(as_it_is)
        await phones.app.sender.close()
        server.slow = 0.0
    assert "Chưa mở" in board.text
    async with listening(copy, server, on_telegram(server)) as phones:
        await phones.settled()
        assert "Đang soạn báo cáo năm 2027: đã có 02 mục" in board.text
        assert sum("việc gửi Văn phòng Sở" in each.text for each in await shown(phones)) == 1


async def test_a_process_that_dies_after_the_commit_is_made_up_for_by_the_next_beat(
    open_office: OpenOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await open_office()
    await first.says("head", "/donvi")

    async def never(*_: object) -> None:
        """As if the process had died here."""

    monkeypatch.setattr("bot.server.app.refresh", never)
    await first.says(DEPUTY, *BEGUN)
    assert await first.value("SELECT COUNT(*) FROM outbox WHERE edits IS NOT NULL") == 0
    path = first.app.db.path
    await first.app.stop()
    second = await open_office(path=path)
    await second.app.heartbeat.beat()
    await second.app.drain()
    assert "đã có 02 mục" in str(await second.value("SELECT body FROM outbox WHERE edits IS NOT NULL"))


async def test_a_board_that_cannot_be_made_harms_nobody(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    await office.says("head", "/donvi")

    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("bot.office.status_board.board", broken)
    assert "Chỉ tiêu 2" in await office.says(DEPUTY, *BEGUN)
    await office.app.heartbeat.beat()


async def test_whoever_is_no_head_any_more_sees_no_more(phones: Phones) -> None:
    await phones.says("head", "/donvi")
    await phones.app.db.write(lambda tx: tx.run("UPDATE person SET role = 'officer' WHERE name = 'Hoàng Văn Thử'"))
    await phones.says(DEPUTY, *BEGUN)
    assert edits(phones) == 0


async def test_on_zalo_it_comes_on_demand(demo_file: Path) -> None:
    server = FakeZalo()
    await server.start()
    try:
        async with listening(demo_file, server, on_zalo(server)) as phones:
            assert "Chưa mở báo cáo năm 2027" in await phones.says("head", "đơn vị tôi")
            await phones.says(DEPUTY, *BEGUN)
            assert await phones.says("head") == ""
            assert "Đang soạn báo cáo năm 2027" in await phones.says("head", "phòng tôi")
            assert await phones.app.db.write(lambda tx: tx.value("SELECT COUNT(*) FROM board")) == 0
    finally:
        await server.stop()


async def test_in_the_terminal_it_is_printed_when_it_is_asked_for(office: Office) -> None:
    await office.says("head", "/donvi")
    await office.says(DEPUTY, *BEGUN)
    assert "việc gửi Văn phòng Sở" not in await office.says("head")
    assert "Đang soạn báo cáo năm 2027" in await office.says("head", "/donvi")


@pytest.fixture
async def web(demo_file: Path) -> AsyncIterator[Web]:
    async with served(demo_file, demo=True) as web:
        yield web


async def test_the_page_hears_of_a_change_and_of_what_it_takes_the_place(web: Web) -> None:
    head = await persona(web, "Hoàng Văn Thử")
    await web.post("/say", {"as": head, "id": "1", "text": "/donvi"})
    mine, board = await web.hears(head)
    assert board["edits"] == ""
    for n, text in enumerate(BEGUN, 2):
        await web.post("/say", {"as": head, "id": str(n), "text": text})
    await web.app.drain()
    heard = await web.hears(head)
    changes = [each for each in heard if each["edits"]]
    assert [each["edits"] for each in changes] == [board["message"]]
    assert "Đang soạn" in changes[0]["text"]
    assert changes[0]["seq"] > board["seq"] > mine["seq"]
    assert await web.hears(head, after=changes[0]["seq"]) == [each for each in heard if each["seq"] > changes[0]["seq"]]
