"""`thidua check`: what is wrong in a plan file, or, when it is right, the coming year's calendar."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.language import Count, First, Part, Weekday, _
from bot.movement import BadPlan, Calendar, Duty, Plan, Year, periods, rungs
from bot.office.reminding.occasion_texts import rung_name


@dataclass(frozen=True, slots=True)
class Report:
    """The lines to print, and how many problems there are."""

    lines: Sequence[Part]
    problems: int


def check(text: str, calendar: Calendar, today: date, commands: Collection[str] | None = None) -> Report:
    """Look a plan's text over; `commands` are the assistant's, where duties are to be looked up among them."""
    try:
        plan = Plan.parse(text, commands)
    except BadPlan as bad:
        return Report(problems_of(bad), len(bad.problems))
    return Report([*_heads(plan), *_duties(plan, calendar, today), *_watches(plan, today)], 0)


def problems_of(bad: BadPlan) -> list[Part]:
    """Return everything that is wrong in a plan's text, a line each."""
    lines: list[Part] = [_("The plan file has {n} problems:", n=Count(len(bad.problems)))]
    lines += [
        _(
            "- {where}: {what}. Expected: {expected}. Example: {example}",
            where=First(problem.place),
            what=problem.what,
            expected=problem.expected,
            example=problem.example,
        )
        for problem in bad.problems
    ]
    return lines


# The coming year --------------------------------------------------------------------------------


def _heads(plan: Plan) -> Iterator[Part]:
    yield _(
        "The plan file is right: «{name}», {office}, {first} - {last}.",
        name=plan.name,
        office=plan.office.name,
        first=plan.first_year,
        last=plan.last_year,
    )
    yield _(
        "{areas} areas, {targets} targets, {duties} duties a year.",
        areas=Count(len(plan.areas)),
        targets=Count(len(plan.targets)),
        duties=Count(sum(duty.yearly and not duty.years for duty in plan.all_duties)),
    )


def _duties(plan: Plan, calendar: Calendar, today: date) -> Iterator[Part]:
    """Yield each yearly duty with its last day, and the rungs of its ladder below it."""
    for duty in (each for each in plan.all_duties if each.yearly):
        year = _year_of(plan, duty, today)
        about = {"duty": duty.name, "basis": _basis(plan, duty), "year": year}
        due = duty.last_day(year)
        if due is None:
            yield _(
                "{duty} ({basis}) {year}: no date given yet; the office enters it, until then nobody is reminded.",
                **about,
            )
            continue
        yield _(
            "{duty} ({basis}) {year}: due by the end of {due} ({weekday}), last working day {last}.",
            due=due,
            weekday=Weekday(due),
            last=calendar.previous_workday(due),
            **about,
        )
        for rung in rungs(periods(plan, [Year(year)], {}, calendar, [duty.code])[0], plan, calendar):
            yield _(
                "  {at} {weekday}, {day}: {rung}",
                at=f"{rung.at:%H:%M}",
                weekday=Weekday(rung.day),
                day=rung.day,
                rung=rung_name(rung.code),
            )


def _watches(plan: Plan, today: date) -> Iterator[Part]:
    for watch in plan.radar:
        day = watch.day(_coming_year(plan, watch.day(today.year), today))
        yield _(
            "Target {code} ({target}): its pace is looked at from {day} on.",
            code=watch.target,
            target=plan.target(watch.target).short,
            day=day,
        )


def _basis(plan: Plan, duty: Duty) -> Part:
    if duty.basis == "office":
        return _("by the rule of {desk}", desk=plan.office.desk)
    return _("clause {clause}", clause=duty.clause)


def _year_of(plan: Plan, duty: Duty, today: date) -> int:
    """Return the year of which a duty is shown: the coming one in which it is owed."""
    year = _coming_year(plan, duty.last_day(today.year) or plan.reports.last_day(today.year), today)
    return next((each for each in sorted(duty.years) if each >= year), max(duty.years, default=year))


def _coming_year(plan: Plan, due: date | None, today: date) -> int:
    year = today.year if due is None or due >= today else today.year + 1
    return min(max(year, plan.first_year), plan.last_year)
