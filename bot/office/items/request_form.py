"""The form of a request for recognition: what is missing of the sheet, the plan's later questions, what is an author's own. Pure."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.dialogue import Answers, Choice, Day, Field, Form, Line, Scene, Window, in_days
from bot.language import Joined, Part, Weekday, _
from bot.movement import ItemKind
from bot.office.duties.item_fields import field_of
from bot.office.items.requesting import RecognitionRequestFacts


def too_old(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """Refuse a first application so long ago that recognition is not asked for any more."""
    facts = RecognitionRequestFacts.of(scene)
    day = date.fromisoformat(value)
    last = facts.until(day)
    if facts.supplement is not None or last >= scene.today:
        return None
    return _(
        "Recognition is asked for within {n} months of the first application; from {day} that was until the end of {last}. If another day is meant, please write it, for example: {example}",
        n=facts.within,
        day=day,
        last=last,
        example=f"{scene.today:%d/%m/%Y}",
    )


def heard_day(value: Any, answers: Answers, scene: Scene) -> Sequence[Part]:
    """Say until when recognition may be asked for, by that day."""
    last = RecognitionRequestFacts.of(scene).until(date.fromisoformat(value))
    return [
        _("Noted: {day}.", day=date.fromisoformat(value)),
        _("Its recognition may be asked for until the end of {day} ({weekday})", day=last, weekday=Weekday(last)),
    ]


def own_unit(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer the unit that the sheet belongs to."""
    item = RecognitionRequestFacts.of(scene).item
    return [] if item is None else [Choice(item.unit_name, item.unit_name)]


def application_fields(asked: bool) -> tuple[Field, ...]:
    """Return the two questions about the first application; `asked` even where it is known already."""
    missing = None if asked else _applied_missing
    return (
        Field(
            "day",
            _("Applied first"),
            _("On which day was it applied first, were it on trial? The earlier one counts."),
            Day(ahead=False, believed=Window(in_days(-730))),
            example="15/03/2027",
            when=missing,
            refuse=None if asked else too_old,
            ask_again=too_old if asked else None,
            echo=heard_day,
        ),
        Field(
            "place",
            _("Where"),
            _("Where was it applied first?"),
            Line(shortest=2, longest=200),
            choices=own_unit,
            example=_("the one-stop desk"),
            when=missing,
        ),
    )


def _applied_missing(answers: Answers, scene: Scene) -> bool:
    return RecognitionRequestFacts.of(scene).applied is None


def _mine(answers: Answers, scene: Scene) -> bool:
    return RecognitionRequestFacts.of(scene).asks_details


def notice(answers: Answers, scene: Scene) -> Sequence[Part]:
    """Ask for the birth date, and say what for, who reads it, and how it goes away."""
    return [
        _("The form of a request asks the birth date of each author. What is {you}r birth date?"),
        _(
            "It is used for requests of recognition only; {desk} and nobody else reads it, and it is erased when {you} withdraw {you}r agreement or ask for it (/xoadulieu). It may be left to the paper.",
            desk=scene.plan.office.desk,
        ),
    ]


DETAIL_FIELDS = (
    Field(
        "born",
        _("Birth date"),
        notice,
        Day(ahead=False, believed=Window(in_days(-366 * 70), in_days(-365 * 18))),
        example="05/11/1985",
        when=_mine,
        skip=_("Left to the paper"),
    ),
    Field(
        "degree",
        _("Degree"),
        _("What is {you}r professional degree, as the form of a request asks it?"),
        Line(shortest=2, longest=100),
        example=_("civil engineer"),
        when=_mine,
        skip=_("Left to the paper"),
    ),
)


def form_of(kind: ItemKind, code: str) -> Form:
    """Return the request of a kind."""
    return Form(
        code,
        title=lambda answers, scene: _("Ask for recognition: {kind}", kind=kind.short),
        fields=(
            *application_fields(asked=False),
            *(field_of(kind, each) for each in kind.asked_at("request")),
            *DETAIL_FIELDS,
        ),
        send=lambda answers, scene: _("Send the request to the office"),
        head=_head,
        sheet_head=_head,
        review=_review,
    )


def _head(answers: Answers, scene: Scene) -> Part:
    item = RecognitionRequestFacts.of(scene).item
    return _("Request for recognition of {code}", code="" if item is None else item.code)


def _review(answers: Answers, scene: Scene) -> Sequence[Part]:
    facts = RecognitionRequestFacts.of(scene)
    lines: list[Part] = []
    if facts.item is not None:
        lines.append(_("«{title}»", title=facts.item.title))
    if facts.supplement is not None:
        lines.append(_("To be added: «{what}»", what=facts.supplement.what))
    if facts.others:
        lines.append(
            _("Birth date and degree of {names} are asked in their own chats.", names=Joined(list(facts.others)))
        )
    lines.append(
        _(
            "Who can read it: its authors, the head of the unit, the office, the leaders; birth dates and degrees only the office."
        )
    )
    return lines
