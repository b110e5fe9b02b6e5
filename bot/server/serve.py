"""`demo` and `run`: the application behind the web chat, its loops under supervision, until a signal."""

import asyncio
import gc
import logging
import mimetypes
import os
import secrets
import signal
import socket
import threading
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, time, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from bot.channels import LOCAL, Calls, Channel, Push, Watched, limits
from bot.channels.web.core import Persona
from bot.channels.web.downloads import PICTURES
from bot.channels.web.requests import Refused, Upload
from bot.channels.web.server import Server, WebError
from bot.channels.web.visitors import DAYS
from bot.conversation import Guesses, code_guesses
from bot.delivery import attached_names, sender
from bot.language import Words, _, fold, whole
from bot.office.clock_doubt import named
from bot.server import logs
from bot.server.addresses import HERE, Address
from bot.server.app import App
from bot.server.cli import Failure
from bot.server.clock import at_office
from bot.server.control_socket import Control, address_of
from bot.server.demo.office import PERSONAE, keep_time
from bot.server.heartbeat import EVERY
from bot.server.supervisor import GaveUp, Loop
from storage import audit, chat_texts, chats, files, inbox, invites, people, sessions
from storage.chats import Chat
from storage.db import Tx
from storage.files import Content

log = logging.getLogger(__name__)
SILENCE = 90.0
"""Seconds without a good poll after which a messenger's connections are made anew."""
ENDING = 40.0
"""Seconds after SIGTERM at which the process ends in any case; systemd would kill it after 90."""
EVENT_DAYS = 120
"""How far «next event» looks ahead."""
Perform = Callable[[App, Sequence[str], str], Awaitable[tuple[str, int]]]


