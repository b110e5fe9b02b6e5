"""The campaign of a review: the office opens it, units confirm what is on record and send, it is received, given back, closed."""

import pytest

from tests.chats.test_outages import move, said_to
from tests.conftest import Office, OpenOffice
from tests.sheets import CANDID_REPORT
from tests.transcribing import FOLDER, LOOKS, Conversation, transcribe

OPENED = ("/giaidoan mo 2027", "45/SXD-VP", "15/10/2027", "30/11/2027", "gửi")
FILLED = (
    "sơ kết",
    "đúng số liệu",
    "đồng ý dự thảo",
    "Giao chỉ tiêu kèm người phụ trách từ đầu năm",
    "không có",
    "Đề nghị mở lớp tập huấn BIM",
    "danh sách đúng",
)
CODE = "GD-2027-QLXD"
VERSIONS = "SELECT version, state, received IS NOT NULL FROM unit_review ORDER BY version"


async def opened(open_office: OpenOffice) -> Office:
    office = await open_office("2027-10-18T08:30")
    assert "✅ Đã mở đợt" in await office.says("office", *OPENED)
    return office


async def test_nobody_owes_a_review_before_the_office_opens_it(open_office: OpenOffice) -> None:
    office = await open_office("2027-10-18T08:30")
    assert "chưa mở" in await office.says("head", "sơ kết")
    assert "sơ kết" not in await office.says("head", "việc")
    assert "thực hiện" in await office.says("head", "/giaidoan mo 2027")
    said = await office.says("office", *OPENED)
    assert "14 đơn vị được báo" in said
    assert "đến hết ngày 30/11/2027 (thứ Ba)" in said
    basis = "SELECT duty, day, basis FROM deadline WHERE duty = 'so_ket_don_vi'"
    assert await office.rows(basis) == [("so_ket_don_vi", "2027-11-30", "Công văn 45/SXD-VP ngày 15/10/2027")]
    told = await office.says("head", ":clock 2027-10-19T08:10")
    assert "đề nghị gửi báo cáo sơ kết của đơn vị năm 2027, đến hết ngày 30/11/2027 (thứ Ba)" in told
    assert "báo cáo sơ kết của đơn vị năm 2027" in await office.says("head", "việc")
    again = await office.says("office", "/giaidoan mo 2027")
    assert "đã được Lương Thị Nháp mở" in again, "opened once"


async def test_other_commands_know_a_review(open_office: OpenOffice) -> None:
    office = await opened(open_office)
    for words in ("/nhapthay QLXD sơ kết 2027", "/nhapthay QLXD so ket", "/nhapthay so_ket_don_vi 2027 QLXD"):
        assert "Không nhập thay được báo cáo sơ kết" in await office.says("office", words)
    assert "Không có báo cáo giai đoạn mang mã" in await office.says("office", "/molai GD-2027-QLXD")
    await office.says("head", *FILLED, "gửi")
    assert "chưa được tiếp nhận" in await office.says("office", "/molai GD-2027-QLXD đến 20/11 vì sai số liệu")
    await office.says("head", "/giaidoan sua 2027", "sửa 17 Mỗi quý rà soát chỉ tiêu một lần", "gửi")
    await office.says("office", f"/tiepnhan {CODE}")
    said = await office.says("office", "/molai gd 2027 qlxd đến 20/11 vì sai số liệu")
    assert "sửa được đến hết thời hạn của cả đợt" in said
    assert "<Mở lại để sửa>" in said
    assert await office.value("SELECT received IS NOT NULL FROM unit_review WHERE state = 'counted'") == 1
    listed = await office.says("office", "/xemban GD-2027-QLXD")
    assert "Các bản của GD-2027-QLXD (02)" in listed
    assert "Giao chỉ tiêu kèm người phụ trách từ đầu năm" in await office.says("head", "/xemban gd-2027-qlxd v1")
    assert "Mỗi quý rà soát chỉ tiêu một lần" in await office.says("head", "/xemban GD-2027-QLXD bản 2")
    assert "chưa có bản 7" in await office.says("head", "/xemban GD-2027-QLXD v7")
    assert "Văn phòng Sở" in await office.says("head", "/xemban GD-2027-KTVL"), "of another unit"
    await office.says("office", "/giaidoan dong so_ket_don_vi 2027 co")
    assert "đã đóng đợt" in await office.says("office", "/molai GD-2027-QLXD")


