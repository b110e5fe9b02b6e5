"""Do a change of the units, and take it back within its day while nothing was filed since. In one transaction."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.conversation import Notice, Visit
from bot.language import Part, _
from bot.office.report import kept_numbers
from bot.office.roster.unit_effects import Effects, Move, NewBaseline
from bot.office.roster.unit_wanted import UnitAct, WantedUnits, wanted_of
from storage import baselines, chats, deadlines, difficulties, inspections, people, unit_changes, unit_tasks
from storage.baselines import UnitBaseline
from storage.people import Person
from storage.unit_changes import ChangeState, UnitChange

CARRY: Mapping[str, Callable[..., None]] = {
    "difficulty": difficulties.set_unit,
    "inspection": inspections.set_unit,
    "unit_task": unit_tasks.set_unit,
}
"""By the table, what sets of which unit a row is that goes along."""


def do(visit: Visit, change: UnitChange, notice: Notice) -> Effects:
    """Do everything that was shown; tell whoever is concerned."""
    wanted, tx = wanted_of(change.kind, change.day, change.wanted), visit.tx
    effects = Effects(visit, wanted)
    told = _concerned(effects)
    undo = {
        "people": [_post(move.person) for move in effects.moves],
        "drafts": [[draft.id, draft.unit, draft.state] for draft, _to, _state in effects.drafts],
        "items": [[item.id, item.unit] for item, _to in effects.items],
        "carried": [[table, id, unit] for table, id, _code, unit, _to in effects.carried],
        "delegates": [[row.unit, row.duty, row.year, row.person] for row in effects.delegates],
        "promises": [[row.unit, row.duty, row.year, row.day.isoformat()] for row in effects.promises],
        "acting": [_post(other) for _one, other in effects.acting],
        "told": told,
    }
    new_baselines, moves, held, items = effects.baselines, effects.moves, effects.drafts, effects.items
    carried = effects.carried
    _units(visit, effects, change.id)
    for draft, unit, state in held:
        unit_changes.move_draft(tx, id=draft.id, unit=unit, state=state)
    for item, unit in items:
        unit_changes.move_item(tx, id=item.id, unit=unit)
    for table, id, _code, _unit, to in carried:
        CARRY[table](tx, id=id, unit=to)
    for row in effects.delegates:
        unit_changes.end_delegation(tx, unit=row.unit, duty=row.duty, year=row.year)
    for promise in effects.promises:
        unit_changes.end_promise(tx, unit=promise.unit, duty=promise.duty, year=promise.year)
    for move in moves:
        _move(visit, move)
    for new in new_baselines:
        _measure(visit, new, wanted)
    after = [_post(person) for move in moves if (person := tx.one(people.BY_ID, id=move.person.id)) is not None]
    unit_changes.set_state(
        tx, id=change.id, state=ChangeState.DONE, by=visit.me.id, now=visit.said, undo={**undo, "after": after}
    )
    visit.note("units_changed", str(change.id), kind=change.kind, units=[*wanted.units, *effects.successors])
    for id in told:
        if id != visit.me.id:
            visit.tell(id, notice, change=change.id)
    return effects


def _post(person: Person) -> list[Any]:
    return [person.id, person.unit, person.role, person.active, person.stands_in, person.away_to]


def _concerned(effects: Effects) -> list[int]:
    """Return whom a change concerns: whoever moves or becomes something else, and the heads of the units."""
    found = [move.person.id for move in effects.moves]
    for code in dict.fromkeys((*effects.wanted.units, *effects.successors)):
        head = effects.head(code)
        found += [head.id] if head is not None else []
    return list(dict.fromkeys(found))


def _units(visit: Visit, effects: Effects, change: int) -> None:
    wanted, tx = effects.wanted, visit.tx
    if wanted.act is UnitAct.RENAMED:
        until = wanted.day.fromordinal(wanted.day.toordinal() - 1)
        unit_changes.rename(tx, code=wanted.units[0], name=wanted.made[0].name, until=until)
        return
    seals = {kind.code for kind in visit.plan.unit_kinds if kind.seal}
    after = wanted.after or (wanted.units[-1] if wanted.units else None)
    for made in wanted.made:
        unit_changes.add(
            tx, code=made.code, name=made.name, kind=made.kind, seal=made.kind in seals, since=wanted.day, after=after
        )
        after = made.code
    for code in wanted.ending:
        unit_changes.end(tx, code=code, day=wanted.day)
    if wanted.act in (UnitAct.MERGED, UnitAct.SPLIT):
        for code in wanted.units:
            for successor in effects.successors:
                if code != successor:
                    unit_changes.succeed(tx, change=change, unit=code, successor=successor)


def _move(visit: Visit, move: Move) -> None:
    """Move somebody; whoever acts by their old post ends with it, and a second post in one unit ends."""
    tx, person = visit.tx, move.person
    if move.unit != person.unit:
        people.clear_stand_in(tx, id=person.id)
        if move.ends:
            there = next(post for post in tx.all(people.POSTS, person=person.id) if post.unit == move.unit)
            for chat in tx.all(chats.EVER_ALL_OF_PERSON, person=person.id):
                if chat.person == person.id:
                    chats.serve(tx, chat=chat.id, post=there.id)
            people.set_active(tx, id=person.id, active=False)
            return
        people.move(tx, id=person.id, unit=move.unit)
    if move.role != person.role:
        people.set_role(tx, id=person.id, role=move.role)


def _measure(visit: Visit, new: NewBaseline, wanted: WantedUnits) -> None:
    """Store what a unit is measured against from the day on; without sums that the office has to enter it."""
    year, kept_as, cutoff = visit.plan.first_year - 1, new.target.kept_as, kept_numbers.cutoff(visit.plan)
    asked = UnitBaseline(new.target.code, "", "", year, None, None, kept_as, cutoff, None, visit.said)
    for row in new.rows or [asked]:
        mine = replace(row, unit=new.unit, since=wanted.day.isoformat(), by=visit.me.id, at=visit.said)
        baselines.begin_anew(visit.tx, mine)


# Taking back --------------------------------------------------------------------------------------


def not_undone(visit: Visit, change: UnitChange) -> Part | None:
    """Say why a change cannot be taken back; None when it can."""
    wanted = wanted_of(change.kind, change.day, change.wanted)
    if change.state is ChangeState.UNDONE:
        return _("This change was taken back already.")
    if change.state is not ChangeState.DONE:
        return _("This change was never made.")
    if change.at.astimezone(visit.said.tzinfo).date() != visit.said.date():
        return _(
            "A change is taken back on its own day only; this one was made on {day}. Please enter what is right as a new change.",
            day=change.at.date(),
        )
    mine = _codes(wanted)
    for later in visit.tx.all(unit_changes.DONE_AFTER, id=change.id, at=change.at):
        if mine & _codes(wanted_of(later.kind, later.day, later.wanted)):
            return _("The units were changed once more since; please take that back first.")
    for code in mine:
        came = next(iter(visit.tx.all(unit_changes.CAME_IN, unit=code, since=change.at)), None)
        if came is not None:
            unit = visit.tx.one(people.UNIT, code=code)
            return _(
                "{unit} has sent something since, so the change stays; please enter what is right as a new change.",
                unit=unit.name if unit is not None else code,
            )
    return _people_changed(visit, change, wanted)


def _codes(wanted: WantedUnits) -> set[str]:
    made = {each.code for each in wanted.made}
    return {*wanted.units, *made, *([wanted.into] if wanted.into else [])}


def _people_changed(visit: Visit, change: UnitChange, wanted: WantedUnits) -> Part | None:
    for id, unit, role, active, *_acting in change.undo["after"]:
        person = visit.tx.one(people.BY_ID, id=id)
        if person is None or (person.unit, person.role, person.active) != (unit, role, bool(active)):
            return _("People of these units were changed since, so the change stays; please put right what is wrong.")
    came = {row[0] for row in change.undo["after"]}
    if wanted.act is not UnitAct.RENAMED:
        for made in wanted.made:
            if any(person.id not in came for person in visit.tx.all(people.OF_UNIT, unit=made.code)):
                return _("People were entered in {unit} since, so the change stays.", unit=made.name)
    return None


def take_back(visit: Visit, change: UnitChange, notice: Notice) -> None:
    """Give everything back as it was before a change."""
    wanted, tx, undo = wanted_of(change.kind, change.day, change.wanted), visit.tx, change.undo
    _people_back(visit, [*undo["acting"], *undo["people"]])
    for id, unit, state in undo["drafts"]:
        unit_changes.move_draft(tx, id=id, unit=unit, state=state)
    for id, unit in undo["items"]:
        unit_changes.move_item(tx, id=id, unit=unit)
    for table, id, unit in undo.get("carried", ()):
        CARRY[table](tx, id=id, unit=unit)
    for unit, duty, year, person in undo["delegates"]:
        deadlines.delegate(tx, unit=unit, duty=duty, year=year, person=person, by=visit.me.id, now=visit.said)
    for unit, duty, year, day in undo["promises"]:
        last = wanted.day.fromisoformat(day)
        deadlines.promise(tx, unit=unit, duty=duty, year=year, day=last, by=visit.me.id, now=visit.said)
    _units_back(visit, wanted, change.id)
    unit_changes.set_state(tx, id=change.id, state=ChangeState.UNDONE, by=visit.me.id, now=visit.said)
    visit.note("units_changed_back", str(change.id), kind=change.kind)
    for id in undo["told"]:
        if id != visit.me.id:
            visit.tell(id, notice, change=change.id, undone=True)


def _people_back(visit: Visit, posts: Iterable[Sequence[Any]]) -> None:
    for id, unit, role, active, stands_in, away_to in posts:
        unit_changes.put_person(
            visit.tx, id=id, unit=unit, role=role, active=bool(active), stands_in=stands_in, away_to=away_to
        )


def _units_back(visit: Visit, wanted: WantedUnits, change: int) -> None:
    tx = visit.tx
    if wanted.act is UnitAct.RENAMED:
        until = wanted.day.fromordinal(wanted.day.toordinal() - 1)
        unit_changes.name_again(tx, code=wanted.units[0], until=until)
        return
    unit_changes.forget_succession(tx, change=change)
    for code in _codes(wanted):
        baselines.forget_since(tx, unit=code, since=wanted.day)
    for code in wanted.ending:
        unit_changes.end(tx, code=code, day=None)
    for made in wanted.made:
        unit_changes.remove(tx, code=made.code)
