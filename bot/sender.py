"""The sender: hands on what waits in the outbox when it is due.

An answer lies there drawn and goes out at once. What nobody asked for waits for its place in the channel's
pace, is decided about only then, and goes out: so a crash leaves unsure no more than what was on its way.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any

from bot.channel import LOCAL, Parcel, Result
from bot.claim import Ways, claim
from bot.commands import Office
from bot.post import Post
from bot.settling import tell_unsure
from storage import chats, outbox
from storage.db import Closed, Database, Tx, Unusable
from storage.outbox import Row
from storage.values import read_stored

log = logging.getLogger(__name__)
CHUNK = 200


class Sender:
    """Delivers the outbox, in order within a chat; wakes when something is filed or due."""

    def __init__(
        self, db: Database, office: Callable[[], Office], now: Callable[[], datetime],
        delivered: Callable[[int], None], settled: Callable[[Parcel, Result], None], link: Callable[[int, str], str],
    ) -> None:  # fmt: skip
        self._db, self._office, self._now, self._delivered = db, office, now, delivered
        self.post = Post(db, now, settled, link)
        self._lanes: dict[str, deque[Row]] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._lined_up: set[int] = set()
        self._awake = asyncio.Event()

    def wake(self) -> None:
        """Something was filed, or the clock has moved."""
        self._awake.set()

    async def start(self) -> None:
        """What was on its way when the last process died is unsure, or is sent again."""

        def work(tx: Tx) -> None:
            tell_unsure(tx, outbox.restart(tx), self._now())

        await self._db.write(work)

    async def run(self) -> None:
        """Deliver for ever."""
        while True:
            await self.drain()
            self._awake.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(await self._pause()):
                    await self._awake.wait()

    def send(self, parcel: Parcel) -> None:
        """An answer that was just filed."""
        self.post.put(parcel)

    async def drain(self) -> None:
        """Deliver all that is due now."""
        while True:
            reader, now = await self._db.reader(), self._now()
            answers = await reader.all(outbox.ANSWERS, now=now, most=CHUNK)
            if answers:
                for parcel in await self._db.write(lambda tx, due=answers: self._claimed(tx, due)):  # type: ignore[misc]  # bound in the loop
                    self.post.put(parcel)
            due = [
                row
                for row in await reader.all(outbox.UNASKED, now=now, most=CHUNK)
                if row.id not in self._lined_up
            ]
            for row in due:
                await self._line_up(row)
            if not answers and not due:
                return

    async def idle(self) -> None:
        """Wait until the messengers have taken what was on its way."""
        while self._tasks:
            await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        await self.post.idle()

    async def close(self) -> None:
        """Stop sending."""
        for task in list(self._tasks.values()):
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        await self.post.close()

    # Answers that had to wait, or were on their way when a process died ----------------------------

    def _claimed(self, tx: Tx, due: list[Row]) -> list[Parcel]:
        parcels = []
        for row in due:
            assert row.chat is not None
            assert row.body is not None
            chat = tx.one(chats.BY_ID, id=row.chat)
            assert chat is not None
            if chat.channel == LOCAL and row.edits is not None:
                outbox.appears(tx, id=row.id, chat=chat.id, edits=row.edits, now=self._now())
                tx.after.append(partial(self._delivered, chat.id))
                continue
            served = chat.channel in self.post.ways
            outbox.settle(
                tx, id=row.id, state="sending" if served else "failed", why="" if served else "no channel"
            )
            if served:
                parcels.append(Parcel(row.id, chat.id, chat.channel, chat.address, row.body, edits=row.edits))
        return parcels

    # What nobody asked for -------------------------------------------------------------------------

    async def _line_up(self, row: Row) -> None:
        """Into the lane of the channel it will most likely take; at once where there is no channel."""
        lane = await self._likely(row)
        if lane is None:
            parcel = await self._deliver(row)
            if parcel is not None:
                await self.post.ways[parcel.channel].unasked.acquire()
                self.post.put(parcel)
            return
        self._lined_up.add(row.id)
        self._lanes.setdefault(lane, deque()).append(row)
        if lane not in self._tasks:
            self._tasks[lane] = asyncio.create_task(self._go(lane))

    async def _likely(self, row: Row) -> str | None:
        resting = self.post.resting()
        if not resting:
            return None
        reader = await self._db.reader()
        for chat in await reader.all(chats.PLACES, person=row.person):
            if chat.channel == LOCAL:
                return None
            if chat.id not in row.tried and resting.get(chat.channel, 1.0) == 0:
                return chat.channel
        return None

    async def _go(self, lane: str) -> None:
        """One after the other: wait for a place, decide, hand over."""
        rows, way = self._lanes[lane], self.post.ways[lane]
        try:
            while rows:
                await way.unasked.acquire()
                if way.paced is not None:
                    await way.paced.unasked()
                row = rows.popleft()
                parcel = await self._deliver(row)
                self._lined_up.discard(row.id)
                if parcel is None or parcel.channel != lane:
                    way.unasked.release()
                    if parcel is not None:
                        await self.post.ways[parcel.channel].unasked.acquire()
                if parcel is not None:
                    self.post.put(parcel)
        finally:
            self._lined_up.difference_update(row.id for row in rows)
            del self._lanes[lane], self._tasks[lane]
            self.wake()

    async def _deliver(self, row: Row) -> Parcel | None:
        """Decide about one row; one that cannot be made is put aside and holds up nobody."""
        try:
            facts = await self._prepare(row)
            ways = Ways(self.post.resting(), self.post.quotas())
            office, now = self._office(), self._now()
            parcel = await self._db.write(lambda tx: claim(tx, office, now, ways, row.id, facts))
        except (Closed, Unusable):
            raise
        except Exception as error:
            log.exception("row %s (%s) could not be made", row.id, row.news)
            why = type(error).__name__
            await self._db.write(lambda tx: outbox.settle(tx, id=row.id, state="failed", why=why))
            return None
        if parcel is not None and parcel.channel == LOCAL:
            self._delivered(parcel.chat)
            return None
        return parcel

    async def _prepare(self, row: Row) -> dict[str, Any]:
        """What a text needs of the whole office: read beside the writer, just before."""
        prepare = self._office().prepare.get(row.news or "")
        if prepare is None:
            return {}
        reader = await self._db.reader()
        async with reader.snapshot() as snapshot:
            facts: dict[str, Any] = await prepare(snapshot, self._office(), row.about, self._now())
            return facts

    # When to look again ------------------------------------------------------------------------------

    async def next_due(self) -> datetime | None:
        """When the next row that waits is due."""
        reader = await self._db.reader()
        text = await reader.one(outbox.NEXT_DUE)
        return read_stored(text) if text else None

    async def _pause(self) -> float:
        if self._lined_up:
            return 1.0
        due = await self.next_due()
        if due is None:
            return 3600.0
        return min(max((due - self._now()).total_seconds(), 0.05), 3600.0)
