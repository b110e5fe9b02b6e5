"""What the day's message says besides duties and digests: each kind is read here and said by its handler. Reads snapshots.

Sheets that were begun and left, the next year's days off, targets that the pace will miss: each is said
once to a person, and never on a day of its own where something else is said that day.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.conversation import Office
from bot.movement import Desk, Period, ToSay, away, senders, week_of, year_to_confirm
from bot.office.duties.duty_kinds import KINDS
from bot.office.reminding import dated_notes, item_notes, reopening_reminders, review_hints, unit_context
from bot.office.reminding.unit_context import opened
from bot.office.report import forecast_data
from bot.office.requests import asked_reminders
from storage import (
    calendar,
    data_requests,
    deadlines,
    drafts,
    initiatives,
    item_requests,
    people,
    receiving,
    reopenings,
    rungs,
    settings,
    unit_changes,
)
from storage.db import Snapshot
from storage.initiatives import ItemState
from storage.outbox import NoticeCode
from storage.people import Person

UNFINISHED, NEXT_YEAR, RETURNED = NoticeCode("drafts"), NoticeCode("calendar"), NoticeCode("returned")
UNDATED, RECEIVING, RADAR = NoticeCode("undated"), NoticeCode("receiving"), NoticeCode("radar")
REOPENED, SUPPLEMENT = reopening_reminders.REOPENED, NoticeCode("supplement")
DATA_DUE = NoticeCode("data_due")
ASKED, ASKED_LIST = NoticeCode("asked"), NoticeCode("asked_list")
NEW_YEAR, UNITS_DUE = NoticeCode("new_year"), NoticeCode("units_due")
"""Parts of the day's message."""
LOOKS = 15
"""Working days after the day of a watch on which it is still looked at: three weeks without a process lose none."""
FORMS = frozenset(kind.form for kind in KINDS.values())
"""Forms of duties: their ladders speak of them."""


async def read(snapshot: Snapshot, office: Office, desk: Desk[Person], now: datetime) -> dict[int, ToSay]:
    """Read every note that is due now and was not said."""
    found: dict[int, ToSay] = {}
    await _unfinished(snapshot, office, now, found)
    await _next_year(snapshot, office, desk, now, found)
    await _new_year(snapshot, office, desk, now, found)
    await _units_due(snapshot, desk, now, found)
    await _radar(snapshot, office, desk, now, found)
    await _returned(snapshot, office, now, found)
    await _reopened(snapshot, office, now, found)
    await _supplement(snapshot, office, desk, now, found)
    await _monday(snapshot, office, desk, now, found)
    await _data_due(snapshot, office, desk, now, found)
    await _dated(snapshot, office, now, found)
    for call in await asked_reminders.to_remind(snapshot, await unit_context.ladders(snapshot, office, now), desk, now):
        _add(found, call.person, ASKED_LIST if call.office else ASKED, [call.request], [call.key])
    await review_hints.add(snapshot, office, {person.id for person in desk.people}, now, found)
    return found


async def said(snapshot: Snapshot, keys: Iterable[str]) -> set[tuple[str, int]]:
    """Read to whom these were said."""
    asked = list(keys)
    return {(row.key, row.person) for row in await snapshot.all(rungs.OF_KEYS, keys=asked)} if asked else set()


def _add(
    found: dict[int, ToSay], person: int, name: NoticeCode, values: Collection[Any], keys: Collection[str]
) -> None:
    to_say = found.setdefault(person, ToSay(person))
    to_say.notes[name] = [*to_say.notes.get(name, ()), *values]
    to_say.keys += keys


async def _unfinished(snapshot: Snapshot, office: Office, now: datetime, found: dict[int, ToSay]) -> None:
    before, today = now - timedelta(days=office.plan.keeping.nudge), now.date()
    idle = {head.id: head for head in await snapshot.all(drafts.IDLE, before=before, today=today)}
    over = {head.id: head for head in await snapshot.all(drafts.OVER, year=str(today.year), today=today)}
    for id, head in (over | idle).items():
        if head.person is not None and head.form not in FORMS:
            keys = [drafts.nudge_key(head), *([drafts.over_key(head)] if id in over else [])]
            _add(found, head.person, UNFINISHED, [id], keys)


