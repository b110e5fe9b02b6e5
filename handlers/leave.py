"""Leave, a journey, a course: nobody is reminded while away; whoever was named acts meanwhile."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from bot.conversation import EVERYBODY, Command, Conversation, Facts, Feature, Notice, Visit
from bot.dialogue import Answers, Button, Choice, Day, Field, Form, OneOf, Say, Scene, Window, in_days
from bot.language import Part, Text, Weekday, _, fold, read_span
from bot.movement import May, Role, titled
from storage import people
from storage.people import Person

OVER = frozenset({"thoi", "het", "da ve", "ve roi", "back"})
FAR = timedelta(days=180)
"""So far ahead a day without a year may lie."""
ONLY_HERE = _("This holds in the assistant only and does not take the place of a written authorisation to sign.")


def run(visit: Visit, args: str) -> Say:
    """«nghỉ phép đến 15/11», «đi công tác từ 10/11 đến 15/11», «đi học»; «nghỉ phép thôi» ends it."""
    me, today = visit.me, visit.said.date()
    if fold(args) in OVER:
        return _end(visit)
    if me.away_until is not None and me.away_until >= today and not args:
        return _is_away(visit)
    said = (read_span(args, today) or read_span(f"{today:%d/%m/%Y} {args}", today)) if args else None
    if said is not None and said[1] < today and not re.search(r"\d{4}", args):
        said = _next_year(said, today)
    if said is None or said[1] < today:
        return visit.open(LEAVE)
    first, last = said
    if last < first:
        return visit.open(LEAVE, "", None, _too_early(first))
    return visit.open(LEAVE, "", typed={"first": first.isoformat(), "last": last.isoformat()})


def _next_year(said: tuple[date, date], today: date) -> tuple[date, date]:
    """«đến 5/1» in December means January; a day that has long passed stays what it is."""
    first, last = (day if day >= today else day.replace(year=day.year + 1) for day in said)
    return (first, last) if last - today <= FAR else said


def _is_away(visit: Visit) -> Say:
    """How it stands, and how to end it."""
    return Say(
        [*_stands(visit, visit.me), ONLY_HERE],
        buttons=(Button(_("I am back"), "/nghiphep thoi"), Button(_("My tasks"), "/viec"), Button(_("Home"), "/menu")),
    )


def _end(visit: Visit) -> Say:
    people.leave(visit.tx, person=visit.me.id, first=None, last=None, to=None)
    visit.note("leave_ended")
    return Say(
        [_("✅ Noted: {you_name} are back. Reminders come to {you} again from now on.")],
        buttons=(Button(_("My tasks"), "/viec"), Button(_("Home"), "/menu")),
    )


def _goes_on(visit: Visit, person: Person) -> bool:
    """Whether what is due goes on without them: a head's does, to somebody named or to the deputies."""
    return visit.may(May.DELEGATE) and person.role != Role.DEPUTY


def _stands(visit: Visit, person: Person) -> list[Part]:
    assert person.away_from is not None and person.away_until is not None
    lines: list[Part] = [
        _(
            "{You_name} are away from {first} to the end of {last} ({weekday}).",
            first=person.away_from,
            last=person.away_until,
            weekday=Weekday(person.away_until),
        )
    ]
    acting = visit.tx.one(people.BY_ID, id=person.away_to) if person.away_to else None
    if acting is not None:
        lines.append(_("What is due in this time goes to {who}.", who=titled(acting)))
    elif _goes_on(visit, person):
        if _deputies(visit.tx.all(people.OF_UNIT, unit=person.unit)):
            lines.append(_("Nobody was named, so what is due in this time goes to the deputies of the unit."))
        else:
            lines.append(
                _(
                    "⚠️ Nobody was named and the unit has no deputy: what is due in this time reaches nobody. Please name somebody."
                )
            )
    else:
        lines.append(_("The assistant reminds {you} of nothing in this time."))
    return lines


# The form -------------------------------------------------------------------------------------


