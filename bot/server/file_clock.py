"""Which clock a command uses on a database: this machine's, or, on a file made for that, one that starts when it is told."""

from pathlib import Path

from bot.language import _
from bot.server.cli import Failure, time_given
from bot.server.clock import Clock
from storage import settings
from storage.db import Reader
from storage.opening import Trouble, Unusable


async def clock_of(db: Path, at: str) -> Clock:
    """Return the office's clock, or one that starts at a given time, on a file made for that; raise Failure."""
    if not at:
        return Clock()
    if not db.exists():
        raise Unusable(Trouble.MISSING, db)
    if not await _may_step(db):
        raise Failure(
            _(
                "{path} is an office's own file: its clock is this machine's, and neither --now nor THIDUA_NOW moves it. Rehearse with «thidua rehearse», or on a demo's file.",
                path=str(db),
            )
        )
    return Clock.running_from(time_given(at))


async def _may_step(path: Path) -> bool:
    """Whether this file was made for trying things out: only such a clock may be moved."""
    async with Reader.opened(path) as reader:
        return bool(await reader.one(settings.MAY_STEP))
