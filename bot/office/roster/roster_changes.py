"""What an import would change of the roster, and how that is said line by line. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

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


class Asked(StrEnum):
    """What an import does only where somebody says so of that very line."""

    MOVED = "moved"
    ROLE = "role"
    BACK = "back"
    NAME = "name"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class AskedLine:
    """One such line: whose post it is, and what it would be."""

    what: Asked
    person: Person
    to: str = ""
    """The unit, the role, the name."""


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
    asked: Sequence[AskedLine] = field(default=())
    """What is done only where somebody says so of that line."""

    @property
    def usual(self) -> int:
        """How many lines are written unless they are left out; they have the first numbers."""
        return sum(map(len, (self.new_units, self.renamed_units, self.new_people, self.changed_people)))

    @property
    def count(self) -> int:
        """How many lines can be chosen."""
        return self.usual + len(self.asked)


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


def describe(plan: Plan, found: RosterChanges, held: Mapping[int, Sequence[Part]] | None = None) -> list[Part]:
    """Return the changes in words, a numbered line each; below a line that is asked about what hangs on that post."""
    lines: list[Part] = [
        _(
            "New units: {units}; changed units: {renamed}; new people: {people}; changed people: {changed}; unchanged: {same}.",
            units=Count(len(found.new_units)),
            renamed=Count(len(found.renamed_units)),
            people=Count(len(found.new_people)),
            changed=Count(len(found.changed_people)),
            same=Count(found.unchanged),
        )
    ]
    numbered = [*_usual(plan, found), *(_asked(plan, each) for each in found.asked)]
    for n, line in enumerate(numbered, 1):
        if n == found.usual + 1:
            lines.append(_("Done only where that line is chosen:"))
        lines.append(_("{n}. {line}", n=n, line=line))
        lines += [_("   {line}", line=each) for each in (held or {}).get(n, ())]
    return [*lines, *found.notes]


def _usual(plan: Plan, found: RosterChanges) -> Iterator[Text]:
    """Yield what is written unless it is left out, in the order of the numbers."""
    yield from (_("+ unit {code} {name}", code=row.code, name=row.name) for row in found.new_units)
    for unit, changed in found.renamed_units:
        yield _(
            "~ unit {code}: {before} → {after}",
            code=unit.code,
            before=_called(unit.name, unit.head_title),
            after=_called(changed.name, changed.head_title or unit.head_title),
        )
    for row in found.new_people:
        yield _(
            "+ {name}, {position}, {unit} ({role}{phone})",
            name=row.name,
            position=row.position,
            unit=row.unit,
            role=role_name(plan, row.role),
            phone=f", {shown(row.phone)}" if row.phone else "",
        )
    for person, row in found.changed_people:
        yield _(
            "~ {name}, {unit}: {changes}",
            name=person.name,
            unit=person.unit,
            changes=Joined(differences(person, row), "; "),
        )


def _asked(plan: Plan, line: AskedLine) -> Text:
    """Say what a line that is asked about would do."""
    person = line.person
    who = {"name": person.name, "unit": person.unit}
    if line.what is Asked.MOVED:
        return _("? {name}: moves from {unit} to {to}, as the file says", to=line.to, **who)
    if line.what is Asked.ROLE:
        now, to = role_name(plan, person.role), role_name(plan, line.to)
        return _("? {name}, {unit}: {now} becomes {to}, as the file says", now=now, to=to, **who)
    if line.what is Asked.BACK:
        return _("? {name}, {unit}: has left, and comes back", **who)
    if line.what is Asked.NAME:
        return _("? {name}, {unit}: is called {to}, whose telephone or number is the same", to=line.to, **who)
    return _("− {name}, {unit}: is not in the file, and leaves", **who)


def _called(name: str, head_title: str) -> Part:
    return _("{name} ({place})", name=name, place=head_title) if head_title else name


def in_words(chosen: Collection[int]) -> Joined:
    """Return numbers as people write them: «1-4, 7»."""
    parts: list[str] = []
    for n in sorted(chosen):
        first, _dash, last = parts[-1].partition("-") if parts else ("", "", "")
        if parts and int(last or first) == n - 1:
            parts[-1] = f"{first}-{n}"
        else:
            parts.append(str(n))
    return Joined(parts)
