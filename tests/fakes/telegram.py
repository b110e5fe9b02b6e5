"""A Bot API server: an offset confirms, a poll is held open, limits are kept, faults can be armed."""

import asyncio
import json
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

TOKEN = "123456:TEST"
HANG = 0
"""Armed as a status: the line breaks before an answer."""
STUCK = -1
"""Armed as a status: no answer comes, and the line does not break."""

# The fields of the methods we use: https://core.telegram.org/bots/api
METHODS = {
    "getMe": set(),
    "getWebhookInfo": set(),
    "deleteWebhook": {"drop_pending_updates"},
    "setWebhook": {"url", "secret_token", "allowed_updates", "max_connections"},
    "getUpdates": {"offset", "limit", "timeout", "allowed_updates"},
    "sendMessage": {"chat_id", "text", "parse_mode", "reply_markup", "disable_notification"},
    "sendPhoto": {"chat_id", "photo", "caption"},
    "sendDocument": {"chat_id", "document", "caption"},
    "answerCallbackQuery": {"callback_query_id", "text"},
    "getFile": {"file_id"},
    "setMyCommands": {"commands", "scope", "language_code"},
}  # type: dict[str, set[str]]


@dataclass
class Shown:
    """What stands in a chat, as a phone shows it."""

    text: str
    keyboard: list[str] = field(default_factory=list)
    inline: list[tuple[str, str]] = field(default_factory=list)
    file: str = ""


