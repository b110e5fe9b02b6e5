"""Close the unit's list of registrations of a year, with its sheets or for a reason why there are none. Inside the transaction."""

from collections.abc import Sequence

from bot.conversation import Visit, notice_codes
from bot.office import desk
from bot.office.duties import reopening
from bot.office.onbehalf import sources
from storage import closed_lists, deadlines, initiatives, paper_sources, record_versions, reopenings
from storage.closed_lists import ClosedList
from storage.initiatives import READY, Initiative
from storage.reopenings import Reopening


def closed(visit: Visit, year: int) -> ClosedList | None:
    """Return the list of my unit where it was closed."""
    return visit.tx.one(closed_lists.OF_UNIT, unit=visit.me.unit, year=year)


def items(visit: Visit, year: int) -> Sequence[Initiative]:
    """Return what my unit has registered for a year."""
    return visit.tx.all(initiatives.OF_UNIT, unit=visit.me.unit, year=year)


def stands(visit: Visit, year: int) -> list[Initiative]:
    """Return what of my unit's list of a year was confirmed, or recognised since."""
    return [item for item in items(visit, year) if item.state in READY]


def takes(visit: Visit, year: int) -> bool:
    """Whether a list of this year is closed now without being opened once more: in its year, or where it is filed late."""
    quiet = {each.year for each in visit.tx.all(deadlines.YEARS) if each.quiet}
    return year == visit.said.year or year in quiet


def reopened_years(visit: Visit) -> list[int]:
    """Return the years whose list of my unit is open once more."""
    live = visit.tx.all(reopenings.LIVE_OF_UNIT, unit=visit.me.unit)
    return [each.year for each in live if each.what == "list" and reopening.lets(visit, each.record) is not None]


def reopened(visit: Visit, year: int) -> Reopening | None:
    """Return by what the list of my unit is open once more."""
    return reopening.lets(visit, f"DS-{year}-{visit.me.unit}")


def close(visit: Visit, year: int, reason: str = "", unit: str = "") -> None:
    """Close the list of my unit, or that of a unit which the office closes for it; `reason` says why nothing is registered.

    What it was before is kept; of one that was open once more the office is told.
    """
    of = unit or visit.me.unit
    before = visit.tx.one(closed_lists.OF_UNIT, unit=of, year=year)
    if before is not None:
        those = visit.tx.all(initiatives.OF_UNIT, unit=of, year=year)
        answers = {"reason": before.reason, "items": [each.code for each in those]}
        record_versions.keep(
            visit.tx, record=f"DS-{year}-{of}", what="list", answers=answers, by=before.by, at=before.at
        )
    found = None if unit else reopened(visit, year)
    if found is not None:
        reopenings.receive(visit.tx, record=found.record, by=visit.me.id, now=visit.said)
        for person in desk.people_of(visit.tx):
            visit.tell(person.id, notice_codes.REOPENING_ENDED, id=found.id)
    closed_lists.close(visit.tx, unit=of, year=year, reason=reason, by=visit.me.id, now=visit.said)
    if not unit:
        sources.put_right(visit.tx, paper_sources.list_record(of, year), visit.said)
    visit.note("nothing_registered" if reason else "list_closed", f"{of}-{year}")
