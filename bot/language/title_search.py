"""Find titles by words as people type them: without marks, parts of words, abbreviations, a slip of one letter. Pure.

Titles and words come folded. It takes a few milliseconds for some thousands of titles, and what is costly (initials,
slips) is looked at only where it may help.
"""

import re
from bisect import bisect_right
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from unicodedata import normalize

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.language.text import fold

LONGEST, WORDS = 300, 12
"""Characters and different words of what is searched for; nobody asks in more."""
_WORD = re.compile(r"[^\W_]+")
_FILLING = frozenset(
    [
        "về",
        "cho",
        "của",
        "và",
        "các",
        "những",
        "được",
        "bằng",
        "trong",
        "với",
        "làm",
        "nào",
        "gì",
        "rồi",
        "theo",
        "để",
        "hay",
        "hoặc",
        "phiếu",
        "the",
        "of",
        "for",
        "a",
        "an",
        "and",
    ]
)
"""Words that say nothing of what is looked for, where others are said too; with their marks, for «cửa» says something."""
_UNMARKED = frozenset(["ve", "cho", "va", "cac", "nhung", "lam", "nao", "gi", "roi", "phieu"])
"""Those of them that are known without marks, too."""
_VOWEL = re.compile("[aeiouy]")
_PUNCTUATION = dict.fromkeys(map(ord, "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~«»“”‘’–—…"), " ")


@dataclass(frozen=True, slots=True)
class FoundTitles:
    """The places of the titles that fit, the best first, and how they fit."""

    places: Sequence[int]
    whole: bool = True
    """Whether they have all the words; else most of them."""
    read_as: str = ""
    """What was searched for instead, where a word was mistyped."""


NOTHING = FoundTitles(())


def words_of(said: str) -> list[str]:
    """Return the words that are searched for, folded; those that say nothing only where there are no others."""
    spoken = said[:LONGEST].lower()
    filling = _FILLING | _UNMARKED if spoken.isascii() else _FILLING
    every = _WORD.findall(normalize("NFC", spoken))
    kept = [word for word in every if word not in filling] or every
    return list(dict.fromkeys(_WORD.findall(fold(" ".join(kept)))))[:WORDS]


WHOLE, SHORT, BEGINS, INSIDE, PHRASE = 4, 3, 2, 1, 20
"""What it is worth that a word stands in a title whole, abbreviated, as the beginning of one, inside one; that all stand in a row."""


