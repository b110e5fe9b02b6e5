"""Takes in what Telegram brings: polled or called, committed before it is confirmed. Runs on the event loop."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from time import monotonic, time
from typing import Any

from telegram import Bot, BotCommand
from telegram.error import TelegramError

from bot.channels.messages import Event, Incoming, Receive, Unreadable
from bot.channels.protocol import Entries, Push
from bot.channels.telegram import updates
from bot.channels.telegram.request import AioRequest
from bot.channels.webhook import Webhook

log = logging.getLogger(__name__)
POLL = 25
"""Seconds a poll is held open."""
AT_ONCE, SLOWEST = 0.5, 5.0
"""A poll without news that ends sooner was not held open; seconds between two such polls, at most."""
HELD_OPEN = 60.0
"""So long at most between two polls of somebody who listens."""
KEPT = 86_400.0
"""Seconds for which Telegram keeps what nobody fetches: https://core.telegram.org/bots/api#getting-updates."""
HEADER = "X-Telegram-Bot-Api-Secret-Token"
"""The header of a webhook's secret: https://core.telegram.org/bots/api#setwebhook."""


class NoPoll(Exception):
    """The Bot API gave no updates: 401 and 404 too may pass (a proxy, a server that restarts)."""

    def __init__(self, status: int, wait: float) -> None:
        super().__init__(f"status {status}")
        self.wait = wait