async def test_what_is_on_record_is_confirmed_page_by_page_and_sent(open_office: OpenOffice) -> None:
    office = await opened(open_office)
    first = await office.says("head", "so ket")
    assert "- 2026: báo cáo BC-2026-QLXD, bản 1, tiếp nhận ngày 05/11/2026." in first
    assert "- 2027: chưa gửi báo cáo năm" in first
    assert "2026: 100%; 2027: chưa có số liệu" in first, "what was not sent is no zero"
    assert "35 ram, chưa có mốc so sánh" in first
    assert "Rút gọn quy trình nội bộ" in first
    assert "<Mở báo cáo năm 2027>" in first
    areas = await office.says("head", "đúng số liệu")
    assert "Năm 2026: Đã rà soát 06 quy trình nội bộ" in areas
    said = await office.says("head", "đồng ý dự thảo", *FILLED[3:])
    assert "⚠️ Chưa có báo cáo năm: 2027" in said
    sent = await office.says("head", "gửi")
    assert "✅ Đã gửi báo cáo sơ kết của đơn vị năm 2027" in sent
    assert CODE in sent
    assert "báo cáo sơ kết" not in await office.says("head", "việc")
    assert "01/14" in await office.says("office", "/giaidoan")
    kept = str(await office.value("SELECT answers FROM unit_review"))
    assert "bai_hoc" in kept
    assert "over_" not in kept, "figures are kept once, where they were given"


async def test_the_report_of_the_year_flows_in_when_it_is_there(open_office: OpenOffice) -> None:
    office = await opened(open_office)
    await office.says("head", *FILLED, "gửi")
    assert "2027: chưa có số liệu" in await office.says("head", "/giaidoan xem")
    await office.says("head", *CANDID_REPORT)
    shown = await office.says("head", "/giaidoan xem")
    assert "báo cáo BC-2027-QLXD, bản 1" in shown
    assert "Sau khi gửi, số liệu các năm sau đã thay đổi: 2027." in shown
    again = await office.says("head", "/giaidoan sua 2027")
    assert "⚠️ Báo cáo năm 2027 có nội dung chưa nằm trong các mục" in again
    assert "Chưa có báo cáo năm" not in again


async def test_it_is_received_and_given_back(open_office: OpenOffice) -> None:
    office = await opened(open_office)
    await office.says("head", *FILLED, "gửi")
    assert f"{CODE} báo cáo sơ kết phong trào của đơn vị" in await office.says("office", "/tiepnhan")
    assert "✅ Đã tiếp nhận" in await office.says("office", f"/tiepnhan {CODE}")
    assert await office.rows(VERSIONS) == [(1, "counted", 1)]
    refused = await office.says("head", "/giaidoan sua 2027")
    assert "đề nghị Văn phòng Sở mở lại" in refused
    assert "Đã mở lại" in await office.says("office", f"/giaidoan molai {CODE}")
    assert "chưa được tiếp nhận" in await office.says("office", f"/giaidoan molai {CODE}"), "once"
    assert "đã mở lại báo cáo sơ kết" in await office.says("head", ":wait 15m")
    await office.says("head", "/giaidoan sua 2027", "sửa 17 Mỗi quý rà soát chỉ tiêu một lần", "gửi")
    assert await office.rows(VERSIONS) == [(1, "past", 0), (2, "counted", 0)]
    shown = await office.says("Đinh Văn Cao Kỳ", "/giaidoan xem 2027 QLXD")
    assert "Mỗi quý rà soát chỉ tiêu một lần" in shown
    assert "Mở lại" not in shown, "the office alone gives back"


async def test_what_is_closed_or_moved_meanwhile_is_said_and_nothing_is_lost(open_office: OpenOffice) -> None:
    office = await opened(open_office)
    await office.says("head", *FILLED)
    await office.says("office", "/thoihan so_ket_don_vi 2027", "03/12/2027", "công văn 60/SXD-VP", "gửi")
    again = await office.says("head", "xem toàn văn", "tiếp tục")
    assert "đến hết ngày 03/12/2027; Văn phòng Sở đã đổi từ ngày 30/11/2027" in again
    asked = await office.says("office", "/giaidoan dong 2027")
    assert "Chưa gửi (14)" in asked
    assert "✅ Đã đóng đợt" in await office.says("office", "/giaidoan dong so_ket_don_vi 2027 co")
    refused = await office.says("head", "gửi")
    assert "Văn phòng Sở đã đóng đợt báo cáo sơ kết" in refused
    assert "vẫn được lưu" in refused
    assert await office.value("SELECT COUNT(*) FROM unit_review") == 0
    assert "đã đóng đợt" in await office.says("head", "sơ kết")
    assert "đã đóng đợt" in await office.says("office", "/giaidoan dong so_ket_don_vi 2027 co"), (
        "the second one hears it"
    )
    await office.says("office", *OPENED)
    assert "✅ Đã gửi" in await office.says("head", "sơ kết", "gửi"), "the draft was kept"


