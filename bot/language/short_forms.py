"""Short forms opened in folded text, by a table of them: «tp.hcm» becomes «thanh pho ho chi minh». Pure."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

_TOKEN = re.compile(r"[^\s,;:!?()\[\]«»\"“”]+")
_PIECE = re.compile(r"[^\W_]+")
_ENDS = ".,-–/&"
REMEMBERED = 10_000
"""Texts that are opened once: a new title is compared with all that are registered, and these stay the same."""


def opened(folded: str, table: Mapping[str, str]) -> str:
    """Return folded text with its short forms opened: «tp.hcm» and «thanh pho hcm» become «thanh pho ho chi minh»."""
    return _opening(tuple(table.items()))(folded)


@lru_cache(8)
def _opening(pairs: tuple[tuple[str, str], ...]) -> Callable[[str], str]:
    """Return what opens the short forms of one table, and remembers what it has opened."""
    table = dict(pairs)
    return lru_cache(REMEMBERED)(lambda folded: _opened(folded, table))


def _opened(folded: str, table: Mapping[str, str]) -> str:
    for _depth in range(3):  # a long form may hold a short one; what agrees has no circles
        now = _TOKEN.sub(lambda token: _token(token[0], table), folded)
        if now == folded:
            break
        folded = now
    return folded


def _token(token: str, table: Mapping[str, str]) -> str:
    bare = token.strip(_ENDS)
    if bare in table:
        return token.replace(bare, table[bare], 1)
    if any(letter.isdigit() for letter in bare):  # a code: «sk-2027-001», «12/bc-sxd»
        return token
    pieces = _PIECE.findall(bare)
    if len(pieces) > 1 and any(piece in table for piece in pieces):
        return " ".join(table.get(piece, piece) for piece in pieces)
    return token
