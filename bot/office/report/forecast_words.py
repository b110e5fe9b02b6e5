"""What is said of a target that the year's pace will miss: to the office with all units, to a head of their own. Pure."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from bot.language import Count, Joined, Part, Percent, Text, _
from bot.movement import Behind, Candidate, Measure, Plan, Stage, Warning, due_by, reduction, share
from bot.office.report.forecast_data import Outlook

SHOWN = 5
"""How many of the initiatives that are most ready are named."""


# Sheets ---------------------------------------------------------------------------------------


def _count_for_office(plan: Plan, outlook: Outlook, warning: Warning) -> list[Part]:
    said = _so_far(warning)
    if not warning.candidates:
        return [said, _("Nothing is on the way or being written yet.")]
    shown = [_candidate(plan, each, outlook.names.get(each.unit, each.unit)) for each in warning.candidates[:SHOWN]]
    return [said, _("The most ready ones:"), *shown]


def _so_far(warning: Warning) -> Text:
    """Say how many are reached, how many on the way, how many are needed besides."""
    assert warning.target.counted is not None
    more: dict[str, Any] = {
        "code": warning.target.code,
        "target": warning.target.short,
        "reached": _n(warning.reached),
        "way": Count(warning.on_the_way),
        "lacking": _n(warning.lacking),
        "goal": _n(warning.needed),
    }
    match warning.target.counted.what:
        case "registered":
            return _(
                "{code}. {target}: {reached} registered; at least {lacking} more are needed for the goal of {goal}.",
                **more,
            )
        case "confirmed":
            return _(
                "{code}. {target}: {reached} confirmed, {way} wait for it; at least {lacking} more are needed for the goal of {goal}.",
                **more,
            )
        case "recognised":
            return _(
                "{code}. {target}: {reached} recognised, {way} on the way; at least {lacking} more are needed for the goal of {goal}.",
                **more,
            )


def _count_for_head(plan: Plan, unit: str, warning: Warning) -> list[Part]:
    return [
        _(
            "Target {code}, {target}: {office} needs at least {lacking} more for the goal of {goal} this year. Of the unit:",
            code=warning.target.code,
            target=warning.target.short,
            office=plan.office.short,
            lacking=_n(warning.lacking),
            goal=_n(warning.needed),
        ),
        *(_candidate(plan, each) for each in own(unit, warning)[:SHOWN]),
        _("Please help these to be finished in time, {you_name}."),
    ]


def own(unit: str, warning: Warning) -> list[Candidate]:
    """Return the unit's own initiatives that may still count."""
    return [each for each in warning.candidates if each.unit == unit]


def _candidate(plan: Plan, each: Candidate, unit: str = "") -> Part:
    """Return one line; a sheet that nobody has sent yet is counted, and its words stay with its author."""
    stage = _STAGES[each.stage](plan, each)
    if each.stage is Stage.DRAFT:
        if not unit:
            return _("- A sheet being written: {stage}", stage=stage)
        return _("- A sheet being written, {unit}: {stage}", unit=unit, stage=stage)
    what = {"code": each.code, "title": each.title, "stage": stage}
    if not unit:
        return _("- {code} «{title}»: {stage}", **what)
    return _("- {code} «{title}» ({unit}): {stage}", unit=unit, **what)


_STAGES: Mapping[Stage, Callable[[Plan, Candidate], Text]] = {
    Stage.COMPLETE: lambda plan, each: _("received, everything is answered; it can be recognised"),
    Stage.RECEIVED: lambda plan, each: _("received; some answers are to be added"),
    Stage.CONFIRMED: lambda plan, each: _("confirmed, waits for {desk}", desk=plan.office.desk),
    Stage.SENT: lambda plan, each: _("sent, waits for the head's confirmation"),
    Stage.DRAFT: lambda plan, each: _("{n} answers are written, not sent yet", n=Count(each.answers)),
}


# Shares ---------------------------------------------------------------------------------------


def _share_for_office(plan: Plan, outlook: Outlook, warning: Warning) -> list[Part]:
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


def _share_for_head(plan: Plan, unit: str, warning: Warning) -> list[Part]:
    mine = _mine(unit, warning)
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
        *(
            [_("If that is done already, the new figure in the yearly report is enough.")]
            if warning.target.asked
            else []
        ),
    ]


def _left(warning: Warning, left: Decimal) -> Part:
    if warning.target.measure is Measure.PEOPLE:
        return _("{n} people", n=_n(left))
    return _("{n} {unit}", n=_n(left), unit=warning.target.unit) if warning.target.unit else _("{n}", n=_n(left))


# Amounts --------------------------------------------------------------------------------------


def _sum_for_office(plan: Plan, outlook: Outlook, warning: Warning) -> list[Part]:
    return [
        _(
            "{code}. {target}: {n} {unit} by the newest figures; {lacking} {unit} are lacking for the goal of {goal} {unit}.",
            code=warning.target.code,
            target=warning.target.short,
            n=warning.reached,
            lacking=warning.lacking,
            goal=warning.needed,
            unit=warning.target.unit,
        )
    ]


def _reduction_for_office(plan: Plan, outlook: Outlook, warning: Warning) -> list[Part]:
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


def _reduction_for_head(plan: Plan, unit: str, warning: Warning) -> list[Part]:
    mine, target = _mine(unit, warning), warning.target
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
            wanted=Percent(_tenths(due_by(plan, target, mine.newest.year))),
            goal=Percent(target.goal),
            year=target.by_year or warning.year,
        )
    ]


def _mine(unit: str, warning: Warning) -> Behind:
    return next(each for each in warning.behind if each.unit == unit)


def _source(mine: Behind, warning: Warning) -> Text:
    if mine.newest.year == warning.year:
        return _("this year's figures")
    return _("report of {year}", year=mine.newest.year)


def _n(number: Decimal) -> Count:
    return Count(int(number))


def _tenths(number: Decimal) -> Decimal:
    return round(number, 1)


# By measure ------------------------------------------------------------------------------------


_OFFICE: Mapping[Measure, Callable[[Plan, Outlook, Warning], list[Part]]] = {
    Measure.COUNT: _count_for_office,
    Measure.PEOPLE: _share_for_office,
    Measure.SHARE: _share_for_office,
    Measure.SUM: _sum_for_office,
    Measure.REDUCTION: _reduction_for_office,
}
# Nobody is behind in a sum: of its goal no unit has a part of its own.
_HEAD: Mapping[Measure, Callable[[Plan, str, Warning], list[Part]]] = {
    Measure.COUNT: _count_for_head,
    Measure.PEOPLE: _share_for_head,
    Measure.SHARE: _share_for_head,
    Measure.REDUCTION: _reduction_for_head,
}


def for_office(plan: Plan, outlook: Outlook, warning: Warning) -> list[Part]:
    """Say one target that will be missed, with the units."""
    return _OFFICE[warning.target.measure](plan, outlook, warning)


def for_head(plan: Plan, unit: str, warning: Warning) -> list[Part]:
    """Say what this unit can still do for the target."""
    return _HEAD[warning.target.measure](plan, unit, warning)
