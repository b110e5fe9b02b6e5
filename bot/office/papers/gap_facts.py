"""What the sheet about a gap looks at: which gap, and whether somebody has settled it. Inside the transaction."""

from collections.abc import Sequence
from functools import cached_property

from bot.conversation import Visit
from bot.dialogue import Facts
from bot.language import Part, _, number
from bot.movement import Target, titled
from bot.office.papers import paper_gaps
from storage import office_papers, people, results, unit_history
from storage.office_papers import SettledGap


class GapFacts(Facts):
    """One gap by its key: «2027:report:QLXD», «2027:base:5:QLXD»."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._visit, self.key = visit, subject
        year, _colon, rest = subject.partition(":")
        self.year = number(year) or 0
        self._what, *self._codes = rest.split(":")

    @property
    def unit(self) -> str:
        """Return the code of the unit."""
        return self._codes[-1] if self._codes else ""

    @cached_property
    def target(self) -> Target | None:
        """The target whose figure it is; None of a whole report."""
        codes = {each.code: each for each in self._visit.plan.asked_about}
        return codes.get(self._codes[0]) if len(self._codes) > 1 else None

    @property
    def known(self) -> bool:
        """Whether the plan and the office have what it names."""
        kinds: Sequence[str] = (paper_gaps.REPORT, paper_gaps.BASE, paper_gaps.MEASURE)
        whole = self._what == paper_gaps.REPORT
        there = any(each.code == self.unit for each in self._visit.tx.all(unit_history.EVER_UNITS))
        return self._what in kinds and there and (self.target is None) == whole

    @property
    def text(self) -> Part:
        """Return the unit and what is missing."""
        names = {each.code: each.name for each in self._visit.tx.all(unit_history.EVER_UNITS)}
        return paper_gaps.said(self._what, names.get(self.unit, self.unit), self.year, self.target)

    @property
    def settled(self) -> SettledGap | None:
        """Return what the office has said of it."""
        return self._visit.tx.one(office_papers.SETTLED_GAP, gap=self.key)

    @property
    def filled(self) -> bool:
        """Whether it is there by now: of figures that is only known when the paper is made."""
        of = {"unit": self.unit, "year": self.year}
        return self._what == paper_gaps.REPORT and self._visit.tx.one(results.OF_UNIT, **of) is not None

    @property
    def over(self) -> Part | None:
        """Say why nothing can be said of it any more; None where it can."""
        if self.filled:
            return _("{text}: it has come meanwhile, so nothing has to be said.", text=self.text)
        if (settled := self.settled) is None:
            return None
        by = self._visit.tx.one(people.BY_ID, id=settled.by)
        who = "" if by is None else titled(by)
        return _("{text}: {who} has said why already: «{reason}».", text=self.text, who=who, reason=settled.reason)
