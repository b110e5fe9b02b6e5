"""Difficulties: raised by way of the head or past the head, answered, referred, solved or not, told in reports."""

import pytest

from tests.chats.test_outages import move, said_to
from tests.conftest import Office, OpenOffice

OFFICE, CHIEF, HEAD, AUTHOR = "Lương Thị Nháp", "Hà Văn Thí Dụ", "Hoàng Văn Thử", "Nông Văn Mẫu"
LEADER, ELSEWHERE, DEPUTY = "Đinh Văn Cao Kỳ", "Triệu Văn Phỏng", "Nông Thị Phác Thảo"
TEXT = "Chưa có bản quyền phần mềm dựng mô hình; kiến nghị trang bị 02 bản quyền"
BY_HEAD = ("/vuongmac", TEXT, "2", "1", "gửi")
STRAIGHT = ("/vuongmac", TEXT, "2", "2", "gửi")
STATE = "SELECT state FROM difficulty ORDER BY id DESC LIMIT 1"
OPINION = (
    "/vuongmac 001 ykien",
    "Phó Giám đốc Sở Tô Thị Thượng Lệ",
    "02/03/2027",
    "12/TB-SXD",
    "Đồng ý mua 02 bản quyền trong quý I",
)
TASK = ("Phòng Kế hoạch - Tài chính", "Mua 02 bản quyền phần mềm", "31/03/2027", "gửi")
IN_CHARGE = "Triệu Thị Tạm Tính"


