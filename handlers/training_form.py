"""The forms of a class: opened, corrected, people put into its list and taken off."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.conversation import HOME, Conversation, Feature, Visit
from bot.dialogue import Answers, Button, Choice, Day, Field, Form, Line, OneOf, Say, Scene, Window, start_of_movement
from bot.language import Count, Part, _
from bot.office.training import keeping_classes
from bot.office.training.class_facts import KEEPERS, OF_CLASS, ClassFacts, of_subject, stamp
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
        example=_("Department of Science and Technology"),
        skip=_("Name no organiser"),
    ),
)


def _reads(answers: Answers, scene: Scene) -> list[Part]:
    return [_("Who reads it: the office, the head of the unit, and whoever stands in the list of themselves.")]


OPEN_FORM = Form(
    "class_open",
    title=lambda answers, scene: _("A new class"),
    fields=(
        *FIELDS,
        Field(
            "people",
            _("Who attends"),
            _(
                "Who attends? Names as in the list of people, a line each or separated by commas; the name of a unit means everybody of it."
            ),
            PEOPLE,
            example="Nông Văn Mẫu, Lý Thị Ví Dụ",
            choices=everybody,
            skip=_("Leave the list for later"),
        ),
    ),
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
    fields=(
        Field(
            "people",
            _("Who attends"),
            _(
                "Who attends? Names as in the list of people, a line each or separated by commas; the name of a unit means everybody of it."
            ),
            PEOPLE,
            example="Nông Văn Mẫu, Lý Thị Ví Dụ",
            choices=everybody,
        ),
    ),
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


# What they file -----------------------------------------------------------------------------------


def _see(code: str) -> tuple[Button, ...]:
    return (Button(_("See {code}", code=code), f"/taphuan {code}"), HOME)


def open_class(visit: Visit, subject: str, answers: Answers) -> Say:
    """Store a class with its list."""
    found = keeping_classes.open_class(visit, answers)
    n = Count(len(ClassFacts(visit, found.code).listed))
    return Say([_("✅ Recorded: {code}, with {n} people in its list.", code=found.code, n=n)], buttons=_see(found.code))


def change(visit: Visit, found: TrainingClass) -> Say:
    """Open a class to be corrected, as it stands."""
    answers: Answers = {
        "topic": found.topic,
        "name": found.name,
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
        "organiser": found.organiser or None,
    }
    return visit.open(CHANGING, f"{found.code}:{stamp(found)}", answers)


def _gone(found: TrainingClass | None) -> Say | None:
    """Say that a class was cancelled meanwhile."""
    if found is None or found.cancelled is None:
        return None
    return Say(
        [_("{code} was cancelled meanwhile, so nothing was changed.", code=found.code)], buttons=_see(found.code)
    )


def put_right(visit: Visit, subject: str, answers: Answers) -> Say:
    """Store what was corrected, unless somebody has changed the class meanwhile."""
    found = of_subject(visit, subject)
    assert found is not None
    if (gone := _gone(found)) is not None:
        return gone
    if stamp(found) != subject.partition(":")[2]:
        lines = [_("{code} has changed meanwhile, so nothing was written. It stands now:", code=found.code)]
        return Say([*lines, *whole(visit, found)], buttons=_see(found.code))
    keeping_classes.change(visit, found, answers)
    return Say([_("✅ {code} is corrected.", code=found.code)], buttons=_see(found.code))


def add(visit: Visit, subject: str, answers: Answers) -> Say:
    """Put people into the list."""
    found = of_subject(visit, subject)
    assert found is not None
    if (gone := _gone(found)) is not None:
        return gone
    new = Count(keeping_classes.put(visit, found, answers["people"]))
    n = Count(len(ClassFacts(visit, subject).listed))
    done = _("✅ {new} people were put into the list of {code}; it has {n}.", new=new, code=found.code, n=n)
    return Say([done], buttons=_see(found.code))


def take_off(visit: Visit, subject: str, answers: Answers) -> Say:
    """Take people off the list."""
    found = of_subject(visit, subject)
    assert found is not None
    if (gone := _gone(found)) is not None:
        return gone
    out = Count(keeping_classes.take_off(visit, found, answers["people"]))
    n = Count(len(ClassFacts(visit, subject).listed))
    done = _("✅ {out} people were taken off the list of {code}; it has {n}.", out=out, code=found.code, n=n)
    return Say([done], buttons=_see(found.code))


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


OPENING = Conversation(
    "class_open",
    title=lambda plan, subject: _("A new class"),
    form=lambda plan: OPEN_FORM,
    file=open_class,
    serves=KEEPERS,
    facts=ClassFacts,
)
CHANGING = Conversation(
    "class_change",
    title=lambda plan, subject: _("Class {code}", code=subject.partition(":")[0]),
    form=lambda plan: CHANGE_FORM,
    file=put_right,
    serves=OF_CLASS,
    facts=ClassFacts,
)
ADDING = Conversation(
    "class_add",
    title=lambda plan, subject: _("Adding to the list of {code}", code=subject),
    form=lambda plan: ADD_FORM,
    file=add,
    serves=OF_CLASS,
    facts=ClassFacts,
)
TAKING_OFF = Conversation(
    "class_off",
    title=lambda plan, subject: _("Taking off the list of {code}", code=subject),
    form=lambda plan: OFF_FORM,
    file=take_off,
    serves=OF_CLASS,
    facts=ClassFacts,
)
FEATURE = Feature(__name__, forms=(OPENING, CHANGING, ADDING, TAKING_OFF))
