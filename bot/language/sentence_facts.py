"""Facts that a sentence says beside what it wants: years, days, units, people, codes, areas, numbers, with their places. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from bot.language.dates import read_day
from bot.language.person_names import NamedUnit
from bot.language.text import clean_line, fold, has_marks, signs
from bot.language.years import years_in


class FactKind(StrEnum):
    """What a fact is of, in the order in which commands take them; its value is how examples write it: «{year}»."""

    CODE = "code"
    AREA = "area"
    NUMBER = "number"
    YEAR = "year"
    UNIT = "unit"
    PERSON = "person"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class SaidFact:
    """One fact: how commands read it, how it was said, and where."""

    kind: FactKind
    value: str
    said: str
    start: int
    end: int


_KINDS_OF_UNIT = r"(?:phong|don vi|ben|ban|to|trung tam|chi cuc|van phong)"
_CODE = re.compile(r"(?<![\w-])[a-z]{2}(?:[- ]?20[0-9]{2}[- ][0-9]{1,4}|-20[0-9]{2}-[a-z]{2,8})(?![\w-])")
_SHORT_CODE = re.compile(
    r"(?<![\w/.-])(?:(?:phieu|ma so|ho so|sk|mh|nv|gp|yc|kt|gs) (?:so )?|sk|mh|nv|#)([0-9]{1,4})(?![\w/.-])"
)
_AREA = re.compile(r"(?<![\w.])(?:muc |linh vuc )?([ivx]{1,4}\.[0-9]{1,2})(?![\w])")
_NUMBER = re.compile(r"(?<![\w/.,-])[0-9]{1,4}(?:[.,][0-9]+)?%?(?![\w/-]|[.,][0-9])")
_TITLES = "anh|chi|ban|ong|ba|dong chi|co|chu|can bo|d/c"
_TITLE_BEFORE = re.compile(rf"(?<!\w)(?:{_TITLES}) \Z")
_CAPITAL = "[A-ZĐÀ-ÝĂĨŨƠƯẠ-Ỹ]"
_NAME = re.compile(rf"(?<!\w){_CAPITAL}\w+ (?:Văn|Thị|Van|Thi) {_CAPITAL}\w+(?: {_CAPITAL}\w+)?")
_NAME_TYPED = re.compile(
    r"(?<!\w)(?:anh|chị|bạn|ông|bà|đồng chí|cô|chú|chi|ban|ong|dong chi) (\w{2,7} (?:văn|thị|van|thi) (?!đua|dua)\w{2,7})(?!\w)"
)
_WORD = re.compile(r"[^\s,;:?()«»\"]+")
_DAY_BEGINS = re.compile(
    r"(?:[0-9]{1,2}[/.-][0-9]|ngay|mung|mong|hom|thu|chu|mai|cuoi|dau|het|tuan|thang|[0-9]{1,2}\Z|mot|hai|ba)"
)
_OF_DAYS = frozenset(
    [
        "ngày",
        "mùng",
        "mồng",
        "mùng",
        "tháng",
        "năm",
        "thứ",
        "chủ",
        "nhật",
        "cn",
        "tuần",
        "sau",
        "tới",
        "này",
        "trước",
        "nữa",
        "nay",
        "mai",
        "kia",
        "mốt",
        "qua",
        "hôm",
        "bữa",
        "đầu",
        "giữa",
        "cuối",
        "hết",
        "hai",
        "ba",
        "tư",
        "bốn",
        "sáu",
        "bảy",
        "tám",
        "chín",
        "mười",
        "một",
        "quý",
        "t",
    ]
)
"""What a day is said with, where marks are written."""
_LONGEST_DAY = 7
"""Words of a day: «thứ Ba ngày 9 tháng 11 năm 2027»."""
_UNTIL = frozenset(("den", "toi", "truoc", "het"))
_BEFORE_DAY = re.compile(r"(?:(?:tu|den|toi|truoc|het|tu ngay|den ngay|den het|truoc ngay|sang) )+\Z")
_LONGEST = 400
"""Characters that are looked at."""


def facts_in(text: str, today: date, units: Sequence[NamedUnit], people: Sequence[str]) -> list[SaidFact]:
    """Return the facts of a sentence in their order; none of them overlaps another, the surest kind goes first."""
    line = clean_line(text)[:_LONGEST]
    folded = fold(signs(line))
    if len(folded) != len(line):
        line = folded
    taken = [False] * len(folded)
    found = list[SaidFact]()
    for kind, places in (
        (FactKind.CODE, _codes(folded)),
        (FactKind.AREA, _areas(folded)),
        (FactKind.UNIT, _units(folded, units)),
        (FactKind.PERSON, _people(line, folded, people)),
        (FactKind.DATE, _days(line, folded, today)),
        (FactKind.YEAR, _years(folded, today)),
        (FactKind.NUMBER, ((each.start(), each.end(), each[0]) for each in _NUMBER.finditer(folded))),
    ):
        for start, end, value in places:
            if not any(taken[start:end]):
                taken[start:end] = [True] * (end - start)
                found.append(SaidFact(kind, value, line[start:end], start, end))
    return sorted(found, key=lambda each: each.start)


def masked(text: str, facts: Sequence[SaidFact]) -> str:
    """Return the sentence with a word in braces for each fact: «báo cáo {year} của {unit}»."""
    line = clean_line(text)[:_LONGEST]
    if len(fold(signs(line))) != len(line):
        line = fold(signs(line))
    parts, place = list[str](), 0
    for fact in facts:
        parts += [line[place : fact.start], f" {{{fact.kind}}} "]
        place = fact.end
    return clean_line("".join([*parts, line[place:]]))


def _codes(folded: str) -> Iterator[tuple[int, int, str]]:
    for found in _CODE.finditer(folded):
        yield found.start(), found.end(), re.sub("[- ]", "-", found[0]).upper()
    for found in _SHORT_CODE.finditer(folded):
        yield found.start(), found.end(), found[1]


def _areas(folded: str) -> Iterator[tuple[int, int, str]]:
    for found in _AREA.finditer(folded):
        yield found.start(), found.end(), found[1].upper()


def _years(folded: str, today: date) -> Iterator[tuple[int, int, str]]:
    for start, end, years in years_in(folded, today):
        yield start, end, str(years[0]) if len(years) == 1 else f"{years[0]}-{years[-1]}"


def _plain(name: str) -> str:
    return " ".join(re.findall(r"\w+", fold(name)))


@lru_cache(8)
def _named_units(
    units: tuple[tuple[str, str], ...],
) -> tuple[Sequence[tuple[re.Pattern[str], str]], Sequence[tuple[frozenset[str], str]]]:
    """Return how the units of an office, by code and name, are named whole, the longest name first, and their words."""
    names = list[tuple[str, str]]()
    for code, name in units:
        plain = _plain(name)
        bare = re.sub(rf"\A{_KINDS_OF_UNIT} ", "", plain)
        names += [(plain, code), (_plain(code), code)]
        if " " in bare:
            names.append((bare, code))
    whole = list[tuple[re.Pattern[str], str]]()
    for name, code in sorted(names, key=lambda each: -len(each[0])):
        if name:
            words = r"\W+".join(map(re.escape, name.split()))
            whole.append((re.compile(rf"(?<!\w)(?:{_KINDS_OF_UNIT} )?{words}(?![\w-])"), code))
    return whole, [(frozenset(_plain(name).split()), code) for code, name in units]


def _units(folded: str, units: Sequence[NamedUnit]) -> Iterator[tuple[int, int, str]]:
    """Yield units by code, by name, by the name without what kind of unit it is, by a part of it behind such a word."""
    names, known = _named_units(tuple((unit.code, unit.name) for unit in units))
    for name, code in names:
        for found in name.finditer(folded):
            yield found.start(), found.end(), code
    for lead in re.finditer(rf"(?<!\w){_KINDS_OF_UNIT} ", folded):
        after = list(_WORD.finditer(folded, lead.end()))[:5]
        for length in range(len(after), 1, -1):
            said = {word for each in after[:length] for word in each[0].split("-")}
            fitting = [code for words, code in known if said <= words]
            if len(fitting) == 1:
                yield lead.start(), after[length - 1].end(), fitting[0]
                break


@lru_cache(8)
def _by_name(people: tuple[str, ...]) -> Mapping[str, str]:
    """Return the people of a roster by their folded names."""
    return {fold(name): name for name in people if " " in name}


def _people(line: str, folded: str, people: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield people of the roster by their names, then whatever else is written like a name: who is new is not in it."""
    by_name = _by_name(tuple(people))
    words = list(_WORD.finditer(folded))
    for place in range(len(words)):
        for length in range(min(6, len(words) - place), 1, -1):
            start, end = words[place].start(), words[place + length - 1].end()
            if (name := by_name.get(folded[start:end].strip(" ."))) is not None:
                yield _title_before(folded, start), end, name
                break
    for found in _NAME.finditer(line):
        yield _title_before(folded, found.start()), found.end(), found[0]
    for found in _NAME_TYPED.finditer(line.lower()):
        yield found.start(), found.end(), line[found.start(1) : found.end(1)]


