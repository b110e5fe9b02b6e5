"""Whoever does not answer hears of what the plan does not order three times, then along with what it does, until they write."""

from datetime import date

from storage import unanswered
from storage.db import Tx
from tests.chats.test_inspections import HEAD, OFFICE, RECORD
from tests.chats.test_outages import move, said_to
from tests.conftest import OpenOffice

TASK, FROM_NOW_ON = "Việc giao Phòng Quản lý xây dựng", "không nhắc riêng các nội dung này"


async def test_three_messages_then_with_the_duties_of_the_plan_alone(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    await office.says(OFFICE, *RECORD)
    await move(office, "2027-10-14T16:00")
    heard = await said_to(office, HEAD, "2027-03-04")
    alone = [each for each in heard if TASK in each and "danh sách đăng ký" not in each]
    assert len(alone) == 3
    assert [FROM_NOW_ON in each for each in alone] == [False, False, True]
    await move(office, "2027-10-15T16:00")
    (with_report,) = await said_to(office, HEAD, "2027-10-15")
    assert "báo cáo năm 2027" in with_report and TASK in with_report and FROM_NOW_ON not in with_report


async def test_a_word_begins_it_anew(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    await office.says(OFFICE, *RECORD)
    await move(office, "2027-04-02T16:00")
    assert "Việc được giao" in await office.says(HEAD, "/viec")
    await move(office, "2027-04-09T16:00")
    (heard,) = [each for each in await said_to(office, HEAD, "2027-04-05") if TASK in each]
    assert FROM_NOW_ON not in heard, "5 working days after the last one"


async def test_urging_by_hand_is_none_of_them(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-10-19T09:00")
    for day in ("2027-10-20T09:00", "2027-10-21T09:00", "2027-10-22T09:00"):
        await move(office, day)
        await office.says("office", "/dondoc 2027", "dùng câu soạn sẵn", "1", "gửi")
    await move(office, "2027-10-25T09:00")
    urged = "SELECT COUNT(*) FROM outbox WHERE person = :head AND about LIKE '%urged%' AND shown IS NOT NULL"
    head = await office.value(f"SELECT id FROM person WHERE name = '{HEAD}'")
    assert await office.value(urged.replace(":head", str(head))) != 0

    def alone(tx: Tx) -> int:
        return sum(each.n for each in tx.all(unanswered.ALONE, person=head, since=date(2027, 10, 19), told=[]))

    assert await office.app.db.write(alone) == 0


async def test_the_office_is_not_spared(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    for n in range(2):
        await office.says("Nông Văn Mẫu", "/vuongmac", f"Chưa có phần mềm số {n}; kiến nghị trang bị", "2", "2", "gửi")
        await move(office, f"2027-0{4 + n}-09T16:00")
    heard = [each for each in await said_to(office, "Hà Văn Thí Dụ", "2027-03-04") if "Vướng mắc đang chờ" in each]
    assert len(heard) > 3


async def test_what_is_shown_beforehand_is_what_comes(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    await office.says(OFFICE, *RECORD)
    shown = await office.says(HEAD, "/lichnhac")
    assert shown.count("Việc được giao cho đơn vị") == 3
    await move(office, "2027-04-09T16:00")
    assert len([each for each in await said_to(office, HEAD, "2027-03-04") if TASK in each]) == 3


async def test_a_review_is_told_of_by_the_office_and_then_spared_like_what_colleagues_ask(
    open_office: OpenOffice,
) -> None:
    office = await open_office(at="2027-09-20T09:00")
    await office.says(OFFICE, "/giaidoan mo 2027", "45/SXD-VP", "18/09/2027", "15/10/2027", "gửi")
    told = await office.says(HEAD, ":clock 2027-09-20T09:30")
    assert "đề nghị gửi báo cáo sơ kết của đơn vị năm 2027, đến hết ngày 15/10/2027 (thứ Sáu)" in told
    await move(office, "2027-11-30T16:00")
    heard = [each for each in await said_to(office, HEAD, "2027-09-20") if "báo cáo sơ kết" in each]
    alone = [each for each in heard if "báo cáo năm 2027" not in each]
    assert len(alone) == 3 and [FROM_NOW_ON in each for each in alone] == [False, False, True]
    assert len(heard) > 3, "it comes along with the yearly report"
