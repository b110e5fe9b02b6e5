"""How far each target is: sums over sums, never averages, never rounded up. Pure.

Formulas: numerators and denominators of the units are added, then divided. A missing unit is not a
zero: the total is then provisional.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum

from bot.plan import Measure, Plan, Target

TENTH = Decimal("0.1")
ONE_HUNDRED = Decimal(100)


class Verdict(StrEnum):
    """A target against its goal."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_ENOUGH = "not_enough"
    """Not enough figures to say."""
    ON_THE_WAY = "on_the_way"
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
    without_baseline: tuple[str, ...] = ()

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


def share(numerator: Decimal, denominator: Decimal) -> Decimal | None:
    """A percentage with one decimal, rounded down: 100 only when it is all of it; None of nothing."""
    if denominator == 0:
        return None
    return (numerator * ONE_HUNDRED / denominator).quantize(TENTH, ROUND_FLOOR)


def reduction(before: Decimal, now: Decimal) -> Decimal | None:
    """By how many percent less than before, rounded down; below zero when more; None without a before."""
    if before == 0:
        return None
    return ((before - now) * ONE_HUNDRED / before).quantize(TENTH, ROUND_FLOOR)


def progress(
    plan: Plan,
    year: int,
    units: Sequence[str],
    figures: Iterable[Figure],
    with_plan: Iterable[str],
    recognised: int,
    pending: int,
    baselines: Mapping[str, Baseline],
) -> list[Progress]:
    """How far each target (and figure) of the plan is in a year.

    `units` are those that owe a report; `with_plan` those with a plan issued; `recognised` and
    `pending` count items with a decision in the year and items still on the way to one.
    """
    by_target: dict[str, dict[str, Figure]] = {}
    for figure in figures:
        by_target.setdefault(figure.target, {})[figure.unit] = figure
    issued = set(with_plan) & set(units)
    found = []
    for target in plan.asked_about:
        given = by_target.get(target.code, {})
        if target.measure is Measure.UNITS_WITH_PLAN:
            n, all_units = Decimal(len(issued)), Decimal(len(units))
            verdict = Verdict.MET if n == all_units else Verdict.NOT_MET
            found.append(Progress(target, n, all_units, share(n, all_units), len(units), len(units), verdict))
        elif target.measure is Measure.COUNT:
            verdict = Verdict.MET if recognised >= target.goal else Verdict.NOT_MET
            found.append(Progress(target, Decimal(recognised), target.goal, None, 1, 1, verdict, pending))
        elif target.measure is Measure.REDUCTION:
            found.append(_reduction(target, year, units, given, baselines))
        else:
            found.append(_share(target, units, given))
    return found


def _share(target: Target, units: Sequence[str], given: Mapping[str, Figure]) -> Progress:
    applies = [unit for unit in units if not (unit in given and given[unit].not_applicable)]
    told = [
        figure
        for unit in applies
        if (figure := given.get(unit)) is not None
        and figure.numerator is not None
        and figure.denominator is not None
    ]
    n = sum((figure.numerator or Decimal(0) for figure in told), Decimal(0))
    all_of_it = sum((figure.denominator or Decimal(0) for figure in told), Decimal(0))
    percent = share(n, all_of_it)
    if not applies:
        verdict = Verdict.NOT_APPLICABLE
    elif len(told) < len(applies) or percent is None:
        verdict = (
            Verdict.NOT_MET
            if percent is not None and n < all_of_it and target.goal == ONE_HUNDRED
            else Verdict.NOT_ENOUGH
        )
    else:
        verdict = Verdict.MET if percent >= target.goal else Verdict.NOT_MET
    return Progress(target, n, all_of_it, percent, len(told), len(applies), verdict)


def _reduction(
    target: Target, year: int, units: Sequence[str], given: Mapping[str, Figure],
    baselines: Mapping[str, Baseline],
) -> Progress:  # fmt: skip
    before = now = Decimal(0)
    counted = 0
    without = []
    for unit in units:
        figure = given.get(unit)
        if figure is None or figure.numerator is None:
            continue
        baseline = baselines.get(unit)
        against = (
            None if baseline is None else baseline.whole_year if figure.estimate else baseline.ten_months
        )
        if against is None:
            without.append(unit)
            continue
        before, now, counted = before + against, now + figure.numerator, counted + 1
    percent = reduction(before, now)
    if percent is None:
        verdict = Verdict.NOT_ENOUGH
    elif percent >= target.goal and counted == len(units):
        verdict = Verdict.MET
    elif target.by_year is not None and year < target.by_year:
        verdict = Verdict.ON_THE_WAY
    else:
        verdict = Verdict.NOT_MET if counted == len(units) else Verdict.NOT_ENOUGH
    return Progress(
        target, now, before, percent, counted, len(units), verdict, without_baseline=tuple(without)
    )
