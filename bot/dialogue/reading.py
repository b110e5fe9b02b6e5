"""Tell what a message means at the open question, and whether it means it surely. Pure, changes no draft."""

from collections.abc import Callable, Sequence
from typing import Any

from bot.dialogue.asides import aside
from bot.dialogue.authors import MEANINGS, myself
from bot.dialogue.doubts import asked_back
from bot.dialogue.fields import Line, Paragraph
from bot.dialogue.form import Field, Form, Kind, Reading, Unclear, Value, Wrong
from bot.dialogue.noise import bare, denies
from bot.dialogue.sheet import lines_of, worded
from bot.dialogue.turn import Choice, Draft, Said, Scene, Step
from bot.dialogue.words import exact, near, pointed, steering, told_of, whom
from bot.language import Count, Part, _, fold, number, opened, with_digits


def takes_text(form: Form, draft: Draft) -> bool:
    """Whether any words at all would be an answer now."""
    return draft.asking in form and form[draft.asking].kind.text


def stays(form: Form, draft: Draft, said: Said, scene: Scene) -> bool:
    """Whether words are no command, whatever they call: surely meant for the open message, or a choice of it in other words."""
    kind = takes_text(form, draft) and aside(said.text) is not None  # thanks, where any words are an answer
    return kind or surely(form, draft, said, scene) or in_other_words(form, draft, said, scene)


def surely(form: Form, draft: Draft, said: Said, scene: Scene) -> bool:
    """Whether these words are surely meant for the open message: a file, a steering word, a number or a label."""
    known = steering(scene.words)
    if said.files or fold(said.text).strip(" ./«»") in known:
        return True
    if draft.asking in form:
        own: Callable[[str], bool] | None = getattr(form[draft.asking].kind, "sure", None)
        if own is not None and own(said.text):
            return True
        if form[draft.asking].later and denies(said.text):
            return True
    if _goes_on(form, draft, said, scene):
        return True
    return certain(form, draft, said, scene) is not None or (
        draft.step in (Step.DOUBT, Step.AGAIN, Step.UNCLEAR)
        and exact(said.text, asked_back(form, draft, scene), scene.words) is not None
    )


def _goes_on(form: Form, draft: Draft, said: Said, scene: Scene) -> bool:
    """Whether these words are the button that sends the sheet, or accepts the page: «Ghi lại», though «ghi» is a command."""
    if draft.step is Step.REVIEW:
        label: Part = form.send(draft.values(), scene)
    elif draft.step is Step.PAGE and draft.about in form.pages:
        label = form.pages[draft.about].accept
    else:
        return False
    return fold(said.text) == fold(scene.words.say(label))


def answers_to(form: Form, draft: Draft, said: Said, scene: Scene) -> bool:
    """Whether these words can be read as an answer to the open message, surely or nearly."""
    if takes_text(form, draft) or surely(form, draft, said, scene):
        return True
    if draft.asking in form:
        return not isinstance(read(form[draft.asking], said.text, draft, scene), Wrong)
    return likely(form, draft, said, scene) is not None


def answers_for_certain(form: Form, draft: Draft, said: Said, scene: Scene) -> bool:
    """Whether words are an answer to the open question by themselves: a whole label, a code, what its kind reads."""
    if draft.asking not in form:
        return False
    field = form[draft.asking]
    reading = field.kind.read(said.text, draft.values(), scene)
    read_so = isinstance(reading, Value) and refused(field, reading.value, draft, scene) is None
    return read_so or certain(form, draft, said, scene) is not None


def holds_more(form: Form, draft: Draft, said: Said, scene: Scene) -> bool:
    """Whether an answer can only be found in these words, as a day in «hẹn thứ Hai», and they say more than that."""
    if draft.asking not in form or form[draft.asking].kind.text:
        return False
    return isinstance(form[draft.asking].kind.read(said.text, draft.values(), scene), Value)


def half_called(form: Form, draft: Draft, said: Said, scene: Scene) -> bool:
    """Whether the beginning of a command's words would be an answer here, or nearly a choice."""
    if draft.asking not in form:
        return False
    field = form[draft.asking]
    return told_in_words(field) if field.kind.text else not holds_more(form, draft, said, scene)


def in_other_words(form: Form, draft: Draft, said: Said, scene: Scene) -> bool:
    """Whether words say in other words what a choice of the open question says: an answer, whatever else they call."""
    words = frozenset(fold(said.text).split())
    labels = (fold(scene.words.say(choice.label)).split() for choice in offered(form, draft, scene))
    return draft.asking in form and any(
        len(label) >= MANY and len(words & {*label}) >= MOSTLY * max(len(words), len(label)) for label in labels
    )


MANY, MOSTLY = 4, 0.7
"""Of how many words a choice is that may be said in others, and how much of both is the same then."""


