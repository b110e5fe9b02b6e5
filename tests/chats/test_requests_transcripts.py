"""Golden transcripts of what the office asks beside the plan, on the three looks."""

import pytest

from tests.conftest import OpenOffice
from tests.transcribing import FOLDER, LOOKS, Conversation, transcribe

DRAFTER = "Lục Thị Minh Họa"
CONVERSATIONS: dict[str, Conversation] = {
    "request_a_report": [
        (
            "office",
            [
                "yêu cầu báo cáo",
                "/yeucau moi",
                "Báo cáo tình hình sử dụng chữ ký số quý III",
                "1",
                "29/10/2027",
                "Một lần",
                "1",
                "Số công chức, viên chức của phòng",
                "Số liệu Trợ lý đã có",
                "Số công chức, viên chức của đơn vị",
                "Số văn bản đã ký số",
                "Số",
                "văn bản",
                "Tình hình triển khai",
                "Chọn một trong các phương án",
                "Đã xong; Đang làm; Chưa làm",
                "Hết câu hỏi",
                "gửi",
            ],
        ),
        (
            "head",
            [
                ":wait 20m",
                "/traloi YC-2027-01",
                "đúng số liệu",
                "khoảng mấy chục",
                "120",
                "2",
                "gửi",
                "tra loi yeu cau",
                "việc",
            ],
        ),
        ("office", ["/yeucau YC-2027-01", "/yeucau yc 1 traloi", "/yeucau 1 bang"]),
    ]
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", CONVERSATIONS)
async def test_the_request_is_as_it_was_agreed(name: str, look: str, open_office: OpenOffice, record: bool) -> None:
    await transcribe(await open_office(), CONVERSATIONS[name], look, FOLDER / f"{name}.{look}.txt", record)
