"""Record a recognition: the decision's number, date and level, for one item or many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.conversation import DESK, HOME, Command, Conversation, Facts, Feature, Notice, Visit
from bot.dialogue import (
    Answers,
    Button,
    Choice,
    Day,
    Field,
    Form,
    Line,
    OneOf,
    Reading,
    Say,
    Scene,
    Value,
    Window,
    Wrong,
)
from bot.language import Count, Joined, Part, _, codes, fold
from bot.office.duties import item_texts
from bot.office.told import told
from storage import initiatives, recognitions
from storage.initiatives import AT_OFFICE, READY, ItemState


@dataclass(frozen=True)
class Codes:
    """Codes of items, as people type them: «012, 015» or whole codes."""

    free = True
    text = False
    digits = True

    def read(self, text: str, answers: Answers, scene: Scene) -> Reading:
        """Return the items meant, each of which must be received; a bare number is a code's, never a place in a list."""
        known: Mapping[str, str] = scene.facts["items"]
        found: list[str] = []
        said = codes.read_all(text)
        if not said:
            return Wrong(_("There is no item {code} this year or last that could be recognised.", code=text))
        for each in said:
            hits = each.among([*known, *scene.facts["early"]], scene.today.year)
            if len(hits) == 1 and hits[0] not in known:
                return Wrong(
                    _(
                        "{code} has not been received yet: please receive it first (/tiepnhan {code}), then record the recognition.",
                        code=hits[0],
                    )
                )
            if len(hits) != 1:
                return Wrong(_("There is no item {code} this year or last that could be recognised.", code=str(each)))
            found.append(hits[0])
        return Value(list(dict.fromkeys(found)))

    def show(self, value: Any, scene: Scene) -> Part:
        """Return codes with titles."""
        known: Mapping[str, str] = scene.facts["items"]
        return _("{items}", items=Joined([_("{code} «{title}»", code=c, title=known[c]) for c in value], "; "))


def candidates(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer received items, newest last, to be tapped."""
    return [Choice([code], code, f"{code} «{title}»") for code, title in scene.facts["ready"]]


def levels(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Return the levels of recognition of the plan."""
    return [Choice(level.code, level.name) for level in scene.plan.levels]


def registered(answers: Answers, scene: Scene) -> date | None:
    """Return the day on which the last of the items was registered: no decision recognises it before."""
    days: Mapping[str, date] = scene.facts["registered"]
    return max((days[code] for code in answers.get("items") or () if code in days), default=None)


def year_after(answers: Answers, scene: Scene) -> date | None:
    """Return the end of the year after the items' own."""
    years = [int(code.split("-")[1]) for code in answers.get("items") or ()]
    return date(min(years) + 1, 12, 31) if years else None


SIGNED = Window(
    registered, year_after, _("A decision is signed after the sheet was registered, in its year or the next.")
)
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
            example="125/QĐ-SXD",
        ),
        Field(
            "day", _("Date"), _("On which date was it signed?"), Day(ahead=False, believed=SIGNED), example="15/06/2027"
        ),
    ),
    send=lambda answers, scene: _("Record it"),
)


def facts(visit: Visit, subject: str) -> Facts:
    """Return the items of this year and the last that can be recognised."""

    def items() -> list[initiatives.Initiative]:
        years = (visit.said.year - 1, visit.said.year)
        found = [item for year in years for item in visit.tx.all(initiatives.OF_YEAR, year=year)]
        return [i for i in found if i.kind != "nv" and i.state in READY]

    return Facts(
        items=lambda: {item.code: item.title for item in items() if item.state in AT_OFFICE},
        early=lambda: [item.code for item in items() if item.state not in AT_OFFICE],
        registered=lambda: {item.code: item.at.date() for item in items()},
        ready=lambda: [(i.code, i.title) for i in items() if i.state == ItemState.RECEIVED][-8:],
    )


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Keep the recognition of every item; target III.4 counts it by the decision's date."""
    authors: list[int] = []
    for code in answers["items"]:
        item = visit.tx.one(initiatives.BY_CODE, code=code)
        assert item is not None
        recognitions.put(
            visit.tx,
            id=item.id,
            level=answers["level"],
            decision=answers["decision"],
            day=date.fromisoformat(answers["day"]),
            by=visit.me.id,
            now=visit.said,
        )
        if item.state != ItemState.RECOGNISED:
            initiatives.move(visit.tx, id=item.id, state=ItemState.RECOGNISED, now=visit.said)
        visit.note("recognised", code, decision=answers["decision"], level=answers["level"])
        involved = item_texts.involved(visit, item)
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
    """Answer «/congnhan 012» begins with the items answered, by name; «rut 012» takes a wrong recognition back."""
    verb, _space, rest = args.strip().partition(" ")
    if fold(verb) == "rut":
        return _take_back(visit, rest)
    if args.strip():
        reading = Codes().read(args, {}, visit.scene(facts(visit, "")))
        if isinstance(reading, Value):
            named = Codes().show(reading.value, visit.scene(facts(visit, "")))
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


