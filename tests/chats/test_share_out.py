"""Sharing out a report: parts are given, written, flow into the sheet; taken back, doubled, overtaken, left behind."""

import pytest

from storage import people
from tests.conftest import Office, OpenOffice
from tests.sheets import CANDID_REPORT

COLLEAGUE, OTHER = "Lộc Văn Bản Mẫu", "Nông Văn Mẫu"
ROUND = CANDID_REPORT[:8]
"""The report's figures and its first page."""


async def given(office: Office, what: str = "II.4, II.5", to: str = COLLEAGUE) -> str:
    return await office.says("head", f"/chia {what} cho {to}", "gửi")


async def becomes(office: Office, what: str, name: str = COLLEAGUE) -> None:
    await office.app.db.write(lambda tx: tx.run(f"UPDATE person SET {what} WHERE name = :name", name=name))


async def test_what_a_colleague_writes_flows_into_the_heads_sheet(office: Office) -> None:
    assert "Đã chia cho Chuyên viên Lộc Văn Bản Mẫu" in await given(office)
    told = await office.says(COLLEAGUE, "/viec")
    assert "đề nghị đồng chí Mẫu soạn các mục sau của báo cáo năm 2027: II.4 Chuyển đổi xanh; II.5" in told
    assert "1. Soạn mục được giao của báo cáo năm 2027" in told
    page = await office.says("head", *ROUND[:7])
    assert "II.4 Chuyển đổi xanh: chưa có ghi nhận, hỏi ở câu sau (Chuyên viên Lộc Văn Bản Mẫu đang soạn)" in page
    said = await office.says(COLLEAGUE, "/phancuatoi", "không phát sinh", "Đã cử 02 người học lớp BIM", "gửi")
    assert "Nội dung đã vào phiếu báo cáo năm 2027." in said
    assert "Soạn mục" not in await office.says(COLLEAGUE, "/viec")
    sheet = await office.says("head", "xem phiếu", "tiếp", "tiếp")
    assert "II.5 Phát triển nguồn nhân lực: Đã cử 02 người học lớp BIM" in sheet
    assert "đã soạn xong lúc 08:30 ngày 18/10/2027, đã vào phiếu" in await office.says("head", "/chia")


async def test_only_the_parts_that_were_given_are_asked(office: Office) -> None:
    await given(office, "II.4")
    said = await office.says(COLLEAGUE, "/phancuatoi", "In hai mặt toàn bộ tài liệu", "xem phiếu")
    assert "1. II.4 Chuyển đổi xanh" in said
    assert "2. " not in said.split("đã có")[1]


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("II.4", {"II.4"}),
        ("ii.4 và II.5", {"II.4", "II.5"}),
        ("chuyen doi xanh", {"II.4"}),
        ("Đánh giá, kiến nghị", None),
        ("số liệu chỉ tiêu", {"targets"}),
    ],
)
async def test_parts_are_named_by_code_or_words(office: Office, said: str, parts: set[str] | None) -> None:
    out = await office.says("head", f"/chia {said} cho {COLLEAGUE}", "gửi")
    found = {row[0] for row in await office.rows("SELECT part FROM report_share")}
    assert found == (parts or set()), out


async def test_what_is_no_part_or_nobody_is_said_with_an_example(office: Office) -> None:
    assert "Báo cáo không có mục «mục chín». Đề nghị ghi ví dụ: II.1, II.4" in await office.says(
        "head", "/chia", "mục chín", "thoát"
    )
    said = await office.says("head", f"/chia II.99 cho {COLLEAGUE}")
    assert "Báo cáo không có mục «II.99»" in said
    said = await office.says("head", "thoát", "/chia II.4 cho Triệu Văn Phỏng")
    assert "không có ai tên «Triệu Văn Phỏng»" in said
    assert "Ai soạn các mục này?" in said, "nobody of what was begun before is meant"


async def test_the_figures_can_be_given_too(office: Office) -> None:
    await given(office, "số liệu chỉ tiêu")
    await office.says(COLLEAGUE, "/phancuatoi", "5/5", "12/12", "30,5", "5/5", "390/400", "gửi")
    sheet = await office.says("head", "/baocao 2027", "xem phiếu", "tiếp", "tiếp")
    assert "Giấy sử dụng: 30,5 ram" in sheet
    assert "390/400, 97,5%" in sheet