def _title_before(folded: str, start: int) -> int:
    found = _TITLE_BEFORE.search(folded[:start])
    return found.start() if found else start


def _lead(before: str) -> str:
    """Return from when or until when a day is meant, by what stands before it."""
    words = set(before.split())
    return "đến " if words & _UNTIL else "từ " if "tu" in words else ""


def _days(line: str, folded: str, today: date) -> Iterator[tuple[int, int, str]]:
    """Yield days, the longest reading of each; what says from when or until when stands in its value."""
    words, place, marked = list(_WORD.finditer(folded)), 0, has_marks(line)
    while place < len(words):
        length = 0
        if _DAY_BEGINS.match(words[place][0]):
            for length in range(min(_LONGEST_DAY, len(words) - place), 0, -1):
                start, end = words[place].start(), words[place + length - 1].end()
                said = folded[start:end].strip(" .")
                if marked and not _OF_DAYS.issuperset(re.findall(r"[^\W\d_]+", line[start:end].lower())):
                    continue  # «tôi mãi» is not «tới mai»
                if said.endswith("nam") and folded[end : end + 2].strip().isdecimal():
                    continue  # «hết năm 2027» says a year
                if not said.isdecimal() and (day := read_day(said, today)) is not None:
                    before = _BEFORE_DAY.search(folded[:start])
                    at = before.start() if before else start
                    if not re.search(r"(?<!\w)nam\Z", folded[:start].rstrip()):
                        yield at, end, f"{_lead(folded[at:start])}{day:%d/%m/%Y}"
                        break
            else:
                length = 0
        place += max(length, 1)
