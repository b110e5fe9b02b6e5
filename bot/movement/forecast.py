"""The target radar: which targets the year's pace will miss, while there is still time. Pure.

What is not known is never held against anybody: a unit without a figure is neither ahead nor behind.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

from bot.movement.counting import kinds_of, taking_part
from bot.movement.plan import Measure, Plan, Target
from bot.movement.progress import NOTHING, ONE_HUNDRED, Figure, Reported, counted_sheets, measured_against


class Stage(StrEnum):
    """How ready an initiative is to be recognised, the most ready first."""

    COMPLETE = "complete"
    """Received, with its result and its authors."""
    RECEIVED = "received"
    CONFIRMED = "confirmed"
    SENT = "sent"
    DRAFT = "draft"
    """Still being written: it is not on the way yet."""


_ORDER: Mapping[Stage, int] = {stage: n for n, stage in enumerate(Stage)}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sheet that may still count this year; a draft has neither code nor title to tell."""

    unit: str
    stage: Stage
    kind: str
    code: str = ""
    title: str = ""
    answers: int = 0


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest figure that is known of a unit, and the year it is of."""

    year: int
    figure: Figure


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of the office when the radar looks."""

    known: Reported
    """Of this year; its figures are not looked at."""
    candidates: Sequence[Candidate] = ()
    newest: Sequence[Newest] = ()


@dataclass(frozen=True, slots=True)
class Behind:
    """A unit that has something left to do: so many people to train, or so much used too many."""

    unit: str
    newest: Newest
    left: Decimal


@dataclass(frozen=True, slots=True)
class Warning:
    """A target that the pace will miss.

    `reached` of `needed` is a count of sheets, of people (or whatever the share counts), an amount of a sum, or what
    was used and what the way to the goal allows; `lacking` is how far they are apart.
    """

    year: int
    target: Target
    reached: Decimal
    needed: Decimal
    lacking: Decimal
    on_the_way: int = 0
    candidates: tuple[Candidate, ...] = ()
    """The most ready first."""
    behind: tuple[Behind, ...] = ()
    """Those with the most left first."""
    before: Decimal = NOTHING
    """Of a reduction: what was used in the year it is measured against."""

    @property
    def key(self) -> str:
        """Said once to a person, for ever."""
        return f"radar:{self.year}:{self.target.code}"

    @property
    def units(self) -> tuple[str, ...]:
        """Whose heads are concerned."""
        named = (*(each.unit for each in self.behind), *(each.unit for each in self.candidates))
        return tuple(dict.fromkeys(named))


def warnings(plan: Plan, year: int, today: date, standing: Standing) -> list[Warning]:
    """Return the targets that will be missed, of those that are looked at by now."""
    found = []
    for watch in plan.radar:
        if today.year != year or today < watch.day(year):
            continue
        warning = _LOOKS[plan.target(watch.target).measure](plan, plan.target(watch.target), year, standing)
        if warning is not None:
            found.append(warning)
    return found


def newest(year: int, filed: Iterable[Figure], drafted: Iterable[Figure], last_year: Iterable[Figure]) -> list[Newest]:
    """Return of each unit and target this year's figure, sent or still in the draft, else last year's.

    «No figures yet» is passed over; «does not apply» takes the unit out.
    """
    found: dict[tuple[str, str], Newest] = {}
    for of_year, figures in ((year, filed), (year, drafted), (year - 1, last_year)):
        for figure in figures:
            if figure.not_applicable or figure.numerator is not None:
                found.setdefault((figure.unit, figure.target), Newest(of_year, figure))
    return [each for each in found.values() if not each.figure.not_applicable]


