"""Sentences: written in English in the code, said in the listener's language.

A sentence is a lazy `Text`; `render` turns it into a string for one listener by their `Words`.
There is no global language. A sentence without a Vietnamese entry raises `Untranslated`:
a missing entry must never put English on a phone.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LOCALES = Path(__file__).resolve().parents[2] / "locales"
LANGUAGES = ("vi", "en")


class Untranslated(LookupError):
    """A sentence has no entry in locales/vi: add one to the .po named like the source file."""


class Text:
    """A sentence with named placeholders, not yet said in any language."""

    __slots__ = ("message", "values")

    def __init__(self, message: str, values: Mapping[str, Any]) -> None:
        self.message = message
        self.values = values

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Text):
            return NotImplemented
        return self.message == other.message and self.values == other.values

    def __hash__(self) -> int:
        return hash(self.message)

    def __repr__(self) -> str:
        return f"Text({self.message!r}, {dict(self.values)!r})"


Part = str | Text
"""What a line is made of: a person's own words, the plan's, or a sentence of ours."""


def _(message: str, **values: Any) -> Text:
    """Return a sentence of the product, to be said later; the message must be a literal."""
    return Text(message, values)


@dataclass(frozen=True, slots=True)
class Count:
    """A count in formal text: under ten it has a leading zero ("03 sáng kiến")."""

    n: int


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage as a number of percent: Percent(Decimal("97.5")) is said 97,5%."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Time:
    """A moment of the office's day: 09:12 ngày 03/03/2027."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Weekday:
    """The weekday of a date, as it stands inside a sentence: thứ Năm."""

    day: date


@dataclass(frozen=True, slots=True)
class Joined:
    """Several parts in one place, with a separator between them."""

    parts: Sequence[Any]
    separator: str = ", "


@dataclass(frozen=True, slots=True)
class Inside:
    """A part that stands inside a sentence: its first letter small, «Gửi Văn phòng Sở» → «gửi Văn phòng Sở»."""

    part: Any


@dataclass(frozen=True, slots=True)
class First:
    """A part at the beginning of a sentence: its first letter capital."""

    part: Any


