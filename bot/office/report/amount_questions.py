"""How an amount is asked for, in the plan's words, and compared with what it is measured against. Pure."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from bot.dialogue import Answers, Scene
from bot.language import Part, Percent, Text, _
from bot.movement import Target, conversions
from bot.office.report.amounts import conversions_of, example_of, whole_year
from bot.office.report.facts import ReportFacts
from bot.office.report.kinds import saving
from bot.office.report.last_year import reported
from bot.office.report.measured_facts import MeasuredFacts


def until(scene: Scene, target: Target | None = None) -> Text:
    """Say until which day the figures go: today, at most the cut-off; of a target maybe the day of sending."""
    return _("figures until the end of {day}", day=figures_day(scene, target))


def figures_day(scene: Scene, target: Target | None = None) -> date:
    """Return the day until which figures go that are given today."""
    if target is not None and target.as_of == "sent":
        return scene.today
    return ReportFacts.of(scene).figures_day(scene.today)


def ask_amount(target: Target) -> Callable[[Answers, Scene], Sequence[Part]]:
    def ask(answers: Answers, scene: Scene) -> Sequence[Part]:
        asked: dict[str, Any] = {"day": figures_day(scene, target), "question": target.question}
        lines: list[Part] = [_("From 01/01 to the end of {day}, the unit has: {question}?", **asked)]
        if units := conversions_of(target):
            lines = [_("From 01/01 to the end of {day}, the unit has: {question} ({units})?", units=units, **asked)]
        against = _against(target, scene) if target.reduces else None
        if target.reduces:
            lines.append(_baseline_line(target, against))
        last = ReportFacts.of(scene).last_figure(target)
        told = None if last is None else (ReportFacts.of(scene).year - 1, last.numerator, last.estimate)
        if told is None or told != against:  # not the same line twice
            lines += reported(target, scene)
        return lines

    return ask


def _against(target: Target, scene: Scene) -> tuple[int, Decimal, bool] | None:
    """Return the year, the amount and whether it is the whole year's, that an amount is measured against."""
    base = ReportFacts.of(scene).baseline(target)
    if base is None:
        return None
    year, of = base
    if of.ten_months is not None and ReportFacts.of(scene).until is None:
        return year, of.ten_months, False
    return None if of.whole_year is None else (year, of.whole_year, True)


def _baseline_line(target: Target, against: tuple[int, Decimal, bool] | None) -> Part:
    if against is None:
        return _("The office has not entered a baseline for the unit yet; the figure is taken all the same.")
    year, n, whole = against
    if whole:
        return _("The whole year {year} (baseline): {n} {unit}.", year=year, n=n, unit=target.unit)
    return _("The same months of {year} (baseline): {n} {unit}.", year=year, n=n, unit=target.unit)


def example_amount(target: Target) -> Callable[[Answers, Scene], Part]:
    def example(answers: Answers, scene: Scene) -> Part:
        n = example_of(target)
        said: list[Part] = [_("{n} {unit}", n=n, unit=target.unit)]
        said += [
            _("{n} {unit}", n=n * of.numerator, unit=other)
            for unit, of, other in conversions(target)
            if unit == target.unit
        ]
        either = said[0]
        for other in said[1:]:
            either = _("{first}, or {second}", first=either, second=other)
        if not target.reduces:
            return either
        return _(
            "{amounts}; for an estimate of the whole year: whole year {whole} {unit}",
            amounts=either,
            whole=whole_year(n, scene.plan),
            unit=target.unit,
        )

    return example


def with_saving(target: Target, value: Any, shown: Part, scene: Scene) -> Part:
    """Say an amount with how much less it is than in the year it is measured against, where that is known."""
    base = MeasuredFacts.of(scene).baseline(target) if target.reduces else None
    whole = isinstance(value, dict) and MeasuredFacts.of(scene).whole(bool(value["estimate"]))
    less = None if base is None else saving(value, base[1], target.goal, whole)
    if base is None or less is None:
        return shown
    return compared(shown, less, base[0], whole)


def compared(value: Part, less: Decimal, year: int, whole: bool) -> Part:
    """Say a figure with its change: «30,5 ram, giảm 12,9% so với cùng kỳ năm 2026»."""
    span = _("the whole of {year}", year=year) if whole else _("the same months of {year}", year=year)
    if less == 0:
        return _("{value}, as much as in {span}", value=value, span=span)
    if less < 0:
        return _("{value}, {percent} more than in {span}", value=value, percent=Percent(-less), span=span)
    return _("{value}, {percent} less than in {span}", value=value, percent=Percent(less), span=span)
