"""python-telegram-bot's request class over aiohttp, for httpx slows down with sends in parallel. Runs on the event loop."""

import json
from functools import cache
from typing import Any

import aiohttp
from pydantic_core import from_json, to_json
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import BaseRequest, RequestData

from bot.channels import limits

STALLED = 30.0
"""Seconds without a byte after which a file is given up; while it comes it may take its time."""
UPLOAD = aiohttp.ClientTimeout(total=300.0, sock_connect=5, sock_read=60.0)
"""A request with files takes its time on a slow line; once all has left, the answer comes within a minute."""
JSON = {"Content-Type": "application/json"}


class NotConnected(NetworkError):
    """The request has not left: it may be repeated without doubt."""


class AioRequest(BaseRequest):
    """One aiohttp session for all requests of a bot."""

    def __init__(self, proxy: str = "", seconds: float = 20.0) -> None:
        self._proxy, self._seconds = proxy or None, seconds
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds an answer may take."""
        return self._seconds

    async def initialize(self) -> None:
        """Open the session."""
        self._open()

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=limits.CONNECTIONS), cookie_jar=aiohttp.DummyCookieJar()
            )
        return self._session

    async def shutdown(self) -> None:
        """Close the session."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = None,
        write_timeout: Any = None,
        connect_timeout: Any = None,
        pool_timeout: Any = None,
    ) -> tuple[int, bytes]:
        """Make one request of python-telegram-bot's."""
        seconds = read_timeout if isinstance(read_timeout, int | float) else self._seconds
        with_files = request_data is not None and request_data.contains_files
        within = UPLOAD if with_files else _timeout(seconds)
        status, data = await self._ask(url, method, within, **_body(request_data))
        if method == "POST" and unclear(status, data):
            raise TimedOut(f"status {status}")
        return status, data

    async def ask(self, url: str, asked: dict[str, Any], seconds: float) -> tuple[int, bytes]:
        """Make one request with JSON; return its answer unread: raw updates survive what no type knows yet."""
        return await self._ask(url, "POST", _timeout(seconds), data=to_json(asked), headers=JSON)

    async def fetch(self, url: str, largest: int) -> bytes | None:
        """Return a file, as long as it keeps coming; None for one that is too large."""
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=5, sock_read=STALLED)
        try:
            async with self._open().get(url, timeout=timeout, proxy=self._proxy) as reply:
                if reply.status != 200:
                    raise NetworkError(f"status {reply.status}")
                data = bytearray()
                async for chunk in reply.content.iter_chunked(65_536):
                    data += chunk
                    if len(data) > largest:
                        return None
                return bytes(data)
        except (TimeoutError, aiohttp.ClientError) as error:
            raise TimedOut(type(error).__name__) from None

    async def _ask(self, url: str, method: str, within: aiohttp.ClientTimeout, **body: Any) -> tuple[int, bytes]:
        """Make a request; raise TimedOut for what left and was not answered, NotConnected for what did not leave."""
        try:
            async with self._open().request(method, url, timeout=within, proxy=self._proxy, **body) as reply:
                return reply.status, await reply.read()
        except (
            aiohttp.ClientConnectorError,
            aiohttp.ConnectionTimeoutError,
            aiohttp.ClientHttpProxyError,  # the proxy has refused the way: nothing has left it
        ) as error:
            raise NotConnected(type(error).__name__) from error
        except (TimeoutError, aiohttp.ClientError) as error:
            # No text of the error: it holds the address, and the address holds the token.
            raise TimedOut(type(error).__name__) from error


@cache
def _timeout(seconds: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=seconds, sock_connect=5)


def _body(data: RequestData | None) -> dict[str, Any]:
    if data is None:
        return {}
    if not data.contains_files:
        return {"data": data.json_parameters}
    form = aiohttp.FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in (data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return {"data": form}


ERRORS: dict[int, type[TelegramError]] = {400: BadRequest, 403: Forbidden}


def unclear(status: int, data: bytes) -> bool:
    """Return whether an answer leaves open if the request was done: a gateway timed out, or answered in its own words."""
    return status == 504 or (status == 200 and not data.lstrip().startswith((b'{"ok"', b'{ "ok"')))


def message_of(data: bytes) -> str:
    """Return what Telegram calls the message it has just taken; "" where the answer does not say it."""
    try:
        return str(from_json(data)["result"]["message_id"])
    except (ValueError, KeyError, TypeError):
        return ""


def error_of(status: int, data: bytes) -> TelegramError:
    """Return the error that an answer means: https://core.telegram.org/bots/api#responseparameters."""
    if unclear(status, data):
        return TimedOut(f"status {status}")
    try:
        said = json.loads(data)
        why, more = str(said.get("description", status)), said.get("parameters") or {}
    except (ValueError, AttributeError):
        why, more = str(status), {}
    if "migrate_to_chat_id" in more:
        return ChatMigrated(int(more["migrate_to_chat_id"]))
    if "retry_after" in more:
        return RetryAfter(int(more["retry_after"]))
    if status in (401, 404):
        return InvalidToken(why)
    return ERRORS.get(status, NetworkError)(why)
