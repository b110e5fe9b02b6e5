"""The Telegram channel: its own intake that commits before it confirms, and sends that say what became of them."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import unquote, urlsplit

from telegram import Bot, BotCommand, BotCommandScopeChat, InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channel import (
    LARGEST,
    Attachment,
    Door,
    Entries,
    Event,
    Finding,
    Incoming,
    NotFetched,
    Outcome,
    OutOfReach,
    Push,
    Receive,
    Result,
    Unreadable,
    webhook_finding,
)
from bot.channels.telegram import draw, updates
from bot.channels.telegram.request import AioRequest, NotConnected, error_of, message_of, unclear
from bot.i18n import _
from bot.pace import Pace

log = logging.getLogger(__name__)
TELEGRAM = "https://api.telegram.org"
PATIENCE = 20.0
"""Seconds that a send may take to be answered; three times as long where in doubt it is not repeated."""
POLL = 25
"""Seconds a poll is held open."""
AT_ONCE, SLOWEST = 0.5, 5.0
"""A poll without news that ends sooner was not held open; seconds between two such polls, at most."""
HEADER = "X-Telegram-Bot-Api-Secret-Token"
"""The header of a webhook's secret: https://core.telegram.org/bots/api#setwebhook."""
NOBODY = (
    "chat not found", "user not found", "peer_id_invalid", "deactivated", "chat_write_forbidden",
    "not enough rights to send", "have no rights to send", "kicked",
)  # fmt: skip
"""What a 400 says of a chat in which nobody is reached any more; any other is about the message."""
ALLOWED = Pace(overall=29, chat=0.95, burst=3, at_once=20)
"""A little under what is known of Telegram's limits: https://core.telegram.org/bots/faq#broadcasting-to-users."""


class NoPoll(Exception):
    """The Bot API gave no updates: 401 and 404 too may pass (a proxy, a server that restarts)."""

    def __init__(self, status: int, wait: float) -> None:
        super().__init__(f"status {status}")
        self.wait = wait


