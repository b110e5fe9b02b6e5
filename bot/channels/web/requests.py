"""What is read of a request: up to which size, how long, and how many at once. Runs in the event loop; keeps nothing."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any, NoReturn

from aiohttp import web
from aiohttp.multipart import BodyPartReader

from bot.channels import limits
from bot.language import Text, Words

CHUNK = 64 * 1024
FIELD = 4 * limits.TEXT + 1024
"""Bytes of a field beside files: a text of the longest kind in its widest letters, and then some."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a message."""

    name: str
    kind: str
    data: bytes


class RequestRefused(Exception):
    """The request is not taken: a status, the sentence that says why, in how many seconds it may be tried again."""

    def __init__(self, status: int, why: Text, after: float = 0.0) -> None:
        super().__init__(why.message)
        self.status, self.why, self.after = status, why, after

    def answer(self, words: Words) -> web.Response:
        """Return the refusal as a response."""
        response = web.json_response({"error": words.say(self.why)}, status=self.status)
        if self.after:
            response.headers["Retry-After"] = str(max(1, round(self.after)))
        return response


def not_understood() -> NoReturn:
    """Refuse a request that makes no sense."""
    raise RequestRefused(400, limits.NOT_UNDERSTOOD)


async def fields_of(request: web.Request, most: int = limits.BODY) -> dict[str, str]:
    """Read the fields of a request without files: every value as text, without those that are null."""
    raw = await whole_of(request, most)
    try:
        said = json.loads(raw)
    except (ValueError, RecursionError):
        not_understood()
    if not isinstance(said, dict):
        not_understood()
    return {name: _text(value) for name, value in said.items() if value is not None}


def _text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        not_understood()
    try:
        return str(value)
    except ValueError:  # a number of thousands of digits
        not_understood()


async def whole_of(request: web.Request, most: int) -> bytes:
    """Read the body of a request; raise Refused where it is too large or too slow."""
    if (request.content_length or 0) > most:
        raise RequestRefused(413, limits.TOO_MUCH_TEXT)
    body = bytearray()
    try:
        async with asyncio.timeout(limits.SLOW):
            async for chunk in request.content.iter_chunked(CHUNK):
                body += chunk
                if len(body) > most:
                    raise RequestRefused(413, limits.TOO_MUCH_TEXT)
    except TimeoutError:
        raise RequestRefused(408, limits.TOO_SLOW) from None
    except (ConnectionError, ValueError, web.RequestPayloadError):
        not_understood()
    return bytes(body)


async def message_of(request: web.Request) -> tuple[dict[str, str], list[Upload]]:
    """Read the fields and files of a message in pieces; raise Refused as soon as they pass a limit."""
    if (request.content_length or 0) > limits.MESSAGE:
        raise RequestRefused(413, limits.TOO_LARGE)
    try:
        async with asyncio.timeout(limits.SLOWEST):
            return await _parts(request)
    except TimeoutError:
        raise RequestRefused(408, limits.TOO_SLOW) from None
    except (ConnectionError, ValueError, LookupError, AssertionError, web.RequestPayloadError):
        # What aiohttp says of a body that breaks off or is no multipart at all.
        not_understood()


async def _parts(request: web.Request) -> tuple[dict[str, str], list[Upload]]:
    fields: dict[str, str] = {}
    files: list[Upload] = []
    left = limits.MESSAGE
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            not_understood()
        if len(fields) + len(files) > limits.FILES + 8:
            raise RequestRefused(413, limits.TOO_LARGE)
        most = min(limits.FILE if part.filename else FIELD, left)
        data = await _read(part, most, limits.TOO_LARGE if part.filename else limits.TOO_MUCH_TEXT)
        left -= len(data)
        if part.filename:
            files.append(Upload(part.filename, part.headers.get("Content-Type", ""), data))
            if len(files) > limits.FILES:
                raise RequestRefused(413, limits.TOO_LARGE)
        else:
            fields[part.name or ""] = data.decode()
    return fields, files


async def _read(part: BodyPartReader, most: int, too_much: Text) -> bytes:
    data: list[bytes] = []
    size = 0
    while chunk := await part.read_chunk(CHUNK):
        size += len(chunk)
        if size > most:
            raise RequestRefused(413, too_much)
        data.append(bytes(chunk))
    return b"".join(data)


async def spent(request: web.Request) -> None:
    """Read and drop the rest for a moment: a browser that still sends does not read the answer."""
    left = 2 * limits.MESSAGE
    with suppress(TimeoutError, ConnectionError, ValueError, web.RequestPayloadError):
        async with asyncio.timeout(limits.SLOW / 3):
            while left > 0 and (chunk := await request.content.read(CHUNK)):
                left -= len(chunk)


class Uploads:
    """Queue messages with files: they are in memory until they are stored."""

    def __init__(self) -> None:
        self._all = asyncio.Semaphore(limits.UPLOADS)
        self._each: dict[str, asyncio.Semaphore] = {}
        self._waiting: Counter[str] = Counter()

    @asynccontextmanager
    async def turn(self, whose: str) -> AsyncIterator[None]:
        """Wait for a place for one more message of this device; raise Refused when there is none in time."""
        mine = self._each.setdefault(whose, asyncio.Semaphore(limits.UPLOADS_EACH))
        self._waiting[whose] += 1
        try:
            try:
                async with asyncio.timeout(limits.WAITS):
                    await mine.acquire()
            except TimeoutError:
                raise RequestRefused(503, limits.BUSY, limits.WAITS) from None
            try:
                try:
                    async with asyncio.timeout(limits.WAITS):
                        await self._all.acquire()
                except TimeoutError:
                    raise RequestRefused(503, limits.BUSY, limits.WAITS) from None
                try:
                    yield
                finally:
                    self._all.release()
            finally:
                mine.release()
        finally:
            self._waiting[whose] -= 1
            if not self._waiting[whose]:
                del self._waiting[whose], self._each[whose]


def address_of(request: web.Request) -> str:
    """Return the address that asks: the peer, or the last one that the reverse proxy on this machine names."""
    peer = request.remote or ""
    named = request.headers.get("X-Forwarded-For", "").rsplit(",", 1)[-1].strip()
    try:
        if named and ip_address(peer).is_loopback:
            return counted_as(named)
        return counted_as(peer)
    except ValueError:
        return peer


def counted_as(address: str) -> str:
    """Return an address as limits count it: of IPv6 the whole /64 network, which every machine has to itself."""
    found = ip_address(address)
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or ip_network((found, 64), strict=False).network_address)
    return str(found)


def place_of(said: str | None) -> int:
    """Read a place in a chat or the number of a file: not negative, not larger than the database can hold."""
    if said is None or not said.isascii() or not said.isdecimal() or len(said) > 15:
        not_understood()
    return int(said)


def required(fields: Mapping[str, str], name: str, longest: int = 200) -> str:
    """Return a field that must be there, no longer than a page makes it."""
    value = fields.get(name, "")
    if not value or len(value) > longest:
        not_understood()
    return value
