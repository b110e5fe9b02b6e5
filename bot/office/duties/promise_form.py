"""What a day is promised for, and the one question that is asked: which day; the days that may be promised."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from bot.conversation import Visit
from bot.dialogue import Answers, Choice, Day, Facts, Field, Form, Reading, Scene, Wrong
from bot.language import Part, Weekday, _
from bot.movement import Obligation
from bot.office.duties import duty_words, submissions
from bot.office.duties.duty_kinds import of_year


def promised(visit: Visit) -> list[Obligation]:
    """Return what a day can be promised for."""
    return [each for each in submissions.owed(visit) if each.speaks and not each.subject and each.duty.by == "unit"]


def day_of(visit: Visit, said: str, scene: Scene) -> Reading | None:
    """Read the day that was promised, alone or among the words of what is promised; None where nothing was said of a day."""
    reading = DAY.read(said, {}, scene) if said else None
    if not isinstance(reading, Wrong):
        return reading
    if day := duty_words.day_in(said, visit):
        return DAY.read(day, {}, scene)
    return reading if any(map(str.isdigit, said)) or not duty_words.names_any(said, visit) else None


def subject(owed: Obligation) -> str:
    return f"{owed.duty.code}:{owed.year}"


def reads(visit: Visit, sentence: str) -> tuple[str, str] | None:
    """Return which of several duties a sentence means, for the button that promises."""
    waiting = promised(visit)
    return duty_words.command_words(visit, sentence, waiting) if len(waiting) > 1 else None


class PromiseFacts(Facts):
    """The duty promised, and the working calendar."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._visit, self._subject = visit, subject
        self.calendar = visit.office.calendar

    @cached_property
    def owed(self) -> Obligation:
        """What is promised."""
        duty, _colon, year = self._subject.partition(":")
        found = submissions.obligation(self._visit, duty, year)
        assert found is not None
        return found


def last_day(scene: Scene) -> date:
    """Return the last day that may be promised."""
    found = PromiseFacts.of(scene).owed
    return found.duty.promising(found.due, found.year)


def next_days(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Return the next working days, up to the last one in time."""
    facts = PromiseFacts.of(scene)
    found, calendar = facts.owed, facts.calendar
    day, offered = scene.now.date(), list[Choice]()
    past = found.last_workday is not None and scene.now.date() >= found.last_workday
    while len(offered) < 4 and (day := day + timedelta(days=1)) <= last_day(scene):
        in_time = found.last_workday is None or day <= found.last_workday
        if calendar.works(day) and (in_time or past):
            offered.append(Choice(day.isoformat(), _("Send on {weekday}, {day}", weekday=Weekday(day), day=day)))
    return offered


def ask(answers: Answers, scene: Scene) -> Sequence[Part]:
    """Return the question; or that it is too late for any promise."""
    if scene.today > (last := last_day(scene)):
        return [
            _(
                "A promise could go until {last} at the latest. For a later day the head of the unit asks {desk} for an extension.",
                last=last,
                desk=scene.plan.office.desk,
            )
        ]
    return [_("On which day will {you} send it? Until then the assistant does not remind of it.")]


def too_late(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """Refuse a promise too far after the last day: more is the office's to give."""
    if date.fromisoformat(value) <= (last := last_day(scene)):
        return None
    return _(
        "{day} was not noted: a promise goes until {last} at the latest. For a later day the head of the unit asks {desk} for an extension.",
        day=date.fromisoformat(value),
        last=last,
        desk=scene.plan.office.desk,
    )


def after_the_due(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """Say that a day after the last one allowed is taken as such."""
    found = PromiseFacts.of(scene).owed
    if found.due is None or scene.today > found.due or date.fromisoformat(value) <= found.due:
        return None
    return _(
        "The last day allowed is {due}; what is sent after it is marked «sent after the deadline». Promise {day} all the same?",
        due=found.due,
        day=date.fromisoformat(value),
    )


DAY = Day(past=False)
FORM = Form(
    "promise",
    title=lambda answers, scene: _(
        "Promise a day: {what} of {year}",
        what=of_year(PromiseFacts.of(scene).owed.duty),
        year=PromiseFacts.of(scene).owed.year,
    ),
    fields=(
        Field(
            "day",
            _("Day"),
            ask,
            DAY,
            choices=next_days,
            example=_("Thursday, 04/11"),
            refuse=too_late,
            ask_again=after_the_due,
            keep=_("Promise it all the same"),
        ),
    ),
    send=lambda answers, scene: _("Promise it"),
    at_once=True,
)
