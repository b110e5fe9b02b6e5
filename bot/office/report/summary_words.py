"""A year's figures in words: who has sent, targets, items, difficulties, unions. Pure."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from bot.conversation import Office
from bot.language import Count, Joined, Part, Percent, Text, Time, _
from bot.movement import Measure, Obligation, Progress, State, Verdict, titled
from bot.office.duties.unions import said as told_of
from bot.office.report import version_words
from bot.office.report.source_lines import source_lines, source_of_union
from bot.office.report.summaries import Summary

VERDICTS: Mapping[Verdict, Text] = {
    Verdict.MET: _("Reached"),
    Verdict.NOT_MET: _("Not reached"),
    Verdict.NOT_ENOUGH: _("Not enough figures"),
    Verdict.ON_THE_WAY: _("On the way"),
    Verdict.NOT_APPLICABLE: _("Not applicable"),
}


def lines(summary: Summary, office: Office, names: bool = True) -> list[Part]:
    """Say the whole summary for the chat. `names` is false for leaders: units are named, never people."""
    head = _("Summary of {year} · {at}", year=summary.year, at=Time(summary.now))
    if summary.figures_day is not None:
        head = _(
            "Summary of {year} · {at} · figures to the end of {day}",
            year=summary.year,
            at=Time(summary.now),
            day=summary.figures_day,
        )
    found: list[Part] = [
        head,
        *version_words.supplemented(summary),
        *sent_lines(summary, names),
        *target_lines(summary),
        *item_lines(summary, office),
    ]
    if summary.difficulties:
        found.append(_("Difficulties and proposals ({n}):", n=Count(len(summary.difficulties))))
        by_code = summary.standing.names
        for each in summary.difficulties:
            found.append(_("- {unit}: {text}", unit=by_code.get(each.unit, each.unit), text=each.text))
    return [*found, *union_lines(summary, office)]


def union_lines(summary: Summary, office: Office) -> list[Part]:
    """List which unions have told of the year, with their words; they are invited, so that none is late."""
    duty = office.plan.done_by("narrative")
    if not summary.unions or duty is None:
        return []
    told = [account for _unit, account in summary.unions if account is not None]
    found: list[Part] = [
        _(
            "Unions, {what}: {n}/{all} have sent theirs",
            what=duty.called,
            n=Count(len(told)),
            all=Count(len(summary.unions)),
        )
    ]
    for unit, account in summary.unions:
        if account is None:
            found.append(_("- {unit}: not sent (invited)", unit=unit.name))
        else:
            found.append(_("- {unit}: {text}", unit=unit.name, text=Joined(told_of(office.plan, account), "; ")))
            found += source_of_union(summary, unit.code)
    return found


def sent_lines(summary: Summary, names: bool = True) -> list[Part]:
    """List who has sent, and by name who has not, with days late."""
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
    by_code = summary.standing.names
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
    return [*found, *source_lines(summary, summary.sent), *version_words.lines(summary)]


def unreached_lines(summary: Summary, unit: str) -> list[Part]:
    """Say beside a unit in a list that its head has to be called."""
    head = next(iter(summary.standing.heads.get(unit, ())), None)
    if head is None or head.id not in summary.unreached:
        return []
    return [_("  ⚠️ Messages do not reach {head} in the assistant; please call.", head=titled(head))]


def gaps(summary: Summary, missing: Sequence[Obligation]) -> list[Part]:
    """Name below a list the units that nobody is reminded for, because nobody could send."""
    without = [each.unit for each in missing if each.unit in summary.standing.without_sender]
    names = summary.standing.names
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


def other_duty_lines(summary: Summary, office: Office) -> list[Part]:
    """Say of each other yearly duty of the units who has not sent it."""
    found: list[Part] = []
    for duty in office.plan.all_duties:
        if duty.how == "results" or duty.by == "office" or not duty.yearly:
            continue
        owed = summary.standing.of(duty.code, summary.year)
        missing = summary.names_of([each for each in owed if each.state is not State.FULFILLED])
        if not owed:
            continue
        n = Count(len(missing))
        if owed[0].due is None:
            found.append(_("{duty}: no date given yet", duty=duty.name))
        elif summary.now.date() < owed[0].opens and len(missing) == len(owed):
            found.append(_("{duty}: can be sent from {day} on", duty=duty.name, day=owed[0].opens))
        elif missing:
            found.append(_("Not sent, {duty} ({n}): {units}", duty=duty.name, n=n, units=Joined(missing)))
        else:
            n = Count(len(owed))
            found.append(_("Sent by all, {duty}: {n}/{all} units", duty=duty.name, n=n, all=n))
        found += source_lines(summary, [each for each in owed if each.state is State.FULFILLED])
    return found


def target_lines(summary: Summary) -> list[Part]:
    """List the targets against their goals, sums over sums; incomplete ones say of how many units."""
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
        found += version_words.of_target(summary, each.target)
        if each.without_baseline and each.percent is not None:
            found.append(
                _("  Nothing to compare with, so not in the sum: {units}", units=_some(summary, each.without_baseline))
            )
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
        return _("{how}; the goal is {goal} less", how=_change(percent), goal=Percent(each.target.goal))
    return _(
        "{how}; the goal is {goal} less by {year}", how=_change(percent), goal=Percent(each.target.goal), year=year
    )


def _change(percent: Decimal) -> Part:
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


def item_lines(summary: Summary, office: Office) -> list[Part]:
    """List registered items by area, unit and state."""
    alive = [row for row in summary.tally if row.stands]
    found: list[Part] = [_("Registered: {n} items", n=Count(sum(row.n for row in alive)))]
    for area in office.plan.areas:
        rows = [row for row in alive if row.area == area.code]
        if not rows:
            found.append(_("- {code} {area}: no item yet", code=area.code, area=area.short))
        else:
            done = sum(row.n for row in rows if row.recognised)
            waiting = sum(row.n for row in rows if row.unconfirmed)
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
    without = [unit for unit in summary.there if unit.code not in registering]
    silent = [unit.name for unit in without if unit.code not in summary.closed]
    if alive and silent:
        found.append(_("Units that have not registered: {units}", units="; ".join(silent)))
    if said := [unit.name for unit in without if unit.code in summary.closed]:
        found.append(_("Units that closed their list without an item: {units}", units="; ".join(said)))
    return found
