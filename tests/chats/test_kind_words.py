"""Thanks, greetings, anger, «bạn là ai», and questions about the question: one kind answer each, and the sheet stays as it is."""

import csv
from pathlib import Path

import pytest

from bot.dialogue import Aside, aside, asides
from tests.conftest import Office, OpenOffice
from tests.sheets import REGISTER

TABLE = Path(__file__).parents[1] / "phrases/kind.tsv"
TITLE = "Tra cứu hồ sơ cấp phép bằng mã QR ở một cửa"
TO_SUMMARY = ("/dangky sk", TITLE, "3", "sửa tóm tắt")
"""Up to the question for the summary, which takes any words."""
ANSWERS = "SELECT field, value FROM answer ORDER BY field"
BESIDE = "SELECT COUNT(*) FROM draft WHERE state = 'open'"


def rows() -> list[tuple[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [(row["kind"], row["sentence"]) for row in csv.DictReader(file, delimiter="\t")]


def last(heard: str) -> str:
    """The newest message."""
    return heard.split("---\n")[-2]


def test_every_sentence_of_the_table_is_of_its_kind() -> None:
    told = {sentence: aside(sentence) for _kind, sentence in rows()}
    assert {sentence: kind for kind, sentence in rows() if told[sentence] != kind} == {}


async def test_none_of_them_is_not_understood_and_none_is_met_with_silence(office: Office) -> None:
    for kind, sentence in rows():
        heard = await office.says("officer", sentence)
        assert heard.count("---\n") == 1, sentence
        assert "chưa hiểu câu này" not in heard, sentence
        if kind not in asides.QUESTIONS:
            assert "gõ «việc» để xem việc cần làm" in heard, sentence


async def test_with_a_sheet_open_the_question_stands_again_and_the_sheet_is_untouched(office: Office) -> None:
    await office.says("officer", "/dangky sk", TITLE)
    before = await office.rows(ANSWERS)
    for _kind, sentence in rows():
        heard = last(await office.says("officer", sentence))
        assert "Câu 2/3" in heard, sentence
        assert "chưa hiểu" not in heard, sentence
        assert await office.rows(ANSWERS) == before, sentence
    assert "Câu 3/3" in last(await office.says("officer", "3"))


async def test_at_a_question_for_words_none_of_them_is_the_answer(office: Office) -> None:
    await office.says("officer", *TO_SUMMARY)
    before = await office.rows(ANSWERS)
    for _kind, sentence in rows():
        heard = last(await office.says("officer", sentence))
        assert "Ví dụ: Dán mã QR" in heard, sentence
        assert await office.rows(ANSWERS) == before, sentence
    await office.says("officer", "Dán mã QR ở bộ phận một cửa và gửi kèm phiếu hẹn cho người dân")
    assert len(await office.rows(ANSWERS)) == len(before) + 1


@pytest.mark.parametrize(
    "said",
    [
        "Cảm ơn người dân bằng tin nhắn tự động sau khi trả kết quả",
        "Chào đón người dân đến bộ phận một cửa bằng bảng điện tử",
        "Giải thích câu hỏi thường gặp về cấp phép bằng chatbot, có ví dụ",
        "Vì sao phải ghi mốc giới: tờ rơi cho người dân",
        "Ví dụ minh họa cho 12 thủ tục hay bị bổ sung hồ sơ",
        "Dạ em cảm ơn ạ. Cách làm: dán mã QR ở quầy, quét là thấy giấy tờ cần có",
        "Không bắt buộc người dân nộp bản sao có chứng thực",
    ],
)
async def test_an_answer_that_holds_such_words_is_an_answer(office: Office, said: str) -> None:
    heard = await office.says("officer", *TO_SUMMARY, said)
    assert await office.value("SELECT json_extract(value, '$') FROM answer WHERE field = 'summary'") == said
    assert "Chưa ghi" not in last(heard)


async def test_a_courtesy_may_still_be_recorded_where_it_was_meant(office: Office) -> None:
    heard = await office.says("officer", *TO_SUMMARY, "tuyệt vời")
    assert "Trợ lý rất vui được hỗ trợ đồng chí Mẫu" in last(heard)
    assert "Chưa ghi «tuyệt vời» làm câu trả lời" in last(heard)
    await office.says("officer", "1")
    assert await office.value("SELECT value FROM answer WHERE field = 'summary'") == '"tuyệt vời"'


@pytest.mark.parametrize("said", ["máy hỏng", "rủi ro", "Rủi"])
def test_a_word_with_its_marks_is_not_a_word_in_a_hurry(said: str) -> None:
    assert aside(said) is None


@pytest.mark.parametrize("said", ["có mẫu hong", "có mẫu hông", "co mau ko", "CÓ MẪU KÔ"])
def test_a_word_in_a_hurry_is_read_with_or_without_its_marks(said: str) -> None:
    assert aside(said) is Aside.EXAMPLE


def test_no_word_of_the_menu_is_taken_for_one_of_these() -> None:
    import handlers
    from bot.conversation import gather
    from bot.language import Words
    from bot.movement import Plan
    from tests.conftest import PLAN_TEXT, SCHOOL

    for text in (PLAN_TEXT, SCHOOL.plan.read_text(encoding="utf-8")):
        plan = Plan.parse(text)
        words = Words("vi", terms=plan.terms)
        said = [
            phrase
            for command in gather(handlers.FEATURES, plan).commands.values()
            for phrase in (*words.say(command.words).split("|"), words.say(command.title))
        ]
        taken = {phrase for phrase in said if aside(phrase) is not None}
        assert taken == {"vì sao", "?"}, "they ask about the question where one is open, and are commands elsewhere"


def test_who_says_two_things_at_once_is_answered_the_one_that_asks() -> None:
    assert aside("Vâng, em cảm ơn. Cho em xin ví dụ ạ") is Aside.EXAMPLE
    assert aside("chào trợ lý, bạn là ai") is Aside.WHO
    assert aside("camr own nhes") is Aside.THANKS
    assert aside("ok cảm ơn") is Aside.THANKS
    assert aside("ok, mai gửi báo cáo") is None


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("cái này là gì?", "Câu này hỏi về «Tóm tắt»."),
        ("vi sao phai ghi cai nay", "Mục VI.2: «Căn cứ chức năng nhiệm vụ xây dựng chương trình"),
        ("cho em xin 1 ví dụ với ạ", "Ví dụ ngay dưới câu hỏi"),
        ("ghi ntn ạ", "Mời đồng chí viết vài câu"),
        ("câu này bắt buộc không ạ", "Câu này không bắt buộc: mời đồng chí chọn «Bổ sung sau»"),
    ],
)
async def test_a_question_of_the_registration_is_explained_from_its_own_help(
    office: Office, said: str, told: str
) -> None:
    heard = last(await office.says("officer", *TO_SUMMARY, said))
    assert told in heard
    assert "Ví dụ: Dán mã QR" in heard
    assert "Ví dụ: " in heard


