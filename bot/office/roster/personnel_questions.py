"""The questions about somebody whose post changes: what is offered, and which of them are asked. Pure."""

from collections.abc import Callable, Sequence

from bot.dialogue import Answers, Choice, Field, Form, Line, OneOf, Scene
from bot.language import Joined, Part, _
from bot.movement import Role, heads, titled
from bot.office.roster.personnel_facts import KEEP, LEAVING, NOBODY, PersonnelFacts
from bot.office.roster.personnel_plan import said
from bot.office.roster.personnel_steps import LONGEST_POSITION
from storage.people import Person

WHAT = {
    "leave": _("Leaves: retires, or goes to another office"),
    "move": _("Moves to another unit"),
    "role": _("Another role"),
    "position": _("Another position, the same role"),
    "post": _("One more post in another unit"),
}
ALSO = {"leave": _("leaves the office"), "move": _("moves away"), "post": _("holds two posts")}
"""Shorter words for it."""


def whats(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Return what may happen to somebody who works here, or who has left."""
    facts = PersonnelFacts.of(scene)
    if facts.person is not None and not facts.person.active:
        return [Choice("back", _("Comes back"))]
    ends = [Choice("end", _("Ends this post; the other one stays"))] if len(facts.posts) > 1 else []
    return [*(Choice(code, text, also=ALSO.get(code, "")) for code, text in WHAT.items()), *ends]


def units(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Return the other units of the office."""
    return [Choice(unit.code, unit.name, also=unit.code) for unit in PersonnelFacts.of(scene).units]


def roles(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Return the roles somebody may get; who moves may stay what they are."""
    person, names = PersonnelFacts.of(scene).person, scene.plan.roles
    now = person.role if person is not None and answers.get("what") == "role" else None
    stays = [Choice(KEEP, _("The same role"))] if answers.get("what") in ("move", None) else []
    return [
        *stays,
        *(Choice(role.value, names.of(role).offered, also=names.word(role)) for role in Role if role != now),
    ]


def olds(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Return what the head of before may be from then on."""
    return [
        Choice("deputy", _("Deputy of the unit")),
        Choice("officer", _("Officer of the unit")),
        Choice("", _("Heads it too")),
    ]


def successors(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Return the colleagues, and that nobody is named."""
    among = [Choice(each.id, titled(each), person=each.name) for each in PersonnelFacts.of(scene).colleagues]
    return [*among, Choice(NOBODY, _("Nobody in particular: whoever heads the unit"))]


def yes_no(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Return yes and no."""
    return [Choice(True, _("Yes")), Choice(False, _("No"))]


def is_one(*of: str) -> Callable[[Answers, Scene], bool]:
    """Return whether one of these is what happens."""
    return lambda answers, scene: answers.get("what") in of


def before(answers: Answers, scene: Scene) -> Sequence[Person]:
    """Return the heads of before, where somebody becomes one."""
    role, facts = answers.get("role"), PersonnelFacts.of(scene)
    becomes = role not in (None, KEEP) and heads(str(role)) and answers.get("what") in ("role", "move", "post")
    return facts.heads_of(facts.unit_of(answers)) if becomes else ()


def loses_head(answers: Answers, scene: Scene) -> bool:
    """Whether somebody who heads a unit does not any more."""
    person, role = PersonnelFacts.of(scene).person, answers.get("role")
    gives_up = answers.get("what") == "role" and role is not None and not heads(str(role))
    return person is not None and heads(person.role) and (gives_up or answers.get("what") in LEAVING)


def hands_over(answers: Answers, scene: Scene) -> bool:
    """Whether it is asked who takes over."""
    facts = PersonnelFacts.of(scene)
    leaves = answers.get("what") in LEAVING and facts.holds
    return bool(facts.colleagues) and (leaves or loses_head(answers, scene))


def ask_position(answers: Answers, scene: Scene) -> Sequence[Part]:
    """Ask for the position, with the one it is now."""
    person = PersonnelFacts.of(scene).person
    now = person.position if person is not None and answers.get("what") != "post" else ""
    first = [_("The position now: {position}.", position=now)] if now else []
    return [*first, _("What is the position from then on?")]


def proposed(answers: Answers, scene: Scene) -> Sequence[Choice]:
    """Return what those of the role are mostly called."""
    usual = PersonnelFacts.of(scene).usual(answers)
    return [Choice(usual, usual)] if usual else []


FORM = Form(
    "personnel",
    title=lambda answers, scene: said(_person(scene)),
    fields=(
        Field("what", _("What happens"), _("What happens?"), OneOf(whats), choices=whats),
        Field("unit", _("Unit"), _("To which unit?"), OneOf(units), choices=units, when=is_one("move", "post")),
        Field(
            "role", _("Role"), _("Which role there?"), OneOf(roles), choices=roles, when=is_one("role", "move", "post")
        ),
        Field(
            "old",
            _("The head of before"),
            lambda answers, scene: [
                _("What is {who} from then on?", who=Joined([titled(each) for each in before(answers, scene)]))
            ],
            OneOf(olds),
            choices=olds,
            when=lambda answers, scene: bool(before(answers, scene)),
        ),
        Field(
            "position",
            _("Position"),
            ask_position,
            Line(longest=LONGEST_POSITION),
            example=_("The title of a head"),
            choices=proposed,
            skip=_("As it is"),
            when=is_one("role", "move", "post", "position"),
        ),
        Field(
            "to",
            _("Who takes over"),
            lambda answers, scene: [_("Who takes over what {name} holds in the unit?", name=_person(scene).name)],
            OneOf(successors),
            choices=successors,
            when=hands_over,
        ),
        Field(
            "heads",
            _("New head"),
            _("Does whoever takes over head the unit from then on?"),
            OneOf(yes_no),
            choices=yes_no,
            when=lambda answers, scene: bool(answers.get("to")) and loses_head(answers, scene),
        ),
        Field(
            "sheets",
            _("Registrations being written"),
            _("Do registrations that are being written go along, with every answer?"),
            OneOf(yes_no),
            choices=yes_no,
            when=lambda answers, scene: (
                bool(answers.get("to")) and answers.get("what") in LEAVING and PersonnelFacts.of(scene).registers
            ),
        ),
    ),
    send=lambda answers, scene: _("Look it over"),
    at_once=True,
)


def _person(scene: Scene) -> Person:
    person = PersonnelFacts.of(scene).person
    assert person is not None
    return person
