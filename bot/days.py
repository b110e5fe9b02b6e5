"""Days and periods as people type them: 9/11, thứ Năm, tháng 7/2027, quý III. Day first, always."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, Self

from bot.text import fold

FIRST_YEAR, LAST_YEAR = 1900, 2199

_NEAR = {
    "hom nay": 0, "today": 0, "mai": 1, "ngay mai": 1, "tomorrow": 1, "ngay kia": 2,
    "ngay mot": 2, "hom qua": -1, "yesterday": -1, "hom kia": -2,
}  # fmt: skip
_WEEKDAYS = {
    "thu hai": 0, "thu 2": 0, "t2": 0, "monday": 0, "thu ba": 1, "thu 3": 1, "t3": 1, "tuesday": 1,
    "thu tu": 2, "thu 4": 2, "t4": 2, "wednesday": 2, "thu nam": 3, "thu 5": 3, "t5": 3,
    "thursday": 3, "thu sau": 4, "thu 6": 4, "t6": 4, "friday": 4, "thu bay": 5, "thu 7": 5,
    "t7": 5, "saturday": 5, "chu nhat": 6, "cn": 6, "sunday": 6,
}  # fmt: skip
_WEEKS = {"tuan nay": 0, "tuan sau": 1, "tuan toi": 1, "tuan truoc": -1}
_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9,
    "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_MONTH_WORDS = {
    "mot": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
    "muoi": 10, "muoi mot": 11, "muoi hai": 12,
}  # fmt: skip

_WEEKDAY = "(?:" + "|".join(_WEEKDAYS) + ")"
_ENGLISH = "(" + "|".join(_MONTHS) + ")[a-z]*"
_YEAR = r"(?:(?: ?[/.-] ?|,? (?:nam |of )?)([0-9]{4}))?"
_DATE = re.compile(
    rf"(?:{_WEEKDAY},? )?(?:ngay )?([0-9]{{1,2}})(?: ?[/.-] ?| (?:thang|thg)[ .]*)([0-9]{{1,2}})"
    rf"(?:(?: ?[/.-] ?| nam )([0-9]{{4}}|[0-9]{{2}}))?(?:,? \(?{_WEEKDAY}\)?)?"
)
_ENGLISH_DATE = re.compile(rf"([0-9]{{1,2}}) {_ENGLISH}{_YEAR}")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_WEEKDAY_ALONE = re.compile(rf"({_WEEKDAY})(?: ({'|'.join(_WEEKS)}))?")


def read_day(text: str, today: date, year: int | None = None) -> date | None:
    """The date meant, day first; without a year it is in `year`, else in the current one.

    A weekday is the next one, today included. None when it is no day.
    """
    said = fold(text).strip(" .,;")
    if said in _NEAR:
        return today + timedelta(days=_NEAR[said])
    if found := _WEEKDAY_ALONE.fullmatch(said):
        ahead = _WEEKDAYS[found[1]] - today.weekday()
        return today + timedelta(days=ahead + 7 * _WEEKS[found[2]] if found[2] else ahead % 7)
    if found := _ISO.fullmatch(said):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _DATE.fullmatch(said):
        month = int(found[2])
    elif found := _ENGLISH_DATE.fullmatch(said):
        month = _MONTHS[found[2]]
    else:
        return None
    return _day(_full_year(found[3], year or today.year), month, int(found[1]))


_TO = re.compile(r",? (?:cho )?(?:den|toi|to|until)(?: het)? | ?[-–—] ?")
_DAY_ALONE = re.compile(r"(?:ngay )?([0-9]{1,2})")


def read_span(text: str, today: date) -> tuple[date, date] | None:
    """The first and the last day meant: «04/02/2027 đến 10/02/2027», «4 - 10/2/2027», or one day twice.

    What the first day does not say it takes from the last. None when it is no stretch of days.
    """
    said = fold(text).strip(" .,;").removeprefix("tu ")
    if (day := read_day(said, today)) is not None:
        return day, day
    for between in _TO.finditer(said):
        last = read_day(said[between.end() :], today)
        first = _first_day(said[: between.start()], last, today) if last is not None else None
        if first is not None and last is not None:
            return first, last
    return None


def _first_day(said: str, last: date, today: date) -> date | None:
    if alone := _DAY_ALONE.fullmatch(said):
        return _day(last.year, last.month, int(alone[1]))
    day = read_day(said, today, last.year)
    before = read_day(said, today, last.year - 1)
    over_new_year = day is not None and before is not None and before < day and day > last
    return before if over_new_year else day


def _full_year(said: str | None, default: int) -> int:
    if said is None:
        return default
    return int(said) if len(said) > 2 else 2000 + int(said)


def _day(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


_KEPT = re.compile(r"([0-9]{4})-(?:Q([1-4])|([0-9]{2})(-[0-9]{2})?)")


@dataclass(frozen=True, slots=True)
class Period:
    """A day, a month or a quarter; `number` is the month or quarter, for a day its month."""

    kind: Literal["day", "month", "quarter"]
    year: int
    number: int
    first: date

    @classmethod
    def of_day(cls, day: date) -> Self:
        """One day."""
        return cls("day", day.year, day.month, day)

    @classmethod
    def of_month(cls, year: int, month: int) -> Self:
        """A month, 1 to 12."""
        return cls("month", year, month, date(year, month, 1))

    @classmethod
    def of_quarter(cls, year: int, quarter: int) -> Self:
        """A quarter, 1 to 4."""
        return cls("quarter", year, quarter, date(year, quarter * 3 - 2, 1))

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
        return f"{self.year}-Q{self.number}" if self.kind == "quarter" else f"{self.first:%Y-%m}"

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The period of a kept text; ValueError when it is none."""
        found = _KEPT.fullmatch(text)
        if found is None:
            raise ValueError(f"{text!r} is no kept period: expected 2027-09-01, 2027-09 or 2027-Q3")
        if found[4]:
            return cls.of_day(date.fromisoformat(text))
        if found[2]:
            return cls.of_quarter(int(found[1]), int(found[2]))
        return cls.of_month(int(found[1]), int(found[3]))


