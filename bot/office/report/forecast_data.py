"""What the target radar looks at, from one state of the file: figures, initiatives, paper of before. Reads one snapshot."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from bot.conversation import Office
from bot.movement import Baseline, Candidate, Figure, Stage, Standing, Warning, newest, warnings
from bot.office.duties.duty_kinds import read_subject
from bot.office.report.kinds import NA
from storage import baselines, overview, people
from storage.db import Snapshot
from storage.values import loads


@dataclass(frozen=True)
class Outlook:
    """What the radar says of a year, and what the units are called."""

    year: int
    day: date
    warnings: Sequence[Warning]
    names: Mapping[str, str]

    def only(self, keys: Collection[str]) -> "Outlook":
        """Return what of it has these keys: the others were said before."""
        return replace(self, warnings=[each for each in self.warnings if each.key in keys])


async def read(snapshot: Snapshot, office: Office, year: int, now: datetime) -> Outlook:
    """Read the targets that the pace of a year will miss; nothing before the first day of looking."""
    plan, today = office.plan, now.date()
    if today.year != year or all(today < watch.day(year) for watch in plan.radar):
        return Outlook(year, today, [], {})
    units = await snapshot.all(people.UNITS)
    drafted = [
        _drafted(row)
        for watch in plan.radar
        for row in await snapshot.all(overview.DRAFTED, year=str(year), target=watch.target)
    ]
    standing = Standing(
        units=[unit.code for unit in units if unit.kind != "doan_the"],
        recognised=await snapshot.one(overview.RECOGNISED, first=date(year, 1, 1), last=date(year, 12, 31)) or 0,
        candidates=[
            *(_candidate(row) for row in await snapshot.all(overview.CANDIDATES, year=year)),
            *(
                Candidate(row.unit, Stage.DRAFT, answers=row.answers)
                for row in await snapshot.all(overview.BEGUN, year=str(year))
            ),
        ],
        newest=newest(year, await _filed(snapshot, year), drafted, await _filed(snapshot, year - 1)),
        baselines={
            row.unit: Baseline(row.ten_months, row.whole_year)
            for row in await snapshot.all(baselines.FOR_REPORTS, year=year)
        },
    )
    return Outlook(year, today, warnings(plan, year, today, standing), {unit.code: unit.name for unit in units})


async def _filed(snapshot: Snapshot, year: int) -> list[Figure]:
    return [
        Figure(row.unit, row.target, row.numerator, row.denominator, row.na, row.estimate)
        for row in await snapshot.all(overview.FIGURES, year=year)
    ]


def _candidate(row: overview.RecognitionCandidate) -> Candidate:
    stage = Stage.COMPLETE if row.state == Stage.RECEIVED and row.complete else Stage(row.state)
    return Candidate(row.unit, stage, row.code, row.title)


def _drafted(row: overview.Drafted) -> Figure:
    """Read a figure as the report's form keeps it: a share, paper, or the word why there is none."""
    unit, _year = read_subject(row.subject)
    value = loads(row.value)
    if not isinstance(value, dict):
        return Figure(unit, row.target, None, None, not_applicable=value == NA)
    return Figure(
        unit,
        row.target,
        Decimal(value["n"]),
        Decimal(value["d"]) if "d" in value else None,
        estimate=value.get("estimate", False),
    )
