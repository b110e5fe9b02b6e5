"""What will be said and when: «Lịch nhắc» for oneself, the unit, all; «Chạy thử» plays a whole year."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from bot.conversation import (
    DESK,
    EVERYBODY,
    WHO,
    Command,
    Feature,
    JobContext,
    JobKind,
    JobResult,
    Office,
    Visit,
    whose,
)
from bot.dialogue import Button, Say
from bot.language import Count, Part, Time, Weekday, Words, _, fold, number
from bot.movement import May, Period, Year, days, may
from bot.office.reminding import rehearsal, unit_context
from bot.office.reminding.rehearsal import Row, Stage
from storage import people
from storage.db import Snapshot
from storage.people import Person

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 20
"""Messages listed in the chat; all of them stand in the table."""


def lichnhac(visit: Visit, args: str) -> Say | None:
    """«/lichnhac» mine, «donvi» of my unit, «tatca» of everybody."""
    said = fold(args).replace(" ", "")
    scope = "mine"
    if said in ("donvi", "phong") and visit.may(May.CONFIRM):
        scope = "unit"
    elif said in ("tatca", "all") and visit.may(May.RECEIVE):
        scope = "all"
    return visit.start_job(REMINDERS, scope=scope)


def chaythu(visit: Visit, args: str) -> Say | None:
    """«/chaythu 2027» plays the whole year without sending."""
    said = next((n for word in args.split() if (n := number(word)) is not None), visit.said.year)
    plan = visit.plan
    if not plan.first_year <= said <= plan.last_year:
        return Say(
            [
                _(
                    "The movement runs from {first} to {last}; choose one of its years.",
                    first=plan.first_year,
                    last=plan.last_year,
                )
            ],
            buttons=(Button(_("Home"), "/menu"),),
        )
    return visit.start_job(REHEARSAL, year=said)


# What is to come ------------------------------------------------------------------------------


async def reminders(context: JobContext, about: Mapping[str, Any]) -> JobResult:
    """Every message to come until the end of the year, from what is known now."""
    assert context.person is not None
    me, scope = context.person, about["scope"]
    end = datetime.combine(date(context.now.year, 12, 31), time(23, 59), context.now.tzinfo)
    stage = await rehearsal.read(context.snapshot, context.office, now=context.now)
    rows = await context.make(rehearsal.rows, stage, context.now, end, context.words.language)
    mine = [row for row in rows if _concerns(row, me, scope)]
    lines: list[Part] = [_HEADS[scope](me, end.date(), len(mine))]
    lines += _by_day(mine) if scope == "all" else [_line(row, scope) for row in mine[:SHOWN]]
    if scope != "all" and len(mine) > SHOWN:
        lines.append(_("… and {n} more", n=Count(len(mine) - SHOWN)))
    if mine:
        lines.append(_("Once something is done it is not reminded of; when a date changes, these days change."))
    else:
        lines.append(_("Nothing is to be reminded of."))
    files = []
    if scope == "all" and mine:
        files.append(
            (f"Lich-nhac-{context.now:%Y-%m-%d}.xlsx", XLSX, await context.make(table, mine, _labels(context.words)))
        )
    return JobResult(Say(lines, buttons=_scopes(me, scope)), files)


def _concerns(row: Row, me: Person, scope: str) -> bool:
    return scope == "all" or row.to.id == me.id or (scope == "unit" and row.to.unit == me.unit)


_HEADS = {
    "mine": lambda me, end, n: _("When {you_name} are reminded, until {end} ({n})", end=end, n=Count(n)),
    "unit": lambda me, end, n: _("When {unit} is reminded, until {end} ({n})", unit=me.unit_name, end=end, n=Count(n)),
    "all": lambda me, end, n: _("All reminders until {end} ({n})", end=end, n=Count(n)),
}


def _line(row: Row, scope: str) -> Part:
    when = {"weekday": Weekday(row.at.date()), "day": row.at.date(), "hour": f"{row.at:%H:%M}"}
    if scope == "mine":
        return _("- {weekday}, {day}, {hour}: {text}", text=row.head, **when)
    return _("- {weekday}, {day}, {hour}, {person}: {text}", text=row.head, person=row.person, **when)


def _by_day(rows: Sequence[Row]) -> list[Part]:
    """The office's view: each day with how many messages, and the first words of them."""
    found: list[Part] = []
    for at, n in sorted(Counter(row.at for row in rows).items()):
        heads = Counter(row.rung for row in rows if row.at == at)
        found.append(
            _(
                "- {weekday}, {day}, {hour}: {n} people · {rung}",
                weekday=Weekday(at.date()),
                day=at.date(),
                hour=f"{at:%H:%M}",
                n=Count(n),
                rung=heads.most_common(1)[0][0],
            )
        )
    shown = found[: 2 * SHOWN]
    return shown if shown == found else [*shown, _("… and {n} more", n=Count(len(found) - len(shown)))]


