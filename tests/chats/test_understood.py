"""Sentences as people write them, which are no menu words: done with all that was said, or asked about."""

import pytest

from bot.conversation import gather
from bot.language import Terms, phrasebook
from bot.movement import BadPlan, Plan
from handlers import FEATURES
from tests.conftest import PLAN_TEXT, Office


@pytest.mark.parametrize(
    ("who", "said", "heard"),
    [
        ("officer", "co viec gi can lam ko", "Việc của đồng chí Mẫu"),
        ("officer", "phiếu tôi đã gửi đâu rồi", "Phiếu của đồng chí Mẫu (01)"),
        ("officer", "SK-2027-001", "Phiếu SK-2027-001"),
        ("officer", "sk 2027 1", "Phiếu SK-2027-001"),
        ("head", "xin lùi ngày gửi đến 3/11", "1. Hẹn ngày gửi: đến 03/11/2027"),
        ("head", "chốt danh sách", "Danh sách năm 2027 đã chốt"),
        ("office", "ai chưa báo cáo", "Đơn vị chưa gửi báo cáo năm 2027"),
        ("office", "ai chua gui bao cao vay", "Đơn vị chưa gửi báo cáo năm 2027"),
        ("office", "xem báo cáo năm ngoái của QLXD", "Báo cáo năm 2026 của Phòng Quản lý xây dựng"),
        ("office", "bên kế hoạch tài chính đã gửi báo cáo chưa", "Báo cáo năm 2027 của Phòng Kế hoạch - Tài chính"),
        ("officer", "tuần sau em đi công tác từ 25/10 đến 29/10", "Đến hết ngày: 29/10/2027"),
        ("office", "sáp nhập KHTC vào QLXD từ 01/07/2028", "Sáp nhập đơn vị · Câu 3/5"),
        ("officer", "tong hop tinh hinh ca so giup em", "Việc này do"),
    ],
)
async def test_it_is_done_with_what_was_said(office: Office, who: str, said: str, heard: str) -> None:
    assert heard in await office.says(who, said)


async def test_what_is_not_sure_is_asked_with_the_likeliest_one_tap_each(office: Office) -> None:
    heard = await office.says("officer", "cái phiếu đó")
    assert "Ý đồng chí là:" in heard
    assert "Phiếu của đồng chí Mẫu" in await office.says("officer", "phiếu của tôi")


async def test_what_records_at_once_is_shown_first(office: Office) -> None:
    """«Bà ấy xử lý thay tôi» names her only after a tap."""
    heard = await office.says("head", "tuần tới chị Nông Thị Phác Thảo trông việc thay tôi nhé")
    assert "Ý đồng chí là:" in heard
    assert await office.value("SELECT COUNT(*) FROM person WHERE stands_in IS NOT NULL") == 0


async def test_at_a_question_for_text_an_answer_stays_an_answer(office: Office) -> None:
    await office.says("officer", "/dangky sk", "Cho dân xem báo cáo tiến độ hồ sơ của mình mỗi tuần")
    value = await office.value("SELECT value FROM answer WHERE field = 'title'")
    assert value == '"Cho dân xem báo cáo tiến độ hồ sơ của mình mỗi tuần"'


async def test_at_a_question_for_text_a_sentence_that_surely_asks_is_asked_about(office: Office) -> None:
    heard = await office.says("officer", "/dangky sk", "xem phiếu của em đi đến đâu rồi")
    assert "[Ghi làm câu trả lời]" in heard.split("---\n")[-2]
    assert await office.value("SELECT COUNT(*) FROM answer WHERE field = 'title'") == 0


async def test_a_word_that_only_is_said_is_not_called_unclear(office: Office) -> None:
    assert "chưa rõ" not in await office.says("office", "ai chua gui bao cao vay")


async def test_an_answer_after_its_question_is_no_command(office: Office) -> None:
    heard = await office.says("head", "không có")
    assert "chưa hiểu" in heard and "không đăng ký" not in heard


async def test_only_the_unit_that_was_named_is_urged(office: Office) -> None:
    heard = await office.says("office", "nhắc phòng QLXD nộp báo cáo", "1", "1")
    assert "Đôn đốc báo cáo năm 2027 (QLXD)" in heard
    assert "Phòng Quản lý xây dựng" in heard and "Văn phòng Sở (" not in heard and "Thanh tra Sở" not in heard
    await office.says("office", "gửi")
    people = "SELECT COUNT(DISTINCT person.unit) FROM outbox JOIN person ON person.id = outbox.person WHERE about LIKE '%urged%'"
    assert await office.value(people) == 1
    assert "Không cần đôn đốc KHTC" in await office.says("office", "nhắc bên kế hoạch tài chính gửi báo cáo")


def test_an_office_adds_its_own_sentences_in_its_plan_file() -> None:
    """«Bảng vàng» means nothing to anybody else."""
    text = f'{PLAN_TEXT}\n[phrases]\ntonghop = ["bảng vàng thi đua", "bảng vàng năm {{year}}"]\n'
    plan = Plan.parse(text, gather(FEATURES).commands)
    assert plan.phrases == {"tonghop": ("bảng vàng thi đua", "bảng vàng năm {year}")}
    book = phrasebook(Terms(), (("tonghop", "bảng vàng thi đua"), ("tonghop", "bảng vàng năm {year}")))
    assert book.rank(book.read("cho xem bang vang"))[0].label == "tonghop"


def test_phrases_of_what_is_no_command_are_refused() -> None:
    with pytest.raises(BadPlan, match="bangvang"):
        Plan.parse(f'{PLAN_TEXT}\n[phrases]\nbangvang = ["bảng vàng"]\n', gather(FEATURES).commands)


async def test_a_choice_in_other_words_is_an_answer_though_it_sounds_like_a_command(office: Office) -> None:
    await office.says("officer", "/vuongmac Quy trình thẩm định còn lấy ý kiến hai lần", "II.1", "1", "gửi")
    await office.says("head", "/vuongmac VM-2027-001 chuyen")
    said = await office.says("head", "Phòng thống nhất với kiến nghị")
    assert "danh mục" not in said
    assert "✅ Đã chuyển" in await office.says("head", "gửi")
