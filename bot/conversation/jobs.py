"""Jobs: long work outside the turns, answered through the outbox like everything else.

Reads come from one snapshot, so all figures of an answer agree. Pictures and documents are made in one
worker process (resvg holds the interpreter for its whole run), started for the first and ended when idle.
"""

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from datetime import datetime
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any, Protocol, TypeVar

from bot.conversation import notice_codes
from bot.conversation.authority import refused, speaker
from bot.conversation.beside import with_way_back
from bot.conversation.context import Office, Visit
from bot.conversation.replies import deliver
from bot.conversation.woken import ChatChanged, Wake, Woken
from bot.dialogue import Say
from bot.language import Words, _
from bot.movement import Role
from storage import chats, files, jobs, people
from storage.db import Closed, Database, Snapshot, Tx
from storage.jobs import Job

log = logging.getLogger(__name__)
TRIES = 2
R = TypeVar("R")
FAILED = _("The assistant could not finish this work. The administrator has been told; please try again later.")
IDLE = 300.0
"""Seconds after which the worker process is ended."""


@dataclass(frozen=True)
class Made:
    """What a job came to: a message, and files that go with it."""

    say: Say
    files: Sequence[tuple[str, str, bytes]] = ()
    """(name, content type, bytes)"""
    write: Callable[[Visit], None] | None = None
    """What it changes, in the transaction that files its answer: both happen, or neither."""


def _end_with_parent() -> None:
    """In the worker: when the server is killed, nobody would ever end this process."""
    os.nice(10)  # whoever waits for an answer comes before whoever waits for a document
    parent = parent_process()
    assert parent is not None

    def wait() -> None:
        parent.join()
        os._exit(0)

    Thread(target=wait, daemon=True).start()


@dataclass
class Workshop:
    """The worker process, started on the first job."""

    _pool: ProcessPoolExecutor | None = field(default=None)
    _end: asyncio.TimerHandle | None = field(default=None)

    async def make(self, function: Callable[..., R], *args: Any) -> R:
        """What the function comes to (bytes, rows), in the worker process."""
        loop = asyncio.get_running_loop()
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_end_with_parent)
        if self._end is not None:
            self._end.cancel()
        try:
            return await loop.run_in_executor(self._pool, function, *args)
        except BrokenProcessPool:
            self.close()
            raise
        finally:
            self._end = loop.call_later(IDLE, self.close)

    def close(self) -> None:
        """End the worker process."""
        if self._end is not None:
            self._end.cancel()
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None


class Make(Protocol):
    """Has a function done in the worker process."""

    def __call__(self, function: Callable[..., R], *args: Any) -> Awaitable[R]:
        """What it comes to."""


@dataclass(frozen=True)
class Desk:
    """What a job may use: one state of the file, the office, the time, the worker."""

    snapshot: Snapshot
    office: Office
    now: datetime
    chat: int
    person: people.Person | None
    words: Words
    make: Make


class Jobs:
    """Runs waiting jobs one after the other."""

    def __init__(self, db: Database, office: Callable[[], Office], now: Callable[[], datetime], wake: Wake) -> None:
        self._db, self._office, self._now, self._wake = db, office, now, wake
        self._awake = asyncio.Event()
        self._turn = asyncio.Lock()
        self.workshop = Workshop()

    def wake(self) -> None:
        """A job was filed."""
        self._awake.set()

    async def start(self) -> None:
        """Take up what an earlier process was doing."""
        await self._db.write(jobs.restart)

    async def run(self) -> None:
        """Do jobs for ever."""
        while True:
            await self.drain()
            await self._awake.wait()
            self._awake.clear()

    async def drain(self) -> bool:
        """Do all that waits; whether there was anything."""
        async with self._turn:
            reader = await self._db.reader()
            waiting = await reader.all(jobs.WAITING)
            for job in waiting:
                await self._do(job)
            return bool(waiting)

    async def stop(self) -> None:
        """End the worker process."""
        self.workshop.close()

    async def _do(self, job: Job) -> None:
        await self._db.write(lambda tx: jobs.start(tx, job.id))
        try:
            made = await self._made(job)
            woken = await self._db.write(lambda tx: self._file(tx, job, made, "done"))
        except Closed:
            raise
        except Exception:
            log.exception("job %s (%s) failed", job.id, job.work)
            if job.tries + 1 < TRIES:
                await self._db.write(lambda tx: jobs.end(tx, job.id, state="waiting"))
                await self._do(replace(job, tries=job.tries + 1))
                return
            woken = await self._give_up(job)
        for each in woken:
            self._wake(each)

    async def _give_up(self, job: Job) -> list[Woken]:
        """The person learns that it did not work; whatever happens, the job is over and holds up no other."""
        try:
            return await self._db.write(lambda tx: self._file(tx, job, Made(Say([FAILED])), "failed"))
        except Closed:
            raise
        except Exception:
            log.exception("job %s (%s): not even that could be said", job.id, job.work)
            await self._db.write(lambda tx: jobs.end(tx, job.id, state="failed"))
            return []

    async def _made(self, job: Job) -> Made:
        async with self._db.snapshot() as snapshot:
            chat = await snapshot.one(chats.BY_ID, id=job.chat)
            assert chat is not None
            asks = job.person if chat.person else None
            person = await snapshot.one(people.SPEAKER, id=asks) if asks else None
            words = Words(person.language if person else chat.language)
            desk = Desk(snapshot, self._office(), self._now(), chat.id, person, words, self.workshop.make)
            return await self._office().features.jobs[job.work].do(desk, job.about)

    def _file(self, tx: Tx, job: Job, made: Made, state: str) -> list[Woken]:
        chat = tx.one(chats.BY_ID, id=job.chat)
        assert chat is not None
        now = self._now()
        person, kind = speaker(tx, chat.person), self._office().features.jobs[job.work]
        visit = Visit(tx, self._office(), chat, person, now)
        if not (kind.in_group and chat.person is None):
            if (
                person is not None
                and job.person != person.id
                and job.person in tx.all(people.EVERY_POST, person=person.id)
            ):
                person = speaker(tx, job.person)  # it was asked for as another post of theirs
                visit = replace(visit, person=person)
            if person is None or person.id != job.person:  # whoever asked is not there any more
                jobs.end(tx, job.id, state="failed")
                return []
            if not kind.serves.holds(visit, job.about):
                made, state = Made(refused(kind.serves)), "failed"
        ids = [
            files.keep(tx, chat=chat.id, person=chat.person, name=name, kind=kind, data=data, now=now)
            for name, kind, data in made.files
        ]
        if made.write is not None:
            made.write(visit)
        if state == "failed":
            for admin in tx.all(people.OF_ROLE, role=Role.ADMIN):
                visit.tell(admin.id, notice_codes.WORK_FAILED, key=f"job:{job.id}:{admin.id}", job=job.id)
        say = replace(made.say, files=(*made.say.files, *ids))
        deliver(visit, with_way_back(visit, say) or say, said="")
        jobs.end(tx, job.id, state=state)
        return [*visit.woken, ChatChanged(chat.id)]
