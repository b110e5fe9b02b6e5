"""Notes all year: whose they are, what becomes of an album, an edit, a second tap, and of whoever moves or withdraws."""

from typing import Any

import pytest

from bot.movement import Plan
from bot.office.notes.note_areas import likely
from storage import chats, people
from tests.conftest import PLAN_TEXT, Office, OpenOffice
from tests.fakes.telegram import FakeTelegram
from tests.phones import Phones

PLAN = Plan.parse(PLAN_TEXT)
WORDS = "Đã dán mã QR tra cứu hồ sơ ở bộ phận một cửa"
OFFICER, COLLEAGUE = "Nông Văn Mẫu", "Lộc Văn Bản Mẫu"


async def written(office: Office, words: str = WORDS) -> int:
    """A note of the officer; its number."""
    await office.says("officer", f"/ghi {words}")
    return int(str(await office.value("SELECT MAX(id) FROM note")))


async def becomes(office: Office, what: str, name: str = OFFICER) -> None:
    await office.app.db.write(lambda tx: tx.run(f"UPDATE person SET {what} WHERE name = :name", name=name))


@pytest.mark.parametrize(
    ("said", "area"),
    [
        ("Đã trồng 30 cây xanh ở trụ sở", "II.4"),
        ("da tiet kiem dien, nuoc o hanh lang", "II.4"),
        ("Số hóa 400 hồ sơ lưu trữ", "II.3"),
        ("Thử mô hình thông tin công trình (BIM) ở hai dự án", "II.2"),
        ("Tổ chức lớp tập huấn cho cán bộ", "II.5"),
    ],
)
def test_the_likely_area_comes_first(said: str, area: str) -> None:
    found = [each.code for each in likely(PLAN, said)]
    assert found[0] == area
    assert sorted(found) == sorted(each.code for each in PLAN.areas)


async def test_a_note_is_its_writers_alone_until_it_is_put_into_the_report(office: Office) -> None:
    id = await written(office)
    for who in ("head", "office", COLLEAGUE, "Hà Văn Thí Dụ"):
        assert f"không có ghi chép GN-{id}" in await office.says(who, f"/ghi xem {id}")
        assert WORDS not in await office.says(who, "/ghi donvi", "/ghi xem", f"/tep GN-{id}")
    assert WORDS not in await office.says("head", "/baocao 2027", "xem phiếu", "tiếp", "tiếp")
    await office.says("officer", f"/ghi dua {id} II.3")
    assert WORDS in await office.says("head", f"/ghi xem {id}")
    report = await office.says("head", "xem phiếu", "tiếp", "tiếp")
    assert f"{WORDS}." in report
    for who in ("office", COLLEAGUE, "Triệu Văn Phỏng"):
        assert f"không có ghi chép GN-{id}" in await office.says(who, f"/ghi xem {id}")


async def test_what_looks_like_a_button_and_is_a_sentence_is_a_note(office: Office) -> None:
    for said in ("Sửa 12 hồ sơ cấp phép trong ngày", "xem lại quy trình một cửa", "Xóa 3 bước trung gian"):
        assert f"«{said}»" in await office.says("officer", f"/ghi {said}")
    assert await office.value("SELECT COUNT(*) FROM note") == 3


async def test_a_second_tap_makes_no_second_note(office: Office) -> None:
    await office.says("officer", WORDS)
    offered = str(await office.value("SELECT MAX(id) FROM inbox"))
    assert "Đã ghi GN-1" in await office.says("officer", f"/ghi nhanh {offered}")
    assert "Nội dung này đã được ghi." in await office.says("officer", f"/ghi nhanh {offered}")
    assert await office.value("SELECT COUNT(*) FROM note") == 1


async def test_what_somebody_else_has_said_makes_no_note(office: Office) -> None:
    await office.says("officer", WORDS)
    offered = str(await office.value("SELECT MAX(id) FROM inbox"))
    assert "không còn được lưu" in await office.says("head", f"/ghi nhanh {offered}")
    assert await office.value("SELECT COUNT(*) FROM note") == 0


@pytest.mark.parametrize("said", ["vâng ạ", "cảm ơn", "abc", "không hiểu", "/abc xyz"])
async def test_courtesies_and_scraps_are_not_offered_as_notes(office: Office, said: str) -> None:
    assert "Ghi nhanh" not in await office.says("officer", said)


