"""Who somebody is: whom a name means, and whether an entry of a list is somebody known or a namesake.

The folded name finds and proposes; only the exact one, with nothing that speaks against it, identifies.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from bot.language.i18n import Joined, Part, _
from bot.language.text import exact, fold

T = TypeVar("T")
FULL = 3
"""So many words are a full name, never the end of a longer one."""


@dataclass(frozen=True, slots=True)
class Meant(Generic[T]):
    """Whom a name means: those of exactly this name, else those it might mean, to be asked about."""

    sure: Sequence[T]
    near: Sequence[T]


_TITLE = re.compile(
    r"(?:(?:anh|chị|chi|ông|bà|cô|chú|bác|em|thầy|bạn|đồng chí|dong chi|đ/c|đc|d/c|dc|ths|ts|ks|kts|cn"
    r"|giao|cho|phân công|phan cong|cử|do)\.? +)+(?=\S)",
    re.IGNORECASE,
)
_ROLE = re.compile(r" +(?:phụ trách|phu trach|chủ trì|chu tri|làm|đảm nhận|dam nhan|ạ|nhé)$", re.IGNORECASE)


def untitled(said: str) -> str:
    """Return a name without what people say around it: «chị Lý Thị Ví Dụ», «giao đ/c Ví Dụ phụ trách»."""
    found = _TITLE.match(said)
    return _ROLE.sub("", said if found is None else said[found.end() :])


def meant(said: str, among: Iterable[tuple[str, T]]) -> Meant[T]:
    """Return whom of these (name, somebody) what was said means, with or without a title before the name.

    The end of a name, one word or two, means somebody when its marks agree and nobody else's name ends nearly so.
    """
    known = list(among)
    found = _meant(said, known)
    if found.sure or (bare := untitled(said.strip())) == said.strip():
        return found
    other = _meant(bare, known)
    return other if other.sure or (other.near and not found.near) else found


def _meant(said: str, known: Sequence[tuple[str, T]]) -> Meant[T]:
    key, folded = exact(said), fold(said)
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
    """Return everybody with where they are; who shares name and unit with another one, with what tells them apart."""
    shared = Counter((exact(each.name), each.unit_name) for each in everybody)
    return [
        (each, apart(each) if shared[exact(each.name), each.unit_name] > 1 else each.unit_name) for each in everybody
    ]


def apart(person: Known) -> Part:
    """Return the unit and whatever else is known of somebody, but no telephone number: colleagues read it."""
    known: list[Part] = [person.unit_name, person.position]
    if person.born:
        known.append(_("born {year}", year=str(person.born)))
    if person.number:
        known.append(_("number {number}", number=person.number))
    return _("{parts}", parts=Joined([part for part in known if part]))


class NamedUnit(Protocol):
    """A unit."""

    @property
    def code(self) -> str:
        """Its short code."""

    @property
    def name(self) -> str:
        """Its full name."""


U = TypeVar("U", bound=NamedUnit)


def unit_meant(said: str, units: Sequence[U]) -> Meant[U]:
    """Return which unit is meant by its code in any case, or by its full name; what is near only proposes."""
    key = exact(said)
    sure = [unit for unit in units if exact(unit.code) == key] or [u for u in units if exact(u.name) == key]
    if sure or not key:
        return Meant(sure, ())
    words = set(fold(said).split())
    return Meant(
        (),
        [u for u in units if words <= set(fold(u.name).split()) or fold(u.code) in words or fold(u.name) == fold(said)],
    )


# An entry of a list and the people known --------------------------------------------------------


class Entry(Protocol):
    """What a line of a list says of somebody."""

    @property
    def name(self) -> str:
        """The full name."""

    @property
    def unit(self) -> str:
        """The code of the unit."""

    @property
    def position(self) -> str:
        """What they are."""

    @property
    def phone(self) -> str | None:
        """The telephone number."""

    @property
    def born(self) -> int | None:
        """The year of birth."""

    @property
    def number(self) -> str | None:
        """The office's own number."""


class Member(Entry, Protocol):
    """Somebody known."""

    @property
    def id(self) -> int:
        """Their number in the roster."""


def numbered_alike(one: Entry, other: Entry) -> bool:
    """Whether both bear the same number of the office's own."""
    return one.number is not None and other.number is not None and fold(one.number) == fold(other.number)


def against(one: Entry, other: Entry, *, phone: bool = True) -> bool:
    """Whether something speaks against their being one person: number, birth or telephone, where both have it."""
    if numbered_alike(one, other):
        return False
    return (
        (one.number is not None and other.number is not None)
        or (one.born is not None and other.born is not None and one.born != other.born)
        or (phone and one.phone is not None and other.phone is not None and one.phone != other.phone)
    )


def supported(one: Entry, other: Entry) -> bool:
    """Whether more than the name says that they are one person."""
    alike = one.phone is not None and one.phone == other.phone
    return numbered_alike(one, other) or (alike and not against(one, other))


M = TypeVar("M", bound=Member)
E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, slots=True)
class Matched(Generic[E, M]):
    """Lines of one exact name beside the people of that name."""

    pairs: Sequence[tuple[E, M]]
    """Surely one person each."""
    new: Sequence[E]
    """Surely nobody known."""
    open: Sequence[tuple[E, M]]
    """It may be this person, or a namesake: somebody has to say so."""


def match(lines: Sequence[E], known: Sequence[M]) -> Matched[E, M]:
    """Return which lines are whom of the same exact name: the best evidence first, nobody twice."""
    pairs: list[tuple[E, M]] = []
    lines, known = list(lines), list(known)
    steps: Sequence[Callable[[E, M], bool]] = (
        numbered_alike,
        lambda line, one: line.unit == one.unit and supported(line, one),
        supported,
        lambda line, one: line.unit == one.unit and not against(line, one) and line.position == one.position,
        lambda line, one: line.unit == one.unit and not against(line, one),
    )
    for fits in steps:
        sure = [(line, one) for line in lines for one in known if fits(line, one)]
        for line, one in sure:
            rivals = [pair for pair in sure if pair[0] is line or pair[1] is one]
            if len(rivals) == 1:
                pairs.append((line, one))
                lines.remove(line)
                known.remove(one)
    new, open = [], list[tuple[E, M]]()
    for line in lines:
        alone = sum(other.unit == line.unit for other in lines) == 1
        here = [one for one in known if one.unit == line.unit and not against(line, one, phone=False)]
        same_post = [one for one in here if one.position == line.position]
        maybe = here or [one for one in known if one.unit != line.unit and not against(line, one)]
        if alone and len(here) == len(same_post) == 1:  # all that differs is the telephone
            pairs.append((line, same_post[0]))
            known.remove(same_post[0])
        elif maybe:
            open.append((line, maybe[0]))
        else:
            new.append(line)
    return Matched(pairs, new, open)


def given_name(full: str) -> str:
    """Return the name a person is called by, «Mẫu» of «Nông Văn Mẫu»; empty when there is no name."""
    return full.rsplit(maxsplit=1)[-1] if full.split() else ""
