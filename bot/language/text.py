"""Vietnamese text: the door it comes in by, folding, and names told apart. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

_NOT_TEXT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters that are no white space
    "\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"  # invisible joins and directions
    "\ud800-\udfff]"  # half a character: cannot be stored
)
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+")


def whole(value: Any) -> Any:
    """Return a text, or lists and objects of texts, made fit to be kept as it is: for half an emoji, which no file
    takes, stands a question mark.
    """
    match value:
        case str():
            return value if value.isascii() else value.encode(errors="replace").decode()
        case list() | tuple():
            return [whole(each) for each in value]
        case Mapping():
            return {name: whole(each) for name, each in value.items()}
    return value


def _heap(*ranges: tuple[int, int]) -> re.Pattern[str]:
    marks = "".join(chr(c) for a, b in ranges for c in range(a, b) if unicodedata.combining(chr(c)))
    return re.compile(f"[{marks}]" * 5 + "+")


# Two, since a class of characters that reaches beyond U+FFFF is looked through one by one.
_HEAPS = (
    _heap((0x300, 0x3100), (0xA660, 0xABF0), (0xFB1E, 0xFB1F), (0xFE20, 0xFE30)),
    _heap((0x101FD, 0x11D98), (0x1D165, 0x1D245)),
)


def unheaped(text: str) -> str:
    """Return the text with at most four marks on a letter; ours have two.

    To put a heap of them in order, which is what normalizing does, takes the square of its height.
    """
    if text.isascii():
        return text
    text = _HEAPS[0].sub(lambda heap: heap[0][:4], text)
    return _HEAPS[1].sub(lambda heap: heap[0][:4], text) if max(text) > "\uffff" else text


# Letters that look like ours: Đ of other alphabets where a syllable begins, and what converters put for ư.
_STRANGE_D = re.compile(r"(?<![^\W\d_])[ÐƉðɖ]")
_STRANGE = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ", "Ƣ": "Ư", "ƣ": "ư"})
_MIXED_MARKS = re.compile("[\u0300-\u0303\u0306\u0309]{2,}")
_SHAPES = "\u0302\u0306"


def _ours(text: str) -> str:
    """Return the text with letters of ours for those that only look like them, and a tone after its letter's shape."""
    text = _STRANGE_D.sub(lambda found: found[0].translate(_STRANGE), text)
    text = text.replace("Ƣ", "Ư").replace("ƣ", "ư")
    loose = unicodedata.normalize("NFD", text)
    ordered = _MIXED_MARKS.sub(lambda found: "".join(sorted(found[0], key=lambda c: c not in _SHAPES)), loose)
    return unicodedata.normalize("NFC", ordered)


def clean(text: str) -> str:
    """Return what was sent, made fit to keep: NFC, letters of ours, nothing invisible, single blanks, lines kept."""
    text = _LINE_END.sub("\n", _NOT_TEXT.sub("", text))
    text = text if text.isascii() else _ours(unheaped(text))
    text = _BLANKS.sub(" ", text)
    return "\n".join(line.strip(" ") for line in text.split("\n")).strip("\n")


def clean_line(text: str) -> str:
    """Clean and join to one line: titles, names, labels."""
    return " ".join(clean(text).split())


def number(said: str, most: int = 999_999_999) -> int | None:
    """Return the number that a word is, if it is one that a list, a year or a record can have; else None."""
    if not said.isdecimal() or len(said) > 12:
        return None
    found = int(said)
    return found if found <= most else None


_NOT_IN_A_NAME = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069/\\]+")
_ENDING = re.compile(r"\.\w{1,10}\Z")
NAME = 150
"""Characters of a file's name."""


def file_name(name: str) -> str:
    """Return a file's name as it may be shown and kept: on one line, in one direction, of no folder, not too long."""
    name = clean_line(_NOT_IN_A_NAME.sub(" ", name[-4 * NAME :] if len(name) > 8 * NAME else name)).strip(" .")
    if len(name) > NAME:
        ending = found[0] if (found := _ENDING.search(name)) else ""
        name = name[: NAME - len(ending) - 1].rstrip() + "…" + ending
    return name or "tep"


def _folding() -> dict[int, str | None]:
    table: dict[int, str | None] = dict.fromkeys(range(0x300, 0x370))
    table |= dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF])
    for code in (*range(0xC0, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x2000)):
        parts = unicodedata.normalize("NFD", chr(code))
        base = "".join(part for part in parts if unicodedata.category(part) != "Mn")
        if base != chr(code):
            table[code] = base
    table |= dict.fromkeys(map(ord, "đðɖ"), "d")
    table[ord("ƣ")] = "u"
    table |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}  # full width, as some keyboards type
    return table


_FOLDING = _folding()


SHORT = 200
"""Characters of a text whose folded form is remembered: labels and names come again and again, messages do not."""


def fold(text: str) -> str:
    """Return the text in lower case without marks: for search and commands, not for identity.

    «bản» and «bán» become equal; so do the two ways of composing a letter.
    """
    return _fold_short(text) if len(text) <= SHORT else _fold(text)


@lru_cache(8192)
def _fold_short(text: str) -> str:
    return _fold(text)


def _fold(text: str) -> str:
    text = text.lower()
    if not text.isascii():
        text = text.translate(_FOLDING)
    return " ".join(text.split())


# What looks alike, in names and codes: dashes, apostrophes, blanks, letters of Cyrillic and Greek.
_SIGNS_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d", "-"),
        **dict.fromkeys("\u2018\u2019\u02bc\u02b9\u2032\u00b4`", "'"),
        **dict.fromkeys("\u00ad\u034f\u061c\u180e\u2061\u2062\u2063\u2064\ufe0e\ufe0f", ""),
        **dict.fromkeys("\u2800\u3164\uffa0", " "),
    }
)
_LETTERS_ALIKE = str.maketrans(
    "АВСЕНІЈКМОРЅТХҮаеіјорсухѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧοǍǎ", "ABCEHIJKMOPSTXYaeijopcyxsABEZHIKMNOPTYXoĂă"
)


def signs(text: str) -> str:
    """Return the text with one dash, one apostrophe and plain blanks for all that look like them."""
    return " ".join(unicodedata.normalize("NFKC", unheaped(text)).translate(_SIGNS_ALIKE).split())


def name_of(text: str) -> str:
    """Return a name as it is kept: `clean_line` with the letters and signs that it only seemed to have."""
    return clean_line(signs(clean_line(text)).translate(_LETTERS_ALIKE))


def exact(name: str) -> str:
    """Return the key by which two names are one: whatever looks alike is alike, and the marks count.

    «Hoà», «Hòa» and «HÒA» become equal; «Hùng» and «Hưng» stay two.
    """
    return _exact_short(name) if len(name) <= SHORT else _exact(name)


@lru_cache(8192)
def _exact_short(name: str) -> str:
    return _exact(name)


def _exact(name: str) -> str:
    words = re.sub(" ?- ?", "-", name_of(name).lower()).split()
    return " ".join(map(_tone_last, words))


_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}


def _tone_last(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(sorted(letter for letter in letters if letter in _TONES))
    rest = "".join(letter for letter in letters if letter not in _TONES)
    return unicodedata.normalize("NFC", rest) + tones


def has_marks(text: str) -> bool:
    """Whether anything in it is written with a mark."""
    return fold(text) != " ".join(text.lower().split())
