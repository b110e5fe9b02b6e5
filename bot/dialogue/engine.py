"""The engine: one message to one open form, answered.

Law: `begin`, `resume`, `take` and `change` are pure over (form, draft, said, scene). Whatever is
said, nothing is lost, nothing raises, and there is a way out. The rule of going on is one sentence:
ask the first visible question without an answer; when there is none, show the sheet for review.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.dialogue.fields import MEANINGS, Line, Paragraph
from bot.dialogue.form import Field, Form, Reading, Unclear, Value, Wrong
from bot.dialogue.noise import bare, courtesy, passed_on, puzzled
from bot.dialogue.sheet import BACK, DONE, GO_ON, lines_of, question, review, sheet, shown, visible
from bot.dialogue.turn import Answer, Answers, Choice, Draft, Said, Say, Scene, Steer, Turn
from bot.dialogue.words import exact, near, steering, whom
from bot.language import Count, Part, Text, Time, Words, _, fold, has_marks, looks_legacy, number
from bot.language import exact as by_marks

LONG = 1500
"""From this many characters on, a long answer waits for more until «Xong»."""


def begin(form: Form, scene: Scene, draft: Draft, *lines: Part) -> Turn:
    """Open a form, or open it again where it stood; `lines` come before the question."""
    return _go_on(form, draft, scene, *lines, first=not draft.parts)


def fill(form: Form, scene: Scene, draft: Draft, answers: Answers, message: int | None) -> Turn:
    """Open a form with answers that came with the command; what is hardly meant is asked back all the same."""
    doubts: list[tuple[Field, Any, Part]] = []
    for code, value in answers.items():
        field, given = form[code], draft.values()
        if code in draft.parts or _refused(field, value, draft, scene) is not None:
            continue
        if (warning := field.doubt(value, given, scene)) is not None:
            doubts.append((field, value, warning))
        else:
            draft = draft.answer(code, Answer(value, "typed", message))
    if doubts:
        field, value, warning = doubts[0]
        return _doubted(draft, field, value, Said(message=message), warning)
    return begin(form, scene, draft)


def resume(form: Form, draft: Draft, scene: Scene, *lines: Part) -> Turn:
    """Repeat the open question (after a side question, after coming back)."""
    return _ask(form, draft, scene, *lines)


def takes_text(form: Form, draft: Draft) -> bool:
    """Whether any words at all would be an answer now."""
    return draft.asking in form and form[draft.asking].kind.text


def surely(form: Form, draft: Draft, said: Said, scene: Scene) -> bool:
    """Whether these words are surely meant for the open message: a file, a steering word, a number or a label."""
    known = steering(scene.words)
    if said.files or fold(said.text).strip(" ./«»") in known:
        return True
    return _surely(form, draft, said, scene) is not None or (
        draft.asking.partition(":")[0] in ("doubt", "again", "unclear")
        and exact(said.text, _asked_back(form, draft, scene), scene.words) is not None
    )


def answers_to(form: Form, draft: Draft, said: Said, scene: Scene) -> bool:
    """Whether these words can be read as an answer to the open message, surely or nearly."""
    if takes_text(form, draft) or surely(form, draft, said, scene):
        return True
    if draft.asking in form:
        return not isinstance(_read(form[draft.asking], said.text, draft, scene), Wrong)
    return _nearly(form, draft, said, scene) is not None


def holds_more(form: Form, draft: Draft, said: Said, scene: Scene) -> bool:
    """Whether an answer can only be found in these words, as a day in «hẹn thứ Hai», and they say more than that."""
    if draft.asking not in form or form[draft.asking].kind.text:
        return False
    return isinstance(form[draft.asking].kind.read(said.text, draft.values(), scene), Value)


def take(form: Form, draft: Draft, said: Said, scene: Scene) -> Turn:
    """Answer one message."""
    if draft.asking.startswith("doubt:"):
        return _doubtful(form, draft, said, scene)
    if said.files:
        return _files(form, draft, said, scene)
    if looks_legacy(said.text):
        why = _(
            "This text is in an old encoding that the assistant cannot read. Please type it again, or convert it to Unicode and send it."
        )
        return _ask(form, draft, scene, why)
    text = fold(said.text)
    word = steering(scene.words).get(text.strip(" ./«»"))
    # The label may take a look at who confirms, so it is made only where it may be meant.
    may_be = draft.asking == "review" or steering(scene.words).get(text.split(" ")[0]) == "send"
    if word is None and may_be and text == fold(scene.words.say(form.send(draft.values(), scene))):
        word = "send"
    if word is not None and (steered := _steer(word, form, draft, said, scene)) is not None:
        return steered
    if (edited := _edit_line(form, draft, said, scene)) is not None:
        return edited
    state = draft.asking.split(":", 1)[0]
    return _STATES.get(state, _answer)(form, draft, said, scene)


OPEN, ANSWER = "open", "answer"


def doubt(draft: Draft, said: Said, *lines: Part, opens: str = "", title: str = "") -> Turn:
    """Words that may be meant otherwise: they wait until it is clear whether they are the answer.

    `opens` is the command that they may have called, `title` what that is called.
    """
    rest = draft.asking.removeprefix("doubt:") if draft.asking.startswith("doubt:") else draft.asking
    was = draft.notes.get("was", draft.notes) if draft.asking.startswith("doubt:") else draft.notes
    asked = draft.ask(f"doubt:{rest}", said=said.text, message=said.message, opens=opens, title=title, was=dict(was))
    return Turn(Say(lines, choices=_readings(opens, title)), asked)


def _readings(opens: str, title: str) -> Sequence[Choice]:
    record = Choice(ANSWER, _("Record it as the answer"))
    return [Choice(OPEN, _("Open «{title}»", title=title)), record] if opens else [record]


def called(draft: Draft, said: Said, scene: Scene) -> str | None:
    """The command to run, when the doubtful words were meant to call it; None otherwise."""
    if not draft.asking.startswith("doubt:") or not draft.notes.get("opens"):
        return None
    offered = _readings(draft.notes["opens"], draft.notes["title"])
    choice = exact(said.text, offered, scene.words)
    return str(draft.notes["opens"]) if choice is not None and choice.value == OPEN else None


def settled(draft: Draft) -> Draft:
    """The draft as it stood before the doubt."""
    if not draft.asking.startswith("doubt:"):
        return draft
    return replace(draft, asking=draft.asking.removeprefix("doubt:"), notes=draft.notes["was"])


def _doubtful(form: Form, draft: Draft, said: Said, scene: Scene) -> Turn:
    """After the doubt: the words are the answer, or something new is said."""
    back = settled(draft)
    choice = exact(said.text, _asked_back(form, draft, scene), scene.words)
    if steering(scene.words).get(fold(said.text)) == "back":
        return _ask(form, back, scene)
    if choice is None or choice.value == OPEN:
        return take(form, back, said, scene)
    meant = Said(draft.notes["said"], message=draft.notes["message"])
    if back.asking in form:
        return _answer(form, back, meant, scene, sure=True)
    return take(form, back, meant, scene)


def _no_answer(form: Form, draft: Draft, said: Said, scene: Scene, reading: Reading) -> Turn | None:
    """Courtesies, copied chats and steering words that mean nothing here are not stored as an answer in silence."""
    words = scene.words
    asked = question(form, draft, scene).lines
    if passed_on(said.text, [words.say(line) for line in asked]):
        why = _("This looks like part of a chat that was passed on, so it was not recorded as the answer.")
    elif _says_nothing(said.text, words) or _too_little(form[draft.asking], said, reading):
        why = _("«{said}» was not recorded as the answer.", said=said.text)
    else:
        return None
    return doubt(draft, said, why, *asked)


def _an_account(field: Field) -> bool:
    """Whether it is told in words: a summary, a reason, a title; not a number or a name."""
    return field.long or isinstance(field.kind, Paragraph) or (isinstance(field.kind, Line) and field.kind.shortest > 3)


def _too_little(field: Field, said: Said, reading: Reading) -> bool:
    """Whether it could be taken, and still tells nothing; what cannot be taken is told why."""
    return isinstance(reading, Value) and _an_account(field) and bare(said.text)


def half_called(form: Form, draft: Draft, said: Said, scene: Scene) -> bool:
    """Whether the beginning of a command's words would be an answer here, or nearly a choice."""
    if draft.asking not in form:
        return False
    field = form[draft.asking]
    return _an_account(field) if field.kind.text else not holds_more(form, draft, said, scene)


