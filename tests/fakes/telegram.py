"""A Bot API server: an offset confirms, a poll is held open, limits are kept, faults can be armed."""

import asyncio
import json
from collections import deque
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from aiohttp import ClientSession, web

from tests.fakes.bot_api import API, fields_of, markup_wrongs

TOKEN = "123456:TEST"
HANG = 0
"""Armed as a status: the line breaks before an answer."""
STUCK = -1
"""Armed as a status: no answer comes, and the line does not break."""


class Allowance:
    """So many at once, and so many a second again."""

    def __init__(self, most: float, rate: float) -> None:
        self._most, self._rate, self._left, self._at = most, rate, most, monotonic()

    def take(self) -> bool:
        now = monotonic()
        self._left = min(self._most, self._left + (now - self._at) * self._rate)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


@dataclass
class Shown:
    """What stands in a chat, as a phone shows it."""

    text: str
    keyboard: list[str] = field(default_factory=list)
    inline: list[tuple[str, str]] = field(default_factory=list)
    file: str = ""
    message: int = 0
    """Its id."""
    topic: int | None = None
    """The topic of a forum that it stands in."""


class FakeTelegram:
    """The server; tests type into it and read what the phone shows."""

    def __init__(self) -> None:
        self.updates: deque[dict[str, Any]] = deque()
        self.shown: dict[str, list[Shown]] = {}
        self.keyboards: dict[str, list[str]] = {}
        """The reply keyboard that each phone shows: it stands until another comes, or one takes it away."""
        self.faults: deque[tuple[str, int, dict[str, Any]]] = deque()
        """(method, status, answer): the next call of the method is answered so; «file» is a download."""
        self.wrong: list[str] = []
        """Requests that Telegram would not have taken; empty in every test that ends."""
        self.uploads: dict[str, bytes] = {}
        """Files that came whole, by name."""
        self.stored: dict[str, bytes] = {}
        self.calls: list[str] = []
        self.menus: dict[str, list[str]] = {}
        self._id, self._message = 700_000_000, 0
        self._new = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self.address = ""
        self.limits = False
        """Whether it says 429 as Telegram does."""
        self.refused = 0
        """How often it did."""
        self.moved: dict[str, int] = {}
        """Groups that have become supergroups, with their new address."""
        self._overall, self._chats = Allowance(30, 30), dict[str, Allowance]()
        self._polling = 0
        self.slow = 0.0
        self.tells_late = 0.0
        """Seconds from when a message stands on the phone until the bot is told so."""
        """Seconds that every send takes."""
        self.webhook, self.secret = "", ""
        self.files_come = asyncio.Event()
        """Cleared: files are asked for and do not come before it is set again."""
        self.files_come.set()
        self.date = 1_790_000_000
        """When what people do now is taken, in seconds since 1970."""
        self.trickle = 0.0
        """Seconds between two pieces of a file."""

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
        self.files_come.set()
        assert self._runner is not None
        await self._runner.cleanup()
        assert not self.wrong, self.wrong

    # What people do -------------------------------------------------------------------------------

    def types(
        self, chat: int, text: str, kind: str = "private", by: int | None = None, topic: int | None = None
    ) -> int:
        """A person writes, in a group as `by`, in a forum under a topic; the id of the message."""
        self._message += 1
        said = self._said(chat, self._message, text, kind)
        if topic is not None:
            said |= {"message_thread_id": topic, "is_topic_message": True}
        if by is not None:
            said["from"]["id"] = by
        self._push({"message": said})
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
                        "id": str(self._message),
                        "data": data,
                        "chat_instance": "0",
                        "from": {"id": chat, "is_bot": False, "first_name": "x"},
                        "message": {
                            **self._said(chat, 1, shown.text, "private"),
                            "reply_markup": {
                                "inline_keyboard": [[{"text": n, "callback_data": d}] for n, d in shown.inline]
                            },
                        },
                    }
                    self._push({"callback_query": query})
                    return
        assert label in self.keyboards.get(str(chat), ()), f"there is no button [{label}] on the phone"
        self.types(chat, label)

    def attaches(self, chat: int, name: str, data: bytes, caption: str = "") -> None:
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
        more = {"caption": caption} if caption else {}
        self._push({"message": {**said, "document": document, **more}})

    def sends_album(self, chat: int, count: int, caption: str = "") -> None:
        """Several pictures at once: one update each, the caption with the first, nothing marks the last."""
        group = str(self._message)
        for n in range(count):
            self._message += 1
            said = self._said(chat, self._message, "", "private")
            del said["text"]
            sizes = []
            for size in (90, 1280):
                self.stored[f"p{self._message}x{size}"] = bytes([n]) * size
                sizes.append(
                    {"file_id": f"p{self._message}x{size}", "file_unique_id": "u", "width": size, "height": size}
                )
            more = {"caption": caption} if caption and n == 0 else {}
            self._push({"message": {**said, "photo": sizes, "media_group_id": group, **more}})

    def shares(self, chat: int, phone: str, of: int | None = None) -> None:
        """A card is shared: one's own, or somebody else's."""
        self._message += 1
        said = self._said(chat, self._message, "", "private")
        del said["text"]
        card = {"phone_number": phone, "first_name": "x", "user_id": chat if of is None else of}
        self._push({"message": {**said, "contact": card}})

    def jumps(self) -> None:
        """After a quiet week the ids of updates go on at a random place."""
        self._id = 12_345

    def becomes_supergroup(self, chat: int, to: int) -> None:
        """A group moves; its messages go to the new address from now on."""
        self.moved[str(chat)] = to
        self._message += 1
        self._push({"message": {**self._said(chat, self._message, "", "group"), "migrate_to_chat_id": to}})

    async def deliver(self, secret: str | None = None, data: bytes | None = None) -> list[int]:
        """Call the webhook with what waits; an update that is not taken comes again, after the others."""
        statuses = []
        async with ClientSession() as session:
            for _ in range(100):
                if data is None and not self.updates:
                    break
                update = self.updates.popleft() if data is None else None
                headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret if secret is None else secret}
                async with session.post(
                    self.webhook, data=data or json.dumps(update).encode(), headers=headers
                ) as answer:
                    statuses.append(answer.status)
                if update is None:
                    break
                if answer.status != 200:
                    self.updates.append(update)
                    if secret is not None:
                        break
        return statuses

    def blocks(self, chat: int, blocked: bool = True) -> None:
        """A person blocks the bot, or lets it in again."""
        status = "kicked" if blocked else "member"
        person = {"id": chat, "is_bot": False, "first_name": "x"}
        self._push(
            {
                "my_chat_member": {
                    "chat": {"id": chat, "type": "private"},
                    "from": person,
                    "date": self.date,
                    "old_chat_member": {"status": "member", "user": person},
                    "new_chat_member": {"status": status, "user": person},
                }
            }
        )

    def push_raw(self, update: dict[str, Any]) -> None:
        """Something comes that need not be as it is described."""
        self._id += 1
        self.updates.append({"update_id": self._id, **update})
        self._new.set()

    def _said(self, chat: int, message: int, text: str, kind: str) -> dict[str, Any]:
        return {
            "message_id": message,
            "date": self.date,
            "text": text,
            "chat": {"id": chat, "type": kind},
            "from": {"id": chat, "is_bot": False, "first_name": "x"},
        }

    def _push(self, update: dict[str, Any]) -> None:
        self.push_raw(update)
        self.wrong += [f"an update: {why}" for why in API.wrongs(API.objects["Update"], self.updates[-1])]

    # What bots call -------------------------------------------------------------------------------

    async def _call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        self.calls.append(method)
        if request.match_info["token"] != TOKEN:
            return _wrong(401, "Unauthorized")
        if method not in API.methods:
            self.wrong.append(f"the bot calls {method}, which is not in the table")
            return _wrong(404, "Not Found")
        rules = API.methods[method].fields
        given, uploads = await fields_of(request, rules)
        found = [*API.wrongs(API.methods[method], given), *markup_wrongs(given.get("reply_markup", {}))]
        largest = next((rule.upload for rule in rules.values() if rule.upload is not None), 0)
        found += [f"{name} is too large" for name, data in uploads.items() if len(data) > largest]
        if found:
            self.wrong += [f"{method}: {why}" for why in found]
            return _wrong(400, f"Bad Request: {found[0]}")
        if (fault := await self._fault(method, request, given)) is not None:
            return fault
        self.uploads |= uploads
        try:
            result = await getattr(self, f"_{method}")(given)
        except Exception as error:
            self.wrong.append(f"{method}: the fake raises {error!r}")
            raise
        if isinstance(result, web.Response):
            return result
        if method != "getUpdates":  # what it holds was looked at when it happened, if it was to be right
            self.wrong += [f"{method} returns what {why}" for why in API.result(method, result)]
        return web.json_response({"ok": True, "result": result})

    async def _fault(self, method: str, request: web.Request, given: dict[str, Any]) -> web.Response | None:
        """What was armed for this method, if anything."""
        armed = next((each for each in self.faults if each[0] == method), None)
        if armed is None:
            return None
        self.faults.remove(armed)
        _method, status, answer = armed
        if status == STUCK:  # the line stays open and nothing ever comes
            await asyncio.sleep(300)
        if status == HANG:  # delivered, or not, and then no word of it
            if answer.get("delivered"):
                await getattr(self, f"_{method}")(given)
            assert request.transport is not None
            request.transport.close()
            return web.Response()
        if "text" in answer:  # somebody on the way, in words of their own
            return web.Response(text=answer["text"], status=status)
        return web.json_response({"ok": False, "error_code": status, **answer}, status=status)

    async def _getUpdates(self, given: dict[str, Any]) -> Any:
        if self.webhook:
            return _wrong(409, "Conflict: can't use getUpdates method while webhook is active")
        if self._polling:
            self._polling = 2  # the newer poll ends the older one
            self._new.set()
        offset, mine = int(given.get("offset", 0)), object()
        self._poll = mine
        if offset:  # everything below it is confirmed, seen or not
            self.updates = deque(each for each in self.updates if each["update_id"] >= offset)
        if not self.updates:
            self._new.clear()
            self._polling = 1
            try:
                async with asyncio.timeout(min(float(given.get("timeout", 0)), 2.0)):
                    await self._new.wait()
            except TimeoutError:
                pass
            finally:
                self._polling = 0
        if self._poll is not mine:
            return _wrong(409, "Conflict: terminated by other getUpdates request")
        return list(self.updates)[:100]

    async def _sendMessage(self, given: dict[str, Any]) -> Any:
        shown = await self._drawn(given)
        shows = self._show(given, shown) if isinstance(shown, Shown) else shown
        changes = bool(given.get("reply_markup", {}).keys() & {"keyboard", "remove_keyboard"})
        if changes and isinstance(shows, dict) and isinstance(shown, Shown):
            self.keyboards[str(given["chat_id"])] = shown.keyboard
        await asyncio.sleep(self.tells_late)
        return shows

    async def _editMessageText(self, given: dict[str, Any]) -> Any:
        """In its place; a phone does not ring for it."""
        there = self.shown.get(str(given["chat_id"]), [])
        old = next((each for each in there if each.message == given["message_id"]), None)
        new = await self._drawn(given)
        if (no := self._refuses(given)) is not None:
            return no
        if old is None:
            return _wrong(400, "Bad Request: message to edit not found")
        if not isinstance(new, Shown):
            return new
        if old.keyboard or old.file:
            return _wrong(400, "Bad Request: message can't be edited")
        if new.keyboard:
            return _wrong(400, "Bad Request: inline keyboard expected")
        if (old.text, old.inline) == (new.text, new.inline):
            return _wrong(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
            )
        old.text, old.inline = new.text, new.inline
        return self._message_of(given, old)

    async def _drawn(self, given: dict[str, Any]) -> Shown | web.Response:
        """A text with its keyboard."""
        text = str(given.get("text", ""))
        await asyncio.sleep(self.slow)
        if not text.strip():
            self.wrong.append("a text without a word")
            return _wrong(400, "Bad Request: message text is empty")
        shown, markup = Shown(text), given.get("reply_markup", {})
        for row in markup.get("keyboard", []):
            shown.keyboard += [button["text"] for button in row]
        for row in markup.get("inline_keyboard", []):
            shown.inline += [(button["text"], button["callback_data"]) for button in row]
        return shown

    async def _deleteMessage(self, given: dict[str, Any]) -> Any:
        chat = self.shown.get(str(given["chat_id"]), [])
        found = [each for each in chat if each.message == int(given["message_id"])]
        if not found:
            return _wrong(400, "Bad Request: message to delete not found")
        chat.remove(found[0])
        return True

    async def _sendPhoto(self, given: dict[str, Any]) -> Any:
        return self._file_shown(given, "photo", "p")

    async def _sendDocument(self, given: dict[str, Any]) -> Any:
        return self._file_shown(given, "document", "f")

    def _file_shown(self, given: dict[str, Any], field: str, prefix: str) -> Any:
        """A file that was uploaded, or one that is here, by its name: good for the way that it came by alone."""
        named = str(given[field])
        if named not in self.uploads:
            if named not in self.stored:
                return _wrong(400, "Bad Request: wrong file identifier/HTTP URL specified")
            if not named.startswith(prefix):
                return _wrong(400, "Bad Request: can't use file of this type here")
        return self._show(given, Shown("", file=named))

    async def _answerCallbackQuery(self, given: dict[str, Any]) -> Any:
        return True

    async def _setMyCommands(self, given: dict[str, Any]) -> Any:
        self.menus[_whose(given)] = [each["description"] for each in given["commands"]]
        return True

    async def _deleteMyCommands(self, given: dict[str, Any]) -> Any:
        self.menus.pop(_whose(given), None)
        return True

    async def _getWebhookInfo(self, given: dict[str, Any]) -> Any:
        return {"url": self.webhook, "has_custom_certificate": False, "pending_update_count": len(self.updates)}

    async def _setWebhook(self, given: dict[str, Any]) -> Any:
        self.webhook, self.secret = given["url"], given.get("secret_token", "")
        return True

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

    def _too_fast(self, chat: str) -> int:
        """Seconds to wait: 30 a second over all; 1 a second a chat with a short burst; 20 a minute a group."""
        if chat not in self._chats:
            self._chats[chat] = Allowance(20, 1 / 3) if chat.startswith("-") else Allowance(4, 1)
        return int(not (self._overall.take() and self._chats[chat].take())) * 2

    async def _file(self, request: web.Request) -> web.StreamResponse:
        if (fault := await self._fault("file", request, {})) is not None:
            return fault
        await self.files_come.wait()
        data, response = self.stored[request.match_info["path"].split("/")[-1]], web.StreamResponse()
        await response.prepare(request)
        for at in range(0, len(data), 1000):
            await asyncio.sleep(self.trickle)
            await response.write(data[at : at + 1000])
        return response

    def _show(self, given: dict[str, Any], shown: Shown) -> Any:
        if (no := self._refuses(given)) is not None:
            return no
        self.shown.setdefault(str(given["chat_id"]), []).append(shown)
        self._message += 1
        shown.message, shown.topic = self._message, given.get("message_thread_id")
        return self._message_of(given, shown)

    def _refuses(self, given: dict[str, Any]) -> web.Response | None:
        """The chat has moved, or it goes too fast."""
        chat = str(given["chat_id"])
        if chat in self.moved:
            body = {
                "ok": False,
                "error_code": 400,
                "description": "Bad Request: group chat was upgraded to a supergroup chat",
                "parameters": {"migrate_to_chat_id": self.moved[chat]},
            }
            return web.json_response(body, status=400)
        if self.limits and (wait := self._too_fast(chat)):
            self.refused += 1
            body = {
                "ok": False,
                "error_code": 429,
                "description": f"Too Many Requests: retry after {wait}",
                "parameters": {"retry_after": wait},
            }
            return web.json_response(body, status=429)
        return None

    def _message_of(self, given: dict[str, Any], shown: Shown) -> dict[str, Any]:
        return {
            "message_id": shown.message,
            "date": 1_790_000_000,
            "chat": {"id": int(given["chat_id"]), "type": "private"},
            "text": shown.text,
        }


def _whose(given: dict[str, Any]) -> str:
    """Whose menu: everybody's or one chat's, in a language."""
    scope = given.get("scope", {})
    chat = f"{scope['chat_id']}:" if scope.get("type") == "chat" else ""
    return chat + str(given.get("language_code", ""))


def _wrong(status: int, why: str) -> web.Response:
    return web.json_response({"ok": False, "error_code": status, "description": why}, status=status)
