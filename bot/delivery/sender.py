"""The sender's loop: sends what waits in the outbox when it is due. Runs on the event loop.

Answers lie there drawn and go to their chat's queue at once; notices and daily rows go through the lanes.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from time import monotonic
from typing import Any

from bot.channels import LOCAL, Channel, Parcel, Result
from bot.conversation import Office
from bot.delivery.chat_changes import ChatChanges
from bot.delivery.chat_queues import ChatQueues
from bot.delivery.events import DeliveryEvents
from bot.delivery.lanes import Lanes
from bot.delivery.signed_urls import FileLink
from storage import chat_texts, chats, sending, shown_once
from storage.db import Database, Tx
from storage.outbox import OutboxRow, RowState
from storage.values import read_stored

log = logging.getLogger(__name__)
CHUNK = 200
"""Answers read at once."""
EVERY = 30.0
"""Seconds between two looks at most: a sign of life, also when nothing is due."""


class Sender:
    """Sends the outbox; wakes when something is filed or due."""

    def __init__(
        self,
        db: Database,
        office: Callable[[], Office],
        now: Callable[[], datetime],
        events: DeliveryEvents,
        changes: ChatChanges,
        count: Callable[[Parcel, Result], None],
        link: Callable[[int, str, int], FileLink | None],
        lets_out: Callable[[str | None], bool] = lambda news: True,
    ) -> None:
        self._db, self._now, self._events, self._changes = db, now, events, changes
        self._lets_out = lets_out
        """Whether something of this code may be said unasked now."""
        self.queues = ChatQueues(db, now, events, count, link, self.wake)
        self._lanes = Lanes(db, office, now, self.queues, events, changes, lets_out, self.wake)
        self._awake = asyncio.Event()
        self.looked: float | None = None
        """When it last looked at what is due (monotonic seconds)."""

    def open(self, channel: Channel) -> None:
        """Open the line to this channel."""
        self.queues.lines.open(channel)

    def wake(self) -> None:
        """Wake the loop: something was filed, or the clock has moved."""
        self._awake.set()

    async def start(self) -> None:
        """Mark notices that the last process left in flight as unsure; send its answers again, before any new one."""
        now = self._now()
        reader = await self._db.reader()
        for row in await reader.all(sending.DEFERRED):
            self.queues.defer(row)

        def work(tx: Tx) -> None:
            self._events.rows_unsure(tx, sending.mark_unsure(tx), now)
            self._resume(tx, tx.all(sending.LEFT_BEHIND, now=now))

        await self._db.write_with_retry(work)

    async def run(self) -> None:
        """Send for ever."""
        while True:
            self._awake.clear()
            await self.drain()
            with suppress(TimeoutError):
                async with asyncio.timeout(await self._pause()):
                    await self._awake.wait()

    async def drain(self) -> None:
        """Begin to send all that is due now."""
        while True:
            self.looked = monotonic()
            reader, now = await self._db.reader(), self._now()
            answers = await reader.all(sending.DUE_ANSWERS, now=now, most=CHUNK)
            if answers:
                await self._db.write_with_retry(partial(self._resume, due=answers))
            if not await self._lanes.fill(now) and not answers:
                return

    async def idle(self) -> None:
        """Wait until the messengers have taken what was in flight."""
        await self._lanes.idle()
        await self.queues.idle()

    async def close(self) -> None:
        """Stop sending."""
        await self._lanes.close()
        await self.queues.close()

    def _resume(self, tx: Tx, due: list[OutboxRow]) -> None:
        """Send answers that have waited, or were in flight when a process died."""
        for row in due:
            chat = None if row.chat is None else tx.one(chats.BY_ID, id=row.chat)
            if chat is None or row.body is None:
                log.error("answer %s has no chat or no text", row.id)
                sending.set_state(tx, id=row.id, state=RowState.FAILED, why="no chat or no text")
            elif chat.channel == LOCAL and row.edits is not None:
                chat_texts.show_edit(tx, id=row.id, chat=chat.id, edits=row.edits, now=self._now())
                tx.after.append(partial(self._changes.ring, chat.id))
            else:
                # After the commit, whether or not whoever waits for it is still there.
                tx.after.append(partial(self.queues.put, _resumed(tx, row, chat, row.body)))

    # When to look again ------------------------------------------------------------------------------

    async def next_due(self) -> datetime | None:
        """Return when the next row that waits is due."""
        reader = await self._db.reader()
        text = await reader.one(sending.NEXT_DUE)
        return read_stored(text) if text else None

    async def _pause(self) -> float:
        if self._lanes.busy:
            return 1.0
        due = await self.next_due()
        if due is None or not self._lets_out(None):
            return EVERY
        return min(max((due - self._now()).total_seconds(), 0.05), EVERY)


def _resumed(tx: Tx, row: OutboxRow, chat: chats.Chat, body: dict[str, Any]) -> Parcel:
    """Mark an answer as in flight; return its parcel, which shows a code only where none has been sent yet."""
    sending.set_state(tx, id=row.id, state=RowState.SENDING)
    skip, aside = row.about.get("parts", 0), row.about.get("aside")
    again = None
    if row.state is RowState.SENDING:  # it may have arrived: a code is not said twice
        body = shown_once.hide(tx, row.id) or body
    elif (secret := tx.one(shown_once.SECRET, id=row.id)) is not None:
        again = shown_once.without(body, secret)
    body = {**body, "aside": aside} if aside else body
    return Parcel(row.id, chat.id, chat.channel, chat.address, body, skip=skip, edits=row.edits, again=again)
