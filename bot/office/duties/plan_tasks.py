"""The tasks of a unit's plan are the year's key tasks: items of the kind that the plan of the movement marks. Inside the transaction.

Sent with the plan they are registered and confirmed; received with it. What a later version lists no more is cancelled.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from bot.conversation import Visit
from bot.language import _, fold
from bot.movement import ItemKind, Plan
from bot.office.duties import item_sheet, registering, submissions
from bot.office.duties.alike_titles import most_alike
from bot.office.duties.plan_task_lists import LIST, PlanTask, listed
from bot.office.duties.registering import Doers
from bot.office.items import item_moves
from bot.office.items.item_moves import ItemMove
from storage import initiatives, item_answers, item_progress, people, plan_tasks, record_versions, unit_plans
from storage.db import Tx
from storage.initiatives import AT_OFFICE, EDITABLE, LEFT, Initiative, ItemContent, ItemState
from storage.item_progress import ProgressState
from storage.outbox import NoticeCode
from storage.receiving import WaitingDelivery
from storage.unit_plans import UnitPlan

GIVEN = NoticeCode("plan_tasks")
"""To whoever is in charge of tasks of the plan of their unit: which are theirs, which are changed, which are no more."""
NO_MORE = _("no longer in the plan")


def kind_of(plan: Plan) -> ItemKind | None:
    """Return the kind of which the tasks of a unit's plan are; None where the movement's plan marks none."""
    return next((kind for kind in plan.kinds if kind.from_plan), None)


def items(tx: Tx, unit: str, year: int) -> list[Initiative]:
    """Return the tasks of a unit's plan, in its order, without those that are not gone on with."""
    codes = tx.all(plan_tasks.OF_PLAN, unit=unit, year=year)
    return [item for code in codes if (item := tx.one(initiatives.BY_CODE, code=code)) is not None]


def task_of(tx: Tx, kind: ItemKind, item: Initiative) -> PlanTask:
    """Return an item as a task of a plan, as its sheet stands now."""
    due = item_answers.of(tx, item.id).get(kind.due)
    return PlanTask(item.title, due if isinstance(due, str) else None, item.charge, item.area, item.code)


def standing(visit: Visit, unit: str, year: int) -> list[PlanTask]:
    """Return the tasks of a unit's plan as they stand; none where plans have none."""
    kind = kind_of(visit.plan)
    return [] if kind is None else [task_of(visit.tx, kind, item) for item in items(visit.tx, unit, year)]


def answers_of(visit: Visit, unit: str, year: int) -> dict[str, Any]:
    """Return the tasks of a unit's plan as an answer of its form; nothing where plans have none."""
    if kind_of(visit.plan) is None:
        return {}
    return {LIST: [each.kept() for each in standing(visit, unit, year)] or None}


def registered(visit: Visit, unit: str, year: int) -> list[Initiative]:
    """Return what the unit has registered of that kind for a year that is no task of its plan yet."""
    kind = kind_of(visit.plan)
    of_plan = {item.id for item in items(visit.tx, unit, year)}
    return [
        item
        for item in visit.tx.all(initiatives.OF_UNIT, unit=unit, year=year)
        if kind is not None and item.kind == kind.code and item.state not in LEFT and item.id not in of_plan
    ]


@dataclass(slots=True)
class TaskChanges:
    """What became of the tasks of a plan: codes of items."""

    new: list[str] = field(default_factory=list)
    adopted: list[str] = field(default_factory=list)
    """Registered before, and a task of the plan from now on."""
    changed: list[str] = field(default_factory=list)
    stays: list[str] = field(default_factory=list)
    """Received as it was registered, so that what the plan says otherwise of it does not count."""
    gone: list[str] = field(default_factory=list)
    people: dict[int, list[str]] = field(default_factory=dict)
    """Whom each of them concerns: who is in charge, who was."""

    def concern(self, person: int | None, code: str) -> None:
        """Note whom something concerns."""
        if person is not None and code not in self.people.setdefault(person, []):
            self.people[person].append(code)


def keep(visit: Visit, plan: UnitPlan, answers: Any) -> TaskChanges:
    """Make the tasks of a plan what its answers say, and tell whoever is in charge of them; nothing where plans have none."""
    kind, changes = kind_of(visit.plan), TaskChanges()
    if kind is None or LIST not in answers:
        return changes
    before, after = items(visit.tx, plan.unit, plan.year), listed(answers[LIST])
    kept = {each.item for each in after if each.item}
    for item in before:
        if item.code not in kept:
            _cancel(visit, item, changes)
    for place, task in enumerate(after, 1):
        _keep_one(visit, plan, kind, task, place, changes)
    for person, codes in changes.people.items():
        if person not in (visit.me.id, plan.by):
            visit.tell(person, GIVEN, unit=plan.unit, year=plan.year, codes=codes)
    return changes


def _keep_one(visit: Visit, plan: UnitPlan, kind: ItemKind, task: PlanTask, place: int, changes: TaskChanges) -> None:
    item = visit.tx.one(initiatives.BY_CODE, code=task.item) if task.item else None
    if item is not None and item.state in LEFT:
        return  # it was cancelled since; the plan does not bring it back
    if item is None:
        item = _registered_so(visit, plan, task)
        if item is None:
            _add(visit, plan, kind, task, place, changes)
            return
        changes.adopted.append(item.code)
    adopted = visit.tx.one(plan_tasks.PLAN, item=item.id) is None
    plan_tasks.put(visit.tx, item=item.id, place=place)
    was = task_of(visit.tx, kind, item)
    changed = was.says != task.says
    if item.state in AT_OFFICE and plan.received is None:
        changes.stays += [item.code] if changed else []
        return
    state = item.state
    if state in EDITABLE:
        state = ItemState.CONFIRMED if plan.received is None else ItemState.RECEIVED
    if not changed and item.state is state:
        return
    _rewrite(visit, plan, kind, item, task, state)
    if changed and not adopted:
        changes.changed.append(item.code)
    if changed or adopted:
        changes.concern(task.who, item.code)
        changes.concern(was.who if was.who != task.who else None, item.code)


