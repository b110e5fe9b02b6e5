"""Propose an award, take a proposal back. Inside the transaction."""

from typing import Any

from bot.conversation import DESK, Serves, Visit
from bot.dialogue import Answers
from bot.language import Part, _
from bot.movement import TABLE, May
from bot.office import desk
from bot.office.awards import award_fields
from bot.office.awards.award_fields import AwardFacts
from bot.office.duties import submissions
from storage import award_suggestions, awards, initiatives
from storage.award_suggestions import SuggestionState
from storage.awards import Award, AwardContent
from storage.outbox import NoticeCode

PREFIX = "KT"
PROPOSED, SUGGESTION_ANSWERED = NoticeCode("award_proposed"), NoticeCode("award_suggestion_answered")
PROPOSER: Serves[Visit] = Serves(
    _("the head of a unit, a union, or the office"), TABLE[May.SEND] | DESK.roles, submissions.sends
)
"""Who proposes."""
NOT_ANY_MORE = _(
    "Whoever is proposed there is not among those whom {you_name} may propose now, so nothing was sent. Please choose again under «edit»."
)
GONE = _("The plan has this occasion or form no more, so nothing was sent. Please choose again under «edit».")


def propose(visit: Visit, subject: str, answers: Answers) -> Award | Part:
    """Store a proposal and tell the office; or say why it cannot be now."""
    facts = AwardFacts(visit, subject)
    found = facts.nominee(answers)
    if found is None:
        return NOT_ANY_MORE
    plan, today = visit.plan.awards, visit.said.date()
    kind, form = plan.kind(answers["kind"]), plan.form(answers["form"])
    scene = visit.scene(facts)
    if kind is None or not kind.takes(today):
        return GONE if kind is None else award_fields.kind_closed(kind, scene)
    if form is None or award_fields.no_such_form(form.code, answers, scene) is not None:
        return GONE
    links = answers.get("links") or []
    if (strange := award_fields.of_somebody_else(links, answers, scene)) is not None:
        return strange
    content = AwardContent(
        kind=kind.code,
        kind_name=kind.name,
        form=form.code,
        form_name=form.name,
        above=form.above,
        unit=found.unit,
        what=found.what,
        person=None if found.person is None else found.person.id,
        name=found.name,
        reason=answers["reason"],
        merit=_text(answers["merit"]),
        meeting=_text(answers.get("meeting")),
        answer_by=visit.office.calendar.shift(today, kind.workdays) if kind.workdays else None,
    )
    code = initiatives.next_code(visit.tx, prefix=PREFIX, year=today.year)
    id = awards.add(
        visit.tx,
        content,
        code=code,
        year=today.year,
        by=visit.me.id,
        by_unit=visit.me.unit,
        links=links,
        now=visit.said,
    )
    suggestion = facts.suggestion
    if suggestion is not None and award_suggestions.answer(
        visit.tx, id=suggestion.id, state=SuggestionState.TAKEN, by=visit.me.id, now=visit.said, award=id
    ):
        visit.note("award_suggestion_taken", str(suggestion.id))
        visit.tell(suggestion.by, SUGGESTION_ANSWERED, id=suggestion.id)
    visit.note("award_proposed", code)
    for person in desk.people_of(visit.tx):
        if person.id != visit.me.id:
            visit.tell(person.id, PROPOSED, code=code)
    stored = visit.tx.one(awards.BY_ID, id=id)
    assert stored is not None
    return stored


def _text(value: Any) -> str:
    """Return the words of an answer."""
    return str(value.get("note") or "") if isinstance(value, dict) else str(value or "")


def withdraw(visit: Visit, award: Award) -> bool:
    """Take a proposal back; False where it was decided meanwhile."""
    if not awards.withdraw(visit.tx, id=award.id, now=visit.said):
        return False
    visit.note("award_withdrawn", award.code)
    return True