async def test_by_way_of_the_head_who_answers_and_whoever_raised_it_says_solved(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    sent = await office.says(AUTHOR, *BY_HEAD)
    assert "Người xem được: đồng chí, Trưởng phòng Hoàng Văn Thử; khi được chuyển tiếp thì có thêm Văn phòng Sở" in sent
    assert "VM-2027-001" in sent and "Trưởng phòng Hoàng Văn Thử trả lời đến hết ngày 08/03/2027" in sent
    heard = await office.says(HEAD, ":wait 20m", "việc")
    assert "Có vướng mắc chờ đồng chí trả lời" in heard and "1. Vướng mắc VM-2027-001" in heard
    await office.says(HEAD, "/vuongmac 1 traloi", "Phòng bố trí máy dùng chung từ tuần sau", "gửi")
    heard = await office.says(AUTHOR, ":wait 20m")
    assert "Phòng bố trí máy dùng chung" in heard and "đã giải quyết được vướng mắc chưa?" in heard
    assert "Hiện nay: đã giải quyết ngày 03/03/2027" in await office.says(AUTHOR, "/vuongmac 1 xong")
    assert await office.value(STATE) == "solved"
    assert "trả lời đã được giải quyết" in await office.says(HEAD, ":wait 20m")
    assert "Không có vướng mắc" in await office.says(OFFICE, "/vuongmac 1"), "it never came to the office"


async def test_the_text_may_come_with_the_command_and_without_marks(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    said = await office.says(AUTHOR, f"/vuongmac {TEXT}")
    assert "Vướng mắc thuộc nội dung nào" in said
    assert "Vướng mắc thuộc nội dung nào" in await office.says("Lộc Văn Bản Mẫu", f"khó khăn: {TEXT}")
    assert "Đề nghị đồng chí Phỏng nêu vướng mắc" in await office.says(ELSEWHERE, "vuong mac")


async def test_straight_to_the_office_is_not_read_by_the_head(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    sent = await office.says(AUTHOR, *STRAIGHT)
    assert "Trưởng phòng không xem được" in sent and "Văn phòng Sở trả lời đến hết ngày 10/03/2027" in sent
    assert "Không có vướng mắc" in await office.says(HEAD, "/vuongmac VM-2027-001")
    assert "Không có vướng mắc" in await office.says(ELSEWHERE, "/vuongmac VM-2027-001")
    assert TEXT in await office.says(CHIEF, "/vuongmac VM-2027-001")
    assert TEXT in await office.says(LEADER, "/vuongmac lanhdao")


async def test_in_the_unit_of_the_office_nobody_is_said_not_to_read_it(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    sent = await office.says("Hứa Văn Ghi Chú", *STRAIGHT)
    assert "không xem được" not in sent and "Người xem được: đồng chí, Văn phòng Sở, Lãnh đạo Sở." in sent


async def test_a_head_is_asked_for_no_way(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    sent = await office.says(HEAD, "/vuongmac", TEXT, "7", "gửi")
    assert "theo đường nào" not in sent and "Văn phòng Sở trả lời đến hết" in sent


async def test_passed_on_put_before_the_leaders_and_their_opinion_becomes_a_task(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    await office.says(AUTHOR, *BY_HEAD)
    await office.says(HEAD, "/vuongmac 1 chuyen", "Phòng thống nhất với kiến nghị", "gửi")
    assert "Phòng thống nhất với kiến nghị" in await office.says(AUTHOR, ":wait 20m")
    assert "Văn phòng Sở ghi ý kiến, đến hết ngày 17/03/2027" in await office.says(OFFICE, "/vuongmac 1 trinh")
    collated = await office.says(LEADER, "/vuongmac lanhdao")
    assert "Kính báo cáo" in collated and "Đang trình Lãnh đạo Sở: 01" in collated and AUTHOR not in collated
    assert "Phòng Quản lý xây dựng (01):" in await office.says(OFFICE, "/vuongmac lanhdao donvi")
    recorded = await office.says(OFFICE, *OPINION, *TASK)
    assert "Đã giao Phòng Kế hoạch - Tài chính, đến hết ngày 31/03/2027" in recorded
    heard = await office.says(AUTHOR, ":wait 20m")
    assert "văn bản số 12/TB-SXD ngày 02/03/2027: «Đồng ý mua 02 bản quyền trong quý I»" in heard
    assert "Việc được giao «Mua 02 bản quyền phần mềm» (VM-2027-001)" in await office.says(IN_CHARGE, "việc")
    await office.says(IN_CHARGE, "/viecgiao 1 xong", "Đã mua hai bản quyền ngày 20/03", "gửi")
    assert "Xem kết quả 01 việc" in await office.says(OFFICE, "việc")
    assert "Đã kết thúc" in await office.says(OFFICE, "/viecgiao 1 dong")
    assert "vừa có thay đổi" in await office.says(CHIEF, "/viecgiao 1 dong")
    assert "Ý kiến: Phó Giám đốc Sở" in await office.says(OFFICE, "/vuongmac lanhdao")
    read = await office.says(LEADER, "/vuongmac lanhdao", "/vuongmac 1")
    assert "người nêu vướng mắc" in read and AUTHOR not in read, "the leaders read it without a name"


async def test_a_task_is_given_back_with_another_day_or_not_asked_for_any_more(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    await office.says(AUTHOR, *STRAIGHT)
    await office.says(OFFICE, *OPINION, *TASK)
    await office.says(IN_CHARGE, "/viecgiao 1 xong", "Đã mua một bản quyền", "gửi")
    assert "đến hết ngày 15/04/2027" in await office.says(
        OFFICE, "/viecgiao 1 tra", "15/04/2027", "Còn một bản quyền chưa mua", "gửi"
    )
    assert "Còn một bản quyền chưa mua" in await office.says(IN_CHARGE, ":wait 20m")
    assert "Không có việc số 1" in await office.says(HEAD, "/viecgiao 1 xong"), "it is another unit's"
    await office.says(OFFICE, "/viecgiao 1 thoi", "Đã có nguồn khác", "gửi")
    assert "Không có việc được giao nào" in await office.says(IN_CHARGE, "/viecgiao")


async def test_what_is_not_solved_goes_back_to_whoever_answered(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    await office.says(AUTHOR, *BY_HEAD)
    await office.says(HEAD, "/vuongmac 1 traloi", "Dùng máy của phòng bên", "gửi")
    await office.says(AUTHOR, "/vuongmac 1 chua", "Phòng bên cũng chưa có bản quyền", "gửi")
    assert await office.value(STATE) == "head"
    assert "Phòng bên cũng chưa có" in await office.says(HEAD, ":wait 20m")
    assert "Văn phòng Sở" in await office.says(AUTHOR, "/vuongmac 1 thang")
    await office.says(OFFICE, "/vuongmac 1 dap", "Mua trong quý II", "gửi")
    await office.says(AUTHOR, "/vuongmac 1 chua", "Cần trong tháng này", "gửi")
    assert await office.value(STATE) == "desk"


async def test_two_who_decide_at_once_the_second_is_told_the_truth(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    await office.says(AUTHOR, *STRAIGHT)
    await office.says(CHIEF, "/vuongmac 1 dap", "Sẽ mua trong quý II")
    await office.says(OFFICE, *OPINION, "1", "gửi")
    late = await office.says(CHIEF, "gửi")
    assert "Chuyên viên Lương Thị Nháp đã ghi ý kiến về VM-2027-001, nên chưa ghi gì thêm." in late
    assert "vẫn được giữ trong phiếu chưa gửi" in late
    assert await office.value("SELECT COUNT(*) FROM difficulty_step") == 2
    assert "đã ghi ý kiến" in await office.says(OFFICE, "/vuongmac 1 trinh 1"), "a button of before"


async def test_whoever_raised_it_withdraws_it_after_a_question(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    await office.says(AUTHOR, *BY_HEAD)
    await office.says(HEAD, "/vuongmac 1 traloi", "Phòng đang xem xét việc này")
    asked = await office.says(AUTHOR, "/vuongmac 1 rut", ":tap Rút")
    assert "có chắc muốn rút" in asked and "đã rút ngày 03/03/2027" in asked
    assert "Nông Văn Mẫu đã rút VM-2027-001" in await office.says(HEAD, "gửi")
    assert await office.value(STATE) == "withdrawn"


async def test_whoever_has_it_is_reminded_by_the_ladder_of_the_plan(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    await office.says(AUTHOR, *BY_HEAD)
    await move(office, "2027-03-11T16:00")
    await office.says(HEAD, "việc")  # whoever writes is not spared
    await move(office, "2027-03-23T16:00")
    heard = [each for each in await said_to(office, HEAD, "2027-03-04") if "Vướng mắc đang chờ" in each]
    assert len(heard) == 4, "on the last day (08/03), 2, 5 and 10 working days after it"
    assert "quá hạn 14 ngày" in heard[-1]
    await office.says(HEAD, "/vuongmac 1 chuyen", "1", "gửi")
    await move(office, "2027-03-31T16:00")
    later = [each for each in await said_to(office, OFFICE, "2027-03-24") if "Vướng mắc đang chờ" in each]
    assert len(later) == 1, "the office has it from 23/03, five working days"


async def test_who_succeeds_the_head_has_it(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    await office.says(AUTHOR, *BY_HEAD)
    await office.app.db.write(lambda tx: tx.run("UPDATE person SET role = 'officer' WHERE name = 'Hoàng Văn Thử'"))
    await office.app.db.write(lambda tx: tx.run("UPDATE person SET role = 'head' WHERE name = 'Nông Thị Phác Thảo'"))
    assert "Không có vướng mắc" in await office.says(HEAD, "/vuongmac 1 traloi")
    assert "VM-2027-001" in await office.says(DEPUTY, "việc")


async def test_who_left_does_not_say_solved_but_the_head_does(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    await office.says(AUTHOR, *BY_HEAD)
    await office.says(HEAD, "/vuongmac 1 traloi", "Phòng bố trí máy dùng chung", "gửi")
    await office.app.db.write(lambda tx: tx.run("UPDATE person SET active = 0 WHERE name = 'Nông Văn Mẫu'"))
    assert "Đã giải quyết" in await office.says(HEAD, "/vuongmac 1")
    assert "đã giải quyết ngày" in await office.says(HEAD, "/vuongmac 1 xong")


async def test_raised_from_a_sheet_its_question_comes_back(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    await office.says(AUTHOR, "/dangky sk", "Tra cứu thành phần hồ sơ bằng mã QR tại một cửa")
    back = await office.says(AUTHOR, *BY_HEAD)
    assert "Đã gửi. Mã theo dõi: VM-2027-001" in back and "Câu 3/3" not in back.split("---")[0]
    assert "Sáng kiến thuộc nội dung nào" in back.split("---\n")[-2]
    assert "Câu 3/3" in await office.says(AUTHOR, "3"), "the next answer is the sheet's"
    left = await office.says(AUTHOR, "/vuongmac", "thoát")
    assert "<Về phiếu: Đăng ký sáng kiến 2027>" in left, "leaving it leaves it, and shows the way back"


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (("/vuongmac", "máy hỏng"), "từ 10 ký tự trở lên"),
        (("/vuongmac", "chậm"), "Chưa ghi «chậm» làm câu trả lời"),
        (("/vuongmac", "chậm", "ghi làm câu trả lời"), "từ 10 ký tự trở lên"),
        (("/vuongmac", "dài " * 30_000), "ký tự"),
        (("/vuongmac VM-2027-777",), "Không có vướng mắc VM-2027-777"),
        (("/viecgiao 3",), "Việc này do"),
    ],
)
async def test_what_cannot_be_is_said(office: Office, lines: tuple[str, ...], why: str) -> None:
    assert why in await office.says(AUTHOR, *lines)
    assert await office.value("SELECT COUNT(*) FROM difficulty") == 0


async def test_whoever_loses_the_post_meanwhile_answers_nothing(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    await office.says(AUTHOR, *BY_HEAD)
    await office.says(HEAD, "/vuongmac 1 traloi", "Phòng đang xem xét việc này")
    await office.app.db.write(lambda tx: tx.run("UPDATE person SET unit = 'QLN' WHERE name = 'Hoàng Văn Thử'"))
    assert "thuộc" in await office.says(HEAD, "gửi")
    assert await office.value(STATE) == "head"


async def test_the_way_that_was_promised_holds_when_the_head_goes_meanwhile(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    await office.says(AUTHOR, *BY_HEAD[:-1])
    await office.app.db.write(
        lambda tx: tx.run("UPDATE person SET active = 0 WHERE unit = 'QLXD' AND role IN ('head', 'deputy')")
    )
    assert "vừa thay đổi nên chưa gửi" in await office.says(AUTHOR, "gửi")
    assert await office.value("SELECT COUNT(*) FROM difficulty") == 0


REPORT = ("/baocao 2027", "đúng số liệu", "5/5", "12/12", "30,5", "5/5", "390/400", "đồng ý dự thảo")
"""The yearly report of QLXD until its last page."""


async def test_the_report_of_the_unit_tells_of_it_with_what_came_of_it(office: Office) -> None:
    await office.says(AUTHOR, *BY_HEAD)
    await office.says(HEAD, "/vuongmac 1 traloi", "Phòng bố trí máy dùng chung", "gửi")
    await office.says(AUTHOR, "/vuongmac 1 xong")
    await office.says("Lộc Văn Bản Mẫu", "/vuongmac", "Thiếu máy quét khổ lớn để số hóa bản vẽ", "3", "2", "gửi")
    page = await office.says(
        HEAD, *REPORT, "Đã phổ biến tại họp phòng", "không có", "In hai mặt toàn bộ tài liệu", "không phát sinh"
    )
    told = f"{TEXT} (VM-2027-001; đơn vị đã trả lời ngày 18/10/2027: «Phòng bố trí máy dùng chung»; đã giải quyết ngày"
    assert told in page
    assert "Thiếu máy quét" not in page, "what was sent past the head is not in it"


async def test_nothing_is_prefilled_where_nobody_raised_anything(office: Office) -> None:
    page = await office.says(
        HEAD, *REPORT, "Đã phổ biến tại họp phòng", "không có", "In hai mặt toàn bộ tài liệu", "không phát sinh"
    )
    last = page.split("---\n")[-2]
    assert "- Khó khăn, vướng mắc: hỏi ở câu sau" in last, last


async def test_the_summary_tells_what_came_to_the_office(office: Office) -> None:
    await office.says(AUTHOR, *BY_HEAD)
    await office.says("Lộc Văn Bản Mẫu", "/vuongmac", "Thiếu máy quét khổ lớn để số hóa bản vẽ", "3", "2", "gửi")
    await office.says(OFFICE, ":wait 20m")
    said = await office.says(OFFICE, "/tonghop 2027")
    assert "Vướng mắc nêu trong năm (01): đã giải quyết 00, đã trả lời 00, đang xem xét 01." in said
    assert "VM-2027-002, Phòng Quản lý xây dựng" in said and "Lộc Văn Bản Mẫu" not in said


async def test_it_goes_along_when_units_merge_and_comes_back(office: Office) -> None:
    await office.says(AUTHOR, *BY_HEAD)
    await office.says(OFFICE, "/kiemtra moi", "QLXD", "12/10/2027", "12/BB-KT", "03 hồ sơ chưa ký", "30/11/2027", "gửi")
    await office.says(OFFICE, ":wait 20m")
    merge = ("sáp nhập QLXD vào KTVL từ 18/10/2027", "1", "Quyết định số 125/QĐ-SXD ngày 11/10/2027", "gửi")
    said = await office.says(OFFICE, *merge, "thực hiện")
    assert "tiếp tục thực hiện (02): VM-2027-001, GS-2027-001" in said and "✅ Đã thực hiện" in said
    units = "SELECT unit FROM difficulty UNION ALL SELECT unit FROM unit_task UNION ALL SELECT unit FROM inspection"
    assert await office.rows(units) == [("KTVL",)] * 3
    assert "VM-2027-001" in await office.says("Lâm Thị Mục Lục", "/vuongmac")
    assert "✅ Đã hoàn tác" in await office.says(OFFICE, "/tochuc hoantac 1")
    assert await office.rows(units) == [("QLXD",)] * 3


async def test_what_was_raised_since_keeps_the_change(office: Office) -> None:
    merge = ("sáp nhập QLXD vào KTVL từ 18/10/2027", "1", "Quyết định số 125/QĐ-SXD ngày 11/10/2027", "gửi")
    await office.says(OFFICE, *merge, "thực hiện")
    await office.says(AUTHOR, ":wait 20m", *BY_HEAD)
    assert "không hoàn tác được" in await office.says(OFFICE, "/tochuc hoantac 1")


async def test_who_leaves_hands_over_what_waits_for_them(office: Office) -> None:
    await office.says(AUTHOR, *BY_HEAD)
    said = await office.says(OFFICE, f"/nhansu {HEAD} nghỉ", "1", "có")
    assert "VM-2027-001, vướng mắc chờ xử lý" in said


async def test_what_is_to_come_is_in_the_list_of_reminders(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    await office.says(AUTHOR, *BY_HEAD)
    said = await office.says(HEAD, "/lichnhac")
    assert "08/03/2027" in said and "Vướng mắc đang chờ" in said
    await office.says(HEAD, "/vuongmac 1 traloi", "Phòng bố trí máy dùng chung", "gửi")
    assert "Vướng mắc đang chờ" not in await office.says(HEAD, "/lichnhac")


async def test_the_whole_of_a_sheet_and_a_reminder_offer_it(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-11-03T16:00")
    sheet = await office.says(AUTHOR, "/dangky sk", "xem phiếu", ":tap Báo vướng mắc")
    assert "Đề nghị đồng chí Mẫu nêu vướng mắc" in sheet
    await move(office, "2027-11-09T16:00")
    assert "Báo vướng mắc" in await office.says(HEAD, ":wait 1m")


async def test_a_school_says_it_in_its_own_words(open_school: OpenOffice) -> None:
    office = await open_school(at="2027-03-03T09:00")
    said = await office.says("officer", "/vuongmac", "Chưa có phòng máy cho học sinh lớp 8 học tin học", "1")
    assert "Sở" not in said and "Trưởng phòng" not in said


async def test_many_at_the_office_are_one_line(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    for n in range(4):
        await office.says(ELSEWHERE, "/vuongmac moi", f"Chưa có máy quét khổ lớn thứ {n} để số hóa bản vẽ", "3", "gửi")
    await office.says(OFFICE, ":wait 20m")
    said = await office.says(OFFICE, "việc")
    assert "Trả lời 04 vướng mắc: đến hết ngày 10/03/2027" in said and "VM-2027-001" not in said
    assert "(04)" in await office.says(OFFICE, "/vuongmac")


async def test_whoever_acts_for_the_head_is_named_among_the_readers(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    await office.app.db.write(
        lambda tx: tx.run(
            "UPDATE person SET stands_in = (SELECT id FROM person WHERE name = 'Nông Thị Phác Thảo') WHERE name = 'Hoàng Văn Thử'"
        )
    )
    sent = await office.says(AUTHOR, *BY_HEAD)
    assert "Nông Thị Phác Thảo" in sent and "Trưởng phòng Hoàng Văn Thử; khi được chuyển tiếp" in sent
    assert "VM-2027-001" in await office.says(DEPUTY, "/vuongmac")


async def test_leaders_hear_once_in_the_next_days_message_of_what_is_put_before_them(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    await office.says(AUTHOR, *BY_HEAD)
    await office.says(HEAD, "/vuongmac 1 chuyen", "Phòng thống nhất với kiến nghị này", "gửi")
    await office.says(OFFICE, "/vuongmac 1 trinh")
    assert "Vướng mắc trình" not in await office.says(LEADER, ":wait 30m"), "never at once"
    told = await office.says(LEADER, ":clock 2027-03-04T09:35")
    assert "Vướng mắc trình đồng chí Kỳ cho ý kiến (01)" in told
    assert "VM-2027-001" in told
    assert AUTHOR not in told
    assert "Vướng mắc trình" not in await office.says(LEADER, ":clock 2027-03-05T09:35"), "once"
    assert "Đang trình Lãnh đạo Sở: 01" in await office.says(LEADER, "/vuongmac lanhdao")


async def test_what_has_its_opinion_meanwhile_is_not_told_to_leaders(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    await office.says(AUTHOR, *BY_HEAD)
    await office.says(HEAD, "/vuongmac 1 chuyen", "Phòng thống nhất với kiến nghị này", "gửi")
    await office.says(OFFICE, "/vuongmac 1 trinh", *OPINION, *TASK)
    assert "Vướng mắc trình" not in await office.says(LEADER, ":clock 2027-03-05T09:35")


FILE = ":file tests/attachments/Thuyết minh mã QR.pdf"


async def test_a_file_may_be_attached_and_is_opened_by_whoever_may_read_it(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    sent = await office.says(AUTHOR, "/vuongmac", FILE, TEXT, "xong", "2", "1", "gửi")
    assert "VM-2027-001" in sent
    assert await office.value("SELECT record FROM file WHERE record <> ''") == "VM-2027-001"
    assert TEXT in await office.says(HEAD, "/vuongmac 1") and "Thuyết minh mã QR.pdf" in await office.says(
        HEAD, "/tep VM-2027-001"
    )
    for who in (OFFICE, LEADER, ELSEWHERE, DEPUTY):
        assert "Thuyết minh" not in await office.says(who, "/tep VM-2027-001"), "it has not come to them"
    await office.says(HEAD, "/vuongmac 1 chuyen", "Vượt thẩm quyền của phòng", "gửi")
    assert "Mở tệp" in await office.says(OFFICE, "/vuongmac 1")
    assert "Thuyết minh mã QR.pdf" in await office.says(OFFICE, "/tep VM-2027-001")


async def test_a_file_alone_tells_nobody_what_stands_in_the_way(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-03-03T09:00")
    said = await office.says(AUTHOR, "/vuongmac", FILE, "xong", "2", "1", "gửi")
    assert "✅ Đã gửi" not in said
    assert await office.value("SELECT COUNT(*) FROM difficulty") == 0
