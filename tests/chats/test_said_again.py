"""What people say a second time, shorter or to an older sheet: nothing of two sheets is mixed, nothing is promised in vain."""

import pytest

from tests.conftest import Office

TITLE, OTHER = "Ứng dụng bản đồ số quản lý cây xanh đô thị", "Rút gọn thời gian trả lời văn bản bằng bảng mẫu"


async def test_another_title_begins_another_sheet_and_the_first_is_put_away(office: Office) -> None:
    await office.says("officer", "/dangky sk", TITLE, "thoát")
    shown = await office.says("officer", f"dk sk: {OTHER}; II.1; tôi")
    assert "soạn dở trước đây đã được cất" in shown
    assert f"1. Tên: {OTHER}" in shown
    assert TITLE not in shown
    assert f"Tên: {OTHER}" in await office.says("officer", "gửi", "SK-2027-017")
    assert "Phiếu đã cất" in (away := await office.says("officer", "việc", "phiếu đã cất")), away
    assert TITLE in await office.says("officer", "1", "xem phiếu")


async def test_the_same_title_goes_on_with_the_same_sheet(office: Office) -> None:
    await office.says("officer", "/dangky sk", TITLE, "thoát")
    shown = await office.says("officer", f"dk sk: {TITLE}; II.4; tôi")
    assert "đã được cất" not in shown
    assert f"1. Tên: {TITLE}" in shown


async def test_a_leave_said_anew_has_the_days_that_are_said(office: Office) -> None:
    await office.says("officer", "nghỉ phép đến 25/10", "thoát")
    shown = await office.says("officer", "nghỉ phép từ 01/11 đến 05/11")
    assert "1. Từ ngày: 01/11/2027" in shown
    assert "2. Đến hết ngày: 05/11/2027" in shown


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("đến hết tháng 11", "18/10/2027", "30/11/2027"),
        ("hết tháng 11", "18/10/2027", "30/11/2027"),
        ("từ 20/10 đến hết tháng 11", "20/10/2027", "30/11/2027"),
        ("từ nay đến hết tuần sau", "18/10/2027", "31/10/2027"),
        ("từ đầu tháng 11 đến cuối tháng 11", "01/11/2027", "30/11/2027"),
        ("cả tháng 11", "01/11/2027", "30/11/2027"),
        ("trong tháng này", "18/10/2027", "31/10/2027"),
        ("cả tuần sau", "25/10/2027", "31/10/2027"),
        ("từ mai 3 ngày", "19/10/2027", "21/10/2027"),
        ("hai tuần", "18/10/2027", "31/10/2027"),
    ],
)
async def test_a_leave_is_told_as_people_tell_it(office: Office, said: str, first: str, last: str) -> None:
    shown = await office.says("officer", f"nghỉ phép {said}")
    assert f"1. Từ ngày: {first}\n2. Đến hết ngày: {last}" in shown


async def test_a_sign_alone_asks_for_help(office: Office) -> None:
    assert "Trợ lý giúp đồng chí Mẫu những việc sau" in await office.says("officer", "?")
    asked = await office.says("officer", "/dangky sk", "?", "??")
    assert asked.count("Câu này hỏi về «Tên».") == 2
    assert "Câu này hỏi về «Tác giả»." in await office.says("officer", TITLE, "3", "?")
    assert (await office.says("officer", "tôi", "?")).count("Xem lại trước khi gửi") == 2


async def test_nothing_is_said_to_be_kept_where_nothing_was_written(office: Office) -> None:
    left = await office.says("officer", "/dangky sk", "thoát")
    assert "Phiếu chưa có nội dung nào." in left
    assert "vẫn được lưu." not in left.replace("(phiếu vẫn được lưu).", "")
    assert "vẫn được lưu" not in await office.says("officer", "/thoat")
    assert "Phiếu vẫn được lưu." in await office.says("officer", "/dangky sk", TITLE, "thoát")
    assert "Phiếu đang soạn vẫn được lưu." in await office.says("officer", "/thoat")


@pytest.mark.parametrize("said", ["số 02", "theo thông báo số 02", "công văn số 30", "văn bản số: 31"])
async def test_the_number_of_a_paper_is_no_amount(office: Office, said: str) -> None:
    await office.says("head", "/baocao", "đồng ý", "sửa 5")
    assert "chưa hiểu" in await office.says("head", said)
    for sheet in (said, f"{said} ram"):
        assert "Năm 2026 là 35 ram, năm nay" not in await office.says("head", sheet)
    assert "5. Giấy sử dụng: chưa trả lời" in await office.says("head", "xem phiếu")


@pytest.mark.parametrize("said", ["số lượng 31 ram", "tổng số 31 ram"])
async def test_an_amount_may_be_called_one(office: Office, said: str) -> None:
    await office.says("head", "/baocao", "đồng ý", "sửa 5", said)
    assert "5. Giấy sử dụng: 31 ram" in await office.says("head", "xem phiếu")


async def test_a_long_answer_ends_with_nothing_more(office: Office) -> None:
    part = "Đường truyền ở trụ sở chưa ổn định nên hồ sơ gửi lên cổng phải làm lại. " * 22
    await office.says("head", "/baocao", "đồng ý", "sửa 9", part)
    await office.says("head", "không có")
    assert await office.value("SELECT COUNT(*) FROM answer WHERE LENGTH(value) > 1500") == 1
    assert await office.value("SELECT COUNT(*) FROM answer WHERE value LIKE '%nothing%'") == 0


@pytest.mark.parametrize(
    ("who", "said", "never"),
    [
        ("officer", "đăng ký từ hôm qua", "17/10/2027"),
        ("officer", "tôi có nộp gì hôm qua không", "17/10/2027"),
        ("head", "việc phòng tôi còn gì hôm qua", "17/10/2027"),
    ],
)
async def test_a_fact_that_a_command_has_no_use_for_stands_behind_no_choice(
    office: Office, who: str, said: str, never: str
) -> None:
    assert never not in await office.says(who, said)


async def test_a_registration_in_one_message_is_no_title_of_another(office: Office) -> None:
    asked = await office.says("officer", "/dangky sk", f"dk sk: {TITLE}; II.4; tôi")
    assert "Mở «Đăng ký»" in asked
    review = await office.says("officer", "1")
    assert f"1. Tên: {TITLE}\n2. Nội dung: Thực hiện chuyển đổi xanh" in review


@pytest.mark.parametrize("said", ["16/01/2027", "45/KH-TTQH"])
async def test_a_number_signs_no_plan(office: Office, said: str) -> None:
    await office.says("Đàm Thị Ước Lệ", "/kehoach 2027", "16/01/2027")
    await office.says("Đàm Thị Ước Lệ", said)
    assert "2. Người ký: chưa trả lời" in await office.says("Đàm Thị Ước Lệ", "xem phiếu")


@pytest.mark.parametrize("title", ["UNG DUNG BAN DO SO QUAN LY CAY XANH", "Ung dung ban do so quan ly cay xanh"])
async def test_a_title_without_marks_is_said_to_be_one(office: Office, title: str) -> None:
    shown = await office.says("officer", "/dangky sk", title, "3", "tôi")
    assert "⚠️ chưa có dấu" in shown
