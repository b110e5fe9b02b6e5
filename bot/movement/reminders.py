"""Decide which reminders are due now, and merge them with digests and notes to one message a person. Pure.

A reminder is a rung of a duty's ladder. The heartbeat, «Lịch nhắc» and the rehearsal ask the same `Call`, so
what is shown beforehand is what is said.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any, Generic

from bot.movement import occasions
from bot.movement.escalation import Ladders, RungAt, key_of, promise_key
from bot.movement.obligations import Obligation, Period, obligations
from bot.movement.occasions import Digest
from bot.movement.recipients import Circle, Desk, Ear, ears
from bot.movement.roles import P, away, heads

WEEK, SHEETS = "week", "sheets"
"""The part of the day's message that a Monday brings; that sheets alone call for it."""
Said = Collection[tuple[str, int]]
"""The (key, person) of what was said."""


def broken(promise: date | None, now: datetime) -> bool:
    """Whether no promised day lies ahead: only then the ladder goes on."""
    return promise is None or promise < now.date()


NEAR = 21
"""Days before its last one from which on a duty alone is worth a list of the week."""


def near(period: Period, today: date) -> bool:
    """Whether a period is open and so near its last day that a list of the week may speak of it."""
    due = period.due
    return due is not None and period.opens <= today <= due and (due - week_of(today)).days <= NEAR