def _scopes(me: Person, scope: str) -> Sequence[Button]:
    offered = [
        ("mine", True, Button(_("My reminders"), "/lichnhac")),
        ("unit", may(me.role, May.CONFIRM), Button(_("Of my unit"), "/lichnhac donvi")),
        ("all", may(me.role, May.RECEIVE), Button(_("Of everybody"), "/lichnhac tatca")),
    ]
    return [
        *(b for code, able, b in offered if able and code != scope),
        Button(_("My tasks"), "/viec"),
        Button(_("Home"), "/menu"),
    ]


# A whole year ---------------------------------------------------------------------------------


async def rehearsed(context: JobContext, about: Mapping[str, Any]) -> JobResult:
    """The picture of the year and the table of all its messages."""
    from bot.documents.year_calendar import draw

    year = int(about["year"])
    rows = await context.make(
        rehearsal.rows, *await stage_of(context.snapshot, context.office, context.now, year), context.words.language
    )
    without = await without_chat(context.snapshot)
    ends = [each for each in await unit_context.opened(context.snapshot, context.office, [Year(year)]) if each.due]
    picture = await context.make(draw, yearmap(rows, ends, context, year))
    sheet = await context.make(table, rows, _labels(context.words))
    name = f"Chay-thu-{year}"
    return JobResult(
        Say(
            totals(rows, year, without),
            buttons=(Button(_("All reminders to come"), "/lichnhac tatca"), Button(_("Home"), "/menu")),
        ),
        [(f"{name}.png", "image/png", picture), (f"{name}.xlsx", XLSX, sheet)],
    )


async def without_chat(snapshot: Snapshot) -> list[str]:
    """Whoever would be reminded and has no chat."""
    return [row.name for row in await snapshot.all(people.WITHOUT_CHAT)]


async def stage_of(
    snapshot: Snapshot, office: Office, now: datetime, year: int
) -> tuple[Stage[Person], datetime, datetime]:
    """What a year is played with, as if nobody had done anything yet; and from when to when."""
    zone = now.tzinfo
    start = datetime.combine(date(year - 1, 12, 31), time(23, 59), zone)
    end = datetime.combine(date(year, 12, 31), time(23, 59), zone)
    plan = office.plan  # January still speaks of the year before
    years = [Year(each) for each in (year - 1, year) if plan.first_year <= each <= plan.last_year]
    return await rehearsal.read(snapshot, office, years=years), start, end


def totals(rows: Sequence[Row], year: int, without: Sequence[str]) -> list[Part]:
    """How many messages, to how many people, and who hears most."""
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


def yearmap(rows: Sequence[Row], ends: Iterable[Period], context: JobContext, year: int) -> dict[str, Any]:
    """The picture's contents as plain strings: what the worker process needs."""
    say, calendar = context.words.say, context.office.calendar
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
        "subtitle": say(_("Rehearsed on {at}; nothing is sent", at=Time(context.now))),
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


def table(rows: Sequence[Row], labels: Mapping[str, Any]) -> bytes:
    """The XLSX, made in the worker process."""
    from bot.documents.reminder_table import workbook

    return workbook(rows, labels)


def _labels(words: Words) -> dict[str, Any]:
    say = words.say
    return {
        "pings": {"name": say(_("Messages")), "columns": say(_("Day|Hour|Receiver|Unit|Channel|Rung|Text")).split("|")},
        "people": {"name": say(_("By person")), "columns": say(_("Receiver|Unit|Messages")).split("|")},
        "days": {"name": say(_("By day")), "columns": say(_("Day|Messages")).split("|")},
    }


LICHNHAC = Command("lichnhac", _("When I am reminded"), _("my reminders|reminders"), lichnhac, EVERYBODY)
CHAYTHU = Command("chaythu", _("Rehearse the reminders"), _("rehearse"), chaythu, DESK)


def _may_ask(visit: Visit, about: Mapping[str, Any]) -> bool:
    """Mine is for everybody, the unit's for whoever confirms there, everybody's for the office."""
    scope = about.get("scope", "mine")
    return scope == "mine" or visit.may(May.CONFIRM if scope == "unit" else May.RECEIVE)


REMINDERS = JobKind("reminders", reminders, whose(WHO[May.RECEIVE], _may_ask))
REHEARSAL = JobKind("rehearsal", rehearsed, DESK)
FEATURE = Feature(__name__, commands=(LICHNHAC, CHAYTHU), jobs=(REMINDERS, REHEARSAL))
