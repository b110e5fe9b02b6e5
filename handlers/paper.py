"""Paper, as the office enters it: what each unit's saving is measured against, or the whole office's own use."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from bot.conversation import Command, Conversation, Facts, Feature, Visit, allowed
from bot.dialogue import Answers, Button, Choice, Field, Form, Number, OneOf, Say, Scene
from bot.language import Part, _
from bot.movement import May, Plan, Target
from storage import baselines, office_figures, people


def run_baselines(visit: Visit, args: str) -> Say:
    """«/mocgiay» shows what paper is measured against; with a unit's code, or a year, one is entered."""
    target = next((each for each in visit.plan.targets if each.counts == "paper" and each.asked), None)
    if target is None:
        return Say([_("The plan asks nobody for paper.")], buttons=(Button(_("Home"), "/menu"),))
    return _of_office(visit, args, target) if target.asked_of == "office" else _of_units(visit, args, target)


def _of_units(visit: Visit, args: str, target: Target) -> Say:
    units = [unit for unit in visit.tx.all(people.UNITS) if unit.kind != "doan_the"]
    chosen = visit.tx.one(people.UNIT, code=args.strip())
    if chosen is not None and chosen in units:
        return visit.open(BASELINE, chosen.code)
    lines: list[Part] = [_("What the saving of paper is measured against")]
    without = []
    for unit in units:
        known = visit.tx.one(baselines.FOR_REPORT, unit=unit.code, year=visit.now.year + 1)
        if known is None:
            without.append(unit)
            lines.append(_("{unit}: not entered yet", unit=unit.name))
        else:
            lines.append(
                _(
                    "{unit}: year {year}, ten months {ten}, whole year {whole}",
                    unit=unit.name,
                    year=known.year,
                    ten=_amount(target, known.ten_months),
                    whole=_amount(target, known.whole_year),
                )
            )
    buttons = [Button(unit.name, f"/mocgiay {unit.code}") for unit in without[:8]]
    return Say(
        [*lines, _("To change one, type for example: /mocgiay {unit}", unit=units[0].code)],
        buttons=(*buttons, Button(_("Home"), "/menu")),
    )


def _of_office(visit: Visit, args: str, target: Target) -> Say:
    """One amount a year of the whole office; the first year is what the others are measured against."""
    years = range(visit.plan.first_year - 1, min(visit.now.year, visit.plan.last_year) + 1)
    if args.strip() in map(str, years):
        return visit.open(OFFICE, args.strip())
    known = {each.year: each for each in visit.tx.all(office_figures.ALL, target=target.code)}
    lines: list[Part] = [_("Paper of the whole office; the units are not asked for it")]
    for year in years:
        if year in known:
            ten, whole = (_amount(target, each) for each in (known[year].ten_months, known[year].whole_year))
            lines.append(_("Year {year}: ten months {ten}, whole year {whole}", year=year, ten=ten, whole=whole))
        else:
            lines.append(_("Year {year}: not entered yet", year=year))
    buttons = [Button(_("Paper of {year}", year=year), f"/mocgiay {year}") for year in years]
    return Say(lines, buttons=(*buttons, Button(_("Home"), "/menu")))


def _amount(target: Target, value: Decimal | None) -> Part:
    return _("{n} {unit}", n=value, unit=target.unit) if value is not None else _("unknown")


def paper(plan: Plan) -> Target:
    """The target that is measured against a baseline; only its own forms ask."""
    return next(target for target in plan.targets if target.counts == "paper")


