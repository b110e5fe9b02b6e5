"""The parts of a yearly report that can be given to somebody: the figures, each area, each section. Pure."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.dialogue import Choice
from bot.language import Count, Part, Words, _, fold, number
from bot.movement import Area, Plan

FIGURES = "targets"
"""The part that has the figures."""
_BETWEEN = re.compile(r"[,;\n]|\bvà\b|\band\b|\bva\b")


@dataclass(frozen=True, slots=True)
class ReportPart:
    """A part: its name, its page, and the questions of the report that it has."""

    code: str
    name: Part
    page: str
    fields: tuple[str, ...]


def note_on(target: str) -> str:
    """Return the code of the field that holds the comment on the figure of a target."""
    return f"{target}.note"


def parts_of(plan: Plan) -> Mapping[str, ReportPart]:
    """Return the parts of a plan's report by their codes, in their order."""
    asked = [target for target in plan.asked_about if target.asked and not target.of_office]
    found = {
        FIGURES: ReportPart(
            FIGURES,
            _("Figures of the targets"),
            FIGURES,
            tuple(code for t in asked for code in (t.code, note_on(t.code))),
        )
    }
    for page, part in plan.narrative:
        name = _("{code} {name}", code=part.code, name=part.short) if isinstance(part, Area) else part.name
        found[part.code] = ReportPart(part.code, name, page.code, (part.code,))
    return found if asked else {code: part for code, part in found.items() if code != FIGURES}


def part_of_field(plan: Plan, field: str) -> str:
    """Return the part that a question of the report belongs to; "" for none."""
    return next((part.code for part in parts_of(plan).values() if field in part.fields), "")


def offered(plan: Plan, taken: Collection[str]) -> list[Choice]:
    """Return what can be given: whole pages first, then each part that nobody writes yet."""
    free = [part for part in parts_of(plan).values() if part.code not in taken]
    choices: list[Choice] = []
    for page in plan.pages:
        codes = [part.code for part in free if part.page == page.code]
        if len(codes) > 1:
            name = _("«{page}», {n} parts", page=page.name, n=Count(len(codes)))
            choices.append(Choice(codes, name, also=page.name))
    return [*choices, *(Choice([part.code], part.name, also=part.code) for part in free)]


def read(plan: Plan, said: str, choices: Sequence[Choice], words: Words) -> list[str] | str:
    """Read «II.4, II.5», «1, 3», names of parts and pages; return their codes, or the piece that is none."""
    parts = parts_of(plan)
    found = list[str]()
    for piece in filter(None, (piece.strip(" .:«»") for piece in _BETWEEN.split(said))):
        known = next((part.code for part in parts.values() if fold(part.code) == fold(piece)), None)
        named = [
            choice for choice in choices if fold(piece) in (fold(words.say(choice.label)), fold(words.say(choice.also)))
        ]
        n = number(piece)
        if known is not None:
            found.append(known)
        elif named:
            found += list(named[0].value)
        elif n is not None and 1 <= n <= len(choices):
            found += list(choices[int(n) - 1].value)
        else:
            near = [
                part.code for part in parts.values() if len(piece) > 3 and fold(piece) in fold(words.say(part.name))
            ]
            if len(near) != 1:
                return str(piece)
            found += near
    codes: list[str] = [*dict.fromkeys(found)]
    return codes if codes else said