def _says_nothing(text: str, words: Words) -> bool:
    return courtesy(text) or puzzled(text) or _only_steers(text, words)


def _only_steers(text: str, words: Words) -> bool:
    """Whether it is made of steering words and courtesies: «nhầm rồi, quay lại»."""
    known = steering(words)
    pieces = [piece.strip(" .!?") for piece in fold(text).replace(";", ",").split(",")]
    return any(piece in known for piece in pieces) and all(
        piece in known or courtesy(piece) for piece in pieces if piece
    )


def _asked_back(form: Form, draft: Draft, scene: Scene) -> Sequence[Choice]:
    """What is offered when something was asked back."""
    state, _colon, rest = draft.asking.partition(":")
    if state == "doubt":
        return _readings(draft.notes["opens"], draft.notes["title"])
    if state == "again":
        return [Choice("keep", form[rest].keep), Choice("back", _("Change the answer"))]
    labels = draft.notes.get("labels") or [str(value) for value in draft.notes["meanings"]]
    return [Choice(value, label) for value, label in zip(draft.notes["meanings"], labels, strict=True)]


def change(form: Form, draft: Draft, code: str, part: int, said: Said, scene: Scene, here: bool = True) -> Turn:
    """An edited message changes the very answer that it gave; else the old one stays.

    Where the sheet is not open `here`, what has changed is said and no question of it.
    """
    field = form[code]
    was = draft.parts[code]
    if any(_is_file(each) and each.message == said.message for each in was):
        now = draft.answer(code, *_with_words(was, said))
        return _ask(form, now, scene, *_changed(form, field, draft, now, scene))
    reading = _read(field, said.text, draft, scene)
    if isinstance(reading, Value) and (why := _refused(field, reading.value, draft, scene)):
        reading = Wrong(why)
    warning = None
    if isinstance(reading, Value) and len(was) == 1:
        warning = field.doubt(reading.value, draft.values(), scene)
        if warning is not None and not here:  # nothing can be asked about it where another question is open
            reading = Wrong(warning)
    if not isinstance(reading, Value):
        why = reading.why if isinstance(reading, Wrong) else reading.question
        kept = _("The answer «{label}» stays as it was: {was}", label=field.label, was=shown(field, draft, scene))
        return _ask(form, draft, scene, why, kept) if here else Turn(Say([why, kept]), draft)
    if warning is not None:
        return _doubted(draft, field, reading.value, said, warning)
    parts = list(was)
    parts[part] = Answer(reading.value, "typed", said.message)
    now = draft.answer(code, *parts)
    lines = _changed(form, field, draft, now, scene)
    return _ask(form, now, scene, *lines) if here else Turn(Say(lines), now)


