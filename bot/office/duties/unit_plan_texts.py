"""How a unit's plan that was sent is said: when, what can be done with it, its tasks and how far each is. Inside the transaction."""

from typing import Any

from bot.conversation import HOME, Visit
from bot.dialogue import Answers, Button, Say, Scene
from bot.language import Count, Joined, Part, Time, _
from bot.office.duties import plan_tasks, record_corrections, record_files, reopening_texts, submissions
from bot.office.duties.past_versions import button as versions
from bot.office.duties.plan_task_lists import tasks_in
from bot.office.duties.plan_tasks import TaskChanges
from bot.office.duties.unit_plan import UnitPlanFacts
from bot.office.items import progressing
from bot.office.onbehalf import sources
from bot.office.told import told
from storage import people
from storage.initiatives import Initiative
from storage.unit_plans import UnitPlan

MOST = 15
"""So many tasks are shown with a plan."""


def shown(visit: Visit, plan: UnitPlan) -> Say:
    """Show what the office has, and whether it can still be changed."""
    lines: list[Part] = [
        _("Plan of {year} by {unit}", year=plan.year, unit=visit.me.unit_name),
        _("Issued on {day}, signed by {signer}.", day=plan.day, signer=plan.signer),
        _("Sent at {at}. Tracking code: {code}.", at=Time(plan.at), code=plan.code),
    ]
    if plan.number:
        lines.insert(2, _("Number: {number}", number=plan.number))
    tasks = plan_tasks.items(visit.tx, plan.unit, plan.year)
    lines += _tasks(visit, tasks)
    lines += sources.mark(visit.tx, plan.code)
    buttons: list[Button] = [Button(_("Progress of the tasks"), "/capnhat")] if tasks else []
    if record_files.closed(visit, plan.code) is None:
        buttons.append(Button(_("As a Word file"), f"/banword kehoach {plan.code}"))
    if plan.received:
        lines.append(_("The office received it at {at}.", at=Time(plan.received)))
        lines += record_corrections.standing(visit, plan.code)
        buttons += [reopening_texts.way_on(visit, plan.code)] if submissions.sends(visit) else []
    elif submissions.sends(visit):
        lines.append(_("It can be changed until the office has received it."))
        buttons.append(Button(_("Edit"), f"/kehoach sua {plan.year}"))
    return Say(lines, buttons=(*record_files.button(visit, plan.code), *buttons, *versions(visit, plan.code), HOME))


def _tasks(visit: Visit, tasks: list[Initiative]) -> list[Part]:
    """List the tasks of a plan, each with who is in charge and how far it is."""
    if not tasks:
        return []
    found: list[Part] = [_("Tasks of the plan ({n})", n=Count(len(tasks)))]
    for item in tasks[:MOST]:
        who = None if item.charge is None else visit.tx.one(people.BY_ID, id=item.charge)
        line = progressing.line(visit, item)
        found.append(_("- {line}", line=line) if who is None else _("- {line}; {who}", line=line, who=who.name))
    if len(tasks) > MOST:
        found.append(_("… and {n} more", n=Count(len(tasks) - MOST)))
    return found


def before_sending(answers: Answers, scene: Scene) -> list[Part]:
    """Say before a plan is sent what becomes of its tasks."""
    facts = UnitPlanFacts.of(scene)
    if facts.task_kind is None or not tasks_in(answers):
        return []
    kind = facts.task_kind.short
    return [
        _(
            "Once it is sent, its tasks are the {kind} of {year}: each has a sheet, progress and reminders.",
            kind=kind,
            year=facts.year,
        )
    ]


def tasks_kept(visit: Visit, changes: TaskChanges) -> list[Part]:
    """Say what became of the tasks of a plan that was sent, and who is told."""
    said = (
        (changes.new, _("Tasks registered ({n}): {codes}", **_of(changes.new))),
        (
            changes.adopted,
            _("Sheets that were there and are tasks of the plan now ({n}): {codes}", **_of(changes.adopted)),
        ),
        (
            changes.stays,
            _(
                "Received already as they were registered, and counted so ({n}): {codes}. What is to be another is asked for as a correction of the sheet.",
                **_of(changes.stays),
            ),
        ),
        (changes.changed, _("Tasks changed ({n}): {codes}", **_of(changes.changed))),
        (changes.gone, _("No longer in the plan, and cancelled ({n}): {codes}", **_of(changes.gone))),
    )
    lines: list[Part] = [line for codes, line in said if codes]
    return [*lines, *told(visit, changes.people, _("Whoever is in charge is told."))]


def _of(codes: list[str]) -> dict[str, Any]:
    return {"n": Count(len(codes)), "codes": Joined(codes)}
