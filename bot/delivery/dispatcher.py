"""The dispatcher: hands messages to their turn, one after the other in each chat. Runs on the event loop.

Within a chat the next message is handed in only when the last is done or parked. A turn that raises is
tried once more, then its message is parked: one apology, one line in the log.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from time import monotonic
from typing import Any

from bot.channels import Missing, limits
from bot.conversation import Woken
from bot.delivery.follow_up import FollowUp
from bot.delivery.turn import Arrived, Place, Turns
from bot.language import file_name, whole
from storage import inbox
from storage.db import Closed, Database, Tx
from storage.files import Content
from storage.inbox import Message

log = logging.getLogger(__name__)
TRIES = 2
ID = 500
"""Characters of a messenger's own name of a message, at most."""
HANGS = 30.0
"""Seconds after which an answer hangs: the slowest turn of a large office takes a tenth of one."""
CLOSING = 15.0
"""Seconds that what is being answered has when the process ends."""


class Dispatcher:
    """Takes messages in, and answers them one after the other in each chat."""

    def __init__(
        self,
        db: Database,
        turns: Turns,
        now: Callable[[], datetime],
        follow_up: FollowUp,
        whole: Callable[[Message], Awaitable[Message | None]],
    ) -> None:
        self._db, self._turns, self._now, self._whole = db, turns, now, whole
        self._follow_up = follow_up
        self._waiting: dict[int, deque[Message]] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._since: dict[int, float] = {}
        """Since when a chat's message is being answered (monotonic seconds)."""
        self._keeping: dict[Place, asyncio.Task[bool]] = {}
        """The newest message of a place that is being kept, to be answered in its turn."""

    async def start(self) -> None:
        """Answer what an earlier process had accepted and not answered."""
        reader = await self._db.reader()
        for message in await reader.all(inbox.NEW):
            self._put(message)

    async def receive(
        self,
        *,
        channel: str,
        address: str,
        look: str,
        message: str,
        body: dict[str, Any],
        edit: int = 0,
        contents: Sequence[Content] = (),
        said: datetime | None = None,
        came: float | None = None,
    ) -> bool:
        """Commit a message and have it answered; False for one that was here before."""
        fitting = limits.fit(whole(body), [each.name for each in contents])
        named = [replace(each, name=file_name(each.name)) for each in contents]
        arrived = Arrived(
            (channel, address, look), whole(message)[:ID], edit, fitting, named, self._now(), said, came or monotonic()
        )
        chat, keeping = self._turns.chats.get(arrived.place), self._keeping.get(arrived.place)
        if keeping or chat is None or chat in self._waiting or contents or body.get("wanted"):
            kept = self._keeping[arrived.place] = asyncio.create_task(self._keep_after(keeping, arrived))
            return await asyncio.shield(kept)
        # Nothing is before it in its chat: the transaction that keeps it answers it, too.
        new: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        answered = self._db.write(partial(self._turns.keep_and_answer, arrived=arrived))
        self._waiting[chat] = deque()
        self._tasks[chat] = asyncio.create_task(self._serve(chat, self._first(arrived, answered, new)))
        return await asyncio.shield(new)

    @property
    def busy(self) -> bool:
        """Whether a message is being kept or answered."""
        return bool(self._tasks or self._keeping)

    def hanging(self) -> list[int]:
        """Return the chats in which one answer takes longer than any may."""
        now = monotonic()
        return [chat for chat, since in self._since.items() if now - since > HANGS]

    async def idle(self) -> None:
        """Wait until every message that has come is kept, and answered or parked."""
        while tasks := [*self._tasks.values(), *self._keeping.values()]:
            await asyncio.gather(*tasks, return_exceptions=True)

    async def close(self) -> None:
        """Finish what is being answered; leave what hangs for the next start."""
        try:
            async with asyncio.timeout(CLOSING):
                await self.idle()
        except TimeoutError:
            log.critical("chats %s hang: their messages wait for the next start", self.hanging() or "?")
            for task in [*self._tasks.values(), *self._keeping.values()]:
                task.cancel()

    async def answered(self, chat: int) -> None:
        """Wait until every accepted message of this chat is answered or parked."""
        while (task := self._tasks.get(chat)) is not None:
            await asyncio.wait([task])

    def _put(self, message: Message) -> None:
        queue = self._waiting.get(message.chat)
        if queue is not None:
            queue.append(message)
            return
        self._waiting[message.chat] = deque([message])
        self._tasks[message.chat] = asyncio.create_task(self._serve(message.chat))

    async def _keep_after(self, before: "asyncio.Task[bool] | None", arrived: Arrived) -> bool:
        """Store a message for its turn, after those that came before it; False for one that is here already."""
        try:
            if before is not None:
                await asyncio.wait([before])
            return await self._db.write_with_retry(partial(self._keep, arrived=arrived))
        finally:
            if self._keeping.get(arrived.place) is asyncio.current_task():
                del self._keeping[arrived.place]

    async def _serve(self, chat: int, first: Awaitable[Message | None] | None = None) -> None:
        queue = self._waiting[chat]
        self._since[chat] = monotonic()
        try:
            if first is not None and (left := await first) is not None:
                await self._answer_or_leave(left, TRIES - 1)
            while queue:
                self._since.pop(chat, None)  # a file may take its time
                message = await self._fetched(queue.popleft())
                if message is None:  # the process ends: it is taken up at the next start
                    return
                self._since[chat] = monotonic()
                await self._answer_or_leave(message, TRIES)
        finally:
            self._since.pop(chat, None)
            del self._waiting[chat]
            del self._tasks[chat]

    async def _fetched(self, message: Message) -> Message | None:
        """Return the message with its files; when a bug prevents that, without."""
        try:
            return await self._whole(message)
        except Closed:
            raise
        except Exception:
            log.exception("the files of message %s could not be kept", message.id)
            body = {name: value for name, value in (message.body or {}).items() if name != "wanted"}
            return replace(message, body={**body, "missing": Missing.FILE.value})

    async def _first(
        self, arrived: Arrived, answered: "asyncio.Future[list[Woken] | None]", new: "asyncio.Future[bool]"
    ) -> Message | None:
        """Store and answer one at once; store for its turn one that cannot be."""
        woken, left = None, None
        try:
            try:
                woken = await answered
            except Closed:
                raise
            except Exception:
                log.exception("a message could not be answered, it is kept by itself")
                left = await self._db.write_with_retry(partial(self._turns.keep, arrived=arrived))
        except BaseException as error:
            new.set_exception(error)
            raise
        new.set_result(woken is not None or left is not None)
        if woken:
            await self._answered(woken)
        return left

    async def _answer_or_leave(self, message: Message, tries: int) -> None:
        try:
            await self._answer(message, tries)
        except Closed:
            raise
        except Exception:  # not even parked: the next start takes it up, the next one is answered now
            log.exception("message %s could not be put aside", message.id)

    async def _answer(self, message: Message, left: int) -> None:
        while left:
            try:
                woken = await self._db.write_with_retry(lambda tx: self._turns.answer(tx, message))
            except Closed:
                raise
            except Exception:
                left -= 1
                log.exception("message %s could not be answered, %s tries left", message.id, left)
            else:
                await self._answered(woken)
                return
        await self._answered(await self._db.write_with_retry(lambda tx: self._turns.park(tx, message)))

    async def _answered(self, woken: list[Woken]) -> None:
        """Call what follows the commit of an answer; a failure holds up nobody."""
        try:
            await self._follow_up.follow(woken)
        except Closed:
            raise
        except Exception:
            log.exception("what was to follow an answer has failed")

    def _keep(self, tx: Tx, arrived: Arrived) -> bool:
        """Store a message for its turn; False for one that is here already."""
        message = self._turns.keep(tx, arrived)
        if message is not None:
            # After the commit, whether or not whoever waits for it is still there.
            tx.after.append(partial(self._put, message))
        return message is not None
