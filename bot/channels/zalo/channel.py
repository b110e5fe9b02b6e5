"""The Zalo channel: polls without a gap or is called, commits what it hears, and says what became of a send."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from functools import partial
from hashlib import sha256
from hmac import compare_digest
from time import monotonic
from typing import Any
from urllib.parse import unquote, urlsplit

from bot.channels.messages import LARGEST, Attachment, Incoming, Outcome, Receive, Result, Unreadable, Wanted
from bot.channels.protocol import Door, Finding, Push, webhook_finding
from bot.channels.rate_limit import Pace
from bot.channels.zalo import draw, updates
from bot.channels.zalo.client import TIMEOUT, Client, NoAnswer, NotSent, Reply
from bot.language import Words, _

log = logging.getLogger(__name__)
API = "https://bot-api.zaloplatforms.com"
POLL = 25
"""Seconds a poll is held open."""
PEOPLE = 50
"""How many people one bot serves in its free plan: https://bot.zaloplatforms.com/."""
AT_ONCE = 0.5
"""A poll without news that ends sooner than this was not held open."""
SLOWEST = 30.0
"""Seconds between two polls that fail, at most."""
PICTURE = 150.0
"""Seconds that Zalo may take to fetch a picture while we wait."""
SPENT = 426
"""The webhook has been set as often as a day allows."""
HEADER = "X-Bot-Api-Secret-Token"
ALLOWED = Pace(overall=25, chat=1, burst=3, unasked=5)
"""Zalo publishes no figures a second; this is slow enough to be let through."""


