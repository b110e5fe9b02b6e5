"""What is open once more and what may be: the office's list, and a unit's."""

from bot.conversation import HOME, MY_TASKS, Visit
from bot.dialogue import Button, Say
from bot.language import Count, Part, _
from bot.office.duties import reopening
from bot.office.duties import reopening_texts as texts
from storage import people, reopenings
from storage.reopenings import ReopeningState

MOST = 10
"""Entries of a list."""


def example(visit: Visit) -> str:
    """Return a code as an example of one."""
    unit = next((unit for unit in visit.tx.all(people.UNITS) if unit.kind not in visit.plan.unions), None)
    return f"BC-{visit.said.year}-{unit.code if unit is not None else visit.me.unit}"


def of_office(visit: Visit) -> Say:
    """List what is asked for and what is open, and how a record is opened."""
    live = visit.tx.all(reopenings.ALL_LIVE)
    lines: list[Part] = [_("What is open once more, or asked for ({n})", n=Count(len(live)))]
    buttons: list[Button] = []
    for found in live[:MOST]:
        lines.append(_("- {how}", how=texts.under_way(visit, found, reopening.record_of(visit, found.record))))
        if found.state == ReopeningState.ASKED:
            buttons.append(Button(_("Open {code}", code=found.record), f"/molai {found.record}"))
            buttons.append(Button(_("Decline {code}", code=found.record), f"/molai tuchoi {found.record}"))
        else:
            buttons.append(Button(_("Close {code} again", code=found.record), f"/molai dong {found.record}"))
    if not live:
        lines = [_("Nothing is open once more, and nobody asks for it.")]
    lines.append(
        _(
            "To open a record, please write for example: reopen {code} until 20/11 because a figure is wrong",
            code=example(visit),
        )
    )
    return Say(lines, buttons=(*buttons[: 2 * MOST], HOME))


def of_unit(visit: Visit) -> Say:
    """List what my unit may ask to correct, and what it has asked for."""
    live = visit.tx.all(reopenings.LIVE_OF_UNIT, unit=visit.me.unit)
    lines: list[Part] = [
        _("- {how}", how=texts.under_way(visit, each, reopening.record_of(visit, each.record))) for each in live
    ]
    taken = {each.record for each in live}
    found = [each for each in reopening.of_unit(visit) if each.code not in taken]
    if not found and not lines:
        return Say(
            [_("{unit} has sent nothing that is received or locked.", unit=visit.me.unit_name)],
            buttons=(MY_TASKS, HOME),
        )
    if lines:
        lines.insert(0, _("Under way ({n}):", n=Count(len(live))))
    if found:
        lines.append(_("What should be corrected? Please choose a record ({n})", n=Count(len(found))))
        lines += [_("- {code}: {record}", code=each.code, record=each.name) for each in found[:MOST]]
    return Say(lines, buttons=(*(Button(each.code, f"/dinhchinh {each.code}") for each in found[:MOST]), HOME))
