"""What the day's message says of items: the end of the year for a request, what is to be added, the office's limits, due days.

Each is a dated note like any other; whether it is still so is looked at once more when it is said (`handlers/item_reminders.py`).
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from bot.conversation import Office
from bot.movement import DESK_ROLES, Calendar, ItemKind, senders
from bot.office.items.progressing import FOLLOWED
from bot.office.reminding.dated_notes import ITEMS, DatedNote, steps_around
from storage import initiatives, item_authors, item_progress, item_requests, people
from storage.db import Snapshot
from storage.initiatives import Initiative, ItemState
from storage.item_progress import ProgressState
from storage.people import Person
from storage.values import loads

WINDOW, SUPPLEMENT, LIMIT, DUE = "window", "supplement", "limit", "due"
"""What a note is about, beside the code of its item."""


async def read(snapshot: Snapshot, office: Office, now: datetime) -> list[DatedNote]:
    """Read everything of items that waits for somebody until a day."""
    everybody = await snapshot.all(people.EVERYBODY)
    found = await _windows(snapshot, office, now, everybody)
    found += await _supplements(snapshot, office, now, everybody)
    found += await _limits(snapshot, office, now, everybody)
    for year in (now.year - 1, now.year):
        found += await _dues(snapshot, office, now, everybody, year)
    return found


async def _authors(snapshot: Snapshot, item: Initiative, everybody: Sequence[Person]) -> list[Person]:
    """Return whoever wrote an item, and its authors."""
    ids = {item.by, *(each.person for each in await snapshot.all(item_authors.OF_ITEM, id=item.id))}
    return [person for person in everybody if person.id in ids]


def _before(last: date, calendar: Calendar, days: Sequence[int], key: str, after: date) -> Mapping[date, str]:
    """Return the days so many days before a last one, each on a working day, as far as they come after something."""
    found: dict[date, str] = {}
    for n in sorted(days, reverse=True):
        day = last - timedelta(days=n)
        day = day if calendar.works(day) else calendar.previous_workday(day)
        if day > after:
            found[day] = f"{key}:{n}"
    return found


async def _windows(snapshot: Snapshot, office: Office, now: datetime, everybody: Sequence[Person]) -> list[DatedNote]:
    days, found = office.plan.recognition, list[DatedNote]()
    kinds = {kind.code for kind in office.plan.kinds if kind.recognised}
    for applied in await snapshot.all(item_requests.APPLIED_SINCE, since=now.date() - timedelta(days=366 * 5)):
        item, last = await snapshot.one(initiatives.BY_ID, id=applied.item), days.request_until(applied.day)
        if item is None or item.kind not in kinds or last < now.date():
            continue
        key = f"item_window:{item.code}:{applied.day}"
        told = _before(last, office.calendar, days.warned, key, applied.at.astimezone(now.tzinfo).date())
        found.append(DatedNote(ITEMS, [WINDOW, item.code], await _authors(snapshot, item, everybody), told))
    return found


async def _supplements(
    snapshot: Snapshot, office: Office, now: datetime, everybody: Sequence[Person]
) -> list[DatedNote]:
    found = list[DatedNote]()
    for asked in await snapshot.all(item_requests.ALL_OPEN):
        item = await snapshot.one(initiatives.BY_ID, id=asked.item)
        if item is None or item.state not in (ItemState.RETURNED, ItemState.INCOMPLETE):
            continue
        steps = [-n for n in office.plan.recognition.supplement_warned]
        after = asked.at.astimezone(now.tzinfo).date()
        told = steps_around(office.calendar, asked.due, steps, f"item_supplement:{asked.id}", after)
        whom = await _authors(snapshot, item, everybody)
        if item.state is ItemState.RETURNED:
            whom = [person for person in whom if person.id == item.by]
        found.append(DatedNote(ITEMS, [SUPPLEMENT, item.code], whom, told))
    return found


async def _limits(snapshot: Snapshot, office: Office, now: datetime, everybody: Sequence[Person]) -> list[DatedNote]:
    days, found = office.plan.recognition, list[DatedNote]()
    desk = [person for person in everybody if person.role in DESK_ROLES]
    for request in await snapshot.all(item_requests.ALL_REQUESTS):
        item = await snapshot.one(initiatives.BY_ID, id=request.item)
        if item is None or item.state is ItemState.INCOMPLETE:
            continue
        since = (request.complete or request.at).astimezone(now.tzinfo).date()
        last = days.answer_until(since) if request.complete is None else days.decide_until(since)
        key = f"item_limit:{item.code}:{item.state}:{last}"
        told = _before(last, office.calendar, days.watched, key, since)
        found.append(DatedNote(ITEMS, [LIMIT, item.code], desk, told))
    return found


async def _dues(
    snapshot: Snapshot, office: Office, now: datetime, everybody: Sequence[Person], year: int
) -> list[DatedNote]:
    kinds = {kind.code: kind for kind in office.plan.kinds if kind.progress}
    if not kinds:
        return []
    registered = await _registered(snapshot, kinds, year)
    newest = {each.item: each for each in await snapshot.all(item_progress.NEWEST_OF_YEAR, year=year)}
    said = {each.item: each.day for each in await snapshot.all(item_progress.DAYS_OF_YEAR, year=year)}
    found, ladder = list[DatedNote](), office.plan.progress
    for item in await snapshot.all(initiatives.OF_YEAR, year=year):
        progress, last = newest.get(item.id), said.get(item.id) or registered.get(item.id)
        done = progress is not None and progress.state is ProgressState.DONE
        if item.state not in FOLLOWED or item.kind not in kinds or done or last is None:
            continue
        after = (progress.at if progress is not None else item.at).astimezone(now.tzinfo).date()
        key = f"item_due:{item.code}:{last}"
        mine = steps_around(office.calendar, last, ladder.in_charge, key, after)
        whom = [person for person in everybody if person.id == item.charge]
        found.append(DatedNote(ITEMS, [DUE, item.code], whom or await _authors(snapshot, item, everybody), mine))
        heads = senders([person for person in everybody if person.unit == item.unit], now.date())
        theirs = steps_around(office.calendar, last, ladder.head, f"{key}:head", after)
        found.append(DatedNote(ITEMS, [DUE, item.code], heads, theirs))
    return found


async def _registered(snapshot: Snapshot, kinds: Mapping[str, ItemKind], year: int) -> dict[int, date]:
    """Read the days that sheets name, by item."""
    found: dict[int, date] = {}
    for kind in kinds.values():
        rows = (
            await snapshot.all(item_progress.REGISTERED, year=year, kind=kind.code, field=kind.due) if kind.due else ()
        )
        for row in rows:
            value = loads(row.value)
            if isinstance(value, str) and value:
                found[row.item] = date.fromisoformat(value)
    return found
