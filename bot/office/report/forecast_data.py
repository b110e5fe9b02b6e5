"""What the target radar looks at, from one state of the file: figures, sheets, what was before. Reads one snapshot."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from bot.conversation import Office
from bot.movement import Candidate, Figure, Plan, Stage, Standing, Warning, counted_on, newest, owing, warnings
from bot.office import unit_names
from bot.office.duties.duty_kinds import read_subject
from bot.office.report import reported
from bot.office.report.kinds import NA, fits
from storage import deadlines, overview, people
from storage.db import Snapshot
from storage.initiatives import UNDECIDED
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
        _drafted(plan, row)
        for watch in plan.radar
        if plan.target(watch.target).of_units
        for row in await snapshot.all(overview.DRAFTED, year=str(year), target=watch.target)
    ]
    kinds = {unit.code: unit.kind for unit in units if unit.kind not in plan.unions}
    given = {(row.duty, row.year): row.day for row in await snapshot.all(deadlines.DEADLINES)}
    day, spans = counted_on(plan, plan.reports, year, given), {unit.code: unit_names.span(unit) for unit in units}
    owe = owing(plan, plan.reports, year, day, kinds, spans)
    known = await reported.read(snapshot, office, year, owe, day, today=today)
    candidates = [
        *(_candidate(row) for row in await snapshot.all(overview.CANDIDATES, year=year, asked=_asked(plan))),
        *(
            Candidate(row.unit, Stage.DRAFT, row.kind, answers=row.answers)
            for row in await snapshot.all(overview.BEGUN, year=str(year))
        ),
    ]
    last = await reported.figures_of(snapshot, plan, year - 1)
    standing = Standing(known, candidates, newest(year, known.figures, drafted, last))
    return Outlook(year, today, warnings(plan, year, today, standing), {unit.code: unit.name for unit in units})


def _asked(plan: Plan) -> list[Mapping[str, str]]:
    """Return what the sheets of each kind are asked beside whose they are."""
    return [
        {"kind": kind.code, "field": field.code} for kind in plan.kinds for field in kind.asked if field != kind.whose
    ]


def _candidate(row: overview.RecognitionCandidate) -> Candidate:
    received = row.state in UNDECIDED
    stage = (Stage.COMPLETE if row.complete else Stage.RECEIVED) if received else Stage(row.state)
    return Candidate(row.unit, stage, row.kind, row.code, row.title)


def _drafted(plan: Plan, row: overview.Drafted) -> Figure:
    """Read a figure as the report's form keeps it: a share, an amount, or the word why there is none."""
    unit, _year = read_subject(row.subject)
    value, target = loads(row.value), plan.target(row.target)
    if value == NA:
        return Figure(unit, row.target, None, None, not_applicable=True)
    if not fits(target, value):
        return Figure(unit, row.target, None, None)
    return Figure(
        unit,
        row.target,
        Decimal(value["n"]),
        Decimal(value["d"]) if "d" in value else None,
        estimate=value.get("estimate", False),
    )
