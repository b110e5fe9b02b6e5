"""What the head of a unit is called, whether anybody holds the post now or not, and whoever else may act there."""

from bot.conversation import Visit
from bot.language import Part
from bot.movement import Role, head_title, heads
from storage import people
from storage.people import Person


def of_unit(visit: Visit, code: str) -> Part:
    """Return «Giám đốc», «Chi cục trưởng»; «thủ trưởng đơn vị» where nothing tells."""
    unit = visit.tx.one(people.UNIT, code=code)
    assert unit is not None
    position = next((p.position for p in visit.tx.all(people.OF_UNIT, unit=code) if heads(p.role) and p.position), "")
    kind = visit.plan.unit_kind(unit.kind)
    return head_title(unit.head_title, position, kind.title_of(unit.name) if kind is not None else "")


def of_person(visit: Visit, person: Person) -> Part:
    """Return somebody's position; a deputy's without one by the kind of unit, else the role in the office's word."""
    if person.position:
        return person.position
    unit = visit.tx.one(people.UNIT, code=person.unit) if person.role == Role.DEPUTY else None
    kind = visit.plan.unit_kind(unit.kind) if unit is not None else None
    return kind.deputy if kind is not None and kind.deputy else visit.plan.roles.word(person.role)
