"""Close the unit's list of registrations of a year, with its sheets or for a reason why there are none. Inside the transaction."""

from collections.abc import Sequence

from bot.conversation import Visit
from bot.office.onbehalf import sources
from storage import closed_lists, initiatives, paper_sources
from storage.closed_lists import ClosedList
from storage.initiatives import Initiative


def closed(visit: Visit, year: int) -> ClosedList | None:
    """Return the list of my unit where it was closed."""
    return visit.tx.one(closed_lists.OF_UNIT, unit=visit.me.unit, year=year)


def items(visit: Visit, year: int) -> Sequence[Initiative]:
    """Return what my unit has registered for a year."""
    return visit.tx.all(initiatives.OF_UNIT, unit=visit.me.unit, year=year)


def close(visit: Visit, year: int, reason: str = "", unit: str = "") -> None:
    """Close the list of my unit, or that of a unit which the office closes for it; `reason` says why nothing is registered."""
    of = unit or visit.me.unit
    closed_lists.close(visit.tx, unit=of, year=year, reason=reason, by=visit.me.id, now=visit.said)
    if not unit:
        sources.put_right(visit.tx, paper_sources.list_record(of, year), visit.said)
    visit.note("nothing_registered" if reason else "list_closed", f"{of}-{year}")
