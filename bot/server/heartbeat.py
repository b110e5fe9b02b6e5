"""The heartbeat: every half minute, ask the pure rules what is due and file it under unique keys.

Asking twice changes nothing: a rung is kept per person for ever, a daily row once a person and day. The
scheduler only asks; every time of day is decided by `bot.movement.reminders`. Units are read and filed some at a
time, so that a large office needs no more memory than a small one.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from itertools import islice
from time import monotonic
from typing import Any

from bot.conversation import Office, notice_codes
from bot.movement import DESK_ROLES, Call, Ladders, Period, ToSay, moments, occasions, passed
from bot.office import desk
from bot.office.announcements import announcing
from bot.office.clock_doubt import BEAT, ClockDoubt
from bot.office.delivery_events import reached_again
from bot.office.duties.reopening_ends import close_passed
from bot.office.reminding import daily_extras, sparing, unit_context
from bot.office.requests.asked_again import open_next
from bot.office.status_board import refresh
from bot.server.pruning import Pruning
from storage import announcements, deadlines, incidents, outbox, people, rungs, settings
from storage.db import Database, Snapshot, Tx
from storage.values import read_stored, stored

EVERY = 30
"""Seconds between two beats."""
CHUNK = 200
"""Rows filed in one transaction."""
MARKS = timedelta(minutes=5)
"""How often it is noted that the process runs."""
NOTICED = timedelta(hours=1)
"""So long in office hours nobody answered: people are told."""


class Heartbeat:
    """Files what is due, and empties what is old."""

    def __init__(
        self,
        db: Database,
        office: Callable[[], Office],
        now: Callable[[], datetime],
        wake: Callable[[], None],
        doubt: ClockDoubt,
    ) -> None:
        self._db, self._office, self._now, self._wake = db, office, now, wake
        self._doubt, self._pruning = doubt, Pruning(db, now)
        self._looked: date | None = None
        self._marked: datetime | None = None
        self._away: tuple[datetime, datetime] | None = None
        """From when to when no process ran, when this one took up after a time that people have noticed."""
        self.beaten: float | None = None
        """When it last beat (monotonic seconds)."""

    async def run(self) -> None:
        """Beat at once, then for ever."""
        await self.beat()
        # Imported here: nobody waits for it any more.
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        scheduler = AsyncIOScheduler(timezone="Asia/Ho_Chi_Minh")
        # Its default drops a job that is one second late; a late beat is as good as one in time.
        scheduler.add_job(self.beat, "interval", seconds=EVERY, misfire_grace_time=None, coalesce=True, max_instances=1)
        scheduler.start()
        try:
            await asyncio.Event().wait()
        finally:
            scheduler.shutdown(wait=False)

    def next_moment(self, to: datetime) -> datetime | None:
        """Return the next time of day, up to `to`, at which something may be due."""
        office = self._office()
        found = next(iter(moments(office.plan, office.calendar, self._now(), to)), None)
        return None if found is None else found.at

    async def next_announced(self) -> datetime | None:
        """Return the next time for which something is set down that somebody announces."""
        text = await (await self._db.reader()).one(announcements.NEXT_DUE)
        at = read_stored(text) if text else None
        office = self._office()
        return at if at is None else office.hours.next_opening(at, office.calendar)

    async def _announces(self, now: datetime) -> bool:
        """Whether the time has come of something that is to be announced."""
        at = await self.next_announced()
        return at is not None and at <= now

    async def beat(self) -> None:
        """File what is due now; nothing while the clock is not to be believed."""
        now, office = self._now(), self._office()
        if await self._doubt.look():
            self._marked, self.beaten = None, monotonic()
            return
        await self._mark(now, office)
        if await self._announces(now) and await self._db.write(lambda tx: announcing.send_due(tx, office, now)):
            self._wake()
        if office.hours.open(now, office.calendar):
            async with self._db.snapshot() as snapshot:
                async for to_say in snapshot.each(lambda reads: tick(reads, office, now)):
                    await self._file(to_say, office, now)
        await refresh(self._db, office, now, self._wake)
        if await (await self._db.reader()).all(incidents.OVER):
            await self._db.write(lambda tx: reached_again(tx, now))
            self._wake()
        await self._pruning.look(office.plan.keeping)
        await self._years(now, office)
        self.beaten = monotonic()

    async def _mark(self, now: datetime, office: Office) -> None:
        """Store now and then that the process runs, so that the next one knows for how long none did."""
        if self._marked is None:
            await self._db.write(lambda tx: _began(tx, now))
            self._away = await self._db.write(lambda tx: _was_away(tx, office, now))
        if self._marked is None or now - self._marked >= MARKS or now < self._marked:
            await self._db.write(lambda tx: settings.put(tx, BEAT, stored(now)))
            self._marked = now

    async def _file(self, to_say: Iterable[ToSay], office: Office, now: datetime) -> None:
        those = iter(to_say)
        away = self._away
        if away is not None and office.hours.next_opening(away[1], office.calendar).date() < now.date():
            away = None
        while chunk := list(islice(those, CHUNK)):
            await self._db.write(partial(_file, chunk, away, now))
            self._wake()

    async def _years(self, now: datetime, office: Office) -> None:
        """Check once a day whether a year has begun, and what was open until yesterday."""
        if self._looked != now.date():
            if await self._db.write(lambda tx: _open_year(tx, office, now)):
                self._wake()
            if await self._db.write(lambda tx: close_passed(tx, office, now)):
                self._wake()
            await self._db.write(lambda tx: open_next(tx, office, now))
            self._looked = now.date()


# What is called for -----------------------------------------------------------------------------


async def tick(snapshot: Snapshot, office: Office, now: datetime) -> AsyncIterator[list[ToSay]]:
    """Yield everything that is called for now, some units at a time, from one state of the file."""
    ladders, today = await unit_context.ladders(snapshot, office, now), now.date()
    of = [period for period in await unit_context.opened(snapshot, office) if not period.quiet]
    live = unit_context.live(of, ladders, now)
    told_of = await _told_of(snapshot, office, today, of, ladders)
    heard = frozenset(await snapshot.all(outbox.SPOKEN_TO, day=today))
    listening = await unit_context.desk(snapshot, today)
    told = await daily_extras.said(snapshot, occasions.keys(today, told_of, ladders))
    humans = {post.id: post.human for post in await snapshot.all(people.MORE_POSTS)}
    notes = await daily_extras.read(snapshot, office, listening, now)
    calls = Call(now, listening, told_of, notes, told, ladders, humans)

    async def sayable(found: Iterable[ToSay]) -> list[ToSay]:
        free = [each for each in found if each.person not in heard]
        reached = [each for each in free if await unit_context.reached(snapshot, each.person, today)]
        return [each for each in reached if not await sparing.held(snapshot, office.plan, listening, each, today)]

    async for batch in unit_context.batches(snapshot, office.plan, today):
        said = await unit_context.said(snapshot, batch, live, ladders, now)
        yield await sayable(calls.of(batch.circles, live, said))
    yield await sayable(calls.rest())


async def _told_of(
    snapshot: Snapshot, office: Office, today: date, of: Sequence[Period], ladders: Ladders
) -> list[Period]:
    """Return what the office may be told of; who still owes is counted only on a day that could have it."""
    everything = {(each.duty.code, each.year) for each in of}
    if not occasions.candidates(today, of, everything, ladders):
        return []
    waiting = await unit_context.waiting_units(snapshot, office.plan, of)
    return occasions.candidates(today, of, waiting, ladders)


# Filing -----------------------------------------------------------------------------------------


def _began(tx: Tx, now: datetime) -> None:
    """Store once when the process ran for the first time; "" for a file that is older than this setting."""
    if tx.one(settings.NAMED, name=unit_context.BEGAN) is None:
        settings.put(tx, unit_context.BEGAN, "" if settings.get(tx, BEAT) else stored(now))


AWAY = "away"
"""The setting that keeps from when to when no process ran, for whoever is told in the next office hours."""


def _was_away(tx: Tx, office: Office, now: datetime) -> tuple[datetime, datetime] | None:
    """Return the time without a process that people may have noticed, over a night too; None once it was told."""
    kept = [read_stored(each).astimezone(now.tzinfo) for each in settings.get(tx, AWAY).split("|") if each]
    told = bool(kept) and office.hours.next_opening(kept[1], office.calendar).date() < now.date()
    beat = settings.get(tx, BEAT)
    then = read_stored(beat).astimezone(now.tzinfo) if beat else now
    if then < now and office.hours.next_opening(then, office.calendar) + NOTICED <= now:
        kept = [kept[0] if kept and not told else then, now]
        settings.put(tx, AWAY, "|".join(stored(each) for each in kept))
        told = False
    return (kept[0], kept[1]) if kept and not told else None


def _open_year(tx: Tx, office: Office, now: datetime) -> bool:
    """Open the year that has begun, when the one before was open; the office is told, or asked if dates have passed."""
    years = [each.year for each in tx.all(deadlines.YEARS) if not each.quiet]
    if not years or max(years) >= now.year or now.year > office.plan.last_year:
        return False
    news = notice_codes.YEAR_WAITS if passed(office.plan, now.year, now.date()) else notice_codes.YEAR_OPENED
    if news == notice_codes.YEAR_OPENED:
        deadlines.open_year(tx, year=now.year, quiet=False, now=now)
    due = office.hours.next_opening(now, office.calendar)
    desk.tell(tx, DESK_ROLES, news, about={"year": now.year}, due=due, now=now, key=f"{news}:{now.year}")
    return True


def _file(chunk: Sequence[ToSay], away: tuple[datetime, datetime] | None, now: datetime, tx: Tx) -> None:
    for each in chunk:
        if any(rungs.known(tx, key=key, person=each.person) for key in each.keys):
            continue  # another beat was here meanwhile: the next one says what is left
        said = about(each) | ({"away": [at.isoformat() for at in away]} if away is not None else {})
        id = outbox.file_daily(tx, person=each.person, day=now.date(), about=said, due=now, now=now)
        if id is None:
            id = outbox.add_to_daily(tx, person=each.person, day=now.date(), about=about(each))
        if id is not None:  # else the day's one message has been said: the next day speaks
            for key in each.keys:
                rungs.said(tx, key=key, person=each.person, outbox=id, now=now)


def about(to_say: ToSay) -> dict[str, Any]:
    """Return a day's message as references: its text is made just before it is sent."""
    return {
        "reminders": [
            {
                "unit": each.obligation.unit,
                "duty": each.obligation.duty.code,
                "year": each.obligation.year,
                "subject": each.obligation.subject,
                "rung": each.rung.code,
                "first": each.first,
                "promised": each.promised.isoformat() if each.promised else None,
            }
            for each in to_say.reminders
        ],
        "digests": [{"duty": each.duty, "year": each.year, "occasion": each.occasion} for each in to_say.digests],
        **to_say.notes,
        **({"last_alone": True} if to_say.last_alone else {}),
    }
