"""How a deadline is said: how long there is, how late it is, when it is spoken of again. Pure."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.language import Count, Joined, Part, Text, Weekday, _
from bot.movement import Obligation, RungAt
from bot.office.reminding.listener import Listener


def how(owed: Obligation, today: date) -> Part:
    """Say how late it is, or how long there is."""
    assert owed.due is not None
    if today > owed.due and owed.duty.by == "union":
        return _("still welcome until the end of {day}", day=owed.locks)
    if today < owed.due and owed.last_workday is not None and owed.last_workday < owed.due:
        return _(
            "by the end of {due} ({weekday}), last working day {last}, {days} days are left",
            due=owed.due,
            weekday=Weekday(owed.due),
            last=owed.last_workday,
            days=Count(owed.days_left(today)),
        )
    return how_long(owed.due, today)


def how_long(due: date, today: date) -> Part:
    """Say how late something is whose last day this is, or how long there is."""
    if today > due:
        return _("overdue by {days} days", days=Count((today - due).days))
    if today == due:
        return _("today is the last day")
    days = Count((due - today).days)
    return _("by the end of {due} ({weekday}), {days} days are left", due=due, weekday=Weekday(due), days=days)


def date_moved(owed: Obligation, was: date, task: Text) -> Part:
    """Say that a date was moved, and from when."""
    assert owed.due is not None
    day = {"due": owed.due, "weekday": Weekday(owed.due), "was": was}
    if owed.due > was:
        return _("The time for {task} is extended to the end of {due} ({weekday}); it was {was}.", task=task, **day)
    return _("The time for {task} now ends on {due} ({weekday}); it was {was}.", task=task, **day)


def days_left(listener: Listener, owed: Obligation) -> Part:
    """Say how many days are left."""
    return _("{days} days are left ({workdays} working days, today not counted).", **time_left(listener, owed))


def time_left(listener: Listener, owed: Obligation) -> dict[str, Any]:
    """Return what a sentence about the time left names: desk, last day, days, working days."""
    assert owed.due is not None and owed.last_workday is not None
    today = listener.today
    return {
        "desk": listener.plan.office.desk,
        "due": owed.due,
        "weekday": Weekday(owed.due),
        "days": Count(owed.days_left(today)),
        "workdays": Count(listener.calendar.between(today, owed.last_workday)),
    }


def opening(listener: Listener, owed: Obligation) -> Part:
    """Say by which clause it is asked for, or by which rule where no clause asks for it."""
    if owed.duty.basis == "office":
        return _(
            "By the rule of {desk} it is due by the end of {due} ({weekday}). {days} days are left ({workdays} working days).",
            **time_left(listener, owed),
        )
    return _(
        "By {clause} of the plan it goes to {desk} by the end of {due} ({weekday}). {days} days are left ({workdays} working days).",
        clause=owed.duty.clause,
        **time_left(listener, owed),
    )


def last_day(listener: Listener, owed: Obligation) -> Part:
    """Name the last day allowed; when nobody works on it, say that today is the last working day."""
    assert owed.due is not None
    day = {"due": owed.due, "weekday": Weekday(owed.due)}
    if owed.due != owed.last_workday:
        return _("The last day allowed is {due} ({weekday}), which is not a working day: today is the last one.", **day)
    if goes_elsewhere(owed):
        return _("By the end of {due} ({weekday}).", **day)
    return _("The last day to send it to {desk} is {due} ({weekday}).", desk=listener.plan.office.desk, **day)


def last_working_day(owed: Obligation) -> list[Part]:
    """Name the last working day, where the last day is none."""
    if owed.due == owed.last_workday or owed.last_workday is None:
        return []
    last = owed.last_workday
    return [_("The last working day before it is {last} ({weekday}).", last=last, weekday=Weekday(last))]


def goes_elsewhere(owed: Obligation) -> bool:
    """Whether it goes to somebody else than the desk."""
    return bool(owed.subject) or owed.duty.by == "office"


def reminder_days(listener: Listener, owed: Obligation) -> Joined:
    """List the days on which they are still reminded before the last one."""
    return _days([rung for rung in listener.coming(owed) if owed.due is not None and rung.day <= owed.due])


def _days(coming: Sequence[RungAt]) -> Joined:
    return Joined([f"{rung.day:%d/%m}" for rung in coming])


def reminded_again(listener: Listener, owed: Obligation) -> Part:
    """Say when it is spoken of again after its last day, or that it is not."""
    left, desk = listener.coming(owed), listener.plan.office.desk
    if goes_elsewhere(owed):
        return (
            _("The assistant reminds of it again on: {days}.", days=_days(left))
            if left
            else _("The assistant does not remind of it again.")
        )
    if not left:
        return _("The assistant does not remind of it again; {desk} will talk with {you} directly.", desk=desk)
    return _(
        "If it is not done, the assistant reminds on {days}, then {desk} will talk with {you} directly.",
        days=_days(left),
        desk=desk,
    )
