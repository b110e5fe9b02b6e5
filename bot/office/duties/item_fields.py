"""The questions of a sheet as the plan declares them: how each is asked, read and shown. Pure; they look at `RegisterFacts`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.dialogue import Answers, Choice, Day, Expected, Field, Files, Line, Money, Number, OneOf, Paragraph, Scene
from bot.language import First, Part, Units, _
from bot.movement import FieldType, ItemField, ItemKind
from bot.office.duties.registering import RegisterFacts
from bot.office.duties.registration_answers import (
    APPLIED,
    AUTHOR_SHARES,
    IN_MOVEMENT,
    areas,
    colleagues,
    heard_authors,
    me_or_unit,
    of_other_units,
    only_me,
    quarters,
    quarters_or_open,
    see_similar,
    similar,
    unmarked,
)


@dataclass(frozen=True)
class Colleague(OneOf):
    """One of the people of the unit; who has left it since is still called by name."""

    def show(self, value: Any, scene: Scene) -> Part:
        """Say the person with their title, as the choice does."""
        offered = self.choices({}, scene)
        if any(choice.value == value for choice in offered):
            return super().show(value, scene)
        roster = RegisterFacts.of(scene).roster
        return next((name for id, name, _place in roster if id == value), _("somebody who has left"))


def fields_of(kind: ItemKind) -> tuple[Field, ...]:
    """Return all that the sheet of a kind asks, in its order."""
    longer = next((each.label for each in kind.asked if each.type is FieldType.PARAGRAPH), "")
    title = Field(
        "title",
        _("Title"),
        _("Please give the title of the {kind}, {you_name}.", kind=kind.short),
        Line(shortest=10, rest=longer),
        example=kind.example,
        flag=unmarked,
        ask_again=similar,
        beside=see_similar,
        keep=_("Register all the same"),
    )
    area = Field(
        "area",
        _("Area"),
        _("{kind}: which area of the movement does it serve?", kind=First(kind.short)),
        OneOf(areas),
        choices=areas,
    )
    now = [field_of(kind, each) for each in kind.asked if each.required]
    later = [replace(field_of(kind, each), later=True) for each in kind.asked if not each.required]
    return (title, area, *now, *later)


def field_of(kind: ItemKind, asked: ItemField) -> Field:
    """Return a question of the plan as a field of a form."""
    plain = Field(
        asked.code, asked.label, asked.question, Line(), example=asked.example, refuse=_another_type(kind, asked)
    )
    skip = None if asked.required else _("Add later")
    return replace(plain, skip=skip, **_AS[asked.type](kind, asked))


def answered_as(asked: ItemField) -> Mapping[str, Any]:
    """Return how a question is asked and read whose answer hangs on no kind: what a field takes beside its words."""
    return _AS[asked.type](NO_KIND, asked)


def _another_type(kind: ItemKind, asked: ItemField) -> Callable[[Any, Answers, Scene], Part | None]:
    """Refuse what was answered while the plan asked something else under this code."""
    shape = int if asked == kind.whose and kind.authors == "charge" else SHAPES[asked.type]

    def refuse(value: Any, answers: Answers, scene: Scene) -> Part | None:
        return None if isinstance(value, shape) else _("This question was another one when it was answered.")

    return refuse


NO_KIND = ItemKind.model_construct(code="", prefix="", name="", short="", authors="people")
SHAPES: Mapping[FieldType, type | tuple[type, ...]] = {
    FieldType.LINE: str,
    FieldType.PARAGRAPH: (str, dict),
    FieldType.NUMBER: str,
    FieldType.MONEY: str,
    FieldType.DATE: str,
    FieldType.PERIOD: str,
    FieldType.CHOICE: str,
    FieldType.PERSON: int,
    FieldType.AUTHORS: (str, list),
    FieldType.FILES: dict,
}
"""What an answer of each type is in JSON."""


def _whose(kind: ItemKind, asked: ItemField) -> Mapping[str, Any]:
    if kind.authors == "charge":
        return _colleague(kind, asked)
    offered = me_or_unit if kind.authors == "people_or_unit" else only_me
    return {
        "kind": AUTHOR_SHARES,
        "choices": offered,
        "echo": heard_authors,
        "ask_again": of_other_units,
        "keep": _("Record it all the same"),
    }


def _colleague(kind: ItemKind, asked: ItemField) -> Mapping[str, Any]:
    return {"kind": Colleague(colleagues), "choices": colleagues}


def _choice(kind: ItemKind, asked: ItemField) -> Mapping[str, Any]:
    offered = tuple(Choice(label, label) for label in asked.choices)
    return {"kind": OneOf(lambda answers, scene: offered), "choices": lambda answers, scene: offered}


_AS: Mapping[FieldType, Callable[[ItemKind, ItemField], Mapping[str, Any]]] = {
    FieldType.LINE: lambda kind, asked: {"kind": Line()},
    FieldType.PARAGRAPH: lambda kind, asked: {"kind": Paragraph(), "long": True, "files": True},
    FieldType.NUMBER: lambda kind, asked: {"kind": Number(Units(asked.unit))},
    FieldType.MONEY: lambda kind, asked: {"kind": Money()},
    FieldType.DATE: lambda kind, asked: {"kind": Day(past=asked.past, believed=IN_MOVEMENT)},
    FieldType.PERIOD: lambda kind, asked: {
        "kind": Expected(believed=APPLIED),
        "choices": quarters_or_open if asked.required else quarters,
    },
    FieldType.CHOICE: _choice,
    FieldType.PERSON: _colleague,
    FieldType.AUTHORS: _whose,
    FieldType.FILES: lambda kind, asked: {"kind": Files(), "files": True},
}
"""How each type is asked: a new one is a row here and in `SHAPES`."""
