"""What an import says besides its changes: what it leaves alone, namesakes, what looks odd. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.documents.roster_rows import PersonRow
from bot.language import Count, Joined, Text, _, exact, fold, person_names, shown
from bot.movement import Plan, heads
from bot.office.roster.roster_changes import Roster, role_name
from storage.people import Person


def left_alone(plan: Plan, person: Person, line: PersonRow) -> list[Text]:
    """Say what a line has otherwise than the roster and an import leaves as it is, with the command that changes it."""
    if not person.active:
        return [
            _(
                '⚠️ {name} has left and is not brought back by an import. If needed: thidua person "{name}" --back',
                name=person.name,
            )
        ]
    notes = []
    if person.unit != line.unit:
        notes.append(
            _(
                '⚠️ {name} is in unit {now}, the file says {unit}; left as it is. Moved: thidua person "{name}" --unit {unit}',
                name=person.name,
                now=person.unit,
                unit=line.unit,
            )
        )
    elif line.role is not None and line.role != person.role:
        notes.append(
            _(
                '⚠️ {name} is {now}, the file says {role}; left as it is. To change it: thidua person "{name}" --role "{role}"',
                name=person.name,
                now=role_name(plan, person.role),
                role=role_name(plan, line.role),
            )
        )
    return notes


def really_new(known: Roster, new: Sequence[PersonRow]) -> tuple[list[PersonRow], list[Text]]:
    """Return who is really new; a name that differs from a known one by its marks alone is said, or is that person."""
    kept, notes = [], []
    folded: dict[str, list[Person]] = {}
    for person in known.people:
        folded.setdefault(fold(person.name), []).append(person)
    for line in new:
        near = [p for p in folded.get(fold(line.name), ()) if exact(p.name) != exact(line.name)]
        same = next((person for person in near if person_names.supported(line, person)), None)
        if same is not None:
            notes.append(
                _(
                    '⚠️ {where}: {name} has the telephone or number of {known}. Nothing is changed; if it is one person: thidua person "{known}" --name "{name}"',
                    where=line.where,
                    name=line.name,
                    known=same.name,
                )
            )
            continue
        kept.append(line)
        notes += [
            _(
                '⚠️ {name} is added beside {known}, {unit}: two people. If it is one with a wrong mark, do not write this: thidua person "{known}" --name "{name}"',
                name=line.name,
                known=person.name,
                unit=person.unit,
            )
            for person in near
            if person.unit == line.unit and person.active
        ]
    return kept, notes


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
