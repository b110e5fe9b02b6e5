"""The sender: hands on what waits in the outbox when it is due.

An answer lies there drawn and goes out at once. What nobody asked for waits for its place in the channel's
pace, is decided about only then, and goes out: so a crash leaves unsure no more than what was on its way.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from time import monotonic
from typing import Any

from bot.channels import LOCAL, Parcel, Result
from bot.conversation import Office
from bot.delivery.chat_queues import Post
from bot.delivery.notification_policy import Ways, claim
from bot.delivery.outcomes import tell_unsure
from storage import chat_texts, chats, outbox, sending, shown_once
from storage.db import Closed, Database, Tx
from storage.outbox import Row, State
from storage.sending import Waiting
from storage.values import read_stored

log = logging.getLogger(__name__)
CHUNK = 200
AGAIN = 30.0
"""Seconds after which all that waits is looked through from the beginning: something may have been set down before the rest."""
BEGINNING = (datetime.min.replace(tzinfo=UTC), 0)
EVERY = 30.0
"""Seconds between two looks at most: a sign of life, also when nothing is due."""


class Sender:
    """Delivers the outbox, in order within a chat; wakes when something is filed or due."""

    def __init__(
        self,
        db: Database,
        office: Callable[[], Office],
        now: Callable[[], datetime],
        delivered: Callable[[int], None],
        settled: Callable[[Parcel, Result], None],
        link: Callable[[int, str], str],
        lets_out: Callable[[str | None], bool] = lambda news: True,
    ) -> None:
        self._db, self._office, self._now, self._delivered = db, office, now, delivered
        self._lets_out = lets_out
        """Whether a piece of news may be said unasked now."""
        self.post = Post(db, now, settled, link, self.wake)
        self._lanes: dict[str, deque[Waiting]] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._handing: set[asyncio.Task[None]] = set()
        """Parcels decided about in one place that wait for a place in another."""
        self._lined_up: set[int] = set()
        self._after, self._began = BEGINNING, 0.0
        """The last row that was lined up, by due and id; and when it was begun from the first one."""
        self._awake = asyncio.Event()
        self.looked: float | None = None
        """When it last looked at what is due (monotonic seconds)."""

    def wake(self) -> None:
        """Something was filed, or the clock has moved."""
        self._awake.set()

    async def start(self) -> None:
        """What was on its way when the last process died is unsure; answers go again, before any new one."""
        now = self._now()
        reader = await self._db.reader()
        for row in await reader.all(sending.DEFERRED):
            self.post.lies_aside(row)

        def work(tx: Tx) -> None:
            tell_unsure(tx, sending.mark_unsure(tx), now)
            self._claim(tx, tx.all(sending.LEFT_BEHIND, now=now))

        await self._db.write_with_retry(work)

    async def run(self) -> None:
        """Deliver for ever."""
        while True:
            self._awake.clear()
            await self.drain()
            with suppress(TimeoutError):
                async with asyncio.timeout(await self._pause()):
                    await self._awake.wait()

    def send(self, parcel: Parcel) -> None:
        """An answer that was just filed."""
        self.post.put(parcel)

    async def drain(self) -> None:
        """Deliver all that is due now."""
        while True:
            self.looked = monotonic()
            reader, now = await self._db.reader(), self._now()
            answers = await reader.all(sending.DUE_ANSWERS, now=now, most=CHUNK)
            if answers:
                await self._db.write_with_retry(partial(self._claim, due=answers))
            due = await self._next(now)
            for row in due:
                if row.id not in self._lined_up:
                    await self._line_up(row)
            # Whoever is reached nowhere is known before those are told who want to know it.
            if (nowhere := self._begin(LOCAL)) is not None:
                await asyncio.wait([nowhere])
            for lane in list(self._lanes):
                self._begin(lane)
            if not answers and not due:
                return

    async def idle(self) -> None:
        """Wait until the messengers have taken what was on its way."""
        while tasks := [*self._tasks.values(), *self._handing]:
            await asyncio.gather(*tasks, return_exceptions=True)
        await self.post.idle()

    async def close(self) -> None:
        """Stop sending."""
        tasks = [*self._tasks.values(), *self._handing]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.post.close()

    # Answers that had to wait, or were on their way when a process died ----------------------------

    def _claim(self, tx: Tx, due: list[Row]) -> None:
        for row in due:
            assert row.chat is not None
            assert row.body is not None
            chat = tx.one(chats.BY_ID, id=row.chat)
            assert chat is not None
            if chat.channel == LOCAL and row.edits is not None:
                chat_texts.show_edit(tx, id=row.id, chat=chat.id, edits=row.edits, now=self._now())
                tx.after.append(partial(self._delivered, chat.id))
                continue
            sending.set_state(tx, id=row.id, state=State.SENDING)
            skip, aside = row.about.get("parts", 0), row.about.get("aside")
            body, again = row.body, None
            if row.state is State.SENDING:  # it may have arrived: a code is not said twice
                body = shown_once.hide(tx, row.id) or row.body
            elif (secret := tx.one(shown_once.SECRET, id=row.id)) is not None:
                again = shown_once.without(row.body, secret)
            body = {**body, "aside": aside} if aside else body
            parcel = Parcel(row.id, chat.id, chat.channel, chat.address, body, skip=skip, edits=row.edits, again=again)
            tx.after.append(partial(self.post.put, parcel))  # whoever waits for the commit may be ended

    # What nobody asked for -------------------------------------------------------------------------

    async def _next(self, now: datetime) -> list[Waiting]:
        """Some more of what is due, after what was looked at: each row is read once, however many wait."""
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

    async def _line_up(self, row: Waiting) -> None:
        """Into the lane of the channel it will most likely take; there is one for what takes none, too."""
        lane = await self._likely(row)
        self._lined_up.add(row.id)
        self._lanes.setdefault(lane, deque()).append(row)

    def _begin(self, lane: str) -> asyncio.Task[None] | None:
        if lane in self._lanes and lane not in self._tasks:
            self._tasks[lane] = asyncio.create_task(self._go(lane))
        return self._tasks.get(lane)

    async def _likely(self, row: Waiting) -> str:
        resting = self.post.resting()
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

    async def _go(self, lane: str) -> None:
        """One after the other: wait for a place, decide, hand over."""
        rows = self._lanes[lane]
        try:
            while rows:
                await self._place(lane, rows)
        finally:
            self._lined_up.difference_update(row.id for row in rows)
            del self._lanes[lane], self._tasks[lane]
            self.wake()

    async def _place(self, lane: str, rows: deque[Waiting]) -> None:
        """The next place in this lane; it is given back when its parcel has been carried, or has none."""
        way = self.post.ways.get(lane)
        taken = False
        if way is not None:
            await way.unasked.acquire()
        try:
            if way is not None and way.paced is not None:
                await way.paced.unasked()
            parcel = await self._deliver(rows[0])
            if parcel is not None and parcel.channel == lane:
                self.post.put(parcel)
                taken = True
            elif parcel is not None:
                self._hand_over(parcel)
        finally:
            self._lined_up.discard(rows.popleft().id)
            if way is not None and not taken:
                way.unasked.release()

    def _hand_over(self, parcel: Parcel) -> None:
        """To another messenger than was likely, once there is a place; nobody waits for that."""

        async def hand() -> None:
            await self.post.ways[parcel.channel].unasked.acquire()
            self.post.put(parcel)

        task = asyncio.create_task(hand())
        self._handing.add(task)
        task.add_done_callback(self._handing.discard)

    async def _deliver(self, row: Waiting) -> Parcel | None:
        """Decide about one row; one that cannot be made is put aside and holds up nobody."""
        try:
            facts = await self._prepare(row)
            ways = Ways(self.post.resting(), self.post.quotas(), self.post.held())
            office, now = self._office(), self._now()
            parcel = await self._db.write_with_retry(lambda tx: claim(tx, office, now, ways, row.id, facts))
        except Closed:
            raise
        except Exception as error:
            log.exception("row %s (%s) could not be made", row.id, row.news)
            why = type(error).__name__
            await self._db.write_with_retry(lambda tx: sending.fail(tx, id=row.id, why=why))
            return None
        if parcel is not None and parcel.channel == LOCAL:
            self._delivered(parcel.chat)
            return None
        if parcel is not None:
            self.post.ways[parcel.channel].taken()
        return parcel

    async def _prepare(self, row: Waiting) -> dict[int, Mapping[str, Any]]:
        """What a text needs of the whole office, by row: read beside the writer, just before."""
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
            return {each.id: await read(snapshot, self._office(), each.about, self._now()) for each in rows}

    # When to look again ------------------------------------------------------------------------------

    async def next_due(self) -> datetime | None:
        """When the next row that waits is due."""
        reader = await self._db.reader()
        text = await reader.one(sending.NEXT_DUE)
        return read_stored(text) if text else None

    async def _pause(self) -> float:
        if self._lined_up:
            return 1.0
        due = await self.next_due()
        if due is None or not self._lets_out(None):
            return EVERY
        return min(max((due - self._now()).total_seconds(), 0.05), EVERY)
