"""The web chat's server: POST to say, SSE to hear; a message is confirmed only after its commit. Runs in the event loop."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import nullcontext

from aiohttp import web

from bot.channels import limits
from bot.channels.web import downloads
from bot.channels.web.connections import Connections, room
from bot.channels.web.core import PageCore
from bot.channels.web.event_streams import EventStreams
from bot.channels.web.page_words import PAGE_WORDS
from bot.channels.web.requests import (
    RequestRefused,
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
from bot.channels.web.visitors import Visitors
from bot.language import Text, Words, _

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


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Server:
    """The page's routes, for one application."""

    def __init__(self, core: PageCore, words: Words, hosts: frozenset[str]) -> None:
        self._core, self._words, self._hosts = core, words, hosts
        self._visitors, self._streams, self._uploads = Visitors(core), EventStreams(core), Uploads()
        self._runner: web.AppRunner | None = None
        self._listening: asyncio.Server | None = None
        self._connections: Connections | None = None

    def make(self) -> web.Application:
        """Make the aiohttp application."""
        app = web.Application(middlewares=[self._guard], client_max_size=limits.CALL)
        app.add_routes(
            [
                web.get("/", downloads.page),
                web.get("/static/{name}", downloads.static),
                web.get("/font/{name}", downloads.font),
                web.get("/me", self._me),
                web.post("/login", self._login),
                web.get("/events", self._events),
                web.post("/say", self._say),
                web.post("/seen", self._seen),
                web.post("/clock", self._clock),
                web.post("/language", self._language),
                web.get("/file/{id}", self._file),
                web.get("/shared/{id:[0-9]+}/{chat:[0-9]+}/{until:[0-9]+}/{signature}/{name}", self._shared),
                web.get("/shared/{id:[0-9]+}/{until:[0-9]+}/{signature}/{name}", self._shared),
                web.get("/health", self._health),
                web.get("/metrics", self._metrics),
                web.route("*", "/{path:.+}", self._hook),
            ]
        )
        return app

    async def start(self, host: str, port: int) -> None:
        """Listen; raise WebError when the port is taken."""
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
        self._streams.close()
        if self._listening is not None:
            self._listening.close()
        if self._runner is not None:
            await self._runner.cleanup()

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Check Host and Origin of every request: only this very site may speak to it.

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
            except RequestRefused as refused:
                if refused.status == 413:  # somebody who is signed in: read on, that the answer is heard
                    await spent(request)
                response = refused.answer(self._words)
        if not response.prepared:
            response.headers.update(HEADERS)
        return response

    # What the page is made of ----------------------------------------------------------------

    async def _me(self, request: web.Request) -> web.StreamResponse:
        people = await self._visitors.people(request)
        language = await self._core.language(people[0].id) if people else self._words.language
        words = Words(language, terms=self._core.terms)
        return web.json_response(
            {
                "mode": "demo" if self._core.demo else "run",
                "movable": self._core.movable,
                "people": [{"id": p.id, "name": p.name, "title": p.title} for p in people],
                "now": self._core.now().isoformat(timespec="seconds"),
                "language": language,
                "largest": limits.FILE,
                "words": {name: words.say(text) for name, text in PAGE_WORDS.items()},
            }
        )

    # Who speaks ------------------------------------------------------------------------------

    async def _login(self, request: web.Request) -> web.StreamResponse:
        self._visitors.count(request)
        code = (await fields_of(request)).get("code", "")[:64]
        if wait := self._core.may_try(address_of(request)):
            raise RequestRefused(429, limits.TOO_MANY_CODES, wait)
        token = await self._core.login(code, address_of(request))
        if token is None:
            words = Words(self._words.language, terms=self._core.terms)
            why = words.say(_("This code is not valid, or it was used. Please ask the office for a new one."))
            return web.json_response({"error": why}, status=403)
        response = web.json_response({"ok": True})
        self._visitors.let_in(response, token)
        return response

    # Saying and hearing ----------------------------------------------------------------------

    async def _say(self, request: web.Request) -> web.StreamResponse:
        device = await self._visitors.device(request)
        if request.content_type.startswith("multipart/"):
            async with self._uploads.turn(device):
                fields, files = await message_of(request)
                await self._take(device, fields, files)
        else:
            await self._take(device, await fields_of(request), [])
        return web.json_response({"ok": True})

    async def _take(self, device: str, fields: Mapping[str, str], files: Sequence[Upload]) -> None:
        who = await self._visitors.chat(device, fields.get("as", ""))
        id, edits = required(fields, "id"), fields.get("edits", "")
        if len(edits) > len(id) + 200:
            not_understood()
        if wait := self._core.may_say(who):
            raise RequestRefused(429, limits.ASKED_TOO_OFTEN, wait)
        if DIGITS.fullmatch(fields.get("seen", "")):
            await self._core.seen(who, int(fields["seen"]))
        await self._core.receive(who, id, fields.get("text", ""), fields.get("label", ""), edits, files)

    async def _seen(self, request: web.Request) -> web.StreamResponse:
        device = await self._visitors.device(request)
        fields = await fields_of(request)
        await self._core.seen(await self._visitors.chat(device, fields.get("as", "")), place_of(fields.get("seq")))
        return web.json_response({"ok": True})

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """Open a page's stream; the query names each chat with the last place it has: `/events?person:3=17&person:5=0`."""
        after: dict[str, int] = {}
        device = await self._visitors.device(request)
        for who, seq in request.query.items():
            after[await self._visitors.chat(device, who)] = int(seq) if DIGITS.fullmatch(seq) else 0
        if not after:
            not_understood()
        return await self._streams.serve(request, device, after, HEADERS)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        who = await self._visitors.chat(await self._visitors.device(request), request.query.get("as", ""))
        return downloads.attachment(await self._core.file(who, place_of(request.match_info["id"])))

    # What messengers ask for -----------------------------------------------------------------

    async def _hook(self, request: web.Request) -> web.StreamResponse:
        """Receive a messenger's call, which its own secret proves; answer 200 only after the commit."""
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
        id, until, chat = place_of(given["id"]), place_of(given["until"]), given.get("chat")
        signed_for = None if chat is None else place_of(chat)
        found = await self._core.shared(id, until, given["signature"], signed_for)
        return downloads.attachment(found)

    # The demo's clock and the language -------------------------------------------------------

    async def _clock(self, request: web.Request) -> web.StreamResponse:
        if not self._core.movable:
            raise web.HTTPNotFound(text="404")
        try:
            now = await self._core.move(required(await fields_of(request), "to"))
        except (ValueError, OverflowError) as error:
            return web.json_response({"error": str(error)}, status=400)
        self._streams.clock_moved()
        return web.json_response({"now": now.isoformat(timespec="seconds")})

    async def _language(self, request: web.Request) -> web.StreamResponse:
        device = await self._visitors.device(request)
        said = await fields_of(request)
        who = await self._visitors.chat(device, said.get("as", ""))
        if said.get("language") not in LANGUAGES:
            not_understood()
        await self._core.speak(who, said["language"])
        return web.json_response({"ok": True})


def _by_its_secret(request: web.Request) -> bool:
    """Return whether it may come from anywhere: a messenger with its secret, a signed link."""
    resource = request.match_info.route.resource
    return resource is not None and resource.canonical.startswith(("/{path}", "/shared/"))


def _watched(request: web.Request) -> bool:
    """Return whether a monitor asks, which is no page."""
    return request.path in ("/health", "/metrics")
