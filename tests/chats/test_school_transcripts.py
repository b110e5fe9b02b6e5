"""Golden transcripts of the school, by the plan file alone: each conversation on the three looks, as teachers read it.

`./run test tests/chats/test_school_transcripts.py --record` writes them anew; read the difference before committing.
"""

import pytest

from tests.conftest import OpenOffice
from tests.transcribing import FOLDER, LOOKS, Conversation, transcribe

pytestmark = pytest.mark.slow

CONVERSATIONS: dict[str, Conversation] = {
    "register": [
        (
            "officer",
            [
                "đăng ký",
                "/dangky sk",
                "Hướng dẫn học sinh lớp 6 tự ra đề toán từ hóa đơn đi chợ",
                "1",
                "toán",
                "tôi 70, Mai Thị Đồ Thị 30",
                "gửi",
                "bổ sung",
                "Mỗi tuần học sinh mang một hóa đơn, đổi đề cho bạn bên cạnh giải.",
                "Tỷ lệ học sinh làm đúng bài toán thực tế tăng từ 52% lên 75%",
                "tháng 9/2027",
                "gửi",
                "của tôi",
            ],
        ),
        ("head", [":wait 15m", "việc", "/xacnhan", "xác nhận 006", ":tap Xác nhận", "/donvi"]),
        ("office", ["/tiepnhan"]),
    ],
    "register_lesson": [
        (
            "Châu Thị Từ Vựng",
            [
                "dk chuyen de: Tiet hoc tieng Anh ngoai troi chu de Moi truong, lop 7",
                "2",
                "lop 7",
                "2 tiet",
                "tap the",
                "sua 1 Tiết học tiếng Anh ngoài trời, chủ đề Môi trường, lớp 7",
                "gui",
            ],
        )
    ],
    "return_and_complete": [
        (
            "officer",
            [
                "đăng ký học liệu: Bộ 20 bài giảng điện tử Toán 6, học kỳ I",
                "học liệu số",
                "1",
                "bỏ qua",
                "17/12/2027",
                "sửa kinh phí",
                "hơn 2 triệu",
                "2 triệu rưỡi",
                "gửi",
            ],
        ),
        ("head", [":wait 15m", "/xacnhan 003", "trả lại để bổ sung", "Ghi rõ lớp nào dùng", "gửi"]),
        ("officer", [":wait 15m", "việc"]),
    ],
    "report": [
        (
            "head",
            [
                "việc",
                "/baocao 2027",
                "đúng số liệu",
                "14 tiết",
                "5/5",
                "đồng ý dự thảo",
                "02 bộ thước đo góc tự làm; 01 buổi trải nghiệm đo cột cờ ngoài sân",
                "không phát sinh",
                "giữ nguyên",
                "Máy chiếu phòng 6A mờ",
                "không có",
                "xem toàn văn",
                "tiếp tục",
                "gửi",
                "việc",
            ],
        ),
        ("office", ["/tiepnhan", "/xembaocao 2027 TOAN"]),
    ],
    "file_for_a_unit": [
        (
            "office",
            [
                "nhập thay báo cáo 2027 của TOAN",
                "trực tiếp",
                "không có số",
                "1",
                "hôm nay",
                "không có tệp",
                "đúng số liệu",
                "14 tiết",
                "5/5",
                "đồng ý dự thảo",
                "02 bộ thước đo góc tự làm; 01 buổi trải nghiệm đo cột cờ ngoài sân",
                "không phát sinh",
                "giữ nguyên",
                "Máy chiếu phòng 6A mờ",
                "không có",
                "gửi",
            ],
        ),
        ("head", [":wait 15m", "/donvi", "/baocao xem 2027"]),
    ],
    "ladder": [
        (
            "head",
            [
                "lịch nhắc",
                "/visao results 2027",
                ":clock 2027-05-28T08:00",
                ":clock 2027-06-03T08:00",
                ":clock 2027-06-04T08:00",
                ":clock 2027-06-07T08:00",
            ],
        ),
        ("office", [":clock 2027-06-09T10:30"]),
    ],
    "urge": [("office", ["/dondoc 2027", "dùng câu soạn sẵn", "gửi ngay", "gửi"]), ("head", [":wait 1m"])],
    "term_report": [
        ("head", ["việc", "/vanban hoc_ky.2 2027", "17/05/2027", "02/BC-TOAN", "gửi", "việc", "/visao hoc_ky.2 2027"]),
        ("office", ["/chuagui 2027"]),
    ],
    "summary": [("office", ["/chuagui 2026", "tổng hợp 2026", "tiến độ", "/tonghop 2027"])],
    "recognise": [
        ("office", ["/congnhan", "sk 5", "cơ sở", "31/QĐ-THCSVD", "14/05/2027", "gửi"]),
        ("Đoàn Thị Quang Hợp", [":wait 15m"]),
    ],
    "plan": [("Lương Văn Bản Đồ", ["việc", "/xacnhan chot"])],
    "union": [
        (
            "Đào Thị Đoàn Kết",
            [
                "menu",
                "việc",
                "/baocao 2027",
                "Phát động tuần học tốt ở 18 chi đội",
                "Vườn học tập xanh sau dãy nhà B",
                "gửi",
            ],
        )
    ],
    "invite": [
        (
            "office",
            [
                "/moinguoi",
                "Hứa Thị Mới",
                "Tổ Toán - Tin học",
                "Giáo viên",
                "viên chức",
                "tổ trưởng",
                "quay lại",
                "2",
                "gửi",
            ],
        )
    ],
    "who_leaves_hands_over": [
        ("head", ["/baocao 2027", "thoát"]),
        (
            "office",
            [
                "nhân sự Hoàng Thị Hằng Đẳng Thức nghỉ hưu",
                "Ngô Văn Số Nguyên",
                "có",
                ":tap Ghi thay đổi",
                "nhân sự Mai Thị Đồ Thị làm tổ phó",
                ":tap Ghi thay đổi",
                "nhân sự Đinh Thị Phân Số làm ban giám hiệu",
                "Phó Hiệu trưởng",
                ":tap Xin ý kiến người thứ hai",
            ],
        ),
        ("Ngô Văn Số Nguyên", [":wait 15m", "việc"]),
        ("Lê Văn Giáo Trình", [":wait 1m", "ý kiến nhân sự", "1", ":tap Không đồng ý"]),
    ],
    "home": [("officer", ["menu", "trợ giúp", "việc", "xin chào"]), ("Lê Văn Giáo Trình", ["menu", "tổng hợp 2027"])],
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", CONVERSATIONS)
async def test_the_conversation_is_as_teachers_read_it(
    name: str, look: str, open_school: OpenOffice, record: bool
) -> None:
    office = await open_school()
    golden = FOLDER / "truong-hoc" / f"{name}.{look}.txt"
    await transcribe(office, CONVERSATIONS[name], look, golden, record)
