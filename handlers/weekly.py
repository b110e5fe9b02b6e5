"""What is said of things that wait for a person or a word: Monday's lists, sheets that came back."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import DESK, EVERYBODY, MY_TASKS, Feature, Notice, Visit
from bot.dialogue import Button, Say
from bot.language import Count, Part, _
from bot.movement import WEEK, broken
from bot.office.duties import submissions
from bot.office.duties.duty_kinds import kind_of, what
from bot.office.reminding import audience, daily_extras
from bot.office.reminding.deadline_texts import how
from storage import deadlines, initiatives, receiving
from storage.initiatives import ItemState

MOST = 10
"""Lines of a list."""


def week(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell whoever acts for the unit on a Monday: what waits in it and is not reminded of in this week."""
    if visit.me.unit not in about.get("week", ()):
        return None
    circle = audience.circle(visit, visit.me.unit)
    waits = [
        each
        for each in submissions.owed(visit)
        if each.waits
        and broken(circle.promised.get(each.key), visit.now)
        and "head" in audience.names(visit, each, circle)
    ]
    if not waits:
        return None
    today = visit.now.date()
    lines: list[Part] = [_("This week at {unit} ({n})", unit=visit.me.unit_name, n=Count(len(waits)))]
    lines += [_("- {task}: {how}", task=kind_of(e).listed(e), how=how(e, today)) for e in waits[:MOST]]
    if len(waits) > MOST:
        lines.append(_("… and {n} more", n=Count(len(waits) - MOST)))
    silent = dict.fromkeys(audience.instead_of(visit, each, circle) for each in waits)
    lines += [
        _("Messages do not reach {head}; please let them know.", head=head) for head in silent if head is not None
    ]
    return Say(lines, buttons=(MY_TASKS,))


def undated(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the office on a Monday, until they are there: the dates that nobody has given."""
    given = {(row.duty, row.year) for row in visit.tx.all(deadlines.DEADLINES)}
    left = [(duty, year) for duty, year in about.get("undated", ()) if (duty, year) not in given]
    if not left:
        return None
    lines: list[Part] = [_("No date given yet: nobody is reminded of these until then ({n})", n=Count(len(left)))]
    lines += [_("- {what} of {year}", what=what(visit.plan, duty), year=year) for duty, year in left]
    buttons = [
        Button(_("Date of the {what} of {year}", what=what(visit.plan, duty), year=year), f"/thoihan {duty} {year}")
        for duty, year in left
    ]
    return Say(lines, buttons=buttons)


def to_receive(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the office on a Monday: what waits to be received, and since when."""
    if not about.get("receiving") or not (waiting := visit.tx.all(receiving.ALL)):
        return None
    first = min(each.at for each in waiting)
    return Say(
        [_("What waits to be received: {n}, the first since {day}.", n=Count(len(waiting)), day=first.date())],
        buttons=(Button(_("What waits to be received"), "/tiepnhan"),),
    )


def returned(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell whoever wrote a sheet that it came back and has not been sent again."""
    items = [visit.tx.one(initiatives.BY_CODE, code=code) for code in about.get("returned", ())]
    left = [each for each in items if each is not None and each.state == ItemState.RETURNED and each.by == visit.me.id]
    if not left:
        return None
    lines: list[Part] = [_("Returned to be completed, not sent again yet ({n})", n=Count(len(left)))]
    lines += [
        _("- {code}: «{reason}», returned on {day}", code=e.code, reason=e.reason, day=e.changed.date()) for e in left
    ]
    buttons = [Button(_("Complete {code}", code=each.code), f"/cuatoi sua {each.code}") for each in left[:5]]
    return Say(lines, buttons=buttons)


FEATURE = Feature(
    __name__,
    day_parts=(
        Notice(WEEK, week, EVERYBODY),
        Notice(daily_extras.UNDATED, undated, DESK),
        Notice(daily_extras.RECEIVING, to_receive, DESK),
        Notice(daily_extras.RETURNED, returned, EVERYBODY),
    ),
)
