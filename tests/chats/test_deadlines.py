"""Deadlines as people meet them: who is reminded of what, when it stops, who hears instead, what the office sees."""

import asyncio
import re
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.movement.plan import Plan
from tests.conftest import PLAN_TEXT, Office, OpenOffice
from tests.sheets import TASK

pytestmark = pytest.mark.slow


async def heard(office: Office, who: str) -> int:
    """How many messages of the machine this person has had."""
    name = {"head": "Hoàng Văn Thử", "office": "Lương Thị Nháp"}.get(who, who)
    return int(
        str(
            await office.value(
                "SELECT COUNT(*) FROM outbox JOIN person ON person.id = outbox.person "
                f"WHERE outbox.kind = 'daily' AND outbox.state IN ('ready', 'sent') AND person.name = '{name}'"
            )
        )
    )


# Leave and promises -----------------------------------------------------------------------------


async def test_who_is_away_hears_nothing_and_the_deputy_does(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-03T09:00")
    await office.says("head", ":wait 1m", "nghỉ phép đến 5/11", "cấp phó của đơn vị", "ghi lại")
    before = await heard(office, "head")
    deputy = await office.says("Nông Thị Phác Thảo", ":clock 2027-11-04T08:05")
    assert "Nhắc gửi báo cáo năm 2027" in deputy
    assert await heard(office, "head") == before
    assert "Nhắc gửi báo cáo năm 2027" in await office.says("head", ":clock 2027-11-08T08:05")


async def test_leave_taken_while_a_message_waits_passes_it_on(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-04T07:55")
    # The form is open, so the message of 08:00 waits; then the head goes on leave.
    await office.says("head", "/baocao 2027", ":clock 2027-11-04T08:05", "thoát")
    await office.says("head", "đi công tác đến 5/11", "Nông Thị Phác Thảo", "ghi lại")
    said = await office.says("head", ":wait 2h")
    assert "Nhắc gửi báo cáo" not in said
    assert "Nhắc gửi báo cáo năm 2027" in await office.says("Nông Thị Phác Thảo", ":wait 1m")


async def test_only_a_broken_promise_climbs(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-09T15:00")
    await office.says("head", ":wait 1m", "hẹn 16/11", ":tap Vẫn hẹn ngày này")
    said = await office.says("office", ":clock 2027-11-15T09:35")
    day = said[said.rindex("Tình hình") if "Tình hình" in said else 0 :]
    assert "Phòng Quản lý xây dựng đã hẹn gửi ngày 16/11/2027, Trợ lý chưa nhắc." in said, day
    assert "quá hạn" not in await office.says("head", ":wait 1m")


async def test_a_day_in_words_is_promised_at_once(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-01T09:00")
    assert "vào thứ Năm, 04/11/2027" in await office.says("head", ":wait 1m", "hen thu 5")
    assert await office.says("head", ":clock 2027-11-04T08:05") == ""
    assert "Ngày đồng chí hẹn gửi (04/11/2027) đã qua." in await office.says("head", ":clock 2027-11-05T08:05")


# What is told, and when it stops ------------------------------------------------------------------


async def test_why_names_the_clause_the_desk_the_others_and_the_ladder(office: Office) -> None:
    said = await office.says("head", "/viechan visao results 2027")
    assert "Kế hoạch mục VI.4" in said
    assert "Văn phòng Sở tổng hợp" in said
    assert "Hiện còn 10 đơn vị khác chưa gửi." in said
    assert "04/11 (còn 03 ngày làm việc)" in said
    assert "15/10 (mở kỳ, mốc hiện nay)" in said


async def test_a_sheet_that_waits_is_reminded_of_until_it_is_confirmed(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-06-01T09:00")
    await office.says("Vi Thị Tạm", *TASK)
    code = str(await office.value("SELECT MAX(code) FROM initiative WHERE kind = 'nv' AND state = 'sent'"))
    head = "Chu Văn Giả Sử"
    assert f"Nhắc xác nhận phiếu {code}" in await office.says(head, ":clock 2027-06-04T08:05")
    assert f"Hôm nay là ngày cuối xác nhận phiếu {code}" in await office.says(head, ":clock 2027-06-08T08:05")
    await office.says(head, f"/xacnhan {code} gui")
    assert code not in await office.says(head, ":clock 2027-06-11T08:05", ":clock 2027-06-30T08:05")


async def test_two_duties_are_one_message_with_the_more_urgent_first(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-10-26T09:00")
    await office.says("Vi Thị Tạm", *TASK)
    said = await office.says("Chu Văn Giả Sử", ":clock 2027-10-29T08:05")
    ping = next(part for part in said.split("---\n") if "Việc của Phòng Quản lý vận tải" in part)
    assert ping.index("1. Xác nhận phiếu NV-2027-") < ping.index("2. Gửi báo cáo năm 2027")


async def test_a_duty_done_between_filing_and_sending_cancels_the_ping(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-04T07:55")
    await office.says("head", "/baocao 2027", ":clock 2027-11-04T08:05")  # an open form: the ping waits for it
    states = "SELECT outbox.state FROM outbox JOIN person ON person.id = outbox.person WHERE outbox.kind = 'daily' AND person.name = 'Hoàng Văn Thử'"
    assert await office.value(states) == "waiting"
    await office.app.db.write(
        lambda tx: tx.run(
            "INSERT INTO report_version (unit, year, code, by, at, plan_hash) VALUES ('QLXD', 2027, 'BC-2027-QLXD', 1, '2027-11-04T01:10:00.000000Z', '')"
        )
    )
    assert "Nhắc gửi" not in await office.says("head", ":wait 2h")
    assert await office.value(states) == "cancelled"


async def test_a_new_date_brings_a_new_ladder(office: Office) -> None:
    await office.says("office", "/thoihan results 2027", "19/11/2027", "Công văn số 231/SXD-VP", "gửi")
    said = await office.says("head", "lịch nhắc")
    for day in ("10/11/2027", "16/11/2027", "18/11/2027", "19/11/2027", "22/11/2027"):
        assert day in said, day
    assert "04/11/2027" not in said


async def test_the_offices_own_report_is_reminded_of_once_it_has_a_date(office: Office) -> None:
    before = await office.says("office", "lịch nhắc")
    assert "UBND tỉnh" not in before
    await office.says("office", "/thoihan provincial 2027", "20/11/2027", "Công văn số 1460/UBND-NC", "gửi")
    said = await office.says("office", "lịch nhắc")
    assert "Nhắc gửi báo cáo trình UBND tỉnh năm 2027" in said
    assert "Hôm nay là ngày cuối gửi báo cáo trình UBND tỉnh năm 2027" in said
    assert "UBND tỉnh" not in await office.says("head", "lịch nhắc")
    await office.says("office", "/baocaotinh 2027", "18/10", "231/BC-SXD", "gửi")
    assert "UBND tỉnh" not in await office.says("office", "lịch nhắc")


async def test_the_last_working_day_is_named_when_the_last_day_is_none(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-02T09:00")
    await office.says("office", "/thoihan results 2027", "20/11/2027", "Công văn số 231/SXD-VP", "gửi")
    said = await office.says("head", ":clock 2027-11-19T08:05")
    assert "20/11/2027 (thứ Bảy), không phải ngày làm việc; hôm nay là ngày làm việc cuối." in said


# What the office hears ------------------------------------------------------------------------------


async def test_the_monday_digest_says_what_has_changed(office: Office) -> None:
    await office.says("office", ":clock 2027-10-18T09:35")
    await office.app.db.write(
        lambda tx: tx.run(
            "INSERT INTO report_version (unit, year, code, by, at, plan_hash) VALUES ('QLXD', 2027, 'BC-2027-QLXD', 1, '2027-10-20T02:00:00.000000Z', '')"
        )
    )
    said = await office.says("office", ":clock 2027-10-25T09:35")
    assert "So với bản trước (thứ Hai, 18/10/2027): thêm 01 đơn vị đã gửi (Phòng Quản lý xây dựng)" in said
    assert "quá hạn" not in said and "\n- Phòng" not in said, "on a Monday no unit is listed"


async def test_the_office_hears_how_things_stand_while_nobody_has_sent_anything(
    open_office: OpenOffice, demo_file: Path
) -> None:
    """As in the first year of every office: there is no newest figure yet."""
    with closing(sqlite3.connect(demo_file)) as file, file:
        file.execute("DELETE FROM report_version")
    office = await open_office(at="2027-10-18T08:30")
    assert "Tình hình gửi báo cáo năm 2027" in await office.says("office", ":clock 2027-10-18T09:35")
    assert "Tổng hợp năm 2027" in await office.says("office", "/tonghop 2027", ":wait 1m")


async def test_on_the_last_day_the_office_hears_once_at_half_past_four(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-09T07:55")
    await office.says("office", "việc")
    assert await office.says("office", ":clock 2027-11-09T16:29") == ""
    assert "Tình hình gửi báo cáo đến 16:30 ngày 09/11/2027" in await office.says("office", ":clock 2027-11-09T16:30")


async def test_the_draft_lands_at_half_past_ten_the_day_after(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-10T07:55")
    await office.says("office", "việc")
    assert await office.says("office", ":clock 2027-11-10T10:29") == ""
    said = await office.says("office", ":clock 2027-11-10T10:30")
    assert "Dự thảo tổng hợp năm 2027" in said
    assert "4. Sáng kiến được công nhận" in said


async def test_a_head_of_the_office_who_owes_hears_in_the_morning_with_the_list(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-09T07:55")
    said = await office.says("Hà Văn Thí Dụ", ":clock 2027-11-09T08:00", ":clock 2027-11-09T16:45")
    assert said.count("Hôm nay là ngày cuối gửi báo cáo năm 2027") == 1
    assert said.count("Tình hình gửi báo cáo đến 08:00") == 1
    assert await heard(office, "Hà Văn Thí Dụ") == 1


async def test_leaders_hear_only_as_the_head_of_the_office_has_set_it(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-05T08:00")
    leader = "Đinh Văn Cao Kỳ"
    assert "Kính báo cáo" not in await office.says(leader, ":clock 2027-11-05T16:00")
    await office.says("Hà Văn Thí Dụ", "/tonghop lanhdao 2027")
    said = await office.says(leader, ":clock 2027-11-08T10:00")
    assert "Kính báo cáo" in said
    assert "Trưởng phòng" not in said, "units are named, never people"


async def test_in_december_the_next_years_days_off_are_shown_once_until_confirmed(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-12-01T07:55")
    said = await office.says("office", ":clock 2027-12-01T08:05")
    assert "Lịch ngày nghỉ, ngày làm bù năm 2028" in said
    assert "24/01/2028" in said or "Tết" in said
    await office.says("office", ":tap Đúng")
    later = await office.says("office", ":clock 2027-12-20T17:00")
    assert "Lịch ngày nghỉ, ngày làm bù năm 2028" not in later


async def test_the_radar_speaks_once_in_september(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-09-01T07:55")
    said = await office.says("office", ":clock 2027-09-01T10:00")
    again = await office.says("office", ":clock 2027-09-10T16:00")
    assert "Nhìn trước chỉ tiêu năm 2027" in said or "chỉ tiêu" in said.lower()
    assert again.count("có thể không đạt") == 0


# By hand --------------------------------------------------------------------------------------------


async def test_who_has_sent_since_is_not_urged(office: Office) -> None:
    await office.says("office", "/dondoc 2027", "dùng câu soạn sẵn", "Để 08:00 ngày 19/10/2027", "gửi")
    await office.app.db.write(
        lambda tx: tx.run(
            "INSERT INTO report_version (unit, year, code, by, at, plan_hash) VALUES ('QLXD', 2027, 'BC-2027-QLXD', 1, '2027-10-18T09:00:00.000000Z', '')"
        )
    )
    await office.says("head", ":wait 1m")
    assert "đôn đốc" not in await office.says("head", ":clock 2027-10-19T08:10")
    assert "Văn phòng Sở đôn đốc" in await office.says("Triệu Văn Phỏng", ":wait 1m")


async def test_a_second_message_on_a_day_needs_the_head_of_the_office(office: Office) -> None:
    await office.says("head", ":wait 1m")
    await office.says("office", "/dondoc 2027", "dùng câu soạn sẵn", "xin ý kiến", "gửi")
    assert "đôn đốc" not in await office.says("head", ":wait 15m")
    chief = "Hà Văn Thí Dụ"
    assert "xin ý kiến: gửi thêm tin đôn đốc" in await office.says(chief, ":wait 1m", ":tap Không gửi hôm nay")
    assert "đôn đốc" not in await office.says("head", ":wait 15m")
    assert "chưa đồng ý" in await office.says("office", ":wait 15m")


async def test_only_the_head_of_the_office_agrees(office: Office) -> None:
    await office.says("head", ":wait 1m")
    await office.says("office", "/dondoc 2027", "dùng câu soạn sẵn", "xin ý kiến", "gửi")
    assert "do Chánh Văn phòng quyết định" in await office.says("office", "/dondoc dongy 1")
    assert "đôn đốc" not in await office.says("head", ":wait 15m")


async def test_an_office_that_began_this_year_is_not_shown_the_last_one(
    open_office: OpenOffice, demo_file: Path
) -> None:
    with closing(sqlite3.connect(demo_file)) as file, file:
        file.execute("DELETE FROM year WHERE year = 2026")
    office = await open_office(at="2027-02-10T09:00")
    assert "Tổng hợp năm 2027" in await office.says("office", ":wait 1m", "/tonghop", ":wait 1m")


# When nothing ran -----------------------------------------------------------------------------------


@pytest.mark.parametrize("off", [timedelta(hours=5), timedelta(days=2), timedelta(days=21)])
async def test_after_a_time_off_one_merged_message_says_so(open_office: OpenOffice, off: timedelta) -> None:
    first = await open_office(at="2027-10-20T08:30")
    await first.says("head", ":wait 10m")
    path: Path = first.app.db.path
    await first.app.stop()
    at = first.app.now() + off
    second = await open_office(at=f"{at:%Y-%m-%dT%H:%M}", path=path)
    said = await second.says("head", ":wait 1m", ":wait 6h")
    assert said.count("---\n") <= 1
    if off == timedelta(days=21):  # 10/11 08:40: overdue by a day, nothing of the days before
        assert "đã quá hạn 01 ngày" in said
        assert re.search(r"Trợ lý gián đoạn từ 08:\d\d ngày 20/10/2027 đến 08:4\d ngày 10/11/2027", said)
        assert "Còn " not in said


async def test_groups_see_units_only_when_the_head_of_the_office_has_ticked_it(office: Office) -> None:
    from bot.conversation.jobs import JobContext
    from handlers.in_group import COUNTS

    async def shown() -> str:
        from bot.language.i18n import Words

        reader = await office.app.db.reader()
        async with reader.snapshot() as snapshot:
            context = JobContext(snapshot, office.app.office, office.app.now(), 0, None, Words("vi"), None)  # type: ignore[arg-type]  # nothing is made
            made = await COUNTS.do(context, {"year": 2027})
        return "\n".join(Words("vi").say(line) for line in made.say.lines)

    assert "Phòng" not in await shown()
    assert "do Chánh Văn phòng quyết định" in await office.says("office", "/tonghop nhom")
    await office.says("Hà Văn Thí Dụ", "/tonghop nhom")
    named = await shown()
    assert "Chưa gửi (11): " in named
    assert "Hoàng Văn Thử" not in named
    await office.says("Hà Văn Thí Dụ", "/tonghop nhom")
    assert "Phòng" not in await shown()


# The rehearsal --------------------------------------------------------------------------------------


async def test_what_lichnhac_shows_is_what_comes(office: Office) -> None:
    """Every message that «Lịch nhắc» shows to a head arrives at its minute, and no other."""
    shown = await office.says("head", "lịch nhắc")
    days = [line.split(", ")[1:3] for line in shown.splitlines() if line.startswith("- ")]
    await office.says("head", ":clock 2027-12-31T23:00")
    rows = await office.rows(
        "SELECT shown FROM outbox JOIN person ON person.id = outbox.person WHERE outbox.kind = 'daily' AND person.name = 'Hoàng Văn Thử' AND shown IS NOT NULL ORDER BY shown"
    )
    came = [datetime.fromisoformat(str(row[0]).replace("Z", "+00:00")) + timedelta(hours=7) for row in rows]
    assert [f"{at:%d/%m/%Y}" for at in came] == [day for day, _hour in days]
    assert [f"{at:%H:%M}" for at in came[1:]] == [
        hour.split(":")[0] + ":" + hour.split(":")[1][:2] for _day, hour in days[1:]
    ]


# What a critic found ----------------------------------------------------------------------------------


async def test_what_waits_for_a_form_is_said_when_it_ends(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-04T07:55")
    await office.says("head", "/baocao 2027", ":clock 2027-11-04T08:05")
    assert "Nhắc gửi báo cáo năm 2027" in await office.says("head", "thoát", ":wait 1m")


async def test_an_open_form_does_not_cost_the_last_days_list(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-09T16:10")
    await office.says("office", "/mocgiay KTVL", "2026")
    said = await office.says("office", ":clock 2027-11-09T16:30")
    assert "Tình hình gửi báo cáo đến 16:30" in said


async def test_the_list_of_who_has_not_sent_comes_after_a_day_off_line(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-16T09:00")  # the rung to the office was on 15/11
    assert "Tình hình gửi báo cáo năm 2027" in await office.says("office", ":clock 2027-11-16T09:35")


async def test_when_whoever_was_named_is_away_too_the_deputy_hears(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-03T09:00")
    await office.says("head", ":wait 1m", "nghỉ phép đến 10/11", "Nông Văn Mẫu", "ghi lại")
    await office.says("officer", "nghỉ phép đến 10/11", "ghi lại")
    assert "Nhắc gửi báo cáo năm 2027" in await office.says("Nông Thị Phác Thảo", ":clock 2027-11-04T08:05")


async def test_leave_over_new_year_is_understood(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-12-28T09:00")
    assert "đến hết ngày 05/01/2028" in await office.says("officer", "nghỉ phép đến 5/1", "ghi lại")


async def test_overlapping_beats_say_a_digest_once(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-05T09:35")
    beats = office.app.heartbeat
    await asyncio.gather(*(beats.beat() for _ in range(4)))
    said = await office.says("office", ":wait 1m")
    assert said.count("Tình hình gửi báo cáo năm 2027") == 1


async def test_the_office_may_ask_why_too(office: Office) -> None:
    await office.says("office", "/thoihan provincial 2027", "20/11/2027", "Công văn số 1460/UBND-NC", "gửi")
    said = await office.says("office", "/viechan visao provincial 2027")
    assert "nhận tin vì thuộc Văn phòng Sở" in said
    said = await office.says("office", ":clock 2027-11-22T08:05")
    last = said.split("---\n")[-2]
    assert "Việc gửi báo cáo trình UBND tỉnh năm 2027 đã quá hạn 02 ngày" in last
    assert "Văn phòng Sở trao đổi" not in last
    assert "vẫn tiếp nhận" not in last


async def test_a_confirmed_calendar_is_not_announced(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-12-01T09:00")
    await office.says("office", "/lich xacnhan 2028")
    assert "Lịch ngày nghỉ" not in await office.says("office", "lịch nhắc")


async def test_in_2030_the_last_working_day_is_named_beforehand(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-02T09:00")
    await office.says("office", "/thoihan results 2027", "20/11/2027", "Công văn số 231/SXD-VP", "gửi")
    assert "ngày làm việc cuối 19/11/2027" in await office.says("head", "việc")
    said = await office.says("head", ":clock 2027-11-16T08:05")
    assert "Ngày làm việc cuối trước hạn: 19/11/2027 (thứ Sáu)." in said
    assert "Thời hạn này theo: Công văn số 231/SXD-VP." in said


async def test_a_reminder_in_plain_text_names_short_commands_that_work(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-02T07:00")
    said = await office.says("head", ":clock 2027-11-02T08:05", look="plain")
    assert "Giao chuyên viên: /giao baocao 2027" in said
    assert "Hẹn ngày gửi: /hen baocao 2027" in said
    assert "Vì sao tôi nhận tin này: /visao baocao 2027" in said
    assert not re.search(r"results|plan\b|registration|confirmation|provincial|viechan", said)
    for line in ("/visao baocao 2027", "vì sao tôi nhận tin này", "vi sao"):
        assert "Vì sao đồng chí Thử nhận tin này" in await office.says("head", line, look="plain")
    for line in ("/giao baocao 2027", "giao chuyên viên"):
        assert "Giao ai soạn báo cáo năm 2027" in await office.says("head", line, look="plain")
    assert "soạn báo cáo năm 2027" in await office.says("head", "giao chuyên viên Nông Văn Mẫu", look="plain")
    assert "đến hết ngày nào" not in await office.says("head", "/hen baocao 2027 8/11", look="plain")
    assert await office.value("SELECT day FROM promise WHERE unit = 'QLXD' AND year = 2027") == "2027-11-08"


def test_no_two_duties_have_one_word() -> None:
    words = [duty.word for duty in Plan.parse(PLAN_TEXT).all_duties]
    assert len(set(words)) == len(words)


HALF = """[[duties]]
code = "half"
name = "báo cáo sáu tháng"
how = "paper"
basis = "office"
by = "office"
until = "12-01"
opens = "10-01"
ladder = "office"

"""


@pytest.mark.parametrize("begun", ["/vanban half 2027", "/thoihan half 2027"])
async def test_a_sheet_of_a_duty_that_the_plan_drops_locks_nobody_out(office: Office, begun: str) -> None:
    office.app.set_plan(PLAN_TEXT.replace("[[duties]]", f"{HALF}[[duties]]", 1))
    assert "áo cáo sáu tháng" in await office.says("office", begun)
    office.app.set_plan(PLAN_TEXT)
    said = await office.says("office", "15/10/2027", "thoát", "việc")
    assert "chưa trả lời được" not in said
    assert "Việc của đồng chí Nháp" in said


async def test_a_free_code_takes_no_button_its_word(office: Office) -> None:
    another = HALF.replace('"half"', '"baocao"').replace("vanban half", "vanban baocao")
    office.app.set_plan(PLAN_TEXT.replace("[[duties]]", f"{another}[[duties]]", 1))
    assert "báo cáo năm" in await office.says("head", "/viechan visao baocao 2027")


async def test_a_free_code_may_have_digits_and_capitals_and_is_typed_in_any(office: Office) -> None:
    another = HALF.replace('"half"', '"BC-6thang"').replace("vanban half", "vanban BC-6thang")
    text = PLAN_TEXT.replace("[[duties]]", f"{another}[[duties]]", 1)
    Plan.parse(text, office.app.office.features.commands)
    office.app.set_plan(text)
    assert "Báo cáo được gửi ngày nào?" in await office.says("office", "/vanban bc-6THANG 2027")
