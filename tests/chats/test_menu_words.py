"""Words of the menu at a question: they are asked about, never stored in silence and never part of a choice."""

import pytest

from bot.dialogue.noise import courtesy, passed_on
from tests.conftest import Office
from tests.sheets import FIGURES

TITLE = "Tra cứu hồ sơ cấp phép bằng mã QR ở một cửa"
SUMMARY = ("/dangky sk", TITLE, "3", "sửa tóm tắt")
"""A sheet at its question for text."""
TO_PAGE_TWO = ["/baocao 2027", *FIGURES]


@pytest.mark.parametrize(
    "said",
    [
        "trợ giúp",
        "menu",
        "việc của tôi",
        "Trang đầu",
        "tổng hợp 2027",
        "cho tôi xem việc ạ",
        "bao cao nam",
        "xem tiến độ",
        "lịch nhắc của tôi",
        "hẹn 3/11",
        "nghỉ phép từ 10/11 đến 15/11",
        "phiếu của tôi đâu rồi",
        "tiến dộ",
        "đơn vị chưa gửi",
    ],
)
async def test_a_menu_word_at_a_question_for_text_is_asked_about(office: Office, said: str) -> None:
    heard = await office.says("officer", *SUMMARY, said)
    last = heard.split("---\n")[-2]
    assert "muốn mở việc này hay ghi làm câu trả lời?" in last
    assert "[Ghi làm câu trả lời]" in last
    assert await office.value("SELECT COUNT(*) FROM answer WHERE field = 'summary'") == 0
    await office.says("officer", "2")
    assert await office.value("SELECT value FROM answer WHERE field = 'summary'") == f'"{said}"'


async def test_the_menu_word_opens_what_it_names_and_the_sheet_stays_open(office: Office) -> None:
    heard = await office.says("officer", *SUMMARY, "việc của tôi", "1")
    last = heard.split("---\n")[-2]
    assert "Việc của đồng chí Mẫu" in last
    assert "đang soạn: nội dung đồng chí gõ tiếp được ghi vào câu đang hỏi" in last
    assert "Câu 3/3" in await office.says("officer", "Quét mã là thấy danh mục giấy tờ cần nộp")


@pytest.mark.parametrize(
    "title",
    [
        "Báo cáo năm bằng trợ lý ảo cho các phòng",
        "Tổng hợp số liệu thẩm định tự động hằng tuần",
        "Đăng ký lịch hẹn trực tuyến tại bộ phận một cửa",
        "Nhắc doanh nghiệp vận tải có xe quá tốc độ",
        "Kế hoạch năm mẫu cho các đơn vị trực thuộc",
        "Hẹn gửi kết quả qua Zalo cho người dân",
        "Việc của tôi hôm nay: bảng việc điện tử của phòng",
        "Menu điện tử cho nhà ăn cơ quan",
        "Cảm ơn người dân bằng tin nhắn tự động",
        "Trợ giúp người cao tuổi nộp hồ sơ trực tuyến",
    ],
)
async def test_a_title_that_holds_such_words_is_a_title(office: Office, title: str) -> None:
    heard = await office.says("officer", "/dangky sk", title)
    assert "Câu 2/3" in heard.split("---\n")[-2]


@pytest.mark.parametrize(
    "said",
    ["dạ vâng", "cảm ơn trợ lý nhiều", "ok ạ", "Dạ em cảm ơn anh chị nhiều ạ", "Đồng ý ạ", "👍👍👍👍👍👍👍👍👍👍👍"],
)
async def test_a_courtesy_is_no_title(office: Office, said: str) -> None:
    heard = await office.says("officer", "/dangky sk", TITLE, "sửa 1", said)
    assert f"Chưa ghi «{said}» làm câu trả lời." in heard
    assert await office.value("SELECT value FROM answer WHERE field = 'title'") == f'"{TITLE}"'
    assert "Đã sửa" in await office.says("officer", "Tên khác của sáng kiến này")


