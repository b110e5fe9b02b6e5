"""«Đôn đốc» by hand: who gets it, when consent is needed, what becomes of a day on which nothing ran."""

from pathlib import Path

import pytest

from tests.conftest import Office, OpenOffice

pytestmark = pytest.mark.slow

CHIEF = "Hà Văn Thí Dụ"
OTHER_HEAD = "Triệu Văn Phỏng"
URGED = "Văn phòng Sở đôn đốc"
READY = "dùng câu soạn sẵn"
ASK = "xin ý kiến"
MORNING = "Để 08:00 ngày 21/10/2027"


async def person(office: Office, name: str) -> int:
    """Somebody's number."""
    return int(str(await office.value(f"SELECT id FROM person WHERE name = '{name}'")))


async def change(office: Office, sql: str) -> None:
    """Something that happens elsewhere."""
    await office.app.db.write(lambda tx: tx.run(sql))


async def has_sent(office: Office, unit: str) -> None:
    """A unit sends its report."""
    await change(
        office,
        "INSERT INTO report_version (unit, year, code, by, at, plan_hash) "
        f"VALUES ('{unit}', 2027, 'BC-2027-{unit}', 1, '2027-10-20T02:05:00.000000Z', '')",
    )


@pytest.fixture
async def on_a_quiet_day(open_office: OpenOffice) -> Office:
    """A Wednesday at 09:00 on which no rung speaks, and the heads of two rooms have heard all the same."""
    office = await open_office()
    await office.says("head", ":wait 1m", ":clock 2027-10-20T09:00")
    await office.says(OTHER_HEAD, ":wait 1m")
    for name in ("Hoàng Văn Thử", OTHER_HEAD):
        id = await person(office, name)
        await change(
            office,
            "INSERT INTO outbox (kind, person, day, news, about, due, at, state) VALUES "
            f"('daily', {id}, '2027-10-20', 'daily', '{{}}', '2027-10-20T01:00:00.000000Z', '2027-10-20T01:00:00.000000Z', 'sent')",
        )
    return office


async def urged(office: Office, name: str) -> int:
    """How many messages with an urging somebody was sent today."""
    id = await person(office, name)
    return int(
        str(
            await office.value(
                f"SELECT COUNT(*) FROM outbox WHERE person = {id} AND state IN ('ready', 'sent') AND body LIKE '%{URGED}%'"
            )
        )
    )


# Twice a day ------------------------------------------------------------------------------------


async def test_those_who_have_not_heard_get_it_once_and_consent_is_for_the_others(on_a_quiet_day: Office) -> None:
    office, fresh = on_a_quiet_day, "Lâm Thị Mục Lục"
    said = await office.says("office", "/dondoc", READY, ASK, "gửi")
    assert "02 người đã nhận tin hôm nay: đã xin ý kiến" in said
    assert URGED in await office.says(fresh, ":wait 1m")
    assert URGED not in await office.says("head", ":wait 1m")
    assert "gửi 02 người ngay bây giờ" in await office.says(CHIEF, ":wait 15m", ":tap Đồng ý")
    assert URGED in await office.says("head", ":wait 15m")
    assert (await urged(office, fresh), await urged(office, "Hoàng Văn Thử")) == (1, 1)


@pytest.mark.parametrize("look", ["plain", "keyboard"])
async def test_the_label_below_a_notice_may_be_typed_whatever_came_between(on_a_quiet_day: Office, look: str) -> None:
    office = on_a_quiet_day
    await office.chat(CHIEF, look)
    await office.says("office", "/dondoc", READY, ASK, "gửi")
    assert ("Đồng ý: /dondoc" if look == "plain" else "<Đồng ý>") in await office.says(CHIEF, ":wait 15m", look=look)
    await office.says(CHIEF, "/viec", look=look)
    assert "gửi 02 người ngay bây giờ" in await office.says(CHIEF, "dong y", look=look)
    assert "đã được quyết định" in await office.says(CHIEF, "Đồng ý", look=look), "said once more it is the same"
    said = await office.says(CHIEF, ":clock 2027-10-27T10:00", "đồng ý", look=look)
    assert "đồng tác giả" in said or "tỷ lệ" in said, "after some days the words are what they were"


