"""Event streams (SSE): what each open page is sent, from the place it has, until it closes. Runs in the event loop."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from typing import Any

from aiohttp import web

from bot.channels import limits
from bot.channels.web.core import PageCore
from bot.channels.web.requests import RequestRefused
from bot.channels.web.visitors import token_of

BEAT = 15.0
"""Seconds between two signs of life on an idle stream; a page that sees none of three connects again."""

MOST = 500
"""Messages of a chat read at once."""


class EventStreams:
    """The open pages, each with the device it belongs to."""

    def __init__(self, core: PageCore) -> None:
        self._core = core
        self._open: dict[asyncio.Event, str] = {}
        """What is set when the clock moves or the server stops, and whose device the page is on."""
        self._closed = False

    def clock_moved(self) -> None:
        """Tell every page what time it is now."""
        for event in self._open:
            event.set()

    def close(self) -> None:
        """End every stream."""
        self._closed = True
        self.clock_moved()

    async def serve(
        self, request: web.Request, device: str, after: dict[str, int], headers: Mapping[str, str]
    ) -> web.StreamResponse:
        """Send all chats of a page in one stream: a browser opens six connections to a server, for all its tabs.

        Every message names its chat (`to`); `here` says that all that stood in the chats has been sent.
        """
        if list(self._open.values()).count(device) >= limits.STREAMS and not self._core.demo:
            raise RequestRefused(429, limits.TOO_MANY_PAGES, limits.SLOW)
        response = web.StreamResponse(headers={**headers, "Content-Type": "text/event-stream"})
        await response.prepare(request)
        moved = asyncio.Event()
        self._open[moved] = device
        try:
            async for chunk in self._events(after, moved, token_of(request)):
                await response.write(chunk)
        except (ConnectionResetError, asyncio.CancelledError):
            pass
        finally:
            del self._open[moved]
        return response

    async def _events(self, after: dict[str, int], moved: asyncio.Event, token: str) -> AsyncIterator[bytes]:
        yield self._clock()
        whole = False
        while not self._closed:
            changed = asyncio.create_task(self._core.changed(tuple(after)))
            if not self._core.demo and await self._core.device(token) is None:  # its session was ended
                changed.cancel()
                return
            for who, seq in after.items():
                more = True
                while more:
                    found = await self._core.after(who, seq, MOST)
                    for message in found:
                        yield _event("message", {**message, "to": who})
                        after[who] = seq = int(message["seq"])
                    more = len(found) == MOST  # what comes from now on rings
            if not whole:
                whole = True
                yield _event("here", {})
                changed.cancel()
                continue  # a chat is known once it was read: only from now on is nothing missed while waiting
            ticked = asyncio.create_task(moved.wait())
            done, waiting = await asyncio.wait({changed, ticked}, timeout=BEAT, return_when=asyncio.FIRST_COMPLETED)
            for task in waiting:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
            if ticked in done:
                moved.clear()
                yield self._clock()
            elif not done:
                yield _event("beat", {})

    def _clock(self) -> bytes:
        return _event("clock", {"now": self._core.now().isoformat(timespec="seconds")})


def _event(kind: str, data: Mapping[str, Any]) -> bytes:
    return f"event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()
