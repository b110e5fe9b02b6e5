"""Golden transcripts of answers as people write them: shares, authors, areas, months, several in one message.

`./run test tests/chats/test_answers_transcripts.py --record` writes them anew; read the difference before committing.
"""

import pytest

from tests.conftest import OpenOffice
from tests.transcribing import FOLDER, LOOKS, Conversation, transcribe

TITLE = "Tra cứu thành phần hồ sơ cấp phép của TP.HCM bằng mã QR"

CONVERSATIONS: dict[str, Conversation] = {
    "answers_of_a_sheet": [
        (
            "officer",
            [
                "/dangky sk",
                TITLE,
                "số hoá",
                "chị Lý 40, còn lại cho tôi",
                "chị Lý Thị Ví Dụ 40, còn lại cho tôi",
                "sửa tác giả tôi với chị Ví Dụ chia đều",
                "sửa 2 ii4",
                "Áp dụng: sau Tết\nTóm tắt: Dán mã QR tại nơi tiếp nhận hồ sơ.",
                "gửi",
            ],
        )
    ],
    "answers_in_one_message": [
        (
            "officer",
            [
                "/dangky sk",
                f"1. {TITLE}\n2. cđs\n3. tôi và ai đó",
                "mình tôi",
                "sửa tên",
                "- Dán mã QR tại nơi tiếp nhận hồ sơ\n- Vá ổ gà mùa mưa bằng bê tông nguội",
                "quay lại",
                "Tên: Tra cứu hồ sơ bằng mã QR; Nội dung: chuyển đổi gì đó; Áp dụng: tháng 13\nGhi chú: làm sớm",
                "gửi",
            ],
        )
    ],
    "answers_of_a_report": [
        (
            "head",
            [
                "/baocao",
                "đúng số liệu",
                "tất cả",
                "như năm ngoái",
                "1",
                "ba mươi ram rưỡi",
                "80%",
                "1",
                "khoảng 390/400, 95%",
                "khoảng 390/400, 97,5%",
                "thoát",
            ],
        )
    ],
}


@pytest.mark.parametrize("name", CONVERSATIONS)
@pytest.mark.parametrize("look", LOOKS)
async def test_the_conversation_is_as_it_was_agreed(
    open_office: OpenOffice, name: str, look: str, record: bool
) -> None:
    golden = FOLDER / "answers" / f"{name}.{look}.txt"
    await transcribe(await open_office(), CONVERSATIONS[name], look, golden, record)
