"""What every messenger is to the core: a name and two verbs, listen and send."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from bot.pace import Pace
from storage.files import Content

LOCAL = "local"
"""The channel whose chats are the file itself: the web chat and the terminal. Nothing is sent there."""


class Outcome(StrEnum):
    """What became of a message that was sent."""

    SENT = "sent"
    LATER = "later"
    """Not taken now (a pace, no network): again after `wait` seconds."""
    UNSURE = "unsure"
    """The request had left when the line broke: it may have arrived."""
    GONE = "gone"
    """Nobody is there any more: blocked, deleted."""
    REFUSED = "refused"
    """The messenger does not take this message, now or ever."""


@dataclass(frozen=True, slots=True)
class Result:
    """An outcome with what is to be known of it."""

    outcome: Outcome
    wait: float = 0.0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message as a messenger gave it: where, its id there, which change of it, and its contents."""

    address: str
    message: str
    text: str
    edit: int = 0
    label: str = ""
    files: Sequence[Content] = ()
    group: bool = False
    """Said where many read: only what everybody may know is answered there."""
    reachable: bool | None = None
    """Nothing was said: the person has blocked the bot, or let it in again."""


Receive = Callable[[Incoming], Awaitable[None]]
"""Commits a message; the messenger is told that it was taken only after this has returned."""


class Channel(Protocol):
    """A messenger."""

    name: str
    look: str
    pace: Pace | None
    """How fast it may be sent to; None without a limit."""

    async def listen(self, receive: Receive) -> None:
        """Take messages in for ever; each is committed before it is confirmed."""

    async def send(self, address: str, body: Mapping[str, Any], files: Sequence[Content]) -> Result:
        """Send one drawn message; never raises for what the messenger answers."""

    async def close(self) -> None:
        """End every connection."""
