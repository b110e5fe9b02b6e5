"""Files that come with a message: kept with it, or fetched from its messenger before it is answered.

`keep` and `drop_unused` run on the writer's thread, `Fetching` on the event loop. A message is committed with what is
wanted of its messenger, and answered when that is here; so a slow file holds up only the chat it was sent in, and
after a crash it is asked for again. What bears the mark of a state secret is never fetched nor kept, nor is what
strangers send.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from bot.channels import Channel, Fetches, Missing, NotFetched, OutOfReach, Wanted
from bot.conversation import speaker
from bot.language import secret_mark
from storage import chats, files, inbox, outbox, people
from storage.db import Database, Tx
from storage.files import Content
from storage.inbox import Message
from storage.opening import Unusable

T = TypeVar("T")
log = logging.getLogger(__name__)
PARALLEL = 8
"""Files fetched at once, over all chats."""
TRIES = 3
PAUSE = 2.0
"""Seconds before a file is fetched again, longer each time."""
LONGEST = 600.0
"""Seconds that one file may take in all."""
HOLD = timedelta(seconds=LONGEST + 60)
"""How long the receipt of one file waits while the next one is on its way."""
HELD = 1.0
"""Seconds to wait while the database is locked."""


def keep(tx: Tx, message: Message, contents: Sequence[Content], missing: Missing = Missing.NOTHING) -> dict[str, Any]:
    """Store the files of a message if they may be kept; return its body with them."""
    body = {name: value for name, value in (message.body or {}).items() if name != "wanted"}
    chat = tx.one(chats.BY_ID, id=message.chat)
    known = chat is not None and speaker(tx, chat.person) is not None
    full = [each for each in contents if each.bytes]
    if chat is not None and known and not _secret(body, [each.name for each in contents]):
        ids = [
            files.keep(
                tx,
                chat=chat.id,
                person=chat.person,
                name=each.name,
                kind=each.kind,
                data=each.bytes,
                now=message.at,
                source=each.source,
            )
            for each in full
        ]
        body |= {"files": ids} if ids else {}
        body |= {"missing": Missing.EMPTY.value} if len(full) < len(contents) else {}
        body |= {"missing": missing.value} if missing else {}
    else:
        body["names"] = [each.name for each in contents]
    inbox.fill(tx, id=message.id, body=body)
    return body


def drop_unused(tx: Tx, message: Message) -> None:
    """Delete files that no answer has taken; the message keeps their names."""
    ids = (message.body or {}).get("files", [])
    untaken = [file for id in ids if (file := tx.one(files.UNTAKEN, id=id)) is not None]
    if not untaken:
        return
    for file in untaken:
        files.drop(tx, file.id)
    gone = {file.id for file in untaken}
    body = {**message.body, "files": [id for id in ids if id not in gone], "names": [f.name for f in untaken]}
    inbox.fill(tx, id=message.id, body=body)


def attached_names(body: Mapping[str, Any]) -> str:
    """Return how a message is shown to its writer that was nothing but files which were not kept."""
    return "\n".join(f"📎 {name}" for name in body.get("names", ()))


def _secret(body: Mapping[str, Any], names: Sequence[str]) -> bool:
    return bool(body.get("secret")) or any(secret_mark(text) for text in (str(body.get("text", "")), *names))


class Fetching:
    """Fetches the files that messages want of their messengers."""

    def __init__(self, db: Database, channels: Mapping[str, Channel], now: Callable[[], datetime]) -> None:
        self._db, self._channels, self._now = db, channels, now
        self._slots = asyncio.Semaphore(PARALLEL)
        self._opened, self._closed = asyncio.Event(), asyncio.Event()

    def open(self) -> None:
        """Begin to fetch: every channel is open now."""
        self._opened.set()

    def close(self) -> None:
        """Fetch nothing more; what was being fetched is fetched at the next start."""
        self._closed.set()

    async def whole(self, message: Message) -> Message | None:
        """Return the message with its files; None when the process ends before they are here."""
        if not (message.body and message.body.get("wanted")):
            return message
        closed, fetched = asyncio.create_task(self._closed.wait()), asyncio.create_task(self._whole(message))
        try:
            await asyncio.wait({closed, fetched}, return_when=asyncio.FIRST_COMPLETED)
            return fetched.result() if fetched.done() else None
        finally:
            for task in (closed, fetched):
                task.cancel()
            await asyncio.gather(closed, fetched, return_exceptions=True)

    async def _whole(self, message: Message) -> Message:
        wanted = [Wanted(*each) for each in message.body["wanted"]]
        reader = await self._db.reader()
        chat = await reader.one(chats.BY_ID, id=message.chat)
        if chat is None:
            raise LookupError(f"message {message.id} is in no chat")
        named = [Content(each.name, each.kind, b"") for each in wanted]
        known = await reader.one(people.SPEAKER, id=chat.person) if chat.person else None
        if known is None or message.body.get("long") or _secret(message.body, [each.name for each in wanted]):
            return await self._kept(message, named, Missing.NOTHING)
        await self._write(lambda tx: outbox.hold_answer(tx, chat=chat.id, due=self._now() + HOLD))
        await self._opened.wait()
        found = [await self._fetched(chat.channel, each) for each in wanted]
        here = [each for each in found if isinstance(each, Content)]
        return await self._kept(
            message, here, next((each for each in found if isinstance(each, Missing)), Missing.NOTHING)
        )

    async def _kept(self, message: Message, contents: Sequence[Content], missing: Missing) -> Message:
        return replace(message, body=await self._write(lambda tx: keep(tx, message, contents, missing)))

    async def _write(self, work: Callable[[Tx], T]) -> T:
        while True:
            try:
                return await self._db.write(work)
            except Unusable as held:
                log.warning("a file waits: %s", held)
                await asyncio.sleep(HELD)

    async def _fetched(self, name: str, each: Wanted) -> Content | Missing:
        """Return a file, or what is missing when it does not come."""
        channel = self._channels.get(name)
        if not isinstance(channel, Fetches):
            return Missing.FILE
        async with self._slots:
            try:
                async with asyncio.timeout(LONGEST):
                    data = await self._fetch_with_retry(channel, name, each.source)
            except TimeoutError:
                log.warning("%s: a file took longer than %.0f s", name, LONGEST)
                return Missing.FILE
            except OutOfReach:
                return Missing.AWAY
        if data is None:
            return Missing.FILE
        called = "" if "://" in each.source else each.source  # an address elsewhere is nobody's name for it
        return Content(each.name, each.kind, data, source=called)

    async def _fetch_with_retry(self, channel: Fetches, name: str, source: str) -> bytes | None:
        for n in range(1, TRIES + 1):
            try:
                return await channel.fetch(source)
            except NotFetched as broken:
                log.warning("%s: a file was not fetched (%s), try %s", name, broken, n)
                await asyncio.sleep(PAUSE * n if n < TRIES else 0)
        return None
