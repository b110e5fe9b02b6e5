"""Buttons of a reminder: name who drafts, promise a day, hear why it came."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.conversation import EVERYBODY, HOME, MY_TASKS, Command, Feature, Notice, Visit
from bot.dialogue import Button, Say
from bot.language import Part, Weekday, _
from bot.movement import May, Obligation, Role, meant, titled
from bot.office.duties import item_texts, submissions
from bot.office.duties.duty_kinds import duty_named, kind_of, named, of_year
from bot.office.reminding import why_reminded
from handlers.promise import PROMISE
from storage import deadlines, initiatives, people
from storage.people import Person


def run(visit: Visit, args: str) -> Say:
    """Return what buttons of earlier messages say: «/viechan giao results 2027 [person]», «hen …», «visao …»."""
    verb, _space, rest = args.partition(" ")
    return _arrange(visit, verb, rest)


def giao(visit: Visit, args: str) -> Say:
    """Answer «giao chuyên viên», «/giao baocao 2027 Nông Văn Mẫu»: who drafts."""
    return _arrange(visit, "giao", args) if _names_a_duty(visit, args) else _the_one(visit, "giao", args)


def visao(visit: Visit, args: str) -> Say:
    """Answer «vì sao tôi nhận tin này», «/visao baocao 2027»: why a reminder came."""
    return _arrange(visit, "visao", args) if _names_a_duty(visit, args) else _the_one(visit, "visao", "")


def _names_a_duty(visit: Visit, args: str) -> bool:
    return duty_named(visit.plan, args.partition(" ")[0]) is not None


def _the_one(visit: Visit, verb: str, who: str) -> Say:
    """Return the one task that waits; of several it is asked which."""
    waiting = [
        each for each in submissions.owed(visit) if each.speaks and _meant(visit, verb, *_parts(each)) is not None
    ]
    if verb == "giao":
        waiting = [each for each in waiting if kind_of(each).form and not each.subject]
    if len(waiting) == 1:
        return _arrange(visit, verb, f"{named(waiting[0])} {who}".strip())
    if not waiting:
        line = _("Nothing waits now that {you} are reminded of.")
    else:
        line = _("Which task is meant?")
    buttons = [Button(kind_of(each).listed(each), f"/{verb} {named(each)} {who}".strip()) for each in waiting[:8]]
    return Say([line], buttons=(*buttons, MY_TASKS, HOME))


def _parts(owed: Obligation) -> tuple[str, str, str]:
    return owed.duty.code, str(owed.year), owed.subject


def _arrange(visit: Visit, verb: str, rest: str) -> Say:
    said, year, who = (*rest.split(" ", 2), "", "", "")[:3]
    duty = duty_named(visit.plan, said)
    found = _meant(visit, verb, duty, year, who) if duty is not None else None
    if found is None or duty is None:
        return Say([_("This task has not been opened.")], buttons=(MY_TASKS, HOME))
    if found.fulfilled is not None:
        return Say(
            [_("The {what} of {year} has been sent already.", what=of_year(found.duty), year=found.year)],
            buttons=(MY_TASKS, HOME),
        )
    if verb == "visao":
        return why(visit, found)
    if not (visit.may(May.DELEGATE) or submissions.sends(visit)):
        return Say([_("Only the head of the unit or the deputy arranges this.")], buttons=(MY_TASKS, HOME))
    if verb == "hen":
        return visit.open(PROMISE, f"{duty}:{found.year}")
    return give(visit, found, who)


def _meant(visit: Visit, verb: str, duty: str, year: str, who: str) -> Obligation | None:
    """Return a duty of the unit that is this person's to write; or the one sheet that they confirm, to hear why."""
    known = visit.plan.known_duty(duty)
    if known is None or known.how != "sheet":
        found = submissions.obligation(visit, duty, year)
        mine = found is not None and (submissions.drafts_for(visit, duty, found.year) or visit.may(May.DELEGATE))
        return found if mine else None
    item = visit.tx.one(initiatives.BY_CODE, code=who)
    if verb != "visao" or item is None or not item_texts.confirms(visit, item):  # nobody else hears that it waits
        return None
    return next((each for each in submissions.owed(visit, item.unit) if each.subject == item.code), None)


