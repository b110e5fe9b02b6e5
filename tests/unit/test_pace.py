"""How fast messages go out, on a clock that the test moves."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.channels.rate_limit import Bucket, Pace, Paced

ALLOWED = Pace(overall=29, chat=1, burst=3, at_once=20)


class Now:
    at = 100.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> Now:
    """A clock on which sleeping moves the time."""
    now, sleeps = Now(), asyncio.sleep

    async def sleep(seconds: float) -> None:
        now.at += seconds
        await sleeps(0)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    return now


async def times(now: Now, n: int, take: Callable[[], Awaitable[None]]) -> list[float]:
    """When each of n was given."""
    began, given = now.at, []
    for _ in range(n):
        await take()
        given.append(now.at - began)
    return given


def test_a_burst_has_to_be_earned() -> None:
    """Another process may have used it up a moment ago."""
    now = Now()
    bucket = Bucket(10, 3, now)
    assert bucket.wait() == pytest.approx(0)
    bucket.take()
    assert bucket.wait() == pytest.approx(0.1)
    now.at += 60
    for _ in range(3):
        assert bucket.wait() == 0
        bucket.take()
    assert bucket.wait() == pytest.approx(0.1)


async def test_a_chat_has_a_burst_and_then_one_a_second(now: Now) -> None:
    paced = Paced(ALLOWED, now)

    async def say() -> None:
        await paced.chat("1")
        paced.goes("1")

    assert await times(now, 6, say) == pytest.approx([0, 0, 0, 1, 2, 3])


async def test_a_chats_second_is_counted_from_when_the_message_goes(now: Now) -> None:
    """However long the places over all were waited for: what is earned meanwhile is not earned twice."""
    paced = Paced(ALLOWED, now)
    for _ in range(3):
        await paced.chat("1")
        now.at += 5  # a place over all
        paced.goes("1")
    for _ in range(2):
        await paced.chat("1")
        paced.goes("1")
    before = now.at
    await paced.chat("1")
    assert now.at - before == pytest.approx(1)


async def test_a_group_has_less_than_twenty_a_minute(now: Now) -> None:
    paced = Paced(ALLOWED, now)

    async def say() -> None:
        await paced.chat("-5", group=True)
        paced.goes("-5", group=True)

    given = await times(now, 80, say)
    for at in given:
        assert sum(at <= each < at + 60 for each in given) < 20
    assert given[4] <= 5, "a few are answered as they come"


async def test_answers_obey_the_pace_over_all(now: Now) -> None:
    paced = Paced(ALLOWED, now)
    given = await times(now, 90, paced.answer)
    assert given[-1] == pytest.approx(89 / 29, abs=0.05)


async def test_one_place_in_ten_is_for_what_nobody_asked_for(now: Now) -> None:
    paced, order = Paced(ALLOWED, now), list[str]()

    async def take(what: str, place: Callable[[], Awaitable[None]]) -> None:
        await place()
        order.append(what)

    await asyncio.gather(
        *(take("unasked", paced.unasked) for _ in range(20)), *(take("answer", paced.answer) for _ in range(60))
    )
    assert order[:60].count("unasked") == 6
    assert order[0] == "answer"


async def test_what_is_given_up_takes_no_place(now: Now) -> None:
    paced = Paced(ALLOWED, now)
    tasks = [asyncio.create_task(paced.answer()) for _ in range(3)]
    await asyncio.sleep(0)
    tasks[1].cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await paced.answer()
    paced.close()


async def test_one_chat_that_is_too_fast_is_left_alone_and_nobody_else(now: Now) -> None:
    """Nor are two: a long pause for one and a short one for another are about these two."""
    paced = Paced(ALLOWED, now)
    paced.refused("1", 60)
    paced.refused("2", 2)
    assert (paced.pause("1"), paced.pause("2"), paced.pause("3")) == (60, 2, 0)
    before = now.at
    await paced.chat("3")
    await paced.answer()
    assert now.at - before < 0.1
    now.at += 3
    assert paced.pause("1") == pytest.approx(57, abs=0.2)
    assert paced.pause("2") == 0


async def test_when_all_are_refused_nothing_goes_out_until_it_may() -> None:
    """Three chats one after the other and nothing taken between: that is not about a chat."""
    paced = Paced(ALLOWED)
    loop = asyncio.get_running_loop()
    for chat, seconds in (("1", 60), ("2", 0.3), ("3", 0.3)):
        paced.refused(chat, seconds)
    began = loop.time()
    await paced.answer()
    assert 0.25 < loop.time() - began < 2, "as long as the shortest pause, not as the longest"
    paced.close()


async def test_what_is_taken_shows_that_it_was_about_the_chats() -> None:
    paced = Paced(ALLOWED)
    for chat in ("1", "2", "3"):
        paced.refused(chat, 60)
    waiting = asyncio.create_task(paced.answer())
    await asyncio.sleep(0)
    paced.taken()
    await asyncio.wait_for(waiting, 1)
    assert paced.pause("1") > 50, "the chats are still left alone"
    paced.close()