class TelegramListener:
    """The intake of a bot."""

    def __init__(
        self, bot: Bot, polls: AioRequest, address: str, token: str, webhook: str, menus: Mapping[str, Entries]
    ) -> None:
        self._bot, self._polls, self._address = bot, polls, address
        self._webhook, self._menus = Webhook(webhook, token, HEADER), menus
        self.good: float | None = None
        self.username = ""
        """What the bot is called, once it is known."""
        self._listened = 0.0
        """When it last was given what there was (seconds since 1970)."""
        self._telling: set[asyncio.Task[None]] = set()
        """Taps that are being answered."""

    async def listen(self, receive: Receive) -> None:
        """Poll for ever; or let Telegram call, where a webhook is set."""
        setting = asyncio.create_task(self._show_menus())
        try:
            if self._webhook.address:
                await self._retry(self._set_webhook)
                self.good = monotonic()
                await asyncio.Event().wait()
            await self._retry(self._bot.delete_webhook)
            await self._poll_for_ever(receive)
        finally:
            setting.cancel()

    def hook(self, receive: Receive) -> tuple[str, Push] | None:
        """Return where Telegram calls, the path of the webhook's address, and what answers: 200 only after the commit."""
        if not self._webhook.address:
            return None

        async def push(headers: Mapping[str, str], data: bytes) -> int:
            if not self._webhook.proven(headers):
                return 403
            try:
                update = json.loads(data)
                update["update_id"]
            except (ValueError, KeyError, TypeError):
                return 400
            self.good = monotonic()
            await self._take(update, receive)
            return 200

        return self._webhook.path, push

    async def _set_webhook(self) -> None:
        # One call at a time: with more, two messages of one chat may overtake each other.
        await self._bot.set_webhook(
            self._webhook.address, secret_token=self._webhook.secret, allowed_updates=updates.ALLOWED, max_connections=1
        )

    async def _retry(self, ask: Callable[[], Awaitable[object]]) -> None:
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
        """Poll, and confirm updates by the next offset, after the commit."""
        offset = failed = hollow = 0
        while True:
            try:
                began = monotonic()
                found = await self.poll(offset)
                self.good = monotonic()
                news = await self._take_all(found, receive)
                hollow = 0 if news or monotonic() - began > AT_ONCE else hollow + 1
                if hollow:  # not held open, or all known: repeated at once it would be a busy loop
                    await asyncio.sleep(min(SLOWEST, 0.05 * 2.0**hollow))
                # It has confirmed what it had to: kept for a quiet week, it would confirm ids away that begin again.
                offset = int(found[-1]["update_id"]) + 1 if found else 0
                failed = 0
            except (TelegramError, NoPoll, ValueError) as error:
                failed += 1
                log.warning("telegram: no poll (%s), try %s", error or type(error).__name__, failed)
                wait = error.wait if isinstance(error, NoPoll) else 0.0
                await asyncio.sleep(wait or min(15.0, 0.25 * 2**failed))

    async def _show_menus(self) -> None:
        """Ask for the bot's name; set the commands behind the menu button, in both languages."""
        await self._retry(self._ask_name)
        for language, commands in self._menus.items():
            shown = [BotCommand(name, title) for name, title in commands]
            try:
                await self._bot.set_my_commands(shown, language_code=None if language == "vi" else language)
            except TelegramError as error:
                log.warning("telegram: the menu is not set (%s)", type(error).__name__)

    async def _ask_name(self) -> None:
        self.username = (await self._bot.get_me()).username or ""

    async def poll(self, offset: int) -> list[dict[str, Any]]:
        """Return raw updates; without an offset at the start, since ids begin again after a quiet week."""
        asked: dict[str, Any] = {"timeout": POLL, "allowed_updates": list(updates.ALLOWED)}
        if offset:
            asked["offset"] = offset
        status, data = await self._polls.ask(f"{self._address}/getUpdates", asked, POLL + 10.0)
        match json.loads(data):
            case {"ok": True, "result": [*found]} if all(map(updates.numbered, found)):
                return found
            case {"parameters": {"retry_after": int(wait)}}:
                raise NoPoll(status, wait)
            case _:  # of a proxy, or of a server that is not well
                raise NoPoll(status, 0.0)

    async def _take_all(self, found: Sequence[Mapping[str, Any]], receive: Receive) -> bool:
        """Commit updates together, in order within a chat; return whether there was anything new."""
        chats: dict[object, list[Mapping[str, Any]]] = {}
        came, since = monotonic(), self._unheard()
        for update in found:
            chats.setdefault(updates.chat(update), []).append(update)

        async def in_order(those: Sequence[Mapping[str, Any]]) -> bool:
            return any([await self._take(update, receive, since, came) for update in those])

        return any(await asyncio.gather(*(in_order(those) for those in chats.values())))

    def _unheard(self) -> float | None:
        """Return since when nobody has listened (seconds since 1970); None when somebody has."""
        before, self._listened = self._listened, time()
        return before if self._listened - before > HELD_OPEN else None

    async def _take(
        self, update: Mapping[str, Any], receive: Receive, since: float | None = None, came: float | None = None
    ) -> bool:
        if updates.names_a_bot(update) and not self.username:
            with suppress(TelegramError):
                await self._ask_name()
        try:
            heard: updates.TelegramUpdate | Event | None = updates.read(update, self.username)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            # One update that cannot be read must not hold up those behind it.
            log.warning("telegram: an update cannot be read (%s)", type(error).__name__)
            heard = Unreadable(f"update{update.get('update_id')}", update)
        new = True
        if isinstance(heard, updates.TelegramUpdate):
            new = await self._commit(update, heard, receive, since, came)
        elif heard is not None:
            new = await receive(heard)
        query = updates.query(update)
        if query is not None:  # whatever it was: its button turns until it is answered
            self._stop_turning(query)
        return new

    async def _commit(
        self,
        update: Mapping[str, Any],
        heard: updates.TelegramUpdate,
        receive: Receive,
        since: float | None,
        came: float | None,
    ) -> bool:
        return await receive(
            Incoming(
                heard.address,
                heard.message,
                heard.text,
                heard.edit,
                heard.label,
                heard.attached,
                heard.group,
                heard.phone,
                heard.missing,
                heard.by,
                int(update.get("update_id", 0)),
                of=heard.of,
                said=heard.said,
                earliest=None if since is None or heard.said else max(since, heard.shown or 0.0, time() - KEPT),
                media=heard.media,
                came=came,
                reply=heard.reply,
            )
        )

    def _stop_turning(self, query: str) -> None:
        """Answer a tap, so that its button turns no more; nothing waits for that."""

        async def tell() -> None:
            try:
                await self._bot.answer_callback_query(query)
            except TelegramError as error:
                log.info("telegram: a tap was not answered (%s)", type(error).__name__)

        task = asyncio.create_task(tell())
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    def close(self) -> None:
        """Answer no more taps."""
        for task in self._telling:
            task.cancel()
