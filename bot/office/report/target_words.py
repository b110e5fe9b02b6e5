"""How targets stand, in words: against their goals, with what is missing and what is not counted. Pure."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from bot.language import Count, Joined, Part, Percent, Text, _
from bot.movement import Measure, Progress, Verdict
from bot.office.report import version_words
from bot.office.report.summaries import Summary

VERDICTS: Mapping[Verdict, Text] = {
    Verdict.MET: _("Reached"),
    Verdict.NOT_MET: _("Not reached"),
    Verdict.NOT_ENOUGH: _("Not enough figures"),
    Verdict.ON_THE_WAY: _("On the way"),
    Verdict.NOT_APPLICABLE: _("Not applicable"),
}


def target_lines(summary: Summary) -> list[Part]:
    """List the targets against their goals, sums over sums; incomplete ones say of how many units."""
    provisional = any(each.provisional for each in summary.progress)
    found: list[Part] = [_("Targets (provisional):") if provisional else _("Targets:")]
    return [*found, *(line for each in summary.progress for line in of_target(summary, each))]


def of_target(summary: Summary, each: Progress) -> list[Part]:
    """Say how one target stands, with what it does not count."""
    number = each.target.code if not each.target.area else each.target.area
    found: list[Part] = [
        _(
            "{n}. {name}: {value} · {verdict}",
            n=number,
            name=each.target.short,
            value=value(each),
            verdict=VERDICTS[each.verdict],
        )
    ]
    found += version_words.of_target(summary, each.target)
    if each.without_baseline and each.percent is not None:
        found.append(
            _("  Nothing to compare with, so not in the sum: {units}", units=_some(summary, each.without_baseline))
        )
    if each.by_list:
        found.append(_("  By the lists of people: {n} units", n=Count(len(each.by_list))))
    if each.by_total:
        found.append(_("  By the unit's own count: {units}", units=_some(summary, each.by_total)))
    if each.otherwise and (names := _some(summary, each.otherwise)).parts:
        found.append(_("  Given when it was measured otherwise, so not in the sum: {units}", units=names))
    return found


def _some(summary: Summary, codes: Collection[str]) -> Joined:
    """Name these of the units, in the order of the list."""
    return Joined([name for code, name in summary.standing.names.items() if code in codes], "; ")


def value(each: Progress) -> Part:
    """Say a target's figures, with what is still needed where the goal is not reached."""
    said = _figures(each)
    if each.needed is not None and each.verdict in (Verdict.ON_THE_WAY, Verdict.NOT_MET):
        return _("{value}, {needed} still needed", value=said, needed=_needed(each, each.needed))
    return said


def short(each: Progress) -> Part:
    """Say a target's value alone, as a table has it: its goal and its verdict stand beside it."""
    target, percent = each.target, each.percent
    if each.verdict is Verdict.NOT_APPLICABLE:
        return _("no unit is concerned")
    if target.measure is Measure.COUNT:
        return _("{n}", n=count(each.numerator))
    if target.measure is Measure.SUM and each.reported:
        said: Part = _("{n} {unit}", n=each.numerator, unit=target.unit)
    elif percent is None:
        return _figures(each)
    elif target.measure is Measure.REDUCTION:
        said = change(percent)
    else:
        said = _("{n}/{all}, {percent}", n=each.numerator, all=each.denominator, percent=Percent(percent))
    return _("{value} (provisional)", value=said) if each.provisional and not target.of_office else said


def _figures(each: Progress) -> Part:
    if each.verdict is Verdict.NOT_APPLICABLE:
        return _("no unit is concerned")
    if each.target.measure is Measure.COUNT:
        said: Part = _("{n} (goal: {goal} at least)", n=count(each.numerator), goal=count(each.target.goal))
        if each.pending:
            return _on_the_way(each, said)
        return said
    if each.target.measure is Measure.SUM and each.reported:
        said = _("{n} {unit} (goal: {goal} at least)", n=each.numerator, unit=each.target.unit, goal=each.target.goal)
    elif each.percent is None:
        told = each.without_baseline or (each.target.reduces and each.reported)
        return _("nothing to compare with yet") if told else _("no figures yet")
    elif each.target.measure is Measure.REDUCTION:
        said = _reduced(each, each.percent)
    else:
        said = _("{n}/{all}, {percent}", n=each.numerator, all=each.denominator, percent=Percent(each.percent))
    if each.target.as_of == "sent":
        said = _("{value}, on the days of sending", value=said)
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


def _on_the_way(each: Progress, said: Part) -> Part:
    """Say what waits for the step after which it counts: a decision, or the head's confirmation."""
    assert each.target.counted is not None
    if each.target.counted.what == "recognised":
        return _("{n}; received, not decided yet: {pending}", n=said, pending=Count(each.pending))
    return _("{n}; sent, not confirmed yet: {pending}", n=said, pending=Count(each.pending))


def _reduced(each: Progress, percent: Decimal) -> Part:
    year = each.target.by_year
    if year is None:
        return _("{how}; the goal is {goal} less", how=change(percent), goal=Percent(each.target.goal))
    return _("{how}; the goal is {goal} less by {year}", how=change(percent), goal=Percent(each.target.goal), year=year)


def change(percent: Decimal) -> Part:
    """Say a reduction: less, more, or the same."""
    if percent == 0:
        return _("as much as in the same time of the baseline year")
    if percent < 0:
        return _("{percent} more than in the same time of the baseline year", percent=Percent(-percent))
    return _("{percent} less than in the same time of the baseline year", percent=Percent(percent))


def _needed(each: Progress, needed: Decimal) -> Part:
    """Say what is still needed: points of a reduction, units, or so many of what is counted."""
    if each.target.measure is Measure.REDUCTION:
        return _("{points} percentage points", points=needed)
    if each.target.measure is Measure.UNITS_WITH_PLAN:
        return _("{n} units", n=count(needed))
    if each.target.measure is Measure.SUM:
        return _("{n} {unit}", n=needed, unit=each.target.unit)
    return _("{n}", n=count(needed))


def count(number: Decimal) -> Count:
    """Return a whole number as it is said in formal text."""
    return Count(int(number))
