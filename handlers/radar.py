"""What the target radar says: to the office everything, to a head only what is their own unit's."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from bot.conversation import WHO, Feature, Notice, Visit, whose
from bot.dialogue import Button, Say
from bot.language import Count, Joined, Part, Percent, Text, _
from bot.movement import Behind, Candidate, May, Measure, Stage, Warning, due_by, reduction, share
from bot.office.duties import submissions
from bot.office.reminding import daily_extras
from bot.office.report.forecast_data import Outlook

SHOWN = 5
"""How many of the initiatives that are most ready are named."""


def for_office(visit: Visit, outlook: Outlook) -> Say | None:
    """Every target that the pace will miss, with the units; None when there is none."""
    if not outlook.warnings:
        return None
    lines: list[Part] = [
        _("Looking ahead at the targets of {year} · {day}", year=outlook.year, day=outlook.day),
        _("At this pace {n} targets may not be met.", n=Count(len(outlook.warnings))),
    ]
    for warning in outlook.warnings:
        lines += _OFFICE[warning.target.measure](visit, outlook, warning)
    lines.append(_("The heads concerned are told once, of their own unit only. This list has not gone to the leaders."))
    summary = Button(_("Yearly summary"), f"/tonghop {outlook.year}")
    return Say(lines, buttons=(Button(_("How far the targets are"), f"/tiendo {outlook.year}"), summary))


def for_head(visit: Visit, outlook: Outlook) -> Say | None:
    """What my unit can still do for those targets; None when it is not concerned."""
    mine = [warning for warning in outlook.warnings if visit.me.unit in warning.units]
    if not mine:
        return None
    lines: list[Part] = [
        _("Looking ahead at the targets of {year} · {unit}", year=outlook.year, unit=visit.me.unit_name),
        _("The assistant says this once a year, early, so that {you_name} can plan for it."),
    ]
    for warning in mine:
        lines += _HEAD[warning.target.measure](visit, warning)
    buttons = [Button(_("My tasks"), "/viec"), Button(_("How far the targets are"), f"/tiendo {outlook.year}")]
    if any(each.stage is Stage.SENT for warning in mine for each in _own(visit, warning)):
        buttons.insert(0, Button(_("Sheets to confirm"), "/xacnhan"))
    return Say(lines, buttons=buttons)


# Initiatives ----------------------------------------------------------------------------------


def _count_for_office(visit: Visit, outlook: Outlook, warning: Warning) -> list[Part]:
    said = _(
        "{code}. {target}: {reached} recognised, {way} on the way; at least {lacking} more are needed for the goal of {goal}.",
        code=warning.target.code,
        target=warning.target.short,
        reached=_n(warning.reached),
        way=Count(warning.on_the_way),
        lacking=_n(warning.lacking),
        goal=_n(warning.needed),
    )
    if not warning.candidates:
        return [said, _("Nothing is on the way or being written yet.")]
    shown = [_candidate(visit, each, outlook.names.get(each.unit, each.unit)) for each in warning.candidates[:SHOWN]]
    return [said, _("The most ready ones:"), *shown]


def _count_for_head(visit: Visit, warning: Warning) -> list[Part]:
    return [
        _(
            "Target {code}, {target}: {office} needs at least {lacking} more for the goal of {goal} this year. Of the unit:",
            code=warning.target.code,
            target=warning.target.short,
            office=visit.plan.office.short,
            lacking=_n(warning.lacking),
            goal=_n(warning.needed),
        ),
        *(_candidate(visit, each) for each in _own(visit, warning)[:SHOWN]),
        _("Please help these to be finished in time, {you_name}."),
    ]


def _own(visit: Visit, warning: Warning) -> list[Candidate]:
    return [each for each in warning.candidates if each.unit == visit.me.unit]


def _candidate(visit: Visit, each: Candidate, unit: str = "") -> Part:
    """One line; a sheet that nobody has sent yet is counted, and its words stay with its author."""
    stage = _STAGES[each.stage](visit, each)
    if each.stage is Stage.DRAFT:
        if not unit:
            return _("- A sheet being written: {stage}", stage=stage)
        return _("- A sheet being written, {unit}: {stage}", unit=unit, stage=stage)
    what = {"code": each.code, "title": each.title, "stage": stage}
    if not unit:
        return _("- {code} «{title}»: {stage}", **what)
    return _("- {code} «{title}» ({unit}): {stage}", unit=unit, **what)


_STAGES: Mapping[Stage, Callable[[Visit, Candidate], Text]] = {
    Stage.COMPLETE: lambda visit, each: _("received, with its result and authors; it can be recognised"),
    Stage.RECEIVED: lambda visit, each: _("received; its result or its authors are to be added"),
    Stage.CONFIRMED: lambda visit, each: _("confirmed, waits for {desk}", desk=visit.plan.office.desk),
    Stage.SENT: lambda visit, each: _("sent, waits for the head's confirmation"),
    Stage.DRAFT: lambda visit, each: _("{n} answers are written, not sent yet", n=Count(each.answers)),
}


# Shares ---------------------------------------------------------------------------------------


def _share_for_office(visit: Visit, outlook: Outlook, warning: Warning) -> list[Part]:
    percent = share(warning.reached, warning.needed, warning.target.goal) or Decimal(0)
    units = [
        _("{unit} ({left})", unit=outlook.names.get(each.unit, each.unit), left=_left(warning, each.left))
        for each in warning.behind
    ]
    return [
        _(
            "{code}. {target}: {n}/{all}, {percent} by the newest figures; {left} are left in {units} units.",
            code=warning.target.code,
            target=warning.target.short,
            n=warning.reached,
            all=warning.needed,
            percent=Percent(percent),
            left=_left(warning, warning.lacking),
            units=Count(len(units)),
        ),
        _("- {units}", units=Joined(units, "; ")),
    ]


def _share_for_head(visit: Visit, warning: Warning) -> list[Part]:
    mine = _mine(visit, warning)
    assert mine.newest.figure.numerator is not None and mine.newest.figure.denominator is not None
    return [
        _(
            "Target {code}, {target}: {n}/{all} ({source}), {left} are left.",
            code=warning.target.code,
            target=warning.target.short,
            n=mine.newest.figure.numerator,
            all=mine.newest.figure.denominator,
            source=_source(mine, warning),
            left=_left(warning, mine.left),
        ),
        _("If that is done already, the new figure in the yearly report is enough."),
    ]


def _left(warning: Warning, left: Decimal) -> Part:
    sentences: Mapping[str, Text] = {
        "people": _("{n} people", n=_n(left)),
        "procedures": _("{n} procedures", n=_n(left)),
        "documents": _("{n} documents", n=_n(left)),
    }
    return sentences.get(warning.target.counts, _("{n}", n=_n(left)))


# Paper ----------------------------------------------------------------------------------------


def _reduction_for_office(visit: Visit, outlook: Outlook, warning: Warning) -> list[Part]:
    target = warning.target
    saved = reduction(warning.before, warning.reached, target.goal) or Decimal(0)
    wanted = reduction(warning.before, warning.needed) or Decimal(0)
    how = _("{percent} less", percent=Percent(saved))
    if saved < 0:
        how = _("{percent} more", percent=Percent(-saved))
    units = [
        _(
            "{unit} ({n} {measure} more)",
            unit=outlook.names.get(each.unit, each.unit),
            n=_tenths(each.left),
            measure=target.unit,
        )
        for each in warning.behind
    ]
    return [
        _(
            "{code}. {target}: {how} by the newest figures; {wanted} less by now leads to the goal of {goal} less in {year}.",
            code=target.code,
            target=target.short,
            how=how,
            wanted=Percent(wanted),
            goal=Percent(target.goal),
            year=target.by_year or outlook.year,
        ),
        _("Above the way to the goal: {units}", units=Joined(units, "; ")),
    ]


def _reduction_for_head(visit: Visit, warning: Warning) -> list[Part]:
    mine, target = _mine(visit, warning), warning.target
    used = mine.newest.figure.numerator
    assert used is not None
    return [
        _(
            "Target {code}, {target}: {used} {measure} ({source}); {allowed} {measure} ({wanted} less) lead to the goal of {goal} less in {year}.",
            code=target.code,
            target=target.short,
            used=_tenths(used),
            measure=target.unit,
            source=_source(mine, warning),
            allowed=_tenths(used - mine.left),
            wanted=Percent(_tenths(due_by(visit.plan, target, mine.newest.year))),
            goal=Percent(target.goal),
            year=target.by_year or warning.year,
        )
    ]


def _mine(visit: Visit, warning: Warning) -> Behind:
    return next(each for each in warning.behind if each.unit == visit.me.unit)


def _source(mine: Behind, warning: Warning) -> Text:
    if mine.newest.year == warning.year:
        return _("this year's figures")
    return _("report of {year}", year=mine.newest.year)


def _n(number: Decimal) -> Count:
    return Count(int(number))


def _tenths(number: Decimal) -> Decimal:
    return round(number, 1)


_OFFICE: Mapping[Measure, Callable[[Visit, Outlook, Warning], list[Part]]] = {
    Measure.COUNT: _count_for_office,
    Measure.SHARE: _share_for_office,
    Measure.REDUCTION: _reduction_for_office,
}
_HEAD: Mapping[Measure, Callable[[Visit, Warning], list[Part]]] = {
    Measure.COUNT: _count_for_head,
    Measure.SHARE: _share_for_head,
    Measure.REDUCTION: _reduction_for_head,
}


def note(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """In the day's message: to the office all of it, to a head what is their unit's."""
    outlook: Outlook | None = about.get("outlook")
    if outlook is None:
        return None
    seen = outlook.only(about["radar"])
    return for_office(visit, seen) if visit.may(May.RECEIVE) else for_head(visit, seen)


def _concerned(visit: Visit, about: Mapping[str, Any]) -> bool:
    """The office, and who sends for a unit that falls behind."""
    return visit.may(May.RECEIVE) or submissions.sends(visit)


FEATURE = Feature(__name__, day_parts=(Notice(daily_extras.RADAR, note, whose(WHO[May.RECEIVE], _concerned)),))
