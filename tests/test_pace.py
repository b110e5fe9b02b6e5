"""How fast messages go out, on a clock that the test moves."""

from bot.pace import Bucket


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