def _is_file(part: Answer) -> bool:
    return isinstance(part.value, dict) and "file" in part.value


def _with_words(was: Sequence[Answer], said: Said) -> list[Answer]:
    """The parts with other words beside the files of one message; the files stay."""
    words = [Answer(said.text, "typed", said.message)] if said.text else []
    last = max(n for n, each in enumerate(was) if _is_file(each) and each.message == said.message)
    parts: list[Answer] = []
    for n, each in enumerate(was):
        if _is_file(each) or each.message != said.message:
            parts.append(each)
        if n == last:
            parts += words
    return parts


# Steering -------------------------------------------------------------------------------------


def _steer(word: str, form: Form, draft: Draft, said: Said, scene: Scene) -> Turn | None:
    """A steering word wins as a whole message, where it means something."""
    asking = draft.asking
    if word == "leave":
        return Turn(
            Say([_("The sheet is kept. Type «việc» to go on with it whenever you like."), *not_again(scene)]),
            draft,
            "left",
        )
    if word == "cancel":
        return _ask_cancel(draft, scene)
    if asking.startswith("cancel:"):
        return _cancelled(word, form, draft, scene)
    if word == "sheet":
        return _show_sheet(form, draft, scene)
    if word == "back":
        return _back(form, draft, scene)
    if word in ("go_on", "done"):
        return _go_on(form, draft, scene)
    if word == "edit" and (asking in ("review", "sheet") or asking.startswith("page:")):
        return _show_sheet(form, draft, scene)
    if word == "accept" and asking.startswith("page:"):
        return _accept(form, draft, scene)
    if word in ("accept", "keep") and asking.startswith("again:"):
        return _confirm_again(form, draft, scene)
    if word == "send":
        return _send(form, draft, scene) if asking == "review" else _not_ready(form, draft, scene)
    if word == "skip" and asking in form and form[asking].skip is not None:
        return _store(form, draft, form[asking], Answer(None, "skipped", said.message), scene)
    if word == "skip" and asking in form and not form[asking].kind.free:
        return _ask(form, draft, scene, _("This question needs an answer."))
    return None


