"""Who somebody is: whom a name means, and whether an entry of a list is somebody known or a namesake.

The folded name finds and proposes; only the exact one, with nothing that speaks against it, identifies.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from bot.i18n import Joined, Part, _
from bot.text import exact, fold

T = TypeVar("T")
FULL = 3
"""So many words are a full name, never the end of a longer one."""


@dataclass(frozen=True, slots=True)
class Meant(Generic[T]):
    """Whom a name means: those of exactly this name, else those it might mean, to be asked about."""

    sure: Sequence[T]
    near: Sequence[T]


def meant(said: str, among: Iterable[tuple[str, T]]) -> Meant[T]:
    """Whom of these (name, somebody) what was said means.

    The end of a name, one word or two, means somebody when its marks agree and nobody else's name ends nearly so.
    """
    key, folded = exact(said), fold(said)
    known = list(among)
    sure = [each for name, each in known if exact(name) == key]
    if sure or not folded:
        return Meant(sure, ())
    near = [each for name, each in known if fold(name) == folded]
    called = [(name, each) for name, each in known if f" {fold(name)}".endswith(f" {folded}")]
    if len(called) == 1 and len(folded.split()) < FULL and f" {exact(called[0][0])}".endswith(f" {key}"):
        return Meant([called[0][1]], ())
    parts = set(folded.split())
    return Meant((), near or [each for name, each in known if parts <= set(fold(name).split())])


class Known(Protocol):
    """What is known of somebody that tells them from another one of the same name."""

    @property
    def name(self) -> str:
        """Their full name."""

    @property
    def unit_name(self) -> str:
        """Where they work."""

    @property
    def position(self) -> str:
        """What they are: «Trưởng phòng»."""

    @property
    def born(self) -> int | None:
        """Their year of birth."""

    @property
    def number(self) -> str | None:
        """The office's own number of them."""


K = TypeVar("K", bound=Known)


def places(everybody: Sequence[K]) -> list[tuple[K, Part]]:
    """Everybody with where they are; who shares name and unit with another one, with what tells them apart."""
    shared = Counter((exact(each.name), each.unit_name) for each in everybody)
    return [
        (each, apart(each) if shared[exact(each.name), each.unit_name] > 1 else each.unit_name)
        for each in everybody
    ]


def apart(person: Known) -> Part:
    """The unit and whatever else is known of somebody, but no telephone number: colleagues read it."""
    known: list[Part] = [person.unit_name, person.position]
    if person.born:
        known.append(_("born {year}", year=str(person.born)))
    if person.number:
        known.append(_("number {number}", number=person.number))
    return _("{parts}", parts=Joined([part for part in known if part]))
