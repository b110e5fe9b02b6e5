"""Members of a union: entered by name, in a list, from a file; they leave; announcements of the union go to them alone."""

import json
from pathlib import Path

import pytest

from tests.chats.test_unions import SECRETARY, with_union
from tests.conftest import Office, OpenOffice
from tests.transcribing import FOLDER, LOOKS, Conversation, transcribe

pytestmark = pytest.mark.slow

AUTHOR, HEAD, ELSEWHERE = "Nông Văn Mẫu", "Hoàng Văn Thử", "Triệu Văn Phỏng"
COUNT = "SELECT COUNT(*) FROM union_member WHERE ended IS NULL"
TEXT = "Chi đoàn sinh hoạt chuyên đề chuyển đổi số lúc 16 giờ thứ Sáu."


async def test_members_are_entered_by_name_in_any_writing(office: Office) -> None:
    await with_union(office)
    said = await office.says(SECRETARY, "đoàn viên", "thêm đoàn viên", f"1. {AUTHOR}\n2) {ELSEWHERE}", "gửi")
    assert "✅ Đã thêm 02 đoàn viên; danh sách có 02 người" in said
    listed = await office.says(SECRETARY, "/doanvien")
    assert "Đoàn viên của Đoàn Thanh niên (02)" in listed and AUTHOR in listed
    again = await office.says(SECRETARY, f"/doanvien thêm {AUTHOR}; Lục Thị Minh Họa")
    assert "01 người đã có trong danh sách" in again
    assert "Đã thêm 01 đoàn viên; danh sách có 03 người" in await office.says(SECRETARY, "gửi")


async def test_a_name_that_is_not_sure_is_asked_and_the_others_are_not_lost(office: Office) -> None:
    await with_union(office)
    await office.app.db.write(
        lambda tx: tx.run(
            "INSERT INTO person (name, name_fold, unit, role) VALUES (:name, 'nong van mau', 'KTVL', 'officer')",
            name=AUTHOR,
        )
    )
    said = await office.says(SECRETARY, "/doanvien them", f"{AUTHOR}, {ELSEWHERE}, Người Không Có")
    assert f"Chưa rõ (02): «{AUTHOR}» (có 02 người cùng tên); «Người Không Có»" in said
    assert "[Ghi 01 người đã rõ]" in said
    said = await office.says(SECRETARY, "quay lại", f"{AUTHOR} - QLXD, {ELSEWHERE}", "gửi")
    assert "Đã thêm 02 đoàn viên" in said
    units = {
        str(row[0])
        for row in await office.rows("SELECT person.unit FROM union_member JOIN person ON person.id = person")
    }
    assert "KTVL" not in units
    assert "Đề nghị ghi họ tên" in await office.says(SECRETARY, "/doanvien them", ", ;", "thoát")


async def test_whoever_leaves_stays_known_and_hears_nothing_more(office: Office) -> None:
    await with_union(office)
    await office.says(SECRETARY, f"/doanvien them {AUTHOR}, {ELSEWHERE}", "gửi")
    assert "Đã đưa 01 đoàn viên ra khỏi danh sách; danh sách còn 01 người" in await office.says(
        SECRETARY, f"/doanvien thôi {AUTHOR}", "gửi"
    )
    assert await office.value(COUNT) == 1
    assert await office.value("SELECT COUNT(*) FROM union_member") == 2, "that somebody was a member stays"
    assert "Đoàn viên của" in await office.says(AUTHOR, "/dulieucuatoi đủ"), "whoever is named sees it"
    assert "Chưa rõ" in await office.says(SECRETARY, "/doanvien thoi", "Người Không Có")


async def test_an_announcement_of_a_union_goes_to_its_members_alone(office: Office) -> None:
    await with_union(office)
    assert "chưa gửi" in await office.says(SECRETARY, "/thongbao", TEXT, "bỏ qua", "1", "gửi")
    assert await office.value("SELECT COUNT(*) FROM announcement") == 0, "nobody is a member"
    await office.says(SECRETARY, f"/doanvien them {AUTHOR}, {ELSEWHERE}", "gửi")
    said = await office.says(SECRETARY, "/thongbao moi", "gửi")
    assert "Đang gửi thông báo 1 đến 02 người" in said
    heard = await office.says(AUTHOR, ":wait 20m", "đã nhận")
    assert f"Thông báo của Bí thư {SECRETARY}, Đoàn Thanh niên" in heard and TEXT in heard
    assert TEXT not in await office.says(HEAD, ":wait 1m")
    stands = await office.says(SECRETARY, "/thongbao 1")
    assert "01/02 người báo đã nhận" in stands and "Gửi tới: đoàn viên của tổ chức" in stands
    for who in ("office", "Hà Văn Thí Dụ"):
        assert "Không có thông báo 1" in await office.says(who, "/thongbao 1"), "the union's own"


