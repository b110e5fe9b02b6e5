"""The members of a union: who looks after them, entered and left, as its forms look at them. Inside the transaction."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from bot.conversation import Serves, Visit
from bot.dialogue import Answers, Facts, Scene
from bot.language import Count, Part, _
from bot.office.announcements.announcement_facts import speaks_for_union
from storage import people, union_members
from storage.people import Person, Unit

_WHO = _("whoever heads a union")
KEEPERS: Serves[Visit] = Serves(_WHO, frozenset(), speaks_for_union)
"""Whoever looks after the members of a union: its head, or who acts for the head."""
OF_UNION: Serves[Visit] = Serves(_WHO, frozenset(), speaks_for_union, lambda visit, subject: visit.me.unit == subject)
"""The same, of this very union."""


def members(visit: Visit, unit: str) -> list[Person]:
    """Return the members of a union who work in the office."""
    return visit.tx.all(union_members.OF_UNIT, unit=unit)


class UnionFacts(Facts):
    """Everybody of the office, and the members of the union that is the subject."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._visit, self.unit = visit, subject

    @cached_property
    def everybody(self) -> Sequence[Person]:
        """Whoever works in the office."""
        return self._visit.tx.all(people.EVERYBODY)

    @cached_property
    def units(self) -> Sequence[Unit]:
        """The units there are."""
        return self._visit.tx.all(people.UNITS)

    @cached_property
    def members(self) -> Sequence[Person]:
        """The members by now."""
        return members(self._visit, self.unit)


def already(answers: Answers, scene: Scene) -> list[Part]:
    """Say how many of those named are members already, and who reads the list."""
    known = {person.id for person in UnionFacts.of(scene).members}
    again = sum(id in known for id in answers["names"])
    lines: list[Part] = [_("Only whoever heads the union sees the list; others see how many they are.")]
    return [_("{n} of them are members already.", n=Count(again)), *lines] if again else lines


def add(visit: Visit, unit: str, those: Iterable[int]) -> int:
    """Add members who work in the office; return how many were none before."""
    able = {person.id for person in visit.tx.all(people.EVERYBODY)}
    new = sum(
        union_members.add(visit.tx, unit=unit, person=id, by=visit.me.id, now=visit.said)
        for id in dict.fromkeys(those)
        if id in able
    )
    visit.note("members_added", unit, people=new)
    return new


def end(visit: Visit, unit: str, those: Iterable[int]) -> int:
    """Note that members left the union; return how many were some."""
    gone = sum(
        union_members.end(visit.tx, unit=unit, person=id, by=visit.me.id, now=visit.said) for id in dict.fromkeys(those)
    )
    visit.note("member_left", unit, people=gone)
    return gone
