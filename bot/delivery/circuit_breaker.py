"""Lets a channel rest that fails again and again, or is full. Pure, over a clock that is given."""

from collections.abc import Callable
from time import monotonic

from bot.channels import Outcome

ILL = 3
"""Failures in a row after which a channel rests, so that others are tried."""
REST, LONG_REST = 60.0, 1800.0
"""Seconds a channel rests: when it cannot be reached or hangs; when its quota is used up, or it hangs on."""


class CircuitBreaker:
    """Whether one channel may be sent to, by the outcomes of the last sends."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._failures, self._rests, self._full = 0, 0.0, 0.0
        self._rest, self._trying = REST, False

    def rest(self) -> float:
        """Return the seconds for which nothing unasked is sent."""
        return max(0.0, self._rests - self._clock(), self.full())

    def full(self) -> float:
        """Return the seconds for which nothing at all is sent, not even answers."""
        return max(0.0, self._full - self._clock())

    def begin(self) -> None:
        """Record that something unasked is sent now; after a rest one goes alone, as a trial."""
        if self._failures >= ILL:
            self._trying, self._rests = True, self._clock() + self._rest

    def record(self, outcome: Outcome) -> None:
        """Record a send outcome; a timeout counts as a failure, for what is sent meanwhile ends in doubt."""
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