async def test_no_date_opens_what_is_closed(open_office: OpenOffice) -> None:
    office = await open_office("2027-10-18T08:30")
    assert "chưa mở" in await office.says("office", "/thoihan so_ket_don_vi 2027"), "never without its letter"
    await office.says("office", *OPENED)
    await office.says("office", "/thoihan so_ket_don_vi 2027", "03/12/2027", "công văn 60/SXD-VP")
    await office.says("Hà Văn Thí Dụ", "/giaidoan dong so_ket_don_vi 2027 co")
    assert "đã đóng đợt" in await office.says("office", "gửi"), "a colleague was faster"
    assert "đã đóng đợt" in await office.says("office", "/thoihan so_ket_don_vi 2027")
    await office.says("office", *OPENED)
    assert "✅ Đã đóng đợt" in await office.says("office", "/giaidoan dong so_ket_don_vi 2027 co")


async def test_a_review_is_shown_by_its_name(open_office: OpenOffice) -> None:
    office = await opened(open_office)
    await office.says("head", *FILLED, "gửi")
    assert "Giao chỉ tiêu kèm người phụ trách" in await office.says("head", "/giaidoan xem sơ kết")


async def test_what_is_closed_is_given_back_to_nobody(open_office: OpenOffice) -> None:
    office = await opened(open_office)
    await office.says("head", *FILLED, "gửi")
    await office.says("office", f"/tiepnhan {CODE}", "/giaidoan dong so_ket_don_vi 2027 co")
    assert "Mở lại để" not in await office.says("office", "/giaidoan xem 2027 QLXD")
    assert "đã đóng đợt" in await office.says("office", f"/giaidoan molai {CODE}")
    assert await office.rows(VERSIONS) == [(1, "counted", 1)]


async def test_whoever_drafts_passes_it_on(open_office: OpenOffice) -> None:
    office = await opened(open_office)
    assert "thực hiện" in await office.says("officer", "sơ kết")
    passed = await office.says("Lục Thị Minh Họa", *FILLED, "gửi")
    assert "✅ Đã chuyển" in passed
    told = await office.says("head", ":wait 15m")
    assert "Bản soạn báo cáo sơ kết của đơn vị năm 2027 đã sẵn sàng" in told
    await office.says("head", "/giaidoan so_ket_don_vi 2027", "gửi")
    assert "đã được gửi" in await office.says("Lục Thị Minh Họa", ":wait 15m")


async def test_a_review_opens_in_its_months_and_years_only(open_office: OpenOffice) -> None:
    office = await open_office("2027-03-01T08:30")
    assert "từ ngày 01/09/2027 đến ngày 31/12/2027" in await office.says("office", "/giaidoan mo 2027")
    assert "chưa mở" in await office.says("office", "/giaidoan mo 2030")
    assert "Ví dụ: /giaidoan 2027" in await office.says("head", "/giaidoan 2028")


async def test_a_day_outside_is_refused_with_its_bounds(open_office: OpenOffice) -> None:
    office = await open_office("2027-10-18T08:30")
    said = await office.says("office", *OPENED[:3], "15/01/2028")
    assert "01/09/2027" in said
    assert "31/12/2027" in said


async def test_units_do_not_read_each_others_reviews(open_office: OpenOffice) -> None:
    office = await opened(open_office)
    assert "do Văn phòng Sở và Lãnh đạo Sở xem" in await office.says("head", "/giaidoan xem 2027 KTVL")
    assert "thực hiện" in await office.says("officer", "/giaidoan xem 2027 KTVL")


PROPOSED = (
    "/khenthuong denghi",
    "Nông Văn Mẫu",
    "sơ kết",
    "giấy khen",
    "1",
    "Rút quy trình thẩm định từ 7 bước xuống 5 bước, giảm 30% thời gian xử lý mỗi hồ sơ",
    "không kèm hồ sơ",
    "không có biên bản",
    "gửi",
)


async def test_proposals_are_listed_and_not_kept_twice(open_office: OpenOffice) -> None:
    office = await opened(open_office)
    said = await office.says("head", *PROPOSED)
    assert "KT-2027-001" in said
    page = await office.says("head", *FILLED[:-1])
    assert "KT-2027-001 Chuyên viên Nông Văn Mẫu" in page
    assert "<Đề nghị khen thưởng thêm>" in page
    await office.says("head", "danh sách đúng", "gửi")
    assert "KT-2027-001" not in str(await office.value("SELECT answers FROM unit_review"))
    assert "KT-2027-001 Chuyên viên Nông Văn Mẫu" in await office.says("office", "/giaidoan xem 2027 QLXD")


