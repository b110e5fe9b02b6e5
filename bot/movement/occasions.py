"""When the office and the leaders are told how things stand, and what of it somebody is still owed. Pure.

What was missed (nothing ran, they were away, they linked late) is owed: the latest of each duty. A list by
name, and the draft, are not made up for by the counts of a later Monday.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Literal

from bot.movement.calendar import Calendar
from bot.movement.escalation import LEADERS_AFTER, Ladders, key_of
from bot.movement.obligations import Period

Who = Literal["office", "leader"]


class Occasion(StrEnum):
    """When the office and the leaders are told, the most urgent first."""

    AFTER = "after"
    """One of the days after the last, with the draft."""
    LAST = "last"
    """The last day at 16:30."""
    CLIMBED = "climbed"
    """A rung to the office."""
    CLOSING = "closing"
    """A day of the last week."""
    WEEKLY = "weekly"
    """Monday."""


OCCASIONS = tuple(Occasion)
BY_NAME: Collection[Occasion] = (Occasion.AFTER, Occasion.LAST, Occasion.CLIMBED)
"""Those that name everybody who has not sent."""
BACK = 21
"""So many days back a missed digest is looked for: longer than from one Monday to the next over Tết."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What somebody is told by itself at a time of today; each of its keys is said once to a person."""

    keys: tuple[str, ...]
    duty: str
    year: int
    at: time
    occasion: Occasion
    late: bool = False
    """Whether its day was an earlier one."""


@dataclass(frozen=True, slots=True)
class _Told:
    """One digest of the calendar."""

    key: str
    day: date
    at: time
    occasion: Occasion


def candidates(
    today: date, of: Iterable[Period], open_ones: Collection[tuple[str, int]], ladders: Ladders
) -> list[Period]:
    """Return the periods of which something may be told today: somebody still owes them and still can."""
    if not ladders.calendar.works(today):
        return []
    return [
        period
        for period in of
        if not period.quiet
        and today <= period.locks
        and period.last_workday is not None
        and (period.duty.code, period.year) in open_ones
    ]


def keys(today: date, of: Iterable[Period], ladders: Ladders) -> set[str]:
    """Return every key that is looked at to see what these periods still owe to somebody today."""
    return {
        each.key
        for period in of
        for who in ("office", "leader")
        for each in (*_listed(period, who, today, ladders), *_reported(period, who, today, ladders))
    }


def owed(
    today: date, of: Iterable[Period], who: Who, person: int, said: Collection[tuple[str, int]], ladders: Ladders
) -> list[Digest]:
    """Return what somebody is told today, the most urgent first; `said` holds what was."""
    found: list[Digest] = []
    for period in of:
        for come in (_listed(period, who, today, ladders), _reported(period, who, today, ladders)):
            fresh = [each for each in come if (each.key, person) not in said]
            if fresh and (digest := _owed(period, come, fresh, today)) is not None:
                found.append(digest)
    return sorted(_without_counts(found), key=lambda digest: OCCASIONS.index(digest.occasion))


def _without_counts(found: Sequence[Digest]) -> Iterator[Digest]:
    """Merge a Monday's counts into the list of all who still owe, which says as much."""
    lists = {(each.duty, each.year): each for each in found if each.occasion is Occasion.CLIMBED}
    for each in found:
        spoken = lists.get((each.duty, each.year))
        if each.occasion is Occasion.WEEKLY and spoken is not None:
            lists[each.duty, each.year] = replace(spoken, keys=(*spoken.keys, *each.keys))
        elif each.occasion is not Occasion.CLIMBED:
            yield each
    yield from lists.values()


def hour(those: Sequence[Digest], who: Who, now: datetime, ladders: Ladders) -> time:
    """Return when these are said in one message: what was missed at the opening, unless the last day's list is to come."""
    begun = [first for first, _last in ladders.plan.speaking.windows if first <= now.time()]
    opening = time.min
    if who == "leader" and begun:  # the office reads it first
        opening = (datetime.combine(now.date(), max(begun)) + LEADERS_AFTER).time()
    ahead = [each for each in those if not each.late]
    if any(each.occasion is Occasion.LAST for each in ahead) or not any(
        each.late and each.occasion in BY_NAME for each in those
    ):
        return max((each.at for each in ahead), default=opening)
    return opening


