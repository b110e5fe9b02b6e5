"""The nightly copy: made in a thread beside the writer, kept in two places, and whoever looks after it told when it fails."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from bot.office import desk
from bot.office.clock_doubt import ClockDoubt
from storage import backup, settings
from storage.backup import Copy, CopyFailure, NotCopied
from storage.db import Database, Tx
from storage.opening import Trouble, Unusable
from storage.outbox import NoticeCode

log = logging.getLogger(__name__)
EVERY = 30.0
"""Seconds between two looks."""
AGAIN = timedelta(hours=1)
"""So long after a failure it is tried once more."""
BACKUP_FAILED = NoticeCode("backup_failed")
DAY = "backup_day"
"""The setting that says on which day the last copy was made."""


@dataclass(frozen=True, slots=True)
class CopyPlaces:
    """Where copies go, and at which hour of the office's night; without an hour none is made of itself."""

    folder: Path
    second: Path | None = None
    at: time | None = None

    @classmethod
    def of(cls, db: Path, second: Path | None = None, at: time | None = None) -> "CopyPlaces":
        """Return the usual folder: beside the database."""
        return cls(db.parent / "backups", second, at)


def copy(db: Path, places: CopyPlaces, now: datetime) -> Copy:
    """Make a copy in every place, and delete older ones beyond so many; raise NotCopied or Unusable."""
    made = backup.make(db, places.folder, now)
    backup.rotate(places.folder, db.stem)
    if places.second is not None:
        backup.copy_again(made, places.second)
        backup.rotate(places.second, db.stem)
    return made


class Nightly:
    """Looks every half minute whether the day's copy is to be made."""

    def __init__(
        self,
        db: Database,
        places: CopyPlaces | None,
        now: Callable[[], datetime],
        doubt: ClockDoubt,
        wake: Callable[[], None],
    ) -> None:
        self._db, self._places, self._now, self._doubt, self._wake = db, places, now, doubt, wake
        self._failed: datetime | None = None

    async def run(self) -> None:
        """Make each day's copy, for ever."""
        while True:
            await self.look()
            await asyncio.sleep(EVERY)

    async def look(self) -> None:
        """Make the day's copy once its hour has come; while the clock is in doubt delete none."""
        now, places = self._now(), self._places
        if places is None or places.at is None or now.time() < places.at or self._doubt.open:
            return
        if self._failed is not None and self._failed <= now < self._failed + AGAIN:
            return
        kept = await (await self._db.reader()).one(settings.NAMED, name=DAY)
        if kept is not None and kept.value == now.date().isoformat():
            return
        try:
            await asyncio.to_thread(copy, self._db.path, places, now)
        except (NotCopied, Unusable) as error:
            await self._tell(error, now)
            self._failed = now
        else:
            await self._db.write(lambda tx: settings.put(tx, DAY, now.date().isoformat()))
            self._failed = None

    async def _tell(self, error: NotCopied | Unusable, now: datetime) -> None:
        log.error("the nightly copy was not made: %s", error)
        about = {"why": str(why_of(error)), "where": str(getattr(error, "where", self._db.path))}

        def work(tx: Tx) -> None:
            key = f"{BACKUP_FAILED}:{now.date().isoformat()}"
            desk.tell(tx, desk.KEEPERS, BACKUP_FAILED, about=about, due=now, now=now, key=key)

        await self._db.write(work)
        self._wake()


def why_of(error: NotCopied | Unusable) -> CopyFailure:
    """Say whether it is damaged, or not to be written."""
    if isinstance(error, NotCopied):
        return error.why
    return CopyFailure.DAMAGED if error.trouble is Trouble.DAMAGED else CopyFailure.UNWRITABLE
