"""What the rules look at, some units at a time: the reads of heartbeat and rehearsal. Reads snapshots.

Nothing here grows with the office: a batch of units, whoever of them may be spoken to, what was said of
the rungs that speak now.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.conversation import Office
from bot.movement import (
    DESK_ROLES,
    Case,
    Circle,
    Desk,
    Key,
    Ladders,
    Period,
    Plan,
    Role,
    Span,
    Year,
    key_of,
    near,
    periods,
    promise_key,
    sheet_period,
    week_key,
    week_of,
)
from bot.office.clock_doubt import BEAT
from bot.office.duties.duty_kinds import cases_of
from storage import chats, deadlines, initiatives, people, rungs, settings, unions, unit_history
from storage.db import Snapshot
from storage.deadlines import DutyTally
from storage.people import Person
from storage.unit_history import UnitTally
from storage.values import read_stored

BATCH = 500
"""Units read at once."""
BEGAN = "began"
"""The setting that says when the process ran for the first time; empty where nobody noted it."""
TO_LEADERS = "digest_to_leaders"
"""The setting by which the Chánh Văn phòng lets Lãnh đạo Sở receive the digest."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some units."""

    first: str
    last: str
    circles: Sequence[Circle[Person]]


async def opened(snapshot: Snapshot, office: Office, years: Iterable[Year] | None = None) -> list[Period]:
    """Read the periods of every opened year (or of these), with the dates that the office has entered."""
    if years is None:
        years = [Year(row.year, row.quiet) for row in await snapshot.all(deadlines.YEARS)]
    entered = {(row.duty, row.year): row for row in await snapshot.all(deadlines.DEADLINES)}
    days = {key: row.day for key, row in entered.items()}
    return [
        replace(each, entered=row.at.date()) if (row := entered.get((each.duty.code, each.year))) else each
        for each in periods(office.plan, years, days, office.calendar)
    ]


async def ladders(snapshot: Snapshot, office: Office, now: datetime) -> Ladders:
    """Read the ladders as they stand here: from when the process ran for the first time, which may be now."""
    kept = await snapshot.one(settings.NAMED, name=BEGAN)
    if kept is None:
        ran = await snapshot.one(settings.NAMED, name=BEAT) is not None
        return Ladders(office.plan, office.calendar, None if ran else now)
    began = read_stored(kept.value).astimezone(now.tzinfo) if kept.value else None
    return Ladders(office.plan, office.calendar, began)


async def desk(snapshot: Snapshot, today: date) -> Desk[Person]:
    """Read the office; and the leaders, where the Chánh Văn phòng lets them hear."""
    switched = await snapshot.one(settings.NAMED, name=TO_LEADERS)
    roles = [Role.LEADER] if switched is not None and switched.value == "1" else []
    office = [p for role in DESK_ROLES for p in await snapshot.all(people.OF_ROLE, role=role)]
    leaders = [p for role in roles for p in await snapshot.all(people.OF_ROLE, role=role)]
    unreached = [p.id for p in (*office, *leaders) if not await reached(snapshot, p.id, today)]
    return Desk(office, leaders, frozenset(unreached))


async def reached(snapshot: Snapshot, person: int, today: date) -> bool:
    """Whether somebody has a chat that takes something today."""
    return await snapshot.one(chats.HAS_PLACE, person=person, today=today) is not None


