"""A whole year of reminders, played without sending: what it is played with, what it comes to, its picture's contents."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from bot.conversation import Office
from bot.language import Count, Part, Time, Weekday, Words, _
from bot.movement import Calendar, Period, Plan, Year, days
from bot.office.reminding import rehearsal
from bot.office.reminding.rehearsal import RehearsalRow, RehearsalStage
from storage import people
from storage.db import Snapshot
from storage.people import Person


async def stage_of(
    snapshot: Snapshot, office: Office, now: datetime, year: int
) -> tuple[RehearsalStage[Person], datetime, datetime]:
    """Read what a year is played with, as if nobody had done anything yet; return it with from when to when."""
    zone = now.tzinfo
    start = datetime.combine(date(year - 1, 12, 31), time(23, 59), zone)
    end = datetime.combine(date(year, 12, 31), time(23, 59), zone)
    plan = office.plan  # January still speaks of the year before
    years = [Year(each) for each in (year - 1, year) if plan.first_year <= each <= plan.last_year]
    return await rehearsal.read(snapshot, office, years=years), start, end


async def without_chat(snapshot: Snapshot, plan: Plan) -> list[str]:
    """Name whoever would be reminded and has no chat."""
    return [row.name for row in await snapshot.all(people.WITHOUT_CHAT, unions=plan.unions)]


def totals(rows: Sequence[RehearsalRow], year: int, without: Sequence[str]) -> list[Part]:
    """Say how many messages, to how many people, and who hears most."""
    receivers = Counter((row.person, row.unit) for row in rows)
    by_day = Counter(row.at.date() for row in rows)
    lines: list[Part] = [
        _("Rehearsal of {year}: nothing is sent", year=year),
        _(
            "At most {n} messages to {people} people on {days} days: as if nobody does anything before.",
            n=Count(len(rows)),
            people=Count(len(receivers)),
            days=Count(len(by_day)),
        ),
    ]
    if by_day:
        day, n = by_day.most_common(1)[0]
        lines.append(_("The fullest day: {weekday}, {day}, {n} messages.", weekday=Weekday(day), day=day, n=Count(n)))
    for (person, unit), n in receivers.most_common(5):
        lines.append(_("- {person} ({unit}): {n} messages", person=person, unit=unit, n=Count(n)))
    lines.append(
        _(
            "Beside them come, as things happen: changes on a Monday to the office, sheets that wait or come back, targets in danger."
        )
    )
    if without:
        lines.append(_("No chat yet ({n}): {people}.", n=Count(len(without)), people=", ".join(without[:10])))
    return lines


def picture(
    rows: Sequence[RehearsalRow], ends: Iterable[Period], calendar: Calendar, words: Words, year: int, now: datetime
) -> dict[str, Any]:
    """Return the picture's contents as plain strings: what the worker process needs."""
    say = words.say
    by_day = Counter(row.at.date().isoformat() for row in rows)
    off = {
        day.isoformat(): calendar.why_off(day)
        for day in days(date(year, 1, 1), date(year, 12, 31))
        if not calendar.works(day)
    }
    marks = [
        {"day": each.due.isoformat(), "label": say(_("the last day for: {duty}", duty=each.duty.name))}
        for each in ends
        if each.due is not None
    ]
    busiest = by_day.most_common(1)
    return {
        "title": say(_("Reminders of {year}", year=year)),
        "subtitle": say(_("Rehearsed on {at}; nothing is sent", at=Time(now))),
        "year": year,
        "months": [say(_("Month {n}", n=n)) for n in range(1, 13)],
        "weekdays": say(_("Mo|Tu|We|Th|Fr|Sa|Su")).split("|"),
        "days": dict(by_day),
        "off": off,
        "marks": marks,
        "legend": [
            {"kind": "messages", "label": say(_("Messages on a day"))},
            {"kind": "off", "label": say(_("a day off"))},
        ],
        "totals": [
            {"value": str(len(rows)), "label": say(_("messages"))},
            {"value": str(len({row.to.id for row in rows})), "label": say(_("people"))},
            {"value": str(busiest[0][1] if busiest else 0), "label": say(_("on the fullest day"))},
        ],
        "note": say(_("As if nobody did anything before: whatever is done is not reminded of.")),
    }
