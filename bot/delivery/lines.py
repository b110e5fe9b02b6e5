"""The lines to the messengers: each with its pace, its places, its circuit breaker. Runs on the event loop."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from time import monotonic
from typing import Any

from bot.channels import LOCAL, Attachment, Channel, Edits, HasGroups, Outcome, Paced, Parcel, Result, place_of
from bot.delivery.circuit_breaker import CircuitBreaker
from storage.chats import Chat

ANSWERS = 64
"""Answers in flight at once on a line: what a crash may repeat."""
UNASKED = 16
"""Messages in flight at once that nobody asked for: what a crash may leave unsure."""


class ChannelLine:
    """One channel as it is sent to."""

    def __init__(self, channel: Channel) -> None:
        self.channel, self.breaker = channel, CircuitBreaker()
        self.paced = Paced(channel.pace) if channel.pace else None
        self.answers, self.unasked = asyncio.Semaphore(ANSWERS), asyncio.Semaphore(UNASKED)
        """Places. Of `unasked` those are taken and given back by `lanes` alone, of `answers` here."""
        self._groups = channel if isinstance(channel, HasGroups) else None
        self.in_flight: dict[int, float] = {}
        """Rows that have left, since when (monotonic seconds); until their queue has done with them."""
        self.asking = set[asyncio.Task[Any]]()
        """Tasks that wait for the answer of the messenger."""

    async def attempt(self, parcel: Parcel, attached: Sequence[Attachment], edited: str, parts: int) -> Result:
        """Make one request when the chat, a place and the pace allow it; what is unasked has its place already."""
        paced, place = self.paced, place_of(parcel.address)
        group = self._groups is not None and self._groups.is_group(parcel.address)
        if paced is not None:
            await paced.chat(place, group)
        async with nullcontext() if parcel.unasked else self.answers:
            if paced is not None:
                if not parcel.unasked or parts:  # the place in the pace of an unasked message is for its first part
                    await paced.answer()
                paced.goes(place, group)
            result = await self._request(parcel, attached, edited, parts)
        if paced is not None:
            if result.outcome is Outcome.SLOWER:
                paced.refused(place, result.wait)
            elif result.outcome is Outcome.SENT:
                paced.taken()
        self.breaker.record(result.outcome)
        return result

    async def _request(self, parcel: Parcel, attached: Sequence[Attachment], edited: str, parts: int) -> Result:
        """Make one request to the messenger, known as one that whoever ends the process waits for."""
        self.in_flight.setdefault(parcel.row, monotonic())
        task = asyncio.current_task()
        if task is not None:
            self.asking.add(task)
        try:
            if parcel.edits is not None:
                return await self._edit(parcel, edited)
            body = {**parcel.body, "patient": True} if parcel.unasked else parcel.body
            return await self.channel.send(parcel.address, body, attached, parts)
        finally:
            if task is not None:
                self.asking.discard(task)

    async def _edit(self, parcel: Parcel, edited: str) -> Result:
        """Change the message that an earlier row has brought."""
        if not edited:
            return Result(Outcome.REFUSED, why="there is no message to change")
        if not isinstance(self.channel, Edits):
            return Result(Outcome.REFUSED, why="this messenger changes no messages")
        return await self.channel.edit(parcel.address, edited, parcel.body)


@dataclass(frozen=True, slots=True)
class Availability:
    """What may be sent through at one moment."""

    resting: Mapping[str, float]
    """Channels in use, with the seconds for which each still rests."""
    quotas: Mapping[str, int]
    """The month's quota of every channel that has one."""
    paused: Mapping[tuple[str, str], float]
    """Chats, by channel and place, that their messenger wants left alone, with the seconds."""

    def rest(self, chat: Chat) -> float | None:
        """Return for how many seconds a chat takes nothing; None for one whose channel is not in use."""
        if chat.channel == LOCAL:
            return 0.0
        rest = self.resting.get(chat.channel)
        return None if rest is None else max(rest, self.paused.get((chat.channel, place_of(chat.address)), 0.0))


class Lines(dict[str, ChannelLine]):
    """Every open line, by the name of its channel."""

    def open(self, channel: Channel) -> None:
        """Open the line to this channel."""
        self[channel.name] = ChannelLine(channel)

    def in_flight_since(self, row: int) -> float | None:
        """Return since when a row is in flight (monotonic seconds); None for one that is not."""
        return next((line.in_flight[row] for line in self.values() if row in line.in_flight), None)

    def asking(self) -> set[asyncio.Task[Any]]:
        """Return the tasks that wait for the answer of a messenger."""
        return {task for line in self.values() for task in line.asking}

    def resting(self) -> dict[str, float]:
        """Return every channel with the seconds for which it rests."""
        return {name: line.breaker.rest() for name, line in self.items()}

    def availability(self) -> Availability:
        """Return what may be sent through now."""
        quotas = {name: line.channel.quota for name, line in self.items()}
        return Availability(
            self.resting(),
            {name: quota for name, quota in quotas.items() if quota is not None},
            {
                (name, place): wait
                for name, line in self.items()
                if line.paced is not None
                for place, wait in line.paced.pauses().items()
            },
        )

    def close(self) -> None:
        """Close every pace."""
        for line in self.values():
            if line.paced is not None:
                line.paced.close()