def _back(form: Form, draft: Draft, scene: Scene) -> Turn:
    """The question before this one; from the first, the first again."""
    stops = _stops(form, draft, scene)
    here = draft.asking.split(":", 1)[-1] if draft.asking.startswith("again:") else draft.asking
    place = stops.index(here) if here in stops else len(stops)
    if draft.asking.startswith("again:") or draft.asking == "sheet":
        place = place + 1 if here in stops else place
    if place == 0:
        return _ask(form, draft, scene, _("This is the first question."))
    return _ask(form, draft.ask(stops[place - 1]), scene)


def _stops(form: Form, draft: Draft, scene: Scene) -> list[str]:
    """Where one may stand in this form, in order: fields, and pages as one stop."""
    given = draft.values()
    stops: list[str] = []
    for field in form.fields:
        if not field.visible(given, scene):
            continue
        stop = field.code
        if field.page and _known(field, draft, scene, form):
            stop = f"page:{field.page}"
        if stop not in stops:
            stops.append(stop)
    return stops


def _known(field: Field, draft: Draft, scene: Scene, form: Form) -> bool:
    """Whether a field stands on its page: by a prefill, or confirmed there before."""
    answer = draft.parts.get(field.code)
    if answer:
        return answer[0].source == "confirmed"
    return field.prefill is not None and field.prefill(draft.values(), scene) is not None


def _show_sheet(form: Form, draft: Draft, scene: Scene) -> Turn:
    return Turn(sheet(form, draft, scene), draft.ask("sheet"))


def _ask_cancel(draft: Draft, scene: Scene) -> Turn:
    if draft.asking.startswith("cancel:"):
        asking = draft.asking
    else:
        asking = f"cancel:{draft.asking}"
    say = Say(
        [_("Stop filling in this sheet?")],
        steering=(Steer("keep", _("Save to go on later")), Steer("drop", _("Delete the sheet")), GO_ON),
    )
    return Turn(say, replace(draft, asking=asking))


def _cancelled(word: str, form: Form, draft: Draft, scene: Scene) -> Turn:
    back = replace(draft, asking=draft.asking.split(":", 1)[1])
    if word in ("keep", "leave"):
        return Turn(
            Say([_("The sheet is kept. Type «việc» to go on with it whenever you like."), *not_again(scene)]),
            back,
            "left",
        )
    if word == "drop":
        return Turn(Say([_("The sheet has been deleted.")]), back, "dropped")
    return _ask(form, back, scene)


def _not_ready(form: Form, draft: Draft, scene: Scene) -> Turn | None:
    """«Gửi» before everything is answered: to the review, or to what is still open."""
    if draft.asking in form and form[draft.asking].kind.free:
        field = form[draft.asking]
        if draft.parts.get(field.code) is None:
            return _ask(form, draft, scene, _("The sheet can be sent once this question is answered."))
    if _open(form, draft, scene) is None:
        return _go_on(form, draft, scene)
    return _go_on(form, draft, scene, _("Nothing has been sent yet: this comes before it."))


# Answers --------------------------------------------------------------------------------------


