"""The words people steer with, and how a choice is recognised from what was typed. Pure."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from rapidfuzz import fuzz, process

from bot.dialogue.turn import Choice, SteeringWord
from bot.language import Text, Words, _, fold, has_marks, number, person_names
from bot.language import exact as marked

# Said by people, never by us; in the catalogue they are lists, separated by "|".
STEERING: Mapping[SteeringWord, Text] = {
    SteeringWord.BACK: _("back|go back|previous"),
    SteeringWord.SHEET: _("sheet|see the sheet|show the sheet|see the full text|full text"),
    SteeringWord.LEAVE: _("leave|exit|quit"),
    SteeringWord.CANCEL: _("cancel|stop"),
    SteeringWord.SKIP: _("skip|later|add later"),
    SteeringWord.SEND: _("send|submit"),
    SteeringWord.EDIT: _("edit|change"),
    SteeringWord.NEXT: _("next|next page|page after"),
    SteeringWord.PREVIOUS: _("previous|previous page|page before"),
    SteeringWord.GO_ON: _("continue|go on"),
    SteeringWord.DONE: _("done|finished"),
    SteeringWord.ACCEPT: _("agree|correct|right|ok"),
    SteeringWord.REST: _("nothing else|nothing for the rest"),
    SteeringWord.KEEP: _("save|keep"),
    SteeringWord.DROP: _("delete|throw away"),
}

_known: dict[str, dict[str, SteeringWord]] = {}


def steering(words: Words) -> Mapping[str, SteeringWord]:
    """Return folded words with what they ask for, in the listener's language and always in Vietnamese."""
    known = _known.get(words.language)
    if known is None:
        known = {}
        for spoken in (Words("vi"), words):
            for code, text in STEERING.items():
                for word in spoken.say(text).split("|"):
                    known[fold(word)] = code
        _known[words.language] = known
    return known


def first_word(code: SteeringWord, words: Words) -> str:
    """Return how a steering word is best typed: «quay lại»."""
    return words.say(STEERING[code]).split("|", 1)[0]


EMPTY: Text = _("yes|no|not|is|right|wrong|year|month|day|number|question|and|of|in|for|me|you")
"""Said by people: words that may stand in any label, and that mean none by themselves."""

IDLE: Text = _("all|whole|please|just|choose|item")
"""And those that change nothing in what they stand beside."""

POINTING: Text = _("item|number|choose|area|content|question|option|the")
"""Words before the number or the code of what is meant."""

ENDS = " .)]«»"
"""What stands around words without meaning anything, in what is said and in labels alike."""
CLOSE = 84
APART = 6
FEWEST = 4
"""Letters that a few words of a label have, at least."""


def exact(text: str, choices: Sequence[Choice], words: Words) -> Choice | None:
    """Find the choice that is meant for certain: by its number, its whole label, or both, as buttons show it."""
    said = fold(text).strip(ENDS)
    counted = _COUNTED.match(said)
    for n, choice in enumerate(choices, 1):
        if choice.person:
            label = words.say(choice.label).strip(ENDS)  # «… (Phòng Quản lý xây dựng)» ends like what is stripped
            alike = marked(text.strip(ENDS)) == marked(label)
            if alike or (counted and number(counted[1]) == n and counted[2] == fold(label)):
                return choice
            continue
        names = [name.strip(ENDS) for name in labels_of(choice, words)]
        if said in names or (counted and number(counted[1]) == n and counted[2] in names):
            return choice
        if any(
            _joined(said) in (_joined(code), *(_joined(f"{code} {name}") for name in names))
            for code in _codes(choice, words)
        ):
            return choice
    place = number(said)
    return choices[place - 1] if place is not None and 1 <= place <= len(choices) else None


def _joined(said: str) -> str:
    """Return a code as it may be typed: «ii3», «II. 3» and «II.3» are one."""
    return re.sub(r"[^a-z0-9]+", "", said)


def _codes(choice: Choice, words: Words) -> list[str]:
    """Return the codes among the other names of a choice: «II.4»."""
    return [name for name in fold(words.say(choice.also)).split("|") if name and _DIGIT.search(name)]


def pointed(text: str, choices: Sequence[Choice], words: Words) -> Choice | None:
    """Find the choice that words point at: «mục 3», «nội dung II.3», «lĩnh vực chuyển đổi số»."""
    said = fold(text).strip(ENDS)
    pointing = {word for phrase in words.say(POINTING).split("|") for word in fold(phrase).split()}
    rest = said.split()
    while len(rest) > 1 and rest[0].strip(":.") in pointing:
        rest = rest[1:]
    left = " ".join(rest)
    return exact(left, choices, words) if left != said else None