WEEKDAYS = {
    "vi": ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
ADDRESS = {"vi": {"comrade": "đồng chí", "sibling": "anh/chị"}, "en": {"comrade": "you", "sibling": "you"}}


@dataclass(frozen=True)
class Terms:
    """What an office calls its own: any sentence of the catalogue may name these, without being given them."""

    desk: str = "Văn phòng"
    """Who collects the reports."""
    chief: str = "phụ trách Văn phòng"
    """Who heads the desk."""
    leaders: str = "Lãnh đạo cơ quan"
    above: str = "cấp trên"
    """To whom the office itself reports."""
    unit_word: str = "đơn vị"
    """Any unit."""
    heads: str = "lãnh đạo đơn vị"
    """Whoever heads units or acts for a head, in general."""
    deputy_word: str = "cấp phó"
    drafter_word: str = "đầu mối"
    head_word: str = "lãnh đạo"
    """Whoever heads a unit, before its name."""
    head_of_unit: str = "lãnh đạo đơn vị"
    head_title: str = "Trưởng đơn vị"
    """The same as a title before a person's name."""
    officers: str = "cán bộ"
    """Those who do a unit's work."""
    staff: str = "cán bộ, nhân viên"
    """Those whom figures of people count."""
    sign: str = "VP"
    """The office's own letters in the numbers of its papers."""
    registered: str = "nội dung đăng ký"
    """All that is registered, together."""
    recognised: str = "sáng kiến"
    """What a decision recognises, first of all."""
    recognised_all: str = "sáng kiến"
    """All that a decision may recognise."""
    in_charge: str = "nội dung đăng ký"
    """What is registered with somebody in charge."""
    difficulties: str = "khó khăn, kiến nghị"
    """Difficulties and proposals together."""


class Words:
    """How one listener is spoken to: the language, the form of address with their name, the office's terms."""

    __slots__ = ("_always", "_said", "catalogue", "language", "terms")

    def __init__(self, language: str = "vi", address: str = "comrade", name: str = "", terms: Terms = Terms()) -> None:
        self.language, self.terms = language, terms
        self.catalogue = _catalogue(language)
        self._said: dict[str, str] = {}
        you = ADDRESS[language][address]
        named = f"{you} {name}" if name and language == "vi" else name or you
        capital = you[:1].upper() + you[1:]
        addressed = {"you": you, "You": capital, "you_name": named, "You_name": named[:1].upper() + named[1:]}
        self._always = _named(terms) | addressed

    def say(self, part: Any) -> str:
        """Return the part in this language; a plain string is said as it is."""
        kind = type(part)
        if kind is str:
            return part  # type: ignore[no-any-return]  # a str: isinstance is slower, and a Text is none
        if kind is Text:
            return self._text(part) if part.values else self._constant(part.message)
        for each in kind.__mro__:
            if each in _SAYERS:
                return str(_SAYERS[each](self, part))
        raise TypeError(f"a sentence cannot say a {kind.__name__}: {part!r}")

    def _text(self, text: Text) -> str:
        values = {name: self.say(value) for name, value in text.values.items()}
        return self.sentence(text.message).format_map(self._always | values)

    def _constant(self, message: str) -> str:
        """Return a sentence without values, as most are: it is put together once."""
        said = self._said.get(message)
        if said is None:
            sentence = self.sentence(message)
            said = self._said[message] = sentence.format_map(self._always) if "{" in sentence else sentence
        return said

    def sentence(self, message: str) -> str:
        """Return the entry of a message id; English needs one only where it differs from the id."""
        found = self.catalogue.get(message)
        if found:
            return found
        if self.language == "en":
            return message
        raise Untranslated(f"no entry in locales/{self.language} for {message!r}")


def number(value: Decimal | int, language: str = "vi") -> str:
    """Return a number as it is written: 1.234,5 (vi) or 1,234.5 (en), at most three decimals."""
    return str(format_decimal(value, locale=language))


def _say_day(words: Words, day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year}"


def _say_time(words: Words, time: Time) -> str:
    day = "ngày " if words.language == "vi" else ""
    return f"{time.at:%H:%M} {day}{_say_day(words, time.at.date())}"


def _say_count(words: Words, count: Count) -> str:
    return f"{count.n:02}" if words.language == "vi" else str(count.n)


def _say_inside(words: Words, inside: Inside) -> str:
    said = words.say(inside.part)
    return said if said[1:2].isupper() else said[:1].lower() + said[1:]  # «UBND tỉnh» stays


def _say_first(words: Words, first: First) -> str:
    said = words.say(first.part)
    return said[:1].upper() + said[1:]


_SAYERS: Mapping[type, Callable[[Words, Any], str]] = {
    Inside: _say_inside,
    First: _say_first,
    str: lambda words, text: str(text),
    Count: _say_count,
    Joined: lambda words, joined: joined.separator.join(words.say(p) for p in joined.parts),
    Percent: lambda words, percent: number(percent.value, words.language) + "%",
    Time: _say_time,
    Weekday: lambda words, weekday: WEEKDAYS[words.language][weekday.day.weekday()],
    datetime: lambda words, at: _say_time(words, Time(at)),
    date: _say_day,
    Decimal: lambda words, value: number(value, words.language),
    int: lambda words, value: str(value),
}


@lru_cache(64)
def _named(terms: Terms) -> dict[str, str]:
    """Return an office's terms by their names, also as a sentence begins with them."""
    begins = {name.capitalize(): said[:1].upper() + said[1:] for name, said in vars(terms).items()}
    return vars(terms) | begins


@cache
def _catalogue(language: str) -> Mapping[str, str]:
    """Return all entries of a language, merged from its .po files; read once a process."""
    if language not in LANGUAGES:
        raise ValueError(f"no language {language!r}; there are {', '.join(LANGUAGES)}")
    return dict(_entries(sorted((LOCALES / language).glob("*.po"))))


def _entries(paths: Iterable[Path]) -> Iterable[tuple[str, str]]:
    for path in paths:
        with path.open("rb") as file:
            for entry in read_po(file):
                if entry.id and not entry.fuzzy:
                    yield str(entry.id), str(entry.string)
