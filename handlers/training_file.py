"""People of a class from a file: sent in the chat, read by the worker, shown, then written."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import HOME, Conversation, Feature, JobContext, JobKind, JobResult, Visit
from bot.dialogue import Answers, Attached, Button, Field, Form, Say
from bot.language import Count, Part, _
from bot.movement import DESK_ROLES
from bot.office.training import keeping_classes
from bot.office.training.class_facts import OF_CLASS, OF_JOB, of_subject
from bot.office.training.class_file import FoundPeople, read_people

FORM = Form(
    "class_file",
    title=lambda answers, scene: _("People of a class from a file"),
    fields=(
        Field(
            "file",
            _("File"),
            lambda answers, scene: [
                _("Please send the list as an XLSX or CSV file, with the columns: Họ và tên; Đơn vị."),
                _(
                    "Nothing is written before {you} have seen who is added; nobody is taken off for not being in a file."
                ),
            ],
            Attached(),
            files=True,
        ),
    ),
    send=lambda answers, scene: _("Read the file"),
    at_once=True,
)


def _scope(visit: Visit) -> str:
    """Return the unit whose people alone may be listed by this person; nothing for the whole office."""
    return "" if visit.me.role in DESK_ROLES else visit.me.unit


def file(visit: Visit, subject: str, answers: Answers) -> Say | None:
    """Begin the job that reads it; its answer shows who would be added."""
    return visit.start_job(READ, file=answers["file"]["files"][-1], code=subject, unit=_scope(visit))


def write_file(visit: Visit, code: str, file: int, stamp: int) -> Say | None:
    """Begin the job that reads the file once more and writes what was shown."""
    return visit.start_job(WRITE, file=file, stamp=stamp, code=code, unit=_scope(visit))


async def show(context: JobContext, about: Mapping[str, Any]) -> JobResult:
    """Return who would be added, with the button that writes it."""
    return JobResult(_shown(await read_people(context, about["file"], about["code"], about["unit"]), about))


def _shown(found: FoundPeople, about: Mapping[str, Any], *before: Part) -> Say:
    code = about["code"]
    buttons = [Button(_("Another file"), f"/taphuan {code} tep"), *_back(code)]
    if found.new:
        label = _("Put {n} people into the list", n=Count(len(found.new)))
        buttons.insert(0, Button(label, f"/taphuan {code} ghi {about['file']} {found.stamp}"))
    return Say([*before, _("What the list of {code} changes", code=code), *found.lines], buttons=tuple(buttons))


def _back(code: str) -> tuple[Button, ...]:
    return (Button(_("See {code}", code=code), f"/taphuan {code}"), HOME)


async def write(context: JobContext, about: Mapping[str, Any]) -> JobResult:
    """Write who was shown; where that has changed since, show it anew and write nothing."""
    found = await read_people(context, about["file"], about["code"], about["unit"])
    if found.stamp != about["stamp"] or not found.new:
        return JobResult(_shown(found, about, _("⚠️ The list has changed since, so nothing was written. Now:")))
    done = Say([_("✅ {n} people were put into the list.", n=Count(len(found.new)))], buttons=_back(about["code"]))

    def put(visit: Visit) -> None:
        of = of_subject(visit, about["code"])
        if of is not None and of.cancelled is None:
            keeping_classes.put(visit, of, found.new)

    return JobResult(done, write=put)


SHEET = Conversation(
    "class_file",
    title=lambda plan, subject: _("People of a class from a file"),
    form=lambda plan: FORM,
    file=file,
    serves=OF_CLASS,
)
READ, WRITE = JobKind("class_people_read", show, OF_JOB), JobKind("class_people_write", write, OF_JOB)
FEATURE = Feature(__name__, forms=(SHEET,), jobs=(READ, WRITE))
