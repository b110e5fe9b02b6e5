"""Close the unit's list of registrations of a year, with its sheets or for a reason why there are none. Inside the transaction."""

from collections.abc import Sequence

from bot.conversation import Visit
from storage import closed_lists, initiatives
from storage.closed_lists import ClosedList
from storage.initiatives import Initiative


def closed(visit: Visit, year: int) -> ClosedList | None:
    """Return the list of my unit where it was closed."""
    return visit.tx.one(closed_lists.OF_UNIT, unit=visit.me.unit, year=year)


def items(visit: Visit, year: int) -> Sequence[Initiative]:
    """Return what my unit has registered for a year."""
    return visit.tx.all(initiatives.OF_UNIT, unit=visit.me.unit, year=year)


def close(visit: Visit, year: int, reason: str = "") -> None:
    """Close the list; `reason` says why nothing is registered."""
    closed_lists.close(visit.tx, unit=visit.me.unit, year=year, reason=reason, by=visit.me.id, now=visit.said)
    visit.note("nothing_registered" if reason else "list_closed", f"{visit.me.unit}-{year}")
