"""What the forms of the units look at and understand: units by code or name, new codes, people by name or number."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from bot.conversation import Visit
from bot.dialogue import Answers, Choice, Day, Facts, Field, Line, OneOf, Reading, Scene, Value, Window, Wrong, in_days
from bot.language import Joined, Part, Text, _, clean_line, exact, fold, person_names, signs
from bot.movement import titled
from bot.office.roster import unit_checks
from storage import people, unit_history
from storage.people import Person, Unit

NEW = "+"
"""Instead of a unit's code: one that is made."""
_BETWEEN = re.compile(r"\s*(?:[,;+&\n]|\bvà\b|\bva\b|\band\b)\s*", re.IGNORECASE)
_CODE = re.compile(r"[A-Za-z0-9_-]{1,16}")
LINES = 60
"""So many people of a unit are listed."""


class UnitFacts(Facts):
    """The units there are and those that have ended; the one the sheet is about, with its people."""

    def __init__(self, visit: Visit, subject: str) -> None:
        self.visit, self.subject = visit, subject

    @cached_property
    def ever(self) -> Sequence[Unit]:
        """Every unit, those that have ended too."""
        return self.visit.tx.all(unit_history.EVER_UNITS)

    @cached_property
    def units(self) -> Sequence[Unit]:
        """The units there are."""
        return [unit for unit in self.ever if unit.active]

    @cached_property
    def unit(self) -> Unit | None:
        """The unit that the sheet is about."""
        return self.visit.tx.one(people.UNIT, code=self.subject)

    def people_of(self, codes: Sequence[str]) -> list[Person]:
        """Return the people of some units."""
        return [person for code in codes for person in self.visit.tx.all(people.OF_UNIT, unit=code)]

    def name(self, code: str) -> str:
        """Return what a unit is called."""
        return next((unit.name for unit in self.ever if unit.code == code), code)


def unit_said(said: str, facts: UnitFacts) -> str | Text:
    """Return the code of the unit that is meant, or a sentence why none is: unknown, not alone, ended."""
    found = person_names.unit_meant(said, facts.units)
    hits = found.sure or (found.near if len(found.near) == 1 else ())
    if len(hits) == 1:
        return hits[0].code
    gone = person_names.unit_meant(said, [unit for unit in facts.ever if not unit.active])
    if gone.sure:
        return unit_checks.ended(gone.sure[0])
    near = Joined([f"{unit.code} ({unit.name})" for unit in (found.near or facts.units)[:14]])
    return _("There is no unit «{unit}». Units: {codes}.", unit=clean_line(said)[:60], codes=near)


@dataclass(frozen=True)
class UnitsMeant:
    """Units as people type them, by code or name: «KHTC, QLN»; a value is a list of codes."""

    free = True
    text = False
    digits = False

    def read(self, text: str, answers: Answers, scene: Scene) -> Reading:
        """Find each unit; a name that is a unit's as a whole is not taken apart."""
        facts = UnitFacts.of(scene)
        whole = person_names.unit_meant(text, facts.units).sure
        if len(whole) == 1:
            return Value([whole[0].code])
        found: list[str] = []
        for piece in [each for each in _BETWEEN.split(clean_line(text)) if each] or [text]:
            code = unit_said(piece, facts)
            if not isinstance(code, str):
                return Wrong(code)
            found.append(code)
        return Value(list(dict.fromkeys(found)))

    def show(self, value: Any, scene: Scene) -> Part:
        """Say the units by name."""
        return _("{units}", units=Joined([UnitFacts.of(scene).name(code) for code in value]))


@dataclass(frozen=True)
class UnitMeant:
    """One unit, by code or name; or that a new one is made."""

    free = True
    text = False
    digits = False

    def read(self, text: str, answers: Answers, scene: Scene) -> Reading:
        """Find the unit; the words of the choice mean a new one."""
        if fold(text) == fold(scene.words.say(_("a new unit"))):
            return Value(NEW)
        code = unit_said(text, UnitFacts.of(scene))
        return Value(code) if isinstance(code, str) else Wrong(code)

    def show(self, value: Any, scene: Scene) -> Part:
        """Say the unit by name."""
        return _("a new unit") if value == NEW else UnitFacts.of(scene).name(value)


@dataclass(frozen=True)
class NewCode:
    """The code of a unit that is made: short, without marks, never one that was given before."""

    free = True
    text = False
    digits = True

    def read(self, text: str, answers: Answers, scene: Scene) -> Reading:
        """Read the code."""
        code = signs(clean_line(text))
        if not _CODE.fullmatch(code):
            return Wrong(
                _(
                    "«{code}» is not a code: letters without marks and digits, up to 16. For example: QLXD",
                    code=code[:40],
                )
            )
        if (used := unit_checks.code_used(UnitFacts.of(scene).visit, code)) is not None:
            return Wrong(used)
        if code in [answers.get(name) for name in ("code", "code2") if name in answers]:
            return Wrong(_("The two new units need two codes."))
        return Value(code)

    def show(self, value: Any, scene: Scene) -> Part:
        """Say the code."""
        return str(value)


