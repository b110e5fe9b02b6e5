"""Short forms that people write («cntt», «TP.HCM»), opened before words are compared. Pure."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator

from bot.language import _, fold
from bot.movement.plan.as_read import AsRead
from bot.movement.plan.problems import Clash
from bot.movement.plan.rules import Key, Short

COMMON = Path(__file__).with_name("abbreviations.toml")
LONGEST = 16
"""Characters of a short form, at most."""
_PIECE = re.compile(r"[^\W_]+")
_ENDS = ".,-–/&"


def _folded(given: dict[str, str]) -> dict[str, str]:
    return {fold(short).strip(_ENDS): fold(long) for short, long in given.items()}


@cache
def _common() -> dict[str, str]:
    found: dict[str, str] = tomllib.loads(COMMON.read_text(encoding="utf-8"))
    return _folded(found)


def common() -> dict[str, str]:
    """Return what every office writes short: counts where a plan has no table of its own."""
    return dict(_common())


Abbreviations = Annotated[
    dict[str, Short],
    AfterValidator(_folded),
    Key(
        _("What people write short, opened before words are compared; left out: what every office writes short"),
        'cntt = "công nghệ thông tin"',
    ),
]


def clashes(found: AsRead) -> Iterator[Clash]:
    """Yield short forms of several words, long ones of a single word, two of one spelling, and circles."""
    written, seen = found.data.get("abbreviations"), set[str]()
    if not isinstance(written, dict):
        return
    for short, long in written.items():
        way, key = ("abbreviations", short), fold(short).strip(_ENDS)
        if not key or len(short.split()) != 1 or len(short) > LONGEST:
            yield Clash(
                way, _("«{short}» is no short form", short=short), _("one word of up to {n} characters", n=LONGEST)
            )
        elif key in seen:
            yield Clash(
                way,
                _("«{short}» stands before this one, marks and capitals aside", short=key),
                _("each short form once"),
            )
        elif isinstance(long, str) and len(long.split()) < 2:
            yield Clash(way, _("«{long}» is a single word", long=long), _("two words or more"))
        elif _leads_back(key, found.plan.abbreviations):
            yield Clash(
                way, _("«{short}» is opened to itself", short=short), _("a long form without «{short}»", short=short)
            )
        seen.add(key)


def _leads_back(key: str, table: Mapping[str, str]) -> bool:
    """Whether opening a short form comes to itself again."""
    waits, seen = [key], set[str]()
    while waits:
        for word in _PIECE.findall(table.get(waits.pop(), "")):
            if word == key:
                return True
            if word in table and word not in seen:
                seen.add(word)
                waits.append(word)
    return False
