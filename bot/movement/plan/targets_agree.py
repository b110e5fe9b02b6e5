"""Whether targets and figures of a plan can be measured, each by itself and beside the others. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date

from bot.language import Text, _
from bot.movement.plan.as_read import AsRead, not_among
from bot.movement.plan.problems import Clash
from bot.movement.plan.targets import Measure, Target

_ANY_YEAR = 2027

NEEDS: Mapping[Measure, Mapping[str, tuple[object, ...]]] = {
    Measure.UNITS_WITH_PLAN: {"asked": (False,), "counts": ("",), "numerator": ("",), "denominator": ("",)},
    Measure.COUNT: {"asked": (False,), "counts": ("",), "numerator": ("",), "denominator": ("",)},
    Measure.SHARE: {"asked": (True,), "counts": ("people", "procedures", "documents"), "asked_of": ("units",)},
    Measure.REDUCTION: {"asked": (True,), "counts": ("paper",)},
}
"""Which values of other keys go with a measure."""
SAYS: Mapping[Measure, tuple[str, ...]] = {Measure.SHARE: ("numerator", "denominator"), Measure.REDUCTION: ("unit",)}
"""Which texts a measure cannot be asked for without."""
ONCE = (Measure.UNITS_WITH_PLAN, Measure.COUNT, Measure.REDUCTION)
"""Measures of one thing: a second target of the kind would say the same number."""


def targets(found: AsRead) -> Iterator[Clash]:
    """Look at each by itself."""
    plan = found.plan
    for each in plan.asked_about:
        yield from _by_its_measure(found, each)
        if each.measure is not Measure.COUNT and each.goal > 100:
            yield Clash(
                found.way(each, "goal"), _("«{goal}» is more than 100%", goal=each.goal), _("percent, from 1 to 100")
            )
        if each.by_year is not None and not plan.first_year <= each.by_year <= max(plan.first_year, plan.last_year):
            yield Clash(
                found.way(each, "by_year"),
                _("{year} is not a year of the movement", year=each.by_year),
                _("a year from {first} to {last}", first=plan.first_year, last=plan.last_year),
            )


def _by_its_measure(found: AsRead, each: Target) -> Iterator[Clash]:
    measure = each.measure.value
    for key, values in NEEDS[each.measure].items():
        if getattr(each, key) not in values:
            yield Clash(
                found.way(each, key),
                _('this does not go with measure = "{measure}"', measure=measure),
                _goes_with(key, values),
            )
    for key in SAYS.get(each.measure, ()):
        if not getattr(each, key).strip():
            yield Clash(
                found.way(each, key),
                _('measure = "{measure}" cannot be asked for without {key}', measure=measure, key=key),
                _("text in quotes"),
            )


def _goes_with(key: str, values: tuple[object, ...]) -> Text:
    if values == ("",):
        return _("{key} left out", key=key)
    shown = [str(value).lower() if isinstance(value, bool) else f'"{value}"' for value in values]
    return _("one of {words}", words=", ".join(f"{key} = {value}" for value in shown))


def areas(found: AsRead) -> Iterator[Clash]:
    """Yield figures that belong to no area or are no share, and targets that belong to one."""
    known = found.codes("areas")
    for figure in found.plan.figures:
        if figure.area not in known:
            yield not_among(
                found.way(figure, "area"), _("there is no area «{code}»", code=figure.area), figure.area, known
            )
        if figure.measure is not Measure.SHARE:
            yield Clash(
                found.way(figure, "measure"),
                _("a figure of an area is a share"),
                _("one of {words}", words='measure = "share"'),
            )
    for target in found.plan.targets:
        if target.area:
            yield Clash(
                found.way(target, "area"), _("a target has no area; figures have one"), _("{key} left out", key="area")
            )


def measures(found: AsRead) -> Iterator[Clash]:
    """Yield two targets that count the same thing."""
    first: dict[Measure, str] = {}
    for target in found.plan.targets:
        if target.measure in first and target.measure in ONCE:
            yield Clash(
                found.way(target, "measure"),
                _("this target would show the same number as target «{code}»", code=first[target.measure]),
                _("a measure of its own, or one target less"),
            )
        first.setdefault(target.measure, target.code)


def radar(found: AsRead) -> Iterator[Clash]:
    """Yield what is watched twice, or is no target whose units can do something about it."""
    known, seen = found.codes("targets", "figures"), set[str]()
    of = {each.code: each for each in found.plan.asked_about}
    for watch in found.plan.radar:
        way, target = found.way(watch, "target"), of.get(watch.target)
        if watch.target not in known:
            yield not_among(way, _("there is no target «{code}»", code=watch.target), watch.target, known)
        elif watch.target in seen:
            yield Clash(way, _("target «{code}» is watched already", code=watch.target), _("each target once"))
        elif target is not None and target.of_office:
            yield Clash(
                way,
                _("the office alone gives this figure, so no unit can be told"),
                _("a target that units are asked for"),
            )
        elif target is not None and target.measure is Measure.UNITS_WITH_PLAN:
            yield Clash(
                way,
                _("the ladder of its duty reminds of this target already"),
                _("a target that is asked for or counted"),
            )
        seen.add(watch.target)


def cutoff(found: AsRead) -> Iterator[Clash]:
    """Yield where figures end after the report is due, or their pace is looked at when it cannot change any more."""
    ends = date(_ANY_YEAR, *found.plan.cutoff)
    for duty in found.plan.duties:
        last = duty.last_day(_ANY_YEAR)
        if duty.how == "results" and last is not None and ends > last:
            yield Clash(
                ("cutoff",),
                _("figures would end after the last day of the report, {day}", day=f"{last:%d/%m}"),
                _("a day up to {day}", day=f"{last:%d/%m}"),
            )
    for watch in found.plan.radar:
        if watch.day(_ANY_YEAR) > ends:
            yield Clash(
                found.way(watch, "on"),
                _("the pace would be looked at after figures end, {day}", day=f"{ends:%d/%m}"),
                _("a day up to {day}", day=f"{ends:%d/%m}"),
            )