async def _next_year(
    snapshot: Snapshot, office: Office, desk: Desk[Person], now: datetime, found: dict[int, ToSay]
) -> None:
    year = year_to_confirm(now.date(), office.plan, office.calendar)
    if year is None or await snapshot.one(settings.NAMED, name=calendar.confirmation(year)) is not None:
        return
    key = f"calendar:{year}"
    told = await said(snapshot, [key])
    for person in desk.people:
        if (key, person.id) not in told and not away(person, now.date()):
            _add(found, person.id, NEXT_YEAR, [year], [key])


TURN = 5
"""Working days into a year in which the office is told what it leaves to be settled."""


async def _new_year(
    snapshot: Snapshot, office: Office, desk: Desk[Person], now: datetime, found: dict[int, ToSay]
) -> None:
    """Tell the office once, from the first working day of a year on, what is to be settled in it."""
    today, plan = now.date(), office.plan
    first = office.calendar.next_workday(date(today.year, 1, 1))
    if not (plan.first_year <= today.year <= plan.last_year and first <= today):
        return
    opened_years = [row.year for row in await snapshot.all(deadlines.YEARS)]
    if office.calendar.between(first, today) >= TURN or min(opened_years, default=today.year) >= today.year:
        return
    key = f"new_year:{today.year}"
    told = await said(snapshot, [key])
    for person in desk.people:
        if (key, person.id) not in told and not away(person, today):
            _add(found, person.id, NEW_YEAR, [today.year], [key])


async def _units_due(snapshot: Snapshot, desk: Desk[Person], now: datetime, found: dict[int, ToSay]) -> None:
    """Ask the office, on its day and once a week after it, to make a change of the units that was entered ahead."""
    today = now.date()
    for change in await snapshot.all(unit_changes.AHEAD):
        key = weekly_key(f"units_due:{change.id}", today)
        told = await said(snapshot, [key]) if change.day <= today else set()
        for person in desk.people if change.day <= today else ():
            if (key, person.id) not in told and not away(person, today):
                _add(found, person.id, UNITS_DUE, [change.id], [key])


async def _dated(snapshot: Snapshot, office: Office, now: datetime, found: dict[int, ToSay]) -> None:
    """Tell whoever has something to do until a day, on the steps around it."""
    notes = [*await dated_notes.read(snapshot, office, now), *await item_notes.read(snapshot, office, now)]
    today = now.date()
    told = await said(snapshot, {key for each in notes if (key := each.come(today))})
    for each in dated_notes.to_say(notes, today, told):
        found.setdefault(each.person, ToSay(each.person)).take(each)


AGAIN = (3, 8)
"""Working days after which whoever wrote a sheet that was returned is reminded of it."""


async def _returned(snapshot: Snapshot, office: Office, now: datetime, found: dict[int, ToSay]) -> None:
    """Remind twice of sheets that came back and were not sent again."""
    for item in await snapshot.all(initiatives.IN_STATE, since=now.year - 1, state=ItemState.RETURNED):
        if await snapshot.one(item_requests.SUPPLEMENT, id=item.id) is not None:
            continue  # it has its own day, and is reminded of by it
        gone = office.calendar.between(item.changed.astimezone(now.tzinfo).date(), now.date())
        come = [n for n in AGAIN if n <= gone]
        key = f"returned:{item.code}:v{item.version}:{come[-1]}" if come else ""
        if key and (key, item.by) not in await said(snapshot, [key]):
            _add(found, item.by, RETURNED, [item.code], [key])


async def _reopened(snapshot: Snapshot, office: Office, now: datetime, found: dict[int, ToSay]) -> None:
    """Remind the unit of what was opened once more and not sent, some working days before the last one and on it."""
    for each in await snapshot.all(reopenings.ALL_LIVE):
        key = reopening_reminders.key_of(each, office.plan, office.calendar, now)
        told = await said(snapshot, [key]) if key else set()
        unit = await snapshot.all(people.OF_UNIT, unit=each.unit) if key else []
        for person in reopening_reminders.hears(unit, now):
            if (key, person) not in told:
                _add(found, person, REOPENED, [each.id], [key])


OFFERED = 10
"""Working days from the opening on in which the office is told once that it may ask for a supplement."""


async def _supplement(
    snapshot: Snapshot, office: Office, desk: Desk[Person], now: datetime, found: dict[int, ToSay]
) -> None:
    """Tell the office once that it may ask for the figures as of the end of last year."""
    duty, year, today = office.plan.done_by("supplement"), now.year - 1, now.date()
    if duty is None or not duty.opening(year) <= today <= office.calendar.shift(duty.opening(year), OFFERED):
        return
    opened_then = any(row.year == year and not row.quiet for row in await snapshot.all(deadlines.YEARS))
    if not opened_then or await snapshot.one(deadlines.DEADLINE, duty=duty.code, year=year) is not None:
        return
    key = f"supplement:{year}"
    told = await said(snapshot, [key])
    for person in desk.people:
        if (key, person.id) not in told and not away(person, today):
            _add(found, person.id, SUPPLEMENT, [year], [key])


