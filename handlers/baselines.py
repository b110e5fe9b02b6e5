"""What the office enters of amounts: what each unit's are measured against, and its own, where it is asked as one."""

from functools import cache
from typing import Any

from bot.conversation import HOME, Command, Conversation, Feature, Visit, allowed
from bot.dialogue import Answers, Button, Field, Form, OneOf, Say
from bot.language import Inside, _
from bot.movement import May, Plan, Target
from bot.office.report import entered
from bot.office.report.entered import EnteredFacts, rest_of, target_entered, target_of
from bot.office.report.entered_fields import amounts
from storage import baselines, office_figures, people


def run_baselines(visit: Visit, args: str) -> Say:
    """Answer «/moc»: what amounts are measured against; with a unit's code, or a year, enter one."""
    may = entered.entered_at_all(visit.plan)
    if not may:
        return Say([_("The plan measures nothing against a year before.")], buttons=(HOME,))
    code, _space, rest = args.strip().partition(" ")
    target = next((each for each in may if each.code == code), None)
    if target is None and len(may) > 1:
        buttons = [Button(each.short, f"/{each.command} {each.code}") for each in may]
        return Say([_("Which amounts are entered?")], buttons=(*buttons, HOME))
    target, rest = (may[0], args.strip()) if target is None else (target, rest.strip())
    says = entered.list_of(visit.plan, target)
    return (_of_office if target.of_office else _of_units)(visit, rest, target, says)


def _of_units(visit: Visit, said: str, target: Target, says: str) -> Say:
    units = entered.owing(visit)
    chosen = visit.tx.one(people.UNIT, code=said)
    if chosen is not None and chosen in units:
        return visit.open(BASELINE, f"{target.code}:{chosen.code}")
    buttons = [Button(unit.name, f"{says} {unit.code}") for unit in entered.without(visit, target)[:8]]
    return Say(
        [
            _("What the units are measured against: {what}", what=Inside(target.short)),
            *entered.unit_lines(visit, units, target),
            _("To change one, type for example: {says} {unit}", says=says, unit=units[0].code),
        ],
        buttons=(*buttons, HOME),
    )


def _of_office(visit: Visit, said: str, target: Target, says: str) -> Say:
    """Return one amount a year of the whole office; the first year is what a reduction is measured against."""
    years = range(visit.plan.first_year - target.reduces, min(visit.now.year, visit.plan.last_year) + 1)
    if said in map(str, years):
        return visit.open(OFFICE, f"{target.code}:{said}")
    buttons = [Button(_("Amount of {year}", year=year), f"{says} {year}") for year in years]
    head = _("{what} of the whole office; the units are not asked for it", what=target.short)
    return Say([head, *entered.office_lines(visit, years, target)], buttons=(*buttons, HOME))


# A unit's baseline ----------------------------------------------------------------------------


@cache
def baseline_form(plan: Plan) -> Form:
    """Return the form of a baseline; it asks in the words and the unit of measure of its target."""
    return Form(
        "baseline",
        title=lambda answers, scene: _(
            "Baseline of {what}: {unit}", what=target_entered(scene).named, unit=EnteredFacts.of(scene).unit.name
        ),
        fields=(
            Field(
                "year",
                _("Year"),
                _("Which year is it measured against?"),
                OneOf(entered.base_years),
                choices=entered.base_years,
            ),
            *amounts(
                plan,
                lambda day, question: _(
                    "From 01/01 to the end of {day} of that year, the unit: {question}?", day=day, question=question
                ),
                lambda day, question: _("In the whole of that year, the unit: {question}?", question=question),
            ),
        ),
        send=lambda answers, scene: _("Set the baseline"),
        review=lambda answers, scene: [
            _("The unit sees it beside its own figure of {what}.", what=target_entered(scene).named)
        ],
    )


def set_baseline(visit: Visit, subject: str, answers: Answers) -> Say:
    """Store a unit's baseline; reports are measured against it from now on."""
    tx, year, code = visit.tx, answers["year"], rest_of(subject)
    target = target_of(visit.plan, subject)
    unit = tx.one(people.UNIT, code=code)
    assert target is not None and unit is not None
    baselines.put(
        tx, unit=code, year=year, **entered.given(visit.plan, target, answers), by=visit.me.id, now=visit.said
    )
    visit.note("baseline_set", code, year=year, target=target.code)
    return Say(
        [_("✅ The baseline of {unit} is kept.", unit=unit.name)],
        buttons=(Button(_("All baselines"), entered.list_of(visit.plan, target)), HOME),
    )


# The office as one ----------------------------------------------------------------------------


@cache
def office_form(plan: Plan) -> Form:
    """Return the form of a year's amount of the whole office."""
    return Form(
        "office_figure",
        title=lambda answers, scene: _(
            "{what} of the whole office in {year}", what=target_entered(scene).short, year=EnteredFacts.of(scene).year
        ),
        fields=amounts(
            plan,
            lambda day, question: _(
                "From 01/01 to the end of {day} of that year, the whole office has: {question}?",
                day=day,
                question=question,
            ),
            lambda day, question: _("In the whole of that year, the whole office has: {question}?", question=question),
        ),
        send=lambda answers, scene: _("Keep the amount"),
        review=lambda answers, scene: [_("It stands in the summary as the figure of the whole office.")],
    )


def set_office(visit: Visit, subject: str, answers: Answers) -> Say:
    """Store the office's amount of a year."""
    target, year = target_of(visit.plan, subject), int(rest_of(subject))
    assert target is not None
    office_figures.put(
        visit.tx, year=year, **entered.given(visit.plan, target, answers), by=visit.me.id, now=visit.said
    )
    visit.note("office_figure_set", str(year), target=target.code)
    return Say(
        [_("✅ {what} of the whole office in {year} is kept.", what=target.short, year=year)],
        buttons=(Button(_("All years"), entered.list_of(visit.plan, target)), HOME),
    )


def _is_asked(visit: Visit, subject: Any) -> bool:
    """Whether the plan still has the target of a sheet."""
    return target_of(visit.plan, str(subject)) is not None


BASELINE = Conversation(
    "baseline",
    title=lambda plan, subject: _("Setting a baseline of {what}", what=entered.named(plan, subject)),
    form=baseline_form,
    file=set_baseline,
    serves=allowed(May.SETTLE, of=_is_asked),
    facts=EnteredFacts,
)
OFFICE = Conversation(
    "office_figure",
    title=lambda plan, subject: _(
        "{what} of the whole office in {year}", what=entered.named(plan, subject), year=rest_of(subject)
    ),
    form=office_form,
    file=set_office,
    serves=allowed(May.SETTLE, of=_is_asked),
    facts=EnteredFacts,
)
BASELINES = Command(
    "moc", _("Baselines"), _("baselines"), run_baselines, allowed(May.SETTLE), listed=False, seldom=True
)
EARLIER = Command("mocgiay", _("Baselines"), _("mocgiay"), run_baselines, allowed(May.SETTLE), listed=False)
"""The same by the name that buttons sent earlier have."""
FEATURE = Feature(__name__, commands=(BASELINES, EARLIER), forms=(BASELINE, OFFICE))
