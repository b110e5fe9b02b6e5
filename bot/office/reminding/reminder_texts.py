"""Say a reminder: what is owed, until when, what is missing, by the rung that has come. Pure.

Kind first, plain later. The day's message and the rehearsal say the same words; what only the database
knows (what is missing, a promise that is over) comes as `Known`.
"""

from collections.abc import Iterator, Sequence

from bot.conversation import DIFFICULTY
from bot.dialogue import Button, Say
from bot.language import Count, Part, _
from bot.movement import Obligation
from bot.office.duties.duty_kinds import kind_of, named, of_year
from bot.office.reminding.deadline_texts import (
    date_moved,
    days_left,
    goes_elsewhere,
    how,
    last_day,
    last_working_day,
    opening,
    reminded_again,
    reminder_days,
    time_left,
)
from bot.office.reminding.listener import Listener


def said(listener: Listener, owed: Sequence[tuple[Obligation, str]]) -> Say:
    """Say what somebody has to do, most urgent first: one duty in full, several in a line each.

    With each obligation comes the code of the rung that calls for it.
    """
    ordered = sorted(owed, key=lambda each: (each[0].due or each[0].locks, each[0].subject))
    if len(ordered) == 1:
        return _one(listener, *ordered[0])
    return _several(listener, [each for each, _rung in ordered])


def _one(listener: Listener, owed: Obligation, rung: str) -> Say:
    """Say one duty in full, as its time stands: over, the last day, moved, just open, or running."""
    today, known = listener.today, listener.of(owed)
    assert owed.due is not None and owed.last_workday is not None
    if owed.duty.by == "union":
        return _invitation(listener, owed)
    task = kind_of(owed).task(owed)
    missing: list[Part] = [known.missing] if known.missing is not None else []
    lines: list[Part]
    if today > owed.due:
        lines = [_("The time for {task} is over by {days} days", task=task, days=Count((today - owed.due).days))]
        if not goes_elsewhere(owed):
            lines.append(
                _(
                    "{desk} still takes it; what is sent from today is marked «sent after the deadline».",
                    desk=listener.plan.office.desk,
                )
            )
        lines += [*missing, reminded_again(listener, owed)]
    elif today >= owed.last_workday:
        lines = [_("Today is the last day for {task}", task=task), last_day(listener, owed), *missing]
        if listener.arranges and not owed.subject:
            lines.append(_("If {you} are in meetings or away today, the deputy can be asked to act for {you}."))
    elif known.moved is not None:
        lines = [date_moved(owed, known.moved, task), days_left(listener, owed), *last_working_day(owed), *missing]
    elif rung == "opens" and known.promised is None and listener.opens_now(owed):
        lines = [
            _("The period for {task} is open · {unit}", task=task, unit=listener.unit_name),
            opening(listener, owed),
            *last_working_day(owed),
            *missing,
            _("The assistant reminds on: {days}. Once it is done, it stops.", days=reminder_days(listener, owed)),
        ]
    else:
        lines = [
            _("Reminder of {task} · {unit}", task=task, unit=listener.unit_name),
            _(
                "It goes to {desk} by the end of {due} ({weekday}). {days} days are left ({workdays} working days, today not counted).",
                **time_left(listener, owed),
            )
            if not goes_elsewhere(owed)
            else _(
                "By the end of {due} ({weekday}). {days} days are left ({workdays} working days, today not counted).",
                **time_left(listener, owed),
            ),
            *last_working_day(owed),
            *missing,
        ]
    if known.basis is not None and today <= owed.due:
        lines.append(_("This date was set by: {basis}.", basis=known.basis))
    if known.promised is not None:
        lines.append(_("The promised day, {day}, is over.", day=known.promised))
    if known.instead_of is not None:
        lines.append(_("Messages do not reach {head}; please let them know.", head=known.instead_of))
    return Say(lines, buttons=_buttons(listener, owed))


def _invitation(listener: Listener, owed: Obligation) -> Say:
    """Invite a union in friendly words: nothing is owed, nothing is late."""
    time = time_left(listener, owed)
    return Say(
        [
            _(
                "{unit} is invited to send the {what} of {year}",
                unit=listener.unit_name,
                what=of_year(owed.duty),
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


def _several(listener: Listener, owed: Sequence[Obligation]) -> Say:
    """Say several duties in one message, most urgent first."""
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
        buttons=(
            *buttons[:6],
            *_arranging(listener, owed),
            DIFFICULTY,
            Button(_("Why do I get this"), f"/visao {named(owed[0])}"),
        ),
    )


def _arranging(listener: Listener, owed: Sequence[Obligation]) -> Iterator[Button]:
    """Offer for several duties: each may be given to an officer; which one is promised is asked."""
    mine = [each for each in owed if listener.arranges and not each.subject and each.duty.by == "unit"]
    for each in mine:
        if kind_of(each).form:
            yield Button(_("Have the {what} drafted", what=each.duty.called), f"/giao {named(each)}")
    if len(mine) == 1:
        yield Button(_("Promise a day"), f"/hen {named(mine[0])}")
    elif mine:
        yield Button(_("Promise a day"), "/hen")


def _buttons(listener: Listener, owed: Obligation) -> tuple[Button, ...]:
    kind, about = kind_of(owed), named(owed)
    buttons = [Button(kind.open(owed), kind.opening(owed))] if listener.of(owed).opens else []
    if listener.arranges and not owed.subject:
        if kind.form:
            buttons.append(Button(_("Give it to an officer"), f"/giao {about}"))
        buttons.append(Button(_("Promise a day"), f"/hen {about}"))
    if not owed.subject and owed.duty.by == "unit":
        buttons.append(DIFFICULTY)
    buttons.append(Button(_("Why do I get this"), f"/visao {about}"))
    return tuple(buttons)
