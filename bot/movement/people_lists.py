"""Shares of the roster that a list of people fills in: who has attended a class, who has passed a test. Pure.

Everybody counts once, whatever they have attended, in any year until the day on which the figures end; who has left the
office, and who is no official, does not count.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.movement.plan import Target


@dataclass(frozen=True, slots=True)
class Learnt:
    """Somebody stands in the list of a class, or has passed a test."""

    what: str
    """«classes» or «skills», as a plan says it."""
    about: str
    """The topic of the class, or the target that the test is about."""
    person: int
    day: date
    """The last day of the class, or the day of the test."""


def learnt_by(target: Target, rows: Iterable[Learnt], day: date) -> set[int]:
    """Return whom a target's list counts on a day."""
    by = target.fed_by
    if by is None:
        return set()
    about = (target.code,) if by.what == "skills" else by.topics
    return {
        row.person
        for row in rows
        if row.what == by.what and row.day <= day and (row.about in about or _all(by.topics, row))
    }


def _all(topics: Collection[str], row: Learnt) -> bool:
    """Whether classes of every topic of the plan count, and this is one."""
    return row.what == "classes" and not topics and bool(row.about)


def from_lists(roster: Mapping[str, Collection[int]], those: Collection[int]) -> dict[str, tuple[int, int]]:
    """Return how many of each unit's officials are among those, of how many; no unit of which nobody is."""
    found = {unit: (len(set(officials) & set(those)), len(officials)) for unit, officials in roster.items()}
    return {unit: of for unit, of in found.items() if of[0]}
