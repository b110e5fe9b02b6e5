"""Carries drawn messages to the messengers: in order within a chat, in parallel across chats."""

import asyncio
import logging
from collections import deque
from collections.abc import Mapping

from bot.channel import Channel, Outcome, Result
from bot.pace import Paced
from storage import chats, files, outbox
from storage.chats import Chat
from storage.db import Closed, Database, Tx, Unusable
from storage.files import Content
from storage.outbox import Row

log = logging.getLogger(__name__)
PARALLEL = 16
"""Sends on their way at once: what a crash may leave unsure."""
LONGEST = 60.0
"""Seconds between two tries at most."""


class Post:
    """One worker a chat that has something to be sent."""

    def __init__(self, db: Database, channels: Mapping[str, Channel]) -> None:
        self._db, self._channels = db, channels
        self._paced = {name: Paced(each.pace) for name, each in channels.items() if each.pace}
        self._waiting: dict[int, deque[int]] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._free = asyncio.Semaphore(PARALLEL)

    def put(self, row: int, chat: Chat) -> None:
        """A row is claimed for this chat: send it after those that were claimed before."""
        queue = self._waiting.get(chat.id)
        if queue is not None:
            queue.append(row)
            return
        self._waiting[chat.id] = deque([row])
        self._tasks[chat.id] = asyncio.create_task(self._carry(chat))

    async def idle(self) -> None:
        """Wait until nothing is on its way."""
        while self._tasks:
            await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def close(self) -> None:
        """Stop carrying; what is on its way is settled at the next start."""
        for task in list(self._tasks.values()):
            task.cancel()
        await self.idle()

    async def _carry(self, chat: Chat) -> None:
        queue = self._waiting[chat.id]
        try:
            while queue:
                await self._carried(queue.popleft(), chat)
        finally:
            del self._waiting[chat.id]
            del self._tasks[chat.id]

    async def _carried(self, id: int, chat: Chat) -> None:
        """Send one row; a bug puts it aside and holds up nobody."""
        try:
            await self._send(id, chat)
        except (Closed, Unusable):
            raise
        except Exception as error:
            log.exception("row %s could not be carried", id)
            why = type(error).__name__
            await self._db.write(lambda tx: outbox.settle(tx, id=id, state="failed", why=why))

    async def _send(self, id: int, chat: Chat) -> None:
        reader = await self._db.reader()
        row = await reader.one(outbox.BY_ID, id=id)
        assert row is not None
        assert row.body is not None, "a row on its way has its text"
        attached = [
            found
            for file in row.body.get("files", ())
            if (found := await reader.one(files.CONTENT, id=file, chat=chat.id)) is not None
        ]
        tries = 0
        while not await self._settled(row, chat, await self._try(row, chat, attached), tries):
            tries += 1

    async def _try(self, row: Row, chat: Chat, attached: list[Content]) -> Result:
        assert row.body is not None
        if (paced := self._paced.get(chat.channel)) is not None:
            await paced.wait(chat.id, unasked=row.kind != "answer")
        async with self._free:
            return await self._channels[chat.channel].send(chat.address, row.body, attached)

    async def _settled(self, row: Row, chat: Chat, result: Result, tries: int) -> bool:
        """Write down what became of it; False when it is to be tried again."""
        pause = min(LONGEST, result.wait or 2.0**tries)
        if result.outcome is Outcome.LATER:
            await asyncio.sleep(pause)
            return False
        if result.outcome is Outcome.UNSURE and row.kind == "answer" and tries < 5:
            await asyncio.sleep(pause)  # an answer twice is better than none
            return False
        state = {Outcome.SENT: "sent", Outcome.UNSURE: "unsure"}.get(result.outcome, "failed")

        def work(tx: Tx) -> None:
            outbox.settle(tx, id=row.id, state=state, why=result.why)
            if result.outcome is Outcome.GONE:
                chats.reach(tx, chat=chat.id, reachable=False)

        await self._db.write(work)
        return True
