"""Targets and figures of the plan: how each is measured, of whom it is asked, in which units. Pure."""

from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from bot.language import Units, _
from bot.movement.plan.pieces import Piece
from bot.movement.plan.rules import Amount, Code, Factor, Key, Line, MaybeLine, MovementYear, Short, YesNo


class Measure(StrEnum):
    """How a target is measured."""

    UNITS_WITH_PLAN = "units_with_plan"
    SHARE = "share"
    COUNT = "count"
    REDUCTION = "reduction"


class Target(Piece):
    """A target of the movement (III.1-III.6), or a figure that belongs to an area."""

    code: Annotated[Code, Key(_("Its number in the plan; stays for ever"), '"2"')]
    name: Annotated[Line, Key(_("The target, word for word"), '"100% công chức, viên chức được tập huấn kỹ năng số"')]
    short: Annotated[Short, Key(_("A short name for tables and buttons"), '"Tập huấn kỹ năng số"')]
    measure: Annotated[
        Measure,
        Key(
            _(
                "How it is measured: units_with_plan (units that have a plan), share (a part of a whole), count (recognised sheets), reduction (an amount against the same time of the year before the movement)"
            ),
            '"share"',
        ),
    ]
    goal: Annotated[Amount, Key(_("What is to be reached: percent, or a number for count"), "100")]
    asked: Annotated[YesNo, Key(_("Whether it is asked for; the others are counted from what is known"), "true")] = (
        False
    )
    asked_of: Annotated[
        Literal["units", "office"],
        Key(_("Of whom: every unit, or the office alone as one, where one buyer buys for all"), '"units"'),
    ] = "units"
    area: Annotated[MaybeLine, Key(_("The area that a figure belongs to; a target has none"), '"II.3"')] = ""
    numerator: Annotated[
        MaybeLine, Key(_("share: what the part is, as it is asked for"), '"số công chức, viên chức đã được tập huấn"')
    ] = ""
    denominator: Annotated[
        MaybeLine, Key(_("share: what the whole is, as it is asked for"), '"tổng số công chức, viên chức"')
    ] = ""
    counts: Annotated[
        Literal["", "people", "procedures", "documents", "paper"],
        Key(
            _("What is counted: people (proposed from the roster), procedures, documents; paper for an amount"),
            '"people"',
        ),
    ] = ""
    unit: Annotated[MaybeLine, Key(_("What an amount is counted in"), '"ram"')] = ""
    units: Annotated[
        dict[str, Factor],
        Key(_("Other units in which people may give it, and how many of `unit` one of them is"), '{ "tờ" = "1/500" }'),
    ] = Field(default_factory=dict)
    beside: Annotated[
        tuple[Short, ...], Key(_("Words that may stand beside a unit and change nothing"), '["giấy", "A4"]')
    ] = ()
    may_not_apply: Annotated[YesNo, Key(_("Whether a unit may say that it does not concern it"), "true")] = False
    by_year: Annotated[
        MovementYear | None, Key(_("The year by which the goal is to be reached, when it is not yearly"), "2030")
    ] = None

    @property
    def of_office(self) -> bool:
        """Whether the office alone gives it, as one."""
        return self.asked and self.asked_of == "office"

    @property
    def measured_in(self) -> Units:
        """The units in which people may give it."""
        return Units(self.unit, tuple((name, Fraction(of)) for name, of in self.units.items()), self.beside)
