"""The life of one item: its authors agree, it is asked for, completed, decided, left, copied, said to be done."""

from tests.conftest import Office, OpenOffice
from tests.sheets import REGISTER, sheet

CODE = "SK-2027-017"
SHARED = [*REGISTER[:3], "tôi 60, Lý Thị Ví Dụ 40", *REGISTER[4:]]
AUTHOR, DESK, HEAD, OFFICER = "Lý Thị Ví Dụ", "office", "head", "officer"
ANSWERS = (
    "15/03/2027",
    "1",
    "Trước đây làm trên giấy, nay tra cứu trên máy",
    "1",
    "Máy in, mạng nội bộ",
    "Giảm một nửa thời gian tra cứu",
    "bỏ qua",
    "bỏ qua",
    "1",
    "05/11/1985",
    "Kỹ sư xây dựng",
    "gửi",
)


async def state(office: Office, code: str = CODE) -> object:
    return await office.value(f"SELECT state FROM initiative WHERE code = '{code}'")


async def received(office: Office, *lines: str) -> None:
    await office.says(OFFICER, *(lines or REGISTER))
    await office.says(HEAD, f"/xacnhan {CODE} gui")
    await office.says(DESK, f"/tiepnhan {CODE}")


async def requested(office: Office) -> str:
    await received(office)
    said = await office.says(OFFICER, f"/yeucaucongnhan {CODE}", *ANSWERS)
    assert await state(office) == "requested", said
    return said


# Authors ----------------------------------------------------------------------------------------


async def test_silence_of_a_coauthor_stops_nothing_and_the_head_sees_it(office: Office) -> None:
    await office.says(OFFICER, *SHARED)
    assert "⏳ Lý Thị Ví Dụ chưa cho ý kiến về tỷ lệ 40%" in await office.says(HEAD, f"/xacnhan {CODE}")
    await office.says(HEAD, f"/xacnhan {CODE} gui")
    assert await state(office) == "confirmed"


async def test_a_sheet_whose_author_does_not_agree_waits_until_the_shares_are_agreed(office: Office) -> None:
    await office.says(OFFICER, *SHARED)
    asked = await office.says(AUTHOR, ":wait 15m")
    assert "tỷ lệ 40%" in asked and "Không đồng ý tỷ lệ 40%" in asked
    await office.says(AUTHOR, "không đồng ý 017", "chúng tôi đã thống nhất chia đều")
    assert "không đồng ý tỷ lệ 40%" in await office.says(OFFICER, ":wait 15m")
    refused = await office.says(HEAD, f"/xacnhan {CODE} gui")
    assert "Đề nghị trả lại phiếu" in refused and await state(office) == "sent"
    await office.says(OFFICER, f"/cuatoi sua {CODE}", "sửa 3 tôi 50, Lý Thị Ví Dụ 50", "gửi")
    assert "tỷ lệ 50%" in await office.says(AUTHOR, ":wait 15m")
    assert "✅ Đã ghi" in await office.says(AUTHOR, "đồng ý 017")
    assert "✅ Lý Thị Ví Dụ đồng ý tỷ lệ 50%" in await office.says(HEAD, f"/xacnhan {CODE}", f"/xacnhan {CODE} gui")
    assert await state(office) == "confirmed"


async def test_an_old_button_of_another_share_shows_the_share_as_it_is(office: Office) -> None:
    await office.says(OFFICER, *SHARED)
    await office.says(OFFICER, f"/cuatoi sua {CODE}", "sửa 3 tôi 90, Lý Thị Ví Dụ 10", "gửi")
    said = await office.says(AUTHOR, f"/dongy {CODE} v1")
    assert "tỷ lệ 10%" in said and "đã thay đổi" in said
    assert await office.value("SELECT COUNT(*) FROM author_answer") == 0


async def test_somebody_else_says_nothing_to_a_share(office: Office) -> None:
    await office.says(OFFICER, *SHARED)
    for who in (HEAD, DESK, OFFICER):
        await office.says(who, f"/dongy {CODE}", f"/khongdongy {CODE}")
    assert await office.value("SELECT COUNT(*) FROM author_answer") == 0


# The request ------------------------------------------------------------------------------------


async def test_the_request_asks_what_is_missing_and_shows_the_offices_limit(office: Office) -> None:
    said = await requested(office)
    assert "Tóm tắt" not in said and "Tác giả là ai" not in said
    assert "đến hết ngày 18/11/2027" in said
    look = await office.says(DESK, f"/xetphieu {CODE}")
    assert "sinh ngày 05/11/1985, Kỹ sư xây dựng" in look
    assert "05/11/1985" not in await office.says(HEAD, f"/cuatoi {CODE}"), "only the office reads it"
    decided = await office.says(DESK, f"/xetphieu du {CODE}")
    assert "đến hết ngày 18/01/2028" in decided