class Page:
    """The application as the web chat's server needs it; `who` is the address of a chat."""

    def __init__(self, app: App, demo: bool, movable: bool) -> None:
        self._app, self.demo, self.movable = app, demo, movable
        self._chats: dict[str, Chat] = {}
        self._guesses = Guesses()
        self.secure = app.links.public.startswith("https://")
        self._rates = None if demo else limits.Buckets(limits.CHAT)

    async def _chat(self, who: str) -> Chat:
        if who not in self._chats:
            self._chats[who] = await self._app.db.write(lambda tx: chats.at(tx, channel=LOCAL, address=who, look="web"))
        return self._chats[who]

    def may_say(self, who: str) -> float:
        """0, or in how many seconds this chat may say one more; the demo's people are this machine's own."""
        return self._rates.take(who, monotonic()) if self._rates is not None else 0.0

    async def people(self) -> Sequence[Persona]:
        """The demo's three."""
        reader = await self._app.db.reader()
        found = []
        for name in PERSONAE.values():
            person = await reader.one(people.NAMED, fold=fold(name))
            if person is not None:
                found.append(_persona(f"person:{person.id}", person))
        return found

    async def receive(self, who: str, message: str, text: str, label: str, edits: str, files: Sequence[Upload]) -> None:
        """Commit a message with its files."""
        chat = await self._chat(who)
        body: dict[str, Any] = {"text": text}
        if label:
            body["label"] = label
        edit = 0
        if edits:
            edit = await self._app.db.write(lambda tx: inbox.edits(tx, chat=chat.id, message=edits) + 1)
        contents = [Content(whole(Path(each.name).name), _kind(each), each.data) for each in files]
        await self._app.receive(chat, edits or message, body, edit, contents)

    async def after(self, who: str, seq: int) -> Sequence[Mapping[str, Any]]:
        """What stands in the chat after a place."""
        chat = await self._chat(who)
        reader = await self._app.db.reader()
        rows = await reader.all(chat_texts.IN_CHAT, chat=chat.id, after=seq, most=500)
        attached = {id: await reader.one(files.BY_ID, id=id) for row in rows for id in row.body.get("files", ())}
        shown = []
        for row in rows:
            body = row.body
            shown.append(
                {
                    "seq": row.seq,
                    "new": row.new,
                    "at": row.at.isoformat(timespec="seconds"),
                    "from": "me" if row.mine else "bot",
                    "unasked": row.unasked,
                    "edits": "" if row.edits is None else str(row.edits),
                    "message": row.id,
                    "text": body.get("label") or body["text"] or attached_names(body),
                    "label": body.get("label", ""),
                    "choices": body.get("choices", []),
                    "steering": body.get("steering", []),
                    "buttons": [{"label": label, "says": says} for label, says in body.get("buttons", [])],
                    "files": [
                        {
                            "name": file.name,
                            "url": f"/file/{file.id}?as={who}",
                            "size": file.size,
                            "kind": "picture" if file.kind in PICTURES else "document",
                        }
                        for id in body.get("files", ())
                        if (file := attached[id]) is not None
                    ],
                }
            )
        return shown

    async def changed(self, whose: Collection[str]) -> None:
        """Wait until something new may be in one of these chats."""
        await self._app.changed([(await self._chat(who)).id for who in whose])

    async def seen(self, who: str, seq: int) -> None:
        """The page has shown everything up to here."""
        chat = await self._chat(who)
        await self._app.db.write(lambda tx: chat_texts.mark_seen(tx, chat=chat.id, seq=seq))

    async def file(self, who: str, id: int) -> tuple[str, str, bytes] | None:
        """A file of this chat."""
        reader = await self._app.db.reader()
        found = await reader.one(files.CONTENT, id=id, chat=(await self._chat(who)).id)
        return None if found is None else (found.name, found.kind, found.bytes)

    async def shared(self, id: int, until: int, signature: str) -> tuple[str, str, bytes] | None:
        """A file behind a signed link."""
        if not self._app.links.good(id, until, signature):
            return None
        reader = await self._app.db.reader()
        found = await reader.one(files.SHARED, id=id)
        return None if found is None else (found.name, found.kind, found.bytes)

    def hooks(self) -> Mapping[str, Push]:
        """Where messengers call that are not polled."""
        able = [each for each in self._app.channels.values() if isinstance(each, Calls)]
        found = [each.hook(self._app.intake.of(each)) for each in able]
        return dict(each for each in found if each is not None)

    async def health(self) -> tuple[bool, Mapping[str, Any]]:
        """Whether the process is well, and what waits."""
        return await self._app.vitals.health()

    async def metrics(self) -> bytes:
        """Its figures for a monitor."""
        return await self._app.vitals.metrics()

    def may_try(self, address: str) -> float:
        """0, or in how many seconds a code may be tried from this address; the try counts as wrong until it was right."""
        return self._guesses.take(address, self._app.now())

    async def login(self, code: str, address: str) -> str | None:
        """A new device for a good code: its chat begins with the data notice. A wrong one never asks the writer
        for more than to be counted.
        """
        now = self._app.now()
        reader = await self._app.db.reader()
        since, hash = now - code_guesses.HOUR, invites.hashed(code)
        wrong = await reader.one(invites.WRONG, since=since) or 0
        here = await reader.one(invites.WRONG_FROM, since=since, address=address) or 0
        if wrong >= code_guesses.OVER_ALL or here >= code_guesses.PER_ADDRESS:  # an earlier process counted them
            self._guesses.give_back(address, now)
            raise Refused(429, limits.TOO_MANY_CODES, code_guesses.HOUR.total_seconds())
        if not invites.looks_like_code(code) or await reader.one(invites.GOOD, hash=hash, now=now) is None:
            await self._app.db.write(lambda tx: _missed(tx, address, now))
            return None
        self._guesses.give_back(address, now)
        token = secrets.token_urlsafe(32)
        chat_address = f"web:{sessions.hashed(token)[:20]}"

        def work(tx: Tx) -> Chat | None:
            if not invites.good(tx, code=code, now=now):
                return None
            chat = chats.at(tx, channel=LOCAL, address=chat_address, look="web")
            expires = now + timedelta(days=DAYS)
            sessions.open_session(tx, token=token, chat=chat.id, now=now, expires=expires)
            return chat

        chat = await self._app.db.write(work)
        if chat is None:
            return None
        await self._app.receive(chat, "login", {"text": f"/batdau {code}", "label": "/batdau"})
        return token

    async def device(self, token: str) -> str | None:
        """The chat a device speaks for; None without an open session: looked up each time, since any may be ended."""
        if not token:
            return None
        reader = await self._app.db.reader()
        found = await reader.one(sessions.OPEN, hash=sessions.hashed(token), now=self._app.now())
        return found.address if found is not None else None

    async def session(self, token: str) -> Persona | None:
        """Whose device this is; a device that has not agreed yet has no name."""
        address = await self.device(token)
        if address is None:
            return None
        reader = await self._app.db.reader()
        chat = await reader.one(chats.BY_ID, id=(await self._chat(address)).id)
        assert chat is not None
        person = await reader.one(people.SPEAKER, id=chat.person) if chat.person else None
        return _persona(chat.address, person) if person else Persona(chat.address, self._app.plan.office.desk, "")

    def now(self) -> datetime:
        """The office's time."""
        return self._app.now()

    async def move(self, to: str) -> datetime:
        """Move the clock to a time, to the next day, or until something is said to one of the people."""
        now = self._app.now()
        if to == "day":
            await self._app.move(datetime.combine(now.date() + timedelta(days=1), time(8), now.tzinfo))
        elif to == "event":
            await self._to_event(now)
        else:
            at = at_office(to)
            if at < now:
                raise ValueError(f"{at:%d/%m/%Y %H:%M} has passed")
            await self._app.move(at)
        if self.demo:
            await keep_time(self._app.db, self._app.now())
        return self._app.now()

    async def _to_event(self, now: datetime) -> None:
        mine = [(await self._chat(person.id)).id for person in await self.people()]
        before = await self._places(mine)
        while (self._app.now() - now).days < EVENT_DAYS:
            horizon = self._app.now() + timedelta(days=EVENT_DAYS)
            step = await self._app.next_stop(horizon)
            if step is None:
                return
            await self._app.move(step)
            if await self._places(mine) != before:
                return

    async def _places(self, ids: Sequence[int]) -> list[int | None]:
        reader = await self._app.db.reader()
        return [await reader.one(chat_texts.NEWEST_SEQ, chat=id) for id in ids]

    async def language(self, who: str) -> str:
        """The language spoken in a chat."""
        chat = await self._chat(who)
        reader = await self._app.db.reader()
        fresh = await reader.one(chats.BY_ID, id=chat.id)
        if fresh is None or fresh.person is None:
            return fresh.language if fresh else "vi"
        person = await reader.one(people.BY_ID, id=fresh.person)
        return person.language if person else "vi"

    async def speak(self, who: str, language: str) -> None:
        """Change the language."""
        chat = await self._chat(who)

        def work(tx: Tx) -> None:
            fresh = tx.one(chats.BY_ID, id=chat.id)
            chats.speak(tx, chat=chat.id, language=language)
            if fresh is not None and fresh.person is not None:
                people.speak(tx, person=fresh.person, language=language)

        await self._app.db.write(work)


