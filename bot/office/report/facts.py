"""What the yearly report's form looks at: each fact is read in the turn's transaction when it is first looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from bot.conversation import Visit
from bot.dialogue import Facts
from bot.language import Part
from bot.office import head_titles
from bot.office.duties import submissions
from bot.office.duties.duty_kinds import read_subject
from storage import baselines, initiatives, people, recognitions, results, unit_plans
from storage.baselines import UnitPaper
from storage.initiatives import Initiative, ItemState
from storage.people import Unit
from storage.recognitions import Recognition
from storage.results import Narrative, ReportedFigure
from storage.unit_plans import UnitPlan


@dataclass(frozen=True)
class Last:
    """Last year's report of the unit: figures by target, narrative parts by section."""

    figures: Mapping[str, ReportedFigure]
    narratives: Mapping[str, Narrative]


class YearFacts(Facts):
    """The unit and the year that something tells of, who sends it, and what was told of the year before."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._visit, self._tx = visit, visit.tx
        self._unit, self.year = read_subject(subject)

    @cached_property
    def unit(self) -> Unit:
        """The unit."""
        unit = self._tx.one(people.UNIT, code=self._unit)
        assert unit is not None
        return unit

    @cached_property
    def sends(self) -> bool:
        """Whether this person sends it, and does not only draft it."""
        return submissions.sends(self._visit)

    @cached_property
    def head_title(self) -> Part:
        """What the head of the unit is called."""
        return head_titles.of_unit(self._visit, self._unit)

    @cached_property
    def last(self) -> Last:
        """What was told of the year before: nothing."""
        return Last({}, {})


class ReportFacts(YearFacts):
    """What is known of a unit's year: its people, items, plan, baseline, and last year's report."""

    @cached_property
    def sent(self) -> datetime | None:
        """When it was sent before, where it was."""
        before = self._tx.one(results.OF_UNIT, unit=self._unit, year=self.year)
        return before.at if before is not None else None

    @cached_property
    def people(self) -> int:
        """How many officials the unit has by the list of people."""
        return sum(p.kind in ("cong_chuc", "vien_chuc") for p in self._tx.all(people.OF_UNIT, unit=self._unit))

    @cached_property
    def plan(self) -> UnitPlan | None:
        """The unit's yearly plan, where it was sent."""
        return self._tx.one(unit_plans.OF_UNIT, unit=self._unit, year=self.year)

    @cached_property
    def last(self) -> Last:
        """Last year's report."""
        of = {"unit": self._unit, "year": self.year - 1}
        return Last(
            {figure.target: figure for figure in self._tx.all(results.FIGURES, **of)},
            {part.section: part for part in self._tx.all(results.NARRATIVES, **of)},
        )

    @cached_property
    def registered(self) -> Sequence[Initiative]:
        """What the unit has registered for the year."""
        return self._tx.all(initiatives.OF_UNIT, unit=self._unit, year=self.year)

    @cached_property
    def decided(self) -> Sequence[tuple[Initiative, Recognition]]:
        """What was recognised in the year, each with the decision of its highest level."""
        known = [*self._tx.all(initiatives.OF_UNIT, unit=self._unit, year=self.year - 1), *self.registered]
        order = [level.code for level in self._visit.plan.levels]
        found = self._tx.all(recognitions.BETWEEN, first=date(self.year, 1, 1), last=date(self.year, 12, 31))
        found.sort(key=lambda by: order.index(by.level) if by.level in order else -1)
        highest = {by.initiative: by for by in found}
        return [(i, highest[i.id]) for i in known if i.state == ItemState.RECOGNISED and i.id in highest]

    @cached_property
    def baseline(self) -> UnitPaper | None:
        """What the unit's paper is measured against."""
        return self._tx.one(baselines.FOR_REPORT, unit=self._unit, year=self.year)
