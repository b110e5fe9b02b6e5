"""What an import would change of the roster, and how that is said line by line. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.documents.roster_rows import PersonRow, UnitRow
from bot.documents.tables import TableProblem
from bot.language import Count, Joined, Part, Text, _, shown
from bot.movement import Plan, Role
from storage.people import Person, Unit

KIND_NAMES = {"cong_chuc": _("civil servant"), "vien_chuc": _("public employee"), "nguoi_lao_dong": _("worker")}


@dataclass(frozen=True, slots=True)
class Roster:
    """Who and what is known already, those who have left too."""

    units: Sequence[Unit]
    people: Sequence[Person]
    withdrawn: frozenset[int] = frozenset()
    """Who of them has withdrawn agreement: their telephone number does not come back."""


@dataclass(frozen=True, slots=True)
class RosterChanges:
    """What the file would change."""

    new_units: Sequence[UnitRow]
    renamed_units: Sequence[tuple[Unit, UnitRow]]
    new_people: Sequence[PersonRow]
    changed_people: Sequence[tuple[Person, PersonRow]]
    unchanged: int
    notes: Sequence[Text]
    """What the file says and an import does not do, with the command for it; and what looks odd."""
    problems: Sequence[TableProblem]
    """What is wrong beyond what the sheet itself says."""


def differences(person: Person, line: PersonRow) -> list[Part]:
    """Return what a line changes of somebody, in words: only what it says, never role or unit."""
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


def role_name(plan: Plan, role: str | None) -> str:
    """Return a role in the words of a list; somebody new without one is an officer."""
    return plan.roles.word(role or Role.OFFICER)


def describe(plan: Plan, found: RosterChanges) -> list[Text]:
    """Return the changes in words, line by line."""
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
            role=role_name(plan, row.role),
            phone=f", {shown(row.phone)}" if row.phone else "",
        )
        for row in found.new_people
    ]
    lines += [
        _(
            "~ {name}, {unit}: {changes}",
            name=person.name,
            unit=person.unit,
            changes=Joined(differences(person, row), "; "),
        )
        for person, row in found.changed_people
    ]
    return [*lines, *found.notes]


def _called(name: str, head_title: str) -> Part:
    return _("{name} ({place})", name=name, place=head_title) if head_title else name
