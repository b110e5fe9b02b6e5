"""What has changed between two versions of a unit's report, answer by answer, as people read it. Pure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.dialogue import Answers, Field, Form, Scene, engine
from bot.language import Count, Part, _

Triple = tuple[Part, Part, Part]
"""What something is called, what it was, what it is."""
LONGEST = 200
"""Characters of an answer that are said of it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer that is another now: its label, what it was, what it is."""

    label: Part
    before: Part
    after: Part


def between(form: Form, before: Answers, after: Answers, scene: Scene) -> Iterator[Difference]:
    """Yield every answer that has changed, in the order of the form."""
    for field in form.fields:
        old, new = before.get(field.code), after.get(field.code)
        if old == new or not (field.visible(after, scene) or field.visible(before, scene)):
            continue
        if (told := _apart(field, old, new, scene)) is not None:
            yield from (Difference(*each) for each in told)
        else:
            yield Difference(_label(form, field), _shown(field, old, scene), _shown(field, new, scene))


def _apart(field: Field, old: Any, new: Any, scene: Scene) -> list[Triple] | None:
    """Return what is another in two answers that are lists, entry by entry; None where an answer is one thing."""
    apart: Callable[[Any, Any, Scene], Iterator[Triple]] | None = getattr(field.kind, "apart", None)
    return None if apart is None else list(apart(old, new, scene))


def another(field: Field, old: Any, new: Any, scene: Scene) -> bool:
    """Whether two answers say something else."""
    told = _apart(field, old, new, scene)
    return old != new if told is None else bool(told)


def _label(form: Form, field: Field) -> Part:
    """Name an answer; a comment is named with the figure that it is on."""
    of, dot, _note = field.code.rpartition(".note")
    return _("{label} ({figure})", label=field.label, figure=form[of].label) if dot and of in form else field.label


def _shown(field: Field, value: Any, scene: Scene) -> Part:
    if value is None or value == "":
        return _("nothing")
    if isinstance(value, dict) and "files" in value:
        return _("{n} files", n=Count(len(value["files"])))
    said = engine.worded(field, value, scene)
    if isinstance(said, str) and len(said) > LONGEST:
        return f"{said[:LONGEST].rstrip()}…"
    return said if said is not None else str(value)


def review(form: Form, before: Answers | None, after: Answers, scene: Scene) -> list[Part]:
    """Say before a correction is sent what has changed; nothing where it is none."""
    if before is None:
        return []
    found = list(between(form, before, after, scene))
    if not found:
        return [_("Nothing has changed against what was sent.")]
    return [*lines(found), _("What was sent before counts until the office has received this one.")]


def lines(found: Sequence[Difference]) -> list[Part]:
    """Say what has changed, one line an answer; nothing where nothing has."""
    if not found:
        return []
    head: Part = _("Changed ({n}):", n=Count(len(found)))
    return [head, *(_("- {label}: {before} → {after}", label=e.label, before=e.before, after=e.after) for e in found)]
