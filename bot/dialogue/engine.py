"""The engine: one message to one open form, answered. Pure; the face of this room for whoever leads a turn.

Law: `begin`, `resume`, `take` and `change` are pure over (form, draft, said, scene). Whatever is
said, nothing is lost, nothing raises, and there is a way out. The rule of going on is one sentence:
ask the first visible question without an answer; when there is none, show the sheet for review.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.dialogue.answering import (
    answer,
    answered_elsewhere,
    ask,
    ask_cancel,
    go_on,
    take_files,
    take_value,
    taken_together,
)
from bot.dialogue.doubts import OPEN, STAY, asked_back, called, doubt, doubt_change, doubted, doubted_still, settled
from bot.dialogue.editing import change
from bot.dialogue.field_help import beside
from bot.dialogue.form import Field, Form, Value, Wrong
from bot.dialogue.navigation import accept_page, accept_rest, confirmed_or_not, steer, turn_page
from bot.dialogue.noise import settles
from bot.dialogue.page_answers import several_of_page
from bot.dialogue.reading import (
    answers_for_certain,
    answers_to,
    fits,
    half_called,
    holds_more,
    pointed_at,
    read,
    refused,
    stays,
    surely,
    takes_text,
)
from bot.dialogue.refitting import fitting, refitted
from bot.dialogue.sheet import lines_of, visible, worded
from bot.dialogue.turn import Answer, Answers, Draft, Said, Scene, Source, SteeringWord, Step, Turn
from bot.dialogue.words import exact, steering
from bot.language import Part, _, fold, has_marks, looks_legacy, number
from bot.language import exact as by_marks

__all__ = [
    "answers_for_certain",
    "answers_to",
    "begin",
    "beside",
    "called",
    "change",
    "doubt",
    "fill",
    "fits",
    "fitting",
    "half_called",
    "holds_more",
    "refitted",
    "resume",
    "settled",
    "settles",
    "spread",
    "stays",
    "surely",
    "take",
    "takes_text",
    "worded",
]


QUOTED = 60
"""Characters of what was typed that are said again."""

LABEL = 24
"""Words that the name of a line has, at most."""


def begin(form: Form, scene: Scene, draft: Draft, *lines: Part) -> Turn:
    """Open a form, or open it again where it stood; `lines` come before the question."""
    return go_on(form, draft, scene, *lines, first=not draft.parts)


def fill(form: Form, scene: Scene, draft: Draft, answers: Answers, message: int | None, *lines: Part) -> Turn:
    """Open a form with answers that came with the command; ask back what is hardly meant all the same."""
    doubts: list[tuple[Field, Any, Part]] = []
    for code, value in answers.items():
        field, given = form[code], draft.values()
        if code in draft.parts or refused(field, value, draft, scene) is not None:
            continue
        if (warning := field.doubt(value, given, scene)) is not None:
            doubts.append((field, value, warning))
        else:
            draft = draft.answer(code, Answer(value, Source.TYPED, message))
    if doubts:
        field, value, warning = doubts[0]
        return doubted(draft, field, value, Said(message=message), scene, warning)
    return begin(form, scene, draft, *lines)


def spread(form: Form, scene: Scene, pieces: Sequence[str]) -> tuple[Answers, list[str]]:
    """Read pieces of one message as answers to whatever of the form they surely are; return them, and what is none.

    Only questions are looked at that not any words answer: an area, names with shares, a day.
    """
    draft, left = Draft(form.code), list[str]()
    for piece in pieces:
        for field in form.fields:
            if field.kind.text or field.code in draft.parts or not field.visible(draft.values(), scene):
                continue
            reading = read(field, piece, draft, scene)
            if isinstance(reading, Value) and refused(field, reading.value, draft, scene) is None:
                draft = draft.answer(field.code, Answer(reading.value))
                break
        else:
            left.append(piece)
    return draft.values(), left


def resume(form: Form, draft: Draft, scene: Scene, *lines: Part) -> Turn:
    """Repeat the open question (after a side question, after coming back); after a look that a doubt offers, the doubt."""
    looked = draft.step is Step.AGAIN and draft.about in form and form[draft.about].beside is not None
    if looked and not lines and (still := doubted_still(form, draft, scene)) is not None:
        return still
    return ask(form, draft, scene, *lines)


def take(form: Form, draft: Draft, said: Said, scene: Scene) -> Turn:
    """Answer one message."""
    if draft.step is Step.DOUBT:
        return _doubtful(form, draft, said, scene)
    if said.files:
        return take_files(form, draft, said, scene)
    if looks_legacy(said.text):
        why = _(
            "This text is in an old encoding that the assistant cannot read. Please type it again, or convert it to Unicode and send it."
        )
        return ask(form, draft, scene, why)
    if draft.step in (Step.SHEET, Step.REVIEW) and (leafed := turn_page(form, draft, said, scene)) is not None:
        return leafed
    if draft.step is Step.AGAIN and (asked := confirmed_or_not(form, draft, said, scene)) is not None:
        return asked
    text = fold(said.text)
    word = steering(scene.words).get(text.strip(" ./«»"))
    # The label may take a look at who confirms, so it is made only where it may be meant.
    may_be = draft.step is Step.REVIEW or steering(scene.words).get(text.split(" ")[0]) is SteeringWord.SEND
    if word is None and may_be and text == fold(scene.words.say(form.send(draft.values(), scene))):
        word = SteeringWord.SEND
    if word is not None and (steered := steer(word, form, draft, said, scene)) is not None:
        return steered
    if (edited := _edit_line(form, draft, said, scene)) is not None:
        return edited
    if (asked := beside(form, draft, said, scene)) is not None:
        return asked
    if draft.step is None:
        return answer(form, draft, said, scene)
    return _STEPS[draft.step](form, draft, said, scene)


def _doubtful(form: Form, draft: Draft, said: Said, scene: Scene) -> Turn:
    """Answer what was said to a doubt: the words were the answer, or this is something new."""
    back = settled(draft)
    choice = exact(said.text, asked_back(form, draft, scene), scene.words)
    if steering(scene.words).get(fold(said.text)) is SteeringWord.BACK:
        return ask(form, back, scene)
    if choice is not None and choice.value == OPEN and draft.notes.get("changes"):
        code, text = draft.notes["changes"]
        meant = Said(text, message=draft.notes["message"])
        return answer(form, back.ask(code, editing=True), meant, scene) if code in form else ask(form, back, scene)
    if choice is not None and choice.value == STAY:
        return ask(form, back, scene)
    if choice is None or choice.value == OPEN:
        return take(form, back, said, scene)
    meant = Said(draft.notes["said"], message=draft.notes["message"])
    if back.asking in form:
        return answer(form, back, meant, scene, sure=True)
    return take(form, back, meant, scene)


def _again(form: Form, draft: Draft, said: Said, scene: Scene) -> Turn:
    """Answer what was said to a warning: its confirmation, «sửa», or another answer."""
    field = form[draft.about]
    reading = read(field, said.text, draft, scene)
    still = doubted_still(form, draft, scene) if isinstance(reading, Wrong) and field.kind.text else None
    if isinstance(reading, Wrong) and still is not None:  # what is held stays held
        return replace(still, say=still.say.after(reading.why))
    return answer(form, draft.ask(field.code), said, scene)


def _unclear(form: Form, draft: Draft, said: Said, scene: Scene) -> Turn:
    """Store the one of the meanings that was named by its text or number; anything else is a new answer."""
    field = form[draft.about]
    values = draft.notes["meanings"]
    shown = [scene.words.say(field.kind.show(value, scene)) for value in values]
    bare = [value.replace(".", ",") if isinstance(value, str) else "" for value in values]
    labels = draft.notes.get("labels", shown)  # a sheet that was kept by an earlier version has none
    number = said.text.strip(" .")
    meant = replace(
        said, message=draft.notes.get("message", said.message)
    )  # whoever edits those words changes the answer
    for offered in (labels, shown, bare, [str(n) for n in range(1, len(values) + 1)]):
        for value, label in zip(values, offered, strict=True):
            if label in (said.text, number):
                return take_value(form, draft.ask(field.code), field, value, meant, scene)
    key = by_marks if has_marks(said.text) else fold  # marks that were typed count: «Hưng» does not confirm «Hùng»
    for offered in (labels, shown):
        if [key(label) for label in offered].count(key(said.text)) == 1:
            value = values[[key(label) for label in offered].index(key(said.text))]
            return take_value(form, draft.ask(field.code), field, value, meant, scene)
    return answer(form, draft.ask(field.code), said, scene)


def _page(form: Form, draft: Draft, said: Said, scene: Scene) -> Turn:
    """Answer what was said to a page: its acceptance, or a line to change by its number or label."""
    page = form.pages.get(draft.about)
    if page is None:  # a plan has dropped it while the sheet was open
        return go_on(form, draft, scene)
    if fold(said.text) == fold(scene.words.say(page.accept)):
        return accept_page(form, draft, scene)
    if page.rest is not None and fold(said.text) == fold(scene.words.say(page.rest)):
        return accept_rest(form, draft, said, scene)
    if (several := several_of_page(form, draft, said, scene)) is not None:
        return several
    return _sheet(form, draft, said, scene)


def _sheet(form: Form, draft: Draft, said: Said, scene: Scene) -> Turn:
    """Open the answer that was pointed at on the sheet or the review; take those that name their questions."""
    if (together := taken_together(form, draft, said, scene)) is not None:
        return together
    if isinstance(field := pointed_at(form, draft, said, scene), Field):
        return ask(form, draft.ask(field.code, editing=True), scene)
    if (misplaced := answered_elsewhere(form, draft, said, scene)) is not None:
        return misplaced
    if draft.step is Step.SHEET:
        return ask(form, draft, scene, _("Please give the number of the answer to change, or choose «Continue»."))
    return ask(form, draft, scene, _("The assistant did not understand this."))


def _edit_line(form: Form, draft: Draft, said: Said, scene: Scene) -> Turn | None:
    """Change an answer from anywhere by «sửa 1 Tên mới», «sửa tên» or «sửa tên Tên mới»; None for any other message.

    «Sửa tên Tên mới» may also be the answer where any words are one: then it is asked.
    """
    head, _space, rest = said.text.partition(" ")
    if not rest or steering(scene.words).get(fold(head)) is not SteeringWord.EDIT:
        return None
    said_number, _space, text = rest.strip().partition(" ")
    fields = visible(form, draft.values(), scene)
    place = number(said_number.rstrip(".:")) or 0
    if 1 <= place <= len(fields):
        field = fields[place - 1]
    elif (named := _named_line(form, draft, rest, scene)) is not None:
        field, text = named
        if text and takes_text(form, draft):
            label = scene.words.say(field.label)
            asked = _("Is «{label}» to become «{text}», or is that the answer?", label=label, text=_cut(text))
            return doubt_change(draft, said, asked, code=field.code, text=text, title=label)
    else:
        return None
    at = draft.ask(field.code, editing=True)
    if not text:
        return ask(form, at, scene)
    return answer(form, at, Said(text, message=said.message), scene)


def _named_line(form: Form, draft: Draft, rest: str, scene: Scene) -> tuple[Field, str] | None:
    """Return the line of the sheet whose name these words are, or begin with, and what follows it."""
    lines, words = lines_of(form, draft.values(), scene), rest.split()
    for length in range(min(len(words), LABEL), 0, -1):
        label = " ".join(words[:length]).rstrip(":")
        if not label.isdecimal() and (line := exact(label, lines, scene.words)) is not None:
            return form[line.value], " ".join(words[length:])
    return None


def _cut(text: str) -> str:
    return text if len(text) <= QUOTED else f"{text[:QUOTED]}…"


def _stopping(form: Form, draft: Draft, said: Said, scene: Scene) -> Turn:
    """Ask again whether to stop, and say that what was typed instead is no answer."""
    text = _cut(said.text)
    return ask_cancel(draft, scene, *([_("«{said}» was not recorded as the answer.", said=text)] if text else ()))


_STEPS = {
    Step.DOUBT: _doubtful,
    Step.AGAIN: _again,
    Step.UNCLEAR: _unclear,
    Step.PAGE: _page,
    Step.SHEET: _sheet,
    Step.REVIEW: _sheet,
    Step.CANCEL: _stopping,
}
