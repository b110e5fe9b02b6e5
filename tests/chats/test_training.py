"""Classes and skills: people of a class, what they feed, «tôi không dự», totals of a unit's own, files, cancelling."""

import json
from pathlib import Path

import pytest

from tests.conftest import Office, OpenOffice
from tests.transcribing import FOLDER, LOOKS, Conversation, transcribe

OFFICE, HEAD, AUTHOR, ELSEWHERE = "Lương Thị Nháp", "Hoàng Văn Thử", "Nông Văn Mẫu", "Triệu Văn Phỏng"
OTHER = "Lục Thị Minh Họa"
LISTED = "SELECT COUNT(*) FROM training_person WHERE ended IS NULL"
OPEN = ("/taphuan moi", "Kỹ năng số cơ bản", "Kỹ năng số cơ bản, đợt 1", "12/03/2027", "14/03/2027", "bỏ qua")


async def test_a_class_is_recorded_with_its_people_and_feeds_the_target(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-04-05T09:00")
    assert "Theo danh sách từng người" not in await office.says(OFFICE, "/tonghop 2027"), "nobody stands in a list"
    said = await office.says(OFFICE, *OPEN, f"{AUTHOR}, {ELSEWHERE}", "gửi")
    assert "Đã ghi lớp LH-2027-001, danh sách có 02 người" in said
    shown = await office.says(OFFICE, "lop tap huan", "/taphuan 1")
    assert "Kỹ năng số cơ bản, đợt 1" in shown and AUTHOR in shown and "12/03/2027 đến 14/03/2027" in shown
    told = await office.says(OFFICE, "/tonghop 2027")
    assert "6. Tập huấn kỹ năng số: 13/21" in told, "11/11 that three units have sent, 1/5 and 1/5 of the lists"
    assert "Theo danh sách từng người: 02 đơn vị" in told and "Theo số đơn vị báo: Thanh tra Sở" in told


async def test_who_attends_twice_counts_once_and_who_leaves_does_not_count(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-04-05T09:00")
    for _class in range(2):
        await office.says(OFFICE, *OPEN, f"{AUTHOR}, {ELSEWHERE}", "gửi")
    assert "số: 13/21" in await office.says(OFFICE, "/tonghop 2027")
    await office.app.db.write(lambda tx: tx.run("UPDATE person SET active = 0 WHERE name = :n", n=AUTHOR))
    assert "số: 12/16" in await office.says(OFFICE, "/tonghop 2027"), "and nobody else of the unit stands in a list"
    await office.says(OFFICE, "/taphuan 1 huy co", "/taphuan 2 huy co")
    assert "Theo danh sách từng người" not in await office.says(OFFICE, "/tonghop 2027")


async def test_of_a_year_long_over_todays_people_say_nothing(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-04-05T09:00")
    await office.says(OFFICE, *OPEN, f"{AUTHOR}, {ELSEWHERE}", "gửi")
    assert "Theo danh sách từng người: 02 đơn vị" in await office.says(OFFICE, "/tonghop 2027")
    await office.says(OFFICE, ":clock 2029-02-01T09:00")
    after = await office.says(OFFICE, "/tonghop 2027")
    assert "Theo danh sách từng người" not in after, "who was there at the cut-off is not known any more"


async def test_a_topic_that_no_target_counts_and_a_class_to_come_feed_nothing(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-04-05T09:00")
    await office.says(OFFICE, "/taphuan moi", "An toàn thông tin", "An toàn thông tin", "01/03/2027", "chỉ một ngày", "bỏ qua", AUTHOR, "gửi")  # fmt: skip
    await office.says(
        OFFICE, "/taphuan moi", "1", "Kỹ năng số, đợt 2", "01/06/2027", "chỉ một ngày", "bỏ qua", AUTHOR, "gửi"
    )
    assert await office.value(LISTED) == 2
    assert "Theo danh sách từng người" not in await office.says(OFFICE, "/tonghop 2027")


async def test_names_that_fit_two_are_asked_and_unknown_ones_said(office: Office) -> None:
    await office.app.db.write(
        lambda tx: tx.run(
            "INSERT INTO person (name, name_fold, unit, role) VALUES (:n, 'nong van mau', 'KTVL', 'officer')", n=AUTHOR
        )
    )
    said = await office.says(OFFICE, *OPEN, f"{AUTHOR}, Người Không Có, QLN")
    assert f"«{AUTHOR}» (có 02 người cùng tên)" in said and "«Người Không Có»" in said
    assert "danh sách có 04 người" in await office.says(OFFICE, "1", "gửi"), "the whole unit that was named"


async def test_a_head_keeps_the_own_units_classes_alone(office: Office) -> None:
    await office.says(OFFICE, *OPEN, f"{AUTHOR}, {ELSEWHERE}", "gửi")
    assert "Không có lớp" in await office.says(HEAD, "/taphuan LH-2027-001")
    said = await office.says(HEAD, *OPEN, ELSEWHERE)
    assert "chưa có trong danh sách nhân sự" in said, "nobody of another unit"
    assert "danh sách có 05 người" in await office.says(HEAD, "cả đơn vị", "gửi")
    assert await office.value("SELECT unit FROM training_class WHERE code = 'LH-2027-002'") == "QLXD"
    assert "Không có lớp" in await office.says(ELSEWHERE, "/taphuan LH-2027-002")
    await office.app.db.write(lambda tx: tx.run("UPDATE person SET role = 'officer' WHERE name = :n", n=HEAD))
    said = await office.says(HEAD, "/taphuan LH-2027-002 huy co")
    assert "Sửa lớp" not in said and await office.value("SELECT COUNT(*) FROM training_class WHERE cancelled > ''") == 0


async def test_a_head_sees_those_of_the_own_unit_alone(office: Office) -> None:
    await office.says(HEAD, *OPEN, "cả đơn vị", "gửi")
    await office.says(OFFICE, "/taphuan LH-2027-001 them", ELSEWHERE, "gửi")
    await office.says(ELSEWHERE, "/taphuan LH-2027-001", "tôi không dự", "1")
    assert "Đã báo không dự (01):" in await office.says(OFFICE, "/taphuan LH-2027-001")
    assert "Đã báo không dự" not in await office.says(HEAD, "/taphuan LH-2027-001")


async def test_a_list_that_is_too_long_is_said(office: Office) -> None:
    said = await office.says(OFFICE, *OPEN, ", ".join(f"Trần Văn A{n}" for n in range(301)))
    assert "nhiều nhất 300 tên; ở đây có 301" in said


async def test_whoever_attends_sees_it_and_can_say_that_they_do_not(office: Office) -> None:
    await office.says(OFFICE, *OPEN, f"{AUTHOR}, {ELSEWHERE}", "gửi")
    seen = await office.says(AUTHOR, "/taphuan 1")
    assert "Đồng chí có tên trong danh sách lớp này" in seen and ELSEWHERE not in seen
    said = await office.says(AUTHOR, "toi khong du", "1", "1")
    assert "Đã ghi nhận đồng chí không dự lớp LH-2027-001" in said
    assert await office.value(LISTED) == 1
    assert "Đã báo không dự (01):" in await office.says(OFFICE, "/taphuan 1")
    own = await office.says(AUTHOR, "/dulieucuatoi đủ")
    assert "Lớp tập huấn (kể cả lớp đã rút tên) (01): LH-2027-001" in own and "báo không dự lớp: 01" in own
    assert "chưa có tên trong danh sách lớp" in await office.says(AUTHOR, "/khongdu"), "a second time"


async def test_a_class_that_somebody_else_has_corrected_is_not_written_over(office: Office) -> None:
    await office.says(OFFICE, *OPEN, AUTHOR, "gửi", "/taphuan 1 sua")
    await office.app.db.write(lambda tx: tx.run("UPDATE training_class SET name = 'Tên khác'"))
    said = await office.says(OFFICE, "gửi")
    assert "vừa được sửa nên chưa ghi" in said and "Tên khác" in said
    assert "Đã sửa lớp" in await office.says(OFFICE, "/taphuan 1 sua", "sửa 2", "Kỹ năng số, đợt 1", "gửi")
    assert await office.value("SELECT name FROM training_class") == "Kỹ năng số, đợt 1"
    await office.says(OFFICE, "/taphuan 1 them")
    await office.app.db.write(lambda tx: tx.run("UPDATE training_class SET cancelled = at, cancelled_by = by"))
    assert "đã được hủy trước đó" in await office.says(OFFICE, ELSEWHERE, "gửi")
    assert await office.value(LISTED) == 1


async def test_wrong_days_are_said_with_what_to_do(office: Office) -> None:
    assert "phải từ ngày đó trở đi" in await office.says(OFFICE, *OPEN[:4], "01/03/2027")
    assert "Ví dụ: 14/05/2027" in await office.says(OFFICE, "hôm nào đó")


async def test_a_skill_is_marked_once_and_withdrawn(office: Office) -> None:
    said = await office.says(HEAD, "/thanhthao ghi", f"{AUTHOR}, {OTHER}", "Kiểm tra đợt 1/2027", "01/04/2027", "gửi")
    assert "Đã ghi nhận 02 người thành thạo" in said
    again = await office.says(OFFICE, "/thanhthao ghi", AUTHOR, "Kiểm tra đợt 2/2027", "02/04/2027", "gửi")
    assert "01 người đã được ghi nhận từ trước" in again
    listed = await office.says(OFFICE, "thanh thao")
    assert f"{AUTHOR} (Phòng Quản lý xây dựng): Kiểm tra đợt 1/2027, 01/04/2027" in listed
    assert "Ghi nhận thành thạo (kể cả đã rút) (01)" in await office.says(AUTHOR, "/dulieucuatoi đủ")
    assert "Chưa rõ" in await office.says(ELSEWHERE, "/thanhthao rut", AUTHOR, "thoát"), "nobody of another unit"
    assert "Đã rút ghi nhận 01 người" in await office.says(HEAD, "/thanhthao rut", AUTHOR, "gửi")
    assert "2. Sử dụng thành thạo" in await office.says(OFFICE, "/tonghop 2027")
    assert await office.value("SELECT COUNT(*) FROM skill WHERE ended IS NULL") == 1


async def test_somebody_with_two_posts_is_marked_once(office: Office) -> None:
    by_name = "(SELECT id FROM person WHERE name = :a)"
    human = f"UPDATE person SET human = {by_name} WHERE name IN (:a, :b)"
    await office.app.db.write(lambda tx: tx.run(human, a=AUTHOR, b=ELSEWHERE))
    await office.says(HEAD, "/thanhthao ghi", AUTHOR, "Kiểm tra đợt 1/2027", "01/04/2027", "gửi")
    again = await office.says(ELSEWHERE, "/thanhthao ghi", ELSEWHERE, "Kiểm tra đợt 1/2027", "01/04/2027", "gửi")
    assert "01 người đã được ghi nhận từ trước" in again
    assert await office.value("SELECT COUNT(*) FROM skill WHERE ended IS NULL") == 1


async def test_the_report_comes_filled_in_and_a_total_of_the_units_own_is_marked(office: Office) -> None:
    await office.says(OFFICE, *OPEN, f"{AUTHOR}, {OTHER}", "gửi")
    page = await office.says(HEAD, "/baocao")
    assert "2/5, 40% (theo danh sách từng người)" in page
    changed = await office.says(HEAD, "sửa 6", "4/5")
    assert "theo số đơn vị báo; danh sách từng người có 2/5" in changed


async def test_the_report_is_drafted_from_classes_with_their_source(office: Office) -> None:
    await office.says(OFFICE, *OPEN, f"{AUTHOR}, {OTHER}", "gửi")
    page = await office.says(
        HEAD, "/baocao 2027", "đúng số liệu", "5/5", "12/12", "30,5", "Lớp thứ hai mở vào tháng 11", "400/400"
    )
    assert "02 người của đơn vị dự lớp «Kỹ năng số cơ bản, đợt 1» (ngày 14/03/2027)" in page
    assert "nguồn: danh sách lớp LH-2027-001" in page


async def file_of(folder: Path, *lines: str) -> str:
    path = folder / "lop.csv"
    path.write_text("STT;Họ và tên;Đơn vị\n" + "\n".join(lines), encoding="utf-8")
    return f":file {path}"


async def button(office: Office, label: str) -> str:
    """What a button of the newest message says."""
    body = json.loads(str(await office.value("SELECT body FROM outbox ORDER BY id DESC LIMIT 1")))
    return next(str(says) for shown, says in body["buttons"] if shown == label)


async def test_a_file_is_read_shown_and_written_once(office: Office, tmp_path: Path) -> None:
    await office.says(OFFICE, *OPEN, ELSEWHERE, "gửi")
    path = await file_of(tmp_path, f"1;{AUTHOR};QLXD", f"2;{ELSEWHERE};QLN", "3;Người Không Có;QLXD")
    shown = await office.says(OFFICE, "/taphuan 1 tep", path, "xong")
    assert "Sẽ ghi vào danh sách (01):" in shown and "01 người đã có trong danh sách" in shown
    assert "Người Không Có (QLXD)" in shown and await office.value(LISTED) == 1, "nothing yet"
    writes = await button(office, "Ghi 01 người vào danh sách")
    assert "Đã ghi 01 người vào danh sách" in await office.says(OFFICE, writes)
    assert await office.value(LISTED) == 2
    assert "đã thay đổi sau tin trước nên chưa ghi" in await office.says(OFFICE, writes), "a second tap"
    assert await office.value(LISTED) == 2


async def test_a_school_keeps_its_own_topics(open_school: OpenOffice) -> None:
    school = await open_school()
    desk = str(await school.value("SELECT name FROM person WHERE role = 'office' LIMIT 1"))
    other = str(await school.value("SELECT name FROM person WHERE role = 'officer' LIMIT 1"))
    asked = await school.says(desk, "/taphuan moi")
    assert "[Xây dựng, khai thác học liệu số]" in asked and "Kỹ năng số cơ bản]" not in asked
    said = await school.says(desk, "1", "Học liệu số", "hôm nay", "chỉ một ngày", "bỏ qua", other, "gửi")
    assert "danh sách có 01 người" in said


AGREED: Conversation = [
    (
        OFFICE,
        [
            "tập huấn",
            *OPEN[:5],
            "Trung tâm Chuyển đổi số",
            f"{AUTHOR}, {ELSEWHERE}, Người Không Rõ",
            "1",
            "gửi",
            "/taphuan 1",
        ],
    ),
    (AUTHOR, ["tập huấn", "/taphuan 1", "tôi không dự", "1"]),
    (
        HEAD,
        [
            "/taphuan moi",
            "An toàn thông tin",
            "An toàn thông tin cho cán bộ",
            "20/09/2027",
            "chỉ một ngày",
            "bỏ qua",
            "1",
            "gửi",
        ],
    ),
    (
        OFFICE,
        [
            "/taphuan 1 them",
            OTHER,
            "gửi",
            "/taphuan 1",
            "/thanhthao ghi",
            OTHER,
            "Kiểm tra đợt 1/2027",
            "01/10/2027",
            "gửi",
            "thành thạo",
        ],
    ),
    (HEAD, ["/baocao", "thoát"]),
    (OFFICE, ["/taphuan 1 huy", "1", "/taphuan"]),
]


@pytest.mark.slow
@pytest.mark.parametrize("look", LOOKS)
async def test_the_conversation_is_as_it_was_agreed(office: Office, look: str, record: bool) -> None:
    await transcribe(office, AGREED, look, FOLDER / f"training.{look}.txt", record)
