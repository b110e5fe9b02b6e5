"""Recognise by example what a sentence asks for that is no menu word, with the facts it says. Reads only.

A command takes the kinds of facts that stand in its examples; what else was said is named.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.conversation.context import Visit
from bot.conversation.feature import Command
from bot.language import FactKind, Likeness, Phrasebook, SaidFact, clean_line, facts_in, phrasebook
from bot.movement import Plan
from storage import people, unit_history

MOST = 8
"""So many of the likeliest are looked at."""
LONGEST = 40
"""Words of a sentence; who writes more tells something."""


@dataclass(frozen=True, slots=True)
class AskedFor:
    """What a sentence may ask for."""

    command: Command
    args: str
    score: float
    """How like its examples it is, 0 to 1."""
    shown: str = ""
    """What stands behind the command, in words."""
    tells: bool = False
    """Whether what follows its words may be the person's own: a title, a note."""
    filled: bool = False
    """Whether it takes facts that were said."""
    left: Sequence[str] = ()
    """What was said that this command does not take, or that no example has."""

    @property
    def says(self) -> str:
        """Return it as it is typed with a slash."""
        return f"/{self.command.name} {self.args}".rstrip()


def learnt(plan: Plan) -> Phrasebook:
    """Return the examples of an office, learnt: a quarter of a second of work the first time, nothing after that."""
    own = tuple((command, sentence) for command, sentences in plan.phrases.items() for sentence in sentences)
    return phrasebook(plan.terms, own, tuple(plan.abbreviations.items()))


def asked(visit: Visit, text: str) -> list[AskedFor]:
    """Return what a sentence may ask for, the likeliest first; a command once, with what is nearest behind it."""
    line = clean_line(text)
    if not line or len(line.split()) > LONGEST:
        return []
    book = learnt(visit.plan)
    facts = facts_in(line, visit.said.date(), visit.tx.all(unit_history.EVER_UNITS), visit.tx.all(people.NAMES))
    found = dict[str, AskedFor]()
    for each in book.meant(line, facts):
        name, _space, sub = each.label.partition(" ")
        command = visit.office.features.commands.get(name)
        if command is not None and name not in found:
            filled = _filled(book, command, sub, each, line, facts)
            more = command.reads(visit, line)
            found[name] = filled if more is None else _with(filled, more)
        if len(found) == MOST:
            break
    return list(found.values())


def _with(asked: AskedFor, more: tuple[str, str]) -> AskedFor:
    """Return what is asked for with what its command has read out of the sentence besides."""
    args, shown = more
    return replace(
        asked, args=f"{args} {asked.args}".strip(), shown=", ".join(filter(None, (shown, asked.shown))), filled=True
    )


def _filled(
    book: Phrasebook, command: Command, sub: str, like: Likeness, line: str, facts: Sequence[SaidFact]
) -> AskedFor:
    """Return a command with what it takes of the facts, or with the person's own words, and name what it does not take."""
    takes = book.takes[like.label]
    if "text" in takes and (own := book.own_words(like.label, line)):
        return AskedFor(command, f"{sub} {own}".strip(), like.score, own, tells=True)
    taken = [each for each in facts if each.kind in takes]
    kinds = [each.kind for each in taken]
    together = {FactKind.AREA, FactKind.PERSON} <= set(kinds)
    if together or len(set(kinds)) < len(kinds):  # two units, two days: what stands between them says which is which
        said = line[taken[0].start : taken[-1].end]
    else:
        said = " ".join(each.value for kind in FactKind for each in taken if each.kind is kind)
    left = [each.said for each in facts if each.kind not in takes]
    shown = ", ".join(part for part in (book.called[like.label] if sub else "", said) if part)
    tells = command.name in book.telling
    return AskedFor(command, f"{sub} {said}".strip(), like.score, shown, tells, bool(said), left)
