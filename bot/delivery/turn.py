"""The transaction of one message: keep it, answer it, or park it. Runs on the writer's thread."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from bot.conversation import (
    REPEAT,
    ChatChanged,
    ChatLinked,
    Office,
    OutboxFilled,
    Visit,
    Woken,
    answer,
    compared,
    deliver,
    repeat,
    speaker,
)
from bot.delivery import attachments
from bot.delivery.events import DeliveryEvents
from bot.delivery.outcomes import mark_reached
from bot.dialogue import Say
from bot.language import Part, Time, _
from storage import chats, inbox, sending
from storage.db import Tx
from storage.files import Content
from storage.inbox import Message, MessageState

Place = tuple[str, str, str]
"""Where messages come from: a channel, an address there, a look."""


@dataclass(frozen=True, slots=True)
class Arrived:
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
    """When this process was given it (monotonic seconds)."""


class Turns:
    """Keeps and answers messages; each method is the work of one transaction, or a part of it."""

    def __init__(
        self,
        office: Callable[[], Office],
        now: Callable[[], datetime],
        events: DeliveryEvents,
        wake_sender: Callable[[], None],
    ) -> None:
        self._office, self._now, self._events, self._wake_sender = office, now, events, wake_sender
        self.chats: dict[Place, int] = {}
        """Chats as they were last seen; a chat is never taken out of the file, but may be forgotten."""

    def keep(self, tx: Tx, arrived: Arrived, state: MessageState = MessageState.NEW) -> Message | None:
        """Store a message; None for one that is here already."""
        kept = self._kept(tx, arrived, state)
        return None if kept is None else kept[0]

    def _kept(self, tx: Tx, arrived: Arrived, state: MessageState) -> tuple[Message, chats.Chat] | None:
        """Store a message; return it with its chat as it is now."""
        chat = self.chats.get(arrived.place)
        if chat is None or not chats.reached(tx, chat):
            chat = self._chat(tx, arrived.place)
            if mark_reached(tx, chat, arrived.now):
                tx.after.append(self._wake_sender)
        kept = inbox.keep(
            tx,
            chat=chat,
            message=arrived.message,
            edit=arrived.edit,
            body=arrived.body,
            now=arrived.now,
            state=state,
            said=arrived.said,
        )
        if kept is None:
            return None
        message = Message(
            kept.id, chat, arrived.message, arrived.edit, arrived.body, arrived.now, kept.said, arrived.came
        )
        if arrived.contents:
            message = replace(message, body=attachments.keep(tx, message, arrived.contents))
        return message, kept.chat

    def keep_and_answer(self, tx: Tx, arrived: Arrived) -> list[Woken] | None:
        """Store and answer a message before which nothing waits in its chat; None for one that is here already."""
        kept = self._kept(tx, arrived, MessageState.DONE)
        return None if kept is None else self._turn(tx, *kept)

    def answer(self, tx: Tx, message: Message) -> list[Woken]:
        """Answer a message that is stored."""
        inbox.mark_done(tx, message.id)
        return self._turn(tx, message)

    def park(self, tx: Tx, message: Message) -> list[Woken]:
        """Park a message that cannot be answered, and apologise."""
        visit = self._visit(tx, message)
        inbox.park(tx, message.id)
        deliver(visit, Say([APOLOGY]), said="")
        self._events.message_parked(visit, message)
        if visit.person is None:
            inbox.blank(tx, message.id)
        return [*visit.woken, ChatChanged(message.chat)]

    def _chat(self, tx: Tx, place: Place) -> int:
        chat = self.chats.get(place)
        if chat is None or chats.forgotten(tx, chat):
            channel, address, look = place
            chat = chats.at(tx, channel=channel, address=address, look=look).id
            tx.after.append(partial(self.chats.__setitem__, place, chat))
        return chat

    def _visit(self, tx: Tx, message: Message, chat: chats.Chat | None = None) -> Visit:
        chat = chat or tx.one(chats.BY_ID, id=message.chat)
        if chat is None:
            raise LookupError(f"message {message.id} is in no chat")
        person = speaker(tx, chat.person)
        earliest = bool(message.body.get("earliest"))
        return Visit(tx, self._office(), chat, person, self._now(), message.id, said=message.said, earliest=earliest)

    def _turn(self, tx: Tx, message: Message, chat: chats.Chat | None = None) -> list[Woken]:
        visit = self._visit(tx, message, chat)
        say = answer(visit, message)
        if say is REPEAT:
            repeat(visit)
        elif say is not None:
            joins = bool(message.body and message.body.get("files"))
            if visit.earliest and visit.noted and visit.said.date() != visit.now.date():
                say = replace(say, lines=[*say.lines, _in_the_stop(visit)])
            deliver(visit, say, said=compared(visit.chat, message.body) if visit.person else "", joins=joins)
        attachments.drop_unused(tx, message)
        if visit.person is None and ChatLinked(message.chat) not in visit.woken:
            inbox.blank(tx, message.id)  # of strangers, and of what is said in groups, no word is kept
        person, was_open = visit.person, visit.chat.focus is not None
        if was_open and person and sending.release_held(tx, person=person.id, now=visit.now):
            visit.woken.append(OutboxFilled())
        self._events.turn_ended(visit)
        return [*visit.woken, ChatChanged(message.chat)]


APOLOGY = _(
    "The assistant could not answer this message. It is kept, and the administrator has been told. What you answered before is safe."
)


def _in_the_stop(visit: Visit) -> Part:
    """Say by which time something counts that was tapped while nobody listened."""
    return _(
        "This button was tapped while the assistant was not reached, and the messenger does not say when; it counts from the earliest time that it can have been, {at}.",
        at=Time(visit.said),
    )
