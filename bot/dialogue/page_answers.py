"""Several answers in one message to a page: «2: 5/5; 3: 12/12; 5: 31 ram», each by its number or name. Pure."""

import re
from collections.abc import Sequence

from bot.dialogue.answering import go_on
from bot.dialogue.form import Field, Form, Value, Wrong
from bot.dialogue.reading import read, refused
from bot.dialogue.sheet import visible
from bot.dialogue.turn import Answer, Draft, Said, Scene, Source, Turn
from bot.language import Count, Part, _, fold

_APART = re.compile(r"[;\n]+")
_NAMED = re.compile(r"\s*([^:=]{1,80}?)\s*[:=]\s*(\S.*)")
_COUNTED = re.compile(r"\s*(\d{1,2})\s*[.)]\s+(\S.*)")
MOST = 40
"""Pieces that are looked at."""


def several_of_page(form: Form, draft: Draft, said: Said, scene: Scene) -> Turn | None:
    """Store the answers that a message gives by number or name, and say what of it was not read; None for any other message."""
    named = _named(form, draft, said.text, scene)
    if not named:
        return None
    now, lines = draft, list[Part]()
    for field, text in named:
        reading = read(field, text, now, scene)
        why: Part | None = reading.why if isinstance(reading, Wrong) else None
        if isinstance(reading, Value):
            why = refused(field, reading.value, now, scene)
            if why is None and field.doubt(reading.value, now.values(), scene) is None:
                now = now.answer(field.code, Answer(reading.value, Source.TYPED, said.message))
                continue
        if why is None:
            lines.append(_("«{label}» is asked below: {text}", label=field.label, text=text))
        else:
            lines.append(_("«{label}» was not recorded: {why}", label=field.label, why=why))
    count = sum(now.parts.get(field.code) != draft.parts.get(field.code) for field, _text in named)
    return go_on(form, now, scene, _("Noted {n} answers.", n=Count(count)), *lines)


def _named(form: Form, draft: Draft, text: str, scene: Scene) -> Sequence[tuple[Field, str]]:
    """Return the fields of the open page that the pieces of a text name, with what each says; none unless all do."""
    pieces = [piece for piece in _APART.split(text[:4000]) if piece.strip()][:MOST]
    known: dict[str, Field] = {}
    for n, field in enumerate(visible(form, draft.values(), scene), 1):
        if field.page == draft.about:
            known |= {fold(scene.words.say(name)): field for name in (str(n), field.label, field.also) if name}
    found = list[tuple[Field, str]]()
    for piece in pieces:
        match = _NAMED.fullmatch(piece) or (_COUNTED.fullmatch(piece) if len(pieces) > 1 else None)
        field_of = known.get(fold(match[1])) if match is not None else None
        if match is None or field_of is None:
            return ()
        found.append((field_of, match[2].strip()))
    return found
