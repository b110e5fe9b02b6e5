"""The units in words: the list with what was changed, which one is meant, what is left to do, what people are told."""

from collections.abc import Callable, Iterator

from bot.conversation import HOME, Visit
from bot.dialogue import Button, Say
from bot.language import Count, Inside, Part, Time, _
from bot.movement import heads, titled
from bot.office import unit_names
from bot.office.duties import submissions
from bot.office.duties.duty_kinds import kind_of
from bot.office.report.entered import list_of
from bot.office.roster import unit_preview
from bot.office.roster.roster_changes import role_name
from bot.office.roster.unit_answers import UnitFacts, unit_said
from bot.office.roster.unit_effects import Effects
from bot.office.roster.unit_wanted import UnitAct, wanted_of
from storage import people, unit_changes
from storage.people import Unit
from storage.unit_changes import ChangeState, UnitChange

DEEDS = (
    (_("New unit"), "/donvimoi"),
    (_("Another name"), "/doiten"),
    (_("Merge"), "/sapnhap"),
    (_("Split"), "/tachdonvi"),
    (_("End a unit"), "/giaithe"),
)


def units(visit: Visit) -> Say:
    """List the units with their heads, what was changed of late, and what can be done."""
    there = visit.tx.all(people.UNITS)
    lines: list[Part] = [_("Units ({n})", n=Count(len(there)))]
    lines += [_line(visit, unit) for unit in there]
    buttons = [Button(label, says) for label, says in DEEDS]
    newest, ahead = visit.tx.all(unit_changes.NEWEST), visit.tx.all(unit_changes.AHEAD)
    if ahead:
        lines.append(_("Entered ahead of their day:"))
        lines += [_("- {change}", change=unit_preview.head(_effects(visit, each))) for each in ahead]
        buttons += [Button(_("Look at the change of {day}", day=each.day), f"/tochuc xem {each.id}") for each in ahead]
    if newest:
        lines.append(_("Changed of late:"))
        lines += [_past(visit, each) for each in newest]
    today = visit.said.date()
    for each in newest:
        if each.state is ChangeState.DONE and each.at.astimezone(visit.said.tzinfo).date() == today:
            buttons.append(Button(_("Undo the change made at {at}", at=Time(each.at)), f"/tochuc hoantac {each.id}"))
            break
    return Say(lines, buttons=(*buttons, HOME))


def _line(visit: Visit, unit: Unit) -> Part:
    there = visit.tx.all(people.OF_UNIT, unit=unit.code)
    head, n = next((p for p in there if heads(p.role)), None), Count(len(there))
    if head is None:
        return _("- {code} · {unit}: {n} people, no head", code=unit.code, unit=unit.name, n=n)
    return _("- {code} · {unit}: {n} people, {head}", code=unit.code, unit=unit.name, n=n, head=titled(head))


def _effects(visit: Visit, change: UnitChange) -> Effects:
    return Effects(visit, wanted_of(change.kind, change.day, change.wanted))


def _past(visit: Visit, change: UnitChange) -> Part:
    """Say a change that was made; a name that was changed is said as it was before."""
    wanted = wanted_of(change.kind, change.day, change.wanted)
    if wanted.act is UnitAct.RENAMED:
        what: Part = _(
            "{code} is called {after} from {day} on", code=wanted.units[0], after=wanted.made[0].name, day=change.day
        )
    else:
        what = unit_preview.head(_effects(visit, change))
    return (
        _("- {change} (taken back)", change=what)
        if change.state is ChangeState.UNDONE
        else _("- {change}", change=what)
    )


def one_of(visit: Visit, args: str, says: str, then: Callable[[str], Say]) -> Say:
    """Open what goes on with the unit that was said; ask which, where none was, and say why one is not meant."""
    if args.strip():
        found = unit_said(args.strip(), UnitFacts(visit, ""))
        unit = visit.tx.one(people.UNIT, code=found) if isinstance(found, str) else None
        if unit is not None and unit.active:
            return then(unit.code)
        why = [found]
    else:
        why = []
    buttons = [Button(unit.name, f"{says} {unit.code}") for unit in visit.tx.all(people.UNITS)]
    return Say([*why, _("Which unit?")], buttons=(*buttons, HOME))


def left_to_do(visit: Visit, effects: Effects) -> Iterator[Part]:
    """Say what the change leaves to somebody: a head, a baseline."""
    for code in effects.successors:
        if effects.wanted.act in (UnitAct.NEW, UnitAct.SPLIT, UnitAct.MERGED) and not any(
            heads(person.role) for person in visit.tx.all(people.OF_UNIT, unit=code)
        ):
            yield _("Still to do: a head for {unit}.", unit=effects.name(code))
    for new in effects.baselines:
        if not new.rows:
            yield _(
                "Still to do: what {unit} is measured against, {what}: {says}",
                unit=effects.name(new.unit),
                what=Inside(new.target.short),
                says=f"{list_of(visit.plan, new.target)} {new.unit}",
            )


def told(visit: Visit, change: UnitChange) -> list[Part]:
    """Say what a change means to whoever is concerned: the head hears what the unit owes now."""
    wanted, me = wanted_of(change.kind, change.day, change.wanted), visit.me
    if wanted.act is UnitAct.RENAMED:
        return [_("From {day} on {you}r unit is called {unit}.", day=change.day, unit=me.unit_name)]
    was = next((row for row in change.undo["people"] if row[0] == me.id), None)
    lines: list[Part] = []
    if was is not None and was[1] != me.unit:
        before = visit.tx.one(people.UNIT, code=was[1])
        name = was[1] if before is None else unit_names.called(before)
        lines.append(
            _(
                "From {day} on {you} belong to {unit} (before: {before}).",
                day=change.day,
                unit=me.unit_name,
                before=name,
            )
        )
    if was is not None and was[2] != me.role:
        lines.append(_("In the assistant {you} are now: {role}.", role=role_name(visit.plan, me.role)))
    if me.unit in wanted.ending or not submissions.sends(visit):
        return lines or [_("From {day} on the units have changed.", day=change.day)]
    names = [unit.name for code in wanted.units if (unit := visit.tx.one(people.UNIT, code=code)) and code != me.unit]
    if wanted.act is UnitAct.MERGED and names:
        lines.append(
            _(
                "From {day} on {unit} takes over what these did: {units}.",
                day=change.day,
                unit=me.unit_name,
                units=", ".join(names),
            )
        )
    owed = [each for each in submissions.owed(visit) if each.owed and not each.quiet]
    if owed:
        lines.append(_("What {unit} has to do ({n}):", unit=me.unit_name, n=Count(len(owed))))
        for each in owed:
            task = kind_of(each).listed(each)
            if each.due is None:
                lines.append(_("- {task}", task=task))
            else:
                lines.append(_("- {task}, by the end of {day}", task=task, day=each.due))
    if wanted.act is UnitAct.MERGED and names:
        lines.append(
            _(
                "The report covers what was done in these units from 01/01/{year} on: {units}.",
                year=change.day.year,
                units=", ".join(names),
            )
        )
    return lines
