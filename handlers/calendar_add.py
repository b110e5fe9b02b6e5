"""Setting days off or make-up days of the office's own: seen with what they change before they are set."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any

from bot.conversation import HOME, Conversation, Feature, Visit, allowed
from bot.dialogue import Answers, Button, Days, Facts, Field, Form, Line, Say, Scene, Window, say_days, span_of
from bot.language import Part, _
from bot.movement import May, Override
from bot.office import calendar_changes
from bot.office.calendar_changes import Due
from storage import deadlines

OFF = "off"
"""The subject of a draft of days off; of make-up days it is "worked"."""


class CalendarFacts(Facts):
    """Off or worked, the calendar as it is, and the last days of the duties."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._visit = visit
        self.off = subject == OFF
        self.calendar = visit.office.calendar

    @cached_property
    def dues(self) -> Sequence[Due]:
        """Every last day there is in the years of the movement."""
        return calendar_changes.dues(self._visit.plan, self._visit.tx.all(deadlines.DEADLINES))


def refuse_days(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """Refuse days outside the movement, and a make-up day that is worked anyway."""
    facts, (first, last) = CalendarFacts.of(scene), span_of(value)
    if (why := calendar_changes.outside(scene.plan, first, last)) is not None or facts.off:
        return why
    return calendar_changes.worked_already(facts.calendar, first, last)


def next_year_end(answers: Answers, scene: Scene) -> date:
    """Refuse a day after the next year: days off are known for this one and the next."""
    return date(scene.today.year + 1, 12, 31)


TO_COME = Window(
    lambda answers, scene: scene.today, next_year_end, _("Days are set before they come, for this year and the next.")
)


def would_change(answers: Answers, scene: Scene) -> Sequence[Part]:
    """Return what the days change, seen before they are set."""
    facts = CalendarFacts.of(scene)
    after = facts.calendar.setting(_overrides(answers, facts.off))
    return [
        *calendar_changes.effect(facts.calendar, after, facts.dues),
        _("The reminders of all units follow it at once. It is seen by {desk}.", desk=scene.plan.office.desk),
    ]


def _overrides(answers: Answers, off: bool) -> list[Override]:
    first, last = span_of(answers["days"])
    return calendar_changes.override_of(first, last, off=off, note=answers["note"], source=answers["source"])


ASK_DAYS = {
    True: [_("Which days are off?"), _("For example: {example}", example=_("04/02/2027, or 04/02/2027 to 10/02/2027"))],
    False: [_("Which days are worked to make up?"), _("For example: {example}", example="13/02/2027")],
}
ASK_NOTE = {
    True: [_("What are they off for?"), _("For example: {example}", example=_("Tết Nguyên đán"))],
    False: [_("What do they make up for?"), _("For example: {example}", example=_("made up for 11/02/2027"))],
}
FORM = Form(
    "calendar",
    title=lambda answers, scene: _("Add days off") if CalendarFacts.of(scene).off else _("Add make-up days"),
    fields=(
        Field(
            "days",
            _("Days"),
            lambda answers, scene: ASK_DAYS[CalendarFacts.of(scene).off],
            Days(believed=TO_COME),
            refuse=refuse_days,
            keep=_("Set it all the same"),
            echo=lambda value, answers, scene: [_("Noted: {days}.", days=say_days(*span_of(value)))],
        ),
        Field(
            "note",
            _("Note"),
            lambda answers, scene: ASK_NOTE[CalendarFacts.of(scene).off],
            Line(shortest=3, longest=120),
        ),
        Field(
            "source",
            _("Basis"),
            _("Which document decides it?"),
            Line(shortest=3, longest=200),
            example=_("the office's letter 12/{sign}-VP of 05/01/2027"),
        ),
    ),
    send=lambda answers, scene: _("Set it in the calendar"),
    review=would_change,
)


def set_days(visit: Visit, subject: str, answers: Answers) -> Say:
    """Store the days; they hold from the next turn on."""
    first, last = span_of(answers["days"])
    put = _overrides(answers, subject == OFF)
    known = visit.office.calendar
    effect = calendar_changes.effect(known, known.setting(put), CalendarFacts(visit, subject).dues)
    calendar_changes.apply(visit, put)
    days, note = say_days(first, last), answers["note"]
    done = (
        _("✅ Set as off: {days}, {note}.", days=days, note=note)
        if subject == OFF
        else _("✅ Set as make-up days: {days}, {note}.", days=days, note=note)
    )
    return Say([done, *effect], buttons=(Button(_("Calendar"), "/lich"), HOME))


ADD = Conversation(
    "calendar",
    title=lambda plan, subject: _("Setting days off") if subject == OFF else _("Setting make-up days"),
    form=lambda plan: FORM,
    file=set_days,
    serves=allowed(May.SETTLE),
    facts=CalendarFacts,
)
FEATURE = Feature(__name__, forms=(ADD,))
