"""The heartbeat: every half minute, ask the pure rules what is due and file it under unique keys.

Asking twice changes nothing: a rung is kept per person for ever, a daily row once a person and day. The
scheduler only asks; every time of day is decided by `bot.reminders`.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from time import monotonic
from typing import Any

from bot.commands import Office
from bot.filing import FORMS
from bot.obligations import State
from bot.people import Role, heads
from bot.reminders import Reminder, digests, due, moments
from bot.summaries import Standing, standing
from storage import deadlines, drafts, inbox, outbox, overview, people, rungs, settings
from storage.db import Database, Tx
from storage.people import Person

EVERY = 30
"""Seconds between two beats."""
CHUNK = 200
"""Rows filed in one transaction."""
LEADERS = "digest_to_leaders"


@dataclass
class ToSay:
    """What is called for today for one person."""

    person: int
    reminders: list[Reminder] = field(default_factory=list)
    digest: int | None = None
    drafts: dict[int, str] = field(default_factory=dict)
    """Sheets left unfinished, each with its key."""
    keys: list[str] = field(default_factory=list)


class Heartbeat:
    """Files what is due, and empties what is old."""

    def __init__(
        self, db: Database, office: Callable[[], Office], now: Callable[[], datetime],
        wake: Callable[[], None],
    ) -> None:  # fmt: skip
        self._db, self._office, self._now, self._wake = db, office, now, wake
        self._forgot: date | None = None
        self.beaten: float | None = None
        """When it last beat (monotonic seconds)."""

    async def run(self) -> None:
        """Beat at once, then for ever."""
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        scheduler = AsyncIOScheduler(timezone="Asia/Ho_Chi_Minh")
        # Its default drops a job that is one second late; a late beat is as good as one in time.
        scheduler.add_job(
            self.beat, "interval", seconds=EVERY, misfire_grace_time=None, coalesce=True, max_instances=1
        )
        scheduler.start()
        try:
            await self.beat()
            await asyncio.Event().wait()
        finally:
            scheduler.shutdown(wait=False)

    def next_moment(self, to: datetime) -> datetime | None:
        """The next time of day, up to `to`, at which something may be due."""
        office = self._office()
        found = next(iter(moments(office.plan, office.calendar, self._now(), to)), None)
        return None if found is None else found.at

    async def beat(self) -> None:
        """File what is due now."""
        self.beaten = monotonic()
        now, office = self._now(), self._office()
        if office.hours.open(now, office.calendar):
            reader = await self._db.reader()
            async with reader.snapshot() as snapshot:
                found = await standing(snapshot, office, now)
                promised = {(p.duty, p.unit, p.year): p.day for p in await snapshot.all(deadlines.PROMISES)}
                said = {(row.key, row.person) for row in await snapshot.all(overview.SAID)}
                everybody = await snapshot.all(people.EVERYBODY)
                before = now - timedelta(days=office.plan.keeping.nudge)
                idle = await snapshot.all(drafts.IDLE, before=before)
                switched = await snapshot.one(settings.NAMED, name=LEADERS)
            to_say = self._pings(now, office, found, promised, said, everybody)
            leaders = switched is not None and switched.value == "1"
            self._digests(now, office, found, said, everybody, leaders, to_say)
            for head in idle:
                key = f"draft:{head.id}:{head.touched.date()}"
                if head.person is not None and head.form not in FORMS.values() and (key, head.person) not in said:  # fmt: skip
                    to_say.setdefault(head.person, ToSay(head.person)).drafts[head.id] = key
            await self._file(list(to_say.values()), now)
        await self._forget(now, office)

    def _pings(
        self, now: datetime, office: Office, found: Standing, promised: dict[Any, date],
        said: set[tuple[str, int]], everybody: Sequence[Person],
    ) -> dict[int, ToSay]:  # fmt: skip
        to_say: dict[int, ToSay] = {}
        called = due(now, found.owed, (), promised, office.plan, office.calendar)
        by_unit: dict[str, list[int]] = {}
        for person in everybody:
            if heads(person.role) or person.role == Role.DRAFTER:
                by_unit.setdefault(person.unit, []).append(person.id)
                if heads(person.role) and person.stands_in:
                    by_unit[person.unit].append(person.stands_in)
        for reminder in called:
            for person_id in dict.fromkeys(by_unit.get(reminder.obligation.unit, ())):
                if (reminder.key, person_id) not in said:
                    to_say.setdefault(person_id, ToSay(person_id)).reminders.append(reminder)
        return to_say

    def _digests(
        self, now: datetime, office: Office, found: Standing, said: set[tuple[str, int]],
        everybody: Iterable[Person], leaders: bool, to_say: dict[int, ToSay],
    ) -> None:  # fmt: skip
        results = [each for each in found.owed if each.duty.code == "results" and not each.quiet]
        periods = {each.year: (each.opens, each.last_workday) for each in results if each.last_workday}
        unfinished = {each.year for each in results if each.state in (State.OPEN, State.AHEAD, State.OVERDUE)}
        roles = {Role.OFFICE, Role.CHIEF} | ({Role.LEADER} if leaders else set())
        for digest in digests(now, periods, unfinished, office.plan, office.calendar):
            for person in everybody:
                if person.role in roles and (digest.key, person.id) not in said:
                    entry = to_say.setdefault(person.id, ToSay(person.id))
                    entry.digest = digest.year
                    entry.keys.append(digest.key)

    async def _file(self, to_say: list[ToSay], now: datetime) -> None:
        for start in range(0, len(to_say), CHUNK):
            chunk = to_say[start : start + CHUNK]
            await self._db.write(partial(_file, chunk, now))
        if to_say:
            self._wake()

    async def _forget(self, now: datetime, office: Office) -> None:
        """Once a day, empty the messages that are old."""
        if self._forgot == now.date():
            return
        keeping = office.plan.keeping
        bodies, keys = now - timedelta(days=keeping.bodies), now - timedelta(days=keeping.keys)

        def work(tx: Tx) -> None:
            inbox.forget(tx, bodies_before=bodies, keys_before=keys)
            outbox.forget(tx, before=bodies)
            drafts.archive(tx, before=now - timedelta(days=keeping.drafts))

        await self._db.write(work)
        if await self._db.write(lambda tx: _open_year(tx, office, now)):
            self._wake()
        self._forgot = now.date()


def _open_year(tx: Tx, office: Office, now: datetime) -> bool:
    """Open the year that has begun, when the one before was open; the office is told."""
    years = [each.year for each in tx.all(deadlines.YEARS) if not each.quiet]
    if not years or max(years) >= now.year or now.year > office.plan.last_year:
        return False
    deadlines.open_year(tx, year=now.year, quiet=False, now=now)
    due = office.hours.next_opening(now, office.calendar)
    for role in (Role.OFFICE, Role.CHIEF):
        for person in tx.all(people.OF_ROLE, role=role):
            outbox.hand(
                tx, person=person.id, news="year_opened", about={"year": now.year}, due=due, now=now,
                key=f"year_opened:{now.year}:{person.id}",
            )  # fmt: skip
    return True


def _file(chunk: Sequence[ToSay], now: datetime, tx: Tx) -> None:
    for each in chunk:
        keys = [*(reminder.key for reminder in each.reminders), *each.keys, *each.drafts.values()]
        about: dict[str, Any] = {
            "reminders": [
                {
                    "unit": r.obligation.unit, "duty": r.obligation.duty.code,
                    "year": r.obligation.year, "rung": r.rung.code,
                }
                for r in each.reminders
            ]
        }  # fmt: skip
        if each.digest is not None:
            about["digest"] = each.digest
        if each.drafts:
            about["drafts"] = list(each.drafts)
        id = outbox.daily(tx, person=each.person, day=now.date(), about=about, due=now, now=now)
        if id is None:
            id = outbox.add_to_daily(tx, person=each.person, day=now.date(), about=about)
        if id is not None:  # else the day's one message has been said: the next day speaks
            for key in keys:
                rungs.said(tx, key=key, person=each.person, outbox=id, now=now)
