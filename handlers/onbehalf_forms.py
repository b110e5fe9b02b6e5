"""What the office fills in for a unit: where it comes from first, then the unit's own form, question by question."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import Any

from bot.conversation import WHO, Conversation, Feature, Notice, Visit, allowed, whose
from bot.dialogue import Answers, Choice, Facts, Field, Form, Line, OneOf, Say, Scene
from bot.language import Count, Part, _
from bot.movement import How, May, Plan
from bot.office.duties import item_access, item_texts, submissions
from bot.office.duties.refused_sheets import keep_open
from bot.office.onbehalf import behalf_texts, filing, source_fields, standing
from bot.office.onbehalf.behalf_facts import BehalfFacts, ForAccount, ForList, ForPlan, ForReport
from bot.office.onbehalf.standing import Filing
from bot.office.report import pages
from handlers import unions, unit_plan
from storage import initiatives, people


def _title(what: Filing, answers: Answers, scene: Scene) -> Part:
    facts = BehalfFacts.of(scene)
    return _(
        "Filing for {unit}: {what} of {year}", unit=facts.for_unit.name, what=what.named(scene.plan), year=facts.year
    )


@cache
def form_of(what: Filing, own: Callable[[Plan], Form], plan: Plan) -> Form:
    """Return the form of the unit itself, with where it comes from first; LookupError where the plan asks nobody for it."""
    duty = what.duty(plan)
    if what.how is not None and duty is None:
        raise LookupError(what.how)
    return source_fields.before(own(plan), f"for_{what.how or what.kind}", partial(_title, what))


def theirs(what: Filing, visit: Visit, subject: str) -> bool:
    """Whether there is such a unit, and the plan asks this of it."""
    unit = visit.tx.one(people.UNIT, code=standing.read_seen(subject)[0])
    return unit is not None and unit.active and what in standing.filings(visit.plan, unit)


def file(what: Filing, visit: Visit, subject: str, answers: Answers) -> Say:
    """File it for the unit, unless something of the unit's own or a colleague's has come meanwhile; tell the head."""
    code, year, seen = standing.read_seen(subject)
    unit, of = visit.tx.one(people.UNIT, code=code), source_fields.given(answers)
    assert unit is not None
    if (no := filing.refused(visit, what, unit, year, seen)) is not None:
        return keep_open(visit, no)
    locks = standing.locks(visit, what, code, year)
    if locks is not None and of.day > locks:
        return keep_open(visit, filing.locked(visit, what, unit, year, locks))
    done = filing.keep(visit, what, code, year, source_fields.rest(answers), of, filing.KEEP[what.how or ""])
    tell_unit(visit, what, code, done.record, done.version)
    return behalf_texts.receipt(visit, what, unit, done)


def tell_unit(visit: Visit, what: Filing, unit: str, record: str, version: int) -> None:
    """Tell whoever sends for the unit what was filed for it, and of a sheet those whose work it is."""
    item = visit.tx.one(initiatives.BY_CODE, code=record)
    authors = [] if item is None else item_texts.named(visit, item)
    for person in dict.fromkeys([*(each.id for each in submissions.senders(visit, unit)), *authors]):
        if person != visit.me.id:
            key = f"filed_for:{record}:{version}:{person}"
            about: dict[str, Any] = {
                "unit": unit,
                "code": record,
                "version": version,
                "how": what.how or "",
                "kind": what.kind,
            }
            visit.tell(person, FILED_FOR, key=key, **about)


# The end of registering -----------------------------------------------------------------------

CLOSED, NOTHING = "closed", "nothing"
CLOSING = _("End of registering")


def _ends(answers: Answers, scene: Scene) -> Sequence[Choice]:
    ready = ForList.of(scene).ready
    nothing = Choice(NOTHING, _("The unit registers nothing this year"))
    if not ready:
        return [nothing]
    return [Choice(CLOSED, _("Close the list with {n} sheets", n=Count(ready))), nothing]


def _ask_end(answers: Answers, scene: Scene) -> Sequence[Part]:
    facts = ForList.of(scene)
    asked: list[Part] = [
        _("What has {unit} answered about its registrations of {year}?", unit=facts.unit.name, year=facts.year)
    ]
    if not facts.ready:
        asked.append(
            _("The unit has no confirmed sheet yet. What it registers on paper is filed first, sheet by sheet.")
        )
    return asked


LIST = Form(
    "for_list",
    title=lambda answers, scene: CLOSING,
    fields=(
        Field("end", _("Registrations"), _ask_end, OneOf(_ends), choices=_ends, heading=_("Registrations")),
        Field(
            "reason",
            _("Reason"),
            _("Why does the unit register nothing this year?"),
            Line(shortest=10, longest=500),
            example=_("The unit finishes the two key tasks carried over from last year"),
            when=lambda answers, scene: answers.get("end") == NOTHING,
            heading=_("Reason"),
        ),
    ),
    send=lambda answers, scene: CLOSING,
    review=lambda answers, scene: [_("Who can read it: the office, the leaders.")],
)


# The forms ------------------------------------------------------------------------------------


def _conversation(how: How, own: Callable[[Plan], Form], facts: Callable[[Visit, str], Facts]) -> Conversation:
    what = Filing(how)

    def title(plan: Plan, subject: str) -> Part:
        unit, year, _seen = standing.read_seen(subject)
        return _("Filing for {unit}: {what} of {year}", unit=unit, what=what.named(plan), year=year)

    return Conversation(
        f"for_{how}",
        title=title,
        form=partial(form_of, what, own),
        file=partial(file, what),
        serves=allowed(May.RECEIVE, of=partial(theirs, what)),
        facts=facts,
    )


FORMS: Mapping[How | None, Conversation] = {
    "results": _conversation("results", pages.form_of, ForReport),
    "plan": _conversation("plan", lambda plan: unit_plan.FORM, ForPlan),
    "list": _conversation("list", lambda plan: LIST, ForList),
    "narrative": _conversation("narrative", unions.form_of, ForAccount),
}
"""By how a duty is done."""


def _sends_for(visit: Visit, about: Any) -> bool:
    sends = bool(about["unit"] == visit.me.unit) and submissions.sends(visit)
    item = visit.tx.one(initiatives.BY_CODE, code=about["code"])
    return sends or (item is not None and item_access.theirs(visit, item))


FILED_FOR = Notice("filed_for", behalf_texts.filed_for, whose(WHO[May.SEND], _sends_for))
FEATURE = Feature(__name__, forms=tuple(FORMS.values()), notices=(FILED_FOR,))
