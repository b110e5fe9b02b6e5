"""The dispatcher: one message, one transaction: who is it, which draft, which handler.

Within a chat the next message is handed in only when the last is done or parked. A handler that
raises is tried once more, then its message is parked: one apology, one line in the log.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.commands import Office, Visit
from bot.conversation import REPEAT, answer
from bot.deliver import deliver, repeat
from bot.dialogue.turn import Say
from bot.i18n import _
from bot.text import fold
from storage import chats, inbox, people
from storage.db import Database, Tx
from storage.inbox import Message

log = logging.getLogger(__name__)
TRIES = 2


class Dispatcher:
    """Takes messages in, and answers them one after the other in each chat."""

    def __init__(
        self, db: Database, office: Callable[[], Office], now: Callable[[], datetime],
        wake: Callable[[str, int], None],
    ) -> None:  # fmt: skip
        self._db, self._office, self._now, self._wake = db, office, now, wake
        self._waiting: dict[int, deque[int]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Take up what an earlier process had accepted and not answered."""
        reader = await self._db.reader()
        for message in await reader.all(inbox.NEW):
            self._put(message.chat, message.id)

    async def receive(
        self, *, channel: str, address: str, look: str, message: str, body: dict[str, Any],
        edit: int = 0,
    ) -> None:  # fmt: skip
        """Commit a message, then see to its answer; a message that was here before is nothing."""
        now = self._now()

        def work(tx: Tx) -> tuple[int, int | None]:
            chat = chats.at(tx, channel=channel, address=address, look=look)
            return chat.id, inbox.keep(
                tx, chat=chat.id, message=message, edit=edit, body=body, now=now
            )

        chat, id = await self._db.write(work)
        if id is not None:
            self._put(chat, id)

    @property
    def busy(self) -> bool:
        """Whether a message is being answered."""
        return bool(self._tasks)

    async def idle(self) -> None:
        """Wait until every accepted message is answered or parked."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _put(self, chat: int, id: int) -> None:
        queue = self._waiting.get(chat)
        if queue is not None:
            queue.append(id)
            return
        self._waiting[chat] = deque([id])
        task = asyncio.create_task(self._serve(chat))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, chat: int) -> None:
        queue = self._waiting[chat]
        try:
            while queue:
                await self._answer(chat, queue.popleft())
        finally:
            del self._waiting[chat]

    async def _answer(self, chat: int, id: int) -> None:
        for left in reversed(range(TRIES)):
            try:
                woken = await self._db.write(lambda tx: self._turn(tx, id))
            except Exception:
                log.exception("message %s could not be answered, %s tries left", id, left)
                if not left:
                    await self._db.write(lambda tx: self._park(tx, id))
            else:
                for what in woken:
                    self._wake(what, chat)
                return
        self._wake("chat", chat)

    def _visit(self, tx: Tx, id: int) -> tuple[Visit, Message]:
        message = tx.one(inbox.BY_ID, id=id)
        assert message is not None
        chat = tx.one(chats.BY_ID, id=message.chat)
        assert chat is not None
        person = tx.one(people.BY_ID, id=chat.person) if chat.person else None
        return Visit(tx, self._office(), chat, person, self._now(), id), message

    def _turn(self, tx: Tx, id: int) -> list[str]:
        visit, message = self._visit(tx, id)
        say = answer(visit, message)
        if say is REPEAT:
            repeat(visit)
        elif say is not None:
            deliver(visit, say, said=_heard(visit.chat, message))
        inbox.done(tx, id)
        return [*visit.woken, "chat"]

    def _park(self, tx: Tx, id: int) -> None:
        visit, _message = self._visit(tx, id)
        inbox.park(tx, id)
        deliver(
            visit,
            Say(
                [
                    _(
                        "The assistant could not answer this message. It is kept, and the administrator has been told. What you answered before is safe."
                    )
                ]
            ),
            said="",
        )
        visit.note("parked", str(id))


def _heard(chat: chats.Chat, message: Message) -> str:
    """What the next message is compared with, to know a double tap."""
    assert message.body is not None
    said = fold(str(message.body.get("text", "")))
    tapped = any(said in (fold(label), fold(says)) for label, says in chat.menu)
    return f"tap {said}" if tapped else said