def ranked(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the most ready first; drafts by how much is written."""
    return sorted(candidates, key=lambda each: (_ORDER[each.stage], -each.answers, each.code))


STEPS: Mapping[str, tuple[Stage, ...]] = {
    "registered": (),
    "confirmed": (Stage.SENT,),
    "recognised": (Stage.COMPLETE, Stage.RECEIVED, Stage.CONFIRMED, Stage.SENT),
}
"""What is on the way to be counted, by what counts; besides, what is being written may come."""


def _count(plan: Plan, target: Target, year: int, standing: Standing) -> Warning | None:
    assert target.counted is not None
    kinds, steps = kinds_of(plan, target), STEPS[target.counted.what]
    may = [each for each in standing.candidates if each.kind in kinds and each.stage in (*steps, Stage.DRAFT)]
    reached, on_the_way = counted_sheets(plan, target, standing.known), sum(each.stage in steps for each in may)
    lacking = target.goal - reached - on_the_way
    if lacking <= 0:
        return None
    return Warning(year, target, Decimal(reached), target.goal, lacking, on_the_way, candidates=tuple(ranked(may)))


def _people(plan: Plan, target: Target, year: int, standing: Standing) -> Warning | None:
    """Look at a share of people as at any share, by what is registered now."""
    known = standing.known
    parts = taking_part(plan, target, known.sheets, known.roster)
    figures = [Figure(unit, target.code, Decimal(n), Decimal(of)) for unit, (n, of) in parts.items()]
    return _behind_in(target, year, [Newest(year, each) for each in figures])


def _share(plan: Plan, target: Target, year: int, standing: Standing) -> Warning | None:
    return _behind_in(target, year, _figures(target, standing))


def _behind_in(target: Target, year: int, newest: Sequence[Newest]) -> Warning | None:
    if target.by_year is not None and year < target.by_year:
        return None
    told = [
        (each, each.figure.numerator, each.figure.denominator)
        for each in newest
        if each.figure.numerator is not None and each.figure.denominator
    ]
    reached = sum((n for _each, n, _all in told), NOTHING)
    all_of_it = sum((of for _each, _n, of in told), NOTHING)
    if reached * ONE_HUNDRED >= target.goal * all_of_it:
        return None
    behind = [Behind(each.figure.unit, each, _least(target, of) - n) for each, n, of in told]
    return _behind(year, target, reached, all_of_it, behind)


def _sum(plan: Plan, target: Target, year: int, standing: Standing) -> Warning | None:
    """Look at the newest amounts, once every unit has one: of whom nothing is known may still bring all of it."""
    told = {each.figure.unit: each.figure.numerator or NOTHING for each in _figures(target, standing)}
    out = {each.unit for each in standing.known.figures if each.target == target.code and each.not_applicable}
    reached = sum(told.values(), NOTHING)
    if not told or set(standing.known.units) - told.keys() - out or reached >= target.goal:
        return None
    return Warning(year, target, reached, target.goal, target.goal - reached)


def _least(target: Target, all_of_it: Decimal) -> Decimal:
    """Return how many of them reach the goal."""
    return (all_of_it * target.goal / ONE_HUNDRED).to_integral_value(ROUND_CEILING)


def _reduction(plan: Plan, target: Target, year: int, standing: Standing) -> Warning | None:
    reached = allowed = before = NOTHING
    behind = []
    for each in _figures(target, standing):
        used, base = each.figure.numerator, measured_against(each.figure, standing.known.baselines)
        if base is None or used is None:
            continue
        may_use = base * (1 - due_by(plan, target, each.year) / ONE_HUNDRED)
        reached, allowed, before = reached + used, allowed + may_use, before + base
        behind.append(Behind(each.figure.unit, each, used - may_use))
    if reached <= allowed:
        return None
    return _behind(year, target, reached, allowed, behind, before)


def due_by(plan: Plan, target: Target, year: int) -> Decimal:
    """Return by how many percent less it should be in a year: on the straight line from the first year to the goal."""
    last = target.by_year or plan.last_year
    if year >= last:
        return target.goal
    return target.goal * max(year - plan.first_year, 0) / (last - plan.first_year)


def _behind(
    year: int, target: Target, reached: Decimal, needed: Decimal, behind: Iterable[Behind], before: Decimal = NOTHING
) -> Warning:
    left = sorted((each for each in behind if each.left > 0), key=lambda each: -each.left)
    lacking = sum((each.left for each in left), NOTHING)
    return Warning(year, target, reached, needed, lacking, behind=tuple(left), before=before)


def _figures(target: Target, standing: Standing) -> list[Newest]:
    return [
        each
        for each in standing.newest
        if each.figure.target == target.code and each.figure.unit in standing.known.units
    ]


_LOOKS = {
    Measure.COUNT: _count,
    Measure.PEOPLE: _people,
    Measure.SHARE: _share,
    Measure.SUM: _sum,
    Measure.REDUCTION: _reduction,
}