async def test_nothing_is_offered_while_a_form_is_open(office: Office) -> None:
    said = await office.says("officer", "/nghiphep", WORDS)
    assert "Ghi nhanh" not in said


async def test_an_edit_changes_the_note_until_it_stands_in_the_report(office: Office) -> None:
    talk = await office.chat("officer")
    await talk.says(f"/ghi {WORDS}", ":edit /ghi Đã dán 12 mã QR")
    assert "Đã sửa GN-1 theo tin nhắn" in talk.out.getvalue()
    assert await office.value("SELECT text FROM note") == "Đã dán 12 mã QR"
    await office.says("officer", "/ghi dua 1 II.3")
    await talk.says(":edit /ghi Đã dán 99 mã QR")
    assert "việc sửa tin nhắn không thay đổi ghi chép" in talk.out.getvalue()
    assert await office.value("SELECT text FROM note") == "Đã dán 12 mã QR"


async def test_a_note_with_the_mark_of_a_secret_is_not_kept(office: Office) -> None:
    said = await office.says("officer", "/ghi TỐI MẬT: danh mục công trình quốc phòng")
    assert "bí mật nhà nước" in said
    assert await office.value("SELECT COUNT(*) FROM note") == 0


async def test_a_hundred_thousand_letters_are_refused_in_one_sentence(office: Office) -> None:
    said = await office.says("officer", "/ghi " + "chữ " * 25_000)
    assert "ký tự" in said
    assert await office.value("SELECT COUNT(*) FROM note") == 0


async def test_whoever_moves_takes_what_is_their_own_along_and_leaves_what_is_the_units(office: Office) -> None:
    own, taken = await written(office), await written(office, "Đã thay 12 bóng đèn tiết kiệm điện")
    await office.says("officer", f"/ghi dua {taken} II.4")
    await becomes(office, "unit = 'QLN'")
    said = await office.says("officer", f"/ghi dua {own} II.3")
    assert "được ghi khi đồng chí ở Phòng Quản lý xây dựng" in said
    assert f"GN-{taken} đã đưa vào báo cáo của Phòng Quản lý xây dựng" in await office.says(
        "officer", f"/ghi rut {taken}"
    )
    assert "chưa sửa, xóa được" in await office.says("officer", f"/ghi sua {taken}")
    report = await office.says("head", "/baocao 2027", "xem phiếu", "tiếp", "tiếp")
    assert "Đã thay 12 bóng đèn tiết kiệm điện." in report
    assert WORDS not in report


async def test_who_is_not_of_the_office_any_more_notes_nothing(office: Office) -> None:
    id = await written(office)
    talk = await office.chat("officer")
    await becomes(office, "active = 0")
    await talk.says(f"/ghi dua {id} II.3", "/ghi thêm một câu nữa ở đây")
    assert await office.rows("SELECT state, COUNT(*) FROM note") == [("own", 1)]


async def test_what_hangs_on_a_post_names_its_notes(office: Office) -> None:
    await written(office)
    taken = await written(office, "Đã thay 12 bóng đèn tiết kiệm điện")
    await office.says("officer", f"/ghi dua {taken} II.4")
    said = await office.says("office", f"/nhansu {OFFICER} nghỉ", "Không chỉ định, thủ trưởng đơn vị nhận")
    assert "01 ghi chép đã đưa vào báo cáo: ở lại với đơn vị" in said
    assert "01 ghi chép riêng: không chuyển cho ai" in said


async def test_whoever_withdraws_leaves_no_note_of_their_own(office: Office) -> None:
    await written(office)
    taken = await written(office, "Đã thay 12 bóng đèn tiết kiệm điện")
    await office.says("officer", f"/ghi dua {taken} II.4")
    assert "Ghi chép đã viết (02): GN-1, GN-2" in await office.says("officer", "/dulieucuatoi đủ")
    await office.says("officer", "/rutdongy", "/rutdongy co")
    assert await office.rows("SELECT id, state FROM note") == [(taken, "taken")]


async def test_after_the_report_was_sent_notes_do_not_change_it(open_office: OpenOffice) -> None:
    office = await open_office()
    id = await written(office)
    await office.app.db.write(
        lambda tx: tx.run(
            """
            INSERT INTO report_version (code, version, unit, year, by, at, plan_hash, state)
            SELECT 'BC-2027-QLXD', 1, 'QLXD', 2027, id, '2027-10-18T02:00:00.000000Z', 'x', 'counted'
              FROM person WHERE name = 'Hoàng Văn Thử'
            """
        )
    )
    said = await office.says("officer", f"/ghi dua {id} II.3")
    assert "đã gửi lúc 09:00 ngày 18/10/2027 nên ghi chép không thay đổi báo cáo được nữa" in said
    assert await office.value("SELECT state FROM note") == "own"


