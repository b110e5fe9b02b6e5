"""The web chat's server: POST to say, SSE to hear; a message is confirmed only after its commit."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from aiohttp import web

from bot.channels import limits
from bot.channels.web.connections import Connections, room
from bot.channels.web.door import (
    Refused,
    Upload,
    Uploads,
    address_of,
    fields_of,
    message_of,
    not_understood,
    place_of,
    required,
    spent,
    whole_of,
)
from bot.channels.web.words import PAGE_WORDS
from bot.language import Text, Words, _

HERE = Path(__file__).parent
COOKIE = "thidua"
DAYS = 30
BEAT = 15.0
"""Seconds between two signs of life on an idle stream; a page that sees none of three opens it anew."""
DIGITS = re.compile("[0-9]{1,15}")
LANGUAGES = ("vi", "en")
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class WebError(Exception):
    """The web chat cannot be served; `why` is the sentence that says so."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.message)
        self.why = why


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody the page may speak as."""

    id: str
    name: str
    title: str


class Core(Protocol):
    """What the page needs of the application; `who` is the address of a chat."""

    demo: bool
    movable: bool
    secure: bool
    """Whether the page is reached by https, so that its cookie goes no other way."""

    def may_say(self, who: str) -> float:
        """0, or in how many seconds this chat may say one more."""

    async def people(self) -> Sequence[Persona]:
        """The demo's people."""

    async def receive(self, who: str, message: str, text: str, label: str, edits: str, files: Sequence[Upload]) -> None:
        """Committed when it returns; a repetition is harmless."""

    async def after(self, who: str, seq: int) -> Sequence[Mapping[str, Any]]:
        """What stands in the chat after a place, both sides, in order."""

    async def changed(self, whose: Collection[str]) -> None:
        """Wait until something new may be in one of these chats."""

    async def seen(self, who: str, seq: int) -> None:
        """The page has shown everything up to here."""

    async def shared(self, id: int, until: int, signature: str) -> tuple[str, str, bytes] | None:
        """A file behind a signed link: name, content type, bytes."""

    async def health(self) -> tuple[bool, Mapping[str, Any]]:
        """Whether the process is well, and what waits."""

    async def metrics(self) -> bytes:
        """Its figures for a monitor."""

    def hooks(self) -> Mapping[str, Callable[[Mapping[str, str], bytes], Awaitable[int]]]:
        """Paths at which messengers call, with what answers there."""

    async def file(self, who: str, id: int) -> tuple[str, str, bytes] | None:
        """A file of this chat: name, content type, bytes."""

    def may_try(self, address: str) -> float:
        """0, or in how many seconds a code may be tried from this address; asking counts as a wrong one."""

    async def login(self, code: str, address: str) -> str | None:
        """A new session's token for a good code."""

    async def device(self, token: str) -> str | None:
        """The chat a device may speak for."""

    async def session(self, token: str) -> Persona | None:
        """Whose device this is."""

    def now(self) -> datetime:
        """The office's time."""

    async def move(self, to: str) -> datetime:
        """Move the clock: a time, "day" or "event"; raises ValueError for one that has passed."""

    async def language(self, who: str) -> str:
        """The language spoken in a chat."""

    async def speak(self, who: str, language: str) -> None:
        """Change it."""


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
KEY: web.AppKey["Server"] = web.AppKey("server")


