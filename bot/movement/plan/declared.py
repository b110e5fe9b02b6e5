"""What the models say of a place in the plan file: which values stand there, what is expected, an example. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bot.language import Joined, Part, _
from bot.movement.plan.places import Path
from bot.movement.plan.rules import Key, Rule

_PAIR = re.compile(r"[\w\".]+ = ")
"""What an example begins with that is a whole line."""


@dataclass(frozen=True)
class Declared:
    """A place in the plan file, as the models have it."""

    kind: Any
    """The type of the value, without what is annotated."""
    rule: Rule | None = None
    key: Key | None = None


def declared(model: type[BaseModel], way: Path) -> Declared | None:
    """Return what stands at the end of a way; None for a name that is not known."""
    found = Declared(model)
    for step in way:
        inside = _into(found.kind, step)
        if inside is None:
            return None
        found = inside
    return found


def keys(model: type[BaseModel]) -> Iterator[tuple[str, FieldInfo, Declared]]:
    """Yield the keys of a table, in their order."""
    for name, info in model.model_fields.items():
        yield name, info, _plain(info.annotation, info.metadata)


def _into(kind: Any, step: str | int) -> Declared | None:
    if is_table(kind):
        info = kind.model_fields.get(step)
        return None if info is None else _plain(info.annotation, info.metadata)
    inner = get_args(kind)
    if isinstance(step, int) and get_origin(kind) is tuple:
        return _plain(inner[0] if inner[-1] is Ellipsis else inner[min(step, len(inner) - 1)], ())
    return _plain(inner[-1], ()) if get_origin(kind) is dict else None


def _plain(kind: Any, said: Any) -> Declared:
    """Strip annotations and «or nothing»."""
    said = list(said)
    while True:
        if get_origin(kind) is Annotated:
            kind, *more = get_args(kind)
            said += more
        elif get_origin(kind) in (Union, UnionType):
            kind = next(each for each in get_args(kind) if each is not type(None))
        else:
            break
    rule = next((each for each in said if isinstance(each, Rule)), None)
    return Declared(kind, rule, next((each for each in said if isinstance(each, Key)), None))


def is_table(kind: Any) -> bool:
    """Whether values of this type are tables with known keys."""
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def tables_of(kind: Any) -> type[BaseModel] | None:
    """Return the model of a list's tables; None for any other type."""
    inner = get_args(kind)
    return inner[0] if get_origin(kind) is tuple and is_table(inner[0]) else None


def choices(kind: Any) -> list[str]:
    """Return the words of which one has to stand there; none where any may."""
    if get_origin(kind) is Literal:
        return [each for each in get_args(kind) if each]
    return [each.value for each in kind] if isinstance(kind, type) and issubclass(kind, Enum) else []


def expected(found: Declared, way: Path) -> Part:
    """Say what is expected at a place, as the end of «Expected: …»."""
    name = str(way[-1])
    if found.rule is not None:
        return found.rule.expected
    if words := choices(found.kind):
        return _("one of {words}", words=Joined([f'"{word}"' for word in words]))
    if is_table(found.kind) and len(way) == 1:
        return _("a table: the line [{name}] and its keys below it", name=name)
    if is_table(found.kind):
        return _("a table in curly brackets")
    if tables_of(found.kind) is not None and len(way) == 1:
        return _("at least one entry: the line [[{name}]] and its keys below it", name=name)
    if found.kind is dict or get_origin(found.kind) is dict:
        return _("names with their values, each as name = value")
    return _("a list in square brackets")


def example(model: type[BaseModel], way: Path) -> str:
    """Return a right line for a place: of it, or of what it stands in."""
    while way:
        found = declared(model, way)
        name = str(way[-1])
        if found is not None and isinstance(way[-1], str):
            if is_table(found.kind) and len(way) == 1:
                return f"[{name}]"
            if tables_of(found.kind) is not None and len(way) == 1:
                return f"[[{name}]]"
            if found.key is not None and found.key.example:
                return found.key.example if _PAIR.match(found.key.example) else f"{name} = {found.key.example}"
        way = way[:-1]
    return "first_year = 2026"


def near(said: object, words: list[str]) -> str:
    """Return the word that was probably meant; "" when none is like it."""
    found = get_close_matches(str(said).casefold(), [word.casefold() for word in words], 1, 0.6)
    return next((word for word in words if found and word.casefold() == found[0]), "")