class SearchedTitles:
    """Folded titles in one text, a line each: looking a word up costs as much as it is there; it is looked up once."""

    def __init__(self, titles: Sequence[str]) -> None:
        self._text = "\n".join(f" {title} " for title in titles).translate(_PUNCTUATION)
        self._starts = [0]
        for title in titles:
            self._starts.append(self._starts[-1] + len(title) + 3)
        self._known: dict[str, dict[int, int]] = {}

    def having(self, words: Sequence[str], among: Container[int]) -> FoundTitles:
        """Return those of some titles that have all these words, as they are, abbreviated, or as parts of others."""
        hits = self._hits(words, among)
        return FoundTitles(_ordered({place: score for place, (n, score) in hits.items() if n == len(words)}))

    def having_most(self, words: Sequence[str], among: Container[int]) -> FoundTitles:
        """Return those that have most of these words."""
        hits, enough = self._hits(words, among), max(2, (len(words) * 2 + 2) // 3)
        most = {place: n * 1000 + score for place, (n, score) in hits.items() if n >= enough}
        return FoundTitles(_ordered(most), whole=False)

    def having_nearly(self, words: Sequence[str], among: Container[int]) -> FoundTitles:
        """Return those that have all these words, where one or another is one slip away from what stands there."""
        near = [self._near(word) for word in words]
        if all(each == [word] for word, each in zip(words, near, strict=True)):
            return NOTHING
        hits = self._counted([self._any_of(each) for each in near], among)
        places = _ordered({place: score for place, (n, score) in hits.items() if n == len(words)})
        return FoundTitles(places, read_as=self._as_in(places[0], near)) if places else NOTHING

    def _hits(self, words: Sequence[str], among: Container[int]) -> dict[int, tuple[int, int]]:
        """Return for each title that has any of the words how many, and how well."""
        short = self._abbreviating(words)
        hits = self._counted([short[word] | self._abbreviated(word) | self._standing(word) for word in words], among)
        for place in self._standing(" ".join(words)) if len(words) > 1 else ():
            if place in hits:
                hits[place] = (hits[place][0], hits[place][1] + PHRASE)
        return hits

    def _counted(self, standing: Sequence[Mapping[int, int]], among: Container[int]) -> dict[int, tuple[int, int]]:
        hits: dict[int, tuple[int, int]] = {}
        for places in standing:
            for place, score in places.items():
                if place in among:
                    n, well = hits.get(place, (0, 0))
                    hits[place] = (n + 1, well + score)
        return hits

    def _standing(self, word: str) -> dict[int, int]:
        """Return in which titles a word stands, and how well."""
        if word not in self._known:
            self._known[word] = self._looked_up(word)
        return self._known[word]

    def _looked_up(self, word: str) -> dict[int, int]:
        """Look a word up; one of two letters not as a part of another."""
        text, length, found = self._text, len(word), dict[int, int]()
        searched = word if length > 2 else f" {word} "
        lead = int(length <= 2)
        at = text.find(searched)
        while at >= 0:
            place, first = bisect_right(self._starts, at + lead) - 1, at + lead
            begins = text[first - 1] == " "
            score = WHOLE if begins and text[first + length] == " " else BEGINS if begins else INSIDE
            if score > found.get(place, 0):
                found[place] = score
            at = text.find(searched, self._starts[place + 1] if score == WHOLE else at + 1)
        return found

    def _abbreviating(self, words: Sequence[str]) -> Mapping[str, dict[int, int]]:
        """Return for each word where its initial stands with those of its neighbours: «GPXD» for «giấy phép xây dựng»."""
        found: dict[str, dict[int, int]] = {word: {} for word in words}
        for first in range(len(words) - 2):
            for last in range(first + 3, min(len(words), first + 6) + 1):
                short = "".join(word[0] for word in words[first:last])
                whole = {place: SHORT for place, score in self._standing(short).items() if score == WHOLE}
                for word in words[first:last]:
                    found[word] |= whole
        return found

    def _abbreviated(self, word: str) -> dict[int, int]:
        """Return in which titles the words stand that a word without vowels abbreviates: «cđs» of «chuyển đổi số»."""
        if not 3 <= len(word) <= 6 or _VOWEL.search(word):
            return {}
        return {place: SHORT for place, initials in enumerate(self._initials) if word in initials}

    @cached_property
    def _initials(self) -> Sequence[str]:
        return ["".join([each[0] for each in line.split()]) for line in self._text.split("\n")]

    @cached_property
    def _words(self) -> Sequence[str]:
        return sorted(word for word in set(self._text.split()) if len(word) > 2)

    def _near(self, word: str) -> list[str]:
        """Return a word itself, or the known ones that are one slip away where it stands nowhere."""
        if len(word) <= 2 or word.isdecimal() or word in self._text:
            return [word]
        found = process.extract(word, self._words, scorer=OSA.distance, score_cutoff=1, limit=8)
        return [each[0] for each in found] or [word]

    def _any_of(self, words: Sequence[str]) -> dict[int, int]:
        """Return in which titles any of these words stands, as a whole one."""
        found: dict[int, int] = {}
        for word in words:
            found |= {place: score for place, score in self._standing(word).items() if score == WHOLE}
        return found

    def _as_in(self, place: int, near: Sequence[Sequence[str]]) -> str:
        """Return the words as they stand in a title, of those that are near."""
        text = self._text[self._starts[place] : self._starts[place + 1]]
        return " ".join(next((word for word in each if f" {word} " in text), each[0]) for each in near)


def _ordered(scores: Mapping[int, int]) -> list[int]:
    """Return the places by their score; of equal ones the first stays first."""
    return sorted(scores, key=lambda place: (-scores[place], place))
