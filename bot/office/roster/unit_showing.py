"""A change of the units shown before it is done: what it would do, and the buttons that do it. In the transaction."""

from bot.conversation import HOME, Visit
from bot.dialogue import Button, Say
from bot.language import Part, _
from bot.office.roster import unit_checks, unit_preview
from bot.office.roster.unit_effects import Effects
from bot.office.roster.unit_wanted import WantedUnits, wanted_of
from storage import unit_changes
from storage.unit_changes import UnitChange

UNITS = Button(_("The units"), "/tochuc")


def show(visit: Visit, wanted: WantedUnits) -> Say:
    """Store what is wanted and show what it would do; nothing changes yet."""
    if (why := unit_checks.why_not(visit, wanted)) is not None:
        return Say([why], buttons=(UNITS, HOME))
    by, kept = visit.me.id, wanted.to_json()
    id = unit_changes.show(visit.tx, kind=wanted.act, day=wanted.day, wanted=kept, by=by, now=visit.said)
    change = visit.tx.one(unit_changes.BY_ID, id=id)
    assert change is not None
    return preview(visit, change)


def preview(visit: Visit, change: UnitChange, *before: Part) -> Say:
    """Show what a change would do now; one whose day has not come cannot be done yet."""
    wanted = wanted_of(change.kind, change.day, change.wanted)
    if (why := unit_checks.why_not(visit, wanted)) is not None:
        return Say([*before, why], buttons=(UNITS, HOME))
    said = unit_preview.lines(visit, Effects(visit, wanted))
    stamp = unit_preview.stamp(said)
    lines = [*before, _("Nothing has changed yet. This is what would be done:"), *said]
    drop = Button(_("Do not do it"), f"/tochuc bo {change.id}")
    if change.day > visit.now.date():
        lines.append(
            _(
                "{day} has not come: it is kept, and on that day the assistant asks {desk} to do it.",
                day=change.day,
                desk=visit.plan.office.desk,
            )
        )
        return Say(lines, buttons=(drop, UNITS, HOME))
    lines.append(_("Once done it can be undone today, as long as these units send nothing."))
    return Say(lines, buttons=(Button(_("Do it"), f"/tochuc lam {change.id} v{stamp}"), drop, HOME))
