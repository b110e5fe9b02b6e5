"""What importing a roster would change, and doing it; nobody is deleted, and nobody's role or unit is changed."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.documents.roster import PersonRow, Sheet, UnitRow
from bot.documents.tables import Problem
from bot.language import Count, Joined, Part, Text, _, exact, fold, person_names, shown
from bot.movement import ROLE_WORD, Role, heads
from storage import consents, people
from storage.db import Tx
from storage.people import Person, Unit


@dataclass(frozen=True, slots=True)
class Roster:
    """Who and what is known already, those who have left too."""

    units: Sequence[Unit]
    people: Sequence[Person]
    withdrawn: frozenset[int] = frozenset()
    """Who of them has withdrawn agreement: their telephone number does not come back."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What the file would change."""

    new_units: Sequence[UnitRow]
    renamed_units: Sequence[tuple[Unit, UnitRow]]
    new_people: Sequence[PersonRow]
    changed_people: Sequence[tuple[Person, PersonRow]]
    unchanged: int
    notes: Sequence[Text]
    """What the file says and an import does not do, with the command for it; and what looks odd."""
    problems: Sequence[Problem]
    """What is wrong beyond what the sheet itself says."""


def roster(tx: Tx) -> Roster:
    """The roster as it is."""
    return Roster(tx.all(people.UNITS), tx.all(people.EVER), frozenset(tx.all(consents.WITHDRAWN)))


def changes(known: Roster, sheet: Sheet) -> Changes:
    """Compare a file with the roster, line by line: who is whom, and what is different."""
    new_units, renamed, problems = _units(known, sheet)
    names: list[Unit | UnitRow] = [*known.units, *new_units]
    lines = []
    for row in sheet.people:
        found = person_names.unit_meant(row.unit, names)
        if len(found.sure) == 1:
            lines.append(replace(row, unit=found.sure[0].code))
        else:
            problems.append(row.wrong(_no_unit(row.unit, found)))
    problems += _twice(lines)
    matched = _matched(known, lines)
    problems += [line.wrong(_which(line, person)) for line, person in matched.open]
    new, notes = _near(known, matched.new)
    changed, same = [], len(sheet.units) - len(new_units) - len(renamed)
    for person, line in matched.pairs:
        notes += _kept(person, line)
        silent = person.id in known.withdrawn and line.phone is not None
        if silent:
            notes.append(
                _(
                    "⚠️ {name} has withdrawn agreement to the data notice; the telephone number is not written.",
                    name=person.name,
                )
            )
        said = replace(line, phone=None) if silent else line
        if person.active and person.unit == line.unit and _differs(person, said):
            changed.append((person, said))
        else:
            same += 1
    notes += _namesakes(known, new)
    notes += _odd(known, new, changed)
    return Changes(new_units, renamed, new, changed, same, notes, problems)


def _units(known: Roster, sheet: Sheet) -> tuple[list[UnitRow], list[tuple[Unit, UnitRow]], list[Problem]]:
    """Units by their codes in any case; one name under two codes is most often one unit."""
    codes = {exact(unit.code): unit for unit in known.units}
    names = {exact(unit.name): unit.code for unit in known.units}
    new, renamed, problems = [], [], []
    for row in sheet.units:
        unit = codes.get(exact(row.code))
        if unit is None:
            other = names.setdefault(exact(row.name), row.code)
            if other != row.code:
                problems.append(
                    row.wrong(_("A unit {name} is there already, with the code {code}.", name=row.name, code=other))
                )
            new.append(row)
        elif (unit.name, unit.kind, unit.head_title) != (row.name, row.kind, row.head_title or unit.head_title):
            renamed.append((unit, row))
    return new, renamed, problems


def _no_unit(said: str, found: person_names.Meant[Unit | UnitRow]) -> Text:
    if found.near or found.sure:
        near = Joined([f"{unit.code} ({unit.name})" for unit in [*found.sure, *found.near][:4]])
        return _("There is no unit {unit}. Is it {near}? Please write its code.", unit=said, near=near)
    return _("There is no unit {unit}; import the units first.", unit=said)


def _twice(lines: Sequence[PersonRow]) -> Iterator[Problem]:
    """Lines of one name in one unit that nothing tells apart."""
    seen: dict[tuple[str, str], list[PersonRow]] = {}
    for line in lines:
        before = seen.setdefault((exact(line.name), line.unit), [])
        for other in before:
            if person_names.supported(line, other) or (
                line.position == other.position and not person_names.against(line, other)
            ):
                yield line.wrong(_("This line repeats line {line}.", line=other.line))
                break
            if not person_names.against(line, other):
                yield line.wrong(
                    _(
                        "{name} stands in line {line} too. If they are two people, please give telephone, «Năm sinh» or «Mã số» of both.",
                        name=line.name,
                        line=other.line,
                    )
                )
                break
        before.append(line)


def _matched(known: Roster, lines: Sequence[PersonRow]) -> "_Matched":
    groups: dict[str, list[PersonRow]] = {}
    for line in lines:
        groups.setdefault(exact(line.name), []).append(line)
    named: dict[str, list[Person]] = {}
    for person in known.people:
        named.setdefault(exact(person.name), []).append(person)
    pairs, new, open = list[tuple[Person, PersonRow]](), list[PersonRow](), list[tuple[PersonRow, Person]]()
    for key, group in groups.items():
        found = person_names.match(group, named.get(key, []))
        pairs += [(person, line) for line, person in found.pairs]
        new += found.new
        open += found.open
    return _Matched(pairs, sorted(new, key=lines.index), open)


