"""Announcements: to whom, previewed, at an hour, recalled, answered, reminded of once; never to whom they are not for."""

from pathlib import Path

import pytest

from storage import people
from storage.db import Tx
from tests.chats.test_open_files import brought, written
from tests.chats.test_outages import has_no_chat, move, said_to
from tests.chats.test_posts import two_posts
from tests.conftest import Office, OpenOffice
from tests.transcribing import FOLDER, LOOKS, Conversation, transcribe

pytestmark = pytest.mark.slow

TEXT = "14 giờ thứ Sáu họp về phong trào thi đua tại phòng 302."
DESK, CHIEF, AUTHOR, HEAD, LEADER = (
    "Lương Thị Nháp",
    "Hà Văn Thí Dụ",
    "Nông Văn Mẫu",
    "Hoàng Văn Thử",
    "Đinh Văn Cao Kỳ",
)
HEARD = "SELECT COUNT(*) FROM outbox WHERE news = 'announcement' AND state IN ('sent', 'ready')"
STATE = "SELECT state FROM announcement"


def lines(units: str = "QLXD", roles: str = "1", when: str = "1", text: str = TEXT) -> tuple[str, ...]:
    """What the desk types."""
    return "/thongbao moi", units, roles, text, "bỏ qua", when, "gửi"


async def test_the_preview_counts_the_receivers_and_names_whom_no_message_reaches(office: Office) -> None:
    await has_no_chat(office, "Nông Thị Phác Thảo")
    n = await office.value("SELECT COUNT(*) FROM person WHERE unit = 'QLXD' AND active")
    said = await office.says("office", *lines()[:-1])
    assert f"Người nhận: {n:02} người." in said
    assert "⚠️ Trợ lý không gửi tin đến được, đề nghị báo bằng cách khác" in said
    assert "Nông Thị Phác Thảo (Phòng Quản lý xây dựng)" in said
    assert await office.value("SELECT COUNT(*) FROM announcement") == 0, "nothing before it is sent off"
    assert f"Đang gửi thông báo 1 đến {n:02} người" in await office.says("office", "gửi")
    await office.says("office", ":wait 20m")
    stands = await office.says("office", "/thongbao 1")
    assert "Chưa gửi đến được, đề nghị báo bằng cách khác" in stands
    lost = stands.partition("Chưa gửi đến được")[2]
    assert "Nông Thị Phác Thảo" in lost


async def test_each_hears_it_once_answers_once_and_the_silent_are_named(office: Office) -> None:
    await office.says("office", *lines())
    heard = await office.says(AUTHOR, ":wait 20m")
    assert "Thông báo của Chuyên viên Lương Thị Nháp, Văn phòng Sở" in heard and TEXT in heard
    assert heard.count(TEXT) == 1
    assert "Báo đã nhận thông báo ngày 18/10/2027" in await office.says(AUTHOR, "/viec")
    shown = await office.says(AUTHOR, "/danhan xem 1", ":tap Đã nhận thông tin")
    assert "Đã ghi: đồng chí Mẫu đã nhận thông báo 1" in shown
    assert "đã được ghi trước đó" in await office.says(AUTHOR, "/danhan 1")
    assert "Báo đã nhận" not in await office.says(AUTHOR, "/viec")
    stands = await office.says("office", "thông báo 1")
    silent = stands.partition("Chưa báo đã nhận")[2].partition("Chưa gửi đến được")[0]
    assert "Hoàng Văn Thử" in silent and AUTHOR not in silent


@pytest.mark.parametrize("typed", ["đã nhận thông tin", "da nhan", "đã nhận ạ", "Đã nhận"])
async def test_plain_words_answer_what_waits(office: Office, typed: str) -> None:
    await office.says("office", *lines())
    await office.says(AUTHOR, ":wait 20m")
    assert "đã nhận thông báo 1" in await office.says(AUTHOR, typed)
    assert await office.value("SELECT COUNT(*) FROM announcement_receiver WHERE seen IS NOT NULL") == 1


