"""Who moves an item, and what stands in the way besides its state. Inside the transaction."""

from bot.conversation import Visit
from bot.language import Joined, Part, _
from bot.movement import May
from bot.office.duties import item_texts
from bot.office.items import author_words
from storage import item_requests, people, plan_tasks
from storage.initiatives import Initiative, ItemState

# Who ------------------------------------------------------------------------------------------


def confirms(visit: Visit, item: Initiative) -> bool:
    """Whether this person is asked to confirm it."""
    return item_texts.confirms(visit, item)


def is_author(visit: Visit, item: Initiative) -> bool:
    """Whether this person has thought it out: one of its authors, in any of their posts; of a unit's own, who wrote it."""
    posts = visit.tx.all(people.EVERY_POST, person=visit.me.id)
    authors = {each.person for each in author_words.standing(visit, item)}
    return bool(authors.intersection(posts)) or item_texts.writes(visit, item)


def of_unit(visit: Visit, item: Initiative) -> bool:
    """Whether this person sends for its unit."""
    return item.unit == visit.me.unit and item_texts.sends_for(visit)


def receives(visit: Visit, item: Initiative) -> bool:
    """Whether this person is of the desk."""
    return visit.may(May.RECEIVE)


# Why not --------------------------------------------------------------------------------------


def nobody_declines(visit: Visit, item: Initiative) -> Part | None:
    """Return who does not agree to their share: a sheet whose authors do not agree is not confirmed."""
    against = [each.name for each in author_words.standing(visit, item) if each.agrees is False]
    if not against:
        return None
    return _(
        "{names} do not agree to the share in sheet {code}, so it is not confirmed yet. Please return it: whoever wrote it changes the shares, and they are asked anew.",
        names=Joined(against),
        code=item.code,
    )


def recognised_at_all(visit: Visit, item: Initiative) -> Part | None:
    """Return why no decision recognises it; None where one may."""
    kind = next((each for each in visit.plan.kinds if each.code == item.kind), None)
    if kind is not None and kind.recognised:
        return None
    what = kind.short if kind is not None else item.kind
    return _("No decision recognises a {kind}, so nothing is asked for {code}.", kind=what, code=item.code)


def not_late(visit: Visit, item: Initiative) -> Part | None:
    """Return why recognition is not asked for any more: the time since its first application is over."""
    applied = visit.tx.one(item_requests.APPLIED, id=item.id)
    if applied is None:
        return None
    last = visit.plan.recognition.request_until(applied.day)
    if visit.said.date() <= last:
        return None
    return _(
        "{code} was applied first on {day}, so its recognition could be asked for until the end of {last}. If the date is not right, please put it right first.",
        code=item.code,
        day=applied.day,
        last=last,
    )


def may_be_asked_for(visit: Visit, item: Initiative) -> Part | None:
    """Return why its recognition is not asked for, whatever its state; None where it may be."""
    if (why := recognised_at_all(visit, item)) is not None:
        return why
    return None if item.state is ItemState.INCOMPLETE else not_late(visit, item)


def of_no_plan(visit: Visit, item: Initiative) -> Part | None:
    """Return why a task of a plan is not changed, sent back or rejected by itself; None for any other sheet."""
    plan = visit.tx.one(plan_tasks.PLAN, item=item.id)
    if plan is None:
        return None
    return _(
        "{code} is a task of the plan {plan} and goes with it: the {head_word} changes it where the plan is changed (/kehoach).",
        code=item.code,
        plan=plan,
    )


def nothing(visit: Visit, item: Initiative) -> Part | None:
    """Return None: nothing else stands in the way."""
    return None
