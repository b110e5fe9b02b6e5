"""Ask back before an answer is taken: words that may mean something else, values hardly meant. Pure.

What waits stands in the draft: `asking` says for what, the notes hold the words or the value. While `doubt:CODE`
is open, the question CODE waits behind it with its own notes under `was`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.dialogue.form import Field, Form, Unclear
from bot.dialogue.sheet import BACK
from bot.dialogue.turn import Button, Choice, Draft, Said, Say, Scene, Steer, SteeringWord, Step, Turn
from bot.dialogue.words import exact
from bot.language import Part, _

OPEN, ANSWER, STAY = "open", "answer", "stay"


def doubt(draft: Draft, said: Said, *lines: Part, opens: str = "", title: str = "") -> Turn:
    """Hold words that may mean something else, until it is clear whether they are the answer.

    `opens` is the command that they may have called, `title` what that is called.
    """
    return _held(draft, said, lines, opens=opens, title=title)


def doubt_change(draft: Draft, said: Said, *lines: Part, code: str, text: str, title: str) -> Turn:
    """Hold words that may change another answer of the sheet to `text`, or be the answer to the open question."""
    return _held(draft, said, lines, changes=[code, text], title=title)


def doubt_place(draft: Draft, said: Said, *lines: Part, code: str, text: str, title: str) -> Turn:
    """Hold words that answer another question of the sheet and cannot be the answer to what is open."""
    return _held(draft, said, lines, changes=[code, text], title=title, alone=True)


def _held(draft: Draft, said: Said, lines: Sequence[Part], **notes: Any) -> Turn:
    doubted_before = draft.step is Step.DOUBT
    rest = draft.about if doubted_before else draft.asking
    was = draft.notes.get("was", draft.notes) if doubted_before else draft.notes
    asked = draft.ask(Step.DOUBT.of(rest), said=said.text, message=said.message, was=dict(was), **notes)
    return Turn(Say(lines, choices=_readings(asked.notes)), asked)


def _readings(notes: Mapping[str, Any]) -> Sequence[Choice]:
    record = Choice(ANSWER, _("Record it as the answer"))
    if notes.get("alone"):
        return [
            Choice(OPEN, _("Record it under «{title}»", title=notes["title"])),
            Choice(STAY, _("Keep what is recorded")),
        ]
    if notes.get("changes"):
        return [Choice(OPEN, _("Change «{title}»", title=notes["title"])), record]
    return [Choice(OPEN, _("Open «{title}»", title=notes["title"])), record] if notes.get("opens") else [record]


def called(draft: Draft, said: Said, scene: Scene) -> str | None:
    """Return the command to run, when the doubtful words were meant to call it; None otherwise."""
    if not draft.notes.get("opens") or draft.step is not Step.DOUBT:
        return None
    choice = exact(said.text, _readings(draft.notes), scene.words)
    return str(draft.notes["opens"]) if choice is not None and choice.value == OPEN else None


def settled(draft: Draft) -> Draft:
    """Return the draft as it stood before the doubt."""
    if draft.step is not Step.DOUBT:
        return draft
    return replace(draft, asking=draft.about, notes=draft.notes["was"])


def asked_back(form: Form, draft: Draft, scene: Scene) -> Sequence[Choice]:
    """Return what was offered when something was asked back."""
    if draft.step is Step.DOUBT:
        return _readings(draft.notes)
    if draft.step is Step.AGAIN:
        return [Choice(SteeringWord.KEEP, form[draft.about].keep), Choice(SteeringWord.BACK, _("Change the answer"))]
    labels = draft.notes.get("labels") or [str(value) for value in draft.notes["meanings"]]
    return [Choice(value, label) for value, label in zip(draft.notes["meanings"], labels, strict=True)]


def doubted(draft: Draft, field: Field, value: Any, said: Said, scene: Scene, warning: Part) -> Turn:
    """Hold a value that is hardly meant, until it is confirmed."""
    asked = draft.ask(Step.AGAIN.of(field.code), value=value, message=said.message)
    return Turn(_asked_again(field, warning, field.looks(value, draft.values(), scene)), asked)


def doubted_still(form: Form, draft: Draft, scene: Scene) -> Turn | None:
    """Ask about a held value once more, after a look elsewhere; None where there is nothing to ask any more."""
    field, value, given = form[draft.about], draft.notes.get("value"), draft.values()
    warning = field.doubt(value, given, scene)
    return None if warning is None else Turn(_asked_again(field, warning, field.looks(value, given, scene)), draft)


def _asked_again(field: Field, warning: Part, looks: Sequence[Button]) -> Say:
    steering = (Steer(SteeringWord.ACCEPT, field.keep), Steer(SteeringWord.BACK, _("Change the answer")))
    return Say([warning], steering=steering, buttons=tuple(looks))


def unclear(draft: Draft, field: Field, reading: Unclear, said: Said, scene: Scene) -> Turn:
    """Ask which of its meanings an answer has, however many they are."""
    values = [choice.value for choice in reading.meanings]
    labels = [scene.words.say(choice.label) for choice in reading.meanings]
    waits = draft.ask(Step.UNCLEAR.of(field.code), meanings=values, labels=labels, message=said.message)
    return Turn(Say([reading.question], choices=reading.meanings, steering=(BACK,)), waits)
