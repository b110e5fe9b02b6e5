"""Which values the keys of the plan file take, and what is said of each key. Pure.

A key is declared as `Annotated[type of value, Key(what it is, an example)]`. What is checked here is checked of a
file that somebody hands in; a plan that a database runs on already is read as it is (`KEPT`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, GetCoreSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, PydanticKnownError, core_schema

from bot.language import Text, _

KEPT = "kept"
"""The context in which a plan is read that was taken before, maybe under rules that were milder."""


@dataclass(frozen=True)
class Key:
    """What a key of the plan file means to whoever writes it, and how a value looks there."""

    what: Text
    example: str = ""
    """A value as it is written in TOML."""


_WRITTEN: Mapping[type, tuple[tuple[type, ...], str]] = {
    bool: ((bool,), "bool_type"),
    int: ((int,), "int_type"),
    Decimal: ((int, float), "decimal_type"),
    time: ((time, str), "time_type"),
}
"""How values of a type are written in TOML, and what is wrong with others: pydantic would read "yes" as true."""


@dataclass(frozen=True)
class Rule:
    """What a value has to keep, beyond its type."""

    expected: Text
    """What is expected, as the end of «Expected: …»."""
    least: float | None = None
    above: float | None = None
    most: float | None = None
    longest: int = 300
    like: str = ""
    """What a text has to look like as a whole."""
    empty: bool = False
    """Whether a text may say nothing."""
    written: type = field(default=str)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_wrap_validator_function(self._read, handler(source))

    def _read(self, given: Any, read: core_schema.ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
        if info.context == KEPT:
            return read(given)
        types, wrong = _WRITTEN.get(self.written, ((), ""))
        if types and (not isinstance(given, types) or isinstance(given, bool) is not (self.written is bool)):
            raise PydanticKnownError(wrong)  # type: ignore[arg-type]  # one of the four above
        value = read(given)
        if isinstance(value, str):
            self._look_at_text(value)
        elif not isinstance(value, bool | time):
            self._look_at_number(value)
        return value

    def _look_at_text(self, text: str) -> None:
        if not text.strip():
            if not self.empty:
                raise PydanticCustomError("blank", "blank")
        elif len(text) > self.longest:
            raise PydanticCustomError("long", "long", {"n": len(text), "most": self.longest})
        elif any(letter < " " for letter in text):
            raise PydanticCustomError("lines", "lines")
        elif self.like and not re.fullmatch(self.like, text):
            raise PydanticCustomError("unlike", "unlike")

    def _look_at_number(self, number: Any) -> None:
        if self.least is not None and number < self.least:
            raise PydanticCustomError("small", "small")
        if self.above is not None and number <= self.above:
            raise PydanticCustomError("small", "small")
        if self.most is not None and number > self.most:
            raise PydanticCustomError("big", "big")


def _month_day(given: Any) -> Any:
    if isinstance(given, str):
        if (found := _day(given)) is not None:
            return found
        month, dash, day = given.partition("-")
        if _day(f"{day}-{month}") is not None:
            raise PydanticCustomError("day_month", "day_month", {"near": f"{day}{dash}{month}"})
    raise PydanticCustomError("month_day", "month_day")


def _day(text: str) -> tuple[int, int] | None:
    if not re.fullmatch(r"[0-9]{2}-[0-9]{2}", text):
        return None
    month, day = map(int, text.split("-"))
    try:
        date(2027, month, day)  # 29/02 is not a day of every year
    except ValueError:
        return None
    return month, day


def _factor(given: Any) -> str:
    try:
        if Fraction(given) > 0:
            return str(given)
    except (TypeError, ValueError, ZeroDivisionError):
        pass
    raise PydanticCustomError("factor", "factor")


def _some(given: Any, info: ValidationInfo) -> Any:
    if not given and info.context != KEPT:
        raise PydanticCustomError("none", "none")
    return given


# Values -----------------------------------------------------------------------------------------


Code = Annotated[str, Rule(_("letters without marks, digits, dots, up to 16"), like=r"[A-Za-z0-9_.-]{1,16}")]
"""A name that stands in the database for ever."""
Prefix = Annotated[str, Rule(_("two capital letters without marks"), like=r"[A-Z]{2}")]
"""What codes of sheets begin with: they are read again as people type them."""
Line = Annotated[str, Rule(_("text in quotes, on one line, up to 300 characters"))]
MaybeLine = Annotated[str, Rule(_("text in quotes, on one line, up to 500 characters"), longest=500, empty=True)]
Short = Annotated[str, Rule(_("text in quotes, on one line, up to 100 characters"), longest=100)]
MaybeShort = Annotated[str, Rule(_("text in quotes, on one line, up to 100 characters"), longest=100, empty=True)]
Passage = Annotated[str, Rule(_("text in quotes, on one line, up to 3000 characters"), longest=3000)]
Clause = Annotated[str, Rule(_("the number of a clause of the plan"), like=r"[A-Za-z0-9_.-]{1,16}", empty=True)]
OneClause = Annotated[str, Rule(_("the number of a clause of the plan"), like=r"[A-Za-z0-9_.-]{1,16}")]
Command = Annotated[str, Rule(_("a command of the assistant, without «/»"), like=r"[a-z]+( [A-Za-z0-9_.-]+)*")]
YesNo = Annotated[bool, Rule(_("true or false, without quotes"), written=bool)]
Hour = Annotated[time, Rule(_("an hour, without quotes"), written=time)]
MovementYear = Annotated[int, Rule(_("a year from 2000 to 2099"), least=2000, most=2099, written=int)]
Days = Annotated[int, Rule(_("a whole number of days, from 1 to 3650"), least=1, most=3650, written=int)]
FewDays = Annotated[int, Rule(_("a whole number of days, from 0 to 365"), least=0, most=365, written=int)]
FewMessages = Annotated[int, Rule(_("a whole number of messages, from 1 to 50"), least=1, most=50, written=int)]
Months = Annotated[int, Rule(_("a whole number of months, from 1 to 60"), least=1, most=60, written=int)]
ReplyDays = Annotated[int, Rule(_("1 or 2 working days"), least=1, most=2, written=int)]
DataDays = Annotated[int, Rule(_("a whole number of days, from 1 to 20"), least=1, most=20, written=int)]
LongerDays = Annotated[int, Rule(_("a whole number of days, from 0 to 15"), least=0, most=15, written=int)]
AwardCount = Annotated[int, Rule(_("a whole number from 1 to 1000"), least=1, most=1000, written=int)]
Steps = Annotated[int, Rule(_("a whole number of working days, from -60 to 60"), least=-60, most=60, written=int)]
Minutes = Annotated[int, Rule(_("a whole number of minutes, from 0 to 1440"), least=0, most=1440, written=int)]
WeekdayNumber = Annotated[int, Rule(_("a number from 0 (Monday) to 6 (Sunday)"), least=0, most=6, written=int)]
Amount = Annotated[Decimal, Rule(_("a number above 0"), above=0, most=10**9, written=Decimal)]
Points = Annotated[Decimal, Rule(_("a number above 0, up to 100"), above=0, most=100, written=Decimal)]
MonthDay = Annotated[
    tuple[int, int], BeforeValidator(_month_day), Rule(_("month and day in quotes, the month first"), written=tuple)
]
"""A day of every year, written "11-10" (month-day)."""
Factor = Annotated[str, BeforeValidator(_factor), Rule(_("a factor in quotes"))]
"""How many of one unit another is: "1/500", "2"."""
SOME = AfterValidator(_some)
"""Marks a list that has to have an entry."""
