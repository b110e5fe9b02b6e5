"""The office's view of a year: who has sent and who has not, the targets, items, difficulties."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from bot.commands import Office
from bot.i18n import Count, Part, Percent, Text, Time, Words, _
from bot.obligations import Key, Obligation, State, Year, obligations, periods
from bot.people import heads, titled
from bot.plan import Measure
from bot.progress import Baseline, Figure, Progress, Verdict, progress
from storage import deadlines, initiatives, overview, people
from storage.db import Snapshot
from storage.initiatives import Tally
from storage.overview import Difficulty
from storage.people import Person, Unit


@dataclass(frozen=True)
class Standing:
    """Everything the tick and the lists look at: who owes what now."""

    units: Sequence[Unit]
    heads: Mapping[str, Sequence[Person]]
    owed: Sequence[Obligation]
    filed: Mapping[Key, datetime]
    years: Sequence[Year]
    deadlines: Mapping[tuple[str, int], date]

    def of(self, duty: str, year: int) -> list[Obligation]:
        """The obligations of one duty and year, by unit."""
        return [each for each in self.owed if each.duty.code == duty and each.year == year]


@dataclass(frozen=True)
class Summary:
    """One year as the office sees it, all figures of one moment."""

    year: int
    now: datetime
    cutoff: date
    standing: Standing
    results: Sequence[Obligation]
    progress: Sequence[Progress]
    tally: Sequence[Tally]
    difficulties: Sequence[Difficulty]
    writing: Mapping[str, int]
    unreached: Mapping[int, str]

    @property
    def sent(self) -> list[Obligation]:
        """The reports that have come."""
        return [each for each in self.results if each.state is State.FULFILLED]

    @property
    def missing(self) -> list[Obligation]:
        """The reports that have not."""
        return [each for each in self.results if each.state is not State.FULFILLED]


async def standing(snapshot: Snapshot, office: Office, now: datetime) -> Standing:
    """Who owes what now, in every opened year."""
    units = [unit for unit in await snapshot.all(people.UNITS) if unit.kind != "doan_the"]
    everybody = await snapshot.all(people.EVERYBODY)
    years = [Year(row.year, row.quiet) for row in await snapshot.all(deadlines.YEARS)]
    given = {(row.duty, row.year): row.day for row in await snapshot.all(deadlines.DEADLINES)}
    filed = {(row.duty, row.unit, row.year): row.at for row in await snapshot.all(deadlines.FILED)}
    codes = [unit.code for unit in units]
    of = periods(office.plan, years, given, office.calendar)
    owed = list(obligations(office.plan, codes, of, filed, now.date(), office.calendar))
    by_unit = {unit.code: [p for p in everybody if p.unit == unit.code and heads(p.role)] for unit in units}
    return Standing(units, by_unit, owed, filed, years, given)


async def read(snapshot: Snapshot, office: Office, year: int, now: datetime) -> Summary:
    """One year, from one state of the file."""
    found = await standing(snapshot, office, now)
    codes = [unit.code for unit in found.units]
    of = periods(office.plan, [Year(year)], found.deadlines, office.calendar, ["results"])
    results = found.of("results", year) or list(
        obligations(office.plan, codes, of, found.filed, now.date(), office.calendar)
    )
    base_year = await snapshot.one(overview.BASELINE_YEAR)
    baselines = {
        row.unit: Baseline(row.ten_months, row.whole_year)
        for row in await snapshot.all(overview.BASELINES, year=base_year or 0)
    }
    figures = [
        Figure(row.unit, row.target, row.numerator, row.denominator, row.na, row.estimate)
        for row in await snapshot.all(overview.FIGURES, year=year)
    ]
    first, last = date(year, 1, 1), date(year, 12, 31)
    targets = progress(
        office.plan, year, codes, figures,
        [unit for duty, unit, of_year in found.filed if duty == "plan" and of_year == year],
        await snapshot.one(overview.RECOGNISED, first=first, last=last) or 0,
        await snapshot.one(overview.ON_THE_WAY, year=year) or 0,
        baselines,
    )  # fmt: skip
    writing = {
        row.subject.split(":")[0]: row.answers
        for row in await snapshot.all(overview.WRITING)
        if row.subject.endswith(f":{year}")
    }
    unreached = {row.person: row.why for row in await snapshot.all(overview.UNREACHED, since=first)}
    return Summary(
        year, now, office.plan.cutoff_day(year), found, results, targets,
        await snapshot.all(initiatives.TALLY, year=year),
        await snapshot.all(overview.DIFFICULTIES, year=year),
        writing, unreached,
    )  # fmt: skip


# In words -------------------------------------------------------------------------------------

VERDICTS: Mapping[Verdict, Text] = {
    Verdict.MET: _("Reached"),
    Verdict.NOT_MET: _("Not reached"),
    Verdict.NOT_ENOUGH: _("Not enough figures"),
    Verdict.ON_THE_WAY: _("On the way"),
    Verdict.NOT_APPLICABLE: _("Not applicable"),
}


def lines(summary: Summary, office: Office, names: bool = True) -> list[Part]:
    """The whole summary in the chat. `names` is false for leaders: units are named, never people."""
    found: list[Part] = [
        _(
            "Summary of {year} · {at} · figures to the end of {cutoff}",
            year=summary.year,
            at=Time(summary.now),
            cutoff=summary.cutoff,
        ),
        *sent_lines(summary, names),
        *target_lines(summary),
        *item_lines(summary, office),
    ]
    if summary.difficulties:
        found.append(_("Difficulties and proposals ({n}):", n=Count(len(summary.difficulties))))
        by_code = {unit.code: unit.name for unit in summary.standing.units}
        for each in summary.difficulties:
            found.append(_("- {unit}: {text}", unit=by_code.get(each.unit, each.unit), text=each.text))
    return found


def sent_lines(summary: Summary, names: bool = True) -> list[Part]:
    """Who has sent, and by name who has not, with days late."""
    all_units, missing = len(summary.results), summary.missing
    if not summary.results:
        return [_("The year {year} is not open.", year=summary.year)]
    late = [each for each in summary.sent if each.days_late()]
    found: list[Part] = [
        _(
            "Sent: {sent}/{all} units. Not sent: {missing}",
            sent=Count(len(summary.sent)),
            all=Count(all_units),
            missing=Count(len(missing)),
        )
    ]
    by_code = {unit.code: unit.name for unit in summary.standing.units}
    for each in missing:
        head = next(iter(summary.standing.heads.get(each.unit, ())), None)
        unit: Part = by_code[each.unit]
        if names and head is not None:
            unit = _("{unit} ({head})", unit=unit, head=titled(head))
        found.append(_("- {unit}: {how}", unit=unit, how=_how(summary, each)))
        if head is not None and names and head.id in summary.unreached:
            found.append(
                _("  ⚠️ Messages do not reach {head} in the assistant; please call.", head=titled(head))
            )
    if late:
        found.append(_("Sent after the deadline ({n}):", n=Count(len(late))))
        for each in late:
            found.append(
                _("- {unit}: {days} days late", unit=by_code[each.unit], days=Count(each.days_late()))
            )
    return found


def _how(summary: Summary, owed: Obligation) -> Part:
    filled = summary.writing.get(owed.unit)
    days = -owed.days_left(summary.now.date()) if owed.due else 0
    if owed.state in (State.OVERDUE, State.LOCKED):
        if filled:
            return _(
                "overdue by {days} days, {n} answers are being written", days=Count(days), n=Count(filled)
            )
        return _("overdue by {days} days, not opened yet", days=Count(days))
    if filled:
        return _("{n} answers are being written", n=Count(filled))
    return _("not opened yet")


def target_lines(summary: Summary) -> list[Part]:
    """The targets against their goals, sums over sums; incomplete ones say of how many units."""
    provisional = any(each.provisional for each in summary.progress)
    found: list[Part] = [_("Targets (provisional):") if provisional else _("Targets:")]
    for each in summary.progress:
        number = each.target.code if not each.target.area else each.target.area
        found.append(
            _(
                "{n}. {name}: {value} · {verdict}",
                n=number,
                name=each.target.short,
                value=value(each),
                verdict=VERDICTS[each.verdict],
            )
        )
    return found


def value(each: Progress) -> Part:
    """A target's figures in words."""
    if each.verdict is Verdict.NOT_APPLICABLE:
        return _("no unit is concerned")
    if each.target.measure is Measure.COUNT:
        if each.pending:
            return _(
                "{n}/{goal}, {pending} wait for a decision",
                n=_count(each.numerator),
                goal=_count(each.target.goal),
                pending=Count(each.pending),
            )
        return _("{n}/{goal}", n=_count(each.numerator), goal=_count(each.target.goal))
    if each.percent is None:
        return _("no figures yet")
    if each.target.measure is Measure.REDUCTION:
        how = _("{percent} less than in the same time of the baseline year", percent=Percent(each.percent))
        if each.percent < 0:
            how = _(
                "{percent} more than in the same time of the baseline year", percent=Percent(-each.percent)
            )
        said: Part = _(
            "{how}; the goal is {goal} less by {year}",
            how=how,
            goal=Percent(each.target.goal),
            year=each.target.by_year or "",
        )
    else:
        said = _(
            "{n}/{all}, {percent}", n=each.numerator, all=each.denominator, percent=Percent(each.percent)
        )
    if each.provisional:
        return _(
            "{value} (provisional, figures of {reported}/{expected} units)",
            value=said,
            reported=Count(each.reported),
            expected=Count(each.expected),
        )
    return said