def _read(field: Field, text: str, draft: Draft, scene: Scene) -> Value | Wrong | Unclear:
    """What was said: a choice by its number or label, else what the kind reads, else a near choice."""
    offered = field.choices(draft.values(), scene) if field.choices is not None else ()
    counted = field.kind.digits and text.strip(" .%()[]«»").isdecimal()
    if not counted and (choice := exact(text, offered, scene.words)) is not None:
        return Value(choice.value)
    reading = field.kind.read(text, draft.values(), scene)
    if isinstance(reading, Wrong) and not field.kind.text:
        meant = whom(text, offered, scene.words)
        if len(meant.sure) == 1:
            return Value(meant.sure[0].value)
        if maybe := [*meant.sure, *meant.near][:MEANINGS]:
            return Unclear(_("«{name}»: do {you} mean one of these?", name=text), maybe)
        if (choice := near(text, offered, scene.words)) is not None:
            return Value(choice.value)
    return reading


def _refused(field: Field, value: Any, draft: Draft, scene: Scene) -> Part | None:
    return field.refuse(value, draft.values(), scene) if field.refuse else None


def _answer(form: Form, draft: Draft, said: Said, scene: Scene, sure: bool = False) -> Turn:
    """An answer to the one open question; `sure` when it was asked whether it is one."""
    if draft.asking not in form or not said.text:
        return _ask(form, draft, scene)
    field = form[draft.asking]
    skip = field.skipping(draft.values(), scene)
    if skip is not None and fold(said.text) == fold(scene.words.say(skip)):
        return _store(form, draft, field, Answer(None, "skipped", said.message), scene)
    if (several := _several(form, draft, said, scene)) is not None:
        return several
    reading = _read(field, said.text, draft, scene)
    marked = isinstance(reading, Unclear) or (isinstance(reading, Value) and not isinstance(reading.value, str))
    word_for_word = field.kind.text and not marked and _surely(form, draft, said, scene) is None
    if word_for_word and not sure and (asked := _no_answer(form, draft, said, scene, reading)) is not None:
        return asked
    if isinstance(reading, Unclear):
        values = [choice.value for choice in reading.meanings]
        labels = [scene.words.say(choice.label) for choice in reading.meanings]
        waits = draft.ask(f"unclear:{field.code}", meanings=values, labels=labels)
        return Turn(Say([reading.question], choices=reading.meanings, steering=(BACK,)), waits)
    if isinstance(reading, Wrong):
        return _ask(form, draft, scene, reading.why)
    return _value(form, draft, field, reading.value, said, scene)


def _value(form: Form, draft: Draft, field: Field, value: Any, said: Said, scene: Scene) -> Turn:
    """A value understood: refused with the reason, asked about, or stored."""
    if (why := _refused(field, value, draft, scene)) is not None:
        return _ask(form, draft.ask(field.code), scene, why)
    if (warning := field.doubt(value, draft.values(), scene)) is not None:
        return _doubted(draft, field, value, said, warning)
    return _store(form, draft, field, Answer(value, "typed", said.message), scene)


def _doubted(draft: Draft, field: Field, value: Any, said: Said, warning: Part) -> Turn:
    """A value that is hardly meant: it waits until it is confirmed."""
    asked = draft.ask(f"again:{field.code}", value=value, message=said.message)
    say = Say([warning], steering=(Steer("accept", field.keep), Steer("back", _("Change the answer"))))
    return Turn(say, asked)


def _store(form: Form, draft: Draft, field: Field, answer: Answer, scene: Scene) -> Turn:
    kept = draft.parts.get(field.code, ()) if field.long and draft.notes.get("more") else ()
    was = draft.parts.get(field.code)
    now = draft.answer(field.code, *kept, answer)
    if field.long and isinstance(answer.value, str) and len(answer.value) >= LONG:
        heard = _("Part {n} is kept. Send the next part, or choose «Done».", n=Count(len(now.parts[field.code])))
        return Turn(Say([heard], steering=(DONE,)), replace(now, notes={"more": True}))
    if was and draft.notes.get("editing"):
        lines = _changed(form, field, draft, now, scene)
    else:
        lines = _heard(field, answer, now, scene)
    if (raised := _raised(form, draft, now, scene)) is not None:
        return _ask(form, now.ask(raised), scene, *lines)
    return _go_on(form, now, scene, *lines)


def _raised(form: Form, was: Draft, now: Draft, scene: Scene) -> str | None:
    """The question that this very answer has raised (a comment, a reason): it is asked at once."""
    before = {field.code for field in visible(form, was.values(), scene)}
    return next(
        (
            field.code
            for field in visible(form, now.values(), scene)
            if field.code not in before and field.code not in now.parts
        ),
        None,
    )