class Server:
    """The page and its five verbs, for one application."""

    def __init__(self, core: Core, words: Words, hosts: frozenset[str]) -> None:
        self._core, self._words, self._hosts = core, words, hosts
        self._streams: dict[asyncio.Event, str] = {}
        """Open pages, and whose device each is."""
        self._runner: web.AppRunner | None = None
        self._listening: asyncio.Server | None = None
        self._connections: Connections | None = None
        self._uploads, self._anonymous = Uploads(), limits.Buckets(limits.ANONYMOUS)

    def make(self) -> web.Application:
        """The aiohttp application."""
        app = web.Application(middlewares=[self._guard], client_max_size=limits.CALL)
        app[KEY] = self
        app.add_routes(
            [
                web.get("/", self._page),
                web.get("/static/{name}", self._static),
                web.get("/font/{name}", self._font),
                web.get("/me", self._me),
                web.post("/login", self._login),
                web.get("/events", self._events),
                web.post("/say", self._say),
                web.post("/seen", self._seen),
                web.post("/clock", self._clock),
                web.post("/language", self._language),
                web.get("/file/{id}", self._file),
                web.get("/shared/{id:[0-9]+}/{until:[0-9]+}/{signature}/{name}", self._shared),
                web.get("/health", self._health),
                web.get("/metrics", self._metrics),
                web.route("*", "/{path:.+}", self._hook),
            ]
        )
        return app

    async def start(self, host: str, port: int) -> None:
        """Listen; raises WebError when the port is taken."""
        self._runner = web.AppRunner(
            self.make(),
            handle_signals=False,
            access_log=None,
            shutdown_timeout=1.0,
            keepalive_timeout=limits.SLOW,
            lingering_time=0,
        )
        await self._runner.setup()
        assert self._runner.server is not None
        self._connections = Connections(self._runner.server, room())
        try:
            loop = asyncio.get_running_loop()
            self._listening = await loop.create_server(self._connections, host, port, backlog=512)
        except OSError:
            await self._runner.cleanup()
            raise WebError(
                _("Port {port} is in use by another program. Choose another one with --port.", port=port)
            ) from None

    async def stop(self) -> None:
        """End every stream and stop listening."""
        for event in self._streams:
            event.set()
        if self._listening is not None:
            self._listening.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def clock_moved(self) -> None:
        """Tell every page what time it is now."""
        for event in self._streams:
            event.set()

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Only this very site may speak to it: Host and Origin are checked on every request.

        Behind a proxy the Origin is the public name; then the browser's own Sec-Fetch-Site decides.
        """
        host = request.headers.get("Host", "")
        origin = request.headers.get("Origin", host).split("://")[-1]
        ours = origin == host or request.headers.get("Sec-Fetch-Site") == "same-origin"
        known = host in self._hosts
        if not (_by_its_secret(request) or (known and (ours or _watched(request)))):
            raise web.HTTPForbidden(text="403")
        with self._connections.asked(request) if self._connections else nullcontext():
            try:
                response = await handler(request)
            except Refused as refused:
                if refused.status == 413:  # somebody who is signed in: read on, that the answer is heard
                    await spent(request)
                response = refused.answer(self._words)
        if not response.prepared:
            response.headers.update(HEADERS)
        return response

    # What the page is made of ----------------------------------------------------------------

    async def _page(self, request: web.Request) -> web.StreamResponse:
        return web.FileResponse(HERE / "page.html")

    async def _static(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        if name not in STATIC:
            raise web.HTTPNotFound(text="404")
        return web.FileResponse(HERE / name)

    async def _font(self, request: web.Request) -> web.StreamResponse:
        path = font(request.match_info["name"])
        if path is None:
            raise web.HTTPNotFound(text="404")
        return web.FileResponse(path, headers={"Content-Type": "font/ttf"})

    async def _me(self, request: web.Request) -> web.StreamResponse:
        people = await self._people(request)
        language = await self._core.language(people[0].id) if people else self._words.language
        words = Words(language)
        return web.json_response(
            {
                "mode": "demo" if self._core.demo else "run",
                "movable": self._core.movable,
                "people": [{"id": p.id, "name": p.name, "title": p.title} for p in people],
                "now": self._core.now().isoformat(timespec="seconds"),
                "language": language,
                "words": {name: words.say(text) for name, text in PAGE_WORDS.items()},
            }
        )

    # Who speaks ------------------------------------------------------------------------------

    async def _people(self, request: web.Request) -> Sequence[Persona]:
        if self._core.demo:
            return await self._core.people()
        person = await self._core.session(request.cookies.get(COOKIE, ""))
        if person is None:
            self._count(request)
        return [person] if person else []

    async def _device(self, request: web.Request) -> str:
        """The device that asks, before anything of what it says is read; nobody unknown is read at length."""
        if self._core.demo:
            return "demo"
        device = await self._core.device(request.cookies.get(COOKIE, ""))
        if device is None:
            self._count(request)
            raise Refused(401, limits.NOT_LET_IN)
        return device

    def _count(self, request: web.Request) -> None:
        """One more request of somebody unknown; too many from one address are refused."""
        if wait := self._anonymous.take(address_of(request), asyncio.get_running_loop().time()):
            raise Refused(429, limits.ASKED_TOO_OFTEN, wait)

    async def _who(self, device: str, said: str) -> str:
        """The chat this device may speak for; another one is refused."""
        if self._core.demo:
            allowed = said in [person.id for person in await self._core.people()]
        else:
            allowed = said == device
        if not allowed:
            raise Refused(403, limits.NOT_LET_IN)
        return said

    async def _login(self, request: web.Request) -> web.StreamResponse:
        self._count(request)
        code = (await fields_of(request)).get("code", "")[:64]
        if wait := self._core.may_try(address_of(request)):
            raise Refused(429, limits.TOO_MANY_CODES, wait)
        token = await self._core.login(code, address_of(request))
        if token is None:
            why = self._words.say(_("This code is not valid, or it was used. Please ask the office for a new one."))
            return web.json_response({"error": why}, status=403)
        response = web.json_response({"ok": True})
        response.set_cookie(
            COOKIE, token, max_age=DAYS * 86400, httponly=True, samesite="Strict", secure=self._core.secure
        )
        return response

    # Saying and hearing ----------------------------------------------------------------------

    async def _say(self, request: web.Request) -> web.StreamResponse:
        device = await self._device(request)
        if request.content_type.startswith("multipart/"):
            async with self._uploads.turn(device):
                fields, files = await message_of(request)
                await self._take(device, fields, files)
        else:
            await self._take(device, await fields_of(request), [])
        return web.json_response({"ok": True})

    async def _take(self, device: str, fields: Mapping[str, str], files: Sequence[Upload]) -> None:
        who = await self._who(device, fields.get("as", ""))
        id, edits = required(fields, "id"), fields.get("edits", "")
        if len(edits) > len(id) + 200:
            not_understood()
        if wait := self._core.may_say(who):
            raise Refused(429, limits.ASKED_TOO_OFTEN, wait)
        if DIGITS.fullmatch(fields.get("seen", "")):
            await self._core.seen(who, int(fields["seen"]))
        await self._core.receive(who, id, fields.get("text", ""), fields.get("label", ""), edits, files)

    async def _seen(self, request: web.Request) -> web.StreamResponse:
        device = await self._device(request)
        fields = await fields_of(request)
        await self._core.seen(await self._who(device, fields.get("as", "")), place_of(fields.get("seq")))
        return web.json_response({"ok": True})

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """One stream for all chats of a page: a browser opens six connections to a server, for all its tabs.

        The query names each chat with the last place the page has: `/events?person:3=17&person:5=0`. Every
        message says whose it is (`to`); `here` says that all that stood in the chats has come.
        """
        after: dict[str, int] = {}
        device = await self._device(request)
        for who, seq in request.query.items():
            after[await self._who(device, who)] = int(seq) if DIGITS.fullmatch(seq) else 0
        if not after:
            not_understood()
        if list(self._streams.values()).count(device) >= limits.STREAMS and not self._core.demo:
            raise Refused(429, limits.TOO_MANY_PAGES, limits.SLOW)
        response = web.StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream"})
        await response.prepare(request)
        moved = asyncio.Event()
        self._streams[moved] = device
        try:
            async for chunk in self._stream(after, moved, request.cookies.get(COOKIE, "")):
                await response.write(chunk)
        except (ConnectionResetError, asyncio.CancelledError):
            pass
        finally:
            del self._streams[moved]
        return response

    async def _stream(self, after: dict[str, int], moved: asyncio.Event, token: str) -> AsyncIterator[bytes]:
        yield self._clock_event()
        whole = False
        while self._runner is None or self._runner.server is not None:
            changed = asyncio.create_task(self._core.changed(tuple(after)))
            if not self._core.demo and await self._core.device(token) is None:  # its session was ended
                changed.cancel()
                return
            for who, seq in after.items():
                while found := await self._core.after(who, seq):
                    for message in found:
                        yield _event("message", {**message, "to": who})
                    after[who] = seq = int(found[-1]["seq"])
            if not whole:
                whole = True
                yield _event("here", {})
            ticked = asyncio.create_task(moved.wait())
            done, waiting = await asyncio.wait({changed, ticked}, timeout=BEAT, return_when=asyncio.FIRST_COMPLETED)
            for task in waiting:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
            if ticked in done:
                moved.clear()
                yield self._clock_event()
            elif not done:
                yield _event("beat", {})

    def _clock_event(self) -> bytes:
        return _event("clock", {"now": self._core.now().isoformat(timespec="seconds")})

    async def _file(self, request: web.Request) -> web.StreamResponse:
        who = await self._who(await self._device(request), request.query.get("as", ""))
        return _as_file(await self._core.file(who, place_of(request.match_info["id"])))

    # What messengers ask for -----------------------------------------------------------------

    async def _hook(self, request: web.Request) -> web.StreamResponse:
        """A messenger calls: its own secret says so, and it hears 200 only after the commit."""
        push = self._core.hooks().get(request.path)
        if push is None or request.method != "POST":
            raise web.HTTPNotFound(text="404")
        status = await push(request.headers, await whole_of(request, limits.CALL))
        return web.json_response({"ok": status == 200}, status=status)

    async def _health(self, request: web.Request) -> web.StreamResponse:
        ok, said = await self._core.health()
        return web.json_response(said, status=200 if ok else 503)

    async def _metrics(self, request: web.Request) -> web.StreamResponse:
        return web.Response(body=await self._core.metrics(), content_type="text/plain")

    async def _shared(self, request: web.Request) -> web.StreamResponse:
        given = request.match_info
        found = await self._core.shared(place_of(given["id"]), place_of(given["until"]), given["signature"])
        return _as_file(found)

    # The demo's clock and the language -------------------------------------------------------

    async def _clock(self, request: web.Request) -> web.StreamResponse:
        if not self._core.movable:
            raise web.HTTPNotFound(text="404")
        try:
            now = await self._core.move(required(await fields_of(request), "to"))
        except (ValueError, OverflowError) as error:
            return web.json_response({"error": str(error)}, status=400)
        self.clock_moved()
        return web.json_response({"now": now.isoformat(timespec="seconds")})

    async def _language(self, request: web.Request) -> web.StreamResponse:
        device = await self._device(request)
        said = await fields_of(request)
        who = await self._who(device, said.get("as", ""))
        if said.get("language") not in LANGUAGES:
            not_understood()
        await self._core.speak(who, said["language"])
        return web.json_response({"ok": True})


STATIC = frozenset({"chat.css", "chat.js", "phone.js", "line.js", "feed.js", "icon.svg"})
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


def font(name: str) -> Path | None:
    """A file of the font that is served from its package."""
    import fontpkg_be_vietnam_pro

    if name not in ("BeVietnamPro-Regular.ttf", "BeVietnamPro-SemiBold.ttf"):
        return None
    return next(Path(fontpkg_be_vietnam_pro.__file__).parent.rglob(name), None)


def _event(kind: str, data: Mapping[str, Any]) -> bytes:
    return f"event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


def _quoted(name: str) -> str:
    from urllib.parse import quote

    return quote(name, safe="")


def _by_its_secret(request: web.Request) -> bool:
    """Whether it may come from anywhere: a messenger with its secret, a signed link."""
    resource = request.match_info.route.resource
    return resource is not None and resource.canonical.startswith(("/{path}", "/shared/"))


def _watched(request: web.Request) -> bool:
    """Whether a monitor asks, which is no page."""
    return request.path in ("/health", "/metrics")


def _as_file(found: tuple[str, str, bytes] | None) -> web.Response:
    if found is None:
        raise web.HTTPNotFound(text="404")
    name, kind, data = found
    response = web.Response(body=data, content_type=kind if kind in PICTURES else "application/octet-stream")
    disposition = "inline" if kind in PICTURES else "attachment"
    response.headers["Content-Disposition"] = f"{disposition}; filename*=UTF-8''{_quoted(name)}"
    return response
