"""Numbers as people type them: 1.234,5, amounts with a unit of measure, fractions like 17/18, shares of authors."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from bot.language.text import clean, clean_line, fold

LONGEST = 15
MOST = 400
"""Characters of a number with its unit, at most."""
AUTHORS = 40
"""Names in one answer, at most."""


@dataclass(frozen=True, slots=True)
class TwoMeanings:
    """«1.5»: the Vietnamese thousand's point or a decimal point? The person is asked."""

    one: Decimal
    other: Decimal


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


# Amounts with a unit of measure ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Units:
    """What an amount is counted in, by what other names and in what other units people may give it."""

    unit: str
    others: tuple[tuple[str, Fraction], ...] = ()
    """Another unit and how many of `unit` one of it is: («tờ», 1/500)."""
    beside: tuple[str, ...] = ()
    """Words that may stand beside the unit and change nothing: «giấy», «A4»."""

    @property
    def names(self) -> list[str]:
        """The units that are understood."""
        return [self.unit, *(name for name, _factor in self.others)]


MONEY = Units(
    "đồng",
    (
        *((name, Fraction(1)) for name in ("vnđ", "vnd", "đ")),
        *((name, Fraction(1000)) for name in ("nghìn", "ngàn", "k")),
        *((name, Fraction(10**6)) for name in ("triệu", "tr")),
        *((name, Fraction(10**9)) for name in ("tỷ", "tỉ")),
    ),
    ("đồng", "vnđ", "vnd", "đ"),
)
"""An amount of money: «20 triệu», «1,5 tỷ đồng», «500.000đ»."""


_AMOUNT = re.compile(r"(-?[0-9](?:[0-9.,]|(?: [0-9]{3})(?![0-9]))*)(.*)")
_WIDE = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_BEFORE = frozenset(fold("dạ là khoảng ~ tổng cộng số lượng đã dùng hết tất cả").split())
_AFTER = frozenset(fold("ạ nhé nha").split())
_GROUPS = {"nghin": 3, "ngan": 3, "trieu": 6}
THOUSANDTH = Decimal("0.001")


def read_amount(text: str, units: Units) -> Decimal | TwoMeanings | None:
    """Read «30,5 ram», «15.000 tờ», «30» as so many of `units.unit`.

    None for whatever says more than a number and a unit that is known: «30 thùng», «30 ram/tháng», «30 ram rưỡi».
    """
    said = clean_line(text).translate(_WIDE)
    start = re.search(r"(?<![^\W_])-?[0-9]", said)
    if start is None or len(said) > MOST:
        return None
    before = [word.strip(":,=") for word in fold(said[: start.start()]).split()]
    if not all(word in _BEFORE or word in map(fold, units.beside) for word in before if word):
        return None
    found = _AMOUNT.fullmatch(said[start.start() :])
    assert found is not None
    number, factor = _read_digits(found[1].rstrip(".,")), _factor(found[2], units)
    if number is None or factor is None:
        return None
    if isinstance(number, TwoMeanings):
        if "," in found[1]:
            return TwoMeanings(_times(number.one, factor), _times(number.other, factor))
        number = number.one  # a thousand's point has three digits behind it: «30.5» is 30,5
    return _times(number, factor)


def _times(number: Decimal, factor: Fraction) -> Decimal:
    if factor == 1:
        return number
    found = (number * factor.numerator / factor.denominator).quantize(THOUSANDTH)
    return found.to_integral_value() if found == found.to_integral_value() else found.normalize()


def _factor(words: str, units: Units) -> Fraction | None:
    """Return how many of `units.unit` one of what these words name is; None when they name anything else."""
    left = re.sub(r"[(),.]", " ", fold(words)).split()
    found = _factor_of(left, units)  # «triệu đồng» may be a unit of its own
    if found is None and left and left[0] in _GROUPS:
        of = _factor_of(left[1:], units)
        return None if of is None else of * 10 ** _GROUPS[left[0]]
    return Fraction(1) if found is None and _AFTER.issuperset(left) else found


def _factor_of(left: list[str], units: Units) -> Fraction | None:
    """Return the factor of the unit that these words begin with, with nothing behind it that changes it."""
    beside = _AFTER.union(map(fold, units.beside))
    for name, factor in sorted(((units.unit, Fraction(1)), *units.others), key=lambda each: -len(each[0])):
        own = fold(name).split()
        if own and left[: len(own)] == own and beside.issuperset(left[len(own) :]):
            return factor
    return None


_COUNT = r"([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,9})(?![0-9.,%]| %)"
_WORDS = r"(?: [^\W\d_]+){0,4}"
_FRACTION = re.compile(
    rf"{_COUNT}{_WORDS}?(?: ?(?:/|\b(?:tren|trong|of)\b) ?(?:tong so |tong )?{_COUNT}{_WORDS})?"
    r"[ .]*"
)


def read_fraction(text: str) -> tuple[int, int | None] | None:
    """Read «17/18», «17 trên tổng số 18», «17 người» as (17, 18), (17, 18), (17, None)."""
    said = fold(text)
    found = _FRACTION.fullmatch(said) if len(said) <= MOST else None
    if found is None:
        return None
    part, whole = found[1].replace(".", ""), (found[2] or "").replace(".", "")
    return int(part), int(whole) if whole else None


_PIECES = re.compile(r"[;\n]|(?<![0-9]),|,(?![0-9])| và | and ")
_SHARE_LAST = re.compile(r"(?P<name>[^\W\d_][^0-9]*)(?P<share>[0-9]{1,3}(?:[.,][0-9]{1,2})?) ?%?\)?")
_SHARE_FIRST = re.compile(r"(?P<share>[0-9]{1,3}(?:[.,][0-9]{1,2})?) ?%? (?P<name>[^\W\d_][^0-9]*)")
_COMRADE = re.compile(r"(?:đồng chí|đ/c) ", re.IGNORECASE)


def read_shares(text: str) -> list[tuple[str, Decimal | None]]:
    """Read «tôi 60, Lý Thị Ví Dụ 40» as names with their shares in percent, None where none is given.

    Empty when nothing is said, a share stands without a name, or there are more than can be authors.
    """
    named: list[tuple[str, Decimal | None]] = []
    parts = _PIECES.split(clean(text))
    if len(parts) > AUTHORS:
        return []
    for part in parts:
        piece = _COMRADE.sub("", clean_line(part).strip(" ."))
        if not piece:
            continue
        if found := _SHARE_LAST.fullmatch(piece) or _SHARE_FIRST.fullmatch(piece):
            named.append((found["name"].rstrip(" :=(–-").strip(), Decimal(found["share"].replace(",", "."))))
        elif re.search(r"[0-9]", piece):
            return []
        else:
            named.append((piece, None))
    return named