@pytest.mark.parametrize("said", ["dạ vâng", "ok ạ", "Đồng ý ạ", "cảm ơn"])
async def test_a_courtesy_is_no_part_of_a_report(office: Office, said: str) -> None:
    heard = await office.says("head", *TO_PAGE_TWO, "đồng ý dự thảo", said)
    assert f"Chưa ghi «{said}» làm câu trả lời." in heard
    assert await office.value("SELECT COUNT(*) FROM answer WHERE field = 'tuyen_truyen'") == 0


@pytest.mark.parametrize(
    "said",
    [
        "Đăng ký: sáng kiến · Câu 1/6",
        "[08:15, 09/11/2027] Nông Văn Mẫu: nhờ anh đăng ký giúp",
        "Mẫu, [09.11.2027 08:15]\\nSáng kiến tra cứu hồ sơ",
    ],
)
async def test_a_chat_that_was_passed_on_is_no_title(office: Office, said: str) -> None:
    heard = await office.says("officer", "/dangky sk", said.replace("\\n", "\n"))
    assert "giống một đoạn trò chuyện được chuyển tiếp" in heard
    assert await office.value("SELECT COUNT(*) FROM answer") == 0


async def test_the_assistants_own_question_is_no_answer(office: Office) -> None:
    heard = await office.says("officer", "/dangky sk")
    asked = next(line for line in heard.split("\n") if line.startswith(("Mời", "Đề nghị")))
    assert "được chuyển tiếp" in await office.says("officer", asked)


def test_what_is_courtesy_and_what_is_not() -> None:
    assert courtesy("Vâng, em cảm ơn ạ!")
    assert not courtesy("Cảm ơn người dân bằng tin nhắn tự động")
    assert not courtesy("5")
    assert not passed_on("Họp lúc 08:15 ngày 09/11 tại phòng", ["Câu trả lời khác"])


async def test_a_menu_word_on_a_page_opens_the_menus_thing_and_no_line(office: Office) -> None:
    heard = await office.says("head", *TO_PAGE_TWO, "việc")
    last = heard.split("---\n")[-2]
    assert "Việc của đồng chí Thử" in last
    assert "II.3" not in last.split("\n")[0]


@pytest.mark.parametrize(
    "said", ["k có", "ko", "chưa có", "không có gì ạ", "Hiện đơn vị không có khó khăn, vướng mắc gì", "chưa phát sinh"]
)
async def test_nothing_is_nothing_however_it_is_said(office: Office, said: str) -> None:
    await office.says("head", *TO_PAGE_TWO, "đồng ý dự thảo", "đã họp", said)
    kept = await office.value("SELECT value FROM answer WHERE field = 'kiem_tra'")
    assert kept == '{"mark":"nothing"}' or kept == '{"mark": "nothing"}'


async def test_as_last_year_is_seen_before_it_is_taken_over(office: Office) -> None:
    heard = await office.says("head", *TO_PAGE_TWO, "đồng ý dự thảo", "như năm ngoái")
    assert await office.value("SELECT COUNT(*) FROM answer WHERE field = 'tuyen_truyen'") == 0
    assert "Báo cáo năm 2026" in heard.split("---\n")[-2]


@pytest.mark.parametrize(
    ("lines", "said"), [(["/dangky sk", TITLE, "3"], "việc"), (["/dangky nv", TITLE, "3", "1"], "tiến độ")]
)
async def test_where_no_text_is_asked_a_menu_word_opens_its_thing_beside(
    office: Office, lines: list[str], said: str
) -> None:
    heard = await office.says("officer", *lines, said)
    last = heard.split("---\n")[-2]
    assert "chưa có trong danh sách" not in last
    assert "Soạn tiếp>" in last


@pytest.mark.parametrize(
    "said",
    [
        "không hiểu",
        "ko bit",
        "hả",
        "gì cơ",
        "để sau nhé",
        "dạ em chưa biết ạ",
        "mai làm",
        "99",
        "1/0",
        "câu 1",
        "chọn 1",
        "1 ạ",
        "có",
        "asdf",
        "lịch",
        "năm 2027",
    ],
)
async def test_what_says_nothing_is_no_summary_in_silence(office: Office, said: str) -> None:
    heard = await office.says("officer", *SUMMARY, said)
    kept = await office.rows("SELECT value FROM answer WHERE field = 'summary'")
    assert kept == [] or kept == [("null",)], "«để sau» leaves it open and says so"
    newest = heard.split("---\n")[-2]
    asked = "Câu này hỏi về «Tóm tắt»" in newest  # whoever has not understood is told what is asked
    assert "[Ghi làm câu trả lời]" in newest or asked or "để trống" in heard


