"""How fast a messenger may be sent to: buckets over a clock that is given."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic


@dataclass(frozen=True, slots=True)
class Pace:
    """What a messenger allows: unasked messages a second over all; messages a second to one chat."""

    overall: float
    chat: float
    burst: int
    """How many may go to one chat at once."""


class Bucket:
    """So many a second, after a burst; places are given in the order in which they are asked for."""

    def __init__(self, rate: float, burst: int = 1, now: Callable[[], float] = monotonic) -> None:
        self._gap, self._burst, self._now = 1 / rate, burst, now
        self._full = 0.0
        """When all that was promised has been used up."""

    def reserve(self) -> float:
        """Take the next place; in how many seconds it is."""
        now = self._now()
        begins = max(self._full, now)
        self._full = begins + self._gap
        return max(0.0, begins - (self._burst - 1) * self._gap - now)

    @property
    def idle(self) -> bool:
        """Whether forgetting it changes nothing."""
        return self._full <= self._now()


class Paced:
    """The buckets of one messenger."""

    def __init__(self, pace: Pace, now: Callable[[], float] = monotonic) -> None:
        self._pace, self._now = pace, now
        self._overall = Bucket(pace.overall, now=now)
        self._chats: dict[int, Bucket] = {}

    async def wait(self, chat: int, unasked: bool) -> None:
        """Wait until this may go out. Answers are held for their own chat only."""
        if chat not in self._chats:
            self._chats = {id: bucket for id, bucket in self._chats.items() if not bucket.idle}
            self._chats[chat] = Bucket(self._pace.chat, self._pace.burst, self._now)
        await asyncio.sleep(self._chats[chat].reserve())
        if unasked:
            await asyncio.sleep(self._overall.reserve())
