"""The dispatcher: one message, one transaction: who is it, which draft, which handler.

Within a chat the next message is handed in only when the last is done or parked. A handler that
raises is tried once more, then its message is parked: one apology, one line in the log.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any

from bot import attached
from bot.boards import refresh
from bot.commands import Office, Visit
from bot.conversation import REPEAT, answer
from bot.deliver import deliver, repeat
from bot.dialogue.turn import Say
from bot.i18n import _
from bot.people import Role
from bot.text import fold
from storage import boards, chats, inbox, outbox, people
from storage.db import Closed, Database, Tx
from storage.files import Content
from storage.inbox import Message

log = logging.getLogger(__name__)
TRIES = 2


class Dispatcher:
    """Takes messages in, and answers them one after the other in each chat."""

    def __init__(
        self, db: Database, office: Callable[[], Office], now: Callable[[], datetime],
        wake: Callable[[str, Any], None], whole: Callable[[Message], Awaitable[Message | None]],
    ) -> None:  # fmt: skip
        self._db, self._office, self._now, self._wake, self._whole = db, office, now, wake, whole
        self._waiting: dict[int, deque[Message]] = {}
        self._known: dict[tuple[str, str, str], int] = {}
        """Chats that are in the file as they were last seen; a chat is never taken out of it."""
        self._tasks: dict[int, asyncio.Task[None]] = {}

    async def start(self) -> None:
        """Take up what an earlier process had accepted and not answered."""
        reader = await self._db.reader()
        for message in await reader.all(inbox.NEW):
            self._put(message)

    async def receive(
        self, *, channel: str, address: str, look: str, message: str, body: dict[str, Any],
        edit: int = 0, contents: Sequence[Content] = (),
    ) -> bool:  # fmt: skip
        """Commit a message, then see to its answer; False for one that was here before."""
        now, place = self._now(), (channel, address, look)
        known = self._known.get(place)

        def work(tx: Tx) -> tuple[int, int | None, dict[str, Any]]:
            chat = known or chats.at(tx, channel=channel, address=address, look=look).id
            id = inbox.keep(tx, chat=chat, message=message, edit=edit, body=body, now=now)
            if id is None or not contents:
                return chat, id, body
            return chat, id, attached.keep(tx, Message(id, chat, message, edit, body, now), contents)

        chat, id, kept = await self._db.insist(work)
        self._known[place] = chat
        if id is not None:
            self._put(Message(id, chat, message, edit, kept, now))
        return id is not None

    @property
    def busy(self) -> bool:
        """Whether a message is being answered."""
        return bool(self._tasks)

    async def idle(self) -> None:
        """Wait until every accepted message is answered or parked."""
        while self._tasks:
            await asyncio.gather(*self._tasks.values(), return_exceptions=True)

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

    async def _serve(self, chat: int) -> None:
        queue = self._waiting[chat]
        try:
            while queue:
                message = await self._whole(queue.popleft())
                if message is None:  # the process ends: it is taken up at the next start
                    return
                try:
                    await self._answer(message)
                except Closed:
                    raise
                except Exception:  # not even parked: the next start takes it up, the next one is answered now
                    log.exception("message %s could not be put aside", message.id)
        finally:
            del self._waiting[chat]
            del self._tasks[chat]

    async def _answer(self, message: Message) -> None:
        left = TRIES
        while left:
            try:
                woken = await self._db.insist(lambda tx: self._turn(tx, message))
            except Closed:
                raise
            except Exception:
                left -= 1
                log.exception("message %s could not be answered, %s tries left", message.id, left)
            else:
                self._woken(woken)
                if units := [subject for what, subject in woken if what == "unit"]:
                    await refresh(self._db, self._office(), self._now(), self._wake_sender, units)
                return
        self._woken(await self._db.insist(lambda tx: self._park(tx, message)))

    def _woken(self, woken: list[tuple[str, Any]]) -> None:
        for what, subject in woken:
            self._wake(what, subject)

    def _wake_sender(self) -> None:
        self._wake("outbox", 0)

    def _visit(self, tx: Tx, message: Message) -> Visit:
        chat = tx.one(chats.BY_ID, id=message.chat)
        assert chat is not None
        person = tx.one(people.BY_ID, id=chat.person) if chat.person else None
        return Visit(tx, self._office(), chat, person, self._now(), message.id)

    def _turn(self, tx: Tx, message: Message) -> list[tuple[str, Any]]:
        visit = self._visit(tx, message)
        say = answer(visit, message)
        if say is REPEAT:
            repeat(visit)
        elif say is not None:
            joins = bool(message.body and message.body.get("files"))
            deliver(visit, say, said=_heard(visit.chat, message), joins=joins)
        attached.let_go(tx, message)
        inbox.done(tx, message.id)
        if visit.chat.focus is not None and visit.person and outbox.let_go(tx, person=visit.person.id, now=visit.now):  # fmt: skip
            visit.woken.append(("outbox", 0))
        if visit.person and tx.one(boards.ANY_OF_UNIT, unit=visit.person.unit) is not None:
            visit.woken.append(("unit", visit.person.unit))
        return [*visit.woken, ("chat", message.chat)]

    def _park(self, tx: Tx, message: Message) -> list[tuple[str, Any]]:
        visit = self._visit(tx, message)
        inbox.park(tx, message.id)
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
        for admin in tx.all(people.OF_ROLE, role=Role.ADMIN):
            visit.tell(admin.id, "parked", key=f"parked:{message.id}:{admin.id}", message=message.id)
        visit.note("parked", str(message.id))
        return [*visit.woken, ("chat", message.chat)]


def _heard(chat: chats.Chat, message: Message) -> str:
    """What the next message is compared with, to know a double tap."""
    assert message.body is not None
    said = fold(str(message.body.get("text", "")))
    tapped = bool(said) and any(said in (fold(label), fold(says)) for label, says in chat.menu)
    return f"tap {said}" if tapped else said