def why(visit: Visit, found: Obligation) -> Say:
    """Say by which clause, as whom, how many others still owe, and where the ladder stands."""
    kind = kind_of(found)
    buttons = (Button(kind.open(found), kind.opening(found)), Button(_("When I am reminded"), "/lichnhac"), HOME)
    return Say(why_reminded.lines(visit, found), buttons=buttons)


# Giving it to somebody ------------------------------------------------------------------------


def give(visit: Visit, found: Obligation, said: str) -> Say:
    """Name who drafts; the head still sends."""
    what = of_year(found.duty)
    able = [
        person
        for person in visit.tx.all(people.OF_UNIT, unit=visit.me.unit)
        if person.id != visit.me.id and person.role in (Role.OFFICER, Role.DRAFTER, Role.DEPUTY, Role.OFFICE)
    ]
    named = meant(said, able)
    if len(named) != 1:
        return _ask_whom(found, able)
    chosen = named[0]
    deadlines.delegate(
        visit.tx,
        unit=visit.me.unit,
        duty=found.duty.code,
        year=found.year,
        person=chosen.id,
        by=visit.me.id,
        now=visit.said,
    )
    visit.note("delegated", f"{found.duty.code}:{found.year}", who=chosen.id)
    visit.tell(chosen.id, DELEGATED, duty=found.duty.code, year=found.year, by=visit.me.id)
    return Say(
        [
            _("✅ {who} drafts the {what} of {year}.", who=titled(chosen), what=what, year=found.year),
            _("{You_name} is told when the draft is ready, looks it over and sends it."),
        ],
        buttons=(Button(kind_of(found).open(found), kind_of(found).opening(found)), HOME),
    )


def _ask_whom(found: Obligation, able: Sequence[Person]) -> Say:
    if not able:
        line = _("Nobody else of the unit is in the list of people. Please talk to the office.")
    else:
        line = _("Who drafts the {what} of {year}?", what=of_year(found.duty), year=found.year)
    return Say(
        [line], buttons=(*(Button(titled(person), f"/giao {named(found)} {person.id}") for person in able[:10]), HOME)
    )


def delegated(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell whoever was named: what it is, by when, and that the head sends it."""
    found = submissions.obligation(visit, about["duty"], str(about["year"]))
    head = visit.tx.one(people.BY_ID, id=about["by"])
    if found is None or head is None or found.fulfilled is not None:
        return None
    if not submissions.delegated(visit, about["duty"], about["year"]):
        return None
    what = of_year(found.duty)
    lines: list[Part] = [
        _("{who} asks {you_name} to draft the {what} of {year}.", who=titled(head), what=what, year=found.year)
    ]
    if found.due is not None:
        lines.append(
            _(
                "It goes to {desk} by the end of {due} ({weekday}); the head sends it.",
                desk=visit.plan.office.desk,
                due=found.due,
                weekday=Weekday(found.due),
            )
        )
    return Say(lines, buttons=(Button(kind_of(found).open(found), kind_of(found).opening(found)),))


ARRANGE = Command("viechan", _("Arrange a task"), _("arrange a task"), run, EVERYBODY, listed=False)
GIVE = Command(
    "giao", _("Give a task to an officer"), _("give to an officer"), giao, EVERYBODY, listed=False, acts=("*",)
)
WHY = Command(
    "visao", _("Why a reminder came"), _("why|why do I get this|why this message"), visao, EVERYBODY, listed=False
)
DELEGATED = Notice("delegated", delegated, EVERYBODY)
FEATURE = Feature(__name__, commands=(ARRANGE, GIVE, WHY), notices=(DELEGATED,))
