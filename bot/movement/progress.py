"""How far each target is: sums over sums, never averages, one rounding for all. Pure.

Formulas: numerators and denominators of the units are added, then divided. A missing unit is not a zero: the total is
then provisional. While the year runs nothing has been missed: what is still needed is said, and the verdict comes after 31/12.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from enum import StrEnum

from bot.movement.counting import CountedSheet, counts, named_in, on_the_way
from bot.movement.plan import Measure, Plan, Target

TENTH = Decimal("0.1")
ONE_HUNDRED = Decimal(100)
NOTHING = Decimal(0)
OFFICE = ""
"""The whole office as one, where units have their codes."""


class Verdict(StrEnum):
    """A target against its goal."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_ENOUGH = "not_enough"
    """Not enough figures to say."""
    ON_THE_WAY = "on_the_way"
    """Short of its goal while there is time left."""
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Figure:
    """What one unit reported for one target, in the target's unit of measure."""

    unit: str
    target: str
    numerator: Decimal | None
    denominator: Decimal | None
    not_applicable: bool = False
    estimate: bool = False
    otherwise: bool = False
    """Whether it was given when the target was measured in another way: it is no number of today's."""
    from_list: bool = False
    """Whether it was what the list of people said, and no total of the unit's own."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """An amount of the year that a reduction is measured against: until the cut-off, of the whole year."""

    ten_months: Decimal | None
    whole_year: Decimal | None


Baselines = Mapping[tuple[str, str], Baseline]
"""By target and unit."""


@dataclass(frozen=True, slots=True)
class Reported:
    """What is known of a year: of whom reports are expected, what they say, what is registered and recognised."""

    year: int
    units: Sequence[str]
    """Those that owe a report."""
    figures: Sequence[Figure] = ()
    with_plan: Collection[str] = ()
    """Those whose plan is issued."""
    planning: Collection[str] | None = None
    """Those that owe a plan; None: all of them."""
    sheets: Sequence[CountedSheet] = ()
    roster: Mapping[str, Collection[int]] = field(default_factory=dict)
    """The officials of each unit."""
    baselines: Baselines = field(default_factory=dict)
    listed: Sequence[Figure] = ()
    """What lists of people say of targets that they fill in: used of units that have told nothing themselves."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one target is: its sums, the percentage, how many units are in it."""

    target: Target
    numerator: Decimal
    denominator: Decimal
    percent: Decimal | None
    """Of a share: 0-100; of a reduction: how much less, below zero when more; None when unknown, or no part of anything."""
    reported: int
    expected: int
    verdict: Verdict
    pending: int = 0
    needed: Decimal | None = None
    """What is still needed to reach the goal: items, units, of what a share or a sum counts, points of a reduction."""
    without_baseline: tuple[str, ...] = ()
    """Units whose figure is known and has nothing to be measured against: it is in no sum."""
    otherwise: tuple[str, ...] = ()
    """Units whose figure was given when the target was measured in another way: it is in no sum either."""
    by_list: tuple[str, ...] = ()
    """Units whose figure comes from the list of people."""
    by_total: tuple[str, ...] = ()
    """Units that have given a total of their own where others have a list."""

    @property
    def provisional(self) -> bool:
        """Whether figures are still to come."""
        return self.reported < self.expected

    @property
    def toward_goal(self) -> Decimal | None:
        """The part of the way to the goal, 0 to 1 (more than 1 is 1); None when unknown."""
        if self.target.measure in (Measure.COUNT, Measure.SUM):
            if self.verdict is Verdict.NOT_APPLICABLE or not self.reported:
                return None
            return min(self.numerator / self.target.goal, Decimal(1))
        if self.percent is None:
            return None
        return max(Decimal(0), min(self.percent / self.target.goal, Decimal(1)))


def shown(percent: Decimal, goal: Decimal = ONE_HUNDRED) -> Decimal:
    """Round a percentage as it is said everywhere: one decimal, half up, and never at a goal (or at 100) it misses.

    29.96 against 30 is 29.9; so what is said is at the goal just when the exact figure is.
    """
    said = percent.quantize(TENTH, ROUND_HALF_UP)
    for least in (goal, ONE_HUNDRED):
        if percent < least <= said:
            said = (least - TENTH).quantize(TENTH, ROUND_CEILING)
    return said


