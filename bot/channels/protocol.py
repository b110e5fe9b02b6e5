"""What every messenger is to the core: a name and two verbs, listen and send."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from bot.channels import limits
from bot.channels.rate_limit import Pace
from bot.language import Part, Text, _

LARGEST = limits.FILE
"""Bytes of a file that is taken in."""
LOCAL = "local"
"""The channel whose chats are the file itself: the web chat and the terminal. Nothing is sent there."""


def spoken(channel: str) -> Part:
    """What people call a channel: «zalo:1234» is Zalo."""
    return _("the web page") if channel == LOCAL else channel.partition(":")[0].capitalize()


class Outcome(StrEnum):
    """What became of a message that was sent."""

    SENT = "sent"
    LATER = "later"
    """Not taken now (no network, the other side is ill): again after `wait` seconds."""
    SLOWER = "slower"
    """Too fast for this chat: again after `wait` seconds."""
    FULL = "full"
    """The messenger takes nothing more for now: this channel rests, the others go on."""
    UNSURE = "unsure"
    """The request had left when the line broke: it may have arrived."""
    GONE = "gone"
    """Nobody is there any more: blocked, deleted."""
    MOVED = "moved"
    """The chat has another address now: `address`."""
    REFUSED = "refused"
    """The messenger does not take this message, now or ever."""


@dataclass(frozen=True, slots=True)
class Result:
    """An outcome with what is to be known of it."""

    outcome: Outcome
    wait: float = 0.0
    why: str = ""
    parts: int = 0
    """How many of the message's parts have gone out, with those of earlier tries."""
    more: bool = False
    """Whether parts are left to be sent."""
    address: str = ""
    message: str = ""
    """What the messenger calls the last text that has gone out."""
    aside: bool = False
    """Whether that text is to be deleted when the next part goes out."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes out with a message; `url` is a public link where there is one."""

    name: str
    kind: str
    bytes: bytes
    url: str = ""


class Missing(StrEnum):
    """What a message had that did not come with it."""

    NOTHING = ""
    FILE = "file"
    """A file that is too large, or cannot be fetched."""
    AWAY = "away"
    """A file on the messenger's server that this process may not read."""
    EMPTY = "empty"
    """A file of no bytes at all."""
    KIND = "kind"
    """Something the messenger does not hand to bots: a link, a voice, a film."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that waits at its messenger; `source` is what to ask for there."""

    source: str
    name: str
    kind: str


class OutOfReach(Exception):
    """A file lies where this process may not read it: the administrator has to see to that."""


class NotFetched(Exception):
    """The line broke while a file was fetched: it may be tried again."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message as a messenger gave it: where, its id there, which change of it, and its contents."""

    address: str
    message: str
    text: str
    edit: int = 0
    label: str = ""
    wanted: Sequence[Wanted] = ()
    group: bool = False
    """Said where many read: only what everybody may know is answered there."""
    phone: str = ""
    """The sender's own number, which the messenger vouches for."""
    missing: Missing = Missing.NOTHING
    by: str = ""
    """In a group: the address of whoever says it."""
    update: int = 0
    """The messenger's own number of what it brought, where it has one: kept, so that its log can be compared."""
    of: str = ""
    """Of a tap: the message whose button it was, where the messenger says so."""
    reply: str = ""
    """The message that it replies to."""
    came: float | None = None
    """When its messenger handed it over (monotonic seconds), with others perhaps."""
    media: str = ""
    """Which picture or document it bears: known again when the message is changed."""
    said: float | None = None
    """When the messenger took it, in seconds since 1970; None where it does not say."""
    earliest: float | None = None
    """Of what it does not say, and nobody listened then: when it was done at the earliest."""


