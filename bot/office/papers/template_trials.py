"""What a template is tried on: the values of a paper as the records give them now."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from bot.conversation import Office
from bot.language import Time, Words, _
from bot.office.papers import contents, drafting, office_report, paper_facts
from storage.db import Snapshot

Values = Callable[[Snapshot, Office, int, datetime], Awaitable[Mapping[str, Any] | None]]
ROWS = 40
"""Rows of a list that show how it looks."""


async def _report(snapshot: Snapshot, office: Office, year: int, now: datetime) -> Mapping[str, Any]:
    """Return the office's report of a year, as a draft: then everything of the template is printed."""
    period = await paper_facts.read(snapshot, office, [year], now)
    footer = _("Draft {n}, made at {at}", n=1, at=Time(now))
    return office_report.values(office_report.of(period), _words(office), draft=footer) | {"draft": True}


async def _changes(snapshot: Snapshot, office: Office, year: int, now: datetime) -> Mapping[str, Any]:
    """Return a list of changes as if the report had been empty before."""
    period, words = await paper_facts.read(snapshot, office, [year], now), _words(office)
    found = contents.compared({}, contents.of(office_report.of(period), words))[:ROWS]
    rows = [
        {"n": str(n), "place": each.place, "how": words.say(drafting.DONE_AS[each.how]), "text": each.text, "was": ""}
        for n, each in enumerate(found, 1)
    ]
    head = _("What has changed in the report of {years} since {at}", years=f"{year}", at=Time(now))
    return {"head": words.say(head), "rows": rows}


def _words(office: Office) -> Words:
    return Words("vi", terms=office.plan.terms)


async def _of_unit(snapshot: Snapshot, office: Office, year: int, now: datetime) -> Mapping[str, Any] | None:
    """Return the report of the unit that has said most; of the first one where none has come, nothing without units."""
    period = await paper_facts.read(snapshot, office, [year], now)
    told = Counter(each.unit for said in period.newest.told.values() for each in said)
    owing = [each.unit for each in period.newest.summary.results]
    unit = next(iter([*(code for code, _n in told.most_common(1)), *owing]), None)
    if unit is None:
        return None
    footer = _("Draft {n}, made at {at}", n=1, at=Time(now))
    of = paper_facts.of_unit(period, unit)
    return office_report.values(office_report.of(of), _words(office), draft=footer) | {"draft": True}


TRIALS: Mapping[str, Values] = {
    office_report.TEMPLATE: _report,
    office_report.OF_UNIT: _of_unit,
    drafting.CHANGES: _changes,
}
"""By the name of the template; of another only the fields are compared."""
