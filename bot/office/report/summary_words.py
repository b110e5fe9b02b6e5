"""A year's figures in words: who has sent, targets, items, difficulties, unions. Pure."""

from collections.abc import Sequence

from bot.conversation import Office
from bot.language import Count, Joined, Part, Time, _
from bot.movement import Area, Obligation, State, titled
from bot.office.awards import award_summary
from bot.office.duties.unions import said as told_of
from bot.office.report import raised_words, target_words, version_words
from bot.office.report.source_lines import source_lines, source_of_union
from bot.office.report.summaries import Summary


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
        *target_words.target_lines(summary),
        *item_lines(summary, office),
    ]
    hard, good = summary.difficulties, summary.praised
    for heading, told in (
        (_("Difficulties and proposals ({n}):", n=Count(len(hard))), hard),
        (_("To be praised and rewarded, as units write ({n}):", n=Count(len(good))), good),
    ):
        if told:
            by_code = summary.standing.names
            lines_of = [_("- {unit}: {text}", unit=by_code.get(each.unit, each.unit), text=each.text) for each in told]
            found += [heading, *lines_of]
    names_of, zone = summary.standing.names, summary.now.tzinfo
    found += raised_words.in_summary(summary.raised, summary.answers, names_of, zone)
    found += raised_words.inspected_in_summary(summary.inspected, names_of, zone)
    found += award_summary.lines(summary.awards)
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


def item_lines(summary: Summary, office: Office) -> list[Part]:
    """List registered items by area, unit and state."""
    alive = [row for row in summary.tally if row.stands]
    found: list[Part] = [_("Registered: {n} items", n=Count(sum(row.n for row in alive)))]
    found += [area_line(summary, area) for area in office.plan.areas]
    registering = {row.unit for row in alive}
    without = [unit for unit in summary.there if unit.code not in registering]
    silent = [unit.name for unit in without if unit.code not in summary.closed]
    if alive and silent:
        found.append(_("Units that have not registered: {units}", units="; ".join(silent)))
    if said := [unit.name for unit in without if unit.code in summary.closed]:
        found.append(_("Units that closed their list without an item: {units}", units="; ".join(said)))
    return found


def area_line(summary: Summary, area: Area) -> Part:
    """Say how many items an area has, and how far they are."""
    rows = [row for row in summary.tally if row.stands and row.area == area.code]
    if not rows:
        return _("- {code} {area}: no item yet", code=area.code, area=area.short)
    return _(
        "- {code} {area}: {n}, of which {done} recognised, {waiting} not confirmed yet",
        code=area.code,
        area=area.short,
        n=Count(sum(row.n for row in rows)),
        done=Count(sum(row.n for row in rows if row.recognised)),
        waiting=Count(sum(row.n for row in rows if row.unconfirmed)),
    )
