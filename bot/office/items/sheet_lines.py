"""What a sheet says of its item's life beyond its answers: authors' words, first application, request, limits, progress.

Inside the transaction; every line is true at the moment at which it is read.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from bot.conversation import Visit
from bot.language import Part, Weekday, _
from bot.office.items import author_words, progressing
from bot.office.reminding.deadline_texts import how_long
from storage import item_requests, plan_tasks
from storage.initiatives import LEFT, Initiative, ItemState
from storage.item_requests import RecognitionRequest


def lines(visit: Visit, item: Initiative) -> Iterator[Part]:
    """Yield what stands below the answers of a sheet."""
    plan = visit.tx.one(plan_tasks.PLAN, item=item.id)
    if plan is not None and item.state not in LEFT:
        yield _("A task of the plan {plan}, changed and received with it", plan=plan)
    yield from author_words.lines(visit, item)
    applied = visit.tx.one(item_requests.APPLIED, id=item.id)
    if applied is not None:
        yield _("Applied first: {day}, {place}", day=applied.day, place=applied.place)
        if item.state in (ItemState.CONFIRMED, ItemState.RECEIVED, ItemState.DECLINED) and _recognised(visit, item):
            last = visit.plan.recognition.request_until(applied.day)
            if visit.now.date() <= last:
                yield _("Its recognition may be asked for until the end of {day} ({weekday})", **_on(last))
    yield from request_lines(visit, item)
    yield from progressing.lines(visit, item)


def _recognised(visit: Visit, item: Initiative) -> bool:
    return any(kind.code == item.kind and kind.recognised for kind in visit.plan.kinds)


def _on(day: date) -> dict[str, Any]:
    return {"day": day, "weekday": Weekday(day)}


def request_lines(visit: Visit, item: Initiative) -> Sequence[Part]:
    """Return how its request stands: since when, what is to be added until when, the office's limit."""
    found: list[Part] = []
    request = visit.tx.one(item_requests.REQUEST, id=item.id)
    today = visit.now.date()
    if request is not None and item.state in (ItemState.REQUESTED, ItemState.INCOMPLETE, ItemState.COMPLETE):
        found.append(_("Recognition asked for on {day}", day=request.at.date()))
    supplement = visit.tx.one(item_requests.SUPPLEMENT, id=item.id)
    if supplement is not None:
        left = how_long(supplement.due, today)
        found.append(_("To be added: «{what}»; {left}", what=supplement.what, left=left))
    if request is not None and (last := limit(visit, item, request)) is not None:
        left = how_long(last, today)
        what = _("The office says whether the request is complete: {left}", left=left)
        if item.state is ItemState.COMPLETE:
            what = _("The office decides: {left}", left=left)
        found.append(what)
    return found


def limit(visit: Visit, item: Initiative, request: RecognitionRequest) -> date | None:
    """Return the day until which the office has to act: answer the request, then decide; None where it waits for its authors."""
    days = visit.plan.recognition
    if item.state is ItemState.REQUESTED:
        return days.answer_until(request.at.date())
    if item.state is ItemState.COMPLETE and request.complete is not None:
        return days.decide_until(request.complete.date())
    return None
