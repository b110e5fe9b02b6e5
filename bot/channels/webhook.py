"""The webhook of a messenger: at which address it calls, and the secret that proves it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where a messenger calls one bot."""

    address: str
    """"" where the bot is polled."""
    token: str
    header: str
    """The header that brings the secret."""

    @property
    def path(self) -> str:
        """The path of its address, as a request has it."""
        return unquote(urlsplit(self.address).path)

    @property
    def secret(self) -> str:
        """What the messenger says with every call; made from the token, so that it need not be stored."""
        return sha256(f"webhook:{self.token}".encode()).hexdigest()

    def proven(self, headers: Mapping[str, str]) -> bool:
        """Whether a call is the messenger's."""
        said = headers.get(self.header, "").encode(errors="surrogateescape")
        return compare_digest(said, self.secret.encode())
