"""Sends parcels: in order within a chat, in parallel across chats, answers before the rest. Runs on the event loop."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from time import monotonic

from bot.channels import Attachment, Outcome, Parcel, Result
from bot.delivery.events import DeliveryEvents
from bot.delivery.lines import ChannelLine, Lines
from bot.delivery.outcomes import record
from bot.delivery.retry_policy import PATIENCE, pause, retries
from bot.delivery.signed_urls import FileLink
from storage import chats, files, outbox, sending
from storage.db import Closed, Database, Tx
from storage.outbox import OutboxRow, RowState

log = logging.getLogger(__name__)
FULL = "the messenger takes nothing more"
GRACE = 5.0
"""Seconds for which a process that is being stopped waits for what is in flight."""
PARTING = 10.0
"""Seconds for which a process that is being stopped waits while the database is locked."""


def _nothing() -> None:
    """Do nothing: nobody waits for this parcel."""


Queued = tuple[Parcel, Callable[[], None]]
"""A parcel, and what is called once when it is done with, whatever has become of it."""


class ChatQueues:
    """One queue and one task for each chat that has something to be sent."""

    def __init__(
        self,
        db: Database,
        now: Callable[[], datetime],
        events: DeliveryEvents,
        count: Callable[[Parcel, Result], None],
        link: Callable[[int, str, int], FileLink | None],
        wake: Callable[[], None],
    ) -> None:
        self._db, self._now, self._events = db, now, events
        self._count, self._link, self._wake = count, link, wake
        self.lines = Lines()
        self._early: list[Queued] | None = []
        """Answers for channels that are not open yet; None when no more will be opened of themselves."""
        self._queues: dict[int, deque[Queued]] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._deferred: dict[int, dict[int, datetime]] = {}
        """By chat, answers that wait in the outbox until their messenger takes something again, and until when."""
        self._recording: set[asyncio.Task[bool]] = set()
        self._closing = False
        """Whether the process ends."""

    def all_open(self) -> None:
        """Send what has waited for the channels: there are no others, so what is for another one fails."""
        early, self._early = self._early or [], None
        for parcel, done in early:
            self.put(parcel, done)

    def put(self, parcel: Parcel, done: Callable[[], None] = _nothing) -> None:
        """Queue it behind what was put for this chat before, an answer before what is unasked."""
        if self._early is not None:
            self._early.append((parcel, done))
            return
        queue = self._queues.get(parcel.chat)
        if queue is None:
            self._queues[parcel.chat] = deque([(parcel, done)])
            self._tasks[parcel.chat] = asyncio.create_task(self._work_off(parcel.chat))
        elif parcel.unasked or not any(each.unasked for each, _done in queue):
            queue.append((parcel, done))
        else:
            place = next(n for n, (each, _done) in enumerate(queue) if each.unasked)
            queue.insert(place, (parcel, done))

    def defer(self, row: OutboxRow) -> None:
        """Keep newer answers behind one that an earlier process deferred."""
        if row.chat is not None:
            self._deferred.setdefault(row.chat, {})[row.id] = row.due

    async def idle(self) -> None:
        """Wait until nothing is queued or in flight."""
        while self._tasks:
            await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def close(self) -> None:
        """Stop sending. Wait a moment for what is in flight, so that it need not be repeated at the next start."""
        self._closing = True
        asking = self.lines.asking()
        for task in self._tasks.values():
            if task not in asking:
                task.cancel()
        if asking:
            await asyncio.wait(asking, timeout=GRACE)
        for task in list(self._tasks.values()):
            task.cancel()
        await self.idle()
        self.lines.close()
        if self._recording:
            await asyncio.wait(self._recording, timeout=PARTING)

    async def _work_off(self, chat: int) -> None:
        queue = self._queues[chat]
        try:
            while queue:
                parcel, done = queue.popleft()
                try:
                    await self._deliver(parcel)
                finally:
                    done()
        finally:
            for _parcel, done in queue:
                done()
            del self._queues[chat]
            del self._tasks[chat]

    async def _deliver(self, parcel: Parcel) -> None:
        """Send one parcel; a bug fails it and holds up nobody."""
        line = self.lines.get(parcel.channel)
        if line is None:
            await self._fail(parcel, "no channel")
            return
        try:
            if not parcel.unasked and (until := self._deferred_until(parcel, line)) is not None:
                await self._put_back(parcel, parcel.skip, until)
            else:
                await self._send(parcel, line)
        except Closed:
            raise
        except Exception as error:
            log.exception("row %s could not be sent", parcel.row)
            await self._fail(parcel, type(error).__name__)
        finally:
            line.in_flight.pop(parcel.row, None)

    async def _fail(self, parcel: Parcel, why: str) -> None:
        def work(tx: Tx) -> None:
            for id in (*parcel.merged, parcel.row):
                sending.fail(tx, id=id, why=why)

        await self._db.write_with_retry(work)

    # Attempts ---------------------------------------------------------------------------------------

    async def _send(self, parcel: Parcel, line: ChannelLine) -> None:
        """Make attempts until `retry_policy` ends them, and record the last result.

        An answer that meets FULL returns to the outbox. When the process ends, the row stays `sending`.
        """
        attached, edited = await self._attached(parcel), await self._edited(parcel)
        tries, parts, message, began = 0, parcel.skip, "", monotonic()
        while True:
            result = await line.attempt(parcel, attached, edited, parts)
            message = result.message or message
            if result.more:
                parts, parcel = result.parts, await self._keep_progress(parcel, result)
                if self._closing:
                    return
                continue
            self._count(parcel, result)
            if result.outcome is Outcome.MOVED:
                parcel = await self._move(parcel, result.address)
            if result.outcome is Outcome.FULL and not parcel.unasked:
                await self._put_back(parcel, parts, self._now() + timedelta(seconds=line.breaker.full()))
                return
            if not retries(parcel, result, tries):
                break
            if self._closing:
                return
            if result.outcome is Outcome.UNSURE and parcel.again is not None:
                parcel, attached = replace(parcel, body=parcel.again, again=None), []
            if monotonic() - began > PATIENCE:
                if parcel.unasked:
                    result = replace(result, outcome=Outcome.UNSURE, why="a part has gone out")
                break
            tries, parts = tries + 1, result.parts
            if result.outcome is not Outcome.MOVED:
                await asyncio.sleep(max(pause(result, tries), line.breaker.full()))
        await self._record(parcel, replace(result, message=message), tries, line)

    async def _record(self, parcel: Parcel, result: Result, tries: int, line: ChannelLine) -> None:
        """Record the outcome, also when this task is cancelled meanwhile."""
        outcome = partial(
            record,
            parcel=parcel,
            result=result,
            tries=tries,
            limit=line.channel.quota,
            events=self._events,
            now=self._now(),
        )
        recording = asyncio.create_task(self._db.write_with_retry(outcome))
        self._recording.add(recording)
        recording.add_done_callback(self._recording.discard)
        if await asyncio.shield(recording):
            self._wake()

    async def _keep_progress(self, parcel: Parcel, result: Result) -> Parcel:
        """Record that a part of an answer has gone out and more will follow, so that a stop does not repeat it."""
        if parcel.unasked or parcel.edits is not None:
            return parcel
        aside = result.message if result.aside else ""
        note = partial(sending.progress, id=parcel.row, parts=result.parts, aside=aside)
        await asyncio.shield(self._db.write_with_retry(note))
        return replace(parcel, body={**parcel.body, "aside": aside}) if aside else parcel

    async def _move(self, parcel: Parcel, to: str) -> Parcel:
        """Store the chat's new address, for this message and all that follow."""
        await self._db.write_with_retry(lambda tx: chats.set_address(tx, chat=parcel.chat, address=to))
        return replace(parcel, address=to)

    async def _edited(self, parcel: Parcel) -> str:
        """Return what the messenger calls the message that this one changes: it was sent before this one."""
        if parcel.edits is None:
            return ""
        reader = await self._db.reader()
        return await reader.one(sending.MESSAGE, id=parcel.edits) or ""

    async def _attached(self, parcel: Parcel) -> list[Attachment]:
        ids = parcel.body.get("files", ())
        if not ids:
            return []
        reader = await self._db.reader()
        found = [(id, await reader.one(files.CONTENT, id=id, chat=parcel.chat)) for id in ids]
        return [
            Attachment(
                each.name,
                each.kind,
                each.bytes,
                self._link(id, each.name, parcel.chat),
                own=bool(each.record),
                known=each.source if each.channel == parcel.channel else "",
            )
            for id, each in found
            if each is not None
        ]

    # Answers that their messenger does not take now -------------------------------------------------------

    def _deferred_until(self, parcel: Parcel, line: ChannelLine) -> datetime | None:
        """Return until when an answer waits: its channel is full, or an older answer of its chat is deferred."""
        deferred = self._deferred.get(parcel.chat, {})
        if parcel.row in deferred:  # its time has come, and so has that of all before it
            deferred = {id: until for id, until in deferred.items() if id > parcel.row}
            self._deferred[parcel.chat] = deferred
            if not deferred:
                del self._deferred[parcel.chat]
        elif deferred and min(deferred) < parcel.row:
            return max(deferred.values())
        full = line.breaker.full()
        return self._now() + timedelta(seconds=full) if full else None

    async def _put_back(self, parcel: Parcel, parts: int, until: datetime) -> None:
        """Return an answer to the outbox until then; one that is too old has failed."""
        now = self._now()

        def work(tx: Tx) -> bool:
            row = tx.one(outbox.BY_ID, id=parcel.row)
            if row is None or now - row.at > timedelta(seconds=PATIENCE):
                sending.set_state(tx, id=parcel.row, state=RowState.FAILED, why=FULL)
                return False
            sending.defer_answer(tx, id=parcel.row, due=until, why=FULL, parts=parts)
            return True

        if await self._db.write_with_retry(work):
            self._deferred.setdefault(parcel.chat, {})[parcel.row] = until
        self._wake()
