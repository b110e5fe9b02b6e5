"""Obey a steering word: back, the sheet, cancel, accept, skip, send. Pure."""

from dataclasses import replace

from bot.dialogue import paging
from bot.dialogue.answering import ask, ask_cancel, first_open, go_on, not_sent_again, show_sheet, store
from bot.dialogue.form import Field, Form
from bot.dialogue.noise import assents, dissents
from bot.dialogue.reading import fits
from bot.dialogue.sheet import pages_here, rest_of
from bot.dialogue.turn import Answer, Draft, End, Said, Say, Scene, Source, SteeringWord, Step, Turn
from bot.language import Text, _, fold


def steer(word: SteeringWord, form: Form, draft: Draft, said: Said, scene: Scene) -> Turn | None:
    """Obey a steering word that is a whole message; None where it means nothing."""
    asking = draft.asking
    if word is SteeringWord.LEAVE:
        return _left(draft, scene)
    if word is SteeringWord.CANCEL:
        return ask_cancel(draft, scene)
    if draft.step is Step.CANCEL:
        return _cancelled(word, form, draft, scene)
    if word is SteeringWord.SHEET:
        return show_sheet(form, draft, scene)
    if word is SteeringWord.BACK:
        return _back(form, draft, scene)
    if word in (SteeringWord.GO_ON, SteeringWord.DONE):
        return go_on(form, draft, scene)
    if word is SteeringWord.EDIT and draft.step in (Step.REVIEW, Step.SHEET, Step.PAGE):
        return show_sheet(form, draft, scene)
    if word is SteeringWord.ACCEPT and draft.step is Step.PAGE:
        return accept_page(form, draft, scene)
    if word is SteeringWord.REST and draft.step is Step.PAGE and form.pages[draft.about].rest is not None:
        return accept_rest(form, draft, said, scene)
    if word in (SteeringWord.ACCEPT, SteeringWord.KEEP) and draft.step is Step.AGAIN:
        return confirm(form, draft, scene)
    if word is SteeringWord.SEND:
        return _send(form, draft, scene) if draft.step is Step.REVIEW else _not_ready(form, draft, scene)
    if word is SteeringWord.SKIP and asking in form and form[asking].skipping(draft.values(), scene) is not None:
        return store(form, draft, form[asking], Answer(None, Source.SKIPPED, said.message), scene)
    if word is SteeringWord.SKIP and asking in form and not form[asking].kind.free:
        return ask(form, draft, scene, _("This question needs an answer."))
    return None


def _left(draft: Draft, scene: Scene) -> Turn:
    """Say that the sheet was left; where nothing is in it yet, nothing is promised to be kept."""
    kept = (
        _("The sheet is kept. Type «việc» to go on with it whenever you like.")
        if draft.parts or draft.unfit
        else _("{You} have left; nothing was written in the sheet yet.")
    )
    return Turn(Say([kept, *not_sent_again(scene)]), draft, End.LEFT)


def _back(form: Form, draft: Draft, scene: Scene) -> Turn:
    """Ask the question before this one; from the first, ask it again."""
    stops = _stops(form, draft, scene)
    here = draft.about if draft.step is Step.AGAIN else draft.asking
    place = stops.index(here) if here in stops else len(stops)
    if draft.step in (Step.AGAIN, Step.SHEET):
        place = place + 1 if here in stops else place
    if place == 0:
        return ask(form, draft, scene, _("This is the first question."))
    return ask(form, draft.ask(stops[place - 1]), scene)


def _stops(form: Form, draft: Draft, scene: Scene) -> list[str]:
    """List where one may stand in this form, in order: fields, and pages as one stop."""
    given = draft.values()
    stops: list[str] = []
    for field in form.fields:
        if not field.visible(given, scene) or (
            field.code not in draft.parts and (field.later and not scene.facts.adds)
        ):
            continue
        stop = field.code
        if field.page and _known(field, draft, scene, form):
            stop = Step.PAGE.of(field.page)
        if stop not in stops:
            stops.append(stop)
    return stops


def _known(field: Field, draft: Draft, scene: Scene, form: Form) -> bool:
    """Whether a field stands on its page: by a prefill, or confirmed there before."""
    answer = draft.parts.get(field.code)
    if answer:
        return answer[0].source is Source.CONFIRMED
    return field.prefill is not None and field.prefill(draft.values(), scene) is not None


