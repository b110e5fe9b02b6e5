"""Strike out of a sentence who and how much is meant: people's names, digits, addresses; what is left is kept to learn from. Pure."""

import re
from collections.abc import Collection, Iterable
from functools import cache
from itertools import pairwise

from bot.language.i18n import Text, Words, _
from bot.language.text import clean_line, exact, fold, has_marks

# Said by people, never by us; in the catalogue they are lists, separated by "|".
TITLES: Text = _("mr|mrs|ms|dr|uncle|aunt|brother|sister")
"""What stands before a given name."""
CALLS: Text = _("hey|please")
"""What stands behind one that is called."""
LONGEST = 200
"""Characters of a sentence that are kept."""
NAME, DIGITS, ADDRESS = "…", "#", "@"
"""What stands for what was struck out."""
_ADDRESS = re.compile(r"\S*(?:@|://|www\.)\S*")
_TOKEN = re.compile(r"\w+")
_DIGITS = re.compile(r"\d+")


def struck(text: str, names: Iterable[str]) -> str:
    """Return a sentence folded, with these people's names, digits and addresses struck out."""
    line = _ADDRESS.sub(f" {ADDRESS} ", clean_line(text))
    tokens = list(_TOKEN.finditer(line))
    gone = _named([token[0] for token in tokens], [name.split() for name in names])
    pieces, end = list[str](), 0
    for place, token in enumerate(tokens):
        pieces += [line[end : token.start()], NAME if place in gone else token[0]]
        end = token.end()
    bare = _DIGITS.sub(DIGITS, fold("".join([*pieces, line[end:]])))
    return re.sub(rf"{NAME}(?: {NAME})+", NAME, bare)[:LONGEST].strip()


def _named(words: list[str], names: list[list[str]]) -> Collection[int]:
    """Return the places of words that name somebody: two that follow one another in a name, or a given name called so."""
    pairs = {(fold(one), fold(other)): (one, other) for name in names for one, other in pairwise(name)}
    given = {fold(name[-1]): name[-1] for name in names if name}
    gone = set[int]()
    for place, (one, other) in enumerate(pairwise(words)):
        pair = pairs.get((fold(one), fold(other)))
        if pair is not None and _same(one, pair[0]) and _same(other, pair[1]):
            gone |= {place, place + 1}
    for place, word in enumerate(words):
        own = given.get(fold(word))
        if own is None or not _same(word, own):
            continue
        titled = place > 0 and fold(words[place - 1]) in _listed(TITLES)
        called = place + 1 < len(words) and fold(words[place + 1]) in _listed(CALLS)
        if titled or called or (word[:1].isupper() and exact(word) == exact(own)):
            gone.add(place)
    return gone


def _same(typed: str, own: str) -> bool:
    """Whether a word is one of a name: with the same marks, or with none, as it is typed in a hurry."""
    return not has_marks(typed) or exact(typed) == exact(own)


@cache
def _listed(text: Text) -> frozenset[str]:
    return frozenset(fold(word) for language in ("vi", "en") for word in Words(language).say(text).split("|"))
