"""Takes in what Zalo brings: polled without a gap or called, committed before it is confirmed. Runs on the event loop."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Mapping
from hashlib import sha256
from time import monotonic
from typing import Any

from bot.channels.messages import Incoming, Receive, Unreadable, Wanted
from bot.channels.protocol import Push
from bot.channels.webhook import Webhook
from bot.channels.zalo import updates
from bot.channels.zalo.client import TIMEOUT, Client, NoAnswer, NotSent, Reply

log = logging.getLogger(__name__)
POLL = 25
"""Seconds a poll is held open."""
AT_ONCE = 0.5
"""A poll without news that ends sooner than this was not held open."""
SLOWEST = 30.0
"""Seconds between two polls that fail, at most."""
SPENT = 426
"""The webhook has been set as often as a day allows."""
HEADER = "X-Bot-Api-Secret-Token"


class ZaloListener:
    """The intake of a bot."""

    def __init__(self, name: str, client: Client, polls: Client, token: str, webhook: str) -> None:
        self.name, self._client, self._polls = name, client, polls
        self._webhook = Webhook(webhook, token, HEADER)
        self.good: float | None = None
        self._taking: dict[str, asyncio.Task[bool]] = {}
        """The last task of each chat: the next one waits for it."""

    async def listen(self, receive: Receive) -> None:
        """Poll for ever; or let Zalo call, where a webhook is set."""
        if self._webhook.address:
            await self.set_webhook()
            self.good = monotonic()
            await asyncio.Event().wait()
        failed = hollow = 0
        poll, began = asyncio.create_task(self.poll()), monotonic()
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
                poll = asyncio.create_task(self.poll())
                taking = [self._take(each, receive) for each in updates.all_of(reply.result)]
                if taking:
                    await asyncio.wait(taking, timeout=1.0)
                if taking and all(task.done() and not task.result() for task in taking):
                    await asyncio.sleep(1.0)  # nothing new: Zalo repeats itself; not in a tight circle
        finally:
            poll.cancel()

    async def poll(self) -> Reply:
        """Ask once for updates; a broken connection is a reply with its code."""
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
        """Log why there was no poll; return how long to wait."""
        if reply.code == 400 and "webhook" in reply.why.lower():
            # Somebody may be using it: it is never removed behind their back.
            log.error("%s: a webhook is set for this bot. Remove it, or set THIDUA_ZALO_WEBHOOK to it.", self.name)
            return SLOWEST
        log.warning("%s: no poll (%s %s), try %s", self.name, reply.code, reply.why, failed)
        return min(SLOWEST, 0.5 * 2.0**failed)

    def _take(self, update: Mapping[str, Any], receive: Receive) -> "asyncio.Task[bool]":
        """Commit an update after those of its chat that came before."""
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
        self, heard: updates.ZaloUpdate, before: "asyncio.Task[bool] | None", receive: Receive, came: float
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

    # The webhook ----------------------------------------------------------------------------------

    def hook(self, receive: Receive) -> tuple[str, Push] | None:
        """Return where Zalo calls, the path of the webhook's address, and what answers: 200 only after the commit."""
        if not self._webhook.address:
            return None

        async def push(headers: Mapping[str, str], data: bytes) -> int:
            ours = self._webhook.proven(headers)
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

        return self._webhook.path, push

    async def set_webhook(self) -> None:
        """Set the webhook where it is another one: the calls of a day are limited, and nobody says to how many."""
        failed = 0
        while True:
            try:
                there = await self._client.call("getWebhookInfo")
                if (there.result or {}).get("url") == self._webhook.address:
                    return
                reply = await self._client.call(
                    "setWebhook", url=self._webhook.address, secret_token=self._webhook.secret
                )
                if reply.code == 0:
                    self._log_verification(reply.result)
                    return
                why = f"{reply.code} {reply.why}"
                if reply.code == SPENT:
                    failed = max(failed, 9)  # that is a matter of the day
            except (NotSent, NoAnswer) as broken:
                why = str(broken)
            failed += 1
            log.warning("%s: the webhook is not set (%s), try %s", self.name, why, failed)
            await asyncio.sleep(min(SLOWEST * 20, 2.0**failed))

    def _log_verification(self, result: Any) -> None:
        """Log that Zalo could not call the address, which it keeps all the same."""
        found = (result or {}).get("verification") or {}
        if found.get("ok") is False:
            log.error("%s: the webhook is set and Zalo could not call it (%s)", self.name, found.get("outcome"))


def _hollow(reply: Reply, took: float) -> bool:
    """Return whether a poll came back at once and empty: repeated at once it would be a busy loop."""
    return took < AT_ONCE and reply.code in (0, TIMEOUT) and not updates.all_of(reply.result)


async def _commit(receiving: Awaitable[bool]) -> bool:
    return await receiving


async def _new() -> bool:
    return True