def _heard(field: Field, answer: Answer, draft: Draft, scene: Scene) -> Sequence[Part]:
    """What was understood, repeated where it is not word for word what was typed."""
    if answer.source == "skipped":
        return [_("«{label}» is left open and can be added later.", label=field.label)]
    if field.echo is None and field.choices is None:
        return []
    if field.echo is not None:
        return field.echo(answer.value, draft.values(), scene)
    return [_("Noted: {value}.", value=shown(field, draft, scene))]


def _changed(form: Form, field: Field, was: Draft, now: Draft, scene: Scene) -> Sequence[Part]:
    number = _number(form, now, field, scene)
    return [
        _("✏️ Question {number} has been changed.", number=number),
        _("Before: {value}", value=shown(field, was, scene)),
        _("Now: {value}", value=shown(field, now, scene)),
    ]


def _number(form: Form, draft: Draft, field: Field, scene: Scene) -> int:
    codes = [each.code for each in visible(form, draft.values(), scene)]
    return codes.index(field.code) + 1 if field.code in codes else 0


def _again(form: Form, draft: Draft, said: Said, scene: Scene) -> Turn:
    """After a warning: its confirmation, «sửa», or simply another answer."""
    field = form[draft.asking.split(":", 1)[1]]
    if fold(said.text) == fold(scene.words.say(field.keep)):
        return _confirm_again(form, draft, scene)
    if fold(said.text) == fold(scene.words.say(_("Change the answer"))):
        return _ask(form, draft.ask(field.code), scene)
    return _answer(form, draft.ask(field.code), said, scene)


def _confirm_again(form: Form, draft: Draft, scene: Scene) -> Turn:
    field = form[draft.asking.split(":", 1)[1]]
    answer = Answer(draft.notes["value"], "typed", draft.notes.get("message"))
    return _store(form, draft.ask(field.code), field, answer, scene)


def _unclear(form: Form, draft: Draft, said: Said, scene: Scene) -> Turn:
    """Which of the meanings was it? By its text; any other answer is a new one."""
    field = form[draft.asking.split(":", 1)[1]]
    values = draft.notes["meanings"]
    shown = [scene.words.say(field.kind.show(value, scene)) for value in values]
    bare = [value.replace(".", ",") if isinstance(value, str) else "" for value in values]
    labels = draft.notes.get("labels", shown)  # a sheet that was kept by an earlier version has none
    number = said.text.strip(" .")
    for offered in (labels, shown, bare, [str(n) for n in range(1, len(values) + 1)]):
        for value, label in zip(values, offered, strict=True):
            if label in (said.text, number):
                return _value(form, draft.ask(field.code), field, value, said, scene)
    key = by_marks if has_marks(said.text) else fold  # marks that were typed count: «Hưng» does not confirm «Hùng»
    for offered in (labels, shown):
        if [key(label) for label in offered].count(key(said.text)) == 1:
            value = values[[key(label) for label in offered].index(key(said.text))]
            return _value(form, draft.ask(field.code), field, value, said, scene)
    return _answer(form, draft.ask(field.code), said, scene)


def _page(form: Form, draft: Draft, said: Said, scene: Scene) -> Turn:
    """On a page: its acceptance, or a line to change by its number or label."""
    page = form.pages[draft.asking.split(":", 1)[1]]
    if fold(said.text) == fold(scene.words.say(page.accept)):
        return _accept(form, draft, scene)
    return _sheet(form, draft, said, scene)


def _accept(form: Form, draft: Draft, scene: Scene) -> Turn:
    """Confirm every known value of the page that is not answered yet."""
    name = draft.asking.split(":", 1)[1]
    now = draft
    for field in form.fields:
        if field.page != name or field.code in now.parts or field.prefill is None:
            continue
        given = now.values()
        if field.visible(given, scene) and (value := field.prefill(given, scene)) is not None:
            now = now.answer(field.code, Answer(value, "confirmed"))
    return _go_on(form, now, scene)


