"""How what waits to be received is said: line by line, with one number for all of it."""

from collections.abc import Mapping, Sequence
from zlib import crc32

from bot.conversation import HOME, Visit
from bot.dialogue import Button, Say
from bot.language import Count, Joined, Part, _
from bot.movement import Duty, How, Plan
from bot.office import corrections
from bot.office.onbehalf import sources
from storage import initiatives, item_requests, plan_tasks, unit_plans
from storage.initiatives import Initiative, ItemState
from storage.receiving import WaitingDelivery

WHAT: Mapping[str, How | None] = {"plan": "plan", "results": "results", "review": "review", "initiative": None}
"""By the kind of a record that waits, how the duty is done that it fulfils; a sheet fulfils none."""


def version(waiting: Sequence[WaitingDelivery]) -> int:
    """Return a number for all that waits, so that nothing is received that was not seen."""
    return crc32(" ".join(f"{each.code}v{each.version}" for each in waiting).encode()) % 1_000_000


def lines(visit: Visit, those: Sequence[WaitingDelivery]) -> list[Part]:
    """List what waits, or what was received, each with where it comes from when its unit has not sent it."""
    return [sources.marked(visit, each.code, _tasks(visit, each, _line(visit.plan, each))) for each in those]


def ask_one(visit: Visit, one: WaitingDelivery) -> Say:
    """Name what would be received; nothing is done yet."""
    asked = _("Receive this? From then on whoever sent it cannot change it any more.")
    yes = Button(_("Receive {code}", code=one.code), f"/tiepnhan {one.code} v{one.version}")
    return Say([asked, *lines(visit, [one])], buttons=(yes, Button(_("What waits"), "/tiepnhan"), HOME))


def look(visit: Visit, one: WaitingDelivery) -> Say:
    """Show what a correction changes before it is received."""
    yes = Button(_("Receive the correction"), f"/tiepnhan {one.code} v{one.version} co")
    close = Button(_("Close it without receiving"), f"/molai dong {one.code}")
    return Say(corrections.before_receiving(visit, one.code), buttons=(yes, close, HOME))


def _tasks(visit: Visit, each: WaitingDelivery, line: Part) -> Part:
    """Return the line of a unit's plan with how many tasks are received with it."""
    plan = visit.tx.one(unit_plans.BY_CODE, code=each.code) if each.what == "plan" and not each.correction else None
    tasks = [] if plan is None else visit.tx.all(plan_tasks.OF_PLAN, unit=plan.unit, year=plan.year)
    return _("{line} ({n} tasks)", line=line, n=Count(len(tasks))) if tasks else line


def _line(plan: Plan, each: WaitingDelivery) -> Part:
    said = {"code": each.code, "unit": each.unit_name}
    if each.correction == "supplement":
        return _("{code} {what}, {unit} (supplement)", what=what(plan, each.what, each.code), **said)
    if each.title and each.correction:
        return _("{code} «{title}», {unit} (correction)", title=each.title, **said)
    if each.title:
        return _("{code} «{title}», {unit}", title=each.title, **said)
    if each.correction:
        return _("{code} {what}, {unit} (correction)", what=what(plan, each.what, each.code), **said)
    return _("{code} {what}, {unit}", what=what(plan, each.what, each.code), **said)


def apart(waiting: Sequence[WaitingDelivery]) -> list[Part]:
    """Name what is not received together with the others: a correction is looked at by itself."""
    codes = [each.code for each in waiting if each.correction]
    return [_("Corrections are looked at and received one by one: {codes}.", codes=Joined(codes))] if codes else []


def reviewed(plan: Plan, code: str) -> Duty | None:
    """Return the review that a record is of, by its code; None where the plan has none of its year."""
    year = code.split("-")[1]
    return next((duty for duty in plan.reviews if year in map(str, duty.years)), None)


def asked_for(visit: Visit) -> list[Initiative]:
    """Return the items whose recognition is asked for and waits for the office: received they were before."""
    found = [visit.tx.one(initiatives.BY_ID, id=each.item) for each in visit.tx.all(item_requests.ALL_REQUESTS)]
    return [item for item in found if item is not None and item.state is not ItemState.INCOMPLETE]


def requests_line(asked: Sequence[Initiative]) -> list[Part]:
    """Say that requests for recognition wait beside what is received here."""
    if not asked:
        return []
    said, n = Joined([item.code for item in asked[:8]]), Count(len(asked))
    return [_("Requests for recognition wait apart, at «Requests for recognition» ({n}): {codes}.", n=n, codes=said)]


def what(plan: Plan, kind: str, code: str) -> Part:
    """Return what a record is: a duty by its name in the plan, as long as that has it."""
    how = WHAT[kind]
    if how is None:
        return _("registration")
    if how == "review":
        found = reviewed(plan, code)
        return kind if found is None else found.name
    duty = plan.done_by(how)
    return kind if duty is None else duty.called
