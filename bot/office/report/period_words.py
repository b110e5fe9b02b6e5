"""Several years of the movement in words: targets with a value a year, items, reports. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from bot.language import Count, First, Joined, Part, Percent, Text, Time, _
from bot.movement import Measure, OverYears, TargetOverYears, Verdict, YearOf
from bot.office.awards import award_texts
from bot.office.duties.duty_kinds import of_year
from bot.office.report import raised_words
from bot.office.report.period import ReviewedPeriod, SeveralYears
from bot.office.report.summaries import Summary
from bot.office.report.target_words import VERDICTS, count
from storage.awards import AwardState

OVER: Mapping[Verdict, Text] = {**VERDICTS, Verdict.NOT_MET: _("Not reached in every year")}
"""Verdicts of a goal of every year."""


def lines(period: SeveralYears) -> list[Part]:
    """Say the whole period for the chat: targets, items, reports; every value with its year."""
    now = period.years[-1].now
    found: list[Part] = [
        _("Summary of the years {first} to {last} · {at}", first=period.first, last=period.last, at=Time(now)),
        _("Targets, year by year:"),
    ]
    for each in period.targets:
        found += _target(each)
    found.append(_("Registered and recognised, year by year:"))
    found += map(_items, period.years)
    found.append(_("Reports of the units, year by year:"))
    found += [
        _("- {year}: {n}/{all} have sent", year=each.year, n=Count(len(each.sent)), all=Count(len(each.results)))
        for each in period.years
    ]
    return [*found, *_beside(period.years), *_review(period.review)]


def _beside(years: Sequence[Summary]) -> Iterator[Part]:
    """Say what else belongs to each year: awards, difficulties, inspections; nothing of a year without any."""
    if proposed := [each for each in years if each.awards]:
        yield _("Awards, by the year of the proposal:")
        yield from map(_awards, proposed)
    if raised := [each for each in years if each.raised]:
        yield _("Difficulties, by the year in which they were raised:")
        yield from map(_raised, raised)
    if inspected := [each for each in years if each.inspected]:
        yield _("Inspections, year by year:")
        yield from map(_inspected, inspected)


def _awards(summary: Summary) -> Part:
    def of(*states: AwardState) -> Count:
        return Count(sum(row.n for row in summary.awards if row.state in states))

    return _(
        "- {year}: {n} proposed, {awarded} awarded; with the level above {above}, not chosen {none}, not decided {rest}",
        year=summary.year,
        n=of(*AwardState),
        awarded=of(AwardState.AWARDED),
        above=of(AwardState.FORWARDED),
        none=of(AwardState.NOT_CHOSEN),
        rest=of(AwardState.PROPOSED),
    )


def _raised(summary: Summary) -> Part:
    solved, answered, rest = raised_words.counted(summary.raised, summary.answers)
    return _(
        "- {year}: {n} raised, {solved} solved, {answered} answered, {rest} being looked at",
        year=summary.year,
        n=Count(len(summary.raised)),
        solved=Count(solved),
        answered=Count(answered),
        rest=Count(rest),
    )


def _inspected(summary: Summary) -> Part:
    found, done = raised_words.to_put_right(summary.inspected)
    return _(
        "- {year}: {n} inspections, something found in {found}, of these put right {done}",
        year=summary.year,
        n=Count(len(summary.inspected)),
        found=Count(found),
        done=Count(done),
    )


def _review(review: ReviewedPeriod | None) -> Iterator[Part]:
    """Say what the units' reviews say, part by part, and whom they propose for awards."""
    if review is None:
        return
    about = {"what": First(of_year(review.duty)), "year": review.year, "n": Count(len(review.sent))}
    if review.owing:
        yield _("{what} {year}: {n}/{all} have sent", all=Count(review.owing), **about)
    else:
        yield _("{what} {year}: {n} have sent", **about)
    for section in review.sections:
        texts = [(each.unit_name, each.answers.get(section.code)) for each in review.sent]
        told = [(unit, text) for unit, text in texts if isinstance(text, str) and text.strip()]
        if told:
            yield _("{name} ({n}):", name=section.name, n=Count(len(told)))
        for unit, text in told:
            yield _("- {unit}: {text}", unit=unit, text=in_one_line(text))
    if review.proposed:
        yield _("Proposed for awards at this review ({n}):", n=Count(len(review.proposed)))
    for each in review.proposed:
        about = {"code": each.code, "whom": award_texts.whom(each), "form": each.form_name}
        yield _("- {code} {whom}: {form}; {state}", state=award_texts.standing(each), **about)