def week_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def week_key(monday: date, unit: str = "") -> str:
    """Return the key by which a list of the week is said once."""
    return f"week:{monday}:{unit}"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder that is due; each of its keys is said once to a person, for ever."""

    keys: tuple[str, ...]
    obligation: Obligation
    rung: RungAt
    first: bool = True
    """Whether nothing of this ladder was said to them before."""
    promised: date | None = None
    """The promised day that is over and was not spoken of yet."""


def due(
    now: datetime, owed: Obligation, ear: Ear[P], circle: Circle[P], said: Said, ladders: Ladders
) -> Reminder | None:
    """Return the reminder of an obligation that is due now: the latest rung that speaks to them, once.

    A rung that a later one has overtaken is never said. A promise silences until the end of its day;
    broken, it is spoken of once, to whoever the unit's latest rung speaks to.
    """
    promise, period, id = circle.promised.get(owed.key), owed.period, ear.person.id
    if not owed.speaks or not broken(promise, now):
        return None
    rung = ladders.latest(period, ear.names, now)
    if rung is None:
        return None
    key = key_of(period, rung, owed.unit, owed.subject)
    keys = [] if (key, id) in said or _passed_over(rung, key, ear, circle, said) else [key]
    if not keys and promise is None:
        return None
    come, over = [key_of(period, each, owed.unit, owed.subject) for each in ladders.come(period, now)], None
    if promise is not None and _newest(period, rung, now, ladders):
        broke = promise_key(owed.key, promise)
        if (broke, id) not in said and rung.at <= now.time():
            over = promise
            keys.append(broke)
    if not keys:
        return None
    return Reminder(tuple(keys), owed, rung, all((each, id) not in said for each in come), over)


def _newest(period: Period, rung: RungAt, now: datetime, ladders: Ladders) -> bool:
    """Whether no later rung has spoken to the unit."""
    here = [each for each in ladders.come(period, now) if each.rung.here]
    return bool(here) and here[-1].day == rung.day


def _passed_over(rung: RungAt, key: str, ear: Ear[P], circle: Circle[P], said: Said) -> bool:
    """Whether the head was told of an opening already: it is not told once more to whoever acts later."""
    if not rung.rung.opens or heads(ear.person.role) or ear.names.intersection(rung.rung.to) != {"head"}:
        return False
    return any((key, person.id) in said for person in circle.people if heads(person.role))


@dataclass
class ToSay:
    """What is called for today for one person: one message."""

    person: int
    reminders: list[Reminder] = field(default_factory=list)
    digests: list[Digest] = field(default_factory=list)
    notes: dict[str, Any] = field(default_factory=dict)
    """What else the day's message says: sheets left unfinished, the next year's days off, a target in danger."""
    keys: list[str] = field(default_factory=list)
    last_alone: bool = False
    """Whether nothing more of its kind comes by itself before they write."""

    def take(self, other: "ToSay") -> None:
        """Say the other in the same message."""
        self.reminders += other.reminders
        self.digests += other.digests
        self.notes |= other.notes
        self.keys += other.keys

    @property
    def urgent(self) -> bool:
        """Whether it cannot wait for an hour of the day: a last day has come or gone."""
        return any(r.obligation.last_workday and r.rung.day >= r.obligation.last_workday for r in self.reminders)


class Call(Generic[P]):
    """Everything that one moment calls for, merged a person: `of` some units after the others, then `rest`.

    It keeps nothing of the units it has gone through. The machine speaks once a day to a human: whoever
    hears a digest later today hears the rest with it, for all posts, unless a last day has come. `open_ones` are
    the periods of which the office may be told, `said` holds the (key, person) of what it was, `humans` whose
    post each is that is not the first of its human.
    """

    def __init__(
        self,
        now: datetime,
        desk: Desk[P],
        open_ones: Sequence[Period],
        notes: Mapping[int, ToSay],
        said: Said,
        ladders: Ladders,
        humans: Mapping[int, int] = MappingProxyType({}),
    ) -> None:
        self._now, self._desk, self._ladders, self._humans = now, desk, ladders, humans
        self._ready = defaultdict[int, dict[int, ToSay]](dict)
        """By human and post, what belongs to no unit."""
        self._waits = set[int]()
        """Humans whose hour has not come yet."""
        self._held = defaultdict[int, list[ToSay]](list)
        """What units call for of these, until then."""
        who: occasions.Who
        for who in ("office", "leader"):
            for person in desk.people if who == "office" else desk.leaders:
                mine = occasions.owed(now.date(), open_ones, who, person.id, said, ladders)
                if mine and not away(person, now.date()) and person.id not in desk.unreached:
                    keys = [key for each in mine for key in each.keys]
                    self._ready[self._human(person.id)][person.id] = ToSay(person.id, digests=mine, keys=keys)
                    if now.time() < occasions.hour(mine, who, now, ladders):
                        self._waits.add(self._human(person.id))
        for id, note in notes.items():
            self._ready[self._human(id)].setdefault(id, ToSay(id)).take(note)

    def _human(self, post: int) -> int:
        return self._humans.get(post, post)

    def of(self, circles: Iterable[Circle[P]], periods: Sequence[Period], said: Said) -> Iterator[ToSay]:
        """Yield what is due for these units; somebody spoken to for several units comes once a unit."""
        for circle in circles:
            for to_say in self._of_circle(circle, periods, said).values():
                human = self._human(to_say.person)
                if human in self._waits and not to_say.urgent:
                    self._held[human].append(to_say)
                    continue
                self._waits.discard(human)
                others = self._ready.pop(human, {})
                for each in self._held.pop(human, ()):
                    others.setdefault(each.person, ToSay(each.person)).take(each)
                if (mine := others.pop(to_say.person, None)) is not None:
                    to_say.take(mine)
                yield to_say
                yield from others.values()

    def rest(self) -> Iterator[ToSay]:
        """Yield what belongs to no unit, for whoever was not told of it with a unit's."""
        return (to_say for human, posts in self._ready.items() if human not in self._waits for to_say in posts.values())

    def _of_circle(self, circle: Circle[P], periods: Sequence[Period], said: Said) -> dict[int, ToSay]:
        now, ladders, today = self._now, self._ladders, self._now.date()
        owed = list(
            obligations(
                ladders.plan,
                [circle.unit],
                periods,
                circle.filed,
                today,
                ladders.calendar,
                circle.cases,
                [circle.unit] if circle.union else (),
                {circle.unit: circle.kind},
                {circle.unit: circle.span},
            )
        )
        found: dict[int, ToSay] = {}
        for each in owed:
            for ear in ears(each, circle, self._desk, today) if each.speaks else ():
                if (reminder := due(now, each, ear, circle, said, ladders)) is not None:
                    to_say = found.setdefault(ear.person.id, ToSay(ear.person.id))
                    to_say.reminders.append(reminder)
                    to_say.keys += reminder.keys
        self._week(circle, owed, found, said)
        return found

    def _week(self, circle: Circle[P], owed: Sequence[Obligation], found: dict[int, ToSay], said: Said) -> None:
        """List once a week, for whoever does it, what waits in the unit and has no rung in this week.

        Whoever is reminded of something today, now or at a later hour, needs no list of it.
        """
        monday, of_duties = week_of(self._now.date()), set[int]()
        for each in (each for each in owed if each.waits):
            if not broken(circle.promised.get(each.key), self._now) or not self._lists(each, monday):
                continue
            for ear in ears(each, circle, self._desk, self._now.date()):
                key = week_key(monday, circle.unit)
                if "head" not in ear.names or (key, ear.person.id) in said or self._spoken_to_later(owed, ear):
                    continue
                to_say = found.setdefault(ear.person.id, ToSay(ear.person.id))
                of_duties |= set() if each.subject or each.duty.way.told else {ear.person.id}
                if key not in to_say.keys:
                    to_say.keys.append(key)
                    if not to_say.reminders:
                        to_say.notes[WEEK] = [circle.unit]
        for to_say in found.values():
            if WEEK in to_say.notes and to_say.person not in of_duties:
                to_say.notes[SHEETS] = True

    def _spoken_to_later(self, owed: Sequence[Obligation], ear: Ear[P]) -> bool:
        """Whether a rung speaks to them at a later hour of today: it would find the day's one message said."""
        return any(
            rung.day == self._now.date() and rung.at > self._now.time() and not ear.names.isdisjoint(rung.rung.to)
            for each in owed
            if each.speaks
            for rung in self._ladders.of(each.period)
        )

    def _lists(self, each: Obligation, monday: date) -> bool:
        """Whether it calls for the list: a sheet without a rung in this week, a duty near its last day without one lately."""
        since = monday if each.subject else monday - timedelta(days=7)
        soon = bool(each.subject) or each.days_left(monday) <= NEAR
        if each.duty.way.told and each.period.entered is not None and each.period.entered >= since:
            return False  # they were told of it by hand
        return soon and not any(
            "head" in rung.rung.to and since <= rung.day < monday + timedelta(days=7)
            for rung in self._ladders.of(each.period)
        )
