"""Answer what is said beside the open question, from the question's own help, and ask it again. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.dialogue.answering import ask, ask_cancel
from bot.dialogue.asides import ANSWERS, QUESTIONS, Aside, aside
from bot.dialogue.doubts import doubted_still
from bot.dialogue.fields import Attached, Day, Expected, Files, Line, Money, Number, OneOf, Paragraph
from bot.dialogue.form import Field, Form, Unclear, Value, Wrong
from bot.dialogue.reading import certain, offered, read
from bot.dialogue.turn import Draft, Said, Scene, Step, Turn
from bot.dialogue.words import exact, steering
from bot.language import Count, Part, _, fold


def beside(form: Form, draft: Draft, said: Said, scene: Scene) -> Turn | None:
    """Answer thanks, anger, «cái này là gì?» and ask the question again; None for what may be an answer to it."""
    steers = fold(said.text).strip(" ./«»") in steering(scene.words)  # «bỏ qua» is no «bực quá» with a slip
    meant = None if said.files or steers else aside(said.text)
    if meant is None or _answers(form, draft, said, scene, meant):
        return None
    lines = helped(meant, form, draft, scene) if meant in QUESTIONS else [ANSWERS[meant]]
    if draft.step is Step.CANCEL:
        return ask_cancel(draft, scene, *lines)
    if draft.step is Step.AGAIN and (still := doubted_still(form, draft, scene)) is not None:
        return replace(still, say=still.say.after(*lines))
    return ask(form, draft, scene, *lines)


def _answers(form: Form, draft: Draft, said: Said, scene: Scene, meant: Aside) -> bool:
    """Whether it may be an answer all the same; where any words are one, a courtesy is asked about as such."""
    if draft.asking not in form:
        return certain(form, draft, said, scene) is not None
    field = form[draft.asking]
    if exact(said.text, offered(form, draft, scene), scene.words) is not None:
        return True
    reading = read(field, said.text, draft, scene)
    if field.kind.text:
        told = isinstance(reading, Unclear) or (isinstance(reading, Value) and not isinstance(reading.value, str))
        return told or meant not in QUESTIONS
    return not isinstance(reading, Wrong) and "?" not in said.text


def helped(meant: Aside, form: Form, draft: Draft, scene: Scene) -> Sequence[Part]:
    """Answer a question about what is open: a field's from its own help, a page's or a sheet's by what can be done there."""
    code = draft.about if draft.step is Step.UNCLEAR else draft.asking
    if code in form:
        return _HELP[meant](form, form[code], draft, scene)
    if draft.step is Step.PAGE and draft.about in form.pages:
        accept = form.pages[draft.about].accept
        known = _(
            "What is known already stands here: choose «{accept}» where it is right, or give the number of a line to change it, for example: 2",
            accept=accept,
        )
        kept = _("This part is confirmed before the sheet goes on; «leave» keeps everything for later.")
        return [known, kept] if meant is Aside.MUST else [known]
    if draft.step is Step.AGAIN:
        return [_("It is asked back before it is recorded: {you} may confirm the answer or change it.")]
    if draft.step is Step.CANCEL:
        return [_("The sheet can be kept for later, gone on with, or deleted.")]
    return [_("This is the sheet as it stands: give the number of an answer to change it, for example: 2")]


def _what(form: Form, field: Field, draft: Draft, scene: Scene) -> Sequence[Part]:
    return [_("This question is about «{label}».", label=field.label), *_how(form, field, draft, scene)]


def _why(form: Form, field: Field, draft: Draft, scene: Scene) -> Sequence[Part]:
    """Say why something is asked: by the field's own reason, else its form's, else what becomes of the answer."""
    for reason in (field.why, form.why):
        if reason is not None and (lines := reason(draft.values(), scene)):
            return lines
    title = (form.sheet_head or form.title)(draft.values(), scene)
    into = _("The answer stands in «{title}» as «{label}».", title=title, label=field.label)
    return [into, _("Who reads it is said before the sheet is sent.")] if form.review is not None else [into]


def _example(form: Form, field: Field, draft: Draft, scene: Scene) -> Sequence[Part]:
    """Point to the example that the question has; else give one by what kind of answer it takes."""
    given = draft.values()
    if field.example(given, scene) if callable(field.example) else field.example:
        return [_("The example below shows how it may be written; please write what is so in {you}r own case.")]
    return [_("For example: {example}", example=like(field, draft, scene))]


def _must(form: Form, field: Field, draft: Draft, scene: Scene) -> Sequence[Part]:
    left = field.skipping(draft.values(), scene)
    if left is not None:
        return [_("It is not required: with «{skip}» it is left open for now.", skip=left)]
    if field.choices is not None and not isinstance(field.kind, OneOf):
        return [
            _(
                "The sheet can be sent once this is answered; one of the answers offered will do, and «leave» keeps everything for later."
            )
        ]
    return [_("The sheet can be sent once this is answered; «leave» keeps everything written so far for later.")]


def _how(form: Form, field: Field, draft: Draft, scene: Scene) -> Sequence[Part]:
    """Say how it is answered, by the kind of its answer."""
    for kind, said in _BY_KIND:
        if isinstance(field.kind, kind):
            return [said(field, scene)]
    return [_("Please answer like the example below, or choose one of what is offered.")]


_HELP: Mapping[Aside, Callable[[Form, Field, Draft, Scene], Sequence[Part]]] = {
    Aside.WHAT: _what,
    Aside.WHY: _why,
    Aside.EXAMPLE: _example,
    Aside.MUST: _must,
    Aside.HOW: _how,
}


def _written(field: Field, scene: Scene) -> Part:
    most = Count(field.kind.longest) if isinstance(field.kind, Line) else ""
    if field.long:
        return _("Please write a few sentences; they may come in several messages.")
    if isinstance(field.kind, Paragraph):
        return _("Please write a few sentences, {n} characters at most.", n=most)
    return _("Please write one line, {n} characters at most.", n=most)


_BY_KIND: Sequence[tuple[type[Any], Callable[[Field, Scene], Part]]] = (
    (Line, _written),
    (OneOf, lambda field, scene: _("Please choose one of the answers below, by its number or a few words of it.")),
    (Day, lambda field, scene: _("Please write a day like 05/11/{year}.", year=scene.today.year)),
    (Expected, lambda field, scene: _("Please write a day, a month or a quarter, as in the example.")),
    (Money, lambda field, scene: _("Please write an amount of money, for example: 20 million đồng")),
    (Number, lambda field, scene: _("Please write a number, in {unit}.", unit=field.kind.units.unit)),  # type: ignore[attr-defined]  # it is a Number
    (Files, lambda field, scene: _("Please send pictures or documents here, then choose «Done».")),
    (Attached, lambda field, scene: _("Please send the file itself into this chat.")),
)
"""How each kind of answer is given; the first that fits counts."""


def like(field: Field, draft: Draft, scene: Scene) -> Part:
    """Return an example of an answer, for a question that has none of its own."""
    if field.choices is not None and (some := field.choices(draft.values(), scene)):
        return some[0].label
    match field.kind:
        case Day():
            return _("{day}", day=scene.today)
        case Money():
            return _("20 million đồng")
        case Number(units):
            return _("{n} {unit}", n=12, unit=units.unit)
        case Files() | Attached():
            return _("a photograph of the paper, a PDF, Word or Excel file")
    return _("one short sentence that says just what is asked, with figures and days where there are any")
