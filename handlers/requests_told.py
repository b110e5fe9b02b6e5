"""What each side is told of a request: sent, put off, changed, closed, recalled; drafted, sent on, all in."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import DESK, MY_TASKS, WHO, Feature, Notice, Visit, whose
from bot.dialogue import Button, Say
from bot.language import Time, Weekday, _
from bot.movement import May, titled
from bot.office.requests import answer_sheet, asked_receivers, asked_words, asking
from bot.office.requests.answer_sheet import AnswerFacts
from storage import people, request_answers, requests
from storage.requests import OfficeRequest


def _of(visit: Visit, about: Mapping[str, Any]) -> OfficeRequest | None:
    return visit.tx.one(requests.BY_ID, id=about["id"])


def sent(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell whoever answers: the office asks for something. Pointless once it is closed or answered."""
    request = _of(visit, about)
    if request is None or not request.open or _answered(visit, request):
        return None
    asked = visit.tx.all(requests.QUESTIONS, request=request.id, asks=request.asks)
    by = visit.tx.one(people.BY_ID, id=request.by)
    who = titled(by) if by is not None else visit.plan.office.desk
    return Say(
        [
            _("{desk} asks for: {title}", title=request.title),
            _(
                "Code {code}. To be answered by the end of {due} ({weekday}).",
                code=request.code,
                due=request.due,
                weekday=Weekday(request.due),
            ),
            *(asked_words.question(n, each) for n, each in enumerate(asked, 1)),
            _("Asked by: {who}.", who=who),
        ],
        buttons=(Button(_("Answer"), f"/traloi {request.code}"),),
    )


def _answered(visit: Visit, request: OfficeRequest) -> bool:
    receiver = asked_receivers.mine(visit, request)
    answer = (
        None
        if receiver is None
        else visit.tx.one(request_answers.ANSWER, request=request.id, receiver=receiver.receiver)
    )
    return answer is not None and answer.asks == request.asks


def news(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell whoever got it: another last day, other questions, closed, recalled; what has been overtaken is not said."""
    request, what = _of(visit, about), about["what"]
    if request is None:
        return None
    named = asked_words.named(request)
    answer = (Button(_("Answer"), f"/traloi {request.code}"),)
    if what == "put_off" and request.open and str(request.due) == about["due"]:
        line = _(
            "{desk} has put off {request} to the end of {due} ({weekday}): «{reason}».",
            request=named,
            due=request.due,
            weekday=Weekday(request.due),
            reason=request.reason,
        )
        return Say([line], buttons=answer)
    if what == "changed" and request.open and request.asks == about["asks"] and not _answered(visit, request):
        lines = [
            _("{desk} has changed what {request} asks. Answers to the questions that stayed are kept.", request=named),
            *(asked_words.question(n, each) for n, each in enumerate(_questions(visit, request), 1)),
            _("To be answered by the end of {due} ({weekday}).", due=request.due, weekday=Weekday(request.due)),
        ]
        return Say(lines, buttons=answer)
    if what == str(request.state) and not request.open:
        return Say([answer_sheet.closed(request) or ""], buttons=(MY_TASKS,))
    return None


def _questions(visit: Visit, request: OfficeRequest) -> list[requests.AskedQuestion]:
    return visit.tx.all(requests.QUESTIONS, request=request.id, asks=request.asks)


def drafted(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell whoever sends it: somebody has drafted the answer. Pointless once it is sent."""
    facts = AnswerFacts(visit, about["subject"])
    writer = visit.tx.one(people.BY_ID, id=about["by"])
    if writer is None or facts.found is None or not facts.found.open or _answered(visit, facts.found):
        return None
    line = _(
        "{who} has drafted the answer to {request}; {you_name} looks it over and sends it.",
        who=titled(writer),
        request=asked_words.named(facts.found),
    )
    return Say([line], buttons=(Button(_("Look it over"), f"/traloi {facts.found.code}"),))


def sent_on(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell whoever has drafted it: it was sent."""
    facts = AnswerFacts(visit, about["subject"])
    if facts.found is None or facts.before is None:
        return None
    return Say(
        [
            _(
                "✅ The answer to {request} was sent at {at}.",
                request=asked_words.named(facts.found),
                at=Time(facts.before.at),
            )
        ],
        buttons=(MY_TASKS,),
    )


def full(visit: Visit, about: Mapping[str, Any]) -> Say | None:
    """Tell the office that all have answered."""
    request = _of(visit, about)
    if request is None or not request.open or asking.unanswered(visit, request):
        return None
    line = _("All have answered {request}.", request=asked_words.named(request))
    return Say(
        [line],
        buttons=(
            Button(_("The answers"), f"/yeucau {request.code} traloi"),
            Button(_("Close"), f"/yeucau {request.code} dong"),
        ),
    )


def _receives(visit: Visit, about: Mapping[str, Any]) -> bool:
    request = _of(visit, about)
    receiver = None if request is None else asked_receivers.mine(visit, request)
    return receiver is not None and asked_receivers.sends(visit, receiver)


def _sends(visit: Visit, about: Mapping[str, Any]) -> bool:
    _request, receiver = asked_receivers.read(visit, about["subject"])
    return receiver is not None and asked_receivers.sends(visit, receiver)


DRAFTED = Notice("request_drafted", drafted, whose(WHO[May.SEND], _sends))
SENT_ON = Notice(
    "request_passed", sent_on, whose(WHO[May.DRAFT], lambda visit, about: answer_sheet.theirs(visit, about["subject"]))
)
FULL = Notice("request_full", full, DESK)
FEATURE = Feature(
    __name__,
    notices=(
        Notice(asking.SENT, sent, whose(WHO[May.SEND], _receives)),
        Notice(asking.NEWS, news, whose(WHO[May.SEND], _receives)),
        DRAFTED,
        SENT_ON,
        FULL,
    ),
)
