"""Links to files for messengers that take none: signed, of one chat, good for a week. Pure, over a clock that is given.

A link only says that it is one of ours: whether its file may still be read is asked of the person of its chat when it is used.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from hashlib import sha256
from hmac import compare_digest
from hmac import new as hmac
from urllib.parse import quote

GOOD_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class FileLink:
    """A link to a file, and until when it is good."""

    url: str
    until: datetime


class LinkState(Enum):
    """What a link is when it is used."""

    GOOD = "good"
    OVER = "over"
    """One of ours, and too old."""
    NOT_OURS = "not ours"


class Links:
    """Makes and checks links under a public address; without one there are none."""

    def __init__(self, public: str, now: Callable[[], datetime]) -> None:
        self.public, self._now = public.rstrip("/"), now
        self.key = b""
        """Set once the file is open: links outlive a restart."""

    def of(self, id: int, name: str, chat: int) -> FileLink | None:
        """Return a link to a file that is sent in a chat; None where there is no public address."""
        if not self.public or not self.key:
            return None
        until = self._now().replace(microsecond=0) + GOOD_FOR
        at = int(until.timestamp())
        url = f"{self.public}/shared/{id}/{chat}/{at}/{self._signed(id, at, chat)}/{quote(name, safe='')}"
        return FileLink(url, until)

    def state(self, id: int, until: int, signature: str, chat: int | None = None) -> LinkState:
        """Return whether this link is one of ours and not too old; those of earlier versions name no chat."""
        ours = bool(self.key) and compare_digest(self._signed(id, until, chat).encode(), signature.encode())
        if not ours:
            return LinkState.NOT_OURS
        return LinkState.GOOD if self._now().timestamp() < until else LinkState.OVER

    def _signed(self, id: int, until: int, chat: int | None) -> str:
        signed = f"{id}:{until}" if chat is None else f"{id}:{chat}:{until}"
        return hmac(self.key, signed.encode(), sha256).hexdigest()[:40]
