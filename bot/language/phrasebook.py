"""The examples by which sentences are recognised, with what people type for what: read from tables. Pure.

The examples stand in `locales/vi/phrases.tsv`, one a line: the command with what follows it, a tab, a sentence as people
write it, its facts in braces, with a question mark those that its command has no use for: «{date?}». `shorthand.tsv`
says what is typed for what, `alike.tsv` which words are of like meaning; `learnt.json` is what the three teach, drawn by
`./run house --draw`.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from bot.language.i18n import LOCALES, Terms
from bot.language.learning import Example, also_learnt, learnt, read, written
from bot.language.recogniser import Alike, Likeness, Recogniser, Words
from bot.language.sentence_facts import SaidFact, masked
from bot.language.shorthand import Shorthand, folded, words_in

PHRASES, SHORTHAND, ALIKE = (LOCALES / "vi" / f"{name}.tsv" for name in ("phrases", "shorthand", "alike"))
LEARNT = LOCALES / "vi" / "learnt.json"
NOTHING = "-"
"""The label of sentences that ask for nothing that is here: the weather, wages, a joke."""
CLEARLY = 0.05
"""How far it must be ahead of all that may be asked for."""
LONE = 0.5
"""What is left of the likeness of a word alone: «phiếu» is in everything."""
TEXT = "{text}"
"""Where in an example the person's own words begin."""


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
    def of(cls, recogniser: Recogniser, shorthand: Shorthand, phrases: Iterable[tuple[str, str]]) -> "Phrasebook":
        """Make it of what was learnt, and of the (label, sentence) it was learnt from."""
        called = dict[str, str]()
        takes = defaultdict[str, set[str]](set)
        leads = dict[Words, str]()
        for label, sentence in phrases:
            takes[label].update(_FACT.findall(sentence))
            if TEXT in sentence and (words := shorthand.read(as_masked(sentence.replace(TEXT, "")))):
                leads.setdefault(words, label)
            called.setdefault(label, _AS_CALLED.sub("", sentence))
        kinds = {label: frozenset(of) for label, of in takes.items()}
        return cls(recogniser, shorthand, called, kinds, leads)

    @cached_property
    def telling(self) -> frozenset[str]:
        """The commands behind whose words the person's own may stand: a title, a note."""
        return frozenset(label.partition(" ")[0] for label, kinds in self.takes.items() if "text" in kinds)

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

    def meant(self, line: str, facts: Sequence[SaidFact]) -> list[Likeness]:
        """Return what a sentence may ask for; the longer its beginning is that of an example with words of one's own, the surer.

        Nothing where it is likeliest to ask for nothing.
        """
        words = self.read(masked(line, facts))
        sure = LONE if len(words) == 1 else 1.0
        ranked = {each.label: sure * each.score for each in self.rank(words)}
        nothing = ranked.pop(NOTHING, 0.0)
        led = self.leads_of(self.read(line))
        found = [Likeness(label, max(score, led.get(label, 0.0))) for label, score in ranked.items()]
        found.sort(key=lambda each: (-each.score, each.label))
        return found if found and found[0].score > nothing - CLEARLY else []

    def own_words(self, label: str, line: str) -> str:
        """Return what stands behind the beginning that an example has: «có vướng mắc là …»; as it was written."""
        words = line.split()
        best = ""
        for length in range(1, min(len(words), 12)):
            if self.leads.get(self.read(" ".join(words[:length]))) == label:
                best = " ".join(words[length:])
        return best.lstrip(":,-– ")


_FACT = re.compile(r"\{([a-z]+)\}")
_AS_CALLED = re.compile(r"(?:\s+số)?\s*\{[a-z]+\??\}")
_SWALLOWED = re.compile(
    r"(?<!\w)(?:năm|giai đoạn) (?=\{year)|(?<!\w)(?:(?:từ|đến|hết|trước|ngày|tới|sang) )+(?=\{date)"
    r"|(?<!\w)(?:(?:phiếu|hồ sơ|mã số)(?: số)?|số) (?=\{code)|(?<!\w)(?:mục|lĩnh vực) (?=\{area)"
    r"|(?<!\w)(?:phòng|đơn vị|bên|ban|tổ|trung tâm|chi cục|văn phòng) (?=\{unit)"
    r"|(?<!\w)(?:anh|chị|bạn|ông|bà|đồng chí|cô|chú|cán bộ) (?=\{person)"
)


def as_masked(sentence: str) -> str:
    """Return an example as a sentence with its facts would come out of masking: «năm {year}» is one fact."""
    return _SWALLOWED.sub("", unmarked(sentence))


def unmarked(sentence: str) -> str:
    """Return an example without what says that its command has no use for a fact: «{date?}» is masked as «{date}»."""
    return sentence.replace("?}", "}")


def rows(path: Path) -> list[tuple[str, str]]:
    """Return the pairs of a table of two columns."""
    pairs = (line.partition("\t") for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return [(left.strip(), right.strip()) for left, _tab, right in pairs]


@lru_cache(4)  # of plans
def phrasebook(
    terms: Terms, own: tuple[tuple[str, str], ...] = (), short: tuple[tuple[str, str], ...] = ()
) -> Phrasebook:
    """Return the phrasebook of an office: what it calls its units, heads and desk is read as the examples call them.

    `own` are its own examples, `short` what it writes short, of its plan file.
    """
    called = [
        (terms.head_of_unit, "thủ trưởng"),
        (terms.heads, "thủ trưởng"),
        (terms.unit_word, "đơn vị"),
        (terms.desk, "văn phòng"),
        (terms.leaders, "lãnh đạo"),
    ]
    phrases = (*rows(PHRASES), *own)
    shorthand = Shorthand.of((*called, *rows(SHORTHAND), *short), [unmarked(sentence) for _label, sentence in phrases])
    recogniser = _shipped()
    if own:
        recogniser = also_learnt(recogniser, examples_of(own, shorthand))
    return Phrasebook.of(recogniser, shorthand, phrases)


def examples_of(phrases: Iterable[tuple[str, str]], shorthand: Shorthand) -> list[Example]:
    """Return sentences as they are learnt: no two alike, none without a word."""
    read_out = ((label, shorthand.read(as_masked(sentence.replace(TEXT, "")))) for label, sentence in phrases)
    return list(dict.fromkeys(Example(label, words) for label, words in read_out if words))


def taught() -> str:
    """Return what the shipped examples teach, to be written down: some seconds of work."""
    phrases = rows(PHRASES)
    shorthand = Shorthand.of(rows(SHORTHAND), [unmarked(sentence) for _label, sentence in phrases])
    return written(learnt(examples_of(phrases, shorthand), _alike()), stamp())


def stamp() -> str:
    """Return what tells the tables from which it was learnt, and how, from any others."""
    how = (Path(__file__).parent / f"{name}.py" for name in ("learning", "recogniser", "shorthand"))
    read_from = (PHRASES, SHORTHAND, ALIKE, *how)
    return hashlib.sha256(b"".join(path.read_bytes() for path in read_from)).hexdigest()[:16]


@lru_cache(1)
def _shipped() -> Recogniser:
    return read(LEARNT.read_text(encoding="utf-8"), _alike())


def _alike() -> Alike:
    groups = defaultdict[Words, list[str]](list)
    for n, line in enumerate(ALIKE.read_text(encoding="utf-8").splitlines()):
        for each in {folded(words_in(each)) for each in line.split("|")}:
            groups[each].append(f"={n}")
    return groups
