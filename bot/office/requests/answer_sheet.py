"""The sheet in which a request is answered: made of its questions, known figures filled in; kept whole when it is sent."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Any

from bot.conversation import Visit
from bot.dialogue import Answers, Day, Facts, Field, Form, Line, Page, Scene
from bot.language import Count, Part, Text, _
from bot.movement import FieldType, ItemField, Plan
from bot.office import head_titles
from bot.office.duties.item_fields import SHAPES, answered_as
from bot.office.duties.submissions import days_late
from bot.office.report.pages import pass_on
from bot.office.requests import asked_figures, asked_receivers, asked_words
from bot.office.requests.asked_figures import FigureFound
from storage import request_answers, requests
from storage.request_answers import RequestAnswer, RequestReceiver
from storage.requests import AskedQuestion, AskedState, OfficeRequest

PAGE = "known"


class AnswerFacts(Facts):
    """The request, for whom it is answered, its questions, what is known of them, what was answered before."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._visit = visit
        self.found, self.receiver = asked_receivers.read(visit, subject)

    @property
    def request(self) -> OfficeRequest:
        """The request."""
        assert self.found is not None
        return self.found

    @cached_property
    def questions(self) -> Sequence[AskedQuestion]:
        """What it asks now."""
        if self.found is None:
            return ()
        return self._visit.tx.all(requests.QUESTIONS, request=self.found.id, asks=self.found.asks)

    @cached_property
    def known(self) -> Mapping[str, FigureFound]:
        """By question, the figures that are filled in."""
        return {} if self.receiver is None else figures(self._visit, self.request, self.receiver, self.questions)

    @cached_property
    def before(self) -> RequestAnswer | None:
        """What was answered before."""
        if self.receiver is None:
            return None
        return self._visit.tx.one(request_answers.ANSWER, request=self.request.id, receiver=self.receiver.receiver)

    @cached_property
    def sent(self) -> datetime | None:
        """When it was answered before."""
        return self.before.at if self.before is not None else None

    @cached_property
    def sends(self) -> bool:
        """Whether this person sends the answer, and does not only draft it."""
        return self.receiver is not None and asked_receivers.sends(self._visit, self.receiver)

    @cached_property
    def head(self) -> Part:
        """What whoever sends it is called."""
        return head_titles.of_unit(self._visit, self._visit.me.unit)

    @cached_property
    def late(self) -> int:
        """How many days after the last one it would be sent now."""
        return 0 if self.found is None else days_late(self.found.due, self._visit.said.date())


def figures(
    visit: Visit, request: OfficeRequest, receiver: RequestReceiver, asked: Sequence[AskedQuestion]
) -> dict[str, FigureFound]:
    """Return the figures of a unit that a request has filled in, by question."""
    found: dict[str, FigureFound] = {}
    for each in asked:
        known = asked_figures.named(visit.plan, each.figure) if each.figure and receiver.unit is not None else None
        figure = None if known is None or receiver.unit is None else known.look(visit, receiver.unit, request.due.year)
        if figure is not None:
            found[each.code] = figure
    return found


# The form -----------------------------------------------------------------------------------------


def field_of(asked: AskedQuestion) -> Field:
    """Return a question of a request as a field of its sheet."""
    type = FieldType(asked.type)
    item = ItemField.model_construct(
        code=asked.code,
        label=asked.text,
        question=asked.text,
        type=type,
        choices=asked.choices,
        unit=asked.unit,
        past=True,
    )
    plain = Field(
        asked.code,
        asked.text,
        asked.text,
        Line(),
        refuse=_other(type),
        skip=_("No files") if type is FieldType.FILES else None,
    )
    field = replace(plain, **{**answered_as(item), **({"kind": Day()} if type is FieldType.DATE else {})})
    if not asked.figure:
        return field
    return replace(
        field,
        page=PAGE,
        prefill=lambda answers, scene: _filled_in(asked.code, scene),
        note=lambda answers, scene: _source(asked.code, scene),
    )


