"""Leave, a journey, a course: nobody is reminded while away; whoever was named acts meanwhile."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from bot.conversation import EVERYBODY, HOME, MY_TASKS, Command, Conversation, Feature, Notice, Visit
from bot.dialogue import Answers, Button, Choice, Day, Field, Form, OneOf, Say, Scene, Window, in_days
from bot.language import Part, Text, _, fold
from bot.movement import Role, titled
from bot.office.roster import leave
from bot.office.roster.leave import LeaveFacts
from storage import people

OVER = frozenset({"thoi", "het", "da ve", "ve roi", "back"})
ONLY_HERE = _("This holds in the assistant only and does not take the place of a written authorisation to sign.")
BACK = (Button(_("I am back"), "/nghiphep thoi"), MY_TASKS, HOME)


def run(visit: Visit, args: str) -> Say:
    """Answer «nghỉ phép đến 15/11», «đi công tác từ 10/11 đến 15/11», «đi học»; «nghỉ phép thôi» ends it."""
    me, today = visit.me, visit.said.date()
    if fold(args) in OVER:
        return _end(visit)
    if me.away_until is not None and me.away_until >= today and not args:
        return _is_away(visit)
    said = leave.read_days(args, today)
    if said is None or said[1] < today:
        return visit.open(LEAVE)
    first, last = said
    if last < first:
        return visit.open(LEAVE, "", None, _too_early(first))
    return visit.open(LEAVE, "", typed={"first": first.isoformat(), "last": last.isoformat()})


def _is_away(visit: Visit) -> Say:
    """Return how it stands, and how to end it."""
    return Say([*leave.lines(visit, visit.me), ONLY_HERE], buttons=BACK)


def _end(visit: Visit) -> Say:
    leave.end(visit)
    return Say(
        [_("✅ Noted: {you_name} are back. Reminders come to {you} again from now on.")], buttons=(MY_TASKS, HOME)
    )


# The form -------------------------------------------------------------------------------------


def colleagues(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Return who can act: the deputies first."""
    ordered = sorted(LeaveFacts.of(scene).colleagues, key=lambda person: person.role != Role.DEPUTY)
    return [Choice(person.id, titled(person), person=person.name) for person in ordered[:8]]


def ask_who_acts(answers: Answers, scene: Scene) -> Sequence[Part]:
    """Return who acts; where nobody would unless somebody is named, that is said before it is left open."""
    lines: list[Part] = [_("Who acts for {you} in the assistant in this time?")]
    facts = LeaveFacts.of(scene)
    if facts.goes_on and not facts.deputies:
        lines.append(_("The unit has no deputy: unless somebody is named, what is due in this time reaches nobody."))
    return lines


def if_nobody(answers: Answers, scene: Scene) -> Text:
    """Return who acts when nobody is named: a head's deputies; for a deputy, or without one, nobody does."""
    facts = LeaveFacts.of(scene)
    if facts.goes_on and facts.deputies:
        return _("The deputies of the unit")
    return _("Name nobody")


def hands_over(answers: Answers, scene: Scene) -> bool:
    """Whether anything is due that a colleague could do meanwhile."""
    facts = LeaveFacts.of(scene)
    return facts.hands_over and bool(facts.colleagues)


def not_before(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """Refuse a last day before the first."""
    first = answers.get("first")
    if first is not None and date.fromisoformat(value) < date.fromisoformat(first):
        return _too_early(date.fromisoformat(first))
    return None


def _too_early(first: date) -> Part:
    return _("The last day cannot come before the first one ({first}).", first=first)


def next_days(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Return today, as the first day."""
    return [Choice(scene.today.isoformat(), _("From today on"))]


def half_a_year(answers: Answers, scene: Scene) -> date | None:
    """Return six months from the first day: a longer leave is hardly meant."""
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
            when=hands_over,
            skip=if_nobody,
        ),
    ),
    send=lambda answers, scene: _("Note it"),
    review=lambda answers, scene: [ONLY_HERE],
)


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Store it, and tell whoever acts."""
    first, last = date.fromisoformat(answers["first"]), date.fromisoformat(answers["last"])
    to = answers.get("to")
    person = leave.begin(visit, first, last, to)
    if to is not None:
        visit.tell(to, STANDS_IN, by=visit.me.id)
    return Say([_("✅ Noted."), *leave.lines(visit, person), ONLY_HERE], buttons=BACK)


def stands_in(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell whoever acts meanwhile: for whom, and how long."""
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
        buttons=(MY_TASKS,),
    )


LEAVE = Conversation(
    "leave",
    title=lambda plan, subject: _("Leave or journey"),
    form=lambda plan: FORM,
    file=file,
    serves=EVERYBODY,
    facts=LeaveFacts,
)
COMMAND = Command("nghiphep", _("Leave or journey"), _("on leave|journey|course"), run, EVERYBODY, acts=("thoi",))
STANDS_IN = Notice("leave", stands_in, EVERYBODY)
FEATURE = Feature(__name__, commands=(COMMAND,), forms=(LEAVE,), notices=(STANDS_IN,))
