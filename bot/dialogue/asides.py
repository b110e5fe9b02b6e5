"""What is said beside a question: thanks, anger, «bạn là ai», «cái này là gì?». Whole messages only, never a part of one. Pure."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.language import Text, Words, _, fold


class Aside(StrEnum):
    """What is meant by it; where several are said at once, the one that stands first here counts."""

    EXAMPLE = "example"
    MUST = "must"
    WHY = "why"
    HOW = "how"
    WHAT = "what"
    ANGER = "anger"
    HUMAN = "human"
    WHO = "who"
    FAREWELL = "farewell"
    THANKS = "thanks"
    GREETING = "greeting"
    AGREED = "agreed"


QUESTIONS = frozenset({Aside.EXAMPLE, Aside.MUST, Aside.WHY, Aside.HOW, Aside.WHAT})
"""Those that ask about the open question, and are answered from its own help."""

# Said by people, never by us; in the catalogue they are lists, separated by "|".
SAID: Mapping[Aside, Text] = {
    Aside.EXAMPLE: _("for example|an example|example please|give an example|do you have an example|like what"),
    Aside.MUST: _("is it required|must i answer|may i leave it out|can i skip it|is it optional"),
    Aside.WHY: _("why|what for|why do you ask|why must i write this|what is it used for"),
    Aside.HOW: _("how do i answer|how to write it|what should i write|in which form|how long"),
    Aside.WHAT: _("what is that|what does it mean|i do not understand the question|what do you ask|explain"),
    Aside.ANGER: _("useless|annoying|i am fed up|so slow|that is stupid|so tiresome|this does not work"),
    Aside.HUMAN: _("are you human|are you a robot|is this a machine|are you an ai|am i talking to a person"),
    Aside.WHO: _("who are you|who is this|what are you|what is your name|who made you"),
    Aside.FAREWELL: _("bye|goodbye|see you|good night|see you tomorrow"),
    Aside.THANKS: _("many thanks|thank you very much|thanks a lot|that helped|thx|cheers"),
    Aside.GREETING: _("good morning|good afternoon|good evening|is anybody there|hey"),
    Aside.AGREED: _("i see|all right|got it|noted thanks|of course|very well"),
}
POLITE: Text = _("dear|kindly|if you please|may i ask|excuse me|hm|er|oh")
"""Words that change nothing in what they stand beside."""
SHORT: Text = _("u=you|r=are|pls=please|wat=what")
"""How people write in a hurry."""

ANSWERS: Mapping[Aside, Text] = {
    Aside.ANGER: _(
        "The assistant is sorry not to have been of better help. Type «difficulty» to let {desk} know what is in the way."
    ),
    Aside.HUMAN: _("This is a program, not a person. Where a person is needed, please ask {desk}."),
    Aside.WHO: _("This is the assistant of {desk}: it takes what is registered and reported, and reminds of tasks."),
    Aside.FAREWELL: _("Goodbye, {you_name}. All that was sent and all sheets being written are kept."),
    Aside.THANKS: _("The assistant is glad to be of help, {you_name}."),
    Aside.GREETING: _("Hello, {you_name}."),
    Aside.AGREED: _("Very well; please go on, {you_name}."),
}
"""One kind sentence each; what can be done now follows it."""

LONGEST = 120
"""Characters of a message that may be nothing but an aside."""
FEWEST = 6
"""Letters of a phrase that may be mistyped."""
SLIP = 8
"""One letter in so many may be wrong, one at least."""
_WORD = re.compile(r"[^\W_]+")
_CLAUSE = re.compile(r"[.,;:!?…\n()]+")
_DOUBLED = re.compile(r"dd|aa|ee|oo|[aou]w|w")
_TONE = re.compile(r"(?<=[a-z])[sfrxj](?=[a-z]{0,2}\Z)")
_Key = tuple[str, ...]


@lru_cache(8)  # a turn asks twice or more: may it be an answer, is it meant kindly
def aside(text: str) -> Aside | None:
    """Return what a whole message says beside the question, whatever politeness stands around it; None for anything else."""
    if not text or len(text) > LONGEST:
        return None
    clauses = [words for clause in _CLAUSE.split(text) if (words := _words(clause))]
    if not clauses:
        if "?" in text:  # a sign alone is how people in a hurry say «cái này là gì?»
            return Aside.WHAT
        return Aside.AGREED if any(unicodedata.category(sign) == "So" for sign in text) else None
    found: list[Aside] = []
    for words in clauses:
        meant = _of_clause(words)
        if meant is None:
            return None
        found += meant
    return min(found, key=list(Aside).index, default=None)


def _words(clause: str) -> Sequence[tuple[str, str]]:
    """Return the words between two stops, folded, each with how it was typed."""
    folded = _WORD.findall(fold(clause))
    typed = _WORD.findall(unicodedata.normalize("NFC", clause).lower())
    return list(zip(folded, typed if len(typed) == len(folded) else folded, strict=True))


def _of_clause(words: Sequence[tuple[str, str]]) -> Sequence[Aside] | None:
    """Return what the words between two stops mean: nothing where they are polite only, None where they mean something else."""
    known = _phrases()
    spelt = _spelt_out(words)
    bare = _bare(spelt)
    for said in (tuple(word for word, _typed_as in words), spelt, bare):
        if said in known:
            return [known[said]]
    if not bare:
        return []
    if (pieces := _pieced(bare)) is not None:
        return pieces
    mended = _bare(tuple(word if word in _vocabulary() else _without_keys(word) for word in spelt))
    if mended in known:
        return [known[mended]]
    for said in dict.fromkeys((spelt, bare)):
        typed = " ".join(said)
        if len(typed) >= FEWEST and (near := _nearest(typed)) is not None:
            return [near]
    return None


def _without_keys(word: str) -> str:
    """Strip the keys of Telex that are left in a word typed without its program: «camr» is «cam»."""
    loose = _DOUBLED.sub(lambda found: "" if found[0] == "w" else found[0][0], word)
    return _TONE.sub("", loose, count=1)


def _nearest(typed: str) -> Aside | None:
    """Return what a phrase with a typing mistake means; digits are never mistyped."""
    if any(letter.isdigit() for letter in typed):
        return None
    slips = max(1, len(typed) // SLIP)
    near = process.extractOne(typed, list(_typed()), scorer=OSA.distance, score_cutoff=slips)
    return None if near is None else _typed()[near[0]]


def _pieced(words: _Key) -> list[Aside] | None:
    """Return the meanings of phrases that follow one another without a stop: «ok cảm ơn»; None where something is left."""
    known = _phrases()
    ways: list[list[Aside] | None] = [[], *(None for _word in words)]
    for end in range(1, len(words) + 1):
        for start in range(end):
            before, meant = ways[start], known.get(words[start:end])
            if before is not None and meant is not None:
                ways[end] = [*before, meant]
                break
    return ways[len(words)]


def _bare(words: Sequence[str]) -> _Key:
    """Return the words without what is polite only."""
    polite, kept, place = _polite(), list[str](), 0
    while place < len(words):
        length = next((n for n in (3, 2, 1) if tuple(words[place : place + n]) in polite), 0)
        if not length:
            kept.append(words[place])
        place += length or 1
    return tuple(kept)


def _spelt_out(words: Sequence[tuple[str, str]]) -> _Key:
    """Return the words with those spelt out that were written in a hurry: «hong» is «không», «hỏng» is a word of its own."""
    short, hurried = _short(), _hurried()
    spelt = ((short[word] if word in short and typed in hurried else (word,)) for word, typed in words)
    return tuple(each for said in spelt for each in said)


def _spoken(text: Text) -> list[_Key]:
    """Return a list of the catalogue in both languages, each entry as its folded words."""
    said = [Words(language).say(text) for language in ("vi", "en")]
    return [tuple(_WORD.findall(fold(phrase))) for each in said for phrase in each.split("|")]


@cache
def _polite() -> frozenset[_Key]:
    return frozenset(_spoken(POLITE))


def _pairs() -> Sequence[Sequence[str]]:
    return [pair.split("=") for language in ("vi", "en") for pair in Words(language).say(SHORT).split("|")]


@cache
def _short() -> Mapping[str, _Key]:
    return {fold(typed): tuple(_WORD.findall(fold(meant))) for typed, meant in _pairs()}


@cache
def _hurried() -> frozenset[str]:
    """Return how each is typed, with its marks or with none."""
    return frozenset(each for typed, _meant in _pairs() for each in (typed.lower(), fold(typed)))


@cache
def _phrases() -> Mapping[_Key, Aside]:
    """Return every phrase as it is said, and where that means nothing else, without its politeness."""
    spoken = [(phrase, meant) for meant, text in SAID.items() for phrase in _spoken(text)]
    found = dict(reversed(spoken))
    for phrase, meant in spoken:
        if len(bare := _bare(phrase)) > 1:
            found.setdefault(bare, meant)
    return found


@cache
def _typed() -> Mapping[str, Aside]:
    return {" ".join(phrase): meant for phrase, meant in _phrases().items() if len(" ".join(phrase)) >= FEWEST}


@cache
def _vocabulary() -> frozenset[str]:
    return frozenset(word for phrase in (*_phrases(), *_polite()) for word in phrase)
