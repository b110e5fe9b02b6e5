"""Golden transcripts of difficulties, of the tasks that follow of them, and of inspections; in both shipped offices.

`./run test tests/chats/test_difficulty_transcripts.py --record` writes them anew; read the difference before committing.
"""

import pytest

from tests.conftest import OpenOffice
from tests.transcribing import FOLDER, LOOKS, Conversation, transcribe

TEXT = "Chưa có bản quyền phần mềm dựng mô hình; kiến nghị trang bị 02 bản quyền trong quý IV"

CONVERSATIONS: dict[str, Conversation] = {
    "by_way_of_the_head": [
        ("officer", [f"vuong mac: {TEXT}", "2", "qua truong phong", "gửi"]),
        (
            "head",
            [":wait 20m", "việc", "/vuongmac", "/vuongmac 001", ":tap Trả lời", "Phòng bố trí máy dùng chung", "gửi"],
        ),
        ("officer", [":wait 20m", "/vuongmac 001 chua", "Máy dùng chung không đủ bộ nhớ", "gửi"]),
        ("head", [":wait 20m", "/vuongmac 001 chuyen", "1", "gửi"]),
        ("office", [":wait 20m", "/vuongmac 001 dap", "Đã đưa vào danh mục mua sắm tháng 11", "gửi"]),
        ("officer", [":wait 20m", "vướng mắc", "/vuongmac 001", ":tap Đã giải quyết"]),
    ],
    "straight_to_the_office_and_before_the_leaders": [
        ("officer", ["khó khăn", TEXT, "2", "thẳng văn phòng sở", "gửi"]),
        (
            "office",
            [
                ":wait 20m",
                "/vuongmac 001 trinh",
                "/vuongmac lanhdao",
                "/vuongmac lanhdao donvi",
                "/vuongmac 001 ykien",
                "2",
                "15/10/2027",
                "12/TB-SXD",
                "Đồng ý mua 02 bản quyền trong quý IV",
                "Phòng Kế hoạch - Tài chính",
                "Mua 02 bản quyền phần mềm",
                "30/11/2027",
                "gửi",
            ],
        ),
        ("officer", [":wait 20m"]),
        ("Triệu Thị Tạm Tính", [":wait 1m", "việc được giao", "/viecgiao 1 xong", "Đã mua hai bản quyền", "gửi"]),
        ("office", [":wait 20m", "/viecgiao", "/viecgiao 1 tra", "15/12/2027", "Chưa có biên bản bàn giao", "gửi"]),
        ("Triệu Thị Tạm Tính", [":wait 20m"]),
        ("Đinh Văn Cao Kỳ", ["/vuongmac lanhdao"]),
    ],
    "from_a_sheet": [
        (
            "officer",
            [
                "/dangky sk",
                "Tra cứu thành phần hồ sơ cấp giấy phép xây dựng bằng mã QR",
                "xem phiếu",
                ":tap Báo vướng mắc",
                TEXT,
                "7",
                "1",
                "gửi",
                "3",
                "/vuongmac 001 rut",
                ":tap Rút",
            ],
        )
    ],
    "inspection": [
        (
            "office",
            [
                "kiểm tra",
                ":tap Ghi cuộc kiểm tra",
                "QLXD",
                "12/10/2027",
                "12/BB-KT",
                "03 hồ sơ thẩm định chưa ký số đầy đủ",
                "29/10/2027",
                "gửi",
            ],
        ),
        ("head", [":wait 20m", "kiem tra", "/kiemtra 001", ":tap Đã khắc phục", "Đã ký số đủ 03 hồ sơ", "gửi"]),
        ("office", [":wait 20m", "/viecgiao 1 dong", "/kiemtra", "/tonghop 2027"]),
    ],
    "in_the_report": [
        ("officer", ["/vuongmac moi", TEXT, "2", "1", "gửi"]),
        ("head", ["/vuongmac 001 traloi", "Phòng bố trí máy dùng chung từ tháng 11", "gửi"]),
        (
            "head",
            [
                "/baocao 2027",
                "đúng số liệu",
                "5/5",
                "12/12",
                "30,5",
                "5/5",
                "390/400",
                "đồng ý dự thảo",
                "Đã phổ biến tại họp phòng hằng quý",
                "không có",
                "In hai mặt toàn bộ tài liệu nội bộ",
                "không phát sinh",
            ],
        ),
    ],
}
AT_SCHOOL: dict[str, Conversation] = {
    "by_way_of_the_head": [
        ("officer", ["vướng mắc", "Chưa có phòng máy cho học sinh lớp 8 học tin học", "1", "1", "gửi"]),
        ("head", [":wait 20m", "/vuongmac 001 chuyen", "Tổ thống nhất với kiến nghị", "gửi"]),
        ("office", [":wait 20m", "/vuongmac lanhdao"]),
    ]
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", CONVERSATIONS)
async def test_the_conversation_is_as_it_was_agreed(
    name: str, look: str, open_office: OpenOffice, record: bool
) -> None:
    golden = FOLDER / "difficulties" / f"{name}.{look}.txt"
    await transcribe(await open_office(), CONVERSATIONS[name], look, golden, record)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", AT_SCHOOL)
async def test_at_the_school(name: str, look: str, open_school: OpenOffice, record: bool) -> None:
    golden = FOLDER / "difficulties" / f"truong-hoc.{name}.{look}.txt"
    await transcribe(await open_school(), AT_SCHOOL[name], look, golden, record)
