"""Who may be proposed by whom: heads their people, a union anybody, the office the heads. Inside the transaction."""

from bot.conversation import Visit
from bot.movement import May, heads, titled
from bot.office.awards.award_checks import Nominee, OnRecord
from bot.office.duties import item_access, submissions
from storage import awards, people, unit_history
from storage.awards import Award
from storage.people import Person, Unit

NEVER = ("leader", "admin")
"""Roles whose awards are decided elsewhere."""
UNIT, GROUP = "unit", "group"


def of_union(visit: Visit) -> bool:
    """Whether this person speaks for a union."""
    unit = visit.tx.one(people.UNIT, code=visit.me.unit)
    return unit is not None and unit.kind in visit.plan.unions and submissions.sends(visit)


def proposes(visit: Visit) -> bool:
    """Whether this person proposes at all: who sends for a unit or a union, or is of the office."""
    return visit.may(May.RECEIVE) or submissions.sends(visit)


def units(visit: Visit) -> list[Unit]:
    """Return the units of which this person may propose somebody."""
    found = visit.tx.all(people.UNITS)
    if visit.may(May.RECEIVE) or of_union(visit):
        return found
    return [unit for unit in found if unit.code == visit.me.unit]


def people_of(visit: Visit, unit: str) -> list[Person]:
    """Return whom of a unit this person may propose: never themselves in any post, the head by the office alone."""
    mine = visit.tx.all(people.EVERY_POST, person=visit.me.id)
    there = [each for each in visit.tx.all(people.OF_UNIT, unit=unit) if each.id not in mine and each.role not in NEVER]
    others = of_union(visit) or (unit == visit.me.unit and submissions.sends(visit))
    return [each for each in there if (visit.may(May.RECEIVE) if heads(each.role) else others)]


def collectives(visit: Visit, unit: str) -> bool:
    """Whether this person may propose a unit, or a group in it: their own; the office any."""
    return visit.may(May.RECEIVE) or unit == visit.me.unit


def nominee(visit: Visit, what: str, unit: str, person: int | None, name: str) -> Nominee:
    """Return who is meant, as they are called now; under the name that was kept where they have left."""
    of = visit.tx.one(people.UNIT, code=unit)
    unit_name = unit if of is None else of.name
    who = None if person is None else visit.tx.one(people.BY_ID, id=person)
    return Nominee(what, unit, unit_name, who, name)


def named(person: Person | None, what: str, unit_name: str, group: str) -> str:
    """Return how somebody stands in the list for ever."""
    if person is not None:
        return titled(person)
    return unit_name if what == UNIT else group


def of_award(visit: Visit, award: Award) -> Nominee:
    """Return whom a proposal is for."""
    return nominee(visit, award.what, award.unit, award.person, award.name)


def on_record(visit: Visit) -> OnRecord:
    """Read what is looked at beside proposals."""
    since = visit.said.year - 1
    return OnRecord(
        visit.plan,
        visit.said.date(),
        visit.tx.all(awards.RECORDS, since=visit.plan.first_year),
        visit.tx.all(awards.REPORTS, since=since),
        visit.tx.all(awards.AWARDED_EVER),
    )


def heirs(visit: Visit, unit: str) -> list[str]:
    """Return a unit, or the ones that go on with it once it has ended."""
    found = visit.tx.all(people.UNITS)
    if any(each.code == unit for each in found):
        return [unit]
    return [each.code for each in found if unit in visit.tx.all(unit_history.GOES_ON_WITH, unit=each.code)]


def speaks_for(visit: Visit, unit: str) -> bool:
    """Whether this person sends for a unit, or for one that goes on with it."""
    return submissions.sends(visit) and unit in item_access.units(visit)


def speakers(visit: Visit, unit: str) -> list[Person]:
    """Return who sends for a unit, or for those that go on with it."""
    found = [person for heir in heirs(visit, unit) for person in submissions.senders(visit, heir)]
    return list({person.id: person for person in found}.values())
