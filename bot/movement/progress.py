"""How far each target is: sums over sums, never averages, one rounding for all. Pure.

Formulas: numerators and denominators of the units are added, then divided. A missing unit is not a
zero: the total is then provisional. While the year runs nothing has been missed: what is still needed
is said, and the verdict comes after 31/12.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from enum import StrEnum

from bot.movement.plan import Measure, Plan, Target

TENTH = Decimal("0.1")
ONE_HUNDRED = Decimal(100)
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
    """What one unit reported for one target."""

    unit: str
    target: str
    numerator: Decimal | None
    denominator: Decimal | None
    not_applicable: bool = False
    estimate: bool = False


@dataclass(frozen=True, slots=True)
class Baseline:
    """Paper of the baseline year, in the plan's unit: of ten months, of the whole year."""

    ten_months: Decimal | None
    whole_year: Decimal | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one target is: its sums, the percentage, how many units are in it."""

    target: Target
    numerator: Decimal
    denominator: Decimal
    percent: Decimal | None
    """Of a share: 0-100; of a reduction: how much less, below zero when more; None when unknown."""
    reported: int
    expected: int
    verdict: Verdict
    pending: int = 0
    needed: Decimal | None = None
    """What is still needed to reach the goal: items, units, of what a share counts, points of a reduction."""
    without_baseline: tuple[str, ...] = ()
    """Units whose figure is known and has nothing to be measured against: it is in no sum."""

    @property
    def provisional(self) -> bool:
        """Whether figures are still to come."""
        return self.reported < self.expected

    @property
    def toward_goal(self) -> Decimal | None:
        """The part of the way to the goal, 0 to 1 (more than 1 is 1); None when unknown."""
        if self.target.measure is Measure.COUNT:
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


def progress(
    plan: Plan,
    year: int,
    today: date,
    units: Sequence[str],
    figures: Iterable[Figure],
    with_plan: Iterable[str],
    recognised: int,
    pending: int,
    baselines: Mapping[str, Baseline],
    planning: Sequence[str] | None = None,
) -> list[Progress]:
    """Measure how far each target (and figure) of the plan is in a year, as seen on a day.

    `units` are those that owe a report; `with_plan` those with a plan issued, of all (or these) that owe one; `recognised` and
    `pending` count items with a decision in the year and items still on the way to one.
    """
    by_target: dict[str, dict[str, Figure]] = {}
    for figure in figures:
        by_target.setdefault(figure.target, {})[figure.unit] = figure
    planning = units if planning is None else planning
    issued = set(with_plan) & set(planning)
    found = []
    for target in plan.asked_about:
        given = by_target.get(target.code, {})
        if target.measure is Measure.UNITS_WITH_PLAN:
            n, all_units = Decimal(len(issued)), Decimal(len(planning))
            each = _measured(target, n, all_units, len(planning), len(planning))
        elif target.measure is Measure.COUNT:
            n = Decimal(recognised)
            verdict = Verdict.MET if n >= target.goal else Verdict.NOT_MET
            each = Progress(target, n, target.goal, None, 1, 1, verdict, pending, _left(target.goal - n))
        elif target.measure is Measure.REDUCTION:
            each = _reduction(target, year, [OFFICE] if target.of_office else units, given, baselines)
        else:
            each = _share(target, units, given)
        if each.verdict is Verdict.NOT_MET and today <= date(year, 12, 31):
            each = replace(each, verdict=Verdict.ON_THE_WAY)
        found.append(each)
    return found


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


def _share(target: Target, units: Sequence[str], given: Mapping[str, Figure]) -> Progress:
    applies = [unit for unit in units if not (unit in given and given[unit].not_applicable)]
    told = [
        figure
        for unit in applies
        if (figure := given.get(unit)) is not None and figure.numerator is not None and figure.denominator is not None
    ]
    n = sum((figure.numerator or Decimal(0) for figure in told), Decimal(0))
    all_of_it = sum((figure.denominator or Decimal(0) for figure in told), Decimal(0))
    return _measured(target, n, all_of_it, len(told), len(applies))


def _reduction(
    target: Target, year: int, units: Sequence[str], given: Mapping[str, Figure], baselines: Mapping[str, Baseline]
) -> Progress:
    before = now = Decimal(0)
    units = [unit for unit in units if not (unit in given and given[unit].not_applicable)]
    told = [given[unit] for unit in units if unit in given and given[unit].numerator is not None]
    without = []
    for figure in told:
        baseline = baselines.get(figure.unit)
        against = None if baseline is None else baseline.whole_year if figure.estimate else baseline.ten_months
        if against is None:
            without.append(figure.unit)
        else:
            before, now = before + against, now + (figure.numerator or Decimal(0))
    percent = reduction(before, now, target.goal)
    whole = len(told) == len(units) and not without
    if not units:
        verdict = Verdict.NOT_APPLICABLE
    elif percent is None:
        verdict = Verdict.NOT_ENOUGH
    elif percent >= target.goal and whole:
        verdict = Verdict.MET
    elif target.by_year is not None and year < target.by_year:
        verdict = Verdict.ON_THE_WAY
    else:
        verdict = Verdict.NOT_MET if whole else Verdict.NOT_ENOUGH
    needed = None if percent is None else _left(target.goal - percent)
    return Progress(
        target, now, before, percent, len(told), len(units), verdict, needed=needed, without_baseline=tuple(without)
    )
