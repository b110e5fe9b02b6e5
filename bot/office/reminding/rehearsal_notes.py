"""What a rehearsal says beside duties and digests, from what is known now: days off, dates, what is open again, requests. Pure."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.movement import Ladders, ToSay, away, year_to_confirm
from bot.office.reminding import daily_extras, reopening_reminders
from bot.office.requests import asked_reminders

if TYPE_CHECKING:
    from bot.office.reminding.rehearsal import RehearsalStage


def notes(
    stage: "RehearsalStage[Any]", ladders: Ladders, now: datetime, said: Collection[tuple[str, int]]
) -> dict[int, ToSay]:
    """Return the notes that the calendar alone calls for: the next year's days off, dates not given; what is open again."""
    today = now.date()
    lists: dict[str, tuple[str, list[Any]]] = {}
    year = year_to_confirm(today, stage.plan, stage.calendar)
    if year is not None and year not in stage.confirmed:
        lists["calendar"] = f"calendar:{year}", [year]
    if without := daily_extras.undated(stage.periods, today, stage.opened):
        lists["undated"] = daily_extras.weekly_key("undated", today), [list(each) for each in without]
    found: dict[int, ToSay] = {}
    for name, (key, values) in lists.items():
        for person in stage.desk.people:
            if (key, person.id) not in said and not away(person, today) and person.id not in stage.desk.unreached:
                found.setdefault(person.id, ToSay(person.id)).take(ToSay(person.id, notes={name: values}, keys=[key]))
    _reopened(stage, now, said, found)
    _asked(stage, ladders, now, said, found)
    return found


def _asked(
    stage: "RehearsalStage[Any]",
    ladders: Ladders,
    now: datetime,
    said: Collection[tuple[str, int]],
    found: dict[int, ToSay],
) -> None:
    for each in stage.asked:
        for call in asked_reminders.calls(each, stage.desk, ladders, now):
            if (call.key, call.person) not in said:
                note = ToSay(call.person, notes={daily_extras.ASKED: [(each.request, call.code)]}, keys=[call.key])
                to_say = found.setdefault(call.person, ToSay(call.person))
                note.notes[daily_extras.ASKED] += to_say.notes.get(daily_extras.ASKED, [])
                to_say.take(note)


def _reopened(
    stage: "RehearsalStage[Any]", now: datetime, said: Collection[tuple[str, int]], found: dict[int, ToSay]
) -> None:
    circles = {circle.unit: circle for circle in stage.circles}
    for each in stage.reopened:
        key = reopening_reminders.key_of(each, stage.plan, stage.calendar, now)
        circle = circles.get(each.unit) if key else None
        for person in reopening_reminders.hears(circle.people, now) if circle is not None else ():
            if (key, person) not in said and circle is not None and person not in circle.unreached:
                to_say = found.setdefault(person, ToSay(person))
                to_say.notes[daily_extras.REOPENED] = [*to_say.notes.get(daily_extras.REOPENED, ()), each]
                to_say.keys.append(key)
