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
    crowd: float = 1 / 3
    """Messages a second to a chat where many read."""


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
    """The buckets of one messenger, and the pauses it has asked for."""

    def __init__(self, pace: Pace, now: Callable[[], float] = monotonic) -> None:
        self._pace, self._now = pace, now
        self._overall = Bucket(pace.overall, now=now)
        self._chats: dict[int, Bucket] = {}
        self._held: dict[int, float] = {}
        """Until when a chat is to be left alone."""

    async def unasked(self) -> None:
        """Wait for a place among what is said unasked."""
        await asyncio.sleep(self._overall.reserve())

    async def wait(self, chat: int, crowd: bool = False) -> None:
        """Wait until this chat takes a message: nothing else ever holds an answer."""
        if chat not in self._chats:
            self._chats = {id: bucket for id, bucket in self._chats.items() if not bucket.idle}
            pace = self._pace
            self._chats[chat] = (
                Bucket(pace.crowd, 1, self._now) if crowd else Bucket(pace.chat, pace.burst, self._now)
            )
        await asyncio.sleep(self._chats[chat].reserve())
        await asyncio.sleep(self.pause(chat))

    def hold(self, chat: int, seconds: float) -> None:
        """The messenger said: slower. One chat alone is left alone; when two say so, everybody is."""
        now = self._now()
        self._held = {id: until for id, until in self._held.items() if until > now}
        self._held[chat] = now + seconds

    def pause(self, chat: int) -> float:
        """Seconds for which nothing may go to this chat."""
        now = self._now()
        held = {id: until - now for id, until in self._held.items() if until > now}
        return max(held.values()) if len(held) > 1 else held.get(chat, 0.0)
