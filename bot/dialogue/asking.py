"""Ask: the first question without an answer, or the open one again, with remarks before it. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.doubts import settled
from bot.dialogue.form import Form
from bot.dialogue.sheet import GO_ON, question, review, sheet
from bot.dialogue.turn import Draft, End, Say, Scene, Steer, Step, Turn
from bot.language import Part, Time, _


def first_open(form: Form, draft: Draft, scene: Scene) -> str | None:
    """Return the first question that waits: a page when its values are known, else a field; None at the end."""
    given = draft.values()
    waiting = [f for f in form.fields if f.code not in draft.parts and f.visible(given, scene)]
    if not waiting:
        return None
    page = waiting[0].page
    for field in waiting:
        if page and field.page == page and field.prefill and field.prefill(given, scene) is not None:
            return Step.PAGE.of(page)
    return waiting[0].code


def go_on(form: Form, draft: Draft, scene: Scene, *lines: Part, first: bool = False) -> Turn:
    """Ask the first question without an answer; without one, show the review, or file a form that has none."""
    asking = first_open(form, draft, scene)
    if asking is None and form.at_once:
        return Turn(Say([]), draft, End.FILED, draft.values())
    return ask(form, draft.ask(asking or Step.REVIEW), scene, *lines, first=first)


def ask(form: Form, draft: Draft, scene: Scene, *lines: Part, first: bool = False) -> Turn:
    """Ask the open question again, with these lines between its first line and the question."""
    if draft.step is Step.CANCEL:
        return ask_cancel(draft, scene)
    if draft.step is Step.DOUBT:
        return ask(form, settled(draft), scene, *lines, first=first)
    if draft.step in (Step.AGAIN, Step.UNCLEAR):
        draft = draft.ask(draft.about, **{k: v for k, v in draft.notes.items() if k == "editing"})
    if draft.asking not in form and draft.step not in (Step.SHEET, Step.PAGE):
        draft = draft.ask(first_open(form, draft, scene) or Step.REVIEW)
    if draft.step is Step.SHEET:
        say = sheet(form, draft, scene)
    elif draft.step is Step.REVIEW:
        say = review(form, draft, scene)
    else:
        say = question(form, draft, scene, first=first)
    return Turn(_placed(say, (*lines, *not_sent_again(scene))), draft)


def _placed(say: Say, lines: Sequence[Part]) -> Say:
    """Put remarks between the first line, which says what this is, and the question."""
    if not lines:
        return say
    return replace(say, lines=(say.lines[0], *lines, *say.lines[1:]))


def not_sent_again(scene: Scene) -> Sequence[Part]:
    """Remind whoever changes a sheet that has been sent once: the change has not been sent."""
    at = scene.facts.get("sent")
    if at is None:
        return ()
    return [_("⚠️ Not sent again yet: what stands is still what was sent at {at}.", at=Time(at))]


def ask_cancel(draft: Draft, scene: Scene) -> Turn:
    """Ask whether to keep or to delete the sheet; the open question waits behind this one."""
    asking = draft.asking if draft.step is Step.CANCEL else Step.CANCEL.of(draft.asking)
    say = Say(
        [_("Stop filling in this sheet?")],
        steering=(Steer("keep", _("Save to go on later")), Steer("drop", _("Delete the sheet")), GO_ON),
    )
    return Turn(say, replace(draft, asking=asking))


def show_sheet(form: Form, draft: Draft, scene: Scene) -> Turn:
    """Show the whole sheet."""
    return Turn(sheet(form, draft, scene), draft.ask(Step.SHEET))