@dataclass(frozen=True)
class Members:
    """People of the unit, by their names or their numbers in the list: «1, 3, Nông Văn Mẫu»; a value is a list of ids."""

    free = True
    text = False
    digits = True

    def read(self, text: str, answers: Answers, scene: Scene) -> Reading:
        """Find each of them; what means several is asked for by its number."""
        facts = UnitFacts.of(scene)
        there = facts.people_of([facts.subject])
        found: list[int] = []
        for piece in [each for each in _BETWEEN.split(clean_line(text)) if each]:
            if piece.strip(". ").isdecimal() and 0 < int(piece.strip(". ")[:4]) <= len(there):
                found.append(there[int(piece.strip(". ")[:4]) - 1].id)
                continue
            meant = person_names.meant(piece, ((person.name, person) for person in there))
            hits = meant.sure or (meant.near if len(meant.near) == 1 else ())
            if len(hits) != 1:
                name = facts.name(facts.subject)
                return Wrong(
                    _(
                        "«{name}» is not one of the people of {unit}. Please give names or numbers of the list, for example: 1, 3",
                        name=piece[:60],
                        unit=name,
                    )
                )
            found.append(hits[0].id)
        if not found:
            return Wrong(_("Please give names or numbers of the list, for example: 1, 3"))
        return Value(list(dict.fromkeys(found)))

    def show(self, value: Any, scene: Scene) -> Part:
        """Say who they are."""
        facts = UnitFacts.of(scene)
        known = {person.id: titled(person) for person in facts.people_of([facts.subject])}
        return _("{people}", people=Joined([known.get(id, str(id)) for id in value]))


@dataclass(frozen=True)
class OnePerson(OneOf):
    """One of the people who are offered, named by position and name wherever the answer is shown."""

    def show(self, value: Any, scene: Scene) -> Part:
        """Say who it is."""
        person = UnitFacts.of(scene).visit.tx.one(people.BY_ID, id=value)
        return str(value) if person is None else titled(person)


def numbered(facts: UnitFacts) -> list[Part]:
    """List the people of the unit by numbers."""
    there = facts.people_of([facts.subject])
    return [_("{n}. {who}", n=n, who=titled(person)) for n, person in enumerate(there[:LINES], 1)]


# Fields that several forms have ----------------------------------------------------------------------


def unit_choices(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer the units there are."""
    return [Choice(unit.code, unit.name) for unit in UnitFacts.of(scene).units]


def kind_choices(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer the kinds of unit of the plan."""
    return [Choice(kind.code, kind.name) for kind in scene.plan.unit_kinds]


def days(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer today and the first of this month and the next."""
    today = scene.today
    ahead = date(today.year + today.month // 12, today.month % 12 + 1, 1)
    found = dict.fromkeys((today, today.replace(day=1), ahead))
    return [Choice(day.isoformat(), _("{day}", day=day)) for day in found]


def name_taken(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """Refuse the name of another unit, and what is no name."""
    facts = UnitFacts.of(scene)
    if not value[0].isalpha() or len(value.split()) < 2:
        return _("«{name}» is not the full name of a unit. For example: Phòng Quản lý xây dựng", name=value)
    other = next((unit for unit in facts.units if exact(unit.name) == exact(value)), None)
    if other is None:
        return None
    if other.code == facts.subject:
        return _("{unit} is called so already; please give its new name.", unit=other.name)
    return _("{unit} ({code}) is called so already; please give another name.", unit=other.name, code=other.code)


LIKELY = Window(in_days(-92), in_days(366))
BASIS = Field(
    "basis",
    _("Basis"),
    _("Which document orders it?"),
    Line(shortest=3, longest=200),
    example=_("decision 125/QĐ-{sign} of 25/06/2028"),
    skip=_("No document yet"),
)


def day_field(units: Any) -> Field:
    """Return the question for the day; `units` says from answers and scene which units it is about, and which end."""

    def refuse(value: Any, answers: Answers, scene: Scene) -> Part | None:
        codes, ending = units(answers, scene)
        return unit_checks.too_early(UnitFacts.of(scene).visit, codes, ending, date.fromisoformat(value))

    return Field(
        "day",
        _("From"),
        _("From which day on does it hold?"),
        Day(believed=LIKELY),
        choices=days,
        example="01/07/2028",
        refuse=refuse,
    )
