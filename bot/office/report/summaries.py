"""One year as the office sees it, in figures: who has sent, targets, items, difficulties. Reads one snapshot."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.conversation import Office
from bot.movement import (
    Key,
    Obligation,
    Plan,
    Progress,
    State,
    Year,
    away,
    heads,
    obligations,
    owed_by,
    periods,
    progress,
    senders,
)
from bot.office.report import reported
from storage import chats, closed_lists, deadlines, initiatives, overview, people, unions
from storage.db import Snapshot
from storage.initiatives import ItemTally
from storage.overview import Difficulty
from storage.people import Person, Unit
from storage.unions import Account


@dataclass(frozen=True)
class OfficeStanding:
    """Who owes what now, in every opened year."""

    units: Sequence[Unit]
    heads: Mapping[str, Sequence[Person]]
    owed: Sequence[Obligation]
    filed: Mapping[Key, datetime]
    years: Sequence[Year]
    deadlines: Mapping[tuple[str, int], date]
    without_sender: Collection[str] = ()
    """Units for which nobody can send: no head and no deputy, or all of them away and nobody named."""

    @property
    def kinds(self) -> Mapping[str, str]:
        """Return of which kind each unit is."""
        return {unit.code: unit.kind for unit in self.units}

    def of(self, duty: str, year: int) -> list[Obligation]:
        """Return the obligations of one duty and year, by unit."""
        return [each for each in self.owed if each.duty.code == duty and each.year == year]


@dataclass(frozen=True)
class Summary:
    """One year as the office sees it, all figures of one moment."""

    year: int
    now: datetime
    figures_day: date | None
    """The day on which the newest figures end; None while there are none."""
    standing: OfficeStanding
    results: Sequence[Obligation]
    progress: Sequence[Progress]
    tally: Sequence[ItemTally]
    difficulties: Sequence[Difficulty]
    writing: Mapping[str, int]
    unreached: Collection[int]
    """Whoever has no chat that takes anything."""
    closed: frozenset[str]
    """Units that have closed their list of the year; without an item they have said that there is none."""
    unions: Sequence[tuple[Unit, Account | None]] = ()
    """What the unions tell of the year, or that they have not told."""

    @property
    def sent(self) -> list[Obligation]:
        """Return the reports that have come."""
        return [each for each in self.results if each.state is State.FULFILLED]

    @property
    def missing(self) -> list[Obligation]:
        """Return the reports that have not."""
        return [each for each in self.results if each.state is not State.FULFILLED]

    def names_of(self, those: Sequence[Obligation]) -> list[str]:
        """Name the units of these."""
        names = {unit.code: unit.name for unit in self.standing.units}
        return [names[each.unit] for each in those]


LAST = "\U0010ffff"
"""Comes after every unit's code."""


def without_sender(units: Sequence[Unit], everybody: Sequence[Person], today: date) -> list[str]:
    """Return the units for which nobody can send today."""
    return [
        unit.code
        for unit in units
        if all(away(p, today) for p in senders([p for p in everybody if p.unit == unit.code], today))
    ]


async def standing(snapshot: Snapshot, office: Office, now: datetime) -> OfficeStanding:
    """Read who owes what now, in every opened year."""
    units = [unit for unit in await snapshot.all(people.UNITS) if unit.kind not in office.plan.unions]
    everybody = await snapshot.all(people.EVERYBODY)
    years = [Year(row.year, row.quiet) for row in await snapshot.all(deadlines.YEARS)]
    given = {(row.duty, row.year): row.day for row in await snapshot.all(deadlines.DEADLINES)}
    code_of = office.plan.filed
    filed = {
        (code_of.get(row.duty, row.duty), row.unit, row.year): row.at for row in await snapshot.all(deadlines.FILED)
    }
    codes = [unit.code for unit in units]
    of = periods(office.plan, years, given, office.calendar)
    kinds = {unit.code: unit.kind for unit in units}
    owed = list(obligations(office.plan, codes, of, filed, now.date(), office.calendar, kinds=kinds))
    by_unit = {unit.code: [p for p in everybody if p.unit == unit.code and heads(p.role)] for unit in units}
    return OfficeStanding(units, by_unit, owed, filed, years, given, without_sender(units, everybody, now.date()))


async def read(snapshot: Snapshot, office: Office, year: int, now: datetime) -> Summary:
    """Read the figures of one year, all from one state of the file."""
    found = await standing(snapshot, office, now)
    codes = [unit.code for unit in found.units]
    reports = office.plan.reports.code
    of, kinds = periods(office.plan, [Year(year)], found.deadlines, office.calendar, [reports]), found.kinds
    results = found.of(reports, year) or list(
        obligations(office.plan, codes, of, found.filed, now.date(), office.calendar, kinds=kinds)
    )
    planned = office.plan.done_by("plan")
    with_plan = [unit for duty, unit, of_year in found.filed if planned and duty == planned.code and of_year == year]
    planning = owed_by(office.plan, planned, codes, (), kinds) if planned else ()
    known = await reported.read(snapshot, office, year, owed_by(office.plan, office.plan.reports, codes, (), kinds))
    targets = progress(office.plan, now.date(), replace(known, with_plan=with_plan, planning=planning))
    writing = {
        row.subject.split(":")[0]: row.answers
        for row in await snapshot.all(overview.WRITING)
        if row.subject.endswith(f":{year}")
    }
    unreached = frozenset(await snapshot.all(chats.WITHOUT_PLACE, first="", last=LAST, today=now.date()))
    given = await snapshot.one(overview.NEWEST_FIGURES, year=year)
    hard = [section.code for section in office.plan.sections if section.role]
    return Summary(
        year,
        now,
        None if given is None else office.plan.figures_day(year, given),
        found,
        results,
        targets,
        await snapshot.all(initiatives.TALLY, year=year),
        await snapshot.all(overview.DIFFICULTIES, year=year, sections=hard),
        writing,
        unreached,
        frozenset(row.unit for row in await snapshot.all(closed_lists.OF_YEAR, year=year)),
        await _unions(snapshot, office.plan, year),
    )


async def _unions(snapshot: Snapshot, plan: Plan, year: int) -> list[tuple[Unit, Account | None]]:
    told = {account.unit: account for account in await snapshot.all(unions.OF_YEAR, year=year)}
    those = [unit for unit in await snapshot.all(people.UNITS) if unit.kind in plan.unions]
    return [(unit, told.get(unit.code)) for unit in those]
