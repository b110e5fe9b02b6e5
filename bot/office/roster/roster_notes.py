"""What an import says besides its changes: what it leaves alone, namesakes, what looks odd. Pure."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from bot.documents.roster_rows import PersonRow
from bot.language import Count, Joined, Text, _, exact, fold, person_names, shown
from bot.movement import Role, heads
from bot.office.roster.roster_changes import Asked, AskedLine, Roster
from storage.people import Person


def asked_of(person: Person, line: PersonRow) -> Iterator[AskedLine]:
    """Yield what a line has otherwise than the roster and is done only where somebody says so."""
    if not person.active:
        yield AskedLine(Asked.BACK, person)
    elif person.unit != line.unit:
        yield AskedLine(Asked.MOVED, person, line.unit)
    elif line.role is not None and line.role != person.role:
        yield AskedLine(Asked.ROLE, person, line.role)


def gone(known: Roster, units: Collection[str], named: Collection[int]) -> Iterator[AskedLine]:
    """Yield who is not in the file, of units most of whose people are in it: a few lines of a unit are no list of it.

    Whoever looks after the installation is in no list.
    """
    for unit in units:
        there = [each for each in known.people if each.active and each.unit == unit and each.role != Role.ADMIN]
        missing = [each for each in there if each.id not in named]
        if len(missing) * 2 <= len(there):
            yield from (AskedLine(Asked.GONE, each) for each in missing)


def really_new(known: Roster, new: Sequence[PersonRow]) -> tuple[list[PersonRow], list[Text], list[AskedLine]]:
    """Return who is really new; a name that differs from a known one by its marks alone is said, or is that person."""
    kept, notes, asked = list[PersonRow](), list[Text](), list[AskedLine]()
    folded: dict[str, list[Person]] = {}
    for person in known.people:
        folded.setdefault(fold(person.name), []).append(person)
    for line in new:
        near = [p for p in folded.get(fold(line.name), ()) if exact(p.name) != exact(line.name)]
        same = next((person for person in near if person_names.supported(line, person)), None)
        if same is not None:
            asked.append(AskedLine(Asked.NAME, same, line.name))
            continue
        kept.append(line)
        notes += [
            _(
                "⚠️ {name} is added beside {known}, {unit}: two people. If it is one with a wrong mark, leave that line out.",
                name=line.name,
                known=person.name,
                unit=person.unit,
            )
            for person in near
            if person.unit == line.unit and person.active
        ]
    return kept, notes, asked


def namesakes(known: Roster, new: Sequence[PersonRow]) -> Iterator[Text]:
    """Say which new people have the name of somebody else."""
    names = {exact(person.name): person for person in known.people if person.active}
    seen: Counter[str] = Counter(exact(line.name) for line in new)
    for line in new:
        other = names.get(exact(line.name))
        if other is not None:
            yield _(
                "⚠️ {name} stands in unit {other} too; the line is added as a namesake in {unit}.",
                name=line.name,
                other=other.unit,
                unit=line.unit,
            )
        elif seen[exact(line.name)] > 1:
            yield _(
                "⚠️ {name} stands in the file {n} times: so many people of one name.",
                name=line.name,
                n=Count(seen.pop(exact(line.name))),
            )


def odd(known: Roster, new: Sequence[PersonRow], changed: Sequence[tuple[Person, PersonRow]]) -> Iterator[Text]:
    """Say where several people have one telephone, or one unit several heads."""
    phones: dict[str, list[str]] = {}
    later = {person.id: line.phone for person, line in changed}
    for person in known.people:
        if person.active and (phone := later.get(person.id) or person.phone):
            phones.setdefault(phone, []).append(person.name)
    for line in new:
        if line.phone:
            phones.setdefault(line.phone, []).append(line.name)
    for phone, names in phones.items():
        if len(names) > 1 and (phone in later.values() or any(line.phone == phone for line in new)):
            yield _(
                "⚠️ {phone} is the telephone of {names}: it opens nobody's chat; they need codes.",
                phone=shown(phone),
                names=Joined(names),
            )
    chiefs: dict[str, list[str]] = {}
    everybody: list[Person | PersonRow] = [*(person for person in known.people if person.active), *new]
    for each in everybody:
        if each.role is not None and heads(each.role):
            chiefs.setdefault(each.unit, []).append(each.name)
    for unit, names in chiefs.items():
        if len(names) > 1 and any(line.unit == unit and heads(line.role or "") for line in new):
            yield _("⚠️ Unit {unit} has several heads: {names}.", unit=unit, names=Joined(names))
