"""The office's view of a year: who has sent and who has not, the targets, items, difficulties."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from bot.conversation import Office
from bot.language import Count, Joined, Part, Percent, Text, Time, Words, _
from bot.movement import (
    OFFICE,
    Baseline,
    Figure,
    Key,
    Measure,
    Obligation,
    Progress,
    State,
    Verdict,
    Year,
    away,
    heads,
    obligations,
    periods,
    progress,
    senders,
    titled,
)
from bot.office.duties.unions import said as told_of
from storage import baselines, chats, closed_lists, deadlines, initiatives, office_figures, overview, people, unions
from storage.db import Snapshot
from storage.initiatives import Tally
from storage.office_figures import OfficeFigure
from storage.overview import Difficulty
from storage.people import Person, Unit
from storage.unions import Account


@dataclass(frozen=True)
class Standing:
    """Everything the tick and the lists look at: who owes what now."""

    units: Sequence[Unit]
    heads: Mapping[str, Sequence[Person]]
    owed: Sequence[Obligation]
    filed: Mapping[Key, datetime]
    years: Sequence[Year]
    deadlines: Mapping[tuple[str, int], date]
    without_sender: Collection[str] = ()
    """Units for which nobody can send: no head and no deputy, or all of them away and nobody named."""

    def of(self, duty: str, year: int) -> list[Obligation]:
        """The obligations of one duty and year, by unit."""
        return [each for each in self.owed if each.duty.code == duty and each.year == year]


@dataclass(frozen=True)
class Summary:
    """One year as the office sees it, all figures of one moment."""

    year: int
    now: datetime
    figures_day: date | None
    """The day on which the newest figures end; None while there are none."""
    standing: Standing
    results: Sequence[Obligation]
    progress: Sequence[Progress]
    tally: Sequence[Tally]
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
        """The reports that have come."""
        return [each for each in self.results if each.state is State.FULFILLED]

    @property
    def missing(self) -> list[Obligation]:
        """The reports that have not."""
        return [each for each in self.results if each.state is not State.FULFILLED]


LAST = "\U0010ffff"
"""Comes after every unit's code."""


def without_sender(units: Sequence[Unit], everybody: Sequence[Person], today: date) -> list[str]:
    """The units for which nobody can send today."""
    return [
        unit.code
        for unit in units
        if all(away(p, today) for p in senders([p for p in everybody if p.unit == unit.code], today))
    ]


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
    return Standing(units, by_unit, owed, filed, years, given, without_sender(units, everybody, now.date()))


async def read(snapshot: Snapshot, office: Office, year: int, now: datetime) -> Summary:
    """One year, from one state of the file."""
    found = await standing(snapshot, office, now)
    codes = [unit.code for unit in found.units]
    of = periods(office.plan, [Year(year)], found.deadlines, office.calendar, ["results"])
    results = found.of("results", year) or list(
        obligations(office.plan, codes, of, found.filed, now.date(), office.calendar)
    )
    measured_against = {
        row.unit: Baseline(row.ten_months, row.whole_year)
        for row in await snapshot.all(baselines.FOR_REPORTS, year=year)
    }
    figures = [
        Figure(row.unit, row.target, row.numerator, row.denominator, row.na, row.estimate)
        for row in await snapshot.all(overview.FIGURES, year=year)
    ]
    for target in (each for each in office.plan.targets if each.of_office):
        of_years = {row.year: row for row in await snapshot.all(office_figures.ALL, target=target.code)}
        figures += _as_one(target.code, of_years, year, measured_against)
    first, last = date(year, 1, 1), date(year, 12, 31)
    targets = progress(
        office.plan,
        year,
        now.date(),
        codes,
        figures,
        [unit for duty, unit, of_year in found.filed if duty == "plan" and of_year == year],
        await snapshot.one(overview.RECOGNISED, first=first, last=last) or 0,
        await snapshot.one(overview.ON_THE_WAY, year=year) or 0,
        measured_against,
    )
    writing = {
        row.subject.split(":")[0]: row.answers
        for row in await snapshot.all(overview.WRITING)
        if row.subject.endswith(f":{year}")
    }
    unreached = frozenset(await snapshot.all(chats.WITHOUT_PLACE, first="", last=LAST, today=now.date()))
    given = await snapshot.one(overview.NEWEST_FIGURES, year=year)
    return Summary(
        year,
        now,
        None if given is None else office.plan.figures_day(year, given),
        found,
        results,
        targets,
        await snapshot.all(initiatives.TALLY, year=year),
        await snapshot.all(overview.DIFFICULTIES, year=year),
        writing,
        unreached,
        frozenset(row.unit for row in await snapshot.all(closed_lists.OF_YEAR, year=year)),
        await _unions(snapshot, year),
    )


