"""The office's own version of its report: kept as it came from Word, changes listed beside it."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.conversation import DESK, HOME, Conversation, Feature, JobContext, Visit, refused
from bot.dialogue import Answers, Attached, Button, Choice, Field, Form, OneOf, Say, Scene
from bot.language import Count, Part, Time, _
from bot.office.papers import drafting, paper_words, version_facts, version_keeping
from bot.office.papers.drafting import span
from bot.office.papers.paper_kinds import FilledPaper, PaperKind
from bot.office.papers.version_facts import VersionFacts
from storage import files, office_papers
from storage.office_papers import PaperStage

MOST = 12
"""Changes that are named in the chat; all are in the file."""


def changes_of(visit: Visit, years: Sequence[int]) -> Say | None:
    """Begin the job that lists what has to be changed in the office's own version, or has changed since it was signed."""
    return visit.start_job(CHANGES.job, years=list(years))


async def changes(context: JobContext, about: Mapping[str, Any]) -> FilledPaper:
    """List what has changed since the text that counts was made, each with its place."""
    years = sorted(about["years"])
    of = {"first": years[0], "last": years[-1]}
    signed = await context.snapshot.one(office_papers.NEWEST_AT, stage=PaperStage.SIGNED, **of)
    base = signed or await context.snapshot.one(office_papers.NEWEST_AT, stage=PaperStage.EDITED, **of)
    if base is None:
        return FilledPaper(None, "", [_("No version of {desk} has been kept yet.")], _buttons(years))
    listed = await drafting.compare(context, years, base)
    if not listed.changes:
        return FilledPaper(None, "", [_("Nothing has changed since {at}.", at=Time(base.at))], _buttons(years))
    n = Count(len(listed.changes))
    head: Part = _("{n} places to change in the version of {desk}; nothing of its text was touched:", n=n)
    if signed is not None:
        head = _(
            "{n} places have changed since the report was signed ({number} of {day}); what was signed stays:",
            n=n,
            number=signed.number,
            day=signed.day,
        )
    lines = [head, *paper_words.changes(listed.changes, MOST)]
    keep = None if signed is not None else lambda visit: version_keeping.listed(visit, years, listed)
    return FilledPaper(listed.values, listed.name, lines, _buttons(years), write=keep)


def _buttons(years: Sequence[int]) -> tuple[Button, ...]:
    of = span(years)
    return (
        Button(_("Send the edited version"), f"/tonghop banvp {of}"),
        Button(_("Record as signed"), f"/tonghop daky {of}"),
        Button(_("A new draft"), f"/tonghop word moi {of}"),
        Button(_("Open the kept files"), f"/tep {office_papers.RECORD}-{of}"),
        Button(_("Yearly summary"), f"/tonghop {of}"),
    )


# Back from Word -----------------------------------------------------------------------------------


def keep(visit: Visit, years: Sequence[int]) -> Say:
    """Ask for the file that was edited in Word."""
    if not DESK.holds(visit):
        return refused(DESK)
    facts = VersionFacts(visit, span(years))
    if facts.draft is None:
        none = _("There is no draft yet whose text could be compared. Please have one made first.")
        return Say([none], buttons=(Button(_("As a Word file"), f"/tonghop word {span(years)}"), HOME))
    return visit.open(KEEP, span(years))


ALL, NONE = "all", "none"


def _has(answers: Answers, scene: Scene) -> Sequence[Choice]:
    listed = VersionFacts.of(scene).draft
    at = scene.now if listed is None else listed.at.astimezone(scene.now.tzinfo)
    return [
        Choice(ALL, _("All changes of the list of {at}", at=Time(at))),
        Choice(NONE, _("Not yet, or not all of them")),
    ]


KEEP_FORM = Form(
    "report_kept",
    title=lambda answers, scene: _("The edited version of {report}", report=VersionFacts.of(scene).called),
    fields=(
        Field(
            "file",
            _("File"),
            lambda answers, scene: [
                _("Please send the Word file (.docx) as it was edited."),
                _("It is kept as it is; later changes come as a list and never overwrite it."),
            ],
            Attached(),
            files=True,
        ),
        Field(
            "has",
            _("Changes of the list"),
            _("Which of the listed changes stand in it?"),
            OneOf(_has),
            choices=_has,
            when=lambda answers, scene: VersionFacts.of(scene).listed,
        ),
    ),
    send=lambda answers, scene: _("Keep as the office's version"),
    review=lambda answers, scene: [_("Seen by: the office.")],
)


def file_kept(visit: Visit, subject: str, answers: Answers) -> Say:
    """Keep the file beside what stood in the draft that it was written into."""
    facts, ids = VersionFacts(visit, subject), answers["file"]["files"]
    content = visit.tx.one(files.ANY, id=ids[0])
    wrong = _("Please send one file.") if len(ids) != 1 or content is None else version_facts.wrong_with(content.bytes)
    if wrong is not None or content is None:
        return visit.open(KEEP, subject).after(wrong or "")
    version_keeping.keep(visit, facts, ids, content, has_all=answers.get("has") == ALL)
    done = _("✅ Kept as version {n} of {desk}: {name}", n=_n(visit, subject), name=content.name)
    then = _("When reports come later, «As a Word file» lists what is to be inserted, and where.")
    return Say([done, then], buttons=(*_buttons(range(facts.first, facts.last + 1)), HOME))


def _n(visit: Visit, subject: str) -> Count:
    kept = VersionFacts(visit, subject).edited
    return Count(0 if kept is None else kept.n)


KEEP = Conversation(
    "report_kept",
    title=lambda plan, subject: _("The edited version of the report of {years}", years=subject),
    form=lambda plan: KEEP_FORM,
    file=file_kept,
    serves=DESK,
    facts=VersionFacts,
)
CHANGES = PaperKind("report_changes", _("the list of changes"), drafting.CHANGES, DESK, lay=changes)
FEATURE = Feature(__name__, forms=(KEEP,))
