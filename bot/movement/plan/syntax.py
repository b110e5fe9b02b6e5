"""Reading the plan file as TOML: what is wrong is said as of any other mistake, with its line. Pure."""

import re
import tomllib
from collections.abc import Sequence
from typing import Any

from bot.language import Text, _
from bot.movement.plan.problems import Problem

MOST = 20
"""So many mistakes of writing are looked for: after these the rest is hardly a plan."""

_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_PAIR = re.compile(r"\s*[\w\"'.-]+\s*=(?!\s*[\[{]\s*$)")
"""A pair whose value ends on its line."""


def toml(text: str) -> tuple[dict[str, Any] | None, str, list[Problem]]:
    """Return the values, the text they stand in, and what is wrong: a line that cannot be read is passed over."""
    problems: list[Problem] = []
    while True:
        try:
            return tomllib.loads(text), text, problems
        except tomllib.TOMLDecodeError as error:
            line, problem = _problem(str(error), text.split("\n"))
            problems.append(problem)
            rest = _without(text, line)
        except RecursionError:
            return None, text, [Problem("TOML", _("lists stand in lists too deeply"), _("what the sample has"), line=1)]
        if rest is None or len(problems) == MOST:
            return None, text, problems
        text = rest


def _without(text: str, line: int) -> str | None:
    """Skip one line; None where the mistake may have begun before it."""
    lines = text.split("\n")
    if not _PAIR.match(lines[line - 1]):
        return None
    lines[line - 1] = ""
    return "\n".join(lines)


def _problem(message: str, lines: Sequence[str]) -> tuple[int, Problem]:
    place = _PLACE.search(message)
    line = int(place[1]) if place is not None and place[1] else len(lines)
    while line > 1 and not lines[line - 1].strip():
        line -= 1  # the end of a text is behind its last line
    shown = lines[line - 1].strip()
    curled = re.search("[“”‘’]", shown) is not None
    said = (each for each in _SAID if re.match(each[0], message) and (curled or each[0] != _CURLED))
    _pattern, what, expected, example = next(said)
    return line, Problem(f"«{shown[:60]}»", what, expected, example, line)


_CURLED = "Invalid value|Invalid initial character|Illegal character|Expected|Invalid statement"
"""What a text reads like whose quotation marks were curled by a word processor."""

_SAID: tuple[tuple[str, Text, Text, str], ...] = (
    (
        _CURLED,
        _("the quotation marks are curled: a word processor has changed them"),
        _("straight quotation marks"),
        'name = "Chuyển đổi số"',
    ),
    (
        "Cannot overwrite a value|Duplicate inline table key",
        _("this name stands twice in the same place"),
        _("each name once"),
        "first_year = 2026",
    ),
    (
        "Cannot declare|Cannot redefine|Cannot mutate",
        _("this table stands in the file already"),
        _("each table once in single brackets; entries of a list in double brackets"),
        "[[areas]]",
    ),
    (
        "Expected '=' after|Invalid statement|Invalid initial character",
        _("this line is neither a name with its value nor a table"),
        _("a name, the sign =, a value; or a table in brackets"),
        "first_year = 2026",
    ),
    (
        r"Expected '\]",
        _("the brackets of this table are not closed"),
        _("as many brackets at the end as at the beginning"),
        "[[areas]]",
    ),
    (
        "Expected newline or end of document",
        _("more stands behind the value than one value"),
        _("one value a line; text in quotes"),
        'name = "Chuyển đổi số"',
    ),
    (
        "Unclosed array|Unclosed inline table",
        _("a list or a table before here is not closed"),
        _("a closing bracket, and commas between the entries"),
        "years = [2027, 2030]",
    ),
    (
        r"Illegal character '\\n'|Unterminated string|Expected '\"|Expected \"",
        _("the quotation marks of this text are not closed"),
        _("quotation marks at both ends"),
        'name = "Chuyển đổi số"',
    ),
    (
        "Unescaped|Invalid hex|Escaped character",
        _("the sign \\ cannot stand like this in double quotes"),
        _("text without \\, or in single quotes"),
        "name = 'Chuyển đổi số'",
    ),
    (
        "Invalid date",
        _("this is no date that there is"),
        _("month and day in quotes, the month first"),
        'cutoff = "10-31"',
    ),
    (
        "Illegal character",
        _("a sign that cannot be seen stands here"),
        _("only letters, digits, signs"),
        'code = "II.1"',
    ),
    (
        "Invalid value",
        _("this value cannot be read"),
        _("text in quotes, a number, true or false, or a list in square brackets"),
        'name = "Chuyển đổi số"',
    ),
    ("", _("this cannot be read as TOML"), _("what the sample has"), "first_year = 2026"),
)
"""The beginning of what `tomllib` says, what is wrong, what is expected, and a right line."""
