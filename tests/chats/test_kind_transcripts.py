"""Golden transcripts of what is said beside the matter: thanks, anger, «bạn là ai», and questions about the question.

`./run test tests/chats/test_kind_transcripts.py --record` writes them anew; read the difference before committing.
"""

import pytest

from tests.conftest import OpenOffice
from tests.transcribing import FOLDER, LOOKS, Conversation, transcribe

HERE = FOLDER / "beside"
CONVERSATIONS: dict[str, Conversation] = {
    "kind_words": [
        (
            "officer",
            [
                "xin chào",
                "ban la ai vay",
                "có phải người không",
                "Dạ em cảm ơn trợ lý nhiều ạ",
                "uh rồi",
                "bực quá, sao mà lâu thế",
                "là sao",
                "tạm biệt",
            ],
        ),
        ("Đinh Văn Cao Kỳ", ["chào trợ lý", "cam on"]),
    ],
    "asked_about_the_question": [
        (
            "officer",
            [
                "/dangky sk",
                "cái này là gì?",
                "Tra cứu thành phần hồ sơ cấp giấy phép xây dựng bằng mã QR",
                "chọn thế nào ạ",
                "3",
                "sửa tóm tắt",
                "vì sao phải ghi?",
                "bat buoc khong",
                "cảm ơn",
                "ví dụ?",
                "Dán mã QR ở bộ phận một cửa và gửi kèm phiếu hẹn",
                "ghi ntn",
                "1",
                "phiền phức quá",
                "là sao",
                "gửi",
            ],
        ),
        (
            "head",
            [
                "/baocao 2027",
                "cái này là gì?",
                "Đúng số liệu",
                "sao hỏi cái này",
                "ghi thế nào",
                "câu này bỏ trống được không ạ",
                "thoát",
            ],
        ),
    ],
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", CONVERSATIONS)
async def test_what_is_said_beside_the_matter_is_answered_kindly(
    open_office: OpenOffice, name: str, look: str, record: bool
) -> None:
    await transcribe(await open_office(), CONVERSATIONS[name], look, HERE / f"{name}.{look}.txt", record)