def _pointed(form: Form, draft: Draft, said: Said, scene: Scene) -> Field | Choice | None:
    """What of the open message was pointed at by a number or label."""
    return _surely(form, draft, said, scene) or _nearly(form, draft, said, scene)


def _surely(form: Form, draft: Draft, said: Said, scene: Scene) -> Field | Choice | None:
    """A choice or a line of the open message by its number or its whole label."""
    return _of_form(form, draft, exact(said.text, _offered(form, draft, scene), scene.words))


def _nearly(form: Form, draft: Draft, said: Said, scene: Scene) -> Field | Choice | None:
    """A choice or a line by a few words of its label; at a question for text nothing is."""
    if draft.asking in form and form[draft.asking].kind.text:
        return None
    return _of_form(form, draft, near(said.text, _offered(form, draft, scene), scene.words))


def _offered(form: Form, draft: Draft, scene: Scene) -> Sequence[Choice]:
    """What the open message numbers: the choices of a question, or the lines of a sheet."""
    asking = draft.asking
    if asking in form:
        choices = form[asking].choices
        return choices(draft.values(), scene) if choices is not None else ()
    if asking in ("sheet", "review") or asking.startswith("page:"):
        return lines_of(form, draft.values(), scene)
    return ()


def _of_form(form: Form, draft: Draft, choice: Choice | None) -> Field | Choice | None:
    return choice if choice is None or draft.asking in form else form[choice.value]


def _sheet(form: Form, draft: Draft, said: Said, scene: Scene) -> Turn:
    """On the sheet or the review: which answer to look at again?"""
    if isinstance(field := _pointed(form, draft, said, scene), Field):
        return _ask(form, draft.ask(field.code, editing=True), scene)
    if draft.asking == "sheet":
        return _ask(form, draft, scene, _("Please give the number of the answer to change, or choose «Continue»."))
    return _ask(form, draft, scene, _("The assistant did not understand this."))


def _edit_line(form: Form, draft: Draft, said: Said, scene: Scene) -> Turn | None:
    """«sửa 1 Tên mới»: change an answer from anywhere."""
    verbs = [word for word, code in steering(scene.words).items() if code == "edit"]
    head, _space, rest = said.text.partition(" ")
    if fold(head) not in verbs or not rest:
        return None
    said_number, _space, text = rest.strip().partition(" ")
    fields = visible(form, draft.values(), scene)
    place = number(said_number.rstrip(".:")) or 0
    if not 1 <= place <= len(fields):
        return None
    field = fields[place - 1]
    at = draft.ask(field.code, editing=True)
    if not text:
        return _ask(form, at, scene)
    return _answer(form, at, Said(text, message=said.message), scene)


def _several(form: Form, draft: Draft, said: Said, scene: Scene) -> Turn | None:
    """One message that names two or more fields, a line each, fills them all."""
    named: list[tuple[Field, str]] = []
    named_so = [(name, field) for field in form.fields for name in (field.label, field.also) if name]
    labels = {fold(scene.words.say(name)): field for name, field in named_so}
    for line in said.text.splitlines():
        label, colon, text = line.partition(":")
        field = labels.get(fold(label))
        if not colon or field is None or not text.strip():
            return None
        named.append((field, text.strip()))
    if len(named) < 2:
        return None
    now = draft
    for field, text in named:
        reading = _read(field, text, now, scene)
        if not isinstance(reading, Value) or _refused(field, reading.value, now, scene):
            continue
        if field.doubt(reading.value, now.values(), scene) is None:
            now = now.answer(field.code, Answer(reading.value, "typed", said.message))
    return _go_on(form, now, scene, _("Noted {n} answers.", n=Count(len(now.parts) - len(draft.parts))))


def _files(form: Form, draft: Draft, said: Said, scene: Scene) -> Turn:
    """Files are parts of the open answer where it takes files; else they are refused kindly."""
    field = form[draft.asking] if draft.asking in form else None
    if field is None or not field.files:
        return _ask(form, draft, scene, _("This question does not take files. They were not kept with the sheet."))
    old = draft.parts.get(field.code, ()) if draft.notes.get("more") else ()
    parts = (*old, *(Answer({"file": file}, "typed", said.message) for file in said.files))
    if said.text:
        parts = (*parts, Answer(said.text, "typed", said.message))
    now = replace(draft.answer(field.code, *parts), notes={"more": [1]})
    n = sum(map(_is_file, now.parts[field.code]))
    heard = _("📎 Received {n} files. Send more, or choose «Done».", n=Count(n))
    return Turn(Say([heard], steering=(DONE,)), now)


