"""Several years of the movement at once, for its reviews: «/tonghop 2026-2027»."""

from collections.abc import Mapping
from typing import Any

from bot.conversation import HOME, Feature, JobContext, JobKind, JobResult, Visit, allowed
from bot.dialogue import Button, Say
from bot.language import Joined, Part, _, read_years
from bot.movement import May, Role, by_post
from bot.office import opened_years
from bot.office.report import period, period_words


def run(visit: Visit, args: str) -> Say | None:
    """Begin the summary of the years that were said, as far as they can be shown; say which cannot."""
    said = read_years(args, visit.said.date()).years
    can = sorted(year for year in said if opened_years.can_show(visit.plan, year, visit.now.date()))
    if len(can) < 2:
        year = opened_years.one(visit, args, opened_years.collecting(visit), "/tonghop {year}")
        return (
            year if isinstance(year, Say) else Say([_("Only {year} can be shown yet.", year=year)], buttons=_years(can))
        )
    return visit.start_job(PERIOD, years=can, left_out=sorted(set(said) - set(can)))


def _years(years: list[int]) -> tuple[Button, ...]:
    return (*(Button(_("Year {year}", year=year), f"/tonghop {year}") for year in years), HOME)


async def told(context: JobContext, about: Mapping[str, Any]) -> JobResult:
    """Return the years in words, each with a button of its own."""
    found = await period.read(context.snapshot, context.office, about["years"], context.now)
    lines: list[Part] = []
    if about["left_out"]:
        names = Joined([f"{year}" for year in about["left_out"]])
        lines.append(_("Nothing can be shown yet of: {years}.", years=names))
    if context.person is not None and context.person.role == Role.LEADER:
        lines.append(_("Reporting to {whom}:", whom=by_post(context.person)))
    reviews = [Button(_("Reviews"), "/giaidoan")] if found.review is not None else []
    if context.person is not None and context.person.role != Role.LEADER:
        years = f"{found.first}-{found.last}"
        reviews.append(Button(_("As a Word file"), f"/tonghop word {years}"))
    return JobResult(Say([*lines, *period_words.lines(found)], buttons=(*reviews, *_years(list(about["years"])))))


PERIOD = JobKind("period", told, allowed(May.SUMMARISE))
FEATURE = Feature(__name__, jobs=(PERIOD,))
