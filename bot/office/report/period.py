"""Several years of the movement as the office sees them: each year's figures, and what of them counts over the years."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.conversation import Office
from bot.movement import Duty, Plan, ReviewSection, TargetOverYears, YearOf, over_years
from bot.office.report import summaries
from bot.office.report.summaries import Summary
from storage import awards, reviews
from storage.awards import Award
from storage.db import Snapshot
from storage.reviews import SentReview


@dataclass(frozen=True)
class SeveralYears:
    """Some years of one state of the file, the oldest first."""

    years: Sequence[Summary]
    targets: Sequence[TargetOverYears]
    review: "ReviewedPeriod | None" = None
    """What the units' newest review of the period says; None where there is none."""

    @property
    def first(self) -> int:
        """Return the oldest year."""
        return self.years[0].year

    @property
    def last(self) -> int:
        """Return the newest year."""
        return self.years[-1].year


@dataclass(frozen=True)
class ReviewedPeriod:
    """The units' reviews in the newest year of the period that has one."""

    duty: Duty
    year: int
    sections: Sequence[ReviewSection]
    sent: Sequence[SentReview]
    owing: int
    """How many units owe it; 0 while it is not open."""
    proposed: Sequence[Award]
    """What is proposed for awards at this review."""


async def _review(snapshot: Snapshot, plan: Plan, newest: Summary, years: Sequence[int]) -> ReviewedPeriod | None:
    held = [(year, duty) for duty in plan.reviews for year in duty.years if year in years]
    for year, duty in sorted(held, key=lambda each: -each[0]):
        sent = [each for each in await snapshot.all(reviews.OF_YEAR, year=year) if each.duty == duty.code]
        owed = newest.standing.of(duty.code, year)
        if sent or owed:
            proposed = await snapshot.all(awards.OF_YEAR, year=year) if duty.award is not None else []
            mine = [each for each in proposed if each.kind == duty.award]
            return ReviewedPeriod(duty, year, plan.review_sections, sent, len(owed), mine)
    return None


async def read(snapshot: Snapshot, office: Office, years: Sequence[int], now: datetime) -> SeveralYears:
    """Read the figures of these years, all from one state of the file."""
    found = [await summaries.read(snapshot, office, year, now) for year in sorted(years)]
    of = {
        target.code: [
            YearOf(summary.year, each, summary.year < now.year)
            for summary in found
            for each in summary.progress
            if each.target.code == target.code
        ]
        for target in office.plan.asked_about
    }
    targets = [over_years(target, of[target.code]) for target in office.plan.asked_about]
    return SeveralYears(found, targets, await _review(snapshot, office.plan, found[-1], years))
