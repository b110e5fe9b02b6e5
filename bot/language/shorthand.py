"""Spell out what is typed in a hurry: shorthand, letters left over by Telex and VNI, words run together, slips, courtesies. Pure.

What stands in `locales/vi/shorthand.tsv` is the people's own: what they type, what it means,
nothing where it only is polite.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.language.recogniser import Words
from bot.language.text import clean_line, fold, has_marks

_FACT = re.compile(r"\{[a-z]+\}|[^\W_]+(?:[/.,-][^\W_]+)*")
_TELEX = re.compile(r"dd|aa|ee|oo|aw|ow|uw|w")
_TELEX_LETTERS = {"dd": "d", "aa": "a", "ee": "e", "oo": "o", "aw": "a", "ow": "o", "uw": "u", "w": "u"}
_TONE = re.compile(r"[sfrxjz](?=[a-z]{0,2}\Z)")
_VNI = re.compile(r"(?<=[a-z])[0-9]+")


@dataclass(frozen=True)
class Shorthand:
    """What people type for what: «ko» for «không», nothing for «ạ»; the longest of several words first.

    In a sentence with marks a row is read with its own marks: «hộ» is polite, «hồ» is not. In one without them a row
    counts unless the examples have another word that looks like it then.
    """

    marked: Mapping[Words, Words]
    unmarked: Mapping[Words, Words]
    longest: int

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str]], sentences: Iterable[str] = ()) -> "Shorthand":
        """Make it of pairs and of the sentences among which it is read; of two rows for one the first counts."""
        marked = dict[Words, Words]()
        for typed, stands_for in rows:
            marked.setdefault(words_in(typed), folded(words_in(stands_for)))
        other = defaultdict[str, set[str]](set)
        for word in set(words_in(" . ".join(sentences))):
            other[fold(word)].add(word)
        unmarked = dict[Words, Words]()
        for row, meant in marked.items():
            if len(row) > 1 or not other[fold(row[0])] - {row[0]}:
                unmarked.setdefault(folded(row), meant)
        return cls(marked, unmarked, max((len(each) for each in marked), default=0))

    @cached_property
    def typed(self) -> Mapping[str, int]:
        """Every word that stands in it, so that none is taken for a slip."""
        return dict.fromkeys((word for typed, meant in self.unmarked.items() for word in (*typed, *meant)), 1)

    def read(self, text: str, vocabulary: Mapping[str, int] | None = None) -> Words:
        """Return the folded words of a sentence, spelt out, and mended by those of a vocabulary."""
        if has_marks(text):
            words = self._spelt_out(words_in(text), self.marked)
        else:
            words = folded(words_in(text))
        known = {**self.typed, **vocabulary} if vocabulary is not None else {}
        mended = [each for word in words for each in (_mended(word, known) if known else (word,))]
        return self._spelt_out(mended, self.unmarked) if not has_marks(text) else tuple(mended)

    def _spelt_out(self, words: Sequence[str], rows: Mapping[Words, Words]) -> Words:
        """Return the words that are meant: «ko bit» as «khong biet»."""
        found, place = list[str](), 0
        while place < len(words):
            for length in range(min(self.longest, len(words) - place), 0, -1):
                meant = rows.get(tuple(words[place : place + length]))
                if meant is not None:
                    found += meant
                    break
            else:
                found.append(fold(words[place]))
                length = 1
            place += length
        return tuple(found)


def words_in(text: str) -> Words:
    """Return the words of a text with their marks; a fact in braces is one, a code or a date too."""
    return tuple(_FACT.findall(clean_line(text).lower()))


def folded(words: Iterable[str]) -> Words:
    """Return words without their marks."""
    return tuple(map(fold, words))


def _mended(word: str, known: Mapping[str, int]) -> Words:
    """Return the known words that were meant by one that is not known; itself where none is surely meant."""
    if word in known or word.startswith("{"):
        return (word,)
    for other in _typed_with_marks(word):
        if other in known:
            return (other,)
    pieces = apart(word, known)
    return pieces if len(pieces) > 1 else (known_word(word, known),)


def _typed_with_marks(word: str) -> Iterable[str]:
    """Yield what is left when the keys of marks are taken for marks: «dang1» and «ddawngf» are «dang»."""
    if any(letter.isdigit() for letter in word):
        yield _VNI.sub("", word)
        return
    loose = _TELEX.sub(lambda found: _TELEX_LETTERS[found[0]], word)
    yield loose
    for found in _TONE.finditer(loose):
        yield loose[: found.start()] + loose[found.end() :]
    for found in _TONE.finditer(word):
        yield word[: found.start()] + word[found.end() :]


_SYLLABLE = re.compile(
    r"(?:ngh|[ckgpt]h|ng|gi|qu|nh|tr|[bcdghklmnprstvx])?"
    r"(?:uye|uyu|ieu|yeu|uoi|uou|oai|oay|uay|[aeiouy]{1,2})(?:ch|ng|nh|[cmnpt])?"
)
"""What may be a syllable, without its marks."""


def known_word(word: str, known: Mapping[str, int]) -> str:
    """Return the known word that a mistyped one means, one slip away, the most usual of them; itself where there is none.

    A short word that may well be a syllable stays: «hoa» is not «hop».
    """
    if len(word) < (5 if _SYLLABLE.fullmatch(word) else 3) or not word.isalpha():
        return word
    near = process.extract(word, list(known), scorer=OSA.distance, score_cutoff=1, limit=None)
    others = [other for other, _distance, _place in near if len(other) > 1]
    begun_alike = [other for other in others if other[0] == word[0]]
    return max(begun_alike or others, key=lambda other: known[other], default=word)


def apart(word: str, known: Mapping[str, int]) -> Words:
    """Return the known words that were typed as one, «baocao»; the word alone where it is not made of them."""
    if word in known or not 5 <= len(word) <= 30:
        return (word,)
    ways: list[Words | None] = [(), *([None] * len(word))]
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 7), end - 1):
            before, piece = ways[start], word[start:end]
            if before is not None and piece in known and piece.isalpha():
                way, current = (*before, piece), ways[end]
                if current is None or len(way) < len(current):
                    ways[end] = way
    return ways[-1] or (word,)