async def test_roles_kinds_and_several_units(office: Office) -> None:
    await office.says("office", *lines("các phòng", "thủ trưởng đơn vị, cấp phó"))
    who = {
        str(row[0]) for row in await office.rows("SELECT role FROM person JOIN announcement_receiver ON person = id")
    }
    kinds = {
        str(row[0])
        for row in await office.rows(
            "SELECT kind FROM unit WHERE code IN (SELECT unit FROM person JOIN announcement_receiver ON person = id)"
        )
    }
    assert who == {"head", "chief", "deputy"} and kinds == {"phong"}, "the head of the desk heads a unit, too"
    await office.says("office", *lines("QLXD và Phòng Kinh tế và Vật liệu xây dựng", "1"))
    units = await office.rows(
        "SELECT DISTINCT unit FROM person JOIN announcement_receiver ON person = id WHERE announcement = 2"
    )
    assert {str(row[0]) for row in units} == {"QLXD", "KTVL"}


async def test_the_leaders_are_told_as_leaders_are(office: Office) -> None:
    await office.says("office", *lines("tất cả", "lãnh đạo sở"))
    heard = await office.says(LEADER, ":wait 20m")
    assert "Kính báo cáo" in heard and TEXT in heard


@pytest.mark.parametrize(
    ("question", "wrong", "why"),
    [
        (1, "Phòng Không Có", "chưa rõ đơn vị «Phòng Không Có»"),
        (2, "thợ xây", "chưa rõ vai trò «thợ xây»"),
        (2, "đoàn thể", "không có ai giữ vai trò này"),
        (3, "Họp 302.", "ngắn"),
        (4, "để tôi tìm", "cần tệp"),
        (5, "lúc nào rảnh", "Ví dụ"),
        (5, "25h", "chưa đọc được giờ này"),
        (5, "07:00 18/10/2027", "đã qua"),
        (5, "32/13", "chưa đọc được giờ này"),
        (5, "20h hôm nay", "ngoài khung giờ gửi tin (08:00 - 11:00, 14:00 - 16:30 ngày làm việc)"),
        (5, "9h 24/10/2027", "08:00 ngày 25/10/2027"),
        (5, "9h 01/03/2028", "còn hơn 90 ngày"),
        (5, "9h 01/03/2031", "quá xa"),
    ],
)
async def test_what_cannot_be_is_said_with_what_to_do(office: Office, question: int, wrong: str, why: str) -> None:
    said = await office.says("office", *lines()[:question], wrong)
    assert why in said.rpartition("---\n")[0].rpartition("---\n")[2]
    assert await office.value("SELECT COUNT(*) FROM announcement") == 0


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("14h30", "14:30 ngày 18/10/2027"),
        ("9h sáng mai", "09:00 ngày 19/10/2027"),
        ("3 giờ chiều thứ Sáu", "15:00 ngày 22/10/2027"),
        ("20/10 lúc 8:15", "08:15 ngày 20/10/2027"),
        ("21/10/2027", "08:00 ngày 21/10/2027"),
        ("14h ngày 20/10", "14:00 ngày 20/10/2027"),
    ],
)
async def test_an_hour_as_people_write_it(office: Office, typed: str, at: str) -> None:
    assert f"Giờ gửi: lúc {at}" in await office.says("office", *lines(when=typed)[:-1])


async def test_what_is_set_down_goes_at_its_hour_to_whom_it_is_for_then(office: Office) -> None:
    said = await office.says("office", *lines(when="9h sáng mai"))
    assert "Đã đặt gửi thông báo 1 lúc 09:00 ngày 19/10/2027" in said
    assert TEXT not in await office.says(AUTHOR, ":clock 2027-10-19T08:59")

    def moves(tx: Tx) -> None:
        tx.run("UPDATE person SET unit = 'QLXD' WHERE name = 'Triệu Văn Phỏng'")
        tx.run("UPDATE person SET unit = 'KTVL' WHERE name = 'Nông Văn Mẫu'")
        tx.run("UPDATE person SET active = 0 WHERE name = 'Lục Thị Minh Họa'")

    await office.app.db.write(moves)
    assert TEXT not in await office.says(AUTHOR, ":clock 2027-10-19T09:10"), "no more of the unit"
    assert TEXT in await office.says("Triệu Văn Phỏng", ":wait 1m"), "of the unit by now"
    assert await office.value(STATE) == "sent"


