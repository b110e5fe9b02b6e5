"""A sheet whose form has changed since its answers were given: what fits no more is set aside, never deleted. Pure."""

from dataclasses import replace
from typing import Any

from bot.dialogue.form import Field, Form
from bot.dialogue.reading import fits
from bot.dialogue.turn import Draft, Scene, Step

GONE = "gone"
"""The note of a draft whose open question its form has no more."""
ANEW = "anew"
"""Instead of that: whoever asks has changed the questions of the sheet, whatever was open."""


def refitted(form: Form, draft: Draft, scene: Scene) -> Draft:
    """Return the draft as it stands in this form: a question that is gone is not open, an answer of another kind not given."""
    unfit = frozenset(code for code in draft.parts if code in form and not _shown(form[code], draft, scene))
    parts = {code: parts for code, parts in draft.parts.items() if code not in unfit}
    fits = replace(draft, parts=parts, unfit=unfit) if unfit else draft
    return fits if _open(form, fits, scene) else fits.ask("", **{GONE: True})


def fitting(form: Form, draft: Draft) -> bool:
    """Whether every answer is still one to its question, as far as its kind tells: an amount in today's unit of measure."""
    return all(form[code].holds(value) for code, value in draft.values().items() if code in form)


def _open(form: Form, draft: Draft, scene: Scene) -> bool:
    """Whether what a draft asks can be asked in this form."""
    if draft.step in (Step.DOUBT, Step.CANCEL):
        return _open(form, replace(draft, asking=draft.about), scene)
    if draft.step is Step.PAGE:
        return draft.about in form.pages and any(field.page == draft.about for field in form.fields)
    if draft.step in (Step.AGAIN, Step.UNCLEAR):
        meanings = draft.notes.get("meanings", ())
        return draft.about in form and all(_said(form[draft.about], value, scene) for value in meanings)
    return draft.step is not None or not draft.asking or draft.asking in form


def _shown(field: Field, draft: Draft, scene: Scene) -> bool:
    """Whether an answer can be said as one of its field, and would be taken as one."""
    value = draft.values()[field.code]
    if value is None or (isinstance(value, dict) and "files" in value and field.files):
        return True
    return field.holds(value) and _said(field, value, scene) and fits(field, value, draft, scene)


def _said(field: Field, value: Any, scene: Scene) -> bool:
    try:
        scene.words.say(field.kind.show(value, scene))
    except (LookupError, StopIteration, ValueError, TypeError, AttributeError, ArithmeticError):
        return False
    return True
