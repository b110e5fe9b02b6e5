"""Requests about one's own data: what may be asked, by when it is answered, what doing it changes. Inside the transaction.

Law 91/2025/QH15, articles 13 (correcting) and 14 (erasing): what the office must keep by the rules of archives stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any

from bot.conversation import Visit
from bot.dialogue import Facts
from bot.language import Part, Text, _, fold, number
from bot.office import desk
from bot.office.roster.data_request_fields import CORRECTED, ERASED
from storage import author_details, data_requests, forgetting, people
from storage.data_requests import DataRequest, DataWish, RequestState
from storage.outbox import NoticeCode
from storage.people import Person

ASKED, ANSWERED = NoticeCode("data_asked"), NoticeCode("data_answered")
"""To the office that somebody asks; to whoever asked how it stands."""


class DataReply(StrEnum):
    """What the office answers in words of its own."""

    DECLINE = "decline"
    EXTEND = "extend"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class ReplyWords:
    """How one such answer is asked for."""

    title: Text
    question: Text
    example: Text
    send: Text


REPLIES: Mapping[DataReply, ReplyWords] = {
    DataReply.DECLINE: ReplyWords(
        _("Decline a request about data"),
        _("Why is it declined? Whoever asked reads it."),
        _("the archive rules have the office keep it"),
        _("Decline"),
    ),
    DataReply.EXTEND: ReplyWords(
        _("Put a request about data off"),
        _("Why does it take longer? Whoever asked reads it."),
        _("the personnel file has to be compared first"),
        _("Put it off"),
    ),
    DataReply.DONE: ReplyWords(
        _("What was done about a request"),
        _("What was corrected or erased? Whoever asked reads it."),
        _("the title in the list of classes is corrected"),
        _("Note it as done"),
    ),
}


class RequestFacts(Facts):
    """What the form of such an answer looks at: which request it is, and how it is answered."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._visit = visit
        how, _colon, self._id = subject.partition(":")
        self.how = DataReply(how)

    @cached_property
    def request(self) -> DataRequest | None:
        """Return the request that is answered."""
        return self._visit.tx.one(data_requests.BY_ID, id=number(self._id) or 0)


def wish(request: DataRequest) -> Part:
    """Say what is asked for."""
    part = (CORRECTED if request.what is DataWish.CORRECT else ERASED)[request.part]
    return _("correct «{part}»", part=part) if request.what is DataWish.CORRECT else _("erase «{part}»", part=part)


def request_line(visit: Visit, request: DataRequest) -> Part:
    """Return a request in a line: what is asked for, and how it stands by now."""
    now = visit.tx.one(data_requests.BY_ID, id=request.id) or request
    decided = now.decided.astimezone(visit.now.tzinfo).date() if now.decided is not None else now.due
    desk_name = visit.plan.office.desk
    stands: Mapping[RequestState, Part] = {
        RequestState.OPEN: _("{desk} says by {day} that it has the request", desk=desk_name, day=now.reply_by),
        RequestState.SEEN: _("{desk} has it, and answers by {day}", desk=desk_name, day=now.done_by),
        RequestState.DONE: _("done on {day}", day=decided),
        RequestState.DECLINED: _("declined on {day}", day=decided),
        RequestState.WITHDRAWN: _("taken back on {day}", day=decided),
    }
    return _("Request {n}, {what}: {stands}", n=now.id, what=wish(now), stands=stands[now.state])


def open_one(visit: Visit, what: DataWish, part: str) -> DataRequest | None:
    """Return what this person has asked for already and is not answered yet."""
    posts = visit.tx.all(people.EVERY_POST, person=visit.me.id)
    mine = visit.tx.all(data_requests.OF_PERSON, posts=posts)
    return next((each for each in mine if each.waits and (each.what, each.part) == (what, part)), None)


def ask(visit: Visit, what: DataWish, part: str, text: str) -> DataRequest:
    """Store a request with its days, and tell the office."""
    days, today = visit.plan.law_days, visit.said.date()
    id = data_requests.ask(
        visit.tx,
        person=visit.me.id,
        what=what,
        part=part,
        text=text,
        reply_by=visit.office.calendar.shift(today, days.reply),
        done_by=today + timedelta(days=days.correct if what is DataWish.CORRECT else days.erase),
        now=visit.said,
    )
    visit.note("data_asked", str(id))
    for person in desk.people_of(visit.tx):
        if person.id != visit.me.id:
            visit.tell(person.id, ASKED, id=id)
    found = visit.tx.one(data_requests.BY_ID, id=id)
    assert found is not None
    return found


