"""To whom the rungs of an obligation speak: a unit's people, the office, and who of them can be reached. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic

from bot.movement.obligations import Case, Key, Obligation
from bot.movement.plan import To
from bot.movement.roles import P, Role, away, confirmers, senders
from bot.movement.spans import ALWAYS, Span


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
    unreached: Collection[int] = ()
    """Whoever has no chat that takes anything now."""
    kind: str = ""
    """Of which kind the unit is."""
    union: bool = False
    """Whether it is a union: invited to one account of its own, and owing nothing."""
    span: Span = ALWAYS
    """From when on it is there."""


@dataclass(frozen=True, slots=True)
class Desk(Generic[P]):
    """The office; and the leaders, where the Chánh Văn phòng lets them hear."""

    people: Sequence[P] = ()
    leaders: Sequence[P] = ()
    unreached: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Ear(Generic[P]):
    """Somebody whom rungs of an obligation speak to now, and by which names: head, deputy, office."""

    person: P
    names: frozenset[To]


UNIT: tuple[To, ...] = ("person", "head", "deputy")
"""Whom a rung can speak to in a unit."""


def ears(owed: Obligation, circle: Circle[P], desk: Desk[P], today: date) -> list[Ear[P]]:
    """Return everybody whom a rung of an obligation can speak to now.

    Whoever is away or has no chat is not spoken to: whoever acts for them is, and for a head without
    anybody who acts the deputies are.
    """
    silent = {*circle.unreached, *desk.unreached}
    found: dict[int, tuple[P, set[To]]] = {}

    def hear(name: To, people: Iterable[P]) -> bool:
        able = [p for p in people if not away(p, today) and p.id not in silent]
        for person in able:
            found.setdefault(person.id, (person, set()))[1].add(name)
        return bool(able)

    deputies = [p for p in circle.people if p.role == Role.DEPUTY and p.id not in owed.involved]
    if owed.duty.by == "office":
        for name in UNIT:
            hear(name, desk.people)
    elif owed.subject:
        _ = hear("head", confirmers(circle.people, desk.people, owed.involved, today)) or hear("head", deputies)
        hear("deputy", deputies)
        hear("office", desk.people)
        hear("person", (p for p in circle.people if p.id in owed.involved[:1]))
    else:
        _ = hear("head", senders(circle.people, today)) or hear("head", deputies)
        hear("deputy", deputies)
        named = circle.delegates.get((owed.duty.code, owed.year))
        if owed.duty.drafted:
            hear("person", (p for p in circle.people if p.role == Role.DRAFTER or p.id == named))
    return [Ear(person, frozenset(names)) for person, names in found.values()]
