"""How a request is said: its line, its questions, how it stands, when it comes again."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.conversation import Visit
from bot.language import Joined, Part, Text, Weekday, _
from bot.movement import FieldType
from bot.office.reminding.deadline_texts import how_long
from bot.office.requests.repeating import months_on, opening_on
from storage.requests import AskedQuestion, AskedState, OfficeRequest

EVERY: Mapping[str, Text] = {"month": _("every month"), "quarter": _("every quarter"), "half": _("every half-year")}
KINDS: Mapping[str, Text] = {
    FieldType.LINE: _("short text"),
    FieldType.PARAGRAPH: _("a few sentences, files beside them"),
    FieldType.DATE: _("day"),
    FieldType.MONEY: _("amount of money"),
    FieldType.FILES: _("files"),
}


def named(request: OfficeRequest) -> Part:
    """Name a request in a sentence."""
    return _("{code} «{title}»", code=request.code, title=request.title)


def dated(request: OfficeRequest, today: date) -> Part:
    """Name a request and say how long there is."""
    return _("{request}: {how}", request=named(request), how=how_long(request.due, today))


def due(request: OfficeRequest) -> Part:
    """Say the last day of a request."""
    return _("Last day: {due} ({weekday})", due=request.due, weekday=Weekday(request.due))


def state(request: OfficeRequest, today: date) -> Part:
    """Say how a request stands."""
    if request.state is AskedState.OPEN:
        return how_long(request.due, today)
    assert request.ended is not None
    if request.state is AskedState.CLOSED:
        return _("closed on {day}", day=request.ended.date())
    return _("recalled on {day}", day=request.ended.date())


def question(n: int, asked: AskedQuestion, figure: Part | None = None) -> Part:
    """Say a question with how it is answered."""
    if asked.figure and figure is None:
        return _("{n}. {question} (filled in by the assistant, to be looked over)", n=n, question=asked.text)
    if asked.figure:
        return _("{n}. {question} (filled in by the assistant: {figure})", n=n, question=asked.text, figure=figure)
    return _("{n}. {question} ({how})", n=n, question=asked.text, how=_how(asked))


def _how(asked: AskedQuestion) -> Part:
    if asked.type == FieldType.NUMBER:
        return _("number, counted in {unit}", unit=asked.unit)
    if asked.type == FieldType.CHOICE:
        return _("one of: {choices}", choices=Joined(list(asked.choices), "; "))
    return KINDS.get(FieldType(asked.type), asked.type)


def comes_again(visit: Visit, every: str, first: date) -> Sequence[Part]:
    """Say when the next one of a series is opened, and until when that is."""
    if every not in EVERY:
        return []
    opens, due = opening_on(visit.said.date(), every, 1, visit.office.calendar), months_on(first, every, 1)
    if due > date(visit.plan.last_year, 12, 31):
        return [_("The movement ends before it would come again.")]
    return [
        _(
            "Comes again {every} by itself: the next one is opened on {opens}, until the end of {due}.",
            every=EVERY[every],
            opens=opens,
            due=due,
        )
    ]
