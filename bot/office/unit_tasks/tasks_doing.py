"""Give a unit a task, do it, look at it: each once, told to whoever is concerned. Inside the transaction."""

from datetime import date

from bot.conversation import Visit
from bot.language import Part, _, number
from bot.movement import DESK_ROLES
from bot.office import desk
from bot.office.duties import submissions
from bot.office.told import told
from storage import people, unit_tasks
from storage.outbox import NoticeCode
from storage.unit_tasks import UnitTask

TASK = NoticeCode("unit_task")
"""A unit was given something to do, or it comes back to it; the office hears that it is done."""


def find(visit: Visit, said: str) -> UnitTask | None:
    """Return the task of a number, if this person may look at it."""
    task = visit.tx.one(unit_tasks.BY_ID, id=number(said) or 0)
    return task if task is not None and sees(visit, task) else None


def sees(visit: Visit, task: UnitTask) -> bool:
    """Whether this person may look at it: the office, and whoever acts for the unit."""
    return visit.me.role in DESK_ROLES or acts(visit, task)


def acts(visit: Visit, task: UnitTask) -> bool:
    """Whether this person acts for the unit that has it."""
    return task.unit == visit.me.unit and any(each.id == visit.me.id for each in submissions.senders(visit, task.unit))


def files_of(task: UnitTask) -> str:
    """Return under which code the files are kept that show what was done: the unit opens them, and the office."""
    return f"VG-{task.id}-{task.unit}"


def give(visit: Visit, source: str, unit: str, text: str, day: date) -> list[Part]:
    """Store a task of a unit, and tell whoever acts for it; return what is said of it."""
    id = unit_tasks.add(visit.tx, source=source, unit=unit, text=text, day=day, by=visit.me.id, now=visit.said)
    visit.note("unit_task_given", source, unit=unit, day=day.isoformat())
    senders = [person.id for person in submissions.senders(visit, unit)]
    _tell(visit, senders, id, 1)
    found = visit.tx.one(people.UNIT, code=unit)
    assert found is not None
    return [
        _("Task of {unit} until the end of {day}: «{text}»", unit=found.name, day=day, text=text),
        *told(visit, senders, _("Whoever acts for the unit is told at once.")),
    ]


def do(visit: Visit, task: UnitTask, said: str) -> bool:
    """Mark it as done in the unit's words, and tell the office; False when something has happened to it since."""
    if not unit_tasks.do(visit.tx, task, said=said, by=visit.me.id, now=visit.said):
        return False
    visit.note("unit_task_done", task.source)
    _tell(visit, [person.id for person in desk.people_of(visit.tx)], task.id, task.step + 1)
    return True


def close(visit: Visit, task: UnitTask) -> bool:
    """Mark that the office has looked at it; whoever has done it is told. False when something has happened since."""
    if not unit_tasks.close(visit.tx, task, by=visit.me.id, now=visit.said):
        return False
    visit.note("unit_task_closed", task.source)
    _tell(visit, [task.done_by] if task.done_by is not None else [], task.id, task.step + 1)
    return True


def give_back(visit: Visit, task: UnitTask, day: date, why: str) -> bool:
    """Give it back until another day, with the reason; the unit is told. False when something has happened since."""
    if not unit_tasks.give_back(visit.tx, task, day=day, why=why):
        return False
    visit.note("unit_task_given_back", task.source, day=day.isoformat())
    _tell(visit, [person.id for person in submissions.senders(visit, task.unit)], task.id, task.step + 1)
    return True


def withdraw(visit: Visit, task: UnitTask, why: str) -> bool:
    """End it because nobody has to do it any more; the unit is told. False when something has happened since."""
    if not unit_tasks.withdraw(visit.tx, task, why=why, by=visit.me.id, now=visit.said):
        return False
    visit.note("unit_task_withdrawn", task.source)
    _tell(visit, [person.id for person in submissions.senders(visit, task.unit)], task.id, task.step + 1)
    return True


def _tell(visit: Visit, whom: list[int], id: int, step: int) -> None:
    mine = visit.tx.all(people.EVERY_POST, person=visit.me.id)
    for person in dict.fromkeys(whom):
        if person not in mine:
            visit.tell(person, TASK, id=id, step=step)
