"""How a ping is said: what is owed, until when, what is missing, by where its ladder stands. Pure.

Kind first, plain later. The day's message and the rehearsal say the same words; what only the database
knows (what is missing, a promise that is over) comes as `Known`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.dialogue import Button, Say
from bot.language import Count, Joined, Part, Text, Time, Weekday, _
from bot.movement import UNIT, Calendar, Obligation, Occasion, Plan, RungAt, To, rungs
from bot.office.duties.duty_kinds import kind_of, named


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one duty just before it is spoken of."""

    missing: Part | None = None
    promised: date | None = None
    """The day that was promised for it and is over."""
    basis: Part | None = None
    """The document that set its date, where the office has entered one."""
    names: frozenset[To] = frozenset(UNIT)
    """By which names rungs of it speak to the listener."""
    opens: bool = True
    """Whether the listener may do something where it opens."""
    moved: date | None = None
    """The last day before it was moved, for whoever has not heard of the new one."""
    instead_of: Part | None = None
    """The head who cannot be told, where it comes to somebody else."""


@dataclass(frozen=True, slots=True)
class Listener:
    """Whom it is said to, and on which day."""

    today: date
    calendar: Calendar
    plan: Plan
    unit_name: str
    arranges: bool = False
    """Whether they name who drafts and promise a day."""
    known: Mapping[tuple[str, int, str], Known] = field(default_factory=dict)
    """By duty, year and subject."""

    def of(self, owed: Obligation) -> Known:
        """What is known of a duty."""
        return self.known.get((owed.duty.code, owed.year, owed.subject), Known())

    def coming(self, owed: Obligation) -> Sequence[RungAt]:
        """The rungs still to come that speak to them."""
        names = self.of(owed).names
        found = rungs(owed.period, self.plan, self.calendar)
        return [rung for rung in found if rung.day > self.today and not names.isdisjoint(rung.rung.to)]

    def opens_now(self, owed: Obligation) -> bool:
        """Whether its time has just begun: said later, that would be no news."""
        opened = self.calendar.next_workday(owed.opens)
        return self.calendar.between(opened, self.today) <= 1


def said(listener: Listener, owed: Sequence[tuple[Obligation, str]]) -> Say:
    """What somebody has to do, most urgent first: one duty in full, several in a line each.

    With each obligation comes the code of the rung that calls for it.
    """
    ordered = sorted(owed, key=lambda each: (each[0].due or each[0].locks, each[0].subject))
    if len(ordered) == 1:
        return _one(listener, *ordered[0])
    return _several(listener, [each for each, _rung in ordered])


def _one(listener: Listener, owed: Obligation, rung: str) -> Say:
    today, known = listener.today, listener.of(owed)
    assert owed.due is not None and owed.last_workday is not None
    if owed.duty.by == "union":
        return _invitation(listener, owed)
    task = kind_of(owed).task(owed)
    missing: list[Part] = [known.missing] if known.missing is not None else []
    lines: list[Part]
    if today > owed.due:
        lines = [_("The time for {task} is over by {days} days", task=task, days=Count((today - owed.due).days))]
        if not _elsewhere(owed):
            lines.append(
                _(
                    "{desk} still takes it; what is sent from today is marked «sent after the deadline».",
                    desk=listener.plan.office.desk,
                )
            )
        lines += [*missing, _after(listener, owed)]
    elif today >= owed.last_workday:
        lines = [_("Today is the last day for {task}", task=task), _last_day(listener, owed), *missing]
        if listener.arranges and not owed.subject:
            lines.append(_("If {you} are in meetings or away today, the deputy can be asked to act for {you}."))
    elif known.moved is not None:
        lines = [_moved(owed, known.moved, task), _left(listener, owed), *_day_before(owed), *missing]
    elif rung == "opens" and known.promised is None and listener.opens_now(owed):
        lines = [
            _("The period for {task} is open · {unit}", task=task, unit=listener.unit_name),
            _opening(listener, owed),
            *_day_before(owed),
            *missing,
            _("The assistant reminds on: {days}. Once it is done, it stops.", days=_days(_until(listener, owed))),
        ]
    else:
        lines = [
            _("Reminder of {task} · {unit}", task=task, unit=listener.unit_name),
            _(
                "It goes to {desk} by the end of {due} ({weekday}). {days} days are left ({workdays} working days, today not counted).",
                **_time(listener, owed),
            )
            if not _elsewhere(owed)
            else _(
                "By the end of {due} ({weekday}). {days} days are left ({workdays} working days, today not counted).",
                **_time(listener, owed),
            ),
            *_day_before(owed),
            *missing,
        ]
    if known.basis is not None and today <= owed.due:
        lines.append(_("This date was set by: {basis}.", basis=known.basis))
    if known.promised is not None:
        lines.append(_("The promised day, {day}, is over.", day=known.promised))
    if known.instead_of is not None:
        lines.append(_("Messages do not reach {head}; please let them know.", head=known.instead_of))
    return Say(lines, buttons=_buttons(listener, owed))


