"""The ways in which a duty is done: who can owe what is done so, which command opens it, how often it can be owed. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

How = Literal["plan", "list", "results", "sheet", "narrative", "paper", "supplement", "review"]
"""How a duty is done: a unit's plan, its list of what is registered, its report, the confirmation of a sheet, what a
union tells, a paper made outside of the assistant, of which it is recorded that it was sent, a supplement: the figures of its report as of a later day, or
its review of the years until then, when the office opens one."""


@dataclass(frozen=True, slots=True)
class Way:
    """What follows from the way in which a duty is done."""

    by: tuple[str, ...]
    """Who can owe it."""
    command: str
    """The command that opens it; that of a paper is followed by the duty's code."""
    word: str = ""
    """How commands that people see and type name it: «/hen baocao 2027»; a paper is named by its code."""
    some: bool = False
    """Whether it can be owed by some kinds of unit only: figures are asked of all units, and all confirm sheets."""
    years: bool = False
    """Whether it can be owed in named years only."""
    parts: bool = False
    """Whether it can be owed several times a year: what else is kept is kept once a year."""
    on_call: bool = False
    """Whether it is owed of those years only of which the office asks for it, by giving its date."""
    told: bool = False
    """Whether the office tells those who owe it by its own hand when it asks for it: no rung speaks of that day again."""
    after: bool = False
    """Whether it opens and locks in the year after the one it is of."""

    @property
    def once(self) -> bool:
        """Whether a plan can have one such duty only."""
        return bool(self.word)


PAPER = "vanban"
SHORT = "baocaotinh"
"""The commands that record a paper: with its code; and the one of the office's that needs none."""
WAYS: Mapping[How, Way] = {
    "plan": Way(("unit",), "kehoach", "kehoach", some=True),
    "list": Way(("unit",), "xacnhan chot", "danhsach", some=True),
    "results": Way(("unit",), "baocao", "baocao"),
    "sheet": Way(("unit",), "xacnhan", "phieu"),
    "narrative": Way(("union",), "baocao", "tuyentruyen", years=True),
    "supplement": Way(("unit",), "bosung", "bosung", on_call=True, after=True),
    "review": Way(("unit",), "giaidoan", some=True, years=True, on_call=True, told=True),
    "paper": Way(("unit", "office"), PAPER, some=True, years=True, parts=True),
}
TAKEN = ("mo", SHORT, *(way.word for way in WAYS.values() if way.word))
"""Words that mean something else where a command takes the code of a duty."""