def _count(number: Decimal) -> Count:
    return Count(int(number))


def item_lines(summary: Summary, office: Office) -> list[Part]:
    """Registered items by area, unit and state."""
    alive = [row for row in summary.tally if row.state != "withdrawn"]
    found: list[Part] = [_("Registered: {n} items", n=Count(sum(row.n for row in alive)))]
    for area in office.plan.areas:
        rows = [row for row in alive if row.area == area.code]
        if rows:
            done = sum(row.n for row in rows if row.state == "recognised")
            waiting = sum(row.n for row in rows if row.state in ("sent", "returned"))
            found.append(
                _("- {code} {area}: {n}, of which {done} recognised, {waiting} not confirmed yet",
                  code=area.code, area=area.short, n=Count(sum(row.n for row in rows)), done=Count(done), waiting=Count(waiting))
            )  # fmt: skip
    by_unit = [
        (unit.name, sum(row.n for row in alive if row.unit == unit.code)) for unit in summary.standing.units
    ]
    without = [name for name, n in by_unit if not n]
    if alive and without:
        found.append(_("Units without an item: {units}", units=", ".join(without)))
    return found


def unit_lines(summary: Summary) -> list[Part]:
    """Registered items unit by unit."""
    alive = [row for row in summary.tally if row.state != "withdrawn"]
    found: list[Part] = []
    for unit in summary.standing.units:
        rows = [row for row in alive if row.unit == unit.code]
        if rows:
            done = sum(row.n for row in rows if row.state == "recognised")
            found.append(
                _(
                    "- {unit}: {n} items, {done} recognised",
                    unit=unit.name,
                    n=Count(sum(r.n for r in rows)),
                    done=Count(done),
                )
            )
    return found


