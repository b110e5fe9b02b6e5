"""Bringing people in: the first administrator, invitations, the data notice; for chat and command line alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.language import Joined, Text, _, fold, has_marks, name_of, person_names
from bot.movement import Plan, Role, first_year
from storage import deadlines, invites, people
from storage.db import Tx
from storage.people import Person

__all__ = ["Invited", "first_year", "init", "invite"]


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation, or why there is none."""

    code: str = ""
    name: str = ""
    unit: str = ""
    why: Text | None = None
    person: int = 0
    """Whom it is for, where they were entered just now."""
    notes: Sequence[Text] = ()
    """What was asked for and is left as it is."""


def init(tx: Tx, *, plan: Plan, name: str, year: int, now: datetime) -> str | None:
    """Add the office's first administrator; return their code, None when there is one already."""
    if tx.all(people.OF_ROLE, role=Role.ADMIN):
        return None
    desk = plan.office.desk_unit
    if tx.one(people.UNIT, code=desk) is None:
        people.add_unit(
            tx, code=desk, name=plan.office.desk, kind=next(each.code for each in plan.unit_kinds if not each.union)
        )
    id = people.add_person(
        tx, name=name_of(name), name_fold=fold(name_of(name)), position="", kind="cong_chuc", unit=desk, role=Role.ADMIN
    )
    # A year whose results were due before is opened for filing; nobody is reminded of the past.
    deadlines.open_year(tx, year=year, quiet=year < first_year(plan, now.date()), now=now)
    return new_code(tx, plan=plan, person=id, by=None, now=now)


def invite(
    tx: Tx,
    *,
    plan: Plan,
    name: str,
    unit: str,
    role: str,
    position: str,
    now: datetime,
    by: int | None = None,
    kind: str = "cong_chuc",
    phone: str | None = None,
    born: int | None = None,
    number: str | None = None,
    namesake: bool = False,
) -> Invited:
    """Make a code for somebody known, who stays as they are; for somebody new, an entry in the roster too."""
    name, given = name_of(name), plan.role_meant(role)
    if given is None:
        return Invited(why=_("«{role}» is not a role. Roles: {roles}.", role=role, roles=plan.roles.listed))
    units = person_names.unit_meant(unit, tx.all(people.UNITS))
    if len(units.sure) != 1:
        codes = ", ".join(each.code for each in [*units.sure, *units.near] or tx.all(people.UNITS))
        return Invited(why=_("There is no unit {unit}. Units: {codes}.", unit=unit, codes=codes))
    place = units.sure[0]
    if len(name.split()) < 2:
        return Invited(why=_("Please give the full name, for example Nông Văn Mẫu."))
    if not namesake:
        known = _known(tx, name, place.code, phone)
        if isinstance(known, Text):
            return Invited(why=known)
        if known is not None:
            code = new_code(tx, plan=plan, person=known.id, by=by, now=now)
            return Invited(code, known.name, known.unit_name, notes=_as_it_is(plan, known, given))
    id = people.add_person(
        tx,
        name=name,
        name_fold=fold(name),
        position=position,
        kind=kind,
        unit=place.code,
        role=given,
        phone=phone,
        number=number,
        born=born,
    )
    return Invited(new_code(tx, plan=plan, person=id, by=by, now=now), name, place.name, person=id)


def _known(tx: Tx, name: str, unit: str, phone: str | None) -> Person | Text | None:
    """Return whoever is surely meant; None for somebody new; a question where it might be somebody known."""
    everybody = tx.all(people.EVERYBODY)
    found = person_names.meant(name, ((person.name, person) for person in everybody))
    here = [person for person in found.sure if person.unit == unit]
    if phone:
        here = [person for person in here if person.phone == phone] or here
    if len(here) == 1 and (not phone or here[0].phone in (None, phone)):
        return here[0]
    unmarked = [p for p in found.near if fold(p.name) == fold(name)] if not has_marks(name) else []
    maybe = here or found.sure or unmarked
    if not maybe:
        return None
    return _(
        "Do you mean {people}? Then give that name and unit (and --phone); somebody else of this name: --new.",
        people=Joined([_("{name} ({place})", name=p.name, place=person_names.apart(p)) for p in maybe[:5]], "; "),
    )


def _as_it_is(plan: Plan, person: Person, role: str) -> Sequence[Text]:
    if person.role == role:
        return ()
    return [
        _(
            '⚠️ {name} is {now} and stays so; an invitation does not make anybody {role}. To change it, on the server: thidua person "{name}" --role "{role}"',
            name=person.name,
            now=plan.roles.word(person.role),
            role=plan.roles.word(role),
        )
    ]


def new_code(tx: Tx, *, plan: Plan, person: int, by: int | None, now: datetime) -> str:
    """Make a code for somebody in the roster."""
    expires = now + timedelta(days=plan.keeping.invitations)
    return invites.create(tx, person=person, by=by, now=now, expires=expires)
