"""«Tôi còn nợ gì?»: what waits for one person, each task opened at exactly its question."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot import records
from bot.commands import Visit
from bot.i18n import Count, Part, Text, Weekday, _
from bot.obligations import Obligation, State, Year, obligations
from bot.people import May
from storage import deadlines, initiatives, receiving


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: its line, its button, the command that opens it."""

    text: Part
    label: Part = ""
    says: str = ""
    late: bool = False


def mine(visit: Visit) -> list[Task]:
    """Everything that waits for this person, most urgent first."""
    return [
        *_owed(visit),
        *_returned(visit),
        *_to_confirm(visit),
        *_to_receive(visit),
        *_to_settle(visit),
    ]


WHAT: Mapping[str, Text] = {
    "plan": _("yearly plan"),
    "registration": _("list of registrations"),
    "results": _("yearly report"),
}


def owed_by(visit: Visit, unit: str) -> list[Obligation]:
    """The obligations of one unit in the opened years, as they stand now."""
    tx = visit.tx
    filed = {(f.duty, f.unit, f.year): f.at for f in tx.all(deadlines.FILED_OF_UNIT, unit=unit)}
    given = {(row.duty, row.year): row.day for row in tx.all(deadlines.DEADLINES)}
    years = [Year(row.year, row.quiet) for row in tx.all(deadlines.YEARS)]
    today, calendar = visit.now.date(), visit.office.calendar
    return obligations(visit.plan, [unit], years, given, filed, today, calendar)


def _owed(visit: Visit) -> Iterator[Task]:
    """What the unit owes, for whoever sends or drafts it."""
    given = [(d.duty, d.year) for d in visit.tx.all(deadlines.DELEGATED_TO, person=visit.me.id)]
    drafts_it = visit.may(May.DRAFT)
    today = visit.now.date()
    owed = [
        each for each in owed_by(visit, visit.me.unit) if each.state in (State.OPEN, State.OVERDUE)
    ]
    for each in sorted(owed, key=lambda each: each.due or each.locks):
        if each.quiet or not (drafts_it or (each.duty.code, each.year) in given):
            continue
        assert each.due is not None
        what = WHAT[each.duty.code]
        says = (
            f"/{each.duty.command}"
            if " " in each.duty.command
            else f"/{each.duty.command} {each.year}"
        )
        if each.state is State.OVERDUE:
            days = Count((today - each.due).days)
            text = _(
                "Send the {what} of {year}: overdue by {days} days",
                what=what,
                year=each.year,
                days=days,
            )
        else:
            days = Count(each.days_left(today))
            text = _(
                "Send the {what} of {year}: by the end of {due} ({weekday}), {days} days are left",
                what=what, year=each.year, due=each.due, weekday=Weekday(each.due), days=days,
            )  # fmt: skip
        yield Task(text, _("Open the {what}", what=what), says, late=each.state is State.OVERDUE)


def _to_settle(visit: Visit) -> Iterator[Task]:
    """Dates that the plan does not name and nobody has entered: shown, and pinging nobody."""
    if not visit.may(May.SETTLE):
        return
    given = {(row.duty, row.year) for row in visit.tx.all(deadlines.DEADLINES)}
    for year in visit.tx.all(deadlines.YEARS):
        for duty in visit.plan.duties:
            if (
                not year.quiet
                and duty.last_day(year.year) is None
                and (duty.code, year.year) not in given
            ):
                yield Task(
                    _(
                        "Enter the date of the {what} of {year}: no date given yet",
                        what=WHAT[duty.code],
                        year=year.year,
                    ),
                    _("Enter the date"),
                    f"/thoihan {duty.code} {year.year}",
                )


def _returned(visit: Visit) -> Iterator[Task]:
    for item in visit.tx.all(initiatives.OF_PERSON, person=visit.me.id, since=visit.now.year - 1):
        if item.state == "returned" and item.by == visit.me.id:
            yield Task(
                _("Complete sheet {code}: «{reason}»", code=item.code, reason=item.reason),
                _("Complete {code}", code=item.code),
                f"/cuatoi sua {item.code}",
            )


def _to_confirm(visit: Visit) -> Iterator[Task]:
    if visit.may(May.CONFIRM) and (items := records.to_confirm(visit)):
        yield Task(
            _("Confirm {n} sheets", n=Count(len(items))),
            _("Confirm"),
            f"/xacnhan {items[0].code}" if len(items) == 1 else "/xacnhan",
        )


def _to_receive(visit: Visit) -> Iterator[Task]:
    if visit.may(May.RECEIVE) and (waiting := visit.tx.all(receiving.ALL)):
        yield Task(
            _("Receive {n} that were sent", n=Count(len(waiting))), _("Receive"), "/tiepnhan"
        )
