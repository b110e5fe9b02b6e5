"""The questions by which the office asks: title, whom, until when, how often, and up to seven questions of its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.dialogue import (
    Answers,
    Choice,
    Day,
    Field,
    Line,
    OneOf,
    Reading,
    Scene,
    Unclear,
    Value,
    Window,
    Wrong,
    in_days,
)
from bot.language import Joined, Part, Text, Weekday, _, clean_line, person_names
from bot.office.requests import asked_ladder
from bot.office.requests.asking_facts import AskingFacts
from bot.office.roster.unit_answers import UnitsMeant

NO_LADDER = "-"
EVERY: Mapping[str, Text] = {
    "": _("Once"),
    "month": _("Every month"),
    "quarter": _("Every quarter"),
    "half": _("Every half-year"),
}


# Whom ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PeopleMeant:
    """People of the office by their whole names, separated by commas; a value is a list of posts."""

    free = True
    text = False
    digits = False

    def read(self, text: str, answers: Answers, scene: Scene) -> Reading:
        """Find each of them; a name of several is asked back."""
        everybody = AskingFacts.of(scene).everybody
        found: list[int] = []
        for piece in [
            each for each in clean_line(text.replace("\n", ",").replace(";", ",")).split(",") if each.strip()
        ]:
            meant = person_names.meant(piece.strip(), [(each.name, each) for each in everybody])
            hits = meant.sure or (meant.near if len(meant.near) == 1 else ())
            if len(hits) == 1:
                found.append(hits[0].id)
                continue
            if len(hits) > 1 and len(piece.strip()) == len(text.strip()):
                return Unclear(
                    _("Several people are called «{name}». Who is meant?", name=piece.strip()[:60]),
                    [Choice([each.id], _("{who} ({unit})", who=each.name, unit=each.unit_name)) for each in hits[:8]],
                )
            near = Joined([each.name for each in (hits or meant.near)[:8]])
            if hits or meant.near:
                return Wrong(
                    _("«{name}» may be: {names}. Please write the whole name.", name=piece.strip()[:60], names=near)
                )
            return Wrong(
                _(
                    "There is nobody called «{name}» on the list of people. Please write whole names, separated by commas.",
                    name=piece.strip()[:60],
                )
            )
        if not found:
            return Wrong(_("Please write whole names, separated by commas."))
        return Value(list(dict.fromkeys(found)))

    def show(self, value: Any, scene: Scene) -> Part:
        """Say the people by name."""
        names = {each.id: each.name for each in AskingFacts.of(scene).everybody}
        return _("{names}", names=Joined([names.get(id, _("somebody who has left")) for id in value]))


def whom(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer all units, units of some kind, some units, some people."""
    return [
        Choice("all", _("All units")),
        Choice("kinds", _("Units of one kind")),
        Choice("units", _("Some units")),
        Choice("people", _("Some people")),
    ]


def kinds(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer the kinds of unit of which there are any."""
    there = {unit.kind for unit in AskingFacts.of(scene).units}
    return [
        Choice(kind.code, f"{kind.name[:1].upper()}{kind.name[1:]}")
        for kind in scene.plan.unit_kinds
        if kind.code in there
    ]


def _when(of: str) -> Callable[[Answers, Scene], bool]:
    return lambda answers, scene: answers.get("whom") == of


WHOM: tuple[Field, ...] = (
    Field("whom", _("Goes to"), _("To whom does it go?"), OneOf(whom), choices=whom),
    Field(
        "kind", _("Kind of unit"), _("To the units of which kind?"), OneOf(kinds), choices=kinds, when=_when("kinds")
    ),
    Field(
        "units",
        _("Units"),
        _("To which units? Please write their codes or names, separated by commas."),
        UnitsMeant(),
        example=lambda answers, scene: _(
            "{units}", units=Joined([each.code for each in AskingFacts.of(scene).units[:2]])
        ),
        when=_when("units"),
    ),
    Field(
        "people",
        _("People"),
        _("To whom? Please write whole names, separated by commas."),
        PeopleMeant(),
        example=lambda answers, scene: _(
            "{names}", names=Joined([e.name for e in AskingFacts.of(scene).everybody[1:3]])
        ),
        when=_when("people"),
    ),
)


# Until when, how often ---------------------------------------------------------------------------


def days(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer one week and two."""
    found = AskingFacts.of(scene).last_days
    return [Choice(day.isoformat(), _("{weekday}, {day}", weekday=Weekday(day), day=day)) for day in found]


def beyond(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """Refuse a last day after the end of the movement."""
    bound = AskingFacts.of(scene).bound
    if date.fromisoformat(value) <= bound:
        return None
    return _("The last day can be {bound} at the latest: the movement ends then.", bound=bound)


def every(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer once and again."""
    return [Choice(code, label) for code, label in EVERY.items()]


def ladders(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer the plan's ladders, each by its rungs; and none."""
    plan = scene.plan
    found = []
    for code in asked_ladder.offered(plan):
        duties = (plan.reports, *plan.all_duties)
        duty = next((each.called for each in duties if each.ladder == code), code)
        label = _("As for {duty}", duty=duty)
        rungs = asked_ladder.said(plan, code)
        found.append(Choice(code, label, full=_("as for {duty} ({rungs})", duty=duty, rungs=rungs)))
    return [*found, Choice(NO_LADDER, _("Nobody is reminded"))]


DUE = Field(
    "due",
    _("Last day"),
    _("Until the end of which day should it be answered?"),
    Day(past=False, believed=Window(last=in_days(200))),
    choices=days,
    example=_("20/11"),
    refuse=beyond,
)
WHEN: tuple[Field, ...] = (
    DUE,
    Field(
        "every", _("How often"), _("Is it asked once, or does it come again by itself?"), OneOf(every), choices=every
    ),
    Field(
        "ladder",
        _("Reminders"),
        _("By which days are those reminded who have not answered?"),
        OneOf(ladders),
        choices=ladders,
    ),
)
TITLE = Field(
    "title",
    _("Title"),
    _("What is asked for? Please give it a title, as it stands in a letter."),
    Line(shortest=10, longest=160),
    example=_("Report on the use of digital signatures in the third quarter"),
)
