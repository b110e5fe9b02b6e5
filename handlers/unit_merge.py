"""Units merge into one that is there or a new one: shown with all it comes to before it is done."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.conversation import Command, Conversation, Feature, Serves, Visit, allowed
from bot.dialogue import Answers, Choice, Field, Form, Line, OneOf, Say, Scene, Value, Wrong
from bot.language import Part, _, read_day
from bot.movement import DESK_ROLES, May, Role, heads, titled
from bot.office.roster import unit_answers, unit_checks, unit_showing
from bot.office.roster.unit_answers import BASIS, NEW, NewCode, OnePerson, UnitFacts, UnitMeant, UnitsMeant, day_field
from bot.office.roster.unit_wanted import MadeUnit, UnitAct, WantedUnits
from storage import drafts


def ending(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer the units that may end: all but the desk's own."""
    desk = scene.plan.office.desk_unit
    return [Choice([unit.code], unit.name) for unit in UnitFacts.of(scene).units if unit.code != desk]


def desk_stays(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """Refuse to end the desk's unit, and to merge unions with units that owe."""
    facts = UnitFacts.of(scene)
    for code in value:
        if (why := unit_checks.is_desk(facts.visit, code)) is not None:
            return why
    return _mixed(value, facts)


def _mixed(codes: Sequence[str], facts: UnitFacts) -> Part | None:
    kinds = {unit.kind in facts.visit.plan.unions for unit in facts.units if unit.code in codes}
    return _("Unions merge with unions only.") if len(kinds) > 1 else None


def successors(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer the other units, and a new one."""
    gone = answers.get("units") or ()
    there = [Choice(unit.code, unit.name) for unit in UnitFacts.of(scene).units if unit.code not in gone]
    return [*there, Choice(NEW, _("a new unit"))]


def into_another(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """Refuse a merger of a unit into itself, of one alone into a new one, of a union into a unit."""
    facts, units = UnitFacts.of(scene), answers.get("units") or []
    if value in units:
        return _("{unit} cannot merge into itself; please choose another unit or a new one.", unit=facts.name(value))
    if value == NEW and len(units) == 1:
        return _(
            "One unit alone that goes on under a new name is renamed: /doiten {unit}. For a merger please choose another unit.",
            unit=units[0],
        )
    return None if value == NEW else _mixed([*units, value], facts)


def _makes(answers: Answers, scene: Scene) -> bool:
    return answers.get("into") == NEW


def _asks_head(answers: Answers, scene: Scene) -> bool:
    """Whether the head is asked: of the desk's own unit it is who it is."""
    return bool(answers.get("into")) and answers["into"] != scene.plan.office.desk_unit


def leading(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer whoever heads or is a deputy in one of the units: those of the successor first."""
    into, facts = answers.get("into"), UnitFacts.of(scene)
    codes = [*([into] if into not in (None, NEW) else []), *(answers.get("units") or ())]
    there = [p for p in facts.people_of(codes) if (heads(p.role) or p.role == Role.DEPUTY) and p.role not in DESK_ROLES]
    there.sort(key=lambda person: not heads(person.role))
    return [Choice(person.id, titled(person), person=person.name) for person in there]


def _about(answers: Answers, scene: Scene) -> tuple[Sequence[str], Sequence[str]]:
    units = answers.get("units") or []
    return [*units, *([answers["into"]] if answers.get("into") not in (None, NEW) else [])], units


MERGE_FORM = Form(
    "unit_merge",
    title=lambda answers, scene: _("Merge units"),
    fields=(
        Field(
            "units",
            _("Units that end"),
            _("Which units merge into another one and are no more?"),
            UnitsMeant(),
            choices=ending,
            example="KHTC, QLN",
            refuse=desk_stays,
        ),
        Field("into", _("Into"), _("Into which unit?"), UnitMeant(), choices=successors, refuse=into_another),
        Field("code", _("Code"), _("Which short code does it get?"), NewCode(), example="QLXD", when=_makes),
        Field(
            "name",
            _("Name"),
            _("What is the new unit called, in full?"),
            Line(shortest=4, longest=120),
            example="Phòng Quản lý xây dựng",
            refuse=unit_answers.name_taken,
            when=_makes,
        ),
        Field(
            "kind",
            _("Kind of unit"),
            _("Of which kind is it?"),
            OneOf(unit_answers.kind_choices),
            choices=unit_answers.kind_choices,
            when=_makes,
        ),
        Field(
            "head",
            _("Head"),
            _("Who heads the unit afterwards? Other heads become deputies in the assistant."),
            OnePerson(leading),
            choices=leading,
            skip=_("Not named yet"),
            when=_asks_head,
        ),
        day_field(_about),
        BASIS,
    ),
    send=lambda answers, scene: _("Look at the change"),
)


def show_merger(visit: Visit, subject: str, answers: Answers) -> Say:
    """Show what a merger comes to."""
    into = answers["code"] if answers["into"] == NEW else answers["into"]
    made = [MadeUnit(into, answers["name"], answers["kind"])] if answers["into"] == NEW else []
    head = {into: answers["head"]} if answers.get("head") else {}
    day, basis = date.fromisoformat(answers["day"]), answers.get("basis") or ""
    return unit_showing.show(visit, WantedUnits(UnitAct.MERGED, day, basis, answers["units"], into, made, heads=head))


_INTO = re.compile(r"\s+(?:vào|vao|với|voi|into)\s+", re.IGNORECASE)
_FROM = re.compile(r"\s+(?:kể\s+từ|ke\s+tu|từ|tu|from)(?:\s+(?:ngày|ngay))?\s+(?=\S*\d)", re.IGNORECASE)


def merge(visit: Visit, args: str) -> Say:
    """Answer «/sapnhap», or «/sapnhap KHTC vào QLXD từ 01/07/2028» at once."""
    said, *day = _FROM.split(args.strip(), maxsplit=1)
    units, *into = _INTO.split(said.strip(), maxsplit=1)
    if not units:
        return visit.open(MERGE)
    before = visit.tx.one(drafts.OPEN, person=visit.me.id, form=MERGE.code, subject="")
    if before is not None:  # what is said now is another merger
        drafts.put_away(visit.tx, id=before.id)
    scene, typed = visit.scene(UnitFacts(visit, "")), dict[str, Any]()
    for name, kind, text in (("units", UnitsMeant(), units), ("into", UnitMeant(), next(iter(into), ""))):
        reading = kind.read(text, typed, scene) if text else None
        if isinstance(reading, Value):
            why = (desk_stays if name == "units" else into_another)(reading.value, typed, scene)
        else:
            why = reading.why if isinstance(reading, Wrong) else None
        if why is not None:
            return visit.open(MERGE, "", typed, why)
        if isinstance(reading, Value):
            typed[name] = reading.value
    if day and (on := read_day(day[0], visit.said.date())) is not None:
        typed["day"] = on.isoformat()
    return visit.open(MERGE, typed=typed)


SERVES: Serves[Visit] = allowed(May.KEEP)
MERGE = Conversation(
    "unit_merge",
    title=lambda plan, subject: _("Merging units"),
    form=lambda plan: MERGE_FORM,
    file=show_merger,
    serves=SERVES,
    facts=UnitFacts,
)
FEATURE = Feature(
    __name__,
    commands=(Command("sapnhap", _("Merge units"), _("merge units|merge"), merge, SERVES, listed=False),),
    forms=(MERGE,),
)
