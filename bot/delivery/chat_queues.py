"""Carries parcels to the messengers: in order within a chat, in parallel across chats, answers before the rest."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from time import monotonic
from typing import Any

from bot.channels import Attachment, Channel, Edits, Outcome, Parcel, Result, place_of
from bot.delivery.circuit_breaker import Way
from bot.delivery.outcomes import pause, settle
from storage import chats, files, outbox, sending
from storage.db import Closed, Database, Tx
from storage.outbox import Row, State

log = logging.getLogger(__name__)
PATIENCE = 86_400.0
"""Seconds after which an answer that nobody takes is let go."""
FULL = "the messenger takes nothing more"
GRACE = 5.0
"""Seconds for which a process that is being stopped waits for what is being sent."""
PARTING = 10.0
"""Seconds for which a process that is being stopped waits for a file that is held."""


class Post:
    """One worker a chat that has something to be sent."""

    def __init__(
        self,
        db: Database,
        now: Callable[[], datetime],
        settled: Callable[[Parcel, Result], None],
        link: Callable[[int, str], str],
        wake: Callable[[], None],
    ) -> None:
        self._db, self._now, self._told, self._link, self._wake = db, now, settled, link, wake
        self.ways: dict[str, Way] = {}
        self._early: list[Parcel] | None = []
        """Answers for messengers that are not open yet; None when no more will be opened of themselves."""
        self._waiting: dict[int, deque[Parcel]] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._aside: dict[int, dict[int, datetime]] = {}
        """By chat, answers that lie in the outbox until their messenger takes something again, and until when."""
        self._settling: set[asyncio.Task[bool]] = set()
        self._closing, self._asking = False, set[asyncio.Task[Any]]()
        """Whether the process ends, and who waits for the answer of a messenger."""
        self._left: dict[int, float] = {}
        """Rows on their way, since when (monotonic seconds)."""

    def open(self, channel: Channel) -> None:
        """This messenger may be sent to from now on."""
        self.ways[channel.name] = Way(channel)

    def opened(self) -> None:
        """All messengers are open that there are: what lies here for another one goes nowhere."""
        early, self._early = self._early or [], None
        for parcel in early:
            self.put(parcel)

    def put(self, parcel: Parcel) -> None:
        """Send it after what was put for this chat before; an answer goes before what nobody asked for."""
        if self._early is not None:
            self._early.append(parcel)
            return
        queue = self._waiting.get(parcel.chat)
        if queue is None:
            self._waiting[parcel.chat] = deque([parcel])
            self._tasks[parcel.chat] = asyncio.create_task(self._carry(parcel.chat))
        elif parcel.unasked or not any(each.unasked for each in queue):
            queue.append(parcel)
        else:
            place = next(n for n, each in enumerate(queue) if each.unasked)
            queue.insert(place, parcel)

    def lies_aside(self, row: Row) -> None:
        """An answer of an earlier process that its messenger did not take: newer ones stay behind it."""
        assert row.chat is not None
        self._aside.setdefault(row.chat, {})[row.id] = row.due

    def left(self, row: int) -> float | None:
        """Since when a row is on its way to its messenger; None for one that has not left, or is there."""
        return self._left.get(row)

    def resting(self) -> dict[str, float]:
        """Every channel with the seconds for which it rests."""
        return {name: way.rest() for name, way in self.ways.items()}

    def held(self) -> dict[tuple[str, str], float]:
        """Every chat that its messenger wants left alone, by channel and place, with the seconds."""
        return {
            (name, place): wait
            for name, way in self.ways.items()
            if way.paced is not None
            for place, wait in way.paced.pauses().items()
        }

    def quotas(self) -> dict[str, int]:
        """The month's quota of every channel that has one."""
        found = {name: way.channel.quota for name, way in self.ways.items()}
        return {name: quota for name, quota in found.items() if quota is not None}

    async def idle(self) -> None:
        """Wait until nothing is on its way."""
        while self._tasks:
            await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def close(self) -> None:
        """Stop carrying; what is on its way is settled at the next start, what has arrived now: it is not repeated."""
        self._closing = True
        for task in self._tasks.values():
            if task not in self._asking:
                task.cancel()
        if self._asking:  # what is being sent now is known in a moment, and need not be said again
            await asyncio.wait(set(self._asking), timeout=GRACE)
        for task in list(self._tasks.values()):
            task.cancel()
        await self.idle()
        for way in self.ways.values():
            if way.paced is not None:
                way.paced.close()
        if self._settling:
            await asyncio.wait(self._settling, timeout=PARTING)

    async def _carry(self, chat: int) -> None:
        queue = self._waiting[chat]
        try:
            while queue:
                await self._carried(queue.popleft())
        finally:
            for parcel in queue:
                self._let_go(parcel)
            del self._waiting[chat]
            del self._tasks[chat]

    async def _carried(self, parcel: Parcel) -> None:
        """Send one parcel; a bug puts it aside and holds up nobody."""
        if parcel.channel not in self.ways:
            await self._fail(parcel, "no channel")
            return
        try:
            await self._send(parcel)
        except Closed:
            raise
        except Exception as error:
            log.exception("row %s could not be carried", parcel.row)
            await self._fail(parcel, type(error).__name__)
        finally:
            self._left.pop(parcel.row, None)
            self._let_go(parcel)

    async def _fail(self, parcel: Parcel, why: str) -> None:
        def work(tx: Tx) -> None:
            for id in (*parcel.merged, parcel.row):
                sending.fail(tx, id=id, why=why)

        await self._db.write_with_retry(work)

    def _let_go(self, parcel: Parcel) -> None:
        if parcel.unasked:
            self.ways[parcel.channel].unasked.release()

    async def _send(self, parcel: Parcel) -> None:
        """Try until it is decided. What nobody asked for is tried once here, and then decided about anew:
        unless a part of it stands there already, which only the rest may follow.
        """
        way, attached = self.ways[parcel.channel], await self._attached(parcel)
        tries, parts, message, began = 0, parcel.skip, "", monotonic()
        if not parcel.unasked and (until := self._must_wait(parcel, way)) is not None:
            await self._put_aside(parcel, parts, until)
            return
        while True:
            result = await self._try(way, parcel, attached, parts)
            way.heard(result.outcome)
            message = result.message or message
            if result.more:
                parts, parcel = result.parts, await self._kept(parcel, result)
                if self._closing:  # the rest is said after the next start
                    return
                continue
            self._told(parcel, result)
            if result.outcome is Outcome.MOVED:
                parcel = await self._moved(parcel, result.address)
            if result.outcome is Outcome.FULL and not parcel.unasked:
                await self._put_aside(parcel, parts, self._now() + timedelta(seconds=way.full()))
                return
            if not _again(parcel, result, tries):
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
                await asyncio.sleep(max(pause(result, tries), way.full()))
        result, limit, now = replace(result, message=message), way.channel.quota, self._now()
        settling = asyncio.create_task(
            self._db.write_with_retry(lambda tx: settle(tx, parcel, result, tries, limit, now))
        )
        self._settling.add(settling)
        settling.add_done_callback(self._settling.discard)
        if await asyncio.shield(settling):
            self._wake()

    async def _kept(self, parcel: Parcel, result: Result) -> Parcel:
        """A part has gone out and more are to follow: written down, so that it is not said again after a stop."""
        if parcel.unasked or parcel.edits is not None:
            return parcel
        aside = result.message if result.aside else ""
        await asyncio.shield(
            self._db.write_with_retry(partial(sending.progress, id=parcel.row, parts=result.parts, aside=aside))
        )
        return replace(parcel, body={**parcel.body, "aside": aside}) if aside else parcel

    def _must_wait(self, parcel: Parcel, way: Way) -> datetime | None:
        """Until when an answer lies aside: its messenger takes nothing, or an older one of its chat lies there."""
        aside = self._aside.get(parcel.chat, {})
        if parcel.row in aside:  # its time has come, and so has that of all before it
            aside = {id: until for id, until in aside.items() if id > parcel.row}
            self._aside[parcel.chat] = aside
            if not aside:
                del self._aside[parcel.chat]
        elif aside and min(aside) < parcel.row:
            return max(aside.values())
        full = way.full()
        return self._now() + timedelta(seconds=full) if full else None

    async def _put_aside(self, parcel: Parcel, parts: int, until: datetime) -> None:
        now = self._now()

        def work(tx: Tx) -> bool:
            row = tx.one(outbox.BY_ID, id=parcel.row)
            if row is None or now - row.at > timedelta(seconds=PATIENCE):
                sending.set_state(tx, id=parcel.row, state=State.FAILED, why=FULL)
                return False
            sending.defer_answer(tx, id=parcel.row, due=until, why=FULL, parts=parts)
            return True

        if await self._db.write_with_retry(work):
            self._aside.setdefault(parcel.chat, {})[parcel.row] = until
        self._wake()

    async def _moved(self, parcel: Parcel, to: str) -> Parcel:
        """The chat is elsewhere now, for this message and for all that follow."""
        await self._db.write_with_retry(lambda tx: chats.move(tx, chat=parcel.chat, address=to))
        return replace(parcel, address=to)

    async def _attached(self, parcel: Parcel) -> list[Attachment]:
        ids = parcel.body.get("files", ())
        if not ids:
            return []
        reader = await self._db.reader()
        found = [(id, await reader.one(files.CONTENT, id=id, chat=parcel.chat)) for id in ids]
        return [
            Attachment(each.name, each.kind, each.bytes, self._link(id, each.name))
            for id, each in found
            if each is not None
        ]

    async def _try(self, way: Way, parcel: Parcel, attached: list[Attachment], parts: int) -> Result:
        paced, group, place = way.paced, way.is_group(parcel.address), place_of(parcel.address)
        if paced is not None:
            await paced.chat(place, group)
        # What nobody asked for has its place in the way already, and that of its first part in the pace.
        async with nullcontext() if parcel.unasked else way.answers:
            if paced is not None:
                if not parcel.unasked or parts:
                    await paced.answer()
                paced.goes(place, group)
            self._left.setdefault(parcel.row, monotonic())
            result = await self._asked(way, parcel, attached, parts)
        if paced is not None:
            if result.outcome is Outcome.SLOWER:
                paced.refused(place, result.wait)
            elif result.outcome is Outcome.SENT:
                paced.taken()
        return result

    async def _asked(self, way: Way, parcel: Parcel, attached: list[Attachment], parts: int) -> Result:
        """One request to the messenger."""
        task = asyncio.current_task()
        assert task is not None
        self._asking.add(task)
        try:
            if parcel.edits is not None:
                return await self._edit(way, parcel, parcel.edits)
            body = {**parcel.body, "patient": True} if parcel.unasked else parcel.body
            return await way.channel.send(parcel.address, body, attached, parts)
        finally:
            self._asking.discard(task)

    async def _edit(self, way: Way, parcel: Parcel, row: int) -> Result:
        """Change the message that an earlier row has brought, which was carried before this one."""
        reader = await self._db.reader()
        message = await reader.one(sending.MESSAGE, id=row)
        if not message:
            return Result(Outcome.REFUSED, why="there is no message to change")
        if not isinstance(way.channel, Edits):
            return Result(Outcome.REFUSED, why="this messenger changes no messages")
        return await way.channel.edit(parcel.address, message, parcel.body)


def _again(parcel: Parcel, result: Result, tries: int) -> bool:
    """Whether it is tried once more here; an answer twice is better than none."""
    if result.outcome is Outcome.UNSURE:
        return not parcel.unasked and tries < 5
    if result.outcome is Outcome.MOVED:
        return tries < 5
    if parcel.unasked and not result.parts:
        return False
    return result.outcome in (Outcome.LATER, Outcome.SLOWER, Outcome.FULL)
