"""What a messenger is to the core: `listen` and `send`, and optional capabilities, asked for with `isinstance`.

Every method runs on the event loop. A messenger names its capabilities as its bases; what it lacks has no method there.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from bot.channels.messages import Attachment, Receive, Result
from bot.channels.rate_limit import Pace
from bot.language import Text, _

Push = Callable[[Mapping[str, str], bytes], Awaitable[int]]
"""A webhook: given the headers and the body of a request, return the status to answer with."""
Entries = Sequence[tuple[str, str]]
"""A menu: commands with their titles."""


@dataclass(frozen=True, slots=True)
class InviteLink:
    """A link that opens the bot's chat."""

    channel: str
    url: str
    knows_code: bool
    """Whether the code goes with it, or has to be typed."""
    most: int | None = None
    """How many people it serves at most; None without a limit."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check has found; `well` is None for what somebody may want to look at."""

    well: bool | None
    what: Text


class Channel(Protocol):
    """A messenger."""

    name: str
    look: str
    pace: Pace | None
    """How fast it may be sent to; None without a limit."""
    quota: int | None
    """How many messages a month it takes; None without a limit."""

    async def listen(self, receive: Receive) -> None:
        """Receive messages for ever; confirm each only after it was committed."""

    async def send(self, address: str, body: Mapping[str, Any], files: Sequence[Attachment], skip: int = 0) -> Result:
        """Send one part of a drawn message: the one after the first `skip`. Return every failure as an outcome."""


# Capabilities ---------------------------------------------------------------------------------------


@runtime_checkable
class Edits(Protocol):
    """It changes messages that have arrived."""

    async def edit(self, address: str, message: str, body: Mapping[str, Any]) -> Result:
        """Replace an earlier message with a drawn one; REFUSED where that cannot be."""


@runtime_checkable
class Fetches(Protocol):
    """It keeps the files that people send until they are fetched."""

    async def fetch(self, source: str) -> bytes | None:
        """Return a file that waits there; None where it never comes or is too large; raise NotFetched, OutOfReach."""


@runtime_checkable
class HasMenu(Protocol):
    """It shows a menu of commands in each chat."""

    async def set_menu(self, address: str, menus: Mapping[str, Entries]) -> bool:
        """Show this menu in this chat, by language; False when it may be tried again."""


@runtime_checkable
class HasGroups(Protocol):
    """It knows groups by their address."""

    def is_group(self, address: str) -> bool:
        """Return whether many read at this address."""


@runtime_checkable
class Invites(Protocol):
    """It has links that open the bot's chat."""

    def invite_link(self, code: str) -> InviteLink | None:
        """Return the link for an invitation's code; None while it is not known."""


def invite_links(channels: Iterable[Channel], code: str) -> list[InviteLink]:
    """Return the link of every channel that has one."""
    able = [each for each in channels if isinstance(each, Invites)]
    return [link for each in able if (link := each.invite_link(code)) is not None]


@runtime_checkable
class Calls(Protocol):
    """It may call a webhook instead of being polled."""

    def hook(self, receive: Receive) -> tuple[str, Push] | None:
        """Return the path of the webhook and what answers there; None when it is polled."""


@runtime_checkable
class Watched(Protocol):
    """Its connections may get stuck."""

    @property
    def good(self) -> float | None:
        """When it last heard from its messenger (monotonic seconds); None before the first time."""

    async def hang_up(self) -> None:
        """End the connections that it listens on; it may listen again afterwards."""


@runtime_checkable
class Closes(Protocol):
    """It holds connections."""

    async def close(self) -> None:
        """End every connection."""


@runtime_checkable
class Examines(Protocol):
    """It can say for the doctor whether it is set up well."""

    def examine(self) -> AsyncIterator[Finding]:
        """Check the token, the connection, the webhook, the time there."""

    async def peek(self) -> Sequence[Mapping[str, Any]]:
        """Return updates as they come, once; not while a server listens."""


def webhook_finding(name: str, there: str, wanted: str) -> Finding:
    """Tell whether a messenger calls where it should."""
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
