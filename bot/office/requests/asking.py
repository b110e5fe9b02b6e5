"""Send a request, change its questions, put it off, close or recall it; whoever got it is told. Inside the transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot.conversation import Visit
from bot.dialogue import ANEW, Scene
from bot.office.requests import asked_receivers
from bot.office.requests.asked_fields import NO_LADDER
from bot.office.requests.asked_questions import questions_in
from bot.office.requests.asking_facts import named_in
from storage import drafts, request_answers, requests
from storage.drafts import DraftState
from storage.outbox import NoticeCode
from storage.request_answers import RequestReceiver
from storage.requests import AskedQuestion, AskedState, OfficeRequest

SENT, NEWS = NoticeCode("request_sent"), NoticeCode("request_news")
ANSWER = "request_answer"
"""The form in which a request is answered."""


def send(visit: Visit, answers: Mapping[str, Any], scene: Scene) -> OfficeRequest:
    """Send a request as the office has filled it in; whoever answers is told at once."""
    audience = asked_receivers.roster(visit).chosen(answers["whom"], named_in(answers))
    due = date.fromisoformat(answers["due"])
    id = requests.add(
        visit.tx,
        code=requests.next_code(visit.tx, visit.said.year),
        title=answers["title"],
        whom=answers["whom"],
        chosen=named_in(answers),
        due=due,
        ladder="" if answers["ladder"] == NO_LADDER else answers["ladder"],
        every=answers["every"] or "",
        by=visit.me.id,
        now=visit.said,
    )
    asked = [replace(each, code=f"q{n}") for n, each in enumerate(questions_in(answers, scene), 1)]
    requests.put_questions(visit.tx, request=id, asks=1, questions=asked)
    request_answers.put_receivers(
        visit.tx,
        request=id,
        units=[each.code for each in audience.units],
        persons=[each.id for each in audience.persons],
    )
    request = visit.tx.one(requests.BY_ID, id=id)
    assert request is not None
    visit.note("request_sent", request.code, receivers=len(audience), due=due.isoformat())
    for receiver in visit.tx.all(request_answers.RECEIVERS, request=id):
        _tell(visit, receiver, SENT, id=id)
    return request


def _tell(visit: Visit, receiver: RequestReceiver, news: NoticeCode, **about: Any) -> None:
    for person in asked_receivers.senders(visit, receiver):
        if person.id != visit.me.id:
            visit.tell(person.id, news, **about)


# Changed, put off, ended --------------------------------------------------------------------------


def change(visit: Visit, request: OfficeRequest, title: str, asked: Sequence[AskedQuestion]) -> bool:
    """Change what a request asks: what is asked as before keeps its answers; return whether anything else is asked now."""
    before = visit.tx.all(requests.QUESTIONS, request=request.id, asks=request.asks)
    free = 1 + max(int(each.code[1:]) for each in visit.tx.all(requests.EVER_QUESTIONS, request=request.id))
    now: list[AskedQuestion] = []
    for each in asked:
        same = next((old for old in before if old.alike(each) and old.code not in [n.code for n in now]), None)
        now.append(replace(each, code=same.code if same is not None else f"q{free}"))
        free += same is None
    other = [each.code for each in now] != [each.code for each in before]
    asks = request.asks + other
    requests.change(visit.tx, id=request.id, title=title, asks=asks, now=visit.said)
    requests.put_questions(visit.tx, request=request.id, asks=asks, questions=now)
    visit.note("request_changed", request.code, asks=asks)
    if other:
        _begin_anew(visit, request)
        for receiver in visit.tx.all(request_answers.RECEIVERS, request=request.id):
            _tell(visit, receiver, NEWS, id=request.id, what="changed", asks=asks)
    return other


def _begin_anew(visit: Visit, request: OfficeRequest) -> None:
    """Mark every sheet that is being filled in: its next message is told that the questions are others."""
    for head in visit.tx.all(drafts.OPEN_OF_FORM, form=ANSWER):
        if head.subject.startswith(f"{request.code}-"):
            drafts.save(visit.tx, id=head.id, asking="", notes={ANEW: True}, state=DraftState.OPEN, now=head.touched)


def put_off(visit: Visit, request: OfficeRequest, day: date, reason: str) -> None:
    """Set another last day: those who have not answered are told, and reminded by the ladder from now on."""
    requests.put_off(visit.tx, id=request.id, due=day, reason=reason, now=visit.said)
    visit.note("request_put_off", request.code, day=day.isoformat())
    for receiver in unanswered(visit, request):
        _tell(visit, receiver, NEWS, id=request.id, what="put_off", due=day.isoformat())


def end(visit: Visit, request: OfficeRequest, state: AskedState, reason: str = "") -> bool:
    """Close or recall a request; return whether nobody had done so before."""
    told = (
        unanswered(visit, request)
        if state is AskedState.CLOSED
        else visit.tx.all(request_answers.RECEIVERS, request=request.id)
    )
    if not requests.end(visit.tx, id=request.id, state=state, by=visit.me.id, now=visit.said, reason=reason):
        return False
    visit.note(f"request_{state}", request.code)
    for receiver in told:
        _tell(visit, receiver, NEWS, id=request.id, what=str(state))
    return True


def unanswered(visit: Visit, request: OfficeRequest) -> list[RequestReceiver]:
    """Return who has not answered what a request asks now."""
    done = {
        each.receiver for each in visit.tx.all(request_answers.ANSWERS, request=request.id) if each.asks == request.asks
    }
    return [each for each in visit.tx.all(request_answers.RECEIVERS, request=request.id) if each.receiver not in done]
