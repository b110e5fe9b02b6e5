"""A unit's list of a year that is over, or has not begun: looked at by its head, who may ask to have it opened once more.

Inside the transaction.
"""

from bot.conversation import HOME, MY_TASKS, Visit
from bot.dialogue import Button, Say
from bot.language import Count, Part, Time, _
from bot.office.duties import closing, item_texts, past_versions, reopening, reopening_texts, submissions
from bot.office.onbehalf import sources
from storage import paper_sources, people

MOST = 20
"""Sheets in one message."""


def look(visit: Visit, year: int) -> Say:
    """Show the list of a year with its sheets, when it was closed, and how it is opened once more."""
    duty = visit.plan.done_by("list")
    assert duty is not None
    owed = submissions.obligation(visit, duty.code, str(year))
    stands = closing.stands(visit, year)
    if owed is None and not stands:
        return submissions.not_now(visit, duty.code, str(year), owed) or Say([], buttons=(HOME,))
    unit = visit.tx.one(people.UNIT, code=visit.me.unit)
    assert unit is not None
    record = reopening.of_a_year(visit, "DS", year, unit)
    lines: list[Part] = [_how(visit, year), *sources.mark(visit.tx, paper_sources.list_record(unit.code, year))]
    closings = past_versions.of(visit, record)
    if len(closings) > 1:
        lines.append(_("It was closed again ({n}); each closing is kept.", n=Count(len(closings) - 1)))
    if stands:
        lines.append(_("Sheets of the list ({n}):", n=Count(len(stands))))
        lines += [*map(item_texts.line, stands[:MOST])]
    if len(stands) > MOST:
        lines.append(_("… and {n} more", n=Count(len(stands) - MOST)))
    found = reopening.live(visit, record.code)
    if found is not None and found.day is not None and found.day < visit.said.date():
        found = None  # its last day has passed: it may be asked for anew
    if found is not None:
        lines.append(reopening_texts.under_way(visit, found, record))
    else:
        lines.append(_("The list of {year} is closed in its year; the office may open it once more.", year=year))
    label = _("Ask to open it once more") if found is None else _("How the request stands")
    versions = [Button(_("See its versions"), f"/xemban {record.code}")][: bool(closings)]
    return Say(lines, buttons=(Button(label, f"/dinhchinh {record.code}"), *versions, MY_TASKS, HOME))


def _how(visit: Visit, year: int) -> Part:
    closed, unit = closing.closed(visit, year), visit.me.unit_name
    if closed is None:
        return _("{unit} did not close its list of {year}.", unit=unit, year=year)
    if closed.reason:
        return _(
            "{unit}: it was noted at {at} that nothing is registered in {year}: «{reason}»",
            unit=unit,
            at=Time(closed.at),
            year=year,
            reason=closed.reason,
        )
    return _("The list of {unit} of {year} was closed at {at}.", unit=unit, year=year, at=Time(closed.at))
