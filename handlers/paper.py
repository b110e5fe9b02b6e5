"""Paper, as the office enters it: what each unit's saving is measured against, or the whole office's own use."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from bot.conversation import HOME, Command, Conversation, Feature, Visit, allowed
from bot.dialogue import Answers, Button, Choice, Field, Form, Number, OneOf, Say, Scene
from bot.language import Part, Text, _
from bot.movement import May, Plan, Target
from bot.office.report import paper_figures
from bot.office.report.paper_figures import BaselineFacts, OfficeFacts
from storage import baselines, office_figures, people


def run_baselines(visit: Visit, args: str) -> Say:
    """Answer «/mocgiay»: what paper is measured against; with a unit's code, or a year, enter one."""
    target = next((each for each in visit.plan.targets if each.counts == "paper" and each.asked), None)
    if target is None:
        return Say([_("The plan asks nobody for paper.")], buttons=(HOME,))
    return _of_office(visit, args, target) if target.asked_of == "office" else _of_units(visit, args, target)


def _of_units(visit: Visit, args: str, target: Target) -> Say:
    units = [unit for unit in visit.tx.all(people.UNITS) if unit.kind != "doan_the"]
    chosen = visit.tx.one(people.UNIT, code=args.strip())
    if chosen is not None and chosen in units:
        return visit.open(BASELINE, chosen.code)
    lines, without = paper_figures.of_units(visit, units, target)
    buttons = [Button(unit.name, f"/mocgiay {unit.code}") for unit in without[:8]]
    return Say(
        [
            _("What the saving of paper is measured against"),
            *lines,
            _("To change one, type for example: /mocgiay {unit}", unit=units[0].code),
        ],
        buttons=(*buttons, HOME),
    )


def _of_office(visit: Visit, args: str, target: Target) -> Say:
    """Return one amount a year of the whole office; the first year is what the others are measured against."""
    years = range(visit.plan.first_year - 1, min(visit.now.year, visit.plan.last_year) + 1)
    if args.strip() in map(str, years):
        return visit.open(OFFICE, args.strip())
    buttons = [Button(_("Paper of {year}", year=year), f"/mocgiay {year}") for year in years]
    head = _("Paper of the whole office; the units are not asked for it")
    return Say([head, *paper_figures.of_office(visit, years, target)], buttons=(*buttons, HOME))


# The two amounts ------------------------------------------------------------------------------


def _amounts(plan: Plan, ten: tuple[Text, str], whole: tuple[Text, str]) -> tuple[Field, Field]:
    """Return ten months and the whole year: each its question with an example."""
    kind, unknown = Number(paper_figures.paper(plan).measured_in), _("Unknown")
    return (
        Field("ten_months", _("Ten months"), ten[0], kind, example=ten[1], skip=unknown),
        Field("whole_year", _("Whole year"), whole[0], kind, example=whole[1], skip=unknown, refuse=at_least_one),
    )


def at_least_one(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """Refuse a whole year that is less than its first ten months."""
    ten = answers.get("ten_months")
    if ten is None or Decimal(value) >= Decimal(ten):
        return None
    return _(
        "The whole year ({whole}) cannot be less than its ten months ({ten}). Please check one of the two.",
        whole=Decimal(value),
        ten=Decimal(ten),
    )


def _given(answers: Answers) -> dict[str, Decimal | None]:
    return {code: Decimal(answers[code]) if answers.get(code) else None for code in ("ten_months", "whole_year")}


# A unit's baseline ----------------------------------------------------------------------------


def base_years(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Return the year before the movement began, or its first."""
    first = scene.plan.first_year
    return [Choice(year, str(year)) for year in (first - 1, first)]


@cache
def baseline_form(plan: Plan) -> Form:
    """Return the form of a baseline, in the unit of measure of the plan's paper."""
    return Form(
        "baseline",
        title=lambda answers, scene: _("Baseline of paper: {unit}", unit=BaselineFacts.of(scene).unit.name),
        fields=(
            Field(
                "year",
                _("Year"),
                _("Which year is the saving measured against?"),
                OneOf(base_years),
                choices=base_years,
            ),
            *_amounts(
                plan,
                (_("How many ram of A4 from 01/01 to the end of 31/10 of that year?"), "35"),
                (_("How many ram of A4 in the whole of that year?"), "42"),
            ),
        ),
        send=lambda answers, scene: _("Set the baseline"),
        review=lambda answers, scene: [_("The unit sees it beside its own figure of paper.")],
    )


def set_baseline(visit: Visit, subject: str, answers: Answers) -> Say:
    """Store a unit's baseline; reports are measured against it from now on."""
    tx, year = visit.tx, answers["year"]
    baselines.put(tx, unit=subject, year=year, **_given(answers), by=visit.me.id, now=visit.said)
    visit.note("baseline_set", subject, year=year)
    unit = tx.one(people.UNIT, code=subject)
    assert unit is not None
    return Say(
        [_("✅ The baseline of {unit} is kept.", unit=unit.name)],
        buttons=(Button(_("All baselines"), "/mocgiay"), HOME),
    )


# The office as one ----------------------------------------------------------------------------


@cache
def office_form(plan: Plan) -> Form:
    """Return the form of a year's paper of the whole office."""
    return Form(
        "office_paper",
        title=lambda answers, scene: _("Paper of the whole office in {year}", year=OfficeFacts.of(scene).year),
        fields=_amounts(
            plan,
            (_("How many ram of A4 has the whole office used from 01/01 to the end of 31/10 of that year?"), "350 ram"),
            (_("How many ram of A4 has the whole office used in the whole of that year?"), "420 ram"),
        ),
        send=lambda answers, scene: _("Keep the amount"),
        review=lambda answers, scene: [_("It stands in the summary as the figure of the whole office.")],
    )


def set_office(visit: Visit, subject: str, answers: Answers) -> Say:
    """Store the office's amount of a year."""
    target, year = paper_figures.paper(visit.plan), int(subject)
    amounts = _given(answers)
    office_figures.put(visit.tx, target=target.code, year=year, **amounts, by=visit.me.id, now=visit.said)
    visit.note("office_figure_set", subject)
    return Say(
        [_("✅ The paper of the whole office in {year} is kept.", year=year)],
        buttons=(Button(_("All years"), "/mocgiay"), HOME),
    )


BASELINE = Conversation(
    "baseline",
    title=lambda plan, subject: _("Setting a baseline of paper"),
    form=baseline_form,
    file=set_baseline,
    serves=allowed(May.SETTLE),
    facts=BaselineFacts,
)
OFFICE = Conversation(
    "office_paper",
    title=lambda plan, subject: _("Paper of the whole office in {year}", year=int(subject)),
    form=office_form,
    file=set_office,
    serves=allowed(May.SETTLE),
    facts=OfficeFacts,
)
BASELINES = Command(
    "mocgiay", _("Baselines of paper"), _("baselines"), run_baselines, allowed(May.SETTLE), listed=False
)
FEATURE = Feature(__name__, commands=(BASELINES,), forms=(BASELINE, OFFICE))
