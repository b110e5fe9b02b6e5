"""Numbers as they were kept, made numbers of today's plan: turned into its unit of measure, or not used at all. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from bot.movement import OFFICE, Baseline, Figure, Plan, Target
from storage.baselines import UnitBaseline
from storage.office_figures import OfficeFigure
from storage.overview import SentFigure
from storage.results import FROM_LIST, ReportedFigure


def today(target: Target, kept_as: str, n: Decimal | None) -> Decimal | None:
    """Return a kept number in today's unit of measure; None where there is none, or it is of something else."""
    factor = target.factor(kept_as)
    if n is None or factor is None:
        return None
    return n if factor == 1 else n * factor.numerator / factor.denominator


def cutoff(plan: Plan) -> str:
    """Name the cut-off as it is kept beside an amount that goes until it."""
    month, day = plan.cutoff
    return f"{month:02}-{day:02}"


def figures(plan: Plan, kept: Iterable[SentFigure | ReportedFigure]) -> list[Figure]:
    """Return the figures of reports; what the plan does not ask any more is left out."""
    asked = {target.code: target for target in plan.asked_about if target.of_units}
    return [figure(asked[each.target], each) for each in kept if each.target in asked]


def figure(target: Target, kept: SentFigure | ReportedFigure) -> Figure:
    """Return one figure of a report."""
    n, of = (today(target, kept.kept_as, number) for number in (kept.numerator, kept.denominator))
    otherwise = kept.numerator is not None and n is None
    return Figure(kept.unit, target.code, n, of, kept.na, kept.estimate, otherwise, kept.source == FROM_LIST)


def baseline(plan: Plan, target: Target, kept: UnitBaseline | OfficeFigure) -> Baseline:
    """Return an amount of a year; until the cut-off only where that is still the cut-off."""
    until = kept.until in ("", cutoff(plan))
    return Baseline(
        today(target, kept.kept_as, kept.ten_months) if until else None, today(target, kept.kept_as, kept.whole_year)
    )


NOTHING = Baseline(None, None)
"""An amount of which no number is one of today's."""


def first_usable(
    plan: Plan, target: Target, kept: Iterable[UnitBaseline | OfficeFigure]
) -> tuple[int, Baseline] | None:
    """Return the first year that can be measured against, of one unit, and its amount."""
    found = ((each.year, baseline(plan, target, each)) for each in sorted(kept, key=lambda each: each.year))
    return next((each for each in found if each[1] != NOTHING), None)


def baselines(plan: Plan, kept: Iterable[UnitBaseline]) -> dict[tuple[str, str], tuple[int, Baseline]]:
    """Return what the targets are measured against, by target and unit, with its year."""
    by, asked = defaultdict[tuple[str, str], list[UnitBaseline]](list), {each.code: each for each in plan.targets}
    for row in kept:
        by[row.target, row.unit].append(row)
    found = {
        key: first_usable(plan, asked[key[0]], rows)
        for key, rows in by.items()
        if key[0] in asked and asked[key[0]].of_units
    }
    return {key: of for key, of in found.items() if of is not None}


def as_one(plan: Plan, target: Target, kept: Mapping[int, OfficeFigure], year: int) -> tuple[list[Figure], Baseline]:
    """Return the whole office's amount of a year, and that of the first year, which a reduction is measured against."""
    before = first_usable(plan, target, (each for each in kept.values() if each.year < year))
    first = NOTHING if before is None else before[1]
    if year not in kept:
        return [], first
    of_year = baseline(plan, target, kept[year])
    whole = of_year.whole_year is not None and (not target.reduces or first.whole_year is not None)
    n = of_year.whole_year if whole else of_year.ten_months
    otherwise = n is None and (kept[year].ten_months is not None or kept[year].whole_year is not None)
    if n is None and not otherwise:
        return [], first
    return [Figure(OFFICE, target.code, n, None, estimate=whole, otherwise=otherwise)], first