def _owed(period: Period, come: Sequence[_Told], fresh: Sequence[_Told], today: date) -> Digest | None:
    """Return the latest of them, with what the missed ones before it would have said by name."""
    newest = come[-1]
    if newest not in fresh:
        return None
    after = [each for each in come if each.occasion is Occasion.AFTER]
    missed = [each for each in fresh if each.day < today]
    occasion = newest.occasion
    if after and all(each in fresh for each in after):
        occasion = Occasion.AFTER
    late = (
        newest.day < today
        or any(each.occasion in BY_NAME for each in missed if each is not newest)
        or (occasion is Occasion.AFTER and newest.occasion is not Occasion.AFTER)
    )
    keys = tuple(each.key for each in fresh)
    return Digest(keys, period.duty.code, period.year, newest.at, occasion, late)


# The calendar of what is told -------------------------------------------------------------------


def _listed(period: Period, who: Who, today: date, ladders: Ladders) -> list[_Told]:
    """Return the newest rung that speaks to the office or the leaders: the list of all who still owe."""
    if period.duty.by == "office":
        return []  # the office itself owes it: it is pinged
    rungs = [
        rung
        for rung in ladders.of(period)
        if rung.day <= today and who in rung.rung.to and ladders.missed(period, rung)
    ]
    at = _at(rungs[-1].day, ladders.plan.speaking.digest_at, who, ladders) if rungs else None
    if at is None:
        return []
    return [_Told(f"list:{key_of(period, rungs[-1])}", rungs[-1].day, at, Occasion.CLIMBED)]


def _reported(period: Period, who: Who, today: date, ladders: Ladders) -> list[_Told]:
    """Return the digests of the yearly reports: today's, the newest before it, the lists of the days after the last."""
    if period.duty.how != "results":
        return []
    last, calendar = period.last_workday, ladders.calendar
    assert last is not None
    found: dict[date, _Told] = {}
    wanted = [last, *(calendar.shift(last, n) for n in (1, 2, 3))]
    for day in (*(day for day in wanted if day < today), *_back(today)):
        told = _on(day, period, who, ladders)
        if told is not None:
            found[day] = told
        if told is not None and day < today and day not in wanted:
            break
    return [found[day] for day in sorted(found)]


def _back(today: date) -> Iterator[date]:
    """Return today, then the days before it."""
    return (today - timedelta(days=n) for n in range(BACK))


def _on(day: date, period: Period, who: Who, ladders: Ladders) -> _Told | None:
    """Return the digest of the yearly reports on a day."""
    calendar, last, speaking = ladders.calendar, period.last_workday, ladders.plan.speaking
    assert last is not None
    if day < date(period.year, 1, 1) or not calendar.works(day):
        return None
    if day > last and calendar.between(last, day) <= 3:
        occasion, at = Occasion.AFTER, speaking.list_at
    elif day == last:
        occasion, at = Occasion.LAST, speaking.last_list_at
    elif period.opens <= day < last and (last - day).days < speaking.last_days:
        occasion, at = Occasion.CLOSING, speaking.digest_at
    elif day == first_workday(day, speaking.digest_weekday, calendar) and day.year == period.year:
        occasion, at = Occasion.WEEKLY, speaking.digest_at
    else:
        return None
    theirs, began = _at(day, at, who, ladders), ladders.began
    if theirs is None or (began is not None and day < began.date()):
        return None  # or before the day on which the process ran for the first time
    return _Told(f"digest:{period.year}:{day}", day, theirs, occasion)


def _at(day: date, at: time, who: Who, ladders: Ladders) -> time | None:
    """Return the hour; the leaders hear after the office has, and not at all when the office hours are over by then."""
    if who == "office":
        return at
    theirs = datetime.combine(day, at) + LEADERS_AFTER
    return theirs.time() if ladders.plan.hours.open(theirs, ladders.calendar) else None


def first_workday(today: date, weekday: int, calendar: Calendar) -> date:
    """Return this week's day of digests, or the first working day after it in the week."""
    monday = today - timedelta(days=today.weekday())
    return calendar.next_workday(monday + timedelta(days=weekday))
