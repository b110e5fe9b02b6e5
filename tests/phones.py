"""The demo's office on a messenger: people type on their phones, and see what their phones show."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path
from zlib import crc32

from bot.channels.protocol import Channel
from bot.channels.telegram.channel import Telegram
from bot.channels.zalo.channel import Zalo
from bot.language.text import fold
from bot.server.app import App, Setup
from bot.server.clock import Clock, at_office
from bot.server.demo import office as demo_office
from storage import chats, people
from storage.db import Tx
from tests.conftest import PLAN_TEXT
from tests.fakes import telegram, zalo
from tests.fakes.telegram import FakeTelegram, Shown
from tests.fakes.zalo import FakeZalo

Fake = FakeTelegram | FakeZalo
UNITS = {"d": "days", "h": "hours", "m": "minutes"}


class Phones:
    """An application behind one messenger."""

    def __init__(self, app: App, server: Fake, channel: Channel) -> None:
        self.app, self.server, self.channel = app, server, channel
        self.seen: dict[int, int] = {}

    async def chat(self, who: str) -> int:
        """A person's chat, linked as if they had begun with a code; a stranger's belongs to nobody yet."""
        if who.startswith("stranger:"):
            return 5000 + crc32(who.encode()) % 1000
        name = demo_office.FIRST.personae.get(who, who)

        def work(tx: Tx) -> int:
            person = tx.one(people.NAMED, fold=fold(name))
            assert person is not None, name
            tx.run("UPDATE chat SET person = NULL WHERE person = :id AND channel = 'local'", id=person.id)
            chat = chats.at(tx, channel=self.channel.name, address=str(person.id + 1000), look=self.channel.look)
            if chat.person is None:
                chats.link(tx, chat=chat.id, person=person.id)
            return person.id + 1000

        chat = await self.app.db.write(work)
        if isinstance(self.server, FakeZalo):
            self.server.known.add(str(chat))
        return chat

    async def settled(self) -> None:
        """Everything that was typed is taken, answered and shown."""
        for _ in range(4000):  # the first sentence that is no menu word waits until the examples are learnt
            if not self.server.updates:
                # Where reading takes a message away, read is not committed yet.
                await asyncio.sleep(0.03 if isinstance(self.server, FakeZalo) else 0)
                await self.app.drain()
                return
            await asyncio.sleep(0.005)
        raise AssertionError("the bot does not take its updates")

    async def says(self, who: str, *lines: str) -> str:
        """What the phone shows while these lines are typed, in the form of the transcripts."""
        chat, out = await self.chat(who), []
        out += self.new(chat)
        last = 0
        for line in lines:
            if line.startswith(":tap "):
                self.server.taps(chat, line[5:])
            elif line.startswith(":edit "):
                assert isinstance(self.server, FakeTelegram)
                self.server.edits(chat, last, line[6:])
            elif line.startswith(":file "):
                sent = Path(line[6:])
                self.server.attaches(chat, sent.name, sent.read_bytes())
            elif line.startswith(":wait "):
                await self.app.move(self.app.now() + timedelta(**{UNITS[line[-1]]: int(line[6:-1])}))
            elif line.startswith(":clock "):
                await self.app.move(at_office(line[7:]))
            else:
                last = int(str(self.server.types(chat, line)).removeprefix("m"))
            await self.settled()
            if line.startswith(":file "):  # more might come with it
                await self.app.move(self.app.now() + timedelta(seconds=30))
            if not line.startswith((":wait ", ":clock ")):
                await self._sees_its_keyboard(chat)
            out += [f"> {line}\n", *self.new(chat)]
        return "".join(out)

    async def _sees_its_keyboard(self, chat: int) -> None:
        """Nothing of an earlier question stands below the newest answer."""
        if isinstance(self.server, FakeTelegram):
            asked = await self.app.db.write(
                lambda tx: tx.value(
                    "SELECT focus FROM chat WHERE channel = 'telegram' AND address = :chat", chat=str(chat)
                )
            )
            texts = [each for each in self.server.shown.get(str(chat), []) if each.text]
            newest = texts[-1].keyboard if texts else []
            if asked and texts:  # what stands in between, a look elsewhere, leaves its keyboard alone
                newest = next((each.keyboard for each in reversed(texts) if each.keyboard), [])
            assert self.server.keyboards.get(str(chat), []) == newest

    def new(self, chat: int) -> list[str]:
        """What the phone shows that it did not before."""
        shown = self.server.shown.get(str(chat), [])
        found = [printed(each) for each in shown[self.seen.get(chat, 0) :]]
        self.seen[chat] = len(shown)
        return found


async def until(come: Callable[[], object], within: float = 3.0) -> None:
    """Wait until it has come to that."""
    for _ in range(int(within / 0.02)):
        if come():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it has not come to that")


def printed(shown: Shown) -> str:
    """One message as the transcripts print it."""
    if shown.file:
        return f"file: {shown.file}\n---\n"
    lines = [shown.text, *(f"[{label}]" for label in shown.keyboard), *(f"<{name}>" for name, _d in shown.inline)]
    return "\n".join(lines) + "\n---\n"


def as_a_chat(text: str) -> str:
    """What a phone showed as the golden chats print it: one reply one message, its parts joined, its files below.

    The lines that only a messenger has (its links and codes, the notice's own line) are taken out.
    """
    text = re.sub(r"\n---\n\((?:[2-9]|\d\d)/\d+\) ", "\n", text)
    text = re.sub(r"(?m)^\(1/\d+\) ", "", text)
    text = re.sub(r"(?m)^(Telegram|Zalo): https://.*\n", "", text)
    text = re.sub(r"(?m)^Tin nhắn đi qua máy chủ của .*\n", "", text)
    text = re.sub(r"(?m)^file: QR-.*\n---\n", "", text)
    return re.sub(r"(?m)^---\n(file: .*\n)(?=---)", r"\1", text)


def as_it_is_printed(golden: str, pictures: bool) -> str:
    """A golden chat without the places of its files; and without pictures, where none can be shown."""
    golden = re.sub(r"(?m)^(file: .+?) files/.*$", r"\1", golden)
    if pictures:  # Telegram: a message has buttons of its own or answers below the line, never both
        return re.sub(
            r"(?m)(?:^\[.*\]\n)(?:^<.*>\n)+", lambda found: re.sub(r"(?m)^<(.*)>$", r"[\1]", found[0]), golden
        )
    golden = re.sub(r"(?m)^file: .*\.png\n", "", golden)
    return re.sub(r"(?m)^file: (.*)$", r"---\n📎 \1: mời mở trên trang web hoặc trên Telegram.", golden)


@asynccontextmanager
async def listening(
    path: Path, server: Fake, channel: Channel, at: str = demo_office.BEGINS, public: str = ""
) -> AsyncIterator[Phones]:
    """The demo's office with this channel open, its clock standing still."""
    app = App(Setup(path, PLAN_TEXT, Clock(standing=at_office(at)), lambda: [channel], public))
    await app.start()
    ear = asyncio.create_task(app.listen(channel))
    try:
        yield Phones(app, server, channel)
    finally:
        ear.cancel()
        with suppress(asyncio.CancelledError):
            await ear
        await app.stop()


def on_telegram(server: FakeTelegram) -> Telegram:
    """The channel to a fake, as fast as it can."""
    return Telegram(telegram.TOKEN, server.address, pace=None)


def on_zalo(server: FakeZalo, quota: int | None = None) -> Zalo:
    """The channel to a fake, as fast as it can."""
    return Zalo(zalo.TOKEN, server.address, quota=quota, pace=None)
