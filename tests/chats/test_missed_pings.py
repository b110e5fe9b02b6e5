"""A messenger that does not take the day's message: it comes once to each, at an hour at which the machine may speak."""

from datetime import datetime
from pathlib import Path

import pytest

from bot.channels.messages import Outcome, Reached, Result
from bot.server.clock import at_office
from tests.messenger import Desk, Messenger, at_the_desk

pytestmark = pytest.mark.slow

HEAD, DEPUTY = "Hoàng Văn Thử", "Nông Thị Phác Thảo"
PING = "Nhắc gửi báo cáo"


@pytest.fixture(autouse=True)
def few_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    """The office's clock jumps, and what rests by the machine's own does not wait for it."""
    monkeypatch.setattr("bot.delivery.retry_policy.LONGEST", 1800.0)
    for name in ("REST", "LONG_REST"):
        monkeypatch.setattr(f"bot.delivery.circuit_breaker.{name}", 0.01)


class Ill(Messenger):
    """Meets every send with the same until it is well again."""

    def __init__(self, outcome: Outcome, until: str) -> None:
        super().__init__()
        self.desk: Desk | None = None
        self._outcome, self._until = outcome, at_office(until)
        self.came: list[tuple[str, datetime, str]] = []
        """What has been shown: where, when by the office's clock, and what."""
        self.answer = self._answers

    async def _answers(self, address: str, text: str) -> Result | None:
        assert self.desk is not None
        now = self.desk.app.now()
        if now < self._until:
            return Result(self._outcome, wait=900.0)
        self.came.append((address, now, text))
        return None

    def pings(self, address: str) -> list[datetime]:
        """When somebody was reminded."""
        return [at for place, at, text in self.came if place == address and PING in text]


SAME, AFTERNOON, NIGHT, NEXT = ("2027-11-04T09:40", "2027-11-04T14:20", "2027-11-04T16:45", "2027-11-05T08:00:30")


@pytest.mark.parametrize(
    ("outcome", "back", "day"),
    [
        *((outcome, back, day) for outcome in (Outcome.LATER, Outcome.FULL) for back, day in ((SAME, 4), (NEXT, 5))),
        (Outcome.SLOWER, AFTERNOON, 4),
        (Outcome.LATER, NIGHT, 5),
        (Outcome.GONE, SAME, 4),
        (Outcome.GONE, NIGHT, 5),
        (Outcome.REFUSED, SAME, 5),  # what was refused once is not tried again on the same day
    ],
)
async def test_a_ping_that_was_not_taken_comes_once(demo_file: Path, outcome: Outcome, back: str, day: int) -> None:
    messenger = Ill(outcome, back)
    async with at_the_desk(demo_file, messenger, at="2027-11-04T07:30") as desk:
        messenger.desk, app = desk, desk.app
        head, deputy = await desk.seat(HEAD, messenger), await desk.seat(DEPUTY, messenger)
        await app.move(at_office(back))
        for address in (head, deputy) if outcome is Outcome.GONE else ():  # they had shut the chat
            await app.intake.of(messenger)(Reached(address, reachable=True))
        await app.move(at_office("2027-11-05T16:30"))
        pings = messenger.pings(head)
        assert [at.day for at in pings] == [day], messenger.came
        assert all(app.office.hours.open(at, app.office.calendar) for at in pings)
        assert messenger.pings(deputy) == [], "only of a head whom nobody reaches"


async def test_a_ping_that_may_have_come_is_not_said_again_and_the_office_knows(demo_file: Path) -> None:
    messenger = Ill(Outcome.UNSURE, SAME)
    async with at_the_desk(demo_file, messenger, at="2027-11-04T07:30") as desk:
        messenger.desk = desk
        head, office = await desk.seat(HEAD, messenger), await desk.seat("office", messenger)
        await desk.app.move(at_office("2027-11-05T16:30"))
        assert messenger.pings(head) == []
        (told,) = [text for place, _at, text in messenger.came if place == office and "Chưa chắc đã đến" in text]
        assert HEAD in told