def mine_to_answer(visit: Visit, request: DataRequest) -> bool:
    """Whether this person of the desk may answer: nobody answers their own while there is somebody else."""
    posts = visit.tx.all(people.EVERY_POST, person=visit.me.id)
    return request.person not in posts or all(person.id in posts for person in desk.people_of(visit.tx))


def reply(visit: Visit, request: DataRequest, how: DataReply, reason: str) -> bool:
    """Answer with a reason, or with what was done; False when that is not possible any more."""
    if how is DataReply.EXTEND:
        return extend(visit, request, reason)
    return decline(visit, request, reason) if how is DataReply.DECLINE else do(visit, request, reason)


def see(visit: Visit, request: DataRequest) -> bool:
    """Say to whoever asked that the office has it; False when somebody was faster."""
    if not data_requests.see(visit.tx, id=request.id):
        return False
    visit.note("data_seen", str(request.id))
    _answer(visit, request)
    return True


def extend(visit: Visit, request: DataRequest, reason: str) -> bool:
    """Set a later last day, once; False when that is not possible any more."""
    later = request.done_by + timedelta(days=visit.plan.law_days.longer)
    if not data_requests.extend(visit.tx, id=request.id, done_by=later, reason=reason):
        return False
    visit.note("data_extended", str(request.id))
    _answer(visit, request)
    return True


def decline(visit: Visit, request: DataRequest, reason: str) -> bool:
    """Close it with a reason; False when somebody was faster."""
    return _decide(visit, request, RequestState.DECLINED, reason)


def do(visit: Visit, request: DataRequest, what_was_done: str = "") -> bool:
    """Change what is asked for and close the request, in one; False when somebody was faster."""
    if not _decide(visit, request, RequestState.DONE, what_was_done):
        return False
    for post in visit.tx.all(people.EVERY_POST, person=request.person):
        _change(visit, request, post)
    return True


def take_back(visit: Visit, request: DataRequest) -> bool:
    """Close it because whoever asked does not want it any more; False when it has been answered."""
    taken = data_requests.decide(
        visit.tx, id=request.id, state=RequestState.WITHDRAWN, reason="", by=visit.me.id, now=visit.said
    )
    if taken:
        visit.note("data_taken_back", str(request.id))
    return taken


def _decide(visit: Visit, request: DataRequest, state: RequestState, reason: str) -> bool:
    decided = data_requests.decide(visit.tx, id=request.id, state=state, reason=reason, by=visit.me.id, now=visit.said)
    if decided:
        visit.note(f"data_{state}", str(request.id))
        _answer(visit, request)
    return decided


def _answer(visit: Visit, request: DataRequest) -> None:
    if request.person != visit.me.id:
        visit.tell(request.person, ANSWERED, id=request.id)


def _change(visit: Visit, request: DataRequest, post: int) -> None:
    person = visit.tx.one(people.BY_ID, id=post)
    if person is None or request.part == "other":
        return
    if request.what is DataWish.ERASE and request.part == "drafts":
        forgetting.sheets(visit.tx, post)
    elif request.what is DataWish.ERASE and request.part == "details":
        author_details.forget(visit.tx, person=post)
    elif request.part == "name":
        people.set_name(visit.tx, id=post, name=request.text, name_fold=fold(request.text))
    else:
        _set_details(visit, replace(person, **_new(request)))


def _new(request: DataRequest) -> dict[str, Any]:
    """Return the part of the roster's line as it becomes."""
    if request.what is DataWish.ERASE:
        return {request.part: None}
    return {request.part: int(request.text) if request.part == "born" else request.text}


def _set_details(visit: Visit, person: Person) -> None:
    people.set_details(
        visit.tx,
        person.id,
        position=person.position,
        kind=person.kind,
        phone=person.phone,
        number=person.number,
        born=person.born,
    )