def colleagues(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Who can act: the deputies first."""
    found: Sequence[Person] = scene.facts["colleagues"]
    ordered = sorted(found, key=lambda person: person.role != Role.DEPUTY)
    return [Choice(person.id, titled(person), person=person.name) for person in ordered[:8]]


def ask_who_acts(answers: Answers, scene: Scene) -> Sequence[Part]:
    """Who acts; where nobody would unless somebody is named, that is said before it is left open."""
    lines: list[Part] = [_("Who acts for {you} in the assistant in this time?")]
    if scene.facts["goes_on"] and not _deputies(scene.facts["colleagues"]):
        lines.append(_("The unit has no deputy: unless somebody is named, what is due in this time reaches nobody."))
    return lines


def if_nobody(answers: Answers, scene: Scene) -> Text:
    """Who acts when nobody is named: a head's deputies; for a deputy, or without one, nobody does."""
    if scene.facts["goes_on"] and _deputies(scene.facts["colleagues"]):
        return _("The deputies of the unit")
    return _("Name nobody")


def _deputies(among: Sequence[Person]) -> list[Person]:
    return [person for person in among if person.role == Role.DEPUTY]


def not_before(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """The last day does not come before the first."""
    first = answers.get("first")
    if first is not None and date.fromisoformat(value) < date.fromisoformat(first):
        return _too_early(date.fromisoformat(first))
    return None


def _too_early(first: date) -> Part:
    return _("The last day cannot come before the first one ({first}).", first=first)


def next_days(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Today, as the first day."""
    return [Choice(scene.today.isoformat(), _("From today on"))]


def half_a_year(answers: Answers, scene: Scene) -> date | None:
    """Six months from the first day: a longer leave is hardly meant."""
    first = answers.get("first")
    return (date.fromisoformat(first) if first is not None else scene.today) + timedelta(days=LONGEST)


LONGEST = 183
SOON = Window(in_days(-31), in_days(LONGEST))
NOT_LONGER = Window(last=half_a_year, why=_("Leave and journeys are six months at most as a rule."))
FORM = Form(
    "leave",
    title=lambda answers, scene: _("Leave or journey"),
    fields=(
        Field(
            "first",
            _("From"),
            _("From which day on are {you} away?"),
            Day(believed=SOON),
            choices=next_days,
            example="10/11/2027",
        ),
        Field(
            "last",
            _("Until"),
            _("Until the end of which day?"),
            Day(past=False, believed=NOT_LONGER),
            example="15/11/2027",
            refuse=not_before,
        ),
        Field(
            "to",
            _("Acts meanwhile"),
            ask_who_acts,
            OneOf(colleagues),
            choices=colleagues,
            when=lambda answers, scene: bool(scene.facts["hands_over"] and scene.facts["colleagues"]),
            skip=if_nobody,
        ),
    ),
    send=lambda answers, scene: _("Note it"),
    review=lambda answers, scene: [ONLY_HERE],
)


def facts(visit: Visit, subject: str) -> Facts:
    """The colleagues, and whether anything has to be handed over."""
    return Facts(
        colleagues=lambda: [
            person
            for person in visit.tx.all(people.OF_UNIT, unit=visit.me.unit)
            if person.id != visit.me.id and person.role not in (Role.LEADER, Role.ADMIN)
        ],
        hands_over=lambda: visit.may(May.DELEGATE),
        goes_on=lambda: _goes_on(visit, visit.me),
    )


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Keep it; whoever acts is told."""
    first, last = date.fromisoformat(answers["first"]), date.fromisoformat(answers["last"])
    to = answers.get("to")
    people.leave(visit.tx, person=visit.me.id, first=first, last=last, to=to)
    visit.note("leave", first=first.isoformat(), last=last.isoformat())
    if to is not None:
        visit.tell(to, STANDS_IN, by=visit.me.id)
    person = visit.tx.one(people.BY_ID, id=visit.me.id)
    assert person is not None
    noted = _("✅ Noted.")
    return Say(
        [noted, *_stands(visit, person), ONLY_HERE],
        buttons=(Button(_("I am back"), "/nghiphep thoi"), Button(_("My tasks"), "/viec"), Button(_("Home"), "/menu")),
    )


def leave(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """To whoever acts meanwhile: for whom, and how long."""
    person = visit.tx.one(people.BY_ID, id=about["by"])
    if person is None or person.away_to != visit.me.id or person.away_until is None:
        return None
    if person.away_until < visit.now.date():
        return None
    return Say(
        [
            _(
                "{who} is away from {first} to the end of {last}; what is due in this time comes to {you_name}.",
                who=titled(person),
                first=person.away_from,
                last=person.away_until,
            ),
            ONLY_HERE,
        ],
        buttons=(Button(_("My tasks"), "/viec"),),
    )


LEAVE = Conversation(
    "leave",
    title=lambda plan, subject: _("Leave or journey"),
    form=lambda plan: FORM,
    file=file,
    serves=EVERYBODY,
    facts=facts,
)
COMMAND = Command("nghiphep", _("Leave or journey"), _("on leave|journey|course"), run, EVERYBODY)
STANDS_IN = Notice("leave", leave, EVERYBODY)
FEATURE = Feature(__name__, commands=(COMMAND,), forms=(LEAVE,), notices=(STANDS_IN,))