async def test_the_report_waits_for_what_is_being_written(office: Office) -> None:
    await given(office, "II.5")
    waits = "Chờ Chuyên viên Lộc Văn Bản Mẫu"
    lines = ["In hai mặt toàn bộ tài liệu nội bộ" if n == 10 else line for n, line in enumerate(CANDID_REPORT)]
    lines[11] = waits
    said = await office.says("head", *lines)
    assert "Báo cáo chưa gửi vì còn mục đang được soạn:" in said
    assert await office.value("SELECT COUNT(*) FROM result WHERE year = 2027 AND unit = 'QLXD'") == 0
    await office.says(COLLEAGUE, "/phancuatoi", "Đã cử 02 người học lớp BIM", "gửi")
    assert "Đã gửi báo cáo năm 2027" in await office.says("head", "/baocao 2027", "gửi")
    told = await office.rows("SELECT news FROM outbox WHERE news IN ('report_sent', 'report_part_written')")
    assert ("report_sent",) in told


async def test_a_part_taken_back_is_asked_of_the_head_again(office: Office) -> None:
    await given(office, "II.5")
    id = await office.value("SELECT id FROM report_share")
    await office.says(COLLEAGUE, "/phancuatoi")
    await office.says("head", *ROUND, "Đã phổ biến", "không có", "không phát sinh", "Chờ Chuyên viên Lộc Văn Bản Mẫu")
    assert "Đã rút mục «II.5 Phát triển nguồn nhân lực» về" in await office.says("head", f"/chia rut {id}")
    refused = await office.says(COLLEAGUE, "Đã cử 02 người học lớp BIM")
    assert "người đang được giao soạn mục của báo cáo" in refused
    assert await office.value("SELECT COUNT(*) FROM answer WHERE value LIKE '%lớp BIM%'") == 0
    assert "II.5 Phát triển nguồn nhân lực: chưa trả lời" in await office.says(
        "head", "/baocao 2027", "xem phiếu", "tiếp", "tiếp"
    )
    assert "không còn soạn mục này" in await office.says("head", f"/chia rut {id}")


async def test_of_two_who_write_one_part_the_head_chooses(office: Office) -> None:
    await given(office, "II.4")
    await office.says("head", *ROUND, "Đã phổ biến", "không có", "In hai mặt toàn bộ tài liệu")
    said = await office.says(COLLEAGUE, "/phancuatoi", "Điện năng giảm 8% so với cùng kỳ", "gửi")
    assert "Phiếu báo cáo đang có nội dung khác ở: II.4 Chuyển đổi xanh." in said
    assert "In hai mặt toàn bộ tài liệu" in await office.says("head", "xem phiếu", "tiếp", "tiếp")
    assert "phiếu đang có nội dung khác" in await office.says("head", "/chia")
    id = await office.value("SELECT id FROM report_share")
    assert "Phiếu đã dùng nội dung do Chuyên viên Lộc Văn Bản Mẫu soạn" in await office.says("head", f"/chia dung {id}")
    assert "Điện năng giảm 8% so với cùng kỳ" in await office.says("head", "/baocao 2027", "xem phiếu", "tiếp", "tiếp")


async def test_what_a_colleague_wrote_is_not_replaced_unasked(office: Office) -> None:
    await given(office, "II.4")
    await office.says("head", *ROUND, "Đã phổ biến", "không có")  # II.4 is asked now
    await office.says(COLLEAGUE, "/phancuatoi", "Điện năng giảm 8% so với cùng kỳ", "gửi")
    said = await office.says("head", "In hai mặt toàn bộ tài liệu")
    assert "Mục này do Chuyên viên Lộc Văn Bản Mẫu soạn xong. Thay bằng nội dung vừa ghi?" in said
    assert await office.value("SELECT COUNT(*) FROM answer WHERE value LIKE '%In hai mặt%'") == 0


