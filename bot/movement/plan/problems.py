"""What is wrong in a plan file: where, what, and what was expected. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.language import Part, _


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a plan file: where, what, and what was expected."""

    where: str
    what: Part
    expected: Part = ""


class BadPlan(Exception):
    """The plan file cannot be used; `problems` says everything that is wrong at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems, the first at {problems[0].where}")
        self.problems = tuple(problems)


def line_of(message: str) -> str:
    """Name the line that a TOML error speaks of."""
    return message[message.rindex("line") :].rstrip(")") if "line" in message else "TOML"


def problem(found: Any) -> Problem:
    """Turn an error of pydantic into a problem."""
    where = ""
    for step in found["loc"]:
        where += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if where else str(step)
    kind, given = found["type"], found.get("input")
    if kind == "missing":
        return Problem(where, _("this is missing"), _("a value for it"))
    if kind == "extra_forbidden":
        return Problem(where, _("this name is not known"), _("only the names that the sample plan uses"))
    if kind == "value_error":
        reason = str(found["ctx"]["error"])
        if reason == "factor":
            return Problem(where, _("«{given}» is not a number", given=str(given)), _('a factor, like "1/500"'))
        if reason == "month-day":
            return Problem(where, _("«{given}» is not a day", given=str(given)), _('month and day, like "11-10"'))
        place, _colon, what = reason.partition(": ")
        return Problem(f"{where} {place}".strip(), what or reason, _("codes and names that agree"))
    return Problem(where, _("«{given}» does not fit", given=str(given)[:60]), _EXPECTED.get(kind, found["msg"]))


_EXPECTED = {
    "int_parsing": _("a whole number"),
    "int_type": _("a whole number"),
    "decimal_parsing": _("a number"),
    "decimal_type": _("a number"),
    "string_type": _("text in quotes"),
    "bool_parsing": _("true or false"),
    "bool_type": _("true or false"),
    "time_parsing": _('an hour, like "08:00"'),
    "time_type": _('an hour, like "08:00"'),
    "tuple_type": _("a list"),
    "too_short": _("at least one entry"),
    "string_too_short": _("text in quotes, not empty"),
    "greater_than_equal": _("a larger number"),
    "less_than_equal": _("a smaller number"),
}
