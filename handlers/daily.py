"""The one thing the machine says unasked in a day: what a unit still owes, or the office's list.

Made just before it is sent, so what has been filed since is not in it; with nothing left, it is not sent.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from bot import filing, summaries
from bot.commands import Office, Visit
from bot.dialogue.turn import Button, Say
from bot.duties import draft_line
from bot.filing import WHAT, opening
from bot.i18n import Count, Joined, Part, Time, Weekday, _
from bot.obligations import Obligation, State
from bot.people import May, Role
from bot.reminders import RungAt, rungs
from storage import deadlines, drafts, settings
from storage.db import Snapshot

TO_LEADERS = "digest_to_leaders"


def daily(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """The day's one message to this person, or None when nothing is called for any more."""
    left = _left(visit, [entry for entry in about.get("reminders", ()) if entry["unit"] == visit.me.unit])
    parts: list[Say | None] = [_digest(visit, about), _unfinished(visit, about)]
    if len(left) == 1:
        parts.insert(0, _one(visit, left[0], about["reminders"][0]["rung"]))
    elif left:
        parts.insert(0, _several(visit, left))
    says = [say for say in parts if say is not None]
    if not says:
        return None
    lines = [line for say in says for line in ("", *say.lines)][1:]
    return Say(lines, buttons=[button for say in says for button in say.buttons])