def _missed(tx: Tx, address: str, now: datetime) -> None:
    """Count a wrong code; the last one that is taken from an address stands in the audit."""
    invites.missed(tx, address=address, now=now)
    if tx.one(invites.WRONG_FROM, since=now - code_guesses.HOUR, address=address) == code_guesses.PER_ADDRESS:
        audit.note(tx, now=now, person=None, what="codes_guessed", about="login")


def _persona(address: str, person: people.Person) -> Persona:
    unit = person.unit_name
    return Persona(address, person.name, f"{person.position}, {unit}" if person.position else unit)


def _kind(upload: Upload) -> str:
    return upload.kind or mimetypes.guess_type(upload.name)[0] or "application/octet-stream"


async def serve(
    app: App,
    at: Address,
    words: Words,
    perform: Perform,
    demo: bool = False,
    movable: bool = False,
    notes: Sequence[str] = (),
) -> int:
    """Serve until SIGINT or SIGTERM; a loop that dies ends the process with its error."""
    stop = _until_signal()  # a stop while it begins waits until it has: nothing is cut off half begun
    if not at.port:
        at = Address(at.host, _free_port(at.host))
    logs.begin()
    control = address_of(app.lock.path)
    page = Page(app, demo, demo or movable)
    hosts = frozenset({at.named(), at.named("localhost"), at.named(HERE)})
    server = Server(page, words, hosts)
    await app.start(control, connect=False)
    listening = Control(control, lambda argv, language: perform(app, argv, language))
    try:
        try:
            await server.start(at.host, at.port)
        except WebError as error:
            raise Failure(error.why) from None
        await listening.start()
        print(words.say(_("The assistant is at http://{address} (Ctrl+C ends it).", address=at.named())), flush=True)
        for note in notes:
            print(note, flush=True)
        if app.doubt.since is not None:
            print(words.say(named(app.doubt.since, app.now())), flush=True)
        if not at.here:
            print(
                words.say(
                    _(
                        "⚠️ Other machines reach it there too, without encryption: put a reverse proxy with TLS before it."
                    )
                ),
                flush=True,
            )
        await app.connect()
        _spare_the_collector()
        return await _until(stop, app)
    finally:
        await listening.stop()
        await server.stop()
        if demo:
            with suppress(Exception):
                await keep_time(app.db, app.now())
        await app.stop()


