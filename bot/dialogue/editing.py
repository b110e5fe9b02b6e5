"""Change an answer because the message that gave it was edited. Pure."""

from collections.abc import Sequence

from bot.dialogue import several
from bot.dialogue.answering import FILES_ALONE, ask, changed, is_file
from bot.dialogue.doubts import doubted
from bot.dialogue.form import Form, Value, Wrong
from bot.dialogue.reading import read, refused
from bot.dialogue.sheet import shown
from bot.dialogue.turn import Answer, Draft, Said, Say, Scene, Source, Turn
from bot.language import _


def change(form: Form, draft: Draft, code: str, part: int, said: Said, scene: Scene, here: bool = True) -> Turn:
    """Change the very answer that an edited message gave; what cannot be taken leaves the old one.

    Where the sheet is not open `here`, say what has changed and ask no question of it.
    """
    field = form[code]
    was = draft.parts[code]
    if any(is_file(each) and each.message == said.message for each in was):
        if getattr(field.kind, "words", True):
            now = draft.answer(code, *_with_words(was, said))
            lines = changed(form, field, draft, now, scene)
        else:
            now, lines = draft, [FILES_ALONE]
        return ask(form, now, scene, *lines) if here else Turn(Say(lines), now)
    together = several.lines_of(form, draft.ask(code), said.text, scene)
    if together is not None and not isinstance(together, Wrong):
        return _several(form, draft, several.taken(form, draft, together, said, scene), scene, here)
    reading = read(field, said.text, draft, scene)
    if isinstance(reading, Value) and (why := refused(field, reading.value, draft, scene)):
        reading = Wrong(why)
    warning = None
    if isinstance(reading, Value) and len(was) == 1:
        warning = field.doubt(reading.value, draft.values(), scene)
        if warning is not None and not here:  # nothing can be asked about it where another question is open
            reading = Wrong(warning)
    if not isinstance(reading, Value):
        why = reading.why if isinstance(reading, Wrong) else reading.question
        kept = _("The answer «{label}» stays as it was: {was}", label=field.label, was=shown(field, draft, scene))
        return ask(form, draft, scene, why, kept) if here else Turn(Say([why, kept]), draft)
    if warning is not None:
        return doubted(draft, field, reading.value, said, scene, warning)
    parts = list(was)
    parts[part] = Answer(reading.value, Source.TYPED, said.message)
    now = draft.answer(code, *parts)
    lines = changed(form, field, draft, now, scene)
    return ask(form, now, scene, *lines) if here else Turn(Say(lines), now)


def _several(form: Form, draft: Draft, found: several.Together, scene: Scene, here: bool) -> Turn:
    """Change every answer that an edited message gave; what is hardly meant stays as it was."""
    heard = list(several.heard(found))
    if found.doubt is not None:
        doubted_field, _value, warning = found.doubt
        was = shown(doubted_field, draft, scene) if doubted_field.code in draft.parts else ""
        heard.append(warning)
        if was:
            heard.append(_("The answer «{label}» stays as it was: {was}", label=doubted_field.label, was=was))
    return ask(form, found.draft, scene, *heard) if here else Turn(Say(heard), found.draft)


def _with_words(was: Sequence[Answer], said: Said) -> list[Answer]:
    """Replace the words beside the files of one message; the files stay."""
    words = [Answer(said.text, Source.TYPED, said.message)] if said.text else []
    last = max(n for n, each in enumerate(was) if is_file(each) and each.message == said.message)
    parts: list[Answer] = []
    for n, each in enumerate(was):
        if is_file(each) or each.message != said.message:
            parts.append(each)
        if n == last:
            parts += words
    return parts