def _registered_so(visit: Visit, plan: UnitPlan, task: PlanTask) -> Initiative | None:
    """Return what the unit has registered that is called nearly so: it becomes the task, and no second sheet is made."""
    known = registered(visit, plan.unit, plan.year)
    place = most_alike(task.what, [each.title for each in known], visit.plan.abbreviations)
    return None if place is None else known[place]


def _add(visit: Visit, plan: UnitPlan, kind: ItemKind, task: PlanTask, place: int, changes: TaskChanges) -> None:
    by = _writer(visit, plan)
    code = initiatives.next_code(visit.tx, prefix=kind.prefix, year=plan.year)
    id = initiatives.add(
        visit.tx,
        ItemContent(task.what, fold(task.what), task.area or "", False, task.who),
        code=code,
        kind=kind.code,
        year=plan.year,
        unit=plan.unit,
        by=by,
        now=visit.said,
        plan_hash=visit.office.plan_hash,
    )
    registering.put_parts(visit, kind, code, id, 1, Doers(charge=task.who), _answers(kind, task))
    state = ItemState.RECEIVED if plan.received is not None else ItemState.CONFIRMED
    initiatives.move(visit.tx, id=id, state=state, now=visit.said)
    plan_tasks.put(visit.tx, item=id, place=place)
    for step in ("registered", ItemMove.CONFIRM, *((ItemMove.RECEIVE,) if plan.received is not None else ())):
        visit.note(step, code)
    changes.new.append(code)
    changes.concern(task.who, code)


def _writer(visit: Visit, plan: UnitPlan) -> int:
    """Return who has written the tasks of a plan: whoever has sent it, or filed it for the unit."""
    return visit.me.id if plan.by is None else plan.by


def _answers(kind: ItemKind, task: PlanTask) -> dict[str, Any]:
    whose = {} if kind.whose is None else {kind.whose.code: task.who}
    return {"title": task.what, "area": task.area or "", kind.due: task.due, **whose}


def _rewrite(visit: Visit, plan: UnitPlan, kind: ItemKind, item: Initiative, task: PlanTask, state: ItemState) -> None:
    """Store what the plan says of an item; what it said before is kept, what was noted of its progress stays."""
    answers = item_sheet.answers_of(visit, kind, item)
    record_versions.keep(visit.tx, record=item.code, what="initiative", answers=answers, by=item.by, at=item.changed)
    registering.rewrite(visit, kind, item, {**answers, **_answers(kind, task)}, _writer(visit, plan), state)
    steps = {ItemState.CONFIRMED: ItemMove.CONFIRM, ItemState.RECEIVED: ItemMove.RECEIVE}
    visit.note(ItemMove.CHANGE if item.state is state else steps[state], item.code)
    said = visit.tx.one(item_progress.NEWEST, id=item.id)
    if said is None or said.day is None or said.state is ProgressState.DONE or task.due is None:
        return
    if answers.get(kind.due) != task.due:  # the plan's day is newer than the one that was noted
        item_progress.add(
            visit.tx,
            item=item.id,
            state=said.state,
            reason=said.reason,
            day=date.fromisoformat(task.due),
            by=_writer(visit, plan),
            now=visit.said,
        )


def _cancel(visit: Visit, item: Initiative, changes: TaskChanges) -> None:
    """Cancel what a plan lists no more; what a decision is there about stays registered, outside of the plan."""
    if item.state in item_moves.TABLE[ItemMove.CANCEL].before:
        item_moves.make(visit, item, ItemMove.CANCEL, visit.words.say(NO_MORE))
    plan_tasks.drop(visit.tx, item=item.id)
    changes.gone.append(item.code)
    changes.concern(item.charge, item.code)


def received(visit: Visit, of: WaitingDelivery, undone: bool = False) -> None:
    """Note of every task of a plan that it was received with it, or given back."""
    plan = visit.tx.one(unit_plans.BY_CODE, code=of.code) if of.what == "plan" and not of.correction else None
    for item in () if plan is None else items(visit.tx, plan.unit, plan.year):
        visit.note("receiving_undone" if undone else ItemMove.RECEIVE, item.code)


def last_year(visit: Visit, unit: str, year: int) -> list[PlanTask]:
    """Return the tasks of the year before as those of this one: a year later, with its head where somebody has left."""
    kind = kind_of(visit.plan)
    if kind is None:
        return []
    there = {person.id for person in visit.tx.all(people.OF_UNIT, unit=unit)}
    head = next((person.id for person in submissions.senders(visit, unit)), None)
    found = [
        task_of(visit.tx, kind, item)
        for item in visit.tx.all(initiatives.OF_UNIT, unit=unit, year=year - 1)
        if item.kind == kind.code and item.state in initiatives.READY
    ]
    return [
        replace(each, item="", due=_a_year_later(each.due, year), who=each.who if each.who in there else head)
        for each in found
    ]


def _a_year_later(due: str | None, year: int) -> str:
    day = date(year - 1, 12, 31) if due is None else date.fromisoformat(due)
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return date(day.year + 1, day.month, last).isoformat()
