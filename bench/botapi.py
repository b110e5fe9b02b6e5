"""A Bot API server that is as light as can be, with people who type: they wait for each reply, then go on.

Run as a process of its own: `python -m bench.botapi PORT`; `POST /play` says what to do and answers with figures.
"""

import asyncio
import sys
from collections.abc import Mapping, Sequence
from itertools import count
from json import loads
from time import perf_counter
from typing import Any

from aiohttp import web

TOKEN = "123456:BENCH"
ME = {"id": 123456, "is_bot": True, "first_name": "bench", "username": "bench_bot"}


class BotApi:
    """The server and the people at it."""

    def __init__(self) -> None:
        self._waiting: list[dict[str, Any]] = []
        self._new, self._ids = asyncio.Event(), count(1000)
        self._delay = 0.0
        self._said: dict[int, tuple[float, asyncio.Future[float]]] = {}
        self.first_poll: float | None = None
        self.sent: list[tuple[float, int]] = []
        """When and where every message arrived."""
        self._allowance = (30.0, 0.0)
        self._allowances: dict[int, tuple[float, float]] = {}
        self.refused = 0
        self.limited = False

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/play", self._play)
        app.router.add_post("/forget", self._forget)
        app.router.add_get("/seen", self._seen)
        app.router.add_post("/bot{token}/getUpdates", self._updates)
        app.router.add_post("/bot{token}/sendMessage", self._send)
        app.router.add_post("/bot{token}/{method}", self._other)
        return app

    # What the bot calls -----------------------------------------------------------------------

    async def _updates(self, request: web.Request) -> web.Response:
        if self.first_poll is None:
            self.first_poll = perf_counter()
        asked = await _given(request)
        offset = int(asked.get("offset") or 0)
        if offset:
            self._waiting = [each for each in self._waiting if each["update_id"] >= offset]
        if not self._waiting:
            self._new.clear()
            try:
                async with asyncio.timeout(min(float(asked.get("timeout") or 0), 5.0)):
                    await self._new.wait()
            except TimeoutError:
                pass
        return web.json_response({"ok": True, "result": self._waiting[:100]})

    async def _send(self, request: web.Request) -> web.Response:
        asked = await _given(request)
        chat = int(asked["chat_id"])
        now = perf_counter()
        if self.limited and not (self._allowed(now) and self._allowed_here(now, chat)):
            self.refused += 1
            wrong = {"ok": False, "error_code": 429, "description": "slower", "parameters": {"retry_after": 2}}
            return web.json_response(wrong, status=429)
        if self._delay:
            await asyncio.sleep(self._delay)
        self.sent.append((now, chat))
        aside = bool(asked.get("disable_notification"))  # it only takes a keyboard away: the reply comes after it
        began, told = (0.0, None) if aside else self._said.pop(chat, (0.0, None))
        if told is not None and not told.done():
            told.set_result(perf_counter() - began)
        message = {
            "message_id": next(self._ids),
            "date": 1_790_000_000,
            "chat": {"id": chat, "type": "private"},
            "text": "x",
        }
        return web.json_response({"ok": True, "result": message})

    def _allowed(self, now: float) -> bool:
        """Thirty a second over all, as Telegram lets through."""
        left, at = self._allowance
        left = min(30.0, left + (now - at) * 30)
        self._allowance = (left - (left >= 1), now)
        return left >= 1

    def _allowed_here(self, now: float, chat: int) -> bool:
        """One a second to one chat, after three at once."""
        left, at = self._allowances.get(chat, (3.0, now))
        left = min(3.0, left + now - at)
        self._allowances[chat] = (left - (left >= 1), now)
        return left >= 1

    async def _other(self, request: web.Request) -> web.Response:
        result: Any = ME if request.match_info["method"] == "getMe" else True
        return web.json_response({"ok": True, "result": result})

    # What the people do -----------------------------------------------------------------------

    async def _say(self, chat: int, text: str, wait: bool = True) -> float:
        """Type, and wait for the reply; how long it took."""
        told: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._said[chat] = (perf_counter(), told)
        entities = (
            [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
            if text.startswith("/")
            else []
        )
        message = {
            "message_id": next(self._ids),
            "date": 1_790_000_000,
            "text": text,
            "entities": entities,
            "chat": {"id": chat, "type": "private", "first_name": "x"},
            "from": {"id": chat, "is_bot": False, "first_name": "x"},
        }
        self._waiting.append({"update_id": next(self._ids), "message": message})
        self._new.set()
        return await asyncio.wait_for(told, 60)

    async def _play(self, request: web.Request) -> web.Response:
        """{"chats": {id: [lines]}, "delay": seconds, "gap": seconds between two messages of everybody}."""
        asked = await request.json()
        self._delay, gap = asked.get("delay", 0.0), asked.get("gap", 0.0)
        began, took = perf_counter(), list[float]()

        async def person(chat: int, lines: Sequence[str], after: float) -> None:
            await asyncio.sleep(after)
            for line in lines:
                took.append(await self._say(chat, line))
                await asyncio.sleep(gap)

        every = gap / max(1, len(asked["chats"]))
        await asyncio.gather(
            *(person(int(chat), lines, n * every) for n, (chat, lines) in enumerate(asked["chats"].items()))
        )
        return web.json_response({"seconds": perf_counter() - began, "took": took})

    async def _forget(self, request: web.Request) -> web.Response:
        self.first_poll, self.sent, self.refused = None, [], 0
        self.limited = bool((await request.json()).get("limited"))
        return web.json_response({})

    async def _seen(self, request: web.Request) -> web.Response:
        return web.json_response({"first_poll": self.first_poll, "sent": self.sent, "refused": self.refused})


async def _given(request: web.Request) -> Mapping[str, Any]:
    if request.content_type == "application/json":
        given: Mapping[str, Any] = await request.json(loads=loads)
        return given
    return {name: str(value) for name, value in (await request.post()).items()}


def main() -> None:
    """Serve on a port of this machine."""
    web.run_app(BotApi().app(), host="127.0.0.1", port=int(sys.argv[1]), access_log=None, print=None)


if __name__ == "__main__":
    main()
