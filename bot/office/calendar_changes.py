"""Changes of the office's own days: what they would bring about, in words, and writing them down."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.conversation import CalendarChanged, Visit
from bot.dialogue import say_days
from bot.documents.calendar_sheet import DayRow
from bot.documents.tables import TableProblem
from bot.language import Count, Joined, Part, Text, _
from bot.movement import Calendar, Override, Plan, days
from bot.office.calendar_listing import Stretch, stretches, when
from bot.office.duties.duty_kinds import what
from storage import audit, calendar
from storage.db import Tx
from storage.deadlines import Deadline


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a duty, by the plan or by the office."""

    what: Part
    year: int
    day: date


@dataclass(frozen=True, slots=True)
class CalendarChanges:
    """What a file would change."""

    put: Sequence[Override]
    unchanged: int
    problems: Sequence[TableProblem]


def dues(plan: Plan, entered: Iterable[Deadline]) -> list[Due]:
    """Return every last day there is in the years of the movement."""
    given = {(each.duty, each.year): each.day for each in entered}
    return [
        Due(what(plan, duty.code), year, day)
        for year in range(plan.first_year, plan.last_year + 1)
        for duty in plan.all_duties
        if duty.owed_in(year)
        and duty.by != "union"
        and (day := duty.last_day(year) or given.get((duty.code, year))) is not None
    ]


def override_of(first: date, last: date, *, off: bool, note: str, source: str) -> list[Override]:
    """Return a stretch as the days it is kept as."""
    return [Override(day, off, note, source) for day in days(first, last)]


def worked_already(known: Calendar, first: date, last: date) -> Text | None:
    """Return why these cannot be make-up days: one of them is worked anyway."""
    for day in days(first, last):
        override = known.override(day)
        if known.works(day) and (override is None or override.off):
            example = day + timedelta(days=(5 - day.weekday()) % 7)
            return _(
                "{day} is a working day already. A make-up day is a Saturday, a Sunday or a day off, for example {example}.",
                day=say_days(day, day),
                example=say_days(example, example),
            )
    return None


def outside(plan: Plan, first: date, last: date) -> Text | None:
    """Return why these days do not belong to the movement's calendar: the year after its last still does."""
    if plan.first_year <= first.year and last.year <= plan.last_year + 1:
        return None
    return _(
        "The calendar takes days from {first} to {last}.",
        first=date(plan.first_year, 1, 1),
        last=date(plan.last_year + 1, 12, 31),
    )


def from_rows(plan: Plan, known: Calendar, rows: Sequence[DayRow]) -> CalendarChanges:
    """Compare the days of a file with the calendar; no day is ever taken back by a file."""
    wrong, put, same = list[TableProblem](), list[Override](), 0
    for row in rows:
        why = outside(plan, row.first, row.last)
        if why is None and not row.off:
            why = worked_already(known, row.first, row.last)
        if why is not None:
            wrong.append(TableProblem(row.line, why, row.sheet))
            continue
        stretch = override_of(row.first, row.last, off=row.off, note=row.note, source=row.source)
        new = [each for each in stretch if known.override(each.day) != each]
        put += new
        same += len(stretch) - len(new)
    return CalendarChanges(put, same, wrong)


def describe(known: Calendar, found: CalendarChanges, due: Sequence[Due]) -> list[Part]:
    """Return what a file changes in words, line by line, and which last working day it moves."""
    new = [each for each in found.put if known.override(each.day) is None]
    changed = [each for each in found.put if known.override(each.day) is not None]
    after = known.setting(found.put)
    lines: list[Part] = [
        _(
            "New days off: {off}; new make-up days: {worked}; changed: {changed}; unchanged: {same}.",
            off=Count(sum(each.off for each in new)),
            worked=Count(sum(not each.off for each in new)),
            changed=Count(len(changed)),
            same=Count(found.unchanged),
        )
    ]
    for each in together(new):
        about = {"when": when(each), "note": Joined(each.names, "; "), "source": each.source}
        if each.off:
            lines.append(_("+ {when}: off, {note} (basis: {source})", **about))
        else:
            lines.append(_("+ {when}: make-up day, {note} (basis: {source})", **about))
    lines += [
        _("~ {day}: {before} → {after}", day=say_days(day, day), before=_state(known, day), after=_state(after, day))
        for day in (each.day for each in changed)
    ]
    return [*lines, *effect(known, after, due)] if found.put else lines


def together(own: Sequence[Override]) -> list[Stretch]:
    """Return days of the office's own, those of one document in one stretch."""
    if not own:
        return []
    alone = Calendar({}, {}, {each.day: each for each in own})
    return stretches(alone, min(alone.own), max(alone.own))


def effect(before: Calendar, after: Calendar, due: Sequence[Due]) -> list[Part]:
    """Return what changes for those who work: days off won or lost, and the last working days that move."""
    touched = [day for day in {**before.own, **after.own} if before.own.get(day) != after.own.get(day)]
    off = [day for day in touched if before.works(day) and not after.works(day)]
    worked = [day for day in touched if after.works(day) and not before.works(day)]
    lines: list[Part] = []
    if off:
        lines.append(_("Working days that become days off: {n}.", n=Count(len(off))))
    if worked:
        lines.append(_("Days off that become working days: {n}.", n=Count(len(worked))))
    if not lines:
        lines.append(_("No working day becomes a day off, nor the other way round."))
    years = {year for day in touched for year in (day.year, day.year + 1)}
    for each in due:
        if each.year not in years:
            continue
        was, now = before.previous_workday(each.day), after.previous_workday(each.day)
        if was != now:
            lines.append(
                _(
                    "⚠️ Last working day to send the {what} of {year}: {was} → {now}.",
                    what=each.what,
                    year=each.year,
                    was=say_days(was, was),
                    now=say_days(now, now),
                )
            )
    return lines


def _state(known: Calendar, day: date) -> Part:
    override = known.override(day)
    if override is not None:
        return _("off, {note}", note=override.note) if override.off else _("make-up day, {note}", note=override.note)
    return _("day off") if not known.works(day) else _("working day")


def write(tx: Tx, put: Iterable[Override], *, by: int | None, now: datetime) -> None:
    """Store days of the office's own, each with its line in the audit."""
    for each in put:
        calendar.put(tx, day=each.day, off=each.off, note=each.note, source=each.source)
        _note(tx, "calendar_set", each, by, now)


def take_back(tx: Tx, back: Iterable[Override], *, by: int | None, now: datetime) -> None:
    """Delete days of the office's own; the audit keeps what they were."""
    for each in back:
        calendar.drop(tx, each.day)
        _note(tx, "calendar_taken_back", each, by, now)


def _note(tx: Tx, what: str, day: Override, by: int | None, now: datetime) -> None:
    about, more = day.day.isoformat(), {"off": day.off, "note": day.note, "source": day.source}
    audit.note(tx, now=now, person=by, what=what, about=about, **more)


def apply(visit: Visit, put: Iterable[Override] = (), back: Iterable[Override] = ()) -> None:
    """Store the changes in a turn; they hold from the next one on."""
    write(visit.tx, put, by=visit.me.id, now=visit.said)
    take_back(visit.tx, back, by=visit.me.id, now=visit.said)
    visit.woken.append(CalendarChanged(visit.tx.all(calendar.ALL)))
