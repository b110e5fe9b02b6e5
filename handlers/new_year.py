"""«Năm mới»: one list of what is to be settled at the year's turn, each with its door; the office gets it once in January."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import DESK, HOME, Command, Feature, Notice, Visit
from bot.dialogue import Button, Say
from bot.language import Count, Part, _
from bot.office import new_year_list
from bot.office.new_year_list import ToSettle
from bot.office.reminding import daily_extras


def run(visit: Visit, args: str) -> Say:
    """Answer «/nammoi»: what is to be settled, or that nothing is."""
    found = new_year_list.to_settle(visit)
    if not found:
        return Say([_("Nothing is left to be settled for {year}.", year=visit.now.year)], buttons=(HOME,))
    return _said(visit, found, HOME)


def _said(visit: Visit, found: list[ToSettle], *more: Button) -> Say:
    lines: list[Part] = [
        _("To be settled for {year} ({n})", year=visit.now.year, n=Count(len(found))),
        *(_("{n}. {what}", n=n, what=each.line) for n, each in enumerate(found, 1)),
    ]
    doors = {door.says: door for each in reversed(found) for door in reversed(each.doors)}
    return Say(lines, buttons=(*reversed(doors.values()), *more))


def january(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the office on the first working day of a year what is to be settled; nothing where nothing is."""
    if visit.now.year not in about.get("new_year", ()):
        return None
    found = new_year_list.to_settle(visit)
    return _said(visit, found) if found else None


def units_due(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Ask the office to make a change of the units whose day has come; nothing once it is made or dropped."""
    found = list(new_year_list.units_due(visit)) if about.get("units_due") else []
    return (
        Say([each.line for each in found], buttons=[door for each in found for door in each.doors]) if found else None
    )


COMMAND = Command("nammoi", _("New year"), _("new year"), run, DESK, listed=False, seldom=True)
FEATURE = Feature(
    __name__,
    commands=(COMMAND,),
    day_parts=(Notice(daily_extras.NEW_YEAR, january, DESK), Notice(daily_extras.UNITS_DUE, units_due, DESK)),
)