@dataclass(frozen=True, slots=True)
class _Matched:
    pairs: Sequence[tuple[Person, PersonRow]]
    new: Sequence[PersonRow]
    open: Sequence[tuple[PersonRow, Person]]


def _which(line: PersonRow, person: Person) -> Text:
    """May be somebody known or a namesake: what to write so that it is one or the other."""
    who = _("{name} ({place})", name=person.name, place=person_names.apart(person))
    if person.unit == line.unit:
        return _(
            "Is this {who}? If it is, please change telephone or position by «thidua person»; if they are two people, give «Năm sinh» or «Mã số».",
            who=who,
        )
    return _(
        'Is this {who}? If it is, use «thidua person "{name}" --unit {unit}» (moved); if it is a namesake, put both into the file with their telephones, «Năm sinh» or «Mã số».',
        who=who,
        name=person.name,
        unit=line.unit,
    )


def _near(known: Roster, new: Sequence[PersonRow]) -> tuple[list[PersonRow], list[Text]]:
    """Those who are really new; a name that differs from a known one by marks alone is said, or is that person."""
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


def _differs(person: Person, line: PersonRow) -> bool:
    return bool(_differences(person, line))


def _differences(person: Person, line: PersonRow) -> list[Part]:
    """What a line changes of somebody: only what it says, never role or unit."""
    pairs: Sequence[tuple[Text, Part | None, Part | None]] = (
        (_("position"), person.position, line.position or None),
        (_("kind"), KIND_NAMES[person.kind], KIND_NAMES[line.kind] if line.kind else None),
        (_("phone"), shown(person.phone or ""), shown(line.phone) if line.phone else None),
        (_("staff number"), person.number, line.number),
        (_("year of birth"), str(person.born or ""), str(line.born) if line.born else None),
    )
    return [
        _("{what} {before} → {after}", what=what, before=before or "…", after=after)
        for what, before, after in pairs
        if after is not None and after != (before or "")
    ]


def _kept(person: Person, line: PersonRow) -> list[Text]:
    """What a line says otherwise than the roster and an import leaves as it is, with the command for it."""
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
                now=role_name(person.role),
                role=role_name(line.role),
            )
        )
    return notes


def _namesakes(known: Roster, new: Sequence[PersonRow]) -> Iterator[Text]:
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


def _odd(known: Roster, new: Sequence[PersonRow], changed: Sequence[tuple[Person, PersonRow]]) -> Iterator[Text]:
    """One telephone of several people; two heads of one unit."""
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


KIND_NAMES = {"cong_chuc": _("civil servant"), "vien_chuc": _("public employee"), "nguoi_lao_dong": _("worker")}


def role_name(role: str | None) -> str:
    """A role in the words of a list."""
    return ROLE_WORD[role or Role.OFFICER]


def _called(name: str, head_title: str) -> Part:
    return _("{name} ({place})", name=name, place=head_title) if head_title else name


def describe(found: Changes) -> list[Text]:
    """The changes in words, line by line."""
    lines: list[Text] = [
        _(
            "New units: {units}; changed units: {renamed}; new people: {people}; changed people: {changed}; unchanged: {same}.",
            units=Count(len(found.new_units)),
            renamed=Count(len(found.renamed_units)),
            people=Count(len(found.new_people)),
            changed=Count(len(found.changed_people)),
            same=Count(found.unchanged),
        )
    ]
    lines += [_("+ unit {code} {name}", code=row.code, name=row.name) for row in found.new_units]
    lines += [
        _(
            "~ unit {code}: {before} → {after}",
            code=unit.code,
            before=_called(unit.name, unit.head_title),
            after=_called(row.name, row.head_title or unit.head_title),
        )
        for unit, row in found.renamed_units
    ]
    lines += [
        _(
            "+ {name}, {position}, {unit} ({role}{phone})",
            name=row.name,
            position=row.position,
            unit=row.unit,
            role=role_name(row.role),
            phone=f", {shown(row.phone)}" if row.phone else "",
        )
        for row in found.new_people
    ]
    lines += [
        _(
            "~ {name}, {unit}: {changes}",
            name=person.name,
            unit=person.unit,
            changes=Joined(_differences(person, row), "; "),
        )
        for person, row in found.changed_people
    ]
    return [*lines, *found.notes]


def apply(tx: Tx, found: Changes) -> None:
    """Write the changes."""
    for row in found.new_units:  # a subordinate unit has a seal of its own, a room has none
        people.add_unit(
            tx, code=row.code, name=row.name, kind=row.kind, seal=row.kind == "don_vi", head_title=row.head_title
        )
    for unit, row in found.renamed_units:
        people.add_unit(tx, code=unit.code, name=row.name, kind=row.kind, head_title=row.head_title)
    for line in found.new_people:
        people.add_person(
            tx,
            name=line.name,
            name_fold=fold(line.name),
            position=line.position,
            kind=line.kind or "cong_chuc",
            unit=line.unit,
            role=line.role or Role.OFFICER,
            phone=line.phone,
            number=line.number,
            born=line.born,
        )
    for person, line in found.changed_people:
        people.describe(
            tx,
            person.id,
            position=line.position or person.position,
            kind=line.kind or person.kind,
            phone=line.phone or person.phone,
            number=line.number or person.number,
            born=line.born or person.born,
        )
