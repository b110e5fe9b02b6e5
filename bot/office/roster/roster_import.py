"""Import a roster: compare a file with the people who are known, and write what is new or different.

Nobody is deleted, and nobody's role or unit is changed. Comparing is pure; reading and writing run in a transaction.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.documents.roster import Sheet
from bot.documents.roster_rows import PersonRow, UnitRow
from bot.documents.tables import TableProblem
from bot.language import Joined, Text, _, exact, fold, person_names
from bot.movement import Plan, Role
from bot.office.roster.roster_changes import Roster, RosterChanges, differences
from bot.office.roster.roster_notes import asked_of, gone, namesakes, odd, really_new
from storage import consents, people
from storage.db import Tx
from storage.people import Person, Unit

R = TypeVar("R")


def roster(tx: Tx) -> Roster:
    """Read the roster as it is."""
    return Roster(tx.all(people.UNITS), tx.all(people.EVER), frozenset(tx.all(consents.WITHDRAWN)))


def changes(known: Roster, sheet: Sheet, plan: Plan) -> RosterChanges:
    """Compare a file with the roster, line by line: who is whom, and what is different."""
    rows, strange = _kinds(sheet.units, plan)
    new_units, renamed, problems = _units(known, rows)
    problems += strange
    people_rows, unknown = _roles(sheet.people, plan)
    problems += unknown
    names: list[Unit | UnitRow] = [*known.units, *new_units]
    lines = []
    for row in people_rows:
        found = person_names.unit_meant(row.unit, names)
        if len(found.sure) == 1:
            lines.append(replace(row, unit=found.sure[0].code))
        else:
            problems.append(row.wrong(_no_unit(row.unit, found)))
    problems += _twice(lines)
    matched = _matched(known, lines)
    problems += [line.wrong(_which(line, person)) for line, person in matched.open]
    new, notes, asked = really_new(known, matched.new)
    changed, same = [], len(sheet.units) - len(new_units) - len(renamed)
    for person, line in matched.pairs:
        asked += asked_of(person, line)
        silent = person.id in known.withdrawn and line.phone is not None
        if silent:
            notes.append(
                _(
                    "⚠️ {name} has withdrawn agreement to the data notice; the telephone number is not written.",
                    name=person.name,
                )
            )
        said = replace(line, phone=None) if silent else line
        if person.active and person.unit == line.unit and differences(person, said):
            changed.append((person, said))
        else:
            same += 1
    notes += namesakes(known, new)
    notes += odd(known, new, changed)
    named = {person.id for person, _line in matched.pairs} | {person.id for _line, person in matched.open}
    asked += gone(known, dict.fromkeys(line.unit for line in lines), named | {each.person.id for each in asked})
    return RosterChanges(new_units, renamed, new, changed, same, notes, problems, asked)


def _kinds(units: Sequence[UnitRow], plan: Plan) -> tuple[list[UnitRow], list[TableProblem]]:
    """Read which kind of the plan's each unit is of, as people write it."""
    codes = {word: kind.code for kind in plan.unit_kinds for word in kind.called}
    names = Joined([kind.name for kind in plan.unit_kinds])
    strange = [
        row.wrong(_("«{kind}» is not a kind of unit: {kinds}.", kind=row.kind, kinds=names))
        for row in units
        if fold(row.kind) not in codes
    ]
    return [replace(row, kind=codes.get(fold(row.kind), "")) for row in units], strange


def _roles(rows: Sequence[PersonRow], plan: Plan) -> tuple[list[PersonRow], list[TableProblem]]:
    """Read which of the plan's roles each line means, as people write it; a line that means none is left out."""
    roles = [(row, plan.role_meant(row.role) if row.role else None) for row in rows]
    strange = [
        row.wrong(_("«{role}» is not a role. Roles: {roles}.", role=row.role[:40], roles=plan.roles.listed))
        for row, role in roles
        if row.role and role is None
    ]
    return [replace(row, role=role) for row, role in roles if role is not None or not row.role], strange


def _units(
    known: Roster, rows: Sequence[UnitRow]
) -> tuple[list[UnitRow], list[tuple[Unit, UnitRow]], list[TableProblem]]:
    """Compare units by their codes in any case; one name under two codes is most often one unit."""
    codes = {exact(unit.code): unit for unit in known.units}
    names = {exact(unit.name): unit.code for unit in known.units}
    new, renamed, problems = [], [], []
    for row in rows:
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


def _twice(lines: Sequence[PersonRow]) -> Iterator[TableProblem]:
    """Find lines of one name in one unit that nothing tells apart."""
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


@dataclass(frozen=True, slots=True)
class _Matched:
    pairs: Sequence[tuple[Person, PersonRow]]
    new: Sequence[PersonRow]
    open: Sequence[tuple[PersonRow, Person]]


def _matched(known: Roster, lines: Sequence[PersonRow]) -> _Matched:
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


def _which(line: PersonRow, person: Person) -> Text:
    """Say what to write so that a line is somebody known, or a namesake."""
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


def apply(tx: Tx, plan: Plan, found: RosterChanges, chosen: Collection[int] | None = None) -> None:
    """Store what is written without a question, in the caller's transaction: all of it, or the lines of these numbers."""
    wanted = iter(range(1, found.usual + 1))

    def taken(rows: Sequence[R]) -> list[R]:
        return [row for row in rows if next(wanted) in (chosen if chosen is not None else range(1, found.usual + 1))]

    seals = {kind.code for kind in plan.unit_kinds if kind.seal}
    for row in taken(found.new_units):
        people.add_unit(
            tx, code=row.code, name=row.name, kind=row.kind, seal=row.kind in seals, head_title=row.head_title
        )
    for unit, row in taken(found.renamed_units):
        people.add_unit(tx, code=unit.code, name=row.name, kind=row.kind, head_title=row.head_title)
    for line in taken(found.new_people):
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
    for person, line in taken(found.changed_people):
        people.set_details(
            tx,
            person.id,
            position=line.position or person.position,
            kind=line.kind or person.kind,
            phone=line.phone or person.phone,
            number=line.number or person.number,
            born=line.born or person.born,
        )