def _cancelled(word: SteeringWord, form: Form, draft: Draft, scene: Scene) -> Turn:
    back = replace(draft, asking=draft.about)
    if word in (SteeringWord.KEEP, SteeringWord.LEAVE):
        return _left(back, scene)
    if word is SteeringWord.DROP:
        return Turn(Say([_("The sheet has been deleted.")]), back, End.DROPPED)
    return ask(form, back, scene)


def _not_ready(form: Form, draft: Draft, scene: Scene) -> Turn | None:
    """Answer «Gửi» before everything is answered: show the review, or ask what is still open."""
    if (left := _rest_left(form, draft, scene)) is not None and left is not draft:
        return go_on(form, left, scene, _("Nothing has been sent yet: this is what will be."))
    if draft.asking in form and form[draft.asking].kind.free:
        field = form[draft.asking]
        if draft.parts.get(field.code) is None:
            return ask(form, draft, scene, _("The sheet can be sent once this question is answered."))
    if first_open(form, draft, scene) is None:
        return go_on(form, draft, scene)
    return go_on(form, draft, scene, _("Nothing has been sent yet: this comes before it."))


def _rest_left(form: Form, draft: Draft, scene: Scene) -> Draft | None:
    """Return the draft with what may be added later left open; None where anything else waits."""
    now = draft
    while (waiting := first_open(form, now, scene)) is not None:
        if waiting not in form or not form[waiting].later or form[waiting].skipping(now.values(), scene) is None:
            return None
        now = now.answer(waiting, Answer(None, Source.SKIPPED))
    return now


def _send(form: Form, draft: Draft, scene: Scene) -> Turn:
    """File the sheet, if every answer still fits the form as it is now."""
    now, stale = _fresh(form, draft, scene)
    if stale is not None or first_open(form, now, scene) is not None:
        lines: list[Text] = []
        if stale is not None:
            lines.append(
                _("«{label}» has to be answered again, since what it depends on has changed.", label=stale.label)
            )
        return go_on(form, now, scene, *lines)
    return Turn(Say([]), now, End.FILED, now.values())


def _fresh(form: Form, draft: Draft, scene: Scene) -> tuple[Draft, Field | None]:
    """Drop the first answer that does not fit any more, and return its field; None when all fit."""
    given = draft.values()
    for field in form.fields:
        if field.code not in draft.parts or not field.visible(given, scene):
            continue
        value = given.get(field.code)
        if value is not None and not fits(field, value, draft, scene):
            return draft.answer(field.code), field
    return draft, None


def turn_page(form: Form, draft: Draft, said: Said, scene: Scene) -> Turn | None:
    """Show another page of the open sheet or review; None for words that ask for none."""
    pages = pages_here(form, draft, scene)
    if (page := paging.turned(said.text, paging.page_at(draft, pages), pages, scene)) is None:
        return None
    return ask(form, draft.ask(draft.asking, page=page), scene)


def accept_page(form: Form, draft: Draft, scene: Scene) -> Turn:
    """Confirm every known value of the page that is not answered yet."""
    now = draft
    for field in form.fields:
        if field.page != draft.about or field.code in now.parts or field.prefill is None:
            continue
        given = now.values()
        if field.visible(given, scene) and (value := field.prefill(given, scene)) is not None:
            now = now.answer(field.code, Answer(value, Source.CONFIRMED))
    return go_on(form, now, scene)


def accept_rest(form: Form, draft: Draft, said: Said, scene: Scene) -> Turn:
    """Confirm what is known of a page, and note of the rest that there is nothing: somebody has said so."""
    now = draft
    for code, value in rest_of(form, draft, scene).items():
        now = now.answer(code, Answer(value, Source.TYPED, said.message))
    return accept_page(form, now, scene)


def confirmed_or_not(form: Form, draft: Draft, said: Said, scene: Scene) -> Turn | None:
    """Answer a yes or a no to what was asked back, by the buttons' labels or in words; None for what may be a new answer."""
    field, text = form[draft.about], fold(said.text)
    if text == fold(scene.words.say(field.keep)) or assents(said.text):
        return confirm(form, draft, scene)
    if text == fold(scene.words.say(_("Change the answer"))) or dissents(said.text):
        return ask(form, draft.ask(field.code), scene)
    return None


def confirm(form: Form, draft: Draft, scene: Scene) -> Turn:
    """Store the value that was asked back."""
    field = form[draft.about]
    answer = Answer(draft.notes["value"], Source.TYPED, draft.notes.get("message"))
    return store(form, draft.ask(field.code), field, answer, scene)
