"""Whoever is in charge of tasks of their unit's plan is told: which they are, what is changed, what is no more."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import Feature, Notice, Visit, whose
from bot.dialogue import Button, Say
from bot.language import Count, Part, _
from bot.office.duties import plan_tasks
from bot.office.items import progressing
from bot.office.reminding.deadline_texts import how_long
from storage import initiatives, people
from storage.initiatives import LEFT, Initiative

MOST = 10
"""So many are said in one message."""


def given(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell somebody which tasks of the plan are theirs as it stands now, and which are theirs no more."""
    found = [item for code in about["codes"] if (item := visit.tx.one(initiatives.BY_CODE, code=code)) is not None]
    posts = visit.tx.all(people.EVERY_POST, person=visit.me.id)
    mine = [item for item in found if item.state not in LEFT and item.charge in posts]
    gone = [item for item in found if item.charge not in posts or item.state in LEFT]
    lines: list[Part] = []
    if mine:
        lines.append(
            _(
                "In the plan of {year} of {unit} {you_name} is in charge of {n} tasks",
                year=about["year"],
                unit=mine[0].unit_name,
                n=Count(len(mine)),
            )
        )
        lines += [_line(visit, item) for item in mine[:MOST]]
    if gone:
        head = _("No longer {you}rs in the plan of {year} of {unit}", year=about["year"], unit=gone[0].unit_name)
        lines += [head, *(_("- {code} «{title}»", code=item.code, title=item.title) for item in gone[:MOST])]
    if not lines:
        return None
    if mine:
        lines.append(_("How far each is {you} note with /capnhat; the assistant reminds before the day."))
    codes = [item.code for item in (*mine, *gone)]
    return Say(lines, buttons=tuple(Button(_("See {code}", code=code), f"/cuatoi {code}") for code in codes[:5]))


def _line(visit: Visit, item: Initiative) -> Part:
    kind = progressing.kind_of(visit.plan, item)
    last = None if kind is None else progressing.due(visit.tx, kind, item)
    if last is None:
        return _("- {code} «{title}»", code=item.code, title=item.title)
    left = how_long(last, visit.now.date())
    return _("- {code} «{title}»: to be done {left}", code=item.code, title=item.title, left=left)


GIVEN = Notice(
    plan_tasks.GIVEN,
    given,
    whose(_("whoever is in charge of tasks of the unit"), lambda visit, about: bool(about["unit"] == visit.me.unit)),
)
FEATURE = Feature(__name__, notices=(GIVEN,))
