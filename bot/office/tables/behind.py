"""What stands behind the figures of a year, as buttons: tables, sources, pictures. Pure."""

from collections.abc import Sequence

from bot.dialogue import Button
from bot.language import _
from bot.movement import May, heads, may
from storage.people import Person


def buttons(year: int) -> Sequence[Button]:
    """Offer everything, to whoever reads the figures of all units."""
    return (
        Button(_("Tables for Excel"), f"/xuat {year}"),
        Button(_("Sources of the figures"), f"/nguon {year}"),
        Button(_("Pictures"), f"/bieudo {year}"),
    )


def sources(person: Person | None, year: int) -> Sequence[Button]:
    """Offer where the figures come from: to the office and the leaders all of them, to a head the own unit's."""
    if person is None or not (may(person.role, May.SUMMARISE) or heads(person.role)):
        return ()
    return (Button(_("Sources of the figures"), f"/nguon {year}"),)
