"""An answer of more than twelve lines leads with its three most important ones; «Xem đủ» has them all."""

import pytest

from bot.conversation.looks import FIRST_LINES, LOOKS, MOST_LINES, render, shortened
from bot.dialogue import Button, Choice, Say
from bot.language import Words, _
from tests.conftest import Office

VI = Words("vi")


def said(n: int, **more: object) -> Say:
    lines = ["Tổng hợp", *(f"dòng {k}" for k in range(1, n))]
    return Say(lines, **more)  # type: ignore[arg-type]  # handed on as given


def test_twelve_lines_are_said_as_they_are() -> None:
    say = said(MOST_LINES)
    assert shortened(say, VI, lambda: 7) == (say, "")


def test_of_more_the_first_and_what_needs_attention_are_said() -> None:
    lines = [
        "Tổng hợp",
        *(f"dòng {k}" for k in range(20)),
        "⚠️ Phòng A chưa gửi",
        "⚠️ Phòng B chưa gửi",
        "⚠️ Phòng C chưa gửi",
    ]
    short, full = shortened(Say(lines), VI, lambda: 7)
    text = render(short, LOOKS["web"], VI).text.split("\n")
    assert text[:FIRST_LINES] == ["Tổng hợp", "⚠️ Phòng A chưa gửi", "⚠️ Phòng B chưa gửi"]
    assert text[FIRST_LINES:] == ["… và 21 dòng nữa"]
    assert full.split("\n") == lines
    assert [button.says for button in short.buttons] == ["/xemdu 7"]


@pytest.mark.parametrize(
    "more",
    [
        {"whole": True},
        {"secret": "ABCDEFGHJK"},
        {"board": "QLXD"},
        {"choices": (Choice("a", _("Home")),)},
        {"buttons": (Button(_("Home"), "/tiepnhan tatca v3 co"),)},
    ],
)
def test_a_question_and_what_a_yes_is_about_are_seen_whole(more: dict[str, object]) -> None:
    say = said(40, **more)
    assert shortened(say, VI, lambda: 7) == (say, "")


@pytest.mark.parametrize("look", ["plain", "keyboard", "web"])
async def test_the_summary_is_short_first_and_whole_by_one_tap(office: Office, look: str) -> None:
    talk = await office.chat("office", look)
    talk.opens_all = False
    await talk.says("/tonghop 2026")
    short = talk.out.getvalue()
    assert "Tổng hợp năm 2026" in short
    assert "dòng nữa" in short
    assert len(short.split("---")[0].split("\n")) < 20
    await talk.says(":tap Xem đủ")
    whole = talk.out.getvalue()[len(short) :]
    assert "dòng nữa" not in whole
    assert len(whole.split("\n")) > MOST_LINES
    await talk.says("/viec", "xem đủ")
    assert talk.out.getvalue().count("dòng nữa") == 1, "plain words find it too"


async def test_an_answer_that_is_kept_no_more_says_so(office: Office) -> None:
    assert "không còn lưu" in await office.says("office", "/xemdu 9999")
    assert "không còn lưu" in await office.says("office", "/xemdu")
    await office.says("office", "/tonghop 2026")
    assert "không còn lưu" in await office.says("head", "/xemdu"), "nobody opens what another was told"


async def test_a_sheet_is_shown_whole_before_it_is_confirmed(office: Office) -> None:
    talk = await office.chat("head", "plain")
    talk.opens_all = False
    await talk.says("/baocao 2027", "/cuatoi SK-2027-001", "/trogiup")
    assert "dòng nữa" not in talk.out.getvalue()
