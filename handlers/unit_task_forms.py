"""What is said about a task of a unit: that it is done, that it gets another day, that nobody has to do it any more."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from bot.conversation import DESK, HOME, WHO, Conversation, Feature, Visit, whose
from bot.dialogue import Answers, Button, Day, Field, Form, Paragraph, Say, Scene
from bot.language import Part, _
from bot.movement import May
from bot.office.duties.refused_sheets import keep_open
from bot.office.unit_tasks import task_texts as texts
from bot.office.unit_tasks import tasks_doing
from bot.office.unit_tasks.task_facts import TaskFacts
from bot.office.unit_tasks.tasks_doing import acts
from storage.unit_tasks import UnitTask

LIST = Button(_("Tasks given"), "/viecgiao")


def _asking(question: Part) -> Callable[[Answers, Scene], Sequence[Part]]:
    return lambda answers, scene: [*TaskFacts.of(scene).told, question]


def since(visit: Visit, task: UnitTask) -> Say:
    """Say that something has happened to it instead, and how it stands."""
    why = _("Something has happened to this task meanwhile, so nothing was changed.")
    return Say([why, *texts.whole(visit, task)], buttons=(*texts.buttons(visit, task), LIST, HOME))


_WHY = Field(
    "why",
    _("Reason"),
    _asking(_("Why? The unit reads it.")),
    Paragraph(longest=600, shortest=5),
    example=_("the document is not there yet"),
)
DONE_FORM = Form(
    "task_done",
    title=lambda answers, scene: _("A task is done"),
    fields=(
        Field(
            "said",
            _("What was done"),
            _asking(_("What was done? {Desk} reads it.")),
            Paragraph(longest=2000, shortest=5),
            files=True,
            example=_("done on 15/09, the minutes are beside it"),
            long=True,
        ),
    ),
    send=lambda answers, scene: _("Say that it is done"),
)
BACK_FORM = Form(
    "task_back",
    title=lambda answers, scene: _("Another day for a task"),
    fields=(
        Field("day", _("Last day"), _asking(_("Until the end of which day?")), Day(past=False), example="30/09/2027"),
        _WHY,
    ),
    send=lambda answers, scene: _("Give it to the unit"),
)
NO_MORE_FORM = Form(
    "task_no_more",
    title=lambda answers, scene: _("A task is not asked for any more"),
    fields=(_WHY,),
    send=lambda answers, scene: _("Ask no more"),
)


def _result(visit: Visit, subject: str, done: bool, line: Part) -> Say:
    facts = TaskFacts(visit, subject)
    assert facts.task is not None
    if not done:
        return keep_open(visit, since(visit, facts.task))
    return Say([line, texts.line_of_unit(visit, facts.task)], buttons=(LIST, HOME))


def do(visit: Visit, subject: str, answers: Answers) -> Say:
    """Mark it as done, with the files that show it; the office is told."""
    facts, said = TaskFacts(visit, subject), answers["said"]
    files = said["files"] if isinstance(said, dict) else []
    words = said["note"] if isinstance(said, dict) else said
    done = facts.current and facts.task is not None and tasks_doing.do(visit, facts.task, words)
    if done and facts.task is not None:
        visit.keep_files(files, tasks_doing.files_of(facts.task))
    return _result(visit, subject, done, _("✅ Noted as done; {desk} is told."))


def give_back(visit: Visit, subject: str, answers: Answers) -> Say:
    """Give it back with another day; the unit is told."""
    facts, day = TaskFacts(visit, subject), date.fromisoformat(answers["day"])
    if day < visit.said.date():
        return keep_open(visit, Say([_("{day} has passed meanwhile; please give a later day.", day=day)]))
    done = facts.current and facts.task is not None and tasks_doing.give_back(visit, facts.task, day, answers["why"])
    return _result(visit, subject, done, _("✅ The unit has it until the end of {day}.", day=day))


def ask_no_more(visit: Visit, subject: str, answers: Answers) -> Say:
    """End it; the unit is told."""
    facts = TaskFacts(visit, subject)
    done = facts.current and facts.task is not None and tasks_doing.withdraw(visit, facts.task, answers["why"])
    return _result(visit, subject, done, _("✅ It is not asked for any more."))


def _of_unit(visit: Visit, about: Any) -> bool:
    task = TaskFacts(visit, str(about or "")).task
    return task is not None and acts(visit, task)


DONE = Conversation(
    "task_done",
    title=lambda plan, subject: _("A task is done"),
    form=lambda plan: DONE_FORM,
    file=do,
    serves=whose(WHO[May.SEND], _of_unit),
    facts=TaskFacts,
)
BACK = Conversation(
    "task_back",
    title=lambda plan, subject: _("Another day for a task"),
    form=lambda plan: BACK_FORM,
    file=give_back,
    serves=DESK,
    facts=TaskFacts,
)
NO_MORE = Conversation(
    "task_no_more",
    title=lambda plan, subject: _("A task is not asked for any more"),
    form=lambda plan: NO_MORE_FORM,
    file=ask_no_more,
    serves=DESK,
    facts=TaskFacts,
)


FEATURE = Feature(__name__, forms=(DONE, BACK, NO_MORE))
