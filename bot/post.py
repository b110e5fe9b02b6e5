"""Carries parcels to the messengers: in order within a chat, in parallel across chats, answers before the rest."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from time import monotonic

from bot.channel import Attachment, Channel, Outcome, Parcel, Result
from bot.pace import Paced
from bot.settling import pause, settle
from storage import files, outbox
from storage.db import Closed, Database, Unusable

log = logging.getLogger(__name__)
PARALLEL = 16
"""Sends on their way at once, for answers and for the rest: what a crash may leave unsure."""
PATIENCE = 86_400.0
"""Seconds after which an answer that nobody takes is let go."""
ILL = 3
"""Failures in a row after which a channel rests, so that others are tried."""
REST, LONG_REST = 60.0, 1800.0
"""Seconds a channel rests: when it cannot be reached; when its quota is used up."""


class Way:
    """One channel as the post uses it: its pace, its places, whether it rests."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self.paced = Paced(channel.pace) if channel.pace else None
        self.answers, self.unasked = asyncio.Semaphore(PARALLEL), asyncio.Semaphore(PARALLEL)
        self._failures, self._rests = 0, 0.0

    def rest(self) -> float:
        """Seconds for which nothing unasked is sent through it."""
        return max(0.0, self._rests - monotonic())

    def heard(self, outcome: Outcome) -> None:
        """What the last send met."""
        if outcome is Outcome.FULL:
            self._rests = monotonic() + LONG_REST
        elif outcome is Outcome.LATER:
            self._failures += 1
            if self._failures >= ILL:
                self._rests = monotonic() + REST
        else:
            self._failures = 0


class Post:
    """One worker a chat that has something to be sent."""

    def __init__(
        self, db: Database, now: Callable[[], datetime], settled: Callable[[Parcel, Result], None], link: Callable[[int, str], str],
    ) -> None:  # fmt: skip
        self._db, self._now, self._told, self._link = db, now, settled, link
        self.ways: dict[str, Way] = {}
        self._early: list[Parcel] = []
        """Answers for messengers that are not open yet."""
        self._waiting: dict[int, deque[Parcel]] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}

    def open(self, channel: Channel) -> None:
        """This messenger may be sent to from now on."""
        self.ways[channel.name] = Way(channel)
        early, self._early = self._early, []
        for parcel in early:
            self.put(parcel)

    def put(self, parcel: Parcel) -> None:
        """Send it after what was put for this chat before; an answer goes before what nobody asked for."""
        if parcel.channel not in self.ways:
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

    def resting(self) -> dict[str, float]:
        """Every channel with the seconds for which it rests."""
        return {name: way.rest() for name, way in self.ways.items()}

    def quotas(self) -> dict[str, int]:
        """The month's quota of every channel that has one."""
        found = {name: way.channel.quota for name, way in self.ways.items()}
        return {name: quota for name, quota in found.items() if quota is not None}

    async def idle(self) -> None:
        """Wait until nothing is on its way."""
        while self._tasks:
            await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def close(self) -> None:
        """Stop carrying; what is on its way is settled at the next start."""
        for task in list(self._tasks.values()):
            task.cancel()
        await self.idle()

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
        try:
            await self._send(parcel)
        except (Closed, Unusable):
            raise
        except Exception as error:
            log.exception("row %s could not be carried", parcel.row)
            why = type(error).__name__
            await self._db.write(lambda tx: outbox.settle(tx, id=parcel.row, state="failed", why=why))
        finally:
            self._let_go(parcel)

    def _let_go(self, parcel: Parcel) -> None:
        if parcel.unasked:
            self.ways[parcel.channel].unasked.release()

    async def _send(self, parcel: Parcel) -> None:
        """Try until it is decided. What nobody asked for is tried once here: it is decided about anew."""
        way, attached = self.ways[parcel.channel], await self._attached(parcel)
        tries, parts, message, began = 0, 0, "", monotonic()
        while True:
            result = await self._try(way, parcel, attached, parts)
            way.heard(result.outcome)
            self._told(parcel, result)
            message = result.message or message
            if result.outcome is Outcome.MOVED:
                parcel = replace(parcel, address=result.address)
            again = not parcel.unasked and _again(result.outcome, tries) and monotonic() - began < PATIENCE
            if not again:
                break
            tries, parts = tries + 1, result.parts
            if result.outcome is not Outcome.MOVED:
                await asyncio.sleep(pause(result, tries))
        result, limit, now = replace(result, message=message), way.channel.quota, self._now()
        await self._db.write(lambda tx: settle(tx, parcel, result, tries, limit, now))

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
        if way.paced is not None:
            await way.paced.wait(parcel.chat, way.channel.crowd(parcel.address))
        if parcel.unasked:  # its place was taken before it was decided about
            result = await way.channel.send(parcel.address, parcel.body, attached, parts)
        else:
            async with way.answers:
                if parcel.edits is None:
                    result = await way.channel.send(parcel.address, parcel.body, attached, parts)
                else:
                    result = await self._edit(way, parcel, parcel.edits)
        if result.outcome is Outcome.SLOWER and way.paced is not None:
            way.paced.hold(parcel.chat, result.wait)
        return result

    async def _edit(self, way: Way, parcel: Parcel, row: int) -> Result:
        """Change the message that an earlier row has brought, which was carried before this one."""
        reader = await self._db.reader()
        message = await reader.one(outbox.MESSAGE, id=row)
        if not message:
            return Result(Outcome.REFUSED, why="there is no message to change")
        return await way.channel.edit(parcel.address, message, parcel.body)


def _again(outcome: Outcome, tries: int) -> bool:
    """Whether an answer is tried once more: twice is better than not at all."""
    if outcome is Outcome.UNSURE:
        return tries < 5
    return outcome in (Outcome.LATER, Outcome.SLOWER, Outcome.FULL, Outcome.MOVED)
