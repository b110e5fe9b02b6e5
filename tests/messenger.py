"""A messenger inside the test: it answers every send as the test says, and remembers what it has shown."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Any

from bot.channels.messages import Attachment, Incoming, Outcome, Receive, Result
from bot.channels.rate_limit import Pace
from bot.language.text import fold
from bot.office.announcements.announcing import ANNOUNCEMENT
from bot.server.app import App, Setup
from bot.server.clock import Clock, at_office
from bot.server.demo import office as demo_office
from storage import chats, outbox, people
from storage.db import Tx
from tests.conftest import PLAN_TEXT

Answer = Callable[[str, str], Awaitable[Result | None]]
"""Given address and text, what a send meets; None where it is shown."""


class Messenger:
    """A channel whose other side is the test."""

    look = "keyboard"
    quota: int | None = None
    good: float | None = 0.0

    def __init__(self, name: str = "telegram", pace: Pace | None = None, longest: int = 4096) -> None:
        self.name, self.pace, self._longest = name, pace, longest
        self.shown: list[tuple[str, str]] = []
        """Every part with its address, in the order in which they arrived."""
        self.at: list[float] = []
        """When each of them did."""
        self.sends: list[str] = []
        """The addresses of all that was tried."""
        self.results: list[Result] = []
        """What the next sends meet, whatever they are; then all goes well."""
        self.answer: Answer | None = None
        self.on_the_way, self.most_on_the_way = 0, 0

    async def send(self, address: str, body: Mapping[str, Any], files: Sequence[Attachment], skip: int = 0) -> Result:
        self.sends.append(address)
        self.on_the_way += 1
        self.most_on_the_way = max(self.most_on_the_way, self.on_the_way)
        try:
            return await self._sent(address, str(body["text"]), skip)
        finally:
            self.on_the_way -= 1

    async def _sent(self, address: str, text: str, parts: int) -> Result:
        pieces = [text[n : n + self._longest] for n in range(0, len(text), self._longest)]
        result = self.results.pop(0) if self.results else None
        if result is None and self.answer is not None:
            result = await self.answer(address, pieces[parts])
        if result is not None:
            return replace(result, parts=parts)
        self.shown.append((address, pieces[parts]))
        self.at.append(monotonic())
        return Result(Outcome.SENT, parts=parts + 1, more=parts + 1 < len(pieces))

    def told(self, address: str) -> str:
        """All that stands in one chat."""
        return "\n".join(text for place, text in self.shown if place == address)

    async def listen(self, receive: Receive) -> None:
        await asyncio.Event().wait()

    async def hang_up(self) -> None: ...

    def is_group(self, address: str) -> bool:
        return address.startswith("-")


class Desk:
    """The demo's office with its messengers; what colleagues say to each other is filed by the test."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def seat(self, who: str, *messengers: Messenger) -> str:
        """Give a person a chat on each of these and nothing else; its address."""

        def work(tx: Tx) -> str:
            person = tx.one(people.NAMED, fold=fold(demo_office.FIRST.personae.get(who, who)))
            assert person is not None, who
            tx.run("UPDATE chat SET person = NULL WHERE person = :id", id=person.id)
            for each in messengers:
                chat = chats.at(tx, channel=each.name, address=str(person.id + 1000), look=each.look)
                chats.link(tx, chat=chat.id, person=person.id)
            return str(person.id + 1000)

        return await self.app.db.write(work)

    async def crowd(self, count: int, *messengers: Messenger) -> list[str]:
        """So many more people, with a chat on each of these; their addresses."""

        def work(tx: Tx) -> list[str]:
            found = []
            for n in range(count):
                id = tx.value(
                    "INSERT INTO person (name, name_fold, unit, role) VALUES (:name, :fold, 'QLXD', 'officer') RETURNING id",
                    name=f"Người Nhận {n}",
                    fold=f"nguoi nhan {n}",
                )
                for each in messengers:
                    chat = chats.at(tx, channel=each.name, address=str(id + 1000), look=each.look)
                    chats.link(tx, chat=chat.id, person=id)
                found.append(str(id + 1000))
            return found

        return await self.app.db.write(work)

    async def hands(self, to: Sequence[str], *texts: str, by: str = "office") -> None:
        """Somebody has something to say to these addresses."""

        def work(tx: Tx) -> None:
            sender = tx.one(people.NAMED, fold=fold(demo_office.FIRST.personae.get(by, by)))
            assert sender is not None
            now = self.app.now()
            for text in texts:
                for address in to:
                    outbox.file_notice(
                        tx,
                        person=int(address) - 1000,
                        news=ANNOUNCEMENT,
                        due=now,
                        now=now,
                        by=sender.id,
                        about={"by": sender.id, "text": text},
                    )

        await self.app.db.write(work)

    async def hears(self, messenger: Messenger, address: str, *texts: str, message: str = "m") -> None:
        """Somebody writes."""
        receive = self.app.intake.of(messenger)
        for n, text in enumerate(texts):
            await receive(Incoming(address, f"{message}{n}", text))

    async def value(self, sql: str) -> Any:
        return await self.app.db.write(lambda tx: tx.value(sql))


@asynccontextmanager
async def at_the_desk(path: Path, *messengers: Messenger, at: str = demo_office.BEGINS) -> AsyncIterator[Desk]:
    """The demo's office behind these messengers; its clock stands still."""
    app = App(Setup(path, PLAN_TEXT, Clock(standing=at_office(at)), lambda: messengers))
    await app.start()
    try:
        yield Desk(app)
    finally:
        await app.stop()
