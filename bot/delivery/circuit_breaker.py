"""One messenger as it is sent to: its pace, its places, and whether it rests because it is ill or full."""

import asyncio
from collections.abc import Callable
from time import monotonic

from bot.channels import Channel, HasGroups, Outcome, Paced

PARALLEL = 16
"""Sends on their way at once, for answers and for the rest: what a crash may leave unsure."""
ILL = 3
"""Failures in a row after which a channel rests, so that others are tried."""
REST, LONG_REST = 60.0, 1800.0
"""Seconds a channel rests: when it cannot be reached or hangs; when its quota is used up, or it hangs on."""


class Way:
    """One channel as the post uses it: its pace, its places, whether it rests."""

    def __init__(self, channel: Channel, clock: Callable[[], float] = monotonic) -> None:
        self.channel, self._clock = channel, clock
        self._groups = channel if isinstance(channel, HasGroups) else None
        self.paced = Paced(channel.pace) if channel.pace else None
        self.answers, self.unasked = asyncio.Semaphore(PARALLEL), asyncio.Semaphore(PARALLEL)
        self._failures, self._rests, self._full = 0, 0.0, 0.0
        self._rest, self._trying = REST, False

    def is_group(self, address: str) -> bool:
        """Return whether many read at this address."""
        return self._groups is not None and self._groups.is_group(address)

    def rest(self) -> float:
        """Seconds for which nothing unasked is sent through it."""
        return max(0.0, self._rests - self._clock(), self.full())

    def full(self) -> float:
        """Seconds for which it takes nothing at all, not even answers."""
        return max(0.0, self._full - self._clock())

    def taken(self) -> None:
        """Something unasked goes through it now; after an illness one goes alone, to see how it is."""
        if self._failures >= ILL:
            self._trying, self._rests = True, self._clock() + self._rest

    def heard(self, outcome: Outcome) -> None:
        """What the last send met. What hangs is ill too: all that is sent into it is lost in doubt."""
        if outcome is Outcome.FULL:
            self._full = self._clock() + LONG_REST
        elif outcome in (Outcome.LATER, Outcome.UNSURE):
            self._failures += 1
            if self._trying and outcome is Outcome.UNSURE:
                self._rest = min(LONG_REST, 2 * self._rest)
            self._trying = False
            if self._failures >= ILL:
                self._rests = max(self._rests, self._clock() + self._rest)
        else:
            if self._failures >= ILL:
                self._rests = 0.0
            self._failures, self._rest, self._trying = 0, REST, False
