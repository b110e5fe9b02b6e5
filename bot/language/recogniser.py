"""Recognise which label a sentence asks for: by words, words like them, and pairs of words. Pure.

Sentences come as words: folded, spelt out, each fact a word of its own («{year}»). A feature counts the more the fewer
labels have it; for which labels it speaks, and how much, was learnt from examples (`learning.py`). A fifth of a millisecond.
"""

import math
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

PAIR, ALIKE = 0.5, 0.8
"""What a pair of neighbours, and a word of the same meaning, is worth beside a word."""
STRANGE = 1.0
"""How much a word that no example has speaks against all labels."""
LONGEST_ALIKE = 4
"""Words that are one in a group: «không đồng ý»."""
LONGEST = 40
"""Words that are looked at."""

Words = tuple[str, ...]
Alike = Mapping[Words, Sequence[str]]
"""The groups of like meaning in which a word, or some words, are."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """A label with how much speaks for it: about 1 for an example of it, 0 for nothing in common."""

    label: str
    score: float


class Row(NamedTuple):
    """For which labels, by their places, a feature speaks, and how much."""

    labels: "array[int]"
    weights: "array[float]"


class PackedRows(Mapping[str, Row]):
    """The rows of tens of thousands of features in two arrays: an object for each takes three times the memory."""

    def __init__(
        self, index: Mapping[str, int], ends: "array[int]", labels: "array[int]", weights: "array[float]"
    ) -> None:
        """Take which feature is at which place, where the row of each place ends, and all rows behind one another."""
        self._index, self._ends, self._labels, self._weights = index, ends, labels, weights

    def __getitem__(self, feature: str) -> Row:
        """Return the row of a feature."""
        place = self._index[feature]
        of = slice(self._ends[place - 1] if place else 0, self._ends[place])
        return Row(self._labels[of], self._weights[of])

    def __iter__(self) -> Iterator[str]:
        """Return the features, one by one."""
        return iter(self._index)

    def __len__(self) -> int:
        """Count the features."""
        return len(self._index)


@dataclass(frozen=True)
class Recogniser:
    """What was learnt from examples."""

    labels: Sequence[str]
    vocabulary: Mapping[str, int]
    """Every word of the examples with how many have it."""
    rarity: Mapping[str, float]
    """Of each feature, how much it counts."""
    rows: Mapping[str, Row]
    alike: Alike

    def rank(self, words: Words) -> list[Likeness]:
        """Return every label that anything speaks for, the likeliest first."""
        scores = [0.0] * len(self.labels)
        for feature, worth in vector(features_of(words[:LONGEST], self.alike), self.rarity):
            row = self.rows[feature]
            for label, weight in zip(row.labels, row.weights, strict=True):
                scores[label] += worth * weight
        found = [Likeness(label, score) for label, score in zip(self.labels, scores, strict=True) if score]
        return sorted(found, key=lambda each: (-each.score, each.label))


def features_of(words: Words, alike: Alike) -> Mapping[str, float]:
    """Return what is looked at, with how much it counts: words, the groups they are in, pairs of neighbours."""
    found: dict[str, float] = dict.fromkeys(words, 1.0)
    for start in range(len(words)):
        for length in range(1, LONGEST_ALIKE + 1):
            for group in alike.get(words[start : start + length], ()):
                found[group] = ALIKE
    for pair in pairwise(("", *words, "")):
        both = " ".join(pair)
        found[both] = found.get(both, 0.0) + PAIR
    return found


def vector(features: Mapping[str, float], rarity: Mapping[str, float]) -> list[tuple[str, float]]:
    """Return the features that are known with what each is worth; with the words that are not, all make a length of 1."""
    worth = {each: n * rarity.get(each, 0.0 if " " in each else STRANGE) for each, n in features.items()}
    length = math.sqrt(sum(n * n for n in worth.values())) or 1.0
    return [(each, n / length) for each, n in worth.items() if each in rarity]
