"""What a unit is called: one that is no more with its last day. Pure."""

from datetime import timedelta

from bot.language import Part, _
from bot.movement import Span
from storage.people import Unit


def called(unit: Unit) -> Part:
    """Name a unit; one that has ended with its last day: «Phòng X (đến 30/06/2028)»."""
    if unit.ended is None:
        return unit.name
    return _("{name} (until {day})", name=unit.name, day=unit.ended - timedelta(days=1))


def span(unit: Unit) -> Span:
    """Return from when until when a unit is there."""
    return Span(unit.since, unit.ended)
