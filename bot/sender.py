"""The sender: claims what is due, makes its text at the last minute, and delivers it.

A `hand` or `daily` row is claimed in one transaction: is it still called for, is the office open, is no
form open, which chat? Only then is it drawn. So nobody is told what has stopped being true.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.channel import LOCAL, Channel
from bot.commands import Office, Visit, words_for
from bot.dialogue.turn import Say
from bot.i18n import Count, _
from bot.post import Post
from bot.render import LOOKS, render
from storage import chats, drafts, outbox, people, rungs
from storage.chats import Chat
from storage.db import Closed, Database, Tx, Unusable
from storage.outbox import Row
from storage.values import read_stored

log = logging.getLogger(__name__)
CHUNK = 200


class Sender:
    """Delivers the outbox, in order within a chat; wakes when something is filed or due."""

    def __init__(
        self, db: Database, office: Callable[[], Office], now: Callable[[], datetime],
        delivered: Callable[[int], None], channels: Mapping[str, Channel],
    ) -> None:  # fmt: skip
        self._db, self._office, self._now, self._delivered = db, office, now, delivered
        self._served = {LOCAL, *channels}
        self._post = Post(db, channels)
        self._awake = asyncio.Event()

    def wake(self) -> None:
        """Something was filed, or the clock has moved."""
        self._awake.set()

    async def start(self) -> None:
        """What was on its way when the last process died is unsure, or is sent again."""
        await self._db.write(outbox.restart)

    async def run(self) -> None:
        """Deliver for ever."""
        while True:
            await self.drain()
            self._awake.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(await self._pause()):
                    await self._awake.wait()

    async def drain(self) -> None:
        """Deliver all that is due now."""
        while True:
            reader = await self._db.reader()
            due = await reader.all(outbox.DUE, now=self._now(), most=CHUNK)
            if not due:
                return
            for row in due:
                placed = await self._deliver(row)
                if placed is None:
                    continue
                id, chat = placed
                if chat.channel == LOCAL:
                    self._delivered(chat.id)
                else:
                    self._post.put(id, chat)

    async def idle(self) -> None:
        """Wait until the messengers have taken what was on its way."""
        await self._post.idle()

    async def close(self) -> None:
        """Stop sending."""
        await self._post.close()

    async def _deliver(self, row: Row) -> tuple[int, Chat] | None:
        """Deliver one row; one that cannot be made is put aside and holds up nobody."""
        try:
            facts = await self._prepare(row)
            return await self._db.write(partial(self._claim, row.id, facts))
        except (Closed, Unusable):
            raise
        except Exception as error:
            log.exception("row %s (%s) could not be made", row.id, row.news)
            why = type(error).__name__
            await self._db.write(lambda tx: outbox.settle(tx, id=row.id, state="failed", why=why))
            return None

    async def _prepare(self, row: Row) -> dict[str, Any]:
        """What a text needs of the whole office: read beside the writer, just before."""
        prepare = self._office().prepare.get(row.news or "")
        if prepare is None:
            return {}
        reader = await self._db.reader()
        async with reader.snapshot() as snapshot:
            return {"summary": await prepare(snapshot, self._office(), row.about, self._now())}

    async def next_due(self) -> datetime | None:
        """When the next row that waits is due."""
        reader = await self._db.reader()
        text = await reader.one(outbox.NEXT_DUE)
        return read_stored(text) if text else None

    async def _pause(self) -> float:
        due = await self.next_due()
        if due is None:
            return 3600.0
        return min(max((due - self._now()).total_seconds(), 0.05), 3600.0)

    def _claim(self, id: int, facts: dict[str, Any], tx: Tx) -> tuple[int, Chat] | None:
        """Decide about one row; the row that goes out and its chat, or None."""
        row = tx.one(outbox.BY_ID, id=id)
        if row is None or row.state != "waiting":
            return None
        now, office = self._now(), self._office()
        if row.kind == "answer":
            assert row.chat is not None
            chat = tx.one(chats.BY_ID, id=row.chat)
            assert chat is not None
            if chat.channel not in self._served:
                outbox.settle(tx, id=id, state="failed", why="no channel")
                return None
            outbox.settle(tx, id=id, state="ready" if chat.channel == LOCAL else "sending")
            return id, chat
        assert row.person is not None
        person = tx.one(people.BY_ID, id=row.person)
        places = [p for p in tx.all(chats.OF_PERSON, person=row.person) if p.channel in self._served]
        if person is None or not person.active or not places:
            outbox.settle(tx, id=id, state="failed", why="no chat")
            return None
        if row.day is not None and row.day < now.date():
            outbox.settle(tx, id=id, state="cancelled", why="its day has passed")
            rungs.unsay(tx, outbox=id)
            return None
        if (later := _later(tx, row, now, office)) is not None:
            outbox.postpone(tx, id=id, due=later[0], why=later[1])
            return None
        visit = Visit(tx, office, places[0], person, now)
        rows = [row] if row.kind == "daily" else _waiting_hands(tx, row, now)
        said: list[tuple[Row, Say]] = []
        for each in rows:
            assert each.news is not None
            say = office.news[each.news](visit, {**each.about, **facts})
            if say is None:
                outbox.settle(tx, id=each.id, state="cancelled", why="no longer called for")
            else:
                said.append((each, say))
        if not said:
            return None
        chat = places[0]
        drawn = render(
            _merged([say for _row, say in said]), LOOKS[chat.look], words_for(person, chat), asked=False
        )
        last = said[-1][0]
        for each, _say in said[:-1]:
            outbox.settle(tx, id=each.id, state="sent", why=f"merged into {last.id}")
        outbox.delivered(
            tx, id=last.id, chat=chat.id, body=drawn.to_json(), now=now,
            local=chat.channel == LOCAL,
        )  # fmt: skip
        return last.id, chat


def _later(tx: Tx, row: Row, now: datetime, office: Office) -> tuple[datetime, str] | None:
    """When to try again, and why not now."""
    assert row.person is not None
    if not office.hours.open(now, office.calendar):
        return office.hours.next_opening(now, office.calendar), "the office is closed"
    quiet = timedelta(minutes=office.plan.speaking.open_form_minutes)
    for head in tx.all(drafts.OPEN_OF_PERSON, person=row.person):
        if now - head.touched < quiet and tx.one(chats.FOCUSED, draft=head.id) is not None:
            return min(head.touched + quiet, _day_end(now)), "a form is open"
    if row.kind == "hand":
        merge = timedelta(minutes=office.plan.speaking.merge_minutes)
        last = tx.one(outbox.LAST_HAND, person=row.person)
        if last is not None and now - last.at < merge:
            return last.at + merge, "merged with what was just said"
    return None


def _day_end(now: datetime) -> datetime:
    return now.replace(hour=23, minute=59, second=0, microsecond=0)


def _waiting_hands(tx: Tx, row: Row, now: datetime) -> list[Row]:
    return [each for each in tx.all(outbox.WAITING_HANDS, person=row.person) if each.due <= now]


def _merged(says: list[Say]) -> Say:
    """Several acts of colleagues as one message."""
    if len(says) == 1:
        return says[0]
    lines = [_("There are {n} pieces of news.", n=Count(len(says)))]
    for say in says:
        lines += ["", *say.lines]  # type: ignore[list-item]  # a Part is a str or a Text
    buttons = [button for say in says for button in say.buttons]
    return replace(says[0], lines=lines, buttons=buttons, files=[f for s in says for f in s.files])
