"""The application as the web chat's server asks it: its chats, their messages and files, the clock, the language.

Runs in the event loop; reads beside the writer, and writes in transactions of its own.
"""

import mimetypes
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, time, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from bot.channels import LOCAL, Calls, Push, limits
from bot.channels.web.core import Found, Persona
from bot.channels.web.downloads import PICTURES
from bot.channels.web.requests import Upload
from bot.delivery import attached_names
from bot.language import Terms, fold, whole
from bot.server import file_access
from bot.server.app import App
from bot.server.clock import at_office
from bot.server.demo.office import keep_time, told_in
from bot.server.sign_in import SignIn
from storage import chat_texts, chats, files, inbox, people, sessions
from storage.chats import Chat
from storage.db import Tx
from storage.files import Content, File

EVENT_DAYS = 120
"""How far «next event» looks ahead."""


class WebChat:
    """The application as the web chat's server asks it; `who` is the address of a chat."""

    def __init__(self, app: App, demo: bool, movable: bool) -> None:
        self._app, self.demo, self.movable = app, demo, movable
        self._chats: dict[str, Chat] = {}
        self._sign_in = SignIn(app)
        self.secure = app.links.public.startswith("https://")
        self._rates = None if demo else limits.Buckets(limits.CHAT)

    @property
    def terms(self) -> Terms:
        """What the office calls its own."""
        return self._app.plan.terms

    async def _chat(self, who: str) -> Chat:
        if who not in self._chats:
            self._chats[who] = await self._app.db.write(lambda tx: chats.at(tx, channel=LOCAL, address=who, look="web"))
        return self._chats[who]

    def may_say(self, who: str) -> float:
        """Return 0, or in how many seconds this chat may send one more; the demo's people are this machine's own."""
        return self._rates.take(who, monotonic()) if self._rates is not None else 0.0

    async def people(self) -> Sequence[Persona]:
        """List the demo's three people."""
        reader = await self._app.db.reader()
        told, found = await told_in(reader), []
        for name in told.personae.values() if told is not None else ():
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

    async def after(self, who: str, seq: int, most: int) -> Sequence[Mapping[str, Any]]:
        """List so many messages after a place in the chat."""
        chat = await self._chat(who)
        reader = await self._app.db.reader()
        rows = await reader.all(chat_texts.IN_CHAT, chat=chat.id, after=seq, most=most)
        attached = {id: await reader.one(files.BY_ID, id=id) for row in rows for id in row.body.get("files", ())}
        return [_shown(row, who, attached) for row in rows]

    async def changed(self, whose: Collection[str]) -> None:
        """Wait until something new may be in one of these chats."""
        await self._app.changes.wait([(await self._chat(who)).id for who in whose])

    async def seen(self, who: str, seq: int) -> None:
        """Mark everything up to here as shown by the page."""
        chat = await self._chat(who)
        await self._app.db.write(lambda tx: chat_texts.mark_seen(tx, chat=chat.id, seq=seq))

    async def file(self, who: str, id: int) -> Found:
        """Return a file of this chat, as its person may read it now."""
        return await file_access.of_chat(self._app, (await self._chat(who)).id, id)

    async def shared(self, id: int, until: int, signature: str, chat: int | None) -> Found:
        """Return the file behind a signed link, as its chat's person may read it now."""
        return await file_access.behind_link(self._app, id, until, signature, chat)

    def hooks(self) -> Mapping[str, Push]:
        """Return the paths at which messengers call that are not polled."""
        able = [each for each in self._app.channels.values() if isinstance(each, Calls)]
        found = [each.hook(self._app.intake.of(each)) for each in able]
        return dict(each for each in found if each is not None)

    async def health(self) -> tuple[bool, Mapping[str, Any]]:
        """Return whether the process is well, and what waits."""
        return await self._app.vitals.health()

    async def metrics(self) -> bytes:
        """Return its figures for a monitor."""
        return await self._app.vitals.metrics()

    def may_try(self, address: str) -> float:
        """Return 0, or in how many seconds a code may be tried from this address; a try counts as wrong until it was right."""
        return self._sign_in.may_try(address)

    async def login(self, code: str, address: str) -> str | None:
        """Return the token of a new device for a valid code: its chat begins with the data notice."""
        return await self._sign_in.login(code, address)

    async def device(self, token: str) -> str | None:
        """Return the chat a device speaks for; None without an open session, looked up each time, since any may be ended."""
        if not token:
            return None
        reader = await self._app.db.reader()
        found = await reader.one(sessions.OPEN, hash=sessions.hashed(token), now=self._app.now())
        return found.address if found is not None else None

    async def session(self, token: str) -> Persona | None:
        """Return whose device this is; a device that has not agreed yet has no name."""
        address = await self.device(token)
        if address is None:
            return None
        reader = await self._app.db.reader()
        chat = await reader.one(chats.BY_ID, id=(await self._chat(address)).id)
        if chat is None:
            return None
        person = await reader.one(people.SPEAKER, id=chat.person) if chat.person else None
        return _persona(chat.address, person) if person else Persona(chat.address, self._app.plan.office.desk, "")

    def now(self) -> datetime:
        """Return the office's time."""
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
        """Return the language spoken in a chat."""
        chat = await self._chat(who)
        reader = await self._app.db.reader()
        fresh = await reader.one(chats.BY_ID, id=chat.id)
        if fresh is None or fresh.person is None:
            return fresh.language if fresh else "vi"
        person = await reader.one(people.BY_ID, id=fresh.person)
        return person.language if person else "vi"

    async def speak(self, who: str, language: str) -> None:
        """Set the language of a chat and of its person."""
        chat = await self._chat(who)

        def work(tx: Tx) -> None:
            fresh = tx.one(chats.BY_ID, id=chat.id)
            chats.set_language(tx, chat=chat.id, language=language)
            if fresh is not None and fresh.person is not None:
                people.set_language(tx, person=fresh.person, language=language)

        await self._app.db.write(work)


def _shown(row: chat_texts.Delivered, who: str, attached: Mapping[int, File | None]) -> Mapping[str, Any]:
    """Return a message as the page shows it."""
    body = row.body
    return {
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
        "main": body.get("main", ""),
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


def _persona(address: str, person: people.Person) -> Persona:
    unit = person.unit_name
    return Persona(address, person.name, f"{person.position}, {unit}" if person.position else unit)


def _kind(upload: Upload) -> str:
    return upload.kind or mimetypes.guess_type(upload.name)[0] or "application/octet-stream"
