"""The Zalo channel: sends, with their outcomes; pictures; the doctor's questions. Runs on the event loop."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any

from bot.channels.messages import LARGEST, Attachment, Outcome, Receive, Result
from bot.channels.protocol import (
    Calls,
    Channel,
    Closes,
    Examines,
    Fetches,
    Finding,
    InviteLink,
    Invites,
    Push,
    Watched,
    webhook_finding,
)
from bot.channels.rate_limit import Pace
from bot.channels.zalo import draw, updates
from bot.channels.zalo.client import Client, NoAnswer, NotSent, Reply
from bot.channels.zalo.listener import ZaloListener
from bot.language import Time, Words, _

log = logging.getLogger(__name__)
API = "https://bot-api.zaloplatforms.com"
PEOPLE = 50
"""How many people one bot serves in its free plan: https://bot.zaloplatforms.com/."""
PICTURE = 150.0
"""Seconds that Zalo may take to fetch a picture while we wait."""
ALLOWED = Pace(overall=25, chat=1, burst=3, unasked=5)
"""Zalo publishes no figures a second; this is slow enough to be let through."""


class Zalo(Channel, Calls, Closes, Examines, Fetches, Invites, Watched):
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
        self._webhook, self._words = webhook, words or Words("vi")
        self._client, self._polls = Client(token, api), Client(token, api)
        self._listener = ZaloListener(self.name, self._client, self._polls, token, webhook)

    @property
    def good(self) -> float | None:
        """When it last heard from Zalo (monotonic seconds); None before the first time."""
        return self._listener.good

    async def listen(self, receive: Receive) -> None:
        """Poll for ever; or let Zalo call, where a webhook is set."""
        await self._listener.listen(receive)

    def hook(self, receive: Receive) -> tuple[str, Push] | None:
        """Return where Zalo calls; None when it is polled."""
        return self._listener.hook(receive)

    async def fetch(self, source: str) -> bytes | None:
        """Return a picture, from its address."""
        return await self._client.fetch(source, LARGEST)

    # Sending --------------------------------------------------------------------------------------

    async def send(self, address: str, body: Mapping[str, Any], files: Sequence[Attachment], skip: int = 0) -> Result:
        """Send one part of the text, which is counted; then pictures and links, where there is a public address."""
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

    def invite_link(self, code: str) -> InviteLink | None:
        """Return the bot's share link; nothing goes with it, so the code is typed."""
        return InviteLink(self.name, f"https://bot.zaloplatforms.com/bots/{self.id}", knows_code=False, most=PEOPLE)

    def _steps(
        self, address: str, body: Mapping[str, Any], files: Sequence[Attachment]
    ) -> list[Callable[[], Awaitable[Reply]]]:
        steps: list[Callable[[], Awaitable[Reply]]] = [
            partial(self._say, address, text) for text in draw.parts(str(body["text"]))
        ]
        linked = [each for each in files if each.link is not None and (each.own or not _picture(each))]
        if linked:  # one message for all of them: each is counted
            steps += [partial(self._say, address, text) for text in draw.parts(self._links(linked))]
        for each in files:
            if each in linked:
                continue
            if each.link is not None:
                call = partial(self._client.call, "sendPhoto", PICTURE, chat_id=address, photo=each.link.url)
                steps.append(call)
            elif each.own or not _picture(each):  # a picture of ours: its figures stand in the text already
                there = self._words.say(_("📎 {name}: please open it on the web page or in Telegram.", name=each.name))
                steps.append(partial(self._say, address, there))
        return steps

    async def _say(self, address: str, text: str) -> Reply:
        return await self._client.call("sendMessage", chat_id=address, text=text)

    def _links(self, files: Sequence[Attachment]) -> str:
        """Say where files are found, and until when."""
        lines = [line for each in files if each.link for line in (f"📎 {each.name}", each.link.url)]
        until = min(each.link.until for each in files if each.link)
        ends = _(
            "The links are good until {until} and meant for {you} alone; please do not pass them on.", until=Time(until)
        )
        return "\n".join([*lines, self._words.say(ends)])

    # The doctor -----------------------------------------------------------------------------------

    async def examine(self) -> AsyncIterator[Finding]:
        """Check the token, the connection, and the webhook against the setting."""
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
        """Poll once. Zalo gives every update once: the server will not see these."""
        return updates.all_of((await self._listener.poll()).result)

    async def hang_up(self) -> None:
        """End the connection that polls."""
        await self._polls.close()

    async def close(self) -> None:
        """End the connections."""
        await self._polls.close()
        await self._client.close()


def _picture(file: Attachment) -> bool:
    return file.kind.startswith("image/")


def _told(reply: Reply, parts: int) -> Result:
    """Return what an error means. 403 is Zalo's own internal error, 429 its quota; nothing went out, for it answered."""
    why = f"{reply.code} {reply.why}".strip()
    if reply.code == 429:
        return Result(Outcome.FULL, why=why, parts=parts)
    if reply.code in (408, 504):
        return Result(Outcome.UNSURE, why=why, parts=parts)
    if reply.code in (401, 403, 404) or reply.code >= 500:
        return Result(Outcome.LATER, why=why, parts=parts)
    return Result(Outcome.REFUSED, why=why, parts=parts)
