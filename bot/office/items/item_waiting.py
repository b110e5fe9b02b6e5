"""What of items waits for one person: supplements and due days that they owe, shares and requests that wait for their word.

Inside the transaction.
"""

from collections.abc import Iterator
from datetime import date

from bot.conversation import Visit
from bot.language import Count, Part, Percent, _
from bot.movement import May
from bot.office.difficulties.difficulty_waits import Waits
from bot.office.items import author_words, item_moves, progressing, requesting, sheet_lines
from bot.office.items.item_moves import ItemMove
from bot.office.reminding.deadline_texts import how_long
from storage import initiatives, item_requests
from storage.initiatives import Initiative, ItemState
from storage.item_progress import ProgressState

SOON = 30
"""So many days before the end of the year for a request, and before a due day, they stand among what is owed."""


def owed(visit: Visit) -> Iterator[Waits]:
    """Yield what this person is to add, to ask for before its time is over, to have done."""
    today = visit.now.date()
    for item in visit.tx.all(initiatives.OF_PERSON, person=visit.me.id, since=today.year - 2):
        supplement = visit.tx.one(item_requests.SUPPLEMENT, id=item.id)
        if (
            supplement is not None
            and item.state is ItemState.INCOMPLETE
            and item_moves.can(visit, item, ItemMove.REQUEST)
        ):
            text = _(
                "Complete the request for {code}: «{what}»; {left}", **_of(item, supplement.due, today, supplement.what)
            )
            yield Waits(
                text, _("Complete {code}", code=item.code), f"/yeucaucongnhan {item.code}", supplement.due < today
            )
        yield from _to_ask_for(visit, item, today)
    for item in progressing.followed(visit):
        if visit.me.id in progressing.in_charge(visit.tx, item):
            yield from _to_be_done(visit, item, today)


def _of(item: Initiative, last: date, today: date, what: str) -> dict[str, Part]:
    return {"code": item.code, "what": what, "left": how_long(last, today)}


def _to_ask_for(visit: Visit, item: Initiative, today: date) -> Iterator[Waits]:
    applied = visit.tx.one(item_requests.APPLIED, id=item.id)
    if applied is None or item.state is ItemState.INCOMPLETE or not item_moves.can(visit, item, ItemMove.REQUEST):
        return
    last = visit.plan.recognition.request_until(applied.day)
    if (last - today).days <= max(visit.plan.recognition.warned, default=SOON):
        text = _("Ask for the recognition of {code}: {left}", code=item.code, left=how_long(last, today))
        yield Waits(text, _("Ask for {code}", code=item.code), f"/yeucaucongnhan {item.code}", False)


def _to_be_done(visit: Visit, item: Initiative, today: date) -> Iterator[Waits]:
    kind, said = progressing.kind_of(visit.plan, item), progressing.newest(visit.tx, item)
    last = None if kind is None else progressing.due(visit.tx, kind, item)
    if last is None or (said is not None and said.state is ProgressState.DONE) or (last - today).days > SOON:
        return
    text = _("Say how far {code} «{title}» is: {left}", code=item.code, title=item.title, left=how_long(last, today))
    yield Waits(text, _("Note the progress of {code}", code=item.code), f"/capnhat {item.code}", last < today)


def awaited(visit: Visit) -> Iterator[Waits]:
    """Yield the shares that wait for this person's word, what a request needs of them, and requests that wait for the office."""
    for item in author_words.asked(visit):
        part = author_words.mine(visit, item)
        if part is not None:
            text = _("Say whether {you} agree to {share} in {code}", share=Percent(part.share), code=item.code)
            yield Waits(text, _("Say it of {code}", code=item.code), f"/dongy {item.code} xem", False)
    for item in visit.tx.all(initiatives.OF_PERSON, person=visit.me.id, since=visit.now.year - 2):
        asked = item.state in (ItemState.REQUESTED, ItemState.INCOMPLETE, ItemState.COMPLETE)
        if asked and requesting.needs_details(visit, item):
            yield Waits(
                _("Give birth date and degree for the request of {code}", code=item.code),
                _("Give them for {code}", code=item.code),
                f"/thongtintacgia {item.code}",
                False,
            )
    yield from _of_office(visit)


def _of_office(visit: Visit) -> Iterator[Waits]:
    """Yield for the office the requests that it has to answer or decide, the next limit named."""
    if not visit.may(May.RECEIVE):
        return
    limits: list[date] = []
    for request in visit.tx.all(item_requests.ALL_REQUESTS):
        item = visit.tx.one(initiatives.BY_ID, id=request.item)
        if item is not None and (last := sheet_lines.limit(visit, item, request)) is not None:
            limits.append(last)
    if limits:
        today, first = visit.now.date(), min(limits)
        text = _("Look at {n} requests for recognition: {left}", n=Count(len(limits)), left=how_long(first, today))
        yield Waits(text, _("Requests for recognition"), "/xetphieu", first < today)
