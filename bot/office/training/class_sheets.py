"""The sheets of a class: what is asked of it, who stands in its list, and how it is said."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot.conversation import Visit
from bot.dialogue import Answers, Choice, Day, Field, Form, Line, OneOf, Scene, Window, start_of_movement
from bot.language import Count, Part, _
from bot.office.training.class_facts import ClassFacts
from bot.office.training.class_people import LISTED, PEOPLE, everybody
from storage.training import TrainingClass


def topics(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer the topics of the plan, and any other."""
    return [*(Choice(topic.code, topic.name) for topic in scene.plan.topics), Choice("", _("Another topic"))]


def _before_first(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """Refuse a last day before the first."""
    first = date.fromisoformat(answers["first"]) if answers.get("first") else None
    if first is None or date.fromisoformat(value) >= first:
        return None
    return _("The class begins on {first}; its last day cannot be before that.", first=first)


def _one_day(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer that it ends on the day on which it begins."""
    return [Choice(answers["first"], _("One day alone"))] if answers.get("first") else []


BELIEVED = Window(start_of_movement)
FIELDS = (
    Field("topic", _("Topic"), _("What is the class about?"), OneOf(topics), choices=topics),
    Field(
        "name",
        _("Name of the class"),
        _("What is the class called?"),
        Line(shortest=3, longest=200),
        example=_("Basic digital skills, first class"),
    ),
    Field(
        "first", _("First day"), _("On which day does the class begin?"), Day(believed=BELIEVED), example="12/05/2027"
    ),
    Field(
        "last",
        _("Until which day"),
        _("On which day does it end?"),
        Day(believed=BELIEVED),
        example="14/05/2027",
        refuse=_before_first,
        choices=_one_day,
    ),
    Field(
        "organiser",
        _("Held by"),
        _("Who holds the class?"),
        Line(shortest=2, longest=200),
        example=_("Centre of Digital Transformation"),
        skip=_("Name no organiser"),
    ),
)

ATTENDS = Field(
    "people",
    _("Who attends"),
    _(
        "Who attends? Names as in the list of people, a line each or separated by commas; the name of a unit means everybody of it."
    ),
    PEOPLE,
    example="Nông Văn Mẫu, Lý Thị Ví Dụ",
    choices=everybody,
)


def _reads(answers: Answers, scene: Scene) -> list[Part]:
    return [_("Who reads it: the office, the head of the unit, and whoever stands in the list of themselves.")]


OPEN_FORM = Form(
    "class_open",
    title=lambda answers, scene: _("A new class"),
    fields=(*FIELDS, replace(ATTENDS, skip=_("Leave the list for later"))),
    send=lambda answers, scene: _("Record the class"),
    review=_reads,
)
CHANGE_FORM = Form(
    "class_change",
    title=lambda answers, scene: _("Class {code}", code=ClassFacts.of(scene).subject.partition(":")[0]),
    fields=FIELDS,
    send=lambda answers, scene: _("Keep it so"),
    review=_reads,
)


def _already(answers: Answers, scene: Scene) -> list[Part]:
    """Say how many of those named stand in the list already."""
    known = {each.human or each.id for each in ClassFacts.of(scene).listed}
    again = sum((each.human or each.id) in known for each in ClassFacts.of(scene).able if each.id in answers["people"])
    return [_("{n} of them stand in the list already.", n=Count(again))] if again else []


ADD_FORM = Form(
    "class_add",
    title=lambda answers, scene: _("Adding to the list of {code}", code=ClassFacts.of(scene).subject),
    fields=(ATTENDS,),
    send=lambda answers, scene: _("Put them into the list"),
    review=_already,
)
OFF_FORM = Form(
    "class_off",
    title=lambda answers, scene: _("Taking off the list of {code}", code=ClassFacts.of(scene).subject),
    fields=(
        Field(
            "people",
            _("Who attends"),
            _("Who did not attend? Names as in the list, a line each or separated by commas."),
            LISTED,
            example="Nông Văn Mẫu",
        ),
    ),
    send=lambda answers, scene: _("Take them off"),
)


def days(first: date, last: date) -> Part:
    """Say one day, or from when until when."""
    return _("{day}", day=first) if first == last else _("{first} to {last}", first=first, last=last)


def whole(visit: Visit, found: TrainingClass) -> list[Part]:
    """Return what a class says of itself."""
    topic = next((each.name for each in visit.plan.topics if each.code == found.topic), None)
    lines: list[Part] = [_("Class {code}: {name}", code=found.code, name=found.name)]
    lines.append(_("Topic: {topic}", topic=topic or _("another one, which no target counts")))
    lines.append(_("Days: {days}", days=days(found.first, found.last)))
    if found.organiser:
        lines.append(_("Held by: {organiser}", organiser=found.organiser))
    if found.unit is not None:
        lines.append(_("Recorded by: {unit}", unit=found.unit_name))
    return lines