def whom(text: str, choices: Sequence[Choice], words: Words) -> person_names.Meant[Choice]:
    """Find whom of these people a name means: surely by its marks, else whom it may mean, to be asked about."""
    people = [choice for choice in choices if choice.person]
    found = person_names.meant(text.strip(ENDS), ((choice.person, choice) for choice in people))
    if found.sure or found.near:
        return found
    tokens = set(_TOKEN.findall(fold(text)))
    held = [choice for choice in people if tokens and tokens <= set(_TOKEN.findall(fold(words.say(choice.label))))]
    typed = [choice for choice in people if fuzz.ratio(fold(text), fold(choice.person)) >= CLOSE]
    return person_names.Meant((), held or typed)


def near(text: str, choices: Sequence[Choice], words: Words) -> Choice | None:
    """Find the choice meant by a few words of its label, or with a typing mistake.

    Only for words that mean nothing else. Digits are never nearly right: one of them wrong is another day. Marks that
    were typed are believed: «đúng» is no part of «không áp dụng».
    """
    choices = [choice for choice in choices if not choice.person]
    key = marked if has_marks(text) else fold
    said = key(text).strip(ENDS)
    spoken = fold(text).strip(ENDS)
    if (
        len(spoken) < FEWEST
        or _DIGIT.search(spoken)
        or not set(_TOKEN.findall(spoken)) - _words_of(EMPTY) - _words_of(IDLE)
    ):
        return None
    labels = [[key(words.say(part)) for part in (choice.label, choice.full) if part] for choice in choices]
    tokens = {token for token in _TOKEN.findall(said) if fold(token) not in _words_of(IDLE)}
    holding = [
        choice
        for choice, names in zip(choices, labels, strict=True)
        if any(tokens <= set(_TOKEN.findall(name)) for name in names)
    ]
    if len(holding) == 1:
        return holding[0]
    scores = sorted(
        ((max((_alike(said, name) for name in names), default=0.0), place) for place, names in enumerate(labels)),
        reverse=True,
    )
    if scores and scores[0][0] >= CLOSE and (len(scores) == 1 or scores[0][0] - scores[1][0] >= APART):
        return choices[scores[0][1]]
    return None


@cache
def _words_of(text: Text) -> frozenset[str]:
    spoken = (Words("vi"), Words("en"))
    return frozenset(word for each in spoken for word in _TOKEN.findall(fold(each.say(text))))


_DIGIT = re.compile(r"\d")
_COUNTED = re.compile(r"(\d{1,3}) ?[.)](?: +|(?!\d))(.+)")
_TOKEN = re.compile(r"\w+")


def _alike(said: str, name: str) -> float:
    """Score how nearly so many words of a name are what was said: whole words, never a piece of one."""
    if _DIGIT.search(name) or len(said) <= FEWEST:
        return 0.0
    n, parts = len(said.split()), name.split()
    runs = (" ".join(parts[first : first + n]) for first in range(max(1, len(parts) - n + 1)))
    return max(fuzz.ratio(said, run) for run in runs)


def labels_of(choice: Choice, words: Words) -> list[str]:
    """Return the folded names of a choice: the short one, the whole one, and what else it is called."""
    names = []
    for part in (choice.label, choice.full):
        if name := fold(words.say(part)):
            names.append(name)
    return names + [name for name in fold(words.say(choice.also)).split("|") if name]


def told_of(text: str, choices: Sequence[Choice], words: Words) -> Choice | None:
    """Find the one choice that speaks of something in so many words, though its label does not: «số hóa»."""
    key = marked if has_marks(text) else fold
    said = " ".join(_TOKEN.findall(key(text)))
    if len(said.split()) < 2 or len(said) < FEWEST or _DIGIT.search(said):
        return None
    found = [
        choice
        for choice in choices
        if choice.about and f" {said} " in f" {' '.join(_TOKEN.findall(key(words.say(choice.about))))} "
    ]
    return found[0] if len(found) == 1 else None


def close_word(text: str, known: Sequence[str]) -> str | None:
    """Return the known phrase that was surely meant by a mistyped one, or None; digits are never mistyped."""
    if _DIGIT.search(text):
        return None
    found = process.extractOne(fold(text), known, scorer=fuzz.ratio, score_cutoff=88)
    return None if found is None else found[0]
