"""Who has answered a request and what: the office's live list, the answers question by question, rows for a workbook."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from bot.conversation import JobContext, Visit
from bot.dialogue import Facts, Field, Scene, engine
from bot.language import Count, Joined, Part, Time, _
from bot.movement import FieldType
from bot.office.requests import asked_figures, asked_words
from bot.office.requests.answer_sheet import field_of
from storage import people, request_answers, requests
from storage.request_answers import RequestAnswer, RequestReceiver
from storage.requests import AskedQuestion, OfficeRequest

PLACES = 40
"""So many are listed in the chat."""
CUT = 160
"""Characters of an answer that are said in the chat; all of it stands in the table."""
NUMBERS = (FieldType.NUMBER, FieldType.MONEY)


@dataclass(frozen=True)
class Collated:
    """A request with all that has come in."""

    scene: Scene
    """Who looks, when, and how they are spoken to."""
    request: OfficeRequest
    questions: Sequence[AskedQuestion]
    """What it asks now."""
    receivers: Sequence[RequestReceiver]
    """Who got it, in the office's order."""
    answers: Mapping[str, RequestAnswer]
    """What counts, by receiver; it may answer earlier questions."""

    @cached_property
    def done(self) -> Sequence[tuple[RequestReceiver, RequestAnswer]]:
        """Who has answered what is asked now."""
        found = ((each, self.answers.get(each.receiver)) for each in self.receivers)
        return [(each, answer) for each, answer in found if answer is not None and answer.asks == self.request.asks]

    @cached_property
    def open(self) -> Sequence[RequestReceiver]:
        """Who has not, and still can."""
        done = {each.receiver for each, _answer in self.done}
        return [each for each in self.receivers if each.receiver not in done and each.active]

    @cached_property
    def gone(self) -> Sequence[RequestReceiver]:
        """Who has not answered and is there no more."""
        done = {each.receiver for each, _answer in self.done}
        return [each for each in self.receivers if each.receiver not in done and not each.active]

    def said(self, asked: AskedQuestion, answer: RequestAnswer) -> Part:
        """Say an answer to one question."""
        return said(field_of(asked), answer.answers.get(asked.code), self.scene)


def of(visit: Visit, request: OfficeRequest) -> Collated:
    """Read a request with all that has come in, in this turn."""
    answers = visit.tx.all(request_answers.ANSWERS, request=request.id)
    return Collated(
        visit.scene(Facts()),
        request,
        visit.tx.all(requests.QUESTIONS, request=request.id, asks=request.asks),
        visit.tx.all(request_answers.RECEIVERS, request=request.id),
        {each.receiver: each for each in answers},
    )


async def read(context: JobContext, id: int) -> Collated | None:
    """Read the same from the state that a job looks at."""
    snapshot = context.snapshot
    request = await snapshot.one(requests.BY_ID, id=id)
    if request is None:
        return None
    answers = await snapshot.all(request_answers.ANSWERS, request=request.id)
    return Collated(
        Scene(context.person, context.now, context.office.plan, context.words),
        request,
        await snapshot.all(requests.QUESTIONS, request=request.id, asks=request.asks),
        await snapshot.all(request_answers.RECEIVERS, request=request.id),
        {each.receiver: each for each in answers},
    )


def said(field: Field, value: Any, scene: Scene) -> Part:
    """Say the answer to a question; what was given to another kind of question is said as it stands."""
    if value is None:
        return _("nothing")
    if isinstance(value, dict) and "files" in value:
        files = _("{n} files", n=Count(len(value["files"])))
        return _("{files}: {note}", files=files, note=value["note"]) if value.get("note") else files
    return engine.worded(field, value, scene) or str(value)


# The live list ------------------------------------------------------------------------------------


def standing(found: Collated) -> list[Part]:
    """List who has answered, when, how late; who has not."""
    request, today = found.request, found.scene.now.date()
    lines: list[Part] = [
        _("{request} · {state}", request=asked_words.named(request), state=asked_words.state(request, today)),
        *([] if request.open and request.due >= today else [asked_words.due(request)]),
        _("Answered: {done} of {of}", done=len(found.done), of=len(found.done) + len(found.open)),
    ]
    if request.every and not request.stopped:
        lines.append(_("Comes again {every} by itself.", every=asked_words.EVERY[request.every]))
    lines += [_one(each, answer) for each, answer in found.done[:PLACES]]
    anew = [each.name for each in found.open if each.receiver in found.answers]
    rest = [each.name for each in found.open if each.receiver not in found.answers]
    if anew:
        lines.append(
            _(
                "Answered the earlier questions, not yet the new ones ({n}): {names}",
                n=Count(len(anew)),
                names=_some(anew),
            )
        )
    if rest:
        lines.append(_("Not answered yet ({n}): {names}", n=Count(len(rest)), names=_some(rest)))
    if found.gone:
        lines.append(_("There no more: {names}", names=_some([each.name for each in found.gone])))
    return lines


