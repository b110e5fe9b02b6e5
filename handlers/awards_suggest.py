"""Anybody suggests an award to the head of the unit, who alone reads it: takes it up, or says that it is not proposed."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import HOME, Conversation, Feature, Notice, Visit, allowed
from bot.dialogue import Answers, Button, Field, Form, Line, Paragraph, Say
from bot.language import Joined, Part, _, fold
from bot.movement import May, titled
from bot.office.awards import award_fields, suggesting
from bot.office.awards.award_fields import MaybeLine
from bot.office.awards.nominees import GROUP
from bot.office.awards.proposing import SUGGESTION_ANSWERED
from bot.office.awards.suggesting import SUGGESTED, Suggested, SuggestFacts
from bot.office.duties.refused_sheets import keep_open
from bot.office.told import told
from handlers import awards_propose
from storage.award_suggestions import AwardSuggestion, SuggestionState

LIST = Button(_("Awards"), "/khenthuong")


def begin(visit: Visit) -> Say:
    """Open the form; whoever would read it themselves proposes at once."""
    readers = suggesting.readers(visit, visit.me.unit)
    if any(person.id == visit.me.id for person in readers):
        return awards_propose.begin(visit)
    if not readers:
        return Say(
            [
                _(
                    "Nobody heads {unit} in the list, so nobody would read it. Please talk to {desk}.",
                    unit=visit.me.unit_name,
                    desk=visit.plan.office.desk,
                )
            ],
            buttons=(LIST, HOME),
        )
    return visit.open(SUGGEST)


def of_number(visit: Visit, said: str) -> Say:
    """Answer «/khenthuong goiy 12»; with «nhan» take it up, «khong» decline it, «rut» take it back."""
    n, _space, verb = said.partition(" ")
    found = suggesting.named(visit, n)
    mine = found is not None and found.by == visit.me.id
    if found is None or not (mine or suggesting.reads(visit, found)):
        return Say([_("There is no suggestion {n} for {you_name} to read.", n=n[:20] or "?")], buttons=(LIST, HOME))
    if found.state is not SuggestionState.WAITING:
        return Say([_("This suggestion has been answered already:"), suggesting.line(found)], buttons=(LIST, HOME))
    if mine and fold(verb) == "rut":
        suggesting.take_back(visit, found)
        return Say([_("✅ Suggestion {n} is taken back.", n=found.id)], buttons=(LIST, HOME))
    if not suggesting.reads(visit, found):
        back = Button(_("Take the suggestion back"), f"/khenthuong goiy {found.id} rut")
        return Say([suggesting.line(found)], buttons=(back, LIST, HOME))
    match fold(verb):
        case "nhan":
            return awards_propose.begin(visit, found)
        case "khong":
            return visit.open(DECLINE, str(found.id))
    return _asked(visit, found)


def _asked(visit: Visit, found: AwardSuggestion) -> Say:
    says = f"/khenthuong goiy {found.id}"
    buttons = (Button(_("Propose it"), f"{says} nhan"), Button(_("Not this time"), f"{says} khong"), LIST, HOME)
    return Say(suggesting.whole(visit, found), buttons=buttons)


# The two forms ----------------------------------------------------------------------------------

SUGGESTING = Form(
    "award_suggest",
    title=lambda answers, scene: _("Suggest an award"),
    fields=(
        Field(
            "whom",
            _("For"),
            _("Whom do {you} suggest?"),
            Suggested(suggesting.candidates),
            choices=suggesting.candidates,
            refuse=suggesting.still_there,
        ),
        Field(
            "group",
            _("Group"),
            _("What is the group called, and who is in it?"),
            Line(shortest=5, longest=200),
            example=_("the group that digitised the archive"),
            when=lambda answers, scene: answers.get("whom") == GROUP,
        ),
        Field(
            "merit",
            _("Merits"),
            _("What have they achieved? A sentence or two."),
            Paragraph(shortest=15, longest=2000),
            example=_("helped three colleagues sign documents digitally within a week"),
            long=True,
        ),
    ),
    send=lambda answers, scene: _("Send it to the head"),
    review=lambda answers, scene: [
        _(
            "Only {names} of {unit} reads this. Nobody else, {desk} neither, sees it unless it is proposed.",
            names=Joined([titled(each) for each in SuggestFacts.of(scene).readers]),
            unit=SuggestFacts.of(scene).unit_name,
            desk=scene.plan.office.desk,
        )
    ],
)


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Store the suggestion; the head hears of it."""
    found = suggesting.suggest(visit, answers)
    if not isinstance(found, AwardSuggestion):
        return keep_open(visit, Say([found], buttons=(LIST, HOME)))
    readers = suggesting.readers(visit, visit.me.unit)
    return Say(
        [
            _("✅ Sent: suggestion {n}, {name}.", n=found.id, name=found.name),
            *told(visit, [each.id for each in readers], _("The head is told once, and {you} hear what comes of it.")),
        ],
        buttons=(Button(_("Take the suggestion back"), f"/khenthuong goiy {found.id} rut"), LIST, HOME),
    )


DECLINING = Form(
    "award_decline",
    title=lambda answers, scene: _("Not proposed this time"),
    fields=(
        Field(
            "reason",
            _("Reason"),
            _("Is there anything to tell whoever has suggested it?"),
            MaybeLine(shortest=5, longest=300, none=_("none")),
            choices=award_fields.nothing(_("Without a reason")),
            example=_("it is proposed with the group at the end of the year"),
        ),
    ),
    send=lambda answers, scene: _("Answer it"),
)


def decline(visit: Visit, subject: str, answers: Answers) -> Say:
    """Answer the suggestion; whoever has made it is told."""
    found = suggesting.named(visit, subject)
    if found is None or not suggesting.decline(visit, found, str(answers.get("reason") or "")):
        now: list[Part] = [] if found is None else [suggesting.line(found)]
        return Say([_("This suggestion has been answered already:"), *now], buttons=(LIST, HOME))
    done = _("✅ Suggestion {n} is answered: not proposed this time.", n=found.id)
    return Say([done, *told(visit, [found.by], _("Whoever has suggested it is told once."))], buttons=(LIST, HOME))


# What both sides hear ---------------------------------------------------------------------------


def suggested(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the head; pointless once it was answered or taken back."""
    found = suggesting.named(visit, str(about["id"]))
    return None if found is None or found.state is not SuggestionState.WAITING else _asked(visit, found)


def answered(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell whoever has suggested it what has come of it."""
    found = suggesting.named(visit, str(about["id"]))
    if found is None or found.state not in (SuggestionState.TAKEN, SuggestionState.DECLINED):
        return None
    return Say([suggesting.line(found)], buttons=(LIST,))


SUGGEST = Conversation(
    "award_suggest",
    title=lambda plan, subject: _("Suggesting an award"),
    form=lambda plan: SUGGESTING,
    file=file,
    serves=allowed(May.REGISTER),
    facts=SuggestFacts,
)
DECLINE = Conversation(
    "award_decline",
    title=lambda plan, subject: _("Answering suggestion {n}", n=subject),
    form=lambda plan: DECLINING,
    file=decline,
    serves=suggesting.HEAD,
)
FEATURE = Feature(
    __name__,
    forms=(SUGGEST, DECLINE),
    notices=(
        Notice(SUGGESTED, suggested, suggesting.READER),
        Notice(SUGGESTION_ANSWERED, answered, suggesting.SUGGESTER),
    ),
)