async def test_a_deleted_number_is_not_given_again_and_a_sheet_of_it_ends(office: Office) -> None:
    id = await written(office)
    await office.says("officer", f"/ghi sua {id}")
    await office.says("officer", f"/ghi xoa {id} v1 co")
    said = await office.says("officer", "/viec", "gửi")
    assert "GN-1" not in said
    assert await written(office) == id + 1


async def test_deleting_asks_again_when_the_note_has_changed(office: Office) -> None:
    id = await written(office)
    await office.says("officer", f"/ghi linhvuc {id} II.4")
    said = await office.says("officer", f"/ghi xoa {id} v1 co")
    assert f"GN-{id} vừa được sửa." in said
    assert await office.value("SELECT COUNT(*) FROM note") == 1


async def test_a_sheet_of_a_note_keeps_nothing_of_it(office: Office) -> None:
    await office.says("officer", "/ghi", WORDS)
    assert await office.value("SELECT text FROM note") == WORDS
    assert await office.value("SELECT COUNT(*) FROM answer WHERE value LIKE '%mã QR%'") == 0


async def test_a_union_keeps_its_notes_to_itself(office: Office) -> None:
    def join(tx: Any) -> None:
        people.add_unit(tx, code="DTN", name="Đoàn Thanh niên", kind="doan_the")
        id = people.add_person(
            tx,
            name="Chu Thị Đoàn Viên",
            name_fold="chu thi doan vien",
            position="Bí thư",
            kind="cong_chuc",
            unit="DTN",
            role="union",
        )
        place = chats.at(tx, channel="local", address=f"person:{id}", look="web")
        chats.link(tx, chat=place.id, person=id)

    await office.app.db.write(join)
    said = await office.says("Chu Thị Đoàn Viên", f"/ghi {WORDS}", "/ghi dua 1 II.3")
    assert "Đoàn Thanh niên không gửi báo cáo năm" in said


async def test_a_school_has_notes_in_its_own_words(open_school: OpenOffice) -> None:
    school = await open_school()
    said = await school.says("officer", "/ghi Mỗi lớp một góc xanh, phân loại rác", "/ghi dua 1 II.4")
    assert "II.4 Trường học xanh, hạnh phúc" in said
    assert "phòng" not in said.lower()


# Pictures ------------------------------------------------------------------------------------


async def test_an_album_that_comes_unasked_is_one_note(phones: Phones, server: FakeTelegram) -> None:
    chat = await phones.chat("officer")
    server.sends_album(chat, 3, "Trồng cây ở trụ sở")
    await phones.settled()
    assert "Đã nhận 03 tệp" in await phones.says("officer", ":wait 1m")
    said = await phones.says("officer", ":tap Ghi nhanh")
    assert "«Trồng cây ở trụ sở»" in said
    assert "Kèm 03 tệp" in said
    rows = await phones.app.db.write(lambda tx: tx.value("SELECT COUNT(*) FROM file WHERE record = 'GN-1'"))
    assert rows == 3


async def test_an_album_with_the_command_as_its_caption_is_one_note(phones: Phones, server: FakeTelegram) -> None:
    chat = await phones.chat("officer")
    server.sends_album(chat, 3, "/ghi Trồng cây ở trụ sở")
    await phones.settled()
    assert "GN-1 hiện có 03 tệp" in await phones.says("officer", ":wait 1m")
    assert "📎 Tệp" in await phones.says("officer", "/ghi xem 1")


async def test_a_picture_that_nobody_wants_is_gone_within_two_days(phones: Phones, server: FakeTelegram) -> None:
    chat = await phones.chat("officer")
    server.sends_album(chat, 1)
    await phones.settled()
    await phones.says("officer", ":wait 1m")
    assert await phones.app.db.write(lambda tx: tx.value("SELECT COUNT(*) FROM file WHERE offered IS NOT NULL")) == 1
    await phones.says("officer", ":wait 2h", ":wait 1d", ":wait 1d", ":wait 1d")
    assert await phones.app.db.write(lambda tx: tx.value("SELECT COUNT(*) FROM file WHERE offered IS NOT NULL")) == 0
