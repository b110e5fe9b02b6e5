"""The JSON methods of Zalo's Bot Platform over aiohttp: https://docs.zaloplatforms.com/docs/BOT/. Runs on the event loop."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.channels import limits
from bot.channels.messages import NotFetched

STALLED = 30.0
"""Seconds without a byte after which a picture is given up."""
TIMEOUT = 408
"""Nothing has come while a poll was open; that is silence, not an error."""


class NotSent(Exception):
    """The request has not left: it may be repeated without doubt."""


class NoAnswer(Exception):
    """The request has left and the line broke: it may have been done."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What Zalo answered; a code of 0 is success."""

    code: int
    result: Any = None
    why: str = ""


HOSTS = (".zdn.vn", ".zadn.vn", ".zaloplatforms.com", ".zaloapp.com", ".zalo.me", ".zapps.me")
"""Where Zalo keeps what people send; nothing is fetched from anywhere else, whatever an update says."""


def is_zalos(url: str, api: str) -> bool:
    """Return whether a picture is at Zalo: on one of its hosts by https, or where its interface itself is."""
    try:
        given, own = urlsplit(url), urlsplit(api)
        if (given.scheme, given.hostname, given.port) == (own.scheme, own.hostname, own.port):
            return True
        host = f".{given.hostname or ''}".lower()
        return given.scheme == "https" and given.port in (None, 443) and host.endswith(HOSTS)
    except ValueError:
        return False


class Client:
    """One bot's line to Zalo."""

    def __init__(self, token: str, api: str) -> None:
        self._api = api
        self._root = f"{api.rstrip('/')}/bot{token}"
        self._session: aiohttp.ClientSession | None = None

    async def call(self, method: str, seconds: float = 20.0, **params: Any) -> Reply:
        """Call one method; raise NotSent or NoAnswer, never for what Zalo says."""
        try:
            async with self._open().post(f"{self._root}/{method}", json=params, timeout=_within(seconds)) as reply:
                return read(reply.status, await reply.read())
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSent(type(error).__name__) from None
        except (TimeoutError, aiohttp.ClientError) as error:
            # No text of the error: it holds the address, and the address holds the token.
            raise NoAnswer(type(error).__name__) from None

    async def fetch(self, url: str, largest: int) -> bytes | None:
        """Return a picture that somebody sent; None for one that is too large or is not there; raise NotFetched."""
        if not is_zalos(url, self._api):
            return None
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=5, sock_read=STALLED)
        try:
            async with self._open().get(url, timeout=timeout, allow_redirects=False) as reply:
                if reply.status >= 500:
                    raise NotFetched(f"status {reply.status}")
                if reply.status != 200:
                    return None
                data = bytearray()
                async for chunk in reply.content.iter_chunked(65_536):
                    data += chunk
                    if len(data) > largest:
                        return None
                return bytes(data)
        except aiohttp.InvalidURL:
            return None
        except (TimeoutError, aiohttp.ClientError) as error:
            raise NotFetched(type(error).__name__) from None

    async def close(self) -> None:
        """End the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=limits.CONNECTIONS))
        return self._session


def _within(seconds: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=seconds + 5, sock_connect=5, sock_read=seconds)


def read(status: int, data: bytes) -> Reply:
    """Read a reply by its body, then by its status: an error may come with 200, and a wrong token with no JSON at all."""
    try:
        said = json.loads(data)
    except ValueError:
        said = None
    if not isinstance(said, dict) or "ok" not in said:
        # Words of somebody on the way: under an error nothing was taken, under 200 nobody knows.
        return Reply(status if status >= 400 else 504, why="no JSON")
    if said["ok"]:
        return Reply(0, said.get("result"))
    given = said.get("error_code", said.get("errorCode"))
    code = int(str(given)) if str(given).isdigit() else status
    return Reply(code if code >= 400 else 502, said.get("result"), str(said.get("description", "")))
