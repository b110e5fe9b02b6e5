"""What is said of somebody in one line: «Nông Văn Mẫu chuyển sang QLXD», «#12 nghỉ hưu», «Mẫu làm phó trưởng phòng»."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from bot.conversation import Visit
from bot.language import Part, Text, Words, _, fold, person_names
from bot.movement import Role
from bot.office.roster.personnel_plan import people_meant
from storage import people
from storage.people import Person, Unit

# Said by people, never by us; in the catalogue they are lists, separated by "|".
ACTS: Mapping[str, Text] = {
    "leave": _("leaves|retires|left the office"),
    "move": _("moves to|goes to"),
    "role": _("becomes|is now"),
    "position": _("is called|position"),
    "post": _("also is|one more post"),
    "end": _("ends this post"),
    "back": _("comes back"),
}


@dataclass(frozen=True)
class SaidOf:
    """Whom a line is about, and what happens to them as far as it was said."""

    found: Sequence[Person] = ()
    """One when it is clear; several to be asked about."""
    unit: Unit | None = None
    """Where a unit was meant, nobody of it."""
    answers: Mapping[str, Any] = field(default_factory=dict)
    why: Part = ""
    """What of it could not be read."""
    rest: str = ""
    """What was said of them, for whoever is chosen of several."""


@cache
def _phrases() -> Sequence[tuple[tuple[str, ...], str]]:
    """Return the words of every act, the longest first."""
    found = [
        (tuple(fold(phrase).split()), act)
        for act, words in ACTS.items()
        for language in ("vi", "en")
        for phrase in Words(language).say(words).split("|")
    ]
    return sorted(found, key=lambda each: -len(each[0]))


def read(visit: Visit, said: str) -> SaidOf:
    """Read who is meant and what happens to them; a name alone is whoever bears it, a unit is its people."""
    words = said.split()[:40]
    best: SaidOf | None = None
    for at, length, act in _splits(words):
        sure, near = people_meant(visit.tx, " ".join(words[:at]))
        if sure or (near and best is None):
            best = _of(visit, _here(sure or near), act, words[at + length :], " ".join(words[at:]))
        if sure:
            break
    if best is not None:
        return best
    sure, near = people_meant(visit.tx, said)
    if sure or near:
        return SaidOf(_here(sure or near))
    units = person_names.unit_meant(said, visit.tx.all(people.UNITS))
    unit = (*units.sure, *units.near)
    return SaidOf(unit=unit[0] if len(unit) == 1 else None)


def _here(found: Sequence[Person]) -> Sequence[Person]:
    """Return those who work here, where there are any among them."""
    return [each for each in found if each.active] or found


def _splits(words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield where what happens may begin: the later, the longer is the name before it."""
    folded = [fold(word).strip(",.:;") for word in words]
    for at in range(len(words) - 1, 0, -1):
        for phrase, act in _phrases():
            if tuple(folded[at : at + len(phrase)]) == phrase:
                yield at, len(phrase), act
                break


def _of(visit: Visit, found: Sequence[Person], act: str, rest: Sequence[str], tail: str) -> SaidOf:
    answers, why = _answers(visit, act, rest)
    return SaidOf(found, None, answers, why, tail)


def _answers(visit: Visit, act: str, rest: Sequence[str]) -> tuple[Mapping[str, Any], Part]:
    """Return what the form is told by these words, and what of them could not be read."""
    text = " ".join(rest).strip(" .,:;")
    if act in ("leave", "end", "back"):
        return ({"what": act}, "") if not text else ({}, _("«{said}» was not understood.", said=text[:60]))
    if act == "position":
        return ({"what": act, "position": text[:80]} if text else {"what": act}), ""
    if act == "move":
        return _move(visit, rest)
    if act == "post":
        return _post(visit, rest)
    return _role(visit, text, "role")


def _role(visit: Visit, text: str, what: str) -> tuple[Mapping[str, Any], Part]:
    role = visit.plan.role_meant(text)
    if role is None:
        why = _("«{role}» is not a role that the assistant knows.", role=text[:60]) if text else ""
        return {"what": what}, why
    titled = role in (Role.HEAD, Role.DEPUTY) and len(text.split()) > 1 and fold(text) != role.value
    said = {"position": text[:1].upper() + text[1:80]} if titled else {}
    return {"what": what, "role": role.value, **said}, ""


def _move(visit: Visit, rest: Sequence[str]) -> tuple[Mapping[str, Any], Part]:
    for at, length, act in [*(each for each in _splits(rest) if each[2] == "role"), (len(rest), 0, "")]:
        unit = _unit(visit, " ".join(rest[:at]))
        if unit is not None:
            role = _role(visit, " ".join(rest[at + length :]), "move")[0] if act else {}
            return {**role, "what": "move", "unit": unit.code}, ""
    text = " ".join(rest)
    return {"what": "move"}, _("There is no unit «{unit}».", unit=text[:60]) if text else ""


def _post(visit: Visit, rest: Sequence[str]) -> tuple[Mapping[str, Any], Part]:
    for at in range(1, len(rest)):
        role, unit = visit.plan.role_meant(" ".join(rest[:at])), _unit(visit, " ".join(rest[at:]))
        if role is not None and unit is not None:
            return {"what": "post", "unit": unit.code, "role": role.value}, ""
    if (role := visit.plan.role_meant(" ".join(rest))) is not None:
        return {"what": "post", "role": role.value}, ""
    unit = _unit(visit, " ".join(rest))
    return ({"what": "post", "unit": unit.code} if unit is not None else {"what": "post"}), ""


def _unit(visit: Visit, said: str) -> Unit | None:
    found = person_names.unit_meant(said, visit.tx.all(people.UNITS))
    if found.sure:
        return found.sure[0]
    return found.near[0] if len(found.near) == 1 and said.strip() else None
