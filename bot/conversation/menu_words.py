"""Which command plain words call, and how surely: at a question for text that decides whether it is asked. Reads only."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from bot.conversation.context import Visit
from bot.conversation.feature import Command
from bot.dialogue import close_word, steering
from bot.language import Terms, Text, Words, _, exact, fold, has_marks


class Sure(IntEnum):
    """How surely words call a command."""

    MAYBE = 0
    """They begin with its words and go on: it may be the title of something."""
    SURELY = 1
    """Its words with a typing mistake, or with nothing behind them but years, dates, codes and the like."""
    WHOLE = 2
    """Its words and nothing else."""


@dataclass(frozen=True, slots=True)
class Called:
    """A command with what follows it."""

    command: Command
    args: str
    sure: Sure
    told: bool = False
    """Whether a colon stands between its words and what follows: «ghi: …», «đăng ký sáng kiến: …»."""
    named: bool = False
    """Whether the short name of what it is for stands before that colon: «dk sk: …», not «vướng mắc: …»."""

    @property
    def says(self) -> str:
        """Return it as it is typed with a slash."""
        return f"/{self.command.name} {self.args}".rstrip()


# Said by people, never by us; in the catalogue they are lists, separated by "|".
ASKING: Text = _("please|show me|show|open|see|go to|i want to see")
"""What may stand before the words of a command."""
ENDING: Text = _("please|now|for me|thanks")
"""What may stand behind them."""
CLOSED: Text = _("year|this|last|next|of|from|to|all|me|my|day|and|initiative|model|task")
"""Words that only say what of a command is wanted."""

NAMED = 3
"""Words that may stand before a colon to say what a command is for."""
WHOLE_QUESTION = 4
"""Words of a phrase that is a question of its own, whatever follows: «kế hoạch nói gì về …». Few titles begin so."""

_EXACT = re.compile(r"[a-z]{0,5}[0-9][0-9a-z/.,–-]*|v?[0-9]+")


def calling(visit: Visit, text: str) -> Called | None:
    """Return the command that plain words call: «dk sk: …», «tổng hợp 2027», «cho tôi xem việc ạ»; None for anything else."""
    commands = visit.office.features.commands
    known = _phrases(commands, visit.words)
    phrases = known.commands
    said = fold(text).strip(" .?,;:") or "?" * ("?" in text)
    for bare in (said, _stripped(said)):
        if (name := phrases.get(bare)) is not None:
            surely = Sure.WHOLE if bare != said or known.spelt(text, said) else Sure.MAYBE
            return Called(commands[name], "", surely)
    words = text.split()
    if lead := next((lead for lead in _phrases_of(ASKING) if said.startswith(f"{lead} ")), ""):
        led = _prefixed(words[len(lead.split()) :], commands, known)
        if led is not None and led.sure:
            return led
    if (found := _prefixed(words, commands, known)) is not None:
        return found
    own = {fold(term) for term in vars(visit.words.terms).values()}
    if len(said) >= 5 and said not in own and (close := close_word(said, list(phrases))) is not None:
        return Called(commands[phrases[close]], "", Sure.SURELY)
    return None  # so is what the office calls its own: «giáo viên» is not «giao việc» with a typing mistake


def steered(visit: Visit, text: str) -> Called | None:
    """Return the command that words call which steer an open form, where none is open: «đồng ý», «đồng ý 017»."""
    commands = visit.office.features.commands
    known = _phrases(commands, visit.words)
    said = fold(text).strip(" .?,;:")
    if (name := known.steered.get(said)) is not None:
        return Called(commands[name], "", Sure.WHOLE)
    found = _prefixed(text.split(), commands, replace(known, commands=known.steered))
    return found if found is not None and found.sure is Sure.SURELY else None


def begins(visit: Visit, text: str) -> bool:
    """Whether a word or two are the beginning of what calls a command: «giao» of «giao chuyên viên»."""
    said = fold(text).strip(" .?,;:")
    return said in _phrases(visit.office.features.commands, visit.words).beginnings


def _prefixed(words: Sequence[str], commands: Mapping[str, Command], known: "Phrases") -> Called | None:
    """Return the command whose words come first, the longest of them."""
    for length in range(min(len(words) - 1, 5), 0, -1):
        typed = " ".join(words[:length])
        head = fold(typed).rstrip(":,")
        if (name := known.commands.get(head)) is not None:
            # «tổng hợp năm ngoái»: the year is what follows, whatever the command's own words are.
            of_year = fold(words[length - 1]) == "nam" and length > 1
            args = " ".join(words[length - of_year :]).lstrip(":, ")
            told = any(word.endswith(":") for word in words[length - 1 : length + NAMED])
            surely = (_plain(args) or length >= WHOLE_QUESTION) and known.spelt(typed, head)
            named = told and not typed.endswith(":") and _says_which(" ".join(words[length:]).partition(":")[0])
            return Called(commands[name], args, Sure.SURELY if surely else Sure.MAYBE, told, named)
    return None


def _plain(args: str) -> bool:
    """Whether nothing is said but numbers, dates, codes, and which of them: nobody writes a title so."""
    closed = _words(CLOSED)
    return all(word in closed or _EXACT.fullmatch(word) for word in fold(args).replace(",", " ").split())


LETTERS = 2
"""Letters of the short name of a kind: «sk», «mh»."""


def _says_which(between: str) -> bool:
    """Whether what stands before a colon only says which of a command is meant: «dk sk: …»."""
    return all(len(word) <= LETTERS for word in fold(between).split())


def _stripped(said: str) -> str:
    """Strip «cho tôi xem» before it and «ạ» behind it."""
    for lead in _phrases_of(ASKING):
        if said.startswith(f"{lead} "):
            said = said[len(lead) + 1 :]
            break
    for end in _phrases_of(ENDING):
        if said.endswith(f" {end}"):
            said = said[: -len(end) - 1]
            break
    return said


_lists: dict[Text, tuple[str, ...]] = {}


def _phrases_of(text: Text) -> tuple[str, ...]:
    """Return a list of the catalogue in both languages, folded, the longest first."""
    if text not in _lists:
        spoken = {fold(each) for words in (Words("vi"), Words("en")) for each in words.say(text).split("|")}
        _lists[text] = tuple(sorted(spoken, key=len, reverse=True))
    return _lists[text]


def _words(text: Text) -> frozenset[str]:
    return frozenset(word for phrase in _phrases_of(text) for word in phrase.split())


@dataclass(frozen=True, slots=True)
class Phrases:
    """What calls commands: the name of each by its phrases, and the words that phrases of several begin with."""

    commands: Mapping[str, str]
    beginnings: frozenset[str]
    steered: Mapping[str, str]
    """Those that steer an open form, and so call a command only where none is open: «đồng ý»."""
    marked: Mapping[str, Collection[str]]
    """How each phrase is spelt with its marks."""

    def spelt(self, typed: str, phrase: str) -> bool:
        """Whether the marks that were typed are those of a phrase: «mỗi người» is not «mời người», «moi nguoi» may be."""
        if not has_marks(typed):
            return True
        letters = _letters(typed)
        return any(
            len(letters) != len(own)
            or all(set(one[1:]) <= set(other[1:]) for one, other in zip(letters, own, strict=True))
            for own in map(_letters, self.marked.get(phrase, ()))
        )


def _letters(text: str) -> list[str]:
    """Return the letters of a text, each with its marks behind it in their order."""
    loose = unicodedata.normalize("NFD", exact(text.strip(" .?,;:"))).replace("đ", "d\u0335")
    return re.findall(r"[^\u0300-\u036f][\u0300-\u036f]*", loose)


_phrase_cache: dict[tuple[int, str, Terms], Phrases] = {}


def _phrases(commands: Mapping[str, Command], words: Words) -> Phrases:
    """Return every phrase that calls a command, its title in the menu among them."""
    key = (id(commands), words.language, words.terms)
    if key not in _phrase_cache:
        found: dict[str, str] = {}
        marked = defaultdict[str, set[str]](set)
        for command in commands.values():
            for spoken in (Words("vi", terms=words.terms), Words("en", terms=words.terms), words):
                for phrase in (*spoken.say(command.words).split("|"), spoken.say(command.title)):
                    found.setdefault(fold(phrase), command.name)
                    marked[fold(phrase)].add(phrase)
        for command in commands.values():  # its words go before another's title
            for spoken in (Words("vi", terms=words.terms), Words("en", terms=words.terms), words):
                for phrase in spoken.say(command.words).split("|"):
                    found[fold(phrase)] = command.name
        # It steers, whatever is called so.
        steered = {word: name for word in steering(words) if (name := found.pop(word, None)) is not None}
        split = [phrase.split(" ") for phrase in found]
        beginnings = frozenset(" ".join(each[:n]) for each in split for n in range(1, len(each)))
        _phrase_cache[key] = Phrases(found, beginnings, steered, marked)
    return _phrase_cache[key]
