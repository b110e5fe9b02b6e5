"""What else of a year stands in tables: awards, difficulties, requests, classes, what has changed. Reads one snapshot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.office.report.summaries import Summary
from storage import (
    award_changes,
    awards,
    deadlines,
    difficulties,
    record_versions,
    reopenings,
    request_answers,
    requests,
    results,
    training,
    unit_history,
)
from storage.award_changes import AwardPutRight
from storage.awards import Award, AwardState
from storage.db import Snapshot
from storage.deadlines import Deadline
from storage.difficulties import Raised
from storage.people import Unit
from storage.record_versions import RecordVersion
from storage.reopenings import Reopening
from storage.request_answers import AskedReceiver
from storage.requests import OfficeRequest
from storage.results import SentReport
from storage.training import LearntInUnit, TrainingClass
from storage.unit_history import FormerName


@dataclass(frozen=True)
class OtherRecords:
    """Of a year, as far as somebody gets them."""

    awards: Sequence[Award]
    raised: Sequence[Raised]
    requests: Mapping[int, OfficeRequest]
    asked: Sequence[AskedReceiver]
    classes: Mapping[str, TrainingClass]
    attended: Sequence[LearntInUnit]
    versions: Sequence[SentReport]
    """Every version of every report."""
    past: Sequence[RecordVersion]
    """Versions of other records beside those that count."""
    reopened: Sequence[Reopening]
    put_right: Sequence[AwardPutRight]
    moved: Sequence[Deadline]
    """Last days that the office has set."""
    units: Sequence[Unit]
    renamed: Sequence[FormerName]


async def read(snapshot: Snapshot, summary: Summary, unit: str | None) -> OtherRecords:
    """Read them, of all units or of one."""
    year, names = summary.year, summary.standing.names
    proposed = await snapshot.all(awards.OF_YEAR, year=year)
    asked = await snapshot.all(requests.OF_YEAR, year=str(year))
    to = await snapshot.all(request_answers.OF_YEAR, year=str(year))
    listed = [each for each in await snapshot.all(training.BY_UNIT) if each.code and each.day.year == year]
    classes = [each for each in await snapshot.all(training.NEWEST) if each.last.year == year]

    def theirs(of: str) -> bool:
        return unit is None or of == unit

    return OtherRecords(
        [each for each in proposed if theirs(each.by_unit) or _given_to(each, unit)],
        await _raised(snapshot, summary, unit),
        {each.id: each for each in asked},
        [each for each in to if unit is None or each.unit == unit],
        {each.code: each for each in reversed(classes)},
        [each for each in listed if theirs(each.unit)],
        [each for each in await snapshot.all(results.VERSIONS_OF_YEAR, year=year) if theirs(each.unit)],
        [
            each
            for each in await snapshot.all(record_versions.OF_YEAR, of_year=f"*-{year}-*")
            if unit is None or each.record.endswith(f"-{unit}")
        ],
        [each for each in await snapshot.all(reopenings.OF_YEAR, year=year) if theirs(each.unit)],
        [each for each in await snapshot.all(award_changes.CHANGES_OF_YEAR, year=year) if theirs(each.by_unit)],
        [each for each in await snapshot.all(deadlines.DEADLINES) if each.year == year],
        [each for each in summary.standing.units if theirs(each.code) and each.code in names],
        [e for e in await snapshot.all(unit_history.FORMER_NAMES) if e.until.year == year and theirs(e.unit)],
    )


def _given_to(award: Award, unit: str | None) -> bool:
    """Whether it was given to somebody of a unit that has not proposed it."""
    return award.unit == unit and award.state is AwardState.AWARDED


async def _raised(snapshot: Snapshot, summary: Summary, unit: str | None) -> Sequence[Raised]:
    """Return the difficulties: the office's once they have reached it, a head's those that the head has read."""
    if unit is None:
        return summary.raised
    heads = [each.id for each in summary.standing.heads.get(unit, ())]
    return await snapshot.all(difficulties.KNOWN_IN_UNIT, unit=unit, year=summary.year, heads=heads)