async def test_birth_date_and_degree_are_kept_in_one_place_and_go_with_the_person(open_office: OpenOffice) -> None:
    office = await open_office()
    await requested(office)
    assert await office.value("SELECT COUNT(*) FROM answer WHERE field IN ('born', 'degree')") == 0
    assert "05/11/1985 Kỹ sư xây dựng" in await office.says(OFFICER, "/dulieucuatoi du")
    await office.says(OFFICER, "/rutdongy co")
    assert await office.value("SELECT COUNT(*) FROM author_detail") == 0


async def test_they_may_be_left_to_the_paper(office: Office) -> None:
    await received(office)
    await office.says(OFFICER, f"/yeucaucongnhan {CODE}", *ANSWERS[:9], "bỏ qua", "bỏ qua", "gửi")
    assert await state(office) == "requested"
    assert "chưa cho biết ngày sinh, trình độ" in await office.says(DESK, f"/xetphieu {CODE}")


async def test_what_is_to_be_added_has_its_own_day_and_comes_back_with_all_answers(office: Office) -> None:
    await requested(office)
    said = await office.says(DESK, f"/xetphieu bosung {CODE}", "xác nhận của Bộ phận một cửa", "29/10/2027", "gửi")
    assert "29/10/2027" in said and await state(office) == "incomplete"
    told = await office.says(OFFICER, ":wait 15m")
    assert "đến hết ngày 29/10/2027: «xác nhận của Bộ phận một cửa»" in told
    again = await office.says(OFFICER, f"/yeucaucongnhan {CODE}")
    assert "Máy in, mạng nội bộ" in again and "Xem lại" in again
    await office.says(OFFICER, "gửi")
    assert await state(office) == "requested"
    assert await office.value("SELECT COUNT(*) FROM asked_supplement WHERE answered IS NULL") == 0


async def test_after_a_year_nothing_is_asked_for(office: Office) -> None:
    await received(office)
    said = await office.says(OFFICER, f"/yeucaucongnhan {CODE}", "15/09/2026")
    assert "trong vòng 12 tháng" in said and "ví dụ: 18/10/2027" in said
    assert await state(office) == "received"


async def test_a_request_that_was_decided_meanwhile_is_not_sent(office: Office) -> None:
    await received(office)
    await office.says(OFFICER, f"/yeucaucongnhan {CODE}", *ANSWERS[:-1])
    await office.says(DESK, f"/congnhan {CODE}", "cơ sở", "88/QĐ-SXD", "18/10/2027", "gửi")
    said = await office.says(OFFICER, "gửi")
    assert "đã được công nhận" in said and await state(office) == "recognised"


async def test_what_waits_to_be_received_says_where_requests_wait(office: Office) -> None:
    assert "công nhận" not in await office.says(DESK, "/tiepnhan")
    await requested(office)
    heard = await office.says(DESK, "/tiepnhan")
    assert f"Hồ sơ yêu cầu công nhận chờ xét riêng, tại mục «Xét hồ sơ công nhận» (01): {CODE}." in heard
    assert CODE in await office.says(DESK, "/tiepnhan", ":tap Xét hồ sơ công nhận")
    heard = await office.says(DESK, f"/tiepnhan {CODE}")
    assert f"{CODE} đã được tiếp nhận; hồ sơ yêu cầu công nhận đang chờ xét" in heard
    assert CODE in await office.says(DESK, f"/tiepnhan {CODE}", ":tap Xét hồ sơ")


async def test_two_of_the_desk_decide_and_the_second_hears_one_true_sentence(office: Office) -> None:
    await requested(office)
    chief = "Hà Văn Thí Dụ"
    await office.says(DESK, f"/xetphieu khong {CODE}", "chưa có tính mới trong phạm vi cơ sở", "bỏ qua")
    await office.says(chief, f"/xetphieu khong {CODE}", "đã áp dụng từ năm 2025", "bỏ qua", "gửi")
    said = await office.says(DESK, "gửi")
    assert "không được công nhận" in said
    reason = await office.value(f"SELECT reason FROM initiative WHERE code = '{CODE}'")
    assert reason == "đã áp dụng từ năm 2025"


async def test_a_recognition_taken_back_leaves_the_request_where_it_was(office: Office) -> None:
    await requested(office)
    await office.says(DESK, f"/xetphieu du {CODE}")
    await office.says(DESK, f"/congnhan {CODE}", "cơ sở", "88/QĐ-SXD", "18/10/2027", "gửi")
    await office.says(DESK, f"/congnhan rut {CODE}", "1", "ghi nhầm phiếu khác", "gửi")
    assert await state(office) == "complete"


