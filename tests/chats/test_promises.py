"""What other bots do to people, and this one does not: one promise a test, played as a chat."""

import random
import re
import sqlite3
from pathlib import Path

import pytest

import handlers
from bot.conversation import gather
from bot.dialogue.words import STEERING
from bot.language.i18n import Words
from tests.conftest import Office, OpenOffice
from tests.sheets import REPORT, sheet

pytestmark = pytest.mark.slow

TITLE = "Tra cứu hồ sơ cấp phép bằng mã QR ở một cửa"


async def begun(office: Office) -> None:
    """The officer is in the middle of a sheet: title and area answered."""
    await office.says("officer", "/dangky sk", TITLE, "3")


async def test_every_question_goes_back_and_shows_the_sheet(office: Office) -> None:
    said = await office.says("officer", "/dangky sk", TITLE, "3", "1")
    for message in said.split("---\n")[:-1]:
        if " · Câu " in message:
            assert "[Quay lại]" in message
            assert "[Xem phiếu]" in message
    assert "Câu 3/3" in await office.says("officer", "quay lại")
    assert f"1. Tên: {TITLE}" in await office.says("officer", "xem phiếu")
    assert "Câu 1/3" in await office.says("officer", "1")


async def test_a_sent_sheet_is_changed_until_the_office_has_it(office: Office) -> None:
    await office.says("officer", *sheet(TITLE))
    changed = await office.says("officer", "/cuatoi sua SK-2027-017", "sửa 1 Tên mới của sáng kiến này", "gửi")
    assert "SK-2027-017" in changed
    await office.says("head", "/xacnhan SK-2027-017 gui")
    await office.says("office", "/tiepnhan SK-2027-017")
    assert "không sửa được nữa" in await office.says("officer", "/cuatoi sua SK-2027-017")
    title = await office.value("SELECT title FROM initiative WHERE code = 'SK-2027-017'")
    assert title == "Tên mới của sáng kiến này"


async def test_an_edited_message_changes_the_answer_it_gave(office: Office) -> None:
    said = await office.says("officer", "/dangky sk", TITLE, ":edit Tên khác của sáng kiến này")
    assert "Trước: " + TITLE in said
    assert "Nay: Tên khác của sáng kiến này" in said
    said = await office.says("officer", "3", "1", "gửi", ":edit thôi")
    assert "không" in said.split("---\n")[-2]


async def test_drafts_show_in_tasks_and_at_home(office: Office) -> None:
    await begun(office)
    await office.says("officer", "thoát")
    for where in ("việc", "menu"):
        assert "đã có 02/03 câu" in await office.says("officer", where)


async def test_an_old_button_says_what_became_of_its_record(office: Office) -> None:
    await office.says("officer", *sheet(TITLE))
    await office.says("head", "/xacnhan SK-2027-017 gui")
    again = await office.says("head", "/xacnhan SK-2027-017 gui")
    assert "SK-2027-017" in again
    assert "Trợ lý chưa hiểu" not in again


async def test_a_double_tap_has_one_effect_and_one_reply(office: Office) -> None:
    await office.says("officer", "/dangky sk", TITLE, "3", "1")
    said = await office.says("officer", ":tap Gửi Trưởng phòng xác nhận", ":again", "gửi")
    assert said.count("Mã theo dõi") <= 2
    count = await office.value(f"SELECT COUNT(*) FROM initiative WHERE title = '{TITLE}'")
    assert count == 1


async def test_the_same_message_twice_is_one_answer(office: Office) -> None:
    said = await office.says("officer", "/dangky sk", TITLE, ":again", ":again")
    assert said.count("Câu 2/3") == 1


@pytest.mark.parametrize("word", ["/menu", "/thoat", "thoát", "/viec", "/start"])
async def test_there_is_a_way_out_of_every_question(office: Office, word: str) -> None:
    await begun(office)
    said = await office.says("officer", word)
    assert "chưa hiểu" not in said or word == "/start"
    assert await office.value("SELECT COUNT(*) FROM answer") == 2


