"""What is wrong in a plan file: where, what, and what was expected. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.language import Part, _
from bot.movement.plan.places import Path


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a plan file."""

    where: str
    """The piece and the key: «[[duties]] «results» opens»."""
    what: Part
    expected: Part = ""
    example: str = ""
    """A right line, as it is written."""
    line: int = 0
    """0 where a plan is looked at that no file holds."""

    @property
    def place(self) -> Part:
        """Its line and its key."""
        return _("line {line}, {where}", line=self.line, where=self.where) if self.line else self.where


class BadPlan(Exception):
    """The plan file cannot be used; `problems` says everything that is wrong at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems, the first at {problems[0].where}")
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Clash:
    """Something wrong at a place of the file, before its line was looked up."""

    way: Path
    what: Part
    expected: Part
    absent: bool = False
    """Whether it is that nothing stands there."""
    meant: Path = ()
    """The way to what was probably meant."""
    word: str = ""
    """The word that was probably meant."""
