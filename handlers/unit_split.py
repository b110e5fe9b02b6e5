"""A unit is split: a new one comes out of it, or two new ones take its place; its people are named one by one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot.conversation import HOME, Command, Conversation, Feature, Serves, Visit, allowed
from bot.dialogue import Answers, Choice, Field, Form, Line, OneOf, Say, Scene
from bot.language import Part, _, exact
from bot.movement import May, titled
from bot.office.roster import unit_answers, unit_checks, unit_listing, unit_showing
from bot.office.roster.unit_answers import BASIS, Members, NewCode, OnePerson, UnitFacts, day_field
from bot.office.roster.unit_wanted import MadeUnit, UnitAct, WantedUnits
from storage.people import Person

STAYS, ENDS = "stays", "ends"


def ways(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer whether the unit goes on; the desk's own does."""
    facts = UnitFacts.of(scene)
    unit = facts.name(facts.subject)
    stays = Choice(STAYS, _("{unit} goes on, one new unit comes out of it", unit=unit))
    if unit_checks.is_desk(facts.visit, facts.subject) is not None:
        return [stays]
    return [stays, Choice(ENDS, _("{unit} ends, two new units take its place", unit=unit))]


def _ends(answers: Answers, scene: Scene) -> bool:
    return answers.get("way") == ENDS


def who_goes(answers: Answers, scene: Scene) -> Sequence[Part]:
    """Ask who goes to the first new unit, with everybody by number."""
    facts = UnitFacts.of(scene)
    return [
        _("Who goes to {unit}?", unit=answers.get("name") or ""),
        *unit_answers.numbered(facts),
        _("Who is not named is of the other part."),
    ]


def not_all(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """Refuse that nobody is left for the other one."""
    facts = UnitFacts.of(scene)
    if len(facts.people_of([facts.subject])) > len(value):
        return None
    return _(
        "Nobody would be left in the other unit. If the whole unit goes on under a new name, it is renamed: /doiten {unit}",
        unit=facts.subject,
    )


def _parted(scene: Scene, answers: Answers) -> tuple[list[Person], list[Person]]:
    facts, there = UnitFacts.of(scene), answers.get("people") or ()
    people = facts.people_of([facts.subject])
    return [p for p in people if p.id in there], [p for p in people if p.id not in there]


def going(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer those who go to the first new unit."""
    return [Choice(p.id, titled(p), person=p.name) for p in _parted(scene, answers)[0]]


def rest(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Offer those who go to the other one."""
    return [Choice(p.id, titled(p), person=p.name) for p in _parted(scene, answers)[1]]


def other_name(value: Any, answers: Answers, scene: Scene) -> Part | None:
    """Refuse one name for both."""
    if exact(value) == exact(answers.get("name") or ""):
        return _("The two new units need two names.")
    return unit_answers.name_taken(value, answers, scene)


def _about(answers: Answers, scene: Scene) -> tuple[Sequence[str], Sequence[str]]:
    codes = [UnitFacts.of(scene).subject]
    return codes, codes if _ends(answers, scene) else []


_LEFT = _("Not named yet")
NAME = Field(
    "name",
    _("Name"),
    _("What is the new unit called, in full?"),
    Line(shortest=4, longest=120),
    example="Phòng Quản lý nhà",
    refuse=unit_answers.name_taken,
)
KIND = Field(
    "kind",
    _("Kind of unit"),
    _("Of which kind is it?"),
    OneOf(unit_answers.kind_choices),
    choices=unit_answers.kind_choices,
)
FORM = Form(
    "unit_split",
    title=lambda answers, scene: _("Split {unit}", unit=UnitFacts.of(scene).name(UnitFacts.of(scene).subject)),
    fields=(
        Field("code", _("Code"), _("Which short code does the new unit get?"), NewCode(), example="QLN"),
        NAME,
        KIND,
        Field("people", _("People"), who_goes, Members(), example="1, 3", refuse=not_all),
        Field("head", _("Head"), _("Who heads the new unit?"), OnePerson(going), choices=going, skip=_LEFT),
        Field("way", _("Afterwards"), _("What becomes of the unit itself?"), OneOf(ways), choices=ways),
        Field(
            "code2",
            _("Code of the other"),
            _("Which short code does the other new unit get?"),
            NewCode(),
            example="TTBDS",
            when=_ends,
        ),
        replace(
            NAME,
            code="name2",
            label=_("Name of the other"),
            ask=_("What is the other new unit called, in full?"),
            refuse=other_name,
            when=_ends,
        ),
        replace(KIND, code="kind2", label=_("Kind of the other unit"), when=_ends),
        Field(
            "head2",
            _("Head of the other"),
            _("Who heads the other new unit?"),
            OnePerson(rest),
            choices=rest,
            skip=_LEFT,
            when=_ends,
        ),
        day_field(_about),
        BASIS,
    ),
    send=lambda answers, scene: _("Look at the change"),
)


def show_split(visit: Visit, subject: str, answers: Answers) -> Say:
    """Show what a split comes to."""
    made, into, code = [MadeUnit(answers["code"], answers["name"], answers["kind"])], subject, answers["code"]
    named = {code: answers.get("head")}
    if answers["way"] == ENDS:
        into = answers["code2"]
        made.insert(0, MadeUnit(into, answers["name2"], answers["kind2"]))
        named[into] = answers.get("head2")
    day, basis = date.fromisoformat(answers["day"]), answers.get("basis") or ""
    there, heads = {code: answers["people"]}, {unit: id for unit, id in named.items() if id}
    return unit_showing.show(
        visit, WantedUnits(UnitAct.SPLIT, day, basis, [subject], into, made, there=there, heads=heads)
    )


def split(visit: Visit, args: str) -> Say:
    """Answer «/tachdonvi QLN»: a unit is split; without one, which."""

    def then(code: str) -> Say:
        if len(UnitFacts(visit, code).people_of([code])) > 1:
            return visit.open(SPLIT, code)
        return Say([_("{unit} has nobody to be split among.", unit=code)], buttons=(unit_showing.UNITS, HOME))

    return unit_listing.one_of(visit, args, "/tachdonvi", then)


SERVES: Serves[Visit] = allowed(May.KEEP)
SPLIT = Conversation(
    "unit_split",
    title=lambda plan, subject: _("Splitting {unit}", unit=subject),
    form=lambda plan: FORM,
    file=show_split,
    serves=SERVES,
    facts=UnitFacts,
)
FEATURE = Feature(
    __name__,
    commands=(Command("tachdonvi", _("Split a unit"), _("split unit|split"), split, SERVES, listed=False),),
    forms=(SPLIT,),
)
