"""Answers that the plan asks for no more: they are kept, and whoever gave them sees them. Inside the transaction."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.conversation import Conversation, Visit, load_draft
from bot.dialogue import Field
from bot.language import Count, Part, _
from bot.movement import BadPlan, Plan
from bot.office.report import sending
from bot.office.report.kinds import MISSING
from storage import drafts, initiatives, item_answers, plans, results, reviews, unions
from storage.values import dumps

MOST = 20
"""So many are listed; more are counted."""


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer with the form and the subject that it was given in."""

    form: str
    conversation: Conversation | None
    """None where the plan in force has no such form at all."""
    subject: str
    field: str
    value: Any


def listed(visit: Visit, posts: Sequence[int]) -> list[Part]:
    """List what somebody has answered and nobody is asked for any more; nothing where there is none."""
    found = [each for post in posts for each in (*_of_drafts(visit, post), *_of_records(visit, post))]
    lines = [_said(visit, each) for each in found[:MOST]]
    if not found:
        return []
    more = [_("and {n} more", n=Count(len(found) - MOST))] if len(found) > MOST else []
    head = _("Answers that are kept though the plan asks for them no more ({n}):", n=Count(len(found)))
    return [head, *lines, *more]


def _of_drafts(visit: Visit, post: int) -> Iterator[KeptAnswer]:
    for head in visit.tx.all(drafts.OPEN_OF_PERSON, person=post):
        conversation = visit.office.features.forms.get(head.form)
        if head.plan_hash == visit.office.plan_hash or (conversation is not None and conversation.shaped is not None):
            continue
        form = None if conversation is None else conversation.of(visit.plan)
        for code, value in load_draft(visit.tx, head).values().items():
            if value is not None and (form is None or code not in form):
                yield KeptAnswer(head.form, conversation, head.subject, code, value)


def _of_records(visit: Visit, post: int) -> Iterator[KeptAnswer]:
    """Yield what of the registrations, reports and accounts that somebody has sent is asked for no more."""
    forms = visit.office.features.forms
    for sent in visit.tx.all(results.OF_PERSON, person=post):
        yield from _no_more(visit, forms["report"], f"{sent.unit}:{sent.year}", sending.all_answers_of(visit, sent))
    for item in visit.tx.all(initiatives.OF_PERSON, person=post, since=visit.plan.first_year):
        conversation = forms.get(f"register_{item.kind}")
        if conversation is not None and item.by == post:
            yield from _no_more(visit, conversation, item.code, item_answers.of(visit.tx, item.id))
    for review in visit.tx.all(reviews.OF_PERSON, person=post):
        subject = f"{review.duty}:{review.unit}:{review.year}"
        yield from _no_more(visit, forms["review"], subject, review.answers)
    for account in visit.tx.all(unions.OF_PERSON, person=post):
        yield from _no_more(visit, forms["union_account"], f"{account.unit}:{account.year}", account.answers)


def _no_more(visit: Visit, conversation: Conversation, subject: str, answers: dict[str, Any]) -> Iterator[KeptAnswer]:
    form = conversation.of(visit.plan)
    for code, value in answers.items():
        if value not in (None, "", MISSING) and (form is None or code not in form):
            yield KeptAnswer(conversation.code, conversation, subject, code, value)


def _said(visit: Visit, kept: KeptAnswer) -> Part:
    """Say an answer as the newest plan that asked for it would."""
    for each in reversed(visit.tx.all(plans.KEPT)):
        plan = _plan(each.text)
        if plan is not None and (said := _under(visit, kept, plan)) is not None:
            return said
    return _("- {label}: {value}", label=kept.field, value=_plainly(kept.value))


def _under(visit: Visit, kept: KeptAnswer, plan: Plan) -> Part | None:
    """Say an answer as a plan asked for it; None where it did not."""
    form = None if kept.conversation is None else kept.conversation.of(plan)
    if kept.conversation is not None and form is not None and kept.field in form:
        field = form[kept.field]
        title, value = kept.conversation.title(plan, kept.subject), _value(visit, kept, field)
        return _("- {label} ({form}): {value}", label=field.label, form=title, value=value)
    kind = next((each for each in plan.kinds if kept.form == f"register_{each.code}"), None)
    if kind is None:
        return None
    label = next((each.label for each in kind.fields if each.code == kept.field), NAMES.get(kept.field))
    if label is None:
        return None
    return _("- {label} ({form}): {value}", label=label, form=kind.short, value=_plainly(kept.value))


NAMES: Mapping[str, Part] = {"title": _("Title"), "area": _("Area")}
"""What every kind of sheet asks, beside the questions of the plan."""


def _plainly(value: Any) -> str:
    return value if isinstance(value, str) else dumps(value)


def _value(visit: Visit, kept: KeptAnswer, field: Field) -> Part:
    if kept.conversation is None:
        return _plainly(kept.value)
    if isinstance(kept.value, dict) and "files" in kept.value:
        return _("{n} files", n=Count(len(kept.value["files"])))
    try:
        shown = field.kind.show(kept.value, visit.scene(kept.conversation.facts(visit, kept.subject)))
        visit.words.say(shown)
    except (LookupError, StopIteration, ValueError, TypeError, AttributeError, ArithmeticError):
        return _plainly(kept.value)
    return shown


@lru_cache(8)
def _plan(text: str) -> Plan | None:
    try:
        return Plan.kept(text)
    except BadPlan:
        return None
