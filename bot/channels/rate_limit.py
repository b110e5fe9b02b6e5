"""How fast a messenger may be sent to: places over all, each chat's second, a group's minute.

Runs on the event loop; the clock is an argument.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic

SHARE = 10
"""One place in so many goes to notifications while answers wait, too."""
MINUTE = 61.0
"""Seconds counted as a group's minute: the messenger counts when a message arrives, not when it leaves."""
SURELY = 3
"""Chats refused one after the other, with nothing taken between, that mean: the whole channel is too fast."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What a messenger allows: messages a second over all; messages a second to one chat."""

    overall: float
    chat: float
    burst: int
    """How many may go to one chat at once."""
    group: int = 18
    """Messages a minute to a group."""
    at_once: int = 1
    """How many may go out at once over all, after a pause."""
    unasked: float | None = None
    """Of these so many notifications a second; None for no limit of their own."""


class Bucket:
    """A rate with a burst. It begins empty: another process may have used it up just now."""

    def __init__(self, rate: float, burst: int = 1, now: Callable[[], float] = monotonic, full: bool = False) -> None:
        self._gap, self._burst, self._now = 1 / rate, burst, now
        self._used_up = 0.0 if full else now() + (burst - 1) * self._gap
        """When all that was taken has come back."""

    def wait(self) -> float:
        """Return the seconds until there is a place."""
        return max(0.0, self._used_up - (self._burst - 1) * self._gap - self._now())

    def take(self) -> None:
        """Take a place."""
        self._used_up = max(self._used_up, self._now()) + self._gap

    @property
    def idle(self) -> bool:
        """Return whether it may be dropped: it is full again."""
        return self._used_up <= self._now()


class Limits:
    """What one chat takes: its second, and its minute where it is a group."""

    def __init__(self, pace: Pace, group: bool, now: Callable[[], float]) -> None:
        self._now, self._most = now, pace.group if group else 0
        self._bucket = Bucket(pace.chat, 1 if group else pace.burst, now, full=True)
        self._times: deque[float] = deque()
        """When the last ones went, of a group's minute."""

    def wait(self) -> float:
        """Return the seconds until it takes a message."""
        minute = 0.0
        if self._most and len(self._times) >= self._most:
            minute = self._times[-self._most] + MINUTE - self._now()
        return max(minute, self._bucket.wait())

    def take(self) -> None:
        """Count a message that goes out."""
        self._bucket.take()
        if self._most:
            self._times.append(self._now())
            while len(self._times) > self._most:
                self._times.popleft()

    @property
    def idle(self) -> bool:
        """Return whether it may be dropped: it is full again."""
        return self._bucket.idle and not (self._times and self._times[-1] + MINUTE > self._now())


class Places:
    """The places over all, given one after the other: answers first, one in ten to notifications."""

    def __init__(self, pace: Pace, now: Callable[[], float] = monotonic) -> None:
        self._bucket, self._now = Bucket(pace.overall, pace.at_once, now), now
        self._answers: deque[asyncio.Future[None]] = deque()
        self._unasked: deque[asyncio.Future[None]] = deque()
        self._given = 0
        """To answers, since one was given to the rest."""
        self._held, self._stir = 0.0, asyncio.Event()
        self._giving: asyncio.Task[None] | None = None

    async def take(self, unasked: bool = False) -> None:
        """Wait for a place. One a chat waits here, so first come, first served is fair."""
        place = asyncio.get_running_loop().create_future()
        (self._unasked if unasked else self._answers).append(place)
        if self._giving is None:
            self._giving = asyncio.create_task(self._give())
        await place

    def hold(self, seconds: float) -> None:
        """Refuse places for so long; 0 ends it."""
        self._held = self._now() + seconds if seconds else 0.0
        self._stir.set()

    def held(self) -> float:
        """Return the seconds for which no places are given."""
        return max(0.0, self._held - self._now())

    def close(self) -> None:
        """Refuse places from now on."""
        if self._giving is not None:
            self._giving.cancel()
            self._giving = None

    async def _give(self) -> None:
        try:
            while self._waits():
                if wait := max(self._bucket.wait(), self.held()):
                    await self._pause(wait)
                    continue
                self._bucket.take()
                self._next().set_result(None)
        finally:
            self._giving = None

    async def _pause(self, seconds: float) -> None:
        if not self.held():
            await asyncio.sleep(seconds)
            return
        self._stir.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stir.wait()

    def _waits(self) -> bool:
        """Remove who was cancelled; return whether somebody waits."""
        for queue in (self._answers, self._unasked):
            while queue and queue[0].done():
                queue.popleft()
        return bool(self._answers or self._unasked)

    def _next(self) -> "asyncio.Future[None]":
        if self._unasked and (not self._answers or self._given >= SHARE - 1):
            self._given = 0
            return self._unasked.popleft()
        self._given += 1
        return self._answers.popleft()


class Paced:
    """Apply the pace of one messenger and the pauses that it asks for."""

    def __init__(self, pace: Pace, now: Callable[[], float] = monotonic) -> None:
        self._pace, self._now = pace, now
        self._places = Places(pace, now)
        self._unasked = Bucket(pace.unasked, now=now) if pace.unasked else None
        self._chats: dict[str, Limits] = {}
        self._held: dict[str, float] = {}
        """Until when a chat is to be left alone."""
        self._refused: dict[str, float] = {}
        """Chats that were refused since something was taken, and until when."""

    async def unasked(self) -> None:
        """Wait for a place among notifications."""
        if self._unasked is not None:
            while wait := self._unasked.wait():  # noqa: ASYNC110  # the next place is not an event
                await asyncio.sleep(wait)
            self._unasked.take()
        await self._places.take(unasked=True)

    async def chat(self, chat: str, group: bool = False) -> None:
        """Wait until this chat takes a message; other chats do not wait for it."""
        limits = self._chats.get(chat) or Limits(self._pace, group, self._now)
        while wait := max(limits.wait(), self.pause(chat)):  # noqa: ASYNC110  # the time it takes is known
            await asyncio.sleep(wait)

    async def answer(self) -> None:
        """Wait for a place over all."""
        await self._places.take()

    def goes(self, chat: str, group: bool = False) -> None:
        """Count a message that goes out to this chat now."""
        if chat not in self._chats:
            self._chats = {id: limits for id, limits in self._chats.items() if not limits.idle}
            self._chats[chat] = Limits(self._pace, group, self._now)
        self._chats[chat].take()

    def refused(self, chat: str, seconds: float) -> None:
        """Pause this chat, for which the messenger said «slower»; pause all where every chat is refused."""
        now = self._now()
        self._held = {id: until for id, until in self._held.items() if until > now}
        self._held[chat] = self._refused[chat] = now + seconds
        self._refused = {id: until for id, until in self._refused.items() if until > now}
        if len(self._refused) >= SURELY:
            self._places.hold(min(self._refused.values()) - now)

    def taken(self) -> None:
        """Record that the messenger took a message: refused_content before it concern their chats alone."""
        if self._refused:
            self._refused = {}
            self._places.hold(0)

    def pause(self, chat: str) -> float:
        """Return the seconds for which nothing may go to this chat."""
        return max(0.0, self._held.get(chat, 0.0) - self._now())

    def pauses(self) -> dict[str, float]:
        """Return every paused chat with its seconds."""
        return {chat: wait for chat in self._held if (wait := self.pause(chat))}

    def close(self) -> None:
        """Refuse places from now on."""
        self._places.close()
