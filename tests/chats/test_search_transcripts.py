"""Golden transcripts of looking things up: what is registered, and the files of what was sent, in both shipped offices.

`./run test tests/chats/test_search_transcripts.py --record` writes them anew; read the difference before committing.
"""

import pytest

from tests.conftest import OpenOffice
from tests.transcribing import FOLDER, LOOKS, Conversation, transcribe

FILES = ("Thuyết minh mã QR.pdf", "Ảnh bảng hướng dẫn.jpg")
ATTACHED = [f":file tests/attachments/{name}" for name in FILES]
SENT = "SK-2027-017"

CONVERSATIONS: dict[str, Conversation] = {
    "search": [
        (
            "officer",
            [
                "đã có ai làm bản đồ quy hoạch chưa?",
                "1",
                "tìm giấy tờ",
                "tim tham dinh cua QLXD",
                "tìm quy trìhn nội bộ",
                "tìm của phòng tôi",
                "2",
                "xem toàn bộ phiếu",
                "tìm số hóa năm ngoái",
                "đã có ai làm máy bay không người lái chưa?",
                "tra cứu",
            ],
        ),
        ("office", ["tìm sáng kiến năm 2027", ":tap Xem tiếp (còn 03)"]),
    ],
    "search_before_registering": [
        (
            "officer",
            [
                "/dangky sk",
                "Số hoá và công khai bản đồ quy hoạch xây dựng trên nền GIS phục vụ cung cấp thông tin quy hoạch",
                "xem phiếu giống SK-2027-003",
                "đăng ký tiếp",
                "/tim BIM",
                "hủy",
                "xóa",
            ],
        )
    ],
    "open_files": [
        (
            "officer",
            [
                "/dangky sk",
                "Tra cứu thành phần hồ sơ cấp giấy phép xây dựng bằng mã QR",
                "3",
                "1",
                "sửa tóm tắt",
                *ATTACHED,
                "Dán mã QR ở bộ phận một cửa và gửi kèm phiếu hẹn.",
                "gửi",
                "xem phiếu",
                "mở tệp (2)",
                "1",
            ],
        ),
        ("head", [f"xác nhận {SENT}", "mở tệp (2)", "tất cả", f"/xacnhan {SENT} gui"]),
        ("office", ["/tiepnhan", f"tệp của {SENT}", "2", "tệp", "tệp SK-2027-001", "tệp SK-2099-001"]),
        ("Triệu Văn Phỏng", [f"mở tệp {SENT}"]),
        ("officer", [f"/cuatoi rut {SENT} co"]),
        ("head", [f"mở tệp {SENT}"]),
    ],
}
AT_SCHOOL: dict[str, Conversation] = {
    "search": [("officer", ["đã có ai làm toán chưa?", "tìm học liệu năm 2026", "1", "tìm của tổ tôi", "tim bong da"])]
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", CONVERSATIONS)
async def test_looking_up_is_as_it_was_agreed(name: str, look: str, open_office: OpenOffice, record: bool) -> None:
    golden = FOLDER / "looking-up" / f"{name}.{look}.txt"
    await transcribe(await open_office(), CONVERSATIONS[name], look, golden, record)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", AT_SCHOOL)
async def test_looking_up_at_the_school(name: str, look: str, open_school: OpenOffice, record: bool) -> None:
    golden = FOLDER / "looking-up" / f"truong-hoc.{name}.{look}.txt"
    await transcribe(await open_school(), AT_SCHOOL[name], look, golden, record)
