"""What the unit itself reported a year ago, as it is said beside this year's figure or text; never taken for this year's. Pure."""

from bot.dialogue import Scene
from bot.language import Part, _
from bot.movement import Target
from bot.office.report.amounts import Quantity
from bot.office.report.facts import ReportFacts
from bot.office.report.known import last_share
from bot.office.report.share_answers import Share


def figure_said(target: Target, scene: Scene) -> Part | None:
    """Return last year's figure of the unit; None without one."""
    if target.amount:
        figure = ReportFacts.of(scene).last_figure(target)
        if figure is None or figure.numerator is None:
            return None
        value = {"n": format(figure.numerator, "f"), "estimate": figure.estimate, "in": target.unit}
        return Quantity(target).show(value, scene)
    last = last_share(target, scene)
    if last is None or isinstance(last, str):
        return None if last is None else Share(target).show(last, scene)
    return _("{n}/{d}", n=last["n"], d=last["d"])


def reported(target: Target, scene: Scene) -> list[Part]:
    """Return what the unit itself reported last year."""
    value, year = figure_said(target, scene), ReportFacts.of(scene).year - 1
    return [] if value is None else [_("In {year} the unit reported: {value}.", year=year, value=value)]


LONGEST = 240
"""Characters of last year's text that stand beside a question; the whole is one «như năm ngoái» away."""


def told_last_year(code: str, nothing: Part, scene: Scene) -> list[Part]:
    """Return what the report of the year before says in a part, to be seen beside its question."""
    last, year = ReportFacts.of(scene).last.narratives.get(code), ReportFacts.of(scene).year - 1
    if last is None or not (last.text or last.mark):
        return []
    if last.mark:
        said: Part = _("Not among the unit's functions and tasks") if last.mark == "outside" else nothing
    else:
        said = last.text if len(last.text) <= LONGEST else f"{last.text[:LONGEST].rstrip()}…"
    return [_("In {year} the report said: {text}", year=year, text=said)]