def read(field: Field, text: str, draft: Draft, scene: Scene) -> Reading:
    """Read an answer: a choice by its number or label, else what the kind reads, else a near choice."""
    offered = field.choices(draft.values(), scene) if field.choices is not None else ()
    counted = field.kind.digits and text.strip(" .%()[]«»").isdecimal()
    if not counted and (choice := exact(text, offered, scene.words)) is not None:
        return Value(choice.value)
    reading = field.kind.read(text, draft.values(), scene)
    if not isinstance(reading, Wrong) or field.kind.text:
        return reading
    return _else(field.kind, text, offered, scene, reading)


def _else(kind: Kind, text: str, offered: Sequence[Choice], scene: Scene, wrong: Wrong) -> Reading:
    """Return the choice that words mean nearly: a person, themselves, a number or code, a few words, a short form."""
    if (choice := pointed(text, offered, scene.words)) is not None:
        return Value(choice.value)
    place = None if kind.digits else number(with_digits(text).strip(" .)«»"))
    if place is not None and 1 <= place <= len(offered):  # «ba»
        return Value(offered[place - 1].value)
    if place is not None and offered and not kind.free:
        return Wrong(_("There is no {place} here: {most} answers are offered.", place=place, most=Count(len(offered))))
    if myself(text) and (me := [each for each in offered if each.person and each.value == scene.person.id]):
        return Value(me[0].value)
    meant = whom(text, offered, scene.words)
    if len(meant.sure) == 1:
        return Value(meant.sure[0].value)
    if maybe := [*meant.sure, *meant.near][:MEANINGS]:
        return Unclear(_("«{name}»: do {you} mean one of these?", name=text), maybe)
    if (choice := near(text, offered, scene.words)) is not None:
        return Value(choice.value)
    whole = opened(fold(text), getattr(scene.plan, "abbreviations", {}))
    if whole != fold(text):
        choice = exact(whole, offered, scene.words) or near(whole, offered, scene.words)
    choice = choice or told_of(text, offered, scene.words)
    return wrong if choice is None else Value(choice.value)


def refused(field: Field, value: Any, draft: Draft, scene: Scene) -> Part | None:
    """Return why a value cannot be taken, or None."""
    return field.refuse(value, draft.values(), scene) if field.refuse else None


def fits(field: Field, value: Any, draft: Draft, scene: Scene) -> bool:
    """Whether a kept answer is still one the form would take."""
    if field.choices is not None and not field.kind.free:
        return any(choice.value == value for choice in field.choices(draft.values(), scene))
    return worded(field, value, scene) is not None and refused(field, value, draft, scene) is None


def pointed_at(form: Form, draft: Draft, said: Said, scene: Scene) -> Field | Choice | None:
    """Return what of the open message was pointed at by a number or a label."""
    return certain(form, draft, said, scene) or likely(form, draft, said, scene)


def certain(form: Form, draft: Draft, said: Said, scene: Scene) -> Field | Choice | None:
    """Return the choice or line of the open message that is named by its number or its whole label."""
    return _of_form(form, draft, exact(said.text, offered(form, draft, scene), scene.words))


def likely(form: Form, draft: Draft, said: Said, scene: Scene) -> Field | Choice | None:
    """Return the choice or line that a few words of its label name; at a question for text, none."""
    if draft.asking in form and form[draft.asking].kind.text:
        return None
    return _of_form(form, draft, near(said.text, offered(form, draft, scene), scene.words))


def offered(form: Form, draft: Draft, scene: Scene) -> Sequence[Choice]:
    """Return what the open message numbers: the choices of a question, or the lines of a sheet."""
    asking = draft.asking
    if asking in form:
        choices = form[asking].choices
        return choices(draft.values(), scene) if choices is not None else ()
    if draft.step in (Step.SHEET, Step.REVIEW, Step.PAGE):
        return lines_of(form, draft.values(), scene)
    return ()


def _of_form(form: Form, draft: Draft, choice: Choice | None) -> Field | Choice | None:
    return choice if choice is None or draft.asking in form else form[choice.value]


def told_in_words(field: Field) -> bool:
    """Whether a field is told in words: a summary, a reason, a title; not a number or a name."""
    return field.long or isinstance(field.kind, Paragraph) or (isinstance(field.kind, Line) and field.kind.shortest > 3)


def leaves_empty(field: Field, said: Said, reading: Reading) -> bool:
    """Whether «không», «chưa có» leave a question open that may be answered later, and are no answer of another meaning."""
    if not field.later or not denies(said.text):
        return False
    return isinstance(reading, Wrong) or (
        field.kind.text and isinstance(reading, Value) and isinstance(reading.value, str)
    )


def too_little(field: Field, said: Said, reading: Reading) -> bool:
    """Whether it could be taken, and still tells nothing; what cannot be taken gets its reason instead."""
    return isinstance(reading, Value) and told_in_words(field) and bare(said.text)
