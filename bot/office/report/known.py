"""What is known already for a yearly report, so that the head confirms instead of typing. Pure.

Every value names its source. The report is a Vietnamese document: drafts of its text are written in
Vietnamese whatever language its reader uses.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from bot.dialogue import Answers, Scene
from bot.language import Count, Part, Percent, Text, Words, _
from bot.movement import Area, Measure, Target, reduction
from bot.office.report.facts import ReportFacts
from bot.office.report.given_lines import given
from bot.office.report.kinds import MISSING, NA, OUTSIDE, fits, percent
from bot.office.report.report_parts import note_on

_vietnamese = Words("vi")


def written(*sentences: Part) -> str:
    """Say sentences as the report has them."""
    return " ".join(_vietnamese.say(sentence) for sentence in sentences)


# Figures --------------------------------------------------------------------------------------


def last_share(target: Target, scene: Scene) -> dict[str, int] | str | None:
    """Return last year's share of a target as an answer; None without one."""
    figure = ReportFacts.of(scene).last_figure(target)
    if figure is None:
        return None
    if figure.not_applicable:
        return NA
    if figure.numerator is None or figure.denominator is None:
        return None
    return {"n": int(figure.numerator), "d": int(figure.denominator)}


def listed_share(target: Target, scene: Scene) -> dict[str, int] | None:
    """Prefill what the list of people says; None of a target that no list fills in, or while nobody stands in it."""
    facts = ReportFacts.of(scene)
    found = facts.listed(target, facts.figures_day(scene.today))
    return None if found is None else {"n": found[0], "d": found[1]}


def proposed_share(target: Target, scene: Scene) -> dict[str, int] | str | None:
    """Prefill last year's share of a stock; of people only while the roster counts as many of them."""
    before = last_share(target, scene)
    if before is None or not target.stays or not fits(target, before):
        return None
    if target.of_roster and isinstance(before, dict) and before["d"] != ReportFacts.of(scene).people:
        return None
    return before


def surprising(target: Target, value: Any, scene: Scene) -> Part | None:
    """Ask back about a figure that is far from last year's, both named; None when it is not."""
    limits = scene.plan.surprise
    if not isinstance(value, dict):
        return None
    if target.amount:
        before = amount_before(target, value, scene)
        if before is None or abs(Decimal(value["n"]) - before[1]) <= limits.ratio * before[1]:
            return None
        return _(
            "In {last} it was {before} {unit}, this year {now} {unit}.",
            last=before[0],
            before=before[1],
            now=Decimal(value["n"]),
            unit=target.unit,
        )
    if (listed := more_than_listed(target, value, scene)) is not None:
        return listed
    last = last_share(target, scene)
    was, now = percent(last, target.goal), percent(value, target.goal)
    if not isinstance(last, dict) or was is None or now is None or abs(now - was) <= limits.points:
        return None
    return _(
        "In {last} it was {before}, this year {now}.",
        last=ReportFacts.of(scene).year - 1,
        before=part_of(last, was),
        now=part_of(value, now),
    )


def more_than_listed(target: Target, value: Any, scene: Scene) -> Part | None:
    """Ask back about a share of more people than the unit's list has; None when it has as many."""
    listed = ReportFacts.of(scene).people
    if not target.of_roster or not isinstance(value, dict) or not listed or int(value["d"]) <= listed:
        return None
    return _(
        "The list of people counts {n} on {day}, the figure says {d}.",
        n=Count(listed),
        day=scene.today,
        d=Count(int(value["d"])),
    )


def part_of(value: Any, part: Decimal) -> Text:
    return _("{n}/{d} ({percent})", n=Decimal(value["n"]), d=Decimal(value["d"]), percent=Percent(part))


def _measured_against(target: Target, value: Any, scene: Scene) -> tuple[int, Decimal] | None:
    """Return the amount of the same span that a figure is measured against: the baseline's, else last year's."""
    if not isinstance(value, dict):
        return None
    return _of_baseline(target, value, scene) or amount_before(target, value, scene)


