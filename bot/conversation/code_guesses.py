"""Wrong codes on the login page: counted by where they come from and over all, before anything else is asked.

An hour's wrong codes are kept here and in the file: here, so that a thousand at once are a thousand; there, so
that a new start forgets none.
"""

from collections import deque
from datetime import datetime, timedelta

HOUR = timedelta(hours=1)
PER_ADDRESS, OVER_ALL = 30, 2_000
"""Wrong codes an hour: from one address (a whole office shares one, and everybody's slips on the day it joins), and from
anywhere, the chats included. Of 31 letters ten make 8·10¹⁴ codes: at 2,000 an hour one of five hundred open ones is hit
once in ninety thousand years, and nobody keeps an office out with less than seventy addresses."""


class Guesses:
    """The wrong codes of the last hour; a right one is taken back."""

    def __init__(self) -> None:
        self._of: dict[str, deque[datetime]] = {}
        self._all: deque[datetime] = deque()

    def take(self, address: str, now: datetime) -> float:
        """Count a try and return 0; or count nothing and return in how many seconds one may be tried from here."""
        mine = self._of.get(address, deque())
        for times, most in ((mine, PER_ADDRESS), (self._all, OVER_ALL)):
            while times and times[0] <= now - HOUR:
                times.popleft()
            if len(times) >= most:
                return (times[0] + HOUR - now).total_seconds()
        self._of = {each: times for each, times in self._of.items() if times and times[-1] > now - HOUR}
        self._of.setdefault(address, mine).append(now)
        self._all.append(now)
        return 0.0

    def give_back(self, address: str, at: datetime) -> None:
        """Give a try back: the code was right."""
        for times in (self._of.get(address, deque()), self._all):
            if at in times:
                times.remove(at)
