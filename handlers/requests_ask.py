"""The office asks for something, or changes what it asks: title, whom, until when, how often, up to seven questions."""

from collections.abc import Sequence

from bot.conversation import DESK, HOME, Conversation, Feature, Visit
from bot.dialogue import Answers, Button, Form, Say, Scene, Value, Wrong
from bot.language import Count, Part, Weekday, _
from bot.office.duties.refused_sheets import keep_open
from bot.office.requests import answer_sheet, asked_fields, asked_ladder, asked_questions, asked_words, asking
from bot.office.requests.asking_facts import AskingFacts, named_in
from storage import requests
from storage.requests import OfficeRequest


def begin(visit: Visit, title: str) -> Say:
    """Open the sheet of a new request; what was typed behind the command is its title."""
    reading = asked_fields.TITLE.kind.read(title, {}, visit.scene()) if title else None
    given = {"title": reading.value} if isinstance(reading, Value) else None
    return visit.open(ASK, "", None, *([reading.why] if isinstance(reading, Wrong) else []), typed=given)


def change(visit: Visit, request: OfficeRequest, said: str) -> Say:
    """Open the sheet of the questions of a request as they are now."""
    if (why := answer_sheet.closed(request)) is not None:
        return Say([why], buttons=_back(request))
    asked = visit.tx.all(requests.QUESTIONS, request=request.id, asks=request.asks)
    return visit.open(CHANGE, request.code, {"title": request.title, **asked_questions.answers_of(asked)})


def _back(request: OfficeRequest) -> tuple[Button, ...]:
    return (Button(_("Who has answered"), f"/yeucau {request.code}"), Button(_("All requests"), "/yeucau"), HOME)


def _questions(answers: Answers, scene: Scene) -> Sequence[Part]:
    names = {each.code: each.name for each in AskingFacts.of(scene).figures}
    asked = asked_questions.questions_in(answers, scene)
    return [
        _("Questions ({n}):", n=Count(len(asked))),
        *(asked_words.question(n, each, names.get(each.figure)) for n, each in enumerate(asked, 1)),
    ]


def _preview(answers: Answers, scene: Scene) -> Sequence[Part]:
    facts, plan = AskingFacts.of(scene), scene.plan
    ladder = answers.get("ladder") or asked_fields.NO_LADDER
    return [
        _("Title: {title}", title=answers.get("title") or ""),
        *facts.reached(answers),
        *facts.dues(answers),
        _("Reminders: {ladder}", ladder=asked_ladder.said(plan, ladder)),
        *_questions(answers, scene),
    ]


FORM = Form(
    "request",
    title=lambda answers, scene: _("Ask for a report"),
    fields=(asked_fields.TITLE, *asked_fields.WHOM, *asked_fields.WHEN, *asked_questions.QUESTIONS),
    send=lambda answers, scene: _("Send the request"),
    brief=True,
    review=_preview,
)


def send(visit: Visit, subject: str, answers: Answers) -> Say:
    """Send it: whoever answers is told at once."""
    facts = AskingFacts(visit, subject)
    audience = facts.roster.chosen(answers["whom"], named_in(answers))
    if not len(audience):
        return keep_open(
            visit,
            Say(
                [_("None of them is there any more, so nothing was sent. Please choose whom it goes to.")],
                buttons=(HOME,),
            ),
        )
    if answers["due"] < visit.said.date().isoformat():
        return keep_open(
            visit,
            Say(
                [_("Its last day has passed meanwhile, so nothing was sent. Please give a later day.")], buttons=(HOME,)
            ),
        )
    request = asking.send(visit, answers, visit.scene(facts))
    return Say(
        [
            _("✅ {request} is sent.", request=asked_words.named(request)),
            _("It is due by the end of {due} ({weekday}).", due=request.due, weekday=Weekday(request.due)),
            *facts.roster.lines(audience),
        ],
        buttons=_back(request),
    )


CHANGE_FORM = Form(
    "request_change",
    title=lambda answers, scene: _("Change what {code} asks", code=AskingFacts.of(scene).code),
    fields=(asked_fields.TITLE, *asked_questions.QUESTIONS),
    send=lambda answers, scene: _("Change the questions"),
    brief=True,
    review=lambda answers, scene: [
        _("Title: {title}", title=answers.get("title") or ""),
        *_questions(answers, scene),
        _(
            "{n} have answered. What is asked as before keeps its answers; where something else is asked, all are told and asked to answer that.",
            n=Count(AskingFacts.of(scene).tally.answered),
        ),
    ],
)


def file_change(visit: Visit, subject: str, answers: Answers) -> Say:
    """Change what it asks."""
    facts = AskingFacts(visit, subject)
    request = facts.request
    assert request is not None
    if (why := answer_sheet.closed(request)) is not None:
        return keep_open(visit, Say([why], buttons=_back(request)))
    if asking.change(visit, request, answers["title"], asked_questions.questions_in(answers, visit.scene(facts))):
        done = _("✅ {request} asks something else now; whoever got it is told.", request=asked_words.named(request))
    else:
        done = _("✅ {request} is changed; it asks the same as before.", request=asked_words.named(request))
    return Say([done], buttons=_back(request))


ASK = Conversation(
    "request",
    title=lambda plan, subject: _("Asking for a report"),
    form=lambda plan: FORM,
    file=send,
    serves=DESK,
    facts=AskingFacts,
)
CHANGE = Conversation(
    "request_change",
    title=lambda plan, subject: _("Changing what {code} asks", code=subject),
    form=lambda plan: CHANGE_FORM,
    file=file_change,
    serves=DESK,
    facts=AskingFacts,
    over=lambda visit, subject: _over(visit, subject),
)


def _over(visit: Visit, subject: str) -> Part | None:
    request = visit.tx.one(requests.BY_CODE, code=subject)
    return None if request is None else answer_sheet.closed(request)


FEATURE = Feature(__name__, forms=(ASK, CHANGE))