async def test_a_side_question_comes_back_to_the_question(office: Office) -> None:
    await begun(office)
    said = await office.says("officer", "/trogiup")
    assert "Trợ lý giúp đồng chí Mẫu" in said
    assert "Câu 3/3" in said


async def test_an_unfinished_sheet_is_spoken_of_once_and_never_thrown_away(office: Office) -> None:
    await begun(office)
    said = await office.says("officer", ":wait 10d", ":wait 20d")
    assert said.count("Phiếu đang soạn dở (01), vẫn được lưu") == 1
    with sqlite3.connect(office.app.db.path) as file:  # more than a year is much to play
        file.execute("UPDATE draft SET touched = replace(touched, '2027', '2025')")
    file.close()
    await office.says("officer", ":wait 2d")
    assert "Phiếu đã cất" in await office.says("officer", "việc")
    assert "Câu 3/3" in await office.says("officer", "/viec cu", "1")


async def test_files_are_collected_until_done_and_the_original_is_kept(office: Office, tmp_path: Path) -> None:
    document = tmp_path / "minh chung.pdf"
    document.write_bytes(b"%PDF-1.4 nguyen ban")
    await begun(office)
    said = await office.says("officer", "sửa tóm tắt", f":file {document}", f":file {document}", "xong")
    assert "Đã nhận 01 tệp" in said
    assert "Đã nhận 02 tệp" in said
    assert "Câu 3/3" in said
    await office.says("officer", "1", "gửi")
    kept = await office.value("SELECT COUNT(*) FROM file WHERE record = 'SK-2027-017'")
    assert kept == 2
    assert await office.rows("SELECT bytes FROM content") == [(document.read_bytes(),)], "the same bytes once"


async def test_one_message_fills_several_fields(office: Office) -> None:
    said = await office.says("officer", "dk sk: nhac doanh nghiep van tai hang tuan ve toc do")
    assert "Đã ghi câu 1" in said or "Câu 2/3" in said


@pytest.mark.parametrize(
    ("lines", "example"),
    [
        (["/dangky sk", "ngắn"], "Ví dụ:"),
        (["/dangky sk", TITLE, "3", "tôi 60"], "Ví dụ:"),
        (["/dangky sk", TITLE, "3", "1", "sửa áp dụng", "hôm nao"], "Ví dụ:"),
        (["/dangky sk", TITLE, "chín mươi"], "thuộc nội dung nào"),
    ],
)
async def test_every_refusal_has_an_example_and_repeats_the_question(
    office: Office, lines: list[str], example: str
) -> None:
    last = (await office.says("officer", *lines)).split("---\n")[-2]
    assert example in last
    assert " · Câu " in last


async def test_a_random_walker_is_never_stuck(office: Office) -> None:
    dice = random.Random(2027)
    words = [w for text in STEERING.values() for w in Words("vi").say(text).split("|")]
    commands = [
        f"/{command.name}" for command in gather(handlers.FEATURES).commands.values() if command.name != "rutdongy"
    ]
    for who in ("officer", "head", "office"):
        said = [
            dice.choice([*words, *commands, "1", "2", "3", "30,5", "17/18", "tên gì đó dài dài", "9/11"])
            for _ in range(80)
        ]
        heard = await office.says(who, *said)
        assert "chưa trả lời được" not in heard
        assert "Mời đồng chí" in await office.says(who, "/menu")
        assert await office.value("SELECT COUNT(*) FROM inbox WHERE state <> 'done'") == 0


async def test_reminders_only_in_office_hours_and_once_a_day(open_office: OpenOffice) -> None:
    office = await open_office()
    said = await office.says("head", ":clock 2027-11-30T16:00")
    assert said.count("---\n") == 7
    for row in await office.rows("SELECT shown FROM outbox WHERE kind <> 'answer' AND shown IS NOT NULL"):
        hour = (int(row[0][11:13]) + 7) % 24
        assert 8 <= hour < 11 or 14 <= hour <= 16, row
    twice = await office.value(
        "SELECT COUNT(*) FROM (SELECT 1 FROM outbox WHERE kind = 'daily' AND shown IS NOT NULL GROUP BY person, day HAVING COUNT(*) > 1)"
    )
    assert twice == 0