def amount_before(target: Target, value: Mapping[str, Any], scene: Scene) -> tuple[int, Decimal] | None:
    """Return last year's amount, or the baseline's, of the same span; with its year."""
    facts = ReportFacts.of(scene)
    figure = facts.last_figure(target)
    if figure is not None and figure.numerator and facts.last_whole(target) == facts.whole(value["estimate"]):
        return ReportFacts.of(scene).year - 1, figure.numerator
    return _of_baseline(target, value, scene)


def _of_baseline(target: Target, value: Mapping[str, Any], scene: Scene) -> tuple[int, Decimal] | None:
    base = ReportFacts.of(scene).baseline(target) if target.reduces else None
    before = (
        None
        if base is None
        else base[1].whole_year
        if ReportFacts.of(scene).whole(value["estimate"])
        else base[1].ten_months
    )
    return (base[0], before) if base is not None and before else None


# Results by area ------------------------------------------------------------------------------


def proposed_area(area: Area) -> Callable[[Answers, Scene], Any]:
    """Prefill what the unit registered and brought about in an area this year; else that it is still none of its functions."""

    def prefill(answers: Answers, scene: Scene) -> Any:
        lines = [*(line.said for line in given(area.code, scene)), *_figures_of(area.code, answers, scene)]
        if lines:
            return written(*lines)
        return OUTSIDE if outside_last_year(area.code, scene) else None

    return prefill


def outside_last_year(code: str, scene: Scene) -> bool:
    """Whether the report of the year before says of an area that it is not among the unit's functions."""
    last = ReportFacts.of(scene).last.narratives.get(code)
    return last is not None and last.mark == "outside"


def _figures_of(area: str, answers: Answers, scene: Scene) -> Iterator[Part]:
    for figure in scene.plan.figures:
        value = answers.get(figure.code)
        if figure.area == area and (part := percent(value, figure.goal)) is not None:
            yield _("{name}: {share}.", name=figure.short, share=part_of(value, part))


# Sections -------------------------------------------------------------------------------------


def shares(answers: Answers, scene: Scene) -> Iterator[tuple[Target, Any, Decimal]]:
    """Return the shares answered, with their percentages."""
    for target in scene.plan.asked_about:
        value = answers.get(target.code)
        if (part := percent(value, target.goal)) is not None:
            yield target, value, part


def target_name(target: Target) -> Part:
    """Name a target: «Chỉ tiêu 6», or the name of a figure that belongs to an area."""
    return target.short if target.area else _("Target {code}", code=target.code)


def full_name(target: Target) -> Part:
    """Name a target in full: «Chỉ tiêu 6 (Tập huấn kỹ năng số)», or the name of a figure that belongs to an area."""
    return target.short if target.area else _("Target {code} ({name})", code=target.code, name=target.short)


def shortfalls(answers: Answers, scene: Scene) -> Iterator[tuple[Target, Part]]:
    """List where the unit falls short, as far as its figures tell: each target with how."""
    for target in scene.plan.asked_about:
        value = answers.get(target.code)
        if target.measure is Measure.UNITS_WITH_PLAN:
            if ReportFacts.of(scene).plan is None:
                yield target, _("the plan of {year} has not been sent", year=ReportFacts.of(scene).year)
        elif value == MISSING:
            yield target, _("no figures yet, the reason is given")
        elif target.amount:
            if target.reduces and (rise := _rise(target, value, scene)) is not None:
                yield target, rise
        elif (part := percent(value, target.goal)) is not None and part < target.goal:
            yield target, _("reaches {share}", share=part_of(value, part))


def _rise(target: Target, value: Any, scene: Scene) -> Part | None:
    """Say how much more it was than in the same time before; None when it was not."""
    before = _measured_against(target, value, scene)
    if before is None or (less := reduction(before[1], Decimal(value["n"]), target.goal)) is None or less >= 0:
        return None
    return _(
        "{n} {unit}, {percent} more than in the same time of {year}",
        n=Decimal(value["n"]),
        unit=target.unit,
        percent=Percent(-less),
        year=before[0],
    )


def note_of(target: Target) -> str:
    """Return the code of the field that holds the comment on a figure."""
    return note_on(target.code)
