"""How a reply looks on each channel: data about the channel, and one function. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.conversation.buttons import HOME
from bot.dialogue import Button, Choice, Say, Steer, SteeringWord, first_word
from bot.language import Part, Words, _, fold


@dataclass(frozen=True, slots=True)
class Look:
    """What a channel can show. `widest` is the longest label of a button, in characters."""

    name: str
    buttons: bool
    widest: int = 0
    shares: bool = False
    """Whether a button can share the person's own telephone number."""
    edits: bool = False
    """Whether a message can be changed in its place: boards are kept true there, elsewhere asked for anew."""
    stays: bool = False
    """Whether a keyboard stands until it is taken away."""
    longest: int = 0
    """Bytes that a button's command may have; 0 without a limit."""


LOOKS: Mapping[str, Look] = {
    "web": Look("web", buttons=True, widest=40, edits=True),
    "keyboard": Look("keyboard", buttons=True, widest=44, shares=True, edits=True, stays=True, longest=64),
    "plain": Look("plain", buttons=False),
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A message as a channel gets it, and what numbers and labels typed after it mean."""

    text: str
    choices: Sequence[str] = ()
    steering: Sequence[str] = ()
    main: str = ""
    """The one of the steering buttons that goes on, where there is one."""
    buttons: Sequence[tuple[str, str]] = ()
    files: Sequence[int] = ()
    menu: Sequence[tuple[str, str]] = ()
    """Labels with what they say; a label that says itself has an empty second half."""
    share: str = ""
    full: str = ""
    """All its lines, where the most important ones are said first."""
    closes: str = ""
    """Where the keyboard that an earlier message left has to go: what the message says that takes it away, should it stay."""
    typed: Sequence[tuple[str, str]] = ()
    """The buttons that a message which comes unasked has as lines to be typed: label, and what it says."""

    @property
    def keyboard(self) -> bool:
        """Whether it brings a keyboard of its own."""
        return bool(self.choices or self.steering or self.share)

    def to_json(self) -> dict[str, Any]:
        """Return what is kept in the outbox; the menu is kept with the chat."""
        return {
            "text": self.text,
            "choices": list(self.choices),
            "steering": list(self.steering),
            "buttons": [list(button) for button in self.buttons],
            "files": list(self.files),
            **({"main": self.main} if self.main else {}),
            **({"full": self.full} if self.full else {}),
            **({"share": self.share} if self.share else {}),
            **({"closes": self.closes} if self.closes else {}),
            **({"typed": [list(button) for button in self.typed]} if self.typed else {}),
        }


SEVERAL = 3
"""From so many choices on it is said how one of them is named."""
ALWAYS = (SteeringWord.BACK, SteeringWord.SHEET, SteeringWord.LEAVE)


MOST_LINES, FIRST_LINES = 12, 3
WARNING, YES = "⚠️", "co"
SEE_ALL = _("See all of it")


def shortened(say: Say, words: Words, place: Callable[[], int]) -> tuple[Say, str]:
    """Return an answer with its most important lines, and all of them; a question, and what was asked for whole, stays as it is.

    `place` says where it will stand in its chat: «Xem đủ» finds it there.
    """
    if say.whole or say.secret or say.board or say.choices or say.steering:
        return say, ""
    lines = [line for part in say.lines for line in words.say(part).split("\n")]
    decides = any(f" {YES}" in button.says for button in say.buttons)  # what a yes is about is seen whole
    if len(lines) <= MOST_LINES or decides:
        return say, ""
    head, *rest = [line for line in lines if line.strip()]
    told = sorted(rest, key=lambda line: not line.startswith(WARNING))[: FIRST_LINES - 1]
    first = [head, *(line for line in rest if line in told)][:FIRST_LINES]
    more = _("and {n} more lines", n=len(lines) - len(first))
    buttons = [*say.buttons]
    at = len(buttons) - (buttons[-1:] == [HOME])
    buttons.insert(at, Button(SEE_ALL, f"/xemdu {place()}"))
    return replace(say, lines=[*first, more], buttons=tuple(buttons)), "\n".join(lines)


def render(say: Say, look: Look, words: Words, asked: bool = True) -> Drawn:
    """Turn a reply into strings for one listener on one channel.

    `asked` is false for what comes unasked: it never carries numbers, since numbers belong to the
    newest reply to the person's own message.
    """
    lines = [words.say(line) for line in say.lines]
    buttons = [(words.say(button.label), button.says) for button in say.buttons]
    for _label, says in buttons:
        if look.longest and len(says.encode()) > look.longest:
            raise ValueError(f"a button says more than {look.longest} bytes: {says.partition(' ')[0]}")
    if look.buttons:
        choices = [] if say.listed else _labels(say.choices, look, words, say.numbers)
        steering = [words.say(steer.label) for steer in say.steering]
        return Drawn(
            "\n".join(lines),
            choices=choices,
            steering=steering,
            main=next((words.say(steer.label) for steer in say.steering[:1] if steer.code not in ALWAYS), ""),
            buttons=buttons,
            files=say.files,
            share=words.say(say.share) if say.share is not None and look.shares else "",
            menu=[*buttons, *((label, "") for label in (*choices, *steering))],
        )
    listed = [words.say(choice.label if choice.brief or not choice.full else choice.full) for choice in say.choices]
    if listed and not say.listed:
        lines += ["", *(_numbered(listed) if say.numbers else [f" - {label}" for label in listed]), ""]
    asks = bool(say.choices or say.steering)
    if buttons:
        lines += _numbered([label for label, _says in buttons]) if asked and not asks else _typed(buttons)
    lines += [words.say(line) for line in _hints(say, words)]
    menu = [*buttons, *((("", ""),) if asks else ())]
    return Drawn("\n".join(lines), files=say.files, menu=menu, typed=() if asked else buttons)


def _labels(choices: Sequence[Choice], look: Look, words: Words, numbers: bool) -> list[str]:
    """Return full labels where all of them fit; else short ones with their numbers, all alike."""
    short = [words.say(choice.label) for choice in choices]
    full = [words.say(choice.full) if choice.full else label for choice, label in zip(choices, short, strict=True)]
    if short == full or all(len(label) <= look.widest for label in full):
        return full
    return [f"{n}. {label}" for n, label in enumerate(short, 1)] if numbers else short


def _numbered(labels: Sequence[str]) -> list[str]:
    return [f" {n}. {label.removeprefix(f'{n}. ')}" for n, label in enumerate(labels, 1)]


def _typed(buttons: Sequence[tuple[str, str]]) -> list[str]:
    return [f"{label}: {says}" for label, says in buttons]


def _hints(say: Say, words: Words) -> list[Part]:
    """Say what can be typed where there is nothing to tap."""
    hints: list[Part] = []
    if say.choices and not say.listed:
        by_number, by_words = (
            _("Answer with the number or a few words."),
            _("Answer with figures, or type one of these lines."),
        )
        if not say.numbers:
            hints.append(by_words)
        elif len(say.choices) >= SEVERAL and say.opens:  # a numbered list says it by itself after that
            hints.append(by_number)
    typed = [steer for steer in say.steering if steer.code not in ALWAYS]
    if {SteeringWord.SEND, SteeringWord.EDIT} <= {steer.code for steer in typed}:
        send = first_word(SteeringWord.SEND, words)
        hints.append(
            _("Type «{send}» to send it; to change an answer for example: edit 1 and the new text.", send=send)
        )
        typed = [steer for steer in typed if steer.code not in (SteeringWord.SEND, SteeringWord.EDIT)]
    hints += [_hint(steer, words) for steer in typed]
    always = [steer.code for steer in say.steering if steer.code in ALWAYS]
    if say.opens and len(always) == len(ALWAYS):
        hints.append(_("At any time you can type: «back», «see the sheet», «leave» (the sheet is kept)."))
    elif always:
        hints.append(" · ".join(first_word(code, words) for code in always))
    return hints


def _hint(steer: Steer, words: Words) -> Part:
    word = first_word(steer.code, words)
    if fold(words.say(steer.label)) == fold(word):
        return _("Type «{word}» for this.", word=word) if steer.code not in _SELF else _SELF[steer.code]
    return _("Type «{word}» for «{label}».", word=word, label=steer.label)


_SELF = {
    SteeringWord.EDIT: _("To change an answer type for example: edit 1 and the new text."),
    SteeringWord.DONE: _("When that is all, type «done»."),
    SteeringWord.GO_ON: _("To go on, type «continue»."),
    SteeringWord.NEXT: _("For the next page type «next»."),
    SteeringWord.PREVIOUS: _("For the page before type «previous»."),
}
