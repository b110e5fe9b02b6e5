"""The dispatcher: one message, one transaction: who is it, which draft, which handler.

Within a chat the next message is handed in only when the last is done or parked. A handler that
raises is tried once more, then its message is parked: one apology, one line in the log.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from time import monotonic
from typing import Any

from bot.channels import Missing, limits
from bot.conversation import (
    REPEAT,
    ChatChanged,
    ChatLinked,
    Office,
    OutboxFilled,
    UnitChanged,
    Visit,
    Wake,
    Woken,
    answer,
    deliver,
    notice_codes,
    on_the_menu,
    repeat,
    speaker,
    tap_of,
)
from bot.delivery import attachments
from bot.delivery.outcomes import back
from bot.dialogue import Say
from bot.language import Part, Time, _, file_name, fold, whole
from bot.movement import Role
from bot.office.status_board import refresh
from storage import boards, chats, inbox, invites, people, sending
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
Place = tuple[str, str, str]
"""Where messages come from: a channel, an address there, a look."""


@dataclass(frozen=True, slots=True)
class _Came:
    """A message as its channel has brought it, not yet kept."""

    place: Place
    message: str
    edit: int
    body: dict[str, Any]
    contents: Sequence[Content]
    now: datetime
    said: datetime | None
    """When its messenger took it, where it says so."""
    came: float


class Dispatcher:
    """Takes messages in, and answers them one after the other in each chat."""

    def __init__(
        self,
        db: Database,
        office: Callable[[], Office],
        now: Callable[[], datetime],
        wake: Wake,
        whole: Callable[[Message], Awaitable[Message | None]],
    ) -> None:
        self._db, self._office, self._now, self._wake, self._whole = db, office, now, wake, whole
        self._waiting: dict[int, deque[Message]] = {}
        self._chats: dict[Place, int] = {}
        """Chats that are in the file as they were last seen; a chat is never taken out of it, but may be forgotten."""
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._since: dict[int, float] = {}
        """Since when a chat's message is being answered (monotonic seconds)."""
        self._keeping: dict[Place, asyncio.Task[bool]] = {}
        """The newest message of a place that is being kept, to be answered in its turn."""

    async def start(self) -> None:
        """Take up what an earlier process had accepted and not answered."""
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
        """Commit a message, then see to its answer; False for one that was here before."""
        fitting = limits.fit(whole(body), [each.name for each in contents])
        named = [replace(each, name=file_name(each.name)) for each in contents]
        arrived = _Came(
            (channel, address, look), whole(message)[:ID], edit, fitting, named, self._now(), said, came or monotonic()
        )
        chat, keeping = self._chats.get(arrived.place), self._keeping.get(arrived.place)
        if keeping or chat is None or chat in self._waiting or contents or body.get("wanted"):
            kept = self._keeping[arrived.place] = asyncio.create_task(self._keep_after(keeping, arrived))
            return await asyncio.shield(kept)
        # Nothing is before it in its chat: the transaction that keeps it answers it, too.
        new: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        answered = self._db.write(partial(self._keep_and_answer, came=arrived))
        self._waiting[chat] = deque()
        self._tasks[chat] = asyncio.create_task(self._serve(chat, self._first(arrived, answered, new)))
        return await asyncio.shield(new)

    @property
    def busy(self) -> bool:
        """Whether a message is being answered."""
        return bool(self._tasks or self._keeping)

    def hanging(self) -> list[int]:
        """Chats in which the answer to one message takes longer than any answer may."""
        now = monotonic()
        return [chat for chat, since in self._since.items() if now - since > HANGS]

    async def idle(self) -> None:
        """Wait until every message that has come is kept, and answered or parked."""
        while tasks := [*self._tasks.values(), *self._keeping.values()]:
            await asyncio.gather(*tasks, return_exceptions=True)

    async def close(self) -> None:
        """Finish what is being answered; what hangs is left for the next start."""
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

    async def _keep_after(self, before: "asyncio.Task[bool] | None", came: _Came) -> bool:
        """Keep a message for its turn, after those that came before it; False for one that was here before."""
        try:
            if before is not None:
                await asyncio.wait([before])
            return await self._db.write_with_retry(partial(self._keep, came=came))
        finally:
            if self._keeping.get(came.place) is asyncio.current_task():
                del self._keeping[came.place]

    async def _serve(self, chat: int, first: Awaitable[Message | None] | None = None) -> None:
        queue = self._waiting[chat]
        self._since[chat] = monotonic()
        try:
            if first is not None and (left := await first) is not None:
                await self._see_to(left, TRIES - 1)
            while queue:
                self._since.pop(chat, None)  # a file may take its time
                message = await self._fetched(queue.popleft())
                if message is None:  # the process ends: it is taken up at the next start
                    return
                self._since[chat] = monotonic()
                await self._see_to(message, TRIES)
        finally:
            self._since.pop(chat, None)
            del self._waiting[chat]
            del self._tasks[chat]

    async def _fetched(self, message: Message) -> Message | None:
        """The message with its files; when a bug keeps them from us, without."""
        try:
            return await self._whole(message)
        except Closed:
            raise
        except Exception:
            log.exception("the files of message %s could not be kept", message.id)
            body = {name: value for name, value in (message.body or {}).items() if name != "wanted"}
            return replace(message, body={**body, "missing": Missing.FILE.value})

    async def _first(
        self, came: _Came, answered: "asyncio.Future[list[Woken] | None]", new: "asyncio.Future[bool]"
    ) -> Message | None:
        """See to one that is kept and answered at once; one that cannot be is kept, to be answered like any other."""
        woken, left = None, None
        try:
            try:
                woken = await answered
            except Closed:
                raise
            except Exception:
                log.exception("a message could not be answered, it is kept by itself")
                left = await self._db.write_with_retry(partial(self._kept, came=came))
        except BaseException as error:
            new.set_exception(error)
            raise
        new.set_result(woken is not None or left is not None)
        if woken:
            await self._answered(woken)
        return left

    async def _see_to(self, message: Message, tries: int) -> None:
        try:
            await self._answer(message, tries)
        except Closed:
            raise
        except Exception:  # not even parked: the next start takes it up, the next one is answered now
            log.exception("message %s could not be put aside", message.id)

    async def _answer(self, message: Message, left: int) -> None:
        while left:
            try:
                woken = await self._db.write_with_retry(lambda tx: self._answer_kept(tx, message))
            except Closed:
                raise
            except Exception:
                left -= 1
                log.exception("message %s could not be answered, %s tries left", message.id, left)
            else:
                await self._answered(woken)
                return
        await self._answered(await self._db.write_with_retry(lambda tx: self._park(tx, message)))

    async def _answered(self, woken: list[Woken]) -> None:
        """What follows the commit of an answer; it holds up nobody."""
        try:
            for each in woken:
                self._wake(each)
            if units := [each.unit for each in woken if isinstance(each, UnitChanged)]:
                await refresh(self._db, self._office(), self._now(), self.wake_sender, units)
        except Closed:
            raise
        except Exception:
            log.exception("what was to follow an answer has failed")

    def _keep(self, tx: Tx, came: _Came) -> bool:
        """Keep a message for its turn; False for one that was here before."""
        message = self._kept(tx, came)
        if message is not None:
            tx.after.append(partial(self._put, message))  # whoever waits for the commit may be ended
        return message is not None

    def _answer_kept(self, tx: Tx, message: Message) -> list[Woken]:
        inbox.mark_done(tx, message.id)
        return self._turn(tx, message)

    def _keep_and_answer(self, tx: Tx, came: _Came) -> list[Woken] | None:
        message = self._kept(tx, came, inbox.State.DONE)
        return None if message is None else self._turn(tx, message)

    def _kept(self, tx: Tx, came: _Came, state: inbox.State = inbox.State.NEW) -> Message | None:
        channel, address, look = came.place
        chat = self._chats.get(came.place)
        if chat is None or chats.forgotten(tx, chat):
            chat = chats.at(tx, channel=channel, address=address, look=look).id
            tx.after.append(partial(self._chats.__setitem__, came.place, chat))
        if back(tx, chat, came.now):  # whoever writes is there
            tx.after.append(self.wake_sender)
        kept = inbox.keep(
            tx,
            chat=chat,
            message=came.message,
            edit=came.edit,
            body=came.body,
            now=came.now,
            state=state,
            said=came.said,
        )
        if kept is None:
            return None
        message = Message(kept.id, chat, came.message, came.edit, came.body, came.now, kept.said, came.came)
        return replace(message, body=attachments.keep(tx, message, came.contents)) if came.contents else message

    def wake_sender(self) -> None:
        """There is something to be said."""
        self._wake(OutboxFilled())

    def _visit(self, tx: Tx, message: Message) -> Visit:
        chat = tx.one(chats.BY_ID, id=message.chat)
        assert chat is not None
        person = speaker(tx, chat.person)
        earliest = bool(message.body.get("earliest"))
        return Visit(tx, self._office(), chat, person, self._now(), message.id, said=message.said, earliest=earliest)

    def _turn(self, tx: Tx, message: Message) -> list[Woken]:
        visit = self._visit(tx, message)
        say = answer(visit, message)
        if say is REPEAT:
            repeat(visit)
        elif say is not None:
            joins = bool(message.body and message.body.get("files"))
            kept = visit.person is not None and inbox.is_kept(tx, message.id)
            if visit.earliest and visit.noted and visit.said.date() != visit.now.date():
                say = replace(say, lines=[*say.lines, _in_the_stop(visit)])
            deliver(visit, say, said=_heard(visit.chat, message) if kept else "", joins=joins)
        attachments.let_go(tx, message)
        if visit.person is None and ChatLinked(message.chat) not in visit.woken:
            inbox.blank(tx, message.id)  # of strangers, and of what is said in groups, no word is kept
        if (
            visit.chat.focus is not None
            and visit.person
            and sending.release_held(tx, person=visit.person.id, now=visit.now)
        ):
            visit.woken.append(OutboxFilled())
        if visit.person and tx.one(boards.ANY_OF_UNIT, unit=visit.person.unit) is not None:
            visit.woken.append(UnitChanged(visit.person.unit))
        return [*visit.woken, ChatChanged(message.chat)]

    def _park(self, tx: Tx, message: Message) -> list[Woken]:
        visit = self._visit(tx, message)
        if any(invites.good(tx, code=word, now=message.at) for word in str(message.body.get("text", "")).split()):
            inbox.fill(tx, id=message.id, body={"text": "/batdau", "label": "/batdau"})  # a code is kept nowhere
        inbox.park(tx, message.id)
        if visit.person is None:
            inbox.blank(tx, message.id)
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
            visit.tell(admin.id, notice_codes.PARKED, key=f"parked:{message.id}:{admin.id}", message=message.id)
        visit.note("parked", str(message.id))
        return [*visit.woken, ChatChanged(message.chat)]


def _in_the_stop(visit: Visit) -> Part:
    """By which time something counts that was tapped while nobody listened."""
    return _(
        "This button was tapped while the assistant was not reached, and the messenger does not say when; it counts from the earliest time that it can have been, {at}.",
        at=Time(visit.said),
    )


def _heard(chat: chats.Chat, message: Message) -> str:
    """What the next message is compared with, to know a double tap."""
    assert message.body is not None
    said = fold(str(message.body.get("text", "")))
    if said and invites.looks_like_code(said.split()[-1]):  # a code is kept nowhere, a slip of one neither
        return ""
    return tap_of(message.body) if said and on_the_menu(chat, said) else said
