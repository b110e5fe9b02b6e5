"""Where the page is served: HOST:PORT, read strictly; on this machine only unless another address is given."""

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from bot.language import Text, _

HERE = "127.0.0.1"
LOOPBACK = frozenset({HERE, "::1", "localhost"})
_NAME = re.compile(
    r"(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen."""

    host: str
    port: int

    @property
    def here(self) -> bool:
        """Whether only this machine reaches it."""
        return self.host in LOOPBACK or self.host.startswith("127.")

    def named(self, host: str = "") -> str:
        """Return HOST:PORT, as a browser writes it."""
        host = host or self.host
        return f"[{host}]:{self.port}" if ":" in host else f"{host}:{self.port}"


def read_address(text: str) -> Address | Text:
    """Read «127.0.0.1:8080», «[::1]:8080», a name, or a port alone for this machine; return why it is none."""
    said = text.strip()
    if "/" in said:
        return _("it is a web address; give only HOST:PORT, like 127.0.0.1:8080")
    if said.startswith("["):
        host, bracket, port = said[1:].partition("]")
        if not bracket or not port.startswith(":"):
            return _("after the ] a colon and the port are needed, like [::1]:8080")
        port = port[1:]
    else:
        host, colon, port = said.rpartition(":")
        if not colon:
            host = HERE
        elif not host:
            return _(
                "the address before the colon is missing: 127.0.0.1 for this machine only, 0.0.0.0 for every network"
            )
        elif ":" in host:
            return _("an address with colons stands in brackets, like [::1]:8080")
    number = read_port(port)
    if isinstance(number, Text):
        return number
    return Address(host, number) if _is_host(host) else _("«{host}» is neither an IP address nor a name", host=host)


TAKEN = frozenset(
    {
        "static",
        "font",
        "me",
        "login",
        "events",
        "say",
        "seen",
        "clock",
        "language",
        "file",
        "shared",
        "health",
        "metrics",
    }
)
"""What the first part of a path means on the page itself."""


def read_webhook(text: str) -> str | Text:
    """Return a public address at which a messenger calls, or why it is none."""
    said = text.strip()
    found = urlsplit(said)
    if found.scheme not in ("https", "http") or not found.hostname:
        return _("a whole address is needed, like https://thidua.example.vn/telegram")
    if found.query or found.fragment:
        return _("it may have no ? and no #")
    parts = found.path.strip("/").split("/")
    if not re.fullmatch(r"(/[A-Za-z0-9._~-]+)+/?", found.path) or {".", ".."} & set(parts):
        return _(
            "a path of plain letters and digits is needed behind the name, like https://thidua.example.vn/telegram"
        )
    if parts[0] in TAKEN:
        return _("«/{path}» belongs to the page itself; choose another path", path=parts[0])
    return said


def read_port(text: str, *, any_free: bool = False) -> int | Text:
    """Return a port, or why it is none; 0 asks for any that is free, where that may be asked for."""
    if not (text.isascii() and text.isdigit()):
        return _("«{port}» is not a port: a number from 1 to 65535", port=text)
    if len(text) > 5 or int(text) > 65535 or (int(text) == 0 and not any_free):
        return _("there is no port {port}: ports go from 1 to 65535", port=text[:12])
    return int(text)


def _is_host(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return _NAME.fullmatch(host) is not None and not host.rpartition(".")[2].isdigit()
    return True
