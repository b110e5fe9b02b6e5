"""Propose an award, change a proposal, take it back. Inside the transaction."""

from dataclasses import fields
from typing import Any

from bot.conversation import DESK, Serves, Visit
from bot.dialogue import Answers
from bot.language import Part, _
from bot.movement import TABLE, May
from bot.office import desk
from bot.office.awards import award_fields
from bot.office.awards.award_facts import AwardFacts
from bot.office.awards.nominees import GROUP
from bot.office.duties import submissions
from storage import award_changes, award_suggestions, awards, initiatives
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

CHANGED = _("The proposal was decided, withdrawn or changed meanwhile, so nothing was changed.")


def propose(visit: Visit, subject: str, answers: Answers) -> Award | Part:
    """Store a proposal and tell the office; or say why it cannot be now."""
    facts = AwardFacts(visit, subject)
    content = _content(visit, facts, answers)
    if not isinstance(content, AwardContent):
        return content
    today = visit.said.date()
    code = initiatives.next_code(visit.tx, prefix=PREFIX, year=today.year)
    id = awards.add(
        visit.tx,
        content,
        code=code,
        year=today.year,
        by=visit.me.id,
        by_unit=visit.me.unit,
        links=answers.get("links") or [],
        now=visit.said,
    )
    suggestion = facts.suggestion
    if suggestion is not None and award_suggestions.answer(
        visit.tx, id=suggestion.id, state=SuggestionState.TAKEN, by=visit.me.id, now=visit.said, award=id
    ):
        visit.note("award_suggestion_taken", str(suggestion.id))
        visit.tell(suggestion.by, SUGGESTION_ANSWERED, id=suggestion.id)
    visit.note("award_proposed", code)
    _tell_desk(visit, code)
    stored = visit.tx.one(awards.BY_ID, id=id)
    assert stored is not None
    return stored


def revise(visit: Visit, subject: str, answers: Answers) -> Award | Part:
    """Store a proposal as whoever proposes has changed it, and tell the office; or say why it cannot be now."""
    facts = AwardFacts(visit, subject)
    before = facts.revised
    content = _content(visit, facts, answers) if before is not None else CHANGED
    if before is None or not isinstance(content, AwardContent):
        return CHANGED if isinstance(content, AwardContent) else content
    was = {each.name: getattr(before, each.name) for each in fields(AwardContent)}
    was["links"] = visit.tx.all(awards.LINKS, award=before.id)
    links = answers.get("links") or []
    if not award_changes.revise(visit.tx, content, id=before.id, version=before.version, links=links):
        return CHANGED
    award_changes.note_change(visit.tx, award=before.id, was=was, reason="", by=visit.me.id, now=visit.said)
    visit.note("award_revised", before.code)
    _tell_desk(visit, before.code)
    stored = visit.tx.one(awards.BY_ID, id=before.id)
    assert stored is not None
    return stored


def as_proposed(visit: Visit, award: Award) -> Answers:
    """Return a proposal as the answers of its form, to be changed."""
    several = len(AwardFacts(visit, "").units) != 1
    return {
        **({"unit": award.unit} if several else {}),
        "whom": award.what if award.person is None else str(award.person),
        **({"group": award.name} if award.what == GROUP else {}),
        "kind": award.kind,
        "form": award.form,
        "reason": award.reason,
        "merit": award.merit,
        "links": visit.tx.all(awards.LINKS, award=award.id),
        "meeting": award.meeting,
    }


def _tell_desk(visit: Visit, code: str) -> None:
    for person in desk.people_of(visit.tx):
        if person.id != visit.me.id:
            visit.tell(person.id, PROPOSED, code=code)


def _content(visit: Visit, facts: AwardFacts, answers: Answers) -> AwardContent | Part:
    """Return what is proposed; or say why it cannot be now."""
    found, before = facts.nominee(answers), facts.revised
    if found is None:
        return NOT_ANY_MORE
    plan, today = visit.plan.awards, visit.said.date()
    kind, form = plan.kind(answers["kind"]), plan.form(answers["form"])
    scene = visit.scene(facts)
    same_kind = before is not None and kind is not None and before.kind == kind.code
    if kind is None or not (kind.takes(today) or same_kind):
        return GONE if kind is None else award_fields.kind_closed(kind, scene)
    if form is None or award_fields.no_such_form(form.code, answers, scene) is not None:
        return GONE
    if (strange := award_fields.of_somebody_else(answers.get("links") or [], answers, scene)) is not None:
        return strange
    answer_by = visit.office.calendar.shift(today, kind.workdays) if kind.workdays else None
    return AwardContent(
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
        answer_by=before.answer_by if before is not None and same_kind else answer_by,
    )


def _text(value: Any) -> str:
    """Return the words of an answer."""
    return str(value.get("note") or "") if isinstance(value, dict) else str(value or "")


def withdraw(visit: Visit, award: Award) -> bool:
    """Take a proposal back; False where it was decided meanwhile."""
    if not awards.withdraw(visit.tx, id=award.id, now=visit.said):
        return False
    visit.note("award_withdrawn", award.code)
    return True
