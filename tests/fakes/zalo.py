"""A Zalo Bot Platform: one object a poll, read once, errors under 200; every odd behaviour has a switch."""

import asyncio
import json
from collections import deque
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, web

from tests.fakes.rules import described
from tests.fakes.telegram import HANG, STUCK, Shown

TOKEN = "4455667788:abc-xyz"

API = described("zalo_api.toml")
PROBE = {
    "event_name": "webhook.test",
    "message": {"date": 1_787_124_248, "message_id": "webhook-test", "text": "Zalo Bot Platform webhook test"},
}
NO_NEWS = "Request timeout"
IN_USE = "You cannot use this API while a webhook is set. Please remove the webhook first"


@dataclass
class Ways:
    """How this platform behaves where its users have seen it behave in several ways."""

    idle_status: int = 200
    """An idle poll comes with 200 or 408; its body says 408 in any case."""
    replay: bool = False
    """Reading does not take a message away: it comes again."""
    as_list: bool = False
    wrapped: bool = True
    """Whether a webhook's body has the wrapper that the documents show."""
    photo_key: str = "photo_url"
    event_name: bool = True
    seconds: bool = False
    lose_unpolled: bool = False
    """What is sent while nobody polls is lost."""
    quota: int | None = None
    """Messages that the month still takes."""
    users: int | None = None
    """People that it serves; one more is refused."""
    error_status: int = 200
    """An error comes with 200 or with its own status; its body says it in any case."""
    code_of_success: bool = True
    """Whether a good answer says «error_code: 0»."""
    unknown_token: str = "html"
    """How a wrong token is answered: in HTML, or in JSON under 401 or 200."""
    loopback: bool = True
    """Whether a webhook on this machine is taken, for tests that run one; the real platform takes none."""
    twice: bool = False
    """A webhook is called twice with every update."""
    probes: bool = False
    """A webhook that is set or tested is really called, without its secret; else `verified` says what came of it."""
    verified: str = "webhook.ok"
    """What came of calling a webhook that has just been set; it is kept in any case."""
    hooks_a_day: int | None = None
    """How often a webhook may be set or tested."""
    no_hook_to_delete: int = 400
    """How deleting a webhook is answered where there is none: 400, or 0 for well."""
    slow: float = 0.0
    """Seconds that a send takes."""
    hollow: str = ""
    """What an idle poll says at once, instead of being held open."""
    poll: float = 1.0
    """Seconds after which an idle poll ends."""