def share(numerator: Decimal, denominator: Decimal, goal: Decimal = ONE_HUNDRED) -> Decimal | None:
    """Return a share in percent, as `shown` against its goal; None of nothing."""
    return None if denominator == 0 else shown(numerator * ONE_HUNDRED / denominator, goal)


def reduction(before: Decimal, now: Decimal, goal: Decimal = ONE_HUNDRED) -> Decimal | None:
    """Return by how many percent it is less than before, as `shown`; below zero when more; None without a before."""
    return None if before == 0 else shown((before - now) * ONE_HUNDRED / before, goal)


def progress(plan: Plan, today: date, known: Reported) -> list[Progress]:
    """Measure how far each target (and figure) of the plan is in a year, as seen on a day."""
    by_target: dict[str, dict[str, Figure]] = {}
    for figure in known.figures:
        by_target.setdefault(figure.target, {})[figure.unit] = figure
    found = []
    for target in plan.asked_about:
        given = by_target.get(target.code, {})
        listed = {each.unit: each for each in known.listed if each.target == target.code}
        told = told_by(given, listed)
        each = _MEASURES[target.measure](plan, target, known, told)
        units = [OFFICE] if target.of_office else known.units
        otherwise = tuple(unit for unit in units if unit in given and given[unit].otherwise and unit not in listed)
        if each.verdict is Verdict.NOT_MET and (today <= date(known.year, 12, 31) or _early(target, known)):
            each = replace(each, verdict=Verdict.ON_THE_WAY)
        found.append(_sourced(replace(each, otherwise=otherwise), [told[unit] for unit in units if unit in told]))
    return found


def told_by(given: Mapping[str, Figure], listed: Mapping[str, Figure]) -> dict[str, Figure]:
    """Return each unit's figure that counts: what it has given, before a list only if it says something; else its list's."""
    says = {of: e for of, e in given.items() if of not in listed or e.numerator is not None or e.not_applicable}
    return {**listed, **{of: each for of, each in says.items() if not each.otherwise}}


def _sourced(each: Progress, told: Sequence[Figure]) -> Progress:
    """Return it with which units' figures are of the list of people, and which of their own count; nothing without a list."""
    by_list = tuple(figure.unit for figure in told if figure.from_list)
    if not by_list:
        return each
    own = tuple(figure.unit for figure in told if not figure.from_list and figure.numerator is not None)
    return replace(each, by_list=by_list, by_total=own)


def _units_with_plan(plan: Plan, target: Target, known: Reported, given: Mapping[str, Figure]) -> Progress:
    planning = known.units if known.planning is None else known.planning
    issued, units = set(known.with_plan) & set(planning), len(planning)
    return _measured(target, Decimal(len(issued)), Decimal(units), units, units)


def _count(plan: Plan, target: Target, known: Reported, given: Mapping[str, Figure]) -> Progress:
    n = Decimal(counted_sheets(plan, target, known))
    pending = sum(on_the_way(plan, target, sheet) for sheet in known.sheets)
    verdict = Verdict.MET if n >= target.goal else Verdict.NOT_MET
    return Progress(target, n, target.goal, None, 1, 1, verdict, pending, _left(target.goal - n))


def counted_sheets(plan: Plan, target: Target, known: Reported) -> int:
    """Return how many sheets a target counts."""
    return sum(counts(plan, target, sheet) for sheet in known.sheets)


def _people(plan: Plan, target: Target, known: Reported, given: Mapping[str, Figure]) -> Progress:
    """Measure the share of everybody, each once, whatever posts they hold."""
    everybody = {person for people in known.roster.values() for person in people}
    part = everybody & named_in(plan, target, known.sheets)
    return _measured(target, Decimal(len(part)), Decimal(len(everybody)), 1, 1)


def _left(difference: Decimal) -> Decimal | None:
    return difference if difference > 0 else None


