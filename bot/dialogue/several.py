"""Several answers in one message: lines with the names of questions, or a list with numbers or dashes. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.dialogue.fields import Line, Paragraph
from bot.dialogue.form import Field, Form, Unclear, Value, Wrong
from bot.dialogue.reading import read, refused
from bot.dialogue.sheet import visible
from bot.dialogue.turn import Answer, Draft, Said, Scene, Source, SteeringWord
from bot.dialogue.words import steering
from bot.language import Count, Joined, Part, _, clean_line, fold

_PIECE = re.compile(r"[;\n]")
_MARK = re.compile(r"(?:[-–•*+]|\(?(?P<number>[0-9]{1,2})[.)])\s*(?=\S)")
_NAMED = re.compile(r"(?P<label>[^:=;\n]{1,60}?) ?[:=]\s*(?P<text>.*)")
QUOTED = 60
"""Characters of what was not recorded that are said again."""
MOST = 12
"""Lines of what was not recorded that are named."""


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A line of a message, with the question that it answers; None where it names none."""

    field: Field | None
    text: str


@dataclass(frozen=True, slots=True)
class Together:
    """What became of several answers."""

    draft: Draft
    recorded: Sequence[Field]
    left: Sequence[tuple[AnswerLine, Part]]
    """What was not recorded, each with why."""
    doubt: tuple[Field, Any, Part] | None = None
    """A value that is hardly meant, to be asked back."""


def lines_of(form: Form, draft: Draft, text: str, scene: Scene) -> Sequence[AnswerLine] | Wrong | None:
    """Return the answers that a message gives, two or more; Wrong for a list where one answer is asked; else None.

    Where no question is open, at the review, one that names its question is enough.
    """
    if draft.asking not in form:
        return _named(form, text, scene, least=1)
    return _named(form, text, scene) or _listed(form, draft, text, scene) or _ahead(form, draft, text, scene)


def _ahead(form: Form, draft: Draft, text: str, scene: Scene) -> Sequence[AnswerLine] | None:
    """Read what stands between semicolons, or behind a comma, as the open answer and those of questions after it.

    Only where the whole is no answer and its first piece is one; the others go where they surely belong, else in order.
    """
    field = form[draft.asking]
    if field.kind.text or not isinstance(read(field, text, draft, scene), Wrong):
        return None
    pieces = [piece.strip() for piece in _PIECE.split(text) if piece.strip()]
    if len(pieces) == 1 and not field.kind.digits:  # «4,5/5» is one figure
        pieces = [piece.strip() for piece in text.split(",", 1) if piece.strip()]
    if not 2 <= len(pieces) <= MOST or not _surely(field, pieces[0], draft, scene):
        return None
    found = [AnswerLine(field, pieces[0])]
    now = draft.answer(field.code, Answer(read_value(field, pieces[0], draft, scene)))
    waiting = [each for each in visible(form, now.values(), scene) if each.code not in now.parts]
    for piece in pieces[1:]:
        named, rest = _called(piece, waiting, scene)
        at = named or next((each for each in waiting if not each.kind.text and _surely(each, piece, now, scene)), None)
        at = at or next(iter(waiting), None)
        if at is None and _surely(field, piece, draft, scene):
            return None  # two answers to one question, «thứ Hai; 09/11»: which of them is meant?
        found.append(AnswerLine(at, rest if named else piece))
        waiting = [each for each in waiting if each is not at]
    second = found[1]
    if len(_PIECE.split(text)) == 1 and (second.field is None or not _surely(second.field, second.text, now, scene)):
        return None  # a comma is in many an answer: what follows has to be one
    return found


def _surely(field: Field, piece: str, draft: Draft, scene: Scene) -> bool:
    """Whether a piece is an answer to a question of which not any words are one."""
    return read_value(field, piece, draft, scene) is not None


def read_value(field: Field, piece: str, draft: Draft, scene: Scene) -> Any:
    """Return what a piece means at a question, None where it is refused or may mean several things."""
    reading = read(field, piece, draft, scene)
    fits = isinstance(reading, Value) and refused(field, reading.value, draft, scene) is None
    return reading.value if isinstance(reading, Value) and fits else None


def _called(piece: str, fields: Sequence[Field], scene: Scene) -> tuple[Field | None, str]:
    """Return the question whose name a piece begins with, and what follows it: «áp dụng từ quý IV»."""
    words = piece.split()
    for field in fields:
        label = fold(scene.words.say(field.label)).split()
        if len(words) > len(label) and [fold(word) for word in words[: len(label)]] == label:
            return field, " ".join(words[len(label) :])
    return None, piece


def _named(form: Form, text: str, scene: Scene, least: int = 2) -> Sequence[AnswerLine] | None:
    labels = {fold(scene.words.say(name)): field for field in form.fields for name in (field.label, field.also) if name}
    found: list[AnswerLine] = []
    for line in _split(text, labels):
        named = _NAMED.fullmatch(_MARK.sub("", line, count=1))
        field = None if named is None else _of_label(named["label"], labels)
        if named is not None and field is not None:
            found.append(AnswerLine(field, named["text"].strip()))
        elif not found:
            return None  # a text of its own, that has such a word in it
        elif found[-1].field is not None and found[-1].field.long:
            found[-1] = replace(found[-1], text=f"{found[-1].text}\n{line}".strip())
        else:
            found.append(AnswerLine(None, line))
    return found if len({each.field.code for each in found if each.field is not None and each.text}) >= least else None


