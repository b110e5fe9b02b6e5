"""Who keeps which classes and skills, and whom of: the office all, a head the own unit's. Inside the transaction."""

import json
from collections.abc import Sequence
from functools import cached_property
from zlib import crc32

from bot.conversation import WHO, Serves, Visit, allowed
from bot.dialogue import Facts
from bot.language import record_codes
from bot.movement import DESK_ROLES, May
from bot.office.duties import submissions
from storage import people, training
from storage.people import Person, Unit
from storage.training import Skill, TrainingClass

PREFIX = "LH"


def keeps(visit: Visit) -> bool:
    """Whether this person keeps classes at all: the office, and whoever sends for a unit that is no union."""
    if visit.me.role in DESK_ROLES:
        return True
    unit = visit.tx.one(people.UNIT, code=visit.me.unit)
    return unit is not None and unit.kind not in visit.plan.unions and submissions.sends(visit)


def keeps_this(visit: Visit, found: TrainingClass) -> bool:
    """Whether this person keeps a class: the office every one, a head those of the own unit."""
    return visit.me.role in DESK_ROLES or (found.unit == visit.me.unit and keeps(visit))


def posts(visit: Visit, person: int | None = None) -> str:
    """Return every post of a person (mine), as queries take them."""
    return json.dumps(visit.tx.all(people.EVERY_POST, person=person or visit.me.id))


def attends(visit: Visit, found: TrainingClass) -> bool:
    """Whether this person stands in the list of a class."""
    return visit.tx.one(training.ATTENDS, id=found.id, posts=posts(visit)) is not None


def find(visit: Visit, said: str) -> TrainingClass | None:
    """Return the class that a code names, if this person may read it."""
    code = record_codes.read_code(said)
    if code is None or code.prefix not in ("", PREFIX):
        return None
    for each in code.among(visit.tx.all(training.CODES), visit.said.year):
        found = visit.tx.one(training.BY_CODE, code=each)
        if found is not None and (keeps_this(visit, found) or attends(visit, found)):
            return found
    return None


def mine(visit: Visit) -> Sequence[TrainingClass]:
    """Return the classes that this person may read, the newest first."""
    if visit.me.role in DESK_ROLES:
        return visit.tx.all(training.NEWEST)
    if keeps(visit):
        return visit.tx.all(training.OF_UNIT, unit=visit.me.unit, posts=posts(visit))
    return visit.tx.all(training.OF_PERSON, posts=posts(visit))


def stamp(found: TrainingClass) -> str:
    """Return a number of what a class says of itself: an older sheet does not write over a newer one."""
    said = (found.topic, found.name, found.first, found.last, found.organiser, found.cancelled)
    return str(crc32(repr(said).encode()) % 1_000_000)


def of_subject(visit: Visit, subject: str) -> TrainingClass | None:
    """Return the class that a form is about: «LH-2027-001», or with the stamp of what was shown."""
    return visit.tx.one(training.BY_CODE, code=subject.partition(":")[0])


def _theirs(visit: Visit, subject: str) -> bool:
    found = of_subject(visit, subject)
    return found is not None and keeps_this(visit, found)


KEEPERS: Serves[Visit] = Serves(WHO[May.SEND], frozenset(DESK_ROLES), keeps)
"""Whoever keeps classes and skills."""
OF_CLASS: Serves[Visit] = Serves(WHO[May.SEND], frozenset(DESK_ROLES), keeps, _theirs)
"""Whoever keeps the class that is the subject."""
OF_JOB: Serves[Visit] = Serves(
    WHO[May.SEND], frozenset(DESK_ROLES), keeps, lambda visit, about: about is None or _theirs(visit, about["code"])
)
LISTENERS: Serves[Visit] = allowed(May.READ, keeps)
"""Whoever may stand in a list."""


class ClassFacts(Facts):
    """Whom this person may put into a list, and the class that is the subject, where there is one."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._visit, self.subject = visit, subject

    @cached_property
    def whole_office(self) -> bool:
        """Whether everybody of the office may be listed, not the own unit alone."""
        return self._visit.me.role in DESK_ROLES

    @cached_property
    def able(self) -> Sequence[Person]:
        """Whoever may be listed."""
        if self.whole_office:
            return self._visit.tx.all(people.EVERYBODY)
        return self._visit.tx.all(people.OF_UNIT, unit=self._visit.me.unit)

    @cached_property
    def units(self) -> Sequence[Unit]:
        """The units from which people may be listed."""
        found = self._visit.tx.all(people.UNITS)
        return found if self.whole_office else [unit for unit in found if unit.code == self._visit.me.unit]

    @cached_property
    def found(self) -> TrainingClass | None:
        """The class."""
        return of_subject(self._visit, self.subject)

    @cached_property
    def listed(self) -> Sequence[Person]:
        """Whoever stands in the list of the class; a head sees and takes off the own people alone."""
        return [] if self.found is None else of_list(self._visit, self.found)

    @cached_property
    def skilled(self) -> Sequence[Skill]:
        """Whoever is marked as tested, of those who may be listed."""
        units = {unit.code for unit in self.units}
        return [each for each in self._visit.tx.all(training.SKILLS) if each.unit in units]


def of_list(visit: Visit, found: TrainingClass) -> list[Person]:
    """Return who of a class's list this person sees: the office all, a head those of the own unit."""
    return _seen(visit, visit.tx.all(training.IN_CLASS, id=found.id))


def declined(visit: Visit, found: TrainingClass) -> list[Person]:
    """Return who of them have said that they do not attend."""
    return _seen(visit, visit.tx.all(training.DECLINED, id=found.id))


def _seen(visit: Visit, those: list[Person]) -> list[Person]:
    return [person for person in those if visit.me.role in DESK_ROLES or person.unit == visit.me.unit]