async def test_the_summary_of_the_period_takes_in_lessons_proposals_and_nominations(open_office: OpenOffice) -> None:
    office = await opened(open_office)
    assert "Bài học kinh nghiệm" not in await office.says("office", "/tonghop 2026-2027")
    await office.says("head", *PROPOSED)
    await office.says("head", *FILLED, "gửi")
    said = await office.says("office", "/tonghop 2026-2027")
    assert "Báo cáo sơ kết của đơn vị năm 2027: đã gửi 01/14" in said
    assert "Bài học kinh nghiệm (01):" in said
    assert "- Phòng Quản lý xây dựng: Giao chỉ tiêu kèm người phụ trách từ đầu năm" in said
    assert "- Phòng Quản lý xây dựng: Đề nghị mở lớp tập huấn BIM" in said
    assert "Đề nghị khen thưởng dịp này (01):" in said
    assert "KT-2027-001 Chuyên viên Nông Văn Mẫu" in said


async def test_what_has_come_of_difficulties_stands_in_the_draft(open_office: OpenOffice) -> None:
    office = await opened(open_office)
    await office.says("head", "/vuongmac", "Phần mềm thẩm định chưa liên thông với một cửa", "1", "gửi")
    code = str(await office.value("SELECT code FROM difficulty ORDER BY id DESC LIMIT 1"))
    page = await office.says("head", *FILLED[:3], "Giao chỉ tiêu từ đầu năm")
    shown = await office.says("head", "xem phiếu", "tiếp", "tiếp", "tiếp")
    assert "Năm 2027: Phần mềm thẩm định chưa liên thông với một cửa" in shown, page
    assert code in shown


async def test_the_final_review_takes_in_five_years(open_office: OpenOffice) -> None:
    office = await open_office("2030-10-21T08:30")
    await office.says("office", "/thoihan mo 2030 co")
    await office.says("office", "/giaidoan mo 2030", "77/SXD-VP", "18/10/2030", "05/12/2030", "gửi")
    first = await office.says("head", "tong ket")
    assert "Báo cáo tổng kết của đơn vị năm 2030 (giai đoạn 2026 - 2030)" in first
    assert "- 2030: chưa gửi báo cáo năm" in first
    assert "<Mở báo cáo năm 2030>" in first
    assert "2028: chưa có số liệu" in first, "a year without a report is no zero"


async def test_another_office_has_its_own_years(open_school: OpenOffice) -> None:
    school = await open_school()
    said = await school.says("office", "/giaidoan")
    assert "2028, 2030" in said


CONVERSATIONS: dict[str, Conversation] = {
    "opened_and_sent": [
        (
            "office",
            ["sơ kết", "/giaidoan mo 2027", "45/SXD-VP", "20/10/2027", "15/10/2027", "15/01/2028", "30/11/2027", "gửi"],
        ),
        ("head", [":clock 2027-10-19T08:10", "so ket", "Đúng số liệu", "Đồng ý dự thảo"]),
        (
            "head",
            [
                "Giao chỉ tiêu kèm người phụ trách từ đầu năm",
                "không có",
                "Đề nghị mở lớp tập huấn BIM",
                "Danh sách đúng",
                "gửi",
            ],
        ),
        (
            "office",
            ["/tiepnhan", "/tiepnhan GD-2027-QLXD", "/giaidoan", "/giaidoan xem 2027 QLXD", "/tonghop 2026-2027"],
        ),
        ("head", [":wait 20m", "sơ kết"]),
    ],
    "closed_meanwhile": [
        ("office", list(OPENED)),
        ("head", list(FILLED)),
        (
            "office",
            ["/giaidoan dong 2027", "/giaidoan dong so_ket_don_vi 2027 co", "/giaidoan dong so_ket_don_vi 2027 co"],
        ),
        ("head", ["gửi", "sơ kết"]),
    ],
    "given_back": [
        ("office", list(OPENED)),
        ("head", [*FILLED, "gửi"]),
        ("office", ["/tiepnhan GD-2027-QLXD", "/giaidoan molai GD-2027-QLXD", "/giaidoan molai GD-2027-QLXD"]),
        ("head", [":wait 20m", "/giaidoan sua 2027", "sửa 17 Mỗi quý rà soát chỉ tiêu một lần", "gửi"]),
    ],
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", CONVERSATIONS)
async def test_a_review_is_as_it_was_agreed(name: str, look: str, open_office: OpenOffice, record: bool) -> None:
    golden = FOLDER / "reviews" / f"{name}.{look}.txt"
    await transcribe(await open_office("2027-10-18T08:30"), CONVERSATIONS[name], look, golden, record)


async def test_that_a_review_may_be_opened_comes_along_with_the_days_message_once(open_office: OpenOffice) -> None:
    office = await open_office("2027-09-03T16:00")
    await move(office, "2027-10-01T16:00")
    heard = await said_to(office, "Lương Thị Nháp", "2027-09-04")
    hints = [each for each in heard if "Báo cáo sơ kết của đơn vị năm 2027: mở được đến hết ngày 31/12/2027" in each]
    assert len(hints) == 1
    assert not hints[0].startswith('{"text":"Báo cáo sơ kết'), "it is no reason for a message"