async def test_whoever_has_sent_promised_or_left_since_is_not_in_the_consent(on_a_quiet_day: Office) -> None:
    office = on_a_quiet_day
    await office.says("office", "/dondoc", READY, ASK, "gửi")
    await has_sent(office, "QLXD")
    assert "gửi 01 người ngay bây giờ" in await office.says(CHIEF, ":wait 15m", ":tap Đồng ý")
    assert URGED in await office.says(OTHER_HEAD, ":wait 15m")
    assert URGED not in await office.says("head", ":wait 15m")


async def test_with_nobody_left_consent_says_so(on_a_quiet_day: Office) -> None:
    office = on_a_quiet_day
    await office.says("office", "/dondoc", READY, ASK, "gửi")
    await has_sent(office, "QLXD")
    await office.says(OTHER_HEAD, "nghỉ phép đến 22/10", "1", "ghi lại")
    assert "Không còn ai cần đôn đốc" in await office.says(CHIEF, ":wait 15m", ":tap Đồng ý")


async def test_consent_after_hours_is_for_a_day_that_is_over(on_a_quiet_day: Office) -> None:
    office = on_a_quiet_day
    await office.says("office", "/dondoc", READY, ASK, "gửi")
    said = await office.says(CHIEF, ":wait 15m", ":clock 2027-10-20T20:00", ":tap Đồng ý")
    assert "Đã hết giờ làm việc ngày 20/10/2027" in said
    assert await office.value("SELECT state FROM urging") == "declined"
    assert URGED not in await office.says("head", ":clock 2027-10-21T08:30")
    assert "đồng ý sau giờ làm việc ngày 20/10/2027" in await office.says("office", ":wait 15m")


async def test_after_hours_only_the_next_morning_is_offered(on_a_quiet_day: Office) -> None:
    office = on_a_quiet_day
    said = await office.says("office", ":clock 2027-10-20T20:00", "/dondoc", READY)
    assert MORNING in said
    assert "Xin ý kiến Chánh Văn phòng" not in said
    assert "Gửi ngay" not in said


# Who is not urged -------------------------------------------------------------------------------


async def test_who_has_promised_since_is_not_urged(on_a_quiet_day: Office) -> None:
    office = on_a_quiet_day
    await office.says("office", "/dondoc", READY, MORNING, "gửi")
    await office.says("head", "hẹn 27/10")
    assert URGED not in await office.says("head", ":clock 2027-10-21T08:10")
    assert URGED in await office.says(OTHER_HEAD, ":wait 1m")


async def test_who_is_away_since_is_not_urged(on_a_quiet_day: Office) -> None:
    office = on_a_quiet_day
    await office.says("office", "/dondoc", READY, MORNING, "gửi")
    await office.says("head", "nghỉ phép từ 21/10 đến 22/10", "1", "ghi lại")
    assert URGED not in await office.says("head", ":clock 2027-10-21T08:10")
    assert URGED in await office.says(OTHER_HEAD, ":wait 1m")


async def test_who_sends_for_the_unit_no_longer_is_not_urged(on_a_quiet_day: Office) -> None:
    office = on_a_quiet_day
    await office.says("office", "/dondoc", READY, MORNING, "gửi")
    await change(office, "UPDATE person SET role = 'officer' WHERE name = 'Hoàng Văn Thử'")
    assert URGED not in await office.says("head", ":clock 2027-10-21T08:10")
    assert URGED in await office.says(OTHER_HEAD, ":wait 1m")


# What is not lost -------------------------------------------------------------------------------


async def test_whoever_urged_for_a_day_on_which_nothing_ran_is_told_once(open_office: OpenOffice) -> None:
    first = await open_office()
    await first.says("office", ":wait 1m", ":clock 2027-10-20T09:00")
    await first.says("office", "/dondoc", READY, MORNING, "gửi")
    path: Path = first.app.db.path
    await first.app.stop()
    second = await open_office(at="2027-10-22T09:00", path=path)
    await has_sent(second, "QLXD")
    said = await second.says("office", ":wait 1m", ":wait 15m", ":tap Đôn đốc lại")
    assert "Câu 1/2" in said
    assert said.count("Tin đôn đốc báo cáo năm 2027 đặt cho ngày 21/10/2027 chưa gửi được") == 1
    assert OTHER_HEAD in said
    assert "Hoàng Văn Thử" not in said, "who has sent needs no call"
    assert await second.value("SELECT COUNT(*) FROM outbox WHERE news = 'urging_lost'") == 1
    assert URGED not in await second.says(OTHER_HEAD, ":wait 15m")


