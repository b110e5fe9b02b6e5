"""Words that answer another question of the sheet than the open one: named and asked about, never taken in silence. Pure."""

import re
from collections.abc import Sequence

from bot.dialogue.form import Field, Form, Value
from bot.dialogue.reading import refused
from bot.dialogue.sheet import shown, visible
from bot.dialogue.turn import Draft, Said, Scene
from bot.dialogue.words import exact
from bot.language import Part, Text, _, clean_line, fold, number

SORRY: Text = _("sorry|no|oh no|i mean|it should be|correction")
"""Said by people: words before what was meant to be said a question ago."""
FEWEST = 2
"""Letters of an answer that is known by itself: fewer mean too many things."""
_NAMED = re.compile(r"(\w[^:=]{0,59}?)(?: ?[:=] ?| là | la )(\S.*)")
_APART = " ,.:;-–!"


def meant(said: str, scene: Scene) -> str:
    """Return what was meant, without the words that say that something went wrong: «à nhầm, chuyển đổi số»."""
    words = clean_line(said).strip(_APART).split()
    phrases = sorted((fold(each).split() for each in scene.words.say(SORRY).split("|")), key=len, reverse=True)
    at = 0
    while at < len(words):
        folded = [fold(word).strip(_APART) for word in words[at:]]
        found = next((phrase for phrase in phrases if folded[: len(phrase)] == phrase), None)
        if found is None:
            break
        at += len(found)
    return " ".join(words[at:])


def elsewhere(form: Form, draft: Draft, said: Said, scene: Scene) -> tuple[Field, str] | None:
    """Return the one question that words surely answer though it is not open, and those words; None for any other text.

    Figures alone answer nothing: they fit too many questions.
    """
    text = meant(said.text, scene)
    if len(fold(text)) < FEWEST or number(text.strip(_APART)) is not None or "\n" in said.text:
        return None
    fields = visible(form, draft.values(), scene)
    if (called := _called(fields, draft, text, scene)) is not None:
        return called
    found = [field for field in fields if _answers(form, field, text, draft, scene)]
    return (found[0], text) if len(found) == 1 else None


def _called(fields: Sequence[Field], draft: Draft, text: str, scene: Scene) -> tuple[Field, str] | None:
    """Return the question that is named with its new answer: «tên: …», «tên là …»; None for any other text."""
    found = _NAMED.fullmatch(text)
    for field in fields if found is not None else ():
        if found is not None and fold(found[1]) == fold(scene.words.say(field.label)) and field.code != draft.asking:
            return field, found[2]
    return None


def named(form: Form, draft: Draft, field: Field, text: str, scene: Scene) -> Sequence[Part]:
    """Say which question words belong to, and what its answer is as yet."""
    label = scene.words.say(field.label)
    if draft.parts.get(field.code):
        now = scene.words.say(shown(field, draft, scene))
        return [
            _(
                "«{text}» answers «{label}», where {value} is recorded. Should it be changed?",
                text=text,
                label=label,
                value=now,
            )
        ]
    return [_("«{text}» answers «{label}», which is not asked here. Should it go there?", text=text, label=label)]


def _answers(form: Form, field: Field, text: str, draft: Draft, scene: Scene) -> bool:
    """Whether words are an answer to a question and could be none to a question that takes any."""
    if field.code == draft.asking or field.kind.text or field.kind.digits:
        return False
    values = draft.values()
    offered = field.choices(values, scene) if field.choices is not None else ()
    choice = exact(text, offered, scene.words)
    value = choice.value if choice is not None else None
    if choice is None:
        if draft.asking in form and type(field.kind) is type(form[draft.asking].kind):
            return False  # a day that was refused is no other day
        reading = field.kind.read(text, values, scene)
        if not isinstance(reading, Value) or not isinstance(reading.value, (str, list)):
            return False
        value = reading.value
    return value != values.get(field.code) and refused(field, value, draft, scene) is None