async def test_whoever_moves_loses_the_part(office: Office) -> None:
    await given(office, "II.4")
    await office.says(COLLEAGUE, "/phancuatoi")
    await becomes(office, "unit = 'QLN'")
    said = await office.says(COLLEAGUE, "Điện năng giảm 8% so với cùng kỳ")
    assert "Đồng chí đã chuyển đơn vị nên phiếu được đóng lại" in said
    assert await office.value("SELECT COUNT(*) FROM answer WHERE value LIKE '%8%'") == 0
    assert "Soạn mục" not in await office.says(COLLEAGUE, "/viec")
    assert "Chia những mục nào" in await office.says("head", "/chia"), "nothing is given any more"


async def test_whoever_does_not_write_any_more_loses_the_part(office: Office) -> None:
    await given(office, "II.4")
    await becomes(office, "role = 'leader'")
    assert "II.4 Chuyển đổi xanh: chưa có ghi nhận, hỏi ở câu sau\n" in await office.says("head", *ROUND[:7])
    assert "giao cho đồng chí" not in await office.says(COLLEAGUE, "/phancuatoi")


async def test_what_hangs_on_a_post_names_its_parts(office: Office) -> None:
    await given(office, "II.4")
    said = await office.says("office", f"/nhansu {COLLEAGUE} nghỉ", "Không chỉ định, thủ trưởng đơn vị nhận")
    assert "mục «II.4 Chuyển đổi xanh» của báo cáo năm 2027: trở về với Trưởng phòng Hoàng Văn Thử" in said


async def test_a_part_that_somebody_has_is_not_given_twice(office: Office) -> None:
    await office.says("head", f"/chia II.4 cho {COLLEAGUE}")
    deputy = "Nông Thị Phác Thảo"
    await office.says(deputy, f"/chia II.4 cho {OTHER}", "gửi")
    said = await office.says("head", "gửi")
    assert f"Mục «II.4 Chuyển đổi xanh» đang do Chuyên viên {OTHER} soạn." in said
    assert await office.rows("SELECT person.name FROM report_share JOIN person ON person.id = person") == [(OTHER,)]


async def test_after_the_report_was_sent_nothing_is_written_any_more(office: Office) -> None:
    await given(office, "II.5")
    await office.says(COLLEAGUE, "/phancuatoi")
    said = await office.says("head", *CANDID_REPORT)
    assert "Đã gửi báo cáo năm 2027" in said, "the head has written the part alone"
    told = await office.says(COLLEAGUE, "Đã cử 02 người học lớp BIM")
    assert "người đang được giao soạn mục của báo cáo" in told
    assert await office.value("SELECT state FROM report_share") == "over"
    assert "đã gửi lúc" in await office.says("head", "/chia II.4 cho Lộc Văn Bản Mẫu")
    assert await office.value("SELECT COUNT(*) FROM outbox WHERE news = 'report_part_back'") == 1


async def test_only_whoever_heads_the_unit_shares_out(office: Office) -> None:
    for who in (COLLEAGUE, "office", "Đinh Văn Cao Kỳ"):
        await office.says(who, f"/chia II.4 cho {OTHER}", "gửi")
    assert await office.value("SELECT COUNT(*) FROM report_share WHERE unit = 'QLXD'") == 0


async def test_a_school_shares_out_in_its_own_words(open_school: OpenOffice) -> None:
    school = await open_school()
    unit = await school.value("SELECT unit FROM person WHERE role = 'head' ORDER BY id LIMIT 1")
    reader = await school.app.db.reader()
    members = await reader.all(people.OF_UNIT, unit=unit)
    head = next(each for each in members if each.role == "head")
    other = next(each for each in members if each.role == "officer")
    said = await school.says(head.name, f"/chia II.1 cho {other.name}", "gửi")
    assert "đơn vị" not in said.lower()
    assert "phòng" not in said.lower()


async def test_the_office_files_a_report_from_paper_without_waiting_for_parts(office: Office) -> None:
    await given(office, "II.4")
    paper = ("văn bản", "Công văn 12/QLXD", "15/10/2027", "không có tệp")
    said = await office.says("office", "/nhapthay QLXD baocao 2027", *paper, *ROUND[1:7])
    assert "II.4 Chuyển đổi xanh: chưa có ghi nhận, hỏi ở câu sau" in said
    assert "đang soạn)" not in said
    assert "Chờ Chuyên viên" not in await office.says("office", "đồng ý dự thảo", "Đã phổ biến", "không có")
