"""Members of a union from a file: sent in the chat, read by the worker, shown, then written."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import HOME, Conversation, Feature, JobContext, JobKind, JobResult, Serves, Visit
from bot.dialogue import Answers, Attached, Button, Field, Form, Say
from bot.language import Count, Part, _
from bot.office.announcements import membership
from bot.office.announcements.announcement_facts import speaks_for_union
from bot.office.announcements.member_file import FoundMembers, read_members
from bot.office.announcements.membership import KEEPERS, OF_UNION

FILE = Button(_("From a file"), "/doanvien tep")
BACK = (Button(_("Members"), "/doanvien"), HOME)

FORM = Form(
    "members_file",
    title=lambda answers, scene: _("Members from a file"),
    fields=(
        Field(
            "file",
            _("File"),
            lambda answers, scene: [
                _("Please send the list of members as an XLSX or CSV file, with the columns: Họ và tên; Đơn vị."),
                _("Nothing is written before {you} have seen who is added; nobody leaves for not being in a file."),
            ],
            Attached(),
            files=True,
        ),
    ),
    send=lambda answers, scene: _("Read the file"),
    at_once=True,
)


def file(visit: Visit, subject: str, answers: Answers) -> Say | None:
    """Begin the job that reads it; its answer shows who would be added."""
    return visit.start_job(READ, file=answers["file"]["files"][-1], unit=subject)


def write_file(visit: Visit, file: int, stamp: int) -> Say | None:
    """Begin the job that reads the file once more and writes what was shown."""
    return visit.start_job(WRITE, file=file, stamp=stamp, unit=visit.me.unit)


async def show(context: JobContext, about: Mapping[str, Any]) -> JobResult:
    """Return who would be added, with the button that writes it."""
    return JobResult(_shown(await read_members(context, about["file"], about["unit"]), about["file"]))


def _shown(found: FoundMembers, file: int, *before: Part) -> Say:
    buttons: tuple[Button, ...] = (FILE, *BACK)
    if found.new:
        label = _("Put {n} members into the list", n=Count(len(found.new)))
        buttons = (Button(label, f"/doanvien ghi {file} {found.stamp}"), *buttons)
    return Say([*before, _("What the list of members changes"), *found.lines], buttons=buttons)


async def write(context: JobContext, about: Mapping[str, Any]) -> JobResult:
    """Write who was shown; where that has changed since, show it anew and write nothing."""
    found = await read_members(context, about["file"], about["unit"])
    if found.stamp != about["stamp"] or not found.new:
        return JobResult(_shown(found, about["file"], _("⚠️ The list has changed since, so nothing was written. Now:")))
    done = Say([_("✅ {n} members were put into the list.", n=Count(len(found.new)))], buttons=BACK)

    def put(visit: Visit) -> None:
        membership.add(visit, about["unit"], found.new)

    return JobResult(done, write=put)


def _theirs(visit: Visit, about: Mapping[str, Any]) -> bool:
    """Whether it is about the union of whoever asks; without one it is asked of them alone."""
    return "unit" not in (about or {}) or visit.me.unit == about["unit"]


SHEET = Conversation(
    "members_file",
    title=lambda plan, subject: _("Members from a file"),
    form=lambda plan: FORM,
    file=file,
    serves=OF_UNION,
)
MEMBERS: Serves[Any] = Serves(KEEPERS.who, frozenset(), speaks_for_union, _theirs)
READ, WRITE = JobKind("members_read", show, MEMBERS), JobKind("members_write", write, MEMBERS)
FEATURE = Feature(__name__, forms=(SHEET,), jobs=(READ, WRITE))