@pytest.mark.parametrize("said", ["k", "qwerty", "0", "phong trào", "chọn 1", "ủy", "mai làm"])
async def test_nor_is_it_a_result_or_a_title(office: Office, said: str) -> None:
    await office.says("officer", *SUMMARY, "bỏ qua", "sửa kết quả dự kiến", said)
    kept = await office.rows("SELECT value FROM answer WHERE field = 'result'")
    assert kept == [] or kept == [("null",)], "«k» leaves it open and says so"
    await office.says("officer", "/dangky mh", said)
    assert await office.value("SELECT COUNT(*) FROM answer WHERE field = 'title'") == 1


async def test_what_says_little_is_taken_when_it_is_meant(office: Office) -> None:
    await office.says("officer", *SUMMARY, "asdf", "ghi làm câu trả lời")
    assert await office.value("SELECT value FROM answer WHERE field = 'summary'") == '"asdf"'


@pytest.mark.parametrize("said", ["hỏng", "giao", "thứ hai", "năm", "không", "đúng", "sai", "của"])
async def test_a_piece_of_a_label_is_no_choice(office: Office, said: str) -> None:
    await office.says("officer", "/dangky sk", TITLE, said)
    assert await office.value("SELECT COUNT(*) FROM answer WHERE field = 'area'") == 0


@pytest.mark.parametrize(
    "said",
    [
        "xanh",
        "chuyển đổi xanh ạ",
        "chọn mục xanh",
        "chuyen doi xanh",
        "chuyễn đổi xanh",
        "giao thông vận tải",
        "4.",
        "4)",
    ],
)
async def test_a_few_words_of_a_label_are_its_choice(office: Office, said: str) -> None:
    heard = await office.says("officer", "/dangky sk", TITLE, said)
    assert "Câu 3/3" in heard.split("---\n")[-2]


@pytest.mark.parametrize("said", ["năm", "đúng", "không", "hỏng", "1)", "(1)", "«1»"])
async def test_a_figure_is_not_kept_as_last_year_by_a_piece_of_a_label(office: Office, said: str) -> None:
    await office.says("head", *TO_PAGE_TWO[:3], said)
    assert await office.value("SELECT COUNT(*) FROM answer WHERE field = '3'") == 0


@pytest.mark.parametrize("said", ["hẹn thứ hai", "hen mai"])
async def test_a_day_in_what_calls_something_else_is_asked_about(office: Office, said: str) -> None:
    heard = await office.says("officer", *SUMMARY, "bỏ qua", "sửa áp dụng", said)
    assert "[Ghi làm câu trả lời]" in heard.split("---\n")[-2]
    assert await office.value("SELECT COUNT(*) FROM answer WHERE field = 'starts'") == 0


@pytest.mark.slow
@pytest.mark.parametrize("lines", [("/dangky sk", TITLE), (*SUMMARY, "bỏ qua"), (*SUMMARY, "bỏ qua", "sửa áp dụng")])
async def test_what_takes_its_time_is_no_answer_beside(office: Office, lines: tuple[str, ...]) -> None:
    heard = await office.says("officer", *lines, "lịch nhắc")
    assert "Trợ lý chưa" not in heard
    assert "Đề nghị chọn một mục" not in heard
    assert await office.value("SELECT state FROM job") == "done"


async def test_a_page_is_not_moved_by_what_takes_its_time(office: Office) -> None:
    heard = await office.says("head", "/baocao 2027", "tiến độ")
    assert "Chỉ tiêu 4" not in heard.split("---\n")[1].split("\n")[0]
    assert await office.value("SELECT asking FROM draft") == "page:targets"


