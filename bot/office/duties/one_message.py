"""What somebody who knows the way says in one message: «dk sk: TÊN; II.3; tôi»; what was read and what was not. Pure."""

import re
from collections.abc import Sequence

from bot.dialogue import Answers, Form, Scene
from bot.language import Joined, Part, _

OF_TITLE = 4
"""So many words without a number, that answer nothing else, belong to the title, which may have a semicolon."""
_APART = re.compile(r"\s*[;\n]\s*")
_DIGIT = re.compile(r"\d")


def pieces(said: str) -> list[str]:
    """Return what stands between semicolons or on lines of its own; the first is the title, if only an empty one."""
    found = [piece for piece in _APART.split(said.strip()) if piece]
    return found or [""]


def with_title(title: str, strange: Sequence[str]) -> tuple[str, list[str]]:
    """Return the title with the pieces that only it can have, and those that nobody understands."""
    own = [piece for piece in strange if len(piece.split()) >= OF_TITLE and not _DIGIT.search(piece)]
    return "; ".join([title, *own]), [piece for piece in strange if piece not in own]


def heard(form: Form, typed: Answers, strange: Sequence[str], scene: Scene) -> Sequence[Part]:
    """Say what was read, and what was not and is asked."""
    lines: list[Part] = []
    stands = all(
        field.code in typed or (field.later and not scene.facts.adds) for field in form.fields
    )  # on the sheet, which comes next
    if list(typed) == ["title"]:
        lines.append(_("Answer 1 is noted, the title: {title}", title=typed["title"]))
    elif typed and not stands:
        said = [
            _("{label}: {value}", label=form[code].label, value=form[code].kind.show(value, scene))
            for code, value in typed.items()
        ]
        lines.append(_("Noted: {values}.", values=Joined(said, "; ")))
    if strange:
        lines.append(_("Not understood, so it is asked below: «{said}».", said=Joined(strange, "; ")))
    return lines