def _moved(owed: Obligation, was: date, task: Text) -> Part:
    """That a date was moved, and from when."""
    assert owed.due is not None
    day = {"due": owed.due, "weekday": Weekday(owed.due), "was": was}
    if owed.due > was:
        return _("The time for {task} is extended to the end of {due} ({weekday}); it was {was}.", task=task, **day)
    return _("The time for {task} now ends on {due} ({weekday}); it was {was}.", task=task, **day)


def _left(listener: Listener, owed: Obligation) -> Part:
    return _("{days} days are left ({workdays} working days, today not counted).", **_time(listener, owed))


def _time(listener: Listener, owed: Obligation) -> dict[str, Any]:
    assert owed.due is not None and owed.last_workday is not None
    today = listener.today
    return {
        "desk": listener.plan.office.desk,
        "due": owed.due,
        "weekday": Weekday(owed.due),
        "days": Count(owed.days_left(today)),
        "workdays": Count(listener.calendar.between(today, owed.last_workday)),
    }


def _invitation(listener: Listener, owed: Obligation) -> Say:
    """A union is invited in friendly words: nothing is owed, nothing is late."""
    time = _time(listener, owed)
    return Say(
        [
            _(
                "{unit} is invited to tell of propaganda and mobilising in {year}",
                unit=listener.unit_name,
                year=owed.year,
            ),
            _(
                "A few sentences are enough; what comes by the end of {due} ({weekday}) goes into the summary of {desk} in time.",
                due=time["due"],
                weekday=time["weekday"],
                desk=time["desk"],
            ),
            _("Unions report no targets and are asked for nothing else."),
        ],
        buttons=(
            Button(kind_of(owed).open(owed), kind_of(owed).opening(owed)),
            Button(_("Why do I get this"), f"/viechan visao {owed.duty.code} {owed.year}"),
        ),
    )


def _opening(listener: Listener, owed: Obligation) -> Part:
    """By which clause it is asked for, or by which rule where no clause asks for it."""
    if owed.duty.basis == "office":
        return _(
            "By the rule of {desk} it is due by the end of {due} ({weekday}). {days} days are left ({workdays} working days).",
            **_time(listener, owed),
        )
    return _(
        "By {clause} of the plan it goes to {desk} by the end of {due} ({weekday}). {days} days are left ({workdays} working days).",
        clause=owed.duty.clause,
        **_time(listener, owed),
    )


def _last_day(listener: Listener, owed: Obligation) -> Part:
    """The last day allowed; when it is not worked, the last working day before it is named too."""
    assert owed.due is not None
    day = {"due": owed.due, "weekday": Weekday(owed.due)}
    if owed.due != owed.last_workday:
        return _("The last day allowed is {due} ({weekday}), which is not a working day: today is the last one.", **day)
    if _elsewhere(owed):
        return _("By the end of {due} ({weekday}).", **day)
    return _("The last day to send it to {desk} is {due} ({weekday}).", desk=listener.plan.office.desk, **day)


def _day_before(owed: Obligation) -> list[Part]:
    """The last working day, where the last day is none."""
    if owed.due == owed.last_workday or owed.last_workday is None:
        return []
    last = owed.last_workday
    return [_("The last working day before it is {last} ({weekday}).", last=last, weekday=Weekday(last))]


def _elsewhere(owed: Obligation) -> bool:
    """Whether it is not the desk that it goes to."""
    return bool(owed.subject) or owed.duty.by == "office"


def _until(listener: Listener, owed: Obligation) -> list[RungAt]:
    return [rung for rung in listener.coming(owed) if owed.due is not None and rung.day <= owed.due]


def _days(coming: Sequence[RungAt]) -> Joined:
    return Joined([f"{rung.day:%d/%m}" for rung in coming])


