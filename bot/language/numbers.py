"""Numbers as people type them: 1.234,5, amounts with a unit of measure, fractions like 17/18. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from bot.language.number_words import with_digits
from bot.language.text import clean_line, fold

LONGEST = 15
MOST = 400
"""Characters of a number with its unit, at most."""


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
        *((name, Fraction(10**6)) for name in ("triệu", "tr", "trđ")),
        *((name, Fraction(10**9)) for name in ("tỷ", "tỉ", "tỷđ")),
    ),
    ("đồng", "vnđ", "vnd", "đ"),
)
"""An amount of money: «20 triệu», «1,5 tỷ đồng», «500.000đ»."""


_AMOUNT = re.compile(r"(-?[0-9](?:[0-9.,]|(?: [0-9]{3})(?![0-9]))*)(.*)")
_WIDE = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_BEFORE = frozenset(fold("dạ là khoảng ~ tổng cộng số lượng đã dùng hết tất cả tầm chừng cỡ áng kinh phí tiền").split())
_AFTER = frozenset(fold("ạ nhé nha chẵn tròn").split())
_GROUPS = {"nghin": 3, "ngan": 3, "trieu": 6}
THOUSANDTH = Decimal("0.001")


def _numbers_a_paper(before: Sequence[str]) -> bool:
    """Whether what follows is the number of something, no amount of it: «số 02», not «tổng số 02», «số lượng 02»."""
    return before[-1:] == ["so"] and before[-2:-1] != ["tong"]


def read_amount(text: str, units: Units) -> Decimal | TwoMeanings | None:
    """Read «30,5 ram», «15.000 tờ», «30 ram rưỡi», «1tỷ2», «ba mươi» as so many of `units.unit`.

    None for whatever says more than a number and a unit that is known: «30 thùng», «30 ram/tháng», «hơn 30».
    """
    said = with_digits(clean_line(text).translate(_WIDE))
    start = re.search(r"(?<![^\W_])-?[0-9]", said)
    if start is None or len(said) > MOST:
        return None
    before = [word.strip(":,=") for word in fold(said[: start.start()]).split()]
    if _numbers_a_paper(before) or not all(
        word in _BEFORE or word in map(fold, units.beside) for word in before if word
    ):
        return None
    if (several := _of_several(said[start.start() :], units)) is not None:
        return several
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


_PAIR = re.compile(r"([0-9](?:[0-9.,]|(?: [0-9]{3})(?![0-9]))*)([^0-9]*)")
_HALF = "ruoi"
_LARGE = 1000
"""From this factor on, digits alone behind a unit are a part of it: «1 tỷ 2», «2tr5»."""


def _of_several(said: str, units: Units) -> Decimal | TwoMeanings | None:
    """Read «30 ram 200 tờ», «1 tỷ 200 triệu», «1tỷ2», «2tr5», «30 ram rưỡi»; None for anything else."""
    pairs = [(found[1].rstrip(".,"), _unit_words(found[2])) for found in _PAIR.finditer(said)]
    half = bool(pairs) and _HALF in pairs[-1][1]
    if said.startswith("-") or (len(pairs) < 2 and not half):
        return None
    total, last = Fraction(0), Fraction(0)
    for place, (digits, words) in enumerate(pairs):
        number, ends = _read_digits(digits), place == len(pairs) - 1
        if not isinstance(number, Decimal) or (half and ends and number % 1):
            return None
        named = [word for word in words if not (half and ends and word == _HALF)]
        if ends and place and _AFTER.issuperset(words):
            return _with_tail(total, last, digits) if total % last == 0 else None
        factor = _factor(" ".join(named), units) if named else None
        if factor is None or (place and Fraction(number) * factor >= last):
            return None
        total += (Fraction(number) + (Fraction(1, 2) if half and ends else 0)) * factor
        last = factor
    return _times(Decimal(1), total)


def _unit_words(said: str) -> list[str]:
    words = re.sub(r"[(),.]", " ", fold(said)).split()
    return words[:-1] if words[-1:] == ["va"] else words


def _with_tail(total: Fraction, last: Fraction, digits: str) -> Decimal | TwoMeanings | None:
    """Return an amount with digits alone at its end: one is a tenth of the unit, three are thousandths, two are asked."""
    if last < _LARGE or not digits.isdecimal() or len(digits) > 3:
        return None
    ways = [
        _times(Decimal(1), total + int(digits) * last / n) for n in {1: (10,), 2: (100, 1000), 3: (1000,)}[len(digits)]
    ]
    return ways[0] if len(ways) == 1 else TwoMeanings(ways[0], ways[1])


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