class Telegram:
    """A bot."""

    name = "telegram"
    look = "keyboard"
    quota: int | None = None

    def __init__(
        self, token: str, api: str = TELEGRAM, proxy: str = "", webhook: str = "",
        menus: Mapping[str, Entries] | None = None, pace: Pace | None = ALLOWED,
    ) -> None:  # fmt: skip
        self.pace = pace
        self.good: float | None = None
        self._username = ""
        self._token, self._api, self._menus, self._webhook = token, api.rstrip("/"), menus or {}, webhook
        self._requests, self._polls = AioRequest(proxy), AioRequest(proxy)
        self._telling: set[asyncio.Task[None]] = set()
        """Taps that are being answered."""
        self._bot = Bot(
            token, base_url=f"{self._api}/bot", base_file_url=f"{self._api}/file/bot",
            request=self._requests, get_updates_request=self._polls,
        )  # fmt: skip

    # Intake ---------------------------------------------------------------------------------------

    async def listen(self, receive: Receive) -> None:
        """Poll for ever; or let Telegram call, where a webhook is set."""
        setting = asyncio.create_task(self._show_menus())
        try:
            if self._webhook:
                await self._insist(self._set_webhook)
                self.good = monotonic()
                await asyncio.Event().wait()
            await self._insist(self._bot.delete_webhook)
            await self._poll_for_ever(receive)
        finally:
            setting.cancel()

    def hook(self, receive: Receive) -> tuple[str, Push] | None:
        """Where Telegram calls: the path of the webhook's address; 200 only after the commit."""
        if not self._webhook:
            return None

        async def push(headers: Mapping[str, str], data: bytes) -> int:
            if not compare_digest(
                headers.get(HEADER, "").encode(errors="surrogateescape"), self._secret.encode()
            ):
                return 403
            try:
                update = json.loads(data)
                update["update_id"]
            except (ValueError, KeyError, TypeError):
                return 400
            self.good = monotonic()
            await self._take(update, receive)
            return 200

        return unquote(urlsplit(self._webhook).path), push

    @property
    def _secret(self) -> str:
        """What Telegram says with every call; made from the token, so that it need not be kept."""
        return sha256(f"webhook:{self._token}".encode()).hexdigest()

    async def _set_webhook(self) -> None:
        # One call at a time: with more, two messages of one chat may overtake each other.
        await self._bot.set_webhook(
            self._webhook, secret_token=self._secret, allowed_updates=updates.ALLOWED, max_connections=1
        )

    async def _insist(self, ask: Callable[[], Awaitable[object]]) -> None:
        failed = 0
        while True:
            try:
                await ask()
            except TelegramError as error:
                failed += 1
                log.warning("telegram: no answer (%s), try %s", type(error).__name__, failed)
                await asyncio.sleep(min(30.0, 0.25 * 2**failed))
            else:
                return

    async def _poll_for_ever(self, receive: Receive) -> None:
        """Telegram is told that an update was taken by the next offset, after the commit."""
        offset = failed = hollow = 0
        while True:
            try:
                began = monotonic()
                found = await self._poll(offset)
                self.good = monotonic()
                news = await self._take_all(found, receive)
                hollow = 0 if news or monotonic() - began > AT_ONCE else hollow + 1
                if (
                    hollow
                ):  # not held open, or all of it known: asked again at once it would turn in a tight circle
                    await asyncio.sleep(min(SLOWEST, 0.05 * 2.0**hollow))
                # It has confirmed what it had to: kept for a quiet week, it would confirm ids away that begin anew.
                offset = int(found[-1]["update_id"]) + 1 if found else 0
                failed = 0
            except (TelegramError, NoPoll, ValueError) as error:
                failed += 1
                log.warning("telegram: no poll (%s), try %s", error or type(error).__name__, failed)
                wait = error.wait if isinstance(error, NoPoll) else 0.0
                await asyncio.sleep(wait or min(15.0, 0.25 * 2**failed))

    async def _show_menus(self) -> None:
        """Who we are, and the commands behind the menu button, in both languages."""
        await self._insist(self._ask_name)
        for language, commands in self._menus.items():
            shown = [BotCommand(name, title) for name, title in commands]
            try:
                await self._bot.set_my_commands(shown, language_code=None if language == "vi" else language)
            except TelegramError as error:
                log.warning("telegram: the menu is not set (%s)", type(error).__name__)

    async def _ask_name(self) -> None:
        self._username = (await self._bot.get_me()).username or ""

    async def _poll(self, offset: int) -> list[dict[str, Any]]:
        """Raw updates; without an offset at the start, since ids begin anew after a quiet week."""
        asked: dict[str, Any] = {"timeout": POLL, "allowed_updates": list(updates.ALLOWED)}
        if offset:
            asked["offset"] = offset
        url = f"{self._api}/bot{self._token}/getUpdates"
        status, data = await self._polls.ask(url, asked, POLL + 10.0)
        match json.loads(data):
            case {"ok": True, "result": [*found]} if all(map(updates.numbered, found)):
                return found
            case {"parameters": {"retry_after": int(wait)}}:
                raise NoPoll(status, wait)
            case _:  # of a proxy, or of a server that is not well
                raise NoPoll(status, 0.0)

    async def _take_all(self, found: Sequence[Mapping[str, Any]], receive: Receive) -> bool:
        """Committed together, in order within a chat; whether there was anything new."""
        chats: dict[object, list[tuple[Mapping[str, Any], float | None]]] = {}
        came, after = monotonic(), None
        for update in reversed(found):  # a tap bears no time: it came before what came after it
            after = updates.said(update) or after
            chats.setdefault(updates.chat(update), []).insert(0, (update, after))

        async def in_order(those: Sequence[tuple[Mapping[str, Any], float | None]]) -> bool:
            return any([await self._take(update, receive, before, came) for update, before in those])

        return any(await asyncio.gather(*(in_order(those) for those in chats.values())))

    async def _take(
        self,
        update: Mapping[str, Any],
        receive: Receive,
        before: float | None = None,
        came: float | None = None,
    ) -> bool:
        if updates.names_a_bot(update) and not self._username:
            with suppress(TelegramError):
                await self._ask_name()
        try:
            heard: updates.Heard | Event | None = updates.read(update, self._username)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            # One update that cannot be read must not hold up those behind it.
            log.warning("telegram: an update cannot be read (%s)", type(error).__name__)
            heard = Unreadable(f"update{update.get('update_id')}", update)
        new = True
        if isinstance(heard, updates.Heard):
            new = await self._commit(update, heard, receive, before, came)
        elif heard is not None:
            new = await receive(heard)
        if (
            query := updates.query(update)
        ) is not None:  # whatever it was: its button turns until it is answered
            self._stop_turning(query)
        return new

    async def _commit(
        self, update: Mapping[str, Any], heard: updates.Heard, receive: Receive, before: float | None,
        came: float | None,
    ) -> bool:  # fmt: skip
        return await receive(
            Incoming(
                heard.address, heard.message, heard.text, heard.edit, heard.label, heard.attached, heard.group,
                heard.phone, heard.missing, heard.by, int(update.get("update_id", 0)), of=heard.of,
                said=heard.said or before, media=heard.media, came=came, reply=heard.reply,
            )
        )  # fmt: skip

    def _stop_turning(self, query: str) -> None:
        """Tell the button that its tap was taken; nothing waits for that."""

        async def tell() -> None:
            try:
                await self._bot.answer_callback_query(query)
            except TelegramError as error:
                log.info("telegram: a tap was not answered (%s)", type(error).__name__)

        task = asyncio.create_task(tell())
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def fetch(self, source: str) -> bytes | None:
        """The bytes of a file: its place there is asked for anew each time, since it is good for an hour."""
        try:
            file = await self._bot.get_file(source)
            if file.file_path is None or (file.file_size or 0) > LARGEST:
                return None
            if (path := self._on_disk(file.file_path)) is not None:
                return await asyncio.to_thread(_read, path)
            elsewhere = file.file_path.startswith(f"{self._api}/file/bot{self._token}//")
            try:
                return await self._requests.fetch(file.file_path, LARGEST)
            except NetworkError:
                if elsewhere:  # a place on the disk of another machine, and nobody there hands it on
                    raise FileNotFoundError from None
                raise
        except BadRequest as error:
            log.warning("telegram: a file cannot be fetched (%s)", error.message)
            return None
        except TelegramError as error:
            raise NotFetched(type(error).__name__) from None
        except OSError as error:
            log.error("telegram: a file of the Bot API server cannot be read here (%s)", type(error).__name__)
            raise OutOfReach(type(error).__name__) from None

    def _on_disk(self, path: str) -> Path | None:
        """Where a Bot API server of one's own has put a file; Telegram's own never names a place on a disk.

        https://core.telegram.org/bots/api#using-a-local-bot-api-server
        """
        return Path(path) if self._api != TELEGRAM and path.startswith("/") else None

    # Sending --------------------------------------------------------------------------------------

    async def send(
        self, address: str, body: Mapping[str, Any], files: Sequence[Attachment], skip: int = 0
    ) -> Result:
        """The text in as many messages as it needs, the keyboard at the last; then the files."""
        steps = self._steps(address, body, files)
        try:
            if skip == 1 and body.get("aside"):  # it has taken the keyboard away, and nobody need read it
                await self._delete(address, str(body["aside"]))
            message = await steps[skip]()
        except TelegramError as error:
            return _told(error, skip)
        aside = skip == 0 and draw.removes(body)
        return Result(
            Outcome.SENT, parts=skip + 1, more=skip + 1 < len(steps), message=message, aside=aside
        )  # fmt: skip

    async def edit(self, address: str, message: str, body: Mapping[str, Any]) -> Result:
        """Another text with its inline buttons: https://core.telegram.org/bots/api#editmessagetext."""
        text, *more = draw.parts(str(body["text"]))
        if more:
            return Result(Outcome.REFUSED, why="it would be more than one message")
        asked = {"chat_id": updates.where(address)["chat_id"], "message_id": int(message), "text": text}
        if "inline_keyboard" in (markup := draw.markup(body) or {}):
            asked["reply_markup"] = markup
        try:
            await self._ask("editMessageText", asked)
        except TelegramError as error:
            if "message is not modified" in str(error).lower():  # an earlier try has arrived
                return Result(Outcome.SENT)
            return _told(error, 0)
        return Result(Outcome.SENT)

    def door(self, code: str) -> Door | None:
        """A deep link: https://core.telegram.org/bots/features#deep-linking."""
        if not self._username:
            return None
        return Door(self.name, f"https://t.me/{self._username}?start={code}", knows_code=True)

    async def dress(self, address: str, menus: Mapping[str, Entries]) -> bool | None:
        """This chat's own menu; without entries the one everybody has."""
        scope = BotCommandScopeChat(address)
        try:
            for language, entries in menus.items():
                code = None if language == "vi" else language
                shown = [BotCommand(name, title) for name, title in entries]
                if shown:
                    await self._bot.set_my_commands(shown, scope, code)
                else:
                    await self._bot.delete_my_commands(scope, code)
        except BadRequest:
            return None  # a chat that is not there any more wants no menu
        except TelegramError as error:
            log.info("telegram: a menu is not set (%s)", type(error).__name__)
            return False
        return True

    def parts(self, body: Mapping[str, Any]) -> int:
        """How many messages it is."""
        return draw.removes(body) + len(draw.parts(str(body["text"]))) + len(body.get("files", ()))

    def crowd(self, address: str) -> bool:
        """Groups have negative ids."""
        return address.startswith("-")

    def _steps(
        self, address: str, body: Mapping[str, Any], files: Sequence[Attachment]
    ) -> list[Callable[[], Awaitable[str]]]:
        *texts, last = draw.parts(str(body["text"]))
        seconds = PATIENCE * 3 if body.get("patient") else PATIENCE
        steps: list[Callable[[], Awaitable[str]]] = []
        if draw.removes(body):
            removal = partial(self._say, address, draw.REMOVAL, draw.NONE, disable_notification=True)
            steps.append(removal)
        steps += [partial(self._say, address, text, seconds=seconds) for text in texts]
        steps.append(partial(self._say, address, last, draw.markup(body), seconds=seconds))
        return steps + [partial(self._send_file, address, content) for content in files]

    async def _say(
        self, address: str, text: str, markup: draw.Markup | None = None, seconds: float = 0.0, **more: Any
    ) -> str:
        """The one request that is made for every answer; what Telegram calls it, or "" for an odd reply."""
        asked: dict[str, Any] = {**updates.where(address), "text": text, **more}
        if markup is not None:
            asked["reply_markup"] = markup
        return message_of(await self._ask("sendMessage", asked, seconds))

    async def _ask(self, method: str, asked: dict[str, Any], seconds: float = 0.0) -> bytes:
        """A request as JSON, its reply unread."""
        url = f"{self._api}/bot{self._token}/{method}"
        status, data = await self._requests.ask(url, asked, seconds or PATIENCE)
        if status != 200 or unclear(status, data):
            raise error_of(status, data)
        return data

    async def _delete(self, address: str, message: str) -> None:
        """A message that only took the keyboard away is gone before anybody has read it; the keyboard does not come back."""
        try:
            await self._ask(
                "deleteMessage", {"chat_id": updates.where(address)["chat_id"], "message_id": int(message)}
            )
        except (TelegramError, ValueError) as error:
            log.info("telegram: a message was not deleted (%s)", type(error).__name__)

    async def _send_file(self, address: str, content: Attachment) -> str:
        file = InputFile(content.bytes, filename=content.name)
        if content.kind.startswith("image/"):
            await self._bot.send_photo(photo=file, **updates.where(address))
        else:
            await self._bot.send_document(document=file, **updates.where(address))
        return ""

    # The doctor -----------------------------------------------------------------------------------

    async def examine(self) -> AsyncIterator[Finding]:
        """Token, reach, the webhook as it is and as it should be."""
        try:
            me = await self._bot.get_me()
            hook = await self._bot.get_webhook_info()
        except NotConnected:
            yield Finding(
                False,
                _("Telegram cannot be reached at {api}. A proxy: THIDUA_TELEGRAM_PROXY.", api=self._api),
            )
            return
        except InvalidToken:
            yield Finding(False, _("Telegram does not know the token THIDUA_TELEGRAM_TOKEN."))
            return
        except TelegramError as error:
            yield Finding(False, _("Telegram answers with an error: {why}", why=error.message))
            return
        yield Finding(True, _("Telegram: @{name}", name=me.username or ""))
        yield webhook_finding("Telegram", hook.url, self._webhook)
        if hook.pending_update_count:
            yield Finding(None, _("Telegram: {n} messages wait there", n=hook.pending_update_count))
        if hook.last_error_message:
            yield Finding(None, _("Telegram could not call the webhook: {why}", why=hook.last_error_message))

    async def peek(self) -> Sequence[Mapping[str, Any]]:
        """They are not confirmed, so the server will see them too."""
        try:
            return await self._poll(0)
        except (TelegramError, NoPoll, ValueError):
            return []

    async def hang_up(self) -> None:
        """End the connection that polls."""
        await self._polls.shutdown()

    async def close(self) -> None:
        """End the connections."""
        for task in self._telling:
            task.cancel()
        await self._requests.shutdown()
        await self._polls.shutdown()


