"""Recognise by example what a sentence asks for that is no menu word, with the facts it says. Reads only.

The examples stand in `locales/vi/phrases.tsv`, one a line: the command with what follows it, a tab, a sentence as people
write it, its facts in braces. A command takes the kinds of facts that stand in its examples; what else was said is named.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.conversation.context import Visit
from bot.conversation.feature import Command
from bot.language import Terms, Text, clean_line, fold
from bot.language.i18n import LOCALES
from bot.language.recogniser import Example, Likeness, Recogniser, Words
from bot.language.sentence_facts import FactKind, SaidFact, facts_in, masked
from bot.language.shorthand import Shorthand, folded, words_in
from storage import people, unit_history

PHRASES, SHORTHAND, ALIKE = (LOCALES / "vi" / f"{name}.tsv" for name in ("phrases", "shorthand", "alike"))
MOST = 8
"""So many of the likeliest are looked at."""
LONGEST = 40
"""Words of a sentence; who writes more tells something."""
TEXT = "{text}"
"""Where in an example the person's own words begin."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a sentence may ask for."""

    command: Command
    args: str
    score: float
    """How like its examples it is, 0 to 1."""
    shown: str = ""
    """What stands behind the command, in words."""
    filled: bool = False
    """Whether it takes facts that were said."""
    tells: bool = False
    """Whether what follows its words may be the person's own: a title, a note."""
    left: Sequence[str] = ()
    """What was said that this command does not take, or that no example has."""

    @property
    def says(self) -> str:
        """Return it as it is typed with a slash."""
        return f"/{self.command.name} {self.args}".rstrip()


@dataclass(frozen=True)
class Phrasebook:
    """The examples, indexed, and what people type for what."""

    recogniser: Recogniser
    shorthand: Shorthand
    called: Mapping[str, str]
    """The first example of each label that says no fact: its name where it must be told from its command."""
    takes: Mapping[str, frozenset[str]]
    """The kinds of facts that stand in the examples of each label."""

    leads: Mapping[Words, str]
    """The beginnings of examples whose end is the person's own words, with their labels."""

    @classmethod
    def of(
        cls, phrases: Iterable[tuple[str, str]], shorthand: Iterable[tuple[str, str]], alike: Iterable[str] = ()
    ) -> "Phrasebook":
        """Make it of (label, sentence), (typed, meant), and of words of like meaning, a group a line."""
        phrases = list(phrases)
        short = Shorthand.of(shorthand, [sentence for _label, sentence in phrases])
        examples = dict[Example, None]()
        called = dict[str, str]()
        takes = defaultdict[str, set[str]](set)
        leads = dict[Words, str]()
        for label, sentence in phrases:
            words = short.read(sentence.replace(TEXT, ""))
            takes[label].update(word.strip("{}") for word in words_in(sentence) if word.startswith("{"))
            if TEXT in sentence and words:
                leads.setdefault(words, label)
            if words:
                examples.setdefault(Example(label, words))
            called.setdefault(label, re.sub(r"\s*\{[a-z]+\}", "", sentence))
        kinds = {label: frozenset(of) for label, of in takes.items()}
        groups = defaultdict[Words, list[str]](list)
        for n, line in enumerate(alike):
            for each in {folded(words_in(each)) for each in line.split("|")}:
                groups[each].append(f"={n}")
        return cls(Recogniser(tuple(examples), groups), short, called, kinds, leads)

    def read(self, sentence: str) -> Words:
        """Return the words of a sentence whose facts are masked."""
        return self.shorthand.read(sentence, self.recogniser.vocabulary)

    def leads_of(self, words: Words) -> Mapping[str, float]:
        """Return what a sentence begins like, with how much that says: the more words, the more."""
        found = dict[str, float]()
        for length in range(2, min(len(words) - 1, 8)):
            if (label := self.leads.get(words[:length])) is not None:
                found[label] = min(0.5 + 0.12 * length, 0.9)
        return found

    def rank(self, words: Words) -> list[Likeness]:
        """Return what the words may ask for, the likeliest first."""
        return self.recogniser.rank(words) if words else []


