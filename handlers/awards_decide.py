"""The office records what came of proposals: one decision for many, a proposal to the level above, not chosen."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.conversation import DESK, HOME, Conversation, Feature, Notice, Visit
from bot.dialogue import Answers, Button, Day, Field, Form, Line, OneOf, Say, Scene
from bot.language import Count, Part, Text, _, record_codes
from bot.office.awards import award_fields, award_outcomes, award_texts, nominees
from bot.office.awards.award_fields import MaybeLine
from bot.office.awards.award_lists import LIST
from bot.office.awards.award_outcomes import AWARD, DECIDED, FORWARD, NONE, SIGNED, OutcomeFacts, Proposals
from bot.office.duties.refused_sheets import keep_open
from bot.office.reminding.dated_notes import AWARD_DUE
from bot.office.told import told
from storage.awards import AwardState

TITLES: Mapping[str, Text] = {
    AWARD: _("Record a decision on awards"),
    FORWARD: _("Record a proposal to the level above"),
    NONE: _("Record who is not chosen"),
}


def begin(visit: Visit, outcome: str, said: str) -> Say:
    """Open the form of an outcome; proposals that are named are answered already."""
    facts = OutcomeFacts(visit, outcome)
    if not facts.waiting:
        return Say([_("No proposal waits for this.")], buttons=(LIST, HOME))
    codes = [each.code for each in facts.waiting]
    meant = [hit for each in record_codes.read_all(said) for hit in each.among(codes, visit.said.year)]
    if said.strip() and not meant:
        why = _("«{said}» does not wait any more.", said=said.strip()[:60])
        return visit.open(RECORD, outcome, None, why)
    return visit.open(RECORD, outcome, {"items": list(dict.fromkeys(meant))} if meant else None)


def _of(*outcomes: str) -> Callable[[Answers, Scene], bool]:
    return lambda answers, scene: OutcomeFacts.of(scene).outcome in outcomes


def ask_items(answers: Answers, scene: Scene) -> Sequence[Part]:
    """List what waits, and ask which."""
    facts = OutcomeFacts.of(scene)
    lines: list[Part] = [_("- {line}", line=line) for line in facts.listed[:20]]
    return [*lines, _("Which proposals? Several codes are separated by commas.")]


def ask_paper(answers: Answers, scene: Scene) -> Sequence[Part]:
    """Ask for the number of the paper."""
    if OutcomeFacts.of(scene).outcome == FORWARD:
        return [_("What is the number of the paper that proposes it?")]
    return [_("What is the number of the decision?")]


def beside(answers: Answers, scene: Scene) -> Sequence[Part]:
    """Show how many are usual, and who hears of it."""
    facts = OutcomeFacts.of(scene)
    quotas: Sequence[Part] = () if facts.outcome == NONE else facts.quotas
    return [*quotas, _("Whoever has proposed it is told. Whoever is awarded hears of it when {you} send the praise.")]


FORM = Form(
    "award_outcome",
    title=lambda answers, scene: TITLES[OutcomeFacts.of(scene).outcome],
    fields=(
        Field("items", _("Proposals"), ask_items, Proposals(), choices=award_outcomes.offered, example="001, 003"),
        Field(
            "form",
            _("Form"),
            _("In which form?"),
            OneOf(award_outcomes.forms),
            choices=award_outcomes.forms,
            refuse=award_outcomes.no_such_form,
            when=_of(AWARD, FORWARD),
        ),
        Field(
            "minutes",
            _("Minutes"),
            _("What is the number of the minutes of the meeting?"),
            MaybeLine(shortest=2, longest=80, none=_("none")),
            choices=award_fields.nothing(_("No minutes of a meeting")),
            example=_("12/BB-{sign}"),
        ),
        Field(
            "minutes_day",
            _("Date of the minutes"),
            _("On which date was the meeting?"),
            Day(ahead=False, believed=SIGNED),
            example="10/12/2027",
            when=lambda answers, scene: bool(answers.get("minutes")),
        ),
        Field(
            "decision",
            _("Number"),
            ask_paper,
            Line(shortest=3, longest=80),
            example=_("125/QĐ-{sign}"),
            when=_of(AWARD, FORWARD),
        ),
        Field(
            "day",
            _("Date"),
            _("On which date was the paper signed?"),
            Day(ahead=False, believed=SIGNED),
            example="15/12/2027",
            when=_of(AWARD, FORWARD),
        ),
        Field(
            "why",
            _("Reason"),
            _("Is a reason told? Whoever has proposed it reads it."),
            MaybeLine(shortest=5, longest=300, none=_("none")),
            choices=award_fields.nothing(_("Without a reason")),
            example=_("the model is still on trial; it is looked at again next year"),
            when=_of(NONE),
        ),
    ),
    send=lambda answers, scene: _("Record it"),
    review=beside,
)


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Record the outcome of all of them, or of none."""
    done = award_outcomes.decide(visit, subject, answers)
    if not isinstance(done, list):
        return keep_open(visit, Say([done], buttons=(LIST, HOME)))
    n = Count(len(done))
    first: Text = _("✅ Recorded: {n} not chosen this time.", n=n)
    if subject == AWARD:
        first = _(
            "✅ Recorded: {n} awarded by decision {decision}.", n=n, decision=award_outcomes.bare(answers["decision"])
        )
    elif subject == FORWARD:
        first = _(
            "✅ Recorded: {n} proposed to the level above by {decision}.",
            n=n,
            decision=award_outcomes.bare(answers["decision"]),
        )
    hear = [each.id for award in done for each in nominees.speakers(visit, award.by_unit)]
    lines: list[Part] = [first, *(_("- {line}", line=award_texts.line(visit, each)) for each in done[:20])]
    praise = [Button(_("Praise {code}", code=each.code), f"/khenthuong bieuduong {each.code}") for each in done[:6]]
    return Say(
        [*lines, *told(visit, hear, _("Whoever has proposed it is told once."))],
        buttons=(*(praise if subject == AWARD else ()), LIST, HOME),
    )


def decided(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the unit that has proposed it; pointless once it was recorded otherwise."""
    award = award_texts.find(visit, about["code"])
    if award is None or award.version != about["version"]:
        return None
    lines: list[Part] = [_("What has come of a proposal for an award"), award_texts.line(visit, award)]
    if about["why"]:
        lines = [
            _("What was recorded of {code} has been put right: «{why}»", code=award.code, why=about["why"]),
            award_texts.line(visit, award),
        ]
    elif award.state is AwardState.PROPOSED:
        return None
    return Say(lines, buttons=(Button(_("See {code}", code=award.code), f"/khenthuong {award.code}"),))


def due(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Remind the office of proposals whose answer day comes or has passed."""
    found = [award_texts.find(visit, code) for code in about.get(AWARD_DUE, ())]
    waiting = [each for each in found if each is not None and each.state is AwardState.PROPOSED]
    if not waiting:
        return None
    lines: list[Part] = [_("Proposals for awards to be answered ({n})", n=Count(len(waiting)))]
    lines += [_("- {line}", line=award_texts.line(visit, each)) for each in waiting]
    return Say(lines, buttons=(LIST,))


RECORD = Conversation(
    "award_outcome",
    title=lambda plan, subject: TITLES.get(subject, TITLES[AWARD]),
    form=lambda plan: FORM,
    file=file,
    serves=DESK,
    facts=OutcomeFacts,
)
FEATURE = Feature(
    __name__,
    forms=(RECORD,),
    notices=(Notice(DECIDED, decided, award_outcomes.PROPOSED_IT),),
    day_parts=(Notice(AWARD_DUE, due, DESK),),
)