def _read(path: Path) -> bytes | None:
    """A file of this disk; None for one that is too large; raises OSError."""
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    return data if len(data) <= LARGEST else None


def _told(error: TelegramError, parts: int) -> Result:
    """What an error of the Bot API means for a message of which so many parts have gone out."""
    match error:
        case RetryAfter():
            return Result(Outcome.SLOWER, _seconds(error), "429", parts)
        case ChatMigrated():
            return Result(Outcome.MOVED, parts=parts, address=str(error.new_chat_id))
        case NotConnected():
            return Result(Outcome.LATER, why=str(error), parts=parts)
        case TimedOut():
            return Result(Outcome.UNSURE, why=str(error), parts=parts)
        case Forbidden():
            return Result(Outcome.GONE, why=error.message, parts=parts)
        case BadRequest():
            gone = any(sign in error.message.lower() for sign in NOBODY)
            return Result(Outcome.GONE if gone else Outcome.REFUSED, why=error.message, parts=parts)
        case InvalidToken():  # 401 and 404 pass: a proxy, a server that restarts
            return Result(Outcome.LATER, why="the token is not known", parts=parts)
        case NetworkError():  # 5xx: it was not taken
            return Result(Outcome.LATER, why=error.message, parts=parts)
    return Result(Outcome.REFUSED, why=error.message, parts=parts)


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait.total_seconds() if hasattr(wait, "total_seconds") else float(wait)
