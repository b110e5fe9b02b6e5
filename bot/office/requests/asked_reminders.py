"""Who is reminded of a request, and when: by its ladder, those who have not answered; the office where a rung says so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.movement import Circle, Desk, Ladders, To, away, ears
from bot.office.requests import asked_ladder
from storage import chats, people, request_answers, requests, rungs
from storage.db import Snapshot
from storage.people import Person
from storage.requests import OfficeRequest

OPENED = "opens"
"""That a request came again by itself."""
NOBODY: Desk[Person] = Desk()
"""The office hears by a list of its own."""
EVERYWHERE = {"first": "", "last": "\U0010ffff"}


@dataclass(frozen=True)
class AskedOpen:
    """An open request with whoever has not answered it: units with their people, or people."""

    request: OfficeRequest
    circles: Sequence[Circle[Person]]
    persons: Sequence[Person]


@dataclass(frozen=True, slots=True)
class AskedCall:
    """Somebody who is reminded now, and the key by which that is said once."""

    person: int
    key: str
    code: str
    """Of the rung: «opens», «-3»."""
    request: int
    office: bool = False


async def read(snapshot: Snapshot, today: date) -> list[AskedOpen]:
    """Read the open requests that somebody has not answered."""
    found: list[AskedOpen] = []
    open_ones = await snapshot.all(requests.OPEN)
    unreached = (
        frozenset(await snapshot.all(chats.WITHOUT_PLACE, today=today, **EVERYWHERE)) if open_ones else frozenset()
    )
    for request in open_ones:
        answers = await snapshot.all(request_answers.ANSWERS, request=request.id)
        done = {each.receiver for each in answers if each.asks == request.asks}
        left = [each for each in await snapshot.all(request_answers.RECEIVERS, request=request.id) if each.active]
        circles: list[Circle[Person]] = []
        persons: list[Person] = []
        for each in left:
            if each.receiver in done:
                continue
            if each.unit is not None:
                of_unit = await snapshot.all(people.OF_UNIT, unit=each.unit)
                circles.append(Circle(each.unit, of_unit, unreached=unreached))
            elif (person := await snapshot.one(people.SPEAKER, id=each.person)) is not None:
                persons.append(person)
        if circles or persons:
            found.append(AskedOpen(request, circles, persons))
    return found


async def to_remind(snapshot: Snapshot, ladders: Ladders, desk: Desk[Person], now: datetime) -> list[AskedCall]:
    """Read who is reminded now and was not told yet."""
    found: list[AskedCall] = []
    for each in await read(snapshot, now.date()):
        for call in calls(each, desk, ladders, now):
            told = await snapshot.all(rungs.BETWEEN, first=call.key, last=call.key)
            if call.person not in {row.person for row in told}:
                found.append(call)
    return found


def calls(each: AskedOpen, desk: Desk[Person], ladders: Ladders, now: datetime) -> Iterator[AskedCall]:
    """Yield whom a request speaks to now, each by the latest of the rungs that speak to them. Pure."""
    request, today = each.request, now.date()
    come = list(_come(request, ladders, now))
    period = asked_ladder.period_of(request, ladders.plan, ladders.calendar)
    for circle in each.circles if come else ():
        owed = asked_ladder.owed(period, circle.unit, today)
        for ear in ears(owed, circle, NOBODY, today):
            mine = [code for names, code in come if not ear.names.isdisjoint(names)]
            if mine:
                yield AskedCall(ear.person.id, asked_ladder.key(request, mine[-1], circle.unit), mine[-1], request.id)
    heads = [code for names, code in come if "head" in names]
    for person in each.persons if heads else ():
        if not away(person, today):
            yield AskedCall(person.id, asked_ladder.key(request, heads[-1], f"@{person.id}"), heads[-1], request.id)
    office = [code for names, code in come if "office" in names]
    for person in desk.people if office else ():
        if not away(person, today):
            yield AskedCall(person.id, asked_ladder.key(request, office[-1]), office[-1], request.id, office=True)


def _come(request: OfficeRequest, ladders: Ladders, now: datetime) -> Iterator[tuple[Sequence[To], str]]:
    """Yield to whom the rungs speak that have come, and their codes; that one was opened by itself is the first."""
    plan = ladders.plan
    hour = plan.ladder(plan.reports).at
    if request.turn and now.date() <= request.due and (now.date() > request.since or now.time() >= hour):
        yield ("person", "head"), OPENED
    mine = asked_ladder.rungs_of(request, ladders)
    for rung in ladders.come(asked_ladder.period_of(request, plan, ladders.calendar), now) if mine else ():
        if rung in mine:
            yield rung.rung.to, rung.code
