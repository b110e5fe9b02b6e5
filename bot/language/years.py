"""Years as people say them: «2026», «năm ngoái», «2026-2030», «sang năm», «hai không hai bảy». Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.language.text import clean_line, fold

_RELATIVE = {"nay": 0, "ngoai": -1, "truoc": -1, "sau": 1, "toi": 1, "kia": -2}
# A year stands alone: not in a date (05/11/2027), a code (SK-2027-001) or a longer number.
_YEAR = r"(?<![\w/.\-])(?:nam )?(?P<year>[1-9][0-9]{3})(?![\w/]|[.,\-–][0-9a-z])"
_SHORT = r"(?<!\w)nam (?P<short>[0-9]{2})(?![\w/])"
_WORD = r"(?<!\w)nam (?P<word>nay|ngoai|truoc|sau|toi|kia)(?!\w)|(?<!\w)(?P<next>sang nam)(?!\w| moi)"
_SPAN = r"(?<![\w/.\-])(?:nam |tu nam |giai doan )?(?P<first>20[0-9]{2}) ?(?:-|–|den(?: nam)?|toi) ?(?P<last>20[0-9]{2})(?![\w/])"
_DIGITS = {
    "khong": 0,
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "bon": 4,
    "tu": 4,
    "nam": 5,
    "lam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
}
_DIGIT = "|".join(_DIGITS)
# «năm hai nghìn không trăm hai mươi bảy», «hai ngàn lẻ hai bảy», «hai không hai bảy»; the twenties and thirties alone.
_SPOKEN = (
    r"(?<!\w)(?:nam )?hai (?:(?:nghin|ngan) (?:khong tram )?(?:le |linh )?|(?P<bare>khong) )(?P<tens>hai|ba)"
    rf"(?: muoi| chuc)?(?(bare) | ?)(?P<ones>{_DIGIT})?(?(bare)(?<! ))(?!\w)(?! (?:muoi|tram|nghin|trieu))"
)
_SAID = re.compile("|".join((_SPAN, _YEAR, _SHORT, _WORD, _SPOKEN)))


@dataclass(frozen=True, slots=True)
class SaidYears:
    """The years in what somebody said, in their order, and what else was said."""

    years: tuple[int, ...]
    rest: str


def read_years(text: str, today: date) -> SaidYears:
    """Read «năm ngoái của QLXD» as (2026,), «của QLXD»; «2026-2030» as five years."""
    line = clean_line(text)
    folded = fold(line)
    found: list[int] = []
    rest, place = [], 0
    for match in _SAID.finditer(folded):
        found += _meant(match, today)
        rest.append(line[place : match.start()] if len(line) == len(folded) else folded[place : match.start()])
        place = match.end()
    rest.append(line[place:] if len(line) == len(folded) else folded[place:])
    return SaidYears(tuple(dict.fromkeys(found)), clean_line(" ".join(rest)).strip(" :,"))


def whole_years(text: str, today: date) -> list[int]:
    """Return the years that a text says and nothing else; none where it says more."""
    match = _SAID.fullmatch(fold(clean_line(text)))
    return [] if match is None else _meant(match, today)


def years_in(folded: str, today: date) -> Iterator[tuple[int, int, list[int]]]:
    """Yield where years stand in a folded text, with the years."""
    for match in _SAID.finditer(folded):
        yield match.start(), match.end(), _meant(match, today)


def _meant(match: "re.Match[str]", today: date) -> list[int]:
    if match["first"]:
        first, last = sorted((int(match["first"]), int(match["last"])))
        return list(range(first, last + 1))
    if match["year"]:
        return [int(match["year"])]
    if match["tens"]:
        return [2000 + 10 * _DIGITS[match["tens"]] + _DIGITS[match["ones"] or "khong"]]
    if match["short"]:
        return [2000 + int(match["short"])]
    return [today.year + (1 if match["next"] else _RELATIVE[match["word"]])]