class FakeTelegram:
    """The server; tests type into it and read what the phone shows."""

    def __init__(self) -> None:
        self.updates: deque[dict[str, Any]] = deque()
        self.shown: dict[str, list[Shown]] = {}
        self.faults: deque[tuple[str, int, dict[str, Any]]] = deque()
        """(method, status, answer): the next call of the method is answered so."""
        self.stored: dict[str, bytes] = {}
        self.calls: list[str] = []
        self.menus: dict[str, list[str]] = {}
        self._id, self._message = 700_000_000, 0
        self._new = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self.address = ""
        self.slow = 0.0
        """Seconds that every send takes."""
        self.webhook = ""

    async def start(self) -> None:
        app = web.Application(client_max_size=60 * 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_get("/file/bot{token}/{path:.+}", self._file)
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

    def types(self, chat: int, text: str, kind: str = "private") -> int:
        """A person writes; the id of the message."""
        self._message += 1
        self._push({"message": self._said(chat, self._message, text, kind)})
        return self._message

    def edits(self, chat: int, message: int, text: str) -> None:
        said = self._said(chat, message, text, "private")
        self._push({"edited_message": {**said, "edit_date": said["date"] + 5}})

    def taps(self, chat: int, label: str) -> None:
        """Tap a button of the newest message: inline ones are queries, the others are typed."""
        for shown in reversed(self.shown.get(str(chat), [])):
            for name, data in shown.inline:
                if name == label:
                    self._message += 1
                    query = {
                        "id": str(self._message), "data": data, "from": {"id": chat, "is_bot": False, "first_name": "x"},
                        "message": {**self._said(chat, 1, shown.text, "private"), "reply_markup": {
                            "inline_keyboard": [[{"text": n, "callback_data": d}] for n, d in shown.inline]}},
                    }  # fmt: skip
                    self._push({"callback_query": query})
                    return
        self.types(chat, label)

    def attaches(self, chat: int, name: str, data: bytes) -> None:
        self._message += 1
        self.stored[f"f{self._message}"] = data
        said = self._said(chat, self._message, "", "private")
        del said["text"]
        document = {
            "file_id": f"f{self._message}",
            "file_unique_id": "u",
            "file_name": name,
            "mime_type": "application/pdf",
        }
        self._push({"message": {**said, "document": document}})

    def blocks(self, chat: int, blocked: bool = True) -> None:
        """A person blocks the bot, or lets it in again."""
        status = "kicked" if blocked else "member"
        person = {"id": chat, "is_bot": False, "first_name": "x"}
        self._push({"my_chat_member": {
            "chat": {"id": chat, "type": "private"}, "from": person, "date": 1_790_000_000,
            "old_chat_member": {"status": "member", "user": person}, "new_chat_member": {"status": status, "user": person},
        }})  # fmt: skip

    def push_raw(self, update: dict[str, Any]) -> None:
        self._push(update)

    def _said(self, chat: int, message: int, text: str, kind: str) -> dict[str, Any]:
        return {
            "message_id": message, "date": 1_790_000_000, "text": text, "chat": {"id": chat, "type": kind},
            "from": {"id": chat, "is_bot": False, "first_name": "x"},
        }  # fmt: skip

    def _push(self, update: dict[str, Any]) -> None:
        self._id += 1
        self.updates.append({"update_id": self._id, **update})
        self._new.set()

    # What bots call -------------------------------------------------------------------------------

    async def _call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        self.calls.append(method)
        if request.match_info["token"] != TOKEN:
            return _wrong(401, "Unauthorized")
        given = await _given(request)
        unknown = set(given) - METHODS.get(method, set())
        assert method in METHODS, f"the bot calls {method}, which is not in the table"
        assert not unknown, f"{method} was given {unknown}"
        for n, (armed, status, answer) in enumerate(self.faults):
            if armed == method:
                del self.faults[n]
                if status == STUCK:  # the line stays open and nothing ever comes
                    await asyncio.sleep(300)
                if status == HANG:  # delivered, or not, and then no word of it
                    if answer.get("delivered"):
                        await getattr(self, f"_{method}")(given)
                    assert request.transport is not None
                    request.transport.close()
                    return web.Response()
                return web.json_response({"ok": False, "error_code": status, **answer}, status=status)
        result = await getattr(self, f"_{method}")(given)
        return (
            result if isinstance(result, web.Response) else web.json_response({"ok": True, "result": result})
        )

    async def _getUpdates(self, given: dict[str, Any]) -> Any:
        offset = int(given.get("offset", 0))
        while offset and self.updates and self.updates[0]["update_id"] < offset:
            self.updates.popleft()
        if not self.updates:
            self._new.clear()
            try:
                async with asyncio.timeout(min(float(given.get("timeout", 0)), 2.0)):
                    await self._new.wait()
            except TimeoutError:
                pass
        return list(self.updates)[:100]

    async def _sendMessage(self, given: dict[str, Any]) -> Any:
        text = str(given["text"])
        await asyncio.sleep(self.slow)
        if not text.strip():
            return _wrong(400, "Bad Request: message text is empty")
        if len(text.encode("utf-16-le")) // 2 > 4096:
            return _wrong(400, "Bad Request: message is too long")
        shown = Shown(text)
        markup = json.loads(given["reply_markup"]) if "reply_markup" in given else {}
        for row in markup.get("keyboard", []):
            shown.keyboard += [button["text"] for button in row]
        for row in markup.get("inline_keyboard", []):
            for button in row:
                assert 1 <= len(button["callback_data"].encode()) <= 64, button
                shown.inline.append((button["text"], button["callback_data"]))
        assert len(shown.keyboard) + len(shown.inline) <= 100
        return self._show(given, shown)

    async def _sendPhoto(self, given: dict[str, Any]) -> Any:
        return self._show(given, Shown("", file=given["photo"]))

    async def _sendDocument(self, given: dict[str, Any]) -> Any:
        return self._show(given, Shown("", file=given["document"]))

    async def _answerCallbackQuery(self, given: dict[str, Any]) -> Any:
        return True

    async def _setMyCommands(self, given: dict[str, Any]) -> Any:
        commands = json.loads(given["commands"])
        assert all(1 <= len(c["command"]) <= 32 and 1 <= len(c["description"]) <= 256 for c in commands)
        self.menus[str(given.get("language_code", ""))] = [c["description"] for c in commands]
        return True

    async def _getWebhookInfo(self, given: dict[str, Any]) -> Any:
        return {
            "url": self.webhook,
            "has_custom_certificate": False,
            "pending_update_count": len(self.updates),
        }

    async def _deleteWebhook(self, given: dict[str, Any]) -> Any:
        self.webhook = ""
        return True

    async def _getMe(self, given: dict[str, Any]) -> Any:
        return {"id": 123456, "is_bot": True, "first_name": "thidua", "username": "thidua_bot"}

    async def _getFile(self, given: dict[str, Any]) -> Any:
        data = self.stored[given["file_id"]]
        return {
            "file_id": given["file_id"],
            "file_unique_id": "u",
            "file_size": len(data),
            "file_path": f"d/{given['file_id']}",
        }

    async def _file(self, request: web.Request) -> web.Response:
        return web.Response(body=self.stored[request.match_info["path"].split("/")[-1]])

    def _show(self, given: dict[str, Any], shown: Shown) -> Any:
        chat = str(given["chat_id"])
        self.shown.setdefault(chat, []).append(shown)
        self._message += 1
        return {
            "message_id": self._message,
            "date": 1_790_000_000,
            "chat": {"id": int(chat), "type": "private"},
            "text": shown.text,
        }


def _wrong(status: int, why: str) -> web.Response:
    return web.json_response({"ok": False, "error_code": status, "description": why}, status=status)


async def _given(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        return dict(await request.json())
    given: dict[str, Any] = {}
    for name, value in (await request.post()).items():
        given[name] = value.filename if isinstance(value, web.FileField) else value
    # A file goes as attach://NAME with a part of that name; the phone shows its name.
    for name, value in list(given.items()):
        if isinstance(value, str) and value.startswith("attach://"):
            given[name] = given.pop(value.removeprefix("attach://"))
    return given
