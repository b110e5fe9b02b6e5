"""Periods as people type them: a day, tháng 7/2027, quý III. Pure."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, Self

from bot.language.dates import (
    ENGLISH,
    LONGEST,
    MONTH_WORDS,
    MONTHS,
    QUARTERS,
    YEAR,
    day_of,
    full_year,
    read_day,
    read_span,
    with_year,
)
from bot.language.text import fold

_KEPT = re.compile(r"([0-9]{4})-(?:Q([1-4])|([0-9]{2})(-[0-9]{2})?)")


@dataclass(frozen=True, slots=True)
class TypedPeriod:
    """A day, a month or a quarter; `number` is the month or quarter, for a day its month."""

    kind: Literal["day", "month", "quarter"]
    year: int
    number: int
    first: date

    @classmethod
    def of_day(cls, day: date) -> Self:
        """Return one day."""
        return cls("day", day.year, day.month, day)

    @classmethod
    def of_month(cls, year: int, month: int) -> Self:
        """Return a month, 1 to 12."""
        return cls("month", year, month, date(year, month, 1))

    @classmethod
    def of_quarter(cls, year: int, quarter: int) -> Self:
        """Return a quarter, 1 to 4."""
        return cls("quarter", year, quarter, date(year, quarter * 3 - 2, 1))

    @property
    def last(self) -> date:
        """Its last day."""
        if self.kind == "day":
            return self.first
        month = self.first.month + (2 if self.kind == "quarter" else 0)
        return date(self.year, month, monthrange(self.year, month)[1])

    def to_json(self) -> str:
        """Return 2027-09-01, 2027-09 or 2027-Q3."""
        if self.kind == "day":
            return self.first.isoformat()
        return f"{self.year}-Q{self.number}" if self.kind == "quarter" else f"{self.first:%Y-%m}"

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the period of a kept text; ValueError when it is none."""
        found = _KEPT.fullmatch(text)
        if found is None:
            raise ValueError(f"{text!r} is no kept period: expected 2027-09-01, 2027-09 or 2027-Q3")
        if found[4]:
            return cls.of_day(date.fromisoformat(text))
        if found[2]:
            return cls.of_quarter(int(found[1]), int(found[2]))
        return cls.of_month(int(found[1]), int(found[3]))


_LEAD = re.compile(r"(?:(?:du kien|khoang|trong|tu|vao|dau|giua|cuoi|from|in) )+")
_NUMBERED = "|".join(sorted(MONTH_WORDS, key=len, reverse=True))
_MONTH = re.compile(rf"(?:thang|thg|month) ?([0-9]{{1,2}}|{_NUMBERED}){YEAR}")
_ENGLISH_MONTH = re.compile(rf"{ENGLISH}{YEAR}")
_BARE_MONTH = re.compile(r"(?:t ?)?([0-9]{1,2}) ?[/.-] ?([0-9]{4})")
_ISO_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_QUARTER = re.compile(rf"(?:quy|quarter|q) ?(iv|i{{1,3}}|[1-4]|mot|hai|ba|tu){YEAR}")
_SHORT_MONTH = re.compile(rf"t ?(1[0-2]|0?[1-9]){YEAR}")
_SHORT_YEAR = re.compile(r"((?:thang|thg|t|quy|q) ?(?:[0-9]{1,2}|iv|i{1,3})) ?[/.-] ?([0-9]{2})(?![0-9])")
_IN_YEAR = re.compile(r"(dau|giua|cuoi|het)(?: cua)? nam(?: ([0-9]{4}))?")
_MONTHS_OF = {"dau": 1, "giua": 6, "cuoi": 12, "het": 12}
_COMING = re.compile(rf"((?:thang|thg|t|quy|q) ?(?:[0-9]{{1,2}}|iv|i{{1,3}}|{_NUMBERED})) (?:sap )?toi")
_NEAR_PERIODS = {"nay": 0, "sau": 1, "toi": 1}


