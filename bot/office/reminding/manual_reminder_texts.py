"""What the office reads before it urges by hand: whom it reaches, whom nobody can be urged for, why not now."""

from collections.abc import Sequence
from typing import Any

from bot.conversation import HOME, Visit
from bot.dialogue import Button, Say
from bot.language import Count, Joined, Part, Text, _
from bot.movement import Obligation, Plan, State, titled
from bot.office.duties.duty_kinds import what
from bot.office.reminding.manual_reminders import Receiver, word_of

MOST = 20
"""Names in one message."""


def not_now(visit: Visit, duty: str, said: int | None, found: Obligation | None) -> Say | None:
    """Say why nobody can be urged for it now, and when; None when it can be done."""
    if found is not None and found.speaks:
        return None
    year = found.year if found is not None else said or visit.said.year
    about: dict[str, Any] = {"what": what(visit.plan, duty), "year": year}
    buttons = [Button(_("All dates"), "/thoihan"), HOME]
    if found is None:
        why = _("{year} is not an opened year, so nobody is urged for the {what}.", **about)
    elif found.quiet:
        why = _("{year} is open to be filed late only, so nobody is urged for the {what}.", **about)
    elif found.state is State.LOCKED:
        why = _(
            "The {what} of {year} was locked at the end of {day}: nothing can be sent any more, so nobody is urged.",
            day=found.locks,
            **about,
        )
    elif found.state is State.AHEAD or visit.now.date() < found.opens:
        why = _(
            "The {what} of {year} can be sent from {day} on; from then on it can be urged.", day=found.opens, **about
        )
    else:
        why = _("The {what} of {year} has no last day yet; it can be urged once one is set.", **about)
        buttons.insert(0, Button(_("Set the last day"), f"/thoihan {duty} {year}"))
    return Say([why], buttons=buttons)


def again(plan: Plan, duty: str, year: int) -> Button:
    """Offer to urge for it again."""
    return Button(_("Urge once more"), f"/dondoc {word_of(plan, duty)} {year}")


def letter(plan: Plan, code: str, year: int) -> Text:
    """Return the text that lies ready."""
    duty = plan.known_duty(code)
    return _(
        "{desk} is putting the {what} of {year} together. Please send the {called} of your unit today; if there is a difficulty, please let us know so that {desk} can help. With regards.",
        desk=plan.office.desk,
        what=what(plan, code),
        year=year,
        called=code if duty is None else duty.called,
    )


def gap(units: Sequence[str]) -> list[Part]:
    """Name the units that nobody can be urged for."""
    if not units:
        return []
    return [
        _(
            "⚠️ Nobody can send for ({n}): {units}. Please enter a head or a deputy, or have somebody named to act.",
            n=Count(len(units)),
            units=Joined(units, "; "),
        )
    ]


def listed(receivers: Sequence[Receiver], *, as_they_are: bool = True) -> list[Part]:
    """Name the receivers; `as_they_are`: who has heard today, and whom no message reaches."""
    lines: list[Part] = []
    for each in receivers[:MOST]:
        line: Part = _("- {who} ({unit})", who=titled(each.person), unit=each.unit.name)
        if as_they_are and each.heard:
            line = _("{line}: has had a message today", line=line)
        if as_they_are and each.unreached:
            line = _("{line}: messages do not reach them, please call", line=line)
        lines.append(line)
    if len(receivers) > MOST:
        lines.append(_("… and {n} more", n=Count(len(receivers) - MOST)))
    return lines
