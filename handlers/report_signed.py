"""The office records that its report was signed: number, day, scan; its figures stay as they were then."""

from collections.abc import Sequence
from datetime import date

from bot.conversation import DESK, HOME, Conversation, Feature, Visit, refused
from bot.dialogue import Answers, Attached, Button, Day, Field, Form, Line, Say, Scene
from bot.language import Count, Part, _
from bot.office.duties.papers import a_day
from bot.office.papers import version_keeping
from bot.office.papers.drafting import span
from bot.office.papers.version_facts import VersionFacts


def sign(visit: Visit, years: Sequence[int]) -> Say:
    """Ask for number, day and scan of what was signed."""
    if not DESK.holds(visit):
        return refused(DESK)
    facts = VersionFacts(visit, span(years))
    if facts.newest is None:
        none = _("There is no draft yet. Please have one made first.")
        return Say([none], buttons=(Button(_("As a Word file"), f"/tonghop word {span(years)}"), HOME))
    if facts.signed is not None:
        is_signed = _("{number} of {day} is recorded already.", number=facts.signed.number, day=facts.signed.day)
        return visit.open(SIGN, f"{span(years)}/{facts.signed.n}").after(is_signed)
    return visit.open(SIGN, span(years))


def _told_gaps(answers: Answers, scene: Scene) -> list[Part]:
    newest = VersionFacts.of(scene).newest
    lines: list[Part] = [_("From then on its figures stay as they were signed; later changes are shown beside it.")]
    if newest is not None and newest.gaps:
        lines.insert(0, _("⚠️ {n} gaps were open in the newest draft.", n=Count(newest.gaps)))
    return lines


SIGN_FORM = Form(
    "report_signed",
    title=lambda answers, scene: _("Signed: {report}", report=VersionFacts.of(scene).called),
    fields=(
        Field(
            "number",
            _("Number and sign"),
            _("Which number and sign does it bear?"),
            Line(shortest=1, longest=60),
            refuse=a_day,
            example=_("231/BC-{sign}"),
        ),
        Field("day", _("Date"), _("Of which date is it?"), Day(ahead=False), example="12/11/2027"),
        Field(
            "scan",
            _("Scan"),
            _("Please send the scan of the signed report, or leave it for later."),
            Attached(),
            files=True,
            skip=_("Later"),
        ),
    ),
    send=lambda answers, scene: _("Record as signed"),
    review=_told_gaps,
)


def file_signed(visit: Visit, subject: str, answers: Answers) -> Say:
    """Store that it was signed, with what stood in it."""
    facts = VersionFacts(visit, subject)
    scan = answers.get("scan")
    version_keeping.sign(
        visit, facts, answers["number"], date.fromisoformat(answers["day"]), scan["files"] if scan else ()
    )
    done = _(
        "✅ Recorded: {report} was signed, {number} of {day}.",
        report=facts.called,
        number=answers["number"],
        day=date.fromisoformat(answers["day"]),
    )
    return Say([done], buttons=(Button(_("Yearly summary"), f"/tonghop {facts.years}"), HOME))


def signed_meanwhile(visit: Visit, subject: str) -> Part | None:
    """Say that somebody else has recorded the signature since the sheet was opened."""
    signed, seen = VersionFacts(visit, subject).signed, subject.partition("/")[2]
    if signed is None or str(signed.n) == seen:
        return None
    return _("{number} of {day} is recorded already.", number=signed.number, day=signed.day)


SIGN = Conversation(
    "report_signed",
    title=lambda plan, subject: _("The signed report of {years}", years=subject.partition("/")[0]),
    form=lambda plan: SIGN_FORM,
    file=file_signed,
    serves=DESK,
    facts=VersionFacts,
    over=signed_meanwhile,
)
FEATURE = Feature(__name__, forms=(SIGN,))
