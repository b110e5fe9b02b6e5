"""The office puts a request off (another last day, another ladder) or recalls it; whoever got it is told why."""

from datetime import date
from typing import Any

from bot.conversation import DESK, HOME, Conversation, Feature, Visit
from bot.dialogue import Answers, Button, Field, Form, Line, Say, Scene, Value
from bot.language import Count, Part, Weekday, _
from bot.office.duties.refused_sheets import keep_open
from bot.office.requests import answer_sheet, asked_fields, asked_words, asking
from bot.office.requests.asking_facts import AskingFacts
from storage import requests
from storage.requests import AskedState, OfficeRequest


def put_off(visit: Visit, request: OfficeRequest, said: str) -> Say:
    """Open the question for another last day; «giahan 20/11» gives it."""
    if request.state is AskedState.RECALLED:
        return Say([answer_sheet.closed(request) or ""], buttons=_back(request))
    scene = visit.scene(AskingFacts(visit, request.code))
    reading = asked_fields.DUE.kind.read(said, {}, scene) if said else None
    given = {"day": reading.value} if isinstance(reading, Value) else None
    return visit.open(PUT_OFF, f"{request.code}/{request.due}", typed=given)


def recall(visit: Visit, request: OfficeRequest, said: str) -> Say:
    """Ask why it is recalled."""
    if request.state is AskedState.RECALLED:
        return Say([answer_sheet.closed(request) or ""], buttons=_back(request))
    reading = REASON.kind.read(said, {}, visit.scene()) if said else None
    given = {"reason": reading.value} if isinstance(reading, Value) else None
    return visit.open(RECALL, request.code, typed=given)


def _back(request: OfficeRequest) -> tuple[Button, ...]:
    return (Button(_("Who has answered"), f"/yeucau {request.code}"), Button(_("All requests"), "/yeucau"), HOME)


def _request(scene: Scene) -> OfficeRequest:
    request = AskingFacts.of(scene).request
    assert request is not None
    return request


def _same(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """Refuse the day that it has, and one after the end of the movement."""
    if date.fromisoformat(value) == _request(scene).due and _request(scene).open:
        return _("{day} is its last day already. Please give another one.", day=_request(scene).due)
    return asked_fields.beyond(value, answers, scene)


REASON = Field(
    "reason",
    _("Reason"),
    _("Why? Whoever got it reads it."),
    Line(shortest=5, longest=300),
    example=_("the form of the province has changed"),
)
PUT_OFF_FORM = Form(
    "request_put_off",
    title=lambda answers, scene: _("Put off: {request}", request=asked_words.named(_request(scene))),
    fields=(
        Field(
            "day",
            _("Last day"),
            _("Until the end of which day may it be answered?"),
            asked_fields.DUE.kind,
            choices=asked_fields.days,
            example=_("20/11"),
            refuse=_same,
        ),
        REASON,
    ),
    send=lambda answers, scene: _("Set the new day"),
    review=lambda answers, scene: [
        _("It was {due} ({weekday}).", due=_request(scene).due, weekday=Weekday(_request(scene).due)),
        _("{n} who have not answered are told, and reminded by the new day.", n=Count(_left(scene))),
    ],
)
RECALL_FORM = Form(
    "request_recall",
    title=lambda answers, scene: _("Recall: {request}", request=asked_words.named(_request(scene))),
    fields=(REASON,),
    send=lambda answers, scene: _("Recall the request"),
    review=lambda answers, scene: [
        _(
            "All {n} who got it are told that no answer is needed. {done} have answered; their answers are kept.",
            n=Count(AskingFacts.of(scene).tally.receivers),
            done=Count(AskingFacts.of(scene).tally.answered),
        ),
        *([_("It does not come again.")] if _request(scene).every else []),
    ],
)


def _left(scene: Scene) -> int:
    tally = AskingFacts.of(scene).tally
    return tally.receivers - tally.answered


def file_put_off(visit: Visit, subject: str, answers: Answers) -> Say:
    """Set the new day."""
    request, day = AskingFacts(visit, subject).request, date.fromisoformat(answers["day"])
    assert request is not None
    if (why := _over(visit, subject)) is not None:
        return Say([why], buttons=_back(request))
    if day < visit.said.date():
        return keep_open(
            visit, Say([_("{day} has passed meanwhile; please give a later day.", day=day)], buttons=_back(request))
        )
    asking.put_off(visit, request, day, answers["reason"])
    done = _(
        "✅ {request} is put off to the end of {day} ({weekday}).",
        request=asked_words.named(request),
        day=day,
        weekday=Weekday(day),
    )
    return Say([done], buttons=_back(request))


def file_recall(visit: Visit, subject: str, answers: Answers) -> Say:
    """End it as recalled; somebody else may have been faster."""
    request = AskingFacts(visit, subject).request
    assert request is not None
    if not asking.end(visit, request, AskedState.RECALLED, answers["reason"]):
        return Say([answer_sheet.closed(request) or ""], buttons=_back(request))
    return Say(
        [_("✅ {request} is recalled; whoever got it is told.", request=asked_words.named(request))],
        buttons=_back(request),
    )


def _over(visit: Visit, subject: str) -> Part | None:
    """Say that it was recalled, or put off by somebody else, since the sheet was opened."""
    code, _slash, seen = subject.partition("/")
    request = visit.tx.one(requests.BY_CODE, code=code)
    if request is None or request.state is AskedState.RECALLED:
        return None if request is None else answer_sheet.closed(request)
    if seen and date.fromisoformat(seen) != request.due:
        return _(
            "{request} was put off to the end of {day} meanwhile.", request=asked_words.named(request), day=request.due
        )
    return None


PUT_OFF = Conversation(
    "request_put_off",
    title=lambda plan, subject: _("Putting off {code}", code=subject.partition("/")[0]),
    form=lambda plan: PUT_OFF_FORM,
    file=file_put_off,
    serves=DESK,
    facts=AskingFacts,
    over=_over,
)
RECALL = Conversation(
    "request_recall",
    title=lambda plan, subject: _("Recalling {code}", code=subject),
    form=lambda plan: RECALL_FORM,
    file=file_recall,
    serves=DESK,
    facts=AskingFacts,
    over=_over,
)
FEATURE = Feature(__name__, forms=(PUT_OFF, RECALL))