def _free_port(host: str) -> int:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, 0), family=family) as free:
        return int(free.getsockname()[1])


def _spare_the_collector() -> None:
    """What is loaded stays: looking for garbage in it again and again cost every message a tenth of its time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def _until_signal() -> asyncio.Event:
    """Set once somebody ends the process."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, _end, stop)
    return stop


def _end(stop: asyncio.Event) -> None:
    """Stop in order; what does not let itself be stopped in time is cut off: nothing accepted is lost by that."""
    stop.set()
    last = threading.Timer(ENDING, os._exit, (1,))
    last.daemon = True
    last.start()


async def _until(stop: asyncio.Event, app: App) -> int:
    """Keep every loop going until somebody ends the process; 1 when it had to give up."""
    app.alive.loops += loops_of(app)
    alive, waiting = asyncio.create_task(app.alive.run()), asyncio.create_task(stop.wait())
    try:
        watched: set[asyncio.Future[Any]] = {waiting, alive, app.db.broken}
        done, _still = await asyncio.wait(watched, return_when=asyncio.FIRST_COMPLETED)
        for each in done:
            each.result()
    except GaveUp as why:
        log.critical("the process ends: %s", why)
        return 1
    finally:
        for task in (alive, waiting):
            task.cancel()
        await asyncio.gather(alive, waiting, return_exceptions=True)
    return 0


def loops_of(app: App) -> list[Loop]:
    """What goes on for ever in this process."""
    return [
        Loop("sender", app.sender.run, heard=lambda: app.sender.looked, silence=4 * sender.EVERY),
        Loop("jobs", app.jobs.run),
        Loop("menus", app.menus.run),
        Loop("backups", app.nightly.run),
        Loop("heartbeat", app.heartbeat.run, heard=lambda: app.heartbeat.beaten, silence=4 * EVERY),
        *(_listening(app, channel) for channel in app.channels.values()),
    ]


def _listening(app: App, channel: Channel) -> Loop:
    if not isinstance(channel, Watched):
        return Loop(channel.name, lambda: app.listen(channel))
    # A channel that is called hears nothing while nobody writes.
    called = isinstance(channel, Calls) and channel.hook(app.intake.of(channel)) is not None
    return Loop(
        channel.name,
        lambda: app.listen(channel),
        heard=lambda: channel.good,
        mend=channel.hang_up,
        silence=0.0 if called else SILENCE,
    )
