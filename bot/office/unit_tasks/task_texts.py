"""A task of a unit in words: what is to be done, until when, how it stands. Inside the transaction."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.conversation import Visit
from bot.dialogue import Button
from bot.language import Part, _
from bot.movement import DESK_ROLES, titled
from bot.office.duties import record_files
from bot.office.reminding.deadline_texts import how_long
from bot.office.unit_tasks.tasks_doing import acts, files_of
from storage import inspections, people
from storage.unit_tasks import UnitTask, UnitTaskState

QUOTED = 160
"""Characters of a text that a list shows."""


def short(text: str) -> str:
    """Return the beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= QUOTED else f"{line[:QUOTED].rstrip()}…"


def inspects(task: UnitTask) -> bool:
    """Whether it is something that an inspection has found."""
    return task.source.partition("-")[0] in (inspections.PREFIX, inspections.BEFORE)


def _day(visit: Visit, at: datetime) -> Part:
    return _("{day}", day=at.astimezone(visit.now.tzinfo).date())


def how(visit: Visit, task: UnitTask) -> Part:
    """Say how it stands."""
    states: Mapping[UnitTaskState, Callable[[], Part]] = {
        UnitTaskState.OPEN: lambda: how_long(task.day, visit.now.date()),
        UnitTaskState.DONE: lambda: _("the unit says that it is done, on {day}", day=_day(visit, task.done or task.at)),
        UnitTaskState.CLOSED: lambda: _("done, closed on {day}", day=_day(visit, task.closed or task.at)),
        UnitTaskState.WITHDRAWN: lambda: _("not asked for any more"),
    }
    return states[task.state]()


def line(visit: Visit, task: UnitTask) -> Part:
    """Return it in a list of one unit."""
    return _("«{text}» ({source}): {how}", text=short(task.text), source=task.source, how=how(visit, task))


def line_of_unit(visit: Visit, task: UnitTask) -> Part:
    """Return it in a list of several units."""
    return _("{unit}: {task}", unit=task.unit_name, task=line(visit, task))


def whole(visit: Visit, task: UnitTask) -> list[Part]:
    """Return everything about it."""
    lines: list[Part] = [
        _("Task {n} of {unit}, out of {source}", n=task.id, unit=task.unit_name, source=task.source),
        _("«{text}»", text=task.text),
        _("Now: {how}.", how=how(visit, task)),
    ]
    if task.said:
        who = visit.tx.one(people.BY_ID, id=task.done_by) if task.done_by is not None else None
        lines.append(_("{who}: «{said}»", who=titled(who) if who is not None else task.unit_name, said=task.said))
    if task.why:
        lines.append(_("{desk}: «{why}»", why=task.why))
    return lines


def buttons(visit: Visit, task: UnitTask) -> list[Button]:
    """Return what this person may do with it now, each as it was shown."""
    says, found = f"/viecgiao {task.id}", list[Button]()
    found += record_files.button(visit, files_of(task))
    if acts(visit, task) and task.state is UnitTaskState.OPEN:
        done = _("It is put right") if inspects(task) else _("It is done")
        found.append(Button(done, f"{says} xong {task.step}"))
    if visit.me.role in DESK_ROLES and task.state is UnitTaskState.DONE:
        found.append(Button(_("Close it"), f"{says} dong {task.step}"))
    if visit.me.role in DESK_ROLES and task.state in (UnitTaskState.OPEN, UnitTaskState.DONE):
        label = _("Set another day") if task.state is UnitTaskState.OPEN else _("Give it back")
        found.append(Button(label, f"{says} tra {task.step}"))
        found.append(Button(_("Ask no more"), f"{says} thoi {task.step}"))
    return found
