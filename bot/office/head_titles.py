"""What the head of a unit is called, whether anybody holds the post now or not."""

from bot.conversation import Visit
from bot.language import Part
from bot.movement import head_title, heads
from storage import people


def of_unit(visit: Visit, code: str) -> Part:
    """Return «Giám đốc», «Chi cục trưởng»; «thủ trưởng đơn vị» where nothing tells."""
    unit = visit.tx.one(people.UNIT, code=code)
    assert unit is not None
    position = next((p.position for p in visit.tx.all(people.OF_UNIT, unit=code) if heads(p.role) and p.position), "")
    kind = visit.plan.unit_kind(unit.kind)
    return head_title(unit.head_title, position, kind.title_of(unit.name) if kind is not None else "")
