"""Numbers as people type them: 1.234,5, fractions like 17/18, and shares of authors."""

import re
from dataclasses import dataclass
from decimal import Decimal

from bot.text import clean, clean_line, fold

LONGEST = 15


@dataclass(frozen=True, slots=True)
class TwoMeanings:
    """«1.5»: the Vietnamese thousand's point or a decimal point? The person is asked."""

    one: Decimal
    other: Decimal


_NUMBER = re.compile(
    r"(?:khoảng |khoang |~ ?)?"
    r"(-?[0-9](?:[0-9.,]|(?: [0-9]{3})(?![0-9]))*)(?: ?(%|[^\W\d_])(.*))?",
    re.IGNORECASE,
)
_THOUSANDS = {"nghìn": 3, "ngàn": 3, "nghin": 3, "triệu": 6, "trieu": 6, "tỷ": 9, "tỉ": 9}
# These mean other things too («ngan hang», «ti vi»): only at the end or before money.
_THOUSANDS_OF_MONEY = {"k": 3, "ngan": 3, "tr": 6, "ty": 9, "ti": 9}
_MONEY = ("", "đ", "d", "đồng", "dong", "vnd")


def read_number(text: str) -> Decimal | TwoMeanings | None:
    """1.234 → 1234; 1,5 → 1.5; «1.5» is unclear; «1,5 triệu đồng» → 1500000; a unit may follow.

    None when it is no number, or more than one.
    """
    found = _NUMBER.fullmatch(clean_line(text))
    if found is None:
        return None
    unit = ((found[2] or "") + (found[3] or "")).lower()
    if re.search(r"[0-9]", re.sub(r"\b[kc]?m[23]\b", "", unit)):
        return None
    number = _read_digits(found[1].rstrip(".,"))
    zeros = _zeros(unit)
    if isinstance(number, TwoMeanings):
        # «1.5 triệu», «94.4%»: a thousand times as much cannot be meant.
        if not zeros and not unit.startswith("%"):
            return number
        number = number.one
    if number is None or not zeros:
        return number
    number *= Decimal(10**zeros)
    return number.to_integral_value() if number == number.to_integral_value() else number


def _zeros(unit: str) -> int:
    first, _blank, rest = unit.strip(" .").partition(" ")
    if first in _THOUSANDS_OF_MONEY and rest in _MONEY:
        return _THOUSANDS_OF_MONEY[first]
    return _THOUSANDS.get(first, 0)


def _read_digits(said: str) -> Decimal | TwoMeanings | None:
    sign, digits = (-1, said[1:]) if said.startswith("-") else (1, said)
    if " " in digits:
        if not re.fullmatch(r"[1-9][0-9]{0,2}(?: [0-9]{3})+(?:,[0-9]+)?", digits):
            return None
        digits = digits.replace(" ", "")
    if len(re.sub(r"[.,]", "", digits)) > LONGEST:
        return None
    for shape, decimal_mark, two in _SHAPES:
        if re.fullmatch(shape, digits):
            number = _with_mark(digits, decimal_mark) * sign
            return TwoMeanings(number, _without_mark(digits) * sign) if two else number
    return None


# The first shape that fits decides: what it looks like, its decimal mark, whether it is asked back.
_SHAPES = (
    (r"[0-9]+", "", False),
    (r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?", ",", False),
    (r"[1-9][0-9]{0,2}(?:,[0-9]{3})+\.[0-9]+", ".", False),
    (r"[1-9][0-9]{0,2}(?:,[0-9]{3}){2,}", "", False),
    (r"[1-9][0-9]{0,2},[0-9]{3}", ",", True),
    (r"[0-9]+,[0-9]+", ",", False),
    (r"[1-9][0-9]{0,2}\.[0-9]{1,2}", ".", True),
    (r"[0-9]+\.[0-9]+", ".", False),
)


def _with_mark(digits: str, mark: str) -> Decimal:
    for other in {".", ","} - {mark}:
        digits = digits.replace(other, "")
    return Decimal(digits.replace(",", "."))


def _without_mark(digits: str) -> Decimal:
    whole, part = re.split(r"[.,]", digits)
    return Decimal(whole + part.ljust(3, "0"))


_COUNT = r"([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,9})(?![0-9.,%]| %)"
_WORDS = r"(?: [^\W\d_]+){0,4}"
_FRACTION = re.compile(
    rf"{_COUNT}{_WORDS}?(?: ?(?:/|\b(?:tren|trong|of)\b) ?(?:tong so |tong )?{_COUNT}{_WORDS})?"
    r"[ .]*"
)


def read_fraction(text: str) -> tuple[int, int | None] | None:
    """«17/18», «17 trên tổng số 18», «17 người» → (17, 18), (17, 18), (17, None)."""
    found = _FRACTION.fullmatch(fold(text))
    if found is None:
        return None
    part, whole = found[1].replace(".", ""), (found[2] or "").replace(".", "")
    return int(part), int(whole) if whole else None


_PIECES = re.compile(r"[;\n]|(?<![0-9]),|,(?![0-9])| và | and ")
_SHARE_LAST = re.compile(
    r"(?P<name>[^\W\d_][^0-9]*?)[ :=(–-]*(?P<share>[0-9]{1,3}(?:[.,][0-9]{1,2})?) ?%?\)?"
)
_SHARE_FIRST = re.compile(r"(?P<share>[0-9]{1,3}(?:[.,][0-9]{1,2})?) ?%? (?P<name>[^\W\d_][^0-9]*)")
_COMRADE = re.compile(r"(?:đồng chí|đ/c) ", re.IGNORECASE)


def read_shares(text: str) -> list[tuple[str, Decimal | None]]:
    """«tôi 60, Lý Thị Ví Dụ 40» → names with their shares in percent, None where none is given.

    Empty when nothing is said or a share stands without a name.
    """
    named: list[tuple[str, Decimal | None]] = []
    for part in _PIECES.split(clean(text)):
        piece = _COMRADE.sub("", clean_line(part).strip(" ."))
        if not piece:
            continue
        if found := _SHARE_LAST.fullmatch(piece) or _SHARE_FIRST.fullmatch(piece):
            named.append((found["name"].strip(), Decimal(found["share"].replace(",", "."))))
        elif re.search(r"[0-9]", piece):
            return []
        else:
            named.append((piece, None))
    return named