async def test_two_who_urge_for_one_hour_are_both_heard(on_a_quiet_day: Office) -> None:
    office = on_a_quiet_day
    await office.says("office", "/dondoc", "Đề nghị gửi trong sáng nay.", MORNING, "gửi")
    await office.says(CHIEF, "/dondoc", "Đề nghị gửi kèm minh chứng.", MORNING, "gửi")
    said = await office.says("head", ":clock 2027-10-21T08:10")
    assert "Đề nghị gửi trong sáng nay." in said
    assert "Đề nghị gửi kèm minh chứng." in said


async def test_only_mine_is_taken_back(on_a_quiet_day: Office) -> None:
    office = on_a_quiet_day
    await office.says("office", "/dondoc", "Đề nghị gửi trong sáng nay.", MORNING, "gửi")
    await office.says(CHIEF, "/dondoc", "Đề nghị gửi kèm minh chứng.", MORNING, "gửi")
    assert "tin không được gửi" in await office.says("office", "/dondoc bo")
    assert "Không có tin đôn đốc nào" in await office.says("office", "/dondoc bo")
    said = await office.says("head", ":clock 2027-10-21T08:10")
    assert "Đề nghị gửi trong sáng nay." not in said
    assert "Đề nghị gửi kèm minh chứng." in said


async def test_what_i_set_down_again_takes_the_place_of_what_i_said_before(on_a_quiet_day: Office) -> None:
    office = on_a_quiet_day
    await office.says("office", "/dondoc", "Đề nghị gửi trong sáng nay.", MORNING, "gửi")
    await office.says("office", "/dondoc", "Đề nghị gửi kèm minh chứng.", MORNING, "gửi")
    said = await office.says("head", ":clock 2027-10-21T08:10")
    assert "Đề nghị gửi trong sáng nay." not in said
    assert said.count(URGED) == 1


# What can be urged ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("/dondoc 2031", "Năm 2031 chưa mở, nên chưa đôn đốc báo cáo năm."),
        ("/dondoc kehoach 2029", "Năm 2029 chưa mở, nên chưa đôn đốc kế hoạch năm."),
    ],
)
async def test_what_cannot_be_sent_is_not_urged(office: Office, said: str, why: str) -> None:
    assert why in await office.says("office", said)


async def test_without_a_last_day_nothing_is_urged(office: Office) -> None:
    await change(office, "DELETE FROM deadline WHERE duty = 'registration'")
    said = await office.says("office", "/dondoc dangky 2027")
    assert "Thời hạn danh sách đăng ký năm 2027 chưa có" in said
    assert "<Đặt thời hạn>" in said


async def test_a_report_is_urged_from_its_first_day_until_it_is_locked(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-10-01T09:00")
    await office.says("office", ":wait 1m")
    said = await office.says("office", "/dondoc")
    assert "Đơn vị gửi báo cáo năm 2027 được từ ngày 15/10/2027" in said
    await office.says("office", ":clock 2028-01-05T09:00")
    assert "Phần báo cáo năm 2027 đã khóa hết ngày 31/12/2027" in await office.says("office", "/dondoc 2027")


@pytest.mark.parametrize("said", ["/dondoc kehoach 2027", "đôn đốc kế hoạch", "/dondoc kehoach"])
async def test_another_duty_is_urged_by_its_name(on_a_quiet_day: Office, said: str) -> None:
    office = on_a_quiet_day
    await office.says("office", "/thoihan plan 2027", "29/10/2027", "Công văn số 231/SXD-VP", "gửi")
    await change(office, "DELETE FROM unit_plan WHERE year = 2027")
    preview = await office.says("office", said, READY, MORNING, "gửi")
    assert "Đôn đốc kế hoạch năm 2027" in preview
    assert "Đề nghị đồng chí gửi kế hoạch năm của đơn vị" in preview
    heard = await office.says("head", ":clock 2027-10-21T08:10")
    assert "Văn phòng Sở đôn đốc · gửi kế hoạch năm 2027" in heard
