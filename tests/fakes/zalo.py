"""A Zalo Bot Platform: one object a poll, read once, errors under 200; every odd behaviour has a switch."""

import asyncio
import json
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientSession, web

from tests.fakes.telegram import HANG, Shown

TOKEN = "4455667788:abc-xyz"

# The methods and their parameters, as the platform documents them: required, then optional.
METHODS: dict[str, tuple[set[str], set[str]]] = {
    "getMe": (set(), set()),
    "getUpdates": (set(), {"timeout"}),
    "setWebhook": ({"url", "secret_token"}, set()),
    "getWebhookInfo": (set(), set()),
    "deleteWebhook": (set(), set()),
    "sendMessage": ({"chat_id", "text"}, {"parse_mode", "text_styles"}),
    "sendPhoto": ({"chat_id", "photo"}, {"caption"}),
    "sendChatAction": ({"chat_id", "action"}, set()),
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
    users: int | None = None
    error_status: int = 200
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
        self.known: set[str] = set()
        self.webhook, self.secret = "", ""
        self.polls = 0
        self._message = 0
        self._new = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self.address = ""

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
        message = {
            "from": {"id": str(chat), "display_name": "Ted", "is_bot": False},
            "chat": {"id": str(chat), "chat_type": kind},
            "message_id": f"m{self._message:019d}", "date": 1_790_000_000 * (1 if self.ways.seconds else 1000), **contents,
        }  # fmt: skip
        update: dict[str, Any] = {"message": message}
        if self.ways.event_name:
            update = {"event_name": f"message.{event}.received", **update}
        self.push_raw(update)
        return str(message["message_id"])

    def push_raw(self, update: dict[str, Any]) -> None:
        if self.ways.lose_unpolled and not self.polls:
            return
        self.updates.append(update)
        self._new.set()

    async def deliver(self, secret: str | None = None, data: bytes | None = None) -> list[int]:
        """Call the webhook with what waits, each twice if it must; the answers' statuses."""
        statuses = []
        async with ClientSession() as session:
            while data is not None or self.updates:
                if data is None:
                    update = self.updates.popleft()
                    body = json.dumps(
                        {"ok": True, "result": update} if self.ways.wrapped else update
                    ).encode()
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
            return web.Response(text="<html>Unauthorized</html>", status=401)
        if method not in METHODS:
            return self._wrong(404, "Not Found")
        given = dict(await request.json()) if request.content_type == "application/json" else {}
        required, optional = METHODS[method]
        assert required <= set(given) <= required | optional, f"{method} was given {set(given)}"
        for n, (armed, status, answer) in enumerate(self.faults):
            if armed == method:
                del self.faults[n]
                if status == HANG:
                    if answer.get("delivered"):
                        await getattr(self, f"_{method}")(given)
                    assert request.transport is not None
                    request.transport.close()
                    return web.Response()
                if answer.get("text"):
                    return web.Response(text=answer["text"], status=status)
                return self._wrong(status, answer.get("description", ""), answer.get("status"))
        result = await getattr(self, f"_{method}")(given)
        return result if isinstance(result, web.Response) else web.json_response(result)

    def _wrong(self, code: int, why: str, status: int | None = None) -> web.Response:
        body = {"ok": False, "error_code": code, "description": why}
        return web.json_response(body, status=status or self.ways.error_status)

    async def _getUpdates(self, given: dict[str, Any]) -> Any:
        if self.webhook:
            return self._wrong(400, IN_USE)
        self.polls += 1
        try:
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
            return {"ok": True, "result": [update] if self.ways.as_list else update, "error_code": 0}
        finally:
            self.polls -= 1

    async def _sendMessage(self, given: dict[str, Any]) -> Any:
        text = given["text"]
        if not text or len(text.encode("utf-16-le")) // 2 > 2000:
            return self._wrong(400, "Bad request: text must be 1 to 2000 characters")
        return self._show(given, Shown(text))

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
        return {
            "ok": True,
            "result": {"message_id": f"b{self._message}", "date": 1_790_000_000_000},
            "error_code": 0,
        }

    async def _getMe(self, given: dict[str, Any]) -> Any:
        me = {
            "id": TOKEN.partition(":")[0],
            "account_name": "bot.Thidua",
            "account_type": "BASIC",
            "can_join_groups": False,
        }
        return {"ok": True, "result": me}

    async def _setWebhook(self, given: dict[str, Any]) -> Any:
        if not 8 <= len(given["secret_token"]) <= 256:
            return self._wrong(400, "Bad request: secret_token")
        self.webhook, self.secret = given["url"], given["secret_token"]
        return {"ok": True, "result": {"url": self.webhook, "updated_at": 1_790_000_000_000}}

    async def _getWebhookInfo(self, given: dict[str, Any]) -> Any:
        if not self.webhook:
            return self._wrong(404, "Not Found", 404)
        return {"ok": True, "result": {"url": self.webhook, "updated_at": 1_790_000_000_000}}

    async def _deleteWebhook(self, given: dict[str, Any]) -> Any:
        if not self.webhook:
            return self._wrong(400, "Bad request")
        self.webhook = ""
        return {"ok": True, "result": {"url": "", "updated_at": 1_790_000_000_000}}

    async def _sendChatAction(self, given: dict[str, Any]) -> Any:
        return {"ok": True}

    async def _cdn(self, request: web.Request) -> web.Response:
        return web.Response(body=self.stored[request.match_info["name"]], content_type="image/jpeg")
