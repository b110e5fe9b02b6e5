"""Take an answer to the open question (refuse it, ask back, or store it), and ask the next question. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.dialogue import misplaced, several
from bot.dialogue.asides import ANSWERS, Aside, aside
from bot.dialogue.doubts import doubt, doubt_place, doubted, settled, unclear
from bot.dialogue.form import Field, Form, Reading, Unclear, Value, Wrong
from bot.dialogue.noise import courtesy, passed_on, puzzled
from bot.dialogue.reading import leaves_empty, read, refused, too_little
from bot.dialogue.refitting import ANEW, GONE
from bot.dialogue.sheet import DONE, GO_ON, no_files, question, review, sheet, shown, visible
from bot.dialogue.turn import Answer, Draft, End, Said, Say, Scene, Source, Steer, SteeringWord, Step, Turn
from bot.dialogue.words import exact, steering
from bot.language import Count, Part, Time, Words, _, fold

LONG = 1500
"""From this many characters on, a long answer waits for more until «Xong»."""
FILES_ALONE = _("This question takes files alone; the words beside them were not recorded.")


def answer(form: Form, draft: Draft, said: Said, scene: Scene, sure: bool = False) -> Turn:
    """Read an answer to the one open question and store it in the draft; `sure` after somebody was asked whether it is one."""
    if draft.asking not in form or not said.text:
        return ask(form, draft, scene)
    field = form[draft.asking]
    skip = field.skipping(draft.values(), scene)
    if skip is not None and fold(said.text) == fold(scene.words.say(skip)):
        return store(form, draft, field, Answer(None, Source.SKIPPED, said.message), scene)
    if (together := taken_together(form, draft, said, scene)) is not None:
        return together
    reading = read(field, said.text, draft, scene)
    if skip is not None and leaves_empty(field, said, reading):
        return store(form, draft, field, Answer(None, Source.SKIPPED, said.message), scene)
    marked = isinstance(reading, Unclear) or (isinstance(reading, Value) and not isinstance(reading.value, str))
    word_for_word = field.kind.text and not marked
    if word_for_word and field.choices is not None:
        word_for_word = exact(said.text, field.choices(draft.values(), scene), scene.words) is None
    if word_for_word and not sure and (asked := _no_answer(form, draft, said, scene, reading)) is not None:
        return asked
    if isinstance(reading, Unclear):
        return unclear(draft, field, reading, said, scene)
    if isinstance(reading, Wrong):
        return answered_elsewhere(form, draft, said, scene) or ask(form, draft, scene, reading.why)
    return take_value(form, draft, field, reading.value, said, scene)


def answered_elsewhere(form: Form, draft: Draft, said: Said, scene: Scene) -> Turn | None:
    """Ask about words that surely answer another question of the sheet than what is open; None for any others."""
    found = misplaced.elsewhere(form, draft, said, scene)
    if found is None:
        return None
    field, text = found
    lines = misplaced.named(form, draft, field, text, scene)
    return doubt_place(draft, said, *lines, code=field.code, text=text, title=scene.words.say(field.label))


def taken_together(form: Form, draft: Draft, said: Said, scene: Scene) -> Turn | None:
    """Take several answers that one message gives, and say what was recorded and what was not; None for any other message."""
    lines = several.lines_of(form, draft, said.text, scene)
    if lines is None:
        return None
    if isinstance(lines, Wrong):
        return ask(form, draft, scene, lines.why)
    found = several.taken(form, draft, lines, said, scene)
    heard = several.heard(found)
    if found.doubt is not None:
        field, value, warning = found.doubt
        turn = doubted(found.draft, field, value, said, scene, warning)
        return replace(turn, say=turn.say.after(*heard))
    return go_on(form, found.draft, scene, *heard)


def take_value(form: Form, draft: Draft, field: Field, value: Any, said: Said, scene: Scene) -> Turn:
    """Refuse a value with the reason, ask back about it, or store it."""
    if (why := refused(field, value, draft, scene)) is not None:
        return ask(form, draft.ask(field.code), scene, why)
    if (warning := field.doubt(value, draft.values(), scene)) is not None:
        return doubted(draft, field, value, said, scene, warning)
    return store(form, draft, field, Answer(value, Source.TYPED, said.message), scene)


def store(form: Form, draft: Draft, field: Field, answer: Answer, scene: Scene) -> Turn:
    """Store an answer, say what was understood, and go on; a long text waits for its next part."""
    kept = draft.parts.get(field.code, ()) if field.long and draft.notes.get("more") else ()
    was = draft.parts.get(field.code)
    if kept and not isinstance(answer.value, str):  # that there is nothing more ends a long answer
        return go_on(form, draft, scene)
    now = draft.answer(field.code, *kept, answer)
    if field.long and isinstance(answer.value, str) and len(answer.value) >= LONG:
        heard = _("Part {n} is kept. Send the next part, or choose «Done».", n=Count(len(now.parts[field.code])))
        return Turn(Say([heard], steering=(DONE,)), replace(now, notes={"more": True}))
    if was and draft.notes.get("editing"):
        lines = changed(form, field, draft, now, scene)
    else:
        stands = not form.brief and first_open(form, now, scene) is None  # the review, which comes next, says it
        lines = _understood(field, answer, now, scene)[int(stands) :]
    if (raised := _raised(form, draft, now, scene)) is not None:
        return ask(form, now.ask(raised), scene, *lines)
    return go_on(form, now, scene, *lines)


def _raised(form: Form, was: Draft, now: Draft, scene: Scene) -> str | None:
    """Return the question that this very answer has raised (a comment, a reason), to be asked at once."""
    before = {field.code for field in visible(form, was.values(), scene)}
    return next(
        (
            field.code
            for field in visible(form, now.values(), scene)
            if field.code not in before and field.code not in now.parts
        ),
        None,
    )


def _understood(field: Field, answer: Answer, draft: Draft, scene: Scene) -> Sequence[Part]:
    """Say what was understood, where it is not word for word what was typed."""
    if answer.source is Source.SKIPPED:
        return [_("«{label}» is left open and can be added later.", label=field.label)]
    if field.echo is None and field.choices is None:
        return []
    if field.echo is not None:
        return field.echo(answer.value, draft.values(), scene)
    return [_("Noted: {value}.", value=shown(field, draft, scene))]


def changed(form: Form, field: Field, was: Draft, now: Draft, scene: Scene) -> Sequence[Part]:
    """Say what an answer was and what it is now."""
    number = _number(form, now, field, scene)
    return [
        _("✏️ Question {number} has been changed.", number=number),
        _("Before: {value}", value=shown(field, was, scene)),
        _("Now: {value}", value=shown(field, now, scene)),
    ]


def _number(form: Form, draft: Draft, field: Field, scene: Scene) -> int:
    codes = [each.code for each in visible(form, draft.values(), scene)]
    return codes.index(field.code) + 1 if field.code in codes else 0


def take_files(form: Form, draft: Draft, said: Said, scene: Scene) -> Turn:
    """Add files to the open answer, or say that it takes none."""
    field = form[draft.asking] if draft.asking in form else None
    if field is None or not field.files:
        return ask(form, draft, scene, *no_files(form, draft, scene))
    old = draft.parts.get(field.code, ()) if draft.notes.get("more") else ()
    parts = (*old, *(Answer({"file": file}, Source.TYPED, said.message) for file in said.files))
    beside = said.text and getattr(field.kind, "words", True)
    if beside:
        parts = (*parts, Answer(said.text, Source.TYPED, said.message))
    now = replace(draft.answer(field.code, *parts), notes={"more": [1]})
    n = sum(map(is_file, now.parts[field.code]))
    heard: list[Part] = [_("📎 Received {n} files. Send more, or choose «Done».", n=Count(n))]
    if said.text and not beside:
        heard.append(FILES_ALONE)
    return Turn(Say(heard, steering=(DONE,)), now)


def is_file(part: Answer) -> bool:
    """Whether this part of an answer is a file, not words."""
    return isinstance(part.value, dict) and "file" in part.value


def _no_answer(form: Form, draft: Draft, said: Said, scene: Scene, reading: Reading) -> Turn | None:
    """Ask back about courtesies, copied chats, and steering words that mean nothing here; None for an answer."""
    words, meant = scene.words, aside(said.text)
    open_question = question(form, draft, scene)
    asked = open_question.lines
    kindly: list[Part] = []
    if meant is not None and meant in ANSWERS and (meant is not Aside.AGREED or courtesy(said.text)):
        kindly.append(ANSWERS[meant])
    if passed_on(said.text, [words.say(line) for line in asked]):
        why = _("This looks like part of a chat that was passed on, so it was not recorded as the answer.")
    elif kindly or _says_nothing(said.text, words) or too_little(form[draft.asking], said, reading):
        why = _("«{said}» was not recorded as the answer.", said=said.text)
    else:
        return None
    turn = doubt(draft, said, *kindly, why, *asked)
    return turn if not kindly else replace(turn, say=replace(turn.say, steering=open_question.steering))


def _says_nothing(text: str, words: Words) -> bool:
    return courtesy(text) or puzzled(text) or _only_steers(text, words)


def _only_steers(text: str, words: Words) -> bool:
    """Whether a text is made of steering words and courtesies: «nhầm rồi, quay lại»."""
    known = steering(words)
    pieces = [piece.strip(" .!?") for piece in fold(text).replace(";", ",").split(",")]
    return any(piece in known for piece in pieces) and all(
        piece in known or courtesy(piece) for piece in pieces if piece
    )


def first_open(form: Form, draft: Draft, scene: Scene) -> str | None:
    """Return the first question that waits: a page when its values are known, else a field; None at the end."""
    given = draft.values()
    waiting = [
        f
        for f in form.fields
        if f.code not in draft.parts and f.visible(given, scene) and not (f.later and not scene.facts.adds)
    ]
    if not waiting:
        return None
    page = waiting[0].page
    for field in waiting:
        if page and field.page == page and field.prefill and field.prefill(given, scene) is not None:
            return Step.PAGE.of(page)
    return waiting[0].code


def go_on(form: Form, draft: Draft, scene: Scene, *lines: Part, first: bool = False) -> Turn:
    """Ask the first question without an answer; without one, show the review, or file a form that has none."""
    lines = (*_gone(draft), *lines)
    asking = first_open(form, draft, scene)
    if asking is None and form.at_once:
        return Turn(Say([]), draft, End.FILED, draft.values())
    return ask(form, draft.ask(asking or Step.REVIEW), scene, *lines, first=first)


def ask(form: Form, draft: Draft, scene: Scene, *lines: Part, first: bool = False) -> Turn:
    """Ask the open question again, with these lines between its first line and the question."""
    step = None if draft.asking in form else draft.step or Step.REVIEW  # the form may no longer have the question
    if step is Step.PAGE and draft.about not in form.pages:
        step = Step.REVIEW
    now = draft
    match step:
        case Step.CANCEL:
            return ask_cancel(draft, scene)
        case Step.DOUBT:
            return ask(form, settled(draft), scene, *lines, first=first)
        case Step.AGAIN | Step.UNCLEAR:
            back = draft.ask(draft.about, **{k: v for k, v in draft.notes.items() if k == "editing"})
            return ask(form, back, scene, *lines, first=first)
        case Step.REVIEW:
            waits = first_open(form, draft, scene)
            page = {"page": draft.notes["page"]} if draft.step is Step.REVIEW and "page" in draft.notes else {}
            now = draft.ask(waits) if waits is not None else draft.ask(Step.REVIEW, **page)
            say = review(form, now, scene) if waits is None else question(form, now, scene, first=first)
        case Step.SHEET:
            say = sheet(form, draft, scene)
        case Step.PAGE | None:
            say = question(form, draft, scene, first=first)
    return Turn(_placed(say, (*_gone(draft), *lines, *not_sent_again(scene))), now)


def _gone(draft: Draft) -> Sequence[Part]:
    """Say that the question that was open is asked no more, so that nothing was taken as its answer."""
    if draft.notes.get(ANEW):
        return [
            _(
                "The questions of this sheet have been changed, so what {you} said just now was not taken. Every answer so far is kept."
            )
        ]
    if not draft.notes.get(GONE):
        return ()
    return [_("The plan has changed and asks the question that was open here no more. Every answer so far is kept.")]


def _placed(say: Say, lines: Sequence[Part]) -> Say:
    """Add remarks between the first line, which says what this is, and the question."""
    if not lines:
        return say
    return replace(say, lines=(say.lines[0], *lines, *say.lines[1:]))


def not_sent_again(scene: Scene) -> Sequence[Part]:
    """Remind whoever changes a sheet that has been sent once: the change has not been sent."""
    at = scene.facts.sent
    if at is None:
        return ()
    return [_("⚠️ Not sent again yet: what stands is still what was sent at {at}.", at=Time(at))]


def ask_cancel(draft: Draft, scene: Scene, *lines: Part) -> Turn:
    """Ask whether to keep or to delete the sheet; the open question waits behind this one."""
    asking = draft.asking if draft.step is Step.CANCEL else Step.CANCEL.of(draft.asking)
    say = Say(
        [*lines, _("Stop filling in this sheet?")],
        steering=(
            Steer(SteeringWord.KEEP, _("Save to go on later")),
            Steer(SteeringWord.DROP, _("Delete the sheet")),
            GO_ON,
        ),
    )
    return Turn(say, replace(draft, asking=asking))


def show_sheet(form: Form, draft: Draft, scene: Scene) -> Turn:
    """Show the whole sheet."""
    return Turn(sheet(form, draft, scene), draft.ask(Step.SHEET))
