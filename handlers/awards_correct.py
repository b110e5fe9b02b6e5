"""The office puts right what it has recorded of an award: number and day of the paper, or that it was recorded at all."""

from collections.abc import Sequence

from bot.conversation import DESK, HOME, Conversation, Feature, Visit
from bot.dialogue import Answers, Button, Choice, Day, Field, Form, Line, OneOf, Say, Scene
from bot.language import Count, Joined, Part, _
from bot.office.awards import award_texts, putting_right
from bot.office.awards.award_lists import LIST
from bot.office.awards.putting_right import OUTCOME, PAPER, AwardCorrectFacts
from bot.office.duties.refused_sheets import keep_open
from storage import praises
from storage.awards import AwardState


def begin(visit: Visit, said: str) -> Say:
    """Open the form for a proposal that was decided."""
    award = award_texts.find(visit, said)
    if not DESK.holds(visit) or award is None or award.state in (AwardState.PROPOSED, AwardState.WITHDRAWN):
        why = _("Nothing is recorded of «{code}» that {you_name} may put right.", code=said.strip()[:60] or "?")
        return Say([why], buttons=(LIST, HOME))
    return visit.open(CORRECT, f"{award.code}:{award.version}", None, award_texts.line(visit, award))


def what(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer what may be wrong; without a paper only the outcome."""
    award = AwardCorrectFacts.of(scene).award
    found = [Choice(OUTCOME, _("It was recorded by mistake: the proposal waits again"))]
    if award is not None and award.state is AwardState.NOT_CHOSEN:
        return found
    return [Choice(PAPER, _("Number or date of the paper")), *found]


def _paper(answers: Answers, scene: Scene) -> bool:
    return answers.get("what") == PAPER


def beside(answers: Answers, scene: Scene) -> Sequence[Part]:
    """Show what else the same paper has decided, which is put right with it."""
    those = AwardCorrectFacts.of(scene).together
    told: list[Part] = [_("What stood there is kept; whoever has proposed it is told why.")]
    if not _paper(answers, scene) or len(those) < 2:
        return told
    codes = Joined([each.code for each in those])
    return [
        _("The same paper has decided {n} proposals; all are put right: {codes}.", n=Count(len(those)), codes=codes),
        *told,
    ]


FORM = Form(
    "award_correct",
    title=lambda answers, scene: _("Put right what was recorded of an award"),
    fields=(
        Field("what", _("What"), _("What is to be put right?"), OneOf(what), choices=what),
        Field(
            "decision",
            _("Number"),
            _("Which number is right?"),
            Line(shortest=3, longest=80),
            example=_("126/QĐ-{sign}"),
            when=_paper,
        ),
        Field("day", _("Date"), _("Which date is right?"), Day(ahead=False), example="15/12/2027", when=_paper),
        Field(
            "reason",
            _("Reason"),
            _("Why? Whoever has proposed it reads it."),
            Line(shortest=5, longest=300),
            example=_("the number was mistyped"),
        ),
    ),
    send=lambda answers, scene: _("Put it right"),
    review=beside,
)


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Change what was recorded; somebody else may have been faster."""
    code = subject.partition(":")[0]
    done = putting_right.put_right(visit, subject, answers)
    if done is None:
        award = award_texts.find(visit, code)
        now = [] if award is None else [award_texts.line(visit, award)]
        return keep_open(
            visit,
            Say([_("{code} has been changed since, so nothing was put right:", code=code), *now], buttons=(LIST, HOME)),
        )
    lines: list[Part] = [_("✅ Put right:"), *(_("- {line}", line=award_texts.line(visit, each)) for each in done[:20])]
    praised = [each.code for each in done if visit.tx.all(praises.ABOUT, about=each.code)]
    if praised:
        lines.append(_("Praise was told already of {codes}; please tell them of the change.", codes=Joined(praised)))
    return Say(lines, buttons=(Button(_("See {code}", code=code), f"/khenthuong {code}"), LIST, HOME))


CORRECT = Conversation(
    "award_correct",
    title=lambda plan, subject: _("Putting {code} right", code=subject.partition(":")[0]),
    form=lambda plan: FORM,
    file=file,
    serves=DESK,
    facts=AwardCorrectFacts,
)
FEATURE = Feature(__name__, forms=(CORRECT,))