def _unfinished(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Sheets that were begun and left: spoken of once, never thrown away in silence."""
    heads = [visit.tx.one(drafts.BY_ID, id=id) for id in about.get("drafts", ())]
    mine = [h for h in heads if h is not None and h.state == "open" and h.person == visit.me.id]
    if not mine:
        return None
    return Say(
        [_("Left unfinished ({n}); it is kept", n=Count(len(mine))), *(draft_line(visit, head) for head in mine)],
        buttons=[Button(_("Go on writing"), f"/viec tiep {head.id}") for head in mine],
    )  # fmt: skip


def _left(visit: Visit, entries: Sequence[Mapping[str, Any]]) -> list[Obligation]:
    """What of it is still owed now, most urgent first."""
    tx, unit = visit.tx, visit.me.unit
    wanted = {(entry["duty"], entry["year"]) for entry in entries}
    found = filing.owed(visit, unit)
    promised = {(row.duty, row.year): row.day for row in tx.all(deadlines.PROMISES_OF_UNIT, unit=unit)}
    left = [
        each
        for each in found
        if (each.duty.code, each.year) in wanted
        and each.state in (State.OPEN, State.OVERDUE)
        and promised.get((each.duty.code, each.year), visit.now.date()) <= visit.now.date()
    ]
    return sorted(left, key=lambda each: each.due or each.locks)


def _one(visit: Visit, owed: Obligation, rung: str) -> Say:
    """One duty, by where its ladder stands: kind first, plain later."""
    today, calendar = visit.now.date(), visit.office.calendar
    assert owed.due is not None and owed.last_workday is not None
    what = {"what": WHAT[owed.duty.code], "year": owed.year}
    promised = _promised(visit, owed)
    lines: list[Part]
    if today > owed.due:
        lines = [
            _("The {what} of {year} is overdue by {days} days", days=Count((today - owed.due).days), **what),
            _("The office still takes it; what is sent from today is marked «sent after the deadline»."),
            _after(visit, owed),
        ]
    elif today >= owed.last_workday:
        lines = [
            _("Today is the last day to send the {what} of {year}", **what),
            _("The last day allowed is {due} ({weekday}).", due=owed.due, weekday=Weekday(owed.due)),
            *_written(visit, owed),
            _("If {you} are in meetings or away today, the deputy can be asked to act for {you}."),
        ]
    elif rung == "opens" and promised is None:
        lines = [
            _("The {what} of {year} is open · {unit}", unit=visit.me.unit_name, **what),
            _("By {clause} of the plan it goes to {desk} by the end of {due} ({weekday}). {days} days are left ({workdays} working days).",
              clause=owed.duty.clause, desk=visit.plan.office.desk, due=owed.due, weekday=Weekday(owed.due),
              days=Count(owed.days_left(today)), workdays=Count(calendar.between(today, owed.last_workday))),
            *_written(visit, owed),
            _("The assistant reminds on: {days}. Once it is sent, it stops.", days=_days(_coming(visit, owed))),
        ]  # fmt: skip
    else:
        lines = [
            _("Reminder: the {what} of {year} · {unit}", unit=visit.me.unit_name, **what),
            _("It goes to {desk} by the end of {due} ({weekday}). {days} days are left ({workdays} working days, today not counted).",
              desk=visit.plan.office.desk, due=owed.due, weekday=Weekday(owed.due),
              days=Count(owed.days_left(today)), workdays=Count(calendar.between(today, owed.last_workday))),
            *_written(visit, owed),
        ]  # fmt: skip
    if promised is not None:
        lines.append(_("The promised day, {day}, is over.", day=promised))
    return Say(lines, buttons=_buttons(visit, owed))


def _promised(visit: Visit, owed: Obligation) -> date | None:
    """The day that was promised for it and is over."""
    days = [
        row.day
        for row in visit.tx.all(deadlines.PROMISES_OF_UNIT, unit=owed.unit)
        if (row.duty, row.year) == (owed.duty.code, owed.year)
    ]
    return days[0] if days and days[0] < visit.now.date() else None


def _several(visit: Visit, owed: Sequence[Obligation]) -> Say:
    """Several duties in one message, most urgent first."""
    today = visit.now.date()
    lines: list[Part] = [
        _("What {unit} still has to send ({n})", unit=visit.me.unit_name, n=Count(len(owed)))
    ]
    buttons: list[Button] = []
    for n, each in enumerate(owed, 1):
        assert each.due is not None
        if today > each.due:
            how: Part = _("overdue by {days} days", days=Count((today - each.due).days))
        else:
            how = _(
                "by the end of {due} ({weekday}), {days} days are left",
                due=each.due,
                weekday=Weekday(each.due),
                days=Count(each.days_left(today)),
            )
        lines.append(
            _("{n}. The {what} of {year}: {how}", n=n, what=WHAT[each.duty.code], year=each.year, how=how)
        )
        buttons.append(Button(_("{n}. Open the {what}", n=n, what=WHAT[each.duty.code]), opening(each)))
    why = f"/viechan visao {owed[0].duty.code} {owed[0].year}"
    return Say(lines, buttons=(*buttons, Button(_("Why do I get this"), why)))


def _coming(visit: Visit, owed: Obligation) -> list[RungAt]:
    today = visit.now.date()
    return [rung for rung in rungs(owed, visit.plan, visit.office.calendar) if rung.day > today]


def _days(coming: Sequence[RungAt]) -> Part:
    return _("{days}", days=Joined([f"{rung.day:%d/%m}" for rung in coming if not rung.code.startswith("+")]))


def _after(visit: Visit, owed: Obligation) -> Part:
    left = _coming(visit, owed)
    if not left:
        return _("The assistant does not remind of it again; the office will talk with {you} directly.")
    days = Joined([f"{rung.day:%d/%m}" for rung in left])
    return _(
        "If it is not sent, the assistant reminds on {days}, then the office will talk with {you} directly.",
        days=days,
    )


def _written(visit: Visit, owed: Obligation) -> list[Part]:
    """How far the unit's report is, when somebody has begun it."""
    head = filing.begun(visit, owed)
    if head is None:
        ready, all_of_it = filing.known(visit, owed)
        if not ready:
            return []
        return [
            _("The assistant has drafted {n} of {all} answers for {you_name} to look over and confirm; {left} are to be typed.",
              n=Count(ready), all=Count(all_of_it), left=Count(all_of_it - ready))
        ]  # fmt: skip
    return [_("{n} answers of it are already written.", n=Count(drafts.count(visit.tx, head.id)))]


def _buttons(visit: Visit, owed: Obligation) -> tuple[Button, ...]:
    about = f"{owed.duty.code} {owed.year}"
    buttons = [Button(_("Open the {what}", what=WHAT[owed.duty.code]), opening(owed))]
    if visit.may(May.DELEGATE):
        buttons.append(Button(_("Give it to an officer"), f"/viechan giao {about}"))
        buttons.append(Button(_("Promise a day"), f"/viechan hen {about}"))
    buttons.append(Button(_("Why do I get this"), f"/viechan visao {about}"))
    return tuple(buttons)


# The office's digest --------------------------------------------------------------------------


def _digest(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    found: summaries.Summary | None = about.get("summary")
    if found is None or (not found.missing and not found.writing):
        return None
    if visit.me.role == Role.LEADER:
        if settings.get(visit.tx, TO_LEADERS) != "1":
            return None
        head: Part = _(
            "Reporting to {you_name}: the movement in {year} up to {at}", year=found.year, at=Time(found.now)
        )
        names = False
    else:
        head, names = (
            _("How the reports of {year} are coming in · {at}", year=found.year, at=Time(found.now)),
            True,
        )
    lines = [head, *summaries.sent_lines(found, names)]
    if names:
        lines.append(
            _("This list has not gone to the leaders; it does only when the head of the office agrees.")
        )
    return Say(lines, buttons=(Button(_("Yearly summary"), f"/tonghop {found.year}"),))


async def year_of_digest(
    snapshot: Snapshot, office: Office, about: Mapping[str, Any], now: datetime
) -> summaries.Summary | None:
    """The list as it is at the minute it is sent."""
    if "digest" not in about:
        return None
    return await summaries.read(snapshot, office, about["digest"], now)


NEWS = {"daily": daily}
PREPARE = {"daily": year_of_digest}