async def batches(snapshot: Snapshot, plan: Plan, today: date) -> AsyncIterator[Batch]:
    """Read every unit that owes something, with whoever may be spoken to for it, some at a time."""
    after, of_unions = "", frozenset(await snapshot.all(unions.CODES, unions=plan.unions))
    while found := await snapshot.all(unit_history.UNIT_CODES, after=after, most=BATCH):
        units = [each.code for each in found]
        after, between = units[-1], {"first": units[0], "last": units[-1]}
        persons: dict[str, list[Person]] = defaultdict(list)
        filed: dict[str, dict[Key, datetime]] = defaultdict(dict)
        promised: dict[str, dict[Key, date]] = defaultdict(dict)
        delegates: dict[str, dict[tuple[str, int], int]] = defaultdict(dict)
        cases: dict[str, list[Case]] = defaultdict(list)
        unreached = frozenset(await snapshot.all(chats.WITHOUT_PLACE, today=today, **between))
        for person in await snapshot.all(people.SPOKEN_TO, **between):
            persons[person.unit].append(person)
        for done in await snapshot.all(deadlines.FILED_BETWEEN, **between):
            filed[done.unit][plan.filed.get(done.duty, done.duty), done.unit, done.year] = done.at
        for promise in await snapshot.all(deadlines.PROMISES_BETWEEN, **between):
            promised[promise.unit][promise.duty, promise.unit, promise.year] = promise.day
        for named in await snapshot.all(deadlines.DELEGATES_BETWEEN, **between):
            delegates[named.unit][named.duty, named.year] = named.person
        for waiting in await snapshot.all(initiatives.WAITING_BETWEEN, **between):
            if waiting.unit not in of_unions:
                cases[waiting.unit] += cases_of(plan, [waiting])
        yield Batch(
            units[0],
            units[-1],
            [
                Circle(
                    unit.code,
                    persons[unit.code],
                    filed[unit.code],
                    promised[unit.code],
                    delegates[unit.code],
                    cases[unit.code],
                    unreached,
                    unit.kind,
                    unit.code in of_unions,
                    Span(unit.since),
                )
                for unit in found
            ],
        )


async def said(
    snapshot: Snapshot, batch: Batch, of: Iterable[Period], ladders: Ladders, now: datetime
) -> set[tuple[str, int]]:
    """Read what was said already of the rungs that speak now to these units."""
    calendar, plan, of = ladders.calendar, ladders.plan, list(of)
    sheets = {sheet_period(plan, each, calendar) for circle in batch.circles for each in circle.cases}
    monday = week_of(now.date())
    ranges = {(week_key(monday, batch.first), week_key(monday, batch.last))}
    loud = {(each.duty.code, each.year) for each in of}
    for circle in batch.circles:
        for key, day in circle.promised.items():
            if (key[0], key[2]) in loud and day < now.date():
                ranges.add((promise_key(key, day, batch.first), promise_key(key, day, batch.last)))
    for period in (*of, *sheets):
        for rung in ladders.come(period, now):
            ranges.add((key_of(period, rung, batch.first), key_of(period, rung, batch.last, "\U0010ffff")))
    return {(row.key, row.person) for row in await snapshot.all(rungs.OF_RANGES, ranges=list(ranges))}


async def waiting_units(snapshot: Snapshot, plan: Plan, of: Iterable[Period]) -> set[tuple[str, int]]:
    """Read the (duty, year) in which somebody still owes."""
    units = await snapshot.all(unit_history.COUNT_UNITS, unions=plan.unions)
    filed = await snapshot.all(deadlines.FILED_COUNTS, unions=plan.unions)
    return {
        (period.duty.code, period.year)
        for period in of
        if period.duty.by != "union" and owing_still(period, units, filed) > 0
    }


def owing_still(period: Period, units: Iterable[UnitTally], filed: Iterable[DutyTally]) -> int:
    """Return how many of the units there are now owe a duty of a year still; the office is one."""
    duty, done = period.duty, [each for each in filed if (each.duty, each.year) == (period.duty.filed_as, period.year)]
    if duty.by == "office":
        return 1 - min(1, len(done))

    def counted(each: UnitTally | DutyTally) -> bool:
        return duty.owed_by(each.kind) and Span(each.since).has(period.counted_on)

    return max(0, sum(each.units for each in units if counted(each)) - sum(e.units for e in done if counted(e)))


def live(of: Iterable[Period], ladders: Ladders, now: datetime) -> list[Period]:
    """Return the periods of which a rung has come, or a list of the week may speak: all others need not be looked at."""
    return [period for period in of if not period.quiet and (ladders.come(period, now) or near(period, now.date()))]
