"""Recognise which label a sentence asks for, from examples: by words, words like them, and pairs of words. Pure.

Sentences come as words: folded, spelt out, each fact a word of its own («{year}»). A feature counts the more the fewer
labels have it. What a label has of each feature begins as the mean of its examples and is then moved wherever an example
would have been taken for another label (passive-aggressive, Crammer and others 2006): a second of work at the start, for
some thousands of examples, and a tenth of a millisecond to ask.
"""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

PAIR, ALIKE = 0.5, 0.8
"""What a pair of neighbours, and a word of the same meaning, is worth beside a word."""
SEEN = 2
"""In so many examples a pair stands, at least, to be looked at."""
STRANGE = 1.0
"""How much a word that no example has speaks against all of them."""
ROUNDS, MARGIN, STEP = 1, 0.25, 0.5
"""How often the examples are gone through (more gains nothing), how far the right label is to be ahead, how much is moved at most."""
LONGEST_ALIKE = 4
"""Words that are one in a group: «không đồng ý»."""
LONGEST = 40
"""Words that are looked at."""

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence as people say it, with what it means."""

    label: str
    words: Words


@dataclass(frozen=True, slots=True)
class Likeness:
    """A label with how much speaks for it: about 1 for an example of it, 0 for nothing in common."""

    label: str
    score: float


@dataclass(frozen=True)
class Recogniser:
    """What is learnt from the examples."""

    examples: Sequence[Example]
    alike: Mapping[Words, Sequence[str]] = field(default_factory=dict)
    """The groups of like meaning in which a word, or some words, are."""
    vocabulary: Mapping[str, int] = field(init=False)
    """Every word of the examples with how many have it."""
    _rarity: Mapping[str, float] = field(init=False)
    _speaks_for: Mapping[str, Mapping[str, float]] = field(init=False)
    """Of each feature, for which labels it speaks, and how much."""

    def __post_init__(self) -> None:
        own = [(example.label, self._features(example.words)) for example in self.examples]
        having = defaultdict[str, set[str]](set)
        for label, features in own:
            for each in features:
                having[each].add(label)
        labels = len({label for label, _features in own})
        often = Counter(each for _label, features in own for each in features)
        rarity = {
            each: math.log(1 + labels / len(of))
            for each, of in having.items()
            if " " not in each or often[each] >= SEEN  # a pair seen once tells nothing and costs as much as others
        }
        object.__setattr__(self, "_rarity", rarity)
        vocabulary = Counter(word for example in self.examples for word in set(example.words))
        object.__setattr__(self, "vocabulary", vocabulary)
        vectors = [(label, self._vector(features)) for label, features in own]
        object.__setattr__(self, "_speaks_for", _learnt(vectors))

    def rank(self, words: Words) -> list[Likeness]:
        """Return every label that anything speaks for, the likeliest first."""
        scores = _scores(self._vector(self._features(words[:LONGEST])), self._speaks_for)
        return sorted((Likeness(*each) for each in scores.items()), key=lambda each: (-each.score, each.label))

    def _features(self, words: Words) -> Mapping[str, float]:
        """Return what is looked at, with how much it counts: words, the groups they are in, pairs of neighbours."""
        found: dict[str, float] = dict.fromkeys(words, 1.0)
        for start in range(len(words)):
            for length in range(1, LONGEST_ALIKE + 1):
                for group in self.alike.get(words[start : start + length], ()):
                    found[group] = ALIKE
        for pair in pairwise(("", *words, "")):
            both = " ".join(pair)
            found[both] = found.get(both, 0.0) + PAIR
        return found

    def _vector(self, features: Mapping[str, float]) -> Mapping[str, float]:
        unknown = {each: STRANGE for each in features if " " not in each}
        worth = {each: n * self._rarity.get(each, unknown.get(each, 0.0)) for each, n in features.items()}
        return _unit({each: n for each, n in worth.items() if n})


Weights = dict[str, dict[str, float]]


def _learnt(vectors: Sequence[tuple[str, Mapping[str, float]]]) -> Weights:
    """Return of each feature for which labels it speaks; the same for the same examples."""
    together = defaultdict[str, dict[str, float]](dict)
    for label, vector in vectors:
        own = together[label]
        for each, worth in vector.items():
            own[each] = own.get(each, 0.0) + worth
    weights: Weights = defaultdict(dict)
    for label, features in together.items():
        for each, worth in _unit(features).items():
            weights[each][label] = worth
    order, shuffle = list(vectors), random.Random(1).shuffle  # noqa: S311  # an order, no secret
    for _round in range(ROUNDS):
        shuffle(order)
        order = [(label, vector) for label, vector in order if _moved(weights, label, vector)]
    return weights


def _moved(weights: Weights, label: str, vector: Mapping[str, float]) -> bool:
    """Move what speaks for a label and for the one that it may be taken for, until it is ahead by the margin.

    Whether it was short of it; what was not is not looked at again.
    """
    scores = _scores(vector, weights)
    right = scores.pop(label, 0.0)
    wrong = max(scores, key=lambda each: scores[each], default=None)
    if wrong is None or (short := MARGIN - right + scores[wrong]) <= 0:
        return False
    step = min(STEP, short / 2)
    for each, worth in vector.items():
        of = weights[each]
        of[label] = of.get(label, 0.0) + step * worth
        of[wrong] = of.get(wrong, 0.0) - step * worth
    return True


def _scores(vector: Mapping[str, float], weights: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    scores = dict[str, float]()
    for each, worth in vector.items():
        for label, weight in weights.get(each, {}).items():
            scores[label] = scores.get(label, 0.0) + worth * weight
    return scores


def _unit(vector: Mapping[str, float]) -> Mapping[str, float]:
    """Return the vector brought to length 1."""
    length = math.sqrt(sum(worth * worth for worth in vector.values())) or 1.0
    return {each: worth / length for each, worth in vector.items()}
