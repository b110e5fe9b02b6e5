"""Golden transcripts of one item's life: co-authors, request, supplement, the three ways out, timeline, copy, progress.

`./run test tests/chats/test_item_transcripts.py --record` writes them anew; read the difference before committing.
"""

import pytest

from tests.conftest import OpenOffice
from tests.transcribing import FOLDER, LOOKS, Conversation, transcribe

REGISTERED = [
    "/dangky sk",
    "Tra cứu thành phần hồ sơ cấp giấy phép xây dựng bằng mã QR",
    "3",
    "tôi 60, Lý Thị Ví Dụ 40",
    "gửi",
    "bổ sung",
    "Dán mã QR ở bộ phận một cửa và gửi kèm phiếu hẹn.",
    "Giảm khoảng 40% hồ sơ phải bổ sung",
    "quý IV",
    "gửi",
]
SENT = "SK-2027-017"
ASKED = [
    f"/yeucaucongnhan {SENT}",
    "15/03/2027",
    "1",
    "Trước đây hướng dẫn từng người tại quầy; nay người dân quét mã QR, tự xem thành phần hồ sơ.",
    "Sở Xây dựng",
    "Máy in, mạng nội bộ; không cần thêm kinh phí",
    "Giảm thời gian hướng dẫn mỗi hồ sơ từ 30 phút xuống 10 phút",
    "bỏ qua",
    "bỏ qua",
    "Không có",
    "05/11/1985",
    "Kỹ sư xây dựng",
    "gửi",
]
CONFIRMED = ("head", [f"xác nhận {SENT}", f"/xacnhan {SENT} gui"])
RECEIVED = ("office", [f"tiếp nhận {SENT}"])

CONVERSATIONS: dict[str, Conversation] = {
    "coauthor_agrees": [
        ("officer", REGISTERED),
        (
            "Lý Thị Ví Dụ",
            [":wait 15m", "việc", "đồng ý", "đồng ý 017", f"phiếu của tôi {SENT}", f"không đồng ý {SENT} v1"],
        ),
        ("head", [f"/xacnhan {SENT}"]),
    ],
    "coauthor_does_not_agree": [
        ("officer", REGISTERED),
        ("Lý Thị Ví Dụ", [":wait 15m", "khong dong y 017", "chúng tôi đã thống nhất mỗi người 50"]),
        ("head", [f"/xacnhan {SENT}", "/xacnhan 017 gui", "/xacnhan 017 tralai", "4", "gửi"]),
        ("officer", [":wait 20m", f"/cuatoi sua {SENT}", "sửa 3 tôi 50, Lý Thị Ví Dụ 50", "gửi"]),
        ("Lý Thị Ví Dụ", [":wait 15m", "đồng ý 017"]),
        ("head", ["xác nhận 017", "1"]),
    ],
    "request": [
        ("officer", REGISTERED),
        CONFIRMED,
        RECEIVED,
        (
            "officer",
            [":wait 15m", "yêu cầu công nhận", "áp dụng lần đầu 017", "15/02/2026", "15/11/2027", "thoát", *ASKED],
        ),
        ("Lý Thị Ví Dụ", [":wait 15m", f"/thongtintacgia {SENT}", "bỏ qua", "Thạc sĩ quy hoạch", "gửi"]),
        (
            "office",
            [
                "xét hồ sơ",
                SENT,
                f"/xetphieu {SENT}",
                f"/xetphieu bosung {SENT}",
                "xác nhận của Bộ phận một cửa",
                "1",
                "gửi",
            ],
        ),
        (
            "officer",
            [
                ":wait 15m",
                "việc",
                f"/yeucaucongnhan {SENT}",
                "sửa 5 Bộ phận một cửa xác nhận giảm 25% hồ sơ phải bổ sung",
                "gửi",
            ],
        ),
        (
            "office",
            [f"/xetphieu du {SENT}", "xét công nhận", f"/congnhan {SENT}", "cơ sở", "88/QĐ-SXD", "18/10/2027", "gửi"],
        ),
        ("officer", [":wait 15m", f"quá trình {SENT}", f"/yeucaucongnhan {SENT}", f"/yeucaucongnhan rut {SENT}"]),
    ],
    "not_recognised": [
        ("officer", REGISTERED),
        CONFIRMED,
        RECEIVED,
        ("officer", ASKED),
        (
            "office",
            [
                f"/xetphieu khong {SENT}",
                "chưa có tính mới trong phạm vi cơ sở: đã áp dụng từ năm 2025",
                "45/TB-SXD ngày 18/10/2027",
                "gửi",
                f"/xetphieu khong {SENT}",
            ],
        ),
        ("officer", [":wait 15m", f"/cuatoi {SENT}", f"/yeucaucongnhan rut {SENT}"]),
    ],
    "withdraw_cancel_reject": [
        ("officer", [*REGISTERED, f"/huyphieu {SENT}", f"/cuatoi rut {SENT}", "1", f"/cuatoi sua {SENT}"]),
        (
            "head",
            [
                "hủy đăng ký",
                "hủy đăng ký SK-2027-002",
                "nội dung đã chuyển cho Phòng Quy hoạch - Kiến trúc",
                "gửi",
                "/huyphieu SK-2027-002",
            ],
        ),
        (
            "office",
            [
                ":wait 15m",
                "xét phiếu",
                "/xetphieu SK-2027-008",
                "/xetphieu tuchoi SK-2027-008",
                "giải pháp này đã được đăng ký năm 2026",
                "gửi",
                "/xetphieu tuchoi SK-2027-008",
            ],
        ),
        ("Lý Thị Lấy Lệ", [":wait 15m"]),
    ],
    "progress": [
        (
            "Đàm Văn Diễn Tập",
            [
                "cập nhật tiến độ",
                "cap nhat nv 2",
                "đang làm",
                "gửi",
                "cập nhật NV-2027-002 chậm vì tháng 9 mới được giao kinh phí",
                "15/10/2027",
                "30/11/2027",
                "gửi",
                ":clock 2027-11-23T08:00",
                ":wait 1h",
                "cap nhat NV-2027-002 xong",
                "1",
                "Đã theo dõi 12 gói thầu, giải ngân 98%",
                "gửi",
                "/cuatoi NV-2027-002",
                "quá trình NV-2027-002",
                "cập nhật SK-2027-001",
            ],
        )
    ],
    "copy_to_next_year": [
        (
            "officer",
            [
                ":clock 2027-11-22T08:00",
                "chép phiếu SK-2027-001",
                ":clock 2027-12-06T08:00",
                "chép phiếu SK-2027-001",
                "xem phiếu",
                "thoát",
                "chép phiếu SK-2027-001",
            ],
        )
    ],
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", CONVERSATIONS)
async def test_one_item_is_as_it_was_agreed(name: str, look: str, open_office: OpenOffice, record: bool) -> None:
    golden = FOLDER / "items" / f"{name}.{look}.txt"
    await transcribe(await open_office(), CONVERSATIONS[name], look, golden, record)
