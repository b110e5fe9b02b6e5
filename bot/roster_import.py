"""What importing a roster would change, and doing it; nobody is ever deleted."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.documents.roster import PersonRow, Sheet, UnitRow
from bot.documents.tables import Problem
from bot.i18n import Count, Text, _
from bot.people import Role
from bot.text import fold
from storage import people
from storage.db import Tx
from storage.people import Person, Unit


@dataclass(frozen=True, slots=True)
class Roster:
    """Who and what is known already."""

    units: Sequence[Unit]
    people: Sequence[Person]


@dataclass(frozen=True, slots=True)
class Changes:
    """What the file would change."""

    new_units: Sequence[UnitRow]
    renamed_units: Sequence[tuple[Unit, UnitRow]]
    new_people: Sequence[PersonRow]
    changed_people: Sequence[tuple[Person, PersonRow]]
    unchanged: int
    elsewhere: Sequence[tuple[PersonRow, Person]]
    """People of the same name in another unit: the same person, or a namesake?"""
    problems: Sequence[Problem]
    """What is wrong beyond what the sheet itself says."""


def roster(tx: Tx) -> Roster:
    """The roster as it is."""
    return Roster(tx.all(people.UNITS), tx.all(people.EVERYBODY))


def changes(known: Roster, sheet: Sheet) -> Changes:
    """Compare a file with the roster: people by name and unit."""
    units = {unit.code: unit for unit in known.units}
    by_place = {(fold(p.name), p.unit): p for p in known.people}
    by_name = {fold(p.name): p for p in known.people}
    codes = set(units) | {row.code for row in sheet.units}
    problems = list[Problem]()
    new_people, changed, elsewhere, same = [], [], [], 0
    for row in sheet.people:
        if row.unit not in codes:
            problems.append(
                Problem(row.line, _("There is no unit {unit}; import the units first.", unit=row.unit))
            )
            continue
        found = by_place.get((fold(row.name), row.unit))
        if found is None:
            new_people.append(row)
            if fold(row.name) in by_name:
                elsewhere.append((row, by_name[fold(row.name)]))
        elif (found.position, found.kind, found.role, found.phone) != (
            row.position,
            row.kind,
            row.role,
            row.phone or found.phone,
        ):
            changed.append((found, row))
        else:
            same += 1
    problems += _without_administrator(known, changed)
    renamed = [
        (units[r.code], r)
        for r in sheet.units
        if r.code in units and (units[r.code].name, units[r.code].kind) != (r.name, r.kind)
    ]
    new_units = [row for row in sheet.units if row.code not in units]
    same += len(sheet.units) - len(new_units) - len(renamed)
    return Changes(new_units, renamed, new_people, changed, same, elsewhere, problems)


def _without_administrator(known: Roster, changed: Sequence[tuple[Person, PersonRow]]) -> list[Problem]:
    """Nobody could invite people any more: most often one's own row was taken over from the sample."""
    able = {person.id for person in known.people if person.role == Role.ADMIN}
    lost = [row for person, row in changed if person.id in able and row.role != Role.ADMIN]
    if not able or len(lost) < len(able):
        return []
    return [
        Problem(row.line, _("{name} is the last administrator and would be {role}; make somebody else one first.", name=row.name, role=row.role))
        for row in lost
    ]  # fmt: skip


def describe(found: Changes) -> list[Text]:
    """The changes in words, line by line."""
    lines = [
        _("New units: {units}; changed units: {renamed}; new people: {people}; changed people: {changed}; unchanged: {same}.",
          units=Count(len(found.new_units)), renamed=Count(len(found.renamed_units)), people=Count(len(found.new_people)),
          changed=Count(len(found.changed_people)), same=Count(found.unchanged))
    ]  # fmt: skip
    lines += [_("+ unit {code} {name}", code=row.code, name=row.name) for row in found.new_units]
    lines += [
        _("~ unit {code}: {before} → {after}", code=row.code, before=unit.name, after=row.name)
        for unit, row in found.renamed_units
    ]
    lines += [
        _(
            "+ {name}, {position}, {unit} ({role})",
            name=row.name,
            position=row.position,
            unit=row.unit,
            role=row.role,
        )
        for row in found.new_people
    ]
    for person, row in found.changed_people:
        lines.append(
            _(
                "~ {name}, {unit}: {before} ({was}) → {after} ({role})",
                name=row.name,
                unit=row.unit,
                before=person.position,
                was=person.role,
                after=row.position,
                role=row.role,
            )
        )
    for row, person in found.elsewhere:
        lines.append(
            _(
                "⚠️ {name} stands in unit {other} too: the same person, or a namesake? It is added to {unit}.",
                name=row.name,
                other=person.unit,
                unit=row.unit,
            )
        )
    return lines


def apply(tx: Tx, found: Changes) -> None:
    """Write the changes."""
    for row in found.new_units:  # a subordinate unit has a seal of its own, a room has none
        people.add_unit(tx, code=row.code, name=row.name, kind=row.kind, seal=row.kind == "don_vi")
    for _unit, row in found.renamed_units:
        people.add_unit(tx, code=row.code, name=row.name, kind=row.kind)
    for person_row in found.new_people:
        people.add_person(
            tx, name=person_row.name, name_fold=fold(person_row.name), position=person_row.position,
            kind=person_row.kind, unit=person_row.unit, role=person_row.role, phone=person_row.phone,
        )  # fmt: skip
    for person, person_row in found.changed_people:
        people.change_person(
            tx, person.id, position=person_row.position, kind=person_row.kind, unit=person_row.unit,
            role=person_row.role, phone=person_row.phone or person.phone,
        )  # fmt: skip
