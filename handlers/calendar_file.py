"""Days off and make-up days from a file: sent in the chat, read by the worker, shown, then written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.conversation import HOME, Conversation, Feature, JobContext, JobKind, JobResult, Visit, allowed
from bot.dialogue import Answers, Attached, Button, Field, Form, Say
from bot.documents.calendar_sheet import DayRow
from bot.documents.roster import read
from bot.documents.tables import TableProblem, put_right
from bot.language import Part, _
from bot.movement import May
from bot.office import calendar_changes
from bot.office.calendar_changes import CalendarChanges
from storage import deadlines, files

BACK = (Button(_("Calendar"), "/lich"), HOME)


FORM = Form(
    "calendar_file",
    title=lambda answers, scene: _("Days off and make-up days from a file"),
    fields=(
        Field(
            "file",
            _("File"),
            lambda answers, scene: [
                _("Please send a CSV or XLSX file with four columns: ngày; loại; ghi chú; nguồn."),
                _("«loại» is nghỉ or làm bù; a line is one day, or the first and the last: 04/02/2027 đến 10/02/2027."),
                _("Nothing is written before {you} have seen what changes."),
            ],
            Attached(),
            files=True,
        ),
    ),
    send=lambda answers, scene: _("Read the file"),
    at_once=True,
)


def file(visit: Visit, subject: str, answers: Answers) -> Say | None:
    """Begin the job that reads it; its answer shows what would change."""
    return visit.start_job(READ, files=answers["file"]["files"])


@dataclass(frozen=True)
class Found:
    """What the files say, compared with the calendar."""

    changes: CalendarChanges
    problems: Sequence[TableProblem]
    lines: Sequence[Part]


async def _found(context: JobContext, ids: Sequence[int]) -> Found:
    """Read in the worker process; whatever is not about days is left out, and said to be so."""
    plan, known = context.office.plan, context.office.calendar
    rows, problems, notes, others = list[DayRow](), list[TableProblem](), list[Part](), False
    lines: list[Part] = []
    for id in ids:
        content = await context.snapshot.one(files.CONTENT, id=id, chat=context.chat)
        if content is None:
            lines.append(_("The file was not sent in this chat. Please send it here."))
            continue
        sheet = await context.make(read, content.name, content.bytes)
        rows += sheet.days
        problems += sheet.problems
        notes += sheet.notes
        others = others or bool(sheet.units or sheet.people)
    changes = calendar_changes.from_rows(plan, known, rows)
    problems += changes.problems
    lines += put_right(problems)
    lines += notes
    if others:
        lines.append(_("Units and people of the file were passed over: they are imported on the server."))
    if rows:
        dues = calendar_changes.dues(plan, await context.snapshot.all(deadlines.DEADLINES))
        lines += calendar_changes.describe(known, changes, dues)
    elif not lines:
        lines.append(_("There are no days in the file."))
    return Found(changes, problems, lines)


async def show(context: JobContext, about: Mapping[str, Any]) -> JobResult:
    """Return what the file would change, with the button that writes it."""
    found = await _found(context, about["files"])
    buttons: tuple[Button, ...] = BACK
    if found.changes.put and not found.problems:
        ids = " ".join(str(id) for id in about["files"])
        buttons = (Button(_("Write it in the calendar"), f"/lich ghi {ids}"), *BACK)
    elif found.problems:
        buttons = (Button(_("Send another file"), "/lich tep"), *BACK)
    return JobResult(Say([_("What the file changes in the calendar"), *found.lines], buttons=buttons))


async def write(context: JobContext, about: Mapping[str, Any]) -> JobResult:
    """Store what the file changes by now; pressed twice, the second time nothing is left to change."""
    found = await _found(context, about["files"])
    put = found.changes.put
    if found.problems or not put:
        return JobResult(Say([_("Nothing was written."), *found.lines], buttons=BACK))

    say = Say([_("✅ The file is written in the calendar."), *found.lines], buttons=BACK)
    return JobResult(say, write=lambda visit: calendar_changes.apply(visit, put))


SHEET = Conversation(
    "calendar_file",
    title=lambda plan, subject: _("Days off and make-up days from a file"),
    form=lambda plan: FORM,
    file=file,
    serves=allowed(May.SETTLE),
)
READ = JobKind("calendar_read", show, allowed(May.SETTLE))
WRITE = JobKind("calendar_write", write, allowed(May.SETTLE))
FEATURE = Feature(__name__, forms=(SHEET,), jobs=(READ, WRITE))