def recorded(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Return the recognitions of the item, by level."""
    return [
        Choice(
            found.level,
            _("{level}, decision {decision}", level=scene.plan.level(found.level).name, decision=found.decision),
        )
        for found in scene.facts["recorded"]
    ]


TAKE_BACK_FORM = Form(
    "unrecognise",
    title=lambda answers, scene: _("Take back the recognition of {code}", code=scene.facts["code"]),
    fields=(
        Field(
            "level", _("Recognition"), _("Which recognition was recorded wrongly?"), OneOf(recorded), choices=recorded
        ),
        Field(
            "reason",
            _("Reason"),
            _("Why is it taken back? The authors read it."),
            Line(shortest=5, longest=300),
            example=_("recorded for the wrong sheet"),
        ),
    ),
    send=lambda answers, scene: _("Take it back"),
    review=lambda answers, scene: scene.facts["told"],
)


def taking_facts(visit: Visit, subject: str) -> Facts:
    """Return the item's recognitions."""
    item = visit.tx.one(initiatives.BY_CODE, code=subject)
    return Facts(
        code=lambda: subject,
        told=lambda: (
            told(visit, item_texts.involved(visit, item), _("The authors are told, with the reason.")) if item else []
        ),
        recorded=lambda: visit.tx.all(recognitions.OF_ITEM, id=item.id) if item is not None else [],
    )


def take_back(visit: Visit, subject: str, answers: Answers) -> Say:
    """Return the recognition is not there any more; the audit keeps what it was and why it went."""
    item = visit.tx.one(initiatives.BY_CODE, code=subject)
    assert item is not None
    found = visit.tx.all(recognitions.OF_ITEM, id=item.id)
    gone = next((each for each in found if each.level == answers["level"]), None)
    home = (Button(_("Record a recognition"), "/congnhan"), HOME)
    if gone is None:
        return Say([_("There is no recognition of {code} to take back.", code=subject)], buttons=home)
    recognitions.take_back(visit.tx, id=item.id, level=gone.level)
    if len(found) == 1:
        initiatives.move(visit.tx, id=item.id, state=ItemState.RECEIVED, now=visit.said)
    visit.note("recognition_taken_back", subject, decision=gone.decision, level=gone.level, reason=answers["reason"])
    involved = item_texts.involved(visit, item)
    for person in involved:
        visit.tell(person, TAKEN_BACK, code=subject, decision=gone.decision, reason=answers["reason"])
    return Say(
        [
            _("✅ Taken back: the recognition of {code} by decision {decision}.", code=subject, decision=gone.decision),
            *told(visit, involved, _("The authors are told once.")),
        ],
        buttons=home,
    )


def unrecognised(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the authors: what was recorded was a mistake."""
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
            *list(item_texts.sheet(visit, item))[1:2],
            *list(item_texts.sheet(visit, item))[-1:],
        ],
        buttons=(Button(_("See the sheet"), f"/cuatoi {item.code}"),),
    )


RECOGNISE_FORM = Conversation(
    "recognise",
    title=lambda plan, subject: _("Recording a recognition"),
    form=lambda plan: FORM,
    file=file,
    serves=DESK,
    facts=facts,
)
RECOGNISE = Command("congnhan", _("Record a recognition"), _("recognise"), run, DESK)
TAKE_BACK = Conversation(
    "unrecognise",
    title=lambda plan, subject: _("Taking back the recognition of {code}", code=subject),
    form=lambda plan: TAKE_BACK_FORM,
    file=take_back,
    serves=DESK,
    facts=taking_facts,
)
RECOGNISED = Notice("recognised", recognised, item_texts.INVOLVED)
TAKEN_BACK = Notice("unrecognised", unrecognised, item_texts.INVOLVED)
FEATURE = Feature(__name__, commands=(RECOGNISE,), forms=(RECOGNISE_FORM, TAKE_BACK), notices=(RECOGNISED, TAKEN_BACK))
