"""What the machine says unasked: filed once, merged, held back, cancelled, listed when it cannot arrive."""

import asyncio
from dataclasses import replace

import pytest

from tests.conftest import Office, OpenOffice
from tests.sheets import sheet


async def test_beating_twice_at_once_files_once(office: Office) -> None:
    await asyncio.gather(*(office.app.heartbeat.beat() for _ in range(5)))
    once = await office.value("SELECT COUNT(*) FROM outbox WHERE kind = 'daily'")
    await office.app.heartbeat.beat()
    assert await office.value("SELECT COUNT(*) FROM outbox WHERE kind = 'daily'") == once
    assert (
        await office.value(
            "SELECT MAX(n) FROM (SELECT COUNT(*) AS n FROM outbox WHERE kind = 'daily' GROUP BY person, day)"
        )
        == 1
    )


async def test_a_restart_between_filing_and_sending_says_it_once(open_office: OpenOffice) -> None:
    first = await open_office()
    await first.app.heartbeat.beat()
    path = first.app.db.path
    await first.app.stop()
    second = await open_office(path=path)
    said = await second.says("head", ":wait 5m", ":wait 1h")
    assert said.count("Mở kỳ gửi báo cáo năm 2027") == 1


async def test_what_colleagues_do_within_ten_minutes_is_one_message(office: Office) -> None:
    for n, title in enumerate(
        (
            "Kho lưu trữ bản vẽ hoàn công dùng chung",
            "Phiếu hẹn điện tử tại bộ phận một cửa",
            "Tổ tự học trí tuệ nhân tạo mỗi tuần",
        ),
        1,
    ):
        await office.says("officer", "/dangky sk", title, "3", "một mình tôi", "gửi")
        assert await office.value("SELECT COUNT(*) FROM initiative WHERE state = 'sent' AND unit = 'QLXD'") == n
    said = await office.says("head", ":wait 15m")
    assert said.count("Có phiếu chờ xác nhận") + said.count("SK-2027-01") >= 3
    assert said.count("---\n") <= 3


async def test_nothing_unasked_at_night(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-10-18T20:00")
    await office.says("officer", *sheet("Kho lưu trữ bản vẽ hoàn công dùng chung"))
    assert await office.says("head", ":wait 1h") == ""
    assert "Có phiếu chờ xác nhận" in await office.says("head", ":clock 2027-10-19T08:05")


async def test_somebody_without_a_chat_is_listed_for_the_office(office: Office) -> None:
    await office.says("office", ":clock 2027-10-18T10:00")
    said = await office.says("office", "/chuagui 2027")
    assert "không đến được Giám đốc Đàm Thị Ước Lệ" in said
    told = await office.rows("SELECT role FROM outbox JOIN person ON person.id = outbox.person WHERE unit = 'TTQH'")
    assert ("head",) not in told, "nothing is filed for whom it cannot reach"
    assert ("deputy",) in told, "the deputy hears it instead"


async def test_numbers_belong_to_the_newest_reply_to_me(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-04T07:55")
    await office.says("head", "việc", look="plain")
    said = await office.says("head", ":wait 10m", "1", look="plain")
    ping, answer = said.split("---\n")[:2]
    assert "Nhắc gửi báo cáo" in ping
    assert "1." not in ping, "what comes unasked carries no numbers"
    assert "Phần 1/3" in answer


async def test_a_handler_that_raises_is_parked_and_the_administrator_is_told(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("bot.conversation.router.calling", broken)
    said = await office.says("officer", "một câu không có nghĩa")
    monkeypatch.undo()
    assert "chưa trả lời được tin này" in said
    assert "Việc của đồng chí Mẫu" in await office.says("officer", "/viec")
    admin = str(await office.value("SELECT name FROM person WHERE role = 'admin'"))
    told = await office.says(admin, ":wait 1m")
    assert "chưa trả lời được" in told
    assert "không có nghĩa" not in told


async def test_news_that_cannot_be_made_hold_up_nobody(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    news = office.app.office.features.notices
    monkeypatch.setitem(news, "daily", replace(news["daily"], say=broken))
    await office.app.heartbeat.beat()
    await office.app.drain()
    assert await office.value("SELECT COUNT(*) FROM outbox WHERE state = 'waiting'") == 0
    assert (
        await office.value("SELECT DISTINCT why FROM outbox WHERE state = 'failed' AND why <> 'no chat'")
        == "RuntimeError"
    )
    assert "Việc của đồng chí Mẫu" in await office.says("officer", "/viec")
