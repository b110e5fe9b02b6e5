"""Members of a union as people write them: a list of names, each found in the roster, never guessed. Pure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.dialogue import Answers, Choice, Reading, Scene, Unclear, Value, Wrong
from bot.language import Count, Joined, Part, _, exact, person_names
from storage.people import Person, Unit

MOST = 300
"""Names in one answer."""
FEW = 6
_NUMBERED = re.compile(r"^\s*(?:\d{1,3}[.)\-]|[-•+*])\s*")
_WITH_UNIT = re.compile(r"^(.*?)\s*(?:\(([^()]+)\)|\s[-–]\s*(.+))$")


@dataclass(frozen=True, slots=True)
class NamedMember:
    """One name that was written, with whom it surely means, or whom it may mean."""

    said: str
    sure: Person | None
    near: Sequence[Person] = ()


def names_of(text: str) -> list[str]:
    """Return the names that were written: a line each, or separated by commas."""
    parts = re.split(r"[\n;,]", text)
    return [name for part in parts if (name := " ".join(_NUMBERED.sub("", part).split()))]


def found(said: str, unit: str, everybody: Sequence[Person], units: Sequence[Unit]) -> NamedMember:
    """Return whom a name means; the unit that stands beside it tells namesakes apart."""
    meant = person_names.meant(said, ((person.name, person) for person in everybody))
    sure, near = _one_each(meant.sure), _one_each(meant.near)
    if unit:
        codes = {each.code for each in person_names.unit_meant(unit, units).sure}
        sure = [person for person in sure if person.unit in codes] or ([] if codes else sure)
        near = [person for person in near if person.unit in codes] or near
    if len(sure) == 1:
        return NamedMember(said, sure[0])
    return NamedMember(said, None, sure or near)


def _one_each(those: Sequence[Person]) -> list[Person]:
    """Return people once each, whatever posts they hold."""
    return list({person.human or person.id: person for person in reversed(those)}.values())[::-1]


def read_names(text: str, everybody: Sequence[Person], units: Sequence[Unit]) -> list[NamedMember]:
    """Read a list of names, each with its unit behind it where that is written."""
    read = list[NamedMember]()
    for name in names_of(text):
        whole = found(name, "", everybody, units)
        beside = _WITH_UNIT.match(name)
        if whole.sure is None and not whole.near and beside is not None:
            whole = found(beside[1], beside[2] or beside[3], everybody, units)
        read.append(whole)
    return read


@dataclass(frozen=True)
class MemberNames:
    """A list of people of the office; what is not sure is named, and the rest can be taken."""

    among: Callable[[Scene], Sequence[Person]]
    units: Callable[[Scene], Sequence[Unit]]
    free = True
    text = False
    digits = False

    def read(self, text: str, answers: Answers, scene: Scene) -> Reading:
        """Find everybody; one name that may mean several is asked back, of a list whatever is not sure is named."""
        if (many := len(names_of(text))) > MOST:
            return Wrong(_("At most {most} names at a time; there are {n}.", most=Count(MOST), n=Count(many)))
        named = read_names(text, self.among(scene), self.units(scene))
        if not named:
            return Wrong(_("Please write names, a line each or separated by commas."))
        sure = list(dict.fromkeys(each.sure.id for each in named if each.sure is not None))
        left = [each for each in named if each.sure is None]
        if not left:
            return Value(sure)
        if len(named) == 1 and 0 < len(left[0].near) <= FEW:
            meanings = [
                Choice([each.id], _("{name} ({place})", name=each.name, place=place))
                for each, place in person_names.places(left[0].near)
            ]
            return Unclear(_("«{name}»: do {you} mean one of these?", name=left[0].said[:60]), meanings)
        why = _(
            "Not sure of ({n}): {names}. Beside a name its unit may stand, like: Nông Văn Mẫu - {unit}.",
            unit=next((unit.code for unit in self.units(scene)), ""),
            n=Count(len(left)),
            names=Joined([_asked(each) for each in left[:FEW]], "; "),
        )
        if not sure:
            return Wrong(why)
        return Unclear(why, [Choice(sure, _("Go on with the other {n}", n=Count(len(sure))))])

    def show(self, value: Any, scene: Scene) -> Part:
        """Name them, not too many."""
        those = [person for person in self.among(scene) if person.id in value]
        shown: list[Part] = [_("{name} ({place})", name=each.name, place=each.unit_name) for each in those[:FEW]]
        if len(value) > FEW:
            shown.append(_("… and {n} more", n=Count(len(value) - FEW)))
        return _("{names}", names=Joined(shown, "; "))


def _asked(each: NamedMember) -> Part:
    """Name what is not sure, with how many it may mean."""
    if not each.near:
        return _("«{name}» (not in the list of people)", name=each.said[:60])
    alike = [person for person in each.near if exact(person.name) == exact(each.said)]
    if len(alike) > 1:
        return _("«{name}» ({n} people of this name)", name=each.said[:60], n=Count(len(alike)))
    return _("«{name}»", name=each.said[:60])