def _as_one(
    target: str, of_years: Mapping[int, OfficeFigure], year: int, measured_against: dict[str, Baseline]
) -> list[Figure]:
    """The whole office's amount of a year, and what it is measured against: the first year that was entered."""
    before, now = (of_years[min(of_years)] if of_years else None), of_years.get(year)
    if before is None or before.year >= year or now is None:
        return []
    measured_against[OFFICE] = Baseline(before.ten_months, before.whole_year)
    whole = now.whole_year is not None and before.whole_year is not None
    return [Figure(OFFICE, target, now.whole_year if whole else now.ten_months, None, estimate=whole)]


async def _unions(snapshot: Snapshot, year: int) -> list[tuple[Unit, Account | None]]:
    told = {account.unit: account for account in await snapshot.all(unions.OF_YEAR, year=year)}
    those = [unit for unit in await snapshot.all(people.UNITS) if unit.kind == "doan_the"]
    return [(unit, told.get(unit.code)) for unit in those]


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
    head = _("Summary of {year} · {at}", year=summary.year, at=Time(summary.now))
    if summary.figures_day is not None:
        head = _(
            "Summary of {year} · {at} · figures to the end of {day}",
            year=summary.year,
            at=Time(summary.now),
            day=summary.figures_day,
        )
    found: list[Part] = [head, *sent_lines(summary, names), *target_lines(summary), *item_lines(summary, office)]
    if summary.difficulties:
        found.append(_("Difficulties and proposals ({n}):", n=Count(len(summary.difficulties))))
        by_code = {unit.code: unit.name for unit in summary.standing.units}
        for each in summary.difficulties:
            found.append(_("- {unit}: {text}", unit=by_code.get(each.unit, each.unit), text=each.text))
    return [*found, *union_lines(summary, office)]


def union_lines(summary: Summary, office: Office) -> list[Part]:
    """Which unions have told of the year, with their words; they are invited, so that none is late."""
    if not summary.unions:
        return []
    told = [account for _unit, account in summary.unions if account is not None]
    found: list[Part] = [
        _(
            "Unions, propaganda and mobilising: {n}/{all} have sent theirs",
            n=Count(len(told)),
            all=Count(len(summary.unions)),
        )
    ]
    for unit, account in summary.unions:
        if account is None:
            found.append(_("- {unit}: not sent (invited)", unit=unit.name))
        else:
            found.append(_("- {unit}: {text}", unit=unit.name, text=Joined(told_of(office.plan, account), "; ")))
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
        found += unreached_lines(summary, each.unit) if names else ()
    found += gaps(summary, missing) if names else ()
    if late:
        found.append(_("Sent after the deadline ({n}):", n=Count(len(late))))
        for each in late:
            found.append(_("- {unit}: {days} days late", unit=by_code[each.unit], days=Count(each.days_late())))
    return found


def unreached_lines(summary: Summary, unit: str) -> list[Part]:
    """Beside a unit in a list: its head has to be called."""
    head = next(iter(summary.standing.heads.get(unit, ())), None)
    if head is None or head.id not in summary.unreached:
        return []
    return [_("  ⚠️ Messages do not reach {head} in the assistant; please call.", head=titled(head))]


def gaps(summary: Summary, missing: Sequence[Obligation]) -> list[Part]:
    """Below a list: for these units nobody is reminded, because nobody could send."""
    without = [each.unit for each in missing if each.unit in summary.standing.without_sender]
    names = {unit.code: unit.name for unit in summary.standing.units}
    if not without:
        return []
    return [
        _(
            "⚠️ Nobody can send for ({n}): {units}. Please enter a head or a deputy, or have somebody named to act.",
            n=Count(len(without)),
            units=Joined([names[unit] for unit in without], "; "),
        )
    ]


def _how(summary: Summary, owed: Obligation) -> Part:
    filled = summary.writing.get(owed.unit)
    days = -owed.days_left(summary.now.date()) if owed.due else 0
    if owed.state in (State.OVERDUE, State.LOCKED):
        if filled:
            return _("overdue by {days} days, {n} answers are being written", days=Count(days), n=Count(filled))
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
        if each.without_baseline and each.percent is not None:
            names = [unit.name for unit in summary.standing.units if unit.code in each.without_baseline]
            found.append(_("  Nothing to compare with, so not in the sum: {units}", units="; ".join(names)))
    return found