@dataclass(frozen=True, slots=True)
class Reached:
    """A person has blocked the bot, or let it in again."""

    address: str
    reachable: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """A chat goes on under another address."""

    address: str
    to: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that no parser of ours knows: it is put aside and holds up nobody."""

    key: str
    raw: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Parcel:
    """One drawn message with the place it goes to."""

    row: int
    """Its row in the outbox."""
    chat: int
    channel: str
    address: str
    body: Mapping[str, Any]
    unasked: bool = False
    skip: int = 0
    """So many parts of it have gone out before."""
    merged: Sequence[int] = ()
    """Other rows whose text goes out in this message: what becomes of it becomes of them."""
    edits: int | None = None
    """The row of the outbox whose message this one replaces."""
    again: Mapping[str, Any] | None = None
    """What is said instead when it is not known whether it has arrived: a code is not said twice."""


Event = Incoming | Reached | Moved | Unreadable
Receive = Callable[[Event], Awaitable[bool]]
"""Commits an event, and says whether it is new; the messenger is told that it was taken only after that."""
Push = Callable[[Mapping[str, str], bytes], Awaitable[int]]
"""A webhook: given the headers and the body of a request, the status to answer with."""


@dataclass(frozen=True, slots=True)
class Door:
    """A link that opens the bot's chat."""

    channel: str
    url: str
    knows_code: bool
    """Whether the code goes with it, or has to be typed."""
    most: int | None = None
    """How many people it serves at most; None without a limit."""


Entries = Sequence[tuple[str, str]]
"""A menu: commands with their titles."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check has found; `well` is None for what somebody may want to look at."""

    well: bool | None
    what: Text


def webhook_finding(name: str, there: str, wanted: str) -> Finding:
    """Whether a messenger calls where it should."""
    if there == wanted:
        return Finding(
            True, _("{name}: calls {url}", name=name, url=there) if there else _("{name}: is polled", name=name)
        )
    return Finding(
        None,
        _(
            "{name}: the webhook there is «{there}», the setting says «{wanted}»; the server sets it when it starts.",
            name=name,
            there=there,
            wanted=wanted,
        ),
    )


TOPIC = "#"
"""Stands between a forum and its topic in an address."""


def place_of(address: str) -> str:
    """The chat of an address, whatever topic of it: all its topics share one pace."""
    return address.partition(TOPIC)[0]


class Channel(Protocol):
    """A messenger."""

    name: str
    look: str
    pace: Pace | None
    """How fast it may be sent to; None without a limit."""
    quota: int | None
    """How many messages a month it takes; None without a limit."""

    @property
    def good(self) -> float | None:
        """When it last heard from its messenger (monotonic seconds); None before the first time."""

    async def listen(self, receive: Receive) -> None:
        """Take messages in for ever; each is committed before it is confirmed."""

    def hook(self, receive: Receive) -> tuple[str, Push] | None:
        """The path of its webhook and what answers there; None when it polls."""

    async def send(self, address: str, body: Mapping[str, Any], files: Sequence[Attachment], skip: int = 0) -> Result:
        """Send the part of a drawn message that comes after the first `skip`: each waits for its place in the pace.

        Never raises for what the messenger answers.
        """

    async def edit(self, address: str, message: str, body: Mapping[str, Any]) -> Result:
        """Put a drawn message in the place of an earlier one; REFUSED where that cannot be."""

    async def fetch(self, source: str) -> bytes | None:
        """A file that waits there; None where it never comes or is too large; raises NotFetched."""

    def door(self, code: str) -> Door | None:
        """A link that opens the bot's chat with an invitation's code; None while it is not known."""

    async def dress(self, address: str, menus: Mapping[str, Entries]) -> bool | None:
        """Show this menu in this chat, by language; False when it may be tried again, None where there is none."""

    def parts(self, body: Mapping[str, Any]) -> int:
        """How many messages one drawn message is."""

    def crowd(self, address: str) -> bool:
        """Whether many read at this address."""

    def examine(self) -> AsyncIterator[Finding]:
        """Is the token known, can the messenger be reached, what of the webhook, what time is it there?"""

    async def peek(self) -> Sequence[Mapping[str, Any]]:
        """Updates as they come, once; not to be asked for while a server listens."""

    async def hang_up(self) -> None:
        """End the connections it listens on: they may be stuck; it may listen again afterwards."""

    async def close(self) -> None:
        """End every connection."""