async def test_it_is_recalled_before_its_hour_by_one_of_two(office: Office) -> None:
    await office.says("office", *lines(when="9h sáng mai"))
    assert "Đã thu hồi thông báo 1; không gửi đến ai" in await office.says(CHIEF, "/thongbao 1 rut")
    late = await office.says("office", "/thongbao 1 rút")
    assert "đã được Chánh Văn phòng Hà Văn Thí Dụ thu hồi lúc" in late
    assert TEXT not in await office.says(AUTHOR, ":clock 2027-10-19T10:00")
    assert await office.value(HEARD) == 0


async def test_what_went_out_cannot_be_recalled_and_what_still_waits_is_stopped(office: Office) -> None:
    await office.says(AUTHOR, "/dangky sk")  # an open form is not interrupted
    await office.says("office", *lines(), ":wait 1m")
    said = await office.says("office", "/thongbao 1")
    assert "Đang gửi đến 01 người" in said and "<Dừng gửi phần còn lại>" in said
    assert "01 người chưa nhận sẽ không nhận" in await office.says("office", "/thongbao 1 rut")
    assert "nên không thu hồi được nữa" in await office.says("office", "/thongbao 1 rut")
    assert TEXT not in await office.says(AUTHOR, "thoát", ":wait 2h")


async def test_whoever_moved_while_it_waited_is_not_told(office: Office) -> None:
    await office.says(AUTHOR, "/dangky sk")
    await office.says("office", *lines())
    await office.app.db.write(lambda tx: tx.run("UPDATE person SET unit = 'KTVL' WHERE name = :name", name=AUTHOR))
    assert TEXT not in await office.says(AUTHOR, "thoát", ":wait 2h")


async def test_a_second_tap_sends_nothing_twice(office: Office) -> None:
    await office.says("office", *lines(), "gửi", "gửi")
    assert await office.value("SELECT COUNT(*) FROM announcement") == 1
    await office.says("office", ":wait 20m")
    assert TEXT in await office.says(AUTHOR, ":wait 1m")
    n = await office.value("SELECT COUNT(*) FROM announcement_receiver")
    assert await office.value("SELECT COUNT(*) FROM outbox WHERE news = 'announcement'") == n


async def test_out_of_hours_it_waits_for_the_next_opening(open_office: OpenOffice) -> None:
    office = await open_office("2027-10-18T19:00")
    assert "Đã đặt gửi thông báo 1 lúc 08:00 ngày 19/10/2027" in await office.says("office", *lines())
    assert TEXT in await office.says(AUTHOR, ":clock 2027-10-19T08:20")


async def test_an_hour_that_passed_while_the_sheet_lay_open_is_asked_anew(office: Office) -> None:
    await office.says("office", *lines(when="14h")[:-1])
    said = await office.says("office", ":clock 2027-10-18T15:00", "gửi")
    assert "14:00 ngày 18/10/2027 đã qua nên chưa gửi" in said
    assert await office.value("SELECT COUNT(*) FROM announcement") == 0
    assert "Đang gửi thông báo 1" in await office.says("office", "/thongbao moi", "sửa 5 gửi ngay", "gửi")


# Reminded once ----------------------------------------------------------------------------------


