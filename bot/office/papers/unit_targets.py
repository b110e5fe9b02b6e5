"""The targets in a unit's own report, as it was sent: one function for the chat's paper, the export and the terminal. Pure."""

from collections.abc import Iterator
from datetime import date

from bot.dialogue import Scene
from bot.language import Count, Part, Words, _
from bot.movement import Baseline, Measure, Target, counts, taking_part
from bot.office.papers.paper_facts import PaperPeriod, PaperYear, TargetRow
from bot.office.report import as_sent
from bot.office.report.measured_facts import MeasuredFacts


class UnitInYear(MeasuredFacts):
    """What is known of one unit in a year that was read from a snapshot."""

    def __init__(self, year: PaperYear, unit: str) -> None:
        report = year.reports.get(unit)
        self._year, self._unit, self.until = year, unit, None if report is None else report.until

    def baseline(self, target: Target) -> tuple[int, Baseline] | None:
        """Return the year that an amount is measured against, and its amount; None where nothing can be."""
        return self._year.against.get((target.code, self._unit))

    def counted(self, target: Target) -> int:
        """Return how many sheets of the unit a target counts."""
        sheets = self._year.summary.known.sheets
        return sum(counts(self._year.plan, target, sheet) for sheet in sheets if sheet.unit == self._unit)

    def taking_part(self, target: Target) -> tuple[int, int]:
        """Return how many of the unit's officials have a part in a sheet that a target counts, of how many."""
        known, unit = self._year.summary.known, self._unit
        return taking_part(self._year.plan, target, known.sheets, {unit: known.roster.get(unit, ())})[unit]

    def issued(self) -> date | None:
        """Return the day of the unit's plan; None while there is none."""
        plan = self._year.plans.get(self._unit)
        return None if plan is None else plan.day


def rows(period: PaperPeriod) -> Iterator[TargetRow]:
    """Yield what the unit has given and what the assistant counts of it, with its notes, without a verdict: that is the office's."""
    assert period.unit is not None
    unit, plan = period.unit.code, period.plan
    scenes = [
        Scene(None, period.now, year.plan, Words("vi", terms=year.plan.terms), UnitInYear(year, unit))
        for year in period.years
    ]
    for target in plan.targets:
        figures = [year.given.get((target.code, unit)) for year in period.years]
        if target.of_office or (target.asked and not any(figures)):
            continue
        values: list[Part] = [
            as_sent.value(figure, target, scene)
            if figure is not None
            else "–"
            if target.asked
            else counted(target, scene)
            for figure, scene in zip(figures, scenes, strict=True)
        ]
        notes = [figure.note for figure in figures if figure is not None and figure.note]
        yield TargetRow(target, values, "; ".join(notes))


def counted(target: Target, scene: Scene) -> Part:
    """Say what the assistant counts of the unit for a target, as a paper says it: without how it is counted."""
    facts = MeasuredFacts.of(scene)
    if target.measure is Measure.COUNT:
        n = Count(facts.counted(target))
        return _("{n} {unit}", n=n, unit=target.unit) if target.unit else _("{n}", n=n)
    if target.measure is Measure.PEOPLE:
        part, of = facts.taking_part(target)
        return _("{n}/{all}", n=part, all=of)
    day = facts.issued()
    return _("not sent") if day is None else _("issued on {day}", day=day)
