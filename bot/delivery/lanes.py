"""Hands notices and daily rows over to the queues, a lane for each channel. Runs on the event loop.

A row waits in its lane for a place on the line and in the pace, is decided about only then
(`notification_policy.claim`), and goes out: so a crash leaves in doubt no more rows than there are places.
The lanes own the places for what is unasked: they alone take them and give them back.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from time import monotonic
from typing import Any

from bot.channels import LOCAL, Parcel
from bot.conversation import Office
from bot.delivery.chat_changes import ChatChanges
from bot.delivery.chat_queues import ChatQueues
from bot.delivery.events import DeliveryEvents
from bot.delivery.notification_policy import claim
from storage import chats, outbox, sending
from storage.db import Closed, Database, Snapshot
from storage.sending import WaitingNotice

log = logging.getLogger(__name__)
CHUNK = 200
"""Rows read at once."""
AGAIN = 30.0
"""Seconds after which all that waits is read from the beginning: something may have been filed before the rest."""
BEGINNING = (datetime.min.replace(tzinfo=UTC), 0)


class Lanes:
    """The rows that are lined up, by the channel which each will most likely take."""

    def __init__(
        self,
        db: Database,
        office: Callable[[], Office],
        now: Callable[[], datetime],
        queues: ChatQueues,
        events: DeliveryEvents,
        changes: ChatChanges,
        lets_out: Callable[[str | None], bool],
        wake: Callable[[], None],
    ) -> None:
        self._db, self._office, self._now, self._queues, self._events = db, office, now, queues, events
        self._changes, self._lets_out, self._wake = changes, lets_out, wake
        self._lanes: dict[str, deque[WaitingNotice]] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._handing: set[asyncio.Task[None]] = set()
        """Parcels decided about in one lane that wait for a place on another line."""
        self._lined_up: set[int] = set()
        self._after, self._began = BEGINNING, 0.0
        """The last row that was read, by due and id; and when reading began from the first one."""

    @property
    def busy(self) -> bool:
        """Whether rows are lined up."""
        return bool(self._lined_up)

    async def fill(self, now: datetime) -> bool:
        """Line up some more of what is due and begin to send it; return whether there was anything."""
        due = await self._next(now)
        for row in due:
            if row.id not in self._lined_up:
                lane = await self._likely_lane(row)
                self._lined_up.add(row.id)
                self._lanes.setdefault(lane, deque()).append(row)
        # Whoever is reached nowhere is known before those are told who want to know it.
        if (nowhere := self._begin(LOCAL)) is not None:
            await asyncio.wait([nowhere])
        for lane in list(self._lanes):
            self._begin(lane)
        return bool(due)

    async def idle(self) -> None:
        """Wait until every row that is lined up was decided about and queued."""
        while tasks := [*self._tasks.values(), *self._handing]:
            await asyncio.gather(*tasks, return_exceptions=True)

    async def close(self) -> None:
        """Decide about no more rows."""
        tasks = [*self._tasks.values(), *self._handing]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _next(self, now: datetime) -> list[WaitingNotice]:
        """Return some more of what is due, after what was read before: each row is read once, however many wait."""
        if not self._lined_up or monotonic() - self._began > AGAIN:
            self._after, self._began = BEGINNING, monotonic()
        reader = await self._db.reader()
        while True:
            due, id = self._after
            found = await reader.all(sending.DUE_UNASKED, now=now, due=due, id=id, most=CHUNK)
            if found:
                self._after = (found[-1].due, found[-1].id)
            let_out = [row for row in found if self._lets_out(row.news)]
            if let_out or not found:
                return let_out

    async def _likely_lane(self, row: WaitingNotice) -> str:
        """Return the channel that this row will most likely take; LOCAL for one that takes none, too."""
        resting = self._queues.lines.resting()
        if not resting or row.place in (None, LOCAL):
            return LOCAL
        if not row.tried and resting.get(row.place, 1.0) == 0:
            return row.place
        reader = await self._db.reader()
        for chat in await reader.all(chats.PLACES, person=row.person):
            if chat.channel == LOCAL:
                return LOCAL
            if chat.id not in row.tried and resting.get(chat.channel, 1.0) == 0:
                return chat.channel
        return LOCAL

    def _begin(self, lane: str) -> asyncio.Task[None] | None:
        if lane in self._lanes and lane not in self._tasks:
            self._tasks[lane] = asyncio.create_task(self._work_off(lane))
        return self._tasks.get(lane)

    async def _work_off(self, lane: str) -> None:
        rows = self._lanes[lane]
        try:
            while rows:
                await self._send_next(lane, rows)
        finally:
            self._lined_up.difference_update(row.id for row in rows)
            del self._lanes[lane], self._tasks[lane]
            self._wake()

    async def _send_next(self, lane: str, rows: deque[WaitingNotice]) -> None:
        """Take a place, decide about the first row, queue its parcel; give the place back when that was sent."""
        line = self._queues.lines.get(lane)
        queued = False
        if line is not None:
            await line.unasked.acquire()
        try:
            if line is not None and line.paced is not None:
                await line.paced.unasked()
            parcel = await self._decide(rows[0])
            if parcel is not None and line is not None and parcel.channel == lane:
                self._queues.put(parcel, done=line.unasked.release)
                queued = True
            elif parcel is not None:
                self._hand_over(parcel)
        finally:
            self._lined_up.discard(rows.popleft().id)
            if line is not None and not queued:
                line.unasked.release()

    def _hand_over(self, parcel: Parcel) -> None:
        """Queue it on another line than was likely, once there is a place; this lane does not wait for that."""

        async def hand() -> None:
            line = self._queues.lines[parcel.channel]
            await line.unasked.acquire()
            self._queues.put(parcel, done=line.unasked.release)

        task = asyncio.create_task(hand())
        self._handing.add(task)
        task.add_done_callback(self._handing.discard)

    async def _decide(self, row: WaitingNotice) -> Parcel | None:
        """Decide about one row; one that cannot be made has failed and holds up nobody."""
        try:
            facts = await self._read(row)
            availability, office, now = self._queues.lines.availability(), self._office(), self._now()
            parcel = await self._db.write_with_retry(
                lambda tx: claim(tx, office, now, availability, row.id, facts, self._events)
            )
        except Closed:
            raise
        except Exception as error:
            log.exception("row %s (%s) could not be made", row.id, row.news)
            why = type(error).__name__
            await self._db.write_with_retry(lambda tx: sending.fail(tx, id=row.id, why=why))
            return None
        if parcel is not None and parcel.channel == LOCAL:
            self._changes.ring(parcel.chat)
            return None
        if parcel is not None:
            self._queues.lines[parcel.channel].breaker.begin()
        return parcel

    async def _read(self, row: WaitingNotice) -> dict[int, Mapping[str, Any]]:
        """Return what a text needs of the whole office, by row: read beside the writer, just before it is made."""
        read = self._office().features.notices[row.news].read
        if read is None:
            return {}
        reader = await self._db.reader()
        if (whole := await reader.one(outbox.BY_ID, id=row.id)) is None:
            return {}
        async with self._db.snapshot() as snapshot:
            rows = [whole]
            if whole.day is not None:
                rows += await snapshot.all(outbox.OF_OTHER_POSTS, person=row.person, day=whole.day)
            office, now = self._office(), self._now()

            async def reads(near: Snapshot) -> dict[int, Mapping[str, Any]]:
                return {each.id: await read(near, office, each.about, now) for each in rows}

            return await snapshot.together(reads)
