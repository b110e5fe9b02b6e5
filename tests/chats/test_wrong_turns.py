"""Golden transcripts of the ten most common wrong turns: what somebody does who has not read what was asked.

`./run test tests/chats/test_wrong_turns.py --record` writes them anew; read the difference before committing.
"""

from typing import NamedTuple

import pytest

from tests.conftest import OpenOffice
from tests.transcribing import FOLDER, Conversation, transcribe

TITLE = "Tra cứu thành phần hồ sơ cấp giấy phép xây dựng bằng mã QR"
LOOKS = ("keyboard", pytest.param("plain", marks=pytest.mark.slow))


class Turn(NamedTuple):
    """A wrong turn."""

    reason: str
    """Why it is among the ten."""
    chat: Conversation


TURNS = {
    "a_title_on_the_home_screen": Turn(
        "What is on somebody's mind is typed first: nobody looks for a command before.",
        [
            (
                "officer",
                [
                    "menu",
                    TITLE,
                    ":tap Đăng ký",
                    "1",
                    "thoát",
                    "menu",
                    "Rút gọn quy trình cấp phép từ 7 bước xuống 5 bước",
                    ":tap Đăng ký nội dung này",
                    "2",
                ],
            )
        ],
    ),
    "the_answer_to_the_question_before": Turn(
        "Who sees a slip sends the right word at once, while the next question is open already.",
        [
            (
                "officer",
                [
                    "/dangky sk",
                    "Tra cứu hồ sơ bằng mã QR",
                    "2",
                    "à nhầm, chuyển đổi số",
                    "1",
                    "II.2",
                    "2",
                    "tên là " + TITLE,
                    "1",
                    "mình tôi",
                    "thoát",
                ],
            )
        ],
    ),
    "two_answers_of_which_one_fits_nothing": Turn(
        "Who knows the sheet answers ahead, half of it in words that the sheet does not have.",
        [
            (
                "officer",
                [
                    "/dangky sk",
                    TITLE,
                    "3; tôi và anh Không Có Ai",
                    "tôi 60",
                    "tôi 60, Lý Thị Ví Dụ 40; áp dụng từ mai kia",
                    "gửi",
                ],
            )
        ],
    ),
    "no_to_a_question_that_may_stay_empty": Turn(
        "«Không» is how an empty box is filled in on paper; filed word for word it would be somebody's summary.",
        [
            (
                "officer",
                ["/dangky sk", TITLE, "3", "mình tôi", "gửi", ":tap Bổ sung", "không", "k có", "chưa biết", "gửi"],
            )
        ],
    ),
    "a_number_that_is_none_of_these": Turn(
        "A year for a month, the number of a choice that is not there, more than a whole.",
        [
            (
                "officer",
                ["/dangky sk", TITLE, "9", "ba", "tôi 120", "1", "sửa áp dụng", "2028", "13/2028", "t3/2028", "gửi"],
            )
        ],
    ),
    "a_menu_word_inside_an_answer": Turn(
        "Half of the words of an office are words of the menu: việc, báo cáo, kế hoạch.",
        [
            (
                "officer",
                [
                    "/dangky sk",
                    "Báo cáo khối lượng công trình bằng ảnh chụp hiện trường",
                    "việc",
                    "3",
                    "mình tôi",
                    "sửa tóm tắt",
                    "kế hoạch",
                    "Kế hoạch chụp ảnh từng tuần được lập cùng nhà thầu, ảnh có tọa độ",
                    "gửi",
                ],
            )
        ],
    ),
    "a_button_of_last_week": Turn(
        "Buttons stay in the chat for months; people scroll up rather than look for the command.",
        [
            ("officer", ["/dangky sk", TITLE, "3", "mình tôi", "gửi"]),
            (
                "head",
                [":wait 15m", "/xacnhan SK-2027-017", "/xacnhan SK-2027-017 v1 gui", "/xacnhan SK-2027-017 v1 tralai"],
            ),
            ("office", ["/tiepnhan SK-2027-017"]),
            ("officer", ["/cuatoi bosung SK-2027-017", "/cuatoi sua SK-2027-017"]),
        ],
    ),
    "a_photo_at_a_question_for_words": Turn(
        "A phone's quickest answer is a photo of the paper on the desk.",
        [
            (
                "officer",
                [
                    "/dangky sk",
                    ":file tests/attachments/Ảnh bảng hướng dẫn.jpg",
                    TITLE,
                    ":file tests/attachments/Ảnh bảng hướng dẫn.jpg",
                    "3",
                    "thoát",
                ],
            )
        ],
    ),
    "back_the_next_day": Turn(
        "The telephone rings between two questions; the chat is opened again the next morning, with the answer.",
        [
            (
                "officer",
                [
                    "/dangky sk",
                    TITLE,
                    "thoát",
                    ":clock 2027-10-19T08:05",
                    "chuyển đổi số",
                    "việc",
                    "3",
                    "1",
                    "3",
                    "thoát",
                ],
            )
        ],
    ),
    "for_another_unit": Turn(
        "A colleague of another unit asks to be registered «luôn»; the record would stand in the wrong unit's list.",
        [
            (
                "officer",
                [
                    "đăng ký sáng kiến cho phòng vận tải",
                    "thoát",
                    "/dangky sk",
                    TITLE,
                    "3",
                    "Chu Văn Giả Sử 100",
                    "tôi 50, Chu Văn Giả Sử 50",
                    "thoát",
                ],
            )
        ],
    ),
}


def test_there_are_ten_each_with_its_reason() -> None:
    assert len(TURNS) == 10
    assert all(len(turn.reason.split()) > 6 for turn in TURNS.values())


@pytest.mark.parametrize("name", TURNS)
@pytest.mark.parametrize("look", LOOKS)
async def test_the_way_back_is_as_it_was_agreed(open_office: OpenOffice, name: str, look: str, record: bool) -> None:
    golden = FOLDER / "wrong-turns" / f"{name}.{look}.txt"
    await transcribe(await open_office(), TURNS[name].chat, look, golden, record)
