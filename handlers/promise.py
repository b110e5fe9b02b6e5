"""«Hẹn gửi»: a day that is promised silences the reminders until it is over; only a broken promise climbs."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from bot.conversation import HOME, MY_TASKS, Command, Conversation, Feature, Serves, Visit, allowed
from bot.dialogue import Answers, Button, Choice, Day, Facts, Field, Form, Reading, Say, Scene, Value, Wrong
from bot.language import Part, Weekday, _
from bot.movement import May, Obligation
from bot.office.duties import duty_words, submissions
from bot.office.duties.duty_kinds import duty_named, kind_of, of_year
from bot.office.duties.duty_kinds import named as of
from bot.office.requests import asked_elsewhere
from storage import deadlines

SURE = "chac"
"""Said by the button that promises a day after the last one allowed."""


def run(visit: Visit, args: str) -> Say:
    """Answer «/hen 8/11», «hẹn thứ Năm»: for the one duty that waits; with several ask which, and keep the day."""
    waiting = promised(visit)
    if (asked := asked_elsewhere.not_promised(visit, args, bool(waiting))) is not None:
        return asked
    if not waiting:
        return Say([_("Nothing waits that a day could be promised for.")], buttons=(MY_TASKS, HOME))
    duty, year, *rest = (*args.split(), "", "")
    named = next(
        (each for each in waiting if [duty_named(visit.plan, duty), year] == [each.duty.code, str(each.year)]), None
    )
    if named is None and len(waiting) > 1:
        waiting = duty_words.meant(duty_words.words_of(visit, args), waiting, visit) or waiting
        named = waiting[0] if len(waiting) == 1 else None
        rest = [args]
    said = args if named is None else " ".join(rest).strip()
    sure, said = said.startswith(f"{SURE} "), said.removeprefix(SURE).strip()
    found = named or waiting[0]
    scene = visit.scene(PromiseFacts(visit, _subject(found)))
    reading = _day(visit, said, scene)
    if named is None and len(waiting) > 1:
        return _which(waiting, reading)
    if scene.today > _last(scene):
        return Say(ask({}, scene), buttons=(MY_TASKS, HOME))
    if not isinstance(reading, Value):
        why = [reading.why] if isinstance(reading, Wrong) else []
        return visit.open(PROMISE, _subject(found), None, *why)
    if (why_not := too_late(reading.value, {}, scene)) is not None:
        return visit.open(PROMISE, _subject(found), None, why_not)
    if (doubt := after_the_due(reading.value, {}, scene)) is not None and not sure:
        keep = Button(_("Promise it all the same"), f"/hen {of(found)} {SURE} {reading.value}")
        another = Button(_("Another day"), f"/hen {of(found)}")
        return Say([doubt], buttons=(keep, another, HOME))
    return promise(visit, _subject(found), {"day": reading.value})


def promised(visit: Visit) -> list[Obligation]:
    """Return what a day can be promised for."""
    return [each for each in submissions.owed(visit) if each.speaks and not each.subject and each.duty.by == "unit"]


def _day(visit: Visit, said: str, scene: Scene) -> Reading | None:
    """Read the day that was promised, alone or among the words of what is promised; None where nothing was said of a day."""
    reading = DAY.read(said, {}, scene) if said else None
    if not isinstance(reading, Wrong):
        return reading
    if day := duty_words.day_in(said, visit):
        return DAY.read(day, {}, scene)
    return reading if any(map(str.isdigit, said)) or not duty_words.names_any(said, visit) else None


def _subject(owed: Obligation) -> str:
    return f"{owed.duty.code}:{owed.year}"


def _which(waiting: Sequence[Obligation], reading: Reading | None) -> Say:
    """Return which of several duties is meant: the day that was said goes with each."""
    lines: list[Part] = [_("For which of these is the day promised?")]
    if isinstance(reading, Value):
        day = date.fromisoformat(reading.value)
        lines = [_("{weekday}, {day}: for which of these is it promised?", weekday=Weekday(day), day=day)]
        says = {_subject(each): f"/hen {of(each)} {reading.value}" for each in waiting}
    else:
        if isinstance(reading, Wrong):
            lines.insert(0, reading.why)
        says = {_subject(each): f"/hen {of(each)}" for each in waiting}
    buttons = [Button(kind_of(each).listed(each), says[_subject(each)]) for each in waiting]
    return Say(lines, buttons=(*buttons, HOME))


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


def _last(scene: Scene) -> date:
    """Return the last day that may be promised."""
    found = PromiseFacts.of(scene).owed
    return found.duty.promising(found.due, found.year)


def next_days(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Return the next working days, up to the last one in time."""
    facts = PromiseFacts.of(scene)
    found, calendar = facts.owed, facts.calendar
    day, offered = scene.now.date(), list[Choice]()
    past = found.last_workday is not None and scene.now.date() >= found.last_workday
    while len(offered) < 4 and (day := day + timedelta(days=1)) <= _last(scene):
        in_time = found.last_workday is None or day <= found.last_workday
        if calendar.works(day) and (in_time or past):
            offered.append(Choice(day.isoformat(), _("Send on {weekday}, {day}", weekday=Weekday(day), day=day)))
    return offered


def ask(answers: Answers, scene: Scene) -> Sequence[Part]:
    """Return the question; or that it is too late for any promise."""
    if scene.today > (last := _last(scene)):
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
    if date.fromisoformat(value) <= (last := _last(scene)):
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


def promise(visit: Visit, subject: str, answers: Answers) -> Say:
    """Store the day; a broken promise is reminded of again."""
    duty, _colon, year = subject.partition(":")
    day = date.fromisoformat(answers["day"])
    deadlines.promise(visit.tx, unit=visit.me.unit, duty=duty, year=int(year), day=day, by=visit.me.id, now=visit.said)
    visit.note("promised", f"{duty}:{year}", day=day.isoformat())
    of = submissions.obligation(visit, duty, year)
    noted = _("✅ Noted: {weekday}, {day}.", weekday=Weekday(day), day=day)
    if of is not None:
        what = of_year(of.duty)
        noted = _("✅ Noted: {weekday}, {day}: {what} {year}.", weekday=Weekday(day), day=day, what=what, year=of.year)
    until = _(
        "The assistant does not remind of it until the end of that day; if it is not sent then, the reminders go on."
    )
    return Say([noted, until], buttons=(MY_TASKS, HOME))


def _known(visit: Visit, subject: Any) -> bool:
    """Whether the plan still has what a day is promised for."""
    return subject is None or submissions.obligation(visit, *str(subject).split(":")) is not None


def _reads(visit: Visit, sentence: str) -> tuple[str, str] | None:
    waiting = promised(visit)
    return duty_words.command_words(visit, sentence, waiting) if len(waiting) > 1 else None


SERVES: Serves[Visit] = allowed(May.DELEGATE, submissions.sends, _known)
PROMISE = Conversation(
    "promise",
    title=lambda plan, subject: _("Promising a day"),
    form=lambda plan: FORM,
    file=promise,
    serves=SERVES,
    facts=PromiseFacts,
)
HEN = Command("hen", _("Promise a day"), _("promise"), run, SERVES, acts=("*",), reads=_reads)
FEATURE = Feature(__name__, commands=(HEN,), forms=(PROMISE,))
