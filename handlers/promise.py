"""«Hẹn gửi»: a day that is promised silences the reminders until it is over; only a broken promise climbs."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.conversation import HOME, MY_TASKS, Command, Conversation, Feature, Serves, Visit, allowed
from bot.dialogue import Answers, Button, Reading, Say, Value, Wrong
from bot.language import Part, Weekday, _
from bot.movement import May, Obligation
from bot.office.duties import duty_words, promise_form, submissions
from bot.office.duties.duty_kinds import duty_named, kind_of, of_year
from bot.office.duties.duty_kinds import named as of
from bot.office.requests import asked_elsewhere
from storage import deadlines

SURE = "chac"
"""Said by the button that promises a day after the last one allowed."""


def run(visit: Visit, args: str) -> Say:
    """Answer «/hen 8/11», «hẹn thứ Năm»: for the one duty that waits; with several ask which, and keep the day."""
    waiting = promise_form.promised(visit)
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
    scene = visit.scene(promise_form.PromiseFacts(visit, promise_form.subject(found)))
    reading = promise_form.day_of(visit, said, scene)
    if named is None and len(waiting) > 1:
        return _which(waiting, reading)
    if scene.today > promise_form.last_day(scene):
        return Say(promise_form.ask({}, scene), buttons=(MY_TASKS, HOME))
    if not isinstance(reading, Value):
        why = [reading.why] if isinstance(reading, Wrong) else []
        return visit.open(PROMISE, promise_form.subject(found), None, *why)
    if (why_not := promise_form.too_late(reading.value, {}, scene)) is not None:
        return visit.open(PROMISE, promise_form.subject(found), None, why_not)
    if (doubt := promise_form.after_the_due(reading.value, {}, scene)) is not None and not sure:
        keep = Button(_("Promise it all the same"), f"/hen {of(found)} {SURE} {reading.value}")
        another = Button(_("Another day"), f"/hen {of(found)}")
        return Say([doubt], buttons=(keep, another, HOME))
    return promise(visit, promise_form.subject(found), {"day": reading.value})


def _which(waiting: Sequence[Obligation], reading: Reading | None) -> Say:
    """Return which of several duties is meant: the day that was said goes with each."""
    lines: list[Part] = [_("For which of these is the day promised?")]
    if isinstance(reading, Value):
        day = date.fromisoformat(reading.value)
        lines = [_("{weekday}, {day}: for which of these is it promised?", weekday=Weekday(day), day=day)]
        says = {promise_form.subject(each): f"/hen {of(each)} {reading.value}" for each in waiting}
    else:
        if isinstance(reading, Wrong):
            lines.insert(0, reading.why)
        says = {promise_form.subject(each): f"/hen {of(each)}" for each in waiting}
    buttons = [Button(kind_of(each).listed(each), says[promise_form.subject(each)]) for each in waiting]
    return Say(lines, buttons=(*buttons, HOME))


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


SERVES: Serves[Visit] = allowed(May.DELEGATE, submissions.sends, _known)
PROMISE = Conversation(
    "promise",
    title=lambda plan, subject: _("Promising a day"),
    form=lambda plan: promise_form.FORM,
    file=promise,
    serves=SERVES,
    facts=promise_form.PromiseFacts,
)
HEN = Command("hen", _("Promise a day"), _("promise"), run, SERVES, acts=("*",), reads=promise_form.reads)
FEATURE = Feature(__name__, commands=(HEN,), forms=(PROMISE,))
