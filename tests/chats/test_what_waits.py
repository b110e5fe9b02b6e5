"""What waits for somebody is said: dates nobody gave, sheets that lie or come back, who cannot be reached, who is missing."""

from typing import Any

import pytest

from bot.server.clock import at_office
from tests.chats.test_outages import has_no_chat, move, said_to
from tests.conftest import Office, OpenOffice
from tests.sheets import TASK

pytestmark = pytest.mark.slow

HEAD, OFFICE, CHIEF, AUTHOR = "Hoàng Văn Thử", "Lương Thị Nháp", "Hà Văn Thí Dụ", "Vi Thị Tạm"


async def run(office: Office, sql: str, **values: Any) -> None:
    """Something that happens elsewhere."""
    await office.app.db.write(lambda tx: tx.run(sql, **values))


async def registered(office: Office) -> str:
    """A sheet that waits for its head; its code."""
    await office.says(AUTHOR, *TASK)
    return str(await office.value("SELECT MAX(code) FROM initiative WHERE kind = 'nv' AND state = 'sent'"))


# Dates that nobody has given, and dates that move -------------------------------------------------


async def test_the_office_is_asked_every_monday_for_dates_until_they_are_there(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-01-08T09:00")
    await run(office, "DELETE FROM deadline WHERE year = 2027")
    await move(office, "2027-01-18T16:00")
    heard = [each for each in await said_to(office, OFFICE, "2027-01-08") if "nên chưa nhắc" in each]
    assert len(heard) == 2, "on the 11th and the 18th"
    assert "kế hoạch năm 2027" in heard[0]
    assert "danh sách đăng ký năm 2027" in heard[0]
    for duty in ("plan", "registration", "so_ket"):
        await office.says("office", f"/thoihan {duty} 2027", "31/03/2027", "Công văn số 12/SXD-VP", "gửi")
    await move(office, "2027-02-01T16:00")
    again = [each for each in await said_to(office, OFFICE, "2027-01-19") if "nên chưa nhắc" in each]
    assert again == []


async def test_a_date_that_moves_says_so_and_opens_nothing_anew(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-10-15T07:55")
    await move(office, "2027-10-20T09:00")
    preview = await office.says("office", "/thoihan results 2027", "19/11/2027", "Công văn số 231/SXD-VP")
    assert "được báo thời hạn chuyển từ ngày 09/11/2027 sang ngày 19/11/2027" in preview
    await office.says("office", "gửi")
    await move(office, "2027-10-21T08:05")
    first, moved = await said_to(office, HEAD, "2027-10-15")
    assert "Mở kỳ" in first
    assert "gia hạn đến hết ngày 19/11/2027 (thứ Sáu); trước đây là ngày 09/11/2027" in moved
    assert "Mở kỳ" not in moved
    await move(office, "2027-11-10T08:05")
    assert "Nhắc gửi báo cáo" in (await said_to(office, HEAD, "2027-10-22"))[-1]


async def test_a_past_date_is_asked_back_with_what_it_would_say(office: Office) -> None:
    said = await office.says("office", "/thoihan results 2027", "16/10/2027")
    assert "Công văn" not in said
    assert "chưa gửi sẽ nhận tin quá hạn 02 ngày" in said


# Sheets -------------------------------------------------------------------------------------------


async def test_a_sheet_nobody_confirms_comes_to_the_office_and_its_author(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-06-01T09:00")
    code = await registered(office)
    await move(office, "2027-06-14T16:00")  # due on the 8th; the fourth working day after it
    assert any(code in each and "chưa được xác nhận" in each for each in await said_to(office, OFFICE, "2027-06-14"))
    (author,) = await said_to(office, AUTHOR, "2027-06-02")
    assert "Văn phòng Sở cũng được báo" in author


async def test_a_head_hears_every_week_of_sheets_that_go_on_waiting(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-06-01T09:00")
    code = await registered(office)
    await move(office, "2027-06-11T16:00")
    await office.says("Chu Văn Giả Sử", "/viec")
    await move(office, "2027-06-28T16:00")
    heard = [each for each in await said_to(office, "Chu Văn Giả Sử", "2027-06-12") if "Việc trong tuần" in each]
    assert len(heard) == 3, "Mondays after the last reminder"
    assert code in heard[0]


async def test_a_returned_sheet_is_not_forgotten(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-06-01T09:00")
    code = await registered(office)
    await office.says("Chu Văn Giả Sử", f"/xacnhan {code} tralai", "Cần nói rõ kết quả dự kiến", "gửi")
    await move(office, "2027-06-30T16:00")
    heard = [each for each in await said_to(office, AUTHOR, "2027-06-01") if "chưa gửi lại" in each]
    assert len(heard) == 2, "after three and after eight working days"
    assert code in heard[0]


async def test_the_office_hears_on_mondays_what_waits_to_be_received(office: Office) -> None:
    await move(office, "2027-10-18T09:35")
    (heard,) = await said_to(office, OFFICE, "2027-10-18")
    assert "Chờ tiếp nhận" in heard


# Who cannot be reached, who is missing --------------------------------------------------------------


async def test_an_incident_is_told_once_and_once_when_it_is_over(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-03T12:00")
    person = await office.value(f"SELECT id FROM person WHERE name = '{HEAD}'")

    def shut(tx: Any) -> None:
        from bot.delivery.outcomes import mark_lost
        from bot.office.delivery_events import OfficeEvents
        from storage import chats

        for chat in tx.all(chats.OF_PERSON, person=person):
            mark_lost(tx, chat.id, OfficeEvents(), at_office("2027-11-03T12:00"))

    await office.app.db.write(shut)
    for day in ("04", "05", "08", "09"):
        await office.says(AUTHOR, f":clock 2027-11-{day}T08:05")
        await run(
            office,
            "INSERT INTO outbox (kind, person, news, about, due, at) VALUES ('hand', :person, 'standin', :about, :at, :at)",
            person=person,
            about={"by": 1},
            at=f"2027-11-{day}T01:05:00.000000Z",
        )
        await move(office, f"2027-11-{day}T10:00")
    told = "SELECT COUNT(*) FROM outbox WHERE news = 'astray'"
    assert await office.value(told) == 2, "to the two of the office, once"
    await run(office, "UPDATE chat SET reachable = 1 WHERE person = :person", person=person)
    await move(office, "2027-11-10T08:05")
    assert await office.value("SELECT COUNT(*) FROM outbox WHERE news = 'reached'") == 2
    assert any("đã quá hạn 01 ngày" in each for each in await said_to(office, HEAD, "2027-11-10"))


async def test_lists_name_whom_to_call_and_where_nobody_can_send(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-02-04T07:55")
    await run(office, "DELETE FROM unit_plan WHERE year = 2027 AND unit IN ('QLXD', 'KTVL')")
    await has_no_chat(office, HEAD)
    await run(office, "UPDATE person SET role = 'officer' WHERE unit = 'KTVL'")
    await move(office, "2027-02-19T16:00")
    lists = [each for each in await said_to(office, OFFICE, "2027-02-04") if "Chưa gửi kế hoạch năm" in each]
    assert lists
    assert "⚠️" in lists[0]
    assert lists[0].count(f"Trưởng phòng {HEAD}") == 2, "in the list, and to be called"
    assert "Chưa có người gửi (01): Phòng Kinh tế và Vật liệu xây dựng" in lists[0]
    said = await office.says("office", "/dondoc kehoach 2027")
    assert "Chưa có người gửi (01)" in said
    preview = await office.says("office", "dùng câu soạn sẵn", "1")
    assert "tin không đến được, nên gọi điện" in preview


async def test_a_drafter_is_not_shown_a_list_only_the_head_closes(office: Office) -> None:
    said = await office.says("Ma Văn Đề Cương", "việc")
    assert "danh sách đăng ký" not in said


async def test_what_the_chief_is_urged_for_leaves_the_days_list(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-10-20T09:00")
    await office.says("office", ":wait 1m", "/dondoc", "dùng câu soạn sẵn", "Để 08:00 ngày 21/10/2027", "gửi")
    await move(office, "2027-10-25T09:35")
    assert any("Tình hình gửi báo cáo" in each for each in await said_to(office, CHIEF, "2027-10-21"))
    assert (
        await office.value(
            "SELECT COUNT(*) FROM outbox JOIN person ON person.id = outbox.person WHERE outbox.news = 'urged' "
            f"AND outbox.state IN ('ready', 'sent') AND person.name = '{CHIEF}'"
        )
        == 1
    )


async def test_leaders_read_after_the_office_and_it_knows_when(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-05T08:00")
    await office.says(CHIEF, "/tonghop lanhdao 2027")
    await move(office, "2027-11-05T09:45")
    assert await said_to(office, "Đinh Văn Cao Kỳ", "2027-11-05") == []
    (heard,) = [each for each in await said_to(office, OFFICE, "2027-11-05") if "Tình hình" in each]
    assert "Lãnh đạo Sở nhận sau Văn phòng Sở, sớm nhất 10:00" in heard
    assert "chưa gửi Lãnh đạo Sở" not in heard
    await move(office, "2027-11-05T10:05")
    assert len(await said_to(office, "Đinh Văn Cao Kỳ", "2027-11-05")) == 1


async def test_a_stop_at_night_is_told_in_the_morning(open_office: OpenOffice) -> None:
    first = await open_office(at="2027-11-05T09:00")
    await move(first, "2027-11-05T09:01")
    path = first.app.db.path
    await first.app.stop()
    office = await open_office(at="2027-11-06T20:00", path=path)  # a Saturday
    await move(office, "2027-11-08T08:05")
    assert "Trợ lý gián đoạn từ" in (await said_to(office, HEAD, "2027-11-08"))[0]


async def test_whoever_left_a_sheet_open_over_the_year_is_told_once_that_it_is_over(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-12-31T15:00")
    await office.says("officer", "/dangky sk", "Rút gọn quy trình nội bộ thẩm định hồ sơ của phòng", "3", "thoát")
    await move(office, "2028-01-31T16:00")
    (told,) = await said_to(office, "Nông Văn Mẫu", "2028-01-01")
    assert "Năm 2027 đã hết: phiếu này đăng ký cho năm 2027" in told
    assert await office.value("SELECT MIN(day) FROM outbox WHERE kind = 'daily' AND day >= '2028'") == "2028-01-04"
    await office.says("officer", ":wait 1m")  # the notice itself
    said = await office.says("officer", "việc", ":tap 1. Soạn tiếp")
    assert said.count("Năm 2027 đã hết") == 2, "in the list, and before anything more is written"
    assert "Năm 2027 đã hết" not in await office.says("officer", "/dangky sk 2028")


async def test_two_duties_of_one_message_have_their_buttons_and_one_promise_that_asks(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-01-04T07:55")
    await run(office, "DELETE FROM unit_plan WHERE year = 2027 AND unit = 'QLXD'")
    await run(office, "DELETE FROM closed_list WHERE year = 2027 AND unit = 'QLXD'")
    said = await office.says("head", ":clock 2027-01-04T08:05", ":tap Hẹn ngày gửi", ":tap Gửi kế hoạch năm 2027")
    ping, which, when = said.split("---\n")[:3]
    for button in ("1. Mở kế hoạch năm", "2. Mở danh sách đăng ký năm", "Giao chuyên viên soạn kế hoạch năm"):
        assert f"<{button}>" in ping
    assert "danh sách đăng ký năm>\n<Giao chuyên viên soạn kế hoạch năm>\n<Hẹn ngày gửi>" in ping, (
        "nobody drafts a list"
    )
    assert "cho việc nào" in which
    assert "kế hoạch năm 2027" in when


async def test_who_has_not_sent_names_units_where_nobody_can(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-05T08:30")
    await has_no_chat(office, HEAD)
    await run(office, "UPDATE person SET role = 'officer' WHERE unit = 'KTVL'")
    said = await office.says("office", "/chuagui 2027", ":wait 1m")
    assert "⚠️ Chưa có người gửi (01): Phòng Kinh tế và Vật liệu xây dựng." in said
    assert f"⚠️ Tin trên Trợ lý không đến được Trưởng phòng {HEAD}, nên gọi điện." in said
