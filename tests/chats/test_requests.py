"""What the office asks beside the plan: asked, answered, corrected, late, put off, changed, closed, recalled, repeated."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from bot.office.requests.asked_again import open_next
from bot.server.clock import at_office
from tests.chats.test_outages import move, said_to
from tests.conftest import Office, OpenOffice

OTHER_HEAD = "Triệu Văn Phỏng"
OFFICE, CHIEF, HEAD, DRAFTER, OTHER = (
    "Lương Thị Nháp",
    "Hà Văn Thí Dụ",
    "Hoàng Văn Thử",
    "Lục Thị Minh Họa",
    "Lộc Văn Bản Mẫu",
)
ASK = (
    "/yeucau moi Báo cáo tình hình sử dụng chữ ký số quý III",
    "Một số đơn vị",
    "QLXD, QLN",
    "29/10/2027",
    "Một lần",
    "1",
    "Số văn bản đã ký số",
    "Số",
    "văn bản",
    "Tình hình triển khai",
    "Chọn một trong các phương án",
    "Đã xong; Đang làm; Chưa làm",
    "Hết câu hỏi",
)
CODE = "YC-2027-01"


async def test_it_is_asked_answered_and_seen(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-10-18T09:00")
    preview = await office.says(OFFICE, *ASK)
    assert "Gửi tới 02 đơn vị" in preview and "Thời hạn: đến hết ngày 29/10/2027" in preview
    assert CODE in await office.says(OFFICE, "gửi")
    heard = await office.says(HEAD, ":wait 1m")
    assert "chữ ký số" in heard and "1. Số văn bản đã ký số" in heard
    done = await office.says(HEAD, f"/traloi {CODE}", "120", "Đang làm", "gửi")
    assert "Đã gửi câu trả lời" in done
    seen = await office.says(OFFICE, f"/yeucau {CODE}")
    assert "Đã trả lời: 1/2" in seen and "Chưa trả lời (01)" in seen
    assert "Tổng cộng: 120 văn bản" in await office.says(OFFICE, f"/yeucau {CODE} traloi")


async def asked(office: Office, *ask: str, who: str = OFFICE) -> None:
    await office.says(who, *(ask or ASK), "gửi")


async def test_reminders_climb_the_ladder_and_stop_with_the_answer(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-10-18T09:00")
    await asked(office)
    await move(office, "2027-10-26T16:00")
    heard = [each for each in await said_to(office, HEAD, "2027-10-19") if CODE in each]
    assert len(heard) == 2, "seven and three working days before the last one"
    assert "còn 09 ngày" in heard[0] and "còn 03 ngày" in heard[1]
    assert "Vì sao" in await office.says(HEAD, f"/traloi {CODE} visao")
    await office.says(HEAD, f"/traloi {CODE}", "120", "Đang làm", "gửi")
    await move(office, "2027-11-05T16:00")
    assert not [each for each in await said_to(office, HEAD, "2027-10-27") if CODE in each]
    desk = [each for each in await said_to(office, OFFICE, "2027-10-27") if CODE in each]
    assert len(desk) == 1 and "chưa trả lời (01)" in desk[0], "four working days after the last one"


async def test_a_day_is_not_promised_for_it_and_nobody_is_urged_by_hand(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-10-18T09:00")
    assert "không hẹn ngày" not in await office.says(HEAD, f"/hen {CODE} 25/10/2027"), "there is none yet"
    await asked(office)
    for said in (f"/hen {CODE} 25/10/2027", "hẹn yc 1 25/10"):
        heard = await office.says(HEAD, said)
        assert f"Yêu cầu của Văn phòng Sở ({CODE}) không hẹn ngày gửi" in heard and "/traloi" in heard
    assert "không hẹn ngày" not in await office.says(HEAD, "/hen 29/10/2027"), "another duty waits"
    assert "1. Số văn bản" in await office.says(HEAD, f"/hen {CODE}", ":tap Trả lời YC-2027-01", "xem phiếu")
    urged = await office.says(OFFICE, f"/dondoc {CODE}")
    assert "được nhắc theo lịch riêng" in urged
    assert "Chưa trả lời (02)" in await office.says(OFFICE, f"/dondoc {CODE}", f":tap Xem tình hình trả lời {CODE}")


async def test_a_late_answer_is_taken_and_marked(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-10-18T09:00")
    await asked(office)
    await move(office, "2027-11-01T09:00")
    review = await office.says(HEAD, f"/traloi {CODE}", "120", "1")
    assert "gửi sau hạn 03 ngày" in review
    assert "gửi sau hạn 03 ngày" in await office.says(HEAD, "gửi")
    assert "gửi sau hạn 03 ngày" in await office.says(OFFICE, f"/yeucau {CODE}")


async def test_it_can_be_corrected_and_every_version_is_kept(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-10-18T09:00")
    await asked(office)
    await office.says(HEAD, f"/traloi {CODE}", "120", "Đang làm", "gửi")
    again = await office.says(HEAD, f"/traloi {CODE} sua", "sửa 1 125", "gửi")
    assert "Đã sửa câu trả lời" in again
    assert await office.rows("SELECT version, json_extract(answers, '$.q1') FROM request_answer") == [
        (1, "120"),
        (2, "125"),
    ]
    assert "Tổng cộng: 125" in await office.says(OFFICE, f"/yeucau {CODE} traloi")


async def test_closed_while_somebody_fills_it_in(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-10-18T09:00")
    await asked(office)
    await office.says(HEAD, f"/traloi {CODE}", "120")
    asked_back = await office.says(OFFICE, f"/yeucau {CODE} dong")
    assert "Chưa trả lời và sẽ được báo" in asked_back
    assert "Đã đóng" in await office.says(OFFICE, f"/yeucau {CODE} dong v0.1 co")
    told = await office.says(HEAD, "Đang làm")
    assert "đã đóng yêu cầu" in told and "vẫn được lưu" in told
    assert await office.value("SELECT COUNT(*) FROM request_answer") == 0
    assert "không còn mở" in await office.says(CHIEF, f"/yeucau {CODE} dong v0.1 co"), "the second is told"
    await office.says(OFFICE, f"/yeucau {CODE} giahan 05/11/2027", "một số nơi còn chờ ký duyệt", "gửi")
    assert "Đã gửi" in await office.says(HEAD, f"/traloi {CODE}", "Đang làm", "gửi"), "what was written was kept"


async def test_a_stale_yes_closes_nothing(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-10-18T09:00")
    await asked(office)
    await office.says(OFFICE, f"/yeucau {CODE} dong")
    await office.says(HEAD, f"/traloi {CODE}", "120", "Đang làm", "gửi")
    assert "chưa được đóng" in await office.says(OFFICE, f"/yeucau {CODE} dong v0.1 co")
    assert await office.value("SELECT state FROM request") == "open"


async def test_questions_changed_while_somebody_fills_them_in(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-10-18T09:00")
    await asked(office)
    await office.says(OTHER_HEAD, f"/traloi {CODE}", "7", "Đã xong", "gửi")
    await office.says(HEAD, f"/traloi {CODE}", "120")
    changed = await office.says(
        OFFICE, f"/yeucau {CODE} sua", "sửa Câu hỏi 2 Khó khăn khi ký số", "sửa Cách trả lời câu 2 Văn bản ngắn"
    )
    assert "Câu giữ nguyên thì câu trả lời giữ nguyên" in changed
    assert "Đã sửa câu hỏi" in await office.says(OFFICE, "gửi")
    told = await office.says(HEAD, "Đang làm")
    assert "Các câu hỏi của phiếu này đã được sửa" in told and "Khó khăn khi ký số" in told
    assert "Đã gửi" in await office.says(HEAD, "Chưa có máy ký", "gửi")
    assert "Đã trả lời câu hỏi cũ, chưa trả lời câu mới (01)" in await office.says(OFFICE, f"/yeucau {CODE}")
    heard = await office.says(OTHER_HEAD, ":wait 20m", f"/traloi {CODE}")
    assert "đã sửa câu hỏi" in heard and "Khó khăn khi ký số" in heard
    assert "7 văn bản" in await office.says(OTHER_HEAD, "Không có", "xem phiếu")


async def test_put_off_by_two_at_once(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-10-18T09:00")
    await asked(office)
    await office.says(CHIEF, f"/yeucau {CODE} giahan", "10/11/2027", "biểu mẫu thay đổi")
    await office.says(OFFICE, f"/yeucau {CODE} giahan", "05/11/2027", "biểu mẫu của tỉnh thay đổi", "gửi")
    assert "vừa được người khác gia hạn đến hết ngày 05/11/2027" in await office.says(CHIEF, "gửi")
    assert await office.value("SELECT due FROM request") == "2027-11-05"
    assert "gia hạn yêu cầu" in await office.says(HEAD, ":wait 20m")


async def test_recalled_with_its_reason(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-10-18T09:00")
    await asked(office)
    await office.says(HEAD, ":wait 1m")
    await office.says(OFFICE, f"/yeucau {CODE} thuhoi", "đã có số liệu ở hệ thống khác", "gửi")
    assert "không phải trả lời" in await office.says(HEAD, ":wait 20m")
    assert "đã có số liệu ở hệ thống khác" in await office.says(HEAD, f"/traloi {CODE}")
    assert "đã thu hồi" in await office.says(CHIEF, f"/yeucau {CODE} thuhoi")


async def test_a_drafter_drafts_and_the_head_sends(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-10-18T09:00")
    await asked(office)
    passed = await office.says(DRAFTER, f"/traloi {CODE}", "120", "Đang làm", "gửi")
    assert "chuyển" in passed and await office.value("SELECT COUNT(*) FROM request_answer") == 0
    assert "đã soạn câu trả lời" in await office.says(HEAD, ":wait 20m")
    assert "Đã gửi" in await office.says(HEAD, f"/traloi {CODE}", "gửi")
    assert "Đã gửi câu trả lời" in await office.says(DRAFTER, ":wait 20m")


async def test_whoever_sends_no_more_between_two_messages_sends_nothing(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-10-18T09:00")
    await asked(office)
    await office.says(HEAD, f"/traloi {CODE}", "120", "Đang làm")
    await office.app.db.write(lambda tx: tx.run("UPDATE person SET role = 'officer' WHERE name = :name", name=HEAD))
    assert (
        "nên chưa ghi nhận" in await office.says(HEAD, "gửi")
        or await office.value("SELECT COUNT(*) FROM request_answer") == 0
    )
    await office.app.db.write(
        lambda tx: tx.run("UPDATE person SET role = 'head', unit = 'KTVL' WHERE name = :name", name=HEAD)
    )
    assert "Không có yêu cầu" in await office.says(HEAD, f"/traloi {CODE}")
    assert await office.value("SELECT COUNT(*) FROM request_answer") == 0


async def test_nobody_answers_or_reads_what_was_not_sent_to_them(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-10-18T09:00")
    await asked(office)
    assert "Không có yêu cầu" in await office.says("Đàm Thị Ước Lệ", f"/traloi {CODE}")
    assert "Văn phòng" in await office.says(HEAD, f"/yeucau {CODE} traloi")
    assert "thủ trưởng đơn vị" in await office.says("Nông Văn Mẫu", f"/traloi {CODE}")


async def test_people_are_asked_by_name(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-10-18T09:00")
    ask = (
        "/yeucau moi Danh sách tập huấn ký số đợt II",
        "Một số người",
        "Nông Văn Mẫu, Lục Thị Minh Họa",
        "29/10/2027",
        "Một lần",
        "Không nhắc",
    )
    offered = await office.says(OFFICE, *ask, "Đăng ký ngày tập huấn")
    assert "Số liệu Trợ lý đã có" not in offered.split("---\n")[-2], "what is known is known of units"
    await office.says(OFFICE, "Ngày", "Hết câu hỏi", "gửi")
    assert "Đăng ký ngày tập huấn" in await office.says("Nông Văn Mẫu", ":wait 1m")
    assert "Đã gửi" in await office.says("Nông Văn Mẫu", f"/traloi {CODE}", "25/10/2027", "gửi")
    assert "25/10/2027" in await office.says(OFFICE, f"/yeucau {CODE} traloi")


async def test_known_figures_are_filled_in_and_their_source_is_shown(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-10-18T09:00")
    ask = (*ASK[:6], "Số phiếu đã đăng ký", "Số liệu Trợ lý đã có", "3", "Hết câu hỏi")
    await asked(office, *ask)
    page = await office.says(HEAD, f"/traloi {CODE}")
    assert "theo các phiếu đã đăng ký, ngày 18/10/2027" in page
    await office.says(HEAD, "đúng số liệu", "gửi")
    assert "theo các phiếu đã đăng ký" in await office.says(OFFICE, f"/yeucau {CODE} traloi")
    assert await office.value("SELECT json_extract(sources, '$.q1.figure') FROM request_answer") == "registered"
    await office.says(OTHER_HEAD, f"/traloi {CODE}", "1", "40", "gửi")
    assert await office.value("SELECT sources FROM request_answer WHERE receiver = 'QLN'") == "{}", "their own word"


async def test_it_comes_again_every_month_and_can_be_ended(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-10-18T09:00")
    preview = await office.says(OFFICE, *(each if each != "Một lần" else "Hằng tháng" for each in ASK))
    assert "kỳ sau mở ngày 18/11/2027, hạn đến hết ngày 29/11/2027" in preview
    await office.says(OFFICE, "gửi")
    await move(office, "2027-11-01T16:00")
    await office.says(HEAD, "việc")  # whoever writes is not spared
    await move(office, "2027-11-19T16:00")
    assert await office.rows("SELECT code, due, turn FROM request ORDER BY id") == [
        (CODE, "2027-10-29", 0),
        ("YC-2027-02", "2027-11-29", 1),
    ]
    heard = [each for each in await said_to(office, HEAD, "2027-11-18") if "YC-2027-02" in each]
    assert len(heard) == 1, "told with the day's message, once"
    assert "không tự mở lại nữa" in await office.says(OFFICE, "/yeucau YC-2027-02 dunglap")
    await move(office, "2027-12-20T16:00")
    assert await office.value("SELECT COUNT(*) FROM request") == 2


async def test_what_nothing_ran_for_is_passed_over(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-06-01T09:00")
    await asked(office, *(each.replace("29/10/2027", "10/06/2027").replace("Một lần", "Hằng tháng") for each in ASK))
    plan = office.app.office
    for now in (at_office("2027-09-20T09:00"), at_office("2027-09-20T10:00")):
        await office.app.db.write(lambda tx, now=now: open_next(tx, plan, now))  # type: ignore[misc]
    assert await office.rows("SELECT due, turn FROM request ORDER BY id") == [("2027-06-10", 0)]
    await office.app.db.write(lambda tx: open_next(tx, plan, at_office("2027-10-04T09:00")))
    assert await office.rows("SELECT due, turn FROM request ORDER BY id") == [("2027-06-10", 0), ("2027-10-10", 4)]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (("/yeucau moi Ngắn",), "từ 10 ký tự trở lên"),
        (("/yeucau moi Báo cáo ký số quý III", "Một số đơn vị", "ABCXYZ"), "không có đơn vị «ABCXYZ»"),
        (("/yeucau moi Báo cáo ký số quý III", "Một số người", "Không Có Ai"), "Danh sách không có ai"),
        (("/yeucau moi Báo cáo ký số quý III", "1", "01/01/2020"), "đã qua"),
        (("/yeucau moi Báo cáo ký số quý III", "1", "32/13/2027"), "05/11"),
        ((*ASK[:8], "văn bản", "Số văn bản đã ký số"), "Câu hỏi này đã có"),
        ((*ASK[:10], "Chọn một trong các phương án", "Chỉ một phương án này"), "từ 2 đến 10 phương án"),
        (("/yeucau YC-2099-77",), "Không có yêu cầu"),
        (("/yeucau moi " + "x" * 100_000,), "ký tự"),
    ],
)
async def test_what_cannot_be_is_said_with_an_example(open_office: OpenOffice, said: tuple[str, ...], why: str) -> None:
    office = await open_office(at="2027-10-18T09:00")
    assert why in (await office.says(OFFICE, *said)).split("---\n")[-2]
    assert await office.value("SELECT COUNT(*) FROM request") == 0


async def test_it_stands_in_every_list(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-10-18T09:00")
    await asked(office)
    assert f"Trả lời yêu cầu {CODE}" in await office.says(HEAD, "việc")
    assert CODE in await office.says(OFFICE, "/thoihan")
    assert CODE in await office.says(HEAD, "/lichnhac", ":wait 1m")
    assert f"Trả lời yêu cầu {CODE}" in await office.says(DRAFTER, "việc"), "who may draft it"
    await move(office, "2027-11-01T09:00")
    assert "quá hạn" in await office.says(HEAD, "việc")
    assert f"Tổng hợp, đóng yêu cầu {CODE}" in await office.says(OFFICE, "việc")


async def test_at_a_school(open_school: OpenOffice) -> None:
    office = await open_school()
    desk = str(await office.value("SELECT name FROM person WHERE role = 'office' LIMIT 1"))
    ask = (
        "/yeucau moi Báo cáo số tiết dạy có ứng dụng công nghệ",
        "Tất cả tổ",
        "1",
        "Hằng quý",
        "1",
        "Số tiết đã dạy",
        "Số",
        "tiết",
        "Hết câu hỏi",
    )
    preview = await office.says(desk, *ask)
    assert "tổ" in preview and "đơn vị" not in preview.split("---\n")[-2]
    assert "✅ Đã gửi yêu cầu" in await office.says(desk, "gửi")


async def test_the_workbook_is_whole_and_its_cells_are_safe(open_office: OpenOffice) -> None:
    office = await open_office(at="2027-10-18T09:00")
    await asked(office, *ASK[:6], "Khó khăn khi ký số", "Văn bản ngắn", "Hết câu hỏi")
    await office.says(HEAD, f"/traloi {CODE}", '=HYPERLINK("http://x")', "gửi")
    await office.says(OFFICE, f"/yeucau {CODE} bang", ":wait 1m")
    data = await office.value("SELECT bytes FROM content JOIN file USING (sha256) WHERE name = 'YC-2027-01.xlsx'")
    assert isinstance(data, bytes)
    sheet = load_workbook(BytesIO(data)).active
    assert sheet is not None
    rows = list(sheet.iter_rows())
    assert [cell.value for cell in rows[0]][-1] == "Khó khăn khi ký số" and len(rows) == 3
    cell = next(row[-1] for row in rows if str(row[-1].value).startswith("="))
    assert cell.data_type == "s" and cell.quotePrefix
