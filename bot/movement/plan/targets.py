"""Targets and figures of the plan: how each is measured, of whom it is asked, in which units. Pure."""

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from pydantic import Field

from bot.language import Units
from bot.movement.plan.pieces import Factor, Piece


class Measure(StrEnum):
    """How a target is measured."""

    UNITS_WITH_PLAN = "units_with_plan"
    SHARE = "share"
    COUNT = "count"
    REDUCTION = "reduction"


class Target(Piece):
    """A target of the movement (III.1-III.6), or a figure that belongs to an area."""

    code: str
    name: str
    short: str
    measure: Measure
    goal: Decimal
    asked: bool = False
    """Whether it is asked for; the others are counted from what is known."""
    asked_of: Literal["units", "office"] = "units"
    """Whether every unit is asked, or the office alone as one: «tại cơ quan» can mean one buyer."""
    area: str = ""
    """The area it belongs to, when it is not a target of its own."""
    numerator: str = ""
    denominator: str = ""
    counts: Literal["", "people", "procedures", "documents", "paper"] = ""
    unit: str = ""
    """What an amount is counted in."""
    units: dict[str, Factor] = Field(default_factory=dict)
    """Other units in which people may give it, and how many of `unit` one of them is."""
    beside: tuple[str, ...] = ()
    """Words that may stand beside a unit and change nothing."""
    may_not_apply: bool = False
    by_year: int | None = None
    """The year by which the goal is to be reached, when it is not yearly."""

    @property
    def of_office(self) -> bool:
        """Whether the office alone gives it, as one."""
        return self.asked and self.asked_of == "office"

    @property
    def measured_in(self) -> Units:
        """The units in which people may give it."""
        return Units(self.unit, tuple((name, Fraction(of)) for name, of in self.units.items()), self.beside)