def _split(text: str, labels: Mapping[str, Field]) -> list[str]:
    """Return the lines of a message; one goes on behind «;» where the name of a question follows."""
    found: list[str] = []
    for line in text.splitlines():
        for n, piece in enumerate(line.split(";")):
            named = _NAMED.fullmatch(piece.strip())
            if n and (named is None or _of_label(named["label"], labels) is None):
                found[-1] += f";{piece}"
            else:
                found.append(piece)
    return [each.strip() for each in found if each.strip()]


def _of_label(said: str, labels: Mapping[str, Field]) -> Field | None:
    """Return the question that a name means: its whole label, the beginning of one, or one with more behind it."""
    key = fold(said).strip(" .*-")
    if key in labels:
        return labels[key]
    begun = {
        field.code: field
        for label, field in labels.items()
        if key and (label.startswith(f"{key} ") or (key.startswith(f"{label} ") and len(key.split()) <= 4))
    }
    return next(iter(begun.values())) if len(begun) == 1 else None


def _listed(form: Form, draft: Draft, text: str, scene: Scene) -> Sequence[AnswerLine] | Wrong | None:
    """Read a list at a question for one line: an answer to each question by its number, or to one after the other."""
    field = form[draft.asking]
    rows = [line.strip() for line in text.splitlines() if line.strip()]
    marks = [_MARK.match(row) for row in rows]
    single = isinstance(field.kind, Line) and not isinstance(field.kind, Paragraph) and not field.long
    if not single or len(rows) < 2 or not all(marks):
        return None
    fields = list(visible(form, draft.values(), scene))
    place = fields.index(field) if field in fields else 0
    numbers = [int(mark["number"]) if mark and mark["number"] else None for mark in marks]
    shift = 0 if numbers[0] == place + 1 else place - ((numbers[0] or 1) - 1)
    found = []
    for n, (row, mark) in enumerate(zip(rows, marks, strict=True)):
        number = numbers[n]
        at = place + n if number is None else number - 1 + shift
        found.append(AnswerLine(fields[at] if 0 <= at < len(fields) else None, row[mark.end() :] if mark else row))
    told = taken(form, draft, found, Said(text), scene).recorded
    if any(not each.kind.text for each in told) or (len(told) == len(found) and len(told) > 2):
        return found
    return Wrong(
        _(
            "This is a list of {n} lines, and one is asked for here: «{label}». Please send the first one; the others get a sheet of their own each.",
            n=Count(len(rows)),
            label=field.label,
        )
    )


def taken(form: Form, draft: Draft, lines: Sequence[AnswerLine], said: Said, scene: Scene) -> Together:
    """Record what can be, one line after the other; what cannot is kept with its reason."""
    now, recorded, left = draft, list[Field](), list[tuple[AnswerLine, Part]]()
    doubt: tuple[Field, Any, Part] | None = None
    for line in lines:
        field = line.field
        if field is None or not field.visible(now.values(), scene):
            left.append((line, _("it belongs to no question of this sheet")))
            continue
        if not line.text:
            continue
        if field.skipping(now.values(), scene) is not None and _skips(line.text, scene):
            now = now.answer(field.code, Answer(None, Source.SKIPPED, said.message))
            recorded.append(field)
            continue
        reading = read(field, line.text, now, scene)
        if isinstance(reading, Unclear):
            left.append((line, reading.question))
        elif isinstance(reading, Wrong):
            left.append((line, reading.why if field.kind.free else _none_offered(form, field, now, scene)))
        elif (why := refused(field, reading.value, now, scene)) is not None:
            left.append((line, why))
        elif (warning := field.doubt(reading.value, now.values(), scene)) is not None:
            if doubt is None:
                doubt = (field, reading.value, warning)
            else:
                left.append((line, warning))
        else:
            now = now.answer(field.code, Answer(reading.value, Source.TYPED, said.message))
            recorded.append(field)
    return Together(now, recorded, left, doubt)


def _none_offered(form: Form, field: Field, draft: Draft, scene: Scene) -> Part:
    """Say that an answer is none of those that its question offers, which are not shown here."""
    n = list(visible(form, draft.values(), scene)).index(field) + 1
    return _("It is none of the answers offered there; «edit {n}» shows them.", n=n)


def _skips(text: str, scene: Scene) -> bool:
    return steering(scene.words).get(fold(text).strip(" ./«»()")) is SteeringWord.SKIP


def heard(found: Together) -> Sequence[Part]:
    """Say what was recorded, and each line that was not with why."""
    names = Joined([field.label for field in found.recorded])
    lines: list[Part] = []
    if found.recorded:
        lines.append(_("Noted {n} answers: {names}.", n=Count(len(found.recorded)), names=names))
    for line, why in found.left[:MOST]:
        text = clean_line(line.text)
        text = text if len(text) <= QUOTED else f"{text[:QUOTED]}…"
        if line.field is None:
            lines.append(_("Not recorded: «{text}»: {why}.", text=text, why=why))
        else:
            lines.append(_("Not recorded, {label}: «{text}». {why}", label=line.field.label, text=text, why=why))
    if len(found.left) > MOST:
        lines.append(_("Nor were {n} more lines.", n=Count(len(found.left) - MOST)))
    return lines
