"""Show the whole report of a unit as it was sent."""

from decimal import Decimal
from typing import Any

from bot.conversation import HOME, Visit
from bot.dialogue import Button, Say, Scene
from bot.language import Count, Part, Time, _, person_names
from bot.movement import Area, Target
from bot.office.duties import record_files
from bot.office.duties.duty_kinds import subject_of
from bot.office.onbehalf import sources
from bot.office.report.amount_questions import with_saving
from bot.office.report.amounts import Quantity
from bot.office.report.facts import ReportFacts
from bot.office.report.kinds import Story, fits
from bot.office.report.known import full_name
from bot.office.report.pages import form_of
from bot.office.report.part_questions import area_label
from bot.office.report.sending import value_of
from bot.office.report.share_answers import Share
from storage import results, unit_history
from storage.people import Unit
from storage.results import Narrative, ReportedFigure, SentReport


def unit_named(visit: Visit, said: str) -> Unit | None:
    """Return the unit that is surely meant, or alone nearly so."""
    meant = person_names.unit_meant(said, visit.tx.all(unit_history.EVER_UNITS))
    return next(iter(meant.sure or (meant.near if len(meant.near) == 1 else ())), None)


def shown(visit: Visit, result: SentReport) -> Say:
    """Show the whole report, with its files."""
    return Say(
        lines(visit, result), buttons=(*record_files.button(visit, result.code), as_word(result), HOME), whole=True
    )


def as_word(result: SentReport) -> Button:
    """Return the button that makes a paper of it."""
    return Button(_("As a Word file"), f"/banword baocao {result.code}")


def lines(visit: Visit, result: SentReport) -> list[Part]:
    """Return the whole report as it was sent."""
    year, unit = result.year, result.unit
    scene = visit.scene(ReportFacts(visit, subject_of(unit, year), result.until))
    figures = {f.target: f for f in visit.tx.all(results.FIGURES_OF, id=result.id)}
    parts = {p.section: p for p in visit.tx.all(results.NARRATIVES_OF, id=result.id)}
    said: list[Part] = [
        _("Report of {year} by {unit}", year=year, unit=result.unit_name),
        _(
            "{code}, version {version}, first sent at {at}",
            code=result.code,
            version=result.version,
            at=Time(result.at),
        ),
        _("Figures until the end of {day}", day=result.until or visit.plan.figures_day(year, result.given)),
        *sources.mark(visit.tx, result.code),
    ]
    if result.late:
        said.append(_("⚠️ {when}", when=_("sent {n} days after the last day", n=Count(result.late))))
    for target in visit.plan.asked_about:
        figure = figures.get(target.code)
        if figure is not None:
            said.append(_figure_line(figure, target, scene))
        elif not target.asked:
            known = form_of(visit.plan)[target.code].kind.show("known", scene)
            said.append(_("{label}: {value}", label=full_name(target), value=known))
    for _page, part in visit.plan.narrative:
        if part.code in parts:
            label = area_label(part) if isinstance(part, Area) else part.name
            said.append(_("{label}: {value}", label=label, value=_said(parts[part.code], part.code, visit)))
    return said


def answered(target: Target, given: Any, scene: Scene) -> Part:
    """Say what was answered for a target as it is measured today; of an amount also how much was saved."""
    if not isinstance(given, dict) or not target.amount:
        return Share(target).show(given, scene)
    return with_saving(target, given, Quantity(target).show(given, scene), scene)


def value(figure: ReportedFigure, target: Target, scene: Scene) -> Part:
    """Say a figure as it was given, whatever the plan asks today."""
    given = value_of(figure)
    if not isinstance(given, dict):
        said = Share(target).show(given, scene)
    elif target.kept_as == figure.kept_as and fits(target, given):
        said = answered(target, given, scene)
    elif "d" in given:
        said = _("{n}/{d}", n=Decimal(given["n"]), d=Decimal(given["d"]))
    else:
        said = _("{n} {unit}", n=Decimal(given["n"]), unit=given["in"])
    return _("{value} (on the day of sending)", value=said) if target.as_of == "sent" else said


def _figure_line(figure: ReportedFigure, target: Target, scene: Scene) -> Part:
    said = value(figure, target, scene)
    if figure.note:
        said = _("{value}. {note}", value=said, note=figure.note)
    return _("{label}: {value}", label=full_name(target), value=said)


def _said(part: Narrative, code: str, visit: Visit) -> Part:
    field = form_of(visit.plan)[code]
    assert isinstance(field.kind, Story)
    value: Any = {"mark": part.mark} if part.mark else part.text
    return field.kind.show(value, visit.scene())
