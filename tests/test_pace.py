"""How fast messages go out, on a clock that the test moves."""

import asyncio

import pytest

from bot.pace import Bucket, Pace, Paced

ALLOWED = Pace(overall=25, chat=1, burst=3)


class Now:
    at = 100.0

    def __call__(self) -> float:
        return self.at


def test_a_chat_has_a_burst_and_then_one_a_second() -> None:
    now = Now()
    bucket = Bucket(1, 3, now)
    assert [bucket.reserve() for _ in range(6)] == [0, 0, 0, 1, 2, 3]


def test_what_was_waited_for_comes_back_slowly() -> None:
    now = Now()
    bucket = Bucket(1, 3, now)
    for _ in range(3):
        bucket.reserve()
    now.at += 1.0
    assert bucket.reserve() == 0
    assert bucket.reserve() == 1
    now.at += 60
    assert bucket.idle
    assert [bucket.reserve() for _ in range(4)] == [0, 0, 0, 1]


def test_overall_there_is_no_burst() -> None:
    bucket = Bucket(25, now=Now())
    waits = [bucket.reserve() for _ in range(26)]
    assert waits[0] == 0
    assert abs(waits[25] - 1.0) < 1e-9


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> Now:
    """A clock on which sleeping moves the time."""
    now = Now()

    async def sleep(seconds: float) -> None:
        now.at += seconds

    monkeypatch.setattr(asyncio, "sleep", sleep)
    return now


async def test_a_group_has_twenty_a_minute(now: Now) -> None:
    paced, began = Paced(ALLOWED, now), now.at
    for _ in range(21):
        await paced.wait(-5, crowd=True)
    assert now.at - began == pytest.approx(60)


async def test_the_parts_of_one_message_are_a_burst_and_then_one_a_second(now: Now) -> None:
    paced, began = Paced(ALLOWED, now), now.at
    for _ in range(7):
        await paced.wait(1)
    assert now.at - began == pytest.approx(4)


async def test_one_chat_that_is_too_fast_is_left_alone_and_two_are_everybody(now: Now) -> None:
    paced = Paced(ALLOWED, now)
    paced.hold(1, 30)
    assert (paced.pause(1), paced.pause(2)) == (30, 0)
    paced.hold(2, 10)
    assert (paced.pause(1), paced.pause(2), paced.pause(3)) == (30, 30, 30)
    now.at += 11
    assert (paced.pause(1), paced.pause(2), paced.pause(3)) == (19, 0, 0), "the second pause is over"
    now.at += 20
    assert paced.pause(1) == 0
