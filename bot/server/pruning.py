"""Empties what is old, once a day: never in the first hour, and at most a month's worth.

It goes by a day of its own, which follows the office's but makes no leaps: what a wrong clock would take for old
stays, and somebody has the time to see it.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from bot.movement import Keeping
from storage import drafts, files, forgetting, inbox, invites, outbox, settings, shown_once, unheard
from storage.db import Database, Tx
from storage.values import read_stored, stored

FIRST = timedelta(hours=1)
"""So long after the start nothing is emptied."""
MOST = timedelta(days=31)
"""What may become old in one day."""
SWEEPS = timedelta(hours=1)
"""How often what was dropped, withdrawn or put aside is looked for: it is gone within a day."""
LAST_WORD = timedelta(hours=1)
"""So long a chat that was withdrawn still shows that it was."""
ASIDE = timedelta(hours=22)
"""So long a message that could not be answered is there for whoever looks into it."""
AS_OF, ON = "pruned_as_of", "pruned_on"
"""The settings that say as of when the last pruning was, and on which day it was done."""


class Pruning:
    """Looked at with every beat."""

    def __init__(self, db: Database, now: Callable[[], datetime]) -> None:
        self._db, self._now = db, now
        self._born: datetime | None = None
        self._done: date | None = None
        self._swept: datetime | None = None

    async def look(self, keeping: Keeping) -> None:
        """Erase what is old, once a day; what is not wanted any more, every hour."""
        now = self._now()
        self._born = self._born or now
        if self._swept is None or not now - SWEEPS < self._swept <= now:
            await self._db.write(lambda tx: forgetting.sweep(tx, said_before=now - LAST_WORD, aside_before=now - ASIDE))
            self._swept = now
        if self._done == now.date() or now - self._born < FIRST:
            return
        await self._db.write(lambda tx: _prune(tx, keeping, now))
        self._done = now.date()


def _prune(tx: Tx, keeping: Keeping, now: datetime) -> None:
    if settings.get(tx, ON) == now.date().isoformat():
        return
    kept = settings.get(tx, AS_OF)
    last = read_stored(kept) if kept else (inbox.oldest(tx) or now)
    as_of = min(now, last + MOST)
    bodies = as_of - timedelta(days=keeping.bodies)
    inbox.forget(tx, bodies_before=bodies, keys_before=as_of - timedelta(days=keeping.keys))
    outbox.forget(tx, before=bodies)
    shown_once.hide_old(tx, before=as_of - timedelta(days=1))
    invites.forget(tx, before=as_of - timedelta(days=7))
    unheard.forget(tx, before=as_of - timedelta(days=keeping.unheard))
    files.prune(tx, before=as_of - timedelta(days=1))
    drafts.archive(tx, before=as_of - timedelta(days=keeping.drafts))
    settings.put(tx, AS_OF, stored(max(as_of, last) if kept else as_of))
    settings.put(tx, ON, now.date().isoformat())
