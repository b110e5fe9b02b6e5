"""Amounts in a unit of measure, as they are answered: read in every unit that the plan names, shown, exemplified. Pure."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any

from bot.dialogue import Answers, Choice, Reading, Scene, Unclear, Value, Wrong
from bot.language import Joined, Part, TwoMeanings, Units, _, clean_line, fold, read_amount
from bot.movement import Plan, Target, conversions
from bot.office.report.facts import ReportFacts
from bot.office.report.kinds import MISSING, NA, as_before, fits

_ESTIMATE = re.compile(r"\b(?:uoc|ca nam|estimate|whole year)\b")
_WHOLE_YEAR = re.compile(
    r"[(,;]? ?\b(?:(?:ước|uoc)(?: tính| tinh| thực hiện| thuc hien)?(?: cả năm| ca nam)?|cả năm|ca nam|estimate|whole year)\b[):]?",
    re.IGNORECASE,
)


_COMPARED = re.compile(
    r"(?:,? (?:giảm|giam|tăng|tang|bằng|bang)|,? [0-9.,]+% (?:less|more) than|, as much as)(?: [0-9.,]+ ?%)? ?(?:so với|so voi|than)?"
    r" ?(?:cùng kỳ|cung ky|cả|ca|in the|the)?[^;()]*? ?[0-9]{4}$",
    re.IGNORECASE,
)
"""What is printed behind an amount: «, giảm 12,9% so với cùng kỳ năm 2026»."""


@dataclass(frozen=True)
class Quantity:
    """An amount in the target's unit of measure, into which others are turned; of a reduction also «ước cả năm 38»."""

    of: Target | Callable[[Scene], Target]
    """The target, where the form knows it; else whose form it is."""
    estimated: bool = True
    """Whether an estimate of the whole year may be given instead."""
    free = True
    text = False
    digits = True

    def read(self, text: str, answers: Answers, scene: Scene) -> Reading:
        """Read an amount; ask back about «1,500» and every unit that the plan does not name."""
        target = self._target(scene)
        said, units = _COMPARED.sub("", clean_line(text)), target.measured_in
        if as_before(text, alone=True):
            return self._as_last_year(target, scene)
        estimate = _ESTIMATE.search(fold(said)) is not None
        if estimate and not (self.estimated and target.reduces):
            return Wrong(
                _("What has been done is asked for here, no estimate. Please write it like: {like}", like=like(target))
            )
        number = read_amount(_WHOLE_YEAR.sub(" ", said) if estimate else said, units)
        if isinstance(number, TwoMeanings):
            return Unclear(
                _("Does «{said}» mean {one} or {other}?", said=said, one=number.one, other=number.other),
                [Choice(_amount(target, n, estimate), _("{n}", n=n)) for n in (number.one, number.other)],
            )
        if number is None:
            return Wrong(
                _(
                    "The assistant could not read «{said}» as an amount in {units}. Please write it like: {like}",
                    said=said[:60],
                    units=Joined(units.names),
                    like=like_either(target, scene.plan) if self.estimated and target.reduces else like(target),
                )
            )
        if number < 0:
            return Wrong(_("The amount ({n}) cannot be below zero. For example: {like}", n=number, like=like(target)))
        return Value(_amount(target, number, estimate))

    def _as_last_year(self, target: Target, scene: Scene) -> Reading:
        """Show last year's amount, to be confirmed."""
        facts = scene.facts
        figure = facts.last_figure(target) if isinstance(facts, ReportFacts) else None
        if figure is None or figure.numerator is None or not isinstance(facts, ReportFacts):
            return Wrong(
                _("No amount of the year before is known here. Please write it like: {like}", like=like(target))
            )
        value, year = _amount(target, figure.numerator, figure.estimate), facts.year - 1
        return Unclear(
            _("In {year} it was {value}. Record the same for this year?", year=year, value=self.show(value, scene)),
            [Choice(value, _("Record it as in {year}", year=year))],
        )

    def fits(self, value: Any) -> bool:
        """Whether it is an amount in today's unit of measure, as far as the form knows the target."""
        return not isinstance(self.of, Target) or fits(self.of, value)

    def show(self, value: Any, scene: Scene) -> Part:
        """Say an amount: «30,5 ram»; «ước cả năm 38 ram»."""
        if value == NA:
            return _("does not apply")
        if value == MISSING:
            return _("no figures yet")
        n, unit = amount_of(value), self._target(scene).unit
        if isinstance(value, dict) and value["estimate"]:
            return _("{n} {unit}, whole year estimated", n=n, unit=unit)
        return _("{n} {unit}", n=n, unit=unit)

    def _target(self, scene: Scene) -> Target:
        return self.of if isinstance(self.of, Target) else self.of(scene)


def _amount(target: Target, number: Decimal, estimate: bool) -> dict[str, Any]:
    return {"n": format(number, "f"), "estimate": estimate, "in": target.unit}


def amount_of(value: Any) -> Decimal:
    """Return the number of an amount; in sheets begun earlier it stands alone."""
    return Decimal(value["n"] if isinstance(value, dict) else value)


def like(target: Target) -> Part:
    """Return an amount as it may be written: «31 ram»."""
    return _("{n} {unit}", n=example_of(target), unit=target.unit)


def like_either(target: Target, plan: Plan) -> Part:
    """Return an amount as it may be written, and an estimate of the whole year: «31 ram; ước cả năm 38 ram»."""
    whole = whole_year(example_of(target), plan)
    return _("{n} {unit}; whole year {whole} {unit}", n=example_of(target), whole=whole, unit=target.unit)


def example_of(target: Target, before: bool = False) -> Decimal:
    """Return the number of the plan's example, or of the year before; an old plan that has none is given one."""
    said = (target.example_before if before else "") or target.example
    number = read_amount(said, Units(""))
    return number if isinstance(number, Decimal) else Decimal(1)


def whole_year(until_cutoff: Decimal, plan: Plan) -> Decimal:
    """Return about how much an amount until the cut-off is in the whole year: an example, no figure."""
    month, day = plan.cutoff
    months = Decimal(month) if month_ends(plan) else month - 1 + Decimal(day) / 30
    return (until_cutoff * 12 / months).to_integral_value(ROUND_CEILING)


def month_ends(plan: Plan) -> bool:
    """Whether the cut-off is the last day of a month."""
    return plan.cutoff[1] == monthrange(_COMMON_YEAR, plan.cutoff[0])[1]


_COMMON_YEAR = 2027


def conversions_of(target: Target) -> Part:
    """Say what its units are of each other: «1 ram = 500 tờ»; nothing where there is one."""
    said = [
        _("1 {unit} = {n} {other}", unit=unit, n=Decimal(n.numerator), other=other)
        for unit, n, other in conversions(target)
    ]
    return _("{units}", units=Joined(said, "; ")) if said else ""
