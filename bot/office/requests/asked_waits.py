"""What of the office's requests waits for one person: answers that they or their unit owe; for the office what all have answered."""

from collections.abc import Iterator

from bot.conversation import Visit
from bot.language import Count, Part, _
from bot.movement import May
from bot.office.requests import asked_receivers, asked_words
from storage import drafts, request_answers, requests
from storage.requests import OfficeRequest

Waits = tuple[Part, Part, str, bool, int | None]
"""A line, its button, what that says, whether it is late, the draft in which it is being written."""
FORM = "request_answer"


def owed(visit: Visit) -> Iterator[OfficeRequest]:
    """Yield the requests that this person, or the unit they write for, has not answered."""
    for each in visit.tx.all(requests.OF_RECEIVER, unit=visit.me.unit, person=visit.me.id):
        receiver = asked_receivers.mine(visit, each)
        if receiver is None or not asked_receivers.drafts(visit, receiver):
            continue
        answer = visit.tx.one(request_answers.ANSWER, request=each.id, receiver=receiver.receiver)
        if answer is None or answer.asks != each.asks:
            yield each


def to_answer(visit: Visit) -> Iterator[Waits]:
    """Yield what is to be answered, the next last day first."""
    today = visit.now.date()
    for each in owed(visit):
        receiver = asked_receivers.mine(visit, each)
        assert receiver is not None
        subject = asked_receivers.key(each, receiver.receiver)
        head = visit.tx.one(drafts.OPEN_OF_SUBJECT, form=FORM, subject=subject)
        mine = head.id if head is not None and head.person == visit.me.id else None
        text = _("Answer {request}", request=asked_words.dated(each, today))
        if head is not None and (n := drafts.count(visit.tx, head.id)):
            text = _("{task}; {n} answers are written", task=text, n=Count(n))
        yield text, _("Answer {code}", code=each.code), f"/traloi {each.code}", each.due < today, mine


def to_collate(visit: Visit) -> Iterator[Waits]:
    """Yield for the office the requests that are over: all have answered, or the last day has passed."""
    if not visit.may(May.RECEIVE):
        return
    today, tallies = visit.now.date(), {each.request: each for each in visit.tx.all(request_answers.TALLIES)}
    for each in visit.tx.all(requests.OPEN):
        tally = tallies[each.id]
        if tally.answered < tally.receivers and each.due >= today:
            continue
        text = _(
            "Collate and close {request}: answered {done} of {of}",
            request=asked_words.named(each),
            done=tally.answered,
            of=tally.receivers,
        )
        yield text, _("Look at {code}", code=each.code), f"/yeucau {each.code}", False, None