async def test_why_a_figure_is_asked_is_said_by_the_clause_of_its_target(office: Office) -> None:
    heard = last(await office.says("head", "/baocao 2027", "Đúng số liệu", "vì sao hỏi cái này"))
    assert "Nội dung này theo kế hoạch của phong trào thi đua." in heard
    assert "Mục III.2: «100% công chức, viên chức sử dụng thành thạo" in heard


@pytest.mark.parametrize("said", ["cái này là gì?", "vì sao phải ghi?", "cho ví dụ", "bắt buộc không"])
async def test_a_page_of_known_values_says_what_can_be_done_with_it(office: Office, said: str) -> None:
    asked = last(await office.says("head", "/baocao 2027"))
    heard = last(await office.says("head", said))
    assert "ghi sẵn nội dung Trợ lý đã có" in heard
    assert asked.split("\n")[-3:] == heard.split("\n")[-3:], "the page stands again"


async def test_the_sheet_before_it_is_sent_stands_again(office: Office) -> None:
    await office.says("officer", *REGISTER[:-1])
    for said in ("cảm ơn", "là sao", "bực quá", "được"):
        heard = last(await office.says("officer", said))
        assert "Xem lại trước khi" in heard
        assert "chưa hiểu" not in heard
    assert "✅" in await office.says("officer", REGISTER[-1])


async def test_whoever_is_asked_whether_to_stop_or_to_keep_a_doubtful_answer_is_asked_again(office: Office) -> None:
    heard = last(await office.says("officer", *TO_SUMMARY, "hủy", "là sao"))
    assert "có thể lưu phiếu để làm tiếp sau" in heard
    assert "Lưu để làm tiếp" in heard
    like = await office.says("officer", "tiếp tục", "sửa 1 Rút gọn quy trình thẩm định dự toán xuống 5 bước")
    assert "Đã sửa" in like or "Vẫn" in like


async def test_a_person_called_so_is_still_a_person(office: Office) -> None:
    """«Ví Dụ» is somebody's name in this office."""
    await office.says("officer", *TO_SUMMARY, "bỏ qua")
    assert "Ví dụ ngay dưới câu hỏi" in last(await office.says("officer", "ví dụ?"))
    heard = last(await office.says("officer", "tôi 60, Lý Thị Ví Dụ 40"))
    assert "Lý Thị Ví Dụ" in heard
    assert "40%" in heard


async def test_a_hundred_thousand_letters_of_thanks_are_no_aside(office: Office) -> None:
    heard = await office.says("officer", "cảm ơn " * 15000)
    assert heard.count("---\n") == 1


async def test_another_office_speaks_of_itself(open_school: OpenOffice) -> None:
    school = await open_school()
    name = str(await school.value("SELECT name FROM person WHERE active AND role = 'officer' ORDER BY id"))
    heard = await school.says(name, "bạn là ai", "bạn có phải người không", "bực mình quá")
    assert "Đây là Trợ lý của Văn phòng nhà trường" in heard or "Đây là Trợ lý của " in heard
    assert "Sở" not in heard
    assert "chưa hiểu" not in heard
