"""Whose records somebody gets as tables: the office and the leaders all of them, whoever sends for a unit that one's."""

from dataclasses import dataclass

from bot.conversation import Serves, Visit
from bot.language import _
from bot.movement import TABLE, May, Role
from bot.office.duties import submissions
from storage.people import Person


@dataclass(frozen=True, slots=True)
class Scope:
    """Of which unit, or of all; whether people are named who have sent, confirmed or decided something."""

    unit: str | None = None
    names: bool = True


def _theirs(visit: Visit, about: object) -> bool:
    unit = about.get("unit") if isinstance(about, dict) else None
    return visit.may(May.SUMMARISE) or (unit is not None and unit == visit.me.unit)


_WHO = _("the office, or the head of a unit for that one")
SERVED: Serves[Visit] = Serves(_WHO, TABLE[May.SUMMARISE], submissions.sends)
"""Who may ask for tables at all."""
SERVED_WITH: Serves[Visit] = Serves(_WHO, TABLE[May.SUMMARISE], submissions.sends, _theirs)
"""The same of a job, which names its unit: asked once more when it is answered."""


def own(visit: Visit) -> str | None:
    """Return the one unit whose records this person gets; None where they may have all."""
    return None if visit.may(May.SUMMARISE) else visit.me.unit


def of(unit: str | None, person: Person | None) -> Scope:
    """Return what a job shows: leaders read units, never who has done what."""
    return Scope(unit, person is None or person.role != Role.LEADER)
