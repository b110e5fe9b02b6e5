"""Reading a plan file with every mistake in one go: writing, values, and what does not agree. Pure."""

from collections.abc import Collection, Mapping
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import TypeAdapter, ValidationError

from bot.movement.plan import agreement
from bot.movement.plan.as_read import AsRead
from bot.movement.plan.before import as_it_was
from bot.movement.plan.declared import declared, example, is_table, keys, tables_of
from bot.movement.plan.findings import clashes
from bot.movement.plan.places import Path, places
from bot.movement.plan.problems import Clash, Problem
from bot.movement.plan.rules import KEPT
from bot.movement.plan.syntax import toml

if TYPE_CHECKING:
    from bot.movement.plan.plan import Plan


def read(
    model: "type[Plan]", text: str, commands: Collection[str] | None = None, *, kept: bool = False
) -> "tuple[Plan | None, list[Problem]]":
    """Return the plan, where it can be built, and everything that is wrong in the order of its lines."""
    data, readable, problems = toml(text)
    if data is None:
        return None, problems
    if kept:
        data = as_it_was(data)
    plan, found = None, list[Clash]()
    try:
        plan = model.model_validate(data, context=KEPT if kept else None)
    except ValidationError as error:
        found = clashes(model, error.errors(include_url=False))
    if problems:  # what stands on a line that was passed over is neither missing nor does it disagree
        found = [each for each in found if not each.absent]
    elif not kept:
        said = {way for each in found for way in (each.way, each.meant)}
        others = agreement.clashes(_as_read(model, data, plan), commands)
        found += [each for each in others if each.way not in said]
    if not found and not problems:
        return plan, []
    lines, last = places(readable), readable.rstrip().count("\n") + 1
    problems += [_problem(model, each, data, lines, last) for each in found]
    told = {(each.line, each.where, each.what): each for each in sorted(problems, key=lambda each: each.line)}
    return plan, list(told.values())


# What can be looked at beside mistakes ----------------------------------------------------------


def _as_read(model: "type[Plan]", data: Mapping[str, Any], plan: "Plan | None") -> AsRead:
    """Return what could be read: entries without their wrong keys, lists without the entries that need these."""
    if plan is not None:
        places_of = {id(piece): (name, n) for name, value in plan for n, piece in enumerate(_pieces(value))}
        return AsRead(plan, data, frozenset(), places_of)
    values, ways, unread = dict[str, Any](), dict[int, Path](), set[str]()
    for name, info, found in keys(model):
        given = data.get(name)
        if (inner := tables_of(found.kind)) is not None:
            entries = enumerate(given if isinstance(given, list) else ())
            pieces = [(n, piece) for n, each in entries if (piece := _value(inner, each)) is not None]
            ways |= {id(piece): (name, n) for n, piece in pieces}
            values[name] = tuple(piece for _n, piece in pieces)
            unread |= set() if isinstance(given, list) or name not in data else {name}
        elif (value := _value(Annotated[info.annotation, *info.metadata], given)) is not None:
            values[name] = value
        elif name in data or info.is_required():
            unread.add(name)
    return AsRead(model.model_construct(**values), data, frozenset(unread), ways)


def _pieces(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) and value and is_table(type(value[0])) else ()


_reader = cache(TypeAdapter)


def _value(kind: Any, given: Any) -> Any:
    """Return a value, a table without its wrong keys; None where it cannot be read."""
    reader = _reader(kind)
    try:
        return reader.validate_python(given)
    except ValidationError as error:
        wrong = {each["loc"][0] for each in error.errors(include_url=False) if each["loc"]}
    if not isinstance(given, dict) or not wrong & given.keys():
        return None
    return _value(kind, {key: value for key, value in given.items() if key not in wrong})


# Where it stands --------------------------------------------------------------------------------


def _problem(model: "type[Plan]", clash: Clash, data: Any, lines: Mapping[Path, int], last: int) -> Problem:
    way, line = clash.way, 0
    while not line and way:
        line, way = lines.get(way, 0), way[:-1]
    if not line:
        line = _place_for(model, clash.way, lines, last)
    right = example(model, clash.meant or clash.way)
    if clash.word and isinstance(clash.way[-1], str):
        right = f'{clash.way[-1]} = "{clash.word}"'
    return Problem(_where(clash.way, data), clash.what, clash.expected, right, line)


def _place_for(model: "type[Plan]", way: Path, lines: Mapping[Path, int], last: int) -> int:
    """Return the line at which something of the file's own would be put: names stand before the first table."""
    found = declared(model, way[:1])
    if found is None or is_table(found.kind) or tables_of(found.kind) is not None:
        return last
    return min((line for (name, *rest), line in lines.items() if rest), default=last)


def _where(way: Path, data: Any) -> str:
    """Name a place: «[[duties]] «results», opens»; an entry without a code by its number."""
    said = ""
    value = data
    for n, step in enumerate(way):
        inner = value[step] if _has(value, step) else None
        if isinstance(step, int):
            code = inner.get("code") or inner.get("target") if isinstance(inner, dict) else None
            said += f" «{code}»" if isinstance(code, str) and code else f" {step + 1}"
        elif n == 0 and isinstance(inner, list) and inner and isinstance(inner[0], dict):
            said = f"[[{step}]]"
        elif n == 0 and isinstance(inner, dict):
            said = f"[{step}]"
        else:
            said += f" {step}"
        value = inner
    return said.strip()


def _has(value: Any, step: str | int) -> bool:
    return step in value if isinstance(value, dict) else isinstance(value, list) and 0 <= int(step) < len(value)
