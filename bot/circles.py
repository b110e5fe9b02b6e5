"""What the rules look at, read from the file some units at a time: the heartbeat's and the rehearsal's reads.

Nothing here grows with the office: a batch of units, whoever of them may be spoken to, what was said of
the rungs that speak now.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.commands import Office
from bot.duties import case
from bot.ladders import Ladders, key_of
from bot.obligations import Case, Key, Period, Year, periods, sheet_period
from bot.people import Role
from bot.reminders import Circle, Desk
from storage import deadlines, initiatives, people, rungs, settings
from storage.db import Snapshot
from storage.people import Person

BATCH = 500
"""Units read at once."""
TO_LEADERS = "digest_to_leaders"
"""The setting by which the Chánh Văn phòng lets Lãnh đạo Sở receive the digest."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some units."""

    first: str
    last: str
    circles: Sequence[Circle[Person]]


async def opened(snapshot: Snapshot, office: Office, years: Iterable[Year] | None = None) -> list[Period]:
    """The periods of every opened year (or of these), with the dates that the office has entered."""
    if years is None:
        years = [Year(row.year, row.quiet) for row in await snapshot.all(deadlines.YEARS)]
    entered = {(row.duty, row.year): row.day for row in await snapshot.all(deadlines.DEADLINES)}
    return periods(office.plan, years, entered, office.calendar)


async def desk(snapshot: Snapshot) -> Desk[Person]:
    """The office; and the leaders, where the Chánh Văn phòng lets them hear."""
    switched = await snapshot.one(settings.NAMED, name=TO_LEADERS)
    office = [p for role in (Role.OFFICE, Role.CHIEF) for p in await snapshot.all(people.OF_ROLE, role=role)]
    if switched is None or switched.value != "1":
        return Desk(office)
    return Desk(office, await snapshot.all(people.OF_ROLE, role=Role.LEADER))


async def batches(snapshot: Snapshot) -> AsyncIterator[Batch]:
    """Every unit that owes something, with whoever may be spoken to for it."""
    after = ""
    while units := await snapshot.all(people.UNIT_CODES, after=after, most=BATCH):
        after, between = units[-1], {"first": units[0], "last": units[-1]}
        persons: dict[str, list[Person]] = defaultdict(list)
        filed: dict[str, dict[Key, datetime]] = defaultdict(dict)
        promised: dict[str, dict[Key, date]] = defaultdict(dict)
        delegates: dict[str, dict[tuple[str, int], int]] = defaultdict(dict)
        cases: dict[str, list[Case]] = defaultdict(list)
        for person in await snapshot.all(people.SPOKEN_TO, **between):
            persons[person.unit].append(person)
        for done in await snapshot.all(deadlines.FILED_BETWEEN, **between):
            filed[done.unit][done.duty, done.unit, done.year] = done.at
        for promise in await snapshot.all(deadlines.PROMISES_BETWEEN, **between):
            promised[promise.unit][promise.duty, promise.unit, promise.year] = promise.day
        for named in await snapshot.all(deadlines.DELEGATES_BETWEEN, **between):
            delegates[named.unit][named.duty, named.year] = named.person
        for waiting in await snapshot.all(initiatives.WAITING_BETWEEN, **between):
            cases[waiting.unit].append(case(waiting))
        yield Batch(units[0], units[-1], [
            Circle(unit, persons[unit], filed[unit], promised[unit], delegates[unit], cases[unit]) for unit in units
        ])  # fmt: skip


async def said(
    snapshot: Snapshot, batch: Batch, of: Iterable[Period], ladders: Ladders, now: datetime
) -> set[tuple[str, int]]:
    """What was said already of the rungs that speak now to these units."""
    calendar, plan = ladders.calendar, ladders.plan
    sheets = {sheet_period(plan, each, calendar) for circle in batch.circles for each in circle.cases}
    found = set[tuple[str, int]]()
    for period in (*of, *sheets):
        for rung in ladders.come(period, now):
            first, last = key_of(period, rung, batch.first), key_of(period, rung, batch.last, "\U0010ffff")
            found |= {
                (row.key, row.person) for row in await snapshot.all(rungs.BETWEEN, first=first, last=last)
            }
    return found


async def waiting_units(snapshot: Snapshot, of: Iterable[Period], office: Office) -> set[tuple[str, int]]:
    """The (duty, year) in which somebody still owes."""
    units = await snapshot.one(people.COUNT_UNITS) or 0
    done = {(row.duty, row.year): row.units for row in await snapshot.all(deadlines.FILED_COUNTS)}
    return {
        (period.duty.code, period.year)
        for period in of
        if done.get((period.duty.code, period.year), 0) < (1 if period.duty.by == "office" else units)
    }


def live(of: Iterable[Period], ladders: Ladders, now: datetime) -> list[Period]:
    """The periods of which a rung has come: all others need not be looked at."""
    return [period for period in of if not period.quiet and ladders.come(period, now)]
