"""After a time in which nothing ran, somebody was away or had no chat: what is owed comes once, to each their own."""

import pytest

from tests.conftest import Office, OpenOffice

pytestmark = pytest.mark.slow

HEAD, DEPUTY = "Hoàng Văn Thử", "Nông Thị Phác Thảo"
LISTED = "Tình hình gửi báo cáo"


async def off(open_office: OpenOffice, start: str, back: str) -> Office:
    """An office whose process ran until one moment and starts again at another."""
    first = await open_office(at=start)
    await first.app.move(first.app.now())
    path = first.app.db.path
    await first.app.stop()
    return await open_office(at=back, path=path)


async def move(office: Office, to: str) -> None:
    """Let the time go by."""
    from bot.server.clock import at_office

    await office.app.move(at_office(to))


async def said_to(office: Office, name: str, since: str) -> list[str]:
    """What the machine said to somebody from a day on."""
    rows = await office.rows(
        "SELECT outbox.body FROM outbox JOIN person ON person.id = outbox.person WHERE outbox.kind = 'daily' "
        f"AND outbox.state IN ('ready', 'sent') AND outbox.day >= '{since}' AND person.name = '{name}' ORDER BY outbox.id"
    )
    return [row[0] for row in rows]


async def has_no_chat(office: Office, name: str) -> None:
    """Somebody never began, or has withdrawn."""
    await office.app.db.write(
        lambda tx: tx.run(
            "UPDATE chat SET person = NULL WHERE person = (SELECT id FROM person WHERE name = :name)", name=name
        )
    )


# Heads, deputies, drafters ----------------------------------------------------------------------


@pytest.mark.parametrize("back", ["2027-11-16T08:00", "2027-11-29T14:05"])
async def test_an_outage_over_the_last_day_silences_nobody(open_office: OpenOffice, back: str) -> None:
    office = await off(open_office, "2027-11-08T12:00", back)
    await move(office, "2027-12-31T16:30")
    for name in (HEAD, DEPUTY):
        heard = await said_to(office, name, "2027-11-09")
        assert len(heard) == 1, heard
        assert "đã quá hạn" in heard[0]
        assert "Trợ lý gián đoạn từ" in heard[0]


async def test_after_an_outage_the_office_has_each_list_once(open_office: OpenOffice) -> None:
    office = await off(open_office, "2027-11-08T12:00", "2027-11-15T08:00")
    await move(office, "2027-11-15T16:30")
    (heard,) = await said_to(office, "Lương Thị Nháp", "2027-11-09")
    assert heard.count(LISTED) == 1


