"""Who has sent the figures as of the end of a year, for the office that has asked for them. Inside the transaction."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.conversation import HOME, Visit
from bot.dialogue import Button, Say
from bot.language import Count, Joined, Part, _
from bot.movement import Duty
from bot.office.duties import due_dates, submissions
from bot.office.report import supplement
from storage import deadlines, results
from storage.deadlines import Promise
from storage.people import Unit


def asked_for(visit: Visit, duty: Duty) -> list[int]:
    """Return the years whose figures the office has asked for, the newest last."""
    return [each.year for each in submissions.standing(visit, duty.code) if each.due is not None]


def who_has_sent(visit: Visit, duty: Duty, year: int) -> Say:
    """List who has sent the figures of a year, who has not, and where their date is changed."""
    owed = next(each for each in submissions.standing(visit, duty.code) if each.year == year)
    units = due_dates.units_owing(visit, duty, year)
    done = {each.unit for each in visit.tx.all(deadlines.FILED_OF_DUTY, duty=duty.filed_as, year=year)}
    waits = {each.unit for each in visit.tx.all(results.WAITING_OF_YEAR, year=year) if each.kind == "supplement"}
    reported = {each.unit for each in visit.tx.all(results.OF_YEAR, year=year)}
    promised = {
        each.unit: each for each in visit.tx.all(deadlines.PROMISES) if (each.duty, each.year) == (duty.code, year)
    }
    sent, silent = [u for u in units if u.code in done], [u for u in units if u.code not in done]
    lines: list[Part] = [
        _(
            "Figures of {year} to the end of {until}: to be sent by the end of {due}",
            year=year,
            until=supplement.day_of(visit.plan, year),
            due=owed.due,
        ),
        _(
            "Sent: {sent}/{all} units. Not sent: {missing}",
            sent=Count(len(sent)),
            all=Count(len(units)),
            missing=Count(len(silent)),
        ),
    ]
    for those, said in (
        ([u.name for u in sent if u.code not in waits], _("Received")),
        ([u.name for u in sent if u.code in waits], _("Waiting to be received")),
        ([u.name for u in silent if u.code not in reported], _("The report itself has not been sent yet")),
    ):
        if those:
            lines.append(_("{what} ({n}): {units}", what=said, n=Count(len(those)), units=Joined(those, "; ")))
    lines += _of_those_to_send(visit, [u for u in silent if u.code in reported], promised, owed.due)
    buttons = [Button(_("Change the date"), f"/thoihan {duty.code} {year}")]
    if waits:
        buttons.insert(0, Button(_("What waits"), "/tiepnhan"))
    if silent and owed.speaks:
        buttons.append(Button(_("Urge by hand"), f"/dondoc {duty.code} {year}"))
    return Say(lines, buttons=(*buttons, HOME))


def _of_those_to_send(
    visit: Visit, units: Sequence[Unit], promised: Mapping[str, Promise], due: date | None
) -> list[Part]:
    """List the units that have something to send: first those that have promised a day, each with it."""
    today = visit.said.date()
    held = [unit for unit in units if unit.code in promised and promised[unit.code].day >= today]
    rest = [unit.name for unit in units if unit not in held]
    late = 0 if due is None else (today - due).days
    lines: list[Part] = []
    if held:
        days = [_("{unit} on {day}", unit=unit.name, day=promised[unit.code].day) for unit in held]
        lines.append(_("Have promised a day ({n}): {units}", n=Count(len(held)), units=Joined(days, "; ")))
    if rest and late > 0:
        n, days_late = Count(len(rest)), Count(late)
        lines.append(
            _("Not sent, overdue by {days} days ({n}): {units}", days=days_late, n=n, units=Joined(rest, "; "))
        )
    elif rest:
        lines.append(_("Not sent yet ({n}): {units}", n=Count(len(rest)), units=Joined(rest, "; ")))
    return lines
