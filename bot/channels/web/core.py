"""What the web chat's server asks of the application: plain values, no aiohttp; every call runs in the event loop."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.channels.web.requests import Upload
from bot.language import Terms


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody the page may speak as."""

    id: str
    name: str
    title: str


Found = tuple[str, str, bytes] | str | None
"""A file: name, content type, bytes; or the sentence that says why it is not opened; None for no file of ours."""


class PageCore(Protocol):
    """What the page needs of the application; `who` is the address of a chat."""

    demo: bool
    movable: bool
    secure: bool
    """Whether the page is reached by https, so that its cookie goes no other way."""

    @property
    def terms(self) -> Terms:
        """What the office calls its own."""

    def may_say(self, who: str) -> float:
        """Return 0, or in how many seconds this chat may send one more message."""

    async def people(self) -> Sequence[Persona]:
        """List the demo's people."""

    async def receive(self, who: str, message: str, text: str, label: str, edits: str, files: Sequence[Upload]) -> None:
        """Store a message; it is committed when this returns, and a repetition is harmless."""

    async def after(self, who: str, seq: int, most: int) -> Sequence[Mapping[str, Any]]:
        """List so many messages of both sides after a place in the chat, in order."""

    async def changed(self, whose: Collection[str]) -> None:
        """Wait until something new may be in one of these chats."""

    async def seen(self, who: str, seq: int) -> None:
        """Mark everything up to here as shown by the page."""

    async def shared(self, id: int, until: int, signature: str, chat: int | None) -> Found:
        """Return the file behind a signed link, as its chat's person may read it now."""

    async def health(self) -> tuple[bool, Mapping[str, Any]]:
        """Return whether the process is well, and what waits."""

    async def metrics(self) -> bytes:
        """Return its figures for a monitor."""

    def hooks(self) -> Mapping[str, Callable[[Mapping[str, str], bytes], Awaitable[int]]]:
        """Return the paths at which messengers call, with what answers there."""

    async def file(self, who: str, id: int) -> Found:
        """Return a file of this chat, as its person may read it now."""

    def may_try(self, address: str) -> float:
        """Return 0, or in how many seconds a code may be tried from this address; asking counts as a wrong code."""

    async def login(self, code: str, address: str) -> str | None:
        """Return the token of a new session for a valid code."""

    async def device(self, token: str) -> str | None:
        """Return the address of the chat that a device may speak for."""

    async def session(self, token: str) -> Persona | None:
        """Return whose device this is."""

    def now(self) -> datetime:
        """Return the office's time."""

    async def move(self, to: str) -> datetime:
        """Move the clock to a time, to the next "day" or "event"; raise ValueError for a time that has passed."""

    async def language(self, who: str) -> str:
        """Return the language spoken in a chat."""

    async def speak(self, who: str, language: str) -> None:
        """Set the language spoken in a chat."""
