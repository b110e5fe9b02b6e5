"""When two titles are nearly one: marks, capitals, the order of words and what is written short aside. Pure."""

from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz, process

from bot.language import fold
from bot.movement import opened

SIMILAR = 85
"""From this token_sort_ratio of folded titles on, the person is asked; it never blocks."""


def most_alike(title: str, titles: Sequence[str], table: Mapping[str, str], least: int = SIMILAR) -> int | None:
    """Return the place of the title that is nearly this one, short forms opened by the plan's table; None where there is none."""
    known = [opened(fold(each), table) for each in titles]
    found = process.extractOne(opened(fold(title), table), known, scorer=fuzz.token_sort_ratio, score_cutoff=least)
    return None if found is None else found[2]