def base_years(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """The year before the movement began, or its first."""
    first = scene.plan.first_year
    return [Choice(year, str(year)) for year in (first - 1, first)]


def at_least_one(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """A whole year is not less than its first ten months."""
    ten = answers.get("ten_months")
    if ten is not None and Decimal(value) < Decimal(ten):
        return _(
            "The whole year ({whole}) cannot be less than its ten months ({ten}). Please check one of the two.",
            whole=Decimal(value),
            ten=Decimal(ten),
        )
    return None


@cache
def baseline_form(plan: Plan) -> Form:
    """The form of a baseline, in the unit of measure of the plan's paper."""
    amount = Number(paper(plan).measured_in)
    return Form(
        "baseline",
        title=lambda answers, scene: _("Baseline of paper: {unit}", unit=scene.facts["unit"].name),
        fields=(
            Field(
                "year",
                _("Year"),
                _("Which year is the saving measured against?"),
                OneOf(base_years),
                choices=base_years,
            ),
            Field(
                "ten_months",
                _("Ten months"),
                _("How many ram of A4 from 01/01 to the end of 31/10 of that year?"),
                amount,
                example="35",
                skip=_("Unknown"),
            ),
            Field(
                "whole_year",
                _("Whole year"),
                _("How many ram of A4 in the whole of that year?"),
                amount,
                example="42",
                skip=_("Unknown"),
                refuse=at_least_one,
            ),
        ),
        send=lambda answers, scene: _("Set the baseline"),
        review=lambda answers, scene: [_("The unit sees it beside its own figure of paper.")],
    )


def baseline_facts(visit: Visit, subject: str) -> Facts:
    """The unit."""
    return Facts(unit=lambda: visit.tx.one(people.UNIT, code=subject))


def set_baseline(visit: Visit, subject: str, answers: Answers) -> Say:
    """Keep a unit's baseline; reports are measured against it from now on."""
    ten, whole = (Decimal(answers[code]) if answers.get(code) else None for code in ("ten_months", "whole_year"))
    baselines.put(
        visit.tx, unit=subject, year=answers["year"], ten_months=ten, whole_year=whole, by=visit.me.id, now=visit.said
    )
    visit.note("baseline_set", subject, year=answers["year"])
    unit = visit.tx.one(people.UNIT, code=subject)
    assert unit is not None
    return Say(
        [_("✅ The baseline of {unit} is kept.", unit=unit.name)],
        buttons=(Button(_("All baselines"), "/mocgiay"), Button(_("Home"), "/menu")),
    )


# The office as one ----------------------------------------------------------------------------


@cache
def office_form(plan: Plan) -> Form:
    """The form of a year's paper of the whole office."""
    amount = Number(paper(plan).measured_in)
    return Form(
        "office_paper",
        title=lambda answers, scene: _("Paper of the whole office in {year}", year=scene.facts["year"]),
        fields=(
            Field(
                "ten_months",
                _("Ten months"),
                _("How many ram of A4 has the whole office used from 01/01 to the end of 31/10 of that year?"),
                amount,
                example="350 ram",
                skip=_("Unknown"),
            ),
            Field(
                "whole_year",
                _("Whole year"),
                _("How many ram of A4 has the whole office used in the whole of that year?"),
                amount,
                example="420 ram",
                skip=_("Unknown"),
                refuse=at_least_one,
            ),
        ),
        send=lambda answers, scene: _("Keep the amount"),
        review=lambda answers, scene: [_("It stands in the summary as the figure of the whole office.")],
    )


def set_office(visit: Visit, subject: str, answers: Answers) -> Say:
    """Keep the office's amount of a year."""
    ten, whole = (Decimal(answers[code]) if answers.get(code) else None for code in ("ten_months", "whole_year"))
    office_figures.put(
        visit.tx,
        target=paper(visit.plan).code,
        year=int(subject),
        ten_months=ten,
        whole_year=whole,
        by=visit.me.id,
        now=visit.said,
    )
    visit.note("office_figure_set", subject)
    return Say(
        [_("✅ The paper of the whole office in {year} is kept.", year=int(subject))],
        buttons=(Button(_("All years"), "/mocgiay"), Button(_("Home"), "/menu")),
    )


BASELINE = Conversation(
    "baseline",
    title=lambda plan, subject: _("Setting a baseline of paper"),
    form=baseline_form,
    file=set_baseline,
    serves=allowed(May.SETTLE),
    facts=baseline_facts,
)
OFFICE = Conversation(
    "office_paper",
    title=lambda plan, subject: _("Paper of the whole office in {year}", year=int(subject)),
    form=office_form,
    file=set_office,
    serves=allowed(May.SETTLE),
    facts=lambda visit, subject: Facts(year=lambda: int(subject)),
)
BASELINES = Command(
    "mocgiay", _("Baselines of paper"), _("baselines"), run_baselines, allowed(May.SETTLE), listed=False
)
FEATURE = Feature(__name__, commands=(BASELINES,), forms=(BASELINE, OFFICE))
