"""Links to files for messengers that take none: signed, and good for a week. Pure, over a clock that is given."""

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from hmac import new as hmac
from urllib.parse import quote

GOOD_FOR = timedelta(days=7)


class Links:
    """Makes and checks links under a public address; without one there are none."""

    def __init__(self, public: str, now: Callable[[], datetime]) -> None:
        self.public, self._now = public.rstrip("/"), now
        self.key = b""
        """Set once the file is open: links outlive a restart."""

    def of(self, id: int, name: str) -> str:
        """Return a link to a file; "" where there is no public address."""
        if not self.public or not self.key:
            return ""
        until = int((self._now() + GOOD_FOR).timestamp())
        return f"{self.public}/shared/{id}/{until}/{self._signed(id, until)}/{quote(name, safe='')}"

    def good(self, id: int, until: int, signature: str) -> bool:
        """Return whether this link is one of ours and not too old."""
        fresh = self._now().timestamp() < until
        return bool(self.key) and fresh and compare_digest(self._signed(id, until).encode(), signature.encode())

    def _signed(self, id: int, until: int) -> str:
        return hmac(self.key, f"{id}:{until}".encode(), sha256).hexdigest()[:40]