async def test_the_list_is_the_unions_own(office: Office) -> None:
    await with_union(office)
    await office.says(SECRETARY, f"/doanvien them {AUTHOR}", "gửi")
    for who in (HEAD, "office", AUTHOR):
        said = await office.says(who, "/doanvien")
        assert "người đứng đầu tổ chức đoàn thể" in said and AUTHOR not in said.replace(f"đồng chí {AUTHOR}", "")
    assert await office.value(COUNT) == 1


async def test_whoever_is_no_secretary_any_more_enters_nobody(office: Office) -> None:
    await with_union(office)
    await office.says(SECRETARY, "/doanvien them", AUTHOR)
    await office.app.db.write(lambda tx: tx.run("UPDATE person SET role = 'officer' WHERE unit = 'DTN'"))
    assert "người đứng đầu tổ chức đoàn thể" in await office.says(SECRETARY, "gửi")
    assert await office.value(COUNT) == 0


async def file_of(office: Office, folder: Path, *lines: str) -> str:
    path = folder / "doan-vien.csv"
    path.write_text("STT;Họ và tên;Đơn vị\n" + "\n".join(lines), encoding="utf-8")
    return f":file {path}"


async def button(office: Office, label: str) -> str:
    """What a button of the newest message says."""
    body = json.loads(str(await office.value("SELECT body FROM outbox ORDER BY id DESC LIMIT 1")))
    return next(str(says) for shown, says in body["buttons"] if shown == label)


async def test_a_file_is_read_shown_and_written_once(office: Office, tmp_path: Path) -> None:
    await with_union(office)
    await office.says(SECRETARY, f"/doanvien them {ELSEWHERE}", "gửi")
    path = await file_of(office, tmp_path, f"1;{AUTHOR};QLXD", f"2;{ELSEWHERE};QLN", "3;Người Không Có;QLXD")
    shown = await office.says(SECRETARY, "/doanvien tep", path, "xong")
    writes = await button(office, "Thêm 01 đoàn viên vào danh sách")
    assert "Sẽ thêm (01):" in shown and "01 người đã có trong danh sách" in shown
    assert "Chưa tìm thấy trong danh sách nhân sự nên chưa thêm (01):\n- Người Không Có (QLXD)" in shown
    assert await office.value(COUNT) == 1, "nothing yet"
    assert "✅ Đã thêm 01 đoàn viên vào danh sách" in await office.says(SECRETARY, writes)
    assert await office.value(COUNT) == 2


async def test_what_changed_between_preview_and_yes_is_shown_anew(office: Office, tmp_path: Path) -> None:
    await with_union(office)
    path = await file_of(office, tmp_path, f"1;{AUTHOR};QLXD", f"2;{ELSEWHERE};QLN")
    await office.says(SECRETARY, "/doanvien tep", path, "xong")
    writes = await button(office, "Thêm 02 đoàn viên vào danh sách")
    await office.app.db.write(lambda tx: tx.run("UPDATE person SET active = 0 WHERE name = :name", name=ELSEWHERE))
    said = await office.says(SECRETARY, writes)
    assert "đã thay đổi sau tin trước nên chưa ghi" in said and "Sẽ thêm (01)" in said
    assert await office.value(COUNT) == 0


async def test_a_schools_union_keeps_its_members(open_school: OpenOffice) -> None:
    school = await open_school()
    head = str(await school.value("SELECT name FROM person WHERE role = 'union' LIMIT 1"))
    other = str(await school.value("SELECT name FROM person WHERE role = 'officer' LIMIT 1"))
    assert "Đã thêm 01 đoàn viên" in await school.says(head, f"/doanvien them {other}", "gửi")


AGREED: Conversation = [
    (
        SECRETARY,
        [
            "đoàn viên",
            "/doanvien them",
            "Nông Văn Mẫu, Triệu Văn Phỏng, Nguyễn Văn Không Rõ",
            "1",
            "gửi",
            "doan vien",
            "/thongbao Chi đoàn sinh hoạt chuyên đề chuyển đổi số lúc 16 giờ thứ Sáu tại phòng họp tầng 3.",
            "không",
            "gửi ngay",
            "gửi",
        ],
    ),
    (AUTHOR, [":wait 20m", "đã nhận thông tin"]),
    (SECRETARY, ["/thongbao 1", "/doanvien thôi Triệu Văn Phỏng", "gửi", "/doanvien"]),
]


@pytest.mark.parametrize("look", LOOKS)
async def test_the_conversation_is_as_it_was_agreed(office: Office, look: str, record: bool) -> None:
    await with_union(office)
    await transcribe(office, AGREED, look, FOLDER / f"union_members.{look}.txt", record)
