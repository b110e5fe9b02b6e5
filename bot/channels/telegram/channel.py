"""The Telegram channel: its own intake that commits before it confirms, and sends that say what became of them."""

import asyncio
import json
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from telegram import Bot, BotCommand, InputFile
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.channel import Incoming, Outcome, Receive, Result
from bot.channels.telegram import draw, updates
from bot.channels.telegram.request import AioRequest, NotConnected
from bot.pace import Pace
from storage.files import Content

log = logging.getLogger(__name__)
POLL = 25
"""Seconds a poll is held open."""
LARGEST = 20 * 1024 * 1024
"""Bytes that a bot may download: https://core.telegram.org/bots/api#getfile."""


ALLOWED = Pace(overall=25, chat=1, burst=3)
"""Under what is known of Telegram's limits: https://core.telegram.org/bots/faq#broadcasting-to-users."""


class NoPoll(Exception):
    """The Bot API gave no updates: 401 and 404 too may pass (a proxy, a server that restarts)."""

    def __init__(self, status: int, wait: float) -> None:
        super().__init__(f"status {status}")
        self.wait = wait


class Telegram:
    """A bot."""

    name = "telegram"
    look = "keyboard"

    def __init__(
        self, token: str, api: str = "https://api.telegram.org", proxy: str = "",
        menus: Mapping[str, Sequence[tuple[str, str]]] | None = None, pace: Pace | None = ALLOWED,
    ) -> None:  # fmt: skip
        self.pace = pace
        self._token, self._api, self._menus = token, api.rstrip("/"), menus or {}
        self._requests, self._polls = AioRequest(proxy), AioRequest(proxy)
        self._bot = Bot(
            token, base_url=f"{self._api}/bot", base_file_url=f"{self._api}/file/bot",
            request=self._requests, get_updates_request=self._polls,
        )  # fmt: skip

    # Intake ---------------------------------------------------------------------------------------

    async def listen(self, receive: Receive) -> None:
        """Poll for ever. Telegram is told that an update was taken by the next offset, after the commit."""
        await self._show_menus()
        offset, failed = 0, 0
        while True:
            try:
                found = await self._poll(offset)
                for update in found:
                    await self._take(update, receive)
                    offset = int(update["update_id"]) + 1
                failed = 0
            except (TelegramError, NoPoll, ValueError) as error:
                failed += 1
                log.warning("telegram: no poll (%s), try %s", error or type(error).__name__, failed)
                wait = error.wait if isinstance(error, NoPoll) else 0.0
                await asyncio.sleep(wait or min(30.0, 0.25 * 2**failed))

    async def _show_menus(self) -> None:
        """The commands behind the menu button, in both languages."""
        for language, commands in self._menus.items():
            shown = [BotCommand(name, title) for name, title in commands]
            try:
                await self._bot.set_my_commands(shown, language_code=None if language == "vi" else language)
            except TelegramError as error:
                log.warning("telegram: the menu is not set (%s)", type(error).__name__)

    async def _poll(self, offset: int) -> list[dict[str, Any]]:
        """Raw updates; without an offset at the start, since ids begin anew after a quiet week."""
        asked: dict[str, Any] = {"timeout": POLL, "allowed_updates": list(updates.ALLOWED)}
        if offset:
            asked["offset"] = offset
        url = f"{self._api}/bot{self._token}/getUpdates"
        status, data = await self._polls.ask(url, asked, POLL + 10.0)
        answer = json.loads(data)
        if not answer.get("ok"):
            raise NoPoll(status, float(answer.get("parameters", {}).get("retry_after", 0)))
        found: list[dict[str, Any]] = answer["result"]
        return found

    async def _take(self, update: Mapping[str, Any], receive: Receive) -> None:
        try:
            heard = updates.read(update)
        except (KeyError, TypeError, ValueError, AttributeError):
            # One update that cannot be read must not hold up those behind it.
            log.exception("telegram: update %s cannot be read", update.get("update_id"))
            return
        if heard is None:
            return
        files = [content for each in heard.attached if (content := await self._fetch(each)) is not None]
        await receive(
            Incoming(
                heard.address, heard.message, heard.text, heard.edit, heard.label, files, heard.group,
                heard.reachable,
            )
        )  # fmt: skip
        if heard.query:
            try:
                await self._bot.answer_callback_query(heard.query)
            except TelegramError as error:
                log.info("telegram: a tap was not answered (%s)", type(error).__name__)

    async def _fetch(self, each: updates.Attached) -> Content | None:
        """The bytes of a file, at once: what waits at Telegram is gone in an hour."""
        try:
            file = await self._bot.get_file(each.file)
            if file.file_size is not None and file.file_size > LARGEST:
                return None
            return Content(each.name, each.kind, bytes(await file.download_as_bytearray()))
        except BadRequest as error:
            log.warning("telegram: a file cannot be fetched (%s)", error.message)
            return None

    # Sending --------------------------------------------------------------------------------------

    async def send(self, address: str, body: Mapping[str, Any], files: Sequence[Content]) -> Result:
        """The text in as many messages as it needs, the keyboard at the last; then the files."""
        try:
            texts = draw.parts(str(body["text"]))
            for text in texts[:-1]:
                await self._bot.send_message(address, text)
            await self._bot.send_message(address, texts[-1], reply_markup=draw.markup(body))
            for content in files:
                await self._send_file(address, content)
        except RetryAfter as error:
            return Result(Outcome.LATER, _seconds(error), "429")
        except NotConnected as error:
            return Result(Outcome.LATER, why=str(error))
        except TimedOut as error:
            return Result(Outcome.UNSURE, why=str(error))
        except Forbidden as error:
            return Result(Outcome.GONE, why=error.message)
        except BadRequest as error:
            gone = "chat not found" in error.message.lower()
            return Result(Outcome.GONE if gone else Outcome.REFUSED, why=error.message)
        except NetworkError as error:  # 5xx: it was not taken
            return Result(Outcome.LATER, why=error.message)
        except TelegramError as error:
            return Result(Outcome.REFUSED, why=error.message)
        return Result(Outcome.SENT)

    async def _send_file(self, address: str, content: Content) -> None:
        file = InputFile(content.bytes, filename=content.name)
        if content.kind.startswith("image/"):
            await self._bot.send_photo(address, file)
        else:
            await self._bot.send_document(address, file)

    async def close(self) -> None:
        """End the connections."""
        await self._requests.shutdown()
        await self._polls.shutdown()


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait.total_seconds() if hasattr(wait, "total_seconds") else float(wait)
