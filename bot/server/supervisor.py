"""Keeps the loops alive: one that dies or falls silent is logged and started again; at last the process gives up."""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic

log = logging.getLogger(__name__)
DEATHS, WITHIN = 5, 600.0
"""So many deaths of one loop within so many seconds are a bug that a new start does not mend."""
LONGEST = 30.0
"""Seconds before a loop is started again, at most."""


class GaveUp(Exception):
    """A loop died again and again: the process must end, and whoever started it must know."""


async def _nothing() -> None:
    """Do nothing before it begins again."""


@dataclass
class Loop:
    """One thing that goes on for ever."""

    name: str
    run: Callable[[], Awaitable[None]]
    heard: Callable[[], float | None] = lambda: None
    """When it last gave a sign of life (monotonic seconds); None before the first."""
    silence: float = 0.0
    """Seconds without a sign after which it is started again; 0 where it gives none."""
    mend: Callable[[], Awaitable[None]] = _nothing
    """Done before it is started again: connections that may be stuck are ended."""
    began: float = 0.0
    born: float = field(default_factory=monotonic)
    """When it began for the first time."""
    deaths: deque[float] = field(default_factory=deque)
    task: "asyncio.Task[None] | None" = None

    def quiet(self) -> float:
        """Return seconds since the last sign of life, or since it began."""
        return monotonic() - max(self.heard() or 0.0, self.began)

    @property
    def silent(self) -> bool:
        """Whether its last sign of life is too long ago, however often it was started again since."""
        heard = self.heard()
        return bool(self.silence) and monotonic() - (self.born if heard is None else heard) > self.silence

    @property
    def running(self) -> bool:
        """Whether it goes on."""
        return self.task is not None and not self.task.done()


class Alive:
    """The loops of a process, watched."""

    def __init__(
        self,
        loops: Sequence[Loop] = (),
        every: float = 1.0,
        passing: Callable[[BaseException], bool] = lambda error: False,
    ) -> None:
        self.loops, self._every, self._passing = list(loops), every, passing
        self.restarts: Counter[str] = Counter()

    async def run(self) -> None:
        """Watch for ever; raise GaveUp."""
        for loop in self.loops:
            self._begin(loop)
        try:
            while True:
                tasks = [loop.task for loop in self.loops if loop.task is not None]
                await asyncio.wait(tasks, timeout=self._every, return_when=asyncio.FIRST_COMPLETED)
                for loop in self.loops:
                    await self._look_at(loop)
        finally:
            tasks = [loop.task for loop in self.loops if loop.task is not None]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _begin(self, loop: Loop, after: float = 0.0) -> None:
        async def begin() -> None:
            await asyncio.sleep(after)
            loop.began = monotonic()
            await loop.run()

        loop.began = monotonic() + after
        loop.task = asyncio.create_task(begin(), name=loop.name)

    async def _look_at(self, loop: Loop) -> None:
        """Start it again if it has died or fallen silent."""
        assert loop.task is not None
        if loop.task.done():
            self._record_end(loop)
        elif loop.silence and loop.quiet() > loop.silence:
            # Its messenger may be away for days: that alone never ends the process.
            log.error("%s has given no sign of life for %.0f s", loop.name, loop.quiet())
            loop.task.cancel()
            await asyncio.gather(loop.task, return_exceptions=True)
        else:
            return
        self.restarts[loop.name] += 1
        await loop.mend()
        self._begin(loop, after=min(LONGEST, 0.5 * 2.0 ** len(loop.deaths)))

    def _record_end(self, loop: Loop) -> None:
        """Record the end of a loop that should never end."""
        assert loop.task is not None
        why = None if loop.task.cancelled() else loop.task.exception()
        log.error("%s has died (%s)", loop.name, type(why).__name__, exc_info=why)
        now = monotonic()
        loop.deaths.append(now)
        if why is not None and self._passing(why):  # a full disk: ending the process would not make room
            while len(loop.deaths) >= DEATHS:
                loop.deaths.popleft()
            return
        while loop.deaths and loop.deaths[0] < now - WITHIN:
            loop.deaths.popleft()
        if len(loop.deaths) >= DEATHS:
            raise GaveUp(f"{loop.name} died {DEATHS} times in {WITHIN:.0f} s") from why