def read_period(text: str, today: date) -> TypedPeriod | None:
    """Return a date, «tháng 9», «tháng 7/2027», «quý III», «quý sau»; without a year it is in this one."""
    said = fold(text).strip(" .,;")
    if len(said) > LONGEST:
        return None
    said = _SHORT_YEAR.sub(r"\1/20\2", with_year(said, today)) if not said.endswith(" nua") else said
    if (part := _IN_YEAR.fullmatch(re.sub(r"^(?:(?:du kien|khoang|vao|tu) )+", "", said))) is not None:
        year = full_year(part[2], today.year)
        return TypedPeriod.of_month(year, _MONTHS_OF[part[1]]) if day_of(year, 1, 1) else None
    if lead := _LEAD.match(said):
        said = said[lead.end() :]
    if coming := _COMING.fullmatch(said):
        named = read_period(coming[1], today)
        return _a_year_on(named) if named is not None and named.kind != "day" and named.last < today else named
    if short := _SHORT_MONTH.fullmatch(said):  # «t3» is March here, not Tuesday
        return TypedPeriod.of_month(full_year(short[2], today.year), int(short[1]))
    if (day := read_day(said, today)) is not None:
        return TypedPeriod.of_day(day)
    unit, _blank, which = said.partition(" ")
    if which in _NEAR_PERIODS and unit in ("thang", "quy"):
        months = 1 if unit == "thang" else 3
        place = (today.year * 12 + today.month - 1) // months + _NEAR_PERIODS[which]
        year, number = divmod(place, 12 // months)
        make = TypedPeriod.of_month if unit == "thang" else TypedPeriod.of_quarter
        return make(year, number + 1)
    if found := _QUARTER.fullmatch(said):
        year = full_year(found[2], today.year)
        quarter = QUARTERS.get(found[1]) or int(found[1])
        return TypedPeriod.of_quarter(year, quarter) if day_of(year, 1, 1) else None
    year, number = _month(said, today)
    return TypedPeriod.of_month(year, number) if day_of(year, number, 1) else None


def _a_year_on(period: TypedPeriod) -> TypedPeriod:
    make = TypedPeriod.of_month if period.kind == "month" else TypedPeriod.of_quarter
    return make(period.year + 1, period.number)


def _month(said: str, today: date) -> tuple[int, int]:
    if found := _MONTH.fullmatch(said):
        month = MONTH_WORDS.get(found[1]) or int(found[1])
        return full_year(found[2], today.year), month
    if found := _ENGLISH_MONTH.fullmatch(said):
        return full_year(found[2], today.year), MONTHS[found[1]]
    if found := _BARE_MONTH.fullmatch(said):
        return int(found[2]), int(found[1])
    if found := _ISO_MONTH.fullmatch(said):
        return int(found[1]), int(found[2])
    return 0, 0


_WHOLE = re.compile(r"^(?:(?:ca|nguyen|het|trong) )+")
_WEEK = re.compile(r"tuan(?: (nay|sau|toi))?")
_UNTIL = re.compile(r",? (?:den|toi|until) ")
_DAYS = re.compile(rf"(?:tu )?(?:(.+?),? )?(?:trong )?([0-9]{{1,2}}|{_NUMBERED}) (ngay|tuan)(?:,? (?:ke )?tu (.+))?")


def read_stretch(text: str, today: date) -> tuple[date, date] | None:
    """Return the first and the last day of a stretch however it is told: «4 - 10/2», «cả tháng 11», «tuần sau», «từ mai 3 ngày».

    What has begun already is from today on.
    """
    if (span := read_span(text, today)) is not None:
        return span
    said = _WHOLE.sub("", fold(text).strip(" .,;"))
    if len(said) > LONGEST:
        return None
    if (week := _WEEK.fullmatch(said)) is not None:
        monday = today + timedelta(days=7 * _NEAR_PERIODS[week[1] or "nay"] - today.weekday())
        return max(monday, today), monday + timedelta(days=6)
    if (counted := _DAYS.fullmatch(said)) is not None:
        begins = counted[1] or counted[4]
        first = today if begins is None else read_day(begins, today)
        days = (MONTH_WORDS.get(counted[2]) or int(counted[2])) * (7 if counted[3] == "tuan" else 1)
        return None if first is None or not days else (first, first + timedelta(days=days - 1))
    if (between := _UNTIL.search(said)) is not None:
        before, last = said[: between.start()].removeprefix("tu "), read_stretch(said[between.end() :], today)
        begins_on = today if before == "nay" else read_day(before, today)
        if begins_on is not None and last is not None:
            return begins_on, last[1]
    period = read_period(said, today)
    if period is None or period.kind == "day" or said.startswith(("dau ", "giua ", "cuoi ")):
        return None
    return (today, period.last) if period.first < today <= period.last else (period.first, period.last)
