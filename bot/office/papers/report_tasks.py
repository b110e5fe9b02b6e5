"""What the office has to do about its yearly report in the months after the units' last day: make it, close gaps, sign. Inside the transaction."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from bot.conversation import Visit
from bot.language import Count, Part, _
from bot.movement import May, counted_on
from storage import deadlines, office_papers
from storage.office_papers import PaperStage

SEASON = timedelta(days=120)
"""How long after the last day of the units' reports it is shown."""


def tasks(visit: Visit) -> Iterator[tuple[Part, Part, str]]:
    """Yield where the report of each year in season stands, its button, the command that goes on with it."""
    if not visit.may(May.RECEIVE):
        return
    plan, today = visit.plan, visit.now.date()
    given = {(row.duty, row.year): row.day for row in visit.tx.all(deadlines.DEADLINES)}
    for year in (each.year for each in visit.tx.all(deadlines.YEARS) if not each.quiet):
        last = counted_on(plan, plan.reports, year, given)
        if last < today <= last + SEASON:
            yield from _standing(visit, year)


def _standing(visit: Visit, year: int) -> Iterator[tuple[Part, Part, str]]:
    newest = visit.tx.one(office_papers.NEWEST, first=year, last=year)
    if newest is None:
        text = _("The office's report of {year}: the draft is not made yet", year=year)
        yield text, _("Make the draft"), f"/tonghop word {year}"
        return
    about: dict[str, Any] = {"year": year, "n": newest.n, "gaps": Count(newest.gaps)}
    if newest.stage is PaperStage.DRAFT and newest.gaps:
        yield (
            _("The office's report of {year}: draft {n}, {gaps} gaps open", **about),
            _("What is missing"),
            f"/tonghop phanchua {year}",
        )
    elif newest.stage is PaperStage.DRAFT:
        text = _("The office's report of {year}: draft {n}, not signed yet", **about)
        yield text, _("Record as signed"), f"/tonghop daky {year}"
    elif newest.stage is PaperStage.EDITED:
        text = _("The office's report of {year}: the office's own version {n}, not signed yet", **about)
        yield text, _("Record as signed"), f"/tonghop daky {year}"