def in_one_line(text: str) -> str:
    """Join the lines of an answer; none keeps the full stop before the mark that joins them."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return "; ".join([*(line.rstrip(".;") for line in lines[:-1]), *lines[-1:]])


def verdict(standing: TargetOverYears) -> Part:
    """Say how a target stands over the years, with the year that decides alone."""
    said: Part = (OVER if standing.target.counts_over is OverYears.EACH else VERDICTS)[standing.verdict]
    if standing.decided_by is not None:
        return _("{verdict} ({year})", verdict=said, year=standing.decided_by)
    return said


def _target(standing: TargetOverYears) -> list[Part]:
    target = standing.target
    found: list[Part] = [
        _("{n}. {name}: {verdict}", n=target.area or target.code, name=target.short, verdict=verdict(standing)),
        _("  {years}", years=Joined([_("{year}: {value}", year=e.year, value=value(e)) for e in standing.years], "; ")),
    ]
    if target.counts_over is OverYears.EACH:
        judged = [each for each in standing.years if each.progress.verdict is not Verdict.NOT_APPLICABLE]
        found.append(_("  Reached in {n} of {all} years", n=Count(standing.reached), all=Count(len(judged))))
    if target.counts_over is OverYears.SUM:
        goal, total = count(target.goal), count(standing.total)
        found.append(_("  Together: {total} (goal: {goal} at least)", total=total, goal=goal))
    if (way := trend(standing)) is not None:
        found.append(way)
    return found


def value(each: YearOf) -> Part:
    """Say a year's value; what is not whole yet says so."""
    known, progress = each.value, each.progress
    if progress.verdict is Verdict.NOT_APPLICABLE:
        return _("no unit is concerned")
    if known is None:
        return _("no figures yet")
    said = amount_of(progress.target.measure, known)
    return _("{value} (provisional)", value=said) if progress.provisional else said


def amount(each: YearOf) -> Part:
    """Say a year's value alone; that it is not whole is shown otherwise."""
    known, progress = each.value, each.progress
    if known is None or progress.verdict is Verdict.NOT_APPLICABLE:
        return value(each)
    return amount_of(progress.target.measure, known)


def amount_of(measure: Measure, value: Decimal) -> Part:
    """Say a value by how its target is measured."""
    if measure in (Measure.COUNT, Measure.SUM):
        return _("{n}", n=value)
    if measure is Measure.REDUCTION:
        return (
            _("{percent} less", percent=Percent(value)) if value >= 0 else _("{percent} more", percent=Percent(-value))
        )
    return _("{percent}", percent=Percent(value))


def trend(standing: TargetOverYears) -> Part | None:
    """Say which way the two newest years go that can be compared, by how much."""
    change = standing.change
    if change is None or standing.compared is None:
        return None
    before, now = (each.year for each in standing.compared)
    if change == 0:
        return _("  As in {before}", before=before)
    if standing.target.measure in (Measure.COUNT, Measure.SUM):
        said: Part = _("{n}", n=abs(change))
    else:
        said = _("{points} percentage points", points=abs(change))
    if change > 0:
        return _("  {now} against {before}: up by {change}", now=now, before=before, change=said)
    return _("  {now} against {before}: down by {change}", now=now, before=before, change=said)


def _items(summary: Summary) -> Part:
    alive = [row for row in summary.tally if row.stands]
    return _(
        "- {year}: {n} registered, {done} of them recognised",
        year=summary.year,
        n=Count(sum(row.n for row in alive)),
        done=Count(sum(row.n for row in alive if row.recognised)),
    )
