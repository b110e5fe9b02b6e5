"""The ladder of a request: the plan's, climbed between the day it was sent and its last one. Pure."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.language import Count, Joined, Part, _
from bot.movement import Calendar, Duty, Ladders, Obligation, Period, Plan, RungAt
from storage.requests import OfficeRequest

CODE = "yeucau"
"""What rungs of requests are kept under."""
LOCKS = timedelta(days=366)
"""So long after its last day rungs may still speak."""


def period_of(request: OfficeRequest, plan: Plan, calendar: Calendar) -> Period:
    """Return the time of a request as one of a duty."""
    code = request.ladder if _climbs(request, plan) else plan.reports.ladder
    duty = Duty(code=CODE, name=CODE, how="paper", ladder=code)
    last = calendar.previous_workday(request.due)
    return Period(duty, request.due.year, request.since, request.due, last, request.due + LOCKS)


def _climbs(request: OfficeRequest, plan: Plan) -> bool:
    return any(each.code == request.ladder for each in plan.ladders)


def owed(period: Period, unit: str, today: date) -> Obligation:
    """Return what a unit owes of a request that it has not answered."""
    return Obligation(period, unit, period.state(None, today))


def rungs_of(request: OfficeRequest, ladders: Ladders) -> list[RungAt]:
    """Return the days on which those are reminded who have not answered: that it was sent is said by itself."""
    if not _climbs(request, ladders.plan):
        return []
    period = period_of(request, ladders.plan, ladders.calendar)
    return [each for each in ladders.of(period) if each.day > request.since and not each.rung.opens]


def key(request: OfficeRequest, rung: str, receiver: str = "") -> str:
    """Return the key by which a rung is said once to a person: after another date, or other questions, once more."""
    return f"{CODE}:{request.id}:{request.due}:{request.asks}:{rung}:{receiver}"


def said(plan: Plan, code: str) -> Part:
    """Say a ladder by its rungs: «trước hạn 07, 03 ngày làm việc; ngày cuối; sau hạn 01 ngày làm việc»."""
    ladder = next((each for each in plan.ladders if each.code == code), None)
    if ladder is None:
        return _("nobody is reminded")
    days = [each.workdays for each in ladder.rungs if not each.opens]
    before, after = [Count(-n) for n in days if n < 0], [Count(n) for n in days if n > 0]
    parts: list[Part] = [_("{n} working days before the last day", n=Joined(before))] if before else []
    parts += [_("on the last day")] if 0 in days else []
    parts += [_("{n} working days after it", n=Joined(after))] if after else []
    return _("{rungs}", rungs=Joined(parts, "; "))


def offered(plan: Plan) -> Sequence[str]:
    """Return the ladders that speak to whoever does something, that of the yearly report first."""
    first = plan.reports.ladder
    found = [each.code for each in plan.ladders if any("head" in rung.to for rung in each.rungs)]
    return sorted(found, key=lambda code: code != first)
