"""«hẹn báo cáo 3/11»: which of several duties is meant stands in the words; a year may be said in words."""

from datetime import date

import pytest

from bot.language import read_years
from tests.conftest import Office, OpenOffice
from tests.transcribing import FOLDER, LOOKS, Conversation, transcribe

TODAY = date(2027, 10, 18)
PROMISED = "SELECT duty, year, day FROM promise ORDER BY at DESC"
CHAT: Conversation = [
    (
        "head",
        [
            "hẹn 15/1",
            "hẹn kế hoạch 15/1",
            "xin lùi ngày gửi danh sách đăng ký đến 14/1",
            "1",
            "hen ke hoach 2028 15/1",
            "hẹn kế hoạch",
            "thoát",
        ],
    )
]
"""A head who owes the plan and the list."""


async def behind(open_office: OpenOffice) -> Office:
    """The first working day of a year: the plan and the list wait."""
    office = await open_office(at="2027-01-04T08:30")
    await office.app.db.write(lambda tx: tx.run("DELETE FROM unit_plan WHERE year = 2027 AND unit = 'QLXD'"))
    await office.app.db.write(lambda tx: tx.run("DELETE FROM closed_list WHERE year = 2027 AND unit = 'QLXD'"))
    return office


@pytest.mark.parametrize("look", LOOKS)
async def test_the_conversation_is_as_it_was_agreed(open_office: OpenOffice, look: str, record: bool) -> None:
    golden = FOLDER / "answers" / f"promise_of_several.{look}.txt"
    await transcribe(await behind(open_office), CHAT, look, golden, record)


@pytest.mark.parametrize(
    ("said", "duty"),
    [
        ("hẹn kế hoạch 15/1", "plan"),
        ("hen ke hoach nam 15/1", "plan"),
        ("hẹn 15/1 gửi danh sách đăng ký", "registration"),
        ("/hen kế hoạch 15/1", "plan"),
    ],
)
async def test_words_choose_the_duty(open_office: OpenOffice, said: str, duty: str) -> None:
    office = await behind(open_office)
    heard = await office.says("head", said)
    assert (await office.rows(PROMISED))[:1] == [(duty, 2027, "2027-01-15")], heard


async def test_without_a_word_of_them_it_asks_and_keeps_the_day(open_office: OpenOffice) -> None:
    office = await behind(open_office)
    heard = await office.says("head", "hẹn 15/1")
    assert "hẹn gửi việc nào" in heard
    assert await office.rows(PROMISED) == []


async def test_what_is_named_behind_the_command_opens_and_no_report(open_office: OpenOffice) -> None:
    office = await behind(open_office)
    assert "Kế hoạch năm 2027" in await office.says("head", "/baocao kế hoạch năm", "thoát")
    assert "Kế hoạch năm" not in await office.says("head", "/baocao 2027")


@pytest.mark.parametrize(
    ("said", "years"),
    [
        ("năm hai nghìn không trăm hai mươi bảy", (2027,)),
        ("tổng hợp hai nghìn không trăm hai bảy", (2027,)),
        ("hai không hai bảy", (2027,)),
        ("bao cao nam hai ngan le hai tam", (2028,)),
        ("năm hai không ba không", (2030,)),
        ("hai không hai", ()),
        ("hai nghìn ba trăm", ()),
        ("hai nghìn không trăm hai mươi triệu", ()),
    ],
)
def test_a_year_may_be_said_in_words(said: str, years: tuple[int, ...]) -> None:
    assert read_years(said, TODAY).years == years


async def test_a_year_in_words_is_the_year_that_is_shown(open_office: OpenOffice) -> None:
    office = await open_office()
    assert "2026" in (await office.says("office", "tổng hợp năm hai nghìn không trăm hai mươi sáu")).split("\n")[0]
