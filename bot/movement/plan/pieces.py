"""Parts of the plan that are named and described: office, areas, kinds, levels, sections of reports. Pure."""

from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict


def _month_day(text: Any) -> Any:
    if isinstance(text, str) and len(text) == 5 and text[2] == "-":
        try:
            month, day = map(int, text.split("-"))
            date(2027, month, day)  # 29/02 is not a day of every year
            return (month, day)
        except ValueError:
            pass
    raise ValueError("month-day")


def _factor(text: Any) -> str:
    try:
        if Fraction(text) > 0:
            return str(text)
    except (TypeError, ValueError, ZeroDivisionError):
        pass
    raise ValueError("factor")


Factor = Annotated[str, BeforeValidator(_factor)]
"""How many of one unit another is: "1/500", "2"."""
MonthDay = Annotated[tuple[int, int], BeforeValidator(_month_day)]
"""A day of every year, written "11-10" (month-day)."""


class Piece(BaseModel):
    """A part of the plan: nothing may stand in it that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Office(Piece):
    """Whose movement it is."""

    model_config = ConfigDict(str_strip_whitespace=True, str_min_length=1)

    name: str
    short: str
    desk: str
    """Who collects the reports: «Văn phòng Sở»."""
    desk_unit: str
    """The code of the unit that the desk is itself."""


class Area(Piece):
    """A content of the movement (II.1-II.6)."""

    code: str
    name: str
    short: str
    aims: tuple[str, ...] = ()
    example: str = ""


class Kind(Piece):
    """A kind of registration."""

    code: Literal["sk", "mh", "nv"]
    prefix: str
    name: str
    short: str
    words: tuple[str, ...] = ()
    example: str = ""
    summary_example: str = ""


class Level(Piece):
    """A level of recognition; every one counts for target III.4."""

    code: str
    name: str


class Section(Piece):
    """A narrative part of the report."""

    code: str
    name: str
    page: Literal["steering", "assessment"]
    example: str = ""


class UnionSection(Piece):
    """A part of what unions are invited to write of a year."""

    code: str
    name: str
    question: str = ""
    example: str = ""
