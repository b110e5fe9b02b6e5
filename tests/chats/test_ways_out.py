"""Every way out of a sheet says so and offers the way back; a look elsewhere leaves it open."""

import pytest

from tests.conftest import Office

TITLE = "Tra cứu hồ sơ cấp phép bằng mã QR ở một cửa"


@pytest.mark.parametrize("look", ["web", "plain"])
@pytest.mark.parametrize(
    "command", ["/lichnhac", "/viec", "/cuatoi", "/tiendo", "/menu", "/start", "/batdau", "/start ABCDEFGH"]
)
async def test_a_look_elsewhere_leaves_the_sheet_open(office: Office, command: str, look: str) -> None:
    heard = await office.says("officer", "/dangky sk", command, TITLE, look=look)
    assert "Trợ lý chưa hiểu" not in heard
    assert "Soạn tiếp" in heard or command == "/lichnhac"  # its answer is made by a job
    assert await office.value("SELECT value FROM answer WHERE field = 'title'") == f'"{TITLE}"'


async def test_a_code_for_somebody_who_is_in_is_answered_kindly(office: Office) -> None:
    heard = await office.says("officer", "/start ABCDEFGH")
    assert "đã mở" in heard or "đã vào" in heard
    assert "chưa đúng" not in heard


async def test_a_number_that_may_be_meant_for_the_sheet_is_asked_about(office: Office) -> None:
    heard = await office.says("officer", "/dangky sk", TITLE, "/menu", "3")
    last = heard.split("---\n")[-2]
    assert "«3» là câu trả lời của câu đang hỏi hay là mục vừa liệt kê" in last
    assert "Câu 3/3" in await office.says("officer", "ghi làm câu trả lời")
    assert await office.value("SELECT value FROM answer WHERE field = 'area'") == '"II.3"'


async def test_going_to_another_sheet_says_that_the_first_is_kept(office: Office) -> None:
    heard = await office.says("officer", "/dangky sk", TITLE, "/dangky mh")
    last = heard.split("---\n")[-2]
    assert "được lưu" in last
    assert "<Soạn tiếp>" in last
    heard = await office.says("officer", "Soạn tiếp")
    assert "Câu 2/3" in heard


async def test_words_said_just_after_leaving_offer_the_sheet(office: Office) -> None:
    heard = await office.says("officer", "/dangky sk", TITLE, "thoát", "Quét mã là thấy danh mục giấy tờ")
    last = heard.split("---\n")[-2]
    assert "vừa soạn dở" in last
    assert "Câu 2/3" in await office.says("officer", "soạn tiếp")
    heard = await office.says("officer", "thoát", ":wait 1h", "Quét mã là thấy danh mục giấy tờ")
    assert "vừa soạn dở" not in heard.split("---\n")[-2]


@pytest.mark.parametrize("look", ["web", "plain", "keyboard"])
async def test_numbers_under_a_question_are_its_choices(office: Office, look: str) -> None:
    heard = await office.says(
        "officer", "/dangky sk", TITLE, "/dangky mh", "Tổ tự học của phòng mỗi tuần một giờ", "2", look=look
    )
    assert "Câu 3/3" in heard.split("---\n")[-2]


async def test_what_is_typed_when_asked_whether_to_stop_is_said_to_be_no_answer(office: Office) -> None:
    heard = await office.says("officer", "/dangky sk", TITLE, "3", "hủy", "Quét mã là thấy danh mục giấy tờ")
    assert "Chưa ghi «Quét mã là thấy danh mục giấy tờ» làm câu trả lời." in heard.split("---\n")[-2]
    assert "Câu 3/3" in await office.says("officer", "tiếp tục")