def _some(names: Sequence[str]) -> Part:
    shown = Joined(list(names[:PLACES]), "; ")
    if len(names) <= PLACES:
        return _("{names}", names=shown)
    return _("{names} and {n} more", names=shown, n=Count(len(names) - PLACES))


def _one(receiver: RequestReceiver, answer: RequestAnswer) -> Part:
    if answer.late:
        return _(
            "- ✅ {who}: {at}, {n} days after the last day", who=receiver.name, at=Time(answer.at), n=Count(answer.late)
        )
    return _("- ✅ {who}: {at}", who=receiver.name, at=Time(answer.at))


# Question by question -----------------------------------------------------------------------------


def by_question(found: Collated) -> list[Part]:
    """Return the answers collated: each question with every answer, numbers added up, choices counted."""
    done = found.done
    lines: list[Part] = [
        _(
            "{request}: answers of {done} of {of}",
            request=asked_words.named(found.request),
            done=len(done),
            of=len(done) + len(found.open),
        )
    ]
    for n, asked in enumerate(found.questions, 1):
        lines.append(_("{n}. {question}", n=n, question=asked.text))
        lines += _summed(asked, [answer.answers.get(asked.code) for _who, answer in done])
        for receiver, answer in done[:PLACES]:
            value = found.scene.words.say(found.said(asked, answer))
            source = answer.sources.get(asked.code)
            short = value if len(value) <= CUT else f"{value[:CUT]}…"
            if source is not None:
                lines.append(
                    _(
                        "- {who}: {value} ({source})",
                        who=receiver.name,
                        value=short,
                        source=asked_figures.source_said(source),
                    )
                )
            else:
                lines.append(_("- {who}: {value}", who=receiver.name, value=short))
    return lines


def _summed(asked: AskedQuestion, values: Sequence[Any]) -> Iterator[Part]:
    given = [each for each in values if each is not None]
    if asked.type in NUMBERS and given and asked.unit != "%":
        total = sum((Decimal(each) for each in given), Decimal())
        unit = asked.unit if asked.type == FieldType.NUMBER else _("đồng")
        yield _("Total: {n} {unit}", n=total, unit=unit)
    if asked.type == FieldType.CHOICE and given:
        counts = [(each, given.count(each)) for each in asked.choices]
        yield _(
            "Counted: {counts}", counts=Joined([_("{answer} {n}", answer=each, n=Count(n)) for each, n in counts], "; ")
        )


# One answer, as its writer sees it ----------------------------------------------------------------


def own(visit: Visit, request: OfficeRequest, answer: RequestAnswer) -> list[Part]:
    """Show what a receiver has answered."""
    found = of(visit, request)
    by = visit.tx.one(people.BY_ID, id=answer.by)
    lines: list[Part] = [asked_words.named(request)]
    for n, asked in enumerate(found.questions, 1):
        lines.append(_("{n}. {question}: {value}", n=n, question=asked.text, value=found.said(asked, answer)))
    when = _("Sent at {at} by {who}.", at=Time(answer.at), who=by.name if by is not None else "")
    return [*lines, when]


# For the table ------------------------------------------------------------------------------------


def table(found: Collated, names: Mapping[int, str]) -> dict[str, Any]:
    """Return the workbook's contents as plain values: columns, a row a receiver, its sources."""
    say = found.scene.words.say
    head = say(_("No.|Unit or person|Sent at|Days late|Sent by")).split("|")
    rows: list[list[Any]] = []
    for n, receiver in enumerate(found.receivers, 1):
        answer = found.answers.get(receiver.receiver)
        if answer is None or answer.asks != found.request.asks:
            rows.append([n, receiver.name, say(_("not answered")), None, "", *("" for _q in found.questions)])
            continue
        values = [_cell(found, asked, answer) for asked in found.questions]
        rows.append([n, receiver.name, answer.at.replace(tzinfo=None), answer.late, names.get(answer.by, ""), *values])
    sources = [
        [receiver.name, asked.text, say(asked_figures.source_said(answer.sources[asked.code]))]
        for receiver, answer in found.done
        for asked in found.questions
        if asked.code in answer.sources
    ]
    return {
        "title": say(asked_words.named(found.request)),
        "sheets": [say(_("Answers")), say(_("Sources"))],
        "columns": [*head, *(say(_columned(asked)) for asked in found.questions)],
        "rows": rows,
        "source_columns": say(_("Unit|Question|Source")).split("|"),
        "sources": sources,
    }


def _columned(asked: AskedQuestion) -> Part:
    return _("{question} ({unit})", question=asked.text, unit=asked.unit) if asked.unit else asked.text


def _cell(found: Collated, asked: AskedQuestion, answer: RequestAnswer) -> Any:
    value = answer.answers.get(asked.code)
    if value is not None and asked.type in NUMBERS:
        return Decimal(value)
    if value is None:
        return ""
    return found.scene.words.say(found.said(asked, answer))
