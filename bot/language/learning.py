"""Learn from examples which features speak for which labels; and write down what was learnt, so that a start need not. Pure.

What a label has of each feature begins as the mean of its examples and is then moved wherever an example would have been
taken for another label (passive-aggressive, Crammer and others 2006). Some seconds for some thousands of examples: those
that are shipped are learnt by `./run house --draw`; an office's own are learnt on top of them, at its start.
"""

import json
import math
import random
from array import array
from collections import ChainMap, Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, NamedTuple, cast

from bot.language.recogniser import Alike, PackedRows, Recogniser, Row, Words, features_of, vector

SEEN = 2
"""In so many examples a pair stands, at least, to be looked at: one seen once tells nothing and costs as much as others."""
ROUNDS, MARGIN, STEP = 4, 0.25, 0.25
"""How often the examples are gone through, those that were right no more; how far the right label is to be ahead, how much
is moved at most."""
ORDERS = 10
"""In so many orders, of which the mean is taken: what comes last counts too much in a single one."""
OWN_ROUNDS = 20
"""The same for an office's own, which are few and are to be known."""
FAINT = 0.01
"""What speaks for a label so little is not kept."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence as people say it, with what it means."""

    label: str
    words: Words


Weights = dict[int, float]
"""For which labels, by their places, a feature speaks, while it is learnt."""


class _Vector(NamedTuple):
    """An example as it is learnt: its label, what its features speak for, what each is worth."""

    label: int
    weights: Sequence[Weights]
    worth: "array[float]"


def learnt(examples: Sequence[Example], alike: Alike) -> Recogniser:
    """Return what the examples teach; the same for the same examples."""
    labels = list(dict.fromkeys(example.label for example in examples))
    having, often = defaultdict[str, set[str]](set), Counter[str]()
    for example in examples:
        for each in features_of(example.words, alike):
            having[each].add(example.label)
            often[each] += 1
    known = [each for each in having if " " not in each or often[each] >= SEEN]
    rarity = {each: _rarity(len(labels), len(having[each])) for each in known}
    begun: dict[str, Weights] = {each: {} for each in rarity}
    for label, of, worth in _vectors(examples, labels, rarity, begun.__getitem__, alike):
        for row, n in zip(of, worth, strict=True):
            row[label] = row.get(label, 0.0) + n
    _to_length_one(begun.values(), len(labels))
    mean: dict[str, Weights] = {each: {} for each in rarity}
    for order in range(ORDERS):
        weights = {each: dict(row) for each, row in begun.items()}
        _go_through(_vectors(examples, labels, rarity, weights.__getitem__, alike), len(labels), ROUNDS, order)
        for each, row in weights.items():
            for place, n in row.items():
                mean[each][place] = mean[each].get(place, 0.0) + n / ORDERS
    vocabulary = Counter(word for example in examples for word in set(example.words))
    return Recogniser(labels, vocabulary, rarity, {each: _row(row) for each, row in mean.items()}, alike)


def also_learnt(known: Recogniser, examples: Sequence[Example]) -> Recogniser:
    """Return a recogniser that knows an office's own examples too."""
    labels = list(dict.fromkeys((*known.labels, *(example.label for example in examples))))
    rarity = dict(known.rarity)
    for example in examples:
        for each in features_of(example.words, known.alike):
            rarity.setdefault(each, _rarity(len(labels), 1))
    touched = dict[str, Weights]()

    def weights_of(feature: str) -> Weights:
        if feature not in touched:
            row = known.rows.get(feature)
            touched[feature] = dict(zip(row.labels, row.weights, strict=True)) if row is not None else {}
        return touched[feature]

    _go_through(_vectors(examples, labels, rarity, weights_of, known.alike), len(labels), OWN_ROUNDS)
    vocabulary = Counter(known.vocabulary)
    vocabulary.update(word for example in examples for word in set(example.words))
    rows = ChainMap({each: _row(row) for each, row in touched.items()}, cast("dict[str, Row]", known.rows))
    return Recogniser(labels, vocabulary, rarity, rows, known.alike)