class Zalo:
    """A bot of the Zalo Bot Platform; several share the load of an office."""

    look = "plain"

    def __init__(
        self,
        token: str,
        api: str = API,
        webhook: str = "",
        quota: int | None = None,
        pace: Pace | None = ALLOWED,
        words: Words | None = None,
    ) -> None:
        self.id = token.partition(":")[0]
        self.name = f"zalo:{self.id}"
        self.pace, self.quota = pace, quota
        self.good: float | None = None
        self._token, self._webhook, self._words = token, webhook, words or Words("vi")
        self._client, self._polls = Client(token, api), Client(token, api)
        self._taking: dict[str, asyncio.Task[bool]] = {}
        """The last task of each chat: the next one waits for it."""

    # Intake ---------------------------------------------------------------------------------------

    async def listen(self, receive: Receive) -> None:
        """Poll for ever; or let Zalo call, where a webhook is set."""
        if self._webhook:
            await self._set_webhook()
            self.good = monotonic()
            await asyncio.Event().wait()
        failed = hollow = 0
        poll, began = asyncio.create_task(self._poll()), monotonic()
        try:
            while True:
                reply = await poll
                failed = 0 if reply.code in (0, TIMEOUT) else failed + 1
                hollow = hollow + 1 if _hollow(reply, monotonic() - began) else 0
                if failed:
                    await asyncio.sleep(self._complain(reply, failed))
                elif hollow:
                    await asyncio.sleep(min(SLOWEST, 0.1 * 2.0**hollow))
                began = monotonic()
                # What is sent while nobody polls may be lost: the next poll is open before this is committed.
                poll = asyncio.create_task(self._poll())
                taking = [self._take(each, receive) for each in updates.all_of(reply.result)]
                if taking:
                    await asyncio.wait(taking, timeout=1.0)
                if taking and all(task.done() and not task.result() for task in taking):
                    await asyncio.sleep(1.0)  # nothing new: Zalo repeats itself; not in a tight circle
        finally:
            poll.cancel()

    async def _poll(self) -> Reply:
        try:
            reply = await self._polls.call("getUpdates", POLL + 10.0, timeout=POLL)
        except NoAnswer as broken:
            return Reply(502, why=str(broken))
        except NotSent as broken:
            return Reply(503, why=str(broken))
        if reply.code in (0, TIMEOUT):
            self.good = monotonic()
        return reply

    def _complain(self, reply: Reply, failed: int) -> float:
        """Say why there was no poll; how long to wait."""
        if reply.code == 400 and "webhook" in reply.why.lower():
            # Somebody may be using it: it is never removed behind their back.
            log.error("%s: a webhook is set for this bot. Remove it, or set THIDUA_ZALO_WEBHOOK to it.", self.name)
            return SLOWEST
        log.warning("%s: no poll (%s %s), try %s", self.name, reply.code, reply.why, failed)
        return min(SLOWEST, 0.5 * 2.0**failed)

    def _take(self, update: Mapping[str, Any], receive: Receive) -> "asyncio.Task[bool]":
        """Take an update after those of its chat that came before."""
        try:
            heard = updates.read(update)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            log.warning("%s: an update cannot be read (%s)", self.name, type(error).__name__)
            key = sha256(json.dumps(update, sort_keys=True).encode()).hexdigest()[:20]
            return asyncio.create_task(_commit(receive(Unreadable(f"update{key}", update))))
        if heard is None:
            return asyncio.create_task(_commit(_new()))
        before = self._taking.get(heard.address)
        task = asyncio.create_task(self._taken(heard, before, receive, monotonic()))
        self._taking[heard.address] = task
        return task

    async def _taken(
        self, heard: updates.Heard, before: "asyncio.Task[bool] | None", receive: Receive, came: float
    ) -> bool:
        try:
            if before is not None:
                await asyncio.wait([before])
            wanted = [Wanted(url, f"anh-{heard.message[:8]}.jpg", "image/jpeg") for url in heard.pictures]
            return await receive(
                Incoming(
                    heard.address,
                    heard.message,
                    heard.text,
                    wanted=wanted,
                    group=heard.group,
                    missing=heard.missing,
                    by=heard.by,
                    said=heard.said,
                    came=came,
                )
            )
        finally:
            if self._taking.get(heard.address) is asyncio.current_task():
                del self._taking[heard.address]

    async def fetch(self, source: str) -> bytes | None:
        """A picture, from its address."""
        return await self._client.fetch(source, LARGEST)

    # The webhook ----------------------------------------------------------------------------------

    def hook(self, receive: Receive) -> tuple[str, Push] | None:
        """Where Zalo calls: the path of the webhook's address; 200 only after the commit."""
        if not self._webhook:
            return None

        async def push(headers: Mapping[str, str], data: bytes) -> int:
            ours = compare_digest(headers.get(HEADER, "").encode(errors="surrogateescape"), self._secret.encode())
            try:
                update = updates.unwrap(json.loads(data)) if data.strip() else {}
            except (ValueError, AttributeError):
                return 400
            if not update or update.get("event_name") == updates.PROBE:
                return 200  # the probe may come without the secret
            if not ours:
                return 403
            self.good = monotonic()
            await self._take(update, receive)
            return 200

        return unquote(urlsplit(self._webhook).path), push

    @property
    def _secret(self) -> str:
        return sha256(f"webhook:{self._token}".encode()).hexdigest()

    async def _set_webhook(self) -> None:
        """Only where it is another one: so many calls a day are allowed, and nobody says how many."""
        failed = 0
        while True:
            try:
                there = await self._client.call("getWebhookInfo")
                if (there.result or {}).get("url") == self._webhook:
                    return
                reply = await self._client.call("setWebhook", url=self._webhook, secret_token=self._secret)
                if reply.code == 0:
                    self._say_whether_it_is_reached(reply.result)
                    return
                why = f"{reply.code} {reply.why}"
                if reply.code == SPENT:
                    failed = max(failed, 9)  # that is a matter of the day
            except (NotSent, NoAnswer) as broken:
                why = str(broken)
            failed += 1
            log.warning("%s: the webhook is not set (%s), try %s", self.name, why, failed)
            await asyncio.sleep(min(SLOWEST * 20, 2.0**failed))

    def _say_whether_it_is_reached(self, result: Any) -> None:
        """The address is kept even where Zalo could not call it."""
        found = (result or {}).get("verification") or {}
        if found.get("ok") is False:
            log.error("%s: the webhook is set and Zalo could not call it (%s)", self.name, found.get("outcome"))

    # Sending --------------------------------------------------------------------------------------

    async def send(self, address: str, body: Mapping[str, Any], files: Sequence[Attachment], skip: int = 0) -> Result:
        """The text in counted parts, then pictures and links where there is a public address."""
        steps = self._steps(address, body, files)
        try:
            reply = await steps[skip]()
        except NotSent as broken:
            return Result(Outcome.LATER, why=str(broken), parts=skip)
        except NoAnswer as broken:
            return Result(Outcome.UNSURE, why=str(broken), parts=skip)
        if reply.code:
            return _told(reply, skip)
        return Result(Outcome.SENT, parts=skip + 1, more=skip + 1 < len(steps))

    def invite_link(self, code: str) -> Door | None:
        """Return the bot's share link; nothing goes with it, so the code is typed."""
        return Door(self.name, f"https://bot.zaloplatforms.com/bots/{self.id}", knows_code=False, most=PEOPLE)

    def _steps(
        self, address: str, body: Mapping[str, Any], files: Sequence[Attachment]
    ) -> list[Callable[[], Awaitable[Reply]]]:
        steps: list[Callable[[], Awaitable[Reply]]] = [
            partial(self._say, address, text) for text in draw.parts(str(body["text"]))
        ]
        for each in files:
            if each.url and each.kind.startswith("image/"):
                call = partial(self._client.call, "sendPhoto", PICTURE, chat_id=address, photo=each.url)
                steps.append(call)
            elif each.url:
                steps.append(partial(self._say, address, f"📎 {each.name}\n{each.url}"))
            elif not each.kind.startswith("image/"):  # a picture's figures stand in the text already
                there = self._words.say(_("📎 {name}: please open it on the web page or in Telegram.", name=each.name))
                steps.append(partial(self._say, address, there))
        return steps

    async def _say(self, address: str, text: str) -> Reply:
        return await self._client.call("sendMessage", chat_id=address, text=text)

    # The doctor -----------------------------------------------------------------------------------

    async def examine(self) -> AsyncIterator[Finding]:
        """Token, reach, the webhook as it is and as it should be."""
        try:
            me = await self._client.call("getMe")
            hook = await self._client.call("getWebhookInfo")
        except (NotSent, NoAnswer):
            yield Finding(False, _("Zalo cannot be reached (bot {id}).", id=self.id))
            return
        if me.code:
            yield Finding(
                False, _("Zalo does not know the token of bot {id}: {why}", id=self.id, why=f"{me.code} {me.why}")
            )
            return
        yield Finding(
            True, _("Zalo: {name} (bot {id})", name=str((me.result or {}).get("account_name", "")), id=self.id)
        )
        there = str((hook.result or {}).get("url", "")) if hook.code == 0 else ""  # none is a 404
        yield webhook_finding(f"Zalo {self.id}", there, self._webhook)

    async def peek(self) -> Sequence[Mapping[str, Any]]:
        """Zalo gives every update once: the server will not see these."""
        return updates.all_of((await self._poll()).result)

    async def hang_up(self) -> None:
        """End the connection that polls."""
        await self._polls.close()

    async def close(self) -> None:
        """End the connections."""
        await self._polls.close()
        await self._client.close()


def _hollow(reply: Reply, took: float) -> bool:
    """Whether a poll came back at once with nothing in it: asked again at once it would turn in a tight circle."""
    return took < AT_ONCE and reply.code in (0, TIMEOUT) and not updates.all_of(reply.result)


async def _commit(receiving: Awaitable[bool]) -> bool:
    return await receiving


async def _new() -> bool:
    return True


def _told(reply: Reply, parts: int) -> Result:
    """What an error means. 403 is Zalo's own internal error, 429 its quota; an answer was given, so nothing went out."""
    why = f"{reply.code} {reply.why}".strip()
    if reply.code == 429:
        return Result(Outcome.FULL, why=why, parts=parts)
    if reply.code in (408, 504):
        return Result(Outcome.UNSURE, why=why, parts=parts)
    if reply.code in (401, 403, 404) or reply.code >= 500:
        return Result(Outcome.LATER, why=why, parts=parts)
    return Result(Outcome.REFUSED, why=why, parts=parts)