async def test_the_silent_are_reminded_by_hand_once(office: Office) -> None:
    await office.says("office", *lines(), ":wait 20m")
    await office.says(AUTHOR, "đã nhận")
    said = await office.says("office", "/thongbao 1 nhắc")
    assert "Trợ lý nhắc" in said and "mỗi thông báo chỉ nhắc một lần" in said
    again = await office.says(CHIEF, "/thongbao 1 nhac")
    assert "Chuyên viên Lương Thị Nháp đã nhắc lúc" in again and "đề nghị gọi điện" in again
    assert "Mời đồng chí xem và báo «Đã nhận thông tin»" in await office.says(HEAD, ":wait 20m")
    assert "Mời đồng chí xem" not in await office.says(AUTHOR, ":wait 1m")
    await move(office, "2027-11-05T16:00")
    assert not [each for each in await said_to(office, HEAD, "2027-10-19") if "báo «Đã nhận thông tin»" in each]


async def test_after_some_days_the_assistant_reminds_the_silent_once_in_the_message_of_the_day(office: Office) -> None:
    await office.says("office", *lines(), ":wait 20m")
    await office.says(AUTHOR, "đã nhận")
    await move(office, "2027-11-05T16:00")
    heard = [each for each in await said_to(office, "Lục Thị Minh Họa", "2027-10-18") if "báo «Đã nhận" in each]
    assert len(heard) == 1
    assert not [each for each in await said_to(office, AUTHOR, "2027-10-18") if "báo «Đã nhận" in each]
    day = await office.value(
        "SELECT MIN(day) FROM outbox WHERE kind = 'daily' AND about LIKE '%\"unanswered\":[1]%' AND state <> 'cancelled'"
    )
    assert day == "2027-10-21", "three working days after it was sent"
    days = "SELECT MAX(n) FROM (SELECT COUNT(*) AS n FROM outbox WHERE kind = 'daily' GROUP BY person, day)"
    assert await office.value(days) == 1
    assert "Trợ lý đã nhắc" in await office.says("office", "/thongbao 1 nhac")


async def test_whoever_is_away_or_has_answered_meanwhile_is_not_reminded(office: Office) -> None:
    await office.says("office", *lines(), ":wait 20m")
    await office.says("Lục Thị Minh Họa", "/nghiphep", "20/10/2027", "30/10/2027", "gửi")
    await move(office, "2027-10-29T16:00")
    for name in ("Lục Thị Minh Họa",):
        assert not [each for each in await said_to(office, name, "2027-10-18") if "báo «Đã nhận" in each]


async def test_the_list_of_reminders_knows_it_beforehand(office: Office) -> None:
    await office.says("office", *lines(), ":wait 20m")
    said = await office.says(AUTHOR, "/lichnhac")
    assert "21/10/2027" in said and "Thông báo chưa báo đã nhận" in said
    said = await office.says(AUTHOR, "đã nhận", "/lichnhac")
    assert "Thông báo chưa báo đã nhận" not in said


# Who, and for whom ------------------------------------------------------------------------------


async def test_nobody_else_announces_or_looks_after_it(office: Office) -> None:
    await office.says("office", *lines(), ":wait 20m")
    for who in (AUTHOR, HEAD, LEADER):
        for typed in ("/thongbao", "/thongbao 1", "/thongbao 1 rut", "/thongbao 1 nhac"):
            assert "Văn phòng Sở hoặc người đứng đầu tổ chức đoàn thể" in await office.says(who, typed)
    assert "Không có thông báo này" in await office.says("Triệu Văn Phỏng", "/danhan 1", "/danhan xem 1")
    assert await office.value("SELECT COUNT(*) FROM announcement_receiver WHERE seen IS NOT NULL") == 0


async def test_somebody_in_two_posts_hears_it_once(office: Office) -> None:
    await office.says("head", "/viec")
    await two_posts(office)
    await office.says("office", *lines("tất cả", "thủ trưởng đơn vị"))
    posts = await office.value(
        f"SELECT COUNT(*) FROM announcement_receiver JOIN person ON person.id = person WHERE name = '{HEAD}'"
    )
    assert posts == 1
    assert "đã nhận thông báo 1" in await office.says("head", ":wait 20m", "đã nhận")