def rows(path: Path) -> list[tuple[str, str]]:
    """Return the pairs of a table of two columns."""
    pairs = (line.partition("\t") for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return [(left.strip(), right.strip()) for left, _tab, right in pairs]


@cache
def phrasebook(terms: Terms, own: tuple[tuple[str, str], ...] = ()) -> Phrasebook:
    """Return the phrasebook of an office: what it calls its units, heads and desk is read as the examples call them."""
    called = [
        (terms.head_of_unit, "thủ trưởng"),
        (terms.heads, "thủ trưởng"),
        (terms.unit_word, "đơn vị"),
        (terms.desk, "văn phòng"),
        (terms.leaders, "lãnh đạo"),
    ]
    alike = ALIKE.read_text(encoding="utf-8").splitlines()
    return Phrasebook.of((*rows(PHRASES), *own), (*called, *rows(SHORTHAND)), alike)


def asked(visit: Visit, text: str) -> list[Asked]:
    """Return what a sentence may ask for, the likeliest first; a command once, with what is nearest behind it."""
    line = clean_line(text)
    if not line or len(line.split()) > LONGEST:
        return []
    book = phrasebook(visit.words.terms)
    facts = facts_in(line, visit.said.date(), visit.tx.all(unit_history.EVER_UNITS), visit.tx.all(people.NAMES))
    found = dict[str, Asked]()
    for each in ranked(book, line, facts):
        name, _space, sub = each.label.partition(" ")
        command = visit.office.features.commands.get(name)
        if command is not None and name not in found:
            found[name] = _filled(book, command, sub, each, line, facts)
        if len(found) == MOST:
            break
    return list(found.values())


def ranked(book: Phrasebook, line: str, facts: Sequence[SaidFact]) -> list[Likeness]:
    """Return what a sentence may ask for; the longer its beginning is that of an example with words of one's own, the surer."""
    words = book.read(masked(line, facts))
    led = book.leads_of(book.read(line))
    found = [Likeness(each.label, max(each.score, led.get(each.label, 0.0))) for each in book.rank(words)]
    return sorted(found, key=lambda each: (-each.score, each.label))


def _filled(
    book: Phrasebook, command: Command, sub: str, like: Likeness, line: str, facts: Sequence[SaidFact]
) -> Asked:
    """Return a command with what it takes of the facts, or with the person's own words, and name what it does not take."""
    takes = book.takes[like.label]
    if "text" in takes and (own := _own_words(book, like.label, line)):
        return Asked(command, f"{sub} {own}".strip(), like.score, own, tells=True)
    taken = [each for each in facts if each.kind in takes]
    kinds = [each.kind for each in taken]
    together = {FactKind.AREA, FactKind.PERSON} <= set(kinds)
    if together or len(set(kinds)) < len(kinds):  # two units, two days: what stands between them says which is which
        said = line[taken[0].start : taken[-1].end]
    else:
        said = " ".join(each.value for kind in FactKind for each in taken if each.kind is kind)
    left = [each.said for each in facts if each.kind not in takes]
    shown = ", ".join(part for part in (book.called[like.label] if sub else "", said) if part)
    tells = any("text" in kinds for of, kinds in book.takes.items() if of.partition(" ")[0] == command.name)
    return Asked(command, f"{sub} {said}".strip(), like.score, shown, bool(said), tells, left)


def _own_words(book: Phrasebook, label: str, line: str) -> str:
    """Return what stands behind the beginning that an example has: «có vướng mắc là …»; as it was written."""
    words = line.split()
    best = ""
    for length in range(1, min(len(words), 12)):
        if book.leads.get(book.read(" ".join(words[:length]))) == label:
            best = " ".join(words[length:])
    return best.lstrip(":,-– ")
