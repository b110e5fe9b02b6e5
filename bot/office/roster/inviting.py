"""Whom the office may mean when it invites somebody, and the entry of somebody new. Inside the transaction."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bot.conversation import Visit
from bot.dialogue import Answers, Facts, Scene
from bot.language import Part, _, exact, fold, meant, name_of, places
from bot.movement import Role, second
from bot.office.roster import onboarding
from storage import people
from storage.people import Unit

LONGEST = 8
"""Words of a name, at most."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Somebody of the roster, with what tells them apart from others of their name."""

    id: int
    name: str
    unit: str
    place: Part


class InviteFacts(Facts):
    """What the form looks at: the units there are, and whom a name may mean."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._tx = visit.tx
        self.roles = visit.plan.roles

    @cached_property
    def units(self) -> Sequence[Unit]:
        """The units of the office."""
        return self._tx.all(people.UNITS)

    @cached_property
    def everybody(self) -> Sequence[Placed]:
        """The roster."""
        return [Placed(each.id, each.name, each.unit, place) for each, place in places(self._tx.all(people.EVERYBODY))]

    def called(self, name: str) -> Sequence[Placed]:
        """Return whoever this name means; without its marks it finds those who are called like it."""
        found = meant(name, ((each.name, each) for each in self.everybody))
        return [*found.sure, *(each for each in found.near if fold(each.name) == fold(name))]

    def is_in(self, name: str, unit: str) -> bool:
        """Whether somebody of exactly this name is in this unit."""
        return any(exact(each.name) == exact(name) and each.unit == unit for each in self.everybody)


def no_full_name(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """Refuse what nobody is called: one word, figures, a sentence."""
    name = name_of(str(value))
    if 2 <= len(name.split()) <= LONGEST and not re.search(r"[\d,;:!?@/]", name):
        return None
    return _("«{name}» is not a full name. Please write it like: Nông Văn Mẫu", name=name)


def takes_two(role: str) -> bool:
    """Whether a role needs the yes of a second person."""
    return bool(second((role,)))


def invite_new(visit: Visit, answers: Answers) -> onboarding.Invited:
    """Add somebody to the roster and make their code; a number that looks like a year is the year of birth.

    A role that takes two people is not given yet: whoever gets it is an officer until the second yes.
    """
    number = str(answers.get("number") or "")
    year = int(number) if re.fullmatch(r"(?:19|20)\d\d", number, re.ASCII) else None
    return onboarding.invite(
        visit.tx,
        plan=visit.plan,
        name=answers["name"],
        unit=answers["unit"],
        role=Role.OFFICER if takes_two(answers["role"]) else answers["role"],
        position=answers.get("position") or "",
        kind=answers["kind"],
        born=year,
        number=number if number and year is None else None,
        namesake=True,
        by=visit.me.id,
        now=visit.now,
    )
