"""Which pings are due and to whom, what the office hears, merged to one message a person and day. Pure.

A ping is a rung of a duty's ladder. The heartbeat, «Lịch nhắc» and the rehearsal ask the same `Call`, so
what is shown beforehand is what is said.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Generic, Literal

from bot.ladders import Ladders, RungAt, key_of
from bot.obligations import Case, Key, Obligation, Period, obligations
from bot.people import P, Role, away, confirmers, senders
from bot.plan import Rung
from bot.workdays import Calendar


@dataclass(frozen=True, slots=True)
class Reminder:
    """One ping that is called for; its key is said once to a person, for ever."""

    key: str
    obligation: Obligation
    rung: RungAt


def due(
    now: datetime, owed: Iterable[Obligation], promised: Mapping[Key, date], ladders: Ladders
) -> Iterator[Reminder]:
    """The pings that now calls for in the units: at most one an obligation.

    A rung that a later one has overtaken is never said again. A promise silences until the end of its day;
    broken, it is spoken of once, also after the last rung.
    """
    for obligation in owed:
        promise = promised.get(obligation.key)
        if not obligation.speaks or not broken(promise, now):
            continue
        rung, after = ladders.now(obligation.period, now), ""
        if promise is not None and not ladders.stale(promise, now.date()):
            spoken = _before(promise, obligation.period, now, ladders)
            rung, after = (spoken, f":{promise}") if spoken is not None else (rung, "")
        if rung is not None and rung.rung.here:
            key = key_of(obligation.period, rung, obligation.unit, obligation.subject) + after
            yield Reminder(key, obligation, rung)


def _before(promise: date, period: Period, now: datetime, ladders: Ladders) -> RungAt | None:
    """The unit's latest rung, when none has come since the promised day; not before its hour."""
    come = [rung for rung in ladders.come(period, now) if rung.rung.here]
    return come[-1] if come and come[-1].day <= promise and come[-1].at <= now.time() else None


def broken(promise: date | None, now: datetime) -> bool:
    """Whether no promised day lies ahead: only then the ladder goes on."""
    return promise is None or promise < now.date()


# To whom --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Circle(Generic[P]):
    """A unit with everything the rules look at: its people, what it has filed, what it promised."""

    unit: str
    people: Sequence[P]
    filed: Mapping[Key, datetime] = field(default_factory=dict)
    promised: Mapping[Key, date] = field(default_factory=dict)
    delegates: Mapping[tuple[str, int], int] = field(default_factory=dict)
    """Whom the head has named to draft a duty of a year."""
    cases: Sequence[Case] = ()
    """Sheets that wait."""


def spoken_to(owed: Obligation, rung: Rung, circle: Circle[P], desk: Sequence[P], today: date) -> list[P]:
    """Who hears a rung of an obligation now. Whoever is away does not: whoever acts for them does."""
    if owed.duty.by == "office":
        able = list(desk)
    elif owed.subject:
        able = confirmers(circle.people, desk, owed.involved, today) if "head" in rung.to else []
        able += [p for p in circle.people if "deputy" in rung.to and p.role == Role.DEPUTY and p.id not in owed.involved]  # fmt: skip
    else:
        able = _of_unit(owed, rung, circle, today)
    return list({person.id: person for person in able if not away(person, today)}.values())


def _of_unit(owed: Obligation, rung: Rung, circle: Circle[P], today: date) -> list[P]:
    named = circle.delegates.get((owed.duty.code, owed.year))
    found: list[P] = []
    if "head" in rung.to:
        found += senders(circle.people, today)
    if "deputy" in rung.to:
        found += [p for p in circle.people if p.role == Role.DEPUTY]
    if "person" in rung.to:
        found += [p for p in circle.people if p.role == Role.DRAFTER or p.id == named]
    return found


# What the office hears ------------------------------------------------------------------------

Occasion = Literal["weekly", "closing", "last", "after", "climbed"]
"""Monday; a day of the last week; the last day at 16:30; the days after, with the draft; a rung to the office."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What the office is told by itself at a time of today; its key is said once to a person."""

    key: str
    duty: str
    year: int
    at: time
    occasion: Occasion
    to: frozenset[str] = frozenset({"office", "leader"})


def digests(today: date, of: Iterable[Period], open_ones: Collection[tuple[str, int]], ladders: Ladders) -> list[Digest]:  # fmt: skip
    """The digests of a day, each at its hour; the most urgent first.

    `open_ones` are the (duty, year) in which somebody still owes.
    """
    if not ladders.calendar.works(today):
        return []
    found = []
    for period in of:
        over = period.quiet or today > period.locks
        if over or period.last_workday is None or (period.duty.code, period.year) not in open_ones:
            continue
        found += [
            each for each in (_climbed(today, period, ladders), _reports(today, period, ladders)) if each
        ]
    return sorted(found, key=lambda digest: OCCASIONS.index(digest.occasion))


OCCASIONS: Sequence[Occasion] = ("after", "last", "climbed", "closing", "weekly")


def _climbed(today: date, period: Period, ladders: Ladders) -> Digest | None:
    """A rung that speaks to the office or the leaders: the list of all who still owe.

    After a time in which nothing ran it is said a few working days later; its key is said once.
    """
    for rung in reversed(ladders.of(period)):
        come = rung.day <= today and not ladders.stale(rung.day, today)
        if come and (to := {"office", "leader"}.intersection(rung.rung.to)):
            if period.duty.by == "office":
                return None  # the office itself owes it: it is pinged
            at = ladders.plan.speaking.digest_at
            return Digest(f"list:{key_of(period, rung)}", period.duty.code, period.year, at, "climbed", frozenset(to))  # fmt: skip
    return None