def written(known: Recogniser, stamp: str) -> str:
    """Return what was learnt as lines of JSON: of what it is, the features, how much each counts, where its row ends, the rows.

    Numbers that count are in thousandths: of a label's weight, and of how much a feature counts.
    """
    rows = list(known.rows.values())
    lines: Sequence[Any] = (
        {"stamp": stamp, "labels": known.labels, "vocabulary": known.vocabulary},
        list(known.rows),
        [round(1000 * known.rarity[each]) for each in known.rows],
        list(accumulate(len(row.labels) for row in rows)),
        [label for row in rows for label in row.labels],
        [round(1000 * n) for row in rows for n in row.weights],
    )
    return "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)


def read(text: str, alike: Alike) -> Recogniser:
    """Return what was learnt and written down."""
    head, features, counts, ends, labels, whole = map(json.loads, text.splitlines())
    weights = array("f", [n / 1000 for n in whole])
    rows = PackedRows({each: n for n, each in enumerate(features)}, array("I", ends), array("H", labels), weights)
    rarity = dict(zip(features, [n / 1000 for n in counts], strict=True))
    return Recogniser(head["labels"], head["vocabulary"], rarity, rows, alike)


def stamp_of(text: str) -> str:
    """Return the stamp of what was written down: of which examples it is."""
    return str(json.loads(text.partition("\n")[0])["stamp"])


def _rarity(labels: int, having: int) -> float:
    return math.log(1 + labels / having)


def _vectors(
    examples: Sequence[Example],
    labels: Sequence[str],
    rarity: Mapping[str, float],
    weights_of: Callable[[str], Weights],
    alike: Alike,
) -> list[_Vector]:
    places = {label: n for n, label in enumerate(labels)}
    found = list[_Vector]()
    for example in examples:
        pairs = vector(features_of(example.words, alike), rarity)
        worth = array("f", [n for _feature, n in pairs])
        found.append(_Vector(places[example.label], tuple(weights_of(each) for each, _n in pairs), worth))
    return found


def _to_length_one(weights: Iterable[Weights], labels: int) -> None:
    """Bring what speaks for each label to length 1, however many examples it has."""
    squares = [0.0] * labels
    weights = list(weights)
    for row in weights:
        for label, n in row.items():
            squares[label] += n * n
    lengths = [math.sqrt(n) or 1.0 for n in squares]
    for row in weights:
        for label, n in row.items():
            row[label] = n / lengths[label]


def _go_through(vectors: Sequence[_Vector], labels: int, rounds: int, seed: int = 0) -> None:
    """Move what speaks for labels, as often as it takes, at most so often; in an order that is the same each time."""
    order, shuffle = list(vectors), random.Random(seed).shuffle  # noqa: S311  # an order, no secret
    for _round in range(rounds):
        shuffle(order)
        order = [each for each in order if _moved(each, labels)]


def _moved(of: _Vector, labels: int) -> bool:
    """Move what speaks for a label and for the one that it may be taken for, until it is ahead by the margin.

    Whether it was short of it; what was not is not looked at again.
    """
    scores = [0.0] * labels
    for row, n in zip(of.weights, of.worth, strict=True):
        for label, weight in row.items():
            scores[label] += n * weight
    right, scores[of.label] = scores[of.label], -math.inf
    most = max(scores)
    if (short := MARGIN - right + most) <= 0:
        return False
    wrong, step = scores.index(most), min(STEP, short / 2)
    for row, n in zip(of.weights, of.worth, strict=True):
        row[of.label] = row.get(of.label, 0.0) + step * n
        row[wrong] = row.get(wrong, 0.0) - step * n
    return True


def _row(weights: Weights) -> Row:
    kept = [(label, n) for label, n in weights.items() if abs(n) >= FAINT]
    return Row(array("H", [label for label, _n in kept]), array("f", [n for _label, n in kept]))