def _measured(target: Target, n: Decimal, all_of_it: Decimal, told: int, applies: int) -> Progress:
    """Measure a share of what was told, with its verdict and how many more would reach the goal."""
    percent = share(n, all_of_it, target.goal)
    least = (all_of_it * target.goal / ONE_HUNDRED).to_integral_value(ROUND_CEILING)
    if not applies:
        verdict = Verdict.NOT_APPLICABLE
    elif percent is None:
        verdict = Verdict.NOT_ENOUGH
    elif told < applies:  # all of it can be missed already, never be reached yet
        verdict = Verdict.NOT_MET if n < all_of_it and target.goal == ONE_HUNDRED else Verdict.NOT_ENOUGH
    else:
        verdict = Verdict.MET if percent >= target.goal else Verdict.NOT_MET
    return Progress(target, n, all_of_it, percent, told, applies, verdict, needed=_left(least - n))


def _share(plan: Plan, target: Target, known: Reported, given: Mapping[str, Figure]) -> Progress:
    applies = _concerned(target, known, given)
    told = [
        figure
        for unit in applies
        if (figure := given.get(unit)) is not None and figure.numerator is not None and figure.denominator is not None
    ]
    n = sum((figure.numerator or NOTHING for figure in told), NOTHING)
    all_of_it = sum((figure.denominator or NOTHING for figure in told), NOTHING)
    return _measured(target, n, all_of_it, len(told), len(applies))


def _sum(plan: Plan, target: Target, known: Reported, given: Mapping[str, Figure]) -> Progress:
    """Add up what was told; who has not told can only add to it."""
    applies = _concerned(target, known, given)
    told = [n for unit in applies if unit in given and (n := given[unit].numerator) is not None]
    n = sum(told, NOTHING)
    if not applies:
        verdict = Verdict.NOT_APPLICABLE
    elif told and n >= target.goal:
        verdict = Verdict.MET
    else:
        verdict = Verdict.NOT_MET if len(told) == len(applies) else Verdict.NOT_ENOUGH
    return Progress(target, n, target.goal, None, len(told), len(applies), verdict, needed=_left(target.goal - n))


def _reduction(plan: Plan, target: Target, known: Reported, given: Mapping[str, Figure]) -> Progress:
    before = now = NOTHING
    units = _concerned(target, known, given)
    told = [given[unit] for unit in units if unit in given and given[unit].numerator is not None]
    without = []
    for figure in told:
        against = measured_against(figure, known.baselines)
        if against is None:
            without.append(figure.unit)
        else:
            before, now = before + against, now + (figure.numerator or NOTHING)
    percent = reduction(before, now, target.goal)
    whole = len(told) == len(units) and not without
    if not units:
        verdict = Verdict.NOT_APPLICABLE
    elif percent is None:
        verdict = Verdict.NOT_ENOUGH
    elif percent >= target.goal and whole:
        verdict = Verdict.MET
    else:
        verdict = Verdict.NOT_MET if whole or _early(target, known) else Verdict.NOT_ENOUGH
    needed = None if percent is None else _left(target.goal - percent)
    return Progress(
        target, now, before, percent, len(told), len(units), verdict, needed=needed, without_baseline=tuple(without)
    )


def measured_against(figure: Figure, baselines: Baselines) -> Decimal | None:
    """Return what an amount is measured against: of the same span; None where that is not known."""
    baseline = baselines.get((figure.target, figure.unit))
    return None if baseline is None else baseline.whole_year if figure.estimate else baseline.ten_months


def _early(target: Target, known: Reported) -> bool:
    """Whether the goal is to be reached in a later year."""
    return target.by_year is not None and known.year < target.by_year


def _concerned(target: Target, known: Reported, given: Mapping[str, Figure]) -> list[str]:
    units = [OFFICE] if target.of_office else known.units
    return [unit for unit in units if not (unit in given and given[unit].not_applicable)]


_MEASURES: Mapping[Measure, Callable[[Plan, Target, Reported, Mapping[str, Figure]], Progress]] = {
    Measure.UNITS_WITH_PLAN: _units_with_plan,
    Measure.SHARE: _share,
    Measure.SUM: _sum,
    Measure.COUNT: _count,
    Measure.REDUCTION: _reduction,
    Measure.PEOPLE: _people,
}
