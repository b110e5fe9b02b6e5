"""«Lịch nhắc»: what will be said and when, to oneself, to the unit, to all."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from bot.conversation import (
    EVERYBODY,
    HOME,
    MY_TASKS,
    WHO,
    Command,
    Feature,
    JobContext,
    JobKind,
    JobResult,
    Visit,
    whose,
)
from bot.dialogue import Button, Say
from bot.language import Count, Part, Weekday, _, fold
from bot.movement import May, may
from bot.office.reminding import rehearsal, reminder_sheet
from bot.office.reminding.rehearsal import RehearsalRow
from storage.people import Person

SHOWN = 20
"""Messages listed in the chat; all of them stand in the table."""


def run(visit: Visit, args: str) -> Say | None:
    """Answer «/lichnhac»: mine; «donvi»: my unit's; «tatca»: everybody's."""
    said = fold(args).replace(" ", "")
    scope = "mine"
    if said in ("donvi", "phong") and visit.may(May.CONFIRM):
        scope = "unit"
    elif said in ("tatca", "all") and visit.may(May.RECEIVE):
        scope = "all"
    return visit.start_job(REMINDERS, scope=scope)


async def reminders(context: JobContext, about: Mapping[str, Any]) -> JobResult:
    """Return every message to come until the end of the year, from what is known now."""
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
        sheet = await context.make(reminder_sheet.table, mine, reminder_sheet.labels(context.words))
        files.append((f"Lich-nhac-{context.now:%Y-%m-%d}.xlsx", reminder_sheet.XLSX, sheet))
    return JobResult(Say(lines, buttons=_scopes(me, scope)), files)


def _concerns(row: RehearsalRow, me: Person, scope: str) -> bool:
    return scope == "all" or row.to.id == me.id or (scope == "unit" and row.to.unit == me.unit)


_HEADS = {
    "mine": lambda me, end, n: _("When {you_name} are reminded, until {end} ({n})", end=end, n=Count(n)),
    "unit": lambda me, end, n: _("When {unit} is reminded, until {end} ({n})", unit=me.unit_name, end=end, n=Count(n)),
    "all": lambda me, end, n: _("All reminders until {end} ({n})", end=end, n=Count(n)),
}


def _line(row: RehearsalRow, scope: str) -> Part:
    when = {"weekday": Weekday(row.at.date()), "day": row.at.date(), "hour": f"{row.at:%H:%M}"}
    if scope == "mine":
        return _("- {weekday}, {day}, {hour}: {text}", text=row.head, **when)
    return _("- {weekday}, {day}, {hour}, {person}: {text}", text=row.head, person=row.person, **when)


def _by_day(rows: Sequence[RehearsalRow]) -> list[Part]:
    """Return the office's view: each day with how many messages, and the first words of them."""
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
    return [*(b for code, able, b in offered if able and code != scope), MY_TASKS, HOME]


def _may_ask(visit: Visit, about: Mapping[str, Any]) -> bool:
    """Whether one may ask: for mine everybody, for the unit's who confirms there, for everybody's the office."""
    scope = about.get("scope", "mine")
    return scope == "mine" or visit.may(May.CONFIRM if scope == "unit" else May.RECEIVE)


COMMAND = Command("lichnhac", _("When I am reminded"), _("my reminders|reminders"), run, EVERYBODY)
REMINDERS = JobKind("reminders", reminders, whose(WHO[May.RECEIVE], _may_ask))
FEATURE = Feature(__name__, commands=(COMMAND,), jobs=(REMINDERS,))
