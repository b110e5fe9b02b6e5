"""Whether a duty is still for whoever is spoken to, looked up just before it is said. Inside the transaction."""

from bot.conversation import Visit
from bot.language import Part
from bot.movement import Circle, Desk, Obligation, To, ears, heads, titled
from bot.office import desk
from bot.office.duties import submissions
from storage import chats, deadlines, people
from storage.people import Person


def circle(visit: Visit, unit: str) -> Circle[Person]:
    """Read a unit's people, with what it has promised and whom no message reaches."""
    tx = visit.tx
    return Circle(
        unit,
        tx.all(people.OF_UNIT, unit=unit),
        promised={(row.duty, unit, row.year): row.day for row in tx.all(deadlines.PROMISES_OF_UNIT, unit=unit)},
        delegates={(row.duty, row.year): row.person for row in tx.all(deadlines.DELEGATES_OF_UNIT, unit=unit)},
        unreached=frozenset(tx.all(chats.WITHOUT_PLACE, first=unit, last=unit, today=visit.now.date())),
    )


def names(visit: Visit, owed: Obligation, circle: Circle[Person]) -> frozenset[To]:
    """Return by which names rungs of it speak to this person now: they may have gone on leave or given it away since."""
    found = ears(owed, circle, Desk(desk.people_of(visit.tx)), visit.now.date())
    return next((each.names for each in found if each.person.id == visit.me.id), frozenset())


def instead_of(visit: Visit, owed: Obligation, circle: Circle[Person]) -> Part | None:
    """Return the head who cannot be told, when it comes to somebody who neither sends nor acts."""
    if owed.duty.by == "office" or submissions.sends(visit):
        return None
    there = [p for p in circle.people if heads(p.role)]
    silent = [p for p in there if p.id in circle.unreached]
    if not silent or len(silent) < len(there):
        return None
    return titled(silent[0])
