"""One state of a database with its office, read beside the server that runs on it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from bot.conversation import Office
from bot.movement import Plan
from bot.server.demo import office as demo_office
from bot.server.office import make_office
from bot.server.plan_commands import plan_of
from storage import calendar as calendar_table
from storage.db import Reader, Snapshot
from storage.opening import Trouble, Unusable, check_newest


@asynccontextmanager
async def beside(db: Path) -> AsyncIterator[tuple[Snapshot, Office, datetime]]:
    """Open one state of a database, with its office and the time there."""
    if not db.exists():
        raise Unusable(Trouble.MISSING, db)
    check_newest(db)
    at, text = await demo_office.time_of(db), (await plan_of(db)).text
    async with Reader.opened(db) as reader, reader.snapshot() as snapshot:
        yield snapshot, make_office(Plan.kept(text), text, await snapshot.all(calendar_table.ALL)), at