def _after(listener: Listener, owed: Obligation) -> Part:
    left, desk = listener.coming(owed), listener.plan.office.desk
    if _elsewhere(owed):
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


def _several(listener: Listener, owed: Sequence[Obligation]) -> Say:
    """Several duties in one message, most urgent first."""
    lines: list[Part] = [_("What waits at {unit} ({n})", unit=listener.unit_name, n=Count(len(owed)))]
    buttons: list[Button] = []
    for n, each in enumerate(owed, 1):
        kind, known = kind_of(each), listener.of(each)
        line = _("{n}. {task}: {how}", n=n, task=kind.listed(each), how=how(each, listener.today))
        if known.moved is not None:
            line = _("{line} (moved, it was {was})", line=line, was=known.moved)
        if known.promised is not None:
            line = _("{line}; the promised day, {day}, is over", line=line, day=known.promised)
        lines.append(line)
        if known.opens:
            buttons.append(Button(_("{n}. {task}", n=n, task=kind.open(each)), kind.opening(each)))
    lines += [
        _("Messages do not reach {head}; please let them know.", head=head)
        for head in dict.fromkeys(listener.of(each).instead_of for each in owed)
        if head is not None
    ]
    return Say(
        lines,
        buttons=(*buttons[:6], *_arranging(listener, owed), Button(_("Why do I get this"), f"/visao {named(owed[0])}")),
    )


def _arranging(listener: Listener, owed: Sequence[Obligation]) -> Iterator[Button]:
    """Of several duties: each may be given to an officer; which one is promised is asked."""
    mine = [each for each in owed if listener.arranges and not each.subject and each.duty.by == "unit"]
    for each in mine:
        if kind_of(each).form:
            yield Button(_("Have the {what} drafted", what=kind_of(each).what), f"/giao {named(each)}")
    if len(mine) == 1:
        yield Button(_("Promise a day"), f"/hen {named(mine[0])}")
    elif mine:
        yield Button(_("Promise a day"), "/hen")


def how(owed: Obligation, today: date) -> Part:
    """How late it is, or how long there is."""
    assert owed.due is not None
    if today > owed.due and owed.duty.by == "union":
        return _("still welcome until the end of {day}", day=owed.locks)
    if today > owed.due:
        return _("overdue by {days} days", days=Count((today - owed.due).days))
    if today == owed.due:
        return _("today is the last day")
    days = Count(owed.days_left(today))
    if owed.last_workday is not None and owed.last_workday < owed.due:
        return _(
            "by the end of {due} ({weekday}), last working day {last}, {days} days are left",
            due=owed.due,
            weekday=Weekday(owed.due),
            last=owed.last_workday,
            days=days,
        )
    return _(
        "by the end of {due} ({weekday}), {days} days are left", due=owed.due, weekday=Weekday(owed.due), days=days
    )


def _buttons(listener: Listener, owed: Obligation) -> tuple[Button, ...]:
    kind, about = kind_of(owed), named(owed)
    buttons = [Button(kind.open(owed), kind.opening(owed))] if listener.of(owed).opens else []
    if listener.arranges and not owed.subject:
        if kind.form:
            buttons.append(Button(_("Give it to an officer"), f"/giao {about}"))
        buttons.append(Button(_("Promise a day"), f"/hen {about}"))
    buttons.append(Button(_("Why do I get this"), f"/visao {about}"))
    return tuple(buttons)


def digest_head(duty: str, year: int, occasion: Occasion, at: Time) -> Part:
    """The first line of what the office hears by itself."""
    if duty != "results":
        return _("Who has not sent in {year} · {at}", year=year, at=at)
    if occasion == "last":
        return _("How the reports stand at {at}, the last day", at=at)
    return _("How the reports of {year} are coming in · {at}", year=year, at=at)


def rung_name(code: str) -> Part:
    """A rung in words."""
    if code == "opens":
        return _("the period opens")
    n = int(code)
    if n == 0:
        return _("the last day")
    if n < 0:
        return _("{n} working days before", n=Count(-n))
    return _("{n} working days after", n=Count(n))


_OCCASIONS: Mapping[Occasion, Part] = {
    "weekly": _("the Monday digest"),
    "closing": _("the digest of the last days"),
    "last": _("the list of the last day"),
    "after": _("the list with the draft"),
    "climbed": _("the list of those who have not sent"),
}


def occasion_name(occasion: Occasion) -> Part:
    """A digest in words."""
    return _OCCASIONS[occasion]
