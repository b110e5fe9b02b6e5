"""Which areas a note is likely about: those first whose words it shares. Pure."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from bot.language import fold, has_marks
from bot.movement import Area, Plan, Section

NAMED, TOLD, ALONE = 4, 2, 3
"""What it is worth that two words stand together in an area's name, in what is told of it; a word that no other name has."""


def likely(plan: Plan, text: str) -> Sequence[Area]:
    """Return every area of the plan, the likely ones first; equal ones in the plan's order."""
    read = str.casefold if has_marks(text) else fold
    said, pairs = set(_words(read(text))), _pairs(read(text))
    names = {area.code: read(f"{area.name} . {area.short}") for area in plan.areas}
    in_names = Counter(word for name in names.values() for word in set(_words(name)))

    def score(area: Area) -> int:
        name = names[area.code]
        told = _pairs(read(" . ".join((*area.aims, area.example))))
        alone = {word for word in _words(name) if in_names[word] == 1}
        return NAMED * len(_pairs(name) & pairs) + TOLD * len(told & pairs) + ALONE * len(alone & said)

    return sorted(plan.areas, key=score, reverse=True)


def sections(plan: Plan) -> Sequence[Section]:
    """Return the sections of the report that are drafted from notes: a note may be for one of them as for an area."""
    return [section for section in plan.sections if section.draft == "notes"]


def _words(text: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in text).split()


def _pairs(text: str) -> frozenset[tuple[str, str]]:
    """Return the pairs of words of a text: a Vietnamese word is mostly two of them, and one alone says little."""
    return frozenset(pairwise(_words(text)))
