"""One year as the office sees it, in figures: who has sent, targets, items, difficulties. Reads one snapshot."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.conversation import Office
from bot.language import Part
from bot.movement import (
    Duty,
    Key,
    Obligation,
    Plan,
    Progress,
    Reported,
    Spans,
    State,
    Year,
    away,
    counted_on,
    heads,
    obligations,
    owing,
    periods,
    progress,
    senders,
)
from bot.office import unit_names
from bot.office.report import reported
from storage import (
    awards,
    chats,
    closed_lists,
    deadlines,
    difficulties,
    initiatives,
    inspections,
    overview,
    paper_sources,
    people,
    unions,
    unit_history,
)
from storage.awards import AwardTally
from storage.db import Snapshot
from storage.difficulties import Raised, RaisedStep
from storage.initiatives import ItemTally
from storage.inspections import Inspection
from storage.overview import CountedVersion, Difficulty
from storage.paper_sources import PaperSource
from storage.people import Person, Unit
from storage.unions import Account


@dataclass(frozen=True)
class OfficeStanding:
    """Who owes what now, in every opened year."""

    units: Sequence[Unit]
    """Those that have ended too, as they were called in the year that is looked at."""
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

    @property
    def spans(self) -> Spans:
        """Return from when until when each unit was there."""
        return {unit.code: unit_names.span(unit) for unit in self.units}

    @property
    def names(self) -> Mapping[str, Part]:
        """Return what each unit was called, and until when it was there."""
        return {unit.code: unit_names.called(unit) for unit in self.units}

    def there(self, day: date) -> list[Unit]:
        """Return the units there were on a day."""
        return [unit for unit in self.units if unit_names.span(unit).has(day)]

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
    supplemented: Mapping[str, date] = field(default_factory=dict)
    """The units whose figures that count are as of a later day than the cut-off, and which."""
    versions: Sequence[CountedVersion] = ()
    """Which version counts of the reports that have, or may have, several."""
    raised: Sequence[Raised] = ()
    """Difficulties of the year that have come to the office."""
    answers: Mapping[int, RaisedStep] = field(default_factory=dict)
    """By difficulty, the newest answer."""
    inspected: Sequence[Inspection] = ()
    """Inspections of the year."""
    sources: Mapping[str, PaperSource] = field(default_factory=dict)
    """By code, where records of the year come from that their units have not sent themselves."""
    awards: Sequence[AwardTally] = ()
    """How many proposals for awards of the year stand where."""
    known: Reported = field(default_factory=lambda: Reported(0, ()))
    """What the targets were measured by."""
    praised: Sequence[Difficulty] = ()
    """Whom units write to praise, in the sections that the plan has for it."""

    @property
    def sent(self) -> list[Obligation]:
        """Return the reports that have come."""
        return [each for each in self.results if each.state is State.FULFILLED]

    @property
    def missing(self) -> list[Obligation]:
        """Return the reports that have not."""
        return [each for each in self.results if each.state is not State.FULFILLED]

    def names_of(self, those: Sequence[Obligation]) -> list[Part]:
        """Name the units of these."""
        names = self.standing.names
        return [names[each.unit] for each in those]

    @property
    def there(self) -> Sequence[Unit]:
        """Return the units of the year: those there at its end, or now."""
        return self.standing.there(min(self.now.date(), date(self.year, 12, 31)))


LAST = "\U0010ffff"
"""Comes after every unit's code."""


def without_sender(units: Sequence[Unit], everybody: Sequence[Person], today: date) -> list[str]:
    """Return the units for which nobody can send today."""
    return [
        unit.code
        for unit in units
        if all(away(p, today) for p in senders([p for p in everybody if p.unit == unit.code], today))
    ]


async def standing(snapshot: Snapshot, office: Office, year: int, now: datetime) -> OfficeStanding:
    """Read who owes what now, in every opened year; units by their names of one."""
    units = [u for u in await snapshot.all(unit_history.UNITS_IN_YEAR, year=year) if u.kind not in office.plan.unions]
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
    spans = {unit.code: unit_names.span(unit) for unit in units}
    owed = list(obligations(office.plan, codes, of, filed, now.date(), office.calendar, kinds=kinds, spans=spans))
    by_unit = {unit.code: [p for p in everybody if p.unit == unit.code and heads(p.role)] for unit in units}
    silent = without_sender([unit for unit in units if unit.active], everybody, now.date())
    return OfficeStanding(units, by_unit, owed, filed, years, given, silent)


async def read(snapshot: Snapshot, office: Office, year: int, now: datetime) -> Summary:
    """Read the figures of one year, all from one state of the file."""
    found = await standing(snapshot, office, year, now)
    plan, codes, kinds, spans = office.plan, list(found.kinds), found.kinds, found.spans
    of = periods(plan, [Year(year)], found.deadlines, office.calendar, [plan.reports.code])
    results = found.of(plan.reports.code, year) or list(
        obligations(plan, codes, of, found.filed, now.date(), office.calendar, kinds=kinds, spans=spans)
    )
    planned = plan.done_by("plan")
    with_plan = [unit for duty, unit, of_year in found.filed if planned and duty == planned.code and of_year == year]

    def owe(duty: Duty, day: date) -> list[str]:
        return owing(plan, duty, year, day, kinds, spans, found.filed)

    planning = owe(planned, counted_on(plan, planned, year, found.deadlines)) if planned else ()
    day = counted_on(plan, plan.reports, year, found.deadlines)
    known = await reported.read(snapshot, office, year, owe(plan.reports, day), day, today=now.date())
    known = replace(known, with_plan=with_plan, planning=planning)
    targets = progress(plan, now.date(), known)
    writing = {
        row.subject.split(":")[0]: row.answers
        for row in await snapshot.all(overview.WRITING)
        if row.subject.endswith(f":{year}")
    }
    unreached = frozenset(await snapshot.all(chats.WITHOUT_PLACE, first="", last=LAST, today=now.date()))
    given = await snapshot.one(overview.NEWEST_FIGURES, year=year)
    good = [section.code for section in office.plan.sections if section.role == "praise"]
    hard = [section.code for section in office.plan.sections if section.role and section.code not in good]
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
        await _unions(snapshot, office.plan, year, now.date()),
        {row.unit: row.until for row in await snapshot.all(overview.SUPPLEMENTED, year=year)},
        await snapshot.all(overview.VERSIONS, year=year),
        [each for each in await snapshot.all(difficulties.OF_YEAR, year=year) if each.reached],
        {step.difficulty: step for step in await snapshot.all(difficulties.LAST_ANSWERS, year=year)},
        await snapshot.all(inspections.OF_YEAR, year=year),
        {each.record: each for each in await snapshot.all(paper_sources.COUNTS_OF_YEAR, year=year)},
        await snapshot.all(awards.TALLY, year=year),
        known,
        await snapshot.all(overview.DIFFICULTIES, year=year, sections=good),
    )


async def _unions(snapshot: Snapshot, plan: Plan, year: int, today: date) -> list[tuple[Unit, Account | None]]:
    told = {account.unit: account for account in await snapshot.all(unions.OF_YEAR, year=year)}
    those = [unit for unit in await snapshot.all(unit_history.UNITS_IN_YEAR, year=year) if unit.kind in plan.unions]
    day = min(today, date(year, 12, 31))
    return [(unit, told.get(unit.code)) for unit in those if unit_names.span(unit).has(day) or unit.code in told]
