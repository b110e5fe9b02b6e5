"""A list of people that comes again: sent in the chat, read by the worker, shown line by line, written where it is chosen."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import HOME, Command, Conversation, Feature, JobContext, JobKind, JobResult, Visit
from bot.dialogue import Answers, Attached, Button, Choice, Field, Form, Say, Scene
from bot.language import Count, _, number
from bot.office.roster import roster_sending
from bot.office.roster.roster_changes import in_words
from bot.office.roster.roster_sending import FoundRoster, LineFacts, LineNumbers, read_roster
from handlers.personnel_form import KEEPS

AGAIN = Button(_("Send another list"), "/nhansutep")
BACK = (AGAIN, Button(_("Personnel"), "/nhansu"), HOME)

FILE_FORM = Form(
    "roster_file",
    title=lambda answers, scene: _("A list of people from a file"),
    fields=(
        Field(
            "file",
            _("File"),
            lambda answers, scene: [
                _("Please send the list as an XLSX or CSV file, as it is kept: names of columns, one person a line."),
                _("Nothing is written before {you} have chosen the lines; nobody leaves for not being in a file."),
            ],
            Attached(),
            files=True,
        ),
    ),
    send=lambda answers, scene: _("Read the file"),
    at_once=True,
)


def run(visit: Visit, args: str) -> Say:
    """Answer «/nhansutep»; behind a button «chon 12 345678 14» asks which lines of what was shown."""
    said = args.split()
    if len(said) == 4 and said[0] == "chon" and all(number(each) is not None for each in said[1:]):
        return visit.open(LINES, ":".join(said[1:]))
    return visit.open(FILE)


def file(visit: Visit, subject: str, answers: Answers) -> Say | None:
    """Begin the job that reads it; its answer shows the lines."""
    return visit.start_job(READ, file=answers["file"]["files"][-1])


async def show(context: JobContext, about: Mapping[str, Any]) -> JobResult:
    """Return what the list would change, a numbered line each, with the doors to doing it."""
    return JobResult(_shown(await read_roster(context, about["file"]), about["file"]))


def _shown(found: FoundRoster, file: int) -> Say:
    head = _("What the list changes")
    changes = found.changes
    if changes is None or found.problems:
        return Say([head, *found.lines], buttons=BACK)
    buttons = roster_sending.doors(changes)
    if changes.usual:
        says = f"/nhansutep chon {file} {found.stamp} {changes.usual}"
        buttons.insert(0, Button(_("Choose the lines to be written"), says))
    return Say([head, *found.lines], buttons=(*buttons, *BACK))


# Choosing -------------------------------------------------------------------------------------


def offered(answers: Answers, scene: Scene) -> list[Choice]:
    """Return what is most often chosen: every line."""
    usual = LineFacts.of(scene).usual
    return [Choice(list(range(1, usual + 1)), _("All lines ({n})", n=Count(usual)))]


LINES_FORM = Form(
    "roster_lines",
    title=lambda answers, scene: _("Which lines are written?"),
    fields=(
        Field(
            "lines",
            _("Lines"),
            _("Which lines are to be written? The others stay as they are."),
            LineNumbers(),
            choices=offered,
            example=_("1, 3-5; all except 7"),
        ),
    ),
    send=lambda answers, scene: _("Write these lines"),
)


def choose(visit: Visit, subject: str, answers: Answers) -> Say | None:
    """Begin the job that reads the file once more and writes the chosen lines."""
    facts = LineFacts(visit, subject)
    return visit.start_job(WRITE, file=facts.file, stamp=facts.stamp, lines=answers["lines"])


async def write(context: JobContext, about: Mapping[str, Any]) -> JobResult:
    """Write what was chosen of what was shown; what has changed since is shown anew and nothing is written."""
    found = await read_roster(context, about["file"])
    sheet = found.sheet
    if sheet is None or found.stamp != about["stamp"]:
        again = _shown(found, about["file"])
        return JobResult(again.after(_("⚠️ The people or units have changed since, so nothing was written. Now:")))
    lines: list[int] = about["lines"]
    done = _("✅ Written: lines {lines}.", lines=in_words(lines))
    return JobResult(
        Say([done], buttons=BACK), write=lambda visit: roster_sending.write(visit, sheet, about["stamp"], lines)
    )


FILE = Conversation(
    "roster_file",
    title=lambda plan, subject: _("A list of people from a file"),
    form=lambda plan: FILE_FORM,
    file=file,
    serves=KEEPS,
)
LINES = Conversation(
    "roster_lines",
    title=lambda plan, subject: _("Which lines are written?"),
    form=lambda plan: LINES_FORM,
    file=choose,
    serves=KEEPS,
    facts=LineFacts,
)
READ, WRITE = JobKind("roster_read", show, KEEPS), JobKind("roster_write", write, KEEPS)
COMMAND = Command(
    "nhansutep",
    _("A list of people from a file"),
    _("personnel file|list of people"),
    run,
    KEEPS,
    listed=False,
    seldom=True,
)
FEATURE = Feature(__name__, commands=(COMMAND,), forms=(FILE, LINES), jobs=(READ, WRITE))