def _reports(today: date, period: Period, ladders: Ladders) -> Digest | None:
    """The office's digests of the yearly reports: Mondays, daily in the last week, the last day, the days after."""
    if period.duty.code != "results" or today < date(period.year, 1, 1):
        return None
    speaking, calendar, last = ladders.plan.speaking, ladders.calendar, period.last_workday
    assert last is not None
    occasion: Occasion
    if today > last and calendar.between(last, today) <= 3:
        occasion, at = "after", speaking.list_at
    elif today == last:
        occasion, at = "last", speaking.last_list_at
    elif period.opens <= today < last and (last - today).days < speaking.last_days:
        occasion, at = "closing", speaking.digest_at
    elif today == _first_workday(today, speaking.digest_weekday, calendar) and today.year == period.year:
        occasion, at = "weekly", speaking.digest_at
    else:
        return None
    return Digest(f"digest:{period.year}:{today}", period.duty.code, period.year, at, occasion)


def _first_workday(today: date, weekday: int, calendar: Calendar) -> date:
    """This week's digest day, or the first working day after it in the week."""
    monday = today - timedelta(days=today.weekday())
    return calendar.next_workday(monday + timedelta(days=weekday))


# One message a person -------------------------------------------------------------------------


@dataclass
class ToSay:
    """What is called for today for one person: one message."""

    person: int
    reminders: list[Reminder] = field(default_factory=list)
    digests: list[Digest] = field(default_factory=list)
    notes: dict[str, Any] = field(default_factory=dict)
    """What else the day's message says: sheets left unfinished, the next year's days off, a target in danger."""
    keys: list[str] = field(default_factory=list)

    def take(self, other: "ToSay") -> None:
        """Say the other in the same message."""
        self.reminders += other.reminders
        self.digests += other.digests
        self.notes |= other.notes
        self.keys += other.keys

    @property
    def urgent(self) -> bool:
        """Whether it cannot wait for an hour of the day: a last day has come or gone."""
        return any(
            r.obligation.last_workday and r.rung.day >= r.obligation.last_workday for r in self.reminders
        )


@dataclass(frozen=True, slots=True)
class Desk(Generic[P]):
    """The office; and the leaders, where the Chánh Văn phòng lets them hear."""

    people: Sequence[P] = ()
    leaders: Sequence[P] = ()


def _fresh(todays: Sequence[Digest]) -> list[Digest]:
    """Without a Monday's digest of what a list of all who still owe says anyway."""
    listed = {(each.duty, each.year) for each in todays if each.occasion == "climbed"}
    return [each for each in todays if each.occasion != "weekly" or (each.duty, each.year) not in listed]


class Call(Generic[P]):
    """Everything that one moment calls for, merged a person: `of` some units after the others, then `rest`.

    It keeps nothing of the units it has gone through. The machine speaks once a day to a person: whoever
    hears a digest later today hears the rest with it, unless a last day has come. `said` holds the
    (key, person) of what was said.
    """

    def __init__(
        self, now: datetime, desk: Desk[P], todays: Sequence[Digest], notes: Mapping[int, ToSay],
        said: Collection[tuple[str, int]], ladders: Ladders,
    ) -> None:  # fmt: skip
        self._now, self._desk, self._ladders = now, desk, ladders
        self._ready: dict[int, ToSay] = {}
        self._waits = set[int]()
        """Whose hour has not come yet."""
        for who, people in (("office", desk.people), ("leader", desk.leaders)):
            for person in people:
                mine = _fresh(
                    [each for each in todays if who in each.to and (each.key, person.id) not in said]
                )
                if mine and not away(person, now.date()):
                    keys = [each.key for each in mine]
                    self._ready[person.id] = ToSay(person.id, digests=mine, keys=keys)
                    if now.time() < max(each.at for each in mine):
                        self._waits.add(person.id)
        for id, note in notes.items():
            self._ready.setdefault(id, ToSay(id)).take(note)

    def of(
        self, circles: Iterable[Circle[P]], periods: Sequence[Period], said: Collection[tuple[str, int]]
    ) -> Iterator[ToSay]:
        """What these units' duties call for; somebody spoken to for several units comes once a unit."""
        for circle in circles:
            for to_say in self._of_circle(circle, periods, said).values():
                if to_say.person in self._waits and not to_say.urgent:
                    continue
                if (more := self._ready.pop(to_say.person, None)) is not None:
                    to_say.take(more)
                self._waits.discard(to_say.person)
                yield to_say

    def rest(self) -> Iterator[ToSay]:
        """What belongs to no unit, for whoever has not heard it with the rest."""
        return (to_say for person, to_say in self._ready.items() if person not in self._waits)

    def _of_circle(
        self, circle: Circle[P], periods: Sequence[Period], said: Collection[tuple[str, int]]
    ) -> dict[int, ToSay]:
        now, ladders, today = self._now, self._ladders, self._now.date()
        owed = obligations(
            ladders.plan, [circle.unit], periods, circle.filed, today, ladders.calendar, circle.cases
        )
        found: dict[int, ToSay] = {}
        for reminder in due(now, owed, circle.promised, ladders):
            rung = reminder.rung.rung
            for person in spoken_to(reminder.obligation, rung, circle, self._desk.people, today):
                if (reminder.key, person.id) not in said:
                    to_say = found.setdefault(person.id, ToSay(person.id))
                    to_say.reminders.append(reminder)
                    to_say.keys.append(reminder.key)
        return found
