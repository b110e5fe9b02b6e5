"""The loop that runs jobs, one after the other, and stores their answers. Runs in the event loop; writes on the writer's thread.

What a job may do is in `bot.conversation.jobs`. A job is tried twice; then its person and the administrators are told.
"""

import asyncio
import logging
from asyncio import FIRST_COMPLETED
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from bot.conversation import (
    ChatChanged,
    JobContext,
    JobKind,
    JobResult,
    JobSteps,
    Office,
    Visit,
    Woken,
    deliver,
    job_progress,
    notice_codes,
    refused,
    speaker,
    with_way_back,
)
from bot.delivery import FollowUp
from bot.dialogue import Say
from bot.language import Words, _
from bot.movement import Role
from bot.server.worker import Worker
from storage import chats, files, jobs, people
from storage.chats import Chat
from storage.db import Closed, Database, Tx
from storage.jobs import Job, JobState

log = logging.getLogger(__name__)
TRIES = 2
LONG = 5.0
"""Seconds after which it is said that a job is under way."""
APART = 3.0
"""Seconds at least between two changes of that message; its messenger's own pace comes on top."""
FAILED = _("The assistant could not finish this work. The administrator has been told; please try again later.")
MOVED = _("Your role or unit has changed while this was being made, so it is not sent. Please ask once more.")