def value(each: Progress) -> Part:
    """A target's figures in words, with what is still needed where the goal is not reached."""
    said = _figures(each)
    if each.needed is not None and each.verdict in (Verdict.ON_THE_WAY, Verdict.NOT_MET):
        return _("{value}, {needed} still needed", value=said, needed=_needed(each, each.needed))
    return said


def _figures(each: Progress) -> Part:
    if each.verdict is Verdict.NOT_APPLICABLE:
        return _("no unit is concerned")
    if each.target.measure is Measure.COUNT:
        said: Part = _("{n} (goal: {goal} at least)", n=_count(each.numerator), goal=_count(each.target.goal))
        if each.pending:
            return _("{n}; received, not decided yet: {pending}", n=said, pending=Count(each.pending))
        return said
    if each.percent is None:
        return _("nothing to compare with yet") if each.without_baseline else _("no figures yet")
    if each.target.measure is Measure.REDUCTION:
        said = _(
            "{how}; the goal is {goal} less by {year}",
            how=_change(each.percent),
            goal=Percent(each.target.goal),
            year=each.target.by_year or "",
        )
    else:
        said = _("{n}/{all}, {percent}", n=each.numerator, all=each.denominator, percent=Percent(each.percent))
    if each.target.of_office:
        return _("{value} (figure of the whole office)", value=said)
    if each.provisional:
        return _(
            "{value} (provisional, figures of {reported}/{expected} units)",
            value=said,
            reported=Count(each.reported),
            expected=Count(each.expected),
        )
    return said


def _change(percent: Decimal) -> Part:
    """A reduction in words: less, more, or the same."""
    if percent == 0:
        return _("as much as in the same time of the baseline year")
    if percent < 0:
        return _("{percent} more than in the same time of the baseline year", percent=Percent(-percent))
    return _("{percent} less than in the same time of the baseline year", percent=Percent(percent))


def _needed(each: Progress, needed: Decimal) -> Part:
    """What is still needed: points of a reduction, units, or so many of what is counted."""
    if each.target.measure is Measure.REDUCTION:
        return _("{points} percentage points", points=needed)
    if each.target.measure is Measure.UNITS_WITH_PLAN:
        return _("{n} units", n=_count(needed))
    return _("{n}", n=_count(needed))


def _count(number: Decimal) -> Count:
    return Count(int(number))


def item_lines(summary: Summary, office: Office) -> list[Part]:
    """Registered items by area, unit and state."""
    alive = [row for row in summary.tally if row.state != "withdrawn"]
    found: list[Part] = [_("Registered: {n} items", n=Count(sum(row.n for row in alive)))]
    for area in office.plan.areas:
        rows = [row for row in alive if row.area == area.code]
        if not rows:
            found.append(_("- {code} {area}: no item yet", code=area.code, area=area.short))
        else:
            done = sum(row.n for row in rows if row.state == "recognised")
            waiting = sum(row.n for row in rows if row.state in ("sent", "returned"))
            found.append(
                _(
                    "- {code} {area}: {n}, of which {done} recognised, {waiting} not confirmed yet",
                    code=area.code,
                    area=area.short,
                    n=Count(sum(row.n for row in rows)),
                    done=Count(done),
                    waiting=Count(waiting),
                )
            )
    registering = {row.unit for row in alive}
    without = [unit for unit in summary.standing.units if unit.code not in registering]
    silent = [unit.name for unit in without if unit.code not in summary.closed]
    if alive and silent:
        found.append(_("Units that have not registered: {units}", units="; ".join(silent)))
    if said := [unit.name for unit in without if unit.code in summary.closed]:
        found.append(_("Units that closed their list without an item: {units}", units="; ".join(said)))
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
        "note": say(_note(summary)),
    }


def _note(summary: Summary) -> Text:
    if summary.figures_day is None:
        return _("No unit has sent its figures yet.")
    return _("Figures to the end of {day}.", day=summary.figures_day)


def _goal(each: Progress) -> Part:
    if each.target.measure is Measure.COUNT:
        return _("goal: {n}", n=_count(each.target.goal))
    if each.target.measure is Measure.REDUCTION:
        return _("goal: {percent} less by {year}", percent=Percent(each.target.goal), year=each.target.by_year or "")
    return _("goal: {percent}", percent=Percent(each.target.goal))