# Three ways out ---------------------------------------------------------------------------------


async def test_who_withdraws_cancels_and_rejects(office: Office) -> None:
    await office.says(OFFICER, *REGISTER)
    for who in (HEAD, DESK):
        await office.says(who, f"/cuatoi rut {CODE} co")
    assert "hủy đăng ký khi phiếu đã xác nhận" in await office.says(HEAD, f"/huyphieu {CODE}")
    assert await state(office) == "sent", "the unit cancels what it has confirmed"
    await office.says(HEAD, f"/xacnhan {CODE} gui")
    await office.says(OFFICER, f"/huyphieu {CODE}", "lý do nào đó", "gửi")
    assert await state(office) == "confirmed"
    await office.says(DESK, f"/xetphieu tuchoi {CODE}", "giải pháp này đã được đăng ký năm 2026", "gửi")
    assert await state(office) == "rejected"
    told = await office.says(OFFICER, ":wait 15m")
    assert "không tiếp nhận phiếu" in told and "đã được đăng ký năm 2026" in told
    assert "không được Văn phòng Sở tiếp nhận" in await office.says(DESK, f"/tiepnhan {CODE}", f"/cuatoi {CODE}")


async def test_a_unit_cancels_and_the_office_hears_of_what_it_has_received(office: Office) -> None:
    await received(office)
    await office.says(HEAD, f"/huyphieu {CODE}", "nhiệm vụ đã chuyển đơn vị khác", "gửi")
    assert await state(office) == "cancelled"
    assert "đã hủy đăng ký" in await office.says(DESK, ":wait 15m")
    assert "đã hủy đăng ký" in await office.says(OFFICER, ":wait 1m")
    assert "hủy" in await office.says(OFFICER, f"/yeucaucongnhan {CODE}", f"/cuatoi sua {CODE}")


async def test_the_desk_sends_a_registration_back_with_a_day(office: Office) -> None:
    await office.says(OFFICER, *REGISTER)
    await office.says(HEAD, f"/xacnhan {CODE} gui")
    await office.says(DESK, f"/xetphieu bosung {CODE}", "nêu rõ điểm mới so với cách làm cũ", "1", "gửi")
    assert await state(office) == "returned"
    assert "nêu rõ điểm mới" in await office.says(OFFICER, ":wait 15m")
    await office.says(OFFICER, f"/cuatoi sua {CODE}", "gửi")
    assert await state(office) == "sent"
    assert await office.value("SELECT COUNT(*) FROM asked_supplement WHERE answered IS NULL") == 0


# Timeline, copy, progress -----------------------------------------------------------------------


async def test_the_timeline_names_every_step(office: Office) -> None:
    await requested(office)
    said = await office.says(OFFICER, f"quá trình {CODE}")
    for step in ("đăng ký", "xác nhận", "received", "gửi yêu cầu công nhận", "Tiếp theo"):
        assert step.replace("received", "Văn phòng Sở đã tiếp nhận") in said, step
    assert "Phiếu nào" in await office.says("Vi Thị Tạm", f"quá trình {CODE}")


async def test_a_copy_is_for_the_next_year_once_it_is_open(open_office: OpenOffice) -> None:
    office = await open_office()
    assert "đăng ký từ 01/12/2027" in await office.says(OFFICER, "/chepphieu SK-2027-001")
    said = await office.says(OFFICER, ":clock 2027-12-06T08:00", "/chepphieu SK-2027-001")
    assert "Chép từ SK-2027-001" in said
    assert "Áp dụng: bổ sung sau" in await office.says(OFFICER, "xem phiếu"), "days are asked anew"
    assert await office.value("SELECT COUNT(*) FROM draft WHERE subject = '2028' AND state = 'open'") == 1


async def test_progress_with_its_reason_and_day(office: Office) -> None:
    charge = "Đàm Văn Diễn Tập"
    late = await office.says(charge, "cập nhật NV-2027-002 chậm vì chờ phân bổ kinh phí", "30/11/2027", "gửi")
    assert "chậm vì «chờ phân bổ kinh phí», nay dự kiến đến hết ngày 30/11/2027" in late
    done = await office.says(charge, "/capnhat NV-2027-002 xong", "1", "Đã theo dõi 12 gói thầu", "gửi")
    assert "xong ngày 18/10/2027" in done
    assert "Kết quả đạt được: Đã theo dõi 12 gói thầu" in await office.says(charge, "/cuatoi NV-2027-002")
    assert "không theo dõi tiến độ" in await office.says(OFFICER, "/capnhat SK-2027-001 xong")
    assert "người phụ trách" in await office.says(OFFICER, "/capnhat NV-2027-002 xong")