async def test_a_head_back_from_leave_over_the_last_day_is_told_once(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-08T12:00")
    await office.says("head", "nghỉ phép từ 09/11 đến 15/11", "cấp phó của đơn vị", "ghi lại")
    await move(office, "2027-12-31T16:30")
    heard = await said_to(office, HEAD, "2027-11-09")
    assert len(heard) == 1
    assert "đã quá hạn 07 ngày" in heard[0]


async def test_a_head_without_a_chat_is_told_when_they_begin_and_the_deputy_meanwhile(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-03T12:00")
    await has_no_chat(office, HEAD)
    await move(office, "2027-11-16T08:30")
    deputy = await said_to(office, DEPUTY, "2027-11-04")
    assert len(deputy) == 6, "-3, -1, 0, +1, +2, +3"
    assert f"Tin nhắn chưa đến được Trưởng phòng {HEAD}" in deputy[0]
    assert await said_to(office, HEAD, "2027-11-04") == []
    await office.says("head", "việc", ":wait 1m")
    heard = await said_to(office, HEAD, "2027-11-04")
    assert len(heard) == 1
    assert "đã quá hạn 07 ngày" in heard[0]


async def test_a_message_that_nobody_took_was_not_said(open_office: OpenOffice) -> None:
    """The chat shuts while the message waits: the deputy hears on the same day, the head when it is open again."""
    office = await open_office(at="2027-11-04T07:55")
    await office.says("head", "/baocao 2027", ":clock 2027-11-04T08:05")  # an open form: the message waits
    await office.app.db.write(
        lambda tx: tx.run(
            "UPDATE chat SET reachable = 0 WHERE person = (SELECT id FROM person WHERE name = :name)", name=HEAD
        )
    )
    await move(office, "2027-11-04T16:30")
    assert (
        await office.value(
            "SELECT COUNT(*) FROM rung WHERE key LIKE 'results:2027:-3:%:QLXD:%' AND person = "
            f"(SELECT id FROM person WHERE name = '{HEAD}')"
        )
        == 0
    )
    assert len(await said_to(office, DEPUTY, "2027-11-04")) == 1
    await office.app.db.write(lambda tx: tx.run("UPDATE chat SET reachable = 1"))
    await move(office, "2027-11-05T08:05")
    assert "Nhắc gửi báo cáo" in (await said_to(office, HEAD, "2027-11-04"))[0]


async def test_a_broken_promise_is_mentioned_once(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-01T09:00")
    await office.says("head", ":wait 1m", "hẹn 03/11")
    await move(office, "2027-11-25T16:30")
    heard = await said_to(office, HEAD, "2027-11-01")
    assert len([each for each in heard if "hẹn gửi (03/11/2027) đã qua" in each]) == 1
    assert "đã qua" in heard[1]


async def test_a_broken_promise_is_mentioned_once_however_the_date_is_moved(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-01T09:00")
    await office.says("head", ":wait 1m", "hẹn 03/11")
    await move(office, "2027-11-05T16:30")
    for day in ("20/11/2027", "26/11/2027"):
        await office.says("office", "/thoihan results 2027", day, "Công văn số 231/SXD-VP", "gửi")
        await move(office, f"2027-11-{day[:2]}T07:00")
    heard = await said_to(office, HEAD, "2027-11-01")
    assert len(heard) > 4
    assert len([each for each in heard if "hẹn gửi (03/11/2027) đã qua" in each]) == 1


async def test_a_date_that_is_moved_back_is_told_again_to_whoever_heard_of_the_other(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-01T09:00")
    await office.says("office", "/thoihan results 2027", "26/11/2027", "Công văn số 231/SXD-VP", "gửi")
    await move(office, "2027-11-02T10:00")
    (heard,) = await said_to(office, HEAD, "2027-11-01")
    assert "gia hạn đến hết ngày 26/11/2027" in heard
    await office.says("office", "/thoihan results 2027", "09/11/2027", "Công văn số 240/SXD-VP", "gửi")
    await move(office, "2027-11-03T10:00")
    _first, heard = await said_to(office, HEAD, "2027-11-01")
    assert "điều chỉnh thành hết ngày 09/11/2027 (thứ Ba); trước đây là ngày 26/11/2027" in heard


async def test_a_date_that_is_moved_and_back_before_anybody_heard_of_it_is_no_news(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-01T07:55")
    await move(office, "2027-11-01T17:00")
    for day in ("26/11/2027", "09/11/2027"):
        await office.says("office", "/thoihan results 2027", day, "Công văn số 231/SXD-VP", "gửi")
    await move(office, "2027-11-03T16:30")
    assert await said_to(office, HEAD, "2027-11-02") == []


async def test_a_date_that_is_moved_twice_is_told_from_the_one_they_heard(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-01T07:55")
    await move(office, "2027-11-01T17:00")
    for day in ("12/11/2027", "26/11/2027"):
        await office.says("office", "/thoihan results 2027", day, "Công văn số 231/SXD-VP", "gửi")
    await move(office, "2027-11-02T16:30")
    (heard,) = await said_to(office, HEAD, "2027-11-02")
    assert "gia hạn đến hết ngày 26/11/2027 (thứ Sáu); trước đây là ngày 09/11/2027" in heard


async def test_the_office_hears_weekly_of_its_own_report_before_its_first_rung(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-02T09:00")
    await office.says("office", "/thoihan provincial 2027", "29/11/2027", "Công văn số 1460/UBND-NC", "gửi")
    await move(office, "2027-11-08T16:30")
    (heard,) = await said_to(office, "Lương Thị Nháp", "2027-11-08")
    assert "Gửi báo cáo trình UBND tỉnh năm 2027" in heard


# The office's lists -----------------------------------------------------------------------------


async def test_the_last_days_list_missed_by_two_minutes_comes_at_the_next_opening(open_office: OpenOffice) -> None:
    office = await off(open_office, "2027-11-09T16:29", "2027-11-09T16:31")
    await move(office, "2027-11-10T08:01")
    (heard,) = await said_to(office, "Lương Thị Nháp", "2027-11-09")
    assert LISTED in heard
    assert "Dự thảo tổng hợp năm 2027" in heard


async def test_the_last_days_list_comes_when_the_process_is_back_in_its_minute(open_office: OpenOffice) -> None:
    office = await off(open_office, "2027-11-09T16:20", "2027-11-09T16:30:40")
    await move(office, "2027-11-09T16:30:50")
    (heard,) = await said_to(office, "Lương Thị Nháp", "2027-11-09")
    assert LISTED in heard


async def test_after_three_weeks_the_office_has_its_list_and_its_draft_once(open_office: OpenOffice) -> None:
    office = await off(open_office, "2027-11-08T12:00", "2027-11-30T08:30")
    await move(office, "2027-12-01T07:00")
    (heard,) = await said_to(office, "Lương Thị Nháp", "2027-11-09")
    assert "quá hạn 21 ngày" in heard
    assert "Dự thảo tổng hợp năm 2027" in heard


async def test_the_digests_stay_while_a_unit_owes_whatever_others_have_sent(open_office: OpenOffice) -> None:
    """A union's paper and that of a unit that is no more fulfil nobody else's duty."""
    office = await open_office(at="2027-11-04T07:55")
    units = [row[0] for row in await office.rows("SELECT code FROM unit WHERE kind <> 'doan_the' AND code <> 'QLXD'")]
    unions = [row[0] for row in await office.rows("SELECT code FROM unit WHERE kind = 'doan_the'")]

    def work(tx: object) -> None:
        run = tx.run  # type: ignore[attr-defined]  # a transaction
        run("UPDATE unit SET active = 0 WHERE code = :code", code=units[0])
        for unit in (*units, *unions):
            run(
                "INSERT OR IGNORE INTO report_version (unit, year, code, by, at, plan_hash) VALUES (:unit, 2027, :code, 1, :at, '')",
                unit=unit,
                code=f"BC-2027-{unit}",
                at="2027-11-01T02:00:00.000000Z",
            )

    await office.app.db.write(work)
    await move(office, "2027-11-04T09:35")
    (heard,) = await said_to(office, "Lương Thị Nháp", "2027-11-04")
    assert "Phòng Quản lý xây dựng" in heard
    assert "Chưa gửi: 01" in heard
    said = await office.says("head", "/viechan visao results 2027")
    assert "đơn vị khác chưa gửi" not in said
