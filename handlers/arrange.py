"""What hangs on a ping: name who drafts, promise a day, and why it came."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from bot import filing
from bot.commands import Command, Conversation, Facts, Visit
from bot.dialogue.fields import Day
from bot.dialogue.form import Field, Form
from bot.dialogue.turn import Answers, Button, Choice, Say, Scene
from bot.duties import KINDS, kind_of
from bot.i18n import Count, Joined, Part, Weekday, _
from bot.obligations import Obligation
from bot.people import May, Role, meant, titled
from bot.pings import rung_name
from bot.reminders import rungs
from storage import deadlines, people
from storage.people import Person


def run(visit: Visit, args: str) -> Say:
    """«/viechan giao results 2027 [person]», «hen results 2027», «visao results 2027»."""
    verb, _space, rest = args.partition(" ")
    duty, year, who = (*rest.split(" ", 2), "", "", "")[:3]
    found = filing.obligation(visit, duty, year) if duty in KINDS else None
    if found is None:
        return Say(
            [_("This task has not been opened.")],
            buttons=(Button(_("My tasks"), "/viec"), Button(_("Home"), "/menu")),
        )
    if found.fulfilled is not None:
        return Say(
            [_("The {what} of {year} has been sent already.", what=KINDS[duty].what, year=found.year)],
            buttons=(Button(_("My tasks"), "/viec"), Button(_("Home"), "/menu")),
        )
    if verb == "visao":
        return why(visit, found)
    if not (visit.may(May.DELEGATE) or filing.sends(visit)):
        return Say(
            [_("Only the head of the unit or the deputy arranges this.")],
            buttons=(Button(_("My tasks"), "/viec"), Button(_("Home"), "/menu")),
        )
    if verb == "hen":
        return visit.open(PROMISE, f"{duty}:{found.year}")
    return give(visit, found, who)


# Why ------------------------------------------------------------------------------------------


def why(visit: Visit, found: Obligation) -> Say:
    """By which clause, as whom, how many others still owe, and where the ladder stands."""
    kind, today = kind_of(found), visit.now.date()
    ladder = rungs(found.period, visit.plan, visit.office.calendar)
    lines: list[Part] = [_("Why {you_name} gets this message")]
    if found.due is not None:
        lines.append(
            _("{clause} of the plan asks for {task}; {desk} collects it by the end of {due} ({weekday}).",
              clause=found.duty.clause, task=kind.task(found), desk=visit.plan.office.desk, due=found.due,
              weekday=Weekday(found.due))
        )  # fmt: skip
    lines.append(_as_whom(visit, found))
    if not found.subject and found.duty.by == "unit" and (others := _others(visit, found)):
        lines.append(_("{n} other units have not sent it yet.", n=Count(others)))
    stands = [rung for rung in ladder if rung.day <= today]
    said = [
        _("{day} ({name}, today's)", day=f"{rung.day:%d/%m}", name=rung_name(rung.code))
        if stands and rung is stands[-1]
        else _("{day} ({name})", day=f"{rung.day:%d/%m}", name=rung_name(rung.code))
        for rung in ladder
        if rung.rung.here
    ]
    if said:
        lines.append(_("Its days: {rungs}.", rungs=Joined(said)))
    if any("office" in rung.rung.to for rung in ladder):
        lines.append(_("Only {desk} hears of it after that; nobody is named in a group.", desk=visit.plan.office.desk))  # fmt: skip
    lines.append(_("At most one message a day, in office hours of working days. Once it is done, it stops."))
    buttons = [Button(kind.open(found), kind.opening(found)), Button(_("When I am reminded"), "/lichnhac")]
    return Say(lines, buttons=(*buttons, Button(_("Home"), "/menu")))


def _as_whom(visit: Visit, found: Obligation) -> Part:
    """In which role it comes to this person."""
    if found.duty.by == "office":
        return _("{You_name} gets it as one of {desk}, which sends it.", desk=visit.plan.office.desk)
    if found.subject:
        return _("{You_name} gets it as one who confirms the sheets of {unit}.", unit=visit.me.unit_name)
    if visit.may(May.DRAFT) or filing.sends(visit):
        return _("{You_name} gets it as one who drafts or sends for {unit}.", unit=visit.me.unit_name)
    return _("The head of {unit} has given it to {you_name}.", unit=visit.me.unit_name)


def _others(visit: Visit, found: Obligation) -> int:
    """How many other units still owe the same."""
    units = visit.tx.one(people.COUNT_UNITS) or 0
    done = visit.tx.one(deadlines.FILED_COUNT, duty=found.duty.code, year=found.year) or 0
    return max(0, units - done - (found.fulfilled is None))


# Giving it to somebody ------------------------------------------------------------------------


def give(visit: Visit, found: Obligation, said: str) -> Say:
    """Name who drafts; the head still sends."""
    what = kind_of(found).what
    able = [
        person
        for person in visit.tx.all(people.OF_UNIT, unit=visit.me.unit)
        if person.id != visit.me.id and person.role in (Role.OFFICER, Role.DRAFTER, Role.DEPUTY, Role.OFFICE)
    ]  # fmt: skip
    named = meant(said, able)
    if len(named) != 1:
        return _ask_whom(found, able)
    chosen = named[0]
    deadlines.delegate(
        visit.tx, unit=visit.me.unit, duty=found.duty.code, year=found.year, person=chosen.id,
        by=visit.me.id, now=visit.now,
    )  # fmt: skip
    visit.note("delegated", f"{found.duty.code}:{found.year}", who=chosen.id)
    visit.tell(chosen.id, "delegated", duty=found.duty.code, year=found.year, by=visit.me.id)
    return Say(
        [
            _("✅ {who} drafts the {what} of {year}.", who=titled(chosen), what=what, year=found.year),
            _("{You_name} is told when the draft is ready, looks it over and sends it."),
        ],
        buttons=(
            Button(_("Open the {what}", what=what), kind_of(found).opening(found)),
            Button(_("Home"), "/menu"),
        ),
    )  # fmt: skip


def _ask_whom(found: Obligation, able: Sequence[Person]) -> Say:
    about = f"{found.duty.code} {found.year}"
    if not able:
        line = _("Nobody else of the unit is in the list of people. Please talk to the office.")
    else:
        line = _("Who drafts the {what} of {year}?", what=kind_of(found).what, year=found.year)
    return Say(
        [line],
        buttons=(
            *(Button(titled(person), f"/viechan giao {about} {person.id}") for person in able[:10]),
            Button(_("Home"), "/menu"),
        ),
    )


def delegated(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """To whoever was named: what it is, by when, and that the head sends it."""
    found = filing.obligation(visit, about["duty"], str(about["year"]))
    head = visit.tx.one(people.BY_ID, id=about["by"])
    if found is None or head is None or found.fulfilled is not None:
        return None
    if not filing.delegated(visit, about["duty"], about["year"]):
        return None
    what = kind_of(found).what
    lines: list[Part] = [
        _("{who} asks {you_name} to draft the {what} of {year}.", who=titled(head), what=what, year=found.year),
    ]  # fmt: skip
    if found.due is not None:
        lines.append(_("It goes to {desk} by the end of {due} ({weekday}); the head sends it.",
                       desk=visit.plan.office.desk, due=found.due, weekday=Weekday(found.due)))  # fmt: skip
    return Say(lines, buttons=(Button(_("Open the {what}", what=what), kind_of(found).opening(found)),))


# Promising a day ------------------------------------------------------------------------------


def next_days(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """The next working days, up to the last one in time."""
    found: Obligation = scene.facts["owed"]
    calendar = scene.facts["calendar"]
    day, offered = scene.today, list[Choice]()
    past = found.last_workday is not None and scene.today >= found.last_workday
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
        visit.tx, unit=visit.me.unit, duty=duty, year=int(year), day=day, by=visit.me.id, now=visit.now
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
ARRANGE = Command(
    "viechan", _("Arrange a task"), _("arrange a task"), run, needs=May.DRAFT,
    serves=lambda visit: any(filing.helps(duty)(visit) for duty in KINDS), listed=False,
)  # fmt: skip
CONVERSATIONS = (PROMISE,)
NEWS = {"delegated": delegated}
