"""The web chat's server: POST to say, SSE to hear; a message is confirmed only after its commit."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from aiohttp import web
from aiohttp.multipart import BodyPartReader

from bot.channels.web.words import PAGE_WORDS
from bot.i18n import Text, Words, _

HERE = Path(__file__).parent
LARGEST = 20 * 1024 * 1024
COOKIE = "thidua"
DAYS = 30
BEAT = 15.0
"""Seconds between two signs of life on an idle stream; a page that sees none of three opens it anew."""
DIGITS = re.compile("[0-9]{1,15}")
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'",
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


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a message."""

    name: str
    kind: str
    data: bytes


class Core(Protocol):
    """What the page needs of the application; `who` is the address of a chat."""

    demo: bool
    movable: bool

    async def people(self) -> Sequence[Persona]:
        """The demo's people."""

    async def receive(
        self, who: str, message: str, text: str, label: str, edits: str, files: Sequence[Upload]
    ) -> None:
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

    async def login(self, code: str) -> str | None:
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
        self._streams: set[asyncio.Event] = set()
        self._runner: web.AppRunner | None = None

    def make(self) -> web.Application:
        """The aiohttp application."""
        app = web.Application(middlewares=[self._guard], client_max_size=LARGEST + 1024 * 1024)
        app[KEY] = self
        app.add_routes([
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
        ])  # fmt: skip
        return app

    async def start(self, host: str, port: int) -> None:
        """Listen; raises WebError when the port is taken."""
        self._runner = web.AppRunner(self.make(), handle_signals=False, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError:
            await self._runner.cleanup()
            raise WebError(
                _("Port {port} is in use by another program. Choose another one with --port.", port=port)
            ) from None

    async def stop(self) -> None:
        """End every stream and stop listening."""
        for event in self._streams:
            event.set()
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
        if not _open_to_all(request) and (host not in self._hosts or not ours):
            raise web.HTTPForbidden(text="403")
        response = await handler(request)
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
        return web.json_response({
            "mode": "demo" if self._core.demo else "run",
            "movable": self._core.movable,
            "people": [{"id": p.id, "name": p.name, "title": p.title} for p in people],
            "now": self._core.now().isoformat(timespec="seconds"),
            "language": language,
            "words": {name: words.say(text) for name, text in PAGE_WORDS.items()},
        })  # fmt: skip

    # Who speaks ------------------------------------------------------------------------------

    async def _people(self, request: web.Request) -> Sequence[Persona]:
        if self._core.demo:
            return await self._core.people()
        person = await self._core.session(request.cookies.get(COOKIE, ""))
        return [person] if person else []

    async def _who(self, request: web.Request, said: str) -> str:
        """The chat this request may speak for; another one is refused."""
        if self._core.demo:
            allowed = said in [person.id for person in await self._core.people()]
        else:
            device = await self._core.device(request.cookies.get(COOKIE, ""))
            if device is None:
                raise web.HTTPUnauthorized(text="401")
            allowed = said == device
        if not allowed:
            raise web.HTTPForbidden(text="403")
        return said

    async def _login(self, request: web.Request) -> web.StreamResponse:
        code = str((await request.json()).get("code", ""))
        token = await self._core.login(code)
        if token is None:
            why = self._words.say(
                _("This code is not valid, or it was used. Please ask the office for a new one.")
            )
            return web.json_response({"error": why}, status=403)
        response = web.json_response({"ok": True})
        response.set_cookie(COOKIE, token, max_age=DAYS * 86400, httponly=True, samesite="Strict")
        return response

    # Saying and hearing ----------------------------------------------------------------------

    async def _say(self, request: web.Request) -> web.StreamResponse:
        fields, files = await _read(request)
        who = await self._who(request, fields.get("as", ""))
        if not fields.get("id"):
            raise web.HTTPBadRequest(text="400")
        if fields.get("seen", "").isdecimal():
            await self._core.seen(who, int(fields["seen"]))
        await self._core.receive(
            who, fields["id"], fields.get("text", ""), fields.get("label", ""), fields.get("edits", ""), files
        )
        return web.json_response({"ok": True})

    async def _seen(self, request: web.Request) -> web.StreamResponse:
        said = await request.json()
        await self._core.seen(await self._who(request, str(said["as"])), int(said["seq"]))
        return web.json_response({"ok": True})

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """One stream for all chats of a page: a browser opens six connections to a server, for all its tabs.

        The query names each chat with the last place the page has: `/events?person:3=17&person:5=0`. Every
        message says whose it is (`to`); `here` says that all that stood in the chats has come.
        """
        after: dict[str, int] = {}
        for who, seq in request.query.items():
            after[await self._who(request, who)] = int(seq) if DIGITS.fullmatch(seq) else 0
        if not after:
            raise web.HTTPBadRequest(text="400")
        response = web.StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream"})
        await response.prepare(request)
        moved = asyncio.Event()
        self._streams.add(moved)
        try:
            async for chunk in self._stream(after, moved):
                await response.write(chunk)
        except (ConnectionResetError, asyncio.CancelledError):
            pass
        finally:
            self._streams.discard(moved)
        return response

    async def _stream(self, after: dict[str, int], moved: asyncio.Event) -> AsyncIterator[bytes]:
        yield self._clock_event()
        whole = False
        while self._runner is None or self._runner.server is not None:
            changed = asyncio.create_task(self._core.changed(tuple(after)))
            for who, seq in after.items():
                while found := await self._core.after(who, seq):
                    for message in found:
                        yield _event("message", {**message, "to": who})
                    after[who] = seq = int(found[-1]["seq"])
            if not whole:
                whole = True
                yield _event("here", {})
            ticked = asyncio.create_task(moved.wait())
            done, waiting = await asyncio.wait(
                {changed, ticked}, timeout=BEAT, return_when=asyncio.FIRST_COMPLETED
            )
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
        who = await self._who(request, request.query.get("as", ""))
        id = request.match_info["id"]
        found = await self._core.file(who, int(id)) if id.isdecimal() else None
        return _as_file(found)

    # What messengers ask for -----------------------------------------------------------------

    async def _hook(self, request: web.Request) -> web.StreamResponse:
        """A messenger calls: its own secret says so, and it hears 200 only after the commit."""
        push = self._core.hooks().get(request.path)
        if push is None or request.method != "POST":
            raise web.HTTPNotFound(text="404")
        status = await push(request.headers, await request.read())
        return web.json_response({"ok": status == 200}, status=status)

    async def _health(self, request: web.Request) -> web.StreamResponse:
        ok, said = await self._core.health()
        return web.json_response(said, status=200 if ok else 503)

    async def _metrics(self, request: web.Request) -> web.StreamResponse:
        return web.Response(body=await self._core.metrics(), content_type="text/plain")

    async def _shared(self, request: web.Request) -> web.StreamResponse:
        given = request.match_info
        found = await self._core.shared(int(given["id"]), int(given["until"]), given["signature"])
        return _as_file(found)

    # The demo's clock and the language -------------------------------------------------------

    async def _clock(self, request: web.Request) -> web.StreamResponse:
        if not self._core.movable:
            raise web.HTTPNotFound(text="404")
        try:
            now = await self._core.move(str((await request.json())["to"]))
        except (ValueError, KeyError) as error:
            return web.json_response({"error": str(error)}, status=400)
        self.clock_moved()
        return web.json_response({"now": now.isoformat(timespec="seconds")})

    async def _language(self, request: web.Request) -> web.StreamResponse:
        said = await request.json()
        who = await self._who(request, str(said.get("as", "")))
        if said.get("language") not in ("vi", "en"):
            raise web.HTTPBadRequest(text="400")
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


def _open_to_all(request: web.Request) -> bool:
    """Whether others than this very site may ask: a messenger with its secret, a signed link, a monitor."""
    resource = request.match_info.route.resource
    return resource is not None and resource.canonical.startswith(
        ("/{path}", "/shared/", "/health", "/metrics")
    )


def _as_file(found: tuple[str, str, bytes] | None) -> web.Response:
    if found is None:
        raise web.HTTPNotFound(text="404")
    name, kind, data = found
    response = web.Response(body=data, content_type=kind if kind in PICTURES else "application/octet-stream")
    disposition = "inline" if kind in PICTURES else "attachment"
    response.headers["Content-Disposition"] = f"{disposition}; filename*=UTF-8''{_quoted(name)}"
    return response


async def _read(request: web.Request) -> tuple[dict[str, str], list[Upload]]:
    """The fields and files of a message, JSON or multipart."""
    if not request.content_type.startswith("multipart/"):
        said = await request.json()
        return {name: str(value) for name, value in said.items() if value is not None}, []
    fields: dict[str, str] = {}
    files: list[Upload] = []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        data = await part.read()
        if len(data) > LARGEST:
            raise web.HTTPRequestEntityTooLarge(LARGEST, len(data), text="413")
        if part.filename:
            files.append(Upload(part.filename, part.headers.get("Content-Type", ""), bytes(data)))
        else:
            fields[part.name or ""] = data.decode()
    return fields, files
