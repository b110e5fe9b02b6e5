"""To whom an announcement goes: which units and kinds of unit, which roles there; how people say it. Pure."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.dialogue import Answers, Choice, Reading, Scene, Unclear, Value, Wrong
from bot.language import Joined, Part, _, fold, person_names
from bot.movement import Plan, Role
from storage.people import Person, Unit

ALL: Mapping[str, Any] = {}
"""Everywhere."""
OFFERED = (Role.HEAD, Role.DEPUTY, Role.DRAFTER, Role.OFFICER, Role.UNION, Role.LEADER)
"""The roles that are offered, in this order; a head of the desk is a head, too."""
_AS_WELL: Mapping[str, frozenset[str]] = {
    Role.HEAD: frozenset({Role.HEAD, Role.CHIEF}),
    Role.OFFICE: frozenset({Role.OFFICE, Role.CHIEF}),
}
_AND = re.compile(r" (?:và|va) ", re.IGNORECASE)
LONGEST = 2000
"""Characters of an answer that are looked at."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom an announcement is for: all units or some, every role there or some; of a union its members alone."""

    units: Mapping[str, Any] = field(default_factory=dict)
    """Codes of units and of kinds of unit; empty for all."""
    roles: Sequence[str] = ()
    """Empty for everybody."""
    members: frozenset[int] | None = None
    """Of a union: its members; None where the desk speaks."""

    def holds(self, person: Person, kind: str) -> bool:
        """Whether somebody, as they are now, is meant; `kind` is the one of their unit."""
        if self.members is not None:
            return person.id in self.members
        here = not self.units or person.unit in self.units.get("units", ()) or kind in self.units.get("kinds", ())
        return here and (not self.roles or any(person.role in _AS_WELL.get(role, {role}) for role in self.roles))


def receivers(
    audience: Audience, everybody: Iterable[Person], kinds: Mapping[str, str], but: Collection[int]
) -> list[Person]:
    """Return whom it reaches, once each, whatever posts they hold; `but` are the posts of whoever sends it.

    `kinds` is the kind of each unit that there still is: who belongs to one that is no more hears nothing.
    """
    found: dict[int, Person] = {}
    for person in everybody:
        if person.id not in but and person.unit in kinds and audience.holds(person, kinds[person.unit]):
            found.setdefault(person.human or person.id, person)
    return list(found.values())


# How it is said -------------------------------------------------------------------------------


def units_said(plan: Plan, units: Mapping[str, Any], known: Sequence[Unit]) -> Part:
    """Say which units are meant."""
    if not units:
        return _("everybody in all units")
    names: list[Part] = [
        _("all of the kind {kind}", kind=kind.name) for kind in plan.unit_kinds if kind.code in units.get("kinds", ())
    ]
    names += [unit.name for unit in known if unit.code in units.get("units", ())]
    return _("{units}", units=Joined(names, "; "))


def roles_said(plan: Plan, roles: Sequence[str]) -> Part:
    """Say which roles are meant."""
    return _("{roles}", roles=Joined([plan.roles.word(role) for role in roles])) if roles else _("everybody there")


ALL_WORDS = _("all|everybody|all units|the whole office")


def all_meant(said: str, scene: Scene) -> bool:
    """Whether words mean everybody."""
    return fold(said[:LONGEST]).strip(" .") in {fold(word) for word in scene.words.say(ALL_WORDS).split("|")}


def parts_of(said: str) -> list[str]:
    """Return what was said, part by part: «QLXD, KTVL»."""
    text = said[:LONGEST].replace("\n", ",").replace(";", ",")
    return [part.strip(" .") for part in text.split(",") if part.strip(" .")]


# How it is read -------------------------------------------------------------------------------


@dataclass(frozen=True)
class UnitsAsked:
    """Units and kinds of unit as an answer: «tất cả», «các phòng», «QLXD, KTVL»."""

    known: Callable[[Scene], Sequence[Unit]]
    free = True
    text = False
    digits = False

    def read(self, text: str, answers: Answers, scene: Scene) -> Reading:
        """Find each unit or kind; what is only near is asked back."""
        if all_meant(text, scene):
            return Value(dict(ALL))
        units, kinds = list[str](), list[str]()
        for part in parts_of(text):
            found = self._found(part, scene)
            if found is None:
                return self._asked(part, scene, alone=len(parts_of(text)) == 1)
            units += found["units"]
            kinds += found["kinds"]
        if not (units or kinds):
            return Wrong(_("Please choose one of the answers below, by its number or a few words of it."))
        return Value({"kinds": list(dict.fromkeys(kinds)), "units": list(dict.fromkeys(units))})

    def _found(self, said: str, scene: Scene) -> Mapping[str, list[str]] | None:
        """Return the units and kinds that words mean; «và» may stand between two, or in a name."""
        if (kind := _kind(scene.plan, said)) is not None:
            return {"units": [], "kinds": [kind]}
        sure = person_names.unit_meant(said, self.known(scene)).sure
        if len(sure) == 1:
            return {"units": [sure[0].code], "kinds": []}
        for found in _AND.finditer(said):
            left = self._found(said[: found.start()], scene)
            right = None if left is None else self._found(said[found.end() :], scene)
            if left is not None and right is not None:
                return {name: [*left[name], *right[name]] for name in left}
        return None

    def _asked(self, said: str, scene: Scene, *, alone: bool) -> Reading:
        """Ask back about what is near a unit, or say that there is none."""
        near = person_names.unit_meant(said, self.known(scene)).near
        if alone and 0 < len(near) <= FEW:
            choices = [Choice({"kinds": [], "units": [unit.code]}, unit.name) for unit in near]
            return Unclear(_("«{said}»: which unit do {you} mean?", said=said[:60]), choices)
        return Wrong(
            _(
                "The assistant knows no unit «{said}». Please write codes or names of units, separated by commas. Example: {example}",
                said=said[:60],
                example=Joined([unit.code for unit in self.known(scene)[:2]]),
            )
        )

    def show(self, value: Any, scene: Scene) -> Part:
        """Say which units they are."""
        return units_said(scene.plan, value, self.known(scene))


FEW = 6


def _kind(plan: Plan, said: str) -> str | None:
    """Return the kind of unit that words mean: «các phòng», «phòng»."""
    bare = fold(said).removeprefix("tat ca ").removeprefix("cac ")
    return next((kind.code for kind in plan.unit_kinds if bare in (fold(kind.name), fold(kind.code))), None)


@dataclass(frozen=True)
class RolesAsked:
    """Roles as an answer: «thủ trưởng đơn vị, cấp phó»."""

    free = True
    text = False
    digits = False

    def read(self, text: str, answers: Answers, scene: Scene) -> Reading:
        """Find each role by the words of the office."""
        if all_meant(text, scene):
            return Value([])
        found = list[str]()
        for part in parts_of(_AND.sub(",", text)):
            role = scene.plan.role_meant(part)
            if role is None:
                return Wrong(
                    _(
                        "The assistant knows no role «{said}». Please write roles, separated by commas. Example: {example}",
                        said=part[:60],
                        example=Joined([scene.plan.roles.word(role) for role in (Role.HEAD, Role.DEPUTY)]),
                    )
                )
            found.append(role.value)
        if not found:
            return Wrong(_("Please choose one of the answers below, by its number or a few words of it."))
        return Value(list(dict.fromkeys(found)))

    def show(self, value: Any, scene: Scene) -> Part:
        """Say which roles they are."""
        return roles_said(scene.plan, value)
