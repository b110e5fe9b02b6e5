"""Takes in what messengers bring; every event is committed before its messenger is told. Runs on the event loop."""

import logging
from collections.abc import Callable
from dataclasses import astuple, dataclass, replace
from datetime import datetime
from hashlib import sha256
from time import monotonic
from typing import Any, Protocol

from bot.channels import Channel, Event, Incoming, Missing, Moved, Reached, Receive, Unreadable, limits
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.events import DeliveryEvents
from bot.delivery.outcomes import mark_lost, mark_reached
from bot.language import whole
from storage import chats, inbox
from storage.chats import Chat
from storage.db import Closed, Database, Tx

log = logging.getLogger(__name__)
NOWHERE = ""
"""The address of what cannot be read: it belongs to no chat."""


class TimeSource(Protocol):
    """The office's time, and a messenger's own time as the office's."""

    def now(self) -> datetime: ...
    def told(self, theirs: float) -> datetime | None: ...


@dataclass(frozen=True)
class ChannelIntake(Receive):
    """What one channel hands its events to."""

    intake: "Intake"
    channel: Channel

    async def __call__(self, event: Event, /) -> bool:
        """Commit an event of this channel; return whether it is new."""
        return await self.intake.receive(self.channel, event)


class Intake:
    """Receive events; retry commits, because Zalo does not redeliver."""

    def __init__(
        self,
        db: Database,
        dispatcher: Dispatcher,
        clock: TimeSource,
        events: DeliveryEvents,
        count: Callable[[str], None],
        wake_sender: Callable[[], None],
    ) -> None:
        self._db, self._dispatcher, self._clock, self._events = db, dispatcher, clock, events
        self._count, self._wake_sender = count, wake_sender
        self.stopped: datetime | None = None
        """When the process before this one ran last."""
        self._rates, self._told = limits.Buckets(limits.CHAT), limits.Buckets(limits.TOLD)

    def of(self, channel: Channel) -> ChannelIntake:
        """Return what this channel hands its events to."""
        return ChannelIntake(self, channel)

    async def receive(self, channel: Channel, event: Event) -> bool:
        """Commit an event; one that a bug of ours does not let through is kept for whoever looks into it."""
        self._count(channel.name)
        try:
            return await self._take(channel, event)
        except Closed:
            raise
        except Exception:
            if isinstance(event, Unreadable):
                raise
            # A bug of ours: the messenger would repeat it for ever, and hold up all that comes behind it.
            log.exception("%s: an event could not be kept", channel.name)
            told = repr(event)
            key = f"lost{sha256(told.encode(errors='replace')).hexdigest()[:20]}"
            return await self._take(channel, Unreadable(key, {"event": told}))

    async def _take(self, channel: Channel, event: Event) -> bool:
        match event:
            case Incoming():
                return await self._message(channel, event)
            case Reached():
                await self._db.write_with_retry(lambda tx: self._reach(tx, channel, event))
            case Moved():
                await self._db.write_with_retry(lambda tx: self._move(tx, channel, event))
            case Unreadable():
                return await self._db.write_with_retry(lambda tx: self._park(tx, channel, event))
        return True

    async def _message(self, channel: Channel, incoming: Incoming) -> bool:
        # Its own time counts: what waited at the messenger while no process ran was not written at once.
        at = monotonic() if incoming.said is None else incoming.said
        place = (channel.name, incoming.address)
        if self._rates.take(place, at):
            if self._told.take(place, at):
                return await self._db.write_with_retry(lambda tx: self._leave(tx, channel, incoming))
            incoming = replace(incoming, text="", label="", wanted=(), missing=Missing.NOTHING, phone="")
            return await self._dispatch(channel, incoming, {"text": "", "fast": True})
        return await self._dispatch(channel, incoming, {"text": incoming.text})

    async def _dispatch(self, channel: Channel, incoming: Incoming, body: dict[str, Any]) -> bool:
        if incoming.label:
            body["label"] = incoming.label
        if incoming.group:
            body |= {"group": True, "by": incoming.by}
        body |= {name: value for name in ("of", "media", "reply") if (value := getattr(incoming, name))}
        if incoming.phone:
            body["phone"] = incoming.phone
        if incoming.update:
            body["update"] = incoming.update
        if incoming.missing:
            body["missing"] = incoming.missing.value
        if incoming.wanted:
            body["wanted"] = [astuple(each) for each in incoming.wanted]
        said = None if incoming.said is None else self._clock.told(incoming.said)
        if (earliest := self._earliest(incoming)) is not None:
            said, body["earliest"] = earliest, True
        return await self._dispatcher.receive(
            channel=channel.name,
            address=incoming.address,
            look=channel.look,
            message=incoming.message,
            body=body,
            edit=incoming.edit,
            came=incoming.came,
            said=said,
        )

    def _earliest(self, incoming: Incoming) -> datetime | None:
        """Return when a tap was done at the earliest, where its messenger does not say: a stop of ours makes nobody late."""
        if incoming.earliest is None or self.stopped is None:
            return None
        told = self._clock.told(incoming.earliest)
        return None if told is None else max(told, self.stopped)

    def _leave(self, tx: Tx, channel: Channel, incoming: Incoming) -> bool:
        """Store of one of too many that it came, so that it is not brought again; nothing of what it says."""
        chat, now = self._chat(tx, channel, incoming.address), self._clock.now()
        kept = inbox.keep(
            tx,
            chat=chat.id,
            message=incoming.message,
            edit=incoming.edit,
            body={},
            now=now,
            state=inbox.MessageState.DONE,
        )
        if kept is not None:
            inbox.blank(tx, kept.id)
        return kept is not None

    def _chat(self, tx: Tx, channel: Channel, address: str) -> Chat:
        return chats.at(tx, channel=channel.name, address=address, look=channel.look)

    def _reach(self, tx: Tx, channel: Channel, event: Reached) -> None:
        chat = self._chat(tx, channel, event.address)
        if event.reachable:
            if mark_reached(tx, chat.id, self._clock.now()):
                tx.after.append(self._wake_sender)
        else:
            mark_lost(tx, chat.id, self._events, self._clock.now())

    def _move(self, tx: Tx, channel: Channel, event: Moved) -> None:
        chats.set_address(tx, chat=self._chat(tx, channel, event.address).id, address=event.to)

    def _park(self, tx: Tx, channel: Channel, event: Unreadable) -> bool:
        """Store it as it came, for whoever looks into it."""
        now, chat = self._clock.now(), self._chat(tx, channel, NOWHERE)
        kept = inbox.keep(tx, chat=chat.id, message=event.key, edit=0, body=whole(event.raw), now=now)
        if kept is None:
            return False
        inbox.park(tx, kept.id)
        self._events.event_unreadable(tx, channel.name, kept.id, now)
        return True
