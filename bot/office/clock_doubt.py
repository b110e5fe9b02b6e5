"""Is this machine's clock to be believed? While it is not, nothing is opened, emptied or said unasked but one question.

A clock far from the last time at which the process is known to have run is either right, after a long stop, or
wrong, after an empty battery or a mistyped date. Only people know. What is lost by waiting is a reminder; what is
lost by believing a wrong clock stays lost.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.language import Text, Time, _
from bot.office import desk
from storage import settings
from storage.db import Database, Tx
from storage.outbox import NoticeCode
from storage.values import read_stored, stored

log = logging.getLogger(__name__)
AHEAD, BEHIND = timedelta(days=7), timedelta(hours=1)
"""How far a clock may stand after or before the last time that is known."""
BEAT, CONFIRMED = "beat", "clock_confirmed"
"""The settings that say when the process last ran, and when somebody last said that the clock is right."""
CLOCK_DOUBT = NoticeCode("clock_doubt")
"""The one piece of news that goes out all the same."""


def last_ran(tx: Tx) -> datetime | None:
    """Return when a process last noted that it runs."""
    kept = settings.get(tx, BEAT)
    return read_stored(kept) if kept else None


def last_known(tx: Tx, now: datetime) -> datetime | None:
    """Return the time that the clock is too far from; None when it may be believed."""
    if tx.one(settings.MAY_STEP):
        return None
    kept = [settings.get(tx, name) for name in (BEAT, CONFIRMED)]
    known = [read_stored(each).astimezone(now.tzinfo) for each in kept if each]
    if not known or any(each - BEHIND <= now <= each + AHEAD for each in known):
        return None
    return known[0]


def named(last: datetime, now: datetime) -> Text:
    """Return what is said of it at a terminal."""
    return _(
        "⚠️ The clock of this machine says {now}, but the assistant last ran at {last}. Until somebody confirms it, nothing is sent unasked, opened or emptied: thidua clock confirm, or «Right» in the chat.",
        now=Time(now),
        last=Time(last),
    )


def confirm(tx: Tx, now: datetime) -> None:
    """Store that somebody confirms the day: what was missed may be caught up with."""
    settings.put(tx, CONFIRMED, stored(now))


class ClockDoubt:
    """Looks at the clock before every beat, and asks once when it is not to be believed."""

    def __init__(self, db: Database, now: Callable[[], datetime], wake: Callable[[], None]) -> None:
        self._db, self._now, self._wake = db, now, wake
        self.since: datetime | None = None
        """The last time that is known, while the clock is in doubt."""

    @property
    def open(self) -> bool:
        """Whether the clock is in doubt: the machine does nothing unasked."""
        return self.since is not None

    def lets_out(self, news: str | None) -> bool:
        """Whether this may be said unasked."""
        return not self.open or news == CLOCK_DOUBT

    async def look(self) -> bool:
        """Compare the clock once more; return whether it is in doubt."""
        now = self._now()
        before = self.since
        self.since = await self._db.write(lambda tx: _looked(tx, now))
        if self.since is not None and before is None:
            log.error(
                "the clock says %s, the process last ran on %s: nothing is said unasked until somebody confirms it",
                f"{now:%d/%m/%Y %H:%M}",
                f"{self.since:%d/%m/%Y %H:%M}",
            )
        if (self.since is None) != (before is None):
            self._wake()
        return self.open


def _looked(tx: Tx, now: datetime) -> datetime | None:
    last = last_known(tx, now)
    if last is not None:
        desk.tell(tx, desk.KEEPERS, CLOCK_DOUBT, about={}, due=now, now=now, key=f"{CLOCK_DOUBT}:{stored(last)}")
    return last
