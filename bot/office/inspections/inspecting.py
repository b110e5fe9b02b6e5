"""Record an inspection of a unit, with what it has to put right; take out one that was a mistake. Inside the transaction."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property

from bot.conversation import Visit
from bot.dialogue import Facts
from bot.language import Part, _, record_codes
from bot.movement import DESK_ROLES
from bot.office.duties import submissions
from bot.office.report.raised_words import how_far
from bot.office.unit_tasks import tasks_doing
from storage import initiatives, inspections, people, unit_tasks
from storage.inspections import Inspection
from storage.outbox import NoticeCode
from storage.people import Unit
from storage.unit_tasks import UnitTaskState

INSPECTED = NoticeCode("inspected")
"""An inspection of a unit was recorded that has found nothing to put right."""


class InspectionFacts(Facts):
    """The units that may be inspected."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._visit = visit

    @cached_property
    def units(self) -> Sequence[Unit]:
        """The units of the office, without the unions."""
        return [unit for unit in self._visit.tx.all(people.UNITS) if unit.kind not in self._visit.plan.unions]


def find(visit: Visit, said: str) -> Inspection | None:
    """Return the inspection that a code names, if this person may read it."""
    code = record_codes.read_code(said)
    if code is None or code.prefix not in ("", inspections.PREFIX, inspections.BEFORE):
        return None
    for each in code.among(visit.tx.all(inspections.CODES), visit.said.year):
        found = visit.tx.one(inspections.BY_CODE, code=each)
        if found is not None and sees(visit, found):
            return found
    return None


def sees(visit: Visit, inspection: Inspection) -> bool:
    """Whether this person may read it: the office, and whoever acts for the unit."""
    return visit.me.role in DESK_ROLES or (inspection.unit == visit.me.unit and submissions.sends(visit))


def mine(visit: Visit) -> Sequence[Inspection]:
    """Return the newest inspections that this person may read."""
    if visit.me.role in DESK_ROLES:
        return visit.tx.all(inspections.NEWEST)
    return visit.tx.all(inspections.NEWEST_OF_UNIT, unit=visit.me.unit)


def record(visit: Visit, unit: str, day: date, number: str, found: str, until: date | None) -> tuple[str, list[Part]]:
    """Store an inspection, and what the unit has to put right; the unit is told. Return its code and what is said of it."""
    code = initiatives.next_code(visit.tx, prefix=inspections.PREFIX, year=day.year)
    inspections.add(visit.tx, code=code, unit=unit, day=day, number=number, found=found, by=visit.me.id, now=visit.said)
    visit.note("inspection_recorded", code, unit=unit)
    if until is not None:
        return code, tasks_doing.give(visit, code, unit, found, until)
    for person in submissions.senders(visit, unit):
        if person.id != visit.me.id:
            visit.tell(person.id, INSPECTED, code=code)
    return code, [_("Nothing had to be put right.")]


def take_out(visit: Visit, inspection: Inspection) -> bool:
    """Take out one that was recorded by mistake; its task is not asked for any more. False when it was done already."""
    if not inspections.withdraw(visit.tx, id=inspection.id, by=visit.me.id, now=visit.said):
        return False
    visit.note("inspection_withdrawn", inspection.code)
    why = visit.words.say(_("recorded by mistake"))
    for task in visit.tx.all(unit_tasks.OF_SOURCE, source=inspection.code):
        if task.state in (UnitTaskState.OPEN, UnitTaskState.DONE):
            tasks_doing.withdraw(visit, task, why)
    return True


def whole(visit: Visit, inspection: Inspection) -> list[Part]:
    """Return everything about one."""
    lines: list[Part] = [
        _("Inspection {code} of {unit}, {day}", code=inspection.code, unit=inspection.unit_name, day=inspection.day)
    ]
    if inspection.number:
        lines.append(_("Minutes: {number}", number=inspection.number))
    if not inspection.found:
        return [*lines, _("Nothing had to be put right.")]
    return [
        *lines,
        _("Found: «{text}»", text=inspection.found),
        _("Now: {how}.", how=how_far(inspection, visit.now.tzinfo)),
    ]
