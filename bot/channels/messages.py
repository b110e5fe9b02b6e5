"""What passes between the core and a messenger: events in, drawn messages and their outcomes out. Pure values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from bot.channels import limits
from bot.language import Part, _

LARGEST = limits.FILE
"""Bytes of a file that is taken in."""
LOCAL = "local"
"""The channel whose chats are the database itself: the web chat and the terminal. Nothing is sent there."""


def spoken(channel: str) -> Part:
    """Return what people call a channel: «zalo:1234» is Zalo."""
    return _("the web page") if channel == LOCAL else channel.partition(":")[0].capitalize()


class Outcome(StrEnum):
    """What became of one request to send."""

    SENT = "sent"
    LATER = "later"
    """Not taken now (no network, an error of the server): retry after `wait` seconds."""
    SLOWER = "slower"
    """Too fast for this chat: retry after `wait` seconds."""
    FULL = "full"
    """The messenger takes nothing more for now: its channel rests, the others go on."""
    UNSURE = "unsure"
    """The request had left when the connection broke: in doubt, it may have arrived."""
    GONE = "gone"
    """Nobody is there any more: blocked, deleted."""
    MOVED = "moved"
    """The chat has another address now: `address`."""
    REFUSED = "refused"
    """The messenger does not take this message, now or ever."""


@dataclass(frozen=True, slots=True)
class Result:
    """An outcome with its details."""

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


class PublicLink(Protocol):
    """A link to a file that ends."""

    @property
    def url(self) -> str:
        """Its address."""

    @property
    def until(self) -> datetime:
        """Until when it is good."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes out with a message."""

    name: str
    kind: str
    bytes: bytes
    link: PublicLink | None = None
    """Where a messenger that takes no files finds it; None without a public address."""
    own: bool = False
    """Whether people have sent it: the message says nothing of what is in it."""
    known: str = ""
    """What the messenger that it goes to calls it already, where it came from there."""


class Missing(StrEnum):
    """What a message had that did not come with it."""

    NOTHING = ""
    FILE = "file"
    """A file that is too large, or cannot be fetched."""
    AWAY = "away"
    """A file on the messenger's server that this process may not read."""
    EMPTY = "empty"
    """A file of no bytes at all."""
    STICKER = "sticker"
    """A sticker, a moving picture, a die: a gesture."""
    VOICE = "voice"
    """Something spoken or played."""
    FILM = "film"
    PLACE = "place"
    """A place on the map."""
    CARD = "card"
    """Somebody's number, out of the list of contacts."""
    KIND = "kind"
    """Anything else that nothing here reads, or that the messenger does not hand to bots: a link."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that waits at its messenger; `source` is what to ask for there."""

    source: str
    name: str
    kind: str


class OutOfReach(Exception):
    """A file lies where this process may not read it: the administrator has to see to that."""


class NotFetched(Exception):
    """The connection broke while a file was fetched: retry."""


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
    """Said in a group: only what everybody may know is answered there."""
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
    """Something that no parser knows: it is parked and holds up nobody."""

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
    """Rows merged into this message; they share its outcome."""
    edits: int | None = None
    """The row of the outbox whose message this one replaces."""
    again: Mapping[str, Any] | None = None
    """Its body on a retry after doubt: a code is not said twice."""


Event = Incoming | Reached | Moved | Unreadable


class Receive(Protocol):
    """What a messenger hands its events to."""

    async def __call__(self, event: Event, /) -> bool:
        """Commit an event and return whether it is new; only then is the messenger told that it was taken."""


TOPIC = "#"
"""Stands between a forum and its topic in an address."""


def place_of(address: str) -> str:
    """Return the chat of an address without its topic: all topics share one pace."""
    return address.partition(TOPIC)[0]