def _filled_in(code: str, scene: Scene) -> str | None:
    found = AnswerFacts.of(scene).known.get(code)
    return None if found is None else format(found.value.normalize(), "f")


def _source(code: str, scene: Scene) -> Part | None:
    found = AnswerFacts.of(scene).known.get(code)
    return None if found is None else asked_figures.source_said(found.source)


def _other(type: FieldType) -> Any:
    def refuse(value: Any, answers: Answers, scene: Scene) -> Part | None:
        return None if isinstance(value, SHAPES[type]) else _("This question was another one when it was answered.")

    return refuse


def form_of(plan: Plan, facts: Facts) -> Form:
    """Return the sheet of a request: its questions as they are now."""
    assert isinstance(facts, AnswerFacts)
    return replace(FORM, fields=tuple(field_of(each) for each in facts.questions))


def _send(answers: Answers, scene: Scene) -> Text:
    facts = AnswerFacts.of(scene)
    return _("Send to the office") if facts.sends else pass_on(facts.head)


def _review(answers: Answers, scene: Scene) -> Sequence[Part]:
    facts = AnswerFacts.of(scene)
    late = [_("It is marked as sent {n} days after the last day.", n=Count(facts.late))] if facts.late else []
    return [*late, _("Who can read it: {desk}, the leaders. It can be corrected until {desk} closes the request.")]


FORM = Form(
    "request_answer",
    title=lambda answers, scene: _(
        "{code} {title}", code=AnswerFacts.of(scene).request.code, title=AnswerFacts.of(scene).request.title
    ),
    fields=(),
    send=_send,
    pages={
        PAGE: Page(
            lambda scene: _("What the assistant knows"),
            _("These are right"),
            outro=lambda scene: [_("Where a figure is another one, please change it: give its number.")],
        )
    },
    review=_review,
)


# Whether it may be answered -----------------------------------------------------------------------


def over(visit: Visit, subject: str) -> Part | None:
    """Say why a request takes no answer any more; None where it does."""
    request, receiver = asked_receivers.read(visit, subject)
    if request is None or receiver is None:
        return _("This request was not sent to {you_name}.")
    return closed(request)


def closed(request: OfficeRequest) -> Part | None:
    """Say that a request is closed or recalled; None where it is open."""
    if request.open:
        return None
    assert request.ended is not None
    if request.state is AskedState.CLOSED:
        return _(
            "{desk} closed {request} on {day}; no answer is taken any more.",
            request=asked_words.named(request),
            day=request.ended.date(),
        )
    return _(
        "{desk} recalled {request} on {day}: «{reason}». No answer is needed.",
        request=asked_words.named(request),
        day=request.ended.date(),
        reason=request.reason,
    )


def theirs(visit: Visit, subject: Any) -> bool:
    """Whether a sheet is this person's to fill in, as they are now."""
    _request, receiver = asked_receivers.read(visit, str(subject))
    return receiver is None or asked_receivers.drafts(visit, receiver)


def keep(visit: Visit, facts: AnswerFacts, answers: Answers) -> int:
    """Store an answer, its files with it; return its version."""
    assert facts.receiver is not None
    before, codes = facts.before, [each.code for each in facts.questions]
    given = {code: answers.get(code) for code in codes}
    sources = {
        code: dict(found.source)
        for code, found in facts.known.items()
        if given.get(code) == format(found.value.normalize(), "f")
    }
    late = facts.late if before is None or before.asks != facts.request.asks else before.late
    version = request_answers.answer(
        visit.tx,
        request=facts.request,
        receiver=facts.receiver.receiver,
        answers=given,
        sources=sources,
        late=late,
        by=visit.me.id,
        now=visit.said,
    )
    record = asked_receivers.key(facts.request, facts.receiver.receiver)
    now = files_in(given)
    visit.keep_files(now, record)
    visit.replace_files([] if before is None else files_in(before.answers), now, record)
    visit.note("request_answered", record, version=version, late=late)
    return version


def files_in(answers: Mapping[str, Any]) -> list[int]:
    """Return the files that an answer names."""
    return [id for value in answers.values() if isinstance(value, dict) for id in value.get("files", ())]
