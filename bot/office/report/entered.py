"""What the office enters itself: what each unit's amounts are measured against, its own amounts. Inside the transaction."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

from bot.conversation import Visit
from bot.dialogue import Answers, Choice, Facts, Scene
from bot.language import Inside, Part, Text, _
from bot.movement import Baseline, Plan, Target, owed_by
from bot.office.report import kept_numbers
from bot.office.report.amounts import amount_of, month_ends
from storage import baselines, office_figures, people
from storage.people import Unit

MONTHS = (
    _("One month"),
    _("Two months"),
    _("Three months"),
    _("Four months"),
    _("Five months"),
    _("Six months"),
    _("Seven months"),
    _("Eight months"),
    _("Nine months"),
    _("Ten months"),
    _("Eleven months"),
    _("Twelve months"),
)
"""The time until the cut-off, where that is the end of a month."""


def until_cutoff(plan: Plan) -> Text:
    """Name the time until the cut-off."""
    month, _day = plan.cutoff
    return MONTHS[month - 1] if month_ends(plan) else _("Until {day}", day=cutoff_said(plan))


def cutoff_said(plan: Plan) -> str:
    """Say the cut-off without a year: 31/10."""
    month, day = plan.cutoff
    return f"{day:02}/{month:02}"


def against_before(plan: Plan) -> list[Target]:
    """Return the targets whose units are measured against what was before."""
    return [target for target in plan.targets if target.of_units and target.reduces]


def of_office(plan: Plan) -> list[Target]:
    """Return the targets that the office gives as one."""
    return [target for target in plan.targets if target.of_office]


def entered_at_all(plan: Plan) -> list[Target]:
    """Return the targets of which the office enters something, in the plan's order."""
    return [target for target in plan.targets if target.of_office or (target.of_units and target.reduces)]


def list_of(plan: Plan, target: Target) -> str:
    """Return the command that lists what is entered of a target."""
    return f"/{target.command}" if entered_at_all(plan) == [target] else f"/{target.command} {target.code}"


def target_of(plan: Plan, subject: str) -> Target | None:
    """Return the target that a sheet is about: «5:TTr»; «TTr» was begun when there could be one only."""
    code, named, rest = subject.partition(":")
    office = (rest if named else code).isdecimal()
    may = [each for each in (of_office(plan) if office else against_before(plan)) if not named or each.code == code]
    return next(iter(may), None)


def rest_of(subject: str) -> str:
    """Return the unit or the year that a sheet is about."""
    return subject.rpartition(":")[2]


def named(plan: Plan, subject: str) -> Part:
    """Name what a sheet is about."""
    target = target_of(plan, subject)
    return "" if target is None else target.short if target.of_office else _("{what}", what=target.named)


def usable(visit: Visit, target: Target) -> dict[str, tuple[int, Baseline]]:
    """Return by unit the year it is measured against, and its amounts in today's unit of measure."""
    kept = visit.tx.all(baselines.BEFORE, year=visit.now.year + 1, day=visit.now.date())
    return {
        unit: of
        for (_target, unit), of in kept_numbers.baselines(
            visit.plan, [each for each in kept if each.target == target.code]
        ).items()
    }


def without(visit: Visit, target: Target) -> list[Unit]:
    """Return the units of which nothing is known with which a target could be measured."""
    known = usable(visit, target)
    return [unit for unit in owing(visit) if unit.code not in known]


def owing(visit: Visit) -> list[Unit]:
    """Return the units that owe figures."""
    units = {unit.code: unit for unit in visit.tx.all(people.UNITS) if unit.kind not in visit.plan.unions}
    kinds = {code: unit.kind for code, unit in units.items()}
    return [units[code] for code in owed_by(visit.plan, visit.plan.reports, list(units), (), kinds)]


def unit_lines(visit: Visit, units: Sequence[Unit], target: Target) -> list[Part]:
    """List what each unit is measured against."""
    known = usable(visit, target)
    lines: list[Part] = []
    for unit in units:
        if unit.code not in known:
            lines.append(_("{unit}: not entered yet", unit=unit.name))
        else:
            year, of = known[unit.code]
            lines.append(
                _(
                    "{unit}: year {year}, {span} {until}, whole year {whole}",
                    unit=unit.name,
                    year=year,
                    span=Inside(until_cutoff(visit.plan)),
                    until=amount_said(target, of.ten_months),
                    whole=amount_said(target, of.whole_year),
                )
            )
    return lines


def office_years(visit: Visit, target: Target) -> dict[int, Baseline]:
    """Return what is known of the whole office, by year."""
    kept = visit.tx.all(office_figures.ALL, target=target.code)
    found = {row.year: kept_numbers.baseline(visit.plan, target, row) for row in kept}
    return {year: of for year, of in found.items() if of != Baseline(None, None)}


def office_lines(visit: Visit, years: Iterable[int], target: Target) -> list[Part]:
    """List the whole office's amounts of these years."""
    known = office_years(visit, target)
    lines: list[Part] = []
    for year in years:
        if (of := known.get(year)) is None:
            lines.append(_("Year {year}: not entered yet", year=year))
        else:
            lines.append(
                _(
                    "Year {year}: {span} {until}, whole year {whole}",
                    year=year,
                    span=Inside(until_cutoff(visit.plan)),
                    until=amount_said(target, of.ten_months),
                    whole=amount_said(target, of.whole_year),
                )
            )
    return lines


def amount_said(target: Target, value: Decimal | None) -> Part:
    """Say an amount in its unit of measure, or that it is not known."""
    return _("{n} {unit}", n=value, unit=target.unit) if value is not None else _("unknown")


def base_years(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Return the year before the movement began, or its first."""
    first = scene.plan.first_year
    return [Choice(year, str(year)) for year in (first - 1, first)]


def given(plan: Plan, target: Target, answers: Answers) -> dict[str, Any]:
    """Return what was entered, as it is kept."""
    amounts = {code: amount_of(answers[code]) if answers.get(code) else None for code in ("ten_months", "whole_year")}
    return {**amounts, "target": target.code, "kept_as": target.kept_as, "until": kept_numbers.cutoff(plan)}


def less_than_part(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """Refuse a whole year that is less than its part until the cut-off."""
    part = answers.get("ten_months")
    if part is None or amount_of(value) >= amount_of(part):
        return None
    return _(
        "The whole year ({whole}) cannot be less than {span} ({part}). Please check one of the two.",
        whole=amount_of(value),
        span=Inside(until_cutoff(scene.plan)),
        part=amount_of(part),
    )


class EnteredFacts(Facts):
    """What the forms of a baseline and of the office's own amount look at."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self._visit, self._subject = visit, subject

    @cached_property
    def target(self) -> Target:
        """What is entered."""
        target = target_of(self._visit.plan, self._subject)
        assert target is not None  # the sheet serves nobody without
        return target

    @cached_property
    def unit(self) -> Unit:
        """Whose amount it is, where it is a unit's."""
        unit = self._visit.tx.one(people.UNIT, code=rest_of(self._subject))
        assert unit is not None
        return unit

    @property
    def year(self) -> int:
        """The year of the office's own amount."""
        return int(rest_of(self._subject))


def target_entered(scene: Scene) -> Target:
    """Return the target whose sheet it is."""
    return EnteredFacts.of(scene).target
