"""The Telegram channel: sends, with their outcomes; files, the menu, the doctor's questions. Runs on the event loop."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from telegram import Bot, BotCommand, BotCommandScopeChat, InputFile
from telegram.error import BadRequest, InvalidToken, NetworkError, TelegramError

from bot.channels.messages import LARGEST, Attachment, NotFetched, Outcome, OutOfReach, Receive, Result
from bot.channels.protocol import (
    Calls,
    Channel,
    Closes,
    Edits,
    Entries,
    Examines,
    Fetches,
    Finding,
    HasGroups,
    HasMenu,
    InviteLink,
    Invites,
    Push,
    Watched,
    webhook_finding,
)
from bot.channels.rate_limit import Pace
from bot.channels.telegram import draw, updates
from bot.channels.telegram.listener import NoPoll, TelegramListener
from bot.channels.telegram.outcomes import told
from bot.channels.telegram.request import AioRequest, NotConnected, error_of, message_of, unclear
from bot.language import _

log = logging.getLogger(__name__)
TELEGRAM = "https://api.telegram.org"
PATIENCE = 20.0
"""Seconds that a send may take to be answered; three times as long where in doubt it is not repeated."""
PHOTO = 10 * 1000 * 1000
"""Bytes of a picture that is shown as one: https://core.telegram.org/bots/api#sending-files."""
ALLOWED = Pace(overall=29, chat=0.95, burst=3, at_once=10)
"""A little under what is known of Telegram's limits: https://core.telegram.org/bots/faq#broadcasting-to-users."""


