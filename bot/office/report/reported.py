"""What is known of a year, as its targets are measured: reports, registered items, roster, baselines. Reads one snapshot."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from bot.conversation import Office
from bot.movement import CountedSheet, Figure, Learnt, Measure, Plan, Reported, from_lists, learnt_by
from bot.office.report import kept_numbers
from storage import baselines, counted_items, office_figures, overview, recognitions, training
from storage.counted_items import CountedItem, OnRoster, PartIn
from storage.db import Snapshot
from storage.initiatives import LEFT, READY, UNDECIDED
from storage.recognitions import Recognition
from storage.training import LearntRow


async def read(
    snapshot: Snapshot, office: Office, year: int, units: Sequence[str], day: date, *, today: date
) -> Reported:
    """Read what the targets of a year are measured by; of what no target counts, nothing.

    The units are measured against what they were on `day`, the last one of the year's reports.
    """
    plan, of = office.plan, span(year)
    figures = await figures_of(snapshot, plan, year)
    before = kept_numbers.baselines(plan, await snapshot.all(baselines.BEFORE, year=year, day=day))
    against = {key: of for key, (_year, of) in before.items()}
    for target in (each for each in plan.targets if each.of_office):
        kept = {row.year: row for row in await snapshot.all(office_figures.ALL, target=target.code)}
        given, first = kept_numbers.as_one(plan, target, kept, year)
        figures += given
        against |= {(each.target, each.unit): first for each in given}
    sheets: list[CountedSheet] = []
    roster: Mapping[str, Collection[int]] = {}
    if any(target.counted for target in plan.asked_about):
        parts: Sequence[PartIn] = ()
        if by_people(plan):
            parts = await snapshot.all(counted_items.PARTS, **of)
            roster = on_roster(await snapshot.all(counted_items.OFFICIALS, unions=plan.unions))
        decided = await snapshot.all(recognitions.BETWEEN, first=of["first"], last=of["last"])
        sheets = counted_sheets(await snapshot.all(counted_items.OF_YEAR, **of), decided, parts)
    # The list of people is today's: of older years than the last, what was sent with their reports stands alone.
    listed = await _listed(snapshot, plan, plan.figures_day(year, today)) if year >= today.year - 1 else []
    return Reported(year, units, figures, sheets=sheets, roster=roster, baselines=against, listed=listed)


async def _listed(snapshot: Snapshot, plan: Plan, day: date) -> list[Figure]:
    """Read what lists of people say of the targets that they fill in, on a day."""
    fed = [target for target in plan.asked_about if target.fed_by]
    rows = learnt(await snapshot.all(training.LEARNT)) if fed else []
    if not rows:
        return []
    roster = on_roster(await snapshot.all(counted_items.OFFICIALS, unions=plan.unions))
    return [
        Figure(unit, target.code, Decimal(n), Decimal(of), from_list=True)
        for target in fed
        for unit, (n, of) in from_lists(roster, learnt_by(target, rows, day)).items()
    ]


def learnt(rows: Iterable[LearntRow]) -> list[Learnt]:
    """Return who has attended or passed what, as targets count them."""
    return [Learnt(row.what, row.about, row.person, row.day) for row in rows]


async def figures_of(snapshot: Snapshot, plan: Plan, year: int) -> list[Figure]:
    """Read the figures of the reports of a year."""
    return kept_numbers.figures(plan, await snapshot.all(overview.FIGURES, year=year))


def span(year: int) -> dict[str, int | date]:
    """Return a year with its first and last day, as queries take it."""
    return {"year": year, "first": date(year, 1, 1), "last": date(year, 12, 31)}


def by_people(plan: Plan) -> bool:
    """Whether a target counts those who have a part in something."""
    return any(target.measure is Measure.PEOPLE for target in plan.asked_about)


def on_roster(rows: Iterable[OnRoster]) -> dict[str, set[int]]:
    """Return the officials of each unit."""
    found = defaultdict[str, set[int]](set)
    for row in rows:
        found[row.unit].add(row.person)
    return dict(found)


def counted_sheets(
    items: Iterable[CountedItem], decided: Iterable[Recognition], parts: Iterable[PartIn]
) -> list[CountedSheet]:
    """Return the registered items as targets count them."""
    levels, people = defaultdict[int, set[str]](set), defaultdict[int, set[int]](set)
    for by in decided:
        levels[by.initiative].add(by.level)
    for part in parts:
        people[part.item].add(part.person)
    return [
        CountedSheet(
            item.unit,
            item.kind,
            registered=item.of_year and item.state not in LEFT,
            confirmed=item.of_year and item.state in READY,
            received=item.of_year and item.state in UNDECIDED,
            levels=frozenset(levels[item.id]),
            people=frozenset(people[item.id]),
            item=item.id,
        )
        for item in items
    ]
