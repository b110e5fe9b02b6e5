"""Record a recognition: the decision's number, date and level, for one item or many."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.conversation import DESK, HOME, Command, Conversation, Feature, Notice, Visit
from bot.dialogue import Answers, Button, Choice, Day, Field, Form, Line, OneOf, Say, Scene, Value, Wrong
from bot.language import Count, _, fold
from bot.office.duties import item_sheet, item_texts, recognition
from bot.office.duties.recognition import SIGNED, Codes, RecogniseFacts, TakeBackFacts, levels, recorded
from bot.office.told import told
from storage import initiatives
from storage.initiatives import ItemState


def candidates(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer received items, newest last, to be tapped."""
    return [Choice([code], code, f"{code} «{title}»") for code, title in RecogniseFacts.of(scene).ready]


FORM = Form(
    "recognise",
    title=lambda answers, scene: _("Record a recognition"),
    fields=(
        Field(
            "items",
            _("Items"),
            _("Which items does the decision recognise?"),
            Codes(),
            choices=candidates,
            example="012, 015",
        ),
        Field("level", _("Level"), _("At which level?"), OneOf(levels), choices=levels),
        Field(
            "decision",
            _("Decision"),
            _("What is the number of the decision?"),
            Line(shortest=3, longest=80),
            example=_("125/QĐ-{sign}"),
        ),
        Field(
            "day", _("Date"), _("On which date was it signed?"), Day(ahead=False, believed=SIGNED), example="15/06/2027"
        ),
    ),
    send=lambda answers, scene: _("Record it"),
)


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Store the recognition of every item; target III.4 counts it by the decision's date."""
    authors: list[int] = []
    for code in answers["items"]:
        involved = recognition.record(visit, code, answers)
        for person in involved:
            visit.tell(person, RECOGNISED, code=code)
        authors += involved
    return Say(
        [
            _(
                "✅ Recorded: {n} items recognised by decision {decision}.",
                n=Count(len(answers["items"])),
                decision=answers["decision"],
            ),
            *told(visit, authors, _("The authors are told once.")),
        ],
        buttons=(
            Button(_("Yearly summary"), "/tonghop"),
            *(Button(_("Take back {code}", code=code), f"/congnhan rut {code}") for code in answers["items"][:6]),
            HOME,
        ),
    )


def run(visit: Visit, args: str) -> Say:
    """Answer «/congnhan 012», which begins with the items answered; «rut 012» takes a wrong recognition back."""
    verb, _space, rest = args.strip().partition(" ")
    if fold(verb) == "rut":
        return _take_back(visit, rest)
    if args.strip():
        scene = visit.scene(RecogniseFacts(visit, ""))
        reading = Codes().read(args, {}, scene)
        if isinstance(reading, Value):
            named = Codes().show(reading.value, scene)
            return visit.open(RECOGNISE_FORM, "", {"items": reading.value}, _("Noted: {value}.", value=named))
        if isinstance(reading, Wrong):
            return visit.open(RECOGNISE_FORM, "", None, reading.why)
    return visit.open(RECOGNISE_FORM)


# Taking back ----------------------------------------------------------------------------------


def _take_back(visit: Visit, said: str) -> Say:
    item = item_texts.find(visit, said, lambda item: item.state == ItemState.RECOGNISED)
    if item is None or item.state != ItemState.RECOGNISED:
        return Say(
            [_("There is no recognition of {code} to take back.", code=said or "?")],
            buttons=(Button(_("Record a recognition"), "/congnhan"), HOME),
        )
    return visit.open(TAKE_BACK, item.code)


TAKE_BACK_FORM = Form(
    "unrecognise",
    title=lambda answers, scene: _("Take back the recognition of {code}", code=TakeBackFacts.of(scene).code),
    fields=(
        Field(
            "level", _("Recognition"), _("Which recognition was recorded wrongly?"), OneOf(recorded), choices=recorded
        ),
        Field(
            "reason",
            _("Reason"),
            _("Why is it taken back? The authors and the head of their unit read it."),
            Line(shortest=5, longest=300),
            example=_("recorded for the wrong sheet"),
        ),
    ),
    send=lambda answers, scene: _("Take the recognition back"),
    review=lambda answers, scene: TakeBackFacts.of(scene).told,
)


def take_back(visit: Visit, subject: str, answers: Answers) -> Say:
    """Delete the recognition, and tell the authors and the head of their unit why."""
    taken = recognition.take_back(visit, subject, answers["level"], answers["reason"])
    home = (Button(_("Record a recognition"), "/congnhan"), HOME)
    if taken is None:
        return Say([_("There is no recognition of {code} to take back.", code=subject)], buttons=home)
    gone, concerned = taken
    for person in concerned:
        visit.tell(person, TAKEN_BACK, code=subject, decision=gone.decision, reason=answers["reason"])
    return Say(
        [
            _("✅ Taken back: the recognition of {code} by decision {decision}.", code=subject, decision=gone.decision),
            *told(visit, concerned, _("The authors and the head of their unit are told once.")),
        ],
        buttons=home,
    )


def unrecognised(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the authors and the head: what was recorded was a mistake, and counts no more for the unit."""
    item = visit.tx.one(initiatives.BY_CODE, code=about["code"])
    if item is None:
        return None
    return Say(
        [
            _(
                "The recognition of {code} by decision {decision} was recorded by mistake and has been taken back. Reason: «{reason}».",
                code=item.code,
                decision=about["decision"],
                reason=about["reason"],
            )
        ],
        buttons=(Button(_("See the sheet"), f"/cuatoi {item.code}"),),
    )


def recognised(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the authors: their item has been recognised."""
    item = visit.tx.one(initiatives.BY_CODE, code=about["code"])
    if item is None or item.state != ItemState.RECOGNISED:
        return None
    return Say(
        [
            _("✅ {code} has been recognised.", code=item.code),
            *list(item_sheet.sheet(visit, item))[1:2],
            *list(item_sheet.sheet(visit, item))[-1:],
        ],
        buttons=(Button(_("See the sheet"), f"/cuatoi {item.code}"),),
    )


RECOGNISE_FORM = Conversation(
    "recognise",
    title=lambda plan, subject: _("Recording a recognition"),
    form=lambda plan: FORM,
    file=file,
    serves=DESK,
    facts=RecogniseFacts,
)
OF_RECORD = {_("recognise|recognise it"): "{item}"}
RECOGNISE = Command("congnhan", _("Record a recognition"), _("recognise"), run, DESK, of_record=OF_RECORD)
TAKE_BACK = Conversation(
    "unrecognise",
    title=lambda plan, subject: _("Taking back the recognition of {code}", code=subject),
    form=lambda plan: TAKE_BACK_FORM,
    file=take_back,
    serves=DESK,
    facts=TakeBackFacts,
)
RECOGNISED = Notice("recognised", recognised, item_texts.INVOLVED)
TAKEN_BACK = Notice("unrecognised", unrecognised, item_texts.CONCERNED)
FEATURE = Feature(__name__, commands=(RECOGNISE,), forms=(RECOGNISE_FORM, TAKE_BACK), notices=(RECOGNISED, TAKEN_BACK))