async def test_a_choice_at_a_question_for_text_is_taken_by_its_number(office: Office) -> None:
    await office.says("officer", "/dangky sk", TITLE, "3", "một mình tôi", "gửi")
    said = await office.says("head", "/xacnhan SK-2027-017 tralai", "1")
    assert "Xem lại" in said.split("---\n")[-2] or "<Gửi" in said or "[Gửi" in said
    assert await office.value("SELECT COUNT(*) FROM answer WHERE field = 'reason'") == 1


@pytest.mark.parametrize("said", ["sửa tên", "sua ten", "Sửa Tên"])
async def test_a_part_of_the_sheet_is_changed_by_its_name(office: Office, said: str) -> None:
    heard = await office.says("officer", "/dangky sk", TITLE, "3", said)
    assert "tên sáng kiến" in heard.split("---\n")[-2]
    assert await office.value("SELECT COUNT(*) FROM answer WHERE field = 'summary'") == 0


RENAMED = "sua ten Số hóa hồ sơ cấp phép xây dựng của cả sở"


async def test_a_new_name_typed_at_a_question_for_text_is_asked_back(office: Office) -> None:
    heard = await office.says("officer", *SUMMARY, RENAMED)
    assert "Sửa «" in heard and "Ghi làm câu trả lời" in heard
    heard = await office.says("officer", "1")
    assert "Câu 3/3" in heard  # the question that was open is asked again
    assert "Số hóa hồ sơ" in str(await office.value("SELECT value FROM answer WHERE field = 'title'"))
    assert await office.value("SELECT COUNT(*) FROM answer WHERE field = 'summary'") == 0


async def test_and_is_the_answer_when_that_is_what_was_meant(office: Office) -> None:
    await office.says("officer", *SUMMARY, RENAMED, "2")
    assert "sua ten" in str(await office.value("SELECT value FROM answer WHERE field = 'summary'"))
    assert "Số hóa hồ sơ" not in str(await office.value("SELECT value FROM answer WHERE field = 'title'"))


async def test_a_new_name_typed_at_a_choice_is_taken_at_once(office: Office) -> None:
    heard = await office.says("officer", "/dangky sk", TITLE, RENAMED)
    assert "Đã sửa" in heard and "Câu 2/3" in heard.split("---\n")[-2]
    assert "Số hóa hồ sơ" in str(await office.value("SELECT value FROM answer WHERE field = 'title'"))


async def test_a_question_to_the_plan_typed_as_a_title_is_asked_back(office: Office) -> None:
    heard = await office.says("officer", "/dangky sk", "ke hoach noi gi ve bao cao")
    assert "Mở «" in heard and "Ghi làm câu trả lời" in heard
    assert await office.value("SELECT COUNT(*) FROM answer") == 0


@pytest.mark.parametrize("said", ["II.3", "ii.3", "II.3."])
async def test_an_area_is_named_by_its_code_too(office: Office, said: str) -> None:
    assert "Câu 3/3" in await office.says("officer", "/dangky sk", TITLE, said)
    assert await office.value("SELECT value FROM answer WHERE field = 'area'") == '"II.3"'


async def test_marks_that_are_another_words_call_nothing_at_a_question(office: Office) -> None:
    """«mỗi người 50» is not «mời người 50»; without its marks it may be either, and is asked about."""
    heard = await office.says("officer", *SUMMARY, "mỗi người 50")
    assert "menu" not in heard and "[Mở «" not in heard, "it is a short answer and nothing else"
    await office.says("officer", "Ghi làm câu trả lời")
    assert await office.value("SELECT value FROM answer WHERE field = 'summary'") == '"mỗi người 50"'


async def test_and_without_marks_they_are_asked_about(office: Office) -> None:
    heard = await office.says("officer", *SUMMARY, "moi nguoi 50")
    assert "[Mở «" in heard and "Ghi làm câu trả lời" in heard
    assert await office.value("SELECT COUNT(*) FROM answer WHERE field = 'summary'") == 0


@pytest.mark.parametrize("said", ["đang ky", "Đăng kí", "dang ky", "đăng kỳ"])
async def test_a_command_is_known_with_some_of_its_marks_or_a_slip_in_them(office: Office, said: str) -> None:
    assert "chưa hiểu" not in await office.says("officer", said)
