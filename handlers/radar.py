"""What the target radar says: to the office everything, to a head only what is their own unit's."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import MY_TASKS, WHO, Feature, Notice, Visit, whose
from bot.dialogue import Button, Say
from bot.language import Count, Part, _
from bot.movement import May, Stage
from bot.office.duties import submissions
from bot.office.reminding import daily_extras
from bot.office.report import forecast_words
from bot.office.report.forecast_data import Outlook


def for_office(visit: Visit, outlook: Outlook) -> Say | None:
    """Return every target that the pace will miss, with the units; None when there is none."""
    if not outlook.warnings:
        return None
    lines: list[Part] = [
        _("Looking ahead at the targets of {year} · {day}", year=outlook.year, day=outlook.day),
        _("At this pace {n} targets may not be met.", n=Count(len(outlook.warnings))),
    ]
    for warning in outlook.warnings:
        lines += forecast_words.for_office(visit.plan, outlook, warning)
    lines.append(_("The heads concerned are told once, of their own unit only. This list has not gone to the leaders."))
    summary = Button(_("Yearly summary"), f"/tonghop {outlook.year}")
    return Say(lines, buttons=(Button(_("How far the targets are"), f"/tiendo {outlook.year}"), summary))


def for_head(visit: Visit, outlook: Outlook) -> Say | None:
    """Return what my unit can still do for those targets; None when it is not concerned."""
    mine = [warning for warning in outlook.warnings if visit.me.unit in warning.units]
    if not mine:
        return None
    lines: list[Part] = [
        _("Looking ahead at the targets of {year} · {unit}", year=outlook.year, unit=visit.me.unit_name),
        _("The assistant says this once a year, early, so that {you_name} can plan for it."),
    ]
    for warning in mine:
        lines += forecast_words.for_head(visit.plan, visit.me.unit, warning)
    buttons = [MY_TASKS, Button(_("How far the targets are"), f"/tiendo {outlook.year}")]
    if any(each.stage is Stage.SENT for warning in mine for each in forecast_words.own(visit.me.unit, warning)):
        buttons.insert(0, Button(_("Sheets to confirm"), "/xacnhan"))
    return Say(lines, buttons=buttons)


def note(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Say in the day's message: to the office all of it, to a head what is their unit's."""
    outlook: Outlook | None = about.get("outlook")
    if outlook is None:
        return None
    seen = outlook.only(about["radar"])
    return for_office(visit, seen) if visit.may(May.RECEIVE) else for_head(visit, seen)


def _concerned(visit: Visit, about: Mapping[str, Any]) -> bool:
    """Return the office, and who sends for a unit that falls behind."""
    return visit.may(May.RECEIVE) or submissions.sends(visit)


FEATURE = Feature(__name__, day_parts=(Notice(daily_extras.RADAR, note, whose(WHO[May.RECEIVE], _concerned)),))
