"""Whoever becomes head in a change of somebody else's post, and whoever ceases to be. Looking changes nothing."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.language import Part, Text, _
from bot.movement import Plan, Role, heads, titled
from bot.office.roster.personnel_steps import WantedChange
from storage import people
from storage.db import Tx
from storage.people import Person


@dataclass(frozen=True, slots=True)
class Other:
    """What becomes of somebody beside the one whose post is changed."""

    person: Person
    lines: Sequence[Part]
    steps: Sequence[Callable[[Tx, datetime], None]]
    touched: Sequence[str]


def role_meant(plan: Plan, wanted: WantedChange) -> str | None:
    """Return the role that is wanted, of the post or of one more."""
    said = wanted.post.rpartition(":")[2] if wanted.post is not None else wanted.role
    return plan.role_meant(said) if said is not None else None


def changed(tx: Tx, plan: Plan, person: Person, wanted: WantedChange) -> list[Other] | Text:
    """Return who becomes head in their place, and who was head before them; or why nobody can."""
    if wanted.to is not None:
        to = tx.one(people.SPEAKER, id=wanted.to)
        if to is None or to.unit != person.unit or to.id == person.id:
            return _("Whoever takes over has to be of the same unit: please choose once more.")
        if wanted.heads and heads(person.role):
            return [_other(tx, plan, to, person.role, person.position)]
    role, old = role_meant(plan, wanted), plan.role_meant(wanted.old or "")
    if wanted.old is not None and old is None:
        return _("«{role}» is not a role. Roles: {roles}.", role=wanted.old, roles=plan.roles.listed)
    if old is None or role is None or not heads(role):
        return []
    unit = person.unit if wanted.unit is None else wanted.unit
    before = [each for each in tx.all(people.OF_UNIT, unit=unit) if heads(each.role) and each.id != person.id]
    return [_other(tx, plan, each, old, None) for each in before]


def _other(tx: Tx, plan: Plan, person: Person, role: str, position: str | None) -> Other:
    if position is None:
        position = _usual(tx, person.unit, role) or person.position
    lines: list[Part] = [
        _(
            "{who}: {before} → {after}",
            who=titled(person),
            before=plan.roles.word(person.role),
            after=plan.roles.word(role),
        )
    ]
    steps: list[Callable[[Tx, datetime], None]] = [lambda tx, now: people.set_role(tx, id=person.id, role=role)]
    if position != person.position:
        lines.append(
            _("position of {name}: {before} → {after}", name=person.name, before=person.position or "…", after=position)
        )
        steps.append(lambda tx, now: people.set_position(tx, id=person.id, position=position))
    return Other(person, lines, steps, (person.role, role))


def _usual(tx: Tx, unit: str, role: str) -> str:
    """Return what those of a role are mostly called in a unit, else in the whole office; empty where nobody tells."""
    same = [each for each in tx.all(people.OF_ROLE, role=role) if each.position]
    called = Counter(each.position for each in same if each.unit == unit) or Counter(each.position for each in same)
    return called.most_common(1)[0][0] if called else ""


def usual_position(tx: Tx, unit: str, role: str) -> str:
    """Return what somebody of a role is called in a unit, as its people are; empty where nobody tells."""
    if heads(role):
        return next((each.position for each in tx.all(people.OF_UNIT, unit=unit) if heads(each.role)), "")
    return _usual(tx, unit, role) if role != Role.ADMIN else ""
