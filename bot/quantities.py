"""Dates, periods, numbers and shares as people type them."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Literal

from bot.text import clean_line, fold

_DAY = re.compile(r"(?:ngay )?(\d{1,2})(?:\s*[/.\-]\s*| thang )(\d{1,2})(?:(?:\s*[/.\-]\s*| nam )(\d{4}))?$")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})$")
_WEEKDAYS = {
    "thu hai": 0, "thu 2": 0, "thu ba": 1, "thu 3": 1, "thu tu": 2, "thu 4": 2, "thu nam": 3,
    "thu 5": 3, "thu sau": 4, "thu 6": 4, "thu bay": 5, "thu 7": 5, "chu nhat": 6,
}  # fmt: skip
_NEAR = {"hom nay": 0, "today": 0, "ngay mai": 1, "mai": 1, "tomorrow": 1, "hom qua": -1, "yesterday": -1}


def read_day(text: str, today: date, year: int | None = None) -> date | None:
    """The date meant, day first; without a year it is in `year`, else in the current one."""
    said = fold(text).strip(" .,")
    if said in _NEAR:
        return today + timedelta(days=_NEAR[said])
    if said in _WEEKDAYS:
        return today + timedelta(days=(_WEEKDAYS[said] - today.weekday()) % 7)
    if found := _ISO.match(said):
        parts = [int(part) for part in found.groups()]
    elif found := _DAY.match(said):
        parts = [int(found[3] or year or today.year), int(found[2]), int(found[1])]
    else:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Period:
    """A day, a month or a quarter; `number` is the month or quarter."""

    kind: Literal["day", "month", "quarter"]
    year: int
    number: int
    first: date

    @property
    def last(self) -> date:
        """Its last day."""
        if self.kind == "day":
            return self.first
        month = self.first.month + (2 if self.kind == "quarter" else 0)
        return date(self.year, month, monthrange(self.year, month)[1])

    def to_json(self) -> str:
        """2027-09-01, 2027-09 or 2027-Q3."""
        if self.kind == "day":
            return self.first.isoformat()
        return f"{self.year}-Q{self.number}" if self.kind == "quarter" else f"{self.year}-{self.number:02}"

    @classmethod
    def from_json(cls, text: str) -> "Period":
        """The period of a kept text."""
        year = int(text[:4])
        if text[5] == "Q":
            return cls("quarter", year, int(text[6]), date(year, int(text[6]) * 3 - 2, 1))
        if len(text) == 7:
            return cls("month", year, int(text[5:]), date(year, int(text[5:]), 1))
        day = date.fromisoformat(text)
        return cls("day", year, day.month, day)


_MONTH = re.compile(r"(?:thang|month)? ?(\d{1,2})(?:\s*[/.\-]\s*| nam )?(\d{4})?$")
_QUARTER = re.compile(r"(?:quy|quarter|q) ?(iv|i{1,3}|[1-4])(?:\s*[/.\-]\s*| nam | )?(\d{4})?$")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def read_period(text: str, today: date) -> Period | None:
    """A date, «tháng 9», «tháng 7/2027», «quý III»."""
    if (day := read_day(text, today)) is not None:
        return Period("day", day.year, day.month, day)
    said = fold(text).strip(" .,")
    if found := _QUARTER.match(said):
        number = _ROMAN.get(found[1]) or int(found[1])
        year = int(found[2] or today.year)
        return Period("quarter", year, number, date(year, number * 3 - 2, 1))
    found = _MONTH.match(said)
    if found and 1 <= int(found[1]) <= 12 and ("thang" in said or "month" in said or found[2]):
        year = int(found[2] or today.year)
        return Period("month", year, int(found[1]), date(year, int(found[1]), 1))
    return None


@dataclass(frozen=True, slots=True)
class TwoMeanings:
    """«1.5»: the Vietnamese thousand's point or a decimal point?"""

    one: Decimal
    other: Decimal


_NUMBER = re.compile(r"(-?\d[\d., ]*)\s*(%|[^\W\d_].*)?$")


def read_number(text: str) -> Decimal | TwoMeanings | None:
    """1.234 → 1234; 1,5 → 1.5; «1.5» is unclear; a unit after it is allowed; None when it is no number."""
    found = _NUMBER.match(clean_line(text))
    if not found:
        return None
    digits = found[1].replace(" ", "").rstrip(".,")
    whole, comma, rest = digits.partition(",")
    if comma:
        if "," in rest:
            if not re.fullmatch(r"-?\d{1,3}(,\d{3})+", digits):
                return None
            return Decimal(digits.replace(",", ""))
        return _decimal(f"{whole.replace('.', '')}.{rest}") if "." not in rest else _decimal(f"{whole}{rest}")
    if "." not in digits:
        return _decimal(digits)
    groups = digits.lstrip("-").split(".")
    if all(len(group) == 3 for group in groups[1:]) and 1 <= len(groups[0]) <= 3 and groups[0] != "0":
        return _decimal(digits.replace(".", ""))
    if len(groups) > 2:
        return None
    point = _decimal(digits)
    padded = _decimal(groups[0] + groups[1].ljust(3, "0")) if len(groups[1]) < 3 else None
    if point is None:
        return None
    return point if padded is None or groups[0] == "0" else TwoMeanings(point, padded)


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


_FRACTION = re.compile(r"(\d[\d.]*)(?:\s*(?:/|tren|of|trong)\s*(\d[\d.]*))?(?:\s+[^\d/].*)?$")


def read_fraction(text: str) -> tuple[int, int | None] | None:
    """«17/18», «17 trên 18», «17» → (17, 18), (17, 18), (17, None)."""
    found = _FRACTION.match(fold(text).strip())
    if not found:
        return None
    first = read_number(found[1])
    second = read_number(found[2]) if found[2] else None
    if not isinstance(first, Decimal) or isinstance(second, TwoMeanings):
        return None
    return int(first), None if second is None else int(second)


_SHARE = re.compile(r"(.+?)[\s:,(-]*(\d{1,3}(?:[.,]\d{1,2})?)\s*%?\)?$")


def read_shares(text: str) -> list[tuple[str, Decimal | None]]:
    """«tôi 60, Lý Thị Ví Dụ 40» → names with their shares in percent, None where none is given."""
    named: list[tuple[str, Decimal | None]] = []
    for piece in re.split(r"[;\n]|,(?!\d)| và (?=\D)", clean_line(text.replace("\n", ";"))):
        piece = piece.strip(" .")
        if not piece:
            continue
        found = _SHARE.match(piece)
        if found:
            named.append((found[1].strip(" :,-("), Decimal(found[2].replace(",", "."))))
        else:
            named.append((piece, None))
    return named