async def test_its_files_are_opened_by_whom_it_is_for(office: Office, tmp_path: Path) -> None:
    sends = lines()
    await office.says("office", *sends[:4], *written(tmp_path, "Giấy mời.pdf"), "xong", *sends[5:], ":wait 20m")
    heard = await office.says(AUTHOR, ":wait 1m")
    assert "📎 Giấy mời.pdf" in heard and "<Mở tệp (1)>" in heard
    assert brought(await office.says(AUTHOR, "/tep TB-1")) == ["nội dung của Giấy mời.pdf"]
    assert "Không tìm thấy hồ sơ TB-1" in await office.says("Triệu Văn Phỏng", "/tep TB-1")


async def test_a_very_long_text_is_refused_and_marks_are_kept(office: Office) -> None:
    said = await office.says("office", *lines()[:3], "chữ " * 25_000)
    assert "nhiều nhất 8.000 ký tự" in said
    assert "dưới 3000 ký tự" in await office.says("office", "chữ " * 1500, "xong")
    await office.says("office", "Họp lúc 14 giờ {x} <b>.\nMang theo số liệu & %s.", "bỏ qua", "1", "gửi")
    assert "Họp lúc 14 giờ {x} <b>.\nMang theo số liệu & %s." in await office.says(AUTHOR, ":wait 20m")


async def test_the_words_after_the_command_are_its_text(office: Office) -> None:
    said = await office.says("office", f"/thongbao {TEXT}", "QLXD", "1", "bỏ qua", "1")
    assert f"Nội dung: {TEXT}" in said


async def test_an_announcement_of_an_older_version_is_still_said(office: Office) -> None:
    def waits(tx: Tx) -> None:
        person = next(each for each in tx.all(people.EVERYBODY) if each.name == AUTHOR)
        by = next(each for each in tx.all(people.EVERYBODY) if each.name == DESK)
        now = office.app.now()
        tx.run(
            """
            INSERT INTO outbox (kind, person, news, about, due, at, by)
            VALUES ('hand', :person, 'announcement', :about, :now, :now, :by)
            """,
            person=person.id,
            about={"by": by.id, "text": TEXT},
            now=now,
            by=by.id,
        )

    await office.app.db.write(waits)
    assert TEXT in await office.says(AUTHOR, ":wait 1m")


async def test_a_school_announces_in_its_own_words(open_school: OpenOffice) -> None:
    school = await open_school()
    said = await school.says("office", "thông báo", "tất cả", "1", TEXT, "không", "gửi ngay")
    assert "Sở" not in said.replace("phòng 302", "") and "Người nhận" in said


# As it was agreed ---------------------------------------------------------------------------------

AGREED: Conversation = [
    (
        "office",
        [
            "thông báo",
            "các phòng",
            "thủ trưởng đơn vị",
            "14 giờ thứ Sáu họp về phong trào thi đua tại hội trường tầng 2; đề nghị các đồng chí mang theo số liệu quý III.",
            "bỏ qua",
            "18h hôm nay",
            "quay lại",
            "gửi ngay",
            "gửi",
        ],
    ),
    ("head", [":wait 20m", "việc", "da nhan"]),
    ("office", ["/thongbao", "/thongbao 1", "/thongbao 1 nhac", "/thongbao 1 nhac", "/thongbao 1 rut"]),
    ("Triệu Văn Phỏng", [":wait 20m", "đã nhận", "thông báo của tôi"]),
    (
        "office",
        [
            "/thongbao Đề nghị các đơn vị rà soát số liệu trước ngày 05/11.",
            "QLXD, KTVL",
            "mọi người",
            "không có tệp",
            "8h30 thứ Tư",
            "gửi",
            "/thongbao 2 thu hồi",
            "/thongbao",
        ],
    ),
]


@pytest.mark.parametrize("look", LOOKS)
async def test_the_conversation_is_as_it_was_agreed(office: Office, look: str, record: bool) -> None:
    await transcribe(office, AGREED, look, FOLDER / f"announcement.{look}.txt", record)
