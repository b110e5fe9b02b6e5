"""The words people steer with, and how a choice is recognised from what was typed."""

from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz, process

from bot.dialogue.turn import Choice
from bot.i18n import Text, Words, _
from bot.text import fold

# Said by people, never by us; in the catalogue they are lists, separated by "|".
STEERING: Mapping[str, Text] = {
    "back": _("back|go back|previous"),
    "sheet": _("sheet|see the sheet|show the sheet|see the full text|full text"),
    "leave": _("leave|exit|quit"),
    "cancel": _("cancel|stop"),
    "skip": _("skip|later|add later"),
    "send": _("send|submit"),
    "edit": _("edit|change"),
    "go_on": _("continue|go on"),
    "done": _("done|finished"),
    "accept": _("agree|correct|right|ok"),
    "keep": _("save|keep"),
    "drop": _("delete|throw away"),
}

_known: dict[str, dict[str, str]] = {}


def steering(words: Words) -> Mapping[str, str]:
    """Folded word to steering code, in the listener's language and always in Vietnamese."""
    known = _known.get(words.language)
    if known is None:
        known = {}
        for spoken in (Words("vi"), words):
            for code, text in STEERING.items():
                for word in spoken.say(text).split("|"):
                    known[fold(word)] = code
        _known[words.language] = known
    return known


def first_word(code: str, words: Words) -> str:
    """How a steering word is best typed: «quay lại»."""
    return words.say(STEERING[code]).split("|", 1)[0]


CLOSE = 84
APART = 6


def pick(text: str, choices: Sequence[Choice], words: Words) -> Choice | None:
    """The choice meant by a number, a label, a few words of it, with a typo or without marks."""
    said = fold(text).strip(" .)]«»")
    labels = [labels_of(choice, words) for choice in choices]
    for choice, names in zip(choices, labels, strict=True):
        if said in names:
            return choice
    if said.isdecimal():
        place = int(said)
        return choices[place - 1] if 1 <= place <= len(choices) else None
    if len(said) < 3:
        return None
    holding = [
        choice
        for choice, names in zip(choices, labels, strict=True)
        if any(set(said.split()) <= set(name.split()) for name in names)
    ]
    if len(holding) == 1:
        return holding[0]
    scores = sorted(
        (
            (
                max(
                    fuzz.partial_ratio(said, name) if len(said) <= len(name) else fuzz.ratio(said, name)
                    for name in names
                ),
                place,
            )
            for place, names in enumerate(labels)
        ),
        reverse=True,
    )
    best = scores[0]
    if best[0] >= CLOSE and (len(scores) == 1 or best[0] - scores[1][0] >= APART):
        return choices[best[1]]
    return None


def labels_of(choice: Choice, words: Words) -> list[str]:
    """The folded names of a choice, its number stripped: «1. Một mình tôi» is also «một mình tôi»."""
    names = []
    for part in (choice.label, choice.full):
        if name := fold(words.say(part)):
            names.append(name)
    return names


def close_word(text: str, known: Sequence[str]) -> str | None:
    """The known phrase that was surely meant by a mistyped one, or None."""
    found = process.extractOne(fold(text), known, scorer=fuzz.ratio, score_cutoff=88)
    return None if found is None else found[0]