_LEAD = re.compile(r"(?:(?:du kien|khoang|trong|tu|vao|dau|giua|cuoi|from|in) )+")
_NUMBERED = "|".join(sorted(_MONTH_WORDS, key=len, reverse=True))
_MONTH = re.compile(rf"(?:thang|thg|month) ?([0-9]{{1,2}}|{_NUMBERED}){_YEAR}")
_ENGLISH_MONTH = re.compile(rf"{_ENGLISH}{_YEAR}")
_BARE_MONTH = re.compile(r"(?:t ?)?([0-9]{1,2}) ?[/.-] ?([0-9]{4})")
_ISO_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_QUARTER = re.compile(rf"(?:quy|quarter|q) ?(iv|i{{1,3}}|[1-4]|mot|hai|ba|tu){_YEAR}")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "mot": 1, "hai": 2, "ba": 3, "tu": 4}
_NEAR_PERIODS = {"nay": 0, "sau": 1, "toi": 1}


def read_period(text: str, today: date) -> Period | None:
    """A date, «tháng 9», «tháng 7/2027», «quý III», «quý sau»; without a year it is in this one."""
    said = fold(text).strip(" .,;")
    if lead := _LEAD.match(said):
        said = said[lead.end() :]
    if (day := read_day(said, today)) is not None:
        return Period.of_day(day)
    unit, _blank, which = said.partition(" ")
    if which in _NEAR_PERIODS and unit in ("thang", "quy"):
        months = 1 if unit == "thang" else 3
        place = (today.year * 12 + today.month - 1) // months + _NEAR_PERIODS[which]
        year, number = divmod(place, 12 // months)
        make = Period.of_month if unit == "thang" else Period.of_quarter
        return make(year, number + 1)
    if found := _QUARTER.fullmatch(said):
        year = _full_year(found[2], today.year)
        quarter = _QUARTERS.get(found[1]) or int(found[1])
        return Period.of_quarter(year, quarter) if _day(year, 1, 1) else None
    year, number = _month(said, today)
    return Period.of_month(year, number) if _day(year, number, 1) else None


def _month(said: str, today: date) -> tuple[int, int]:
    if found := _MONTH.fullmatch(said):
        month = _MONTH_WORDS.get(found[1]) or int(found[1])
        return _full_year(found[2], today.year), month
    if found := _ENGLISH_MONTH.fullmatch(said):
        return _full_year(found[2], today.year), _MONTHS[found[1]]
    if found := _BARE_MONTH.fullmatch(said):
        return int(found[2]), int(found[1])
    if found := _ISO_MONTH.fullmatch(said):
        return int(found[1]), int(found[2])
    return 0, 0