def bars(summary: Summary, words: Words) -> dict[str, object]:
    """The picture's contents as plain strings: what the worker process needs."""
    say = words.say
    return {
        "title": say(_("Targets of {year}", year=summary.year)),
        "subtitle": say(
            _(
                "{sent}/{all} units have sent · {at}",
                sent=Count(len(summary.sent)),
                all=Count(len(summary.results)),
                at=Time(summary.now),
            )
        ),
        "bars": [
            {
                "number": each.target.code,
                "name": each.target.short,
                "value_text": say(value(each)),
                "goal_text": say(_goal(each)),
                "share": None if (part := each.toward_goal) is None else str(part),
                "verdict": each.verdict.value,
                "verdict_text": say(VERDICTS[each.verdict]),
                "provisional": each.provisional,
            }
            for each in summary.progress
            if not each.target.area
        ],
        "note": say(_("Figures to the end of {cutoff}.", cutoff=summary.cutoff)),
    }


def _goal(each: Progress) -> Part:
    if each.target.measure is Measure.COUNT:
        return _("goal: {n}", n=_count(each.target.goal))
    if each.target.measure is Measure.REDUCTION:
        return _(
            "goal: {percent} less by {year}",
            percent=Percent(each.target.goal),
            year=each.target.by_year or "",
        )
    return _("goal: {percent}", percent=Percent(each.target.goal))