async def test_after_a_pause_one_merged_message_and_no_dead_days(open_office: OpenOffice) -> None:
    before = await open_office()
    path = before.app.db.path
    await before.app.stop()
    after = await open_office(at="2027-11-10T09:00", path=path)
    said = await after.says("head", ":wait 1m")
    assert said.count("---\n") == 1
    assert "quá hạn 01 ngày" in said
    assert not re.search(r"còn \d+ ngày", said, re.IGNORECASE)


async def test_whoever_has_sent_is_not_reminded(office: Office) -> None:
    assert "Nhắc" not in await office.says("Phùng Thị Điền Khuyết", "việc")
    await office.says("head", *REPORT)
    assert await office.says("head", ":clock 2027-11-30T16:00") == ""


async def test_an_open_form_is_not_interrupted(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-04T07:55")
    said = await office.says("head", "/baocao 2027", ":wait 10m")
    assert "Nhắc" not in said
    assert "Nhắc gửi báo cáo" in await office.says("head", ":wait 1h")


async def test_a_state_secret_is_not_kept(office: Office, tmp_path: Path) -> None:
    document = tmp_path / "Cong van MẬT so 12.pdf"
    document.write_bytes(b"bi mat")
    said = await office.says("officer", "/dangky sk", "Phương án TUYỆT MẬT về cầu", f":file {document}")
    assert said.count("Trợ lý không lưu") == 2
    assert await office.value("SELECT COUNT(*) FROM file") == 0
    assert await office.value("SELECT COUNT(*) FROM inbox WHERE body LIKE '%TUYỆT%'") == 0
    assert "Câu 2/3" in await office.says("officer", "Quản lý mật độ xây dựng trên bản đồ số")


async def test_old_encodings_are_refused_kindly(office: Office) -> None:
    said = await office.says("officer", "/dangky sk", "Sè ho¸ hå s¬ hoµn c«ng giai ®o¹n 2015")
    assert "bảng mã cũ" in said
    assert "Câu 1/3" in said


async def test_a_command_of_a_later_step_is_like_an_unknown_word(office: Office) -> None:
    for word in ("/soanthu", "/vanbanden", "/chamdiem"):
        assert "Trợ lý chưa hiểu câu này" in await office.says("office", word)


async def test_what_i_may_not_do_is_said_with_who_does(office: Office) -> None:
    for command in ("/tonghop", "/tiepnhan", "/xacnhan", "/moinguoi", "/congnhan"):
        said = await office.says("officer", command)
        assert "Việc này" in said, said


async def test_an_administrator_reads_no_contents(office: Office) -> None:
    admin = str(await office.value("SELECT name FROM person WHERE role = 'admin'"))
    for command in ("/tonghop 2026", "/cuatoi", "/xembaocao 2026 QLXD", "/tiendo"):
        said = await office.says(admin, command)
        assert "SK-20" not in said
        assert "%" not in said


@pytest.mark.parametrize(("name", "changes"), [("language", "Tasks of")])
async def test_a_setting_changes_what_is_seen(office: Office, name: str, changes: str) -> None:
    await office.app.db.write(lambda tx: tx.run("UPDATE person SET language = 'en' WHERE name = 'Nông Văn Mẫu'"))
    assert changes in await office.says("officer", "/viec")


@pytest.mark.parametrize(
    "line",
    [
        "dang ky sang kien Tra cuu ho so: bang ma QR",
        "Đăng ký sáng kiến:Tra cuu ho so: bang ma QR",
        "/dangky sk: Tra cuu ho so: bang ma QR",
        "đk giải pháp, Tra cuu ho so: bang ma QR",
    ],
)
async def test_the_kind_and_the_title_are_said_in_one_line(office: Office, line: str) -> None:
    assert "Đã ghi câu 1, tên: Tra cuu ho so: bang ma QR" in await office.says("officer", line)
    assert "Câu 1/3" in await office.says("Lục Thị Minh Họa", "dang ky sang kien")