# What waits, what reminds, what the report says -----------------------------------------------------


async def test_what_waits_stands_among_the_tasks(open_office: OpenOffice) -> None:
    office = await open_office()
    await office.says(OFFICER, *SHARED)
    assert "Cho ý kiến về tỷ lệ 40% trong phiếu SK-2027-017" in await office.says(AUTHOR, ":wait 15m", "việc")
    await office.says(HEAD, f"/xacnhan {CODE} gui")
    await office.says(DESK, f"/tiepnhan {CODE}")
    await office.says(OFFICER, f"/yeucaucongnhan {CODE}", *ANSWERS)
    assert "Xét 01 hồ sơ yêu cầu công nhận: đến hết ngày 18/11/2027" in await office.says(DESK, "việc")
    await office.says(DESK, f"/xetphieu bosung {CODE}", "xác nhận của Bộ phận một cửa", "29/10/2027", "gửi")
    assert "Bổ sung hồ sơ SK-2027-017: «xác nhận của Bộ phận một cửa»" in await office.says(OFFICER, "việc")


async def test_a_supplement_is_reminded_of_by_its_own_day(open_office: OpenOffice) -> None:
    office = await open_office()
    await requested(office)
    await office.says(DESK, f"/xetphieu bosung {CODE}", "xác nhận của Bộ phận một cửa", "29/10/2027", "gửi")
    told = await office.says(OFFICER, ":clock 2027-10-26T08:00", ":wait 1h")
    assert "cần bổ sung «xác nhận của Bộ phận một cửa»" in told
    assert "cần bổ sung" not in await office.says(OFFICER, ":clock 2027-10-27T08:00", ":wait 1h"), "once a step"
    await office.says(OFFICER, f"/yeucaucongnhan {CODE}", "gửi")
    assert "cần bổ sung" not in await office.says(OFFICER, ":clock 2027-10-29T08:00", ":wait 1h"), "it was sent"


async def test_the_year_for_a_request_is_warned_of_until_it_is_asked_for(open_office: OpenOffice) -> None:
    office = await open_office()
    await received(office)
    await office.says(OFFICER, f"/apdung {CODE}", "17/12/2026", "1", "gửi")
    told = await office.says(OFFICER, ":clock 2027-11-17T08:00", ":wait 1h")
    assert "yêu cầu công nhận đến hết ngày 17/12/2027 (thứ Sáu), còn 30 ngày" in told
    await office.says(OFFICER, f"/yeucaucongnhan {CODE}", *ANSWERS[2:])
    assert await state(office) == "requested"
    assert "yêu cầu công nhận đến hết" not in await office.says(OFFICER, ":clock 2027-12-10T08:00", ":wait 1h")


async def test_whoever_is_in_charge_is_asked_how_far_it_is_and_the_head_hears_later(open_office: OpenOffice) -> None:
    office, charge = await open_office(), "Đàm Văn Diễn Tập"
    await office.says(charge, "/capnhat NV-2027-002 chậm vì chờ phân bổ kinh phí", "25/11/2027", "gửi")
    told = await office.says(charge, ":clock 2027-11-18T08:00", ":wait 1h")
    assert "NV-2027-002" in told and "đến đâu rồi" in told
    await office.says(charge, "/capnhat NV-2027-002 xong", "1", "Đã theo dõi 12 gói thầu", "gửi")
    assert "đến đâu rồi" not in await office.says(charge, ":clock 2027-11-25T08:00", ":wait 1h")


async def test_the_draft_of_the_report_says_how_far_it_is_with_its_source(open_office: OpenOffice) -> None:
    office = await open_office()
    await office.says(OFFICER, *sheet("Hoàn thành số hóa hồ sơ lưu trữ năm nay", "nv", "17/12/2027"))
    await office.says(HEAD, "/xacnhan NV-2027-003 gui")
    await office.says(OFFICER, "/capnhat NV-2027-003 xong", "1", "Đã số hóa 1.150/1.200 hồ sơ", "gửi")
    figures = ("đúng số liệu", "5/5", "12/12", "30,5", "5/5", "390/400")
    said = await office.says(HEAD, "/baocao 2027", *figures)
    assert "hoàn thành ngày 18/10/2027; Đã số hóa 1.150/1.200 hồ sơ." in said, said
    assert "tiến độ NV-2027-003 cập nhật ngày 18/10/2027" in said
