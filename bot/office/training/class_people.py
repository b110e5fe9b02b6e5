"""People of a class as they are written: names, a whole unit, everybody; what is not sure is asked, never guessed. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.dialogue import Answers, Choice, Reading, Scene, Unclear, Value
from bot.language import Count, _, fold, person_names
from bot.office.announcements.member_names import MemberNames, names_of
from bot.office.training.class_facts import ClassFacts
from storage.people import Person, Unit


def once_each(those: Sequence[Person]) -> list[int]:
    """Return people once each, by the first of their posts that is among those."""
    found: dict[int, int] = {}
    for person in those:
        found.setdefault(person.human or person.id, person.id)
    return list(found.values())


@dataclass(frozen=True)
class ClassPeople(MemberNames):
    """A list of people, in which the name of a unit means everybody of it, and «everybody» all who may be listed."""

    def read(self, text: str, answers: Answers, scene: Scene) -> Reading:
        """Find everybody: whole units first, then the other names as a list of names is read."""
        facts = ClassFacts.of(scene)
        own = _("all of the office") if facts.whole_office else _("all of the unit")
        said = [scene.words.say(words) for words in (_("everybody|all"), own)]
        everybody = {fold(word) for words in said for word in words.split("|")}
        whole, rest = list[Person](), list[str]()
        for name in names_of(text):
            units = {unit.code for unit in person_names.unit_meant(name, self.units(scene)).sure}
            if fold(name) in everybody:
                whole += self.among(scene)
            elif units:
                whole += [person for person in self.among(scene) if person.unit in units]
            else:
                rest.append(name)
        if not whole:
            return super().read(text, answers, scene)
        if not rest:
            return Value(once_each(whole))
        return self._with(whole, super().read("\n".join(rest), answers, scene), scene)

    def _with(self, whole: Sequence[Person], read: Reading, scene: Scene) -> Reading:
        """Return what was read of the names, with the whole units beside it."""
        by_id = {person.id: person for person in self.among(scene)}

        def joined(ids: Sequence[int]) -> list[int]:
            return once_each([*whole, *(by_id[id] for id in ids if id in by_id)])

        if isinstance(read, Value):
            return Value(joined(read.value))
        if isinstance(read, Unclear):
            return Unclear(read.question, [replace(each, value=joined(each.value)) for each in read.meanings])
        sure = once_each(whole)
        return Unclear(read.why, [Choice(sure, _("Go on with the other {n}", n=Count(len(sure))))])


def able(scene: Scene) -> Sequence[Person]:
    """Return whoever may be listed."""
    return ClassFacts.of(scene).able


def listed(scene: Scene) -> Sequence[Person]:
    """Return whoever stands in the list."""
    return ClassFacts.of(scene).listed


def units(scene: Scene) -> Sequence[Unit]:
    """Return the units whose names may stand for everybody of them."""
    return ClassFacts.of(scene).units


def everybody(answers: Answers, scene: Scene) -> list[Choice]:
    """Offer everybody who may be listed in one tap."""
    facts = ClassFacts.of(scene)
    those = once_each(facts.able)
    n = Count(len(those))
    label = _("The whole office ({n})", n=n) if facts.whole_office else _("The whole unit ({n})", n=n)
    return [Choice(those, label)]


PEOPLE = ClassPeople(able, units)
LISTED = ClassPeople(listed, units)
