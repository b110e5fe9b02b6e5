"""A chat in the terminal: `thidua talk`, for scripts and tests; the same core as every channel."""

import asyncio
import sys
from collections.abc import AsyncIterable, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar, Protocol, TextIO
from uuid import uuid4

from bot.channels import LOCAL
from bot.conversation import LOOKS
from bot.language import Text, Words, _, fold
from bot.server.clock import at_office
from storage import chat_texts, chats, files, inbox, outbox
from storage.chats import Chat
from storage.db import Database, Tx
from storage.files import Content


async def typed() -> str:
    """Return the next line of a terminal or a pipe, "" at its end; at a terminal Ctrl+C may be pressed meanwhile."""
    if not sys.stdin.isatty():
        return await asyncio.to_thread(sys.stdin.readline)
    loop, come = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(sys.stdin.fileno(), come.set)
    try:
        await come.wait()
    finally:
        loop.remove_reader(sys.stdin.fileno())
    return sys.stdin.readline()


class TerminalCore(Protocol):
    """What a terminal needs of the application."""

    db: Database

    async def receive(
        self, chat: Chat, message: str, body: dict[str, Any], edit: int = 0, contents: Sequence[Content] = ()
    ) -> None:
        """Commit a message."""

    async def drain(self) -> None:
        """Answer and deliver all that is there and due."""

    async def move(self, to: Any) -> None:
        """Move the clock on, stopping at each moment."""

    def now(self) -> Any:
        """Return the office's time."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What I last sent: its id and contents, to be edited or delivered again."""

    id: str
    body: dict[str, Any]
    contents: Sequence[Content] = ()


class Talk:
    """One visit: what came since the last one is printed, then a line is a message."""

    def __init__(self, core: TerminalCore, chat: Chat, out: TextIO, words: Words, folder: Path) -> None:
        self._core, self._chat, self.out, self._words = core, chat, out, words
        self._folder = folder
        self._sent: Sent | None = None
        self._labels: list[tuple[str, str]] = []
        """Labels on the screen with what a tap says, newest last."""

    async def run(self, lines: AsyncIterable[str]) -> None:
        """Say every line and print what comes; between two lines the time stands still."""
        await self._settle()
        async for line in lines:
            text = line.rstrip("\n")
            if not text.strip():
                continue
            verb, _space, rest = text.partition(" ")
            act = self._ACTS.get(verb)
            if act is None:
                await self._say(text)
            else:
                await act(self, rest.strip())
            await self._settle()

    async def _say(self, text: str, *contents: Content, **more: Any) -> None:
        self._sent = Sent(uuid4().hex, {"text": text, **more}, contents)
        await self._core.receive(self._chat, self._sent.id, self._sent.body, contents=contents)

    async def _tap(self, label: str) -> None:
        if not LOOKS[self._chat.look].buttons:
            await self._say(label)  # where nothing can be tapped, what stands there is typed
            return
        for shown, says in reversed(self._labels):
            if fold(shown) == fold(label):
                await self._say(says, label=shown)
                return
        self._complain(_("There is no button [{label}] on the screen.", label=label))

    async def _file(self, path: str) -> None:
        source = Path(path)
        if not source.is_file():
            self._complain(_("There is no file {path}.", path=path))
            return
        await self._say("", Content(source.name, "application/octet-stream", source.read_bytes()))

    async def _edit(self, text: str) -> None:
        if self._sent is None:
            self._complain(_("Nothing has been sent yet."))
            return
        sent, chat = self._sent, self._chat.id
        edit = await self._core.db.write(lambda tx: inbox.edits(tx, chat=chat, message=sent.id) + 1)
        await self._core.receive(self._chat, sent.id, {"text": text}, edit)

    async def _again(self, _rest: str) -> None:
        if self._sent is None:
            self._complain(_("Nothing has been sent yet."))
            return
        await self._core.receive(self._chat, self._sent.id, self._sent.body, contents=self._sent.contents)

    async def _clock(self, to: str) -> None:
        try:
            await self._core.move(at_office(to))
        except ValueError as error:
            self._complain(_("The clock cannot be set to {to}: {error}", to=to, error=str(error)))

    async def _wait(self, span: str) -> None:
        units = {"d": "days", "h": "hours", "m": "minutes"}
        if len(span) < 2 or span[-1] not in units or not span[:-1].isdecimal():
            self._complain(_("Please write a span like 3d, 2h or 30m."))
            return
        await self._core.move(self._core.now() + timedelta(**{units[span[-1]]: int(span[:-1])}))

    _ACTS: ClassVar[Mapping[str, Callable[["Talk", str], Awaitable[None]]]] = {
        ":tap": _tap,
        ":file": _file,
        ":edit": _edit,
        ":again": _again,
        ":clock": _clock,
        ":wait": _wait,
    }

    async def _settle(self) -> None:
        """Wait until everything is answered, then print it."""
        await self._core.drain()
        chat = self._chat.id

        def take(tx: Tx) -> list[outbox.OutboxRow]:
            rows = tx.all(chat_texts.UNSEEN, chat=chat)
            if rows:
                chat_texts.mark_seen(tx, chat=chat, seq=max(row.seq or 0 for row in rows))
            return rows

        for row in await self._core.db.write(take):
            if row.edits is None:  # what was printed is not changed: it is asked for again
                await self._print(row.body or {})

    async def _print(self, body: dict[str, Any]) -> None:
        print(body["text"], file=self.out)
        shared = [body["share"]] if body.get("share") else []
        choices: Sequence[str] = [*body["choices"], *body["steering"], *shared]
        for label in choices:
            print(f"[{label}]", file=self.out)
        for label, _says in body["buttons"]:
            print(f"<{label}>", file=self.out)
        for id in body["files"]:
            print(f"file: {await self._fetch(id)}", file=self.out)
        print("---", file=self.out, flush=True)
        if choices:
            self._labels = []
        self._labels += [(label, label) for label in choices]
        self._labels += [(label, says) for label, says in body["buttons"]]

    async def _fetch(self, id: int) -> str:
        reader = await self._core.db.reader()
        content = await reader.one(files.CONTENT, id=id, chat=self._chat.id)
        if content is None:
            return str(id)
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{id}-{content.name}"
        path.write_bytes(content.bytes)
        return f"{content.name} {path}"

    def _complain(self, why: Text) -> None:
        print(self._words.say(why), file=self.out)
        print("---", file=self.out, flush=True)


def chat_of(tx: Tx, *, address: str, look: str, person: int | None) -> Chat:
    """Return the chat of a person (or of a stranger) in the channel `local`, linked."""
    chat = chats.at(tx, channel=LOCAL, address=address, look=look)
    if person is not None and chat.person != person:
        chats.link(tx, chat=chat.id, person=person)
    found = tx.one(chats.BY_ID, id=chat.id)
    assert found is not None
    return found
