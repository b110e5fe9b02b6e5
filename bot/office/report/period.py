"""Several years of the movement as the office sees them: each year's figures, and what of them counts over the years."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.conversation import Office
from bot.movement import TargetOverYears, YearOf, over_years
from bot.office.report import summaries
from bot.office.report.summaries import Summary
from storage.db import Snapshot


@dataclass(frozen=True)
class SeveralYears:
    """Some years of one state of the file, the oldest first."""

    years: Sequence[Summary]
    targets: Sequence[TargetOverYears]

    @property
    def first(self) -> int:
        """Return the oldest year."""
        return self.years[0].year

    @property
    def last(self) -> int:
        """Return the newest year."""
        return self.years[-1].year


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
    return SeveralYears(found, [over_years(target, of[target.code]) for target in office.plan.asked_about])
