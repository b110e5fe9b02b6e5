"""What pydantic finds in a plan file, said in sentences of the catalogue: a table by its kinds of errors. Pure."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from bot.language import Part, Text, _
from bot.movement.plan.declared import choices, declared, expected, is_table, near
from bot.movement.plan.places import Path
from bot.movement.plan.problems import Clash

_Said = Callable[[Part, Mapping[str, Any]], Text]


def _no_number(given: Part, more: Mapping[str, Any]) -> Text:
    return _("{given} is not a number", given=given)


def _no_whole_number(given: Part, more: Mapping[str, Any]) -> Text:
    return _("{given} is not a whole number", given=given)


def _no_text(given: Part, more: Mapping[str, Any]) -> Text:
    return _("{given} is not text in quotes", given=given)


def _neither(given: Part, more: Mapping[str, Any]) -> Text:
    return _("{given} is neither true nor false", given=given)


def _no_hour(given: Part, more: Mapping[str, Any]) -> Text:
    return _("{given} is not an hour", given=given)


def _no_list(given: Part, more: Mapping[str, Any]) -> Text:
    return _("{given} is not a list", given=given)


def _no_table(given: Part, more: Mapping[str, Any]) -> Text:
    return _("{given} is not a table with names", given=given)


def _unknown_word(given: Part, more: Mapping[str, Any]) -> Text:
    if meant := near(more["input"], more["words"]):
        return _("{given} is not known here (is «{near}» meant?)", given=given, near=meant)
    return _("{given} is not known here", given=given)


def _nothing(given: Part, more: Mapping[str, Any]) -> Text:
    return _("nothing stands here")


def _no_fit(given: Part, more: Mapping[str, Any]) -> Text:
    return _("{given} does not fit", given=given)


SAID: Mapping[str, _Said] = {
    "missing": lambda given, more: _("this is missing"),
    "string_type": _no_text,
    "int_type": _no_whole_number,
    "int_parsing": _no_whole_number,
    "int_from_float": _no_whole_number,
    "decimal_type": _no_number,
    "decimal_parsing": _no_number,
    "finite_number": _no_number,
    "bool_type": _neither,
    "bool_parsing": _neither,
    "time_type": _no_hour,
    "time_parsing": _no_hour,
    "tuple_type": _no_list,
    "dict_type": _no_table,
    "model_type": _no_table,
    "literal_error": _unknown_word,
    "enum": _unknown_word,
    "none": _nothing,
    "blank": _nothing,
    "string_too_short": _nothing,
    "too_long": lambda given, more: _("this list has too many entries"),
    "long": lambda given, more: _("this text is too long: {n} characters", n=more["n"]),
    "lines": lambda given, more: _("this text has line breaks or signs that cannot be seen"),
    "unlike": lambda given, more: _("{given} cannot be used here", given=given),
    "small": lambda given, more: _("{given} is too small", given=given),
    "big": lambda given, more: _("{given} is too great", given=given),
    "month_day": lambda given, more: _("{given} is not a day of every year", given=given),
    "day_month": lambda given, more: _(
        "{given} names the day before the month (is «{near}» meant?)", given=given, near=more["near"]
    ),
    "factor": lambda given, more: _("{given} is not a factor", given=given),
}
"""By the kind of error: what is wrong, from the value and what pydantic says beside."""


def clashes(model: type[BaseModel], errors: Sequence[ErrorDetails]) -> list[Clash]:
    """Say everything that was found; a misspelt name is not said to be missing, too."""
    unknown = [_unknown_name(model, each["loc"], errors) for each in errors if each["type"] == "extra_forbidden"]
    meant = {each.meant for each in unknown}
    others = [each for each in errors if each["type"] != "extra_forbidden" and each["loc"] not in meant]
    return [*unknown, *(_clash(model, each) for each in others)]


def _clash(model: type[BaseModel], error: ErrorDetails) -> Clash:
    way, kind = error["loc"], error["type"]
    found = declared(model, way)
    if found is None:  # an index beyond a list of fixed length
        return Clash(way, SAID["too_long"]("", {}), _("a list in square brackets"))
    more = {**error.get("ctx", {}), "input": error["input"], "words": choices(found.kind)}
    said = SAID.get(kind, _no_fit)
    meant = more.get("near") or near(error["input"], more["words"])
    return Clash(way, said(shown(error["input"]), more), expected(found, way), absent=kind == "missing", word=meant)


def _unknown_name(model: type[BaseModel], way: Path, errors: Sequence[ErrorDetails]) -> Clash:
    *table, name = way
    holder = declared(model, tuple(table))
    names = list(holder.kind.model_fields) if holder is not None and is_table(holder.kind) else []
    missing = [str(each["loc"][-1]) for each in errors if each["type"] == "missing" and each["loc"][:-1] == way[:-1]]
    if meant := near(name, missing) or near(name, names):
        what = _("the name «{name}» is not known (is «{near}» meant?)", name=str(name), near=meant)
    elif table and name in model.model_fields:
        what = _("the name «{name}» belongs to the beginning of the file, before the first table", name=str(name))
    else:
        what = _("the name «{name}» is not known", name=str(name))
    expects = _("one of the names {names}", names=", ".join(names))
    return Clash(way, what, expects, meant=(*table, meant) if meant else ())


def shown(value: Any) -> Part:
    """Say a value as it stands in the file."""
    match value:
        case bool():
            return f"«{str(value).lower()}»"
        case dict():
            return _("a table")
        case list():
            return _("a list")
    text = str(value)
    return f"«{text}»" if len(text) <= 60 else f"«{text[:59]}…»"
