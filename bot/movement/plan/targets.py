"""Targets and figures of the plan: how each is measured, of whom it is asked, in which words and units. Pure."""

from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from bot.language import Inside, Units, _, fold
from bot.movement.plan.pieces import Piece
from bot.movement.plan.rules import Amount, Code, Factor, Key, Line, MaybeLine, MovementYear, OneClause, Short, YesNo
from bot.movement.plan.training_topics import FedBy


class Measure(StrEnum):
    """How a target is measured."""

    UNITS_WITH_PLAN = "units_with_plan"
    SHARE = "share"
    SUM = "sum"
    COUNT = "count"
    REDUCTION = "reduction"
    PEOPLE = "people"


class OverYears(StrEnum):
    """What of several years counts."""

    EACH = "each"
    LAST = "last"
    SUM = "sum"


ASKED = (Measure.SHARE, Measure.SUM, Measure.REDUCTION)
"""What somebody has to give; the others are counted from what is known."""
AMOUNTS = (Measure.SUM, Measure.REDUCTION)
"""What is given as one number in a unit of measure."""


class Counted(Piece):
    """Which registered sheets a target counts."""

    what: Annotated[
        Literal["registered", "confirmed", "recognised"],
        Key(
            _(
                "How far a sheet has to be: registered (and not withdrawn), confirmed by the head, or recognised by a decision of the year"
            ),
            '"recognised"',
        ),
    ]
    kinds: Annotated[
        tuple[Code, ...], Key(_("The codes of the kinds that count; left out: all that may"), '["sk"]')
    ] = ()
    level: Annotated[Code, Key(_("recognised: this level or a higher one; left out: any"), '"co_so"')] = ""


