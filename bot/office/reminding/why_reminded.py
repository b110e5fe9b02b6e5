"""Why a reminder came: its clause, as whom, its days, and how many others still owe. Inside the transaction."""

from typing import Any

from bot.conversation import Visit
from bot.language import Count, Joined, Part, Weekday, _
from bot.movement import May, Obligation, RungAt, rungs
from bot.office import plan_clauses
from bot.office.duties import submissions
from bot.office.duties.duty_kinds import kind_of
from bot.office.reminding.occasion_texts import rung_name
from bot.office.reminding.unit_context import owing_still
from storage import deadlines, unit_history


def lines(visit: Visit, found: Obligation) -> list[Part]:
    """Say by which clause, as whom, how many others still owe, and where the ladder stands."""
    kind, today = kind_of(found), visit.now.date()
    ladder = rungs(found.period, visit.plan, visit.office.calendar)
    said: list[Part] = [_("Why {you_name} gets this message")]
    if found.due is not None:
        task: dict[str, Any] = {
            "task": kind.task(found),
            "desk": visit.plan.office.desk,
            "due": found.due,
            "weekday": Weekday(found.due),
        }
        if found.duty.basis == "office":
            said.append(_("By the rule of {desk}, {task} is due by the end of {due} ({weekday}).", **task))
        else:
            said.append(
                _(
                    "{clause} of the plan asks for {task}; {desk} collects it by the end of {due} ({weekday}).",
                    clause=found.duty.clause,
                    **task,
                )
            )
            said += plan_clauses.quoted(visit.plan, found.duty.clause)
    said.append(_as_whom(visit, found))
    if not found.subject and found.duty.by == "unit" and (others := _others(visit, found)):
        said.append(_("{n} other units have not sent it yet.", n=Count(others)))
    latest = next((rung for rung in reversed(ladder) if rung.day <= today), None)
    if days := [_day(rung, now=rung is latest) for rung in ladder if rung.rung.here]:
        said.append(_("Its days: {rungs}.", rungs=Joined(days)))
    if any("office" in rung.rung.to for rung in ladder):
        said.append(_("Only {desk} hears of it after that; nobody is named in a group.", desk=visit.plan.office.desk))
    said.append(_("At most one message a day, in office hours of working days. Once it is done, it stops."))
    return said


def _day(rung: RungAt, *, now: bool) -> Part:
    day, name = f"{rung.day:%d/%m}", rung_name(rung.code)
    return _("{day} ({name}, today's)", day=day, name=name) if now else _("{day} ({name})", day=day, name=name)


def _as_whom(visit: Visit, found: Obligation) -> Part:
    """Say in which role it comes to this person."""
    if found.duty.by == "office":
        return _("{You_name} gets it as one of {desk}, which sends it.", desk=visit.plan.office.desk)
    if found.subject:
        return _("{You_name} gets it as one who confirms the sheets of {unit}.", unit=visit.me.unit_name)
    if visit.may(May.DRAFT) or submissions.sends(visit):
        return _("{You_name} gets it as one who drafts or sends for {unit}.", unit=visit.me.unit_name)
    return _("The head of {unit} has given it to {you_name}.", unit=visit.me.unit_name)


def _others(visit: Visit, found: Obligation) -> int:
    """Count how many other units still owe the same."""
    units = visit.tx.all(unit_history.COUNT_UNITS, unions=visit.plan.unions)
    filed = visit.tx.all(deadlines.FILED_COUNTS, unions=visit.plan.unions)
    return max(0, owing_still(found.period, units, filed) - (found.fulfilled is None))