@dataclass
class FakeZalo:
    """The server; tests type into it and read what the phone shows."""

    ways: Ways = field(default_factory=Ways)

    def __post_init__(self) -> None:
        self.updates: deque[dict[str, Any]] = deque()
        self.shown: dict[str, list[Shown]] = {}
        self.faults: deque[tuple[str, int, dict[str, Any]]] = deque()
        self.stored: dict[str, bytes] = {}
        self.fetched: dict[str, bytes] = {}
        """Pictures that the platform has fetched from our links."""
        self.calls: list[str] = []
        self.wrong: list[str] = []
        """Requests that the platform would not have taken; empty in every test that ends."""
        self.groups: set[str] = set()
        self.known: set[str] = set()
        self.webhook, self.secret = "", ""
        self.polls = 0
        self._message = 0
        self._new = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self.address = ""
        self.date = 1_790_000_000
        """When what people do now is taken, in seconds since 1970."""

    async def start(self) -> None:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_get("/cdn/{name}", self._cdn)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        assert site._server is not None
        port = site._server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]  # an asyncio server
        self.address = f"http://127.0.0.1:{port}"

    async def stop(self) -> None:
        self._new.set()
        assert self._runner is not None
        await self._runner.cleanup()
        assert not self.wrong, self.wrong

    # What people do -------------------------------------------------------------------------------

    def types(self, chat: int | str, text: str, kind: str = "PRIVATE") -> str:
        """A person writes; the id of the message."""
        return self.push("text", chat, {"text": text}, kind)

    def taps(self, chat: int | str, label: str) -> None:
        """There is nothing to tap: what stands on the line is typed."""
        self.types(chat, label)

    def attaches(self, chat: int | str, name: str, data: bytes, caption: str = "") -> str:
        """A picture is sent."""
        self.stored[name] = data
        given = {self.ways.photo_key: f"{self.address}/cdn/{name}", "message_type": "CHAT_PHOTO"}
        return self.push("image", chat, {**given, "caption": caption} if caption else given)

    def push(self, event: str, chat: int | str, contents: dict[str, Any], kind: str = "PRIVATE") -> str:
        self._message += 1
        self.known.add(str(chat))
        if kind == "GROUP":
            self.groups.add(str(chat))
        message = {
            "from": {"id": str(chat), "display_name": "Ted", "is_bot": False},
            "chat": {"id": str(chat), "chat_type": kind},
            "message_id": f"m{self._message:019d}",
            "date": self.date * (1 if self.ways.seconds else 1000),
            **contents,
        }
        update: dict[str, Any] = {"message": message}
        if self.ways.event_name:
            update = {"event_name": f"message.{event}.received", **update}
        self.wrong += [f"an update: {why}" for why in API.wrongs(API.objects["Update"], update)]
        self.push_raw(update)
        return str(message["message_id"])

    def push_raw(self, update: dict[str, Any]) -> None:
        """Something comes that need not be as it is described."""
        if self.ways.lose_unpolled and not self.polls:
            return
        self.updates.append(update)
        self._new.set()

    async def deliver(self, secret: str | None = None, data: bytes | None = None) -> list[int]:
        """Call the webhook with what waits, each twice if it must; the answers' statuses."""
        statuses, again = [], None
        async with ClientSession() as session:
            while data is not None or self.updates:
                if data is None:
                    update = self.updates.popleft()
                    if self.ways.twice and update is not again:
                        self.updates.appendleft(again := update)
                    body = json.dumps({"ok": True, "result": update} if self.ways.wrapped else update).encode()
                else:
                    body = data
                headers = {
                    "X-Bot-Api-Secret-Token": self.secret if secret is None else secret,
                    "User-Agent": "Java/1.8.0_192",
                }
                async with session.post(self.webhook, data=body, headers=headers) as answer:
                    statuses.append(answer.status)
                if data is not None:
                    break
        return statuses

    # What bots call -------------------------------------------------------------------------------

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        self.calls.append(method)
        if request.match_info["token"] != TOKEN:
            return self._unknown()
        if method not in API.methods:
            self.wrong.append(f"there is no method {method}")
            return self._wrong(404, "Not Found")
        # What is not JSON is not read: its fields are missing.
        given = dict(await request.json()) if request.content_type == "application/json" else {}
        if found := list(API.wrongs(API.methods[method], given)):
            self.wrong += [f"{method}: {why}" for why in found]
            return self._wrong(400, f"Bad request: {found[0]}")
        armed = next((each for each in self.faults if each[0] == method), None)
        if armed is not None:
            self.faults.remove(armed)
            _method, status, answer = armed
            if status == STUCK:
                await asyncio.sleep(300)
            if status == HANG:
                if answer.get("delivered"):
                    await getattr(self, f"_{method}")(given)
                assert request.transport is not None
                request.transport.close()
                return web.Response()
            if "text" in answer:
                return web.Response(text=answer["text"], status=status)
            return self._wrong(status, answer.get("description", ""), answer.get("status"))
        try:
            result = await getattr(self, f"_{method}")(given)
        except Exception as error:
            self.wrong.append(f"{method}: the fake raises {error!r}")
            raise
        if isinstance(result, web.Response):
            return result
        if method != "getUpdates":  # what it holds was looked at when it happened, if it was to be right
            self.wrong += [f"{method} returns what {why}" for why in API.result(method, result.get("result"))]
        return web.json_response(result)

    def _unknown(self) -> web.Response:
        match self.ways.unknown_token:
            case "html":
                return web.Response(text="<html>Unauthorized</html>", status=401)
            case way:
                return self._wrong(401, "Unauthorized", 401 if way == "json" else 200)

    def _good(self, result: Any = None) -> dict[str, Any]:
        code = {"error_code": 0} if self.ways.code_of_success else {}
        return {"ok": True, **({} if result is None else {"result": result}), **code}

    def _wrong(self, code: int, why: str, status: int | None = None) -> web.Response:
        body = {"ok": False, "error_code": code, "description": why}
        return web.json_response(body, status=status or (200 if self.ways.error_status == 200 else code))

    async def _getUpdates(self, given: dict[str, Any]) -> Any:
        if self.webhook:
            return self._wrong(400, IN_USE)
        self.polls += 1
        try:
            if not self.updates and self.ways.hollow:
                return web.Response(text=self.ways.hollow, content_type="application/json")
            if not self.updates:
                self._new.clear()
                try:
                    async with asyncio.timeout(min(float(given.get("timeout", 30)), self.ways.poll)):
                        await self._new.wait()
                except TimeoutError:
                    pass
            if not self.updates:
                return self._wrong(408, NO_NEWS, self.ways.idle_status)
            update = self.updates[0] if self.ways.replay else self.updates.popleft()
            return self._good([update] if self.ways.as_list else update)
        finally:
            self.polls -= 1

    async def _sendMessage(self, given: dict[str, Any]) -> Any:
        await asyncio.sleep(self.ways.slow)
        return self._show(given, Shown(given["text"]))

    async def _sendSticker(self, given: dict[str, Any]) -> Any:
        return self._show(given, Shown("", file=given["sticker"]))

    async def _sendVoice(self, given: dict[str, Any]) -> Any:
        if not given["voice_url"].endswith(".aac"):
            return self._wrong(400, "Bad request: voice_url must end with .aac")
        if given["chat_id"] in self.groups:  # taken, and never delivered
            return self._good({"message_id": "b0", "date": 1_790_000_000_000})
        return self._show(given, Shown("", file=given["voice_url"]))

    async def _sendPhoto(self, given: dict[str, Any]) -> Any:
        if not given["photo"].startswith(("http://", "https://")):
            return self._wrong(400, "The photo must start with http:// or https://")
        async with ClientSession() as session, session.get(given["photo"]) as answer:
            if answer.status != 200:
                return self._wrong(400, "The photo URL is invalid")
            self.fetched[given["photo"]] = await answer.read()
        return self._show(given, Shown("", file=given["photo"]))

    def _show(self, given: dict[str, Any], shown: Shown) -> Any:
        chat = given["chat_id"]
        if chat not in self.known:
            return self._wrong(400, "Bad request: chat_id is invalid")
        if self.ways.quota is not None and sum(map(len, self.shown.values())) >= self.ways.quota:
            return self._wrong(429, "Quota exceeded")
        if self.ways.users is not None and chat not in self.shown and len(self.shown) >= self.ways.users:
            return self._wrong(400, "Bad request: too many users")
        self.shown.setdefault(chat, []).append(shown)
        self._message += 1
        photo = {"message_type": "CHAT_PHOTO"} if shown.file else {}
        return self._good({"message_id": f"b{self._message}", "date": 1_790_000_000_000, **photo})

    async def _getMe(self, given: dict[str, Any]) -> Any:
        me = {
            "id": TOKEN.partition(":")[0],
            "account_name": "bot.Thidua",
            "account_type": "BASIC",
            "can_join_groups": False,
        }
        return self._good(me)

    async def _setWebhook(self, given: dict[str, Any]) -> Any:
        if (spent := self._spent()) is not None:
            return spent
        url = urlsplit(given["url"])
        host = url.hostname or ""
        here = host in ("localhost", "127.0.0.1")
        public = url.scheme == "https" and not here and not host.startswith(("192.168.", "10."))
        if not (public or (here and self.ways.loopback)):
            return self._wrong(400, "Bad request: url must be a public https address")
        self.webhook, self.secret = given["url"], given["secret_token"]
        return self._good(
            {"url": self.webhook, "updated_at": 1_790_000_000_000, "verification": await self._verification()}
        )

    async def _testWebhook(self, given: dict[str, Any]) -> Any:
        return self._spent() or self._good(await self._verification())

    async def _verification(self) -> dict[str, Any]:
        outcome = await self._probe() if self.ways.probes else self.ways.verified
        return {"ok": outcome == "webhook.ok", "url": self.webhook, "outcome": outcome, "hint": "…"}

    async def _probe(self) -> str:
        try:
            async with ClientSession() as session, session.post(self.webhook, json=PROBE) as answer:
                return "webhook.ok" if answer.status == 200 else "webhook.err.status"
        except ClientError:
            return "webhook.err.connect"

    def _spent(self) -> web.Response | None:
        """So many calls a day; this one error has a name of its own for its code."""
        if self.ways.hooks_a_day is None:
            return None
        if self.calls.count("setWebhook") + self.calls.count("testWebhook") <= self.ways.hooks_a_day:
            return None
        return web.json_response({"ok": False, "errorCode": 426, "description": "limit of the day"})

    async def _getWebhookInfo(self, given: dict[str, Any]) -> Any:
        if not self.webhook:
            return self._wrong(404, "Not Found", 404)
        return self._good({"url": self.webhook, "updated_at": 1_790_000_000_000})

    async def _deleteWebhook(self, given: dict[str, Any]) -> Any:
        if not self.webhook and self.ways.no_hook_to_delete:
            return self._wrong(self.ways.no_hook_to_delete, "Bad request")
        self.webhook = ""
        return self._good({"url": "", "updated_at": 1_790_000_000_000})

    async def _sendChatAction(self, given: dict[str, Any]) -> Any:
        return self._good()

    async def _cdn(self, request: web.Request) -> web.Response:
        return web.Response(body=self.stored[request.match_info["name"]], content_type="image/jpeg")
