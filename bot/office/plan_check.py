"""`thidua check`: what is wrong in a plan file, or, when it is right, the coming year's calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.language import Count, Part, Weekday, _
from bot.movement import BadPlan, Calendar, Duty, Plan, Year, periods, rungs
from bot.office.reminding.occasion_texts import rung_name


@dataclass(frozen=True, slots=True)
class Report:
    """The lines to print, and how many problems there are."""

    lines: Sequence[Part]
    problems: int


def check(text: str, calendar: Calendar, today: date) -> Report:
    """Look a plan's text over."""
    try:
        plan = Plan.parse(text)
    except BadPlan as bad:
        return Report(problems_of(bad), len(bad.problems))
    return Report(_calendar(plan, calendar, today), 0)


def problems_of(bad: BadPlan) -> list[Part]:
    """Everything that is wrong in a plan's text, a line each."""
    lines: list[Part] = [_("The plan file has {n} problems:", n=Count(len(bad.problems)))]
    for problem in bad.problems:
        if problem.expected:
            lines.append(
                _(
                    "- {where}: {what}. Expected: {expected}.",
                    where=problem.where,
                    what=problem.what,
                    expected=problem.expected,
                )
            )
        else:
            lines.append(_("- {where}: {what}.", where=problem.where, what=problem.what))
    return lines


def _calendar(plan: Plan, calendar: Calendar, today: date) -> list[Part]:
    lines: list[Part] = [
        _(
            "The plan file is right: «{name}», {office}, {first} - {last}.",
            name=plan.name,
            office=plan.office.name,
            first=plan.first_year,
            last=plan.last_year,
        ),
        _(
            "{areas} areas, {targets} targets, {duties} duties a year.",
            areas=Count(len(plan.areas)),
            targets=Count(len(plan.targets)),
            duties=Count(sum(duty.yearly for duty in plan.duties)),
        ),
    ]
    for duty in (each for each in plan.duties if each.yearly):
        known = duty.last_day(today.year) or plan.duty("results").last_day(today.year)
        year = _coming_year(plan, known, today)
        due = duty.last_day(year)
        if due is None:
            lines.append(
                _(
                    "{duty} ({basis}) {year}: no date given yet; the office enters it, until then nobody is reminded.",
                    duty=duty.name,
                    basis=_basis(plan, duty),
                    year=year,
                )
            )
            continue
        period = periods(plan, [Year(year)], {}, calendar, [duty.code])[0]
        last = calendar.previous_workday(due)
        lines.append(
            _(
                "{duty} ({basis}) {year}: due by the end of {due} ({weekday}), last working day {last}.",
                duty=duty.name,
                basis=_basis(plan, duty),
                year=year,
                due=due,
                weekday=Weekday(due),
                last=last,
            )
        )
        for rung in rungs(period, plan, calendar):
            lines.append(
                _(
                    "  {at} {weekday}, {day}: {rung}",
                    at=f"{rung.at:%H:%M}",
                    weekday=Weekday(rung.day),
                    day=rung.day,
                    rung=rung_name(rung.code),
                )
            )
    for watch in plan.radar:
        day = watch.day(_coming_year(plan, watch.day(today.year), today))
        lines.append(
            _(
                "Target {code} ({target}): its pace is looked at from {day} on.",
                code=watch.target,
                target=plan.target(watch.target).short,
                day=day,
            )
        )
    return lines


def _basis(plan: Plan, duty: Duty) -> Part:
    if duty.basis == "office":
        return _("by the rule of {desk}", desk=plan.office.desk)
    return _("clause {clause}", clause=duty.clause)


def _coming_year(plan: Plan, due: date | None, today: date) -> int:
    year = today.year if due is None or due >= today else today.year + 1
    return min(max(year, plan.first_year), plan.last_year)