SOON = timedelta(days=14)
"""So long before a duty opens the office is asked for its date."""


def undated(periods: Iterable[Period], today: date, opened_on: Mapping[int, date]) -> list[tuple[str, int]]:
    """Return the duties without a date that open soon, are open, and still can be done.

    In the week in which a year is opened whoever opens it is asked for its dates.
    """
    new = {year for year, day in opened_on.items() if week_of(day) == week_of(today)}
    return [
        (each.duty.code, each.year)
        for each in periods
        if each.due is None
        and not each.quiet
        and each.opens - SOON <= today <= each.locks
        and today.year in (each.year, each.opens.year)  # a part of a year may open in the next one
        and each.year not in new
    ]


def weekly_key(name: str, today: date) -> str:
    """Return the key by which a note is said once a week."""
    return f"{name}:{week_of(today)}"


async def _monday(
    snapshot: Snapshot, office: Office, desk: Desk[Person], now: datetime, found: dict[int, ToSay]
) -> None:
    """Tell the office once a week which dates nobody has given, and what waits to be received."""
    monday, today = week_of(now.date()), now.date()
    opened_on = {row.year: row.at.astimezone(now.tzinfo).date() for row in await snapshot.all(deadlines.YEARS)}
    without = undated(await opened(snapshot, office), today, opened_on)
    lists: dict[NoticeCode, list[Any]] = {UNDATED: [list(each) for each in without]}
    # What came in this week waits for nobody yet.
    since = datetime.combine(monday, time(), now.tzinfo)
    lists[RECEIVING] = [1] if any(each.at < since for each in await snapshot.all(receiving.ALL)) else []
    keys = {name: weekly_key(name, today) for name, values in lists.items() if values}
    told = await said(snapshot, keys.values())
    for name, key in keys.items():
        for person in desk.people:
            if (key, person.id) not in told and not away(person, today):
                _add(found, person.id, name, lists[name], [key])


async def _data_due(
    snapshot: Snapshot, office: Office, desk: Desk[Person], now: datetime, found: dict[int, ToSay]
) -> None:
    """Remind the office of requests about people's data, on the working days that the plan names around their last ones."""
    today, steps = now.date(), sorted(office.plan.law_days.reminded)
    for request in await snapshot.all(data_requests.WAITING):
        gone = office.calendar.between(request.due, today)
        come = [step for step in steps if step <= gone]
        key = f"data:{request.id}:{request.state}:{request.due}:{come[-1]}" if come else ""
        if not key or request.at.astimezone(now.tzinfo).date() == today:  # that it came was said
            continue
        told = await said(snapshot, [key])
        for person in desk.people:
            if (key, person.id) not in told and not away(person, today):
                _add(found, person.id, DATA_DUE, [request.id], [key])


async def _radar(
    snapshot: Snapshot, office: Office, desk: Desk[Person], now: datetime, found: dict[int, ToSay]
) -> None:
    """Warn whoever is concerned once, in the days after the radar's day."""
    today, plan = now.date(), office.plan
    watched = [
        f"radar:{today.year}:{watch.target}"
        for watch in plan.radar
        if plan.first_year <= today.year <= plan.last_year and _looks(watch.day(today.year), today, office)
    ]
    if not watched:
        return
    seen = (await forecast_data.read(snapshot, office, today.year, now)).only(watched)
    told = await said(snapshot, [warning.key for warning in seen.warnings])
    for warning in seen.warnings:
        concerned = list(desk.people)
        for unit in warning.units:
            concerned += senders(await snapshot.all(people.OF_UNIT, unit=unit), today)
        for id in dict.fromkeys(person.id for person in concerned if not away(person, today)):
            if (warning.key, id) not in told:
                _add(found, id, RADAR, [warning.key], [warning.key])


def _looks(day: date, today: date, office: Office) -> bool:
    """Whether the radar looks today: on its day, or a few working days later if nothing ran on it."""
    first = office.calendar.next_workday(day)
    return first <= today and office.calendar.between(first, today) <= LOOKS
