"""One button tapped twice is one tap; the same label under another question is an answer."""

import asyncio

import pytest

from tests.fakes.telegram import FakeTelegram
from tests.phones import Phones, until

BACK = "Quay lại"


async def in_the_midst_of_a_sheet(phones: Phones) -> int:
    """Two questions and the one before each offer the way back."""
    chat = await phones.chat("officer")
    await phones.says("officer", "/dangky sk", "Số hóa hồ sơ hoàn công của phòng năm nay", "3")
    return chat


def asked(server: FakeTelegram, chat: int) -> list[str]:
    return [each.text for each in server.shown[str(chat)]]


@pytest.mark.slow
@pytest.mark.parametrize("late", [0.3, 1.0])
async def test_the_same_label_under_the_next_question_is_an_answer_however_late_telegram_tells(
    phones: Phones, server: FakeTelegram, late: float
) -> None:
    chat = await in_the_midst_of_a_sheet(phones)
    assert BACK in server.keyboards[str(chat)], server.keyboards
    server.tells_late = late
    for _ in range(2):
        before = len(asked(server, chat))
        server.taps(chat, BACK)
        await until(lambda n=before: len(asked(server, chat)) > n)  # type: ignore[misc]  # bound at once
    texts = asked(server, chat)
    assert texts[-1] != texts[-2]
    server.tells_late = 0.0


async def test_a_double_tap_answers_one_question(phones: Phones, server: FakeTelegram) -> None:
    chat = await in_the_midst_of_a_sheet(phones)
    before = len(asked(server, chat))
    server.tells_late = 0.2
    server.taps(chat, BACK)
    server.types(chat, BACK)
    await asyncio.sleep(0.5)
    await phones.settled()
    assert len(asked(server, chat)) == before + 1