class Target(Piece):
    """A target of the movement (III.1-III.6), or a figure that belongs to an area."""

    code: Annotated[Code, Key(_("Its number in the plan; stays for ever"), '"2"')]
    name: Annotated[Line, Key(_("The target, word for word"), '"100% công chức, viên chức được tập huấn kỹ năng số"')]
    short: Annotated[Short, Key(_("A short name for tables and buttons"), '"Tập huấn kỹ năng số"')]
    clause: Annotated[
        OneClause, Key(_("The clause of the plan that sets it, where the plan quotes one"), '"III.6"')
    ] = ""
    measure: Annotated[
        Measure,
        Key(
            _(
                "How it is measured. Asked for: share (a part of a whole), sum (an amount of each unit, added up), reduction (an amount against the same time of the year before the movement). Counted, asking nobody: units_with_plan (units that have a plan), count (sheets that `counted` names), people (the share of officials on the roster who are authors of such sheets, or in charge of them)"
            ),
            '"share"',
        ),
    ]
    goal: Annotated[
        Amount, Key(_("What is to be reached: percent; sheets for count; so many of `unit` for sum"), "100")
    ]
    counted: Annotated[
        Counted | None,
        Key(
            _("count, people: which sheets are counted"),
            'counted = { what = "recognised", kinds = ["sk"], level = "co_so" }',
        ),
    ] = None
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
    of_roster: Annotated[
        YesNo, Key(_("share: whether the whole are the officials on the roster, so that it is proposed"), "true")
    ] = False
    fed_by: Annotated[
        FedBy | None,
        Key(
            _("share of the roster: the list of people that fills it in; a unit may give its own total instead"),
            'fed_by = { what = "classes", topics = ["ky_nang_so"] }',
        ),
    ] = None
    stays: Annotated[
        YesNo, Key(_("share: whether last year's figure may be kept with one tap, because such things stay"), "true")
    ] = False
    question: Annotated[
        Line,
        Key(
            _("sum, reduction: how the amount is asked for, behind «the unit has», without a question mark"),
            '"dùng bao nhiêu ram giấy A4"',
        ),
    ] = ""
    thing: Annotated[Line, Key(_("What the amount is of, inside a sentence; left out: `short`"), '"giấy"')] = ""
    unit: Annotated[Short, Key(_("What it is counted in"), '"ram"')] = ""
    units: Annotated[
        dict[str, Factor],
        Key(_("Other units in which people may give it, and how many of `unit` one of them is"), '{ "tờ" = "1/500" }'),
    ] = Field(default_factory=dict)
    beside: Annotated[
        tuple[Short, ...], Key(_("Words that may stand beside a unit and change nothing"), '["giấy", "A4"]')
    ] = ()
    example: Annotated[Line, Key(_("An answer, shown as an example; of an amount its number"), '"31"')] = ""
    example_before: Annotated[
        Line, Key(_("An amount of the year that it is measured against, shown as an example"), '"35"')
    ] = ""
    why_more: Annotated[
        Line, Key(_("An explanation why it has risen, shown as an example"), '"Từ tháng 6 in thêm hồ sơ quy hoạch"')
    ] = ""
    why_less: Annotated[
        Line, Key(_("An explanation why it has fallen, shown as an example"), '"Từ tháng 3 chuyển sang ký số"')
    ] = ""
    baseline: Annotated[
        Literal["same_period"],
        Key(
            _("reduction: what it is measured against: the same time of the first year that was entered"),
            '"same_period"',
        ),
    ] = "same_period"
    command: Annotated[
        Literal["moc", "mocgiay"],
        Key(_("The command by which the office enters what it is measured against, or its own amounts"), '"moc"'),
    ] = "moc"
    as_of: Annotated[
        Literal["cutoff", "sent"],
        Key(_("Until when figures go: at most to the cut-off, or to the day on which they are sent"), '"cutoff"'),
    ] = "cutoff"
    may_not_apply: Annotated[YesNo, Key(_("Whether a unit may say that it does not concern it"), "true")] = False
    by_year: Annotated[
        MovementYear | None, Key(_("The year by which the goal is to be reached, when it is not yearly"), "2030")
    ] = None

    over_years: Annotated[
        OverYears | None,
        Key(
            _(
                "What of several years counts: each (the goal is one of every year), last (a state: the newest year), sum (a quantity: the years added up). Left out: last for share, reduction and people, each for the others"
            ),
            '"each"',
        ),
    ] = None

    @property
    def counts_over(self) -> OverYears:
        """What of several years counts."""
        states = (Measure.SHARE, Measure.REDUCTION, Measure.PEOPLE)
        return self.over_years or (OverYears.LAST if self.measure in states else OverYears.EACH)

    @property
    def asked(self) -> bool:
        """Whether somebody has to give it."""
        return self.measure in ASKED

    @property
    def amount(self) -> bool:
        """Whether it is given as one number in a unit of measure."""
        return self.measure in AMOUNTS

    @property
    def reduces(self) -> bool:
        """Whether it is measured against what was before."""
        return self.measure is Measure.REDUCTION

    @property
    def of_office(self) -> bool:
        """Whether the office alone gives it, as one."""
        return self.asked and self.asked_of == "office"

    @property
    def asked_again(self) -> bool:
        """Whether a supplement asks for it once more: a figure of the units that ends with the cut-off."""
        return self.of_units and self.as_of != "sent"

    @property
    def of_units(self) -> bool:
        """Whether every unit gives it."""
        return self.asked and self.asked_of == "units"

    @property
    def named(self) -> Inside:
        """What the amount is of, inside a sentence."""
        return Inside(self.thing or self.short)

    @cached_property
    def measured_in(self) -> Units:
        """The units in which people may give it."""
        return Units(self.unit, tuple((name, Fraction(of)) for name, of in self.units.items()), self.beside)

    # What is kept of it ---------------------------------------------------------------------------

    @property
    def kept_as(self) -> str:
        """Name what a number of it means, to be kept beside it: «share», «reduction ram»."""
        return f"{self.measure.value} {self.unit}" if self.amount else self.measure.value

    def factor(self, kept_as: str) -> Fraction | None:
        """Return how many of today's unit one of a kept number is; None where it was a number of something else.

        A number without a name was kept before numbers had one, and nothing tells it from today's.
        """
        if kept_as in ("", self.kept_as):
            return Fraction(1)
        measure, _space, unit = kept_as.partition(" ")
        if measure != self.measure.value:
            return None
        return next((of for name, of in self.measured_in.others if fold(name) == fold(unit)), None)


def conversions(target: Target) -> list[tuple[str, Fraction, str]]:
    """Return what its units are of each other, in whole numbers where it can be said so: one ram, 500, tờ."""
    found = []
    for name, of in target.measured_in.others:
        if of.denominator == 1:
            found.append((name, of, target.unit))
        elif of.numerator == 1:
            found.append((target.unit, 1 / of, name))
    return found
