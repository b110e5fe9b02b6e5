"""«Hẹn gửi»: a day that is promised silences the reminders until it is over; only a broken promise climbs."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from bot import filing
from bot.commands import Command, Conversation, Facts, Visit
from bot.days import read_day
from bot.dialogue.fields import Day
from bot.dialogue.form import Field, Form
from bot.dialogue.turn import Answers, Button, Choice, Say, Scene
from bot.duties import kind_of
from bot.i18n import Part, Weekday, _
from bot.obligations import Obligation
from bot.people import May
from storage import deadlines

SURE = "chac"
"""Said by the button that promises a day after the last one allowed."""


def run(visit: Visit, args: str) -> Say:
    """«/hen 8/11», «hẹn thứ Năm»: for the one duty that waits; with several it asks for which."""
    waiting = [
        each for each in filing.owed(visit) if each.speaks and not each.subject and each.duty.by == "unit"
    ]
    if not waiting:
        return Say(
            [_("Nothing waits that a day could be promised for.")],
            buttons=(Button(_("My tasks"), "/viec"), Button(_("Home"), "/menu")),
        )
    if len(waiting) > 1:
        return Say(
            [_("For which of these is the day promised?")],
            buttons=(
                *(Button(kind_of(each).listed(each), f"/viechan hen {each.duty.code} {each.year}") for each in waiting),
                Button(_("Home"), "/menu"),
            ),
        )  # fmt: skip
    subject = f"{waiting[0].duty.code}:{waiting[0].year}"
    sure = args.startswith(f"{SURE} ")
    said = args.removeprefix(SURE).removeprefix("gửi").strip()
    day = read_day(said, visit.said.date()) if said else None
    if day is None or day < visit.said.date():
        return visit.open(PROMISE, subject)
    scene, value = visit.scene(facts(visit, subject)), day.isoformat()
    if (why := too_late(value, {}, scene)) is not None:
        return visit.open(PROMISE, subject, None, why)
    if (doubt := after_the_due(value, {}, scene)) is not None and not sure:
        keep = Button(_("Promise it all the same"), f"/hen {SURE} {value}")
        return Say([doubt], buttons=(keep, Button(_("Another day"), "/hen"), Button(_("Home"), "/menu")))
    return promise(visit, subject, {"day": value})


def next_days(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """The next working days, up to the last one in time."""
    found: Obligation = scene.facts["owed"]
    calendar = scene.facts["calendar"]
    day, offered = scene.now.date(), list[Choice]()
    past = found.last_workday is not None and scene.now.date() >= found.last_workday
    while len(offered) < 4 and (day := day + timedelta(days=1)) <= found.locks:
        in_time = found.last_workday is None or day <= found.last_workday
        if calendar.works(day) and (in_time or past):
            offered.append(Choice(day.isoformat(), _("Send on {weekday}, {day}", weekday=Weekday(day), day=day)))  # fmt: skip
    return offered


def too_late(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """Nothing can be sent after the year is locked."""
    found: Obligation = scene.facts["owed"]
    if date.fromisoformat(value) > found.locks:
        return _("Nothing can be sent after {day}, when the year is locked.", day=found.locks)
    return None


def after_the_due(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """A day after the last one allowed is taken, and said to be so."""
    found: Obligation = scene.facts["owed"]
    if found.due is None or scene.today > found.due or date.fromisoformat(value) <= found.due:
        return None
    return _(
        "The last day allowed is {due}; what is sent after it is marked «sent after the deadline». Promise {day} all the same?",
        due=found.due, day=date.fromisoformat(value),
    )  # fmt: skip


FORM = Form(
    "promise",
    title=lambda answers, scene: _(
        "Promise a day: {what} of {year}",
        what=kind_of(scene.facts["owed"]).what,
        year=scene.facts["owed"].year,
    ),
    fields=(
        Field(
            "day", _("Day"), _("On which day will {you} send it? Until then the assistant does not remind of it."),
            Day(past=False), choices=next_days, example=_("Thursday, 04/11"), refuse=too_late,
            ask_again=after_the_due, keep=_("Promise it all the same"),
        ),
    ),
    send=lambda answers, scene: _("Promise it"),
    at_once=True,
)  # fmt: skip


def facts(visit: Visit, subject: str) -> Facts:
    """The duty promised, and the working calendar."""
    duty, _colon, year = subject.partition(":")
    return Facts(owed=lambda: filing.obligation(visit, duty, year), calendar=lambda: visit.office.calendar)


def promise(visit: Visit, subject: str, answers: Answers) -> Say:
    """Keep the day; a broken promise is reminded of again."""
    duty, _colon, year = subject.partition(":")
    day = date.fromisoformat(answers["day"])
    deadlines.promise(
        visit.tx, unit=visit.me.unit, duty=duty, year=int(year), day=day, by=visit.me.id, now=visit.said
    )  # fmt: skip
    visit.note("promised", f"{duty}:{year}", day=day.isoformat())
    return Say(
        [
            _("✅ Noted: {weekday}, {day}.", weekday=Weekday(day), day=day),
            _("The assistant does not remind of it until the end of that day; if it is not sent then, the reminders go on."),
        ],
        buttons=(Button(_("My tasks"), "/viec"), Button(_("Home"), "/menu")),
    )  # fmt: skip


PROMISE = Conversation(
    "promise",
    title=lambda plan, subject: _("Promising a day"),
    form=lambda plan: FORM,
    file=promise,
    facts=facts,
)
HEN = Command(
    "hen", _("Promise a day"), _("promise"), run, needs=May.DELEGATE, serves=filing.sends
)  # fmt: skip
CONVERSATIONS = (PROMISE,)
