"""Shares of the roster that a list of people fills in: who has attended a class, who has passed a test. Pure.

Everybody counts once, whatever they have attended, in any year until the day on which the figures end; who has left the
office, and who is no official, does not count.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

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


class LearntThen(Protocol):
    """A class or a test, as a target's list looks at it."""

    @property
    def what(self) -> str:
        """«classes» or «skills»."""

    @property
    def about(self) -> str:
        """The topic, or the target."""

    @property
    def day(self) -> date:
        """Its last day."""


def learnt_by(target: Target, rows: Iterable[Learnt], day: date) -> set[int]:
    """Return whom a target's list counts on a day."""
    return {row.person for row in rows if counts_class(target, row, day)}


def counts_class(target: Target, row: LearntThen, day: date) -> bool:
    """Whether a target's list counts a class or a test on a day: by its topic, or any where the plan names none."""
    by = target.fed_by
    if by is None or row.what != by.what or row.day > day:
        return False
    if by.what == "skills":
        return row.about == target.code
    return row.about in by.topics if by.topics else bool(row.about)


def from_lists(roster: Mapping[str, Collection[int]], those: Collection[int]) -> dict[str, tuple[int, int]]:
    """Return how many of each unit's officials are among those, of how many; no unit of which nobody is."""
    found = {unit: (len(set(officials) & set(those)), len(officials)) for unit, officials in roster.items()}
    return {unit: of for unit, of in found.items() if of[0]}
