"""What the day's message says of something that waits for somebody until a day: on steps around it, each said once.

Read once; what is said on a day, and what a rehearsal plays, follow from it without reading again.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.conversation import Office
from bot.language import Text, _
from bot.movement import DESK_ROLES, Calendar, Role, ToSay, away, senders
from bot.office.announcements import unanswered
from bot.office.difficulties.difficulty_moves import last_day
from bot.office.reminding import unit_context
from bot.office.reminding.merged_notes import merged
from storage import awards, difficulties, office_papers, people, unit_tasks
from storage.awards import AwardState
from storage.db import Snapshot
from storage.difficulties import DifficultyState, Raised
from storage.office_papers import PaperStage
from storage.outbox import NoticeCode
from storage.people import Person

DIFFICULTIES, UNIT_TASKS, ITEMS = NoticeCode("difficulties"), NoticeCode("unit_tasks"), NoticeCode("items")
AWARD_DUE, REPORT_DRAFT = NoticeCode("award_due"), NoticeCode("report_draft")
BEFORE_LEADERS = NoticeCode("before_leaders")
"""Parts of the day's message."""
TEXTS: Mapping[NoticeCode, Text] = {
    DIFFICULTIES: _("Difficulties that wait"),
    UNIT_TASKS: _("Tasks that the unit was given"),
    ITEMS: _("What is registered and waits for somebody until a day"),
    unanswered.NOTE: _("Announcements that were not answered"),
    BEFORE_LEADERS: _("What was put before {leaders}"),
    REPORT_DRAFT: _("The draft of the office's report"),
}
"""What a rehearsal calls them."""


@dataclass(frozen=True, slots=True)
class DatedNote:
    """One thing that waits: which part says it of what, to whom, on which days, each with the key that it is said under."""

    name: NoticeCode
    value: Any
    people: Sequence[Person]
    days: Mapping[date, str]

    def come(self, today: date) -> str:
        """Return the key of the newest step that has come; nothing before the first."""
        return next((key for day, key in sorted(self.days.items(), reverse=True) if day <= today), "")

    def whom(self, today: date, said: Collection[tuple[str, int]]) -> list[Person]:
        """Return who is to be told today and was not."""
        key = self.come(today)
        return [each for each in self.people if key and (key, each.id) not in said and not away(each, today)]


def to_say(notes: Sequence[DatedNote], today: date, said: Collection[tuple[str, int]]) -> Collection[ToSay]:
    """Return what is said of them today, to each person."""
    return merged(
        (person.id, note.name, note.value, note.come(today)) for note in notes for person in note.whom(today, said)
    )


def steps_around(calendar: Calendar, due: date, steps: Sequence[int], key: str, after: date) -> Mapping[date, str]:
    """Return the days of the steps that come after something was given, for on that day it was told by hand."""
    last = due if calendar.works(due) else calendar.previous_workday(due)
    found = {calendar.shift(last, step): f"{key}:{step}" for step in sorted(steps)}
    return {day: each for day, each in found.items() if day > after}


async def read(snapshot: Snapshot, office: Office, now: datetime) -> list[DatedNote]:
    """Read everything that waits for somebody until a day."""
    plan, calendar, zone = office.plan, office.calendar, now.tzinfo
    everybody = await snapshot.all(people.EVERYBODY)
    units: dict[str, list[Person]] = {}
    for person in everybody:
        units.setdefault(person.unit, []).append(person)
    found = list[DatedNote]()
    for each in await snapshot.all(difficulties.WAITING):
        due = last_day(plan, calendar, each, zone)
        days = steps_around(
            calendar,
            due,
            plan.difficulty_days.reminded,
            f"difficulty:{each.code}:{each.step}",
            each.since.astimezone(zone).date(),
        )
        found.append(DatedNote(DIFFICULTIES, each.code, _owners(each, everybody, units, now.date()), days))
        if each.state is DifficultyState.LEADERS:
            found.append(_before_leaders(calendar, each.code, each.step, each.since.astimezone(zone), everybody))
    for task in await snapshot.all(unit_tasks.OPEN):
        key = f"unit_task:{task.id}:{task.step}"
        days = steps_around(calendar, task.day, plan.difficulty_days.tasks, key, task.at.astimezone(zone).date())
        found.append(DatedNote(UNIT_TASKS, task.id, senders(units.get(task.unit, []), now.date()), days))
    desk = [person for person in everybody if person.role in DESK_ROLES]
    for award in await snapshot.all(awards.WAITING):
        if award.state is AwardState.PROPOSED and award.answer_by is not None:
            since = award.at.astimezone(zone).date()
            days = steps_around(
                calendar, award.answer_by, plan.awards.remind, f"award:{award.code}:{award.version}", since
            )
            found.append(DatedNote(AWARD_DUE, award.code, desk, days))
        if award.state is AwardState.FORWARDED and award.decided is not None:
            found.append(
                _before_leaders(calendar, award.code, award.version, award.decided.astimezone(zone), everybody)
            )
    found += await _drafts(snapshot, office, desk, now)
    for silent in await unanswered.to_remind(snapshot, office, now):
        those = [person for person in everybody if person.id in silent.people]
        found.append(DatedNote(unanswered.NOTE, silent.announcement, those, {silent.day: silent.key}))
    return found


def _before_leaders(calendar: Calendar, code: str, step: int, at: datetime, everybody: Sequence[Person]) -> DatedNote:
    """Tell each leader once, on the working day after it was put before them."""
    day = calendar.shift(at.date(), 1)
    leaders = [person for person in everybody if person.role == Role.LEADER]
    return DatedNote(BEFORE_LEADERS, code, leaders, {day: f"before_leaders:{code}:{step}"})


MADE = 10
"""Working days from the one after the last on in which the office is told of the draft, if nothing ran on it."""


async def _drafts(snapshot: Snapshot, office: Office, desk: Sequence[Person], now: datetime) -> list[DatedNote]:
    """Read of which years the reports are due: on the first working day after the last the draft can be made."""
    found = list[DatedNote]()
    for each in await unit_context.opened(snapshot, office):
        if each.duty.how != "results" or each.quiet or each.last_workday is None:
            continue
        day = office.calendar.shift(each.last_workday, 1)
        newest = await snapshot.one(office_papers.NEWEST, first=each.year, last=each.year)
        past = newest is not None and newest.stage is not PaperStage.DRAFT
        if not past and now.date() <= office.calendar.shift(day, MADE):
            found.append(DatedNote(REPORT_DRAFT, each.year, desk, {day: f"report_draft:{each.year}"}))
    return found


def _owners(
    raised: Raised, everybody: Sequence[Person], units: Mapping[str, list[Person]], today: date
) -> list[Person]:
    """Return who has it now, as `difficulty_moves.owners` does in a turn."""
    desk = [person for person in everybody if person.role in DESK_ROLES]
    acting = senders(units.get(raised.unit, []), today)
    if raised.state is DifficultyState.ANSWERED:
        asker = [person for person in everybody if person.id == raised.by]
        return asker or (desk if raised.way is DifficultyState.DESK else acting)
    return acting if raised.state is DifficultyState.HEAD else desk
