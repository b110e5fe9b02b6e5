"""What the plan says, word for word: its clauses and the aims of its areas, by number or by words. Pure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.dialogue import Answers, Reason, Scene
from bot.language import Part, _, fold
from bot.movement import How, Plan

LONGEST = 60
"""Characters of a clause that a list of them shows."""
_BEFORE = re.compile(r"(?:(?:ve|muc|dieu|khoan|phan|clause|about)\s+)+")
_WORD = re.compile(r"[^\W_]+")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


@dataclass(frozen=True)
class PlanClause:
    """A clause of the plan; an area is one too, with its aims."""

    code: str
    text: str
    aims: Sequence[str] = ()

    @property
    def lines(self) -> list[Part]:
        """Quote it."""
        if self.aims:
            return [_("Clause {clause}. {name}:", clause=self.code, name=self.text), *(f"- {aim}" for aim in self.aims)]
        return [_("Clause {clause}: «{text}»", clause=self.code, text=self.text)]

    @property
    def beginning(self) -> str:
        """Its first words, to be recognised."""
        if len(self.text) <= LONGEST:
            return self.text
        cut = self.text[: LONGEST - 1]
        return f"{cut.rpartition(' ')[0] or cut}…"

    @property
    def length(self) -> int:
        """How many characters quoting it takes."""
        return len(self.text) + sum(map(len, self.aims))


def clauses(plan: Plan) -> list[PlanClause]:
    """Return everything that the plan file quotes, in the order of its numbers: I.1, II.1, III.1 …"""
    found = [PlanClause(code, text) for code, text in plan.clauses.items()]
    found += [PlanClause(area.code, area.name, area.aims) for area in plan.areas if area.code not in plan.clauses]
    return sorted(found, key=lambda each: [_number(part) for part in each.code.split(".")])


def quoted(plan: Plan, code: str) -> list[Part]:
    """Return the words of a clause by its number; nothing where the plan file does not have its words."""
    return next((each.lines for each in clauses(plan) if each.code == code), [])


def why(plan: Plan, *codes: str) -> list[Part]:
    """Say which clause of the plan asks for something: the first of these whose words the plan file has; nothing without one."""
    known = {each.code: each for each in clauses(plan)}
    found = next((known[code] for code in codes if code in known), None)
    return [] if found is None else [_("The plan of the movement asks for it."), *replace(found, aims=()).lines]


def by_duty(how: How) -> Reason:
    """Return why the questions of a duty's form are asked: the clause behind the duty that is done in this way."""

    def reason(answers: Answers, scene: Scene) -> list[Part]:
        duty = scene.plan.done_by(how)
        return [] if duty is None else why(scene.plan, duty.clause)

    return reason


def meant(plan: Plan, said: str) -> list[PlanClause]:
    """Find what is asked for: by number («VI.4», «mục vi 4», «III»), else by the words of a topic, without marks too."""
    every, bare = clauses(plan), _BEFORE.sub("", fold(said).strip(' .:?,«»"') + " ", 1).strip()
    number = re.sub(r"[\s.]+", ".", bare)
    for fits in (lambda code: code in (number, bare), lambda code: code.startswith(f"{number}.")):
        if number and (found := [each for each in every if fits(fold(each.code))]):
            return found
    words = _WORD.findall(bare)
    for speaks in (_as_one(words), _all_of(words)):
        if words and (found := [about for each in every if (about := _about(each, speaks)) is not None]):
            return found
    return []


def _about(clause: PlanClause, speaks: Callable[[str], bool]) -> PlanClause | None:
    """Return a clause as far as it speaks of something; of an area the aims that do."""
    if speaks(clause.text):
        return clause
    aims = [aim for aim in clause.aims if speaks(aim)]
    return replace(clause, aims=aims) if aims else None


def _as_one(words: Sequence[str]) -> Callable[[str], bool]:
    return lambda text: f" {' '.join(words)} " in f" {' '.join(_WORD.findall(fold(text)))} "


def _all_of(words: Sequence[str]) -> Callable[[str], bool]:
    return lambda text: set(words).issubset(_WORD.findall(fold(text)))


def _number(part: str) -> tuple[int, str]:
    """Read a part of a clause's number, Roman or not, to put it in order."""
    if part.isascii() and part.isdigit():
        return int(part), ""
    values = [_ROMAN.get(letter, 0) for letter in part]
    if not part or not all(values):
        return 10**6, part
    return sum(-n if n < max(values[at:]) else n for at, n in enumerate(values)), ""
