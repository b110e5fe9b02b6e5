"""What may not stand on a phone: English, a sentence's name instead of the sentence, a hole that was not filled."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from bot.language.i18n import LOCALES

HOLE = re.compile(r"\{\w*\}|\bText\(|\bDecimal\(|<[a-z_.]+ object|\bdatetime\.")
_WORD = re.compile(r"\w+")
_IN_SENTENCES = re.compile(r"\{\w+\}")
_COMMAND = re.compile(r"/[a-z]+\b[^\n]*")
"""What is typed to call something is no sentence."""
BUGS = frozenset({"none", "true", "false", "null", "nan", "undefined", "traceback", "error"})
CODE = re.compile(r"(?m)^([A-HJKMNP-Z2-9]{10})$")
"""A one-time code, alone on its line."""


def _words(texts: Iterable[str]) -> set[str]:
    return {word.lower() for text in texts for word in _WORD.findall(_IN_SENTENCES.sub(" ", text))}


@cache
def english() -> frozenset[str]:
    """Words of the catalogue's English that its Vietnamese never uses: of three letters or more."""
    ids, strings = list[str](), list[str]()
    for path in sorted((LOCALES / "vi").glob("*.po")):
        with path.open("rb") as file:
            for entry in read_po(file):
                if entry.id:
                    ids.append(str(entry.id))
                    strings.append(str(entry.string))
    plans = [path.read_text(encoding="utf-8") for path in Path(LOCALES.parent / "bot/plans").glob("*.toml")]
    valued = [value for text in plans for value in re.findall(r'"([^"\n]*)"', text)]
    here = _words(strings) | _words(valued) | {word for text in valued for word in text.lower().split("_")}
    return frozenset(
        word for word in _words(ids) if word.isascii() and word.isalpha() and len(word) > 2 and word not in here
    )


def strange(text: str) -> list[str]:
    """Return what of a message is no Vietnamese."""
    text = _COMMAND.sub(" ", text)
    found = HOLE.findall(text)
    unknown = english() | BUGS
    return found + [word for word in _WORD.findall(text) if word.isascii() and word.lower() in unknown]
