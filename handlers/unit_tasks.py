"""Tasks that units were given until a day: the unit says that one is done, the office closes it or gives it back."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import HOME, WHO, Command, Feature, Notice, Visit, allowed, whose
from bot.dialogue import Button, Say
from bot.language import Count, Part, _, fold, number
from bot.movement import May
from bot.office.duties import submissions
from bot.office.reminding.dated_notes import UNIT_TASKS
from bot.office.told import told
from bot.office.unit_tasks import task_texts as texts
from bot.office.unit_tasks import tasks_doing
from bot.office.unit_tasks.tasks_doing import TASK, acts, find, sees
from handlers.unit_task_forms import BACK, DONE, LIST, NO_MORE, since
from storage import unit_tasks
from storage.unit_tasks import UnitTask, UnitTaskState

MOST = 20


def run(visit: Visit, args: str) -> Say:
    """Answer «/viecgiao»: what was given to the unit, to the office all of it; «3 xong», «3 dong», «3 tra», «3 thoi»."""
    said, _space, rest = args.strip().partition(" ")
    if not said:
        return _list(visit)
    task = find(visit, said)
    if task is None:
        return Say([_("There is no task {n} for {you} to see.", n=said[:20])], buttons=(LIST, HOME))
    word, _space, seen = fold(rest.strip()).partition(" ")
    if word not in ("xong", "dong", "tra", "thoi"):
        return one(visit, task)
    if word == "xong" and not acts(visit, task):
        return one(visit, task, _("This is done by {who}.", who=WHO[May.SEND]))
    if word != "xong" and not visit.may(May.RECEIVE):
        return one(visit, task, _("This is done by {who}.", who=WHO[May.RECEIVE]))
    begins = {"xong": (UnitTaskState.OPEN,), "dong": (UnitTaskState.DONE,)}
    live = begins.get(word, (UnitTaskState.OPEN, UnitTaskState.DONE))
    if task.state not in live or (number(seen) or task.step) != task.step:
        return since(visit, task)
    if word == "dong":
        if not tasks_doing.close(visit, task):
            return since(visit, task)
        now = find(visit, said) or task
        return Say(
            [_("✅ Closed: {task}", task=texts.line_of_unit(visit, now)), *_told(visit, task)], buttons=(LIST, HOME)
        )
    return visit.open({"xong": DONE, "tra": BACK, "thoi": NO_MORE}[word], f"{task.id}:{task.step}")


def _told(visit: Visit, task: UnitTask) -> list[Part]:
    return told(visit, [task.done_by] if task.done_by else [], _("Whoever has done it is told at once."))


def one(visit: Visit, task: UnitTask, *before: Part) -> Say:
    """Show one, with what may be done about it."""
    return Say([*before, *texts.whole(visit, task)], buttons=(*texts.buttons(visit, task), LIST, HOME))


def _list(visit: Visit) -> Say:
    desk = visit.may(May.RECEIVE)
    tasks = (
        [*visit.tx.all(unit_tasks.DONE), *visit.tx.all(unit_tasks.OPEN)]
        if desk
        else visit.tx.all(unit_tasks.LIVE_OF_UNIT, unit=visit.me.unit)
    )
    if not tasks:
        return Say([_("No task is open.")], buttons=(HOME,))
    line = texts.line_of_unit if desk else texts.line
    lines: list[Part] = [_("Tasks given ({n})", n=Count(len(tasks)))]
    lines += [_("{n}. {task}", n=each.id, task=line(visit, each)) for each in tasks[:MOST]]
    if len(tasks) > MOST:
        lines.append(_("… and {n} more", n=Count(len(tasks) - MOST)))
    return Say(lines, buttons=(*(Button(_("Task {n}", n=each.id), f"/viecgiao {each.id}") for each in tasks[:8]), HOME))


# What is told -------------------------------------------------------------------------------------

HEADS: Mapping[UnitTaskState, Part] = {
    UnitTaskState.OPEN: _("A task for the unit"),
    UnitTaskState.DONE: _("A unit says that a task is done"),
    UnitTaskState.CLOSED: _("{Desk} has looked at what was done"),
    UnitTaskState.WITHDRAWN: _("A task is not asked for any more"),
}


def happened(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the unit or the office what has happened to a task. Pointless once something else has."""
    task = visit.tx.one(unit_tasks.BY_ID, id=about["id"])
    if task is None or task.step != about["step"]:
        return None
    head = HEADS[task.state]
    if task.state is UnitTaskState.OPEN and texts.inspects(task):
        head = _("Something to put right in the unit")
    return Say([head, *texts.whole(visit, task)], buttons=(*texts.buttons(visit, task), LIST))


def due(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Remind whoever acts for the unit of tasks that are not done."""
    found = [visit.tx.one(unit_tasks.BY_ID, id=id) for id in about.get(UNIT_TASKS, ())]
    left = [each for each in found if each is not None and each.state is UnitTaskState.OPEN and acts(visit, each)]
    if not left:
        return None
    lines: list[Part] = [_("Tasks of {unit} ({n})", unit=visit.me.unit_name, n=Count(len(left)))]
    lines += [_("- {task}", task=texts.line(visit, each)) for each in left[:MOST]]
    if len(left) > MOST:
        lines.append(_("… and {n} more", n=Count(len(left) - MOST)))
    lines.append(_("This comes because {you} act for the unit; it stops once {you} say that it is done."))
    return Say(lines, buttons=[button for each in left[:4] for button in texts.buttons(visit, each)[:1]])


def _concerned(visit: Visit, about: Mapping[str, Any]) -> bool:
    task = visit.tx.one(unit_tasks.BY_ID, id=about["id"])
    return task is not None and (sees(visit, task) or task.done_by == visit.me.id)


COMMAND = Command(
    "viecgiao",
    _("Tasks given"),
    _("tasks given|given tasks"),
    run,
    allowed(May.RECEIVE, submissions.sends),
    listed=False,
    seldom=True,
    acts=("*",),
)
FEATURE = Feature(
    __name__,
    commands=(COMMAND,),
    notices=(Notice(TASK, happened, whose(_("whoever has the task"), _concerned)),),
    day_parts=(Notice(UNIT_TASKS, due, whose(WHO[May.SEND], lambda visit, about: submissions.sends(visit))),),
)