def _send(form: Form, draft: Draft, scene: Scene) -> Turn:
    """File the sheet, if every answer still fits the form as it is now."""
    now, stale = _fresh(form, draft, scene)
    if stale is not None or _open(form, now, scene) is not None:
        lines: list[Text] = []
        if stale is not None:
            lines.append(
                _("«{label}» has to be answered again, since what it depends on has changed.", label=stale.label)
            )
        return _go_on(form, now, scene, *lines)
    return Turn(Say([]), now, "filed", now.values())


def _fresh(form: Form, draft: Draft, scene: Scene) -> tuple[Draft, Field | None]:
    """The draft without answers to questions that are no longer asked or no longer fit."""
    given = draft.values()
    for field in form.fields:
        if field.code not in draft.parts or not field.visible(given, scene):
            continue
        value = given.get(field.code)
        if value is not None and not fits(field, value, draft, scene):
            return draft.answer(field.code), field
    return draft, None


def fits(field: Field, value: Any, draft: Draft, scene: Scene) -> bool:
    """Whether a kept answer is still one the form would take."""
    if field.choices is not None and not field.kind.free:
        return any(choice.value == value for choice in field.choices(draft.values(), scene))
    try:
        field.kind.show(value, scene)
    except (ValueError, TypeError, KeyError, IndexError, ArithmeticError):
        return False
    return _refused(field, value, draft, scene) is None


# Going on -------------------------------------------------------------------------------------


def _open(form: Form, draft: Draft, scene: Scene) -> str | None:
    """The first question that waits: a page when its values are known, else a field."""
    given = draft.values()
    waiting = [f for f in form.fields if f.code not in draft.parts and f.visible(given, scene)]
    if not waiting:
        return None
    page = waiting[0].page
    for field in waiting:
        if page and field.page == page and field.prefill and field.prefill(given, scene) is not None:
            return f"page:{page}"
    return waiting[0].code


def _go_on(form: Form, draft: Draft, scene: Scene, *lines: Part, first: bool = False) -> Turn:
    asking = _open(form, draft, scene)
    if asking is None and form.at_once:
        return Turn(Say([]), draft, "filed", draft.values())
    return _ask(form, draft.ask(asking or "review"), scene, *lines, first=first)


def _ask(form: Form, draft: Draft, scene: Scene, *lines: Part, first: bool = False) -> Turn:
    """The open question again, with these lines between its first line and the question."""
    state, _colon, rest = draft.asking.partition(":")
    if state == "cancel":
        return _ask_cancel(draft, scene)
    if state == "doubt":
        return _ask(form, settled(draft), scene, *lines, first=first)
    if state in ("again", "unclear"):
        draft = draft.ask(rest, **{k: v for k, v in draft.notes.items() if k == "editing"})
    if draft.asking not in form and state not in ("sheet", "page"):
        draft = draft.ask(_open(form, draft, scene) or "review")
    if draft.asking == "sheet":
        say = sheet(form, draft, scene)
    elif draft.asking == "review":
        say = review(form, draft, scene)
    else:
        say = question(form, draft, scene, first=first)
    return Turn(_placed(say, (*lines, *not_again(scene))), draft)


def not_again(scene: Scene) -> Sequence[Part]:
    """For a sheet that has been sent once: what is changed now has not been sent."""
    at = scene.facts.get("sent")
    if at is None:
        return ()
    return [_("⚠️ Not sent again yet: what stands is still what was sent at {at}.", at=Time(at))]


def _placed(say: Say, lines: Sequence[Part]) -> Say:
    """Remarks stand between the first line, which says what this is, and the question."""
    if not lines:
        return say
    return replace(say, lines=(say.lines[0], *lines, *say.lines[1:]))


_STATES = {"doubt": _doubtful, "again": _again, "unclear": _unclear, "page": _page, "sheet": _sheet, "review": _sheet}