class Telegram(Channel, Calls, Closes, Edits, Examines, Fetches, HasGroups, HasMenu, Invites, Watched):
    """A bot."""

    name = "telegram"
    look = "keyboard"
    quota: int | None = None

    def __init__(
        self,
        token: str,
        api: str = TELEGRAM,
        proxy: str = "",
        webhook: str = "",
        menus: Mapping[str, Entries] | None = None,
        pace: Pace | None = ALLOWED,
    ) -> None:
        self.pace = pace
        self._token, self._api, self._webhook = token, api.rstrip("/"), webhook
        self._requests, self._polls = AioRequest(proxy), AioRequest(proxy)
        self._bot = Bot(
            token,
            base_url=f"{self._api}/bot",
            base_file_url=f"{self._api}/file/bot",
            request=self._requests,
            get_updates_request=self._polls,
        )
        address = f"{self._api}/bot{token}"
        self._listener = TelegramListener(self._bot, self._polls, address, token, webhook, menus or {})

    @property
    def good(self) -> float | None:
        """When it last heard from Telegram (monotonic seconds); None before the first time."""
        return self._listener.good

    async def listen(self, receive: Receive) -> None:
        """Poll for ever; or let Telegram call, where a webhook is set."""
        await self._listener.listen(receive)

    def hook(self, receive: Receive) -> tuple[str, Push] | None:
        """Return where Telegram calls; None when it is polled."""
        return self._listener.hook(receive)

    async def fetch(self, source: str) -> bytes | None:
        """Return the bytes of a file; its address there is asked for each time, since it is good for an hour."""
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
        """Return where a Bot API server of one's own has put a file; Telegram's own never names a place on a disk.

        https://core.telegram.org/bots/api#using-a-local-bot-api-server
        """
        return Path(path) if self._api != TELEGRAM and path.startswith("/") else None

    # Sending --------------------------------------------------------------------------------------

    async def send(self, address: str, body: Mapping[str, Any], files: Sequence[Attachment], skip: int = 0) -> Result:
        """Send one of: the messages that the text needs, the keyboard at the last; then the files."""
        steps = self._steps(address, body, files)
        try:
            if skip == 1 and body.get("aside"):  # it has taken the keyboard away, and nobody need read it
                await self._delete(address, str(body["aside"]))
            message = await steps[skip]()
        except TelegramError as error:
            return told(error, skip)
        aside = skip == 0 and draw.removes(body)
        return Result(Outcome.SENT, parts=skip + 1, more=skip + 1 < len(steps), message=message, aside=aside)

    async def edit(self, address: str, message: str, body: Mapping[str, Any]) -> Result:
        """Replace the text with its inline buttons: https://core.telegram.org/bots/api#editmessagetext."""
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
            return told(error, 0)
        return Result(Outcome.SENT)

    def invite_link(self, code: str) -> InviteLink | None:
        """Return a deep link: https://core.telegram.org/bots/features#deep-linking."""
        if not self._listener.username:
            return None
        return InviteLink(self.name, f"https://t.me/{self._listener.username}?start={code}", knows_code=True)

    async def set_menu(self, address: str, menus: Mapping[str, Entries]) -> bool:
        """Set this chat's own menu; without entries it shows the one everybody has."""
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
            return True  # a chat that is not there any more wants no menu
        except TelegramError as error:
            log.info("telegram: a menu is not set (%s)", type(error).__name__)
            return False
        return True

    def is_group(self, address: str) -> bool:
        """Return whether it is a group: groups have negative ids."""
        return address.startswith("-")

    def _steps(
        self, address: str, body: Mapping[str, Any], files: Sequence[Attachment]
    ) -> list[Callable[[], Awaitable[str]]]:
        *texts, last = draw.parts(str(body["text"]))
        seconds = PATIENCE * 3 if body.get("patient") else PATIENCE
        steps: list[Callable[[], Awaitable[str]]] = []
        if draw.removes(body):
            removal = partial(self._say, address, draw.removal(body), draw.NONE, disable_notification=True)
            steps.append(removal)
        steps += [partial(self._say, address, text, seconds=seconds) for text in texts]
        steps.append(partial(self._say, address, last, draw.markup(body), seconds=seconds))
        return steps + [partial(self._send_file, address, content) for content in files]

    async def _say(
        self, address: str, text: str, markup: draw.Markup | None = None, seconds: float = 0.0, **more: Any
    ) -> str:
        """Send a text, the one request of every answer; return what Telegram calls it, or "" for an odd reply."""
        asked: dict[str, Any] = {**updates.where(address), "text": text, **more}
        if markup is not None:
            asked["reply_markup"] = markup
        return message_of(await self._ask("sendMessage", asked, seconds))

    async def _ask(self, method: str, asked: dict[str, Any], seconds: float = 0.0) -> bytes:
        """Make a request as JSON; return its reply unread."""
        url = f"{self._api}/bot{self._token}/{method}"
        status, data = await self._requests.ask(url, asked, seconds or PATIENCE)
        if status != 200 or unclear(status, data):
            raise error_of(status, data)
        return data

    async def _delete(self, address: str, message: str) -> None:
        """Delete a message that only took the keyboard away; the keyboard does not come back."""
        try:
            await self._ask("deleteMessage", {"chat_id": updates.where(address)["chat_id"], "message_id": int(message)})
        except (TelegramError, ValueError) as error:
            log.info("telegram: a message was not deleted (%s)", type(error).__name__)

    async def _send_file(self, address: str, content: Attachment) -> str:
        if content.known and await self._sent_again(address, content):
            return ""
        file = InputFile(content.bytes, filename=content.name)
        drawn = content.kind.startswith("image/") and not content.own  # what people have sent comes back unreduced
        if drawn and len(content.bytes) <= PHOTO:
            await self._bot.send_photo(photo=file, **updates.where(address))
        else:
            await self._bot.send_document(document=file, **updates.where(address))
        return ""

    async def _sent_again(self, address: str, content: Attachment) -> bool:
        """Send a file by what Telegram calls it; False where it does not know it any more, or as something else.

        A picture's name is good for the way that it came by alone: https://core.telegram.org/bots/api#sending-files.
        """
        picture = [("sendPhoto", "photo")] if content.kind.startswith("image/") else []
        for method, field in (*picture, ("sendDocument", "document")):
            try:
                await self._ask(method, {**updates.where(address), field: content.known})
            except BadRequest as error:
                if told(error, 0).outcome is not Outcome.REFUSED:
                    raise
                log.info("telegram: a file is not sent again by its name (%s)", error.message)
            else:
                return True
        return False

    # The doctor -----------------------------------------------------------------------------------

    async def examine(self) -> AsyncIterator[Finding]:
        """Check the token, the connection, and the webhook against the setting."""
        try:
            me = await self._bot.get_me()
            hook = await self._bot.get_webhook_info()
        except NotConnected:
            yield Finding(
                False, _("Telegram cannot be reached at {api}. A proxy: THIDUA_TELEGRAM_PROXY.", api=self._api)
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
        """Poll once, without confirming: the server will see these too."""
        try:
            return await self._listener.poll(0)
        except (TelegramError, NoPoll, ValueError):
            return []

    async def hang_up(self) -> None:
        """End the connection that polls."""
        await self._polls.shutdown()

    async def close(self) -> None:
        """End the connections."""
        self._listener.close()
        await self._requests.shutdown()
        await self._polls.shutdown()


def _read(path: Path) -> bytes | None:
    """Return a file of this disk; None for one that is too large; raise OSError."""
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    return data if len(data) <= LARGEST else None
