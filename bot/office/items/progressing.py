"""How far a task or a model is: who is in charge, when it is to be done, what was said of it. Inside the transaction."""

from collections.abc import Iterator, Sequence
from datetime import date

from bot.conversation import Visit
from bot.language import Part, _
from bot.movement import FieldType, ItemKind, Plan, senders
from bot.office.duties import item_texts
from bot.office.reminding.deadline_texts import how_long
from storage import initiatives, item_answers, item_authors, item_progress, people
from storage.db import Tx
from storage.initiatives import READY, Initiative, ItemState
from storage.item_progress import ItemProgress, ProgressState

FOLLOWED = READY - {ItemState.DECLINED}
"""Whose progress is followed: what the unit has confirmed, and goes on with."""


def kind_of(plan: Plan, item: Initiative) -> ItemKind | None:
    """Return the kind of an item whose progress the plan follows; None where it does not."""
    return next((kind for kind in plan.kinds if kind.code == item.kind and kind.progress), None)


def in_charge(tx: Tx, item: Initiative) -> list[int]:
    """Return who is in charge: whoever the sheet names, else its authors, else who wrote it."""
    if item.charge is not None:
        return [item.charge]
    authors = [] if item.collective else [each.person for each in tx.all(item_authors.OF_ITEM, id=item.id)]
    return authors or [item.by]


def newest(tx: Tx, item: Initiative) -> ItemProgress | None:
    """Return what was said of it last."""
    return tx.one(item_progress.NEWEST, id=item.id)


def due(tx: Tx, kind: ItemKind, item: Initiative) -> date | None:
    """Return when it is to be done: as said last, else as it was registered; None where nobody has said."""
    said = next((e.day for e in reversed(tx.all(item_progress.OF_ITEM, id=item.id)) if e.day is not None), None)
    if said is not None:
        return said
    field = next((each for each in kind.fields if each.code == kind.due and each.type is FieldType.DATE), None)
    value = None if field is None else item_answers.of(tx, item.id).get(field.code)
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def may_note(visit: Visit, item: Initiative) -> bool:
    """Whether this person says how far it is: who is in charge or wrote it, and whoever sends for the unit."""
    posts = visit.tx.all(people.EVERY_POST, person=visit.me.id)
    if any(each in posts for each in in_charge(visit.tx, item)) and item.unit == visit.me.unit:
        return True
    return item_texts.writes(visit, item) or (item.unit == visit.me.unit and item_texts.sends_for(visit))


def why_not(visit: Visit, item: Initiative) -> Part | None:
    """Return why this person cannot say how far it is; None where they can."""
    if kind_of(visit.plan, item) is None:
        kind = next((kind.short for kind in visit.plan.kinds if kind.code == item.kind), item.kind)
        return _("The progress of a {kind} is not followed, so {code} stays as it is.", kind=kind, code=item.code)
    if not may_note(visit, item):
        return _(
            "How far {code} is says whoever is in charge of it, or the head of {unit}.",
            code=item.code,
            unit=item.unit_name,
        )
    if item.state not in FOLLOWED:
        return _(
            "Sheet {code} is {state}; its progress is noted from the confirmation on.",
            code=item.code,
            state=item_texts.STATES[item.state],
        )
    return None


def followed(visit: Visit) -> list[Initiative]:
    """Return the items whose progress this person notes, of this year and the last, not done yet first."""
    of_unit = item_texts.sends_for(visit)
    found: list[Initiative] = []
    for year in (visit.now.year, visit.now.year - 1):
        own = visit.tx.all(initiatives.OF_UNIT, unit=visit.me.unit, year=year)
        found += [item for item in own if item.state in FOLLOWED and kind_of(visit.plan, item) is not None]
    mine = [item for item in found if of_unit or may_note(visit, item)]
    return sorted(mine, key=lambda item: (_done(visit.tx, item), -item.year, item.id))


def _done(tx: Tx, item: Initiative) -> bool:
    said = newest(tx, item)
    return said is not None and said.state is ProgressState.DONE


def said(progress: ItemProgress) -> Part:
    """Say how far something is."""
    match progress.state:
        case ProgressState.DONE:
            return _("it was done on {day}", day=progress.day)
        case ProgressState.LATE if progress.day is not None:
            return _("late because «{reason}», now until the end of {day}", reason=progress.reason, day=progress.day)
        case ProgressState.LATE:
            return _("late because «{reason}»", reason=progress.reason)
    return _("under way")


def lines(visit: Visit, item: Initiative) -> Iterator[Part]:
    """Yield how far it is, where that is followed."""
    kind = kind_of(visit.plan, item)
    if kind is None or item.state not in FOLLOWED:
        return
    progress, today = newest(visit.tx, item), visit.now.date()
    if progress is not None:
        yield _("Progress: {said} (noted on {at})", said=said(progress), at=progress.at.date())
    if progress is None or progress.state is not ProgressState.DONE:
        last = due(visit.tx, kind, item)
        if last is not None and progress is not None:
            yield _("To be done: {left}", left=how_long(last, today))


def line(visit: Visit, item: Initiative) -> Part:
    """Return an item with how far it is, in a line of a list."""
    kind, progress = kind_of(visit.plan, item), newest(visit.tx, item)
    how: Part = _("nothing noted yet") if progress is None else said(progress)
    last = None if kind is None else due(visit.tx, kind, item)
    if last is None or (progress is not None and progress.state is not ProgressState.DOING):
        return _("{code} «{title}»: {how}", code=item.code, title=item.title, how=how)
    left = how_long(last, visit.now.date())
    return _("{code} «{title}»: {how}; {left}", code=item.code, title=item.title, how=how, left=left)


def note(visit: Visit, item: Initiative, state: ProgressState, reason: str, day: date | None) -> None:
    """Store how far it is."""
    item_progress.add(visit.tx, item=item.id, state=state, reason=reason, day=day, by=visit.me.id, now=visit.said)
    visit.note("progress_noted", item.code, state=str(state))


def watchers(visit: Visit, item: Initiative) -> Sequence[int]:
    """Return who hears that it is late or done: whoever sends for the unit and has not said it."""
    unit = visit.tx.all(people.OF_UNIT, unit=item.unit)
    return [each.id for each in senders(unit, visit.now.date()) if each.id != visit.me.id]
