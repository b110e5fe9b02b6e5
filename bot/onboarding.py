"""Bringing people in: the first administrator, invitations, the data notice; for chat and command line alike."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.i18n import Text, _
from bot.obligations import first_year
from bot.people import Role
from bot.plan import Plan
from bot.text import fold
from storage import deadlines, invites, people
from storage.db import Tx

__all__ = ["Invited", "first_year", "init", "invite"]


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation, or why there is none."""

    code: str = ""
    name: str = ""
    unit: str = ""
    why: Text | None = None


def init(tx: Tx, *, plan: Plan, name: str, year: int, now: datetime) -> str | None:
    """The code of the office's first administrator; None when there is one already."""
    if tx.all(people.OF_ROLE, role=Role.ADMIN):
        return None
    desk = plan.office.desk_unit
    if tx.one(people.UNIT, code=desk) is None:
        people.add_unit(tx, code=desk, name=plan.office.desk, kind="phong")
    id = people.add_person(
        tx, name=name, name_fold=fold(name), position="", kind="cong_chuc", unit=desk, role=Role.ADMIN
    )
    # A year whose results were due before is opened for filing; nobody is reminded of the past.
    deadlines.open_year(tx, year=year, quiet=year < first_year(plan, now.date()), now=now)
    return new_code(tx, plan=plan, person=id, by=None, now=now)


def invite(
    tx: Tx, *, plan: Plan, name: str, unit: str, role: str, position: str, now: datetime,
    by: int | None = None, kind: str = "cong_chuc", phone: str | None = None,
) -> Invited:  # fmt: skip
    """A code for somebody: whoever the roster has of this name in this unit, else a new entry."""
    if role not in set(Role):
        return Invited(why=_("«{role}» is not a role. Roles: {roles}.", role=role, roles=", ".join(Role)))
    place = tx.one(people.UNIT, code=unit)
    if place is None:
        codes = ", ".join(each.code for each in tx.all(people.UNITS))
        return Invited(why=_("There is no unit {unit}. Units: {codes}.", unit=unit, codes=codes))
    unit = place.code
    if len(name.split()) < 2:
        return Invited(why=_("Please give the full name, for example Nông Văn Mẫu."))
    known = [person for person in tx.all(people.NAMED, fold=fold(name)) if person.unit == unit]
    if known:
        person = known[0]
        people.change_person(
            tx, person.id, position=position or person.position, kind=person.kind, unit=unit,
            role=role, phone=phone or person.phone,
        )  # fmt: skip
        id = person.id
    else:
        id = people.add_person(
            tx, name=name, name_fold=fold(name), position=position, kind=kind, unit=unit, role=role,
            phone=phone,
        )  # fmt: skip
    return Invited(new_code(tx, plan=plan, person=id, by=by, now=now), name, place.name)


def new_code(tx: Tx, *, plan: Plan, person: int, by: int | None, now: datetime) -> str:
    """A fresh code for somebody in the roster."""
    expires = now + timedelta(days=plan.keeping.invitations)
    return invites.create(tx, person=person, by=by, now=now, expires=expires)
