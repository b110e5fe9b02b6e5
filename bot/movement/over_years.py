"""How a target stands over several years of the movement: what of the years counts, which way they go, the verdict. Pure.

A goal of every year («hằng năm») is reached when each year reached it; a state is what the newest year says; a quantity
of the whole time is the sum of its years. Which of them it is stands in the plan file (`over_years`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.movement.plan import Measure, OverYears, Target
from bot.movement.progress import NOTHING, Progress, Verdict

UNKNOWN = (Verdict.NOT_ENOUGH, Verdict.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class YearOf:
    """One year of a target."""

    year: int
    progress: Progress
    over: bool
    """Whether the year is over: what is counted as it comes can still grow until then."""

    @property
    def whole(self) -> bool:
        """Whether its value can be compared: it is known of all, and what is counted by the year is not counted any more."""
        return self.value is not None and not self.progress.provisional and (self.over or self.progress.target.asked)

    @property
    def value(self) -> Decimal | None:
        """What is compared from year to year: the percentage, or the quantity; None when unknown."""
        if self.progress.target.measure in (Measure.COUNT, Measure.SUM):
            return self.progress.numerator if self.progress.reported else None
        return self.progress.percent


@dataclass(frozen=True, slots=True)
class TargetOverYears:
    """A target over several years."""

    target: Target
    years: Sequence[YearOf]
    verdict: Verdict

    @property
    def compared(self) -> tuple[YearOf, YearOf] | None:
        """Return the two newest years that can be compared; None without two."""
        whole = [each for each in self.years if each.whole]
        return (whole[-2], whole[-1]) if len(whole) > 1 else None

    @property
    def change(self) -> Decimal | None:
        """Return by how much the newest year that can be compared differs from the one before it."""
        if self.compared is None:
            return None
        before, now = self.compared
        return (now.value or NOTHING) - (before.value or NOTHING)

    @property
    def decided_by(self) -> int | None:
        """Return the year that alone decides; None where all of them do, or none."""
        found = [each.year for each in self.years if each.progress.verdict not in UNKNOWN]
        return found[-1] if found and self.target.counts_over is OverYears.LAST else None

    @property
    def reached(self) -> int:
        """Return how many of the years reached the goal."""
        return sum(each.progress.verdict is Verdict.MET for each in self.years)

    @property
    def total(self) -> Decimal:
        """Return the sum of the years."""
        return sum((each.value or NOTHING for each in self.years), NOTHING)


def over_years(target: Target, years: Sequence[YearOf]) -> TargetOverYears:
    """Say how a target stands over these years, the oldest first."""
    return TargetOverYears(target, years, _VERDICTS[target.counts_over](target, years))


def _of_each(target: Target, years: Sequence[YearOf]) -> Verdict:
    """Say met when every year has reached it: one that missed it decides, then one that is not known, then one that goes on."""
    found = [each.progress.verdict for each in years]
    for decides in (Verdict.NOT_MET, Verdict.NOT_ENOUGH, Verdict.ON_THE_WAY, Verdict.MET):
        if decides in found:
            return decides
    return Verdict.NOT_APPLICABLE


def _of_last(target: Target, years: Sequence[YearOf]) -> Verdict:
    """Say what the newest year says of which something is known."""
    found = [each.progress.verdict for each in years]
    return next((each for each in reversed(found) if each not in UNKNOWN), found[-1] if found else Verdict.NOT_ENOUGH)


def _of_sum(target: Target, years: Sequence[YearOf]) -> Verdict:
    """Say whether the sum reaches it; while a year goes on, or is not known, nothing has been missed."""
    found = [each.progress.verdict for each in years]
    if sum((each.value or NOTHING for each in years), NOTHING) >= target.goal:
        return Verdict.MET
    for open_yet in (Verdict.ON_THE_WAY, Verdict.NOT_ENOUGH):
        if open_yet in found:
            return open_yet
    return Verdict.NOT_MET if found else Verdict.NOT_ENOUGH


_VERDICTS = {OverYears.EACH: _of_each, OverYears.LAST: _of_last, OverYears.SUM: _of_sum}
