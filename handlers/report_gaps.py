"""«Phần chưa có»: what the office's report still waits for, and what of it the office does not wait for any more."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.conversation import DESK, HOME, Conversation, Feature, JobContext, JobKind, JobResult, Visit, refused
from bot.dialogue import Answers, Button, Choice, Field, Form, Line, Say, Scene
from bot.language import Count, Part, _
from bot.office.papers import paper_facts, paper_gaps
from bot.office.papers.drafting import span
from bot.office.papers.gap_facts import GapFacts
from bot.office.papers.paper_gaps import Gap
from storage import office_papers

MOST = 30
"""Gaps that are listed."""


def listed(visit: Visit, years: Sequence[int]) -> Say | None:
    """Begin the job that lists what is missing in these years."""
    return visit.start_job(GAPS, years=list(years))


async def gaps(context: JobContext, about: Mapping[str, Any]) -> JobResult:
    """Return what is missing, each with a button; what is not waited for any more says why."""
    years = sorted(about["years"])
    period = await paper_facts.read(context.snapshot, context.office, years, context.now)
    found, of = paper_gaps.gaps(period), span(years)
    back = (Button(_("As a Word file"), f"/tonghop word {of}"), Button(_("Yearly summary"), f"/tonghop {of}"), HOME)
    if not found:
        return JobResult(Say([_("Nothing is missing in the report of {years}.", years=of)], buttons=back))
    waiting = [gap for gap in found if gap.open]
    lines: list[Part] = [
        _(
            "Missing in the report of {years}: {n}, of them waited for: {open}",
            years=of,
            n=Count(len(found)),
            open=Count(len(waiting)),
        )
    ]
    lines += [_line(n, gap) for n, gap in enumerate(found[:MOST], 1)]
    if len(found) > MOST:
        lines.append(_("… and {n} more", n=Count(len(found) - MOST)))
    lines.append(_("What does not come any more is said with its reason: it is printed as a plain sentence."))
    buttons = [Button(_("Gap {n}", n=n), f"/tonghop khongcho {gap.key}") for n, gap in enumerate(found[:8], 1)]
    return JobResult(Say(lines, buttons=(*buttons, *back)))


def _line(n: int, gap: Gap) -> Part:
    if gap.open:
        return _("{n}. {text}", n=n, text=gap.text)
    return _("{n}. {text}; not waited for any more: «{reason}»", n=n, text=gap.text, reason=gap.reason)


def one(visit: Visit, key: str) -> Say | None:
    """Ask why a gap is not waited for; of one that is settled say why, and offer to wait for it again."""
    if not DESK.holds(visit):
        return refused(DESK)
    facts = GapFacts(visit, key)
    if not facts.known:
        said = _("There is no such gap. To see all: /tonghop phanchua {year}", year=visit.said.year)
        return Say([said], buttons=(Button(_("What is missing"), "/tonghop phanchua"), HOME))
    settled = facts.settled
    if settled is None or facts.filled:
        return _over(visit, facts) if facts.filled else visit.open(SETTLE, key)
    again = Button(_("Wait for it again"), f"/tonghop cholai {key}")
    return Say([facts.over or ""], buttons=(again, *_back(facts)))


def again(visit: Visit, key: str) -> Say:
    """Wait for a gap once more; whoever says so second hears that it is waited for."""
    if not DESK.holds(visit):
        return refused(DESK)
    facts = GapFacts(visit, key)
    if not office_papers.wait_again(visit.tx, gap=key):
        return Say([_("It is waited for.")], buttons=_back(facts))
    visit.note("gap_opened", key)
    return Say([_("✅ {text}: it is waited for again.", text=facts.text)], buttons=_back(facts))


def _back(facts: GapFacts) -> tuple[Button, ...]:
    missing = Button(_("What is missing"), f"/tonghop phanchua {facts.year}")
    return (missing, Button(_("As a Word file"), f"/tonghop word {facts.year}"), HOME)


def _over(visit: Visit, facts: GapFacts) -> Say:
    return Say([facts.over or ""], buttons=_back(facts))


# Saying why ---------------------------------------------------------------------------------------


def reasons(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer the reason that is meant most often."""
    return [Choice(reason := scene.words.say(_("the unit does not send")), reason)]


FORM = Form(
    "gap_settle",
    title=lambda answers, scene: _("Not waited for: {text}", text=GapFacts.of(scene).text),
    fields=(
        Field(
            "reason",
            _("Reason"),
            _("Why is it not waited for any more? The report prints it word for word."),
            Line(shortest=5, longest=300),
            choices=reasons,
            example=_("the unit does not send"),
        ),
    ),
    send=lambda answers, scene: _("Do not wait for it"),
    review=lambda answers, scene: [
        _("The report says: «{text} ({reason}).»", text=GapFacts.of(scene).text, reason=answers["reason"]),
        _("If it comes after all, it stands in the report, and this sentence does not."),
    ],
)


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Store why; somebody else may have been faster, or it may have come."""
    facts = GapFacts(visit, subject)
    if facts.over is not None:
        return _over(visit, facts)
    office_papers.settle(
        visit.tx, gap=subject, year=facts.year, reason=answers["reason"], by=visit.me.id, now=visit.said
    )
    visit.note("gap_settled", subject)
    done = _("✅ {text}: it is not waited for any more.", text=facts.text)
    return Say([done], buttons=_back(facts))


SETTLE = Conversation(
    "gap_settle",
    title=lambda plan, subject: _("What the report does not wait for"),
    form=lambda plan: FORM,
    file=file,
    serves=DESK,
    facts=GapFacts,
    over=lambda visit, subject: GapFacts(visit, subject).over,
)
GAPS = JobKind("report_gaps", gaps, DESK)
FEATURE = Feature(__name__, forms=(SETTLE,), jobs=(GAPS,))