class Jobs:
    """Run waiting jobs one after the other."""

    def __init__(
        self, db: Database, office: Callable[[], Office], now: Callable[[], datetime], follow_up: FollowUp
    ) -> None:
        self._db, self._office, self._now, self._follow_up = db, office, now, follow_up
        self._awake, self._changed = asyncio.Event(), asyncio.Event()
        self._turn = asyncio.Lock()
        self.worker = Worker()

    def wake(self) -> None:
        """Wake the loop: a job was added, or one is not wanted any more."""
        self._awake.set()
        self._changed.set()

    async def start(self) -> None:
        """Restart the jobs that an earlier process was running."""
        await self._db.write(jobs.restart)

    async def run(self) -> None:
        """Run jobs for ever."""
        while True:
            await self.drain()
            await self._awake.wait()
            self._awake.clear()

    async def drain(self) -> bool:
        """Run every job that waits; return whether there was any."""
        async with self._turn:
            reader = await self._db.reader()
            waiting = await reader.all(jobs.WAITING)
            for job in waiting:
                await self._do(job)
            return bool(waiting)

    async def stop(self) -> None:
        """End the worker process."""
        self.worker.close()

    async def _do(self, job: Job) -> None:
        if not await self._db.write(lambda tx: jobs.start(tx, job.id)):
            return
        try:
            result = await self._awaited(job)
            if result is None:
                await self._db.write(lambda tx: jobs.end(tx, job.id, state=JobState.FAILED))
                return
            woken = await self._db.write(lambda tx: self._answer(tx, job, result, JobState.DONE))
        except Closed:
            raise
        except Exception:
            log.exception("job %s (%s) failed", job.id, job.work)
            if job.tries + 1 < TRIES:
                await self._db.write(lambda tx: jobs.end(tx, job.id, state=JobState.WAITING))
                await self._do(replace(job, tries=job.tries + 1))
                return
            woken = await self._give_up(job)
        await self._follow_up.follow(woken)

    async def _awaited(self, job: Job) -> JobResult | None:
        """Return what a job gives, showing how far it is when it takes long; None when nobody wants it any more."""
        self._changed.clear()
        steps, clock = JobSteps(self._changed.set), asyncio.get_running_loop().time
        made, shown, due, last = asyncio.create_task(self._result(job, steps)), -1, clock() + LONG, clock()
        try:
            while True:
                changed = asyncio.create_task(self._changed.wait())
                wait = None if shown == steps.n else max(0.0, due - clock())
                await asyncio.wait({made, changed}, timeout=wait, return_when=FIRST_COMPLETED)
                changed.cancel()
                if made.done():
                    return made.result()
                if self._changed.is_set():
                    self._changed.clear()
                    if await (await self._db.reader()).one(jobs.UNWANTED, id=job.id) is not None:
                        return None
                if shown != steps.n and clock() >= due:
                    first, shown, last = shown < 0, steps.n, clock()
                    tell = self._show if first else self._step
                    await self._follow_up.follow(await self._db.write(partial(tell, job=job, steps=steps)))
                if shown >= 0:
                    due = last + APART
        finally:
            if not made.done():
                made.cancel()
                await asyncio.wait({made})
                self.worker.close()  # what it is making ends with it; the next one begins in a new process

    def _show(self, tx: Tx, job: Job, steps: JobSteps) -> list[Woken]:
        """Say that a job is under way to whoever asked, as long as they are served by it; what an earlier process said is changed."""
        visit = self._served(tx, job)
        if visit is None:
            return []
        if tx.one(jobs.SHOWN, id=job.id) is not None:
            return self._step(tx, job, steps)
        job_progress.show(visit, job, self._kind(job), steps)
        return [*visit.woken, ChatChanged(visit.chat.id)]

    def _step(self, tx: Tx, job: Job, steps: JobSteps) -> list[Woken]:
        """Change what was said to how far it is."""
        visit = self._served(tx, job)
        if visit is None or tx.one(jobs.UNWANTED, id=job.id) is not None:
            return []
        job_progress.step(visit, job, self._kind(job), steps)
        return [*visit.woken, ChatChanged(visit.chat.id)]

    def _served(self, tx: Tx, job: Job) -> Visit | None:
        chat = _there(tx.one(chats.BY_ID, id=job.chat), job)
        visit = _as_asked(Visit(tx, self._office(), chat, speaker(tx, chat.person), self._now()), job)
        return visit if visit is not None and self._kind(job).serves.holds(visit, job.about) else None

    async def _give_up(self, job: Job) -> list[Woken]:
        """Tell the person that it did not work; in any case end the job, so that it holds up no other."""
        sorry = JobResult(Say([FAILED]))
        try:
            return await self._db.write(lambda tx: self._answer(tx, job, sorry, JobState.FAILED))
        except Closed:
            raise
        except Exception:
            log.exception("job %s (%s): not even that could be said", job.id, job.work)
            await self._db.write(lambda tx: jobs.end(tx, job.id, state=JobState.FAILED))
            return []

    def _kind(self, job: Job) -> JobKind:
        return self._office().features.jobs[job.work]

    def _read(self, tx: Tx, job: Job) -> tuple[Any, str]:
        """Read what a job needs of one record, as whoever asked may read it now; and as what they have read it."""
        kind, visit = self._kind(job), self._served(tx, job)
        return (None, "") if kind.read is None or visit is None else (kind.read(visit, job.about), _post(visit))

    async def _result(self, job: Job, steps: JobSteps) -> JobResult:
        given, post = None, ""
        if self._kind(job).read is not None:
            given, post = await self._db.write(lambda tx: self._read(tx, job))
        async with self._db.snapshot() as snapshot:
            chat = _there(await snapshot.one(chats.BY_ID, id=job.chat), job)
            asks = job.person if chat.person else None
            person = await snapshot.one(people.SPEAKER, id=asks) if asks else None
            words = Words(person.language if person else chat.language, terms=self._office().plan.terms)
            context = JobContext(
                snapshot, self._office(), self._now(), chat.id, person, words, self.worker.make, steps, given
            )
            return replace(await self._kind(job).do(context, job.about), read_as=post)

    def _answer(self, tx: Tx, job: Job, result: JobResult, state: JobState) -> list[Woken]:
        """Store the answer and end the job; whoever asked must still be there, as what it was read, and be served by such work."""
        chat = _there(tx.one(chats.BY_ID, id=job.chat), job)
        kind, visit = self._kind(job), Visit(tx, self._office(), chat, speaker(tx, chat.person), self._now())
        broken = state is JobState.FAILED
        if not (kind.in_group and chat.person is None):
            asked = _as_asked(visit, job)
            if asked is None:
                jobs.end(tx, job.id, state=JobState.FAILED)
                return []
            visit = asked
            if tx.one(jobs.UNWANTED, id=job.id) is not None:
                jobs.end(tx, job.id, state=JobState.FAILED)
                return []
            if not kind.serves.holds(visit, job.about):
                result, state = JobResult(refused(kind.serves)), JobState.FAILED
            elif result.read_as not in ("", _post(visit)):
                result, state = JobResult(Say([MOVED])), JobState.FAILED
        ids = [
            files.keep(tx, chat=chat.id, person=chat.person, name=name, kind=mime, data=data, now=visit.now)
            for name, mime, data in result.files
        ]
        if result.write is not None:
            result.write(visit)
        if broken:
            for admin in tx.all(people.OF_ROLE, role=Role.ADMIN):
                visit.tell(admin.id, notice_codes.WORK_FAILED, key=f"job:{job.id}:{admin.id}", job=job.id)
        if state is JobState.DONE:
            job_progress.done(visit, job, kind)
        say = replace(result.say, files=(*result.say.files, *ids))
        deliver(visit, with_way_back(visit, say) or say, said="")
        jobs.end(tx, job.id, state=state)
        return [*visit.woken, ChatChanged(chat.id)]


def _there(chat: Chat | None, job: Job) -> Chat:
    if chat is None:
        raise LookupError(f"the chat {job.chat} of job {job.id} is not there")
    return chat


def _post(visit: Visit) -> str:
    """Return as what somebody reads: their role and unit."""
    return f"{visit.me.role} {visit.me.unit}"


def _as_asked(visit: Visit, job: Job) -> Visit | None:
    """Return the visit as the post that asked for the job; None when whoever asked is not in this chat any more."""
    person = visit.person
    if person is None or person.id == job.person:
        return visit if person is not None else None
    if job.person not in visit.tx.all(people.EVERY_POST, person=person.id):
        return None
    person = speaker(visit.tx, job.person)
    return replace(visit, person=person) if person is not None else None
