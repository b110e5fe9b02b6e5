"""Words that are surely no answer: thanks, a greeting, a chat passed on, the assistant's own question. Pure."""

import re
from collections.abc import Iterable
from functools import cache

from bot.language import Text, Words, _, fold

# Said by people, never by us; in the catalogue they are lists, separated by "|".
THANKS: Text = _("yes|ok|okay|thanks|thank you|hello|hi|understood|agreed|fine|please wait")
"""One of these makes a message a courtesy, when nothing but courtesies and fillers stands in it."""
FILLERS: Text = _("very|much|so|all|sir|madam|please|assistant|noted|well|you|a lot")
"""Words that go along with them."""

PUZZLED: Text = _(
    "I do not understand|I do not know|what|what is this|how so|later|tomorrow|wait a moment|do it again|forget it"
)
"""One of these says that there is no answer yet, when nothing but it and fillers stands in a message."""
NONE: Text = _("no|none|nothing|not yet|nothing yet|no need|leave it empty|empty|not known yet")
"""One of these is how a box is left empty, when nothing but it and fillers stands in a message."""
ASSENT: Text = _("yes|yes it is|right|keep it|do it|go ahead|all the same|sure")
"""One of these confirms what was asked back, when nothing but it and fillers stands in a message."""
DISSENT: Text = _("no|it is not|change it|another|let me change it|wrong|not that")
"""And one of these does not."""
BARE: Text = _(
    "number|question|line|item|choose|option|the first|the last|all|year|month|day|this|right|wrong|one|two|initiative|model|task|work|unit|movement|open|see|print"
)
"""Words that only point at something: a few of them are no account of anything."""

_STAMP = re.compile(
    r"\[\d{1,2}[:h]\d{2}(?::\d{2})?,? \d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\]"
    r"|\[\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4},? \d{1,2}[:h]\d{2}(?::\d{2})?\]"
    r"|^(?:forwarded|(?:tin nhan )?(?:da |duoc )?chuyen tiep)\b.{0,40}(?:from|tu|:)"
)
"""How messengers begin a line of a chat that was copied: «[08:15, 09/11/2027] Mẫu: …»."""
_OF_FORM = re.compile(r" · (?:cau|question) \d+/\d+")
_WORD = re.compile(r"\w+")


def courtesy(text: str) -> bool:
    """Whether it says thanks, yes or hello and nothing else; a sign or an emoji alone says as little."""
    said = _WORD.findall(fold(text))
    known, fillers = _lists()
    return not said or (all(word in known or word in fillers for word in said) and any(word in known for word in said))


def puzzled(text: str) -> bool:
    """Whether it says that somebody does not know, has not understood, or comes back later."""
    return _says(text, PUZZLED)


def denies(text: str) -> bool:
    """Whether it says that there is nothing to say: «không», «chưa có ạ»."""
    return _says(text, NONE)


def assents(text: str) -> bool:
    """Whether it confirms what was asked back: «vâng», «có», «vẫn ghi»."""
    return _says(text, ASSENT)


def dissents(text: str) -> bool:
    """Whether it says that what was asked back is not meant: «không», «để tôi sửa»."""
    return _says(text, DISSENT)


def settles(text: str) -> bool:
    """Whether it answers what was asked back, by a yes or a no."""
    return assents(text) or dissents(text)


def _says(text: str, phrases: Text) -> bool:
    said = " ".join(_WORD.findall(fold(text)))
    fillers = _lists()[1]
    return any(
        said == phrase or (f" {said} ".count(f" {phrase} ") and set(said.replace(phrase, "", 1).split()) <= fillers)
        for phrase in _phrases_of(phrases)
    )


def bare(text: str) -> bool:
    """Whether it is too little to be an account of anything: one word, figures, words that only point."""
    said = _WORD.findall(fold(text))
    pointing = _words_of(BARE) | _words_of(FILLERS)
    return len(said) < 2 or all(word in pointing or word.isdecimal() or len(word) < 2 for word in said)


def tells(text: str) -> bool:
    """Whether a text may tell of something: it is no courtesy, no puzzled word, and more than a word that points."""
    return not (courtesy(text) or puzzled(text) or bare(text))


@cache
def _phrases_of(text: Text) -> tuple[str, ...]:
    return tuple(
        " ".join(_WORD.findall(fold(phrase)))
        for each in (Words("vi"), Words("en"))
        for phrase in each.say(text).split("|")
    )


@cache
def _words_of(text: Text) -> frozenset[str]:
    return frozenset(word for phrase in _phrases_of(text) for word in phrase.split())


@cache
def _lists() -> tuple[frozenset[str], frozenset[str]]:
    spoken = (Words("vi"), Words("en"))
    return (
        frozenset(word for each in spoken for word in _WORD.findall(fold(each.say(THANKS)))),
        frozenset(word for each in spoken for word in _WORD.findall(fold(each.say(FILLERS)))),
    )


def passed_on(text: str, own: Iterable[str]) -> bool:
    """Whether it was copied from a chat: with its stamps, or with lines that the assistant has said (`own`)."""
    ours = {fold(line) for line in own if len(line) >= SPOKEN}
    for line in text.split("\n"):
        said = fold(line)
        if said in ours or _OF_FORM.search(said) or _STAMP.search(said):
            return True
    return False


SPOKEN = 8
"""From so many characters on a line is known again."""
