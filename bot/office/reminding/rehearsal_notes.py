"""What a rehearsal says beside duties and digests, from what is known now: days off, dates, what is open again, requests. Pure."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.movement import Ladders, ToSay, away, year_to_confirm
from bot.office.reminding import daily_extras, dated_notes, reopening_reminders
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
    again = reopening_reminders.to_say(stage.reopened, stage.circles, stage.plan, stage.calendar, now, said)
    asked = _asked(stage, ladders, now, said)
    for told in (*again, *dated_notes.to_say(stage.dated, today, said), *asked):
        found.setdefault(told.person, ToSay(told.person)).take(told)
    return found


def _asked(
    stage: "RehearsalStage[Any]", ladders: Ladders, now: datetime, said: Collection[tuple[str, int]]
) -> Iterable[ToSay]:
    """Return what is said of requests, all of one person together."""
    found: dict[int, ToSay] = {}
    for each in stage.asked:
        for call in asked_reminders.calls(each, stage.desk, ladders, now):
            if (call.key, call.person) not in said:
                told = found.setdefault(call.person, ToSay(call.person, notes={daily_extras.ASKED: []}))
                told.notes[daily_extras.ASKED].append((each.request, call.code))
                told.keys.append(call.key)
    return found.values()
